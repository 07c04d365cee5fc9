"""Meetings: calibration sessions and interview panels, each with events of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go from version 0001 to 0002."""
    op.create_table(
        "meeting",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("framework", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_meeting"),
        sa.CheckConstraint("kind IN ('calibration', 'interview')", name=op.f("ck_meeting_kind")),
    )
    op.create_table(
        "meeting_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("meeting_code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("payload", sa.Text),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_meeting_event"),
        sa.ForeignKeyConstraint(
            ["meeting_code"], ["meeting.code"], name="fk_meeting_event_meeting_code"
        ),
        sa.UniqueConstraint("id", name="uq_meeting_event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_event_meeting_code_seq", "meeting_event", ["meeting_code", "seq"])
    op.create_index("ix_meeting_event_person", "meeting_event", ["person"])
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER meeting_event_no_{verb.lower()} BEFORE {verb} ON meeting_event "
            "WHEN NOT EXISTS (SELECT 1 FROM setting WHERE key = 'erasing' AND value = 'yes') "
            "BEGIN SELECT RAISE(ABORT, 'events are never changed, only added to'); END"
        )
