"""Session records: sealed before, chained after, and where a session stands."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.errors import AssessmentError, MismatchError
from skillmatrix.sessions import (
    Session,
    agreed_verdict,
    begin,
    foresight,
    note,
    open_actions,
    read_session,
    session_data,
    session_from,
    standing,
    write_session,
)
from skillmatrix.sessions.contents import Agreed, Predicted

FW = sm.load_framework()
SENIOR = FW.profile("senior")
AT = dt.datetime(2026, 11, 20, 14, tzinfo=dt.UTC)


def rated(kind: str, person: str = "p-1", **levels: Any) -> sm.Assessment:
    """One rater's locked levels."""
    draft = sm.Assessment(
        framework=FW.key,
        person={"code": person, "name": "Ana"},
        rater={"kind": kind, "code": None if kind == "self" else "m-1"},
        aim={"profile": "senior"},
        as_of=AT.date(),
        ratings={skill.replace("_", "-"): level for skill, level in levels.items()},
    )
    return sm.lock(draft, AT)


def started(person: str = "p-1", at: dt.datetime = AT) -> Session:
    """A session that has just begun."""
    return begin(rated("self", person, mlops=4), rated("mentor", person, mlops=3), at)


def told(*entries: tuple[str, dict[str, Any]], session: Session | None = None) -> Session:
    """Write entries one after the other."""
    session = session or started()
    for kind, content in entries:
        session = note(session, kind, "mentor", content, AT)
    return session


ACTION = {"id": "a1", "text": "Lead a drift review", "owner": "self", "due": "2027-01-15"}


def test_both_seals_stand_in_the_head():
    """Hash and time of both ratings, taken before either was shown."""
    head = started().head

    assert head.own.locked_at == AT
    assert head.own.ratings_sha256 != head.other.ratings_sha256
    assert head.mentor.code == "m-1"


@pytest.mark.parametrize(
    ("own", "other", "words"),
    [
        (rated("self"), rated("mentor", "p-2"), "one is about 'p-1', the other about 'p-2'"),
        (rated("self"), rated("self"), "expected the person's own and somebody else's"),
        (
            rated("self").model_copy(update={"locked_at": None}),
            rated("mentor"),
            "by self are not locked",
        ),
    ],
)
def test_what_does_not_belong_together_is_no_session(
    own: sm.Assessment, other: sm.Assessment, words: str
):
    """Two people, one side twice, or a rating that could still be changed."""
    with pytest.raises(MismatchError, match=words):
        begin(own, other, AT)


def test_a_record_survives_its_file(tmp_path: Path):
    """Written and read it is the same, and whole."""
    session = told(
        ("revealed", {}),
        ("agreed", {"skill": "mlops", "level": 3, "reason": "No second model yet"}),
        ("action", ACTION),
    )
    write_session(session, tmp_path / "s.session.json")

    assert read_session(tmp_path / "s.session.json", FW) == session


@settings(max_examples=60)
@given(st.data())
def test_one_bit_flipped_anywhere_is_found(data: st.DataObject):
    """Whatever single letter of a file is changed, it is refused or reads the same."""
    session = told(("agreed", {"skill": "mlops", "level": 3}), ("action", ACTION))
    text = json.dumps(session_data(session))
    at = data.draw(st.integers(0, len(text) - 1))
    bit = data.draw(st.integers(0, 6))
    changed = text[:at] + chr(ord(text[at]) ^ (1 << bit)) + text[at + 1 :]
    try:
        read = session_from(json.loads(changed), framework=FW)
    except (AssessmentError, json.JSONDecodeError):
        return

    assert read == session


def test_the_latest_entry_of_a_subject_holds_and_none_is_lost():
    """Agreed twice, parked and taken up, done: where it stands, and all of it still there."""
    session = told(
        ("parked", {"skill": "mlops", "until": "today"}),
        ("agreed", {"skill": "mlops", "level": 4}),
        ("agreed", {"skill": "mlops", "reason": "I have seen one model, she runs two"}),
        ("parked", {"skill": "streaming", "until": "next session", "why": "no time"}),
        ("action", ACTION),
        ("done", {"id": "a1", "done": "2027-01-10"}),
    )
    now = standing(session)

    assert now.agreed["mlops"].level is None
    assert list(now.parked) == ["streaming"]
    assert now.actions["a1"]["done"] == "2027-01-10"
    assert len(session.entries) == 6


