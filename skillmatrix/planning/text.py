"""The plan in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillmatrix.planning.model import Plan, Step
    from skillmatrix.planning.tasks import EvidenceTask


def explain(plan: Plan, today: dt.date) -> str:
    """Write a plan for a terminal or a file."""
    actions = _actions(plan, today)
    if plan.infeasible:
        reasons = [f"  {reason}" for reason in plan.infeasible]
        return "\n".join(["No plan is possible:", *reasons, *actions])
    if not plan.steps and not plan.evidence:
        return "\n".join(["Nothing is missing: every criterion is met.", *actions])
    lines = [f"{count(plan.level_steps, 'level step')} over {count(len(plan.steps), 'skill')}"]
    if plan.effort is not None and plan.steps:
        lines.append(
            f"{plan.effort} at normal work (optimistic / likely / pessimistic), of which "
            f"{plan.growth} for levels not claimed yet. {figures(plan)}; steps overlap in time "
            "and are not independent: this is no date."
        )
    for step in plan.steps:
        lines += _step(plan, step)
    if plan.evidence:
        lines += ["", "Evidence"]
        lines += [f"  {task_words(plan, task)}" for task in plan.evidence]
    lines += _detour(plan)
    lines += actions
    others = len(plan.alternatives)
    if others:
        lines += ["", f"{count(others, 'other plan')} with as few steps and as little effort:"]
        skills = plan.profile.framework.skills
        for other in plan.alternatives:
            lines.append(
                "  " + ", ".join(f"{skills[s].title} {level}" for s, level in other.items())
            )
    return "\n".join(lines)


def figures(plan: Plan) -> str:
    """Say whose the figures for effort are."""
    places = {(step.skill, level) for step in plan.steps for level in step.passed}
    own = places & set(plan.given.effort)
    if not own:
        return "These are placeholders"
    if own == places:
        return "The figures are your own"
    return f"{len(own)} of {len(places)} figures are your own, the others placeholders"


def count(number: int, noun: str) -> str:
    """Write a count with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _step(plan: Plan, step: Step) -> list[str]:
    lines = ["", str(step)]
    if not step.known:
        lines.append("  not rated yet: rate it first, it may need nothing")
    elif step.shown_to > step.from_level:
        lines.append(f"  claimed up to {step.shown_to}: there evidence is missing, not the skill")
    if step.needs:
        lines.append(f"  to count it needs {step.needs}")
    lines += [
        f"  {needed.title} {needed.level} needs it first: {needed.reason}"
        for needed in step.needed_for
        if needed.reason
    ]
    if step.blocked:
        lines.append("  blocked by opportunity, whatever its cost: no project can show it")
    own = plan.assessment.plan.get(step.skill)
    if own is not None and own.past_weeks is not None:
        said = f" ({own.past_step})" if own.past_step else ""
        lines.append(f"  a comparable step took {own.past_weeks:g} weeks{said}")
    if step.skill in plan.depends:
        lines.append(f"  depends on: {', '.join(plan.depends[step.skill])}")
    return lines


def _detour(plan: Plan) -> list[str]:
    """Say whether there is another plan without what is blocked."""
    other, skills = plan.detour, plan.profile.framework.skills
    if other is None:
        return []
    lines = ["", "No opportunity"]
    if other.without:
        titles = ", ".join(skills[s].title for s in other.without)
        steps = ", ".join(f"{skills[s].title} {level}" for s, level in other.levels.items())
        more = count(other.level_steps, "level step")
        lines.append(f"  without {titles} the smallest plan has {more}: {steps}")
    lines += [
        f"  no plan does without {skills[s].title}: {'; '.join(reasons)}"
        for s, reasons in other.needed.items()
    ]
    return lines


def _actions(plan: Plan, today: dt.date) -> list[str]:
    """List what a person has set down to do, by its day; what has none comes last."""
    skills = plan.profile.framework.skills
    waiting = [
        (action.due is None, action.due, skills[skill].title, action.text)
        for skill, own in plan.assessment.plan.items()
        if skill in skills
        for action in own.actions
        if action.done is None
    ]
    if not waiting:
        return []
    lines = ["", "Next actions"]
    for undated, due, title, text in sorted(waiting, key=lambda line: (line[0], str(line[1]))):
        day = "no date yet" if undated else f"{due}{', overdue' if due and due < today else ''}"
        lines.append(f"  {day}  {title}: {' '.join(text.split())}")
    return lines


def task_words(plan: Plan, task: EvidenceTask) -> str:
    """Write one evidence task."""
    framework = plan.profile.framework
    title = framework.evidence_types[task.type].title
    who = [framework.functions[f].title for f in task.confirmed_by]
    extra = f"; to be confirmed by: {' or '.join(who)}" if who else ""
    extra += "; from outside the team" if task.outside_team else ""
    if task.kind == "add":
        return f"add {task.count} \N{MULTIPLICATION SIGN} {title}, {task.strength}{extra}"
    item = next(e for e in plan.assessment.evidence if e.id == task.item)
    left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"strengthen {left}{item.title}{right} ({title}) to {task.strength}{extra}"
