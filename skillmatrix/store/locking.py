"""Closing a round: from then on it takes no change, and its private words are gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from skillmatrix.errors import StoreError, UnstorableError
from skillmatrix.store import records, rows
from skillmatrix.store.erase import erasing
from skillmatrix.store.records import Appended, NewEvent
from skillmatrix.store.schema import assessment, event_table
from skillmatrix.store.store import Store

#: Takes the kind and the payload of an event; gives the payload to keep.
Clean = Callable[[str, Mapping[str, Any] | None], Mapping[str, Any] | None]


def lock_assessment(store: Store, code: str, event: NewEvent, clean: Clean) -> Appended:
    """
    Close an assessment for good.

    Parameters
    ----------
    store : Store
    code : str
    event : NewEvent
        Its ``base`` is the last event that was looked at before.
    clean : callable
        Says what each earlier event keeps. What it leaves out is overwritten on disk.

    Returns
    -------
    Appended
        Sent again with the same id, it closes nothing twice.

    Raises
    ------
    UnstorableError
        If it is closed already, or something was stored after what was looked at.
    """
    values = records.event_values(event)
    database, _ = store.parts
    with database.write() as connection:
        known = rows.known(connection, event.id)
        if known is not None:
            return Appended(rows.as_event(known), True, None)
        _check(connection, code, event.base)
        with erasing(connection):
            cleaned = _clean(connection, code, clean)
        connection.execute(insert(event_table).values(assessment_code=code, **values))
        closed = update(assessment).where(assessment.c.code == code)
        connection.execute(closed.values(status="locked"))
        stored = rows.known(connection, event.id)
    if cleaned:
        # The round is closed whatever happens here; another program may hold the log open.
        with suppress(StoreError):
            database.rebuild()
            database.empty_log()
    return Appended(rows.as_event(_found(stored)), False, None)


def _check(connection: Connection, code: str, base: int) -> None:
    status = select(assessment.c.status).where(assessment.c.code == code)
    if connection.execute(status).scalar() != "draft":
        msg = f"the round {code!r} is locked already, or not here. Nothing was stored."
        raise UnstorableError(msg)
    latest = select(func.max(event_table.c.seq)).where(event_table.c.assessment_code == code)
    if connection.execute(latest).scalar() != base:
        msg = (
            "something was changed after what you looked at, here or in another tab. Look "
            "through what leaves once more, then lock. Nothing was stored."
        )
        raise UnstorableError(msg)


def _clean(connection: Connection, code: str, clean: Clean) -> int:
    """Overwrite what is not kept; give the number of events changed."""
    changed = 0
    for row in connection.execute(
        select(event_table).where(event_table.c.assessment_code == code)
    ).all():
        before = rows.as_event(row).payload
        after = clean(row.kind, before)
        if after is not before:
            text = None if after is None else records.to_json(dict(after), "payload")
            changing = update(event_table).where(event_table.c.seq == row.seq)
            connection.execute(changing.values(payload=text))
            changed += 1
    return changed


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        msg = "the lock was not stored"
        raise StoreError(msg)
    return row
