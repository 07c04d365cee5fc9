"""Text without the characters that no paper and no sheet can hold."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from skillmatrix.charts.chart import Chart

T = TypeVar("T")

_KEPT = "\n\t"
_NOT_CHARACTERS = "\ufffe\uffff"


def printable(value: T) -> T:
    r"""
    Leave out control characters everywhere in a report; line breaks become one kind.

    Notes
    -----
    They show nothing and would make a file unreadable. The assessment file keeps them.

    Examples
    --------
    >>> printable(("one\r\ntwo", "bell\x07"))
    ('one\ntwo', 'bell')
    """
    found: Any = value
    if isinstance(value, str):
        found = _text(value)
    elif isinstance(value, tuple):
        found = tuple(printable(each) for each in value)
    elif is_dataclass(value) and not isinstance(value, (type, Chart)):
        found = replace(value, **{f.name: printable(getattr(value, f.name)) for f in fields(value)})
    return found  # type: ignore[no-any-return]


def _text(text: str) -> str:
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in text
        if c in _KEPT or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in _NOT_CHARACTERS)
    )
