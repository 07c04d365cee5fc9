"""Workbooks: typed cells out; nothing hostile in."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from skillmatrix.assessment import Assessment
from skillmatrix.exchange import Choices, export, preview
from skillmatrix.exchange.xlsx_read import read_book
from tests.conftest import assess
from tests.exchange.draws import FW

TODAY = dt.date(2026, 11, 20)
ITEM = {"strength": "E2", "skills": ["mlops"], "date": "2026-01-31", "title": "=1+1"}
EFFORT = {"level": 3, "optimistic": 1, "likely": 2.5, "pessimistic": 9}


def made() -> Assessment:
    """Make an assessment with a value of each type."""
    return assess(
        FW,
        {"mlops": 3, "python": "DECLINED", "core-ml": 0},
        evidence=[ITEM, {**ITEM, "id": "old", "date": "1899-12-31"}],
        notes={"mlops": {"text": '=HYPERLINK("http://x")\r\nline two'}},
        plan={"mlops": {"opportunity": False, "effort": [EFFORT]}},
        aim={"profile": "senior", "switches": {"regulated": None, "containers": True}},
    )


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """Read every sheet as a spreadsheet would."""
    return dict(read_book(data, "the test").sheets)


def book(*tables: list[list[Any]], **options: Any) -> bytes:
    """Make a workbook of somebody else's: a sheet for each table."""
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, **options})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, dt.datetime(*cell.timetuple()[:3]), day)
                else:
                    sheet.write(row, column, cell)
    workbook.close()
    return out.getvalue()


def look(data: bytes, **told: Any) -> Any:
    """Preview a file as of a fixed day."""
    return preview(data, FW, Choices(**told) if told else None, as_of=TODAY)


def test_cells_have_types():
    """Levels are numbers, dates are dates, answers are booleans, texts are texts."""
    found = sheets(export(made(), FW, "xlsx")[1])
    rated = {row[0]: row for row in found["Ratings"]}
    head = found["Evidence"][0]

    assert rated["mlops"][3:] == [3.0, "", "Independent"]
    assert rated["python"][3:] == ["", "DECLINED", ""]
    assert rated["core-ml"][3] == 0.0
    assert rated["containers"][3:] == ["", "", ""]
    assert found["Evidence"][1][head.index("date")] == dt.date(2026, 1, 31)
    assert found["Evidence"][2][head.index("date")] == "1899-12-31"
    assert found["Evidence"][1][head.index("outside team")] is False
    assert ["switches", "regulated", "answer", "not decided"] in found["Aim"]
    assert [row[:1] + row[2:] for row in found["Efforts"][1:]] == [["mlops/1", 3.0, 1.0, 2.5, 9.0]]


def test_a_workbook_holds_no_formula_and_no_link():
    """Whatever a text begins with, it stays a text."""
    data = export(made(), FW, "xlsx")[1]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist())

    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert sheets(data)["Notes"][1][2] == '=HYPERLINK("http://x")\r\nline two'


def test_every_sheet_keeps_its_header_in_view_and_has_filters():
    """Frozen header, filters, and a list of levels to choose from."""
    data = export(made(), FW, "xlsx")[1]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = [parts.read(name).decode() for name in names]

    assert len(names) == 7
    assert all('state="frozen"' in text and "<autoFilter" in text for text in texts)
    assert "<dataValidation" in texts[0]


def test_the_same_content_is_the_same_file():
    """Nothing of the clock gets into a workbook."""
    assert export(made(), FW, "xlsx") == export(made(), FW, "xlsx")


def test_a_workbook_edited_in_a_spreadsheet_is_read_with_the_changes():
    """A level filled in, a row of another order, a column of one's own: all of it is seen."""
    table = sheets(export(made(), FW, "xlsx")[1])
    rows = table["Ratings"]
    rows[5][3] = 4.0
    table["Ratings"] = [rows[0], *reversed(rows[1:])]
    table["Ratings"][0] = [*rows[0], "my mark"]
    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    for name, cells in table.items():
        sheet = workbook.add_worksheet(name)
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if isinstance(value, dt.date):
                    sheet.write_string(row, column, value.isoformat())
                elif value != "":
                    write = sheet.write_string if isinstance(value, str) else sheet.write
                    write(row, column, value)
    workbook.close()
    found = look(out.getvalue())

    assert found.refused == ()
    assert found.assessments[0].rating(rows[5][0]).level == 4
    assert found.assessments[0].evidence == made().evidence
    assert found.notes == ("The column 'my_mark' of the sheet 'Ratings' is not read.",)


