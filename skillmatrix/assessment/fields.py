"""The kinds of field an assessment is made of, each refused with words when it is wrong."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from skillmatrix.assessment.states import STATES, StateWord
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level


def refuse(expected: str, remedy: str = "") -> PydanticCustomError:
    """Make an error that says what was expected and what to do."""
    return PydanticCustomError(
        "skillmatrix", "{expected}", {"expected": expected, "remedy": remedy}
    )


def _text(value: object) -> object:
    if isinstance(value, str):
        if "\x00" in value:
            raise refuse("text without NUL characters", "delete the character U+0000")
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise refuse("text without half characters", "delete the lone surrogate (\\ud800 ...)")
    return value


def _line(value: object) -> object:
    if not isinstance(value, str) or value.isprintable():
        return value
    if any(unicodedata.category(c) in _BREAKS for c in value):
        raise refuse("text on one line", "delete line breaks and other control characters")
    return value


#: Control characters, line and paragraph separators.
_BREAKS = frozenset({"Cc", "Zl", "Zp"})


def _date(value: object) -> object:
    if isinstance(value, dt.datetime) or not isinstance(value, (str, dt.date)):
        raise refuse("a date such as 2026-05-31")
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise refuse("a date such as 2026-05-31")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise refuse("a day that exists, such as 2026-05-31") from None
    return value


def _instant(value: object) -> object:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise refuse("a time with its zone such as 2026-05-31T12:03:11+00:00") from None
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise refuse("a time with its zone such as 2026-05-31T12:03:11+00:00")
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise refuse("a time between the years 1 and 9999") from None


def _rating(value: object) -> object:
    words = ", ".join(STATES)
    expected = f"a level of the scale as a whole number, or one of {words}"
    if isinstance(value, Rating):
        return value
    if isinstance(value, bool) or value is None:
        remedy = "write UNRATED for a skill nobody has rated" if value is None else ""
        raise refuse(expected, remedy)
    if isinstance(value, int):
        return Rating(level=Level(value))
    if isinstance(value, str):
        if value in STATES:
            return Rating(state=value)
        remedy = "write the level without quotes" if value.strip().isdigit() else ""
        if value.upper() in STATES:
            remedy = f"did you mean {value.upper()!r}?"
        raise refuse(expected, remedy)
    if isinstance(value, float):
        raise refuse(expected, "levels have no halves; choose the highest level that holds")
    raise refuse(expected)


class Rating:
    """A level, or the word for why there is none.

    Parameters
    ----------
    level : Level, optional
        The level given.
    state : str
        ``RATED`` with a level, else one of the words of `STATES`.
    """

    __slots__ = ("level", "state")

    def __init__(self, level: Level | None = None, state: StateWord | str = "UNRATED") -> None:
        self.level = level
        self.state = "RATED" if level is not None else state

    @property
    def value(self) -> int | str:
        """The level as a number, or the word: what a file holds."""
        return self.level.value if self.level is not None else self.state

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rating) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Rating({self.value!r})"


UNRATED = Rating()

Safe = BeforeValidator(_text)
Code = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", min_length=1, max_length=64), Safe
]
Words = Annotated[str, Field(min_length=1, max_length=300), Safe]
LongText = Annotated[str, Field(max_length=20000), Safe]
OptionalText = Annotated[str, Field(max_length=2000), Safe]
Date = Annotated[
    dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
Instant = Annotated[
    dt.datetime,
    BeforeValidator(_instant),
    PlainSerializer(lambda t: t.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
RatingValue = Annotated[
    Any,
    BeforeValidator(_rating),
    PlainSerializer(lambda r: r.value),
    WithJsonSchema(
        {
            "description": "A level of the scale, or the word for why there is none.",
            "anyOf": [{"type": "integer", "minimum": 0}, {"enum": list(STATES)}],
        }
    ),
]


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return FrozenDict(value)


FrozenMap = AfterValidator(_frozen)


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        remedy = "write the number without quotes" if isinstance(value, str) else ""
        raise refuse("a number", remedy)
    if not abs(value) <= MOST:
        raise refuse(f"a number between {-MOST:g} and {MOST:g}")
    return value


#: Limit of a reading against slips: beyond it not every whole number is told from the next.
MOST = 1e15

Line = BeforeValidator(_line)
Short = Annotated[str, Field(max_length=60), Safe, Line]
Number = Annotated[
    Any,
    BeforeValidator(_number),
    WithJsonSchema({"type": "number", "minimum": -MOST, "maximum": MOST}),
]


class Kept(BaseModel):
    """Base of all parts of an assessment: frozen; a key it does not know is kept."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)


def _entries(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


#: A list of a file, held as a tuple.
Entries = BeforeValidator(_entries)
