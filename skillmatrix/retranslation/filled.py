"""Filled sorting sheets: JSON from the page, workbooks, and CSV; every problem at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from skillmatrix.assessment.parse import parse
from skillmatrix.errors import DataError, MismatchError, Problem, UsageError, suggest
from skillmatrix.exchange.csv_file import delimiter
from skillmatrix.exchange.text import unguarded, unmarked
from skillmatrix.exchange.xlsx_read import is_xlsx, read_book
from skillmatrix.framework.model import Framework
from skillmatrix.retranslation.draw import Draw, draw_of
from skillmatrix.retranslation.sheet import (
    FORMAT,
    FORMAT_VERSION,
    NONE,
    NONE_TITLE,
    Sheet,
    sheet_of,
)
from skillmatrix.retranslation.sheet_xlsx import ITEM, LEVEL, SHEET, SORT

#: Endings of files that are looked for in a folder.
PATTERNS = ("*.sorting.json", "*.sorting.xlsx", "*.sorting*.csv")
MOST_BYTES = 20_000_000
_NUMBER = re.compile(r"(-?\d+)(?:\.0+)?(?:\s.*)?", re.DOTALL)


class Answer(NamedTuple):
    """
    Where one sorter put one anchor.

    Attributes
    ----------
    group : str or None
        A skill or criterion; None for none of them.
    level : int or None
        None only where no group was named.
    """

    group: str | None
    level: int | None


@dataclass(frozen=True)
class Sorting:
    """
    One filled sheet.

    Attributes
    ----------
    file : str
    sheet : Sheet
    draw : Draw
    answers : mapping of str to Answer
        By the id of the anchor; what was not sorted is not there.
    half : int
        Items with one of the two choices, which count as not sorted.
    """

    file: str
    sheet: Sheet
    draw: Draw
    answers: Mapping[str, Answer]
    half: int = 0


@dataclass(frozen=True)
class Collected:
    """
    What files hold.

    Attributes
    ----------
    sortings : tuple of Sorting
        Those that can be scored.
    empty : tuple of str
        Files of sheets on which nothing was sorted, which is no mistake.
    problems : tuple of Problem
        Every problem of the others.
    """

    sortings: tuple[Sorting, ...]
    empty: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Row(NamedTuple):
    """One line of a filled sheet as written, and where it stands."""

    where: str
    item: object
    group: object
    level: object
    line: int | None = None


@dataclass
class _Told:
    """Problems of one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, where: str, found: str, expected: str, remedy: str = "", line: int | None = None
    ) -> None:
        """Record a problem."""
        self.problems.append(Problem(where, found, expected, remedy, file=self.file, line=line))


def files_in(paths: Iterable[Path]) -> list[Path]:
    """List filled sheets: those named, and those in folders named, each once."""
    found = [
        file
        for path in paths
        for file in (
            sorted(f for pattern in PATTERNS for f in path.rglob(pattern))
            if path.is_dir()
            else [path]
        )
    ]
    return list({file.resolve(): file for file in found}.values())


def collect(
    files: Sequence[Path],
    framework: Framework,
    *,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = lambda files: files,
) -> Collected:
    """
    Read filled sheets.

    Parameters
    ----------
    files : sequence of Path
    framework : Framework
    progress : callable
        Goes through the files, showing how far it has come.

    Returns
    -------
    Collected
        Of two files of one sheet neither is taken: which of them holds is a person's decision.
        An empty workbook beside the filled page of the same sheet is no second file.
    """
    problems: list[Problem] = []
    read: list[Sorting] = []
    for file in progress(files):
        try:
            read.append(read_sorting(file, framework))
        except DataError as error:
            problems += [
                p if p.file else Problem(p.where, p.found, p.expected, p.remedy, str(file), p.line)
                for p in error.problems
            ]
    filled = [each for each in read if each.answers or each.half]
    by_sheet: dict[tuple[int, int, str], list[Sorting]] = {}
    for each in filled:
        by_sheet.setdefault((each.draw.seed, each.draw.number, each.draw.kind), []).append(each)
    taken = []
    for many in by_sheet.values():
        if many[1:]:
            names = ", ".join(each.file for each in many)
            found = f"the sheet of {many[0].draw.sorter} {len(many)} times: {names}"
            remedy = "keep the one that holds; none of them is taken"
            problems.append(Problem("the files", found, "each once", remedy, file=many[0].file))
        else:
            taken += many
    empty = tuple(each.file for each in read if each not in filled)
    return Collected(tuple(taken), empty, tuple(problems))


