"""What holds for every person and every profile."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skillmatrix.assessment import Assessment, Rating
from skillmatrix.framework import Framework, Level, Profile
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.scoring import Verdict, gaps, verdict
from tests.scoring.draws import FW, POOL, SWITCHES, answered, assessed, items, people, profiles
from tests.scoring.test_scenarios import STARTS, full

RANK = {"NOT MET": 0, "OPEN": 1, "MET": 2, "NOT YET": 0, "READY": 2}
READY = STARTS["ready"]


def states(found: Verdict) -> dict[str, str]:
    """Give every answer of a verdict: of the whole, of each criterion and of each part."""
    named = {"overall": found.overall}
    for criterion in found.criteria.values():
        named[criterion.id] = criterion.state
        named |= {f"{criterion.id} {part.id}": part.state for part in criterion.parts}
    return named


def never_worse(before: Verdict, after: Verdict) -> bool:
    """Say whether no answer went down."""
    first, second = states(before), states(after)
    return all(RANK[first[name]] <= RANK[second[name]] for name in first)


@given(people(), profiles(), st.sampled_from(POOL))
def test_a_higher_level_never_worsens_anything(
    person: dict[str, Any], profile: Profile, skill: str
):
    """One level more in one skill leaves every part, criterion and the whole, or raises them."""
    level = person["ratings"][skill]
    assume(isinstance(level, int) and level < 5)
    higher = {**person, "ratings": {**person["ratings"], skill: level + 1}}

    assert never_worse(verdict(assessed(person), profile), verdict(assessed(higher), profile))


@given(people(), profiles(), items())
def test_one_more_item_never_worsens_anything(
    person: dict[str, Any], profile: Profile, item: dict[str, Any]
):
    """Whatever evidence is added, nothing goes down."""
    more = {**person, "evidence": [*person["evidence"], item]}

    assert never_worse(verdict(assessed(person), profile), verdict(assessed(more), profile))


@given(people(), profiles(), st.integers(0, 3))
def test_a_stronger_item_never_worsens_anything(
    person: dict[str, Any], profile: Profile, number: int
):
    """The same item one code stronger leaves every answer or raises it."""
    assume(number < len(person["evidence"]))
    item = person["evidence"][number]
    assume(item["strength"] != "E4")
    stronger = {**item, "strength": f"E{int(item['strength'][1]) + 1}"}
    evidence = [stronger if i == number else e for i, e in enumerate(person["evidence"])]

    after = verdict(assessed({**person, "evidence": evidence}), profile)
    assert never_worse(verdict(assessed(person), profile), after)


@given(people(), profiles(), st.sampled_from(POOL), st.integers(0, 5))
def test_a_rating_settles_and_never_contradicts(
    person: dict[str, Any], profile: Profile, skill: str, level: int
):
    """Rating a skill nobody had rated decides what was open and turns nothing round."""
    assume(isinstance(person["ratings"][skill], str))
    rated = {**person, "ratings": {**person["ratings"], skill: level}}
    before, after = (states(verdict(assessed(p), profile)) for p in (person, rated))

    assert all(after[name] == was for name, was in before.items() if was not in {"OPEN"})


@given(people(), profiles())
def test_an_open_switch_is_the_agreement_of_both_answers(person: dict[str, Any], profile: Profile):
    """Unanswered means: both answers give the same, or it is open, for each answer there is."""
    made = assessed(person)
    other = answered(profile, streaming=False)
    unset = states(verdict(made, other))
    yes, no = (states(verdict(made, answered(other, regulated=a))) for a in (True, False))

    for name, state in unset.items():
        assert state == (yes[name] if yes[name] == no[name] else "OPEN")


@given(people(), profiles())
def test_switches_that_matter_are_named(person: dict[str, Any], profile: Profile):
    """A switch is reported exactly when its two answers give a criterion two states."""
    made = assessed(person)
    other = answered(profile, streaming=False)
    found = verdict(made, other)
    yes, no = (verdict(made, answered(other, regulated=a)) for a in (True, False))
    differ = [n for n in found.criteria if yes.criteria[n].state != no.criteria[n].state]

    assert [s.switch for s in found.switch_dependent] == (["regulated"] if differ else [])


def moved(assessment: Assessment, skill: str, level: int) -> Assessment:
    """Give another rating to one skill."""
    ratings = {**assessment.ratings, skill: Rating(level=Level(level))}
    return assessment.model_copy(update={"ratings": FrozenDict(ratings)})


@given(people(), profiles())
def test_pivots_are_those_of_brute_force(person: dict[str, Any], profile: Profile):
    """Each rating moved one level down and up, judged anew: the pivots are what changed."""
    made = assessed(person)
    base = verdict(made, profile)
    expected = set()
    for skill in POOL:
        level = person["ratings"][skill]
        if not isinstance(level, int) or skill in profile.not_applicable:
            continue
        for to in (level - 1, level + 1):
            if not 0 <= to <= 5:
                continue
            after = verdict(moved(made, skill, to), profile)
            if after.overall != base.overall:
                expected.add((skill, level, to, base.overall, after.overall, None))
            for name, criterion in base.criteria.items():
                new = after.criteria[name].state
                if new != criterion.state:
                    expected.add((skill, level, to, criterion.state, new, name))

    found = [(p.skill, p.level, p.to, p.before, p.after, p.criterion) for p in base.pivots]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert {p for p in base.pivots if p.criterion is None} == set(base.pivotal)


@given(people(), profiles(left_out=False), st.sampled_from(POOL))
def test_a_gate_that_is_left_out_is_never_met(person: dict[str, Any], profile: Profile, skill: str):
    """Without a replacement, declaring a gate not applicable cannot lead to MET or READY."""
    left_out = profile.model_copy(
        update={"not_applicable": FW.profile("senior", not_applicable={skill: "x"}).not_applicable}
    )
    found = verdict(assessed(person), left_out)

    for name, requirement in profile.requirements.items():
        gated = [t for t in [*requirement.gates, *requirement.floors] if t.skill == skill]
        for part in found.criteria[name].parts:
            if gated and part.skills == (skill,) and part.kind in {"gate", "floor"}:
                assert part.state == "OPEN"
                assert "not applicable" in part.flags
        if gated:
            assert found.criteria[name].state != "MET"
            assert found.overall != "READY"


@pytest.mark.parametrize("skill", sorted({skill for skill, _, _ in FW.profile("senior").gates}))
def test_leaving_a_gate_out_does_not_promote(skill: str):
    """Of the person who is ready, any of the ten gates and floors left out opens the verdict."""
    told = {**full(READY), "locked": True}
    profile = FW.profile("senior", not_applicable={skill: "not here"})
    found = verdict(assessed(told), profile)

    assert verdict(assessed(told), FW.profile("senior")).overall == "READY"
    assert found.overall in {"OPEN", "NOT YET"}


@pytest.mark.parametrize("weights", [(1, 1, 1), (3, 2, 1), (4, 2, 1), (611, 278, 111), (0, 5, 9)])
def test_weights_never_move_a_verdict(weights: tuple[int, int, int]):
    """Importance weights order plans; the verdict is the same under all of them."""
    by_name = dict(zip(("critical", "important", "optional"), weights, strict=True))
    importance = {
        name: mark.model_copy(update={"weight": by_name.get(name, 7)})
        for name, mark in FW.importance.items()
    }
    other: Framework = FW.model_copy(update={"importance": importance})

    for person in (full(READY), {**full(READY), "ratings": {"mlops": 3}, "locked": True}):
        told = {"locked": False, **person}
        plain = verdict(assessed(told), FW.profile("senior"))
        weighted = verdict(assessed(told), other.profile("senior"))
        assert states(weighted) == states(plain)
        assert weighted.pivots == plain.pivots
        assert gaps(weighted.standings) == gaps(plain.standings)


# Relabelling: the same order with other names for the levels.


def relabelled(framework: Framework, new: dict[int, int]) -> Framework:
    """Give the same framework with other labels for its levels, in the same order."""

    def name(level: Level | None) -> Level | None:
        return None if level is None else Level(new[level.value])

    def each(many: Any, *keys: str) -> Any:
        return tuple(x.model_copy(update={k: name(getattr(x, k)) for k in keys}) for x in many)

    return framework.model_copy(
        update={
            "scale": each(framework.scale, "level"),
            "decision_path": each(framework.decision_path, "no_means"),
            "support": {name(k): each([s], "level")[0] for k, s in framework.support.items()},
            "skills": {
                key: skill.model_copy(
                    update={
                        "anchors": {a.id: each([a], "level")[0] for a in skill.anchors.values()}
                    }
                )
                for key, skill in framework.skills.items()
            },
            "profiles": {
                key: _relabelled_profile(profile, each)
                for key, profile in framework.profiles.items()
            },
        }
    )


def _relabelled_profile(profile: Profile, each: Any) -> Profile:
    return profile.model_copy(
        update={
            "targets": {
                skill: each([target], "level", "level_when_on")[0]
                for skill, target in profile.targets.items()
            },
            "requirements": {
                name: r.model_copy(
                    update={
                        "gates": each(r.gates, "level"),
                        "floors": each(r.floors, "level"),
                        "breadth": each(r.breadth, "level"),
                    }
                )
                for name, r in profile.requirements.items()
            },
            "advice": each(profile.advice, "level"),
        }
    )


def essence(found: Verdict, old: dict[int, int]) -> dict[str, Any]:
    """Give all that a verdict says, with the labels of levels put back."""

    def label(level: Level | None) -> int | None:
        return None if level is None else old[level.value]

    return {
        "states": states(found),
        "flags": {p.id: p.flags for c in found.criteria.values() for p in c.parts},
        "pivots": [
            (p.skill, old[p.level], old[p.to], p.before, p.after, p.criterion)
            for p in found.pivots
        ],
        "gaps": [
            (
                g.skill, label(g.claimed), label(g.supported), label(g.required),
                g.gap_min, g.gap_max, g.met, g.state,
            )
            for g in gaps(found.standings).values()
        ],
        "coverage": str(found.coverage),
        "confidence": found.confidence,
        "overshoot": found.overshoot,
        "settle": [(s.action, s.skill, s.rule) for s in found.settle],
        "switches": found.switch_dependent,
        "warnings": found.warnings,
    }  # fmt: skip


SAME = {label: label for label in range(6)}
orders = st.lists(st.integers(-50, 200), min_size=6, max_size=6, unique=True).map(sorted)


@given(people(), profiles(), orders | st.just([0, 1, 2, 4, 8, 16]))
def test_other_labels_in_the_same_order_change_nothing(
    person: dict[str, Any], profile: Profile, labels: list[int]
):
    """Verdict, parts, flags, gaps in steps, pivots and what would settle it stay as they are."""
    new = dict(enumerate(labels))
    other = relabelled(FW, new)
    drawn = relabelled(FW.model_copy(update={"profiles": {"drawn": profile}}), new)
    chosen = drawn.profiles["drawn"].model_copy(update={"framework": other})
    made = assessed(person)
    ratings = {
        skill: Rating(level=Level(new[r.level.value])) if r.level is not None else r
        for skill, r in made.ratings.items()
    }
    moved_labels = made.model_copy(update={"ratings": FrozenDict(ratings)})

    back = {label: old for old, label in new.items()}
    assert essence(verdict(moved_labels, chosen), back) == essence(verdict(made, profile), SAME)


def test_other_labels_leave_the_person_who_is_ready():
    """The full Senior profile on labels that grow: ready is ready, with the same pivots."""
    new = dict(enumerate([0, 1, 2, 4, 8, 16]))
    other = relabelled(FW, new)
    told = {"locked": False, **full(READY)}
    made = assessed(told)
    ratings = {s: Rating(level=Level(new[r.level.value])) for s, r in made.ratings.items()}
    moved_labels = made.model_copy(update={"ratings": FrozenDict(ratings)})

    plain = verdict(made, FW.profile("senior"))
    found = verdict(moved_labels, other.profile("senior"))
    assert found.overall == "READY"
    assert essence(found, {label: old for old, label in new.items()}) == essence(plain, SAME)


@given(people(), profiles())
def test_a_verdict_is_the_and_of_its_criteria(person: dict[str, Any], profile: Profile):
    """With all switches answered: READY when all are MET, NOT YET when one is NOT MET."""
    found = verdict(assessed(person), answered(profile, **dict.fromkeys(SWITCHES, True)))
    of = [criterion.state for criterion in found.criteria.values()]

    for criterion in found.criteria.values():
        worst = min((part.state for part in criterion.parts), key=RANK.get, default="MET")
        assert criterion.state == worst
    expected = "NOT YET" if "NOT MET" in of else "OPEN" if "OPEN" in of else "READY"
    assert found.overall == expected
