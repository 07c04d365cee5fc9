"""What is written can be read: the same assessment, and nothing of it lost."""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatrix.assessment import (
    STATES,
    Assessment,
    as_data,
    assessment_from,
    content_hash,
    lock,
    read_assessment,
    write_assessment,
)
from skillmatrix.errors import AssessmentError
from skillmatrix.framework import Framework, load_framework
from tests.conftest import LOCKED_AT, assess, content, filled, proof

FW = load_framework("ml-specialist")
EXAMPLE = Path(__file__).parent / "example.assessment.json"

same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
titles = texts.filter(bool)
shown = texts.filter(lambda text: bool(text.strip()))
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
skills = st.sampled_from(list(FW.skills))
own_states = [name for name, state in STATES.items() if "self" in state.raters]
ratings = st.dictionaries(skills, st.integers(0, 5) | st.sampled_from(own_states))
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(texts, part, max_size=3),
    max_leaves=6,
)
unknown = st.dictionaries(texts.map(lambda t: f"x-{t}"), plain, max_size=2)
times = st.datetimes(
    dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC)
).map(lambda t: t.isoformat())


@st.composite
def items(draw: st.DrawFn) -> dict[str, object]:
    """Draw a piece of evidence that shows what its strength needs."""
    item = proof(draw(st.sampled_from(["E0", "E1", "E2", "E3", "E4"])), id="later")
    item = filled([item])[0]
    for key in ("description", "artefact", "confirmed_by", "measure", "method"):
        if key in item:
            item[key] = draw(shown)
    return {
        **item,
        "title": draw(titles),
        "date": str(draw(st.dates(dt.date(1990, 1, 1), dt.date(2026, 11, 20)))),
        "skills": draw(st.lists(skills, max_size=3)),
        "types": draw(st.lists(st.sampled_from(list(FW.evidence_types)), max_size=2)),
        "confirmed_function": draw(st.sampled_from([None, *FW.functions])),
        "outside_team": draw(st.booleans()),
        **draw(unknown),
    }


@st.composite
def contents(draw: st.DrawFn) -> dict[str, object]:
    """Draw the content of a file, with keys nobody knows at every level."""
    evidence = draw(st.lists(items(), max_size=3))
    for number, item in enumerate(evidence):
        item["id"] = f"item.{number}"
    note = st.fixed_dictionaries(
        {"text": texts, "visibility": st.sampled_from(["private", "shared", "panel"])}
    )
    return {
        **content(FW, draw(ratings)),
        "person": {"code": "ana-0", "name": draw(st.just("") | titles), **draw(unknown)},
        "rater": {"kind": "self", **draw(unknown)},
        "aim": {
            "profile": draw(st.sampled_from(list(FW.profiles))),
            "switches": draw(
                st.dictionaries(st.sampled_from(list(FW.switches)), st.none() | st.booleans())
            ),
            "absence_months": draw(st.integers(0, 120)),
            **draw(unknown),
        },
        "evidence": evidence,
        "notes": {
            skill: {**draw(note), **draw(unknown)} for skill in draw(st.sets(skills, max_size=3))
        },
        "no_more_evidence": draw(
            st.lists(st.sampled_from(["p1-effect", "p5-sharing"]), unique=True)
        ),
        "created_at": draw(times),
        **draw(unknown),
    }


def person_is_not_her_own_witness(data: dict[str, object]) -> bool:
    """Say whether nobody confirms evidence of her own, which the reader refuses."""
    names = {"ana-0", data["person"]["name"].strip().casefold()}
    return not any(i.get("confirmed_by", "").strip().casefold() in names for i in data["evidence"])


files = contents().filter(person_is_not_her_own_witness)


@same_folder
@given(files)
def test_written_then_read_is_the_same(tmp_path: Path, data: dict[str, object]):
    """Export then import is the identity, unknown keys included."""
    made = assessment_from(data, framework=FW)

    write_assessment(made, tmp_path / "a.assessment.json")
    again = read_assessment(tmp_path / "a.assessment.json", FW)
    assert again == made
    assert as_data(again) == as_data(made)
    assert content_hash(again) == content_hash(made)


@given(files)
def test_every_key_that_nobody_knows_is_kept(data: dict[str, object]):
    """Keys of other programs survive at each level: file, person, rater, aim, evidence, notes."""
    written = as_data(assessment_from(data, framework=FW))
    pairs = [(data, written)] + [(data[key], written[key]) for key in ("person", "rater", "aim")]
    pairs += zip(data["evidence"], written["evidence"], strict=True)
    pairs += [(data["notes"][skill], written["notes"][skill]) for skill in data["notes"]]

    for before, after in pairs:
        ours = {key: value for key, value in before.items() if key.startswith("x-")}
        assert {key: value for key, value in after.items() if key.startswith("x-")} == ours


@same_folder
@given(files)
def test_a_locked_file_is_read_back_and_holds_no_private_note(
    tmp_path: Path, data: dict[str, object]
):
    """Lock, write, read: the hash still fits, and every private note is gone."""
    closed = lock(assessment_from(data, framework=FW), LOCKED_AT)

    write_assessment(closed, tmp_path / "a.assessment.json")
    again = read_assessment(tmp_path / "a.assessment.json", FW)
    assert again == closed
    assert (again.status, again.locked_at, again.sha256) == (
        "locked",
        LOCKED_AT,
        content_hash(again),
    )
    assert set(again.notes) == {
        skill for skill, note in data["notes"].items() if note["visibility"] != "private"
    }


