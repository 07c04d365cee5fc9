"""Why a step is in the plan, and why there is no plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from skillmatrix.planning.task import Clause, Levels, Link, Task
from skillmatrix.scoring.rules import BreadthRule, Rule, ThresholdRule, rules_of
from skillmatrix.scoring.standing import Standings, count_word


@dataclass(frozen=True)
class Reason:
    """
    Why no plan is possible.

    Attributes
    ----------
    kind : {"capped", "not applicable", "too few skills"}
    rule : str
        The rule that cannot be met.
    skills : tuple of str
    text : str
    """

    kind: Literal["capped", "not applicable", "too few skills"]
    rule: str
    skills: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return self.text


def named(standings: Standings, clause: Clause) -> str:
    """Name a clause by its criterion, such as ``gate of P4``."""
    if clause.kind == "bar":
        return f"bar of {standings.profile.title}"
    criterion = standings.framework.criteria.get(clause.requirement)
    requirement = standings.profile.requirements[clause.requirement]
    code = criterion.code if criterion and criterion.code else requirement.title
    if clause.kind != "breadth":
        return f"{clause.kind} of {code}"
    level = standings.levels[clause.position]
    return f"{count_word(clause.at_least)} of {count_word(len(clause.of))} at {level} for {code}"


def why(standings: Standings, task: Task, levels: Levels, skill: str) -> tuple[str, ...]:
    """Take a step out of the plan, and name everything that fails without it."""
    without = {**levels, skill: levels[skill] - 1}
    found = [
        named(standings, clause)
        for clause in task.clauses
        if skill in clause.of and clause.holds(levels) and not clause.holds(without)
    ]
    for link in needed_for(task, levels, skill):
        title = standings.framework.skills[link.skill].title
        found.append(f"needed for {title} at {standings.levels[link.position]}")
    return tuple(dict.fromkeys(found))


def needed_for(task: Task, levels: Levels, skill: str) -> tuple[Link, ...]:
    """Give the prerequisites that a step is there for."""
    without = {**levels, skill: levels[skill] - 1}
    return tuple(k for k in task.links if k.needs == skill and not k.holds(without))


def impossible(standings: Standings, task: Task, hopeless: Sequence[Rule]) -> tuple[Reason, ...]:
    """Name every rule that no step can meet, and what stands in the way."""
    skills, scale = standings.framework.skills, standings.levels
    asked_by = {rule.id: name for name, many in rules_of(standings).items() for rule in many}
    found = []
    for rule in hopeless:
        if isinstance(rule, ThresholdRule):
            reason = standings.profile.not_applicable[rule.skill].reason
            clause = Clause(rule.id, asked_by[rule.id], rule.kind, 1, rule.required, (rule.skill,))
            text = (
                f"{named(standings, clause)}: {skills[rule.skill].title} is not applicable "
                f"({reason}), and the profile does not say what replaces it"
            )
            found.append(Reason("not applicable", rule.id, (rule.skill,), text))
        elif isinstance(rule, BreadthRule):
            open_switches = [
                f"{standings.framework.switches[switch].question}"
                for switch in dict.fromkeys(rule.when.values())
                if standings.profile.switches.get(switch) is None
            ]
            clause = Clause(
                rule.id, asked_by[rule.id], "breadth", rule.at_least, rule.required, rule.of
            )
            text = f"{named(standings, clause)} asks for more skills than take part here"
            if open_switches:
                text += f"; it may help to answer: {' '.join(open_switches)}"
            found.append(Reason("too few skills", rule.id, rule.of, text))
    ceiling = task.ceiling()
    for clause in task.clauses:
        if clause.holds(ceiling):
            continue
        level = scale[clause.position]
        held = [s for s in clause.of if ceiling[s] < clause.position]
        limits = ", ".join(f"{skills[s].title} at most {scale[ceiling[s]]}" for s in held)
        text = f"{named(standings, clause)} asks for {level}: {limits} in this time"
        blocked = [
            f"{skills[link.skill].title} needs {skills[link.needs].title} at "
            f"{scale[link.needs_position]}"
            for link in task.links
            if link.skill in held and ceiling[link.needs] < link.needs_position
        ]
        found.append(Reason("capped", clause.rule, tuple(held), "; ".join([text, *blocked])))
    return tuple(found)
