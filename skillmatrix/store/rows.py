"""Rows of the tables, and what they become."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from skillmatrix.store import records
from skillmatrix.store.records import AssessmentHead, StoredEvent
from skillmatrix.store.schema import assessment, event_table

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is mistaken for another
_LENGTH = 12


def random_code(prefix: str) -> str:
    """Make a code nobody can guess (59 bits) and that says nothing."""
    return f"{prefix}-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def known(connection: Connection, event_id: str) -> Row[Any] | None:
    """Find an event by its id."""
    return connection.execute(select(event_table).where(event_table.c.id == event_id)).first()


def heads() -> Select[Any]:
    """Select assessments, each with its latest event."""
    inner = event_table.alias("inner_event")
    latest = select(func.max(inner.c.seq)).where(inner.c.assessment_code == assessment.c.code)
    joined = assessment.join(
        event_table, event_table.c.seq == latest.correlate(assessment).scalar_subquery()
    )
    return select(assessment, event_table.c.seq, event_table.c.at).select_from(joined)


def as_head(row: Row[Any], names: dict[str, str]) -> AssessmentHead:
    """Read a row of `heads`."""
    where = f"assessment {row.code!r}"
    return AssessmentHead(
        code=row.code,
        person_code=row.person_code,
        person_name=names.get(row.person_code, ""),
        framework=row.framework,
        rater=records.from_json(row.rater, where),
        status=row.status,
        created_at=records.from_text(row.created_at, where),
        updated_at=records.from_text(row.at, where),
        seq=row.seq,
        deleted=row.deleted,
    )


def as_event(row: Row[Any]) -> StoredEvent:
    """Read a row of the event table."""
    where = f"event {row.seq}"
    return StoredEvent(
        id=row.id,
        seq=row.seq,
        kind=row.kind,
        subject=row.subject,
        payload=None if row.payload is None else records.from_json(row.payload, where),
        base=row.base,
        at=records.from_text(row.at, where),
    )
