"""Who is in a workspace, and everything that is held on one of them."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from skillmatrix import settings
from skillmatrix.errors import UsageError, suggest
from skillmatrix.store import records, rows
from skillmatrix.store.records import AssessmentHead, StoredEvent
from skillmatrix.store.schema import (
    ERASURES,
    assessment,
    event_table,
    meeting_event,
    person,
    setting,
)
from skillmatrix.store.spoken_of import said_of
from skillmatrix.store.store import Store

MOST_MONTHS = 1200
_MARK = 16  # hexadecimal digits of a digest


@dataclass(frozen=True)
class Held:
    """One person of a workspace, in figures.

    Parameters
    ----------
    code : str
        Random; says nothing about the person.
    name : str
        From the key file; empty if it does not know the code.
    known : bool
        Whether the database knows the code; False for a name that was left in the key file.
    assessments, deleted, events : int
        Deleted assessments are among the assessments.
    sessions : int
        Calibration sessions and interviews that hold something about the person.
    last_change : datetime or None
        Of any assessment; None if there is none.
    keep_until : date or None
        The last change and the months that records are kept.
    due : bool
        Whether that day is past. Nothing is ever erased by itself.
    """

    code: str
    name: str
    known: bool
    assessments: int
    deleted: int
    events: int
    last_change: dt.datetime | None
    keep_until: dt.date | None
    due: bool
    sessions: int = 0


@dataclass(frozen=True)
class Records:
    """Everything the workspace holds on one person; of meetings, what speaks of her."""

    held: Held
    created_at: dt.datetime | None
    heads: tuple[AssessmentHead, ...]
    events: dict[str, list[StoredEvent]]
    meetings: dict[str, list[StoredEvent]] = field(default_factory=dict)


def people(store: Store, today: dt.date, months: int) -> list[Held]:
    """
    Give the people of a workspace, the one with the newest change first.

    Parameters
    ----------
    store : Store
    today : date
    months : int
        How long records are kept after the last change.

    Returns
    -------
    list of Held
        Among them names of the key file whose code the database does not know.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skillmatrix.store import open_store
    >>> with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
    ...     people(store, dt.date(2026, 11, 23), 24)
    []
    """
    last = func.max(event_table.c.at)
    counted = (
        select(
            person.c.code,
            func.count(assessment.c.code.distinct()).label("assessments"),
            func.count(event_table.c.seq).label("events"),
            last.label("last"),
        )
        .select_from(person.outerjoin(assessment).outerjoin(event_table))
        .group_by(person.c.code)
    )
    gone = select(assessment.c.person_code, func.count()).where(assessment.c.deleted.is_(True))
    database, key_file = store.parts
    with database.read() as connection:
        found = connection.execute(counted).all()
        deleted = {row[0]: row[1] for row in connection.execute(gone.group_by("person_code"))}
        names = key_file.read(store.workspace_id)
        spoken = {row.person: row for row in connection.execute(_IN_MEETINGS)}
    listed = [
        _with_meetings(
            _held(row, names, deleted.get(row.code, 0), today, months),
            spoken.get(row.code),
            today,
            months,
        )
        for row in found
    ]
    listed.sort(key=lambda each: each.last_change or _NEVER, reverse=True)
    known = {each.code for each in listed}
    left = sorted(names.items() - {(code, names.get(code, "")) for code in known})
    return listed + [Held(code, name, False, 0, 0, 0, None, None, False) for code, name in left]


def records_of(store: Store, code: str, today: dt.date, months: int) -> Records:
    """
    Give everything held on a person, deleted assessments and all events included.

    Raises
    ------
    UsageError
        If neither the database nor the key file knows the code.
    """
    held = find(people(store, today, months), code)
    database, key_file = store.parts
    with database.read() as connection:
        names = key_file.read(store.workspace_id)
        made = connection.execute(select(person.c.created_at).where(person.c.code == code)).scalar()
        query = rows.heads().where(assessment.c.person_code == code)
        heads = connection.execute(query.order_by(assessment.c.created_at, assessment.c.code)).all()
        events: dict[str, list[StoredEvent]] = {head.code: [] for head in heads}
        for row in events_of(connection, code):
            events[row.assessment_code].append(rows.as_event(row))
        meetings: dict[str, list[StoredEvent]] = {}
        for row in said_of(connection, code):
            meetings.setdefault(row.meeting_code, []).append(rows.as_event(row))
    created = None if made is None else records.from_text(made, f"person {code!r}")
    known = tuple(rows.as_head(head, names) for head in heads)
    return Records(held, created, known, events, meetings)


def find(listed: Sequence[Held], code: str) -> Held:
    """Find a person by code; UsageError suggests one, also by a name typed in its place."""
    for each in listed:
        if each.code == code:
            return each
    word = code.strip().casefold()
    named = [each for each in listed if word and word in each.name.casefold()]
    if named:
        hint = "did you mean " + " or ".join(f"{each.code} ({each.name})" for each in named) + "?"
    else:
        hint = suggest(code, (each.code for each in listed))
    msg = f"no person {code!r} in this workspace; {hint}"
    raise UsageError(msg)


def events_of(connection: Connection, code: str) -> Sequence[Row[Any]]:
    """Select every event of every assessment of a person."""
    query = select(event_table).join(assessment).where(assessment.c.person_code == code)
    return connection.execute(query.order_by(event_table.c.seq)).all()


def erasures(connection: Connection) -> list[dict[str, Any]]:
    """Read how often, when and how much was erased; nothing in it names anybody."""
    text = connection.execute(select(setting.c.value).where(setting.c.key == ERASURES)).scalar()
    return [] if text is None else list(json.loads(text))


def mark(workspace_id: str, code: str) -> str:
    """Give a digest by which a code is recognised that is kept nowhere."""
    return hashlib.sha256(f"{workspace_id}:{code}".encode()).hexdigest()[:_MARK]


def erased(store: Store, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Tell which codes, of people or of assessments, were erased here, with the count of each."""
    database, _ = store.parts
    with database.read() as connection:
        counts = erasures(connection)
    by_mark = {each: count for count in counts for each in count["marks"]}
    marked = {code: mark(store.workspace_id, code) for code in codes}
    return {code: by_mark[each] for code, each in marked.items() if each in by_mark}


