"""Cells of our own files, gathered to entries: every one that does not fit is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skillmatrix.errors import AssessmentError, Problem, suggest
from skillmatrix.exchange.cells import CellError, from_cell, from_text
from skillmatrix.exchange.sections import SECTIONS, Entry


class Raw:
    """The cells of a file, before any is read: by section, id and field, in their order."""

    def __init__(self, *, typed: bool = False) -> None:
        self._typed = typed
        self._cells: dict[tuple[str, str], dict[str, list[Any]]] = {}
        self._lines: dict[tuple[str, str, str], int] = {}

    def start(self, section: str, key: str, line: int) -> Problem | None:
        """Begin an entry of a table; one id stands for one entry."""
        if (section, key) in self._cells:
            found = f"{key[:60]!r} a second time"
            return Problem(section, found, "each once", "keep the row that is right", line=line)
        self._cells[section, key] = {}
        return None

    def take(
        self, place: tuple[str, str, str], cell: object, line: int, number: int = 1
    ) -> Problem | None:
        """Take the cell of a section, an id and a field, or a further piece of it."""
        section, key, name = place
        if section not in SECTIONS:
            expected = "a section of an assessment"
            remedy = suggest(section[:60], SECTIONS)
            return Problem("section", f"{section[:60]!r}", expected, remedy, line=line)
        if name not in SECTIONS[section].fields:
            found, expected = f"{name[:60]!r}", f"a field of {section}"
            remedy = suggest(name[:60], SECTIONS[section].fields)
            return Problem("field", found, expected, remedy, line=line)
        parts = self._cells.setdefault((section, key), {}).setdefault(name, [])
        if number != len(parts) + 1:
            told = f"{name} of {section} {key}".strip()[:80]
            if number <= len(parts):
                found, remedy = f"{told} a second time", "keep the row that is right"
                return Problem("field", found, "each field once", remedy, line=line)
            found = f"piece {number} of {told}"
            expected = f"piece {len(parts) + 1} before it"
            return Problem("field", found, expected, "keep the rows in their order", line=line)
        parts.append(cell)
        self._lines.setdefault((section, key, name), line)
        return None

    def entries(self, source: str, problems: Iterable[Problem] = ()) -> list[Entry]:
        """
        Read every cell.

        Raises
        ------
        AssessmentError
            With these problems and every cell that holds none of its kind.
        """
        found, wrong = [], list(problems)
        for (section, key), fields in self._cells.items():
            told: dict[str, Any] = {}
            for name, parts in fields.items():
                cell = parts[0] if len(parts) == 1 else "".join(map(str, parts))
                if cell == "" or cell is None:
                    continue
                kind = SECTIONS[section].fields[name]
                try:
                    told[name] = (from_cell if self._typed else from_text)(kind, cell)
                except CellError as error:
                    place = " > ".join(part for part in (section, key, name) if part)
                    line = self._lines[section, key, name]
                    wrong.append(
                        Problem(place, error.found, error.expected, error.remedy, line=line)
                    )
            found.append(Entry(section, key, told))
            wrong += _two_answers(found[-1], self._lines)
        if wrong:
            raise AssessmentError(source, sorted(wrong, key=lambda p: p.line or 0))
        return found


def _two_answers(entry: Entry, lines: dict[tuple[str, str, str], int]) -> list[Problem]:
    if entry.section != "ratings" or {"level", "state"} - set(entry.fields):
        return []
    found = f"level {entry.fields['level']} and {entry.fields['state']!r}"
    line = lines[entry.section, entry.id, "level"]
    expected, remedy = "a level or a state", "empty one of the two cells"
    return [Problem(f"ratings > {entry.id}", found, expected, remedy, line=line)]
