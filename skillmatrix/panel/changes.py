"""Before and after: what a calibration session did to the ratings, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.contents import REASONS
from skillmatrix.scoring.logic import State

#: ``new``: agreed where no other had given a level; ``open``: not agreed.
Step = Literal["up", "down", "same", "new", "open"]
STEPS: tuple[Step, ...] = ("up", "down", "same", "new", "open")


@dataclass(frozen=True)
class Change:
    """
    One skill of a person that the session decided, under one criterion.

    Attributes
    ----------
    person, criterion, skill : str
    firsts : tuple of int
        First levels of the others, from the lowest.
    after : int or None
        None: left open.
    reason : str
    entry : int
        Number in the log of the decision that holds.
    dissents : int
        Raters who do not agree.
    """

    person: str
    criterion: str
    skill: str
    firsts: tuple[int, ...]
    after: int | None
    reason: str
    entry: int
    dissents: int

    @property
    def before(self) -> int | None:
        """Lower median of the first levels of the others; None where nobody gave one."""
        return self.firsts[(len(self.firsts) - 1) // 2] if self.firsts else None

    @property
    def step(self) -> Step:
        """Which way the decision went, seen from the lower median."""
        if self.after is None:
            return "open"
        if self.before is None:
            return "new"
        return "up" if self.after > self.before else "down" if self.after < self.before else "same"


@dataclass(frozen=True)
class Turn:
    """
    One criterion of a person.

    Attributes
    ----------
    person, criterion : str
    before, rules : {"MET", "NOT MET", "OPEN"}
        What the first ratings of the others come to, and what the agreed levels come to.
    panel : {"MET", "NOT MET", "OPEN"} or None
        What the panel decided of the criterion as a whole; None: nothing.
    reached : bool or None
        False: on the agenda, and the session did not get to it. None: not on the agenda.
    """

    person: str
    criterion: str
    before: State
    rules: State
    panel: State | None
    reached: bool | None

    @property
    def after(self) -> State:
        """
        What the panel decided, else what the rules make of the agreed levels.

        What the session did not get to stays open, whatever the first ratings come to.
        """
        return self.panel or ("OPEN" if self.reached is False else self.rules)


@dataclass(frozen=True)
class Leaning:
    """
    How decisions lie to the first levels of one rater; for the facilitator and that rater.

    Attributes
    ----------
    rater : str
    above, below, same : int
        Decisions above, below and at the first level of the rater.
    towards, away : int
        Decisions that stand nearer to it than the lower median did, or further off.
    """

    rater: str
    above: int
    below: int
    same: int
    towards: int
    away: int


@dataclass(frozen=True)
class Changes:
    """
    What `changes` found.

    Attributes
    ----------
    items : tuple of Change
        By person, criterion and skill.
    turns : tuple of Turn
        By person and criterion.
    spread : mapping of str to int
        Cells that two raters or more rated twice, whose range became ``narrower``, ``wider`` or
        stayed the ``same``.
    middle : tuple of int
        The level or the two levels in the middle of the ladder.
    """

    items: tuple[Change, ...]
    turns: tuple[Turn, ...]
    spread: Mapping[str, int]
    middle: tuple[int, ...]

    @property
    def steps(self) -> dict[str, int]:
        """Decided skills by the way they went."""
        found = Counter(item.step for item in self.items)
        return {step: found[step] for step in STEPS}

    @property
    def reasons(self) -> dict[str, int]:
        """Decided skills by reason code."""
        found = Counter(item.reason for item in self.items)
        return {reason: found[reason] for reason in REASONS if found[reason]}

    @property
    def levels(self) -> tuple[dict[int, int], dict[int, int]]:
        """How often each level was the lower median before, and the agreed one after."""
        before = Counter(item.before for item in self.items if item.before is not None)
        after = Counter(item.after for item in self.items if item.after is not None)
        return dict(sorted(before.items())), dict(sorted(after.items()))

    @property
    def unreached(self) -> tuple[Turn, ...]:
        """What the session did not get to: it stays open."""
        return tuple(turn for turn in self.turns if turn.reached is False)

    @property
    def sentences(self) -> dict[str, str]:
        """
        What happened, in words.

        ``steps``, ``states``, ``open``, and where there is anything to say of it ``middle`` and
        ``spread``.
        """
        steps, told = self.steps, {}
        told["steps"] = (
            f"{_many(len(self.items) - steps['open'], 'level', 'levels')} decided: {steps['up']} "
            f"above the lower median of the first ratings, {steps['down']} below it, "
            f"{steps['same']} at it"
            + (f", {steps['new']} where no other had given a level" if steps["new"] else "")
            + "."
        )
        if self.items:
            told["middle"] = self._middle()
        spread = self.spread
        if sum(spread.values()):
            told["spread"] = (
                f"Rated twice by two raters or more: {sum(spread.values())}. Between the lowest "
                f"and the highest of them, the second time: {spread['narrower']} nearer together, "
                f"{spread['wider']} further apart, {spread['same']} as before."
            )
        turned = [t for t in self.turns if t.reached is not False and t.after != t.before]
        told["states"] = (
            f"{len(turned)} of {_many(len(self.turns), 'criterion', 'criteria')} (person by "
            f"person) {'stands' if len(turned) == 1 else 'stand'} otherwise than the first "
            "ratings alone would have it."
        )
        told["open"] = (
            f"{_many(steps['open'], 'skill', 'skills')} left open, and "
            f"{_many(len(self.unreached), 'criterion', 'criteria')} not reached. They stay open; "
            "nobody's value is taken instead."
        )
        return told

    def _middle(self) -> str:
        before, after = self.levels
        one, two = (sum(each.get(level, 0) for level in self.middle) for each in (before, after))
        return (
            f"In the middle of the ladder (level {' and '.join(map(str, self.middle))}): {one} of "
            f"{sum(before.values())} before, {two} of {sum(after.values())} after. Talking in a "
            "group tends to draw ratings to the middle: where the second figure has grown, look "
            "at whether the evidence asked for it."
        )


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def changes(calibration: Calibration) -> Changes:
    """
    Set what the session decided beside what the first ratings said.

    Parameters
    ----------
    calibration : Calibration

    Returns
    -------
    Changes
        Counts, never a mean. Of two decisions about one skill under two criteria both are
        listed: each was made on its own.
    """
    levels = [level.value for level in calibration.framework.levels]
    half = len(levels) // 2
    middle = tuple(levels[half - 1 : half + 1]) if len(levels) % 2 == 0 else (levels[half],)
    return Changes(
        tuple(sorted(_items(calibration), key=lambda item: _place(calibration, item))),
        tuple(_turns(calibration)),
        _spread(calibration),
        middle,
    )


def _place(calibration: Calibration, item: Change) -> tuple[str, int, int]:
    criteria, skills = list(calibration.profile.requirements), list(calibration.framework.skills)
    return item.person, criteria.index(item.criterion), skills.index(item.skill)


def _firsts(calibration: Calibration, person: str, skill: str) -> dict[str, int]:
    found = {}
    for each in calibration.others(person):
        level = each.rating(skill).level
        if level is not None:
            found[each.rater.code or ""] = level.value
    return found


def _items(calibration: Calibration) -> Iterator[Change]:
    for (person, criterion, skill), (entry, said) in calibration.standing.decided.items():
        known = person in calibration.people and criterion in calibration.profile.requirements
        if skill is None or skill not in calibration.framework.skills or not known:
            continue
        yield Change(
            person,
            criterion,
            skill,
            tuple(sorted(_firsts(calibration, person, skill).values())),
            said.after if isinstance(said.after, int) else None,
            said.reason,
            entry,
            len(said.dissent),
        )


def _turns(calibration: Calibration) -> Iterator[Turn]:
    now = calibration.standing
    touched = {(person, criterion) for person, criterion, _ in now.decided}
    for person in calibration.people:
        before, after = calibration.verdict(person), calibration.verdict(person, after=True)
        for name, found in before.criteria.items():
            whole = now.decided.get((person, name, None))
            panel: State | None = None
            if whole is not None and not isinstance(whole[1].after, int):
                panel = whole[1].after
            opened = now.opened.get(name)
            reached: bool | None = None
            if (person, name) in touched:
                reached = True
            elif (person, name) in now.left_open or (opened and person in opened.people):
                reached = False
            yield Turn(person, name, found.state, after.criteria[name].state, panel, reached)


def _spread(calibration: Calibration) -> dict[str, int]:
    twice: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for (criterion, rater, person), said in calibration.standing.second.items():
        for skill, second in said.levels.items():
            first = _firsts(calibration, person, skill).get(rater)
            if first is not None and isinstance(second, int):
                twice.setdefault((criterion, person, skill), []).append((first, second))
    found = {"narrower": 0, "wider": 0, "same": 0}
    for many in twice.values():
        if len(many) > 1:
            firsts, seconds = [first for first, _ in many], [second for _, second in many]
            gap = (max(seconds) - min(seconds)) - (max(firsts) - min(firsts))
            found["narrower" if gap < 0 else "wider" if gap > 0 else "same"] += 1
    return found


def leanings(calibration: Calibration, found: Changes) -> tuple[Leaning, ...]:
    """
    Count, rater by rater, how decisions lie to the first levels.

    Notes
    -----
    For the facilitator, and each line for its rater: it says nothing of who was right.
    """
    counts: dict[str, Counter[str]] = {rater: Counter() for rater in calibration.raters}
    for item in found.items:
        if item.after is None or item.before is None:
            continue
        for rater, first in _firsts(calibration, item.person, item.skill).items():
            gap = item.after - first
            way = "above" if gap > 0 else "below" if gap < 0 else "same"
            moved = abs(gap) - abs(item.before - first)
            counts[rater][way] += 1
            counts[rater]["towards" if moved < 0 else "away" if moved > 0 else "stays"] += 1
    keys = ("above", "below", "same", "towards", "away")
    return tuple(
        Leaning(rater, *(found[key] for key in keys))
        for rater, found in counts.items()
        if sum(found.values())
    )