def test_predictions_count_only_before_the_reveal():
    """Afterwards everybody knows."""
    early = {"levels": {"mlops": {"level": 3}}}
    late = {"levels": {"mlops": {"level": 5}}}
    now = standing(told(("predicted", early), ("revealed", {}), ("predicted", late)))

    assert now.predicted is not None
    assert now.predicted.levels["mlops"].level == 3


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("promoted", {}, "one of predicted, revealed"),
        ("agreed", {"skill": "mlops", "level": 3.5}, "level"),
        ("agreed", {"level": 3}, "skill"),
        ("action", {**ACTION, "owner": "boss"}, "owner"),
        ("action", {**ACTION, "due": "tomorrow"}, "a date such as"),
        ("agreed", {"skill": "mlops", "salary": 1}, "salary"),
    ],
)
def test_what_an_entry_may_not_say_is_refused(kind: str, content: dict[str, Any], words: str):
    """With its place; nothing is added."""
    with pytest.raises(AssessmentError, match=words):
        note(started(), kind, "mentor", content, AT)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "skillmatrix.packet"}, "is this a session record"),
        ({"format_version": 2}, "update this one"),
        ({"entries": 5}, "entries"),
    ],
)
def test_another_file_is_told_apart(change: dict[str, Any], words: str):
    """A packet, a newer version, no list."""
    with pytest.raises(AssessmentError, match=words):
        session_from({**session_data(started()), **change})


def test_open_actions_are_sorted_by_day_over_sessions():
    """Of two people; without a day last; what is over is not there."""
    first = told(
        ("action", ACTION),
        ("action", {**ACTION, "id": "a2", "due": None}),
        ("action", {**ACTION, "id": "a3", "due": "2026-12-01"}),
        ("done", {"id": "a3"}),
    )
    second = told(("action", {**ACTION, "id": "b1", "due": "2026-12-24"}), session=started("p-2"))

    assert [(a["id"], a["person"]) for a in open_actions(first, second)] == [
        ("b1", "p-2"),
        ("a1", "p-1"),
        ("a2", "p-1"),
    ]


def test_an_agreed_level_is_sure_and_the_rest_lies_between():
    """Seen differently or not spoken of, everything between the two stays possible."""
    own, other = rated("self", mlops=4, validation=4), rated("mentor", mlops=3, validation=2)
    found = agreed_verdict(own, other, SENIOR, {"mlops": Agreed(skill="mlops", level=4)})
    gate = {part.id: part.state for part in found.criteria["monitoring-lifecycle"].parts}

    assert gate["monitoring-lifecycle-gate-mlops"] == "MET"
    assert (found.standings["validation"].low, found.standings["validation"].high) == (1, 4)
    assert found.overall != "READY"


def test_foresight_counts_and_says_when_it_is_too_little():
    """Nine say nothing of the long run; ten have an interval, wide as it is."""
    levels = {f"s{n}": {"level": 3, "sure": "sure" if n % 2 else "a guess"} for n in range(10)}
    told_ten = Predicted.model_validate({"levels": levels})
    rated_ten = {f"s{n}": 3 if n < 6 else 4 for n in range(10)}
    nine = {skill: level for skill, level in rated_ten.items() if skill != "s9"}
    ten = foresight([(told_ten, rated_ten)])
    few = foresight([(told_ten, nine)])

    assert (ten.exact, ten.near, ten.lower, ten.higher) == (6, 10, 4, 0)
    assert ten.interval == pytest.approx((0.2624, 0.8784), abs=1e-4)  # Clopper-Pearson, 6 of 10
    assert (few.unrated, few.interval) == (1, None)
    assert "Fewer than 10 say nothing yet" in few.sentence
    assert ten.by_sureness == {"a guess": (5, 3), "sure": (5, 3)}
