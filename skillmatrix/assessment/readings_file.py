"""From the bytes of a CSV file to rows of known columns, with every line accounted for."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skillmatrix.errors import DataError, Problem, suggest

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
_MOST_LINES = 200_000

#: Lines that one quoted cell may run over; a quote left open does not swallow the file.
_SPAN = 50
_LONGEST_CELL = 20_000

#: A row of the template that says none of these was left empty.
_SAID = ("date", "value", "source")
REQUIRED = ("kpi", "date", "value", "unit", "source")

#: What a column may be called, beside the name of its field.
_CALLED = {
    "kpi": ("kpi", "kpi id", "id", "indicator", "metric", "key figure"),
    "date": ("date", "day", "read on", "measured on", "date of reading"),
    "value": ("value", "reading", "figure", "result", "measured value"),
    "unit": ("unit", "units", "unit of measure"),
    "source": ("source", "data source", "origin", "comes from", "where from"),
    "period": ("period", "time span", "covers"),
    "own_part": ("own part", "my part", "my own part", "contribution", "own contribution"),
    "other_causes": ("other causes", "what else changed", "other changes", "also changed"),
    "text": ("text", "note", "notes", "comment", "comments", "remark", "remarks"),
}
_FIELD = {name: key for key, names in _CALLED.items() for name in names}
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


class TableError(DataError):
    """A file that holds no table of readings."""


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on, and its cells by field, without spaces around them."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The rows that can be looked at, what was wrong with the others, and how it was read."""

    rows: tuple[Row, ...]
    refused: tuple[Problem, ...]
    columns: Mapping[str, str | None]
    delimiter: str
    notes: tuple[str, ...]


def _wrong(found: str, expected: str, remedy: str = "", line: int | None = None) -> TableError:
    return TableError("the file", [Problem("the file", found, expected, remedy, line=line)])


def read_table(data: bytes | str) -> Table:
    """
    Read a CSV file of readings as far as its form goes.

    Raises
    ------
    TableError
        If it is too large, no text, or has no header with the columns needed.
    """
    text = decoded(data)
    lines = lines_of(text)
    if len(lines) > _MOST_LINES:
        found, remedy = f"{len(lines):,} lines", "delete empty lines, or split the file"
        raise _wrong(found, f"at most {_MOST_LINES:,}", remedy)
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise _wrong("nothing", "a header and a row for each reading")
    said = lines[start].strip().casefold()
    told = said[4:] if said.startswith("sep=") and said[4:] in {",", ";"} else None
    start += told is not None
    header = lines[start] if start < len(lines) else ""
    delimiter = told or max(_NAMES, key=lambda mark: _known(header, mark))
    columns, notes = _columns(_cells(header, delimiter), start + 1, delimiter)
    if not any(line.strip() for line in lines[start + 1 :]):
        raise _wrong("a header and no row", "a row for each reading", line=start + 1)
    rows: list[Row] = []
    refused: list[Problem] = []
    for line, cells in records(lines, start + 1, delimiter):
        made = cells if isinstance(cells, Problem) else _row(line, cells, columns, delimiter)
        if isinstance(made, Row):
            rows.append(made)
        elif made is not None:
            refused.append(made)
        if len(rows) + len(refused) > MOST_ROWS:
            remedy = "split it into several files"
            raise _wrong(f"more than {MOST_ROWS:,} rows", f"at most {MOST_ROWS:,}", remedy)
    kept = [row for row in rows if any(row.cells[key] for key in _SAID)]
    if left := len(rows) - len(kept):
        notes.append(f"{left:,} row{'' if left == 1 else 's'} left empty.")
    fields = {name: field for name, field in columns if name}
    return Table(tuple(kept), tuple(refused), fields, delimiter, tuple(notes))


