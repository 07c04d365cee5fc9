"""The plan in a report: steps with their goals, evidence to add, her own actions."""

from __future__ import annotations

import datetime as dt

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.own_plan import OwnPlan
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.planning.model import Effort, Plan, Step
from skillmatrix.planning.plan import plan
from skillmatrix.planning.text import count, task_words
from skillmatrix.reports.parts import ActionLine, Goal, PlanPart, StepLine

_OPPORTUNITY = {
    True: "a project in the next two quarters can show it",
    False: "no project in the next two quarters can show it",
}


def plan_part(given: Assessment, profile: Profile, today: dt.date) -> PlanPart:
    """
    Give the smallest plan for what a reader gets, with what the person set down for it.

    Parameters
    ----------
    given : Assessment
        With only what the reader gets.
    profile : Profile
    today : datetime.date
        The day after which an action that is not done is overdue.

    Returns
    -------
    PlanPart
        With ``actions`` of every skill, also of those that are in the plan no longer.
    """
    found = plan(given, profile)
    return PlanPart(
        sentence=_sentence(found),
        effort=_effort(found.growth, many=True),
        infeasible=tuple(str(reason) for reason in found.infeasible),
        steps=tuple(_step(found, given, step) for step in found.steps),
        evidence=tuple(_capital(task_words(found, task)) for task in found.evidence),
        detour=_detour(found),
        alternatives=tuple(_alternative(found, at) for at in range(len(found.alternatives))),
        others=_others(found, given),
        actions=_actions(given, profile, today),
    )


def _sentence(found: Plan) -> str:
    if found.infeasible:
        return "No plan reaches the bar as things stand."
    parts = []
    if found.steps:
        steps, skills = count(found.level_steps, "level step"), count(len(found.steps), "skill")
        parts.append(f"{steps} over {skills}")
    if found.evidence:
        items = sum(task.count for task in found.evidence)
        parts.append(f"{count(items, 'item')} of evidence for the criteria")
    if not parts:
        return "Nothing is missing: every criterion is met."
    unknown = sum(not step.known for step in found.steps)
    if unknown:
        are = "is" if unknown == 1 else "are"
        told = " and ".join(parts)
        return f"At most {told}: {count(unknown, 'skill')} of them {are} not rated yet."
    return f"{' and '.join(parts)}: fewer will not do."


def _effort(effort: Effort | None, *, many: bool = False) -> str:
    if effort is None or not effort.pessimistic:
        return ""
    three = f"{effort.optimistic:g}, {effort.likely:g} or {effort.pessimistic:g} weeks"
    if not many:
        return f"{three} (optimistic, likely, pessimistic)"
    return (
        f"{three} in all (optimistic, likely, pessimistic) for the levels not claimed yet. "
        "Steps overlap in time and are not independent: this is no date."
    )


def _step(found: Plan, given: Assessment, step: Step) -> StepLine:
    framework = found.profile.framework
    own = given.plan.get(step.skill)
    following = [level for level in framework.levels if step.from_level < level <= step.to_level]
    # Without a rating nobody knows which level comes next.
    wanted = dict.fromkeys((following[0] if step.known else step.to_level, step.to_level))
    marks = []
    if not step.known:
        marks.append("not rated yet: rate it first, it may need nothing")
    elif step.shown_to > step.from_level:
        marks.append(f"claimed up to {step.shown_to}: there evidence is missing, not the skill")
    marks += [
        f"{needed.title} at {needed.level} needs it first: {needed.reason.rstrip('.')}"
        for needed in step.needed_for
        if needed.reason
    ]
    marks += _own(own) if own is not None else []
    if step.skill in found.depends:
        marks.append(f"depends on: {', '.join(found.depends[step.skill])}")
    return StepLine(
        skill=step.skill,
        title=step.title,
        start=str(step.from_level) if step.known else "not rated",
        goal=f"{step.to_level} {framework.level_name(step.to_level)}",
        goals=tuple(_goal(framework, step, level) for level in wanted),
        reasons=step.reasons,
        needs=step.needs,
        effort=_effort(step.growth),
        marks=tuple(marks),
    )


def _own(own: OwnPlan) -> list[str]:
    """Say what a person set down for a skill, but for the actions."""
    said = [_OPPORTUNITY[own.opportunity]] if own.opportunity is not None else []
    step = own.past_step.strip()
    if own.past_weeks is not None:
        said.append(
            f"a comparable step took {own.past_weeks:g} weeks{f' ({step})' if step else ''}"
        )
    elif step:
        said.append(f"a comparable step: {step}")
    if own.cap is not None:
        said.append(f"at most {own.cap} can be reached in time")
    said += [
        f"own figures for {e.level}: {e.optimistic:g}, {e.likely:g} or {e.pessimistic:g} weeks"
        for e in own.effort
    ]
    return said


def _others(found: Plan, given: Assessment) -> tuple[str, ...]:
    """Give what was set down for skills that have no step in this plan."""
    steps = {step.skill for step in found.steps}
    skills = found.profile.framework.skills
    return tuple(
        f"{skills[name].title if name in skills else name}: {'; '.join(_own(own))}"
        for name, own in given.plan.items()
        if name not in steps and _own(own)
    )


def _goal(framework: Framework, step: Step, level: Level) -> Goal:
    last = level == step.to_level
    heading = f"{'Aimed at' if last else 'Next'}, {level} {framework.level_name(level)}"
    return Goal(heading, tuple(anchor.text for anchor in framework.skills[step.skill].at(level)))


def _detour(found: Plan) -> tuple[str, ...]:
    """Say whether another plan does without what no project can show."""
    other, skills = found.detour, found.profile.framework.skills
    if other is None:
        return ()
    lines = []
    if other.without:
        titles = ", ".join(skills[skill].title for skill in other.without)
        steps = ", ".join(f"{skills[skill].title} {level}" for skill, level in other.levels.items())
        more = count(other.level_steps, "level step")
        lines.append(f"Without {titles} the smallest plan has {more}: {steps}")
    lines += [
        f"No plan does without {skills[skill].title}: {'; '.join(reasons)}"
        for skill, reasons in other.needed.items()
    ]
    return tuple(lines)


def _alternative(found: Plan, at: int) -> str:
    skills = found.profile.framework.skills
    other = found.alternatives[at]
    return ", ".join(f"{skills[skill].title} {level}" for skill, level in other.items())


def _actions(given: Assessment, profile: Profile, today: dt.date) -> tuple[ActionLine, ...]:
    """Give every action by its day; what has none comes after, what is done last."""
    skills = profile.framework.skills
    lines = [
        ActionLine(
            skill=skills[name].title if name in skills else name,
            text=action.text.strip(),
            due=action.due,
            done=action.done,
            overdue=action.done is None and action.due is not None and action.due < today,
        )
        for name, own in given.plan.items()
        for action in own.actions
    ]
    last = dt.date.max
    return tuple(sorted(lines, key=lambda a: (a.done is not None, a.due or last, a.skill)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
