"""Events, and the assessment they add up to: the latest one of each subject holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from skillmatrix.assessment.model import Assessment

#: Kinds of event that change an assessment; undo and redo point at one of them.
KINDS = (
    "aim",
    "rating",
    "note",
    "evidence",
    "no_more_evidence",
    "record",
    "readings",
    "plan",
    "case",
    "hand_over",
)

#: Kind of the event that closes a round; it holds the packet made with it.
LOCK = "lock"

#: Kind of the event of a further packet of a closed round.
PACKET = "packet"

#: Kinds of event of a mentor's round: the packet it was begun from, the record of an earlier
#: session, and the entries of its own.
RECEIVED, EARLIER, SESSION = "received", "earlier", "session"

#: What a closed round still takes: packets with what is chosen for them, and its session.
AFTER_LOCK = frozenset({"hand_over", PACKET, EARLIER, SESSION})

#: Kind of the event that brings the whole content of a file, or of an earlier round.
IMPORT = "import"


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
    holding: dict[str, Event] = {}
    undone: dict[str, Event] = {}
    for event in events:
        if event.kind in KINDS:
            holding[event.id] = event
            undone = {}
        elif event.kind == "undo" and event.subject in holding:
            undone[event.subject] = holding.pop(event.subject)
        elif event.kind == "redo" and event.subject in undone:
            holding[event.subject] = undone.pop(event.subject)
    current: dict[tuple[str, str], Event] = {}
    for event in sorted(holding.values(), key=lambda e: e.seq):
        current[event.kind, event.subject] = event
    last = max(holding.values(), key=lambda e: e.seq, default=None)
    return History(current, last, next(reversed(undone.values()), None))


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
    events = list(events)
    done = history(events)
    brought = next((e.payload for e in reversed(events) if e.kind == IMPORT and e.payload), {})
    data: dict[str, Any] = {**_CONTENT, **head, **brought, "as_of": as_of}
    ratings, notes = dict(data["ratings"]), dict(data["notes"])
    evidence = {item["id"]: item for item in data["evidence"]}
    no_more = dict.fromkeys(data["no_more_evidence"], True)
    below = dict.fromkeys(data["gap_below"], True)
    parts = {"plan": dict(data["plan"]), "case": dict(data["case"])}
    for (kind, subject), event in done.current.items():
        payload = dict(event.payload or {})
        if kind == "aim":
            data["aim"] = {**data["aim"], **payload}
        elif kind == "rating":
            ratings[subject] = payload["value"]
            below[subject] = bool(payload.get("gap_below"))
        elif kind == "note":
            notes[subject] = payload
        elif kind == "evidence" and payload:
            evidence[subject] = {**payload, "id": subject}
        elif kind == "evidence":
            evidence.pop(subject, None)
        elif kind == "no_more_evidence":
            no_more[subject] = bool(payload.get("declared"))
        elif kind in parts and payload:
            parts[kind][subject] = payload
        elif kind in parts:
            parts[kind].pop(subject, None)
    data.update(
        **parts,
        ratings=ratings,
        notes={skill: note for skill, note in notes.items() if note.get("text")},
        evidence=list(evidence.values()),
        record=_record(data["record"], done.current.values()),
        gap_below=[skill for skill, flagged in below.items() if flagged],
        no_more_evidence=[rule for rule, declared in no_more.items() if declared],
        updated_at=max((e.at for e in events), default=head.get("created_at")),
    )
    return Assessment.model_validate(data), done


_CONTENT: dict[str, Any] = {
    "aim": {},
    "ratings": {},
    "notes": {},
    "evidence": [],
    "no_more_evidence": [],
    "gap_below": [],
    "record": [],
    "plan": {},
    "case": {},
}


def _record(brought: Iterable[Any], current: Iterable[Event]) -> list[Any]:
    """Lay single entries and files of readings over each other; each keeps its first place."""
    entries = {entry["id"]: entry for entry in brought}
    told = []
    for event in current:
        payload = event.payload or {}
        if event.kind == "readings":
            told.append((event.seq, {entry["id"]: entry for entry in payload["entries"]}))
        elif event.kind == "record":
            entry = {**payload, "id": event.subject} if payload else None
            told.append((event.seq, {event.subject: entry}))
    places = dict.fromkeys([*entries, *(name for _, said in told for name in said)])
    for _, said in sorted(told, key=lambda each: each[0]):
        entries |= said
    return [entries[name] for name in places if entries[name] is not None]
