"""The smallest plan: in closed form where that is exact, else by a solver, and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from skillmatrix.planning.task import Clause, Task

Plan = dict[str, int]
Checked = tuple[Plan, str]
Judge = Callable[[Plan], bool]

#: How many other plans of the same cost are looked for.
ALTERNATIVES = 5


class Program:
    """The task as a 0-1 program: one variable for each position a skill may rise to."""

    def __init__(self, task: Task) -> None:
        self.task = task
        ceiling = task.ceiling()
        self.places = [
            (skill, position)
            for skill in task.skills
            for position in range(task.current[skill] + 1, ceiling[skill] + 1)
        ]
        self.index = {place: number for number, place in enumerate(self.places)}
        self.rows: list[NDArray[np.float64]] = []
        self.least: list[float] = []
        for skill, position in self.places:
            if (skill, position - 1) in self.index:
                self.at_least({(skill, position - 1): 1, (skill, position): -1}, 0)
        for link in task.links:
            if (link.skill, link.position) in self.index:
                row = {(link.needs, link.needs_position): 1, (link.skill, link.position): -1}
                self.at_least(row, 0)
        for clause in task.clauses:
            self.require(clause)

    def at_least(self, row: Mapping[tuple[str, int], float], bound: float) -> None:
        """Add a constraint: the sum is at least a bound."""
        made = np.zeros(len(self.places))
        for place, factor in row.items():
            made[self.index[place]] = factor
        self.rows.append(made)
        self.least.append(bound)

    def require(self, clause: Clause) -> None:
        """Add a clause; what is there today counts already."""
        there, row = self._counted(clause)
        if clause.at_least > there:
            self.at_least(row, clause.at_least - there)

    def forbid(self, clause: Clause) -> None:
        """Add that a clause does not hold."""
        there, row = self._counted(clause)
        self.at_least(dict.fromkeys(row, -1), there - clause.at_least + 1)

    def _counted(self, clause: Clause) -> tuple[int, dict[tuple[str, int], float]]:
        there = sum(self.task.current[skill] >= clause.position for skill in clause.of)
        places = [(skill, clause.position) for skill in clause.of]
        return there, {place: 1 for place in places if place in self.index}

    def without(self, plan: Plan) -> None:
        """Leave out one plan, and with it every plan that contains it."""
        chosen = [(s, p) for s, p in self.places if p <= plan[s]]
        self.at_least(dict.fromkeys(chosen, -1), 1 - len(chosen))

    def hold(self, objective: NDArray[np.float64], plan: Plan) -> None:
        """Add that an objective may not be worse than that of a plan."""
        chosen = [plan[skill] >= position for skill, position in self.places]
        self.rows.append(-objective)
        self.least.append(-float(objective[chosen].sum()))

    def prices(self) -> NDArray[np.float64]:
        """Give the three objectives as rows, in their order."""
        rows = np.array([self.task.price(*place) for place in self.places], dtype=np.int64).T
        divisors = np.maximum(np.gcd.reduce(rows, axis=1, keepdims=True), 1)
        return (rows // divisors).astype(float)

    def solve(self, objective: NDArray[np.float64]) -> Plan | None:
        """Minimise; None when nothing meets the constraints."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        if not self.places:
            return None if any(bound > 0 for bound in self.least) else dict(self.task.current)
        constraints = (
            LinearConstraint(np.array(self.rows), lb=np.array(self.least)) if self.rows else ()
        )
        found = milp(
            objective,
            constraints=constraints,
            integrality=np.ones(len(self.places)),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        plan = dict(self.task.current)
        for (skill, position), value in zip(self.places, np.round(found.x), strict=True):
            if value == 1:
                plan[skill] = max(plan[skill], position)
        return plan


def solve(task: Task, judge: Judge = lambda _: True) -> Checked | None:
    """
    Find the plan of least cost.

    Parameters
    ----------
    task : Task
    judge : callable, optional
        Says whether levels are enough; the verdict's own rules.

    Returns
    -------
    tuple of (mapping of str to int, str), or None
        The positions to reach, and how they were found: ``closed form``, ``solver`` or
        ``search``. None when no plan is possible.

    Notes
    -----
    A solver has been seen to report success for a point outside its bounds (SciPy issue
    22812). So its plan is checked against the clauses themselves, and when it does not hold,
    the plan is searched for instead.
    """
    ceiling = task.ceiling()
    if not all(clause.holds(ceiling) for clause in task.clauses):
        return None
    plan = closed_form(task)
    if plan is not None and task.holds(plan) and judge(plan):
        return plan, "closed form"
    plan = _lexicographic(Program(task))
    if plan is not None and task.holds(plan) and judge(plan):
        return plan, "solver"
    plan = search(task)
    return (plan, "search") if plan is not None else None


def _lexicographic(program: Program) -> Plan | None:
    plan = None
    for objective in program.prices() if program.places else [np.zeros(0)]:
        plan = program.solve(objective)
        if plan is None or not program.places:
            return plan
        program.hold(objective, plan)
    return plan


def closed_form(task: Task) -> Plan | None:
    """
    Solve without a solver where that is exact, else give None.

    Gates alone, with links: everything short, and what it needs first. Breadth rules over
    sets that share no skill, without links: the cheapest missing skills of each rule.
    """
    plan = dict(task.current)
    breadth = [clause for clause in task.clauses if clause.kind == "breadth"]
    for clause in task.clauses:
        if clause.kind != "breadth":
            plan[clause.of[0]] = max(plan[clause.of[0]], clause.position)
    if breadth and task.links:
        return None
    if len({s for clause in breadth for s in clause.of}) < sum(len(c.of) for c in breadth):
        return None
    for clause in breadth:
        missing = clause.at_least - sum(plan[s] >= clause.position for s in clause.of)
        able = [s for s in clause.of if plan[s] < clause.position <= task.top[s]]
        for skill in sorted(able, key=lambda s: _price(task, s, plan[s], clause.position)):
            if missing <= 0:
                break
            plan[skill] = clause.position
            missing -= 1
    return _closed(task, plan)


def _price(task: Task, skill: str, now: int, then: int) -> tuple[int, ...]:
    steps = [task.price(skill, position) for position in range(now + 1, then + 1)]
    return tuple(map(sum, zip(*steps, strict=True)))


def search(task: Task) -> Plan | None:
    """Find the plan of least cost by trying every choice of members; exact, and slow."""
    best: Plan | None = None
    for plan in _choices(task, 0, dict(task.current)):
        if task.holds(plan) and (best is None or task.cost(plan) < task.cost(best)):
            best = plan
    return best


def _choices(task: Task, number: int, plan: Plan) -> Iterator[Plan]:
    if number == len(task.clauses):
        yield _closed(task, plan)
        return
    clause = task.clauses[number]
    missing = clause.at_least - sum(plan[s] >= clause.position for s in clause.of)
    if missing <= 0:
        yield from _choices(task, number + 1, plan)
        return
    able = [s for s in clause.of if plan[s] < clause.position <= task.top[s]]
    for chosen in combinations(able, missing):
        raised = {**plan, **dict.fromkeys(chosen, clause.position)}
        yield from _choices(task, number + 1, raised)


def _closed(task: Task, plan: Plan) -> Plan:
    closed = dict(plan)
    changed = True
    while changed:
        changed = False
        for link in task.links:
            if not link.holds(closed):
                closed[link.needs] = link.needs_position
                changed = True
    return closed


def alternatives(task: Task, plan: Plan, most: int = ALTERNATIVES) -> list[Plan]:
    """Give other plans with the same steps and the same effort, the weightier first."""
    program = Program(task)
    if not program.places:
        return []
    cost = task.cost(plan)[:2]
    found = [plan]
    prices = program.prices()
    for objective in prices[:2]:
        program.hold(objective, plan)
    while len(found) <= most:
        program.without(found[-1])
        other = program.solve(prices[2])
        if other is None or not task.holds(other) or task.cost(other)[:2] != cost:
            break
        found.append(other)
    return found[1:]


def implied(task: Task, clause: Clause, rest: Sequence[Clause]) -> bool:
    """Say whether a clause holds wherever the others hold."""
    program = Program(replace(task, clauses=tuple(rest)))
    program.forbid(clause)
    return program.solve(np.zeros(len(program.places))) is None
