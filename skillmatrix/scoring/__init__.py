"""Scoring: gaps and verdicts from bounds; no sum, mean or percentage of levels."""

from skillmatrix.scoring.agenda import AgendaItem, agenda
from skillmatrix.scoring.case import case
from skillmatrix.scoring.case_model import Case, Chapter, Clause
from skillmatrix.scoring.change import Change, change
from skillmatrix.scoring.compare import Pair, compare, pairs
from skillmatrix.scoring.fading import Fading, fading
from skillmatrix.scoring.gap import SkillGap, gap, gaps
from skillmatrix.scoring.shown import Shown, shown, shown_levels
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.stress import Stress, stress
from skillmatrix.scoring.targets import Ask, GapAcross, TargetResult, Targets, targets
from skillmatrix.scoring.verdict import CriterionResult, PartResult, Pivot, Verdict, verdict

__all__ = [
    "AgendaItem",
    "Ask",
    "Case",
    "Change",
    "Chapter",
    "Clause",
    "CriterionResult",
    "Fading",
    "GapAcross",
    "Pair",
    "PartResult",
    "Pivot",
    "Shown",
    "SkillGap",
    "Standing",
    "Standings",
    "Stress",
    "TargetResult",
    "Targets",
    "Verdict",
    "agenda",
    "case",
    "change",
    "compare",
    "fading",
    "gap",
    "gaps",
    "pairs",
    "shown",
    "shown_levels",
    "stress",
    "targets",
    "verdict",
]
