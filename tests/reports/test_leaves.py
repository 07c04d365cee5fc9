"""What leaves: no word that was to stay is in any byte of a report for somebody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatrix.assessment import Assessment, Evidence
from skillmatrix.assessment.share import Held
from skillmatrix.framework import Profile
from skillmatrix.reports import FORMATS, Format, report, write_report
from tests.conftest import filled, proof
from tests.reports.conftest import TODAY, Person
from tests.reports.reading import everything

words = st.lists(
    st.text("bcdfghjklmnpqrstvwxz", min_size=12, max_size=16), min_size=8, max_size=8, unique=True
)


def hidden(person: Person, marks: list[str]) -> Assessment:
    """Make a person who has written a word of her own into every place that has one."""
    private, recorded, source, key, shared, planned, past, name = marks
    made = person(
        private=private,
        notes={
            "mlops": {"text": f"{private} doubts", "visibility": "private"},
            "python": {"text": shared, "visibility": "shared"},
            "core-ml": {"text": "PANEL", "visibility": "panel", f"x-{key}": key},
        },
        record=[{"id": f"r-{recorded}", "text": f"{recorded} {source}"}],
        plan={"mlops": {"past_step": past, "actions": [{"id": "a", "text": planned}]}},
        person={"code": "p-7", "name": name},
        **{f"k-{key}": {"deep": [key]}},
    )
    item = made.evidence[0].model_copy(update={"record": f"r-{recorded}", key: key})
    return made.model_copy(update={"evidence": (item, *made.evidence[1:])})


def found(content: bytes, kind: Format, marks: list[str]) -> list[str]:
    """Give the words that are somewhere in a file, in any case."""
    read = everything(content, kind).casefold()
    return [mark for mark in marks if mark.casefold() in read]


def written(made: Assessment, senior: Profile, audience: Any, kind: Format, **more: Any) -> bytes:
    """Write a report; without its charts, which are drawn from levels alone."""
    told = report(made, senior, audience, today=TODAY, **more)
    return write_report(replace(told, charts=()), kind).content


def check(person: Person, senior: Profile, marks: list[str], kind: Format) -> None:
    """Write the two versions that leave, and look for every word that was to stay."""
    made = hidden(person, marks)
    private, recorded, source, key, shared, planned, past, name = marks
    stays = [private, recorded, source, key]

    assert found(written(made, senior, "mentor", kind), kind, stays) == []
    stays += [shared, planned, past, name]
    assert found(written(made, senior, "calibration", kind), kind, stays) == []


@settings(max_examples=4)
@given(words)
def test_what_stays_is_in_no_byte(person: Person, senior: Profile, marks: list[str]):
    """HTML and XLSX, unpacked: no private note, no record, no unknown key; of a session no name."""
    check(person, senior, marks, "html")
    check(person, senior, marks, "xlsx")


@settings(max_examples=1)
@given(words)
def test_what_stays_is_in_no_byte_of_a_pdf(person: Person, senior: Profile, marks: list[str]):
    """Text, metadata, and every stream unpacked."""
    check(person, senior, marks, "pdf")


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=20)
@given(words)
def test_whatever_the_words_are(person: Person, senior: Profile, kind: Format, marks: list[str]):
    """The same for many words, format by format."""
    check(person, senior, marks, kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_looked_for_would_be_found(person: Person, senior: Profile, kind: Format):
    """The version for oneself holds every word there is: the search above can fail."""
    marks = ["bcdfghjkl", "cdfghjklm", "dfghjklmn", "fghjklmnp", "ghjklmnpq", "hjklmnpqr",
             "jklmnpqrs", "klmnpqrst"]  # fmt: skip
    content = written(hidden(person, marks), senior, "myself", kind)

    # An unknown key is nothing a person typed: it stays in the assessment file.
    assert found(content, kind, marks) == [mark for mark in marks if mark != marks[3]]


def test_an_earlier_round_brings_nothing_along(person: Person, senior: Profile):
    """Of the round before, too, only what the reader gets is looked at; what is gone is gone."""
    marks = ["bcdfghjkl", "cdfghjklm", "dfghjklmn", "fghjklmnp", "ghjklmnpq", "hjklmnpqr",
             "jklmnpqrs", "klmnpqrst"]  # fmt: skip
    gone = proof("E3", "mlops", id="e7", title="TAKENOUT", artefact="TAKENOUT")
    reworded = proof("E3", "mlops", id="e1", title="OLDWORDS", date="2023-01-01")
    kept = proof("E3", "python", id="e8", title="HELDBACK")
    before = hidden(person, marks)
    earlier = before.model_copy(
        update={
            "as_of": dt.date(2024, 12, 31),
            "evidence": tuple(Evidence.model_validate(i) for i in filled([gone, reworded, kept])),
        }
    )
    now = person(notes={}, record=[], plan={}, case={}, ratings={"mlops": 2})
    held = {"calibration": Held(evidence=frozenset({"e8"}))}

    content = written(now, senior, "calibration", "html", since=earlier, held=held)

    assert b"1 item of evidence taken out." in content
    assert found(content, "html", [*marks, "TAKENOUT", "OLDWORDS", "HELDBACK"]) == []


def test_the_name_of_the_file_says_the_code(person: Person, senior: Profile):
    """A file lies in folders that others see: the name of the person is not in its name."""
    made = write_report(report(person(), senior, "mentor", today=TODAY), "html")

    assert made.name == "p-7-2026-11-20-for-mentor.html"
