"""``skillmatrix verdict --beside``: the same ratings beside other roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix.cli.reading import about
from skillmatrix.framework.level import Level

if TYPE_CHECKING:
    from skillmatrix.framework import Framework
    from skillmatrix.scoring import Ask, GapAcross, TargetResult, Targets

DECIDES = "Preparation for a conversation; a person decides."


def roles(framework: Framework, named: Iterable[str]) -> list[str]:
    """Give the profiles named, where ``all`` stands for every profile there is."""
    found = [p for name in named for p in (framework.profiles if name == "all" else [name])]
    return list(dict.fromkeys(found))


def comparison(file: Path, found: Targets) -> dict[str, Any]:
    """Give several targets as plain values; what is not known is null, never 0."""
    from skillmatrix.scoring.targets_text import summary

    own = next(iter(found.values()))
    return {
        "about": about(file, found.assessment, own.profile),
        "summary": summary(found),
        "targets": [_target(result) for result in found.values()],
        "shared": [_gap(found, gap) for gap in found.shared],
        "only": {name: [_gap(found, gap) for gap in alone] for name, alone in found.only.items()},
        "decided_by": None,
        "note": f"{DECIDES} Levels are ordinal: gaps are counted by target, never added up.",
    }


def _target(result: TargetResult) -> dict[str, Any]:
    gates = result.gates
    return {
        "target": result.id,
        "label": result.label,
        "profile": result.profile.id,
        "kind": result.profile.kind,
        "overlays": list(result.profile.overlays),
        "switches": dict(result.profile.switches),
        "overall": result.overall,
        "word": result.word,
        "criteria": result.criteria,
        "gates": {"met": gates["MET"], "not_met": gates["NOT MET"], "open": gates["OPEN"]},
        "failing": [asdict(part) for part in result.failing],
        "open": [asdict(part) for part in result.open],
        "warnings": list(result.verdict.warnings),
    }


def _gap(found: Targets, gap: GapAcross) -> dict[str, Any]:
    return {
        "skill": gap.skill,
        "title": found.framework.skills[gap.skill].title,
        "state": gap.state,
        "claimed": _number(gap.claimed),
        "supported": _number(gap.supported),
        "lowest": _number(gap.lowest),
        "highest": _number(gap.highest),
        "hangs_on": gap.hangs_on,
        "asks": {name: _ask(ask) for name, ask in gap.asks.items()},
    }


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "bar": ask.bar.value,
        "bar_if": ask.higher and {"switch": ask.higher[0], "level": ask.higher[1].value},
        "gap_min": ask.gap_min,
        "gap_max": ask.gap_max,
        "certain": ask.certain,
        "kind": ask.kind,
    }


def _number(level: Level | None) -> int | None:
    return None if level is None else level.value
