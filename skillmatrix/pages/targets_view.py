"""The same ratings seen from other roles, as the results show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework, Profile
from skillmatrix.framework.level import Level
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.commands import Beside
from skillmatrix.pages.context_view import conditions
from skillmatrix.pages.session import refuse
from skillmatrix.scoring import Ask, TargetResult, Targets, targets
from skillmatrix.scoring.difference import Difference, Step, difference
from skillmatrix.scoring.gap import is_asked
from skillmatrix.scoring.headline import LABELS
from skillmatrix.scoring.targets_text import in_full, summary
from skillmatrix.scoring.words import Words

_REASONS = 3


def targets_view(framework: Framework, assessment: Assessment, beside: Beside) -> dict[str, Any]:
    """
    Give the comparison of the aim with other roles, and with itself in another context.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment
    beside : Beside

    Returns
    -------
    dict
        ``rows``, ``gaps``, ``only``, ``sentence`` and ``variant``, as in
        ``docs/page-protocol.md``.

    Raises
    ------
    RefusedError
        If a profile, an overlay or a switch does not exist.
    """
    aim = assessment.aim
    own = chosen_profile(framework, assessment)
    try:
        others = [
            framework.profile(name, aim.overlays, aim.switches, reasons=aim.reasons)
            for name in beside.profiles or default_profiles(framework, aim.profile)
        ]
        variant = None
        if beside.overlays is not None:
            answers = {**aim.switches, **beside.switches}
            variant = framework.profile(own.id, beside.overlays, answers, reasons=aim.reasons)
    except UsageError as error:
        raise refuse(
            "targets", str(error), "roles, variants and questions of this ladder"
        ) from None
    found = targets(assessment, [own, *others])
    return {
        "rated": any(row.claimed is not None for row in _first(found).gaps.values()),
        "rows": [_row(found, result) for result in found.values()],
        "gaps": _gaps(found),
        "only": [
            {
                "id": name,
                "gaps": [
                    {"skill": gap.skill, "title": _title(framework, gap.skill), **_ask(ask)}
                    for gap in alone
                    for ask in gap.asks.values()
                ],
            }
            for name, alone in found.only.items()
            if alone
        ],
        "sentence": summary(found),
        "variant": None if variant is None else _variant(assessment, own, variant),
    }


def default_profiles(framework: Framework, aimed: str) -> list[str]:
    """Give the roles a person may move to: promotions and directions, or else all but the aim."""
    others = [profile for name, profile in framework.profiles.items() if name != aimed]
    ahead = [profile.id for profile in others if profile.kind != "role"]
    return ahead or [profile.id for profile in others]


def _first(found: Targets) -> TargetResult:
    return next(iter(found.values()))


def _title(framework: Framework, skill: str) -> str:
    return framework.skills[skill].title


def _row(found: Targets, result: TargetResult) -> dict[str, Any]:
    own = _first(found)
    parts = [*result.failing, *result.open]
    homes = {
        part.id: criterion.code or criterion.title
        for criterion in result.verdict.criteria.values()
        for part in criterion.parts
        if part.kind == "breadth"
    }
    gates = result.gates
    return {
        "id": result.id,
        "profile": result.profile.id,
        "title": result.profile.title,
        "kind": result.profile.kind,
        "aim": result is own,
        **_answer(result),
        "criteria": [
            {"code": c.code, "title": c.title, "state": c.state}
            for c in result.verdict.criteria.values()
        ],
        "reasons": [
            {
                "kind": part.kind,
                "title": in_full(part),
                "state": part.state,
                "about": homes.get(part.id, ""),
                "skill": part.skills[0] if len(part.skills) == 1 else None,
            }
            for part in parts[:_REASONS]
        ],
        "more": max(len(parts) - _REASONS, 0),
        "missed": gates["NOT MET"],
        "open": gates["OPEN"],
        "beyond": None
        if result is own
        else _beyond(found.framework, difference(own.profile, result.profile)),
    }


def _answer(result: TargetResult) -> dict[str, Any]:
    gates = result.gates
    return {
        "word": result.overall,
        "label": LABELS[result.word],
        "gates": sum(gates.values()),
        "gates_met": gates["MET"],
    }


def _beyond(framework: Framework, change: Difference) -> dict[str, Any]:
    """Give what a role asks beyond the aim, and of how many skills it asks less."""
    return {
        "bars": _steps(framework, (step for step in change.bars if step.raised)),
        "less": sum(not step.raised for step in change.bars),
        "requirements": list(change.requirements),
    }


def _steps(framework: Framework, steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "skill": step.skill,
            "title": _title(framework, step.skill),
            "before": _value(step.before),
            "after": _value(step.after),
        }
        for step in steps
    ]


def _gaps(found: Targets) -> list[dict[str, Any]]:
    words = Words(_first(found).verdict.standings, {})
    return [
        {
            "skill": gap.skill,
            "title": _title(found.framework, gap.skill),
            "count": len(gap.asks),
            "state": gap.state,
            "claimed": _value(gap.claimed),
            "supported": _value(gap.supported),
            "seen": words.seen(gap.skill),
            "hangs_on": gap.hangs_on,
            "lowest": gap.lowest.value,
            "highest": gap.highest.value,
            "cells": [
                _ask(gap.asks[name]) if name in gap.asks else _no_gap(result, gap.skill)
                for name, result in found.items()
            ],
        }
        for gap in found.shared
    ]


def _ask(ask: Ask) -> dict[str, Any]:
    mark = {"nothing": "short", "evidence": "evidence", "rating": "unknown"}[ask.hangs_on]
    return {
        "mark": mark,
        "bar": ask.bar.value,
        "gap_min": ask.gap_min,
        "gap_max": ask.gap_max,
        "kind": ask.kind,
        "higher": ask.higher[1].value if ask.higher else None,
    }


def _no_gap(result: TargetResult, skill: str) -> dict[str, Any]:
    """Give the cell of a skill that is at the bar, that is not asked, or that is left out."""
    required = result.gaps[skill].required
    asked = is_asked(result.verdict.standings, skill)
    mark = "apart" if required is None else "met" if asked else "none"
    bar = _value(required) if asked else None
    return {"mark": mark, "bar": bar, "gap_min": 0, "gap_max": 0, "kind": None, "higher": None}


def _variant(assessment: Assessment, own: Profile, variant: Profile) -> dict[str, Any]:
    """Give the aim's role in another context: before and after."""
    framework = own.framework
    before, after = (_first(targets(assessment, [profile])) for profile in (own, variant))
    change = difference(own, variant)
    return {
        "overlays": list(variant.overlays),
        "same": not change,
        "before": _answer(before),
        "after": _answer(after),
        "bars": _steps(framework, change.bars),
        "gates": _steps(framework, change.gates),
        "evidence": list(change.evidence),
        "dropped": list(change.dropped),
        "conditions": conditions(framework, variant.overlays, assessment.aim.reasons),
        "notes": [*variant.conflicts, *variant.warnings],
    }


def _value(level: Level | None) -> int | None:
    return None if level is None else level.value