def decoded(data: bytes | str) -> str:
    """Decode a file: UTF-8, or UTF-16 that says so."""
    size = len(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        found, remedy = f"{size / 1e6:.0f} MB", "split it into several files"
        raise _wrong(found, f"at most {MOST_BYTES / 1e6:.0f} MB", remedy)
    if isinstance(data, str):
        return _whole(data.removeprefix("\ufeff"))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return _whole(data.decode("utf-16" if wide else "utf-8-sig"))
    except UnicodeDecodeError as error:
        found = f"a byte that is not {'UTF-16' if wide else 'UTF-8'} at position {error.start:,}"
        remedy = "save the file again as CSV UTF-8"
        raise _wrong(found, "text in UTF-8", remedy) from None


def _whole(text: str) -> str:
    if "\x00" in text.lstrip().partition("\n")[0]:
        remedy = "save it as CSV UTF-8; a workbook (.xlsx) is saved as CSV first"
        raise _wrong("NUL characters", "a CSV file as text", remedy)
    return text


def lines_of(text: str) -> list[str]:
    r"""Part at \n, \r\n and \r, and at nothing else that may stand inside a cell."""
    return [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def plain_name(name: str) -> str:
    """Put the name of a column as it is compared: case, hyphens and spaces do not count."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _known(header: str, delimiter: str) -> tuple[int, int]:
    cells = _cells(header, delimiter)
    return sum(plain_name(cell) in _FIELD for cell in cells), len(cells)


def _columns(
    header: list[str], line: int, delimiter: str
) -> tuple[list[tuple[str, str | None]], list[str]]:
    """Give name and field of each column, and what is worth saying about the others."""
    columns: list[tuple[str, str | None]] = []
    notes: list[str] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for cell in header:
        name = cell.strip()
        field = _FIELD.get(plain_name(name))
        columns.append((name, field))
        if field is None and name:
            notes.append(f"The column {name[:60]!r} is not read.")
        elif field in taken:
            found = f"the columns {taken[field]!r} and {name!r}, both for {field}"
            problems.append(Problem("header", found, "one column each", line=line))
        elif field is not None:
            taken[field] = name
    missing = [name for name in REQUIRED if name not in taken]
    others = [name for name, field in columns if field is None and name]
    if missing:
        found = f"{', '.join(repr(name[:30]) for name, _ in columns[:12])}"[:200] or "nothing"
        expected = f"the columns {', '.join(REQUIRED)}; missing: {', '.join(missing)}"
        remedy = "parted by comma, semicolon or tab, as in the template"
        close = suggest(missing[0], [plain_name(name)[:30] for name in others]) if others else ""
        remedy += f"; {close}" if close.startswith("did") else ""
        problems.append(Problem("header", found, expected, remedy, line=line))
    if problems:
        raise TableError("the file", problems)
    return columns, notes


def records(
    lines: list[str], start: int, delimiter: str
) -> Iterator[tuple[int, list[str] | Problem]]:
    """Walk through the rows with the line each begins on; one that is broken costs one line."""
    place = start
    while place < len(lines):
        line, span = place + 1, 1
        if '"' in lines[place]:
            span = _SPAN
        reader = csv.reader(lines[place : place + span], delimiter=delimiter, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error as error:
            yield line, _broken(str(error), line)
            place += 1
            continue
        place += max(reader.line_num, 1)
        yield line, cells


def _broken(error: str, line: int) -> Problem:
    if "limit" in error:
        expected = f"at most {_LONGEST_CELL:,} characters in a cell"
        return Problem("the row", "a cell of enormous length", expected, line=line)
    remedy = "close it, or double a quote that belongs to the text"
    return Problem("the row", "a quote that is not closed", "quotes in pairs", remedy, line=line)


def _row(
    line: int, cells: list[str], columns: list[tuple[str, str | None]], delimiter: str
) -> Row | Problem | None:
    """Put the cells under their columns; None for an empty row."""
    values = [cell.strip() for cell in cells]
    if not any(values):
        return None

    def wrong(where: str, found: str, expected: str, remedy: str = "") -> Problem:
        return Problem(where, found, expected, remedy, line=line)

    while len(values) > len(columns) and not values[-1]:
        values.pop()
    if len(values) != len(columns):
        mark = _NAMES[delimiter]
        remedy = (
            f"put quotes round a cell that holds a {mark}" if len(values) > len(columns) else ""
        )
        return wrong("the row", f"{len(values)} cells", f"{len(columns)} cells", remedy)
    made: dict[str, str] = {}
    for (_, field), value in zip(columns, values, strict=True):
        if field is None:
            continue
        made[field] = value
        if value.isprintable() and len(value) <= _LONGEST_CELL and "\ufffd" not in value:
            continue
        if "\ufffd" in value or any("\ud800" <= c <= "\udfff" for c in value):
            remedy = "save the file again as CSV UTF-8"
            return wrong(field, "a character that could not be read", "text in UTF-8", remedy)
        if any(c < " " and c not in "\t\n" for c in value):
            return wrong(field, "a control character", "text", "delete it")
        if len(value) > _LONGEST_CELL:
            return wrong(field, f"{len(value):,} characters", f"at most {_LONGEST_CELL:,}")
    return Row(line, made)
