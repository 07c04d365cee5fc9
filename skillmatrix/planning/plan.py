"""The plan: the smallest set of level steps and evidence that meets every criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.planning.given import Given, Prerequisite, Weeks, gathered
from skillmatrix.planning.judge import judge
from skillmatrix.planning.model import Effort, Needed, Plan, Step, weeks_of
from skillmatrix.planning.order import ordered
from skillmatrix.planning.reasons import impossible, needed_for, why
from skillmatrix.planning.solve import solve
from skillmatrix.planning.task import UNIT, Levels, Link, Objective, Task, clauses_of
from skillmatrix.planning.tasks import evidence_tasks
from skillmatrix.scoring.rules import EvidencePart, rules_of
from skillmatrix.scoring.standing import Standings


def plan(
    assessment: Assessment,
    profile: Profile,
    *,
    first: Objective = "steps",
    effort: Mapping[tuple[str, int], Weeks] | None = None,
    caps: Mapping[str, int] | None = None,
    prerequisites: Iterable[Prerequisite] = (),
    opportunities: Mapping[str, bool | None] | None = None,
) -> Plan:
    """
    Find the smallest set of level steps that meets every criterion, from what is sure today.

    Parameters
    ----------
    assessment : Assessment
    profile : Profile
        From ``framework.profile(...)``.
    first : {"steps", "effort"}
        What is made smallest first: level steps, or likely weeks. The other comes second, the
        importance of the skills last.
    effort : mapping of (str, int) to tuple of float, optional
        Figures in weeks (optimistic, likely, pessimistic) for reaching a level of a skill from
        the one below; those the person set down, then the placeholders of the framework, hold
        elsewhere.
    caps : mapping of str to int, optional
        The highest level of a skill that can be reached in time, beside what the person set.
    prerequisites : iterable of Prerequisite
        Beside those of the framework; one for the same skill, level and need stands in its
        place, and with the lowest level takes it away.
    opportunities : mapping of str to bool or None, optional
        Whether there is a project that can show the skill, where it is not as the person
        said. A step without one is marked as blocked, whatever it costs.

    Returns
    -------
    Plan
        ``steps``, ``evidence``, ``effort``, ``alternatives``, ``core``, ``depends``, ``detour``;
        ``infeasible`` names the reasons when there is no plan.

    Raises
    ------
    UsageError
        If a skill or level does not exist, or an effort is no three ascending numbers.
    MismatchError
        If assessment and profile speak of different frameworks.

    Notes
    -----
    Levels count as far as evidence supports them. The plan is exact: a 0-1 program with
    objectives in order, or a closed form where gates alone decide. What comes out is judged
    by the rules of `verdict` again, never believed.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings=dict.fromkeys(fw.skills, 1))
    >>> p = plan(a, fw.profile("specialist"))
    >>> p.level_steps > 0, p.infeasible
    (True, ())
    """
    framework = profile.framework
    given = gathered(
        assessment,
        framework,
        first=first,
        effort=effort,
        caps=caps,
        prerequisites=prerequisites,
        opportunities=opportunities,
    )
    standings = Standings(assessment, profile)
    position = {level.value: index for index, level in enumerate(standings.levels)}
    clauses, hopeless = clauses_of(standings)
    current = {s: at.low for s, at in standings.items() if at.state != "NOT_APPLICABLE"}
    top = dict.fromkeys(current, len(standings.levels) - 1)
    top.update({s: position[level] for s, level in given.caps.items() if s in top})
    own = given.thousandths(position)
    weeks_by_place = weeks_of(framework, current, own)
    task = Task(
        current=current,
        top=top,
        clauses=tuple(clauses),
        links=_links(given, current, position),
        effort={place: weeks[1] for place, weeks in weeks_by_place.items()},
        weight={s: _weight(framework, profile, s) for s in current},
        order=("steps", "effort") if first == "steps" else ("effort", "steps"),
    )
    made = Plan(assessment, profile, task, given=given, own=own)
    solved = solve(task, judge(standings)) if not hopeless else None
    if solved is None:
        return replace(made, infeasible=impossible(standings, task, hopeless))
    levels, found_by = solved
    steps = tuple(
        _step(standings, task, levels, skill, weeks=weeks_by_place, given=given)
        for skill in ordered(profile, current, levels, links=task.links)
    )
    evidence = [
        rule
        for many in rules_of(standings).values()
        for rule in many
        if isinstance(rule, EvidencePart)
    ]
    return replace(
        made,
        steps=steps,
        evidence=evidence_tasks(standings, evidence),
        effort=_sum(step.effort for step in steps) if framework.effort or own else None,
        growth=_sum(step.growth for step in steps) if framework.effort or own else None,
        found_by=found_by,
        level_steps=sum(levels[s] - now for s, now in current.items()),
        levels=levels,
    )


def _links(
    given: Given, current: Mapping[str, int], position: Mapping[int, int]
) -> tuple[Link, ...]:
    """Give the prerequisites that today's levels do not settle, of skills that take part."""
    links = [
        Link(p.skill, position[p.level], p.needs, position[p.needs_level])
        for p in given.prerequisites
        if {p.skill, p.needs} <= set(current)
    ]
    return tuple(
        link
        for link in links
        if link.position > current[link.skill] and link.needs_position > current[link.needs]
    )


def _weight(framework: Framework, profile: Profile, skill: str) -> int:
    mark = profile.importance.get(skill, framework.skills[skill].importance)
    return framework.importance[mark].weight * UNIT


def _step(
    standings: Standings,
    task: Task,
    levels: Levels,
    skill: str,
    *,
    weeks: Mapping[tuple[str, int], tuple[int, int, int]],
    given: Given,
) -> Step:
    scale, now, then = standings.levels, task.current[skill], levels[skill]
    standing = standings[skill]
    shown = min(standing.high, then) if standing.known else now
    costs = [weeks[skill, place] for place in range(now + 1, then + 1)]
    return Step(
        skill=skill,
        title=standings.framework.skills[skill].title,
        from_level=scale[now],
        to_level=scale[then],
        shown_to=scale[shown],
        known=standing.known,
        needs=standings.missing_evidence(skill, scale[then]),
        reasons=why(standings, task, levels, skill),
        needed_for=tuple(
            Needed(
                link.skill,
                standings.framework.skills[link.skill].title,
                scale[link.position],
                given.reason(link.skill, scale[link.position].value, skill),
            )
            for link in needed_for(task, levels, skill)
        ),
        effort=_effort(costs),
        growth=_effort(costs[shown - now :]),
        passed=tuple(level.value for level in scale[now + 1 : then + 1]),
        blocked=given.opportunities.get(skill) is False,
    )


def _effort(costs: Sequence[tuple[int, int, int]]) -> Effort | None:
    low, likely, high = (sum(cost[index] for cost in costs) / UNIT for index in range(3))
    return Effort(low, likely, high) if high else None


def _sum(efforts: Iterable[Effort | None]) -> Effort:
    known = [effort for effort in efforts if effort is not None]
    return Effort(
        sum(e.optimistic for e in known),
        sum(e.likely for e in known),
        sum(e.pessimistic for e in known),
    )
