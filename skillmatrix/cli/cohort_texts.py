"""What is true of an invented session, for whoever wants to check what a page says of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatrix.cli.cohort import Odd
    from skillmatrix.cli.cohort_draw import Truth

_WIDTH = 78


def known(drawn: Truth, texts: dict[str, Any], seed: int, odd: Iterable[Odd]) -> dict[str, Any]:
    """Give the truth as plain values."""
    skill, level = drawn.boundary
    return {
        "invented": texts["notice"],
        "framework": drawn.framework.key,
        "profile": drawn.profile.id,
        "seed": seed,
        "people": [
            {
                "code": m.code,
                "name": m.name,
                "raters": list(m.raters),
                "own_view": m.story["expect"],
            }
            for m in drawn.members
        ],
        "raters": [
            {"code": code, "kind": kind, "severity": severity}
            for code, (kind, severity) in drawn.raters.items()
        ],
        "planted": [
            {
                "person": cell.person,
                "skill": cell.skill,
                "gate": cell.skill in {s for s, _, _ in drawn.profile.gates},
                "levels": cell.levels,
                "why": cell.why,
            }
            for cell in drawn.planted
        ],
        "boundary": {
            "skill": skill,
            "level": level,
            "people": list(drawn.split),
            "why": texts["boundary"]["why"],
        },
        "odd": [
            {
                "file": each.name,
                "kind": each.kind,
                "person": each.person,
                "rater": each.rater,
                "expect": texts["odd"][each.kind],
            }
            for each in odd
        ],
    }


def readme(drawn: Truth, texts: dict[str, Any], odd: Iterable[Odd]) -> str:
    return ""
