"""A self-review without a browser: commands in, answers out."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages.self_review import SelfReview

NUMBERS = count(1)
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Open a page of its own workspace with one empty assessment; give what sends commands."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    review = SelfReview()

    def ask(command: str, /, ok: bool = True, **args: Any) -> dict[str, Any]:
        answers: list[dict[str, Any]] = []
        message = {"kind": "command", "id": f"c{next(NUMBERS)}", "name": command, "args": args}
        review.answer({**message, "base": review.seq}, answers.append)
        (answer,) = answers
        assert answer["kind"] == ("ack" if ok else "refused"), answer
        json.dumps(answer)
        return answer

    ask("create", name="Ana", profile="senior")
    return ask
