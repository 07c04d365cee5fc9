"""From the bytes of a foreign file to rows of cells, with every line accounted for."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from typing import Any

from skillmatrix.assessment.readings_file import decoded, lines_of, records
from skillmatrix.errors import AssessmentError, DataError, Problem
from skillmatrix.exchange.text import unguarded
from skillmatrix.exchange.xlsx_read import Book

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
_MARKS = (",", ";", "\t")
_SAMPLE = 30


@dataclass(frozen=True)
class Grid:
    """Rows with the line each begins on, those that could not be read, and how it was read."""

    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    refused: tuple[Problem, ...] = ()
    delimiter: str = ""
    notes: tuple[str, ...] = ()


def csv_grid(data: bytes | str, source: str) -> Grid:
    """
    Read a CSV file as far as its form goes.

    Raises
    ------
    AssessmentError
        If it is too large, no text, or empty.
    """
    try:
        lines = lines_of(decoded(data))
    except DataError as error:
        raise AssessmentError(source, error.problems) from None
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise _wrong(source, "nothing", "a header and rows")
    said = lines[start].strip().casefold()
    told = said[4:] if said.startswith("sep=") and said[4:] in _MARKS else None
    start += told is not None
    mark = told or _delimiter(lines[start : start + _SAMPLE])
    rows: list[tuple[int, tuple[Any, ...]]] = []
    refused: list[Problem] = []
    for line, cells in records(lines, start, mark):
        if isinstance(cells, Problem):
            refused.append(cells)
        elif any(cell.strip() for cell in cells):
            rows.append((line, tuple(unguarded(cell.strip()) for cell in cells)))
        _check_size(len(rows) + len(refused), len(rows[-1][1]) if rows else 1, source)
    broken = next((line for line, cells in rows if any("\ufffd" in cell for cell in cells)), None)
    if broken is not None:
        found, remedy = "a character that could not be read", "save the file again as CSV UTF-8"
        raise _wrong(source, found, "text in UTF-8", remedy, line=broken)
    return Grid(tuple(rows), tuple(refused), mark)


def sheet_grid(book: Book, name: str, source: str) -> Grid:
    """Give one sheet of a workbook as rows."""
    rows = []
    for line, cells in enumerate(book.sheets[name], start=1):
        kept = tuple(_clean(cell) for cell in cells)
        if any(cell != "" for cell in kept):
            rows.append((line, kept))
    _check_size(len(rows), max((len(cells) for _, cells in rows), default=1), source)
    return Grid(tuple(rows))


def _clean(cell: Any) -> Any:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell.strip() if isinstance(cell, str) else cell


def _delimiter(lines: list[str]) -> str:
    """Take the mark that parts the most rows into the most cells alike."""

    def alike(mark: str) -> tuple[int, int]:
        counts: dict[int, int] = {}
        for row in csv.reader(lines, delimiter=mark):
            counts[len(row)] = counts.get(len(row), 0) + (len(row) > 1)
        best = max(counts, key=lambda n: (counts[n], n), default=0)
        return counts.get(best, 0), best

    try:
        return max(_MARKS, key=alike)
    except csv.Error:
        return ","


def _check_size(rows: int, columns: int, source: str) -> None:
    if rows > MOST_ROWS + 1:  # the header is none
        remedy = "split it into several files"
        raise _wrong(source, f"more than {MOST_ROWS:,} rows", f"at most {MOST_ROWS:,}", remedy)
    if columns > MOST_COLUMNS:
        found, expected = f"{columns:,} columns", f"at most {MOST_COLUMNS:,}"
        raise _wrong(source, found, expected, "delete those that hold no ratings")


def _wrong(
    source: str, found: str, expected: str, remedy: str = "", line: int | None = None
) -> AssessmentError:
    return AssessmentError(source, [Problem("the file", found, expected, remedy, line=line)])
