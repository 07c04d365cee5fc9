"""Events add up to an assessment: the latest of each subject holds, and undo takes back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.assessment import Assessment
from skillmatrix.assessment.events import History, fold, history
from tests.conftest import TODAY

START = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
HEAD = {
    "framework": "ml-specialist@0.1.0",
    "person": {"code": "ana"},
    "rater": {"kind": "self"},
    "created_at": START,
}


@dataclass(frozen=True)
class Done:
    """An event as a store gives it back."""

    id: str
    seq: int
    kind: str
    subject: str
    payload: Any
    at: dt.datetime


def story(*steps: tuple[str, str, Any]) -> list[Done]:
    """Number (kind, subject, payload) steps: event ``1`` a minute after the start, and so on."""
    return [
        Done(str(n), n, kind, subject, payload, START + dt.timedelta(minutes=n))
        for n, (kind, subject, payload) in enumerate(steps, start=1)
    ]


def told(*steps: tuple[str, str, Any]) -> tuple[Assessment, History]:
    """Fold the steps."""
    return fold(HEAD, story(*steps), TODAY)


def rated(skill: str, value: int | str) -> tuple[str, str, Any]:
    """Rate a skill."""
    return "rating", skill, {"value": value}


def undone(event: int) -> tuple[str, str, Any]:
    """Take an event back."""
    return "undo", str(event), None


def redone(event: int) -> tuple[str, str, Any]:
    """Take the taking back back."""
    return "redo", str(event), None


def test_the_latest_rating_of_a_skill_holds():
    """An earlier rating stays in the history and out of the assessment."""
    made, done = told(rated("mlops", 2), rated("python", "DECLINED"), rated("mlops", 3))

    assert {k: r.value for k, r in made.ratings.items()} == {"mlops": 3, "python": "DECLINED"}
    assert (done.undo.id, done.redo) == ("3", None)


def test_undo_brings_the_earlier_value_back():
    """Taking the second rating back leaves the first; taking that back leaves none."""
    once, _ = told(rated("mlops", 2), rated("mlops", 3), undone(2))
    twice, done = told(rated("mlops", 2), rated("mlops", 3), undone(2), undone(1))

    assert once.rating("mlops").value == 2
    assert twice.rating("mlops").state == "UNRATED"
    assert (done.undo, done.redo.id) == (None, "1")


def test_redo_brings_it_again_in_the_order_of_events():
    """An older event that is redone does not win over a later one."""
    made, done = told(rated("mlops", 2), rated("mlops", 3), undone(2), undone(1), redone(1))
    both, _ = told(rated("mlops", 2), rated("mlops", 3), undone(2), undone(1), redone(1), redone(2))

    assert (made.rating("mlops").value, done.undo.id, done.redo.id) == (2, "1", "2")
    assert both.rating("mlops").value == 3


def test_an_older_rating_that_is_redone_stays_the_older_one():
    """Taking the first of two ratings back and redoing it leaves the second one in force."""
    made, done = told(rated("mlops", 2), rated("mlops", 3), undone(1), redone(1))

    assert made.rating("mlops").value == 3
    assert done.undo.id == "2"


def test_something_new_ends_redo():
    """After a new rating there is nothing to redo, and a late redo changes nothing."""
    steps = [rated("mlops", 2), rated("mlops", 3), undone(2), rated("python", 1)]
    _, done = told(*steps)
    late, _ = told(*steps, redone(2))

    assert done.redo is None
    assert late.rating("mlops").value == 2


def test_undo_of_nothing_changes_nothing():
    """An unknown event, or one already taken back, is no event of the assessment."""
    plain, _ = told(rated("mlops", 2))
    odd, done = told(rated("mlops", 2), undone(9), redone(1), ("undo", "", None))

    assert odd.ratings == plain.ratings
    assert done.undo.id == "1"


def test_an_event_of_an_earlier_subject_can_be_taken_back():
    """Undo names its event: the rating of another skill stays."""
    made, done = told(rated("mlops", 2), rated("python", 3), undone(1))

    assert {k: r.value for k, r in made.ratings.items()} == {"python": 3}
    assert (done.undo.id, done.redo.id) == ("2", "1")


def test_every_kind_finds_its_place():
    """Aim, notes, evidence and declarations are read from their payloads."""
    item = {"title": "Drill", "date": "2026-05-12", "strength": "E1", "description": "x"}
    made, _ = told(
        ("aim", "aim", {"profile": "senior", "switches": {"regulated": True}}),
        ("note", "mlops", {"text": "Ask.", "visibility": "shared"}),
        ("evidence", "ev-1", item),
        ("evidence", "ev-2", {**item, "title": "Other"}),
        ("no_more_evidence", "p1-effect", {"declared": True}),
        ("no_more_evidence", "p5-sharing", {"declared": True}),
        ("no_more_evidence", "p5-sharing", {"declared": False}),
    )

    assert made.aim.switches == {"regulated": True}
    assert made.notes["mlops"].text == "Ask."
    assert [(i.id, i.title) for i in made.evidence] == [("ev-1", "Drill"), ("ev-2", "Other")]
    assert made.no_more_evidence == ("p1-effect",)


def test_what_is_taken_away_is_gone():
    """Evidence without a payload is deleted; a note without a text is none."""
    item = {"title": "Drill", "date": "2026-05-12", "strength": "E0"}
    made, _ = told(
        ("evidence", "ev-1", item),
        ("evidence", "ev-1", None),
        ("note", "mlops", {"text": "Ask."}),
        ("note", "mlops", {"text": ""}),
    )

    assert made.evidence == ()
    assert made.notes == {}


def test_evidence_keeps_its_place_when_it_is_edited():
    """Editing the first of two items leaves it the first."""
    item = {"title": "a", "date": "2026-05-12", "strength": "E0"}
    made, _ = told(
        ("evidence", "one", item),
        ("evidence", "two", item),
        ("evidence", "one", {**item, "title": "b"}),
    )

    assert [(i.id, i.title) for i in made.evidence] == [("one", "b"), ("two", "a")]


def test_the_time_of_the_last_change_is_kept():
    """The newest event gives the time, whichever subject it was about."""
    made, _ = told(rated("mlops", 2), rated("python", 3), rated("mlops", 4))
    none, _ = told()

    assert made.updated_at == START + dt.timedelta(minutes=3)
    assert (none.updated_at, none.created_at) == (START, START)


changes = st.tuples(
    st.just("rating"),
    st.sampled_from(["mlops", "python", "core-ml"]),
    st.fixed_dictionaries({"value": st.integers(0, 5)}),
)
turns = st.tuples(st.sampled_from(["undo", "redo"]), st.integers(1, 12).map(str), st.none())
stories = st.lists(changes | turns, max_size=12)


@given(stories)
def test_undo_then_redo_is_the_identity(steps: list[tuple[str, str, Any]]):
    """Whatever came before, taking the last change back and redoing it leaves all as it was."""
    before, done = told(*steps)
    if done.undo is None:
        return

    after, again = told(*steps, undone(done.undo.seq), redone(done.undo.seq))
    assert after.ratings == before.ratings
    assert dict(again.current) == dict(done.current)
    assert again.undo == done.undo


@given(stories)
def test_undoing_everything_leaves_nothing(steps: list[tuple[str, str, Any]]):
    """One undo after another ends with no rating, and as many redos bring all of them back."""
    start = history(story(*steps))
    all_steps, taken = list(steps), []
    while (done := history(story(*all_steps))).undo is not None:
        taken.append(done.undo.seq)
        all_steps.append(undone(done.undo.seq))

    assert told(*all_steps)[0].ratings == {}
    for seq in reversed(taken):
        assert history(story(*all_steps)).redo.seq == seq
        all_steps.append(redone(seq))
    assert dict(history(story(*all_steps)).current) == dict(start.current)
