"""Numbers and days as people type them into a table: understood, or said why not."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from skillmatrix.assessment.fields import MOST
from skillmatrix.errors import Problem

_SPACES = " \u00a0\u2009\u202f"
_LONGEST = 40
_A = re.ASCII

_POINT = re.compile(r"\d+(\.\d+)?(e[+-]?\d{1,3})?", _A | re.IGNORECASE)
_POINT_GROUPED = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}", _A)
_COMMA_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}", _A)
_COMMA = re.compile(r"\d+,\d+", _A)
_SPACED = re.compile(rf"\d{{1,3}}([{_SPACES}]\d{{3}})+([.,]\d+)?", _A)
#: Three digits after one mark, and one to three before it: a thousand, or a decimal.
_EITHER_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}", _A)
_EITHER_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}", _A)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", _A)


class Figure(NamedTuple):
    """A number as read, whether a percent sign stood with it, and whether a comma was decimal."""

    value: int | float
    percent: bool
    comma: bool


def _bare(text: str) -> tuple[str, str, bool]:
    """Take sign and percent sign off: sign, digits, percent."""
    body = text.strip().replace("\N{MINUS SIGN}", "-")
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip(_SPACES)
    sign = body[:1] if body[:1] in {"+", "-"} else ""
    return sign, body.removeprefix(sign).lstrip(_SPACES) if sign else body, percent


def has_decimal_comma(text: str) -> bool:
    """Say whether a number can only be read with a decimal comma."""
    body = _bare(text[: _LONGEST + 1])[1]
    if _COMMA_GROUPED.fullmatch(body):
        return "," in body
    if _SPACED.fullmatch(body):
        return "," in body
    return bool(_COMMA.fullmatch(body)) and not _EITHER_COMMA.fullmatch(body)


def read_figure(text: str, comma_file: bool = False) -> Figure | Problem:
    """
    Read a number, or say why it is none.

    Parameters
    ----------
    text : str
        With a decimal point; a decimal comma where it can be nothing else.
    comma_file : bool
        Whether other numbers of the file have a decimal comma, which makes "1.234" unclear.

    Examples
    --------
    >>> read_figure("3.5"), read_figure("1.234,5 %")
    (Figure(value=3.5, percent=False, comma=False), Figure(value=1234.5, percent=True, comma=True))
    >>> read_figure("1,234").remedy
    'write 1234 or 1.234: the comma could part thousands or decimals'
    """
    sign, body, percent = _bare(text[: _LONGEST + 1])
    shown = f"{text.strip()[:_LONGEST]!r}"
    if not body:
        return Problem("value", "nothing" if not text.strip() else shown, "a number")
    if len(text.strip()) > _LONGEST:
        return Problem("value", f"{len(text)} characters", f"a number of at most {_LONGEST}")
    if _EITHER_COMMA.fullmatch(body) or (comma_file and _EITHER_POINT.fullmatch(body)):
        digits, mark = body.replace(",", "").replace(".", ""), "comma" if "," in body else "point"
        # In a file with decimal commas 1.234 would be unclear in turn, and 1,2340 is not.
        decimal = f"{body}0" if comma_file else body.replace(",", ".")
        remedy = (
            f"write {sign}{digits} or {sign}{decimal}: the {mark} could part thousands or decimals"
        )
        if mark == "point":
            remedy = f"write {sign}{digits} or {sign}{body}0: other numbers of the file have commas"
        return Problem("value", shown, "a number that can be read in one way", remedy)
    if _POINT.fullmatch(body):
        plain, comma = body, False
    elif _POINT_GROUPED.fullmatch(body):
        plain, comma = body.replace(",", ""), False
    elif _COMMA_GROUPED.fullmatch(body) or _COMMA.fullmatch(body):
        plain, comma = body.replace(".", "").replace(",", "."), "," in body
    elif _SPACED.fullmatch(body):
        plain, comma = re.sub(f"[{_SPACES}]", "", body).replace(",", "."), "," in body
    else:
        remedy = "formulas are not worked out: write the figure" if body[0] in "=@" else ""
        return Problem("value", shown, "a number such as 3.5", remedy)
    value = float(sign + plain)
    if not abs(value) <= MOST:
        return Problem("value", shown, f"a number between {-MOST:g} and {MOST:g}")
    whole = plain.isdigit()
    return Figure(int(sign + plain) if whole else value, percent, comma)


def read_day(text: str, as_of: dt.date) -> dt.date | Problem:
    """
    Read a day written as 2026-05-31, or say why it is none and which day may be meant.

    Examples
    --------
    >>> read_day("31.05.2026", dt.date(2026, 11, 20)).remedy
    'write 2026-05-31, if that day is meant'
    >>> read_day("05/06/2026", dt.date(2026, 11, 20)).remedy
    'it could be 2026-05-06 or 2026-06-05: write the one that is meant'
    """
    body = text.strip()
    if not body:
        return Problem("date", "nothing", "the day of the reading, such as 2026-05-31")
    shown = f"{body[:_LONGEST]!r}"
    if not _ISO.fullmatch(body):
        return Problem("date", shown, "a day such as 2026-05-31", _meant(body))
    day = _day(body[:4], body[5:7], body[8:])
    if day is None:
        return Problem("date", shown, "a day that exists, such as 2026-05-31")
    if day > as_of:
        return Problem("date", shown, f"a day up to {as_of}")
    return day


def _meant(text: str) -> str:
    """Give the day in ISO form where only one can be meant."""
    body = text.casefold()[:_LONGEST]
    days: set[dt.date | None] = set()
    if match := re.fullmatch(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})([t ].*)?", body, _A):
        days = {_day(match[1], match[3], match[4])}
    elif match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})([t ].*)?", body, _A):
        days = {_day(match[4], match[3], match[1]), _day(match[4], match[1], match[3])}
    elif match := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})", body, _A):
        days = {_day(match[3], _month(match[2]), match[1])}
    elif match := re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", body, _A):
        days = {_day(match[3], _month(match[1]), match[2])}
    known = sorted(str(day) for day in days if day is not None)
    if len(known) == 1:
        return f"write {known[0]}, if that day is meant"
    if known:
        return f"it could be {' or '.join(known)}: write the one that is meant"
    return "write year, month and day with hyphens"


def _month(word: str) -> str:
    return str(_MONTHS.index(word[:3]) + 1) if word[:3] in _MONTHS else "0"


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
