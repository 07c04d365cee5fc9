"""Filled sheets: three kinds of files, every problem at once, and empty is not wrong."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.errors import DataError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.retranslation import as_xlsx, collect, read_sorting, sorting_sheet, sorting_sheets
from skillmatrix.retranslation.draw import draw_of
from skillmatrix.retranslation.filled import files_in
from tests.retranslation.conftest import SEED, content, filled, typed_in

MADE = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def written(folder: Path, data: Any, name: str = "s1.sorting.json") -> Path:
    """Write a file as it is given."""
    file = folder / name
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return file


def told(file: Path, framework: Framework) -> list[str]:
    """Give where and what of every problem of a file."""
    with pytest.raises(DataError) as caught:
        read_sorting(file, framework)
    return [f"{p.where}: {p.found}" for p in caught.value.problems]


def test_a_sheet_comes_back_as_it_was_filled_in(mini: Framework, tmp_path: Path):
    """Numbers of items lead to anchors by the id of the sheet alone."""
    (file,) = filled(tmp_path, mini, 1)
    found = read_sorting(file, mini)
    stands = {
        a.id: (name, a.level.value) for name, s in mini.skills.items() for a in s.anchors.values()
    }

    assert found.answers
    assert {name: tuple(answer) for name, answer in found.answers.items()} == {
        name: place for name, place in stands.items() if place[1] > 1
    }


def test_empty_is_not_sorted_and_half_is_not_either(mini: Framework, tmp_path: Path):
    """Nothing is guessed of an item with one choice; none of these needs no level."""
    sheet = sorting_sheet(mini, SEED)
    data = content(sheet, mini)
    data["items"] = [
        {"item": 1, "skill": "cataloguing", "level": None},
        {"item": 2, "skill": None, "level": 3},
        {"item": 3, "skill": "-", "level": None},
        {"item": 4, "skill": "cataloguing", "level": 2},
        {"item": 5, "skill": None, "level": None},
    ]
    anchors = [anchor.id for _, anchor in draw_of(sheet.id, mini).anchors(mini)]
    found = read_sorting(written(tmp_path, data), mini)

    assert found.half == 2
    assert found.answers == {anchors[2]: (None, None), anchors[3]: ("cataloguing", 2)}


def test_a_workbook_is_read_as_people_fill_it_in(mini: Framework, tmp_path: Path):
    """Labels of the lists, an id or a bare number typed by hand, all mean the same."""
    sheet = sorting_sheet(mini, SEED)
    cells = {"C2": "Reference desk", "D2": "3 Librarian", "C3": "local-history", "D3": "4"}
    cells |= {"C4": "None of these", "C5": "CATALOGUING ", "D5": "2 Helper"}
    anchors = [anchor.id for _, anchor in draw_of(sheet.id, mini).anchors(mini)]
    found = read_sorting(typed_in(as_xlsx(sheet, MADE), tmp_path / "s1.sorting.xlsx", cells), mini)

    assert found.half == 0
    assert found.answers == {
        anchors[0]: ("reference-desk", 3),
        anchors[1]: ("local-history", 4),
        anchors[2]: (None, None),
        anchors[3]: ("cataloguing", 2),
    }


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_saved_of_the_workbook_is_read(mini: Framework, tmp_path: Path, mark: str):
    """In any order of rows, as the number of the item travels with the row."""
    sheet = sorting_sheet(mini, SEED)
    out = io.StringIO(newline="")
    rows = [["item", "sentence", "skill", "level", "sheet"]]
    rows += [["2", sheet.items[1], "Cataloguing", "2 Helper", sheet.id]]
    rows += [["1", sheet.items[0], "", "", sheet.id]]
    csv.writer(out, delimiter=mark).writerows(rows)
    anchors = [anchor.id for _, anchor in draw_of(sheet.id, mini).anchors(mini)]
    found = read_sorting(written(tmp_path, out.getvalue(), "s1.csv"), mini)

    assert found.answers == {anchors[1]: ("cataloguing", 2)}


def test_every_problem_of_a_file_is_named_at_once(mini: Framework, tmp_path: Path):
    """An unknown item, one twice, a skill and levels that are none: four lines, no answer."""
    data = content(sorting_sheet(mini, SEED), mini)
    data["items"] = [
        {"item": 99, "skill": "cataloguing", "level": 2},
        {"item": 1, "skill": "catalogueing", "level": 2},
        {"item": 1, "skill": "cataloguing", "level": 2},
        {"item": 2, "skill": "cataloguing", "level": 1},
        {"item": 3, "skill": "cataloguing", "level": 2.5},
        {"item": True, "skill": "cataloguing", "level": 2},
        "item 4",
    ]
    found = told(written(tmp_path, data), mini)
    data["items"] = data["items"][:-1]

    assert found == ["items[6]: 'item 4'"]
    assert told(written(tmp_path, data), mini) == [
        "items[0] > item: 99",
        "items[1] > skill: 'catalogueing'",
        "items[2] > item: item 1 twice, first in items[1]",
        "items[3] > level: 1",
        "items[4] > level: 2.5",
        "items[5] > item: True",
    ]


def test_a_row_of_a_table_is_named_by_its_line(mini: Framework, tmp_path: Path):
    """So that it is found in the spreadsheet."""
    book = as_xlsx(sorting_sheet(mini, SEED), MADE)
    cells = {"C2": "Cooking", "D3": "9 Master", "C5": "Cataloguing", "D5": "1 Newcomer"}
    file = typed_in(book, tmp_path / "s1.sorting.xlsx", cells)

    assert told(file, mini) == [
        "row 2 > skill: 'Cooking'",
        "row 3 > level: '9 Master'",
        "row 5 > level: '1 Newcomer'",
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"framework": "librarian@1.0.0"}, "framework: 'librarian@1.0.0'"),
        ({"format": "skillmatrix.assessment"}, "format: 'skillmatrix.assessment'"),
        ({"format_version": 2}, "format_version: 2"),
        ({"sheet": None}, "sheet: None"),
        ({"sheet": "s1"}, "sheet: 's1' is no id of a sheet"),
        ({"items": {}}, "items: {}"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    mini: Framework, tmp_path: Path, change: dict[str, Any], found: str
):
    """Another framework, another version, no sheet: each says what was found."""
    data = {**content(sorting_sheet(mini, SEED), mini), **change}

    assert told(written(tmp_path, data), mini) == [found]


@pytest.mark.parametrize("text", ["", "{", "[1]", "item;skill\n1;x\n", "a\x00b", '"'])
def test_what_is_no_sheet_is_refused_in_words(mini: Framework, tmp_path: Path, text: str):
    """No file ends in a traceback."""
    assert told(written(tmp_path, text), mini)


def test_a_reworded_ladder_refuses_sheets_of_before(library: Framework, tmp_path: Path):
    """What was sorted was another sentence. A changed status is no other sentence."""
    (file,) = filled(tmp_path / "in", library, 1)
    skill = tmp_path / "librarian" / "skills" / "cataloguing.yaml"
    before = skill.read_text(encoding="utf-8")
    skill.write_text(before.replace("a second look", "another look"), encoding="utf-8")
    reworded = load_framework(tmp_path / "librarian")
    figures = "status: retranslated\n      retranslation: {n_sorters: 3, hit_rate: 1, sd: 0}"
    skill.write_text(before.replace("status: draft", figures), encoding="utf-8")
    tested = load_framework(tmp_path / "librarian")

    assert told(file, reworded) == [
        "sheet: the sheet was made of other wordings than those of librarian@2.0.1 today"
    ]
    assert read_sorting(file, tested).answers


def test_a_sheet_that_comes_twice_is_taken_from_neither_file(mini: Framework, tmp_path: Path):
    """Which of them holds is a person's decision; the others are taken, an empty one is said."""
    files = filled(tmp_path, mini, 3)
    again = written(tmp_path, json.loads(files[0].read_text()), "copy.sorting.json")
    book = tmp_path / "s2.sorting.xlsx"
    book.write_bytes(as_xlsx(sorting_sheets(mini, SEED, 3)[1], MADE))
    found = collect(files_in([tmp_path]), mini)

    assert [each.draw.sorter for each in found.sortings] == ["s2", "s3"]
    assert found.empty == (str(book),)
    assert [p.file for p in found.problems] == [str(again)]
    assert "s1 2 times" in found.problems[0].found
