"""What if: levels tried on the board, judged and not stored."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework
from skillmatrix.pages.assessment_view import chosen_profile, level_part
from skillmatrix.pages.session import Arguments, Command, Commands, Review, refuse
from skillmatrix.scoring import CriterionResult, Verdict, gaps
from skillmatrix.scoring.headline import LABELS, summary
from skillmatrix.scoring.targets_text import in_full


class TryLevels(Arguments):
    """Levels to try, by skill; carried: as if evidence showed each of them in full."""

    levels: dict[str, int] = Field(default_factory=dict, max_length=500)
    carried: bool = True


class Trying:
    """The command that judges them; it stores nothing."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {"what_if": (TryLevels, self.what_if)}

    def what_if(self, command: Command, wish: TryLevels) -> dict[str, Any]:
        """Judge the open assessment with some levels tried."""
        assessment, _ = self._review.current()
        return {"what_if": what_if_view(self._review.framework, assessment, wish)}


def what_if_view(framework: Framework, assessment: Assessment, wish: TryLevels) -> dict[str, Any]:
    """
    Give what would be with other levels: the rows tried, the verdict, and what changes.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment
        As it stands; it is not changed.
    wish : TryLevels

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``.

    Raises
    ------
    RefusedError
        If a skill or a level does not exist, or the skill is not part of the role.
    """
    profile = chosen_profile(framework, assessment)
    before = Verdict(assessment, profile)
    positions = {}
    for skill, value in wish.levels.items():
        if skill not in framework.skills:
            raise refuse("levels", repr(skill), "ids of skills of this framework")
        if value not in framework.levels:
            scale = ", ".join(str(level) for level in framework.levels)
            raise refuse(f"levels > {skill}", repr(value), f"a level: {scale}")
        if skill in profile.not_applicable:
            reason = profile.not_applicable[skill].reason
            expected = "a skill that is part of the role"
            raise refuse(f"levels > {skill}", f"not applicable here: {reason}", expected)
        positions[skill] = framework.levels.index(value)
    standings = before.standings.trying(positions, carried=wish.carried)
    after = Verdict(assessment, profile, standings)
    rows = gaps(standings)
    return {
        "carried": wish.carried,
        "rows": [
            {**level_part(standings, rows[skill]), "value": value}
            for skill, value in wish.levels.items()
        ],
        "before": {"word": before.overall, "label": LABELS[before.label]},
        "after": {"word": after.overall, "label": LABELS[after.label]},
        "summary": summary(after),
        "criteria": [
            _criterion(was, after.criteria[name]) for name, was in before.criteria.items()
        ],
    }


def _criterion(before: CriterionResult, after: CriterionResult) -> dict[str, Any]:
    """Give one criterion before and after, with the parts whose state changes."""
    return {
        "id": before.id,
        "code": before.code,
        "title": before.title,
        "before": before.state,
        "after": after.state,
        "parts": [
            {
                "id": now.id,
                "kind": now.kind,
                "title": in_full(now),
                "before": was.state,
                "after": now.state,
                "skill": now.skills[0] if len(now.skills) == 1 else None,
            }
            for was, now in zip(before.parts, after.parts, strict=True)
            if was.state != now.state
        ],
    }