def read_sorting(file: Path, framework: Framework) -> Sorting:
    """
    Read one filled sheet.

    Parameters
    ----------
    file : Path
        JSON as the page saves it, a workbook, or a CSV saved of its sheet to fill in.
    framework : Framework
        The one the sheet was made of.

    Raises
    ------
    DataError
        With every problem of the file.
    """
    name = str(file)
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        problem = Problem("the file", error.strerror or "unreadable", "a filled sheet", file=name)
        raise DataError(name, [problem]) from None
    if size > MOST_BYTES:
        found, expected = f"{size / 1e6:,.0f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB"
        raise DataError(name, [Problem("the file", found, expected, file=name)])
    told = _Told(name)
    if is_xlsx(data):
        sheet_id, rows = _of_table(_sheet_of_book(data, name, told), told)
    else:
        text = _text(data, told)
        if text.lstrip().startswith("{"):
            sheet_id, rows = _of_json(parse(text, name), framework, told)
        else:
            sheet_id, rows = _of_table(_csv(text, told), told)
    if told.problems or sheet_id is None:
        raise DataError(name, told.problems)
    try:
        draw = draw_of(sheet_id, framework)
    except (UsageError, MismatchError) as error:
        remedy = "name the framework it was made of with --framework, or make new sheets"
        told.add("sheet", str(error), f"a sheet of {framework.key}", remedy)
        raise DataError(name, told.problems) from None
    sheet = sheet_of(draw, framework)
    answers, half = _answers(rows, sheet, draw, framework, told)
    if told.problems:
        raise DataError(name, told.problems)
    return Sorting(name, sheet, draw, answers, half)


def _text(data: bytes, told: _Told) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told.add(
            "the file",
            f"a byte that is not UTF-8 at position {error.start}",
            "a filled sheet: .sorting.json, .xlsx or .csv in UTF-8",
        )
        raise DataError(told.file, told.problems) from None


def _of_json(
    data: Mapping[str, Any], framework: Framework, told: _Told
) -> tuple[str | None, list[_Row]]:
    for key, expected in (("format", FORMAT), ("format_version", FORMAT_VERSION)):
        if data.get(key) != expected:
            told.add(key, f"{data.get(key)!r}"[:80], f"{expected!r}", "save the sheet again")
    if not told.problems and data.get("framework") != framework.key:
        remedy = "name the framework it was made of with --framework"
        told.add("framework", f"{data.get('framework')!r}"[:80], f"{framework.key!r}", remedy)
    sheet, items = data.get("sheet"), data.get("items")
    if not isinstance(sheet, str):
        told.add("sheet", f"{sheet!r}"[:80], "the id of a sheet")
    rows = []
    if not isinstance(items, list):
        told.add("items", f"{items!r}"[:80], "a list of answers")
    else:
        for place, entry in enumerate(items):
            where = f"items[{place}]"
            if isinstance(entry, dict):
                given = (entry.get("item"), entry.get("skill"), entry.get("level"))
                rows.append(_Row(where, *given))
            else:
                told.add(where, f"{entry!r}"[:80], "item, skill and level")
    return (sheet if isinstance(sheet, str) else None), rows


def _sheet_of_book(data: bytes, name: str, told: _Told) -> list[list[Any]]:
    sheets = read_book(data, name).sheets
    if SORT not in sheets:
        found = "no sheet of that name; there are " + ", ".join(map(repr, sheets))
        told.add(SORT, found, "the sheet that was to be filled in", "do not rename it")
        raise DataError(name, told.problems)
    return sheets[SORT]


def _csv(text: str, told: _Told) -> list[list[Any]]:
    mark = delimiter(text.partition("\n")[0])
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [[unguarded(cell) for cell in row] for row in rows]
    except csv.Error as error:
        remedy = "save it again from the spreadsheet"
        told.add("the file", f"a row that cannot be read: {error}", "CSV", remedy, rows.line_num)
        raise DataError(told.file, told.problems) from None


