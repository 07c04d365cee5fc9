"""``skillmatrix verdict --stress``: in how many cases the answer holds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix.cli.beside import DECIDES
from skillmatrix.cli.options import reasons
from skillmatrix.cli.reading import about

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Profile
    from skillmatrix.scoring import Stress
    from skillmatrix.scoring.shifts import Family, Shift


def tried(assessment: Assessment, profile: Profile, because: list[str] | None) -> Stress:
    """Try a verdict; reasons given as options hold in every context, as those of the file do."""
    from skillmatrix.scoring import stress

    aim = assessment.aim
    told = {**aim.reasons, **reasons(because or ())}
    aimed = aim.model_copy(update={"reasons": told})
    return stress(assessment.model_copy(update={"aim": aimed}), profile)


def stress_data(file: Path, found: Stress) -> dict[str, Any]:
    """Give a verdict under stress as plain values: counts, and every case that turns something."""
    from skillmatrix.scoring.stress_text import COUNTS

    base = found.verdict
    return {
        "about": about(file, base.assessment, base.profile),
        "overall": base.overall,
        "label": base.label,
        "noise": found.noise,
        "families": {name: _family(found, entry) for name, entry in found.families.items()},
        "joint": [_shift(found, shift) for shift in found.joint],
        "unasked": list(found.unasked),
        "pairs_left_out": found.pairs_left_out,
        "decided_by": None,
        "note": f"{DECIDES} {COUNTS}",
    }


def _family(found: Stress, family: Family) -> dict[str, Any]:
    # Pairs that turn a criterion alone are many and say nothing that one of the two does not.
    listed = family.flips if family.id == "pairs" else family.shifts
    return {
        "cases": family.cases,
        "holds": family.holds,
        "criteria": {name: family.holds_for(name) for name in found.verdict.criteria},
        "shifts": [_shift(found, shift) for shift in listed],
    }


def _shift(found: Stress, shift: Shift) -> dict[str, Any]:
    from skillmatrix.scoring.stress_text import changed

    return {
        "text": changed(found.verdict.framework, shift),
        "changes": [asdict(change) for change in shift.changes],
        "before": shift.before,
        "after": shift.after,
        "criteria": [asdict(entry) for entry in shift.criteria],
    }
