"""A calibration page without a browser, and people to calibrate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import skillmatrix as sm
from skillmatrix.assessment import as_data, lock
from skillmatrix.framework import Framework
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.pages.session import Command, now


class Told:
    """A page of one workspace: commands in, answers out; every answer is kept as a text."""

    def __init__(self, mark: str = "a") -> None:
        self.page, self.mark, self.count = CalibrationPage(), mark, 0
        self.frames: list[str] = []

    def __call__(self, name: str, /, ok: bool = True, **args: Any) -> dict[str, Any]:
        """Send one command."""
        self.count += 1
        return self.again(f"{self.mark}-{self.count}", name, ok, **args)

    def again(self, command: str, name: str, /, ok: bool = True, **args: Any) -> dict[str, Any]:
        """Send a command of a certain id."""
        answers: list[dict[str, Any]] = []
        message = {"kind": "command", "id": command, "name": name, "args": args}
        self.page.answer(message, answers.append)
        (answer,) = answers
        self.frames.append(json.dumps(answer))
        assert answer["kind"] == ("ack" if ok else "refused"), answer
        return answer

    def enter(self, *entries: tuple[str, Mapping[str, Any]]) -> None:
        """Put entries into the log, as the parts of the page do."""
        self.count += 1
        command = Command(kind="command", id=f"{self.mark}-{self.count}", name="enter")
        self.page.enter_all(command, entries)


def locked(
    fw: Framework, person: str, rater: str | None, levels: Mapping[str, Any], **more: Any
) -> sm.Assessment:
    """One locked assessment; without a rater it is her own."""
    by = {"kind": more.pop("kind", "peer"), "code": rater} if rater else {"kind": "self"}
    draft = sm.Assessment(
        framework=fw.key,
        person={"code": person},
        rater=by,
        as_of="2026-11-20",
        ratings=dict(levels),
        **more,
    )
    return lock(draft, now())


def files(assessments: Iterable[sm.Assessment]) -> list[dict[str, str]]:
    """Files as the browser gives them."""
    return [
        {
            "name": f"{each.person.code}-{each.rater.code or 'self'}.assessment.json",
            "text": json.dumps(as_data(each)),
        }
        for each in assessments
    ]
