"""What meetings hold about one person: given out with her records, and erased with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update

from skillmatrix.store import records
from skillmatrix.store.schema import meeting_event

#: Kind of the events that hold entries of a decision log: they are emptied, not deleted, because
#: each entry hangs on the one before.
LOG = "log"
#: Kind of the events that hold the name of a file that was refused, and why.
REFUSED = "file-refused"
#: Kinds whose words are no person's: what a meeting was begun with, and refusals.
_NOBODYS = ("meeting-created", REFUSED)
#: Lists in entries that are about several people at once.
_LISTS = ("people", "raters")

#: Whom an interview is about, in what it was begun with.
_CANDIDATE = "candidate"

_events = meeting_event.c


def said_of(connection: Connection, code: str) -> Sequence[Row[Any]]:
    """Select every event of every meeting that speaks of a person."""
    query = select(meeting_event).where(_events.person == code)
    return connection.execute(query.order_by(_events.seq)).all()


def said_of_others(connection: Connection, code: str) -> list[str]:
    """Give the payloads of meetings that speak of others; a title is nobody's own words."""
    query = select(_events.payload).where(
        or_(_events.person != code, _events.person.is_(None)), _events.kind.not_in(_NOBODYS)
    )
    return [text for text in connection.execute(query).scalars() if text]


def take_out(connection: Connection, code: str, names: Collection[str] = ()) -> int:
    """
    Remove what meetings hold of a person, inside a transaction that allows it.

    Parameters
    ----------
    connection : Connection
    code : str
    names : collection of str
        Hers: files that were refused under one of them go too.

    Returns
    -------
    int
        Events that were deleted or emptied. An entry of a decision log stays as one that was
        removed on request: how many there were, and in what order, still holds.
    """
    listed = [row for row in _logs(connection, code) if _is_about(row, code)]
    for row in listed:
        entry = json.loads(row.payload)
        entry |= {"content": None, "salt": None, "removed": "on request"}
        text = records.to_json(entry, "payload")
        changed = update(meeting_event).where(_events.seq == row.seq)
        connection.execute(changed.values(payload=text, person=None))
    for row in _begun(connection, code):
        begun = json.loads(row.payload)
        if begun.get(_CANDIDATE) == code:
            text = records.to_json({**begun, _CANDIDATE: "erased"}, "payload")
            changed = update(meeting_event).where(_events.seq == row.seq)
            connection.execute(changed.values(payload=text))
    for word in {code, *names}:
        refused = _events.subject.icontains(word, autoescape=True)
        connection.execute(delete(meeting_event).where(_events.kind == REFUSED, refused))
    gone = connection.execute(delete(meeting_event).where(_events.person == code))
    return len(listed) + gone.rowcount


def _begun(connection: Connection, code: str) -> Sequence[Row[Any]]:
    first = _events.base == 0
    query = select(meeting_event).where(first, _events.payload.contains(f'"{code}"'))
    return connection.execute(query.where(_events.person.is_(None))).all()


def _logs(connection: Connection, code: str) -> Sequence[Row[Any]]:
    query = select(meeting_event).where(_events.kind == LOG, _events.payload.contains(code))
    return connection.execute(query).all()


def _is_about(row: Row[Any], code: str) -> bool:
    content = json.loads(row.payload).get("content") or {}
    return row.person == code or any(code in (content.get(key) or ()) for key in _LISTS)
