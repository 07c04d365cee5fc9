"""``skillmatrix gap``: skill by skill, the steps between a person and a bar."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix.cli import screen
from skillmatrix.cli.options import (
    AsJson,
    AssessmentFile,
    FrameworkName,
    Overlays,
    Reasons,
    Switches,
    Target,
    chosen,
)
from skillmatrix.cli.reading import about, read

if TYPE_CHECKING:
    from skillmatrix.framework import Level
    from skillmatrix.scoring import SkillGap, Standings

ABOUT = """Show, skill by skill, the steps between a person and a bar.

Steps run from the best to the worst case that the ratings and their evidence leave open.
A skill without a level shows "-" and the word for why."""
EXAMPLE = """
skillmatrix gap ana.assessment.json
skillmatrix gap ana.assessment.json --target specialist
skillmatrix gap ana.assessment.json --json
"""

HEAD = ("skill", "claimed", "supported", "bar", "steps", "met", "state")
NUMBERS = frozenset({1, 2, 3, 4})

_STATES = {
    "RATED": "rated",
    "UNRATED": "not rated yet",
    "DECLINED": "declined",
    "NOT_OBSERVED": "not observed",
    "NOT_APPLICABLE": "not applicable",
    "NOT_APPLICABLE_PROPOSED": "proposed as not applicable",
}
_MET = {True: "yes", False: "no", None: "open"}


def gap(
    file: AssessmentFile,
    *,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    reason: Reasons = None,
    framework: FrameworkName = None,
    json: AsJson = False,
) -> None:
    """Print the gap of each skill."""
    from skillmatrix.scoring import Standings

    assessment, ladder = read(file, framework, target)
    stands = Standings(
        assessment, chosen(assessment, ladder, target, overlay, switch, because=reason)
    )
    if json:
        screen.as_json(as_data(file, stands))
    else:
        width = screen.width() if screen.is_terminal() else None
        screen.out(table(stands, width))


def as_data(file: Path, stands: Standings) -> dict[str, Any]:
    """Give the gaps as plain values; a level that is not known is null, never 0."""
    from skillmatrix.scoring import gaps

    records = []
    for name, row in gaps(stands).items():
        skill, undecided = stands.framework.skills[name], _undecided(stands, row)
        records.append(
            {
                "skill": name,
                "code": skill.code,
                "title": skill.title,
                "area": skill.area,
                "claimed": _number(row.claimed),
                "supported": _number(row.supported),
                "required": _number(row.required),
                "required_if": undecided
                and {"switch": undecided[0], "level": _number(undecided[1])},
                "gap_min": row.gap_min,
                "gap_max": row.gap_max,
                "met": row.met,
                "state": row.state,
            }
        )
    meta = about(file, stands.assessment, stands.profile)
    note = "Levels are ordinal: steps are not to be added or averaged."
    return {"meta": {**meta, "note": note}, "records": records}


def _number(level: Level | None) -> int | None:
    return None if level is None else level.value


def _undecided(stands: Standings, row: SkillGap) -> tuple[str, Level] | None:
    """Give the switch that would move the bar of a skill and has no answer, with that bar."""
    bar = stands.profile.targets[row.skill]
    if bar.switch is None or bar.level_when_on is None or row.required is None:
        return None
    return (bar.switch, bar.level_when_on) if stands.profile.switches[bar.switch] is None else None


def table(stands: Standings, width: int | None) -> str:
    """Lay the gaps out by area; in a narrow terminal each skill takes three short lines."""
    from skillmatrix.scoring import gaps

    framework, assessment = stands.framework, stands.assessment
    who = " ".join(assessment.person.name.split()) or assessment.person.code
    lines = [
        f"{who}, {assessment.rater.kind} rating of {assessment.as_of}, {assessment.status}",
        f"Bar: {stands.profile.title} ({framework.key})",
    ]
    found = gaps(stands)
    by_area = groupby(found, key=lambda name: framework.skills[name].area)
    blocks = [(framework.areas[area].title, list(names)) for area, names in by_area]
    cells = {name: _cells(stands, row) for name, row in found.items()}
    laid_out = screen.columns([HEAD, *(cells.values())], NUMBERS)
    head, rows = laid_out[0], dict(zip(cells, laid_out[1:], strict=True))
    if width is not None and max(map(len, laid_out)) > width:
        head, rows = "", {name: _stacked(row) for name, row in cells.items()}
    lines += ["", head] if head else []
    for title, names in blocks:
        lines += ["", title, *(rows[name] for name in names)]
    notes = [
        f"* {framework.skills[name].title}: {higher[1]} if {higher[0]!r} is on; no answer yet"
        for name, row in found.items()
        if (higher := _undecided(stands, row))
    ]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _cells(stands: Standings, row: SkillGap) -> tuple[str, ...]:
    higher = "*" if _undecided(stands, row) else ""
    steps = str(row.gap_min) if row.gap_min == row.gap_max else f"{row.gap_min}-{row.gap_max}"
    asked = row.required is not None
    return (
        stands.framework.skills[row.skill].title,
        "-" if row.claimed is None else str(row.claimed),
        "-" if row.supported is None else str(row.supported),
        f"{row.required}{higher}" if asked else "-",
        steps if asked else "-",
        _MET[row.met] if asked else "-",
        _STATES[row.state],
    )


def _stacked(cells: tuple[str, ...]) -> str:
    skill, claimed, supported, bar, steps, met, state = cells
    return "\n".join(
        [
            f"  {skill}",
            f"    claimed {claimed}, supported {supported}, bar {bar}",
            f"    steps {steps}, met {met}, {state}",
        ]
    )
