"""The first tables: settings, people, assessments, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go from nothing to version 0001."""
    op.create_table(
        "setting",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_person"),
    )
    op.create_table(
        "assessment",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("person_code", sa.Text, nullable=False),
        sa.Column("framework", sa.Text, nullable=False),
        sa.Column("rater", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_assessment"),
        sa.CheckConstraint("status IN ('draft', 'locked')", name=op.f("ck_assessment_status")),
        sa.ForeignKeyConstraint(["person_code"], ["person.code"], name="fk_assessment_person_code"),
    )
    op.create_index("ix_assessment_person_code", "assessment", ["person_code"])
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("assessment_code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.ForeignKeyConstraint(
            ["assessment_code"], ["assessment.code"], name="fk_event_assessment_code"
        ),
        sa.UniqueConstraint("id", name="uq_event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_assessment_code_seq", "event", ["assessment_code", "seq"])
    op.create_index(
        "ix_event_assessment_code_kind_subject_seq",
        "event",
        ["assessment_code", "kind", "subject", "seq"],
    )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
            "WHEN NOT EXISTS (SELECT 1 FROM setting WHERE key = 'erasing' AND value = 'yes') "
            "BEGIN SELECT RAISE(ABORT, 'events are never changed, only added to'); END"
        )
