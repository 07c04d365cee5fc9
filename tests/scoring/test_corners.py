"""The two corners are exact: an oracle made of the design's words enumerates every level."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.framework import Profile
from skillmatrix.framework.model import Breadth
from skillmatrix.scoring import verdict
from tests.conftest import filled
from tests.scoring.draws import (
    DAYS,
    POOL,
    STRENGTHS,
    SWITCHES,
    answered,
    assessed,
    people,
    profiles,
)

# What a level needs, as the design says it: so many items of a strength or above.
NEEDS = {
    0: [],
    1: [],
    2: [("E1", 1)],
    3: [("E2", 1)],
    4: [("E2", 2), ("E3", 1)],
    5: [("E3", 2), ("E4", 1)],
}


def strengths(person: dict[str, Any], skill: str) -> list[str]:
    """List what the items of a skill count as today, one for each artefact and day."""
    best: dict[object, int] = {}
    for number, item in enumerate(filled(person["evidence"])):
        if skill in item["skills"] and DAYS[item["date"]] < 9:
            rank = max(STRENGTHS.index(item["strength"]) - DAYS[item["date"]], 0)
            thing = (item["artefact"], item["date"]) if "artefact" in item else number
            best[thing] = max(best.get(thing, 0), rank)
    return [STRENGTHS[rank] for rank in best.values()]


def interval(person: dict[str, Any], skill: str) -> range:
    """Give the levels that are possible: from the supported to the claimed one, or all."""
    claimed = person["ratings"][skill]
    if isinstance(claimed, str):
        return range(6)
    counted = strengths(person, skill)

    def carried(level: int) -> bool:
        return not NEEDS[level] or any(
            sum(s >= strength for s in counted) >= count for strength, count in NEEDS[level]
        )

    return range(max(level for level in range(claimed + 1) if carried(level)), claimed + 1)


def bounded(truths: list[bool]) -> str:
    """Say MET when it holds everywhere, NOT MET when nowhere, else OPEN."""
    return "MET" if all(truths) else "OPEN" if any(truths) else "NOT MET"


def holds(rule: Breadth, levels: dict[str, int], answers: dict[str, bool]) -> bool:
    """Say whether a breadth rule holds for known levels and answers."""
    members = [s for s in rule.of if s not in rule.when or answers[rule.when[s]]]
    return sum(levels[s] >= rule.level.value for s in members) >= rule.at_least


def enough(rule: Breadth, answers: dict[str, bool]) -> bool:
    """Say whether as many skills take part as the rule asks for."""
    members = [s for s in rule.of if s not in rule.when or answers[rule.when[s]]]
    return rule.at_least <= len(members)


def worlds(person: dict[str, Any]) -> list[dict[str, int]]:
    """List every way the levels of the pool can be."""
    ranges = [interval(person, skill) for skill in POOL]
    return [dict(zip(POOL, levels, strict=True)) for levels in product(*ranges)]


CASES = [dict(zip(SWITCHES, answers, strict=True)) for answers in product([True, False], repeat=2)]


@given(people(), profiles(evidence=False, left_out=False))
def test_intervals_are_those_of_the_oracle(person: dict[str, Any], profile: Profile):
    """Supported to claimed for a rating, everything for none, recounted from the design."""
    standings = verdict(assessed(person), profile).standings

    for skill in POOL:
        expected = interval(person, skill)
        assert (standings[skill].low, standings[skill].high) == (expected[0], expected[-1])


@given(people(), profiles(evidence=False, left_out=False), st.sampled_from(CASES))
def test_parts_are_exact_bounds(person: dict[str, Any], profile: Profile, answers: dict[str, bool]):
    """Each gate, floor and breadth rule is what all possible levels together say."""
    found = verdict(assessed(person), answered(profile, **answers))
    every = worlds(person)

    for name, requirement in profile.requirements.items():
        states = {part.id: part.state for part in found.criteria[name].parts}
        for kind, entries in (("gate", requirement.gates), ("floor", requirement.floors)):
            for t in entries:
                expected = bounded([levels[t.skill] >= t.level.value for levels in every])
                claimed = person["ratings"][t.skill]
                best = max(strengths(person, t.skill), default="E0")
                if expected == "NOT MET" and claimed == t.level.value - 1 and best >= "E2":
                    expected = "OPEN"
                assert states[f"{name}-{kind}-{t.skill}"] == expected
        for rule in requirement.breadth:
            expected = bounded([holds(rule, levels, answers) for levels in every])
            assert states[rule.id] == (expected if enough(rule, answers) else "OPEN")


@given(people(), profiles(evidence=False, left_out=False), st.sampled_from(CASES))
def test_criteria_are_exact_bounds(
    person: dict[str, Any], profile: Profile, answers: dict[str, bool]
):
    """The AND of the parts is what all possible levels say about the whole conjunction."""
    person["evidence"] = [e for e in person["evidence"] if e["strength"] < "E2"]
    rules = [rule for r in profile.requirements.values() for rule in r.breadth]
    if not all(enough(rule, answers) for rule in rules):
        return

    found = verdict(assessed(person), answered(profile, **answers))
    truths: dict[str, list[bool]] = {name: [] for name in profile.requirements}
    for levels in worlds(person):
        for name, r in profile.requirements.items():
            sure = all(levels[t.skill] >= t.level.value for t in [*r.gates, *r.floors])
            truths[name].append(sure and all(holds(rule, levels, answers) for rule in r.breadth))
    assert {name: c.state for name, c in found.criteria.items()} == {
        name: bounded(many) for name, many in truths.items()
    }
    whole = bounded([all(together) for together in zip(*truths.values(), strict=True)])
    assert found.overall == {"MET": "READY", "OPEN": "OPEN", "NOT MET": "NOT YET"}[whole]
