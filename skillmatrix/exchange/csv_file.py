"""An assessment as one CSV file: a row for each field that says something."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from skillmatrix.assessment.readings_file import plain_name
from skillmatrix.errors import Problem
from skillmatrix.exchange.cells import as_text
from skillmatrix.exchange.own import Raw
from skillmatrix.exchange.sections import SECTIONS, Entry
from skillmatrix.exchange.text import guarded, pieces, unguarded

HEADER = ("section", "id", "field", "value")
_MORE = re.compile(r"(.+) \((\d{1,6})\)")


def csv_text(found: Iterable[Entry]) -> str:
    """
    Write entries as CSV.

    Returns
    -------
    str
        Columns section, id, field and value; lines end with CR LF, as RFC 4180 has it. A long
        text goes on in further rows: ``description (2)``. Cells that a spreadsheet would take
        for a formula begin with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for entry in found:
        kinds = SECTIONS[entry.section].fields
        rows = list(entry.fields.items()) or [(next(iter(kinds)), None)]
        for name, value in rows:
            text = "" if value is None and kinds[name] != "answer" else as_text(kinds[name], value)
            for number, piece in enumerate(pieces(text), start=1):
                word = name if number == 1 else f"{name} ({number})"
                writer.writerow([guarded(c) for c in (entry.section, entry.id, word, piece)])
    return out.getvalue()


def is_own(text: str) -> bool:
    """Say whether a text begins as `csv_text` writes it."""
    line = text.lstrip("\ufeff").partition("\n")[0]
    cells = next(csv.reader([line], delimiter=delimiter(line)), [])
    return [plain_name(cell) for cell in cells] == list(HEADER)


def delimiter(line: str) -> str:
    """Tell by the header what parts the cells; a spreadsheet may have saved it anew."""
    return max(",;\t", key=line.count)


def csv_entries(text: str, source: str) -> list[Entry]:
    """
    Read what `csv_text` wrote.

    Raises
    ------
    AssessmentError
        With every row that does not fit.
    """
    text = text.removeprefix("\ufeff")
    mark = delimiter(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    raw, problems = Raw(), []
    line = 1
    try:
        for cells in reader:
            if line > 1 and any(cells):
                problem = _take(raw, cells, line)
                problems += [problem] if problem else []
            line = reader.line_num + 1
    except csv.Error as error:
        long = "limit" in str(error)
        found = "a cell of enormous length" if long else "a quote that is not closed"
        expected = "texts in pieces" if long else "quotes in pairs"
        problems.append(Problem("the row", found, expected, "export the file again", line=line))
    return raw.entries(source, problems)


def _take(raw: Raw, cells: list[str], line: int) -> Problem | None:
    if len(cells) != len(HEADER):
        found, expected = f"{len(cells)} cells", f"{len(HEADER)} cells: {', '.join(HEADER)}"
        return Problem("the row", found, expected, line=line)
    section, key, word, value = (unguarded(cell) for cell in cells)
    more = _MORE.fullmatch(word)
    name, number = (more[1], int(more[2])) if more else (word, 1)
    return raw.take((section, key, name), value, line, number)
