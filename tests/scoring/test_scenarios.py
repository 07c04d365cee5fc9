"""Scenarios that a practitioner can read: ratings and evidence in, intervals and verdict out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from skillmatrix.framework import Framework, Profile
from skillmatrix.framework.model import NotApplicable
from skillmatrix.scoring import Verdict, gaps, verdict
from tests.conftest import assess

HERE = Path(__file__).parent.parent / "scenarios"
FILES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("*.yaml"))
}
SCENARIOS = [(stem, scenario) for stem, many in FILES.items() for scenario in many]
STARTS = {stem: many[0] for stem, many in FILES.items()}

KEYS = {
    "name", "start", "without", "ratings", "evidence", "rater", "locked", "as_of", "profile",
    "absence_months", "switches", "not_applicable", "no_more_evidence", "expect",
}  # fmt: skip


def full(scenario: dict[str, Any]) -> dict[str, Any]:
    """Give a scenario with what it begins with, less the evidence it leaves out."""
    start = STARTS[scenario["start"]] if "start" in scenario else {}
    evidence = [*start.get("evidence", ()), *scenario.get("evidence", ())]
    left_out = set(scenario.get("without", ()))
    assert left_out <= {item.get("id") for item in evidence}
    return {
        **start,
        **scenario,
        "ratings": {**start.get("ratings", {}), **scenario.get("ratings", {})},
        "evidence": [item for item in evidence if item.get("id") not in left_out],
    }


def judged(scenario: dict[str, Any], fw: Framework) -> Verdict:
    """Judge a scenario."""
    told = full(scenario)
    aim = {"profile": told.get("profile", "senior")}
    other = {key: told[key] for key in ("rater", "locked", "no_more_evidence") if key in told}
    if "as_of" in told:
        other["as_of"] = str(told["as_of"])
    assessment = assess(
        fw,
        told["ratings"],
        evidence=told["evidence"],
        aim={**aim, "absence_months": told.get("absence_months", 0)},
        **other,
    )
    return verdict(assessment, _profile(told, fw))


def _profile(told: dict[str, Any], fw: Framework) -> Profile:
    profile = fw.profile(told.get("profile", "senior"), switches=told.get("switches"))
    left_out = {
        skill: NotApplicable.model_validate_json(json.dumps(why))
        for skill, why in told.get("not_applicable", {}).items()
    }
    return profile.model_copy(update={"not_applicable": left_out})


def part_name(criterion: Any, part: Any) -> str:
    """Name a gate or floor ``P3 gate mlops``, any other part by its id."""
    if part.kind in {"gate", "floor"}:
        return f"{criterion.code} {part.kind} {part.skills[0]}"
    return str(part.id)


def parts(found: Verdict) -> dict[str, Any]:
    """Give all parts by name."""
    return {part_name(c, part): part for c in found.criteria.values() for part in c.parts}


def interval(found: Verdict, skill: str) -> str:
    """Write the interval of a skill."""
    standing, levels = found.standings[skill], found.framework.levels
    return f"{levels[standing.low]}..{levels[standing.high]}"


def gap_of(found: Verdict, skill: str) -> str:
    """Write the gap of a skill, at best and at worst."""
    gap = gaps(found.standings)[skill]
    return f"{gap.gap_min}..{gap.gap_max}"


def actions(found: Verdict) -> list[str]:
    """Give the kinds of what would settle it, each once, in their order."""
    return list(dict.fromkeys(step.action for step in found.settle if step.rule is None))


#: How each expectation is read off a verdict; a mapping is compared for its own keys only.
READ: dict[str, Callable[[Verdict, Any], Any]] = {
    "overall": lambda v, _: v.overall,
    "label": lambda v, _: v.label,
    "coverage": lambda v, _: str(v.coverage),
    "overshoot": lambda v, _: list(v.overshoot),
    "settle": lambda v, _: actions(v),
    "pivotal": lambda v, _: [f"{p.skill} {p.level} -> {p.to}, {p.after}" for p in v.pivotal],
    "criteria": lambda v, want: {c.code: c.state for c in v.criteria.values() if c.code in want},
    "parts": lambda v, want: {k: parts(v)[k].state for k in want},
    "flags": lambda v, want: {k: list(parts(v)[k].flags) for k in want},
    "interval": lambda v, want: {skill: interval(v, skill) for skill in want},
    "gap": lambda v, want: {skill: gap_of(v, skill) for skill in want},
    "state": lambda v, want: {skill: v.standings[skill].state for skill in want},
    "switches": lambda v, _: {s.switch: s.effect for s in v.switch_dependent},
    "warnings": lambda v, want: (
        [w for w in want if any(w in said for said in v.warnings)] if want else list(v.warnings)
    ),
}


@pytest.mark.parametrize(
    ("stem", "scenario"), SCENARIOS, ids=[f"{f}: {s['name']}" for f, s in SCENARIOS]
)
def test_scenario(stem: str, scenario: dict[str, Any], fw: Framework):
    """What is expected is what the verdict says."""
    assert set(scenario) <= KEYS, stem
    assert scenario["expect"]
    found = judged(scenario, fw)

    expected = scenario["expect"]
    assert {key: READ[key](found, want) for key, want in expected.items()} == expected


def test_there_are_enough_scenarios_with_names_of_their_own():
    """Every rule of scoring has its scenario, and no two have one name."""
    names = [scenario["name"] for _, scenario in SCENARIOS]

    assert len(names) == len(set(names))
    assert len(names) > 60
