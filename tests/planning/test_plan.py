"""The plan: what it names, what it hangs on, and that the verdict agrees with it."""

from typing import Any

import pytest
from hypothesis import given, settings

import skillmatrix as sm
from skillmatrix.assessment import OwnEffort, OwnPlan
from skillmatrix.errors import UsageError
from skillmatrix.framework import Profile
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.parts import NotApplicable, Requirement, Threshold
from skillmatrix.planning import Prerequisite, plan
from skillmatrix.scoring import verdict
from tests.conftest import assess, proof
from tests.scoring.draws import FW, POOL, answered, assessed, people, profiles

SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))
#: A role that asks for one thing: MLOps at 4.
GATE = SENIOR.model_copy(
    update={
        "requirements": FrozenDict(
            {
                "monitoring-lifecycle": Requirement(
                    id="monitoring-lifecycle",
                    title="Monitoring",
                    gates=(Threshold(skill="mlops", level=4, source="invented"),),
                )
            }
        )
    }
)
#: Enough for every level up to 5.
PROOFS = ("E4", "E3", "E3")


def shown(ratings: dict[str, int], **other: Any) -> sm.Assessment:
    """Make an assessment whose every level is carried by evidence."""
    skills = list(ratings)
    return assess(FW, ratings, evidence=[proof(s, *skills) for s in PROOFS], **other)


def climbed(found: Any) -> dict[str, tuple[int, int]]:
    """Give from and to of every step."""
    return {s.skill: (s.from_level.value, s.to_level.value) for s in found.steps}


def test_gates_alone_are_a_closed_form():
    """Everything at 4 but MLOps at 2: one skill, two level steps, named by its gate."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 2})

    found = plan(person, SENIOR)

    assert climbed(found) == {"mlops": (2, 4)}
    assert found.level_steps == 2
    assert found.steps[0].reasons == ("gate of P3",)
    assert [s.skill for s in found.core] == ["mlops"]


def test_a_claim_without_evidence_is_a_step_that_asks_for_evidence():
    """Claimed 4, supported 3: the step begins where evidence ends, and says what is missing."""
    ratings = dict.fromkeys(FW.skills, 4)
    others = [s for s in ratings if s != "mlops"]
    items = [proof(s, *others) for s in PROOFS] + [proof("E2", "mlops")]
    person = assess(FW, ratings, evidence=items)

    found = plan(person, SENIOR)

    assert climbed(found) == {"mlops": (3, 4)}
    assert found.steps[0].shown_to == 4
    assert found.steps[0].needs == "one more E2, or one E3"


def test_not_rated_is_never_a_zero_in_words():
    """A skill nobody rated: the step begins at the lower end and says to rate it first."""
    ratings: dict[str, Any] = dict.fromkeys(FW.skills, 4)
    del ratings["quality-mindset"]
    person = shown(ratings)

    (step,) = plan(person, SENIOR).steps

    assert (step.skill, step.known) == ("quality-mindset", False)
    assert "not rated yet: rate it first" in plan(person, SENIOR).explain()


def test_the_effort_is_three_sums_of_the_placeholders():
    """2 to 4 takes 4 + 8, 10 + 20, 26 + 52 weeks; figures of one's own replace them."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 2})

    usual = plan(person, SENIOR).effort
    own = plan(person, SENIOR, effort={("mlops", 4): (1, 2, 3)}).effort

    assert str(usual) == "12 / 30 / 78 weeks"
    assert str(own) == "5 / 12 / 29 weeks"


def test_a_cap_below_a_gate_is_a_named_reason():
    """No plan, and no exception: the gate, the level and the limit are named."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 2})

    found = plan(person, SENIOR, caps={"mlops": 3})

    assert found.steps == ()
    assert [str(reason) for reason in found.infeasible] == [
        "gate of P3 asks for 4: MLOps at most 3 in this time"
    ]
    assert found.infeasible[0].kind == "capped"


def test_a_gate_taken_out_without_replacement_is_a_named_reason():
    """A gate that is not applicable can be met by no step."""
    profile = FW.profile("senior", not_applicable={"mlops": "no models are operated here"})

    found = plan(shown(dict.fromkeys(FW.skills, 4)), profile)

    assert [reason.kind for reason in found.infeasible] == ["not applicable"]
    assert "no models are operated here" in str(found.infeasible[0])


def test_what_a_step_needs_comes_with_it():
    """A prerequisite is a step of its own, with the step it is needed for."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3, "cloud-ml": 2})
    first = Prerequisite("mlops", 4, "cloud-ml", 3)

    found = plan(person, SENIOR, prerequisites=[first])

    assert climbed(found) == {"mlops": (3, 4), "cloud-ml": (2, 3)}
    reasons = {step.skill: step.reasons for step in found.steps}
    assert reasons["cloud-ml"] == ("needed for MLOps at 4",)


