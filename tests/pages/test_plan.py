"""The plan, through the page: what is answered, in words, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from skillmatrix.framework import Framework
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


def test_a_ladder_of_bars_alone_speaks_of_its_bars(tmp_path: Path):
    """No effort, no weights, no evidence: the words follow the ladder."""
    import datetime as dt

    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import load_framework
    from skillmatrix.pages.plan_view import plan_view

    folder = next(Path(__file__).parents[1].glob("ladders/*/framework.yaml")).parent
    fw = load_framework(folder)
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
    assert {r for s in view["steps"] for r in s["reasons"]} == {
        f"bar of {fw.profiles[profile].title}"
    }
    assert not view["weighed"]
    assert view["effort"] is None
