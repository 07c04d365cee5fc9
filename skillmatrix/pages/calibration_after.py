"""Follow-ups, minutes, excerpts, and the end of the session."""

from __future__ import annotations

from typing import Any

from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.pages.session import Commands


class Closing:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {}

    def state(self) -> dict[str, Any]:
        """Give what the page shows of it."""
        return {}
