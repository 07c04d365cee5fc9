"""Closing a round: once, with what was looked at, and with its private words gone from the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment.closing import without_private
from skillmatrix.errors import UnstorableError
from skillmatrix.store import AssessmentHead, NewEvent, Store, open_store
from skillmatrix.store.locking import lock_assessment
from tests.store.conftest import NOW

Begin = Callable[..., AssessmentHead]


def note(number: int, text: str, visibility: str = "private") -> NewEvent:
    """A note on MLOps."""
    payload = {"text": text, "visibility": visibility}
    return NewEvent(f"note-{number}", "note", "mlops", payload, 0, NOW)


def lock_of(base: int, event_id: str = "lock-1") -> NewEvent:
    """The event of a lock."""
    return NewEvent(event_id, "lock", "mentor", {"packet": {}}, base, NOW)


def closed(store: Store, code: str, event_id: str = "lock-1") -> Any:
    """Close a round as it stands."""
    return lock_assessment(store, code, lock_of(store.last_seq(code), event_id), without_private)


def test_a_closed_round_takes_no_change(store: Store, begin: Begin):
    """Neither a rating nor an undo is stored; what was, stays; the head says locked."""
    head = begin(store)
    rated = NewEvent("r-1", "rating", "mlops", {"value": 3}, head.seq, NOW)
    store.append(head.code, rated)
    closed(store, head.code)

    for number, kind in enumerate(("rating", "note", "evidence", "undo", "redo", "lock", "import")):
        later = NewEvent(f"later-{number}", kind, "mlops", {"value": 5}, 0, NOW)
        with pytest.raises(UnstorableError, match="begin a new round"):
            store.append(head.code, later)
    assert store.assessment(head.code).status == "locked"
    assert [e.kind for e in store.events(head.code)] == ["assessment-created", "rating", "lock"]


def test_what_was_stored_before_the_lock_is_still_acknowledged(store: Store, begin: Begin):
    """A change sent again because its answer was lost is no change after the lock."""
    head = begin(store)
    rated = NewEvent("r-1", "rating", "mlops", {"value": 3}, head.seq, NOW)
    store.append(head.code, rated)
    closed(store, head.code)

    assert store.append(head.code, rated).duplicate


def test_a_closed_round_still_gives_packets_and_can_be_deleted(store: Store, begin: Begin):
    """Further packets, what is chosen for them, and the mark of a deletion."""
    head = begin(store)
    closed(store, head.code)

    for kind in ("packet", "hand_over"):
        store.append(head.code, NewEvent(kind, kind, "calibration", {}, 0, NOW))
    gone = store.set_deleted(head.code, True, at=NOW, event_id="gone")

    assert (gone.status, gone.deleted) == ("locked", True)


def test_the_same_command_locks_once(store: Store, begin: Begin):
    """Sent twice it is stored once; another command is told that it is locked."""
    head = begin(store)

    first = closed(store, head.code)
    again = lock_assessment(store, head.code, lock_of(0), without_private)

    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.event == first.event
    with pytest.raises(UnstorableError, match="locked already"):
        closed(store, head.code, "lock-2")


def test_what_was_not_looked_at_is_not_locked(store: Store, begin: Begin):
    """A change stored after the look keeps the round open, and nothing of the lock stays."""
    head = begin(store)
    looked = store.last_seq(head.code)
    store.append(head.code, note(1, "a word in between"))

    with pytest.raises(UnstorableError, match="after what you looked at"):
        lock_assessment(store, head.code, lock_of(looked), without_private)

    assert store.assessment(head.code).status == "draft"
    assert store.events(head.code)[-1].payload == {
        "text": "a word in between",
        "visibility": "private",
    }


def test_of_two_locks_at_once_one_holds(folder: Path, begin: Begin):
    """Two tabs lock in the same moment: one packet, one lock, one clear refusal."""
    with open_store(folder) as store:
        head = begin(store)
        seq = store.last_seq(head.code)
    said: list[str] = []

    def lock(name: str) -> None:
        with open_store(folder) as own:
            try:
                lock_assessment(own, head.code, lock_of(seq, name), without_private)
                said.append("locked")
            except UnstorableError:
                said.append("refused")

    threads = [threading.Thread(target=lock, args=(f"lock-{n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["locked", "refused"]
    with open_store(folder) as store:
        assert [e.kind for e in store.events(head.code)].count("lock") == 1


def test_private_words_are_gone_from_every_byte(folder: Path, begin: Begin):
    """Also wordings written over, undone, and brought in with a file; shared ones stay."""
    words = ["first-thought", "second-thought", "taken-back", "brought-along"]
    with open_store(folder) as store:
        head = begin(store)
        brought = {"python": {"text": words[3]}, "sql": {"text": "kept", "visibility": "panel"}}
        store.append(head.code, NewEvent("i", "import", "", {"notes": brought}, 0, NOW))
        store.append(head.code, note(1, words[0]))
        store.append(head.code, note(2, words[2] * 900))
        store.append(head.code, NewEvent("u", "undo", "note-2", None, 0, NOW))
        store.append(head.code, note(3, words[1]))
        store.append(head.code, note(4, "for-both-of-us", "shared"))
        assert any(words[0].encode() in path.read_bytes() for path in folder.iterdir())

        closed(store, head.code)

        found = {p.name: [w for w in words if w.encode() in p.read_bytes()] for p in _files(folder)}
        assert not any(found.values()), found
        texts = [dict(e.payload or {}).get("text") for e in store.events(head.code)]
        assert texts.count("") == 3
        assert "for-both-of-us" in texts
        assert store.events(head.code)[1].payload == {"notes": {"sql": brought["sql"]}}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_another_round_keeps_its_private_words(store: Store, begin: Begin):
    """Only the round that is closed is cleaned."""
    first, other = begin(store), begin(store)
    store.append(other.code, note(1, "mine alone"))
    store.append(first.code, note(2, "gone soon"))

    closed(store, first.code)

    assert store.events(other.code)[-1].payload == {"text": "mine alone", "visibility": "private"}
    assert store.assessment(other.code).status == "draft"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("note", {"text": "for you", "visibility": "shared"}),
        ("note", {"text": "", "visibility": "private"}),
        ("note", None),
        ("case", {"text": "an argument"}),
        ("import", {"notes": {"sql": {"text": "x", "visibility": "panel"}}}),
        ("import", {}),
    ],
)
def test_what_is_not_private_is_left_as_it_is(kind: str, payload: Mapping[str, Any] | None):
    """The same object comes back, so that nothing is written anew."""
    assert without_private(kind, payload) is payload
