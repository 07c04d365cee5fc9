"""Pivotal ratings: each rating moved by one level, and what that alone would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillmatrix.scoring.logic import State, agreed, both
from skillmatrix.scoring.rules import Answers, EvidencePart, Rule, ThresholdRule
from skillmatrix.scoring.standing import Standing, Standings


@dataclass(frozen=True)
class Change:
    """What moving one rating by one level changes; ``requirement`` None is the whole answer."""

    skill: str
    level: int
    to: int
    before: State
    after: State
    requirement: str | None = None


def changes(
    standings: Standings, rules: Mapping[str, list[Rule]], cases: Sequence[Answers]
) -> list[Change]:
    """
    Move each rating one level down and up, and note every answer that changes with it.

    Parameters
    ----------
    standings : Standings
    rules : mapping of str to list of Rule
        By requirement id.
    cases : sequence of mapping
        Every way to answer the open switches.

    Returns
    -------
    list of Change
        In the order of the skills; for each move the whole answer first.

    Notes
    -----
    A rating touches only the rules that name its skill, so only those are judged again: for
    27 skills and 4 cases that is a tenth of judging everything anew.
    """
    judged = [
        {name: [r.state(standings, case) for r in many] for name, many in rules.items()}
        for case in cases
    ]
    base = [{name: both(states) for name, states in each.items()} for each in judged]
    touched = touched_by(rules)
    stands: dict[str, Standing] = dict(standings)
    found: list[Change] = []
    for skill, standing in standings.items():
        if skill not in touched or not standing.known:
            continue
        for high in (standing.high - 1, standing.high + 1):
            if not 0 <= high < len(standings.levels):
                continue
            stands[skill] = standings.moved(skill, high)
            states = [dict(case) for case in base]
            for state, case, known in zip(states, cases, judged, strict=True):
                for name, places in touched[skill].items():
                    parts = list(known[name])
                    for index in places:
                        parts[index] = rules[name][index].state(stands, case)
                    state[name] = both(parts)
            level, to = standings.levels[standing.high].value, standings.levels[high].value
            found += [
                Change(skill, level, to, was, now, name)
                for name, was, now in _differences(base, states, touched[skill])
            ]
        stands[skill] = standing
    return found


def touched_by(rules: Mapping[str, list[Rule]]) -> dict[str, dict[str, list[int]]]:
    """For each skill, the requirements that ask for it, and the places of the rules that do."""
    found: dict[str, dict[str, list[int]]] = {}
    for name, many in rules.items():
        for index, rule in enumerate(many):
            for skill in dict.fromkeys(skills_of(rule)):
                found.setdefault(skill, {}).setdefault(name, []).append(index)
    return found


def skills_of(rule: Rule) -> tuple[str, ...]:
    """Give the skills whose rating a rule looks at; none for evidence."""
    if isinstance(rule, ThresholdRule):
        return (rule.skill,)
    return () if isinstance(rule, EvidencePart) else rule.of


def _differences(
    base: list[dict[str, State]], states: list[dict[str, State]], names: Iterable[str]
) -> Iterator[tuple[str | None, State, State]]:
    """Give what differs: the whole answer as None, then the requirements among `names`."""
    was, now = (agreed(both(case.values()) for case in each) for each in (base, states))
    if was != now:
        yield None, was, now
    for name in names:
        was, now = (agreed(case[name] for case in each) for each in (base, states))
        if was != now:
            yield name, was, now
