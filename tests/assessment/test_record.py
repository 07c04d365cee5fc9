"""The record: answers and figures about the role guide, checked, kept, and taken back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from skillmatrix.assessment import (
    Assessment,
    as_data,
    assessment_from,
    assessment_schema,
    lock,
    read_assessment,
    write_assessment,
)
from skillmatrix.assessment.record import MOST_ENTRIES
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework import Framework, load_framework
from skillmatrix.scoring import verdict
from tests.assessment.test_events import told, undone
from tests.assessment.test_round_trip import FW, texts
from tests.conftest import LOCKED_AT, MINI, assess, content, filled, proof

GENERAL = Draft202012Validator(assessment_schema())
EXACT = Draft202012Validator(assessment_schema(FW))

ANSWER = {"id": "r-resp-roadmap", "item": "resp-roadmap", "answer": "own", "date": "2026-02-01"}
REACHED = {"id": "m", "item": "goal-90-ship", "answer": "reached", "date": "2025-04-30"}
NOTE = {"id": "n", "item": "tool-mlflow", "text": "Only for one project."}
READING = {
    "id": "q3",
    "item": "kpi-mttr",
    "value": 3.5,
    "unit": "h",
    "date": "2026-09-30",
    "source": "incident log",
    "own_part": "I wrote the runbook.",
    "other_causes": "A second person on call.",
}


def good(fw: Framework) -> dict[str, Any]:
    """Give a file that can be read, with an entry of each form, to break."""
    return content(fw, {"mlops": 3}, record=[dict(e) for e in (ANSWER, REACHED, NOTE, READING)])


def problems(data: dict[str, Any], framework: Framework | None = None) -> tuple[Problem, ...]:
    """Give what is wrong with a content."""
    with pytest.raises(AssessmentError) as caught:
        assessment_from(data, framework=framework)
    return caught.value.problems


def test_each_form_of_entry_is_read_and_both_schemas_take_it(fw: Framework):
    """An answer with its day, a note alone, and a figure with its source are an assessment."""
    made = assessment_from(good(fw))

    assert [entry.id for entry in made.record] == ["r-resp-roadmap", "m", "n", "q3"]
    assert (made.record[2].answer, made.record[3].value) == (None, 3.5)
    assert [list(v.iter_errors(good(fw))) for v in (GENERAL, EXACT)] == [[], []]


def _put(number: int, **fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["record"][number].update(fields)


def _drop(number: int, key: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["record"][number].pop(key)


#: What is changed, then the place, and what finding, expectation and remedy have to say.
BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "unknown item": (_put(0, item="resp-roadmapp"), "record[0] > item", "mean 'resp-roadmap'?"),
    "a skill": (_put(0, item="mlops"), "record[0] > item", "no block asks about its kind"),
    "kind without a block": (_put(0, item="act-guild"), "record[0] > item", "no block asks"),
    "unknown answer": (_put(0, answer="owned"), "record[0] > answer", "did you mean 'own'?"),
    "no answer, no words": (_put(2, text=" "), "record[2]", "an answer, or a note"),
    "no date where asked": (_drop(1, "date"), "record[1] > date", "choose another answer than"),
    "date to come": (_put(1, date="2026-11-21"), "record[1] > date", "up to 2026-11-20"),
    "no such day": (_put(1, date="2026-02-30"), "record[1] > date", "a day that exists"),
    "unit of an answer": (_put(0, unit="h"), "record[0] > unit", "belongs to a reading"),
    "answer and value": (_put(3, answer="own"), "record[3] > answer", "not both"),
    "reading on no KPI": (_put(3, item="resp-roadmap"), "record[3] > value", "for KPIs only"),
    "KPI without a value": (
        lambda d: d["record"].append({"id": "x", "item": "kpi-mttd", "text": "?"}),
        "record[4] > value",
        "this is for readings",
    ),
    "reading without date": (_drop(3, "date"), "record[3] > date", "the day of the reading"),
    "reading without unit": (_put(3, unit=" "), "record[3] > unit", "such as hours"),
    "reading without source": (_drop(3, "source"), "record[3] > source", "comes from"),
    "value as text": (_put(3, value="3.5"), "record[3] > value", "without quotes"),
    "value true": (_put(3, value=True), "record[3] > value", "a number"),
    "value beyond bounds": (_put(3, value=1e16), "record[3] > value", "between -1e+15 and"),
    "long unit": (_put(3, unit="x" * 61), "record[3] > unit", "at most 60 characters"),
    "unit on two lines": (_put(3, unit="h\nx"), "record[3] > unit", "text on one line"),
    "id twice": (_put(2, id="m"), "record[2] > id", "each id once"),
    "two answers for one item": (
        lambda d: d["record"].append({**ANSWER, "id": "again"}),
        "record[4] > item",
        "answered in record[0] already",
    ),
    "record as object": (lambda d: d.update(record={}), "record", "an array"),
}
#: Rules that JSON Schema cannot say: two places compared, or a day looked up in the calendar.
BEYOND = {"date to come", "no such day", "id twice", "two answers for one item"}
BEYOND |= {"unit on two lines"}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_named_with_its_place(name: str, fw: Framework):
    """One mistake gives one problem: where, what was found and expected, what to do."""
    change, where, words = BROKEN[name]
    data = good(fw)
    change(data)
    (problem,) = problems(data)

    assert problem.where == where
    assert words in str(problem)
    assert EXACT.is_valid(data) == (name in BEYOND)


def test_everything_wrong_is_said_at_once_at_the_place_of_the_file(fw: Framework):
    """An entry of the wrong shape does not hide, or move, what is wrong with those after it."""
    data = good(fw)
    data["record"][0]["date"] = "1 February"
    data["record"][1]["answer"] = "done"
    data["record"][3]["source"] = ""
    data["evidence"] = [{"id": "e"}]

    places = {problem.where for problem in problems(data)}
    assert places >= {"record[0] > date", "record[1] > answer", "record[3] > source"}
    assert {place.partition(" ")[0] for place in places} == {
        "record[0]",
        "record[1]",
        "record[3]",
        "evidence[0]",
    }


def test_the_line_of_the_file_is_named(tmp_path: Path, fw: Framework):
    """Whoever wrote the file by hand finds the entry."""
    data = good(fw)
    data["record"][3]["unit"] = ""
    file = tmp_path / "ana.assessment.json"
    file.write_text(json.dumps(data, indent=1), encoding="utf-8")
    with pytest.raises(AssessmentError) as caught:
        read_assessment(file)

    (problem,) = caught.value.problems
    assert '"unit": ""' in file.read_text(encoding="utf-8").splitlines()[(problem.line or 0) - 1]


def test_a_ladder_that_asks_nothing_takes_no_entry(tmp_path: Path):
    """Without a file record.yaml there is no place for an entry."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    (folder / "record.yaml").unlink()
    bare = load_framework(folder)
    mine = [{"id": "a", "item": "resp-desk", "answer": "mine"}]
    (problem,) = problems(content(bare, {}, record=mine, aim={"profile": "head-librarian"}), bare)

    assert bare.record == {}
    assert problem.remedy == "this framework asks for no record"


