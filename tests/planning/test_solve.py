"""The solver, the closed form and the search against trying every level of every skill."""

import random
from collections.abc import Mapping
from itertools import product

import pytest

from skillmatrix.planning import solve as solving
from skillmatrix.planning.solve import alternatives, closed_form, search, solve
from skillmatrix.planning.task import Clause, Link, Task

SKILLS = ("a", "b", "c", "d")
TOP = 4


def drawn(rng: random.Random) -> Task:
    """Draw a task: gates, overlapping breadth rules, links, caps, efforts and weights."""
    current = {skill: rng.randint(0, 2) for skill in SKILLS}
    clauses = [
        Clause(f"g{n}", "r", "gate", 1, rng.randint(1, TOP), (rng.choice(SKILLS),))
        for n in range(rng.randint(0, 2))
    ]
    for n in range(rng.randint(0, 3)):
        of = tuple(rng.sample(SKILLS, rng.randint(1, 4)))
        at_least = rng.randint(1, len(of))
        clauses.append(Clause(f"b{n}", "r", "breadth", at_least, rng.randint(1, TOP), of))
    links = []
    for _ in range(rng.randint(0, 2)):
        skill, needs = rng.sample(SKILLS, 2)
        link = Link(skill, rng.randint(1, TOP), needs, rng.randint(1, TOP))
        if link.position > current[skill] and link.needs_position > current[needs]:
            links.append(link)
    return Task(
        current=current,
        top={skill: rng.choice([TOP, TOP, TOP, 3, 2]) for skill in SKILLS},
        clauses=tuple(clauses),
        links=tuple(links),
        effort={(s, p): rng.choice([500, 1000, 3000, 20000]) for s in SKILLS for p in range(1, 5)},
        weight={skill: rng.choice([1000, 2000, 3000]) for skill in SKILLS},
        order=rng.choice([("steps", "effort"), ("effort", "steps")]),
    )


def meets(task: Task, levels: Mapping[str, int]) -> bool:
    """Say whether levels are a plan, in the words of the design."""
    for clause in task.clauses:
        if sum(levels[s] >= clause.position for s in clause.of) < clause.at_least:
            return False
    return all(
        levels[link.skill] < link.position or levels[link.needs] >= link.needs_position
        for link in task.links
    )


def price(task: Task, levels: Mapping[str, int]) -> tuple[int, int, int]:
    """Count steps, effort and weight of a plan, in the order asked for."""
    climbed = [(s, p) for s in SKILLS for p in range(task.current[s] + 1, levels[s] + 1)]
    steps, effort = len(climbed), sum(task.effort[place] for place in climbed)
    first, second = (steps, effort) if task.order[0] == "steps" else (effort, steps)
    return first, second, -sum(task.weight[s] for s, _ in climbed)


def best(task: Task) -> tuple[tuple[int, int, int] | None, int]:
    """Try every level of every skill; give the least price, and how many plans tie on two."""
    ranges = [range(task.current[s], max(task.top[s], task.current[s]) + 1) for s in SKILLS]
    plans = [dict(zip(SKILLS, levels, strict=True)) for levels in product(*ranges)]
    prices = sorted(price(task, plan) for plan in plans if meets(task, plan))
    if not prices:
        return None, 0
    return prices[0], sum(p[:2] == prices[0][:2] for p in prices)


def compare(number: int) -> str:
    """Solve one drawn task in every way; give how it was found."""
    task = drawn(random.Random(number))
    expected, ties = best(task)
    found = solve(task)

    if expected is None:
        assert found is None, number
        assert search(task) is None, number
        return "none"
    assert found is not None, number
    assert meets(task, found[0]), number
    assert price(task, found[0]) == expected, number
    searched = search(task)
    assert searched is not None, number
    assert price(task, searched) == expected, number
    others = alternatives(task, found[0])
    assert len(others) == min(ties - 1, 5), number
    assert all(price(task, other)[:2] == expected[:2] for other in others), number
    assert len({tuple(sorted(p.items())) for p in [found[0], *others]}) == len(others) + 1
    return found[1]


def test_drawn_tasks_are_solved_as_well_as_by_trying_everything():
    """1,100 tasks: the least price, nothing where nothing is possible, every tie up to five."""
    ways = {compare(number) for number in range(1100)}

    assert ways == {"none", "solver", "closed form"}


def test_greedy_would_be_wrong():
    """Two overlapping rules: the cheapest member of each costs 10, the shared one 6."""
    effort = {("a", 1): 5000, ("b", 1): 6000, ("c", 1): 5000, ("d", 1): 9000}
    task = Task(
        current=dict.fromkeys(SKILLS, 0),
        top=dict.fromkeys(SKILLS, 1),
        clauses=(
            Clause("one", "r", "breadth", 1, 1, ("a", "b")),
            Clause("two", "r", "breadth", 1, 1, ("b", "c")),
        ),
        links=(),
        effort=effort,
        weight=dict.fromkeys(SKILLS, 1000),
        order=("effort", "steps"),
    )

    assert solve(task) == ({"a": 0, "b": 1, "c": 0, "d": 0}, "solver")
    assert closed_form(task) is None


def test_a_solver_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch):
    """What the solver returns is judged again; when it does not hold, the plan is searched for."""
    tasks = [drawn(random.Random(number)) for number in range(50)]
    task = next(t for t in tasks if (found := solve(t)) and found[1] == "solver")
    expected, _ = best(task)
    monkeypatch.setattr(solving, "_lexicographic", lambda _: dict(task.current))

    found = solve(task)

    assert found is not None
    assert found[1] == "search"
    assert price(task, found[0]) == expected


def test_efforts_of_any_size_are_compared_exactly():
    """A thousandth of a week decides, beside an effort of a hundred weeks."""
    task = Task(
        current=dict.fromkeys(SKILLS, 0),
        top=dict.fromkeys(SKILLS, 1),
        clauses=(
            Clause("one", "r", "breadth", 2, 1, ("a", "b", "c")),
            Clause("two", "r", "breadth", 1, 1, ("a", "b", "d")),
        ),
        links=(),
        effort={("a", 1): 104_001, ("b", 1): 104_000, ("c", 1): 104_002, ("d", 1): 1},
        weight=dict.fromkeys(SKILLS, 1000),
    )

    found = solve(task)

    assert found is not None
    assert found[0] == {"a": 1, "b": 1, "c": 0, "d": 0}
