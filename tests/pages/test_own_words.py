"""Own figures and actions for a step, and paragraphs of the case: kept, undone, refused."""

from __future__ import annotations

from typing import Any

from tests.pages.conftest import Ask


def test_what_is_set_down_for_a_step_comes_back_as_it_was_typed(send: Ask):
    """Opportunity, own weeks and actions are stored, and one undo takes them back."""
    entry: dict[str, Any] = {
        "opportunity": False,
        "effort": [{"level": 4, "optimistic": 2, "likely": 6.5, "pessimistic": 20}],
        "actions": [{"id": "a1", "text": "Lead the drift review", "due": "2027-01-15"}],
    }
    stored = send("own_plan", skill="mlops", entry=entry)["state"]

    assert stored["own_plan"] == {"mlops": entry}
    assert stored["can_undo"] == "MLOps: plan"
    assert send("undo")["state"]["own_plan"] == {}


def test_wrong_figures_are_refused_with_their_place(send: Ask):
    """Weeks out of order, a level off the scale and an empty action are named together."""
    entry = {
        "effort": [{"level": 9, "optimistic": 5, "likely": 4, "pessimistic": 3}],
        "actions": [{"id": "a1", "text": " "}],
    }
    problems = send("own_plan", skill="mlops", entry=entry, ok=False)["problems"]

    assert [p["where"] for p in problems] == [
        "plan > mlops > effort[0] > level",
        "plan > mlops > effort[0]",
        "plan > mlops > actions[0] > text",
    ]


def test_a_paragraph_is_kept_and_taken_away(send: Ask):
    """A paragraph cites evidence by id; without words and citations it is gone."""
    part = "p3-lifecycle"
    kept = send("case", part=part, text="I run it.", evidence=["e1"])["state"]
    gone = send("case", part=part, text="", evidence=[])["state"]

    assert kept["case"] == {part: {"text": "I run it.", "evidence": ["e1"]}}
    assert gone["case"] == {}
