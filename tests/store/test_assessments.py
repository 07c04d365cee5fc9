from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from skillmatrix.errors import StoreError, UnstorableError
from skillmatrix.store import CREATED, DELETED, open_store

from .conftest import NOW


def test_created_assessment_is_there_after_reopening(folder, begin):
    """What is created is the same for whoever opens the workspace next."""
    with open_store(folder) as store:
        made = begin(store, "Ána Exämple 例", rater={"kind": "other", "name": None})

    with open_store(folder) as store:
        assert store.assessment(made.code) == made
        assert store.assessments() == [made]
    assert (made.person_name, made.framework) == ("Ána Exämple 例", "demo@1.0")
    assert (made.rater, made.status) == ({"kind": "other", "name": None}, "draft")
    assert (made.created_at, made.updated_at, made.deleted) == (NOW, NOW, False)


def test_creation_is_the_first_event(store, begin):
    """Aim and rater of an assessment are in its history from the start."""
    head = begin(store, event_id="one")

    (event,) = store.events(head.code)

    assert (event.id, event.seq, event.kind) == ("one", head.seq, CREATED)
    assert event.payload == {
        "framework": "demo@1.0",
        "aim": {"profile": "senior"},
        "rater": {"kind": "self"},
    }


def test_created_twice_is_created_once(store, begin):
    """The same event id gives the same assessment, also under another name and after reopening."""
    first = begin(store, event_id="one")
    again = begin(store, "Somebody Else", event_id="one")

    assert again == first
    assert len(store.assessments()) == 1
    with open_store(store.folder) as other:
        assert begin(other, event_id="one") == first


def test_codes_are_random_and_say_nothing(store, begin):
    """Two people of one name get two codes, and no code contains any of the name."""
    heads = [begin(store, "ana") for _ in range(20)]

    codes = {h.code for h in heads} | {h.person_code for h in heads}
    assert len(codes) == 40
    assert all(re.fullmatch(r"[ap]-[2-9a-hjkmnp-z]{12}", code) for code in codes)


def test_names_are_in_the_key_file_only(store, begin):
    """The database holds no name: neither in its file nor in its log."""
    head = begin(store, "Zyxwv Unmistakable")
    store.rename_person(head.person_code, "Zyxwv Renamed")

    for file in store.folder.glob("skillmatrix.db*"):
        assert b"Zyxwv" not in file.read_bytes(), file
    people = json.loads((store.folder / "names.json").read_text("utf-8"))["people"]
    assert people == {head.person_code: "Zyxwv Renamed"}


def test_new_round_of_the_same_person(store, begin):
    """Whoever is named by code is the same person: one name, one renaming, two assessments."""
    first = begin(store, "Ana")
    second = begin(store, "", person_code=first.person_code)

    store.rename_person(first.person_code, "Ana B.")

    assert second.person_code == first.person_code
    assert {h.person_name for h in store.assessments()} == {"Ana B."}


def test_unknown_person_is_refused(store, begin):
    """A round for, or a new name of, someone who is not there leaves no trace."""
    with pytest.raises(StoreError, match="has no person 'p-nobody'"):
        begin(store, "Ana", person_code="p-nobody")
    with pytest.raises(StoreError, match="has no person 'p-nobody'"):
        store.rename_person("p-nobody", "Ana")

    assert store.assessments(include_deleted=True) == []
    assert json.loads((store.folder / "names.json").read_text("utf-8"))["people"] == {}


def test_newest_change_comes_first(store, begin, rate):
    """The list is ordered by the last thing that happened, and says when that was."""
    first, second = begin(store), begin(store)
    assert [h.code for h in store.assessments()] == [second.code, first.code]

    event = store.append(first.code, rate()).event

    heads = store.assessments()
    assert [h.code for h in heads] == [first.code, second.code]
    assert (heads[0].updated_at, heads[0].seq) == (event.at, event.seq)
    assert heads[0].created_at == NOW


def test_deletion_only_marks(store, begin, rate):
    """A deleted assessment leaves the list, keeps its events, and comes back."""
    head = begin(store)
    store.append(head.code, rate(4))

    gone = store.set_deleted(head.code, True, at=NOW, event_id="d1")
    assert gone.deleted
    assert store.assessments() == []
    assert store.assessments(include_deleted=True) == [gone]
    assert store.append(head.code, rate(5)).duplicate is False

    back = store.set_deleted(head.code, False, at=NOW, event_id="d2")
    assert store.assessments() == [back]
    kinds = [e.kind for e in store.events(head.code)]
    assert kinds == [CREATED, "rate", DELETED, "rate", DELETED]


def test_deletion_sent_again_after_its_undoing_changes_nothing(store, begin):
    """A late second copy of a command never undoes what came after it."""
    head = begin(store)
    store.set_deleted(head.code, True, at=NOW, event_id="d1")
    store.set_deleted(head.code, False, at=NOW, event_id="d2")

    late = store.set_deleted(head.code, True, at=NOW + timedelta(hours=1), event_id="d1")

    assert not late.deleted
    assert len(store.events(head.code)) == 3


def test_last_opened(store, begin):
    """The assessment opened last is remembered; a deleted one is not offered."""
    first, second = begin(store), begin(store)
    assert store.last_opened() is None

    store.set_last_opened(first.code)
    store.set_last_opened(second.code)
    assert store.last_opened() == second.code
    with open_store(store.folder) as other:
        assert other.last_opened() == second.code

    store.set_deleted(second.code, True, at=NOW, event_id="d")
    assert store.last_opened() is None


def test_workspace_id_is_made_once(folder):
    """A workspace keeps its id, and two workspaces have two."""
    with open_store(folder) as store, open_store(folder.with_name("other")) as other:
        first, different = store.workspace_id, other.workspace_id

    with open_store(folder) as store:
        assert store.workspace_id == first
    assert first != different


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.assessment("a-nope"),
        lambda s: s.events("a-nope"),
        lambda s: s.last_seq("a-nope"),
        lambda s: s.set_last_opened("a-nope"),
        lambda s: s.set_deleted("a-nope", True, at=NOW, event_id="x"),
    ],
    ids=["assessment", "events", "last_seq", "set_last_opened", "set_deleted"],
)
def test_unknown_assessment_is_said_clearly(store, ask):
    """Every question about an unknown code says where it looked; asking again changes nothing."""
    with pytest.raises(
        UnstorableError, match=r"skillmatrix\.db has no assessment 'a-nope'.*home page"
    ):
        ask(store)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"person_name": "  "}, "person name is blank"),
        ({"person_name": "x" * 201}, "person name is 201 characters long"),
        ({"person_name": "a\x00b"}, "NUL character at position 2"),
        ({"framework": "demo"}, "expected id@version"),
        ({"aim": ["senior"]}, "aim is list; expected a dictionary"),
        ({"rater": {"name": "\x00"}}, "rater > name contains a NUL"),
        ({"at": NOW.replace(tzinfo=None)}, "expected a datetime with a time zone"),
        ({"event_id": ""}, "event id is blank"),
    ],
)
def test_what_cannot_be_created(store, begin, wrong, said):
    """A wrong value is named, and neither database nor key file keeps anything of it."""
    before = (store.folder / "names.json").read_bytes()

    with pytest.raises(StoreError, match=said):
        begin(store, **wrong)

    assert store.assessments(include_deleted=True) == []
    assert (store.folder / "names.json").read_bytes() == before
