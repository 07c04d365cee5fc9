"""Opening a workspace: the folder, its two files, and the version of its tables."""

from __future__ import annotations

import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, text

from skillmatrix import settings
from skillmatrix.errors import StoreError
from skillmatrix.store.database import PRIVATE, PRIVATE_FOLDER, Database, went_wrong
from skillmatrix.store.names import NAMES, Names
from skillmatrix.store.schema import APPLICATION_ID, ERASURES, HEAD, REVISIONS, setting
from skillmatrix.store.store import Store

DATABASE = "skillmatrix.db"
TIMEOUT = 5.0  # seconds to wait for another writer; a stored change takes about one thousandth
WORKSPACE_ID = "workspace_id"
SMALLEST = 512  # bytes: the smallest page, and so the smallest file, of SQLite

# Closing the descriptor that creates the file drops every lock this process holds on it.
_opening = threading.Lock()


class _Found(NamedTuple):
    """What a database says about itself; version is None in an empty one."""

    version: str | None
    workspace_id: str | None


def open_store(workspace: Path | None = None, *, timeout: float = TIMEOUT) -> Store:
    """
    Open a workspace; make it if it is not there; bring its tables up to date.

    Parameters
    ----------
    workspace : Path, optional
        The folder. By default what `skillmatrix.settings.workspace_dir` finds.
    timeout : float, default 5.0
        Seconds to wait when another process is writing.

    Returns
    -------
    Store
        Open until `Store.close`, or the end of a ``with`` block.

    Raises
    ------
    StoreError
        If the folder cannot be written, is locked, or holds something that is damaged, that
        is not a workspace, or that a newer version wrote. It is then left as it is.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open_store(Path(folder) / "mine") as store:
    ...     store.assessments()
    []
    """
    folder = settings.workspace_dir(workspace)
    _make_folder(folder)
    path, names = folder / DATABASE, Names(folder)
    with _opening:
        if _is_new(path, names):
            _make_file(path)
        database = Database(path, timeout)
        try:
            workspace_id = _prepare(database, names)
        except BaseException:
            database.close()
            raise
    store = Store(folder, database, names, workspace_id)
    if _is_erasing(database):
        from skillmatrix.store.erase import finish

        # Not now is no reason not to open: the next opening tries again.
        with suppress(StoreError):
            finish(store)
    return store


def _is_erasing(database: Database) -> bool:
    """Tell whether an erasure was cut short, and has names or unused bytes left to remove."""
    begun = select(setting.c.value).where(
        setting.c.key == ERASURES, setting.c.value.contains('"done":false')
    )
    with database.read() as connection:
        return connection.execute(begun).first() is not None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise went_wrong(folder, "made", error) from error


def _is_new(path: Path, names: Names) -> bool:
    """Tell whether there is no database yet; refuse if there was one and it was lost."""
    # In this order: another process may be making the workspace at this moment.
    log = path.with_name(path.name + "-wal")
    has_log = _size(log) > 0
    people = {} if _size(path) else names.read()
    size = _size(path)
    if size == 0:
        if people:
            raise _lost(path, people)
        if has_log:
            msg = (
                f"{path} is missing or empty, but {log.name} is there, with changes that belong "
                f"to it. Restore both from a backup, or move {log.name} away to start anew. "
                "Nothing was changed."
            )
            raise StoreError(msg)
    elif size < SMALLEST:
        # SQLite would take so short a file for an empty one and write over it.
        msg = (
            f"{path} is not a workspace database: it is only {size} bytes long. It was left as "
            "it is; restore a backup, or choose another workspace."
        )
        raise StoreError(msg)
    return not path.exists()


def _lost(path: Path, people: dict[str, str]) -> StoreError:
    return StoreError(
        f"{path} is missing or empty, but {NAMES} names {len(people)} of its people: the "
        f"database was lost. Restore it from a backup, or move {NAMES} away to start anew. "
        "Nothing was changed."
    )


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _make_file(path: Path) -> None:
    """Make an empty file that only its owner can read, whatever the umask says."""
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
    except OSError as error:
        raise went_wrong(path, "made", error) from error


def _prepare(database: Database, names: Names) -> str:
    """Check, switch to write-ahead logging, migrate if needed; give the workspace id."""
    with database.read() as connection:
        found = _found(connection, database.path)
    database.make_private()
    database.use_log()
    if found.version != HEAD or not names.path.exists():
        with database.write() as connection:
            found = _migrated(connection, database.path, names)
    if found.workspace_id is None:
        msg = f"{database.path} is damaged: it has no workspace id. Restore a backup."
        raise StoreError(msg)
    names.read(found.workspace_id)
    names.make_private()
    return found.workspace_id


def _migrated(connection: Connection, path: Path, names: Names) -> _Found:
    """Bring the tables up to date, under the write lock; another process may have been first."""
    found = _found(connection, path)
    if found.version != HEAD:
        people = names.read()
        if found.version is None and people:
            raise _lost(path, people)
        from skillmatrix.store.migrate import upgrade

        upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        if found.version is None:
            made = secrets.token_hex(8)
            connection.execute(insert(setting).values(key=WORKSPACE_ID, value=made))
        found = _found(connection, path)
    if found.workspace_id is not None and not names.read():
        names.write(found.workspace_id, {})
    return found


def _found(connection: Connection, path: Path) -> _Found:
    """Read what a database says about itself; refuse one that is not ours to touch."""
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    if not mark and not tables:
        return _Found(None, None)
    if mark != APPLICATION_ID:
        msg = (
            f"{path} is not a workspace database: another program made it (found the mark "
            f"{mark:#x} and {len(tables)} tables and indexes). It was left as it is; choose "
            "another workspace."
        )
        raise StoreError(msg)
    versions: list[str] = []
    if {"alembic_version", setting.name} <= tables:
        versions = list(
            connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        )
    if len(versions) != 1:
        msg = (
            f"{path} is damaged: it does not say which version it is (found {sorted(versions)}). "
            "Restore a backup. Nothing was changed."
        )
        raise StoreError(msg)
    if versions[0] not in REVISIONS:
        msg = (
            f"{path} was written by a newer version of skillmatrix: its tables are of version "
            f"{versions[0]!r}, the newest known here is {HEAD!r}. Update skillmatrix, or choose "
            "another workspace. Nothing was changed."
        )
        raise StoreError(msg)
    query = select(setting.c.value).where(setting.c.key == WORKSPACE_ID)
    return _Found(versions[0], connection.execute(query).scalar())