def test_a_prerequisite_out_of_reach_is_named_with_its_cause():
    """The gate cannot be reached because of what it needs first, and both are said."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3, "cloud-ml": 2})
    first = Prerequisite("mlops", 4, "cloud-ml", 4)

    found = plan(person, SENIOR, prerequisites=[first], caps={"cloud-ml": 3})

    (reason,) = map(str, found.infeasible)
    assert reason.startswith("gate of P3 asks for 4: MLOps at most 3 in this time; MLOps needs")


def test_the_ladder_says_what_comes_first():
    """Production-minded ML at 2 carries no MLOps at 4: it goes to 3 before, and the why is told."""
    ratings = {**dict.fromkeys(FW.skills, 4), "mlops": 2, "production-ml": 2}

    found = plan(shown(ratings), GATE)

    assert climbed(found) == {"production-ml": (2, 3), "mlops": (2, 4)}
    first, second = found.steps
    assert (first.skill, first.fails) == ("production-ml", ())
    assert first.reasons == ("needed for MLOps at 4",)
    (needed,) = first.needed_for
    assert (needed.skill, needed.level) == ("mlops", 4)
    assert f"  MLOps 4 needs it first: {needed.reason}" in found.explain()
    assert second.fails == ("gate of P3",)


def test_a_call_may_take_a_prerequisite_of_the_ladder_away():
    """With the lowest level it asks nothing; another level stands in its place."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3, "production-ml": 2})

    def steps(level: int) -> dict[str, tuple[int, int]]:
        mine = [Prerequisite("mlops", 4, "production-ml", level)]
        return climbed(plan(person, GATE, prerequisites=mine))

    assert steps(0) == {"mlops": (3, 4)}
    assert steps(4) == {"production-ml": (2, 4), "mlops": (3, 4)}


def test_whoever_stands_at_a_level_is_not_asked_for_what_it_needs():
    """MLOps at 4 with Production-minded ML at 1: nothing is missing for the gate on MLOps."""
    person = shown({**dict.fromkeys(FW.skills, 4), "production-ml": 1})

    assert plan(person, GATE).steps == ()


