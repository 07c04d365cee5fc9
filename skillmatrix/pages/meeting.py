"""What groups of commands need of the meeting that is open, and what every meeting can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from pydantic import Field

from skillmatrix.framework import Framework, Profile
from skillmatrix.pages.session import Arguments, Command
from skillmatrix.panel import DecisionLog
from skillmatrix.panel.calibration import Calibration
from skillmatrix.store import Store, StoredEvent
from skillmatrix.store.meetings import MeetingHead

#: A change to store: kind, subject, payload, and the code of the person it speaks of.
Change = tuple[str, str, dict[str, Any] | None, str | None]

#: An entry of the decision log to make: kind and content.
NewEntry = tuple[str, Mapping[str, Any]]


class Begin(Arguments):
    """Begin a meeting."""

    title: str = Field(max_length=200)
    facilitator: str = Field(default="", max_length=200)
    framework: str | None = None
    profile: str | None = None
    overlays: list[str] = Field(default_factory=list)
    switches: dict[str, bool | None] = Field(default_factory=dict)


class Chosen(Arguments):
    """One meeting of the workspace."""

    meeting: str


class GivenLog(Arguments):
    """A decision log from elsewhere, as text."""

    name: str = Field(max_length=500)
    text: str


class Enter(Arguments):
    """One entry of the decision log."""

    kind: str
    content: dict[str, Any] = Field(default_factory=dict)


class Room(Protocol):
    """What a group of commands needs of the meeting it belongs to."""

    framework: Framework
    embed: str

    @property
    def store(self) -> Store:
        """The open workspace."""

    @property
    def head(self) -> MeetingHead:
        """The open meeting, without its events."""

    @property
    def begun(self) -> Mapping[str, Any]:
        """What it was begun with: ``title``, ``facilitator``, ``profile``, ``seed``..."""

    @property
    def profile(self) -> Profile:
        """The role that people are held against, in its context."""

    def events(self, *kinds: str) -> list[StoredEvent]:
        """Give what was stored so far, of some kinds or all."""

    def log(self) -> DecisionLog:
        """Give the decision log as it stands, verified."""

    def cached(self, name: str, make: Callable[[], Any]) -> Any:
        """Give what `make` gives, made once for each state of the meeting."""

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """Give what `make` gives, made once for as long as the meeting is open."""

    def forget(self, name: str) -> None:
        """Make something anew that was cached."""

    def append(
        self,
        command: Command,
        kind: str,
        subject: str,
        payload: dict[str, Any] | None,
        person: str | None = None,
    ) -> dict[str, Any]:
        """Store one change, and answer with the state after it."""

    def append_all(
        self,
        command: Command,
        changes: Iterable[Change],
    ) -> dict[str, Any]:
        """Store several changes (kind, subject, payload, person), all or none."""

    def enter(self, command: Command, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Add one entry to the decision log, and answer with the state after it."""

    def enter_all(
        self,
        command: Command,
        entries: Iterable[NewEntry] | Callable[[], tuple[Iterable[NewEntry], Iterable[Change]]],
        changes: Iterable[Change] = (),
    ) -> dict[str, Any]:
        """Add entries to the log, and store changes with them, all or none."""

    def state_answer(self) -> dict[str, Any]:
        """Answer with the whole state of the page."""


class CalibrationRoom(Room, Protocol):
    """What a group of commands needs of the calibration session it belongs to."""

    def calibration(self) -> Calibration:
        """Give the session as it stands."""
