"""Scoring: gaps and verdicts from bounds; no sum, mean or percentage of levels."""

from skillmatrix.scoring.compare import Pair, compare, pairs
from skillmatrix.scoring.gap import SkillGap, gap, gaps
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.targets import Ask, GapAcross, TargetResult, Targets, targets
from skillmatrix.scoring.verdict import CriterionResult, PartResult, Pivot, Verdict, verdict

__all__ = [
    "Ask",
    "CriterionResult",
    "GapAcross",
    "Pair",
    "PartResult",
    "Pivot",
    "SkillGap",
    "Standing",
    "Standings",
    "TargetResult",
    "Targets",
    "Verdict",
    "compare",
    "gap",
    "gaps",
    "pairs",
    "targets",
    "verdict",
]
