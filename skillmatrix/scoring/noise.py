"""Ratings that are off by a level: every one alone, and every two together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from skillmatrix.scoring.logic import State, agreed, both
from skillmatrix.scoring.pivots import touched_by
from skillmatrix.scoring.rules import cases_of, rules_of
from skillmatrix.scoring.shifts import Clause, Move, Shift, Turned, clauses
from skillmatrix.scoring.standing import Standing
from skillmatrix.scoring.targets_text import in_full
from skillmatrix.scoring.verdict import OVERALL, Verdict

Place = tuple[str, int]
#: The states of one rule, one for each way to answer the open switches.
States = tuple[State, ...]


class Noise:
    """
    A verdict judged again with ratings moved.

    Parameters
    ----------
    found : Verdict
    reach : int
        How many levels a rating may be off, in either direction.

    Attributes
    ----------
    moves : dict of str to list of Move
        By skill that has a level and that a rule looks at.
    unasked : tuple of str
        Skills with a level that no rule looks at.

    Notes
    -----
    A rating touches only the rules that name its skill. The states of all others are kept, so
    that a pair costs a few rules and not a verdict.
    """

    def __init__(self, found: Verdict, reach: int) -> None:
        self.found, standings = found, found.standings
        self._rules = rules_of(standings)
        self._cases = cases_of(self._rules, found.profile)
        self._base: dict[Place, States] = {
            (name, index): tuple(rule.state(standings, case) for case in self._cases)
            for name, rules in self._rules.items()
            for index, rule in enumerate(rules)
        }
        self._before = {name: self._criterion(name, {}) for name in self._rules}
        self._places = {
            skill: [(name, index) for name, places in by_name.items() for index in places]
            for skill, by_name in touched_by(self._rules).items()
        }
        known = [skill for skill, standing in standings.items() if standing.known]
        self.unasked = tuple(skill for skill in known if skill not in self._places)
        self.moves: dict[str, list[Move]] = {}
        self._stands: dict[Move, Standing] = {}
        self._alone: dict[Move, dict[Place, States]] = {}
        levels = standings.levels
        for skill in known:
            if skill not in self._places:
                continue
            high = standings[skill].high
            for position in range(max(high - reach, 0), min(high + reach, len(levels) - 1) + 1):
                if position != high:
                    move = Move(skill, levels[high].value, levels[position].value)
                    self._stands[move] = standings.moved(skill, position)
                    self._alone[move] = self._states(self._places[skill], move)
                    self.moves.setdefault(skill, []).append(move)

    @property
    def pairs(self) -> int:
        """How many ways there are to move two ratings."""
        counts = [len(moves) for moves in self.moves.values()]
        return sum(one * other for one, other in combinations(counts, 2))

    @property
    def singles(self) -> int:
        """How many ways there are to move one rating."""
        return sum(map(len, self.moves.values()))

    def one_at_a_time(self) -> Iterator[Shift]:
        """Give each move that turns something."""
        for moves in self.moves.values():
            for move in moves:
                shift = self._shift((move,), self._alone[move])
                if shift is not None:
                    yield shift

    def two_at_a_time(self) -> Iterator[Shift]:
        """Give each two moves of different skills that together turn something."""
        for one, other in combinations(self.moves, 2):
            common = [place for place in self._places[one] if place in self._places[other]]
            for first in self.moves[one]:
                for second in self.moves[other]:
                    states = {**self._alone[first], **self._alone[second]}
                    if common:
                        for place in common:
                            states.pop(place, None)
                        states |= self._states(common, first, second)
                    shift = self._shift((first, second), states)
                    if shift is not None:
                        yield shift

    def _states(self, places: list[Place], *moves: Move) -> dict[Place, States]:
        """Judge some rules with ratings moved; give those that come out otherwise."""
        stands: dict[str, Standing] = dict(self.found.standings)
        for move in moves:
            stands[move.skill] = self._stands[move]
        found = {}
        for name, index in places:
            rule = self._rules[name][index]
            states = tuple(rule.state(stands, case) for case in self._cases)
            if states != self._base[name, index]:
                found[name, index] = states
        return found

    def _criterion(self, name: str, states: Mapping[Place, States]) -> States:
        """Join the parts of a criterion, for each way to answer the open switches."""
        places = [(name, index) for index in range(len(self._rules[name]))]
        parts = [states.get(place, self._base[place]) for place in places]
        return tuple(both(part[at] for part in parts) for at in range(len(self._cases)))

    def _shift(self, moves: tuple[Move, ...], states: Mapping[Place, States]) -> Shift | None:
        if not states:
            return None
        after = dict(self._before)
        for name in dict.fromkeys(name for name, _ in states):
            after[name] = self._criterion(name, states)
        turned = [
            self._turned(name, agreed(was), agreed(after[name]), states)
            for name, was in self._before.items()
            if agreed(was) != agreed(after[name])
        ]
        cases = range(len(self._cases))
        overall = OVERALL[agreed(both(case[at] for case in after.values()) for at in cases)]
        if not turned and overall == self.found.overall:
            return None
        return Shift(moves, self.found.overall, overall, tuple(turned))

    def _turned(
        self, name: str, before: State, after: State, states: Mapping[Place, States]
    ) -> Turned:
        parts = self.found.criteria[name].parts
        differ = (
            Clause(
                parts[index].id,
                parts[index].kind,
                in_full(parts[index]),
                agreed(self._base[where, index]),
                agreed(now),
            )
            for (where, index), now in states.items()
            if where == name
        )
        return Turned(name, before, after, clauses(before, after, differ))
