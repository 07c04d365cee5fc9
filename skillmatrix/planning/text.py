"""The plan in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillmatrix.planning.model import Plan, Step
    from skillmatrix.planning.tasks import EvidenceTask


def explain(plan: Plan) -> str:
    """Write a plan for a terminal or a file."""
    if plan.infeasible:
        return "\n".join(["No plan is possible:", *(f"  {reason}" for reason in plan.infeasible)])
    if not plan.steps and not plan.evidence:
        return "Nothing is missing: every criterion is met."
    lines = [f"{count(plan.level_steps, 'level step')} over {count(len(plan.steps), 'skill')}"]
    if plan.effort is not None and plan.steps:
        lines.append(
            f"{plan.effort} at normal work (optimistic / likely / pessimistic), of which "
            f"{plan.growth} for levels not claimed yet. These are placeholders; steps overlap in "
            "time and are not independent: this is no date."
        )
    for step in plan.steps:
        lines += _step(plan, step)
    if plan.evidence:
        lines += ["", "Evidence"]
        lines += [f"  {task_words(plan, task)}" for task in plan.evidence]
    others = len(plan.alternatives)
    if others:
        lines += ["", f"{count(others, 'other plan')} with as few steps and as little effort:"]
        skills = plan.profile.framework.skills
        for other in plan.alternatives:
            lines.append(
                "  " + ", ".join(f"{skills[s].title} {level}" for s, level in other.items())
            )
    return "\n".join(lines)


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
    if step.blocked:
        lines.append("  blocked by opportunity: no project can show it")
    if step.skill in plan.depends:
        lines.append(f"  depends on: {', '.join(plan.depends[step.skill])}")
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
