"""What an entry of a mentor session may say, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skillmatrix.assessment.fields import Code, Date, FrozenMap, LongText
from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import Problem
from skillmatrix.sessions.chain import plain

Side = Literal["self", "mentor"]
Sureness = Literal["sure", "fairly sure", "a guess"]
Level = Annotated[int, Field(ge=0)]


class Content(BaseModel):
    """Base of what entries say: nothing unknown, nothing converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Prediction(Content):
    """What the person thinks the mentor has rated, and how sure she is."""

    level: Level
    sure: Sureness = "fairly sure"


class Predicted(Content):
    """Predictions by skill, made before anybody has seen the other's ratings."""

    levels: Annotated[Mapping[Code, Prediction], FrozenMap]


class Agreed(Content):
    """What both hold after talking about a skill; without a level they see it differently."""

    skill: Code
    level: Level | None = Field(default=None, description="Left out: we see it differently.")
    reason: LongText = Field(default="", description="What settled it, or what keeps them apart.")
    next_evidence: LongText = Field(default="", description="What would show the next level.")


class Action(Content):
    """One thing to do."""

    id: Code
    text: LongText
    owner: Side
    skill: Code | None = None
    due: Date | None = None
    opportunity: bool | None = Field(
        default=None, description="Whether there is a project that can show it; null: not known."
    )


class Done(Content):
    """An action that is over: done on a day, or dropped."""

    id: Code
    done: Date | None = Field(default=None, description="Left out: dropped.")
    text: LongText = ""


class Parked(Content):
    """A skill put off: skipped for today, or parked for the next session."""

    skill: Code
    until: Literal["today", "next session"]
    why: LongText = ""


class Spoken(Content):
    """How long a skill was talked about, in seconds."""

    skill: Code
    seconds: Annotated[int, Field(ge=0, le=86_400)]


class Remark(Content):
    """Words for both, about a skill or about all of it."""

    skill: Code | None = None
    text: LongText


class Nothing(Content):
    """An entry that says no more than that it happened."""


KINDS: dict[str, type[Content]] = {
    "predicted": Predicted,
    "revealed": Nothing,
    "agreed": Agreed,
    "action": Action,
    "done": Done,
    "parked": Parked,
    "spoken": Spoken,
    "remark": Remark,
    "closed": Nothing,
}


def check_content(
    kind: str,
    content: Mapping[str, Any],
    where: str,
    kinds: Mapping[str, type[Content]] = KINDS,
) -> list[Problem]:
    """Find what is wrong with what an entry says."""
    model = kinds.get(kind)
    if model is None:
        known = ", ".join(kinds)
        return [Problem(f"{where} > kind", f"{kind!r}", f"one of {known}")]
    try:
        model.model_validate(plain(content))
    except ValidationError as error:
        found = [problem_of(item) for item in error.errors(include_url=False)]
        return [
            Problem(f"{where} > content > {p.where}", p.found, p.expected, p.remedy) for p in found
        ]
    return []
