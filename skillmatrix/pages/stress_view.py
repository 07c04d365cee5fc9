"""The verdict under stress, as the results show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.session import Command, Commands, Nothing, Review
from skillmatrix.scoring import Stress, stress
from skillmatrix.scoring.headline import LABELS
from skillmatrix.scoring.shifts import Family, Move, Shift, Turned
from skillmatrix.scoring.stress_text import (
    COUNTS,
    caution,
    changed,
    clause_words,
    title,
    told,
    unasked,
)

#: Cases listed for a family; the others are counted.
MOST_LISTED = 60


class Stressing:
    """The command that tries the verdict; it stores nothing."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {"stress": (Nothing, self.stress)}

    def stress(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Count in how many cases the verdict holds."""
        assessment, _history = self._review.current()
        return {"stress": stress_view(self._review.framework, assessment)}


def stress_view(framework: Framework, assessment: Assessment) -> dict[str, Any]:
    """
    Give the counts of the aim's verdict by family of cases, and what turns it.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``.
    """
    found = stress(assessment, chosen_profile(framework, assessment))
    base = found.verdict
    return {
        "word": base.overall,
        "label": LABELS[base.label],
        "note": COUNTS,
        "families": [_family(found, family) for family in found.families.values()],
        "criteria": [
            {
                "id": criterion.id,
                "code": criterion.code,
                "title": criterion.title,
                "state": criterion.state,
                "holds": [family.holds_for(name) for family in found.families.values()],
            }
            for name, criterion in base.criteria.items()
        ],
        "unasked": unasked(found),
    }


def _family(found: Stress, family: Family) -> dict[str, Any]:
    """Give one family; of pairs only those that neither of the two ratings explains alone."""
    pairs = family.id == "pairs"
    flips = found.joint if pairs else family.flips
    quiet = () if pairs else tuple(shift for shift in family.shifts if not shift.flips)
    listed = flips[:MOST_LISTED]
    return {
        "id": family.id,
        "title": title(found, family),
        "told": told(found, family),
        "caution": caution(family),
        "cases": family.cases,
        "holds": family.holds,
        "flips": [_shift(found, shift, shift.decisive) for shift in listed],
        "more": len(flips) - len(listed),
        "explained": len(family.flips) - len(flips),
        "quiet": [_shift(found, shift, shift.criteria) for shift in quiet[:MOST_LISTED]],
    }


def _shift(found: Stress, shift: Shift, criteria: Iterable[Turned]) -> dict[str, Any]:
    """Give one case: what it changes, what the answer becomes, and on which parts."""
    base = found.verdict
    moved = [change.skill for change in shift.changes if isinstance(change, Move)]
    return {
        "text": changed(base.framework, shift),
        "skill": moved[0] if len(moved) == 1 else None,
        "word": shift.after,
        "label": LABELS[base.word(shift.after)],
        "on": [
            {
                "code": base.criteria[turned.criterion].code
                or base.criteria[turned.criterion].title,
                "before": turned.before,
                "after": turned.after,
                "clauses": [clause_words(clause) for clause in turned.clauses],
            }
            for turned in criteria
        ],
    }
