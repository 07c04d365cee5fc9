"""The one place that loads Alembic, and only when tables have to change."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration for the scripts in this package."""
    made = Config()
    # A percent sign in the path would be read as a placeholder.
    made.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a version, inside the transaction that the connection is in."""
    command.upgrade(config(connection), revision)
