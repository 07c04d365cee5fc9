"""What every page does with a command it cannot carry out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages.self_review import SelfReview


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SelfReview:
    """Open a page of its own workspace with one empty assessment."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    opened = SelfReview()
    ask(opened, "create", name="Ana", profile="senior")
    return opened


def ask(review: SelfReview, command: str, /, **args: Any) -> dict[str, Any]:
    """Send one command; give the answer."""
    answers: list[dict[str, Any]] = []
    message = {"kind": "command", "id": f"c-{command}", "name": command, "args": args}
    review.answer({**message, "base": review.seq}, answers.append)
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    "item",
    [
        {"title": "A", "date": "2026-05-01", "more": {"deep": "a\x00b"}},
        {"title": "A", "date": "2026-05-01", "more": "x" * 26_000_000},
    ],
    ids=["NUL in an unknown key", "longer than a row may be"],
)
def test_what_can_never_be_stored_is_not_sent_again(review: SelfReview, item: dict[str, Any]):
    """Refused for good, with the reason: the browser stops asking."""
    answer = ask(review, "evidence", id="e1", item=item)

    assert answer["kind"] == "refused"
    assert "again" not in answer
    assert "Nothing was stored" in answer["problems"][0]["found"]


@pytest.mark.parametrize("name", ["", "x" * 65, "../e", "e\x00"])
def test_an_id_of_evidence_is_a_code(review: SelfReview, name: str):
    """Anything else is refused before the store sees it."""
    item = {"title": "A", "date": "2026-05-01"}

    answer = ask(review, "evidence", id=name, item=item)

    assert (answer["kind"], answer.get("again")) == ("refused", None)


def test_a_store_that_cannot_be_written_is_asked_again(
    review: SelfReview, monkeypatch: pytest.MonkeyPatch
):
    """A full disk may have room later: the command stays in the outbox."""
    from skillmatrix.errors import StoreError

    def full(*_: object) -> None:
        msg = "the disk is full"
        raise StoreError(msg)

    monkeypatch.setattr(review.store, "append", full)

    assert ask(review, "rate", skill="mlops", value=3)["again"] is True
