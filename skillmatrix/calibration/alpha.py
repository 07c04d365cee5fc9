"""Krippendorff's alpha: agreement beyond chance for any number of raters, with gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from skillmatrix.calibration.ratings import Ratings, read
from skillmatrix.calibration.results import Coefficient, Floats, Reason, estimated, undefined
from skillmatrix.errors import UsageError, suggest

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")

#: Below it a count is what rounding left of nothing.
_TINY = 1e-9
#: Cells of the tables of coincidences that are held at once.
_CELLS = 4_000_000


def alpha(frame: pd.DataFrame, metric: Metric = "ordinal") -> Coefficient:
    """
    Give Krippendorff's alpha.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``, and ``person`` where several units belong to one
        person. A missing rating is a row that is not there.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        How far two values are from each other. ``ordinal`` counts the ratings between them.

    Returns
    -------
    Coefficient
        Units with fewer than two ratings say nothing about agreement and drop out.

    Raises
    ------
    UsageError
        If the table or the metric is none.

    Notes
    -----
    The ordinal metric is Krippendorff's own (2011), not Gwet's weights of that name. Cost: one
    table of coincidences for each person, so linear in the ratings.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, 3), ("a", 2, 3), ("b", 1, 2), ("b", 2, 3), ("c", 1, 4), ("c", 2, 4)]
    >>> found = alpha(pd.DataFrame(rows, columns=["unit", "rater", "value"]))
    >>> round(found.value, 3), found.n_units
    (0.778, 3)
    """
    if metric not in METRICS:
        msg = f"no metric {metric!r}; {suggest(metric, METRICS)}"
        raise UsageError(msg)
    ratings = read(frame, numbers=metric != "nominal")
    name = f"Krippendorff's alpha, {metric}"
    values = _values(ratings, metric)
    counts = ratings.counts
    paired = counts.sum(axis=1) >= 2  # noqa: PLR2004 - a pair
    sizes = ratings.sizes(paired)
    if not paired.any():
        return undefined(name, sizes, Reason.NO_PAIRS)
    whole = sum((table.sum(axis=0) for table in _tables(ratings, counts, paired)), start=_NOTHING)
    if np.count_nonzero(whole.sum(axis=0) > _TINY) == 1:
        return undefined(name, sizes, Reason.ONE_CATEGORY)
    value = _alpha(whole[None], values, metric)[0]

    def without() -> Floats:
        tables = _tables(ratings, counts, paired)
        return np.concatenate([_alpha(whole - table, values, metric) for table in tables])

    return estimated(name, sizes, value, without)


_NOTHING = np.zeros(())


def _values(ratings: Ratings, metric: Metric) -> Floats:
    if metric == "nominal":
        return np.arange(len(ratings.categories), dtype=np.float64)
    values = np.array(ratings.categories, dtype=np.float64)
    if metric == "ratio" and len(values) and values.min() < 0:
        msg = f"the rating {values.min():g} is below zero; the ratio metric starts at zero"
        raise UsageError(msg)
    return values


def _tables(ratings: Ratings, counts: Floats, paired: npt.NDArray[np.bool_]) -> Iterator[Floats]:
    """Give for each person how often two categories met in a unit: (people, from, to)."""
    size = counts.shape[1]
    units = np.flatnonzero(paired)
    _, owner = np.unique(ratings.person_of_unit[units], return_inverse=True)
    order = np.argsort(owner, kind="stable")
    units, owner = units[order], owner[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    step = max(1, _CELLS // (size * size * max(1, len(units) // len(first))))
    for begin in range(0, len(first), step):
        end = first[begin + step] if begin + step < len(first) else len(units)
        part = counts[units[first[begin] : end]]
        others = part.sum(axis=1) - 1
        met = part[:, :, None] * part[:, None, :]
        met[:, range(size), range(size)] -= part
        met /= others[:, None, None]
        starts = first[begin : begin + step] - first[begin]
        yield np.add.reduceat(met, starts, axis=0)


def _alpha(tables: Floats, values: Floats, metric: Metric) -> Floats:
    """Give alpha of each table of coincidences; NaN where it is undefined."""
    given = tables.sum(axis=2)
    total = given.sum(axis=1)
    if metric in ("nominal", "ratio"):
        distance = _distance(values, metric)
        seen: Floats = np.einsum("pck,ck->p", tables, distance)
        by_chance = np.einsum("pc,ck,pk->p", given, distance, given)
    else:
        # The ordinal metric is the interval metric on middle ranks.
        ranks = given.cumsum(axis=1) - given / 2 if metric == "ordinal" else values
        at: Floats = np.broadcast_to(ranks, given.shape)
        at = at - (given * at).sum(axis=1, keepdims=True) / np.maximum(total, 1)[:, None]
        squares = (given * at**2).sum(axis=1)
        seen = 2 * squares - 2 * np.einsum("pck,pc,pk->p", tables, at, at)
        by_chance = 2 * total * squares - 2 * (given * at).sum(axis=1) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 1 - (total - 1) * seen / by_chance
    found[np.count_nonzero(given > _TINY, axis=1) < 2] = np.nan  # noqa: PLR2004 - two categories
    return found


def _distance(values: Floats, metric: Metric) -> Floats:
    one, other = values[:, None], values[None, :]
    if metric == "nominal":
        apart: Floats = (one != other).astype(np.float64)
        return apart
    both = one + other
    found: Floats = np.square((one - other) / np.where(both > 0, both, 1))
    return found
