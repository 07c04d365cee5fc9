"""Gwet's AC1 and AC2: agreement beyond chance that holds still when one category dominates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import read
from skillmatrix.calibration.results import Coefficient, Floats, Reason, estimated, undefined
from skillmatrix.errors import UsageError, suggest

Weights = Literal["unweighted", "linear", "quadratic", "ordinal"]
WEIGHTS: tuple[Weights, ...] = ("unweighted", "linear", "quadratic", "ordinal")


def ac(
    frame: pd.DataFrame,
    weights: Weights = "quadratic",
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """
    Give Gwet's AC1 (unweighted) or AC2 (with weights).

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``, and ``person`` where several units belong to one
        person. A missing rating is a row that is not there.
    weights : {"unweighted", "linear", "quadratic", "ordinal"}
        How much two categories that differ still agree.
    categories : sequence
        All of the scale, also those nobody used: they count in the chance term. Those that
        were given when left out.

    Returns
    -------
    Coefficient
        Units with one rating say nothing about agreement and are not among ``n_units``; they
        count in the chance term.

    Raises
    ------
    UsageError
        If the table or the weights are none.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, 3), ("a", 2, 3), ("b", 1, 2), ("b", 2, 3), ("c", 1, 4), ("c", 2, 4)]
    >>> frame = pd.DataFrame(rows, columns=["unit", "rater", "value"])
    >>> round(ac(frame, "quadratic", categories=range(6)).value, 3)
    0.97
    """
    if weights not in WEIGHTS:
        msg = f"no weights {weights!r}; {suggest(weights, WEIGHTS)}"
        raise UsageError(msg)
    ratings = read(frame, categories, numbers=weights != "unweighted")
    name = "Gwet's AC1" if weights == "unweighted" else f"Gwet's AC2, {weights} weights"
    counts = ratings.counts
    given = counts.sum(axis=1)
    paired = given >= 2  # noqa: PLR2004 - a pair
    sizes = ratings.sizes(paired)
    if not paired.any():
        return undefined(name, sizes, Reason.NO_PAIRS)
    if len(ratings.categories) < 2:  # noqa: PLR2004 - two categories
        return undefined(name, sizes, Reason.ONE_CATEGORY)
    table = weight_table(weights, ratings.categories)
    close = (counts * (counts @ table - 1)).sum(axis=1)
    agreed = np.divide(close, given * (given - 1), out=np.zeros_like(close), where=paired)
    sums = ratings.by_person(
        np.column_stack([agreed, paired, counts / given[:, None], np.ones(len(given))])
    )
    whole = sums.sum(axis=0)
    value = _ac(whole[None], table)[0]
    return estimated(name, sizes, value, lambda: _ac(whole - sums, table))


def _ac(sums: Floats, table: Floats) -> Floats:
    """Give AC of each row of sums: agreement, pairs, shares of each category, units."""
    agreement, pairs, units = sums[:, 0], sums[:, 1], sums[:, -1]
    size = len(table)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = agreement / np.round(pairs)
        shares = sums[:, 2:-1] / np.round(units)[:, None]
        by_chance = table.sum() / (size * (size - 1)) * (shares * (1 - shares)).sum(axis=1)
        found: Floats = (seen - by_chance) / (1 - by_chance)
    return found


def weight_table(weights: Weights, categories: Sequence[Any]) -> Floats:
    """
    Give how much two categories agree: 1 on the diagonal, shape (categories, categories).

    Notes
    -----
    Linear and quadratic weights measure the distance of the values, ordinal ones count the
    pairs of categories between two (Gwet 2014).

    Examples
    --------
    >>> weight_table("ordinal", [1, 2, 3]).round(2).tolist()
    [[1.0, 0.67, 0.0], [0.67, 1.0, 0.67], [0.0, 0.67, 1.0]]
    """
    size = len(categories)
    if weights == "unweighted":
        return np.eye(size)
    if weights == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) + 1
        between = steps * (steps - 1) / 2
        ordinal: Floats = 1 - between / max(between.max(), 1)
        return ordinal
    values = np.array(categories, dtype=np.float64)
    reach = max(values.max() - values.min(), np.finfo(float).tiny)
    apart = np.abs(np.subtract.outer(values, values)) / reach
    found: Floats = 1 - (apart if weights == "linear" else apart**2)
    return found
