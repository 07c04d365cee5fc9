"""A career self-assessment workbook: anchors, evidence, and a verdict that explains itself.

The names below load on first use; none of them loads matplotlib, ipywidgets or sqlalchemy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatrix.assessment import (
        Assessment,
        Evidence,
        Packet,
        assessment_schema,
        bring_over,
        lock,
        make_packet,
        read_assessment,
        read_packet,
        write_assessment,
        write_packet,
    )
    from skillmatrix.errors import (
        AssessmentError,
        DataError,
        FrameworkError,
        MismatchError,
        Problem,
        SkillMatrixError,
        StoreError,
        UsageError,
    )
    from skillmatrix.framework import Framework, Level, check_framework, load_framework
    from skillmatrix.planning.blockers import blockers
    from skillmatrix.planning.model import Plan
    from skillmatrix.planning.plan import plan
    from skillmatrix.scoring.agenda import agenda
    from skillmatrix.scoring.case import case
    from skillmatrix.scoring.case_model import Case
    from skillmatrix.scoring.change import Change, change
    from skillmatrix.scoring.compare import compare
    from skillmatrix.scoring.gap import gap
    from skillmatrix.scoring.shown import shown
    from skillmatrix.scoring.stress import Stress, stress
    from skillmatrix.scoring.targets import Targets, targets
    from skillmatrix.scoring.verdict import Verdict, verdict

__version__ = "0.1.0"

_HOMES = {
    "skillmatrix.assessment": (
        "Assessment",
        "Evidence",
        "Packet",
        "assessment_schema",
        "bring_over",
        "lock",
        "make_packet",
        "read_assessment",
        "read_packet",
        "write_assessment",
        "write_packet",
    ),
    "skillmatrix.errors": (
        "AssessmentError",
        "DataError",
        "FrameworkError",
        "MismatchError",
        "Problem",
        "SkillMatrixError",
        "StoreError",
        "UsageError",
    ),
    "skillmatrix.framework": ("Framework", "Level", "check_framework", "load_framework"),
    "skillmatrix.planning": ("Plan", "blockers", "plan"),
    "skillmatrix.scoring": (
        "Case",
        "Change",
        "Stress",
        "Targets",
        "Verdict",
        "agenda",
        "case",
        "change",
        "compare",
        "gap",
        "shown",
        "stress",
        "targets",
        "verdict",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Assessment",
    "AssessmentError",
    "Case",
    "Change",
    "DataError",
    "Evidence",
    "Framework",
    "FrameworkError",
    "Level",
    "MismatchError",
    "Packet",
    "Plan",
    "Problem",
    "SkillMatrixError",
    "StoreError",
    "Stress",
    "Targets",
    "UsageError",
    "Verdict",
    "agenda",
    "assessment_schema",
    "blockers",
    "bring_over",
    "case",
    "change",
    "check_framework",
    "compare",
    "gap",
    "load_framework",
    "lock",
    "make_packet",
    "plan",
    "read_assessment",
    "read_packet",
    "shown",
    "stress",
    "targets",
    "verdict",
    "write_assessment",
    "write_packet",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'skillmatrix' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
