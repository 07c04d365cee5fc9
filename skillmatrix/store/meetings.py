"""Meetings of a workspace: calibration sessions and interview panels, with their events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from skillmatrix.errors import StoreError, UnstorableError
from skillmatrix.store import records, rows
from skillmatrix.store.records import NewEvent, StoredEvent
from skillmatrix.store.schema import ERASURES, meeting, meeting_event, setting
from skillmatrix.store.spoken_of import LOG
from skillmatrix.store.store import Store

Kind = Literal["calibration", "interview"]

CREATED = "meeting-created"
"""Kind of the first event of a meeting; its payload is what it was begun with."""
DELETED = "meeting-deleted"
"""Kind of a deletion or its undoing; payload ``deleted`` (bool)."""

_events = meeting_event.c


class OvertakenError(StoreError):
    """Something else was stored between looking and storing."""


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """A meeting without its events.

    Parameters
    ----------
    code : str
        Random.
    kind : {"calibration", "interview"}
    framework : str
        ``id@version``.
    created_at, updated_at : datetime
        In UTC.
    seq : int
        Of the latest event.
    deleted : bool
        Marked as deleted; can be undone.
    """

    code: str
    kind: Kind
    framework: str
    created_at: datetime
    updated_at: datetime
    seq: int
    deleted: bool


class Meetings:
    """
    The meetings of an open workspace.

    Every method raises `StoreError` if the workspace cannot be read or written; then nothing
    of the call was stored.

    Parameters
    ----------
    store : Store

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skillmatrix.store import open_store
    >>> now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
    ...     meetings = Meetings(store)
    ...     head = meetings.create("calibration", "demo@1.0", {"title": "Autumn"}, now, "1")
    ...     taken = NewEvent("2", "file", "0f", {"name": "ana.packet.json"}, head.seq, now)
    ...     stored = meetings.append(head.code, taken, person="p-1")
    ...     [event.kind for event in meetings.events(head.code)], stored.seq, len(meetings.all())
    (['meeting-created', 'file'], 2, 1)
    """

    def __init__(self, store: Store) -> None:
        self._database, _ = store.parts

    def create(
        self, kind: Kind, framework: str, begun: dict[str, Any], at: datetime, event_id: str
    ) -> MeetingHead:
        """
        Begin a meeting; sent again with the same `event_id`, it gives the same one.

        Parameters
        ----------
        kind : {"calibration", "interview"}
        framework : str
            ``id@version``.
        begun : dict
            What it is begun with: a title, a profile, a seed.
        at : datetime
            With a time zone.
        event_id : str
        """
        values = records.event_values(NewEvent(event_id, CREATED, "", begun, 0, at))
        row = {
            "code": rows.random_code("m"),
            "kind": kind,
            "framework": records.checked_framework(framework),
            "created_at": values["at"],
            "deleted": False,
        }
        with self._database.write() as connection:
            known = _known(connection, event_id)
            if known is not None:
                if known.kind != CREATED:
                    raise _taken(event_id)
                return _head(connection, known.meeting_code)
            connection.execute(insert(meeting).values(row))
            first = {"meeting_code": row["code"], "person": None, **values}
            connection.execute(insert(meeting_event).values(first))
            return _head(connection, str(row["code"]))

    def all(self, kind: Kind | None = None, *, include_deleted: bool = False) -> list[MeetingHead]:
        """Give all meetings, the one with the newest change first."""
        query = _heads().order_by(_events.seq.desc())
        if kind is not None:
            query = query.where(meeting.c.kind == kind)
        if not include_deleted:
            query = query.where(meeting.c.deleted.is_(False))
        with self._database.read() as connection:
            return [_as_head(row) for row in connection.execute(query)]

    def head(self, code: str) -> MeetingHead:
        """Give one meeting, deleted or not; StoreError if the code is unknown."""
        with self._database.read() as connection:
            return _head(connection, code)

    def append(self, code: str, event: NewEvent, person: str | None = None) -> StoredEvent:
        """
        Store one change, for good.

        Parameters
        ----------
        code : str
        event : NewEvent
            If its id was stored before, the first event is given again.
        person : str, optional
            Code of the person it speaks of; it is exported and erased with her.
        """
        if event.kind in {CREATED, DELETED}:
            msg = f"event kind {event.kind!r} is made by the store alone. Nothing was stored."
            raise StoreError(msg)
        return self.append_all(code, [(event, person)])[0]

    def append_all(
        self,
        code: str,
        events: list[tuple[NewEvent, str | None]],
        *,
        after: int | None = None,
    ) -> list[StoredEvent]:
        """
        Store several changes, all of them or none, each with the person it speaks of.

        Parameters
        ----------
        code : str
        events : list of (NewEvent, str or None)
            Those whose id was stored before are not stored again.
        after : int, optional
            The seq that has to be the latest one, where a change hangs on what stands before it.

        Raises
        ------
        OvertakenError
            If something else came first; nothing was stored.
        """
        made = [(records.event_values(event), person) for event, person in events]
        with self._database.write() as connection:
            _require(connection, code)
            again = all(_known(connection, str(values["id"])) for values, _ in made)
            if after is not None and not again and _latest(connection, code) != after:
                msg = "something was stored in between. Nothing was stored; try again."
                raise OvertakenError(msg)
            return [_append(connection, code, values, person) for values, person in made]

    def events(self, code: str, after: int = 0) -> list[StoredEvent]:
        """Give the events of a meeting with a seq above `after`, oldest first."""
        query = select(meeting_event).where(_events.meeting_code == code, _events.seq > after)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(_events.seq)).all()
            if not found:
                _require(connection, code)
        return [rows.as_event(row) for row in found]

    def begun(self, code: str) -> dict[str, Any]:
        """Give what a meeting was begun with."""
        query = select(meeting_event).where(_events.meeting_code == code, _events.kind == CREATED)
        with self._database.read() as connection:
            row = connection.execute(query.order_by(_events.seq)).first()
        return {} if row is None else rows.as_event(row).payload or {}

    def speaks_of(self, code: str, person: str) -> bool:
        """Say whether the log of a meeting names somebody."""
        query = select(_events.seq).where(
            _events.meeting_code == code, _events.kind == LOG, _events.payload.contains(person)
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def erasures(self) -> str:
        """Give what changes whenever somebody is erased from the workspace; it names nobody."""
        query = select(setting.c.value).where(setting.c.key == ERASURES)
        with self._database.read() as connection:
            return str(connection.execute(query).scalar() or "")

    def last_seq(self, code: str) -> int:
        """Give the seq of the latest event of a meeting; cheap, for asking often."""
        with self._database.read() as connection:
            return _latest(connection, code)

    def set_deleted(self, code: str, deleted: bool, at: datetime, event_id: str) -> MeetingHead:
        """Mark a meeting as deleted, or take the mark away; nothing is removed."""
        event = NewEvent(event_id, DELETED, "", {"deleted": bool(deleted)}, 0, at)
        values = records.event_values(event)
        with self._database.write() as connection:
            _require(connection, code)
            known = _known(connection, event_id)
            if known is None:
                _append(connection, code, values, None)
                marked = update(meeting).where(meeting.c.code == code)
                connection.execute(marked.values(deleted=bool(deleted)))
            elif known.kind != DELETED:
                raise _taken(event_id)
            return _head(connection, code)


def _append(
    connection: Connection, code: str, values: dict[str, object], person: str | None
) -> StoredEvent:
    known = _known(connection, str(values["id"]))
    if known is None:
        row = {"meeting_code": code, "person": person, **values}
        connection.execute(insert(meeting_event).values(row))
        known = _known(connection, str(values["id"]))
    if known is None or known.meeting_code != code:
        raise _taken(str(values["id"]))
    return rows.as_event(known)


def _latest(connection: Connection, code: str) -> int:
    query = select(func.max(_events.seq)).where(_events.meeting_code == code)
    return int(connection.execute(query).scalar() or 0)


def _known(connection: Connection, event_id: str) -> Row[Any] | None:
    return connection.execute(select(meeting_event).where(_events.id == event_id)).first()


def _taken(event_id: str) -> StoreError:
    return StoreError(
        f"the event id {event_id!r} was used before for something else. Send it with a new id. "
        "Nothing was stored."
    )


def _require(connection: Connection, code: str) -> None:
    if connection.execute(select(meeting.c.code).where(meeting.c.code == code)).first() is None:
        msg = (
            f"this workspace has no session {code!r}. See that the address is complete and that "
            "this is the right workspace, or choose one from the list."
        )
        raise UnstorableError(msg)


def _heads() -> Select[Any]:
    inner = meeting_event.alias("inner_event")
    latest = select(func.max(inner.c.seq)).where(inner.c.meeting_code == meeting.c.code)
    joined = meeting.join(meeting_event, _events.seq == latest.correlate(meeting).scalar_subquery())
    return select(meeting, _events.seq, _events.at).select_from(joined)


def _head(connection: Connection, code: str) -> MeetingHead:
    _require(connection, code)
    return _as_head(connection.execute(_heads().where(meeting.c.code == code)).one())


def _as_head(row: Row[Any]) -> MeetingHead:
    where = f"session {row.code!r}"
    return MeetingHead(
        code=row.code,
        kind=row.kind,
        framework=row.framework,
        created_at=records.from_text(row.created_at, where),
        updated_at=records.from_text(row.at, where),
        seq=row.seq,
        deleted=row.deleted,
    )
