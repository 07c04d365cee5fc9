"""What is set down for a step, from two places at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skillmatrix.pages.self_review import SelfReview
from tests.pages.conftest import Ask

Tab = Callable[..., dict[str, Any]]


@pytest.fixture
def tabs(send: Ask) -> tuple[Tab, Tab]:
    """Give two pages on the assessment of one workspace; each says what it had seen."""
    code = send("undo")["state"]["assessment"]["code"]

    def page(name: str) -> Tab:
        review = SelfReview()
        numbers = iter(range(100))

        def ask(command: str, /, base: int | None = None, **args: Any) -> dict[str, Any]:
            answers: list[dict[str, Any]] = []
            message = {"kind": "command", "id": f"{name}{next(numbers)}", "name": command}
            seen = review.seq if base is None else base
            review.answer({**message, "args": args, "base": seen}, answers.append)
            assert answers[0]["kind"] == "ack", answers
            return answers[0]

        ask("hello", assessment=code, embed="voila")
        return ask

    return page("l"), page("r")


def actions(*texts: str) -> dict[str, Any]:
    """Give an entry with an action for each text; its id is its text."""
    return {"actions": [{"id": text, "text": text} for text in texts]}


def texts(answer: dict[str, Any]) -> list[str]:
    """Give the actions for MLOps after a command."""
    held = answer["state"]["own_plan"].get("mlops", {})
    return [action["text"] for action in held.get("actions", ())]


def test_an_action_added_elsewhere_and_not_seen_is_not_taken_out(tabs: tuple[Tab, Tab]):
    """Left adds one, right adds another without having seen it: both stay, and it is said."""
    left, right = tabs
    before = right("undo")["seq"]
    left("own_plan", skill="mlops", entry=actions("left"))
    answer = right("own_plan", base=before, skill="mlops", entry=actions("right"))

    assert texts(answer) == ["right", "left"]
    assert answer["conflict"]["kind"] == "plan"


def test_what_was_seen_and_taken_out_is_out(tabs: tuple[Tab, Tab]):
    """Right has seen the action of the left one and removes it."""
    left, right = tabs
    seen = left("own_plan", skill="mlops", entry=actions("left", "other"))["seq"]

    assert texts(right("own_plan", base=seen, skill="mlops", entry=actions("other"))) == ["other"]


def test_what_a_page_sent_itself_it_may_take_out_at_once(tabs: tuple[Tab, Tab]):
    """Added and removed before the first answer came back: it is gone."""
    left, _ = tabs
    left("own_plan", base=1, skill="mlops", entry=actions("one", "two"))

    assert texts(left("own_plan", base=1, skill="mlops", entry=actions("two"))) == ["two"]
    assert texts(left("own_plan", base=1, skill="mlops", entry=None)) == []
