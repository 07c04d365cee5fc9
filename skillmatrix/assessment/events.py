"""Events, and the assessment they add up to: the latest one of each subject holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from skillmatrix.assessment.model import Assessment

#: Kinds of event that change an assessment; undo and redo point at one of them.
KINDS = ("aim", "rating", "note", "evidence", "no_more_evidence")


class Event(Protocol):
    """What `fold` needs of a stored event."""

    @property
    def id(self) -> str:
        """Unique id, made by who sent it."""

    @property
    def seq(self) -> int:
        """Its place in the order of all events."""

    @property
    def kind(self) -> str:
        """What it is about, such as ``rating``."""

    @property
    def subject(self) -> str:
        """Of what, such as the id of a skill."""

    @property
    def payload(self) -> Mapping[str, Any] | None:
        """What it says; None where it takes something away."""

    @property
    def at(self) -> dt.datetime:
        """When it was done."""


@dataclass(frozen=True)
class History:
    """Which events hold, and which could be undone or redone next."""

    current: Mapping[tuple[str, str], Event] = field(default_factory=dict)
    undo: Event | None = None
    redo: Event | None = None


def history(events: Iterable[Event]) -> History:
    """
    Sort events into those that hold and those taken back.

    Parameters
    ----------
    events : iterable of Event
        In the order of ``seq``. An ``undo`` or ``redo`` event names another in ``subject``.

    Returns
    -------
    History
        ``current`` maps (kind, subject) to its latest event that was not undone;
        ``undo`` is the last event that holds; ``redo`` the last one undone, unless
        something new was done since.
    """
    changes: list[Event] = []
    undone: list[Event] = []
    known: dict[str, Event] = {}
    for event in events:
        if event.kind in KINDS:
            known[event.id] = event
            changes.append(event)
            undone = []
        elif event.kind == "undo" and (target := known.get(event.subject)) in changes:
            assert target is not None
            changes.remove(target)
            undone.append(target)
        elif event.kind == "redo" and (target := known.get(event.subject)) in undone:
            assert target is not None
            undone.remove(target)
            changes.append(target)
    current: dict[tuple[str, str], Event] = {}
    for event in sorted(changes, key=lambda e: e.seq):
        current[event.kind, event.subject] = event
    last = max(changes, key=lambda e: e.seq) if changes else None
    return History(current, last, undone[-1] if undone else None)


def fold(
    head: Mapping[str, Any], events: Iterable[Event], as_of: dt.date
) -> tuple[Assessment, History]:
    """
    Make the present assessment of its events.

    Parameters
    ----------
    head : mapping
        ``framework``, ``person``, ``rater``, ``aim`` and ``created_at``, as in a file.
    events : iterable of Event
        In the order of ``seq``.
    as_of : datetime.date
        The day evidence ages against.

    Returns
    -------
    tuple of (Assessment, History)
    """
    done = history(events)
    data: dict[str, Any] = {**head, "as_of": as_of, "ratings": {}, "notes": {}, "evidence": []}
    no_more = []
    updated = head.get("created_at")
    for (kind, subject), event in done.current.items():
        payload = dict(event.payload or {})
        updated = event.at
        if kind == "aim":
            data["aim"] = payload
        elif kind == "rating":
            data["ratings"][subject] = payload["value"]
        elif kind == "note" and payload.get("text"):
            data["notes"][subject] = payload
        elif kind == "evidence" and payload:
            data["evidence"].append({**payload, "id": subject})
        elif kind == "no_more_evidence" and payload.get("declared"):
            no_more.append(subject)
    data.update(no_more_evidence=no_more, updated_at=updated)
    return Assessment.model_validate(data), done
