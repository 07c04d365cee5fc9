"""The tables as they are now, and the versions that led here.

A change of a table is a change here and a new file in ``migrations/versions``; a test holds
the two against each other.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
)

REVISIONS = ("0001", "0002")
"""Every version of the tables, oldest first; kept here so that opening needs no Alembic."""
HEAD = REVISIONS[-1]

APPLICATION_ID = 0x534B4D58
"""``SKMX`` in the header of the file: this database is ours."""

ERASURES = "erasures"
"""Key of the setting that counts erasures; it holds digests, times and numbers, no word."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("code", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    Column("code", Text, primary_key=True),
    Column("person_code", Text, ForeignKey("person.code"), nullable=False, index=True),
    Column("framework", Text, nullable=False),
    Column("rater", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    CheckConstraint("status IN ('draft', 'locked')", name="status"),
)

event_table = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment_code", Text, ForeignKey("assessment.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text),
    Column("base", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Index(None, "assessment_code", "seq"),
    Index(None, "assessment_code", "kind", "subject", "seq"),
    # A number is never given twice, not even after an erasure.
    sqlite_autoincrement=True,
)

#: A calibration session or an interview panel: about several people, so none of their rounds.
meeting = Table(
    "meeting",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("framework", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    CheckConstraint("kind IN ('calibration', 'interview')", name="kind"),
)

meeting_event = Table(
    "meeting_event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("meeting_code", Text, ForeignKey("meeting.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    # Whom it speaks of: what is exported and erased with that person.
    Column("person", Text),
    Column("payload", Text),
    Column("base", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Index(None, "meeting_code", "seq"),
    Index(None, "person"),
    sqlite_autoincrement=True,
)


# A person's records can be erased on request: whoever does it sets `erasing` to `yes` and
# takes it away again in the same transaction.
def _triggers(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "WHEN NOT EXISTS (SELECT 1 FROM setting WHERE key = 'erasing' AND value = 'yes') "
        "BEGIN SELECT RAISE(ABORT, 'events are never changed, only added to'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (*_triggers("event"), *_triggers("meeting_event"))
for _table in (event_table, meeting_event):
    for _trigger in _triggers(_table.name):
        _statement = DDL(_trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        event.listen(_table, "after_create", _statement.execute_if(dialect="sqlite"))
