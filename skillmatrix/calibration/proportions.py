"""Two shares set against each other, exactly: for groups too small for large-sample formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillmatrix.calibration.results import LEVEL, Floats

#: Selected and not selected of one group and of the other.
Table = tuple[tuple[int, int], tuple[int, int]]
#: Of the share nobody knows, points at which the worst case is looked for, twice.
_GRID = 200
#: Steps in which the ends of the interval are looked for, and how far around the guess.
_STEP, _AROUND = 0.005, 0.12
#: Pairs of counts up to which all of them are gone through.
EXACT = 20_000
_SLACK = 1e-9


@dataclass(frozen=True)
class OddsRatio:
    """
    A common odds ratio of several tables.

    Attributes
    ----------
    value : float or None
        Above 1: the first group is selected more readily. None where some count is zero in
        all tables.
    interval : tuple of float or None
        At 95 %.
    p : float
        Of the exact conditional test that the ratio is 1, two-sided.
    """

    value: float | None
    interval: tuple[float, float] | None
    p: float


def fisher(table: Table) -> float:
    """
    Give Fisher's exact p, two-sided: all tables of these margins that are no likelier.

    Examples
    --------
    >>> round(fisher(((5, 5), (2, 8))), 2)
    0.35
    """
    return conditional((table,))


def conditional(tables: Sequence[Table]) -> float:
    """Give the two-sided p of the exact conditional test of no association in any table."""
    from scipy.special import gammaln

    chances = np.ones(1)
    least = seen = 0
    for (a, b), (c, d) in tables:
        chosen, first, second = a + c, a + b, c + d
        low, high = max(0, chosen - second), min(chosen, first)
        x = np.arange(low, high + 1)
        logs = -(
            gammaln(x + 1)
            + gammaln(first - x + 1)
            + gammaln(chosen - x + 1)
            + gammaln(second - chosen + x + 1)
        )
        own = np.exp(logs - logs.max())
        chances = np.convolve(chances, own / own.sum())
        least, seen = least + low, seen + a
    return float(min(1.0, chances[chances <= chances[seen - least] * (1 + 1e-7)].sum()))


def difference(table: Table) -> tuple[float, float]:
    """
    Give the 95 % interval of the first share less the second.

    Notes
    -----
    Two independent binomials. Agresti and Min 2001: all differences that the exact
    unconditional two-sided score test does not reject, the unknown share at its worst. For
    more than 20,000 pairs of counts the score interval of Mee 1984, which is no longer
    distinguishable from it.

    Examples
    --------
    >>> low, high = difference(((5, 5), (2, 8)))
    >>> round(low, 2), round(high, 2)
    (-0.14, 0.65)
    """
    (a, b), (c, d) = table
    first, second = a + b, c + d
    if a * d < b * c:
        low, high = difference(((c, d), (a, b)))
        return -high, -low
    exact = (first + 1) * (second + 1) <= EXACT
    return (
        -_end(((c, d), (a, b)), exact=exact),
        _end(table, exact=exact),
    )


def _end(table: Table, *, exact: bool) -> float:
    """Give the upper end for the first share less the second."""
    (a, b), (c, d) = table
    estimate = a / (a + b) - c / (c + d)
    low, high = estimate, 1.0
    while high - low > 1e-6:  # noqa: PLR2004 - digits nobody shows
        middle = (low + high) / 2
        inside = abs(_score(table, middle)) <= _quantile()
        low, high = (middle, high) if inside else (low, middle)
    if not exact:
        return low
    top = low + _AROUND
    while top < 1 and _worst(table, top) > 1 - LEVEL:
        top += _AROUND
    top = min(1.0, top)
    if top == 1 and _worst(table, 1.0) > 1 - LEVEL:
        return 1.0
    steps = np.arange(max(estimate, low - _AROUND), top, _STEP)
    held = next((d for d in steps[::-1] if _worst(table, float(d)) > 1 - LEVEL), estimate)
    low, high = float(held), float(held) + _STEP
    while high - low > 1e-5:  # noqa: PLR2004 - digits nobody shows
        middle = (low + high) / 2
        inside = _worst(table, middle) > 1 - LEVEL
        low, high = (middle, high) if inside else (low, middle)
    return low


def _quantile() -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + LEVEL) / 2))


def _score(table: Table, by: float) -> float:
    (a, b), (c, d) = table
    told = _scores(np.array([[float(a)]]), np.array([[float(c)]]), (a + b, c + d), by)
    return float(told[0, 0])


def _scores(one: Floats, other: Floats, sizes: tuple[int, int], by: float) -> Floats:
    """
    Give the score statistic of each pair of counts for a difference of the shares.

    Notes
    -----
    Miettinen and Nurminen 1985: the second share that is likeliest where the difference is
    given is a root of a cubic.
    """
    first, second = sizes
    total = first + second
    chosen = one + other
    cubic = float(total)
    quadratic = (first + 2 * second) * by - total - chosen
    linear = (second * by - total - 2 * other) * by + chosen
    constant = other * by * (1 - by)
    turn = (
        (quadratic / (3 * cubic)) ** 3
        - quadratic * linear / (6 * cubic**2)
        + constant / (2 * cubic)
    )
    reach = np.sqrt(np.maximum((quadratic / (3 * cubic)) ** 2 - linear / (3 * cubic), 0))
    reach = np.where(turn < 0, -reach, reach)
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.where(reach == 0, 0.0, turn / reach**3)
    angle = (np.pi + np.arccos(np.clip(cosine, -1, 1))) / 3
    share = 2 * reach * np.cos(angle) - quadratic / (3 * cubic)
    share = np.clip(share, max(0.0, -by), min(1.0, 1 - by))
    more = share + by
    variance = more * (1 - more) / first + share * (1 - share) / second
    apart = one / first - other / second - by
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = apart / np.sqrt(np.maximum(variance, 0))
    found[np.abs(apart) < _SLACK] = 0
    return found


def _worst(table: Table, by: float) -> float:
    """Give the p of a difference where the second share is whatever makes it largest."""
    (a, b), (c, d) = table
    first, second = a + b, c + d
    one = np.arange(first + 1, dtype=np.float64)[:, None]
    other = np.arange(second + 1, dtype=np.float64)[None, :]
    told = np.abs(_scores(one, other, (first, second), by))
    further = (told >= told[a, c] - _SLACK).astype(np.float64)
    low, high = max(0.0, -by), min(1.0, 1 - by)
    found = 0.0
    for _ in range(2):
        shares = np.linspace(low, high, _GRID)
        chances = np.einsum(
            "gx,gx->g",
            _binomial(first, np.clip(shares + by, 0, 1)) @ further,
            _binomial(second, shares),
        )
        at = int(np.argmax(chances))
        found = max(found, float(chances[at]))
        low, high = float(shares[max(0, at - 1)]), float(shares[min(_GRID - 1, at + 1)])
    return found


def _binomial(size: int, shares: Floats) -> Floats:
    """Give the chance of each count for each share: shape (shares, counts)."""
    from scipy.special import gammaln, xlog1py, xlogy

    count = np.arange(size + 1)
    ways = gammaln(size + 1) - gammaln(count + 1) - gammaln(size - count + 1)
    p = shares[:, None]
    chances: Floats = np.exp(ways + xlogy(count, p) + xlog1py(size - count, -p))
    return chances


def common_odds(tables: Sequence[Table]) -> OddsRatio:
    """
    Give the common odds ratio of several tables.

    Notes
    -----
    The ratio of Mantel and Haenszel 1959, its interval after Robins, Breslow and Greenland
    1986, and the p of the exact conditional test.

    Examples
    --------
    >>> found = common_odds([((8, 5), (5, 9)), ((9, 6), (6, 8))])
    >>> round(found.value, 2), [round(end, 2) for end in found.interval], round(found.p, 2)
    (2.38, [0.81, 6.94], 0.18)
    """
    p = conditional(tables)
    cells = np.array(tables, dtype=np.float64).reshape(-1, 4)
    a, b, c, d = cells[cells.sum(axis=1) > 0].T
    size = a + b + c + d
    along, across = a * d / size, b * c / size
    if not along.sum() or not across.sum():
        return OddsRatio(None, None, p)
    value = along.sum() / across.sum()
    same, other = (a + d) / size, (b + c) / size
    variance = (
        (same * along).sum() / (2 * along.sum() ** 2)
        + (same * across + other * along).sum() / (2 * along.sum() * across.sum())
        + (other * across).sum() / (2 * across.sum() ** 2)
    )
    reach = _quantile() * np.sqrt(variance)
    ends = float(value * np.exp(-reach)), float(value * np.exp(reach))
    return OddsRatio(float(value), ends, p)
