"""Who is in a workspace, how long records are kept, and everything held on one."""

from __future__ import annotations

import datetime as dt

import pytest

from skillmatrix.errors import UsageError
from skillmatrix.store.people import find, months_after, people, records_of, retention_months

from .conftest import NOW

TODAY = NOW.date()


def test_people_are_counted_with_what_is_deleted(store, begin, rate):
    """Deleted assessments and their events are held, so they are counted."""
    ana = begin(store)
    again = begin(store, person_code=ana.person_code)
    store.append(ana.code, rate(4))
    store.set_deleted(again.code, True, at=NOW, event_id="gone")
    begin(store, "Bo")

    listed = {each.name: each for each in people(store, TODAY, 24)}

    assert (listed["Ana Example"].assessments, listed["Ana Example"].deleted) == (2, 1)
    assert listed["Ana Example"].events == 4
    assert (listed["Bo"].assessments, listed["Bo"].events) == (1, 1)


def test_records_are_due_the_day_after_their_time_is_over(store, begin):
    """24 months after the last change, not before; nothing else happens."""
    begin(store)
    last_day = dt.date(2028, 11, 22)

    assert not people(store, last_day, 24)[0].due
    assert people(store, last_day + dt.timedelta(days=1), 24)[0].due
    assert people(store, last_day, 24)[0].keep_until == last_day
    assert people(store, TODAY, 1)[0].keep_until == dt.date(2026, 12, 22)


def test_last_change_decides_and_not_the_beginning(store, begin, rate):
    """A rating a year later keeps the records a year longer."""
    ana = begin(store)
    store.append(ana.code, rate(at=NOW + dt.timedelta(days=365)))

    assert people(store, TODAY, 24)[0].keep_until == dt.date(2028, 11, 22) + dt.timedelta(days=365)


@pytest.mark.parametrize("wish", ["0", "-1", "two", "1.5", "1201"])
def test_a_retention_that_is_no_number_of_months_is_refused(monkeypatch, wish):
    """The message names the variable, what was found and what was expected."""
    monkeypatch.setenv("SKILLMATRIX_RETENTION_MONTHS", wish)

    with pytest.raises(UsageError, match=rf"SKILLMATRIX_RETENTION_MONTHS is '{wish}'; expected"):
        retention_months()


def test_retention_of_ones_own(monkeypatch):
    """The environment may say another number of months; blank is the default."""
    monkeypatch.setenv("SKILLMATRIX_RETENTION_MONTHS", "6")
    assert retention_months() == 6
    monkeypatch.setenv("SKILLMATRIX_RETENTION_MONTHS", " ")
    assert retention_months() == 24


def test_months_end_on_a_day_that_exists():
    """The 31st of a shorter month is its last day; December is passed."""
    assert months_after(dt.date(2026, 8, 31), 1) == dt.date(2026, 9, 30)
    assert months_after(dt.date(2026, 12, 15), 1) == dt.date(2027, 1, 15)


def test_everything_held_is_every_event_of_every_assessment(store, begin, rate):
    """Undone, replaced and deleted: all of it, and nothing of anybody else."""
    ana, bo = begin(store), begin(store, "Bo")
    again = begin(store, person_code=ana.person_code)
    store.append(ana.code, rate(4, id="first"))
    store.append(ana.code, rate(2, id="second"))
    store.append(ana.code, rate(kind="undo", subject="second", payload=None, id="back"))
    store.append(bo.code, rate(5, id="others"))
    store.set_deleted(again.code, True, at=NOW, event_id="gone")

    held = records_of(store, ana.person_code, TODAY, 24)

    assert {head.code: head.deleted for head in held.heads} == {ana.code: False, again.code: True}
    assert [e.id for e in held.events[ana.code]][1:] == ["first", "second", "back"]
    assert [e.id for e in held.events[again.code]][1:] == ["gone"]


def test_a_name_without_records_is_listed(store, begin):
    """What a killed writer left in the key file is held too, so it is shown."""
    begin(store)
    _, key_file = store.parts
    left = {**key_file.read(), "p-left": "Left Behind"}
    key_file.write(store.workspace_id, left)

    found = people(store, TODAY, 24)[-1]

    assert (found.code, found.name, found.known) == ("p-left", "Left Behind", False)


def test_an_unknown_code_suggests_one(store, begin):
    """A slip suggests the code; a name typed in its place names the code."""
    ana = begin(store)
    listed = people(store, TODAY, 24)

    with pytest.raises(UsageError, match=f"did you mean '{ana.person_code}'"):
        find(listed, ana.person_code[:-1])
    with pytest.raises(UsageError, match=rf"did you mean {ana.person_code} \(Ana Example\)"):
        find(listed, "ana")
