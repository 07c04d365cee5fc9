"""Erasing a person: what goes, what stays, and whether it is really gone.

The rows go in one transaction, which also notes that an erasure has begun. What cannot be part
of that transaction (the key file, the unused bytes of the database) follows; if the machine
stops in between, the next opening of the workspace finishes it. The note holds digests of the
codes, a time and counts: nothing in it says who it was.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from skillmatrix.errors import StoreError
from skillmatrix.store.people import erased, erasures, events_of, find, mark, people
from skillmatrix.store.remains import Remains, Sought, about, clear, look
from skillmatrix.store.schema import ERASURES, assessment, event_table, person, setting
from skillmatrix.store.spoken_of import said_of, said_of_others, take_out
from skillmatrix.store.store import Store
from skillmatrix.store.traces import Traces, Words, runs_of, typed

ERASING = "erasing"  # the triggers of the event table look for it
SPARE = 1_000_000  # bytes that must be free beside twice the database

_BUSY = (
    "is being read by another program, which keeps earlier pages of it in use. Close the open "
    "pages of the workbook and other programs that use this workspace, then try again"
)


@dataclass(frozen=True)
class Preview:
    """What erasing a person would do.

    Parameters
    ----------
    sought : Sought
        What would give the person away.
    mentions : int
        Events of other people that name this person; they stay.
    remains : Remains
        Files of the workspace that speak of the person.
    seen : frozenset of str
        Ids of the events looked at.
    codes, names : frozenset of str
        Of the person and of every assessment there was; of the person.
    """

    sought: Sought
    mentions: int
    remains: Remains
    seen: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Erasure:
    """What was erased, and what a look at every byte of the workspace found afterwards.

    Parameters
    ----------
    at : datetime
        When the records went; earlier than now if they went before.
    again : bool
        Whether they had gone before.
    assessments, events : int
    files : tuple of Path
        Of the workspace, removed because they spoke of this person alone.
    masked : int
        Lines of logs made unreadable.
    looked_at : int
        Files of the workspace whose bytes were read afterwards.
    left : mapping of Path to (mapping of str to int)
        Files in which something was found, and what: ``code``, ``name``, ``text``.
    unread : tuple of Path
        Files that cannot be looked into.
    """

    at: dt.datetime
    again: bool
    assessments: int
    events: int
    files: tuple[Path, ...] = ()
    masked: int = 0
    looked_at: int = 0
    left: dict[Path, dict[str, int]] = field(default_factory=dict)
    unread: tuple[Path, ...] = ()


@contextmanager
def erasing(connection: Connection) -> Iterator[None]:
    """Let events be changed or removed, until the end of this block and in this transaction."""
    allow = upsert(setting).values(key=ERASING, value="yes")
    connection.execute(allow.on_conflict_do_update(index_elements=["key"], set_={"value": "yes"}))
    yield
    connection.execute(delete(setting).where(setting.c.key == ERASING))


def preview(store: Store, code: str) -> Preview:
    """Look at what erasing a person would remove, and at what would stay; change nothing."""
    database, key_file = store.parts
    with database.read() as connection:
        own = select(assessment.c.code).where(assessment.c.person_code == code)
        codes = {code, *connection.execute(own).scalars()}
        events = [*events_of(connection, code), *said_of(connection, code)]
        names = key_file.read(store.workspace_id)
    mine = Traces(codes, {names[code]} if names.get(code) else set(), _runs(events))
    too, others, said, mentions = _others(store, code, mine, names)
    kept = mine.without(too)
    namesakes = {name for each, name in names.items() if each != code}
    files = Traces(set(mine.codes), mine.names - namesakes, kept.runs)
    sought = Sought(kept, files, others, said)
    remains = about(store.folder, sought)
    return Preview(sought, mentions, remains, _ids(events), frozenset(codes), frozenset(mine.names))


def erase(
    store: Store,
    code: str,
    at: dt.datetime,
    *,
    before: Callable[[], object] = lambda: None,
) -> Erasure:
    """
    Erase a person: rows, name, files in the workspace, unused bytes; other people stay.

    Parameters
    ----------
    store : Store
        Is closed afterwards, so that its files can be read as bytes.
    code : str
        One that was erased before is looked for once more.
    at : datetime
        When; with a time zone.
    before : callable
        Done once nothing stands in the way, and before anything goes.

    Returns
    -------
    Erasure

    Raises
    ------
    StoreError
        If it cannot be done now; it says whether nothing was erased, or what is still to do.
    UsageError
        If nobody has that code, and nobody had.
    """
    known = erased(store, [code]).get(code)
    if known is not None and is_back(store, code):
        known = None
    elif known is None:
        find(people(store, at.date(), 0), code)
    found = preview(store, code)
    if known is None:
        _try(store)
        before()
        done = _rows(store, code, found, at)
    else:
        then = dt.datetime.fromisoformat(known["at"])
        done = Erasure(then, True, known["assessments"], known["events"])
    try:
        finish(store, always=True)
        files, masked = clear(store.folder, found.sought)
    except (StoreError, OSError) as error:
        why = str(error).removesuffix(" Nothing was stored.")
        msg = (
            f"The records of {code} are erased, but not yet every trace of them: {why} "
            f"Run skillmatrix person erase {code} again to finish."
        )
        raise StoreError(msg) from error
    store.close()
    looked_at, left, unread = look(store.folder, found.sought)
    return replace(done, files=files, masked=masked, looked_at=looked_at, left=left, unread=unread)


def is_back(store: Store, code: str) -> bool:
    """Say whether something is held again on somebody who was erased: a code comes with files."""
    database, _ = store.parts
    with database.read() as connection:
        row = connection.execute(select(person.c.code).where(person.c.code == code)).first()
        return row is not None or bool(said_of(connection, code))


def finish(store: Store, *, always: bool = False) -> None:
    """Do what an erasure that was cut short has left to do: names, unused bytes, its note."""
    database, names = store.parts
    with database.read() as connection:
        begun = [count for count in erasures(connection) if not count["done"]]
    if not begun and not always:
        return
    marks = {each for count in begun for each in count["marks"]}
    with database.write():
        listed = names.read(store.workspace_id)
        kept = {c: name for c, name in listed.items() if mark(store.workspace_id, c) not in marks}
        # Written even if nothing changes: a spare file of a writer that was killed goes too.
        names.write(store.workspace_id, kept)
    database.rebuild()
    _cut(store)
    with database.write() as connection:
        _note(connection, [{**count, "done": True} for count in erasures(connection)])
    _cut(store)


def _try(store: Store) -> None:
    """Find out whether everything that follows can be done, before anything is erased."""
    database, names = store.parts
    size = sum(path.stat().st_size for path in (database.path,) if path.exists())
    free = shutil.disk_usage(store.folder).free
    if free < 2 * size + SPARE:
        msg = (
            f"{store.folder} has {free:,} bytes free; erasing needs {2 * size + SPARE:,}, to "
            "write the database anew. Free some space, then try again. Nothing was erased."
        )
        raise StoreError(msg)
    with database.write() as connection:
        names.write(store.workspace_id, names.read(store.workspace_id))
        # A page in the log: a reader of an earlier moment shows itself when it is moved.
        with erasing(connection):
            pass
    if not database.empty_log():
        msg = f"{database.path} {_BUSY}. Nothing was erased."
        raise StoreError(msg)


def _rows(store: Store, code: str, found: Preview, at: dt.datetime) -> Erasure:
    """Remove every row of a person, and note that it was done, in one transaction."""
    database, _ = store.parts
    with database.write() as connection:
        mine = select(assessment.c.code).where(assessment.c.person_code == code)
        codes = {code, *connection.execute(mine).scalars()}
        events = [*events_of(connection, code), *said_of(connection, code)]
        # What was stored since the preview.
        fresh = _runs([row for row in events if row.id not in found.seen])
        for traces in (found.sought.kept, found.sought.files):
            # What came since; a code that others have said too is no trace.
            traces.codes.update(codes - found.codes)
            traces.runs.update(fresh)
        with erasing(connection):
            take_out(connection, code, found.names)
            connection.execute(delete(event_table).where(event_table.c.assessment_code.in_(mine)))
            connection.execute(delete(assessment).where(assessment.c.person_code == code))
            connection.execute(delete(person).where(person.c.code == code))
            connection.execute(delete(setting).where(setting.c.value.in_(codes)))
            count = {
                "at": at.isoformat(timespec="seconds"),
                "assessments": len(codes) - 1,
                "events": len(events),
                "marks": sorted(mark(store.workspace_id, each) for each in codes),
                "done": False,
            }
            _note(connection, [*erasures(connection), count])
    return Erasure(at.replace(microsecond=0), False, len(codes) - 1, len(events))


def _note(connection: Connection, counts: list[dict[str, Any]]) -> None:
    text = json.dumps(counts, separators=(",", ":"))
    statement = upsert(setting).values(key=ERASURES, value=text)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": text})
    )


def _cut(store: Store) -> None:
    database, _ = store.parts
    if not database.empty_log():
        msg = f"{database.path} {_BUSY}."
        raise StoreError(msg)


def _ids(events: Iterable[Row[Any]]) -> frozenset[str]:
    return frozenset(row.id for row in events)


def _runs(events: Iterable[Row[Any]]) -> set[Words]:
    """Give the runs of words in the payloads of events."""
    return {run for row in events for text in typed(row.payload) for run in runs_of(text)}


def _others(
    store: Store, code: str, mine: Traces, names: dict[str, str]
) -> tuple[Traces, Traces, tuple[str, ...], int]:
    """Look at other people.

    Returns
    -------
    tuple of (Traces, Traces, tuple of str, int)
        What of this person they have said too; their codes and names; the payloads of their
        events; how many of these name this person.
    """
    database, _ = store.parts
    with database.read() as connection:
        known = set(connection.execute(select(person.c.code)).scalars())
        owners = select(assessment.c.code).where(assessment.c.person_code != code)
        codes = set(connection.execute(owners).scalars())
        query = select(event_table.c.payload).where(event_table.c.assessment_code.in_(owners))
        said = tuple(payload for payload in connection.execute(query).scalars() if payload)
        said += tuple(said_of_others(connection, code))
    kept = {each: name for each, name in names.items() if each != code}
    others = Traces((known | codes | set(kept)) - {code}, set(kept.values()) - mine.names)
    listed = json.dumps(list(kept.values()), ensure_ascii=False)
    too = mine.standing("\n".join([listed, *said]).encode())
    naming = Traces(too.codes, too.names)
    mentions = (
        sum(bool(naming.found(each.encode())) for each in said) if too.codes | too.names else 0
    )
    return too, others, said, mentions
