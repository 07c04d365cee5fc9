"""The own part of a plan: what it may say, given the framework."""

from __future__ import annotations

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.own_plan import OwnEffort, OwnPlan
from skillmatrix.errors import Problem
from skillmatrix.framework.model import Framework


def check_plan(assessment: Assessment, framework: Framework) -> list[Problem]:
    """Find everything in the own part of the plan that the framework does not allow."""
    found: list[Problem] = []
    for skill, own in assessment.plan.items():
        found += check_own_plan(own, framework, f"plan > {skill}")
    return found


def check_own_plan(own: OwnPlan, framework: Framework, where: str) -> list[Problem]:
    """Find what is wrong with what is set down for one skill."""
    levels = framework.levels
    scale = ", ".join(str(level) for level in levels)
    found: list[Problem] = []
    if own.cap is not None and own.cap not in levels:
        found.append(Problem(f"{where} > cap", f"{own.cap}", f"a level: {scale}"))
    seen: set[int] = set()
    for index, effort in enumerate(own.effort):
        place = f"{where} > effort[{index}]"
        if effort.level not in levels[1:]:
            above = ", ".join(str(level) for level in levels[1:])
            expected = f"a level above the lowest: {above}"
            found.append(Problem(f"{place} > level", f"{effort.level}", expected))
        if effort.level in seen:
            found.append(Problem(f"{place} > level", f"{effort.level} twice", "each level once"))
        seen.add(effort.level)
        found += _check_order(effort, place)
    ids: set[str] = set()
    for index, action in enumerate(own.actions):
        place = f"{where} > actions[{index}]"
        if action.id in ids:
            found.append(Problem(f"{place} > id", f"{action.id!r} twice", "each id once"))
        ids.add(action.id)
        if not action.text.strip():
            found.append(Problem(f"{place} > text", "nothing", "what is to be done"))
    return found


def _check_order(effort: OwnEffort, where: str) -> list[Problem]:
    if effort.optimistic <= effort.likely <= effort.pessimistic:
        return []
    found = f"{effort.optimistic:g}, {effort.likely:g}, {effort.pessimistic:g}"
    expected = "weeks from optimistic through likely to pessimistic"
    return [Problem(where, found, expected, "such as 4, 10, 26")]
