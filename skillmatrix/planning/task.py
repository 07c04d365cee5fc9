"""What a plan has to reach: clauses over levels, with what limits and orders the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from skillmatrix.scoring.rules import BreadthRule, Rule, ThresholdRule, cases_of, rules_of
from skillmatrix.scoring.standing import Standings

Levels = Mapping[str, int]
Objective = Literal["steps", "effort"]
#: Costs are compared as whole thousandths, so that equal sums are equal.
UNIT = 1000


@dataclass(frozen=True)
class Clause:
    """At least k of these skills at a position of the scale; a gate is one of one."""

    rule: str
    requirement: str
    kind: Literal["gate", "floor", "bar", "breadth"]
    at_least: int
    position: int
    of: tuple[str, ...]

    def holds(self, levels: Levels) -> bool:
        """Say whether known levels meet it."""
        return sum(levels[skill] >= self.position for skill in self.of) >= self.at_least


@dataclass(frozen=True)
class Link:
    """A position of one skill that needs a position of another first."""

    skill: str
    position: int
    needs: str
    needs_position: int

    def holds(self, levels: Levels) -> bool:
        """Say whether known levels respect it."""
        return levels[self.skill] < self.position or levels[self.needs] >= self.needs_position


@dataclass(frozen=True)
class Task:
    """
    One planning problem, in positions on the scale.

    Attributes
    ----------
    current : mapping of str to int
        Lower end of each skill's interval: what is sure today.
    top : mapping of str to int
        The highest position that can be reached in time.
    clauses : tuple of Clause
    links : tuple of Link
        Those that today's levels do not settle already.
    effort : mapping of (str, int) to int
        Thousandths of a week to reach a position from the one below.
    weight : mapping of str to int
        Thousandths of the weight of importance; it orders, and never decides.
    order : tuple of str
        Which of ``steps`` and ``effort`` is made smallest first.
    """

    current: Levels
    top: Levels
    clauses: tuple[Clause, ...]
    links: tuple[Link, ...]
    effort: Mapping[tuple[str, int], int]
    weight: Mapping[str, int]
    order: tuple[Objective, Objective] = ("steps", "effort")

    @property
    def skills(self) -> tuple[str, ...]:
        """Skills that a plan may have to move, in the order of the framework."""
        wanted = {skill for clause in self.clauses for skill in clause.of}
        while True:
            more = {link.needs for link in self.links if link.skill in wanted} - wanted
            if not more:
                return tuple(skill for skill in self.current if skill in wanted)
            wanted |= more

    def holds(self, levels: Levels) -> bool:
        """Say whether levels meet every clause and respect every link and limit."""
        return (
            all(clause.holds(levels) for clause in self.clauses)
            and all(link.holds(levels) for link in self.links)
            and all(
                levels[skill] <= max(self.top[skill], now) and levels[skill] >= now
                for skill, now in self.current.items()
            )
        )

    def price(self, skill: str, position: int) -> tuple[int, int, int]:
        """Give what one step costs: in the chosen order, then the weight to be made largest."""
        first, second = (1, self.effort[skill, position])
        if self.order[0] == "effort":
            first, second = second, first
        return first, second, -self.weight[skill]

    def cost(self, levels: Levels) -> tuple[int, int, int]:
        """Give the three objectives of a plan, smallest best."""
        total = [0, 0, 0]
        for skill, now in self.current.items():
            for position in range(now + 1, levels[skill] + 1):
                for index, value in enumerate(self.price(skill, position)):
                    total[index] += value
        return total[0], total[1], total[2]

    def ceiling(self) -> dict[str, int]:
        """Give the highest position each skill can reach under limits and links."""
        ceiling = {skill: max(self.top[skill], now) for skill, now in self.current.items()}
        changed = True
        while changed:
            changed = False
            for link in self.links:
                limit = link.position - 1
                if ceiling[link.needs] < link.needs_position and ceiling[link.skill] > limit:
                    ceiling[link.skill] = limit
                    changed = True
        return ceiling


def clauses_of(standings: Standings) -> tuple[list[Clause], list[Rule]]:
    """
    Turn the rules of a profile on levels into clauses.

    Returns
    -------
    tuple of (list of Clause, list of Rule)
        Clauses, and rules no step can meet: a gate taken out of the profile with nothing in
        its place, a breadth rule that asks for more skills than take part.

    Notes
    -----
    With a switch not answered, only skills that take part under either answer are counted:
    the plan has to be enough both ways.
    """
    rules = rules_of(standings)
    unanswered_off = cases_of(rules, standings.profile)[0]
    clauses: list[Clause] = []
    hopeless: list[Rule] = []
    for requirement, many in rules.items():
        for rule in many:
            if isinstance(rule, ThresholdRule):
                if standings[rule.skill].state == "NOT_APPLICABLE":
                    hopeless.append(rule)
                    continue
                made = Clause(rule.id, requirement, rule.kind, 1, rule.required, (rule.skill,))
                clauses.append(made)
            elif isinstance(rule, BreadthRule):
                members = tuple(rule.members(standings, unanswered_off))
                if rule.at_least > len(members):
                    hopeless.append(rule)
                    continue
                clauses.append(
                    Clause(rule.id, requirement, "breadth", rule.at_least, rule.required, members)
                )
    return clauses, hopeless
