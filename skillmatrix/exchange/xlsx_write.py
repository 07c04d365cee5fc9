"""An assessment as a workbook: one sheet a kind of entry, typed cells, nothing that calculates."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from skillmatrix.errors import UsageError
from skillmatrix.exchange.cells import as_cell
from skillmatrix.exchange.sections import SECTIONS, Entry, Kind
from skillmatrix.exchange.text import pieces
from skillmatrix.exchange.xlsx_read import needs
from skillmatrix.framework.model import Framework

#: Sheets with a row for each entry, and the section of each.
TABLES = {
    "Ratings": "ratings",
    "Evidence": "evidence",
    "Notes": "notes",
    "Record": "record",
    "Plan": "plan",
    "Efforts": "effort",
    "Actions": "actions",
    "Case": "case",
}
#: Sheets with a row for each field, and their sections.
LISTS = {"Aim": ("aim", "switches", "reasons"), "Meta": ("file", "person", "rater")}
FIELD_HEADER = ("section", "id", "field", "value")
CONTINUED = "Continued"
MOST_ROWS = 1_048_575

_WIDTHS = {
    "text": 60,
    "description": 60,
    "own_part": 40,
    "other_causes": 40,
    "title": 36,
    "past_step": 30,
    "artefact": 30,
    "confirmed_by": 24,
    "confirmed_function": 20,
    "measure": 40,
    "method": 40,
    "skills": 26,
    "types": 26,
    "evidence": 26,
    "value": 60,
    "source": 26,
    "item": 26,
    "other": 20,
}
_WIDTH, _WRAPPED = 14, 30
_LINE, _MOST_LINES = 15, 20


#: Header and width of a column.
_Column = tuple[str, int]


def workbook(found: Iterable[Entry], framework: Framework, made: dt.datetime) -> bytes:
    """
    Write entries as a workbook.

    Parameters
    ----------
    found : iterable of Entry
    framework : Framework
        Gives titles and level names, which are for the reader and not read back, and a row for
        each skill that has no rating yet.
    made : datetime.datetime
        What the file says about when it was made.

    Returns
    -------
    bytes
        The same for the same content.

    Raises
    ------
    UsageError
        If a sheet would be longer than a workbook can hold, or the package that writes one is
        not installed.
    """
    needs("XlsxWriter", "xlsxwriter")
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(out, options)
    book.set_properties({"title": "Assessment", "created": made.replace(tzinfo=None)})
    writer = _Writer(book, framework)
    writer.write(list(found))
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, framework: Framework) -> None:
        self._book, self._framework = book, framework
        base = {"valign": "top", "align": "left"}
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        self._plain = book.add_format(base)
        self._wrap = book.add_format({**base, "text_wrap": True})
        self._quiet = book.add_format({**base, "font_color": "#595959"})
        self._day = book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self._further: list[tuple[str, str, str, str]] = []

    def write(self, found: list[Entry]) -> None:
        """Write every sheet; those nobody needs stay away, Ratings and Meta never."""
        for title, section in TABLES.items():
            rows = [entry for entry in found if entry.section == section]
            if section == "ratings":
                named = {entry.id for entry in rows}
                rows += [Entry(section, s) for s in self._framework.skills if s not in named]
                order = list(self._framework.skills)
                rows.sort(key=lambda e: order.index(e.id) if e.id in order else len(order))
            if rows or section == "ratings":
                self._table(title, section, rows)
        for title, sections in LISTS.items():
            self._fields(title, [entry for entry in found if entry.section in sections])
        if self._further:
            header = [(name, _WIDTHS.get(name, _WIDTH)) for name in FIELD_HEADER]
            sheet = self._sheet(CONTINUED, header, len(self._further))
            for row, cells in enumerate(self._further, start=1):
                for column, cell in enumerate(cells):
                    self._cell(sheet, row, column, cell, self._plain)

    def _sheet(self, title: str, columns: list[_Column], rows: int) -> Any:
        if rows > MOST_ROWS:
            msg = f"the sheet {title!r} would have {rows:,} rows; a workbook holds {MOST_ROWS:,}"
            raise UsageError(msg)
        sheet = self._book.add_worksheet(title)
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column[0], self._head)
            sheet.set_column(number, number, column[1])
        sheet.set_row(0, 20)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        return sheet

    def _table(self, title: str, section: str, rows: list[Entry]) -> None:
        known = SECTIONS[section]
        shown = [name for name in known.fields if _used(name, rows)]
        columns: list[_Column] = [(known.key, 22)]
        columns += [(name, 30) for name in _titles(section)]
        first = len(columns)
        columns += [(n.replace("_", " "), _WIDTHS.get(n, _WIDTH)) for n in shown]
        if section == "ratings":
            columns.append(("level name", 18))
        sheet = self._sheet(title, columns, len(rows))
        widths = {name: _WIDTHS.get(name, _WIDTH) for name in shown}
        for row, entry in enumerate(rows, start=1):
            self._height(sheet, row, entry, widths)
            self._cell(sheet, row, 0, entry.id, self._plain)
            for column, text in enumerate(self._told(section, entry), start=1):
                self._cell(sheet, row, column, text, self._quiet)
            for column, name in enumerate(shown, start=first):
                if name in entry.fields:
                    self._value(sheet, (row, column), entry, name, known.fields[name])
            level = entry.fields.get("level")
            if section == "ratings" and level is not None:
                names = {step.level.value: step.name for step in self._framework.scale}
                self._cell(sheet, row, len(columns) - 1, names.get(level, ""), self._quiet)
        if section == "ratings":
            column = first + shown.index("level")
            scale = [level.value for level in self._framework.levels]
            sheet.data_validation(
                1, column, max(len(rows), 1), column, {"validate": "list", "source": scale}
            )

    def _fields(self, title: str, rows: list[Entry]) -> None:
        told = [(entry, name) for entry in rows for name in entry.fields]
        columns: list[_Column] = [(name, _WIDTHS.get(name, 20)) for name in FIELD_HEADER]
        sheet = self._sheet(title, columns, len(told))
        for row, (entry, name) in enumerate(told, start=1):
            self._height(
                sheet, row, Entry(entry.section, "", {name: entry.fields[name]}), {name: 60}
            )
            for column, text in enumerate((entry.section, entry.id, name)):
                self._cell(sheet, row, column, text, self._plain)
            self._value(sheet, (row, 3), entry, name, SECTIONS[entry.section].fields[name])

    def _told(self, section: str, entry: Entry) -> Iterator[str]:
        """Give what helps a reader and is not read back."""
        skill = self._framework.skills.get(entry.id.partition("/")[0])
        for name in _titles(section):
            if skill is None:
                yield ""
            elif name == "area":
                yield self._framework.areas[skill.area].title
            else:
                yield skill.title

    def _value(
        self, sheet: Any, place: tuple[int, int], entry: Entry, name: str, kind: Kind
    ) -> None:
        cell = as_cell(kind, entry.fields[name])
        if isinstance(cell, str):
            first, *more = pieces(cell)
            self._cell(sheet, *place, first, self._wrap if len(first) > _WRAPPED else self._plain)
            for number, piece in enumerate(more, start=2):
                self._further.append((entry.section, entry.id, f"{name} ({number})", piece))
        elif isinstance(cell, bool):
            sheet.write_boolean(*place, cell, self._plain)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(*place, dt.datetime(cell.year, cell.month, cell.day), self._day)
        else:
            sheet.write_number(*place, cell, self._plain)

    @staticmethod
    def _height(sheet: Any, row: int, entry: Entry, widths: Mapping[str, int]) -> None:
        """Make a row as high as its longest text; not every spreadsheet does so by itself."""
        lines = 1
        for name, value in entry.fields.items():
            if isinstance(value, str):
                told = sum(len(line) * 11 // (10 * widths[name]) + 1 for line in value.splitlines())
                lines = max(lines, told)
        if lines > 1:
            sheet.set_row(row, min(lines, _MOST_LINES) * _LINE)

    @staticmethod
    def _cell(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        if text:
            sheet.write_string(row, column, text, style)


def _used(name: str, rows: list[Entry]) -> bool:
    return name != "other" or any(name in entry.fields for entry in rows)


def _titles(section: str) -> tuple[str, ...]:
    if section == "ratings":
        return ("skill title", "area")
    return ("skill title",) if section in ("notes", "plan", "effort", "actions") else ()
