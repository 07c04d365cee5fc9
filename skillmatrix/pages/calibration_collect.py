"""Collect the ratings of a session: what is taken in, what is refused, who is missing."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field

from skillmatrix.assessment import Assessment, assessment_from
from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.pages.session import Arguments, Command, Commands
from skillmatrix.panel.calibration import Calibration

#: Kind of the events that hold a file; their subject is the hash of its content.
FILE = "file"


class GivenFile(Arguments):
    """A file, as text."""

    name: str = Field(max_length=500)
    text: str


class TakeFiles(Arguments):
    """Files of a session, a part of them at a time."""

    files: list[GivenFile] = Field(min_length=1, max_length=50)


def calibration_of(room: CalibrationRoom) -> Calibration:
    """Set what was collected beside each other."""
    held = [event.payload for event in room.events(FILE) if event.payload]
    assessments = [read_back(payload, room) for payload in held]
    return Calibration(room.framework, room.profile, assessments, room.log())


def read_back(payload: dict[str, Any], room: CalibrationRoom) -> Assessment:
    """Read a file that was stored."""
    return assessment_from(payload["data"], payload["name"], room.framework)


class Collecting:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {"take_files": (TakeFiles, self.take_files)}

    def state(self) -> dict[str, Any]:
        """Give who is in the session, with names where they are known."""
        session = self._room.calibration()
        return {
            "people": [{"code": code, "name": session.name(code)} for code in session.people],
            "raters": [{"code": code, "name": session.name(code)} for code in session.raters],
            "present": list(session.standing.present),
            "closed": session.standing.closed,
        }

    def take_files(self, command: Command, given: TakeFiles) -> dict[str, Any]:
        """Take in files; what is wrong with one is said, file by file."""
        changes = []
        for file in given.files:
            data = json.loads(file.text)
            person = data["person"]["code"]
            changes.append(
                (FILE, data.get("sha256") or file.name, {"name": file.name, "data": data}, person)
            )
        return self._room.append_all(command, changes)
