"""One person's ratings by one rater, with evidence and notes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

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

from skillmatrix.assessment.states import STATES, RaterKind, StateWord
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Strength

FORMAT = "skillmatrix.assessment"
FORMAT_VERSION = 1


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


class Person(Kept):
    """Whom the ratings are about. A code, never derived from the name."""

    code: Code = Field(description="Any short code; a name is not needed.")
    name: Annotated[str, Field(max_length=300), Safe] = ""


class Rater(Kept):
    """Who rated."""

    kind: RaterKind = Field(description="self, mentor, manager or peer.")
    code: Code | None = Field(default=None, description="Left out for a self-rating.")


class Aim(Kept):
    """The role aimed at, and its context."""

    profile: Code = "senior"
    overlays: Annotated[
        tuple[Code, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = ()
    switches: Annotated[Mapping[str, bool | None], FrozenMap] = Field(
        default_factory=FrozenDict, description="Answer by switch; null or left out: not decided."
    )
    absence_months: Annotated[int, Field(ge=0, le=120)] = Field(
        default=0, description="Months of leave or part-time that stretch every window."
    )
    reasons: Annotated[Mapping[Code, OptionalText], FrozenMap] = Field(
        default_factory=FrozenDict,
        description="By overlay: why the condition holds that it lowers something on.",
    )


class Note(Kept):
    """Free words about one skill, with who may read them."""

    text: LongText
    visibility: Literal["private", "shared", "panel"] = "private"


class Evidence(Kept):
    """One piece of evidence, and how strong it is.

    Notes
    -----
    ``strength`` may not exceed what the other fields show; `reached_strength` says what
    they show.
    """

    id: Code
    title: Words = Field(description="What it was, in a few words.")
    date: Date = Field(description="When it happened. Not later than as_of.")
    strength: Strength = Field(
        description="E0 assertion; E1 described instance (description); E2 reviewable artefact "
        "(artefact); E3 artefact and confirmation (artefact, confirmed_by); E4 measured outcome "
        "(measure, method, confirmed_by)."
    )
    description: LongText = Field(default="", description="What you did, your own part.")
    artefact: OptionalText = Field(
        default="", description="A link or identifier that another person can open."
    )
    confirmed_by: OptionalText = Field(
        default="", description="Who confirms it from direct knowledge; not the person herself."
    )
    confirmed_function: Code | None = Field(
        default=None, description="Function of the person who confirms, such as product."
    )
    outside_team: bool = Field(
        default=False, description="Whether that person is outside the own team."
    )
    measure: LongText = Field(default="", description="The measured outcome after use.")
    method: LongText = Field(default="", description="How it was measured.")
    skills: Annotated[
        tuple[Code, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = Field(default=(), description="Ids of the skills it supports.")
    types: Annotated[
        tuple[Code, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = Field(
        default=(), description="Ids of the evidence types it is; promotion rules count these."
    )
    record: Code | None = Field(
        default=None, description="Id of the record entry it was made from, where there is one."
    )


class RecordEntry(Kept):
    """What a person noted down about one item of the role guide: an answer, or a figure.

    Notes
    -----
    Of ``answer`` and ``value`` at most one; with neither, ``text`` is a note alone. Whatever
    is recorded meets no criterion: only evidence made of it may.
    """

    id: Code
    item: Code = Field(description="Id of the item of the role guide it is about.")
    answer: Code | None = Field(default=None, description="Id of the answer chosen.")
    date: Date | None = Field(default=None, description="Since when, or the day of a reading.")
    text: LongText = Field(default="", description="Own words.")
    value: Number | None = Field(default=None, description="The figure read, as it was typed.")
    unit: Short = Field(default="", description="Of the figure, such as hours.")
    period: Short = Field(default="", description="What time the figure covers, such as quarter.")
    source: Annotated[OptionalText, Line] = Field(
        default="", description="Where the figure comes from; needed with one."
    )
    own_part: LongText = Field(default="", description="What the person did towards it.")
    other_causes: LongText = Field(default="", description="What else changed at that time.")


class Assessment(Kept):
    """
    One person, one rater, one framework, one aim.

    Attributes
    ----------
    framework : str
        ``id@version``.
    ratings : mapping of str to Rating
        By skill id. A skill that is not in it is not rated, which is never 0.
    evidence : tuple of Evidence
    notes : mapping of str to Note
        By skill id.
    no_more_evidence : tuple of str
        Evidence rules for which the person declares that no more exists.
    gap_below : tuple of str
        Skills whose level was chosen although a lower level's statement does not hold. The
        rating stands; the flag asks for a second look, often at the anchor.
    record : tuple of RecordEntry
        Answers and readings about items of the role guide.
    as_of : datetime.date
        The day the assessment speaks of; evidence ages against it.
    status : {"draft", "locked"}
        A locked one carries ``locked_at`` and the ``sha256`` of its content.
    """

    format: Literal["skillmatrix.assessment"] = "skillmatrix.assessment"
    format_version: Literal[1] = 1
    framework: Annotated[str, Field(pattern=r"^[a-z0-9-]+@\d+\.\d+\.\d+$"), Safe]
    person: Person
    rater: Rater
    aim: Aim = Field(default_factory=Aim)
    as_of: Date
    status: Literal["draft", "locked"] = "draft"
    ratings: Annotated[Mapping[str, RatingValue], FrozenMap]
    evidence: Annotated[
        tuple[Evidence, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = ()
    notes: Annotated[Mapping[str, Note], FrozenMap] = Field(default_factory=FrozenDict)
    no_more_evidence: Annotated[
        tuple[Code, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = ()
    gap_below: Annotated[
        tuple[Code, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = ()
    record: Annotated[
        tuple[RecordEntry, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)
    ] = ()
    created_at: Instant | None = None
    updated_at: Instant | None = None
    locked_at: Instant | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    def rating(self, skill: str) -> Rating:
        """Give the rating of a skill; one that is missing is `UNRATED`."""
        found: Rating = self.ratings.get(skill, UNRATED)
        return found
