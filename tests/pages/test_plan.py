"""The plan, through the page: what is answered, in words, and what it refuses."""

from __future__ import annotations

from typing import Any

from skillmatrix.framework import Framework
from tests.ladders import FAMILY
from tests.pages.conftest import Ask


def test_nothing_rated_is_a_plan_that_begins_with_rating(send: Ask):
    """Every step is of a skill nobody rated, and the page can say so."""
    plan = send("plan")["plan"]

    assert plan["unknown"] == len(plan["steps"]) > 7
    assert not any(step["known"] for step in plan["steps"])


def test_a_step_leads_to_the_anchors_between_here_and_there(send: Ask, fw: Framework):
    """MLOps rated 2: the goals are the anchors of 1 to 4, since evidence carries only 1."""
    send("rate", skill="mlops", value=2)

    (step,) = [s for s in send("plan")["plan"]["steps"] if s["skill"] == "mlops"]

    assert (step["from"], step["to"], step["shown_to"], step["known"]) == (1, 4, 2, True)
    assert [goal["level"] for goal in step["goals"]] == [2, 3, 4]
    assert step["goals"][2]["anchors"] == [a.text for a in fw.skills["mlops"].at(4)]


def test_the_plan_follows_a_rating(send: Ask):
    """What is rated is known to the next plan."""
    before = send("plan")["plan"]["unknown"]
    send("rate", skill="mlops", value=2)

    assert send("plan")["plan"]["unknown"] == before - 1


def test_only_two_things_can_come_first(send: Ask):
    """Steps or effort."""
    assert send("plan", first="effort")["plan"]["first"] == "effort"
    refused = send("plan", ok=False, first="money")
    assert refused["problems"][0]["where"] == "first"


def test_what_nobody_rated_is_an_upper_limit(send: Ask):
    """With skills that nobody rated the count is "at most", and never "fewer will not do"."""
    assert send("plan")["plan"]["sentence"].startswith("At most ")


def test_a_ladder_of_bars_alone_speaks_of_its_bars():
    """No effort, no weights, no evidence: the words follow the ladder."""
    import datetime as dt

    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import load_framework
    from skillmatrix.pages.plan_view import plan_view

    fw = load_framework(FAMILY)
    profile = list(fw.profiles)[-1]
    made = Assessment(
        framework=fw.key,
        person={"code": "bo"},
        rater={"kind": "self"},
        aim={"profile": profile},
        as_of=dt.date(2026, 11, 20),
        ratings=dict.fromkeys(fw.skills, fw.levels[0].value),
    )

    view = plan_view(fw, made, "steps")

    assert view["starts"] == "It starts at the levels you gave."
    assert {r for s in view["steps"] for r in s["fails"]} == {
        f"bar of {fw.profiles[profile].title}"
    }
    assert not view["weighed"]
    assert view["effort"] is None


def steps(send: Ask) -> dict[str, dict[str, Any]]:
    """Give the steps of the plan by skill."""
    return {step["skill"]: step for step in send("plan")["plan"]["steps"]}


def test_own_figures_stand_in_place_of_the_placeholders(send: Ask):
    """MLOps from 1 to 4 with own weeks for 4: the sum holds them, and the level is marked."""
    send("rate", skill="mlops", value=1)
    before = steps(send)["mlops"]
    weeks = {"level": 4, "optimistic": 1, "likely": 2, "pessimistic": 3}
    send("own_plan", skill="mlops", entry={"effort": [weeks]})
    after = steps(send)["mlops"]

    assert (before["own"], after["own"]) == ([], [4])
    assert before["effort"]["likely"] - after["effort"]["likely"] == 20 - 2


def test_a_step_without_an_opportunity_is_blocked_and_says_what_asks_for_it(send: Ask):
    """No plan does without a gate: the step stays, and the gate is named."""
    send("own_plan", skill="mlops", entry={"opportunity": False})
    plan = send("plan")["plan"]

    assert [s["skill"] for s in plan["steps"] if s["blocked"]] == ["mlops"]
    assert plan["detour"]["without"] == []
    (needed,) = plan["detour"]["needed"]
    assert (needed["title"], needed["reasons"]) == ("MLOps", ["gate of P3"])


def test_there_may_be_another_plan_without_what_is_blocked(send: Ask):
    """A skill that only breadth rules ask for is left out, and what differs is marked."""
    skill = next(s for s in ("problem-framing", "execution", "ab-testing") if s in steps(send))
    send("own_plan", skill=skill, entry={"opportunity": False})
    detour = send("plan")["plan"]["detour"]

    assert [entry["skill"] for entry in detour["without"]] == [skill]
    assert skill not in {step["skill"] for step in detour["steps"]}
    assert any(step["other"] for step in detour["steps"])


def test_a_limit_below_a_gate_leaves_no_plan_and_names_it(send: Ask):
    """The highest level in time is 3: the gate at 4 cannot be met, and that is said."""
    send("own_plan", skill="mlops", entry={"cap": 3})

    assert send("plan")["plan"]["infeasible"] == [
        "gate of P3 asks for 4: MLOps at most 3 in this time"
    ]


def test_a_step_that_only_another_one_needs_says_why(send: Ask, fw: Framework):
    """Everything at 4 with evidence but two skills: what MLOps needs first comes first."""
    item = {"title": "All of it", "date": "2026-03-01", "description": "x", "artefact": "x"}
    item |= {"confirmed_by": "K", "measure": "x", "method": "x", "skills": list(fw.skills)}
    for number in range(3):
        send("evidence", id=f"e{number}", item=item)
    for skill in fw.skills:
        send("rate", skill=skill, value={"mlops": 2, "production-ml": 1}.get(skill, 4))
    send("aim", profile="mlops-platform")
    found = send("plan")["plan"]["steps"]

    order = [step["skill"] for step in found]
    assert order.index("production-ml") < order.index("mlops")
    assert all(need["reason"] for step in found for need in step["needed_for"])
