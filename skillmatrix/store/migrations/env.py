"""Run by Alembic, on the connection and inside the transaction that it is handed."""

from __future__ import annotations

from alembic import context

from skillmatrix.store.schema import metadata


def run() -> None:
    """Bring the tables to the version asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


# The name Alembic loads this file under. Anything else that imports it (a collector of
# doctests) has no database in hand.
if __name__ == "env_py":
    run()
