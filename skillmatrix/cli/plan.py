"""``skillmatrix plan``: the smallest set of steps that meets every criterion."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
    from skillmatrix.planning import Plan

ABOUT = """Find the smallest plan: level steps and evidence that meet every criterion.

Levels count as far as evidence supports them. Own figures, limits, opportunities and actions
of the file are used and shown; --cap sets another limit. Where no plan is possible the reasons are
named, and the exit code is 0 all the same: it is an answer."""
EXAMPLE = """
skillmatrix plan ana.assessment.json
skillmatrix plan ana.assessment.json --first effort --cap mlops=3
skillmatrix plan ana.assessment.json --target staff-principal --json
"""

First = Annotated[
    str,
    typer.Option("--first", metavar="WHAT", help="Made smallest first: steps or effort."),
]
Caps = Annotated[
    list[str] | None,
    typer.Option(
        "--cap",
        metavar="SKILL=LEVEL",
        help="Highest level that can be reached in time; may be given several times.",
    ),
]


def plan(
    file: AssessmentFile,
    *,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    reason: Reasons = None,
    first: First = "steps",
    cap: Caps = None,
    framework: FrameworkName = None,
    json: AsJson = False,
) -> None:
    """Find the smallest plan and print it."""
    from skillmatrix.planning import plan as find

    if first not in {"steps", "effort"}:
        msg = f"{first!r}: expected steps or effort"
        raise typer.BadParameter(msg, param_hint="'--first'")
    assessment, ladder = read(file, framework, target)
    profile = chosen(assessment, ladder, target, overlay, switch, because=reason)
    found = find(assessment, profile, first=first, caps=limits(cap or ()))  # type: ignore[arg-type]
    if json:
        screen.as_json(as_data(file, found))
    else:
        screen.out(found.explain())


def limits(given: list[str] | tuple[str, ...]) -> dict[str, int]:
    """
    Read the highest levels that can be reached.

    Raises
    ------
    typer.BadParameter
        If one is no ``skill=level``, or a skill comes twice.

    Examples
    --------
    >>> limits(["mlops=3", "python = 4"])
    {'mlops': 3, 'python': 4}
    """
    found: dict[str, int] = {}
    for entry in given:
        skill, _, level = (part.strip() for part in entry.partition("="))
        if not skill or not (level.isascii() and level.isdigit()):
            msg = f"{entry!r}: expected skill=level, such as mlops=3"
            raise typer.BadParameter(msg, param_hint="'--cap'")
        if skill in found:
            msg = f"{skill!r} is limited twice; give one level"
            raise typer.BadParameter(msg, param_hint="'--cap'")
        found[skill] = int(level)
    return found


def as_data(file: Path, found: Plan) -> dict[str, Any]:
    """Give a plan as plain values."""
    return {
        "about": about(file, found.assessment, found.profile),
        "feasible": not found.infeasible,
        "infeasible": [asdict(reason) for reason in found.infeasible],
        "level_steps": found.level_steps,
        "steps": [
            {
                **asdict(step),
                "from_level": step.from_level.value,
                "to_level": step.to_level.value,
                "shown_to": step.shown_to.value,
                "needed_for": [
                    {**asdict(needed), "level": needed.level.value} for needed in step.needed_for
                ],
                "fails": list(step.fails),
            }
            for step in found.steps
        ],
        "core": [step.skill for step in found.core],
        "depends": {skill: list(names) for skill, names in found.depends.items()},
        "alternatives": [
            {skill: level.value for skill, level in other.items()} for other in found.alternatives
        ],
        "detour": found.detour
        and {
            **asdict(found.detour),
            "levels": {skill: level.value for skill, level in found.detour.levels.items()},
        },
        "own": {
            skill: own.model_dump(mode="json", exclude_defaults=True)
            for skill, own in found.assessment.plan.items()
        },
        "evidence": [asdict(task) for task in found.evidence],
        "effort": None if found.effort is None else asdict(found.effort),
        "order_under": {name: list(order) for name, order in found.order_under.items()},
        "found_by": found.found_by,
    }
