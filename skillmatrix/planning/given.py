"""What limits and prices a plan: the ladder's own words, the person's, and those of the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.model import Framework
from skillmatrix.planning.task import UNIT, Objective

Weeks = tuple[float, float, float]
Thousandths = tuple[int, int, int]


@dataclass(frozen=True)
class Prerequisite:
    """A level of one skill that needs a level of another first."""

    skill: str
    level: int
    needs: str
    needs_level: int
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """
    Everything a plan is made with, beside ratings and profile.

    Attributes
    ----------
    first : {"steps", "effort"}
    effort : mapping of (str, int) to tuple of float
        Own figures in weeks, by skill and level.
    caps : mapping of str to int
        The highest level of a skill that can be reached in time.
    opportunities : mapping of str to bool or None
    prerequisites : tuple of Prerequisite
    """

    first: Objective = "steps"
    effort: Mapping[tuple[str, int], Weeks] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    opportunities: Mapping[str, bool | None] = field(default_factory=dict)
    prerequisites: tuple[Prerequisite, ...] = ()

    def reason(self, skill: str, level: int, needs: str) -> str:
        """Say why a level needs another skill; empty where nobody said."""
        wanted = (skill, level, needs)
        return next(
            (p.reason for p in self.prerequisites if (p.skill, p.level, p.needs) == wanted), ""
        )

    def thousandths(self, position: Mapping[int, int]) -> dict[tuple[str, int], Thousandths]:
        """Give own figures as whole thousandths of a week, by skill and position."""
        return {
            (skill, position[level]): (round(low * UNIT), round(likely * UNIT), round(high * UNIT))
            for (skill, level), (low, likely, high) in self.effort.items()
        }


def gathered(
    assessment: Assessment,
    framework: Framework,
    *,
    first: Objective = "steps",
    effort: Mapping[tuple[str, int], Weeks] | None = None,
    caps: Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite] = (),
    opportunities: Mapping[str, bool | None] | None = None,
) -> Given:
    """
    Put together what ladder, person and call say; the call wins over the other two.

    Raises
    ------
    UsageError
        If a skill or level does not exist, or an effort is no three ascending numbers.
    """
    own = assessment.plan
    figures: dict[tuple[str, int], Weeks] = {
        (skill, step.level): (step.optimistic, step.likely, step.pessimistic)
        for skill, entry in own.items()
        for step in entry.effort
    }
    limits = {skill: entry.cap for skill, entry in own.items() if entry.cap is not None}
    chances = {skill: entry.opportunity for skill, entry in own.items()}
    needed = {
        (p.skill, p.level.value, p.needs): Prerequisite(
            p.skill, p.level.value, p.needs, p.needs_level.value, p.reason
        )
        for p in framework.prerequisites
    }
    needed |= {(p.skill, p.level, p.needs): p for p in prerequisites}
    made = Given(
        first,
        {**figures, **(effort or {})},
        {**limits, **(caps or {})},
        {**chances, **(opportunities or {})},
        tuple(needed.values()),
    )
    _check(made, framework)
    return made


def _check(given: Given, framework: Framework) -> None:
    if given.first not in get_args(Objective):
        msg = f"first is {given.first!r}; expected {' or '.join(get_args(Objective))}"
        raise UsageError(msg)
    levels = [level.value for level in framework.levels]
    named = [(skill, level) for skill, level in given.caps.items()]
    named += [(p.skill, p.level) for p in given.prerequisites]
    named += [(p.needs, p.needs_level) for p in given.prerequisites]
    named += list(given.effort)
    for skill in (*given.opportunities, *(skill for skill, _ in named)):
        if skill not in framework.skills:
            close = suggest(skill, framework.skills)
            msg = f"no skill {skill!r} in this framework; {close}"
            raise UsageError(msg)
    for skill, level in named:
        if level not in levels:
            scale = ", ".join(map(str, levels))
            msg = f"no level {level!r} for {skill}; the scale has {scale}"
            raise UsageError(msg)
    for (skill, level), weeks in given.effort.items():
        if not _rising(weeks):
            msg = (
                f"effort of {skill} to level {level} is {weeks!r}; expected weeks from optimistic "
                "through likely to pessimistic, such as (4, 10, 26)"
            )
            raise UsageError(msg)


def _rising(weeks: Sequence[float]) -> bool:
    try:
        optimistic, likely, pessimistic = weeks
        return 0 <= optimistic <= likely <= pessimistic < float("inf")
    except (TypeError, ValueError):
        return False
