"""Readings of KPIs from a CSV file: what was understood, and why the rest was not.

Nothing is guessed and nothing left out in silence: a row becomes a reading, or a problem with
its line, what was found, what was expected and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from skillmatrix.assessment.model import RecordEntry
from skillmatrix.assessment.problems import problem_of
from skillmatrix.assessment.readings_cells import (
    Figure,
    has_decimal_comma,
    read_day,
    read_figure,
)
from skillmatrix.assessment.readings_file import Row, Table, TableError, read_table
from skillmatrix.assessment.units import period_word, same_unit, unit_name
from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.guide import Kpi
from skillmatrix.framework.model import Framework
from skillmatrix.framework.record import blocks_by_kind, written_items

#: Names that get a suggestion; looking for one takes time, and a wrong file is wrong all over.
_SUGGESTIONS = 50
_TEXTS = ("period", "own_part", "other_causes", "text")


@dataclass(frozen=True)
class ReadingsPreview:
    """What a file of readings holds, before any of it is stored.

    Attributes
    ----------
    understood : tuple of RecordEntry
        In the order of the file.
    lines : tuple of int
        The line of each.
    refused : tuple of Problem
        Everything that is wrong, each with its line.
    duplicates : tuple of Problem
        Rows that say once more what an earlier row or the record says; not taken again.
    columns : mapping of str to str or None
        Column of the file to field; None for one that is not read.
    delimiter : str
        What parts the cells; empty where nothing could be read.
    notes : tuple of str
        What else is worth knowing.
    """

    understood: tuple[RecordEntry, ...] = ()
    lines: tuple[int, ...] = ()
    refused: tuple[Problem, ...] = ()
    duplicates: tuple[Problem, ...] = ()
    columns: Mapping[str, str | None] = field(default_factory=dict)
    delimiter: str = ""
    notes: tuple[str, ...] = ()


def read_readings(
    data: bytes | str,
    framework: Framework,
    as_of: dt.date,
    existing: Iterable[RecordEntry] = (),
    prefix: str = "reading",
) -> ReadingsPreview:
    r"""
    Read a CSV file of readings.

    Parameters
    ----------
    data : bytes or str
        The file, or its text where somebody else decoded it. A header and one reading a row:
        columns kpi, date, value, unit and source; period, own part, other causes and note
        where wanted. Cells parted by comma, semicolon or tab.
    framework : Framework
        Whose KPIs the readings are of.
    as_of : datetime.date
        No reading is later than this day.
    existing : iterable of RecordEntry
        What is recorded already.
    prefix : str
        Beginning of the ids of the readings; the line follows.

    Returns
    -------
    ReadingsPreview
        Never raises for what stands in the file.

    Notes
    -----
    A row that says the same as another (KPI, day, period, source, value and unit) is a
    duplicate. Rows that name the same reading with another figure contradict each other, and
    none of them is taken. A row without day, figure and source is one of the template that was
    left empty; a note counts them.

    Examples
    --------
    >>> from skillmatrix.framework import load_framework
    >>> text = "kpi,date,value,unit,source\nMTTR,2026-05-31,3.5,h,log\n"
    >>> found = read_readings(text, load_framework(), dt.date(2026, 11, 20))
    >>> found.refused[0].line, found.refused[0].found, found.refused[0].remedy
    (2, "'MTTR'", "did you mean 'kpi-mttr'?")
    """
    try:
        table = read_table(data)
    except TableError as error:
        return ReadingsPreview(refused=error.problems)
    reader = _Reader(framework, as_of, prefix)
    return reader.read(table, existing)


#: What a reading is of: KPI, day, period, source.
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class _Found:
    """A reading with its line; `key` is what it is a reading of, `said` what it says."""

    entry: RecordEntry
    line: int

    @property
    def key(self) -> Key:
        return _key(self.entry)

    @property
    def said(self) -> tuple[float, str]:
        return _said(self.entry)


def _key(entry: RecordEntry) -> Key:
    return entry.item, str(entry.date), period_word(entry.period), entry.source.casefold()


def _said(entry: RecordEntry) -> tuple[float, str]:
    value: Any = entry.value  # a reading has one; an entry without is no reading
    return float(value), unit_name(entry.unit)


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, framework: Framework, as_of: dt.date, prefix: str) -> None:
        self._as_of, self._prefix = as_of, prefix
        kinds = blocks_by_kind(framework)
        reading = "kpi" in kinds and kinds["kpi"].form == "reading"
        items = written_items(framework) if reading else {}
        self._kpis = {name: item for name, item in items.items() if isinstance(item, Kpi)}
        self._names: dict[str, str] = {}
        self._several: dict[str, list[str]] = {}
        for name, kpi in self._kpis.items():
            for word in {name.casefold(), kpi.source.casefold(), kpi.title.casefold()}:
                if self._names.setdefault(word, name) != name and word not in self._kpis:
                    self._several.setdefault(word, [self._names[word]]).append(name)
        self._suggested: dict[str, str] = {}
        self._comma_file = False
        self._comma_read = 0

    def read(self, table: Table, existing: Iterable[RecordEntry]) -> ReadingsPreview:
        """Read every row, then compare the rows with each other and with the record."""
        self._comma_file = any(has_decimal_comma(row.cells.get("value", "")) for row in table.rows)
        refused = list(table.refused)
        found: list[_Found] = []
        for row in table.rows:
            made = self._row(row)
            if isinstance(made, RecordEntry):
                found.append(_Found(made, row.line))
            else:
                refused += made
        taken, clashes, duplicates = _compared(found, existing)
        notes = list(table.notes)
        if self._comma_read:
            one = self._comma_read == 1
            words = "1 number was" if one else f"{self._comma_read:,} numbers were"
            notes.append(f"{words} read with a decimal comma: 1,5 is one and a half.")
        return ReadingsPreview(
            understood=tuple(each.entry for each in taken),
            lines=tuple(each.line for each in taken),
            refused=tuple(sorted([*refused, *clashes], key=lambda p: p.line or 0)),
            duplicates=tuple(duplicates),
            columns=table.columns,
            delimiter=table.delimiter,
            notes=tuple(notes),
        )

    def _row(self, row: Row) -> RecordEntry | list[Problem]:
        cells = row.cells
        item = self._kpi(cells["kpi"])
        day = read_day(cells["date"], self._as_of)
        figure = read_figure(cells["value"], self._comma_file)
        checked: list[object] = [item, day, figure]
        unit: str | Problem = cells["unit"]
        if isinstance(figure, Figure):
            kpi = self._kpis.get(item) if isinstance(item, str) else None
            unit = _unit(cells["unit"], figure, kpi)
            checked.append(unit)
        if not cells["source"]:
            words = "where the figure comes from, such as the dashboard it stands on"
            checked.append(Problem("source", "nothing", words))
        problems = [each for each in checked if isinstance(each, Problem)]
        if problems or not isinstance(figure, Figure):
            return [_at(problem, row) for problem in problems]
        self._comma_read += figure.comma
        data: dict[str, Any] = {
            "id": f"{self._prefix}-{row.line}",
            "item": item,
            "date": day,
            "value": figure.value,
            "unit": unit,
            "source": cells["source"],
            **{key: cells[key] for key in _TEXTS if cells.get(key)},
        }
        try:
            return RecordEntry.model_validate(data)
        except ValidationError as error:
            return [_at(problem_of(item), row) for item in error.errors(include_url=False)]

    def _kpi(self, text: str) -> str | Problem:
        word = text.casefold()
        if word in self._several:
            remedy = f"write the id: {' or '.join(self._several[word])}"
            return Problem("kpi", f"{text[:60]!r}, of several KPIs", "one KPI", remedy)
        if word in self._names:
            return self._names[word]
        expected = "the id, number or title of a KPI"
        if not text:
            return Problem("kpi", "nothing", expected)
        if not self._kpis:
            return Problem("kpi", f"{text[:60]!r}", "no readings", "this framework has no KPIs")
        if word not in self._suggested and len(self._suggested) < _SUGGESTIONS:
            self._suggested[word] = self._meant(word[:60])
        remedy = self._suggested.get(word) or "the template has the name of every KPI"
        return Problem("kpi", f"{text[:60]!r}", expected, remedy)

    def _meant(self, word: str) -> str:
        """Name the KPI that was probably meant: part of one name alone, or close to one."""
        within = {kpi for name, kpi in self._names.items() if word in name}
        close = suggest(word, self._names)
        near = [kpi for name, kpi in self._names.items() if f"{name!r}" in close]
        meant = next(iter(within)) if len(within) == 1 else None
        if meant is None and close.startswith("did") and near:
            meant = near[0]
        return f"did you mean {meant!r}?" if meant else ""


def _at(problem: Problem, row: Row) -> Problem:
    return Problem(problem.where, problem.found, problem.expected, problem.remedy, line=row.line)


def _unit(text: str, figure: Figure, kpi: Kpi | None) -> str | Problem:
    """Give the unit of a figure as it was written, or say why it is not the KPI's own."""
    if figure.percent and not text:
        text = "%"
    own = kpi.target.unit if kpi is not None else None
    if figure.percent and not unit_name(text).startswith("%"):
        found = f"a percent sign beside the unit {text[:60]!r}"
        return Problem("unit", found, "one unit", "take one of the two out")
    if not text:
        return Problem("unit", "nothing", repr(own) if own else "a unit, such as %")
    if kpi is not None and own is not None and not same_unit(text, own):
        expected = f"{own!r}, the unit of {kpi.title!r}"
        remedy = "convert the figure yourself; nothing is converted here"
        return Problem("unit", f"{text[:60]!r}", expected, remedy)
    return text