def retention_months() -> int:
    """
    Give the months that records are kept after the last change; nothing is erased by itself.

    Raises
    ------
    UsageError
        If the environment says something that is no number of months.

    Examples
    --------
    >>> retention_months()
    24
    """
    wish = settings.retention()
    if wish.isdecimal() and 1 <= int(wish) <= MOST_MONTHS:
        return int(wish)
    msg = (
        f"SKILLMATRIX_RETENTION_MONTHS is {wish!r}; expected a whole number of months from 1 to "
        f"{MOST_MONTHS}, or nothing for {settings.RETENTION_MONTHS}"
    )
    raise UsageError(msg)


def months_after(day: dt.date, months: int) -> dt.date:
    """
    Give the same day some months later, or the last day of a shorter month.

    Examples
    --------
    >>> months_after(dt.date(2024, 2, 29), 24)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


_IN_MEETINGS = (
    select(
        meeting_event.c.person,
        func.count(meeting_event.c.meeting_code.distinct()).label("sessions"),
        func.count().label("events"),
        func.max(meeting_event.c.at).label("last"),
    )
    .where(meeting_event.c.person.is_not(None))
    .group_by(meeting_event.c.person)
)


def _with_meetings(held: Held, row: Row[Any] | None, today: dt.date, months: int) -> Held:
    if row is None:
        return held
    last = records.from_text(row.last, f"person {held.code!r}")
    last = max(last, held.last_change or last)
    until = months_after(last.date(), months)
    return replace(
        held,
        events=held.events + row.events,
        last_change=last,
        keep_until=until,
        due=until < today,
        sessions=row.sessions,
    )


def _held(row: Row[Any], names: dict[str, str], deleted: int, today: dt.date, months: int) -> Held:
    last = None if row.last is None else records.from_text(row.last, f"person {row.code!r}")
    until = None if last is None else months_after(last.date(), months)
    due = until is not None and until < today
    name = names.get(row.code, "")
    return Held(row.code, name, True, row.assessments, deleted, row.events, last, until, due)
