"""Our own files, changed by hand: taken whole or not at all, every fault with its line."""

from __future__ import annotations

import pytest

from skillmatrix.assessment import lock
from skillmatrix.exchange import Preview, export, preview
from tests.conftest import LOCKED_AT, assess
from tests.exchange.draws import FW

MADE = assess(
    FW,
    {"mlops": 3, "python": "DECLINED"},
    evidence=[{"strength": "E2", "skills": ["mlops"], "date": "2026-01-31"}],
    notes={"mlops": {"text": "one\ntwo"}},
)
TEXT = export(MADE, FW, "csv")[1].decode("utf-8-sig")


def look(text: str) -> Preview:
    """Preview a changed text."""
    return preview(text.encode(), FW)


def test_a_csv_is_one_row_a_field():
    """Section, id, field and value; what says nothing has no row."""
    lines = TEXT.split("\r\n")

    assert lines[0] == "section,id,field,value"
    assert "ratings,mlops,level,3" in lines
    assert "ratings,python,state,DECLINED" in lines
    assert "evidence,e1,skills,mlops" in lines
    assert not [line for line in lines if line.startswith("evidence,e1,measure")]


@pytest.mark.parametrize(
    ("before", "after", "where", "line"),
    [
        ("mlops,level,3", "mlops,level,three", "ratings > mlops > level", 11),
        ("mlops,level,3", "mlops,level,9", "ratings > mlops", None),
        ("ratings,mlops", "rating,mlops", "section", 11),
        ("mlops,level,3", "mlops,lvl,3", "field", 11),
        ("ratings,mlops,level,3", "ratings,mlops,level,3\r\nratings,mlops,level,4", "field", 12),
        ("mlops,level,3", "mlops,level,3\r\nratings,mlops,state,UNRATED", "ratings > mlops", 11),
        ("e1,skills,mlops", "e1,skills,mlop", "evidence[0] > skills[0]", None),
        ("e1,outside_team,no", "e1,outside_team,perhaps", "evidence > e1 > outside_team", None),
        ("ratings,mlops,level,3", "ratings,mlops,level", "the row", 11),
        ("ratings,mlops,level,3", 'ratings,mlops,level,"3', "the row", 11),
        ("format_version,1", "format_version,2", "format_version", None),
    ],
)
def test_a_fault_is_said_and_nothing_taken(before: str, after: str, where: str, line: int | None):
    """Each kind of slip, with its place."""
    assert before in TEXT
    found = look(TEXT.replace(before, after, 1))

    assert found.assessments == ()
    assert where in {problem.where for problem in found.refused}
    if line is not None:
        assert line in {problem.line for problem in found.refused}


def test_all_faults_are_said_at_once():
    """Two slips are two problems."""
    found = look(TEXT.replace("level,3", "level,x").replace("outside_team,no", "outside_team,x"))

    assert len(found.refused) == 2


def test_a_csv_saved_with_semicolons_is_still_ours():
    """Some spreadsheets write another mark between the cells."""
    rows = [line.replace(",", ";") for line in TEXT.split("\r\n")]

    assert look("\r\n".join(rows)).assessments == (MADE,)


def test_a_locked_file_that_was_changed_is_refused():
    """The hash of a locked assessment holds in every format."""
    closed = lock(MADE, LOCKED_AT)
    text = export(closed, FW, "csv")[1].decode("utf-8-sig")

    assert look(text).assessments == (closed,)
    changed = look(text.replace("mlops,level,3", "mlops,level,5"))
    assert [problem.where for problem in changed.refused] == ["sha256"]


def test_a_name_never_becomes_the_name_of_a_file():
    """The file is called by the code."""
    made = assess(FW, {}, person={"code": "a7k2", "name": "../Ana"})

    assert [export(made, FW, form)[0] for form in ("json", "csv", "xlsx", "wide")] == [
        "a7k2.assessment.json",
        "a7k2.assessment.csv",
        "a7k2.assessment.xlsx",
        "a7k2.ratings.csv",
    ]