def _compared(
    found: list[_Found], existing: Iterable[RecordEntry]
) -> tuple[list[_Found], Iterator[Problem], list[Problem]]:
    """Sort readings into those to take, contradictions and duplicates."""
    stored: dict[Key, list[RecordEntry]] = {}
    for entry in existing:
        if entry.value is not None:
            stored.setdefault(_key(entry), []).append(entry)
    groups: dict[Key, list[_Found]] = {}
    for each in found:
        groups.setdefault(each.key, []).append(each)
    clashing = [key for key, group in groups.items() if _clash(group, stored.get(key, ()))]
    wrong = set(clashing)
    taken, duplicates = [], []
    for each in found:
        if each.key in wrong:
            continue
        first = groups[each.key][0]
        if each.key in stored:
            place = "the record has it already"
        elif first is not each:
            place = f"line {first.line} says the same"
        else:
            taken.append(each)
            continue
        told = f"{each.entry.item}, {each.entry.date}, {each.entry.value} {each.entry.unit}"
        duplicates.append(Problem("the row", told, "each reading once", place, line=each.line))
    return taken, _contradictions(groups, stored, clashing), duplicates


def _clash(group: list[_Found], stored: Iterable[RecordEntry]) -> bool:
    return len({each.said for each in group} | {_said(entry) for entry in stored}) > 1


def _contradictions(
    groups: Mapping[Key, list[_Found]],
    stored: Mapping[Key, list[RecordEntry]],
    clashing: Iterable[Key],
) -> Iterator[Problem]:
    for key in clashing:
        group, told_before = groups[key], stored.get(key, [])
        first = group[0]
        rival = next((each for each in group if each.said != first.said), first)
        for each in group:
            kept = next((entry for entry in told_before if _said(entry) != each.said), None)
            if kept is not None:
                other = f"the record says {kept.value} {kept.unit}"
            else:
                against = rival if each.said == first.said else first
                other = f"line {against.line} says {against.entry.value} {against.entry.unit}"
            told = f"{each.entry.value} {each.entry.unit}"
            found = f"{told} for {each.entry.item} on {each.entry.date} from {each.entry.source!r}"
            expected = "one figure for one KPI, day and source"
            remedy = f"{other}: keep the one that is right, or name their sources apart"
            yield Problem("value", found[:200], expected, remedy, line=each.line)
