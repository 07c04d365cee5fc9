"""Packets: what crosses is what was chosen, and nobody can change it unseen."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.assessment import Assessment, assessment_from
from skillmatrix.assessment.packet import (
    Packet,
    packet_data,
    packet_from,
    packet_text,
    ratings_hash,
)
from skillmatrix.assessment.share import Held
from tests.assessment.test_share import FW, full

AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
READERS: list[Any] = ["mentor", "calibration"]


def made(audience: Any = "mentor", held: Held | None = None, **changes: Any) -> Packet:
    """Make the packet of the assessment that has a marker in every place."""
    assessment = assessment_from({**full(), **changes}, framework=FW)
    return sm.make_packet(assessment, audience, AT, held or Held())


def tampered(change: Any, audience: Any = "mentor", *, sign: bool = False) -> list[str]:
    """Give the places of the problems of a packet somebody changed, perhaps signing it anew."""
    from skillmatrix.assessment.packet import _digest

    data = json.loads(packet_text(made(audience)))
    change(data)
    if sign:
        data["assessment"]["sha256"] = _digest(data["assessment"], "sha256")
        data["sha256"] = _digest(data, "sha256")
    with pytest.raises(sm.AssessmentError) as caught:
        packet_from(data, framework=FW)
    assert all(p.found and p.expected for p in caught.value.problems)
    return [problem.where for problem in caught.value.problems]


@pytest.mark.parametrize("audience", READERS)
def test_a_packet_is_read_as_it_was_written(tmp_path: Path, audience: Any):
    """Written, read, verified: the same packet, and the same bytes again."""
    packet = made(audience)
    path = tmp_path / "a.packet.json"

    sm.write_packet(packet, path)

    assert sm.read_packet(path, FW) == packet
    assert path.read_text(encoding="utf-8") == packet_text(sm.read_packet(path, FW))
    assert packet.assessment.status == "locked"


@pytest.mark.parametrize("audience", READERS)
def test_no_private_word_is_in_the_bytes_of_a_packet(audience: Any):
    """Markers of private notes, of the record and of unknown keys: nowhere."""
    text = packet_text(made(audience, created_at="2026-11-01T09:08:07+00:00"))

    for marker in ("PRIVATE", "RECORD-ID", "STRANGE", "09:08:07"):
        assert marker not in text
    assert ("NAME" in text) is (audience == "mentor")


def test_the_manifest_counts_what_is_in_it_and_what_is_not():
    """Counts by kind, of the locked round: private notes and the record are no part of one."""
    held = Held(name=True, notes=frozenset({"python"}), case=frozenset({"opening"}))

    manifest = made("mentor", held).manifest

    assert dict(manifest.included) == {"ratings": 2, "evidence": 1, "notes": 1, "plan": 1}
    assert dict(manifest.left_out) == {"name": 1, "notes": 1, "case": 1}
    assert dict(made("calibration").manifest.left_out) == {"name": 1, "notes": 1, "plan": 1}


def test_two_packets_of_one_lock_say_the_same_ratings():
    """Whatever is held back: the hash of the ratings is that of the locked round."""
    locked = sm.lock(assessment_from(full(), framework=FW), AT)
    later = AT + dt.timedelta(days=3)

    first = sm.make_packet(locked, "mentor", AT)
    second = sm.make_packet(locked, "calibration", later, Held(evidence=frozenset({"e1"})))

    assert first.ratings_sha256 == second.ratings_sha256 == ratings_hash(locked)
    assert {p.assessment.locked_at for p in (first, second)} == {AT}
    assert second.manifest.made_at == later


def test_not_rated_and_left_out_are_the_same_ratings():
    """The hash is of what is said: UNRATED says as little as nothing."""
    said = full()["ratings"]
    more = assessment_from({**full(), "ratings": {**said, "streaming": "UNRATED"}}, framework=FW)
    other = assessment_from({**full(), "ratings": {**said, "streaming": 0}}, framework=FW)
    same = assessment_from(full(), framework=FW)

    assert ratings_hash(more) == ratings_hash(same) != ratings_hash(other)


def _edit(*path: Any, to: Any) -> Any:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_edit("assessment", "ratings", "mlops", to=5), "assessment > sha256"),
        (_edit("manifest", "audience", to="calibration"), "sha256"),
        (_edit("ratings_sha256", to="0" * 64), "ratings_sha256"),
        (_edit("sha256", to="0" * 64), "sha256"),
        (_edit("sha256", to="no hash"), "sha256"),
        (_edit("assessment", to=[]), "assessment"),
        (_edit("manifest", "left_out", "secrets", to=3), "manifest > left_out > secrets"),
        (_edit("comment", to="by the way"), "comment"),
    ],
)
def test_a_change_after_it_was_made_is_named(change: Any, where: str):
    """Whatever is changed is found, with its place."""
    found = tampered(change)

    assert any(place.startswith(where) for place in found), found


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_edit("manifest", "person", to="p-2"), "manifest > person"),
        (_edit("manifest", "framework", to="other@1.0.0"), "manifest > framework"),
        (_edit("manifest", "included", "notes", to=7), "manifest > included > notes"),
        (_edit("assessment", "record", to=[{"id": "r", "item": "tool-mlflow"}]), "record"),
        (_edit("assessment", "secret", to="a word"), "assessment"),
        (
            _edit("assessment", "notes", "mlops", to={"text": "x", "visibility": "private"}),
            "assessment > notes",
        ),
    ],
)
def test_a_packet_signed_anew_still_has_to_be_one(change: Any, where: str):
    """Hashes prove nothing about sense: what a reader may not have is refused all the same."""
    found = tampered(change, sign=True)

    assert any(where in place for place in found), found


def test_a_session_is_given_no_name():
    """Somebody who writes the name into a packet for calibration has not made one."""
    found = tampered(
        _edit("assessment", "person", "name", to="Ana"), audience="calibration", sign=True
    )

    assert "assessment > name" in found


def test_all_problems_come_at_once():
    """A wrong hash does not hide a wrong rating."""

    def change(data: Any) -> None:
        data["assessment"]["ratings"]["no-such-skill"] = 3
        data["sha256"] = "0" * 64

    found = tampered(change)

    assert {"assessment > ratings > no-such-skill", "sha256"} <= set(found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing"),
        ("{", "not JSON"),
        ("[]", "a JSON object"),
        ('{"format": "skillmatrix.assessment"}', "sm.read_assessment"),
        ('{"format": "skillmatrix.packet", "format_version": 2}', "update this one"),
        ('{"format": "skillmatrix.packet", "format_version": 1}', "assessment"),
    ],
)
def test_damage_and_other_files_are_said_plainly(tmp_path: Path, text: str, says: str):
    """An empty file, half a file, an assessment, a newer packet: a sentence each."""
    path = tmp_path / "a.packet.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(sm.AssessmentError) as caught:
        sm.read_packet(path)

    assert says in str(caught.value)


def test_half_a_packet_is_no_packet(tmp_path: Path):
    """Cut anywhere, it is refused."""
    text = packet_text(made())
    path = tmp_path / "a.packet.json"

    for end in range(0, len(text) - 2, 211):
        path.write_text(text[:end], encoding="utf-8")
        with pytest.raises(sm.AssessmentError):
            sm.read_packet(path, FW)


def test_the_wrong_person_and_the_wrong_reader_are_refused(tmp_path: Path):
    """Who collects packets says whose and what for."""
    path = tmp_path / "a.packet.json"
    sm.write_packet(made(), path)

    with pytest.raises(sm.AssessmentError, match="ask for the packet of the right person") as one:
        sm.read_packet(path, FW, person="p-2", audience="calibration")

    places = [problem.where for problem in one.value.problems]
    assert places == ["manifest > person", "manifest > audience"]
    assert sm.read_packet(path, FW, person="p-1", audience="mentor").manifest.person == "p-1"


def test_a_packet_is_not_taken_for_ones_own_workbook(tmp_path: Path):
    """Read as an assessment it is refused, with what to do instead."""
    path = tmp_path / "a.assessment.json"
    sm.write_packet(made(), path)

    with pytest.raises(sm.AssessmentError, match="somebody handed over"):
        sm.read_assessment(path, FW)


def test_a_packet_is_for_somebody_else():
    """There is none for oneself, and none without the zone of its time."""
    mine = assessment_from(full(), framework=FW)
    myself: Any = "myself"

    with pytest.raises(sm.UsageError, match="not for 'myself'"):
        sm.make_packet(mine, myself, AT)
    with pytest.raises(sm.UsageError, match="zone"):
        sm.make_packet(mine, "mentor", AT.replace(tzinfo=None))


def test_the_schema_fits_what_is_written():
    """What is written is what the published schema says, and a key more is not."""
    jsonschema = pytest.importorskip("jsonschema")
    from skillmatrix.assessment.packet import packet_schema

    check = jsonschema.Draft202012Validator(packet_schema())
    data = packet_data(made())

    assert check.is_valid(data)
    assert not check.is_valid({**data, "comment": "by the way"})
    assert not check.is_valid({**data, "assessment": {**data["assessment"], "status": "draft"}})


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment with notes of every visibility, evidence, a case and what is held back."""
    skills = st.sampled_from(list(FW.skills)[:6])
    seen = st.sampled_from(["private", "shared", "panel"])
    notes = draw(st.dictionaries(skills, st.tuples(WORDS, seen), max_size=4))
    ids = draw(st.lists(st.from_regex(r"\A[A-Za-z][A-Za-z0-9-]{0,20}\Z"), unique=True, max_size=4))
    items = [
        {
            "id": name,
            "title": f"t{n}",
            "date": "2026-05-01",
            "strength": "E2",
            "artefact": "PR 7",
            "description": draw(WORDS),
            "skills": draw(st.lists(skills, max_size=2)),
        }
        for n, name in enumerate(ids)
    ]
    data = full() | {
        "notes": {s: {"text": f"{t}·{v}-{s}", "visibility": v} for s, (t, v) in notes.items()},
        "evidence": items,
        "ratings": draw(st.dictionaries(skills, st.sampled_from([0, 1, 3, 5, "DECLINED"]))),
        "case": {"opening": {"text": draw(WORDS), "evidence": ids[:2]}},
    }
    return assessment_from(data, framework=FW)


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Assessment, Any, Held]:
    """An assessment, a reader, and something held back of each kind."""
    given_ = draw(assessments())

    def some(names: Any) -> frozenset[str]:
        return frozenset(draw(st.sets(st.sampled_from(sorted(names))))) if names else frozenset()

    held = Held(
        name=draw(st.booleans()),
        notes=some(given_.notes),
        evidence=some({item.id for item in given_.evidence}),
        case=some(given_.case),
        plan=some(given_.plan),
    )
    return given_, draw(st.sampled_from(READERS)), held


