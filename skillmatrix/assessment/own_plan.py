"""What a person sets down for a step of her plan: opportunity, own figures, actions with dates."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from skillmatrix.assessment.fields import (
    Code,
    Date,
    Entries,
    Kept,
    LongText,
    Number,
    OptionalText,
    refuse,
)

#: Twenty years: a limit against slips.
MOST_WEEKS = 1040


def _weeks(value: float) -> float:
    if not 0 <= value <= MOST_WEEKS:
        raise refuse(f"weeks from 0 to {MOST_WEEKS}")
    return value


Weeks = Annotated[
    Number,
    AfterValidator(_weeks),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_WEEKS}),
]


class OwnEffort(Kept):
    """Own figures for reaching one level of a skill from the one below, in weeks."""

    level: Annotated[int, Field(ge=0)] = Field(description="The level that is reached.")
    optimistic: Weeks
    likely: Weeks
    pessimistic: Weeks


class Action(Kept):
    """One thing to do."""

    id: Code
    text: LongText = Field(description="What is to be done, in own words.")
    due: Date | None = Field(default=None, description="By when.")
    done: Date | None = Field(default=None, description="Since when it is done.")


class OwnPlan(Kept):
    """What a person sets down for one skill of her plan.

    Notes
    -----
    It moves no level and meets no criterion. ``opportunity`` and ``cap`` limit what a plan may
    propose; ``effort`` stands in place of the ladder's placeholders.
    """

    opportunity: bool | None = Field(
        default=None,
        description="Whether there is a project in the next two quarters that can show it; "
        "null or left out: not known.",
    )
    past_weeks: Weeks | None = Field(
        default=None, description="How long a comparable step took her before, in weeks."
    )
    past_step: OptionalText = Field(default="", description="Which step that was.")
    effort: Annotated[tuple[OwnEffort, ...], Entries] = ()
    cap: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="The highest level that can be reached in time."
    )
    actions: Annotated[tuple[Action, ...], Entries] = ()