def test_too_many_entries_are_one_problem(fw: Framework):
    """20,000 entries can be read; one more cannot."""
    many = [{**READING, "id": f"r{n}"} for n in range(MOST_ENTRIES)]

    assert len(assess(fw, {}, record=many).record) == MOST_ENTRIES
    (problem,) = problems(content(fw, {}, record=[*many, READING]))
    assert (problem.where, problem.found) == ("record", "20,001 entries")


readings = st.fixed_dictionaries(
    {
        "item": st.sampled_from(["kpi-mttr", "kpi-guardrails"]),
        "value": st.integers(-(10**15), 10**15)
        | st.floats(-1e15, 1e15, allow_nan=False).map(lambda v: v + 0.0),
        "unit": st.sampled_from(["h", "%", "ms (p95)"]),
        "date": st.dates().filter(lambda d: str(d) <= "2026-11-20").map(str),
        "source": texts.filter(lambda t: t.strip() and t.isprintable()),
        "own_part": texts,
        "other_causes": texts,
        "text": texts,
    }
)
answers = st.fixed_dictionaries(
    {"item": st.just("resp-roadmap"), "answer": st.sampled_from(["own", "not-mine"]), "text": texts}
)


@given(st.lists(readings, max_size=3), st.lists(answers, max_size=1))
def test_written_then_read_is_the_same(figures: list[dict[str, Any]], told: list[dict[str, Any]]):
    """Export then import keeps every entry as it was typed, and keys nobody knows."""
    record = [{**e, "id": f"x{n}", "x-y": None} for n, e in enumerate([*figures, *told])]
    made = assessment_from(content(FW, {}, record=record), framework=FW)

    written = json.loads(json.dumps(as_data(made)))
    assert assessment_from(written, framework=FW) == made
    kept = zip(record, written["record"], strict=True)
    assert all(after.get(key, "") == before[key] for before, after in kept for key in before)
    assert all("" not in after.values() for after in written["record"])


