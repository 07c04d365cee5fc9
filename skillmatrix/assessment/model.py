"""One person's ratings by one rater, with evidence and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from skillmatrix.assessment.case import Paragraph, PartId
from skillmatrix.assessment.fields import (
    UNRATED,
    Code,
    Date,
    Entries,
    FrozenMap,
    Instant,
    Kept,
    Line,
    LongText,
    Number,
    OptionalText,
    Rating,
    RatingValue,
    Safe,
    Short,
    Words,
)
from skillmatrix.assessment.own_plan import OwnPlan
from skillmatrix.assessment.states import RaterKind
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.model import Strength

FORMAT = "skillmatrix.assessment"
FORMAT_VERSION = 1


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
    overlays: Annotated[tuple[Code, ...], Entries] = ()
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
    skills: Annotated[tuple[Code, ...], Entries] = Field(
        default=(), description="Ids of the skills it supports."
    )
    types: Annotated[tuple[Code, ...], Entries] = Field(
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
    plan : mapping of str to OwnPlan
        By skill id: opportunity, own figures, actions with dates.
    case : mapping of str to Paragraph
        Her argument, by the id of the part of a criterion it answers; ``opening`` and
        ``closing`` answer none.
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
    evidence: Annotated[tuple[Evidence, ...], Entries] = ()
    notes: Annotated[Mapping[str, Note], FrozenMap] = Field(default_factory=FrozenDict)
    no_more_evidence: Annotated[tuple[Code, ...], Entries] = ()
    gap_below: Annotated[tuple[Code, ...], Entries] = ()
    record: Annotated[tuple[RecordEntry, ...], Entries] = ()
    plan: Annotated[Mapping[Code, OwnPlan], FrozenMap] = Field(default_factory=FrozenDict)
    case: Annotated[Mapping[PartId, Paragraph], FrozenMap] = Field(default_factory=FrozenDict)
    created_at: Instant | None = None
    updated_at: Instant | None = None
    locked_at: Instant | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    def rating(self, skill: str) -> Rating:
        """Give the rating of a skill; one that is missing is `UNRATED`."""
        found: Rating = self.ratings.get(skill, UNRATED)
        return found
