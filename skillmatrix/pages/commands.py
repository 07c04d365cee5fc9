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


class WriteNote(Arguments):
    """Words about one skill."""

    skill: str
    text: str
    visibility: Literal["private", "shared", "panel"] = "private"


class PutEvidence(Arguments):
    """One item of evidence; None takes it away."""

    id: str
    item: dict[str, Any] | None = None


class Declare(Arguments):
    """Whether no more evidence exists for a rule."""

    rule: str
    declared: bool


class Figure(Arguments):
    """The gap chart, in a theme, for one area or for all."""

    theme: Literal["light", "dark"] = "light"
    area: str | None = None
    width: int = Field(default=900, ge=300, le=1600)
