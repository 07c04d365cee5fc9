"""The smallest plan, as the results show it."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework
from skillmatrix.framework.level import Level
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.planning import Effort, Plan, Step, plan
from skillmatrix.planning.task import Objective
from skillmatrix.planning.text import count, task_words


def plan_view(framework: Framework, assessment: Assessment, first: Objective) -> dict[str, Any]:
    """
    Give the plan for the aim: steps with their goals, evidence, other plans and reasons.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment
    first : {"steps", "effort"}
        What is made smallest first.

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``.
    """
    found = plan(assessment, chosen_profile(framework, assessment), first=first)
    rules = {
        rule.id: rule.title
        for requirement in found.profile.requirements.values()
        for rule in requirement.evidence
    }
    return {
        "first": first,
        "infeasible": [str(reason) for reason in found.infeasible],
        "starts": _start(framework),
        "sentence": _sentence(found),
        "effort": _effort(found.growth),
        "placeholders": [
            {
                "level": e.level.value,
                "optimistic": e.optimistic,
                "likely": e.likely,
                "pessimistic": e.pessimistic,
            }
            for e in framework.effort
        ],
        "unknown": sum(not step.known for step in found.steps),
        "steps": [_step(framework, found, step) for step in found.steps],
        "evidence": [
            {
                "kind": task.kind,
                "text": task_words(found, task),
                "rules": [rules[rule] for rule in task.rules if rule in rules],
            }
            for task in found.evidence
        ],
        "alternatives": [
            [
                {
                    "skill": skill,
                    "title": framework.skills[skill].title,
                    "from": framework.levels[found.task.current[skill]].value,
                    "to": level.value,
                    "other": _reached(found, skill) != level,
                }
                for skill, level in other.items()
            ]
            for other in found.alternatives
        ],
        "detour": _detour(framework, found),
        "order": _order(found),
        "weighed": len({mark.weight for mark in framework.importance.values()}) > 1,
    }


def _reached(found: Plan, skill: str) -> Level | None:
    return next((step.to_level for step in found.steps if step.skill == skill), None)


def _start(framework: Framework) -> str:
    if any(entry.any_of for entry in framework.support.values()):
        return "It starts at what your evidence carries today."
    return "It starts at the levels you gave."


def _sentence(found: Plan) -> str:
    if found.infeasible:
        return "No plan reaches the bar as things stand."
    if not found.steps and not found.evidence:
        return "Nothing is missing: every criterion is met."
    parts = []
    if found.steps:
        steps, skills = count(found.level_steps, "level step"), count(len(found.steps), "skill")
        parts.append(f"{steps} over {skills}")
    if found.evidence:
        items = sum(task.count for task in found.evidence)
        parts.append(f"{count(items, 'item')} of evidence for the criteria")
    told = " and ".join(parts)
    unknown = sum(not step.known for step in found.steps)
    if unknown:
        are = "is" if unknown == 1 else "are"
        return f"At most {told}: {unknown} of the skills {are} not rated yet."
    return f"{told}: fewer will not do."


def _effort(effort: Effort | None) -> dict[str, float] | None:
    if effort is None:
        return None
    return {
        "optimistic": effort.optimistic,
        "likely": effort.likely,
        "pessimistic": effort.pessimistic,
    }


def _step(framework: Framework, found: Plan, step: Step) -> dict[str, Any]:
    skill = framework.skills[step.skill]
    following = [level for level in framework.levels if step.from_level < level <= step.to_level]
    return {
        "skill": step.skill,
        "title": step.title,
        "from": step.from_level.value,
        "to": step.to_level.value,
        "shown_to": step.shown_to.value,
        "known": step.known,
        "needs": step.needs,
        "fails": list(step.fails),
        "needed_for": [
            {
                "skill": needed.skill,
                "title": needed.title,
                "level": needed.level.value,
                "reason": needed.reason,
            }
            for needed in step.needed_for
        ],
        "blocked": step.blocked,
        "own": [level for level in step.passed if (step.skill, level) in found.given.effort],
        "effort": _effort(step.growth),
        "depends": list(found.depends.get(step.skill, ())),
        "goals": [
            {
                "level": level.value,
                "name": framework.level_name(level),
                "anchors": [anchor.text for anchor in skill.at(level)],
            }
            for level in following
        ],
    }


def _detour(framework: Framework, found: Plan) -> dict[str, Any] | None:
    """Give the plan without the skills that no project can show, or what stands against it."""
    other = found.detour
    if other is None:
        return None
    scale, skills = framework.levels, framework.skills
    return {
        "without": [{"skill": s, "title": skills[s].title} for s in other.without],
        "needed": [
            {"skill": s, "title": skills[s].title, "reasons": list(reasons)}
            for s, reasons in other.needed.items()
        ],
        "more": other.level_steps - found.level_steps if other.levels else 0,
        "steps": [
            {
                "skill": skill,
                "title": skills[skill].title,
                "from": scale[found.task.current[skill]].value,
                "to": level.value,
                "other": _reached(found, skill) != level,
            }
            for skill, level in other.levels.items()
        ],
    }


def _order(found: Plan) -> str:
    """Say under which other weights of importance the first five would stand differently."""
    orders = dict(found.order_under)
    own = orders.pop("own")
    other = [name for name, order in orders.items() if order != own]
    if not other:
        return ""
    return f"Other weights of importance ({'; '.join(other)}) would order them differently."
