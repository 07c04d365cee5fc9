"""Scoring: gaps and verdicts from bounds; no sum, mean or percentage of levels."""

from skillmatrix.scoring.gap import SkillGap, gap, gaps
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.verdict import CriterionResult, PartResult, Pivot, Verdict, verdict

__all__ = [
    "CriterionResult",
    "PartResult",
    "Pivot",
    "SkillGap",
    "Standing",
    "Standings",
    "Verdict",
    "gap",
    "gaps",
    "verdict",
]
