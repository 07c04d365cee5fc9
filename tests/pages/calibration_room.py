"""A calibration session without a browser: begun, filled with ratings, and spoken to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment import as_data, lock
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.pages.session import now

FW = sm.load_framework()
NUMBERS = count(1)
Said = dict[str, int | str]


def rated(person: str, rater: str | None, levels: Said, **more: Any) -> sm.Assessment:
    """Give the locked ratings of a person by a rater; without one, her own view."""
    kind = more.pop("kind", "manager")
    by = {"kind": kind, "code": rater} if rater else {"kind": "self"}
    draft = sm.Assessment.model_validate(
        {
            "framework": FW.key,
            "person": {"code": person},
            "rater": by,
            "as_of": "2026-11-20",
            "ratings": levels,
            **more,
        }
    )
    return lock(draft, now())


def opened(folder: Path) -> Iterator[CalibrationPage]:
    """Open the page of a workspace; every session begun in it is one of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLMATRIX_WORKSPACE", str(folder / "ws"))
        yield CalibrationPage()


class Room:
    """A session as a browser sees it; every answer is kept as the text it travels as."""

    def __init__(self, page: CalibrationPage) -> None:
        self.page, self.code = page, page.code
        self.frames: list[str] = []
        self.code = self.ask("begin", title="Autumn", facilitator="Kim")["opened"]

    def _message(self, name: str, /, **args: Any) -> dict[str, Any]:
        told = {"kind": "command", "id": f"k{next(NUMBERS)}", "name": name}
        return {**told, "args": args, "base": self.page.seq}

    def send(self, name: str, /, command_id: str | None = None, **args: Any) -> dict[str, Any]:
        """Send a command to this session and give its answer, whatever it is."""
        if self.page.code != self.code:
            self.page.answer(self._message("hello", assessment=self.code), lambda answer: None)
        answers: list[dict[str, Any]] = []
        message = self._message(name, **args)
        self.page.answer({**message, "id": command_id or message["id"]}, answers.append)
        (answer,) = answers
        self.frames.append(json.dumps(answer))
        return answer

    def ask(self, name: str, /, command_id: str | None = None, **args: Any) -> dict[str, Any]:
        """Send a command that is carried out."""
        answer = self.send(name, command_id, **args)
        assert answer["kind"] == "ack", answer
        return answer

    def refused(self, name: str, /, **args: Any) -> str:
        """Send a command that is refused, and give why."""
        answer = self.send(name, **args)
        assert answer["kind"] == "refused", answer
        return json.dumps(answer["problems"])

    def collect(self, *assessments: sm.Assessment) -> dict[str, Any]:
        """Take in ratings as files."""
        files = [
            {
                "name": f"{a.person.code}.{a.rater.code or 'self'}.assessment.json",
                "text": json.dumps(as_data(a)),
            }
            for a in assessments
        ]
        return self.ask("take_files", files=files)

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """Give what the decision log holds of a kind."""
        told = json.loads(self.ask("log_file")["data"])["entries"]
        return [entry["content"] for entry in told if entry["kind"] == kind]
