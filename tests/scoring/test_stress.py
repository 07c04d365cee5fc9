"""A verdict under stress: every case counted, and every flip named with its clause."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix import settings
from skillmatrix.assessment import Assessment, Rating
from skillmatrix.framework import Framework, Level, Profile
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.scoring.shifts import Answer, Clause, Context, Move, Shift, clauses
from skillmatrix.scoring.stress import Stress, stress
from tests.conftest import assess, proof
from tests.scoring.draws import FW, POOL, answered, assessed, people, profiles
from tests.scoring.test_scenarios import STARTS, full

Rate = Callable[..., Assessment]
READY = assessed({**full(STARTS["ready"]), "locked": True})


def with_levels(assessment: Assessment, levels: dict[str, int]) -> Assessment:
    """Give other ratings to some skills."""
    moved = {skill: Rating(level=Level(level)) for skill, level in levels.items()}
    ratings = FrozenDict({**assessment.ratings, **moved})
    return assessment.model_copy(update={"ratings": ratings})


def asked(assessment: Assessment, profile: Profile) -> dict[str, int]:
    """Give the levels of the skills that a rule of the profile looks at."""
    found = sm.verdict(assessment, profile)
    skills = {
        skill
        for criterion in found.criteria.values()
        for part in criterion.parts
        for skill in part.skills
    }
    return {
        skill: level.value
        for skill in sorted(skills - set(profile.not_applicable))
        if (level := assessment.rating(skill).level) is not None
    }


def steps(levels: dict[str, int], noise: int) -> dict[str, list[Move]]:
    """Give every move of every rating, by skill."""
    return {
        skill: [
            Move(skill, level, to)
            for to in range(level - noise, level + noise + 1)
            if to != level and 0 <= to <= 5
        ]
        for skill, level in levels.items()
    }


def judged(
    assessment: Assessment, profile: Profile, moves: Iterable[Move]
) -> tuple[str, dict[str, str]]:
    """Judge an assessment anew with ratings moved."""
    found = sm.verdict(with_levels(assessment, {m.skill: m.to for m in moves}), profile)
    return found.overall, {name: c.state for name, c in found.criteria.items()}


def by_moves(shifts: Iterable[Shift]) -> dict[frozenset[Any], tuple[str, dict[str, str]]]:
    """Give what each shift turns, by what it changes."""
    return {
        frozenset(s.changes): (s.after, {t.criterion: t.after for t in s.criteria}) for s in shifts
    }


def expected(
    assessment: Assessment, profile: Profile, many: Iterable[tuple[Move, ...]]
) -> dict[frozenset[Any], tuple[str, dict[str, str]]]:
    """Find the shifts by judging every case from the beginning."""
    before, states = judged(assessment, profile, ())
    found = {}
    for moves in many:
        after, now = judged(assessment, profile, moves)
        if (after, now) != (before, states):
            turned = {name: state for name, state in now.items() if state != states[name]}
            found[frozenset(moves)] = after, turned
    return found


# --- ratings ------------------------------------------------------------------


@given(people(), profiles(), st.integers(0, 2))
def test_ratings_and_pairs_are_those_of_brute_force(
    person: dict[str, Any], profile: Profile, noise: int
):
    """Every move and every two moves, judged from the beginning: same counts, same flips."""
    made = assessed(person)
    moves = steps(asked(made, profile), noise)
    ones = [(move,) for many in moves.values() for move in many]
    twos = [(a, b) for x, y in combinations(moves, 2) for a in moves[x] for b in moves[y]]

    found = stress(made, profile, overlays=(), noise=noise).families
    assert (found["ratings"].cases, found["pairs"].cases) == (len(ones), len(twos))
    for family, many in (("ratings", ones), ("pairs", twos)):
        right = expected(made, profile, many)
        before, states = judged(made, profile, ())
        assert by_moves(found[family].shifts) == right
        assert len(found[family].shifts) == len(right)
        assert found[family].holds == len(many) - sum(a != before for a, _ in right.values())
        for name in states:
            turned = sum(name in criteria for _, criteria in right.values())
            assert found[family].holds_for(name) == len(many) - turned


@given(people(), profiles(), st.sampled_from(POOL), st.sampled_from(["UNRATED", "DECLINED"]))
def test_what_is_not_known_is_not_moved(
    person: dict[str, Any], profile: Profile, skill: str, word: str
):
    """A skill without a rating is in no case; nothing is drawn for it."""
    unknown = assessed({**person, "ratings": {**person["ratings"], skill: word}})

    found = stress(unknown, profile, overlays=()).families
    moved = {c.skill for f in ("ratings", "pairs") for s in found[f].shifts for c in s.changes}
    assert skill not in moved
    assert found["ratings"].cases == sum(map(len, steps(asked(unknown, profile), 1).values()))


@given(people(), profiles(), st.randoms(use_true_random=False))
def test_the_order_of_ratings_and_evidence_makes_no_difference(
    person: dict[str, Any], profile: Profile, dice: Any
):
    """The same ratings and items in another order: the same counts and the same flips."""
    ratings, evidence = list(person["ratings"].items()), list(person["evidence"])
    made = assessed(person)
    dice.shuffle(ratings)
    dice.shuffle(evidence)
    items = made.evidence
    other = made.model_copy(
        update={
            "ratings": FrozenDict({skill: made.ratings[skill] for skill, _ in ratings}),
            "evidence": tuple(items[person["evidence"].index(item)] for item in evidence),
        }
    )

    first, second = (stress(a, profile, overlays=()).families for a in (made, other))
    assert dict(first) == dict(second)


@given(people(), profiles())
def test_a_turned_criterion_names_the_parts_that_turned_it(
    person: dict[str, Any], profile: Profile
):
    """Each clause named is a part of that criterion whose state in that case is as said."""
    made = assessed(person)
    before = sm.verdict(made, profile)
    for shift in stress(made, profile, overlays=()).families["ratings"].shifts:
        (move,) = shift.changes
        assert isinstance(move, Move)
        after = sm.verdict(with_levels(made, {move.skill: move.to}), profile)
        for turned in shift.criteria:
            was = {p.id: p.state for p in before.criteria[turned.criterion].parts}
            now = {p.id: p.state for p in after.criteria[turned.criterion].parts}

            assert turned.clauses
            assert all(was[c.part] == c.before and now[c.part] == c.after for c in turned.clauses)


def test_only_the_parts_that_hold_a_criterion_down_are_named():
    """Going down, what now holds it down; going up, what held it down before."""
    gate = Clause("gate", "gate", "Gate", "MET", "OPEN")
    floor = Clause("floor", "floor", "Floor", "MET", "NOT MET")
    rises = Clause("breadth", "breadth", "Breadth", "NOT MET", "OPEN")

    assert clauses("MET", "NOT MET", [gate, floor]) == (floor,)
    assert clauses("NOT MET", "OPEN", [gate, rises]) == (rises,)
    assert clauses("MET", "OPEN", [rises, floor]) == (rises,)
    assert clauses("OPEN", "NOT MET", [gate]) == (gate,)


def test_a_rating_no_rule_looks_at_is_no_case(fw: Framework, senior: Profile):
    """Ranking decides nothing for Senior: rating it adds no case that would hold anyway."""
    without = stress(assess(fw, {"mlops": 3}), senior, overlays=())
    beside = stress(assess(fw, {"mlops": 3, "ranking": 2}), senior, overlays=())

    assert beside.families == without.families
    assert (without.unasked, beside.unasked) == ((), ("ranking",))
    assert "1 rating is not moved" in beside.explain()


def test_a_higher_rating_counts_only_as_far_as_evidence_goes(rate: Rate, senior: Profile):
    """MLOps one up reaches the gate, but only as a claim: the gate opens, it is not met."""
    made = rate(mlops=3, quality_mindset=5, evidence=[proof("E4", "quality-mindset")])

    shifts = stress(made, senior, overlays=()).families["ratings"].shifts
    up = next(s for s in shifts if s.changes == (Move("mlops", 3, 4),))
    (turned,) = up.criteria
    assert [(c.part, c.before, c.after) for c in turned.clauses] == [
        ("monitoring-lifecycle-gate-mlops", "NOT MET", "OPEN")
    ]


def test_two_ratings_may_turn_what_neither_turns_alone(fw: Framework, senior: Profile):
    """Four members where P1 asks for three at 4: one can be spared, two cannot."""
    four = ("python", "core-ml", "data-querying", "ab-testing")
    ratings = {**dict.fromkeys(fw.skills, 5), **dict.fromkeys(four, 4)}
    ratings |= {"problem-framing": 3, "execution": 3}
    found = stress(assess(fw, ratings), senior, overlays=())

    assert [s.changes for s in found.joint] == [
        (Move(one, 4, 3), Move(other, 4, 3)) for one, other in combinations(four, 2)
    ]
    named = {c.part for s in found.joint for t in s.decisive for c in t.clauses}
    assert "p1-breadth" in named
    assert not found.families["ratings"].flips


def test_a_pair_is_not_joint_where_one_of_the_two_is_enough(senior: Profile):
    """Every pair that turns READY has a rating in it that does so alone: none is joint."""
    found = stress(READY, senior, overlays=())

    assert found.families["pairs"].flips
    assert found.joint == ()


def test_too_many_pairs_are_left_out_whole(senior: Profile, monkeypatch: pytest.MonkeyPatch):
    """Either every pair is tried or none: a sample would be a guess."""
    monkeypatch.setattr(sys.modules[stress.__module__], "MOST_PAIRS", 10)
    found = stress(READY, senior, overlays=())

    assert found.families["pairs"].cases == len(found.families["pairs"].shifts) == 0
    assert found.pairs_left_out > 10
    assert f"not tried: {found.pairs_left_out} pairs" in found.explain()


# --- contexts and answers --------------------------------------------------------


def test_each_variant_is_tried_beside_the_own_ones(fw: Framework):
    """Two own variants: each is taken out once, each other one is added once."""
    own = ["enterprise", "healthcare"]
    profile = fw.profile("senior", own)
    contexts = stress(READY, profile, noise=0).families["contexts"]

    assert contexts.cases == len(fw.overlays)
    before = sm.verdict(READY, profile).overall
    for name in fw.overlays:
        here = set(own) ^ {name}
        after = sm.verdict(READY, fw.profile("senior", here)).overall
        change = Context(name, added=name not in own)
        assert [s.after for s in contexts.flips if s.changes == (change,)] == (
            [after] if after != before else []
        )


def test_a_clause_that_only_a_context_asks_is_named_as_such(fw: Framework, senior: Profile):
    """A large enterprise asks for a documented change; nothing asked for it before."""
    found = stress(READY, senior, overlays=["enterprise"], noise=0)

    (shift,) = found.families["contexts"].flips
    named = {c.part: (c.before, c.after) for t in shift.decisive for c in t.clauses}
    assert named["p3-change-approval"] == (None, "NOT MET")
    assert "change management (asked there)" in found.explain()


def test_a_locked_review_says_that_nobody_was_asked(fw: Framework, senior: Profile):
    """Evidence of another context is missing for sure where nothing can be added any more."""
    draft = assess(fw, {"mlops": 4})
    texts = [
        stress(made, senior, overlays=["enterprise"], noise=0).explain() for made in (READY, draft)
    ]

    assert ["though nobody was asked for it" in text for text in texts] == [True, False]


def test_reasons_of_the_aim_hold_in_every_context(rate: Rate, senior: Profile):
    """What a variant lowers on a condition counts where the aim says how it holds."""
    why = {"enterprise": "The platform team runs the models."}
    plain, told = (
        rate(
            mlops=3, evidence=[proof("E1", "mlops")], aim={"profile": "senior", "reasons": reasons}
        )
        for reasons in ({}, why)
    )

    assert not stress(plain, senior, overlays=["enterprise"], noise=0).families["contexts"].shifts
    (shift,) = stress(told, senior, overlays=["enterprise"], noise=0).families["contexts"].shifts
    (turned,) = shift.criteria
    assert [(c.part, c.title, c.after) for c in turned.clauses] == [
        ("monitoring-lifecycle-gate-mlops", "MLOps at 3 or above", "OPEN")
    ]


@given(people(), profiles())
def test_answers_are_those_of_brute_force(person: dict[str, Any], profile: Profile):
    """An open question is answered both ways, an answered one the other way."""
    made = assessed(person)
    other = answered(profile, regulated=True)
    family = stress(made, other, overlays=(), noise=0).families["switches"]

    cases = [
        (switch, answer)
        for switch in other.asked
        for answer in ((False,) if switch == "regulated" else (True, False))
    ]
    before = sm.verdict(made, other).overall
    flips = {
        (Answer(switch, answer),): after
        for switch, answer in cases
        if (after := sm.verdict(made, answered(other, **{switch: answer})).overall) != before
    }
    assert family.cases == len(cases)
    assert {s.changes: s.after for s in family.flips} == flips


def test_a_question_a_variant_answers_is_not_asked_again(fw: Framework):
    """Healthcare is regulated: "no" would be refused, so it is no case."""
    plain, health = (
        stress(READY, fw.profile("senior", own), overlays=(), noise=0).families["switches"]
        for own in ([], ["healthcare"])
    )

    assert plain.cases - health.cases == 2
    assert all(s.changes[0] != Answer("regulated", answer=False) for s in health.shifts)


def test_taking_a_variant_out_takes_its_answer_back(fw: Framework):
    """Without Healthcare nobody has said that the product is regulated: P2 stays open."""
    ana = sm.read_assessment(settings.data_dir() / "examples" / "ana.assessment.json")
    health, yes = (
        fw.profile("senior", ["healthcare"]),
        fw.profile("senior", switches={"regulated": True}),
    )
    states = [sm.verdict(ana, p).criteria["trade-off-judgement"].state for p in (health, yes)]

    found = stress(ana, health, overlays=["healthcare"], noise=0)
    assert states == ["OPEN", "MET"]
    assert found.families["contexts"].holds_for("trade-off-judgement") == 1


# --- words ---------------------------------------------------------------------


TEXTS: dict[str, Callable[[], Stress]] = {
    "ready": lambda: stress(READY, FW.profile("senior")),
    "nobody": lambda: stress(assess(FW, {}), FW.profile("senior")),
    "untried": lambda: stress(assess(FW, {}), FW.profile("specialist"), overlays=(), noise=0),
    "direction": lambda: stress(READY, FW.profile("mlops-platform"), noise=2),
}


@pytest.mark.parametrize("case", TEXTS)
def test_counts_are_never_a_chance(case: str):
    """No per cent, no odds; what the counts are not is said in the second line."""
    found = TEXTS[case]()
    text = found.explain()

    assert "no probability" in text.splitlines()[1]
    assert not [word for word in ("%", "per cent", "odds", "chance", "score") if word in text]
    for family in found.families.values():
        if family.cases:
            assert f"holds in {family.holds} of {family.cases}" in text


def test_nothing_to_try_is_said_in_words(fw: Framework):
    """Nobody has rated anything, no variant is wanted: no count of nought."""
    text = stress(assess(fw, {}), fw.profile("senior"), overlays=()).explain()

    assert "of 0" not in text
    assert "there is no variant to try" in text
    assert "there is no rating to move that a rule looks at" in text


def test_a_direction_has_no_ready(fw: Framework):
    """A profile that is no promotion keeps its own words."""
    made = assess(fw, dict.fromkeys(fw.skills, 3), evidence=[proof("E4", *fw.skills)])
    text = stress(made, fw.profile("specialist")).explain()

    assert "profile met -> " in text
    assert "READY" not in text


@pytest.mark.parametrize("noise", [-1, True, 1.0, "1"])
def test_noise_is_a_whole_number(noise: Any, senior: Profile):
    """Anything else is refused in words."""
    with pytest.raises(sm.UsageError, match="how many levels a rating may be off"):
        stress(READY, senior, noise=noise)


def test_a_variant_that_does_not_exist_is_refused(senior: Profile):
    """With the name that was meant."""
    with pytest.raises(sm.UsageError, match=r"no overlay 'entreprise'.*'enterprise'"):
        stress(READY, senior, overlays=["entreprise"])