def test_what_is_not_applicable_is_no_prerequisite():
    """The skill drops out, and the plan asks for MLOps alone."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3, "production-ml": 2})
    out = {"production-ml": NotApplicable(reason="another team writes all code")}
    profile = GATE.model_copy(update={"not_applicable": FrozenDict(out)})

    assert climbed(plan(person, profile)) == {"mlops": (3, 4)}


def test_what_the_person_set_down_is_used_and_the_call_wins():
    """Own weeks, limit and opportunity of the file; each can be set otherwise for one call."""
    weeks = OwnEffort(level=4, optimistic=1, likely=2, pessimistic=3)
    own = {"mlops": OwnPlan(opportunity=False, effort=(weeks,))}
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3}, plan=own)
    capped = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3}, plan={"mlops": OwnPlan(cap=3)})

    (step,) = plan(person, SENIOR).steps
    assert (step.blocked, str(step.effort)) == (True, "1 / 2 / 3 weeks")
    (step,) = plan(
        person, SENIOR, opportunities={"mlops": True}, effort={("mlops", 4): (5, 6, 7)}
    ).steps
    assert (step.blocked, str(step.effort)) == (False, "5 / 6 / 7 weeks")
    assert plan(capped, SENIOR).infeasible[0].kind == "capped"
    assert climbed(plan(capped, SENIOR, caps={"mlops": 4})) == {"mlops": (3, 4)}


def test_without_an_opportunity_another_plan_is_offered_where_there_is_one():
    """Of four tied skills the blocked one is left out, at the same number of steps."""
    three = dict.fromkeys(("core-ml", "data-querying", "ab-testing", "problem-framing"), 3)
    person = shown({**dict.fromkeys(FW.skills, 4), **three})
    (chosen,) = plan(person, SENIOR).steps

    found = plan(person, SENIOR, opportunities={chosen.skill: False})

    assert found.steps[0].blocked
    assert found.detour is not None
    assert found.detour.without == (chosen.skill,)
    assert chosen.skill not in found.detour.levels
    assert found.detour.level_steps == 1


def test_what_no_plan_does_without_is_named_with_what_asks_for_it():
    """A gate is a gate: it is said, and the other blocked skill is still left out."""
    three = dict.fromkeys(("core-ml", "data-querying", "ab-testing", "problem-framing"), 3)
    person = shown({**dict.fromkeys(FW.skills, 4), **three, "mlops": 3})
    tied = next(s.skill for s in plan(person, SENIOR).steps if s.skill != "mlops")

    detour = plan(person, SENIOR, opportunities={"mlops": False, tied: False}).detour

    assert detour is not None
    assert detour.without == (tied,)
    assert detour.needed == {"mlops": ("gate of P3",)}
    assert plan(person, SENIOR).detour is None


def test_another_context_is_planned_with_the_same_limits():
    """A limit of the call holds under an overlay as well."""
    person = shown(dict.fromkeys(FW.skills, 4) | {"interpretability": 2})

    free = plan(person, SENIOR).under(["healthcare"])["healthcare"]
    held = plan(person, SENIOR, caps={"interpretability": 3}).under(["healthcare"])["healthcare"]

    assert "+ Interpretability and governance 2 -> 4" in free
    assert any(line.startswith("no plan: gate of P") for line in held)


def test_without_a_plan_nothing_hangs_on_anything():
    """No steps, no order and no assumption, and no error either."""
    found = plan(shown({**dict.fromkeys(FW.skills, 4), "mlops": 2}), SENIOR, caps={"mlops": 3})

    assert (found.depends, found.core, found.alternatives, found.detour) == ({}, (), (), None)
    assert set(found.order_under.values()) == {()}
    assert found.explain().startswith("No plan is possible:")


def test_ties_are_shown_as_alternatives_and_are_no_core():
    """One more of six at 4 is missing: any of three skills will do, and none is certain."""
    three = ("python", "core-ml", "data-querying", "ab-testing", "problem-framing", "execution")
    ratings = {**dict.fromkeys(FW.skills, 4), **dict.fromkeys(three, 3)}
    ratings.update(python=4, execution=4)

    found = plan(shown(ratings), SENIOR)

    assert found.level_steps == 1
    chosen = {next(iter(climbed(found))), *(next(iter(other)) for other in found.alternatives)}
    assert chosen == {"core-ml", "data-querying", "ab-testing", "problem-framing"} & chosen
    assert len(chosen) > 1
    assert found.core == ()
    assert "alternative 1" in found.depends[found.steps[0].skill]


def test_no_opportunity_is_said_whatever_it_costs():
    """The step stays, marked as blocked."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3})

    found = plan(person, SENIOR, opportunities={"mlops": False})

    assert found.steps[0].blocked
    assert "blocked by opportunity" in found.explain()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"caps": {"mlop": 3}}, "no skill 'mlop' in this framework; did you mean 'mlops'?"),
        ({"caps": {"mlops": 7}}, "no level 7 for mlops; the scale has 0, 1, 2, 3, 4, 5"),
        ({"effort": {("mlops", 4): (3, 2, 1)}}, "effort of mlops to level 4 is (3, 2, 1)"),
        ({"effort": {("mlops", 4): (1, 2, float("inf"))}}, "expected weeks from optimistic"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(more: dict[str, Any], expected: str):
    """Unknown skills, levels and efforts that are no ascending numbers."""
    with pytest.raises(UsageError) as caught:
        plan(shown({"mlops": 3}), SENIOR, **more)

    assert expected in str(caught.value)


def test_the_order_of_steps_is_told_under_other_weights():
    """Weights order and decide nothing: the steps are the same, their order is reported."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 2, "validation": 3, "python": 2})

    found = plan(person, SENIOR)

    assert {len(order) for order in found.order_under.values()} == {len(found.steps)}
    assert set(found.order_under) == {
        "own",
        "equal",
        "3, 2, 1",
        "4, 2, 1",
        "rank-order centroid",
    }


@settings(max_examples=60)
@given(people(), profiles(evidence=False))
def test_whoever_follows_the_plan_is_ready_on_levels(person: dict[str, Any], profile: Profile):
    """With the planned levels shown in full, every gate, floor and breadth rule is MET."""
    profile = answered(profile, **dict.fromkeys(FW.switches, False))
    before = assessed({**person, "locked": False})

    found = plan(before, profile)

    if found.infeasible:
        return
    ratings = {**dict.fromkeys(POOL, 0)}
    ratings.update({s: FW.levels[p].value for s, p in found.levels.items()})
    after = verdict(shown(ratings), profile)
    assert after.overall == "READY"


@settings(max_examples=40)
@given(people(), profiles(evidence=False))
def test_no_step_of_a_plan_is_idle(person: dict[str, Any], profile: Profile):
    """Each step names something that fails without it."""
    found = plan(assessed(person), profile)

    assert all(step.reasons for step in found.steps)
    assert found.level_steps == sum(step.levels for step in found.steps)


def test_an_open_question_is_planned_for_both_answers():
    """Two of three at 4, one of them only if regulated: not answered, the other two are needed."""
    switched = {"id": "b", "at_least": 2, "level": 4, "source": "invented"}
    of = ["core-ml", "ab-testing", "interpretability"]
    rule = {**switched, "of": of, "when": {"interpretability": "regulated"}}
    requirement = {"id": "trade-off-judgement", "title": "One rule", "breadth": [rule]}
    data = SENIOR.model_dump() | {"requirements": {"trade-off-judgement": requirement}}
    profile = type(SENIOR).model_validate(data).model_copy(update={"framework": FW})
    person = shown({"core-ml": 4, "ab-testing": 3, "interpretability": 4})

    unanswered = plan(person, answered(profile, regulated=None))
    regulated = plan(person, answered(profile, regulated=True))

    assert climbed(unanswered) == {"ab-testing": (3, 4)}
    assert regulated.steps == ()


def test_a_reason_is_what_the_last_level_is_for():
    """MLOps 2 to 4 passes a level something else asks for: only what fails without 4 is named."""
    person = shown({**dict.fromkeys(FW.skills, 4), "python": 2})

    (step,) = plan(person, SENIOR).steps

    assert (step.to_level, step.reasons) == (3, ("floor of P1",))


def test_no_answer_on_opportunity_blocks_nothing():
    """Only a no is a no."""
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3})

    assert [plan(person, SENIOR).steps[0].blocked] == [False]


def test_the_heaviest_shortfall_comes_first():
    """Two steps of an important skill (4) before one of a critical one (3)."""
    person = shown({**dict.fromkeys(FW.skills, 4), "validation": 3, "mlops": 2})

    assert [step.skill for step in plan(person, SENIOR).steps] == ["mlops", "validation"]


def test_a_level_that_is_claimed_costs_no_growth():
    """Claimed 4, supported 3: the whole step has an effort, growing has none."""
    ratings = dict.fromkeys(FW.skills, 4)
    others = [s for s in ratings if s != "mlops"]
    items = [proof(s, *others) for s in PROOFS] + [proof("E2", "mlops")]

    found = plan(assess(FW, ratings, evidence=items), SENIOR)

    assert str(found.effort) == "8 / 20 / 52 weeks"
    assert found.steps[0].growth is None
    assert str(found.growth) == "0 / 0 / 0 weeks"


def test_another_context_keeps_what_was_said_of_this_one():
    """Enterprise's lower gate was confirmed: beside another context it still holds."""
    said = {"enterprise": "the platform team runs the registry and the pipelines"}
    switches = dict.fromkeys(FW.switches, False)
    aim = {"profile": "senior", "overlays": ["enterprise"], "reasons": said}
    profile = FW.profile("senior", ["enterprise"], switches, reasons=said)
    person = shown({**dict.fromkeys(FW.skills, 4), "mlops": 3}, aim=aim)

    found = plan(person, profile)

    assert found.steps == ()
    assert not any(
        "MLOps" in line for line in found.under(["startup-delivery"])["startup-delivery"]
    )