def holds(given_: Assessment, audience: Any, held: Held) -> None:
    """Claim what has to be true of every packet."""
    packet = sm.make_packet(given_, audience, AT, held)
    text = packet_text(packet)

    assert packet_from(json.loads(text), framework=FW) == packet
    for skill, note in given_.notes.items():
        marker = f"·{note.visibility}-{skill}"
        goes = note.visibility == "panel" or (note.visibility == "shared" and audience == "mentor")
        assert (marker in text) is (goes and skill not in held.notes)
    kept = [item.title for item in given_.evidence if item.id not in held.evidence]
    assert [item.title for item in packet.assessment.evidence] == kept
    ids = {item.id for item in packet.assessment.evidence}
    assert len(ids) == len(kept)
    assert all(set(p.evidence) <= ids for p in packet.assessment.case.values())
    assert packet.ratings_sha256 == ratings_hash(given_)
    for marker in ("RECORD-ID", "STRANGE", "PRIVATE"):
        assert marker not in text


@settings(max_examples=12, deadline=None)
@given(chosen())
def test_whatever_is_chosen_that_and_no_more_crosses(example: tuple[Assessment, Any, Held]):
    """Notes by who may read them, items not held back, citations of those alone."""
    holds(*example)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(chosen())
def test_a_thousand_times_no_more_crosses(example: tuple[Assessment, Any, Held]):
    """The same claims, a thousand times."""
    holds(*example)
