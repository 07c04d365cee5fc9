"""Meetings in the workspace: append-only, chained in order, erased with a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.errors import StoreError
from skillmatrix.store import NewEvent, open_store
from skillmatrix.store.meetings import Meetings, OvertakenError

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def event(name: str, kind: str = "file", **payload: Any) -> NewEvent:
    """One change."""
    return NewEvent(name, kind, "", payload, 0, AT)


def test_an_event_sent_twice_is_stored_once(tmp_path: Path) -> None:
    """The first of an id holds, whatever comes later under it."""
    with open_store(tmp_path) as store:
        meetings = Meetings(store)
        head = meetings.create("calibration", "demo@1.0", {"title": "A"}, AT, "1")
        again = meetings.create("calibration", "demo@1.0", {"title": "B"}, AT, "1")
        first = meetings.append(head.code, event("2", x=1))
        second = meetings.append(head.code, event("2", x=2))

        assert again.code == head.code
        assert second == first
        assert len(meetings.events(head.code)) == 2


def test_what_hangs_on_the_last_event_is_refused_once_overtaken(tmp_path: Path) -> None:
    """Two writers saw the same end; the second is told, and nothing of it is stored."""
    with open_store(tmp_path) as store:
        meetings = Meetings(store)
        head = meetings.create("calibration", "demo@1.0", {"title": "A"}, AT, "1")
        meetings.append_all(head.code, [(event("2"), None)], after=head.seq)

        with pytest.raises(OvertakenError, match="in between"):
            meetings.append_all(head.code, [(event("3"), None)], after=head.seq)
        assert [e.id for e in meetings.events(head.code)] == ["1", "2"]


def test_several_changes_are_all_stored_or_none(tmp_path: Path) -> None:
    """An id that was used elsewhere in the middle undoes the ones before it."""
    with open_store(tmp_path) as store:
        meetings = Meetings(store)
        one = meetings.create("calibration", "demo@1.0", {"title": "A"}, AT, "1")
        other = meetings.create("interview", "demo@1.0", {"title": "B"}, AT, "2")
        meetings.append(other.code, event("taken"))

        with pytest.raises(StoreError, match="used before"):
            meetings.append_all(one.code, [(event("3"), None), (event("taken"), None)])
        assert [e.id for e in meetings.events(one.code)] == ["1"]


def test_events_of_meetings_are_never_changed_by_accident(tmp_path: Path) -> None:
    """The database itself refuses an update and a deletion."""
    with open_store(tmp_path) as store:
        Meetings(store).create("calibration", "demo@1.0", {"title": "A"}, AT, "1")
        database, _ = store.parts

        for statement in ("UPDATE meeting_event SET kind = 'x'", "DELETE FROM meeting_event"):
            with pytest.raises(StoreError, match="never changed"), database.write() as connection:
                connection.exec_driver_sql(statement)


def test_a_meeting_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says what to look at."""
    with open_store(tmp_path) as store, pytest.raises(StoreError, match="no session 'm-x'"):
        Meetings(store).head("m-x")
