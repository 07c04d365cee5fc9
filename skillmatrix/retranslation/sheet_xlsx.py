"""A sorting sheet as a workbook: two drop-down columns, and nothing that calculates."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from skillmatrix.exchange.text import marked
from skillmatrix.exchange.xlsx_read import needs
from skillmatrix.retranslation.sheet import NONE_TITLE, Sheet

#: The sheet that is filled in, and its columns; a CSV saved of it is read as well.
SORT = "Sort"
ITEM, TEXT, LEVEL, SHEET = "item", "sentence", "level", "sheet"
_FIRST, _LEVELS = "Read first", "Levels"
_LINE, _CHARS = 15, 62


def as_xlsx(sheet: Sheet, made: dt.datetime) -> bytes:
    """
    Write a sheet as a workbook.

    Parameters
    ----------
    sheet : Sheet
        From `sorting_sheet`.
    made : datetime.datetime
        What the file says about when it was made.

    Returns
    -------
    bytes
        The same for the same sheet and time. Texts are texts: nothing is taken for a formula, a
        link or a number.

    Raises
    ------
    UsageError
        If the package that writes workbooks is not installed.
    """
    needs("XlsxWriter", "xlsxwriter")
    from xlsxwriter import Workbook

    out = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(out, {"in_memory": True, **plain})
    title = f"Sorting sheet {sheet.sorter}"
    book.set_properties({"title": title, "created": made.replace(tzinfo=None)})
    _Writer(book, sheet).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        base = {"valign": "top", "text_wrap": True}
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        self._text = book.add_format(base)
        self._number = book.add_format({**base, "align": "left", "font_color": "#595959"})
        edge = {"border": 1, "border_color": "#b8b0a0"}
        self._fill = book.add_format({**base, **edge, "bg_color": "#fdf6e3"})
        self._line = book.add_format({"valign": "top", "font_color": "#8c8c8c"})
        self._quiet = book.add_format({**base, "font_color": "#595959"})
        self._title = book.add_format({"bold": True, "font_size": 16})

    @property
    def _groups(self) -> str:
        return "Skills" if self._sheet.kind == "skills" else "Criteria"

    def write(self) -> None:
        """Write what to do, the sheet to fill in, and what can be chosen."""
        first = self._book.add_worksheet(_FIRST)
        self._sort(self._book.add_worksheet(SORT))
        groups = [(group.title, group.about) for group in self._sheet.groups]
        none = (NONE_TITLE, "The sentence fits nothing in this list; then leave the level empty.")
        self._choices(self._groups, [*groups, none])
        levels = [(level.label, level.definition) for level in self._sheet.levels]
        self._choices(_LEVELS, levels)
        self._read_first(first)

    def _read_first(self, page: Any) -> None:
        sheet = self._sheet
        word = sheet.group_word.lower()
        lines = [
            f"{len(sheet.items)} sentences stand in the sheet {SORT}, each about one thing a "
            f"person does. For each, choose the {word} it shows and the level it shows it at.",
            "You are testing the sentences; nobody is testing you.",
            "Read the sentence alone. Do not look it up in the ladder, and do not talk about it "
            "with other sorters.",
            f"If it fits nothing in the list, choose {NONE_TITLE}; then no level is needed.",
            "What you leave empty counts as not sorted, never as wrong.",
            "Leave the columns item and sheet as they are: they say which sentence is which.",
            "Save the file as .xlsx and send it to whoever gave it to you.",
        ]
        page.set_column(0, 0, 90)
        page.hide_gridlines(2)
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, f"Sorting sheet {sheet.sorter}", self._title)
        page.write_string(1, 0, marked(f"{sheet.title} ({sheet.framework})"), self._quiet)
        for row, line in enumerate(lines, start=3):
            page.write_string(row, 0, line, self._text)
            page.set_row(row, _height(line, 90))

    def _sort(self, page: Any) -> None:
        sheet = self._sheet
        widths = {ITEM: 7, TEXT: 70, sheet.group_word.lower(): 30, LEVEL: 18, SHEET: 9}
        for column, (name, width) in enumerate(widths.items()):
            page.write_string(0, column, name, self._head)
            page.set_column(column, column, width)
        page.set_row(0, 20)
        page.freeze_panes(1, 2)
        for row, text in enumerate(sheet.items, start=1):
            page.write_number(row, 0, row, self._number)
            page.write_string(row, 1, marked(text), self._text)
            page.write_blank(row, 2, None, self._fill)
            page.write_blank(row, 3, None, self._fill)
            page.write_string(row, 4, sheet.id, self._line)
            page.set_row(row, _height(text, _CHARS))
        last = len(sheet.items)
        self._offer(page, last, 2, self._groups, len(sheet.groups) + 1)
        self._offer(page, last, 3, _LEVELS, len(sheet.levels))
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _offer(self, page: Any, last: int, column: int, listed: str, count: int) -> None:
        """Let a column be chosen from the first column of another sheet."""
        message = f"choose one of the list, or leave it empty; see the sheet {listed}"
        page.data_validation(
            1,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": f"={listed}!$A$2:$A${count + 1}",
                "error_title": "Not in the list",
                "error_message": message,
            },
        )

    def _choices(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        page = self._book.add_worksheet(title)
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 90)
        page.freeze_panes(1, 0)
        page.set_row(0, 20)
        for column, name in enumerate((title.lower(), "what it means")):
            page.write_string(0, column, name, self._head)
        for row, (name, about) in enumerate(rows, start=1):
            page.write_string(row, 0, marked(name), self._text)
            page.write_string(row, 1, marked(about), self._quiet)
            page.set_row(row, _height(about, 85))


def _height(text: str, width: int) -> int:
    """Give the points a text needs; not every spreadsheet finds out by itself."""
    return (len(text) // width + 1) * _LINE + 3
