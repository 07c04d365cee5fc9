"""One value and one cell: as text for CSV, typed for a workbook, and the way back."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable
from typing import Any

from skillmatrix.assessment.parse import parse
from skillmatrix.errors import AssessmentError
from skillmatrix.exchange.sections import Kind, compact
from skillmatrix.exchange.text import marked, unmarked

YES, NO, UNDECIDED = "yes", "no", "not decided"
_TRUE, _FALSE = ("yes", "true", "1"), ("no", "false", "0")
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

#: Before this day a workbook's calendar is a day off, or has none.
FIRST_DAY = dt.date(1900, 3, 1)
_MOST_WHOLE = 10**15


class CellError(Exception):
    """A cell that does not hold what its column is for."""

    def __init__(self, found: str, expected: str, remedy: str = "") -> None:
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(found)


def as_text(kind: Kind, value: Any) -> str:
    """Write a value as the text of a cell."""
    if kind in ("flag", "answer"):
        return {True: YES, False: NO, None: UNDECIDED}[value]
    if kind == "list":
        return ", ".join(value)
    if kind in ("number", "json"):
        return compact(value)
    return str(value)


def from_text(kind: Kind, text: str) -> Any:
    """
    Read a value from the text of a cell.

    Raises
    ------
    CellError
        If the text is none of its kind.
    """
    if kind == "text":
        return text
    body = text.strip()
    read = _READ.get(kind)
    return read(body) if read else body


def _list(body: str) -> list[str]:
    return [part.strip() for part in body.split(",") if part.strip()]


def _flag(body: str) -> bool:
    if body.casefold() not in (*_TRUE, *_FALSE):
        raise CellError(f"{body[:60]!r}", f"{YES} or {NO}")
    return body.casefold() in _TRUE


def _answer(body: str) -> bool | None:
    if body.casefold() == UNDECIDED:
        return None
    try:
        return _flag(body)
    except CellError as error:
        raise CellError(error.found, f"{YES}, {NO} or {UNDECIDED}") from None


def _whole(body: str) -> int:
    if not _WHOLE.fullmatch(body):
        raise CellError(f"{body[:60]!r}", "a whole number")
    return int(body)


def _figure(body: str) -> Any:
    if not _NUMBER.fullmatch(body) or math.isinf(float(body)):
        raise CellError(f"{body[:60]!r}", "a number such as 3.5")
    return json.loads(body)


def _json(body: str) -> Any:
    try:
        return parse(body, "other")
    except AssessmentError as error:
        first = error.problems[0]
        raise CellError(first.found, first.expected, "leave it as it was written") from None


_READ: dict[Kind, Callable[[str], Any]] = {
    "list": _list,
    "flag": _flag,
    "answer": _answer,
    "whole": _whole,
    "number": _figure,
    "json": _json,
}


def as_cell(kind: Kind, value: Any) -> bool | float | str | dt.date:
    """
    Give a value as a workbook can hold it; text wherever a typed cell would change it.

    Examples
    --------
    >>> as_cell("number", 5), as_cell("number", 5.0), as_cell("number", 5.5)
    (5, '5.0', 5.5)
    >>> as_cell("date", "2026-05-31"), as_cell("date", "1899-12-31")
    (datetime.date(2026, 5, 31), '1899-12-31')
    """
    if kind in ("flag", "answer") and value is not None:
        return bool(value)
    if kind == "whole" and abs(value) <= _MOST_WHOLE:
        return int(value)
    if kind == "number" and repr(_number(float(f"{value:.16G}"))) == repr(value):
        number: float = value
        return number
    if kind == "date":
        day = dt.date.fromisoformat(value)
        return day if day >= FIRST_DAY else str(value)
    return marked(as_text(kind, value))


def from_cell(kind: Kind, cell: object) -> Any:
    """
    Read a value from a cell of a workbook.

    Raises
    ------
    CellError
        If the cell holds none of its kind.
    """
    if isinstance(cell, dt.datetime) and kind in ("date", "text"):
        return cell.date().isoformat() if kind == "date" else cell.isoformat()
    if isinstance(cell, dt.date):
        if kind in ("date", "text"):
            return cell.isoformat()
        remedy = "the program that saved the file took it for a date; format the cell as a number"
        raise CellError(f"the date {cell.isoformat()}", "no date", remedy)
    if isinstance(cell, bool):
        return cell if kind in ("flag", "answer") else from_text(kind, str(cell).upper())
    if isinstance(cell, (int, float)):
        if kind == "date":
            raise CellError(f"{cell:g}", "a day such as 2026-05-31", "format the cell as a date")
        return from_text(kind, compact(_number(float(cell))))
    return from_text(kind, unmarked(str(cell)))


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) <= _MOST_WHOLE else value