def test_the_hash_does_not_hang_on_the_order_of_keys():
    """Canonical JSON: the same content in another order has the same hash."""
    data = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    backwards = {key: data[key] for key in reversed(data)}
    backwards["ratings"] = {key: data["ratings"][key] for key in reversed(data["ratings"])}

    assert content_hash(assessment_from(backwards)) == content_hash(assessment_from(data))


def test_the_hash_is_the_one_of_the_published_recipe():
    """Anybody can recompute it: SHA-256 of sorted, compact UTF-8 JSON without the hash."""
    closed = lock(read_assessment(EXAMPLE), LOCKED_AT)
    data = {key: value for key, value in as_data(closed).items() if key != "sha256"}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert closed.sha256 == hashlib.sha256(text.encode()).hexdigest()


def _leaves(data: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in _leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for n, value in enumerate(data) for leaf in _leaves(value, (*path, n))]
    return [path]


def _changed(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value is not True
    if isinstance(value, int):
        return value ^ 1
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


CLOSED = as_data(lock(read_assessment(EXAMPLE), LOCKED_AT))


@pytest.mark.parametrize("path", _leaves(CLOSED), ids=lambda p: ".".join(map(str, p)))
def test_one_flipped_bit_of_a_locked_file_is_noticed(path: tuple[object, ...], tmp_path: Path):
    """Whatever single value is changed after the lock, the file is refused."""
    data = json.loads(json.dumps(CLOSED))
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = _changed(part[path[-1]])
    file = tmp_path / "a.assessment.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(AssessmentError):
        read_assessment(file)


def test_the_example_reads_as_it_stands():
    """The hand-written example says what it says: levels, words, and nothing for the rest."""
    example = read_assessment(EXAMPLE)

    assert example.rating("python").level == 4
    assert example.rating("ranking").level == 0
    assert example.rating("causal-inference").state == "DECLINED"
    assert example.rating("containers").state == "UNRATED"
    assert example.aim.switches["llm-features"] is None
    assert as_data(example)["planning_round"] == {"name": "autumn", "due": None}


def test_a_file_is_made_for_diffs(tmp_path: Path):
    """One value a line, letters as they are, a newline at the end."""
    file = tmp_path / "a.assessment.json"
    made = assess(FW, {"mlops": 3}, notes={"mlops": {"text": "Prüfung ≥ 3"}})
    write_assessment(made, file)
    text = file.read_text(encoding="utf-8")

    assert '    "mlops": 3\n' in text
    assert "Prüfung ≥ 3" in text
    assert text.endswith("}\n")


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch):
    """All or nothing: when the disk fails, the earlier file is still whole."""
    file = tmp_path / "a.assessment.json"
    write_assessment(assess(FW, {"mlops": 3}), file)
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_assessment(assess(FW, {"mlops": 4}), file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_locking_keeps_the_draft_as_it_was():
    """Lock gives a new assessment; the draft has its notes and no hash."""
    draft = read_assessment(EXAMPLE)
    closed = lock(draft, LOCKED_AT)

    assert (draft.status, draft.sha256, set(draft.notes)) == ("draft", None, {"mlops", "python"})
    assert set(closed.notes) == {"python"}


def test_the_time_of_a_lock_is_kept_in_utc():
    """A lock at noon two hours east is a lock at ten in UTC."""
    noon = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))

    assert as_data(lock(read_assessment(EXAMPLE), noon))["locked_at"] == "2026-11-20T10:00:00+00:00"


def test_absence_of_a_rating_is_a_word_and_never_a_number(fw: Framework):
    """A state is saved as its word; a skill left out stays out and is UNRATED."""
    made = assess(fw, {"mlops": "DECLINED", "python": 0})
    written = as_data(made)["ratings"]

    assert written == {"mlops": "DECLINED", "python": 0}
    assert made.rating("core-ml").value == "UNRATED"


def test_an_assessment_does_not_change(fw: Framework):
    """Neither its fields nor its ratings can be written to, before or after a lock."""
    for made in (assess(fw, {"mlops": 3}), assess(fw, {"mlops": 3}, locked=True)):
        assert isinstance(made, Assessment)
        with pytest.raises(Exception, match="frozen"):
            made.status = "draft"
        with pytest.raises(TypeError, match="does not change"):
            made.ratings["mlops"] = 4


def test_a_field_added_later_does_not_break_an_earlier_lock():
    """A file locked before a field existed reads as it was, hash and all, and is so written."""
    closed = lock(read_assessment(EXAMPLE), LOCKED_AT)
    earlier = as_data(closed)
    del earlier["gap_below"], earlier["sha256"]
    text = json.dumps(earlier, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    earlier["sha256"] = hashlib.sha256(text.encode()).hexdigest()

    again = assessment_from(earlier)

    assert again.gap_below == ()
    assert as_data(again) == earlier
