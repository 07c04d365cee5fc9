"""The report as a workbook, read back: types hold, and text stays text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from skillmatrix.framework import Framework
from skillmatrix.reports import AUDIENCES, write_report
from tests.reports.conftest import Made


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def packed(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def xlsx(made: Made, audience: str = "myself", **other: object) -> bytes:
    return write_report(made(audience, **other), "xlsx").content


def test_levels_are_numbers_and_days_are_days(made: Made):
    """A level can be compared and a day sorted; what is not known is an empty cell."""
    book = sheets(xlsx(made))

    head, *rows = book["Skills"]
    skills = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert skills["MLOps"]["Claimed"] == 4
    assert skills["MLOps"]["Bar"] == 4
    assert skills["Streaming features"]["Claimed"] == ""
    head, *rows = book["Evidence"]
    assert [row[head.index("Date")] for row in rows] == [
        dt.date(2026, 10, 20),
        dt.date(2024, 1, 31),
    ]
    head, *rows = book["Actions"]
    assert [row[head.index("Due")] for row in rows] == [
        dt.date(2026, 11, 19),
        dt.date(2026, 11, 20),
        "",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "1", "https://a.example", "{=1}"]
)
def test_a_text_is_never_a_formula_a_link_or_a_number(made: Made, text: str):
    """Whatever a note begins with, it is the text that was typed."""
    content = xlsx(made, notes={"mlops": {"text": text, "visibility": "panel"}})

    assert sheets(content)["Notes"][1] == ["MLOps", "for the panel", text]
    files = packed(content)
    assert not [name for name, text in files.items() if re.search(r"<f[ >]|<hyperlink", text)]


def test_what_no_cell_can_hold_does_not_break_the_file(made: Made):
    """Control characters, text that looks like an escape, a day before the calendar begins."""
    note = {"text": "a\x01b _x0041_ \uffff line\nnext", "visibility": "panel"}
    actions = [{"id": "a1", "text": "Long ago", "due": "1850-01-01"}]

    book = sheets(xlsx(made, notes={"mlops": note}, plan={"mlops": {"actions": actions}}))

    assert book["Notes"][1][2] == "ab _x0041_  line\nnext"
    assert book["Actions"][1][2] == "1850-01-01"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_skill_and_every_part_is_named(made: Made, fw: Framework, audience: str):
    """Whatever the verdict looks at stands in the workbook."""
    told = made(audience)
    book = sheets(write_report(told, "xlsx").content)

    assert [row[0] for row in book["Skills"][1:]] == [s.title for s in told.skills]
    assert {row[0] for row in book["Skills"][1:]} == {s.title for s in fw.skills.values()}
    assert [(row[3], row[5]) for row in book["Criteria"][1:]] == [
        (part.title, part.state) for card in told.criteria for part in card.parts
    ]


def test_each_table_can_be_filtered_and_keeps_its_head_in_view(made: Made):
    """All but the first sheet and the chart: head frozen and repeated on paper, a filter."""
    files = packed(xlsx(made))

    pages = [text for name, text in files.items() if re.search(r"sheet\d+\.xml$", name)]
    tables = len(pages) - 2
    assert sum("<autoFilter" in text and 'state="frozen"' in text for text in pages) == tables >= 9
    assert all('fitToPage="1"' in text for text in pages)
    assert files["xl/workbook.xml"].count("_xlnm.Print_Titles") == tables


def test_sheets_without_a_row_are_not_there(made: Made):
    """A version that holds no plan and no record has no sheet of that name."""
    book = sheets(xlsx(made, "calibration"))

    assert not {"Plan", "Actions", "Record"} & set(book)
    assert [row[0] for row in book["Summary"] if row[0] == "Decided by"] == ["Decided by"]


def test_the_properties_name_nobody(made: Made):
    """Title, version and the day of the report; no author, no machine."""
    files = packed(xlsx(made, "calibration"))

    said = files["docProps/core.xml"] + files["docProps/app.xml"]
    assert "For calibration" in said
    assert "2026-11-20T00:00:00Z" in said
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy|Company|Manager)>[^<]", said)
