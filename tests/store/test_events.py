from __future__ import annotations

import math
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatrix.errors import StoreError
from skillmatrix.store import CREATED, DELETED, NewEvent, open_store

from .conftest import NOW

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
LEAVES = st.none() | st.booleans() | st.integers() | TEXT
LEAVES |= st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8
)


def test_what_goes_in_comes_out(store, begin, rate):
    """An event is read back as it was written, also by another store."""
    head = begin(store)
    event = rate("UNRATED", subject="", base=7, kind="rate with ünïcode")

    stored = store.append(head.code, event).event

    with open_store(store.folder) as other:
        assert other.events(head.code)[-1] == stored
    assert (stored.id, stored.kind, stored.subject) == (event.id, event.kind, "")
    assert (stored.payload, stored.base, stored.at) == (event.payload, 7, event.at)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One workspace for many invented payloads."""
    with open_store(tmp_path_factory.mktemp("payloads")) as store:
        code = store.create_assessment(
            person_name="Ana", framework="d@1", aim={}, rater={}, at=NOW, event_id="begin"
        ).code
        yield store, code


@given(payload=st.none() | st.dictionaries(TEXT, VALUES))
@settings(max_examples=40, deadline=None)
def test_any_payload_survives(kept, payload):
    """Whatever JSON can say, in any script, is read back the same and of the same types."""
    store, code = kept
    number = store.last_seq(code)

    stored = store.append(code, NewEvent(f"e{number}", "note", "x", payload, 0, NOW)).event

    (read,) = store.events(code, after=number)
    assert repr(read.payload) == repr(stored.payload) == repr(payload)


@given(at=st.datetimes(timezones=st.timezones(), allow_imaginary=False))
@settings(max_examples=30, deadline=None)
def test_any_moment_survives(kept, at):
    """A time is kept to the microsecond and given back in UTC."""
    store, code = kept
    number = store.last_seq(code)

    stored = store.append(code, NewEvent(f"e{number}", "note", "x", None, 0, at)).event

    assert stored.at == at.astimezone(UTC)
    assert store.events(code, after=number)[0].at.utcoffset() == timedelta(0)


def test_sent_twice_is_stored_once(store, begin, rate):
    """A second event of one id gives the first, whatever it says itself."""
    head, event = begin(store), rate(4)
    first = store.append(head.code, event)

    again = store.append(head.code, rate(1, id=event.id))

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.event == first.event
    assert len(store.events(head.code)) == 2


def test_id_of_another_assessment_is_refused(store, begin, rate):
    """An id used elsewhere is never acknowledged for something that was not stored."""
    one, two, event = begin(store), begin(store, event_id="two"), rate()
    store.append(one.code, event)

    with pytest.raises(StoreError, match="was used before for something else"):
        store.append(two.code, event)
    with pytest.raises(StoreError, match="was used before"):
        begin(store, event_id=event.id)
    with pytest.raises(StoreError, match="was used before"):
        store.set_deleted(one.code, True, at=NOW, event_id=event.id)

    assert [e.kind for e in store.events(two.code)] == [CREATED]
    assert not store.assessment(one.code).deleted


def test_seq_rises_through_the_whole_workspace(store, begin, rate):
    """One counter for all assessments: later is higher."""
    one, two = begin(store), begin(store)

    seqs = [store.append(code, rate()).event.seq for code in (one.code, two.code, one.code)]

    assert seqs == sorted(set(seqs))
    assert seqs[0] > two.seq > one.seq
    assert (store.last_seq(one.code), store.last_seq(two.code)) == (seqs[2], seqs[1])
    assert [e.seq for e in store.events(one.code, after=seqs[0])] == [seqs[2]]
    assert store.events(one.code, after=seqs[2]) == []


def test_change_unseen_by_the_writer_is_a_conflict(store, begin, rate):
    """Two windows rate one skill: both ratings are kept, and the second is told of the first."""
    head = begin(store)
    with open_store(store.folder) as other:
        theirs = other.append(head.code, rate(2, base=head.seq)).event

        mine = store.append(head.code, rate(4, base=head.seq))

    assert mine.conflict == theirs
    assert [e.payload["value"] for e in store.events(head.code)[1:]] == [2, 4]


def test_conflict_is_said_again_when_the_answer_was_lost(store, begin, rate):
    """A resent event is acknowledged as the first time: with its conflict."""
    head, event = begin(store), rate(4)
    with open_store(store.folder) as other:
        other.append(head.code, rate(2))
        first = store.append(head.code, event)
        other.append(head.code, rate(5))

        again = store.append(head.code, event)

    assert again.conflict == first.conflict
    assert again.conflict is not None


@pytest.mark.parametrize(
    "theirs",
    [{"subject": "python"}, {"kind": "note"}],
    ids=["another skill", "another kind"],
)
def test_change_to_something_else_is_no_conflict(store, begin, rate, theirs):
    """Only the same kind of change to the same thing can conflict."""
    head = begin(store)
    with open_store(store.folder) as other:
        other.append(head.code, rate(2, **theirs))

    assert store.append(head.code, rate(4, base=head.seq)).conflict is None


def test_change_that_was_seen_is_no_conflict(store, begin, rate):
    """Who has seen the other rating has decided against it on purpose."""
    head = begin(store)
    with open_store(store.folder) as other:
        seen = other.append(head.code, rate(2)).event.seq

    assert store.append(head.code, rate(4, base=seen)).conflict is None


def test_nobody_conflicts_with_themselves(store, begin, rate):
    """Fast clicks, each sent before the last was acknowledged, are no conflict."""
    head = begin(store)

    answers = [store.append(head.code, rate(value, base=head.seq)) for value in range(5)]

    assert [a.conflict for a in answers] == [None] * 5


def test_outbox_resent_after_a_reload_is_no_conflict(store, begin, rate):
    """A new kernel that is sent again what the old one stored knows it as its own."""
    head = begin(store)
    stored, pending = rate(2, base=head.seq), rate(4, base=head.seq)
    store.append(head.code, stored)

    with open_store(store.folder) as after_reload:
        assert after_reload.append(head.code, stored).duplicate
        assert after_reload.append(head.code, pending).conflict is None


def test_latest_of_several_conflicts_is_named(store, begin, rate):
    """What the page has to show is what stands there now."""
    head = begin(store)
    with open_store(store.folder) as other:
        for value in (1, 2, 3):
            other.append(head.code, rate(value))

    conflict = store.append(head.code, rate(5, base=head.seq)).conflict

    assert conflict.payload == {"value": 3}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"payload": {"note": "a\x00b"}}, r"payload > note contains a NUL character at position 2"),
        ({"payload": {"a\x00": 1}}, "a key, contains a NUL"),
        ({"payload": {"a": [1, {"b": "\x00"}]}}, r"payload > a\[1\] > b contains a NUL"),
        ({"payload": {"a": "\ud800"}}, "half a character"),
        ({"payload": {"a": math.nan}}, "payload > a is nan"),
        ({"payload": {1: "a"}}, "has the key 1; expected text"),
        ({"payload": {"a": (1, 2)}}, "payload > a is tuple"),
        ({"payload": [1]}, "payload is list; expected a dictionary"),
        ({"payload": {"a": "x" * 25_000_001}}, "expected at most 25,000,000"),
        ({"at": datetime(2026, 1, 1)}, "expected a datetime with a time zone"),
        ({"at": datetime.min.replace(tzinfo=timezone(timedelta(hours=5)))}, "exists in UTC"),
        ({"at": "2026-01-01"}, "expected a datetime"),
        ({"kind": ""}, "event kind is blank"),
        ({"kind": "k" * 65}, "event kind is 65 characters long; expected 1 to 64"),
        ({"kind": CREATED}, "made by the store alone"),
        ({"kind": DELETED}, "made by the store alone"),
        ({"subject": "s" * 201}, "event subject is 201 characters"),
        ({"subject": None}, "event subject is None; expected text"),
        ({"id": "i" * 101}, "event id is 101 characters"),
        ({"base": -1}, "event base is -1"),
        ({"base": True}, "event base is True"),
        ({"base": 2**63}, "event base is 9223372036854775808"),
    ],
)
def test_what_cannot_be_stored(store, begin, rate, wrong, said):
    """A wrong value is named with its place, and nothing is stored."""
    head = begin(store)

    with pytest.raises(StoreError, match=said):
        store.append(head.code, rate(**wrong))

    assert store.last_seq(head.code) == head.seq


def test_deep_nesting_is_refused(store, begin, rate):
    """A payload made to exhaust the reader is refused in words."""
    head, payload = begin(store), {}
    for _ in range(5000):
        payload = {"a": payload}

    with pytest.raises(StoreError, match="nested too deeply"):
        store.append(head.code, rate(payload=payload))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET payload = '{}'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
    ],
)
def test_database_refuses_to_change_an_event(store, begin, statement):
    """Not even SQL written by hand changes or removes an event."""
    begin(store)

    raw = sqlite3.connect(store.folder / "skillmatrix.db")
    raw.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="never changed, only added to"):
        raw.execute(statement)
    raw.close()


def test_erasing_on_request_remains_possible(store, begin, rate):
    """The one way to remove events has to say so first; a number is not given twice."""
    head = begin(store)
    last = store.append(head.code, rate()).event.seq

    raw = sqlite3.connect(store.folder / "skillmatrix.db")
    with raw:
        raw.execute("INSERT INTO setting VALUES ('erasing', 'yes')")
        raw.execute("DELETE FROM event WHERE seq = ?", [last])
        raw.execute("DELETE FROM setting WHERE key = 'erasing'")
    raw.close()

    assert store.last_seq(head.code) == head.seq
    assert store.append(head.code, rate()).event.seq == last + 1


def test_threads_share_a_store(store, begin, rate):
    """A store may be used from several threads: nothing is lost, nothing doubled."""
    head = begin(store)
    batches = [[rate() for _ in range(20)] for _ in range(4)]

    def work(batch):
        for event in batch:
            store.append(head.code, event)

    threads = [threading.Thread(target=work, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = [e.id for e in store.events(head.code)[1:]]
    assert sorted(stored) == sorted(e.id for batch in batches for e in batch)
