"""Why not yet: complete, and nothing that follows from something else."""

from itertools import product
from typing import Any

from hypothesis import given, settings

from skillmatrix.framework import Profile
from skillmatrix.framework.model import Breadth
from skillmatrix.planning import blockers
from skillmatrix.scoring import verdict
from tests.conftest import assess, proof
from tests.scoring.draws import FW, POOL, answered, assessed, people, profiles

SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))


def test_a_gate_two_criteria_share_is_said_once():
    """Production-minded ML is a gate of P1 and of P5: one blocker."""
    ratings = {**dict.fromkeys(FW.skills, 4), "production-ml": 2}
    person = assess(FW, ratings, evidence=[proof("E4", *FW.skills)])

    found = blockers(verdict(person, SENIOR))

    assert [blocker.skills for blocker in found] == [("production-ml",)]


def test_nothing_blocks_what_is_open_or_ready():
    """Nobody rated: OPEN, and nothing is in the way."""
    assert blockers(verdict(assess(FW, {}), SENIOR)) == ()


def test_declared_evidence_is_a_blocker_of_its_own():
    """No more mentoring records exist: that alone blocks."""
    ratings = dict.fromkeys(FW.skills, 4)
    items = [proof("E4", *FW.skills)]
    person = assess(FW, ratings, evidence=items, no_more_evidence=["p4-mentoring"])

    found = blockers(verdict(person, SENIOR))

    assert [blocker.rule for blocker in found] == ["p4-mentoring"]


def holds(rule: Any, levels: dict[str, int]) -> bool:
    """Say whether a rule of a profile holds for known levels, no switch being on."""
    if isinstance(rule, Breadth):
        members = [skill for skill in rule.of if skill not in rule.when]
        return sum(levels[s] >= rule.level.value for s in members) >= rule.at_least
    return levels[rule.skill] >= rule.level.value


@settings(max_examples=80)
@given(people(unknown=False), profiles(evidence=False, left_out=False))
def test_the_set_is_complete_and_minimal(person: dict[str, Any], profile: Profile):
    """Whoever meets them all meets all that failed; without any one of them, not."""
    profile = answered(profile, **dict.fromkeys(FW.switches, False))
    found = verdict(assessed(person), profile)
    chosen = {blocker.rule for blocker in blockers(found)}
    rules = {}
    for name, requirement in profile.requirements.items():
        for kind, many in (("gate", requirement.gates), ("floor", requirement.floors)):
            rules.update({f"{name}-{kind}-{t.skill}": t for t in many})
        rules.update({rule.id: rule for rule in requirement.breadth})
    failing = {p.id for c in found.criteria.values() for p in c.parts if p.state == "NOT MET"}
    worlds = [dict(zip(POOL, levels, strict=True)) for levels in product(range(6), repeat=4)]

    def enough(some: set[str]) -> bool:
        """Say whether meeting these always means meeting all that failed."""
        return all(
            all(holds(rules[r], world) for r in failing)
            for world in worlds
            if all(holds(rules[r], world) for r in some)
        )

    assert chosen <= failing
    assert enough(chosen)
    assert not any(enough(chosen - {one}) for one in chosen)
