"""A report as a workbook: numbers are numbers, days are days, and text is never a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from skillmatrix.charts.measure import text_width
from skillmatrix.reports.html import needs
from skillmatrix.reports.parts import DECIDES, Report
from skillmatrix.reports.sheets import Cell, Sheet, sheets_of

#: Days before this one are text: the sheet's own calendar begins here.
_FIRST_DAY = dt.date(1900, 3, 1)
_LONGEST = 32_767
_A4 = 9
_LINE, _HIGHEST = 13.5, 409  # points
_WORD_ROOM = 0.86  # letters here are narrower than the widest font that widths are made for
_CHART_COLUMN, _CHART_ROWS = 122, 64
_DOTS, _SCREEN = 144, 96


def as_xlsx(report: Report) -> bytes:
    """
    Write a report as an XLSX workbook.

    Parameters
    ----------
    report : Report
        From `report`.

    Returns
    -------
    bytes
        One sheet a part: a frozen header, a filter, columns of a width to be read, and a page
        set up for printing. Every text is written as text, also one that begins with ``=``,
        ``+``, ``-`` or ``@``; a web address is no link. The properties name the version and
        nobody.

    Raises
    ------
    UsageError
        If XlsxWriter is not installed.
    """
    needs("XlsxWriter", "xlsxwriter")
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = dt.datetime.combine(report.made_on, dt.time())
    book.set_properties({"title": report.title, "subject": report.version, "created": made})
    looks = _looks(book)
    _summary(book.add_worksheet("Summary"), report, looks)
    for sheet in sheets_of(report):
        _sheet(book.add_worksheet(sheet.name), sheet, report, looks)
    _charts(book.add_worksheet("Chart"), report, looks)
    book.close()
    return file.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "font_color": "#1d2321"}
    wraps = {**base, "text_wrap": True}
    return {
        "text": book.add_format({**wraps, "num_format": "@"}),
        "strong": book.add_format({**wraps, "bold": True, "num_format": "@"}),
        "number": book.add_format({**base, "num_format": "0", "align": "left"}),
        "day": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
        "head": book.add_format(
            {**wraps, "bold": True, "bg_color": "#e3f0ee", "bottom": 1, "bottom_color": "#0a5f63"}
        ),
        "title": book.add_format({**base, "font_size": 16, "bold": True}),
        "part": book.add_format({**base, "font_size": 12, "bold": True, "font_color": "#0a5f63"}),
        "blank": book.add_format({**base, "bottom": 1}),
    }


def _write(page: Any, row: int, column: int, cell: Cell, looks: dict[str, Any]) -> None:
    """Write one cell by its type; what is not known stays empty."""
    if cell is None:
        return
    if isinstance(cell, dt.date) and cell >= _FIRST_DAY:
        page.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), looks["day"])
    elif isinstance(cell, (int, float)):
        page.write_number(row, column, cell, looks["number"])
    else:
        look = looks["strong" if column == 0 else "text"]
        page.write_string(row, column, str(cell)[:_LONGEST], look)


def _sheet(page: Any, sheet: Sheet, report: Report, looks: dict[str, Any]) -> None:
    for at, (title, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(0, at, title, looks["head"])
    widths = [width for _, width in sheet.columns]
    page.set_row(0, _height([title for title, _ in sheet.columns], widths))
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _height(row, widths))
        for at, cell in enumerate(row):
            _write(page, number, at, cell, looks)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.repeat_rows(0)
    _paper(page, report)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Estimate the height that a row needs: not every program fits rows to their text."""
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        if isinstance(cell, str):
            # A character of the sheet is one digit wide, about half the size of the letters.
            shares = [text_width(line, 1.0) * _WORD_ROOM for line in cell.split("\n")]
            lines = max(lines, sum(max(ceil(share / (width * 0.5)), 1) for share in shares))
    return min(lines * _LINE + 3, _HIGHEST)


def _paper(page: Any, report: Report, *, tall: bool = False, pages: int = 0) -> None:
    page.set_paper(_A4)
    if not tall:
        page.set_landscape()
    page.fit_to_pages(1, pages)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_header(f"&L&9{report.version}&R&9&A")
    page.set_footer(f"&L&9{DECIDES}&R&9Page &P of &N")


def _summary(page: Any, report: Report, looks: dict[str, Any]) -> None:
    """Write what the first page of every report says, as labels and values."""
    widths = (36, 80)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    page.write_string(0, 0, report.title, looks["title"])
    row = 2
    for title, lines in _blocks(report):
        page.write_string(row, 0, title, looks["part"])
        row += 1
        for label, value in lines:
            page.set_row(row, _height((label, value), widths))
            _write(page, row, 0, label, looks)
            _write(page, row, 1, value, looks)
            row += 1
        row += 1
    if report.for_calibration:
        page.write_string(row, 0, "Decision", looks["part"])
        for label in ("Decided by", "Date", "Decision and reason", "Dissent"):
            row += 1
            _write(page, row, 0, label, looks)
            page.set_row(row, 2 * _LINE)
            page.write_blank(row, 1, None, looks["blank"])
    _paper(page, report, tall=True)


def _blocks(report: Report) -> Iterable[tuple[str, Sequence[tuple[str, Cell]]]]:
    answer = report.answer
    yield "Version", [("Version", report.version), ("What it holds", report.purpose)]
    if report.left_out:
        told = [("Told to you alone", line) for line in report.left_out]
        yield "What the versions that leave would not hold", told
    yield "About", [(fact.label, fact.value) for fact in report.facts]
    yield (
        "Result",
        [
            ("Result", answer.word),
            ("In words", answer.label),
            ("Criteria", answer.summary),
            ("Coverage", f"{answer.coverage} {answer.gates}".strip()),
            *([("Confidence", answer.confidence)] if answer.confidence else []),
            *(("Warning", line) for line in answer.warnings),
        ],
    )
    yield (
        "Criteria",
        [
            (card.name, f"{card.state}; {card.met} of {len(card.parts)} parts met")
            for card in report.criteria
        ],
    )
    if report.change:
        told = [("In short", report.change.sentence)]
        told += [("", line) for line in report.change.more]
        yield f"What changed since {report.change.since}", told
    for title, lines in (
        ("What would settle it, cheapest first", report.settle),
        ("Ratings that decide alone", report.pivots),
        ("Questions not decided", report.undecided),
        ("Above the bar", report.overshoot),
    ):
        if lines:
            yield title, [(f"{at}", line) for at, line in enumerate(lines, start=1)]
    if report.record_more:
        yield "Record", [("", report.record_more)]
    if report.context:
        yield "What it was judged by", [(fact.label, fact.value) for fact in report.context]
    yield "How to read it", [("", line) for line in report.notices]


def _charts(page: Any, report: Report, looks: dict[str, Any]) -> None:
    """Put the charts in as pictures, each with its text alternative beneath the title."""
    page.set_column(0, 0, _CHART_COLUMN)
    row = 0
    for chart in report.charts:
        _write(page, row, 0, chart.title, looks)
        page.set_row(row + 1, _height((chart.text,), (_CHART_COLUMN,)))
        page.write_string(row + 1, 0, chart.text[:_LONGEST], looks["text"])
        picture = io.BytesIO(chart.png(_DOTS))
        options = {
            "image_data": picture,
            "description": chart.text,
            "x_scale": _SCREEN / _DOTS,
            "y_scale": _SCREEN / _DOTS,
        }
        page.insert_image(row + 3, 0, "chart.png", options)
        row += _CHART_ROWS
    _paper(page, report, tall=True, pages=len(report.charts))
