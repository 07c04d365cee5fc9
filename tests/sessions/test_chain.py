"""A log that is only added to: every change shows, and what is removed leaves its place."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.errors import UsageError
from skillmatrix.sessions.chain import Entry, add, hash_of, remove, verify

HEAD = hash_of({"person": "p-1"})
AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def log(*texts: str) -> tuple[Entry, ...]:
    """Write one entry for each text."""
    entries: tuple[Entry, ...] = ()
    for text in texts:
        entries = add(entries, HEAD, at=AT, kind="note", by="mentor", content={"text": text})
    return entries


def as_text(entries: tuple[Entry, ...]) -> str:
    """Write a log as a file holds it."""
    return json.dumps([e.model_dump(mode="json") for e in entries], indent=1)


def read(text: str) -> tuple[Entry, ...]:
    """Read it back."""
    return tuple(Entry.model_validate_json(json.dumps(e)) for e in json.loads(text))


def test_a_log_that_was_written_holds_also_after_a_file():
    """Written, read, whole."""
    entries = log("one", "two", "three")

    assert verify(entries, HEAD) == []
    assert read(as_text(entries)) == entries
    assert verify(read(as_text(entries)), HEAD) == []


@pytest.mark.parametrize(
    "key", ["kind", "by", "at", "digest", "previous", "hash", "salt", "content"]
)
@given(at=st.integers(0, 2))
def test_any_change_names_the_first_broken_entry(key: str, at: int):
    """Whatever is changed in one entry, that entry is named."""
    entries = list(log("one", "two", "three"))
    other = {
        "at": AT + dt.timedelta(seconds=1),
        "content": {"text": "forged"},
        "salt": "00",
        "kind": "agreed",
        "by": "self",
    }.get(key, "f" * 64)
    entries[at] = entries[at].model_copy(update={key: other})

    assert [p.where for p in verify(entries, HEAD)] == [f"entries[{at}]"]


def test_entries_out_of_order_missing_or_of_another_log_are_named():
    """Swapped, cut out, put in from elsewhere, moved to another person."""
    one, two, three = log("one", "two", "three")
    stranger = log("one", "other")[1]

    assert verify((two, one, three), HEAD)[0].where == "entries[0]"
    assert verify((one, three), HEAD)[0].where == "entries[1]"
    assert verify((one, stranger, three), HEAD)[0].where in ("entries[1]", "entries[2]")
    assert verify((one, two, three), hash_of({"person": "p-2"}))[0].where == "entries[0]"


def test_what_is_removed_on_request_leaves_its_place():
    """No word of it is left, also none that could be guessed; the log holds."""
    entries = remove(log("one", "secret", "three"), 2)

    assert verify(entries, HEAD) == []
    assert "secret" not in as_text(entries)
    assert (entries[1].content, entries[1].salt, entries[1].removed) == (None, None, "on request")


def test_content_that_is_gone_without_request_is_a_change():
    """Whoever cuts the content out of a file is found."""
    one, two = log("one", "two")
    cut = two.model_copy(update={"content": None})

    assert verify((one, cut), HEAD)[0].where == "entries[1]"


def test_an_entry_that_is_not_there_is_not_removed():
    """The message says how many there are."""
    with pytest.raises(UsageError, match="no entry 3; the log has 2"):
        remove(log("one", "two"), 3)


def test_equal_words_have_different_digests():
    """Salted, so that a digest says nothing about what was removed."""
    one, two = log("same", "same")

    assert one.digest != two.digest
