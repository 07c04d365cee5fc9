"""What the self-review can be told: the arguments of its commands, each checked."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from skillmatrix.pages.session import Arguments


class Rate(Arguments):
    """A level, or the word for why there is none."""

    skill: str
    value: int | str
    gap_below: bool = False


class AimAt(Arguments):
    """The role aimed at, and its context."""

    profile: str
    overlays: list[str] = Field(default_factory=list)
    switches: dict[str, bool | None] = Field(default_factory=dict)
    absence_months: int = 0
    reasons: dict[str, str] = Field(default_factory=dict)


class WriteNote(Arguments):
    """Words about one skill."""

    skill: str
    text: str
    visibility: Literal["private", "shared", "panel"] = "private"


class PutEvidence(Arguments):
    """One item of evidence; None takes it away."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)
    item: dict[str, Any] | None = None


class PutRecord(Arguments):
    """One entry of the record; None takes it out."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)
    entry: dict[str, Any] | None = None


class ReadingsFile(Arguments):
    """A CSV file of readings, as text."""

    filename: str
    text: str


class AskReadings(Arguments):
    """Readings of one KPI, the newest first, from an offset on."""

    item: str
    offset: int = Field(default=0, ge=0)


class Declare(Arguments):
    """Whether no more evidence exists for a rule."""

    rule: str
    declared: bool


class Figure(Arguments):
    """The gap chart, in a theme, for one area or for all."""

    theme: Literal["light", "dark"] = "light"
    area: str | None = None
    width: int = Field(default=900, ge=300, le=1600)


class Beside(Arguments):
    """Which roles to set beside the aim, and another context for the aim's own role.

    Notes
    -----
    Without ``profiles`` every other promotion and direction of the framework is taken. Without
    ``overlays`` no other context is asked for; an empty list is the role without any.
    """

    profiles: list[str] = Field(default_factory=list, max_length=20)
    overlays: list[str] | None = None
    switches: dict[str, bool | None] = Field(default_factory=dict)


class Planning(Arguments):
    """What the plan makes smallest first."""

    first: Literal["steps", "effort"] = "steps"
