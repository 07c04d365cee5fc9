"""The plan: the smallest set of level steps and evidence that meets every criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.planning.model import Effort, Plan, Prerequisite, Step, Weeks, weeks_of
from skillmatrix.planning.order import ordered
from skillmatrix.planning.reasons import impossible, why
from skillmatrix.planning.solve import solve
from skillmatrix.planning.task import UNIT, Levels, Link, Objective, Task, at_levels, clauses_of
from skillmatrix.planning.tasks import evidence_tasks
from skillmatrix.scoring.rules import EvidencePart, cases_of, rules_of
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
        Own figures in weeks (optimistic, likely, pessimistic) for reaching a level of a skill
        from the one below; the placeholders of the framework hold elsewhere.
    caps : mapping of str to int, optional
        The highest level of a skill that can be reached in time.
    prerequisites : iterable of Prerequisite
    opportunities : mapping of str to bool or None, optional
        Whether there is a project that can show the skill. A step without one is marked as
        blocked, whatever it costs.

    Returns
    -------
    Plan
        ``steps``, ``evidence``, ``effort``, ``alternatives``, ``core``, ``depends``;
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
    standings = Standings(assessment, profile)
    framework = standings.framework
    position = {level.value: index for index, level in enumerate(standings.levels)}
    clauses, hopeless = clauses_of(standings)
    current = {s: at.low for s, at in standings.items() if at.state != "NOT_APPLICABLE"}
    top = dict.fromkeys(current, len(standings.levels) - 1)
    for skill, level in (caps or {}).items():
        _known(framework, skill, level, position)
        if skill in top:
            top[skill] = position[level]
    links = []
    for p in prerequisites:
        _known(framework, p.skill, p.level, position)
        _known(framework, p.needs, p.needs_level, position)
        link = Link(p.skill, position[p.level], p.needs, position[p.needs_level])
        if {p.skill, p.needs} <= set(current) and link.position > current[link.skill]:
            links.append(link)
    own = {}
    for (skill, level), weeks in (effort or {}).items():
        _known(framework, skill, level, position)
        own[skill, position[level]] = _thousandths(skill, level, weeks)
    weeks_by_place = weeks_of(framework, current, own)
    task = Task(
        current=current,
        top=top,
        clauses=tuple(clauses),
        links=tuple(link for link in links if current[link.needs] < link.needs_position),
        effort={place: weeks[1] for place, weeks in weeks_by_place.items()},
        weight={s: _weight(framework, profile, s) for s in current},
        order=("steps", "effort") if first == "steps" else ("effort", "steps"),
    )
    made = Plan(assessment, profile, task, own=own)
    solved = solve(task, judge(standings)) if not hopeless else None
    if solved is None:
        return replace(made, infeasible=impossible(standings, task, hopeless))
    levels, found_by = solved
    steps = tuple(
        _step(
            standings,
            task,
            levels,
            skill,
            weeks=weeks_by_place,
            opportunity=(opportunities or {}).get(skill),
        )
        for skill in ordered(profile, current, levels)
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


def _known(framework: Framework, skill: str, level: int, position: Mapping[int, int]) -> None:
    if skill not in framework.skills:
        msg = f"no skill {skill!r} in this framework; {suggest(skill, framework.skills)}"
        raise UsageError(msg)
    if level not in position:
        msg = f"no level {level!r} for {skill}; the scale has {', '.join(map(str, position))}"
        raise UsageError(msg)


def _thousandths(skill: str, level: int, weeks: Weeks) -> tuple[int, int, int]:
    if len(weeks) != 3 or not 0 <= weeks[0] <= weeks[1] <= weeks[2] < float("inf"):  # noqa: PLR2004
        msg = (
            f"effort of {skill} to level {level} is {weeks!r}; expected weeks from optimistic "
            "through likely to pessimistic, such as (4, 10, 26)"
        )
        raise UsageError(msg)
    low, likely, high = (round(w * UNIT) for w in weeks)
    return low, likely, high


def _weight(framework: Framework, profile: Profile, skill: str) -> int:
    mark = profile.importance.get(skill, framework.skills[skill].importance)
    return framework.importance[mark].weight * UNIT


def judge(standings: Standings) -> Callable[[Levels], bool]:
    """Hold levels against the rules of the verdict themselves."""
    rules = rules_of(standings)
    cases = cases_of(rules, standings.profile)
    on_levels = [r for many in rules.values() for r in many if not isinstance(r, EvidencePart)]

    def met(levels: Levels) -> bool:
        stands = at_levels(standings, levels)
        return all(rule.state(stands, case) == "MET" for rule in on_levels for case in cases)

    return met


def _step(
    standings: Standings,
    task: Task,
    levels: Levels,
    skill: str,
    *,
    weeks: Mapping[tuple[str, int], tuple[int, int, int]],
    opportunity: bool | None,
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
        effort=_effort(costs),
        growth=_effort(costs[shown - now :]),
        blocked=opportunity is False,
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
