from __future__ import annotations

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event

from skillmatrix.errors import StoreError
from skillmatrix.store import migrate, open_store
from skillmatrix.store.schema import APPLICATION_ID, HEAD, REVISIONS, metadata


@pytest.fixture
def engine(tmp_path):
    """Make an empty database, without any of the store's own ways."""
    made = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    event.listen(made, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    yield made
    made.dispose()


def drawn(connection):
    """Every table, index and trigger as SQLite describes it, without differences of layout."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    )
    return {(kind, name): "".join((sql or "").split()) for kind, name, sql in rows}


def parts(drawing):
    """Give the same with the columns and constraints of a table in any order."""
    return {key: sorted(sql.split(",")) for key, sql in drawing.items()}


def test_versions_are_listed_in_order():
    """The list that opening uses is the chain that Alembic finds in the scripts."""
    scripts = ScriptDirectory.from_config(migrate.config())

    chain = [script.revision for script in scripts.walk_revisions()]

    assert tuple(reversed(chain)) == REVISIONS
    assert scripts.get_heads() == [HEAD]


def test_migrations_lead_to_the_tables_in_code(engine):
    """Upgrading an empty database gives what the code expects, by Alembic's own comparison."""
    with engine.begin() as connection:
        migrate.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_migrations_and_code_draw_the_same(engine):
    """Also triggers, checks and names of constraints are the same either way."""
    with engine.connect() as connection:
        with connection.begin():
            migrate.upgrade(connection)
            migrated = drawn(connection)
        with connection.begin() as undone:
            for kind, name in migrated:
                if kind == "table" and name != "sqlite_sequence":
                    connection.exec_driver_sql(f"DROP TABLE {name}")
            metadata.create_all(connection)
            created = drawn(connection)
            undone.rollback()

    assert set(migrated) == set(created)
    assert ("trigger", "event_no_update") in created
    for key, words in parts(created).items():
        closed = {word.rstrip(")") for word in words}
        assert {word.rstrip(")") for word in parts(migrated)[key]} == closed, key


@pytest.mark.parametrize("version", [None, *REVISIONS])
def test_every_earlier_version_is_brought_up_to_date(folder, begin, version):
    """Opening migrates in place, from an empty file and from each version there was."""
    folder.mkdir()
    engine = create_engine(f"sqlite:///{folder / 'skillmatrix.db'}")
    with engine.begin() as connection:
        if version is not None:
            migrate.upgrade(connection, version)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql("INSERT INTO setting VALUES ('workspace_id', 'kept')")
    engine.dispose()

    with open_store(folder) as store:
        begin(store)
        assert version is None or store.workspace_id == "kept"

    raw = sqlite3.connect(folder / "skillmatrix.db")
    assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    raw.close()


def test_failed_migration_leaves_the_database_as_it_was(folder, monkeypatch):
    """A migration is all or nothing; the next attempt finds what the first one found."""

    def broken(connection):
        connection.exec_driver_sql("CREATE TABLE half (done TEXT)")
        connection.exec_driver_sql("SELECT no_such_function()")

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", broken)
        with pytest.raises(StoreError, match="no_such_function"):
            open_store(folder)

    raw = sqlite3.connect(folder / "skillmatrix.db")
    assert raw.execute("SELECT * FROM sqlite_master").fetchall() == []
    raw.close()
    with open_store(folder) as store:
        assert store.assessments() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer version .* '9999'.*Update"),
        ("DELETE FROM alembic_version", "does not say which version"),
        ("DELETE FROM setting WHERE key = 'workspace_id'", "has no workspace id"),
        ("DROP TABLE alembic_version", "does not say which version"),
        ("PRAGMA application_id = 7", "another program made it .*0x7"),
    ],
)
def test_database_that_is_not_understood_is_left_alone(folder, begin, statement, said):
    """A newer, foreign or mutilated database is named and not touched."""
    with open_store(folder) as store:
        begin(store)
    path = folder / "skillmatrix.db"
    raw = sqlite3.connect(path)
    with raw:
        raw.execute(statement)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match=said):
        open_store(folder)

    assert path.read_bytes() == before
