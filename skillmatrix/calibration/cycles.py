"""The group check over several sessions: what one session cannot show, more may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillmatrix.calibration.groups import FEWEST, GroupCheck
from skillmatrix.calibration.proportions import OddsRatio, Table, common_odds
from skillmatrix.errors import UsageError

#: Selected and not selected by group; those who named none under an empty name.
Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Accumulated:
    """
    Two groups over several sessions.

    Attributes
    ----------
    first, second : str
    sessions, waiting : int
        Sessions that count, and those that wait for later ones to hide them.
    table : tuple
        Selected and not selected of the first group and of the second, over the sessions that
        count; zeros where none does.
    odds : OddsRatio or None
        Above 1: the first group is selected more readily. None where nothing can be shown.
    """

    first: str
    second: str
    sessions: int
    waiting: int
    table: Table
    odds: OddsRatio | None

    @property
    def sentence(self) -> str:
        """What may be read from it."""
        if self.odds is None:
            return (
                f"Nothing can be shown of {self.first} and {self.second} yet: the sessions "
                "together have some count below five, or do not know a group of that name."
            )
        (a, b), (c, d) = self.table
        words = (
            f"Over {self.sessions} sessions {a} of {a + b} ({self.first}) and {c} of {c + d} "
            f"({self.second}) were selected; "
        )
        if self.odds.value is None or self.odds.interval is None:
            return f"{words}exact p {self.odds.p:.3f}."
        low, high = self.odds.interval
        return (
            f"{words}common odds ratio {self.odds.value:.2f}, 95 % interval {low:.2f} to "
            f"{high:.2f}, exact p {self.odds.p:.3f}."
        )


def mantel_haenszel(
    sessions: Sequence[Counts | GroupCheck], first: str, second: str
) -> Accumulated:
    """
    Compare two groups over several sessions, with the same suppression as in one.

    Parameters
    ----------
    sessions : sequence of mapping, or of GroupCheck
        Oldest first, all closed. Of a session whose table was released, that `GroupCheck`; of
        any other, `group_counts` with all its people.
    first, second : str
        Two of the groups.

    Returns
    -------
    Accumulated

    Raises
    ------
    UsageError
        If both groups are one, or a `GroupCheck` shows no table. A group that is in no session is
        no error: to say so would say who is not.

    Notes
    -----
    The odds ratio of Mantel and Haenszel 1959 with the interval of Robins, Breslow and Greenland
    1986 and an exact conditional p. Sessions that cannot be shown alone are joined in their
    order until every count of every group is five or nobody's, and such a block is one stratum;
    the last ones wait. A block, once it is full, never changes, so that no two figures, of one
    session or of more, differ by fewer than five people. The price: within a block, sessions
    that select at different rates are taken for one.

    Examples
    --------
    >>> small = {"a": (3, 4), "b": (2, 6)}
    >>> found = mantel_haenszel([small] * 4, "a", "b")
    >>> found.sessions, found.waiting, found.table
    (3, 1, ((9, 12), (6, 18)))
    >>> round(found.odds.value, 2)
    2.25
    """
    tables = [_counts(session) for session in sessions]
    if first == second:
        msg = f"{first!r} is set beside itself; expected two groups"
        raise UsageError(msg)
    blocks = [
        (size, block)
        for size, block in _blocks(tables)
        if sum(block.get(first, (0, 0))) and sum(block.get(second, (0, 0)))
    ]
    strata = [(block[first], block[second]) for _, block in blocks]
    pooled = (
        (sum(a for (a, _), _ in strata), sum(b for (_, b), _ in strata)),
        (sum(c for _, (c, _) in strata), sum(d for _, (_, d) in strata)),
    )
    used = sum(size for size, _ in blocks)
    odds = common_odds(strata) if strata else None
    return Accumulated(first, second, used, len(tables) - used, pooled, odds)


def _counts(session: Counts | GroupCheck) -> dict[str, tuple[int, int]]:
    if isinstance(session, GroupCheck):
        if not session.rows:
            msg = "a check that shows no table holds no counts; expected those of group_counts"
            raise UsageError(msg)
        return {row.group: (row.selected, row.not_selected) for row in session.rows}
    return {group: cells for group, cells in session.items() if any(cells)}


def _blocks(tables: Sequence[Counts]) -> Iterator[tuple[int, dict[str, tuple[int, int]]]]:
    """Join sessions, in order, until none of their counts is small; those that need none alone."""
    held: dict[str, tuple[int, int]] = {}
    size = 0
    for table in tables:
        if _safe(table):
            yield 1, dict(table)
            continue
        size += 1
        for group, (chosen, rest) in table.items():
            before = held.get(group, (0, 0))
            held[group] = (before[0] + chosen, before[1] + rest)
        if _safe(held):
            yield size, held
            held, size = {}, 0


def _safe(table: Counts) -> bool:
    named = sum(bool(group) for group in table)
    return named > 1 and all(min(cells) >= FEWEST for cells in table.values())
