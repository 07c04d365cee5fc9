"""What a verdict is tried under, and what turns when it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from skillmatrix.scoring.logic import ORDER, State
from skillmatrix.scoring.verdict import Overall

FamilyId = Literal["contexts", "switches", "ratings", "pairs"]


@dataclass(frozen=True)
class Context:
    """One variant of the role more than the aim has, or one of its own less."""

    overlay: str
    added: bool


@dataclass(frozen=True)
class Answer:
    """One question about the context, answered; where it was answered, the other way."""

    switch: str
    answer: bool


@dataclass(frozen=True)
class Move:
    """One rating at another level."""

    skill: str
    level: int
    to: int


@dataclass(frozen=True)
class Clause:
    """
    A part of a criterion that a case turns.

    Attributes
    ----------
    part : str
        Id of the part.
    title : str
        The rule in plain words, able to stand alone.
    before, after : State or None
        None where the case adds or drops the part.
    """

    part: str
    kind: str
    title: str
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Turned:
    """A criterion that a case gives another state, and the parts it turns on."""

    criterion: str
    before: State
    after: State
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Shift:
    """
    One case under which a criterion, or the whole answer, comes out otherwise.

    Attributes
    ----------
    changes : tuple of Context, Answer or Move
        What the case changes; two moves where two ratings are off together.
    before, after : {"READY", "NOT YET", "OPEN"}
        The whole answer.
    criteria : tuple of Turned
    """

    changes: tuple[Context | Answer | Move, ...]
    before: Overall
    after: Overall
    criteria: tuple[Turned, ...]

    @property
    def flips(self) -> bool:
        """Whether the whole answer comes out otherwise."""
        return self.before != self.after

    @property
    def decisive(self) -> tuple[Turned, ...]:
        """The criteria that turn the same way as the whole answer."""
        way = _WORTH[self.after] - _WORTH[self.before]
        return tuple(t for t in self.criteria if (ORDER[t.after] - ORDER[t.before]) * way > 0)


_WORTH: Mapping[Overall, int] = {"NOT YET": 0, "OPEN": 1, "READY": 2}


@dataclass(frozen=True)
class Family:
    """
    Cases of one kind, all of them tried.

    Attributes
    ----------
    cases : int
        How many there are.
    shifts : tuple of Shift
        Those under which something comes out otherwise.
    """

    id: FamilyId
    cases: int
    shifts: tuple[Shift, ...] = field(repr=False)

    @property
    def flips(self) -> tuple[Shift, ...]:
        """Those under which the whole answer comes out otherwise."""
        return tuple(shift for shift in self.shifts if shift.flips)

    @property
    def holds(self) -> int:
        """In how many cases the whole answer stays."""
        return self.cases - len(self.flips)

    def holds_for(self, criterion: str) -> int:
        """In how many cases the state of one criterion stays."""
        turned = sum(any(t.criterion == criterion for t in s.criteria) for s in self.shifts)
        return self.cases - turned


def clauses(before: State, after: State, parts: Iterable[Clause]) -> tuple[Clause, ...]:
    """
    Keep the parts that explain why a criterion turned.

    Parameters
    ----------
    before, after : State
        Of the criterion.
    parts : iterable of Clause
        Every part that differs.

    Returns
    -------
    tuple of Clause
        Going down, those that now hold it down; going up, those that held it down before; all
        that differ, where none does so alone.
    """
    every = tuple(parts)
    if ORDER[after] < ORDER[before]:
        held = tuple(c for c in every if c.after == after)
    else:
        held = tuple(c for c in every if c.before == before)
    return held or every
