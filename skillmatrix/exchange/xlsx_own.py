"""Our own workbook, read back."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment.readings_file import plain_name
from skillmatrix.errors import Problem
from skillmatrix.exchange.own import Raw
from skillmatrix.exchange.sections import SECTIONS, Entry
from skillmatrix.exchange.xlsx_read import Book
from skillmatrix.exchange.xlsx_write import CONTINUED, FIELD_HEADER, LISTS, TABLES

_PIECE = " ("


def is_own(book: Book) -> bool:
    """Say whether a workbook is one of ours: its Meta sheet names the format."""
    rows = book.sheets.get("Meta") or [[]]
    return _header(rows[0]) == list(FIELD_HEADER) and any(
        row[:3] == ["file", "", "format"] for row in rows
    )


def book_entries(book: Book, source: str) -> tuple[list[Entry], list[str]]:
    """
    Read what `skillmatrix.exchange.xlsx_write.workbook` wrote.

    Returns
    -------
    tuple of (list of Entry, list of str)
        The entries, and what in the workbook was not read, in words.

    Raises
    ------
    AssessmentError
        With every cell that does not fit.
    """
    raw = Raw(typed=True)
    problems: list[Problem] = []
    notes: list[str] = []
    for title, rows in book.sheets.items():
        found: list[Problem | None] = []
        if title in TABLES:
            found = _table(raw, TABLES[title], rows, notes, title)
        elif title in (*LISTS, CONTINUED):
            continue
        else:
            notes.append(f"The sheet {title!r} is not read.")
        problems += [_on(title, problem) for problem in found if problem is not None]
    for title in (*LISTS, CONTINUED):
        for line, row in enumerate(book.sheets.get(title, [])[1:], start=2):
            if any(cell != "" for cell in row):
                told = _field(raw, row, line)
                problems += [_on(title, told)] if told else []
    return raw.entries(source, problems), notes


def _on(title: str, problem: Problem) -> Problem:
    return Problem(
        f"sheet {title} > {problem.where}",
        problem.found,
        problem.expected,
        problem.remedy,
        line=problem.line,
    )


def _header(row: list[Any]) -> list[str]:
    return [plain_name(str(cell)).replace(" ", "_") for cell in row]


def _table(
    raw: Raw, section: str, rows: list[list[Any]], notes: list[str], title: str
) -> list[Problem | None]:
    known = SECTIONS[section]
    header = _header(rows[0]) if rows else []
    if header[:1] != [known.key]:
        found = repr(str(rows[0][0])[:60]) if rows and rows[0] else "nothing"
        return [Problem("header", found, f"{known.key!r} in the first column", line=1)]
    ours = {"skill_title", "area", "level_name", ""}
    for word in header[1:]:
        if word not in known.fields and word not in ours:
            notes.append(f"The column {word!r} of the sheet {title!r} is not read.")
    found_problems: list[Problem | None] = []
    for line, row in enumerate(rows[1:], start=2):
        told = {
            word: cell
            for word, cell in zip(header[1:], row[1:], strict=False)
            if word in known.fields and cell != ""
        }
        key = str(row[0])
        if not key and not told:
            continue
        if not key:
            found_problems.append(Problem(known.key, "nothing", "which one it is", line=line))
        elif told or section != "ratings":
            found_problems.append(raw.start(section, key, line))
            if found_problems[-1] is None:
                found_problems += [
                    raw.take((section, key, word), cell, line) for word, cell in told.items()
                ]
    return found_problems


def _field(raw: Raw, row: list[Any], line: int) -> Problem | None:
    if len(row) < len(FIELD_HEADER):
        found, expected = f"{len(row)} cells", ", ".join(FIELD_HEADER)
        return Problem("the row", found, expected, line=line)
    section, key, word = (str(cell) for cell in row[:3])
    name, _, number = word.partition(_PIECE)
    digits = number.removesuffix(")")
    piece = int(digits) if digits.isdecimal() else 1
    return raw.take((section, key, name), row[3], line, piece)
