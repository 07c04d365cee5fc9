"""What a plan is made of: steps, evidence, effort, and what it hangs on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.planning.detour import Detour, detour
from skillmatrix.planning.given import Given
from skillmatrix.planning.judge import judge
from skillmatrix.planning.order import orders
from skillmatrix.planning.reasons import Reason
from skillmatrix.planning.solve import ALTERNATIVES, alternatives, solve
from skillmatrix.planning.task import UNIT, Levels, Task
from skillmatrix.planning.tasks import EvidenceTask
from skillmatrix.scoring.pivots import changes
from skillmatrix.scoring.rules import cases_of, rules_of
from skillmatrix.scoring.standing import Standings


@dataclass(frozen=True)
class Needed:
    """What a step is needed for first: a level of another skill, and why."""

    skill: str
    title: str
    level: Level
    reason: str


@dataclass(frozen=True)
class Effort:
    """Elapsed weeks, as three sums; the steps overlap in time, so none of them is a date."""

    optimistic: float
    likely: float
    pessimistic: float

    def __str__(self) -> str:
        return f"{self.optimistic:g} / {self.likely:g} / {self.pessimistic:g} weeks"


@dataclass(frozen=True)
class Step:
    """
    One skill, from where it is sure today to where the plan needs it.

    Attributes
    ----------
    skill, title : str
    from_level, to_level : Level
        ``from_level`` is the lower end of the interval today.
    shown_to : Level
        How far the level is claimed already: up to there evidence is missing, not the skill.
    known : bool
        False where the skill has no rating: it may stand higher, and rating comes first.
    needs : str
        Evidence the new level needs before it counts, such as ``two E2, or one E3``.
    reasons : tuple of str
        What fails without this step.
    needed_for : tuple of Needed
        Levels of other skills in the plan that need this one first; they are among the reasons.
    effort : Effort or None
        Of all levels of the step; None where the ladder says nothing on effort.
    growth : Effort or None
        The same for levels that are not claimed yet; None where every one of them is.
    passed : tuple of int
        The levels that are reached on the way, the last one included.
    blocked : bool
        True when the person said there is no opportunity to show it.
    """

    skill: str
    title: str
    from_level: Level
    to_level: Level
    shown_to: Level
    known: bool
    needs: str
    reasons: tuple[str, ...]
    needed_for: tuple[Needed, ...]
    effort: Effort | None
    growth: Effort | None
    passed: tuple[int, ...]
    blocked: bool

    @property
    def levels(self) -> int:
        """How many level steps it is."""
        return len(self.passed)

    @property
    def fails(self) -> tuple[str, ...]:
        """The reasons that are no level of another skill in the plan."""
        needed = {f"needed for {other.title} at {other.level}" for other in self.needed_for}
        return tuple(reason for reason in self.reasons if reason not in needed)

    def __str__(self) -> str:
        start = self.from_level if self.known else "not rated"
        return f"{self.title} {start} -> {self.to_level}: {'; '.join(self.reasons)}"


@dataclass(frozen=True)
class Plan:
    """
    What `plan` found; see there.

    Attributes
    ----------
    steps : tuple of Step
        Heaviest shortfall first; an order to talk about, not a timetable.
    evidence : tuple of EvidenceTask
        What evidence rules still ask for.
    effort : Effort or None
        Three sums over all steps, from what is sure today.
    growth : Effort or None
        The same without levels that are claimed: there evidence is missing, not the skill.
    infeasible : tuple of Reason
        Why there is no plan; empty when there is one.
    found_by : {"closed form", "solver", "search", ""}
    level_steps : int
        How many level steps the plan has.
    levels : mapping of str to int
        The position each skill reaches.
    given : Given
        With what it was made, from ladder, person and call.
    own : mapping of (str, int) to tuple of int
        Own effort figures, in thousandths of a week.
    """

    assessment: Assessment
    profile: Profile
    task: Task
    steps: tuple[Step, ...] = ()
    evidence: tuple[EvidenceTask, ...] = ()
    effort: Effort | None = None
    growth: Effort | None = None
    infeasible: tuple[Reason, ...] = ()
    found_by: str = ""
    level_steps: int = 0
    levels: Levels = field(default_factory=dict)
    given: Given = field(default_factory=Given)
    own: Mapping[tuple[str, int], tuple[int, int, int]] = field(default_factory=dict)

    @cached_property
    def alternatives(self) -> tuple[Mapping[str, Level], ...]:
        """Up to five other plans with as few steps and as little effort: level by skill."""
        if self.infeasible:
            return ()
        scale = self.profile.framework.levels
        return tuple(
            {s: scale[p] for s, p in other.items() if p > self.task.current[s]}
            for other in alternatives(self.task, dict(self.levels))
        )

    @cached_property
    def depends(self) -> Mapping[str, tuple[str, ...]]:
        """Skills whose step is not needed under some assumption, with these assumptions."""
        found: dict[str, list[str]] = {step.skill: [] for step in self.steps}
        for name, task in self._assumptions() if self.steps else ():
            solved = solve(task)
            if solved is None:
                continue
            for step in self.steps:
                if solved[0][step.skill] < self.levels[step.skill]:
                    found[step.skill].append(name)
        for number, other in enumerate(self.alternatives, 1):
            for step in self.steps:
                if other.get(step.skill, step.from_level) < step.to_level:
                    found[step.skill].append(f"alternative {number}")
        if len(self.alternatives) == ALTERNATIVES:
            for skill in [skill for skill, names in found.items() if not names]:
                if self._spared(skill):
                    found[skill].append("another plan as small")
        return {skill: tuple(names) for skill, names in found.items() if names}

    def _spared(self, skill: str) -> bool:
        """Say whether a plan of the same steps and effort raises a skill less."""
        less = {**self.task.top, skill: self.levels[skill] - 1}
        solved = solve(replace(self.task, top=less))
        cost = self.task.cost(self.levels)[:2]
        return solved is not None and self.task.cost(solved[0])[:2] == cost

    @property
    def core(self) -> tuple[Step, ...]:
        """Steps that every assumption and every alternative keeps."""
        return tuple(step for step in self.steps if step.skill not in self.depends)

    @cached_property
    def detour(self) -> Detour | None:
        """The plan without the steps that are blocked; None where no step is."""
        blocked = [step.skill for step in self.steps if step.blocked]
        if not blocked:
            return None
        standings = Standings(self.assessment, self.profile)
        return detour(standings, self.task, blocked, judge(standings))

    def _assumptions(self) -> list[tuple[str, Task]]:
        """Give the task at every effort, and with each pivotal rating one level lower."""
        found = []
        for index, name in ((0, "all efforts optimistic"), (2, "all efforts pessimistic")):
            effort = {place: weeks[index] for place, weeks in self._weeks.items()}
            found.append((name, replace(self.task, effort=effort)))
        standings = Standings(self.assessment, self.profile)
        rules = rules_of(standings)
        moved = changes(standings, rules, cases_of(rules, self.profile))
        pivotal = dict.fromkeys(c.skill for c in moved if c.requirement is None and c.to < c.level)
        for skill in pivotal:
            now = self.task.current[skill]
            if now > 0:
                title = self.profile.framework.skills[skill].title
                lower = {**self.task.current, skill: now - 1}
                found.append((f"{title} one level lower", replace(self.task, current=lower)))
        return found

    @property
    def _weeks(self) -> Mapping[tuple[str, int], tuple[int, int, int]]:
        return weeks_of(self.profile.framework, self.task.current, self.own)

    def under(self, overlays: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """
        Say for each context what it would add to the plan or take out of it.

        Parameters
        ----------
        overlays : iterable of str
            Each is tried alone, beside those of the profile.

        Returns
        -------
        mapping of str to tuple of str
            Lines such as ``+ Ranking 0 -> 4``, evidence last; empty where nothing changes.
        """
        from skillmatrix.planning.plan import plan
        from skillmatrix.planning.text import task_words

        framework: Framework = self.profile.framework
        written = framework.profiles[self.profile.id].not_applicable
        left_out = {
            skill: entry.reason
            for skill, entry in self.profile.not_applicable.items()
            if skill not in written
        }
        found = {}
        for name in overlays:
            chosen = framework.profile(
                self.profile.id,
                [*self.profile.overlays, name],
                self.profile.switches,
                not_applicable=left_out,
                reasons=self.assessment.aim.reasons,
            )
            other = plan(
                self.assessment,
                chosen,
                first=self.given.first,
                effort=self.given.effort,
                caps=self.given.caps,
                prerequisites=self.given.prerequisites,
                opportunities=self.given.opportunities,
            )
            mine = {s.skill: s for s in self.steps}
            theirs = {s.skill: s for s in other.steps}
            lines = [f"no plan: {reason}" for reason in other.infeasible]
            for skill in framework.skills:
                old, new = mine.get(skill), theirs.get(skill)
                if old == new or (old and new and old.to_level == new.to_level):
                    continue
                if new and (old is None or new.to_level > old.to_level):
                    lines.append(f"+ {new.title} {new.from_level} -> {new.to_level}")
                elif old and not other.infeasible:
                    lines.append(f"- {old.title} {old.from_level} -> {old.to_level}")
                    lines += [f"+ {new.title} {new.from_level} -> {new.to_level}"] if new else []
            asked = [[task_words(each, task) for task in each.evidence] for each in (self, other)]
            if not other.infeasible:
                lines += [f"- {words}" for words in asked[0] if words not in asked[1]]
                lines += [f"+ {words}" for words in asked[1] if words not in asked[0]]
            found[name] = tuple(lines)
        return found

    @cached_property
    def order_under(self) -> Mapping[str, tuple[str, ...]]:
        """The first five skills under each set of importance weights; weights only order."""
        levels = self.levels or self.task.current
        return orders(self.profile, self.task.current, levels, self.task.links)

    def explain(self, today: dt.date | None = None) -> str:
        """Write the plan out: each step, what fails without it, and what is to be done by when."""
        from skillmatrix.planning.text import explain

        return explain(self, today or dt.datetime.now().astimezone().date())

    def __repr__(self) -> str:
        if self.infeasible:
            return f"<Plan impossible: {'; '.join(map(str, self.infeasible))}>"
        steps = ", ".join(f"{s.title} {s.from_level} -> {s.to_level}" for s in self.steps)
        return f"<Plan of {self.level_steps} level steps: {steps or 'none'}>"


def weeks_of(
    framework: Framework, current: Levels, own: Mapping[tuple[str, int], tuple[int, int, int]]
) -> dict[tuple[str, int], tuple[int, int, int]]:
    """Give thousandths of weeks for every place: own figures, else placeholders, else none."""
    usual = {
        framework.levels.index(e.level): (
            round(e.optimistic * UNIT),
            round(e.likely * UNIT),
            round(e.pessimistic * UNIT),
        )
        for e in framework.effort
    }
    return {
        (skill, place): own.get((skill, place), usual.get(place, (0, 0, 0)))
        for skill in current
        for place in range(1, len(framework.levels))
    }