def _of_table(table: list[list[Any]], told: _Told) -> tuple[str | None, list[_Row]]:
    head = [str(cell).strip().casefold() for cell in table[0]] if table else []
    groups = [name for name in ("skill", "criterion") if name in head]
    missing = [name for name in (ITEM, LEVEL, SHEET) if name not in head]
    missing += [] if groups else ["skill"]
    if missing:
        found = ", ".join(filter(None, head))[:120] or "nothing"
        told.add("the first row", found, f"the columns {', '.join(missing)} as well", line=1)
        return None, []
    item, group, level, sheet = (head.index(name) for name in (ITEM, groups[0], LEVEL, SHEET))
    rows: list[_Row] = []
    ids: dict[str, int] = {}
    for line, cells in enumerate(table[1:], start=2):
        row = [*cells, *[""] * (len(head) - len(cells))]
        if all(_blank(cell) for cell in row):
            continue
        rows.append(_Row(f"row {line}", row[item], row[group], row[level], line))
        ids.setdefault(_plain(row[sheet]), line)
    if list(ids) != [next(iter(ids), "")] or "" in ids:
        found = "none" if set(ids) <= {""} else f"{len(ids)} different ones"
        line_ = max(ids.values(), default=None)
        told.add("the column sheet", found, "the same id in every row", "copy it down", line_)
        return None, []
    return next(iter(ids), None), rows


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _plain(value: object) -> str:
    return "" if value is None else unmarked(str(value)).strip()


def _answers(
    rows: Sequence[_Row], sheet: Sheet, draw: Draw, framework: Framework, told: _Told
) -> tuple[dict[str, Answer], int]:
    """Read the rows of a sheet; what is wrong with one is recorded, and nothing is guessed."""
    groups = {g.id.casefold(): g.id for g in sheet.groups}
    groups |= {g.title.casefold(): g.id for g in sheet.groups}
    groups |= {NONE: NONE, NONE_TITLE.casefold(): NONE}
    anchors = draw.anchors(framework)
    answers: dict[str, Answer] = {}
    first: dict[int, str] = {}
    half = 0
    for row in rows:
        number = _number(row.item)
        if number is None or not 1 <= number <= len(sheet.items):
            expected = f"a number from 1 to {len(sheet.items)}"
            told.add(f"{row.where} > item", f"{row.item!r}"[:80], expected, line=row.line)
            continue
        if number in first:
            found = f"item {number} twice, first in {first[number]}"
            told.add(f"{row.where} > item", found, "each once", line=row.line)
            continue
        first[number] = row.where
        group = _group(row, groups, sheet, told)
        level = _level(row, sheet, told)
        if group == NONE:
            answers[anchors[number - 1][1].id] = Answer(None, level)
        elif group is not None and level is not None:
            answers[anchors[number - 1][1].id] = Answer(group, level)
        else:
            half += group is not None or level is not None
    return answers, half


def _group(row: _Row, groups: Mapping[str, str], sheet: Sheet, told: _Told) -> str | None:
    if _blank(row.group):
        return None
    found = groups.get(_plain(row.group).casefold())
    if found is None:
        close = suggest(_plain(row.group), [group.title for group in sheet.groups])
        where = f"{row.where} > {sheet.group_word.lower()}"
        expected = f"a {sheet.group_word.lower()} of the list, or {NONE_TITLE!r}"
        told.add(where, f"{row.group!r}"[:80], expected, close, row.line)
    return found


def _level(row: _Row, sheet: Sheet, told: _Told) -> int | None:
    if _blank(row.level):
        return None
    number = _number(row.level)
    if number not in {level.value for level in sheet.levels}:
        expected = ", ".join(level.label for level in sheet.levels)
        told.add(f"{row.where} > level", f"{row.level!r}"[:80], expected, line=row.line)
        return None
    return number


def _number(value: object) -> int | None:
    """Read a whole number; a level may be followed by its name."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, int):
        return value
    found = _NUMBER.fullmatch(_plain(value)) if isinstance(value, str) else None
    return int(found[1]) if found and len(found[1]) < 10 else None  # noqa: PLR2004 - no such item
