"""Why not yet: the smallest set of clauses that blocks, and nothing that follows from another."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatrix.planning.reasons import named
from skillmatrix.planning.solve import implied
from skillmatrix.planning.task import UNIT, Task, clauses_of
from skillmatrix.scoring.standing import Standings
from skillmatrix.scoring.verdict import PartResult, Verdict


@dataclass(frozen=True)
class Blocker:
    """One clause that is not met even in the best case."""

    rule: str
    criterion: str
    title: str
    why: str
    change: str
    skills: tuple[str, ...]


def blockers(found: Verdict) -> tuple[Blocker, ...]:
    """
    Give the smallest set of clauses that blocks.

    Parameters
    ----------
    found : Verdict

    Returns
    -------
    tuple of Blocker
        Empty unless the verdict is NOT YET. Complete: whoever meets them all has no clause
        left that is NOT MET. Minimal: none of them follows from the others.

    Notes
    -----
    A floor at 3 follows from a gate at 4 of the same skill, and the same gate in two criteria
    is one; whether a clause follows from the rest is decided by a 0-1 program.
    """
    parts = {p.id: (c.id, p) for c in found.criteria.values() for p in c.parts}
    failing = {name for name, (_, part) in parts.items() if part.state == "NOT MET"}
    if not failing:
        return ()
    standings: Standings = found.standings
    clauses, _ = clauses_of(standings)
    kept = [clause for clause in clauses if clause.rule in failing]
    bottom = {s: 0 for s, at in standings.items() if at.state != "NOT_APPLICABLE"}
    top = dict.fromkeys(bottom, len(standings.levels) - 1)
    free = {(s, p): UNIT for s in bottom for p in range(1, len(standings.levels))}
    task = Task(bottom, top, tuple(kept), (), free, dict.fromkeys(bottom, UNIT))
    # Floors and breadth rules are tried first: what says more is kept.
    tried = ("bar", "floor", "breadth", "gate")
    for clause in sorted(kept, key=lambda c: (tried.index(c.kind), c.position)):
        rest = [other for other in kept if other is not clause]
        if rest and implied(task, clause, rest):
            kept = rest
    essential = {clause.rule: named(standings, clause) for clause in kept}
    return tuple(
        _blocker(criterion, part)
        for name, (criterion, part) in parts.items()
        if name in failing and (name in essential or part.kind == "evidence")
    )


def _blocker(criterion: str, part: PartResult) -> Blocker:
    return Blocker(part.id, criterion, part.title, part.why, part.change, part.skills)