def test_what_is_recorded_stays_with_the_draft(fw: Framework, tmp_path: Path):
    """A locked file carries evidence and no record, like private notes; the draft keeps it."""
    item = proof("E1", "mlops", record="q3")
    draft = assessment_from({**good(fw), "evidence": filled([item])})
    closed = lock(draft, LOCKED_AT)
    write_assessment(closed, tmp_path / "a.assessment.json")

    assert (len(draft.record), closed.record) == (4, ())
    assert read_assessment(tmp_path / "a.assessment.json").evidence[0].record == "q3"


def test_nothing_recorded_changes_a_verdict(fw: Framework):
    """Every KPI read and every milestone reached: the verdict is the same, word for word."""
    items = {name: entry.kind for name, entry in fw.items.items()}
    record = [
        {**READING, "id": name, "item": name} for name, kind in items.items() if kind == "kpi"
    ]
    record += [
        {**REACHED, "id": name, "item": name} for name, kind in items.items() if kind == "milestone"
    ]
    levels = {"mlops": 4, "python": 3}
    bare, full = assess(fw, levels), assess(fw, levels, record=record)

    assert len(full.record) == 44
    profile = fw.profile("senior")
    assert verdict(full, profile).explain() == verdict(bare, profile).explain()


def entry(**fields: Any) -> dict[str, Any]:
    """Give the payload of an event: an entry without its id."""
    return {key: value for key, value in fields.items() if key != "id"}


def figures(made: Assessment) -> dict[str, Any]:
    """Give the figures by the id of their entry."""
    return {e.id: e.value for e in made.record}


FILE = {"filename": "a.csv", "entries": [READING, {**READING, "id": "q2", "value": 5}]}


def test_the_latest_event_about_an_entry_holds():
    """An answer is changed, a reading is taken out, and the order of entries stays."""
    made, done = told(
        ("record", "r-resp-roadmap", entry(**ANSWER)),
        ("record", "q3", entry(**READING)),
        ("record", "r-resp-roadmap", entry(**{**ANSWER, "answer": "share"})),
        ("record", "n", entry(**NOTE)),
        ("record", "n", None),
    )

    assert [(e.id, e.answer) for e in made.record] == [("r-resp-roadmap", "share"), ("q3", None)]
    assert done.undo.id == "5"


def test_a_file_of_readings_is_one_change():
    """One undo takes a whole file back, and one redo brings it again."""
    steps = [("record", "q1", entry(**READING)), ("readings", "i1", FILE)]
    once, _ = told(*steps)
    without, done = told(*steps, undone(2))
    again, _ = told(*steps, undone(2), ("redo", "2", None))

    assert figures(once) == {"q1": 3.5, "q3": 3.5, "q2": 5}
    assert (figures(without), done.redo.id) == ({"q1": 3.5}, "2")
    assert figures(again) == figures(once)


def test_an_imported_reading_can_be_changed_and_taken_out():
    """A later event about one reading of a file wins over the file, also after a redo of it."""
    steps = [
        ("readings", "i1", FILE),
        ("record", "q3", entry(**{**READING, "value": 4})),
        ("record", "q2", None),
    ]
    made, _ = told(*steps)
    redone, _ = told(*steps, undone(1), ("redo", "1", None))
    earlier, _ = told(("record", "q3", entry(**{**READING, "value": 9})), *steps)

    assert figures(made) == figures(redone) == figures(earlier) == {"q3": 4}


def test_what_a_file_brought_can_be_changed():
    """Entries of an imported assessment are the ground that events are laid over."""
    brought = {"record": [dict(ANSWER), dict(READING)]}
    made, _ = told(("import", "", brought), ("record", "q3", None))

    assert [e.id for e in made.record] == ["r-resp-roadmap"]
    assert [e.id for e in told(("import", "", brought))[0].record] == ["r-resp-roadmap", "q3"]
