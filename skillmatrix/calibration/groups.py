"""The group check: who is selected how often, shown only where nobody can be made out.

Three rules keep small counts from being had by subtraction:

1. All or nothing. A table is shown when every count in it, and every count that is left of the
   totals of the session, is at least five or belongs to nobody. Otherwise no part of it is.
2. One reason. What is hidden because of the file of groups is hidden with one sentence, whatever
   the cause; only what the totals of the session say already has a sentence of its own.
3. One answer. The first answer that looked at the file stands (`release`). A table that was shown
   is replaced only by one of the same groups in which each count is the same or larger by five
   or more, and those who came, selected or not, are of two groups at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from skillmatrix.calibration.process import Measure
from skillmatrix.calibration.proportions import difference, fisher
from skillmatrix.errors import UsageError

#: People below which a count could point at somebody.
FEWEST = 5
#: Of the highest rate: the rule of thumb of the Uniform Guidelines, 29 CFR 1607.4 D.
FOUR_FIFTHS = 0.8


class Hidden(StrEnum):
    """Why a check of groups shows nothing."""

    TOTALS = (
        "the session has fewer than 10 people selected or fewer than 10 not selected: with five "
        "in each count no two groups could be shown, whatever group anybody belongs to"
    )
    COUNTS = (
        "some count is below five or could be had by subtraction: a group, its selected or not "
        "selected people, or those who named no group. Which one is not said, because that "
        "would say it; and the answer of this session stays, because the difference of two "
        "answers would say it too"
    )


@dataclass(frozen=True)
class GroupRow:
    """
    A group of at least five people, of whom five are selected and five are not.

    Attributes
    ----------
    group : str
        Empty for those who named none.
    n, selected : int
    """

    group: str
    n: int
    selected: int

    @property
    def not_selected(self) -> int:
        """People not selected, those still open included."""
        return self.n - self.selected

    @property
    def rate(self) -> float:
        """Share of the group that is selected."""
        return self.selected / self.n


@dataclass(frozen=True)
class Comparison:
    """
    A group set beside the one with the highest rate.

    Attributes
    ----------
    group, highest : str
    ratio : float
        Impact ratio: rate of the group over the highest rate.
    below_four_fifths : bool
        Whether the ratio is below the rule of thumb.
    difference : float
        Rate of the group less the highest rate.
    interval : tuple of float
        Of the difference, at 95 %: exact unconditional, Agresti and Min 2001.
    p : float
        Fisher's exact test, two-sided.
    """

    group: str
    highest: str
    ratio: float
    below_four_fifths: bool
    difference: float
    interval: tuple[float, float]
    p: float

    @property
    def sentences(self) -> tuple[str, ...]:
        """What may be read from it, and what may not."""
        low, high = self.interval
        away = max(abs(low), abs(high))
        words = [
            f"{self.group} beside {self.highest}: ratio of the rates {self.ratio:.2f}, "
            f"difference {self.difference:+.2f}, 95 % interval {low:+.2f} to {high:+.2f}, "
            f"Fisher's exact p {_p(self.p)}."
        ]
        told = "below" if self.below_four_fifths else "not below"
        words.append(
            f"The ratio is {told} four fifths, a rough rule of thumb; with small groups it and "
            "the test often disagree."
        )
        if low <= 0 <= high:
            words.append(
                "This is no proof that there is no difference: with so few people, rates that "
                f"really are {away:.2f} apart would give figures like these."
            )
        else:
            words.append(
                "Chance alone would seldom give a difference like this. It does not say why: look "
                "at the evidence, the notes and who was observed."
            )
        return tuple(words)


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - digits shown


@dataclass(frozen=True)
class GroupCheck:
    """
    What may be shown of groups; it holds nothing that may not.

    Attributes
    ----------
    people, selected, open : int
        Totals of the session, which its pages show anyway.
    rows : tuple of GroupRow
        By name, those who named no group last; empty where the table is hidden.
    hidden : Hidden or None
        Why there is no table.
    process : tuple of Measure
    """

    people: int
    selected: int
    open: int
    rows: tuple[GroupRow, ...] = ()
    hidden: Hidden | None = None
    process: tuple[Measure, ...] = ()

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Each group that was named, by name, beside the one with the highest rate."""
        return _comparisons(self.rows)

    @property
    def looked(self) -> bool:
        """Whether this answer depends on the file of groups."""
        return self.hidden is not Hidden.TOTALS or bool(self.process)

    @property
    def cells(self) -> dict[tuple[str, bool], int]:
        """Counts by group and selected; empty where the table is hidden."""
        return {
            (row.group, chosen): row.selected if chosen else row.not_selected
            for row in self.rows
            for chosen in (True, False)
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """What may be read from it, in words."""
        if self.hidden is not None:
            return (f"No table of groups: {self.hidden}.",)
        told = [sentence for each in self.comparisons for sentence in each.sentences]
        if self.open:
            told.append(
                f"{self.open} of {self.people} people are still open and count as not selected."
            )
        told.append(
            "The table stays as it is, whoever comes or goes, until every count that changes grows "
            "by five people or more, in two groups at least."
        )
        return tuple(told)

    def as_dict(self) -> dict[str, Any]:
        """Give what was released as plain values, to be kept."""
        return {
            "people": self.people,
            "selected": self.selected,
            "open": self.open,
            "rows": [[row.group, row.n, row.selected] for row in self.rows],
            "hidden": self.hidden.name if self.hidden else None,
            "process": [measure.as_dict() for measure in self.process],
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> GroupCheck:
        """Read what `as_dict` gave."""
        rows = tuple(GroupRow(*row) for row in kept["rows"])
        return cls(
            kept["people"],
            kept["selected"],
            kept["open"],
            rows,
            Hidden[kept["hidden"]] if kept["hidden"] else None,
            tuple(Measure.from_dict(measure) for measure in kept["process"]),
        )


def group_check(
    groups: Mapping[str, str],
    outcomes: Mapping[str, bool | None],
    process: Iterable[Measure] = (),
) -> GroupCheck:
    """
    Compare how often the people of each group are selected.

    Parameters
    ----------
    groups : mapping of str
        Group by person, of those who chose to say; see `read_groups`. People who are not in the
        session count for nothing here (`not_in_session` names them).
    outcomes : mapping of bool or None
        Whether each person of the session is selected; None where it is open.
    process : iterable of Measure
        From `process_measures`, to be released with the table.

    Returns
    -------
    GroupCheck
        To be shown only as `release` gives it.

    Notes
    -----
    Who is open has not been selected, and counts so: leaving open people out would hide that
    the cases of one group stay open. The rate of each group is set beside the highest one, as
    the Uniform Guidelines do. The group with the highest rate is chosen by the figures, so p is
    a little too small where there are more than two groups.

    Examples
    --------
    >>> groups = {f"a{n}": "a" for n in range(12)} | {f"b{n}": "b" for n in range(12)}
    >>> chosen = {p: int(p[1:]) < (7 if p[0] == "a" else 5) for p in groups}
    >>> found = group_check(groups, chosen)
    >>> [(row.group, row.selected, row.n) for row in found.rows]
    [('a', 7, 12), ('b', 5, 12)]
    >>> round(found.comparisons[0].ratio, 2), round(found.comparisons[0].p, 2)
    (0.71, 0.68)
    """
    counts = group_counts(groups, outcomes)
    selected = sum(chosen for chosen, _ in counts.values())
    still = sum(outcome is None for outcome in outcomes.values())
    totals = len(outcomes), selected, still
    measures = tuple(process)
    if min(selected, len(outcomes) - selected) < 2 * FEWEST:
        return GroupCheck(*totals, hidden=Hidden.TOTALS, process=measures)
    if len(counts.keys() - {""}) < 2 or min(map(min, counts.values())) < FEWEST:  # noqa: PLR2004
        return GroupCheck(*totals, hidden=Hidden.COUNTS, process=measures)
    order = sorted(counts, key=lambda group: (group == "", group))
    rows = tuple(GroupRow(group, sum(counts[group]), counts[group][0]) for group in order)
    return GroupCheck(*totals, rows, process=measures)


def group_counts(
    groups: Mapping[str, str], outcomes: Mapping[str, bool | None]
) -> dict[str, tuple[int, int]]:
    """
    Count selected and not selected people of each group: what is never shown as it is.

    Returns
    -------
    dict
        ``(selected, not selected)`` by group; those who named none under an empty name.

    Raises
    ------
    UsageError
        If an outcome is none.
    """
    found: dict[str, tuple[int, int]] = {}
    for person, outcome in outcomes.items():
        if outcome not in (True, False, None):
            msg = f"the outcome of {person!r} is {outcome!r}; expected True, False or None (open)"
            raise UsageError(msg)
        group = groups.get(person, "")
        chosen, rest = found.get(group, (0, 0))
        found[group] = (chosen + 1, rest) if outcome else (chosen, rest + 1)
    return found


@lru_cache(maxsize=64)
def _comparisons(rows: tuple[GroupRow, ...]) -> tuple[Comparison, ...]:
    named = [row for row in rows if row.group]
    if not named:
        return ()
    top = max(named, key=lambda row: (row.rate, row.n))
    found = []
    for row in named:
        if row is top:
            continue
        table = ((row.selected, row.not_selected), (top.selected, top.not_selected))
        ratio = row.rate / top.rate
        below = row.selected * top.n * 5 < top.selected * row.n * 4
        apart = row.rate - top.rate
        found.append(
            Comparison(row.group, top.group, ratio, below, apart, difference(table), fisher(table))
        )
    return tuple(found)


def may_release(before: GroupCheck | Sequence[GroupCheck] | None, now: GroupCheck) -> bool:
    """
    Say whether an answer may be shown, given what has been shown of the same session.

    Parameters
    ----------
    before : GroupCheck, sequence of them, or None
        Everything that was released, in any order.
    now : GroupCheck

    Returns
    -------
    bool
        The first answer that looks at the groups may. After it, where that one showed a table,
        only a table of the same groups in which no count is smaller, each that is larger is so by
        five or more, and, of those selected as of those not, the growth is in two groups or in
        none. One that is the same is not shown anew: that would say that nothing has changed.

    Notes
    -----
    Everybody sees who came late and with what outcome. Growth in one group alone would tell the
    group of all of them, however many they are; a count that falls, or groups under other names,
    would let a table made for the purpose be set beside the first.
    """
    earlier = () if before is None else (before,) if isinstance(before, GroupCheck) else before
    seen = [check for check in earlier if check.looked]
    if not seen:
        return True
    if now.hidden is not None or any(check.hidden is not None for check in seen):
        return False
    return all(_grown(check.cells, now.cells) for check in seen)


def _grown(before: Mapping[tuple[str, bool], int], now: Mapping[tuple[str, bool], int]) -> bool:
    if before.keys() != now.keys():
        return False
    growth = {key: now[key] - count for key, count in before.items() if now[key] != count}
    sides = [sum(chosen is side for _, chosen in growth) for side in (True, False)]
    return bool(growth) and min(growth.values()) >= FEWEST and 1 not in sides


def release(before: Sequence[GroupCheck], now: GroupCheck) -> GroupCheck:
    """
    Give the answer to show: the new one, or the one that stands.

    Parameters
    ----------
    before : sequence of GroupCheck
        What was shown of this session, oldest first. Keep the answer with them when it is new.
    now : GroupCheck

    Examples
    --------
    >>> twelve = group_check({}, {f"p{n}": n < 4 for n in range(12)})
    >>> release([], twelve).hidden is Hidden.TOTALS
    True
    """
    return now if may_release(before, now) else [check for check in before if check.looked][-1]
