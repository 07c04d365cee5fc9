"""Retranslation: practitioners sort shuffled anchors back to skill and level, and it is counted."""

from skillmatrix.retranslation.filled import Answer, Sorting, collect, read_sorting
from skillmatrix.retranslation.proposal import Proposal, apply, proposal
from skillmatrix.retranslation.score import Scored, Scores, Why, score
from skillmatrix.retranslation.sheet import Sheet, sorting_sheet, sorting_sheets
from skillmatrix.retranslation.sheet_html import as_html
from skillmatrix.retranslation.sheet_xlsx import as_xlsx

__all__ = [
    "Answer",
    "Proposal",
    "Scored",
    "Scores",
    "Sheet",
    "Sorting",
    "Why",
    "apply",
    "as_html",
    "as_xlsx",
    "collect",
    "proposal",
    "read_sorting",
    "score",
    "sorting_sheet",
    "sorting_sheets",
]