def test_a_table_in_a_workbook_is_found_on_its_sheet():
    """The sheet with ratings is read, the others are named; a title above the header is told."""
    cover = [["Team matrix"], ["of 2026"]]
    table = [
        ["Skills of the team"],
        [],
        ["Skill", "Ana", "Bo"],
        ["MLOps", 3, 4.0],
        ["Python", 2.5, ""],
    ]
    found = look(book(cover, table))

    assert (found.sheet, found.sheets) == ("Sheet2", ("Sheet1", "Sheet2"))
    assert [(r.person, r.skill, r.value) for r in found.understood] == [
        ("Ana", "mlops", 3),
        ("Bo", "mlops", 4),
        ("Bo", "python", "UNRATED"),
    ]
    assert [(p.line, p.where, p.found) for p in found.refused] == [(5, "Ana > level", "'2.5'")]
    assert found.notes[:2] == (
        "The sheet 'Sheet2' is read; not read: 'Sheet1'.",
        "Row 1 above the header is not read.",
    )


def test_a_sheet_is_chosen_by_its_name():
    """And one that is not there is refused with the names that are."""
    data = book([["Skill", "Level"], ["MLOps", 1]], [["Skill", "Level"], ["MLOps", 2]])

    assert look(data, sheet="Sheet2").understood[0].value == 2
    assert look(data, sheet="Other").refused[0].expected == "one of 'Sheet1', 'Sheet2'"


def test_a_level_that_became_a_date_is_refused():
    """A spreadsheet that took 3-4 for a day is not believed."""
    (problem,) = look(book([["Skill", "Level"], ["MLOps", dt.date(2026, 4, 3)]])).refused

    assert problem.found == "a date or a time (2026-04-03)"
    assert problem.line == 2


def test_a_cell_far_away_is_refused_before_the_memory_is_full():
    """One cell in the last corner would need a table of seventeen thousand million cells."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["Skill"], ["Python"]]))) as parts,
        zipfile.ZipFile(out, "w") as changed,
    ):
        for name in parts.namelist():
            changed.writestr(name, parts.read(name).replace(b'r="A2" t', b'r="XFD1048576" t'))
    (problem,) = look(out.getvalue()).refused

    assert "1,048,576 rows and 16,384 columns" in problem.found


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch):
    """A small file may be large inside; it is refused by what it says, before it is unpacked."""
    monkeypatch.setattr("skillmatrix.exchange.xlsx_read.MOST_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<x/>")
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 2_100_000)
    (problem,) = look(out.getvalue()).refused

    assert problem.found == "2 MB when unpacked"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"PK\x03\x04 and no more", "a damaged workbook (File is not a zip file)"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old workbook (.xls), or one with a password"),
        (b"PK\x03\x04" + b"\0" * 20_000_001, "20 MB"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, found: str):
    """Damaged, locked, old, too large: said with what to do."""
    (problem,) = look(data).refused

    assert problem.found == found
    assert problem.expected


def test_damage_anywhere_is_said_and_never_raised():
    """Whichever byte of a workbook is wrong, the answer is an assessment or a problem."""
    data = export(made(), FW, "xlsx")[1]
    for place in range(0, len(data), len(data) // 60):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        found = look(broken)
        assert found.refused or found.assessments


@pytest.mark.slow
def test_it_survives_another_spreadsheet(tmp_path: Path):
    """Opened and saved by LibreOffice it is the same, but for its ends of line."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    file = tmp_path / "a.xlsx"
    file.write_bytes(export(made(), FW, "xlsx")[1])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [
        office,
        "--headless",
        profile,
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "out",
        file,
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    (again,) = look((tmp_path / "out" / "a.xlsx").read_bytes()).assessments

    note = made().notes["mlops"]
    changed = note.model_copy(update={"text": note.text.replace("\r\n", "\n")})
    assert again == made().model_copy(update={"notes": {"mlops": changed}})
