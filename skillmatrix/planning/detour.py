"""Another way: a plan that does without the skills for which there is no opportunity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from skillmatrix.framework.level import Level
from skillmatrix.planning.reasons import named
from skillmatrix.planning.solve import Judge, solve
from skillmatrix.planning.task import Levels, Task
from skillmatrix.scoring.standing import Standings


@dataclass(frozen=True)
class Detour:
    """
    What a plan becomes without the skills that no project can show.

    Attributes
    ----------
    without : tuple of str
        Skills it leaves where they are; empty where none can be left out.
    needed : mapping of str to tuple of str
        Skills that no plan does without, with what asks for each.
    levels : mapping of str to Level
        Level by skill that moves; empty where nothing can be left out.
    level_steps : int
    likely : int
        Thousandths of a week, from what is sure today.
    """

    without: tuple[str, ...]
    needed: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, Level]
    level_steps: int = 0
    likely: int = 0


def detour(standings: Standings, task: Task, blocked: Iterable[str], judge: Judge) -> Detour:
    """
    Leave out as many blocked skills as can be, the first ones first.

    Notes
    -----
    What is left out stays at its level today. A skill no plan does without is named with
    every rule that fails where it stays.
    """
    held = task
    without: list[str] = []
    needed: dict[str, tuple[str, ...]] = {}
    for skill in blocked:
        tried = _held(held, skill)
        ceiling = tried.ceiling()
        failing = [c for c in tried.clauses if not c.holds(ceiling)]
        if failing:
            needed[skill] = tuple(dict.fromkeys(named(standings, clause) for clause in failing))
        else:
            held = tried
            without.append(skill)
    solved = solve(held, judge) if without else None
    if solved is None:
        return Detour((), needed, {})
    levels: Levels = solved[0]
    moved = {s: standings.levels[p] for s, p in levels.items() if p > task.current[s]}
    climbed = [(s, p) for s in moved for p in range(task.current[s] + 1, levels[s] + 1)]
    likely = sum(task.effort[place] for place in climbed)
    return Detour(tuple(without), needed, moved, len(climbed), likely)


def _held(task: Task, skill: str) -> Task:
    return replace(task, top={**task.top, skill: task.current[skill]})
