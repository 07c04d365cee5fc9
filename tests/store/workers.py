"""What other processes do in these tests; here, so that a fresh process can import it."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from skillmatrix.store import NewEvent, open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def event(name: str, number: int) -> NewEvent:
    """Make the event that worker `name` stores as its `number`-th."""
    return NewEvent(f"{name}-{number}", "rate", "mlops", {"value": number % 6}, 0, NOW)


def append_many(folder: Path, code: str, name: str, count: int, together: Barrier) -> None:
    """Store `count` events, from the moment when everyone is ready."""
    with open_store(folder) as store:
        together.wait(30)
        for number in range(count):
            store.append(code, event(name, number))


def append_same(folder: Path, code: str, count: int, together: Barrier, out: Connection) -> None:
    """Store the same events as somebody else; say how many of them were new."""
    with open_store(folder) as store:
        together.wait(30)
        fresh = [not store.append(code, event("same", n)).duplicate for n in range(count)]
    out.send(sum(fresh))


def append_forever(folder: Path, code: str, out: Connection) -> None:
    """Store events until killed; say the id of each one after it was acknowledged."""
    with open_store(folder) as store:
        for number in range(1_000_000):
            out.send(store.append(code, event("killed", number)).event.id)


def name_many(folder: Path, name: str, count: int, together: Barrier) -> None:
    """Begin assessments of `count` new people, and rename each of them."""
    with open_store(folder) as store:
        together.wait(30)
        for number in range(count):
            head = store.create_assessment(
                person_name="to be renamed",
                framework="demo@1.0",
                aim={},
                rater={},
                at=NOW,
                event_id=f"{name}-{number}",
            )
            store.rename_person(head.person_code, f"{name} {number}")


def open_new(folder: Path, together: Barrier, out: Connection) -> None:
    """Open a workspace that others are making at the same moment."""
    together.wait(30)
    with open_store(folder) as store:
        out.send(store.workspace_id)


def erase_and_die(folder: Path, code: str, where: str) -> None:
    """Erase a person and be killed at a step, as by kill -9."""
    from skillmatrix.store import erase
    from skillmatrix.store.database import Database
    from skillmatrix.store.names import Names

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "before the rows are gone for good":
        erase._note = die
    elif where == "before the name is gone":
        wrote, calls = Names.write, []

        def write(names: Names, *given: object) -> None:
            calls.append(given)
            die() if len(calls) > 1 else wrote(names, *given)

        Names.write = write
    elif where == "before the file is written anew":
        Database.rebuild = die
    elif where == "before the log is cut":
        erase._cut = die
    with open_store(folder) as store:
        erase.erase(store, code, NOW)


def erase_one(folder: Path, code: str) -> None:
    """Erase a person while others work."""
    from skillmatrix.store import erase

    with open_store(folder) as store:
        erase.erase(store, code, NOW)


def read_slowly(folder: Path, out: Connection) -> None:
    """Keep an earlier moment of the database open until told to stop."""
    store = open_store(folder)
    database, _ = store.parts
    with database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM event").all()
        out.send("reading")
        out.recv()
