"""Text in cells that other programs open: no formula starts, no character is lost.

Both ways of writing are exact: `unguarded` of `guarded` and `unmarked` of `marked` are the text
itself, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What starts a formula, with the full-width forms that some spreadsheets take for the same.
_FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
# A program that parts cells elsewhere begins one inside the text, so those places count as well.
_PLACE = '(?:^|[;\t\r\n])[ "\u00a0]*'
_GUARD = re.compile(f"{_PLACE}'*(?={_FORMULA})|\\A[ \"\u00a0]*'*(?=[\t\r])")
_UNGUARD = re.compile(f"{_PLACE}'+(?={_FORMULA})|\\A[ \"\u00a0]*'+(?=[\t\r])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

_HEX = "[0-9A-Fa-f]{4}"
_MARK = re.compile(f"~(?=u{_HEX}~)|(?<=_x{_HEX})_(?=x{_HEX}_)|[\ufffe\uffff]")
_UNMARK = re.compile(f"~u({_HEX})~")

#: UTF-16 units that go into one cell; a spreadsheet holds 32,767.
CELL = 32_000
_WIDE = 0xFFFF


def guarded(text: str) -> str:
    """
    Put an apostrophe before whatever a spreadsheet could take for a formula.

    Notes
    -----
    Numbers stay as they are. Text that has such an apostrophe of its own gets one more.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("-0.5"), guarded("a = b")
    ("'=1+1", "''=1+1", '-0.5', 'a = b')
    """
    return text if _NUMBER.fullmatch(text) else _GUARD.sub(r"\g<0>'", text)


def unguarded(text: str) -> str:
    """Take the apostrophes of `guarded` off again."""
    return _UNGUARD.sub(lambda found: found[0][:-1], text)


def marked(text: str) -> str:
    r"""
    Write out the few characters that do not survive a workbook.

    Notes
    -----
    A workbook writes control characters as ``_x000D_`` by itself. What is left are U+FFFE and
    U+FFFF, and text that looks like two such marks in a row.

    Examples
    --------
    >>> marked("_x0041_x0042_"), marked("end\uffff"), marked("snake_case")
    ('_x0041~u005F~x0042_', 'end~uFFFF~', 'snake_case')
    """
    return _MARK.sub(lambda found: f"~u{ord(found[0]):04X}~", text)


def unmarked(text: str) -> str:
    """Take the marks of `marked` off again."""
    return _UNMARK.sub(lambda found: chr(int(found[1], 16)), text)


def pieces(text: str) -> Iterator[str]:
    """
    Part a text that is too long for one cell.

    Examples
    --------
    >>> [len(piece) for piece in pieces("a" * 70_000)], list(pieces(""))
    ([32000, 32000, 6000], [''])
    """
    start, units = 0, 0
    for place, character in enumerate(text):
        wide = 1 + (ord(character) > _WIDE)
        if units + wide > CELL:
            yield text[start:place]
            start, units = place, 0
        units += wide
    yield text[start:]
