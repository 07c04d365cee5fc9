"""The SQLite file: connections, transactions, and its errors in words."""

from __future__ import annotations

import random
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from skillmatrix.errors import StoreError

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
PAUSES = (0.001, 0.004)  # seconds between two tries for a lock: the first, the longest

_MODE = "skillmatrix_begin"
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # a commit is on disk before it is acknowledged
    "PRAGMA fullfsync = ON",  # the same promise on macOS; ignored elsewhere
    "PRAGMA recursive_triggers = ON",  # REPLACE cannot slip past the delete trigger
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten with zeros
    "PRAGMA temp_store = MEMORY",  # rebuilding leaves no copy in another folder
)
_UNTOUCHED = "Nothing was stored."
_WORDS = {
    sqlite3.SQLITE_BUSY: "is locked: another program has been writing to it for too long. Close "
    "other programs that use this workspace, then try again",
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only. Give yourself permission to "
    "write to the folder and its files, or choose another workspace",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened for writing. See that the folder is there and "
    "that you may write to it, or choose another workspace",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Free some space, then try again",
    sqlite3.SQLITE_CORRUPT: "is damaged: its content cannot be read. Keep the file as it is and "
    "restore a backup",
    sqlite3.SQLITE_NOTADB: "is not a workspace database: its content is something else, or is "
    "damaged. It was left as it is; restore a backup, or choose another workspace",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error. Check the disk "
    "and its free space, then try again",
}
_WORDS[sqlite3.SQLITE_LOCKED] = _WORDS[sqlite3.SQLITE_BUSY]
_WORDS[sqlite3.SQLITE_PERM] = _WORDS[sqlite3.SQLITE_CANTOPEN]
_GONE = (
    "was moved, replaced or deleted while it was open. Put it back, then start the workbook "
    "again. Nothing is stored until then"
)
_Place = tuple[int, int] | None
_T = TypeVar("_T")


class Database:
    """One SQLite file, opened for as long as the store is.

    Parameters
    ----------
    path : Path
        The file. It must exist: a lost database is never replaced by an empty one.
    timeout : float
        Seconds to wait for another writer.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        # SQLite keeps its log beside the file that a link points to.
        self.path = path.resolve()
        self._log = self.path.with_name(self.path.name + "-wal")
        self._timeout = timeout
        self._engine: Engine | None = create_engine(
            "sqlite://", creator=self._connect, poolclass=QueuePool, hide_parameters=True
        )
        event.listen(self._engine, "begin", _begin)

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database."""
        with self._in_words(), self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection that alone may write; all or nothing, on disk when this ends."""
        with self._in_words(), self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection
            connection.commit()
            # A file deleted meanwhile took the change with it: that is no "saved".
            self._check_place(connection)

    def use_log(self) -> None:
        """Switch to write-ahead logging, which readers and a writer can share."""
        with self._in_words():
            mode = self._tried(self._log_mode)
        if mode != "wal":
            msg = (
                f"{self.path} cannot be shared safely here: write-ahead logging is refused "
                f"(found {mode!r}). Choose a workspace on a local disk. {_UNTOUCHED}"
            )
            raise StoreError(msg)

    def make_private(self) -> None:
        """Take away what others may do with the file and its companions."""
        for ending in ("", "-wal", "-shm"):
            keep_private(self.path.with_name(self.path.name + ending))

    def rebuild(self) -> None:
        """Write the file anew from the rows that are in it: no byte of an erased one is left."""
        with self._in_words():
            connection = self._connect()
            try:
                self._tried(lambda: connection.execute("VACUUM").close())
            finally:
                connection.close()

    def empty_log(self) -> bool:
        """Move the log into the file and cut it to nothing; False if somebody reads too long."""
        deadline = time.monotonic() + self._timeout
        with self._in_words():
            connection = self._connect()
            try:
                while True:
                    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                    if not busy or time.monotonic() > deadline:
                        return not busy
                    time.sleep(PAUSES[1])
            finally:
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?mode=rw",
            uri=True,
            # SQLite's own waiting sleeps whole seconds in some builds; ours is in `_tried`.
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    def _tried(self, act: Callable[[], _T]) -> _T:
        """Try again, for as long as the time allows, while another process has the lock."""
        deadline = time.monotonic() + self._timeout
        pause, longest = PAUSES
        while True:
            try:
                return act()
            except (DBAPIError, sqlite3.Error) as error:
                cause = error.orig if isinstance(error, DBAPIError) else error
                if not _is_busy(cause) or time.monotonic() > deadline:
                    raise
            # Not in step with others who wait for the same lock.
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, longest)

    def _log_mode(self) -> str:
        """Ask for write-ahead logging and give the mode now in force."""
        connection = self._opened().raw_connection()
        try:
            cursor = connection.cursor()
            try:
                return str(cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0])
            finally:
                cursor.close()
        finally:
            connection.close()

    def _opened(self) -> Engine:
        if self._engine is None:
            msg = f"{self.path} was closed; open the workspace again. {_UNTOUCHED}"
            raise StoreError(msg)
        return self._engine

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        connection = self._tried(lambda: self._begun(begin))
        try:
            self._check_place(connection)
            yield connection
        finally:
            # Rolls back whatever was not committed.
            connection.close()

    def _begun(self, begin: str) -> Connection:
        connection = self._opened().connect().execution_options(**{_MODE: begin})
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_place(self, connection: Connection) -> None:
        """Refuse to go on with a file that has lost its name: its content would be lost."""
        for key, path in (("file", self.path), ("log", self._log)):
            here = _place(path)
            known = connection.info.setdefault(key, here) or here
            connection.info[key] = known
            if here != known or (key == "file" and here is None):
                msg = f"{path} {_GONE}."
                raise StoreError(msg)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._worded(error.orig) from error
        except (sqlite3.Error, PoolTimeoutError) as error:
            raise self._worded(error) from error

    def _worded(self, error: BaseException | None) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_READONLY_DBMOVED or _place(self.path) is None:
            return StoreError(f"{self.path} {_GONE}.")
        words = _WORDS.get(code & 0xFF, f"refused the change: {error}")
        return StoreError(f"{self.path} {words}. {_UNTOUCHED}")


def keep_private(path: Path) -> None:
    """Leave a file to its owner; say so if that is not us."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(PRIVATE)
    except FileNotFoundError:
        return
    except OSError as error:
        raise went_wrong(path, "made private", error) from error


def went_wrong(path: Path, done: str, error: OSError) -> StoreError:
    """Give a StoreError for something the system refused."""
    return StoreError(
        f"{path} cannot be {done}: {error.strerror or error}. See that the folder is there, that "
        f"it is yours and that the disk is not full, or choose another workspace. {_UNTOUCHED}"
    )


def _begin(connection: Connection) -> None:
    begin: str = connection.get_execution_options().get(_MODE, "BEGIN")
    connection.exec_driver_sql(begin)
    # Look once: the lock is taken here, where waiting for it is safe, and not later.
    connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").close()


def _is_busy(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _place(path: Path) -> _Place:
    # Whatever hides the file, a lost permission too, it is not where it was.
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None
