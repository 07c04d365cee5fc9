"""In which order people are talked about, and who speaks when: drawn, printed, reproducible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

#: By how many criteria one turn round the table is shared out.
CRITERIA = 5


def order(
    seed: int, people: Iterable[str], criterion_index: int, criteria: int = CRITERIA
) -> tuple[str, ...]:
    """
    Draw the order of people under one criterion.

    Parameters
    ----------
    seed : int
        Of the session; printed beside the order, so that anybody can draw it again.
    people : iterable of str
        Codes; how they are sorted makes no difference.
    criterion_index : int
        Place of the criterion, from 0.
    criteria : int
        How many there are.

    Returns
    -------
    tuple of str
        Everybody once. Under each criterion people stand in the same circle, and only the start
        moves on: who comes first once, when everybody is fresh, comes later the next time.

    Notes
    -----
    The circle follows the SHA-256 of seed and code. So it does not depend on who else is there:
    of two people one stands before the other in every circle, whoever is missing.

    Examples
    --------
    >>> order(7, ["p-1", "p-2", "p-3"], 0)
    ('p-2', 'p-3', 'p-1')
    >>> order(7, ["p-3", "p-2", "p-1"], 1)
    ('p-3', 'p-1', 'p-2')
    """
    circle = sorted(set(people), key=lambda code: _place(seed, code))
    if not circle:
        return ()
    step = max(1, len(circle) // max(1, criteria))
    start = criterion_index * step % len(circle)
    return (*circle[start:], *circle[:start])


def later(
    seed: int,
    drawn: Sequence[str],
    people: Iterable[str],
    criterion_index: int,
    criteria: int = CRITERIA,
) -> tuple[str, ...]:
    """
    Put people who came late at the end of an order that was drawn; nobody moves.

    Examples
    --------
    >>> later(7, ("p-2", "p-1"), ["p-1", "p-4", "p-3"], 0)
    ('p-2', 'p-1', 'p-3', 'p-4')
    """
    new = set(people) - set(drawn)
    return (*drawn, *order(seed, new, criterion_index, criteria))


def speaking(present: Iterable[str], managers: Iterable[str]) -> tuple[str, ...]:
    """
    Say who speaks when about one person.

    Parameters
    ----------
    present : iterable of str
        Raters in the session, the least senior first.
    managers : iterable of str
        Those who manage this person: they speak last.

    Examples
    --------
    >>> speaking(["r-1", "r-2", "r-3"], ["r-1"])
    ('r-2', 'r-3', 'r-1')
    """
    last = set(managers)
    told = list(dict.fromkeys(present))
    return (*(r for r in told if r not in last), *(r for r in told if r in last))


def _place(seed: int, code: str) -> str:
    return sha256(f"{seed} {code}".encode()).hexdigest()
