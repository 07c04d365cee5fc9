"""Evidence tasks: the fewest items to add or to strengthen until every evidence rule is met."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from skillmatrix.assessment.evidence import effective_strength, instance, within
from skillmatrix.assessment.model import Evidence
from skillmatrix.framework.model import STRENGTHS, EvidenceAsk, Strength
from skillmatrix.scoring.rules import EvidencePart
from skillmatrix.scoring.standing import Standings


@dataclass(frozen=True)
class EvidenceTask:
    """
    One item of evidence to add, or one to strengthen.

    Attributes
    ----------
    kind : {"add", "strengthen"}
    type : str
        Id of the evidence type.
    strength : {"E1", "E2", "E3", "E4"}
        What it has to reach.
    count : int
        How many such items; 1 for one that is strengthened.
    confirmed_by : tuple of str
        Functions of which one has to confirm; empty where anybody may.
    outside_team : bool
        Whether the confirmation has to come from outside the team.
    rules : tuple of str
        Evidence rules it helps to meet.
    item : str or None
        Id of the item that is strengthened.
    """

    kind: str
    type: str
    strength: Strength
    count: int
    confirmed_by: tuple[str, ...]
    outside_team: bool
    rules: tuple[str, ...]
    item: str | None = None


@dataclass(frozen=True)
class _Shape:
    """What an item of evidence has to be to answer certain asks."""

    type: str
    strength: Strength
    confirmed_by: tuple[str, ...]
    outside_team: bool

    def answers(self, ask: EvidenceAsk) -> bool:
        return (
            self.type == ask.type
            and STRENGTHS.index(self.strength) >= STRENGTHS.index(ask.strength)
            and (
                not ask.confirmed_by
                or (bool(self.confirmed_by) and set(self.confirmed_by) <= set(ask.confirmed_by))
            )
            and (self.outside_team or not ask.outside_team)
        )

    @property
    def demand(self) -> int:
        return STRENGTHS.index(self.strength) * 4 + bool(self.confirmed_by) + self.outside_team


def _shapes(asks: list[EvidenceAsk]) -> list[_Shape]:
    """Give the shapes worth making: what one ask wants, or what two of one type want together."""
    found: dict[_Shape, None] = {}
    for ask in asks:
        found[_Shape(ask.type, ask.strength, ask.confirmed_by, ask.outside_team)] = None
    for one, two in combinations(list(found), 2):
        if one.type != two.type:
            continue
        both = tuple(f for f in one.confirmed_by if f in two.confirmed_by)
        if one.confirmed_by and two.confirmed_by and not both:
            continue
        strength = max(one.strength, two.strength, key=STRENGTHS.index)
        either = both or one.confirmed_by or two.confirmed_by
        found[_Shape(one.type, strength, either, one.outside_team or two.outside_team)] = None
    return list(found)


def evidence_tasks(standings: Standings, parts: list[EvidencePart]) -> tuple[EvidenceTask, ...]:
    """
    Find the fewest items that meet every evidence rule that is not met yet.

    Returns
    -------
    tuple of EvidenceTask
        Fewest tasks first, then strengthening before adding, then the least demanding.

    Notes
    -----
    One item may answer several rules, and a rule may be answered in several ways, so this is a
    0-1 program of its own. How strong an item becomes is a person's work: a task says what it
    has to show, not how long that takes.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    unmet = [part for part in parts if not _met(part)]
    if not unmet:
        return ()
    asks = [(part, ask, items) for part in unmet for ask, items in part.found]
    shapes = _shapes([ask for _, ask, _ in asks])
    moves: list[tuple[_Shape, Evidence | None]] = [(shape, None) for shape in shapes]
    moves += [(shape, item) for shape in shapes for item in _weaker(standings, shape)]
    counts = {ask.count for _, ask, _ in asks}
    size = len(moves) + len(asks)
    rows, least = [], []
    for part in unmet:
        row = np.zeros(size)
        row[[len(moves) + n for n, (owner, _, _) in enumerate(asks) if owner is part]] = 1
        rows.append(row)
        least.append(1.0)
    helps = [
        [shape.answers(ask) and _is_new(standings, part, items, item) for shape, item in moves]
        for part, ask, items in asks
    ]
    for number, (_, ask, items) in enumerate(asks):
        row = np.zeros(size)
        row[: len(moves)] = helps[number]
        row[len(moves) + number] = -(ask.count - len(items))
        rows.append(row)
        least.append(0.0)
    for name in {item.id for _, item in moves if item is not None}:
        row = np.zeros(size)
        row[[n for n, (_, item) in enumerate(moves) if item is not None and item.id == name]] = -1
        rows.append(row)
        least.append(-1.0)
    upper = [1.0 if item is not None else float(max(counts)) for _, item in moves]
    price = [1000 + (0 if item is not None else 100) + shape.demand for shape, item in moves]
    found = milp(
        np.array([*price, *[0.0] * len(asks)]),
        constraints=LinearConstraint(np.array(rows), lb=np.array(least)),
        integrality=np.ones(size),
        bounds=Bounds(0, np.array([*upper, *[1.0] * len(asks)])),
        options={"mip_rel_gap": 0},
    )
    made = []
    for place, (shape, item) in enumerate(moves):
        count = round(found.x[place])
        if count:
            helped = [part.id for n, (part, _, _) in enumerate(asks) if helps[n][place]]
            task = EvidenceTask(
                kind="add" if item is None else "strengthen",
                type=shape.type,
                strength=shape.strength,
                count=count,
                confirmed_by=shape.confirmed_by,
                outside_team=shape.outside_team,
                rules=tuple(dict.fromkeys(helped)),
                item=None if item is None else item.id,
            )
            made.append(task)
    return tuple(made)


def _met(part: EvidencePart) -> bool:
    return any(len(items) >= ask.count for ask, items in part.found)


def _weaker(standings: Standings, shape: _Shape) -> list[Evidence]:
    """List items of this type that are not aged, one for each thing they stand for."""
    assessment = standings.assessment
    ageing, absence = standings.framework.ageing, assessment.aim.absence_months
    found: dict[object, Evidence] = {}
    for item in assessment.evidence:
        counts_as = effective_strength(item, assessment.as_of, ageing, absence)
        fresh = within(item.date, assessment.as_of, ageing[0] + absence)
        if shape.type in item.types and counts_as is not None and fresh and not _taken(item, shape):
            found.setdefault(instance(item), item)
    return list(found.values())


def _taken(item: Evidence, shape: _Shape) -> bool:
    """Say whether somebody has confirmed an item already who is not asked for."""
    function = bool(shape.confirmed_by) and item.confirmed_function not in shape.confirmed_by
    team = shape.outside_team and not item.outside_team
    return bool(item.confirmed_by.strip()) and (function or team)


def _is_new(
    standings: Standings, part: EvidencePart, items: tuple[Evidence, ...], item: Evidence | None
) -> bool:
    """Say whether an item would count for a rule and does not do so already."""
    if item is None:
        return True
    assessment = standings.assessment
    months = part.rule.months + assessment.aim.absence_months
    recent = within(item.date, assessment.as_of, months)
    return recent and instance(item) not in {instance(other) for other in items}
