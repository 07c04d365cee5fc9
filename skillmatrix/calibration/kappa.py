"""Kappa: two named raters (Cohen), or many with equal counts (Fleiss)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import read
from skillmatrix.calibration.results import Coefficient, Floats, Reason, estimated, undefined
from skillmatrix.errors import UsageError

Weights = Literal["linear", "quadratic"]


def kappa(
    frame: pd.DataFrame,
    weights: Weights | Sequence[Sequence[float]] | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """
    Give Cohen's kappa of two raters, weighted or not.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``, and ``person`` where several units belong to one
        person, with two raters.
    weights : {None, "linear", "quadratic"} or table of float
        How bad a disagreement is: every one alike, by the places between two categories, or
        by the square of that. A table says it for each pair: a row for each category of the
        rater who comes first in the frame, zero on the diagonal.
    categories : sequence, optional
        All of the scale, lowest first. Those that were given when left out.

    Returns
    -------
    Coefficient
        Units that only one of the two rated are left out.

    Raises
    ------
    UsageError
        If the table, the weights or the categories are none.

    Notes
    -----
    Cohen 1960 and 1968. Places are counted on the scale, so declare the categories nobody
    used: they move the weights of a scale with gaps.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, 3), ("a", 2, 3), ("b", 1, 2), ("b", 2, 3), ("c", 1, 4), ("c", 2, 4)]
    >>> frame = pd.DataFrame(rows, columns=["unit", "rater", "value"])
    >>> round(kappa(frame, "quadratic").value, 3)
    0.667
    """
    ratings = read(frame, categories, numbers=isinstance(weights, str))
    kind = "unweighted" if weights is None else weights if isinstance(weights, str) else "own"
    name = f"Cohen's kappa, {kind} weights" if weights is not None else "Cohen's kappa"
    size = len(ratings.categories)
    badness = _badness(weights, size)
    paired = ratings.counts.sum(axis=1) == 2  # noqa: PLR2004 - both raters
    if len(ratings.raters) != 2:  # noqa: PLR2004 - both raters
        return undefined(name, ratings.sizes(), Reason.NOT_TWO_RATERS)
    sizes = ratings.sizes(paired)
    if not paired.any():
        return undefined(name, sizes, Reason.NO_PAIRS)
    said = np.zeros((len(ratings.units), 2), dtype=np.int64)
    said[ratings.unit, ratings.rater] = ratings.category
    cell = (said[:, 0] * size + said[:, 1])[paired]
    _, owner = np.unique(ratings.person_of_unit[paired], return_inverse=True)
    flat = np.bincount(owner * size * size + cell, minlength=sizes.people * size * size)
    tables = flat.reshape(sizes.people, size, size).astype(np.float64)
    whole = tables.sum(axis=0)
    value = _kappa(whole[None], badness)[0]
    if np.isnan(value):
        return undefined(name, sizes, Reason.ONE_CATEGORY)
    return estimated(name, sizes, value, lambda: _kappa(whole - tables, badness))


def _badness(weights: Weights | Sequence[Sequence[float]] | None, size: int) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    if weights is None:
        return (apart > 0).astype(np.float64)
    if isinstance(weights, str):
        if weights not in ("linear", "quadratic"):
            msg = f"no weights {weights!r}; expected None, 'linear', 'quadratic' or a table"
            raise UsageError(msg)
        return apart if weights == "linear" else apart**2
    table = np.array(weights, dtype=np.float64)
    if table.shape != (size, size):
        msg = (
            f"the weights are a table of {' by '.join(map(str, table.shape))}; expected {size} by "
            f"{size}, one row and column for each category"
        )
        raise UsageError(msg)
    if np.diagonal(table).any() or (table < 0).any() or not np.isfinite(table).all():
        msg = "the weights say how bad a disagreement is; expected zero on the diagonal, none below"
        raise UsageError(msg)
    return table


def _kappa(tables: Floats, badness: Floats) -> Floats:
    """Give kappa of each table, NaN where chance alone would never disagree."""
    total = tables.sum(axis=(1, 2))
    by_chance = np.einsum("pc,ck,pk->p", tables.sum(axis=2), badness, tables.sum(axis=1))
    seen = np.einsum("pck,ck->p", tables, badness)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = 1 - seen * total / by_chance
    found[by_chance <= 0] = np.nan
    return found


def fleiss_kappa(frame: pd.DataFrame, categories: Sequence[Any] | None = None) -> Coefficient:
    """
    Give Fleiss' kappa: unordered categories, the same number of ratings for each unit.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``, and ``person`` where several units belong to one
        person. The raters of one unit need not be those of another.
    categories : sequence, optional
        Those that were given when left out; more change nothing.

    Returns
    -------
    Coefficient

    Raises
    ------
    UsageError
        If the table is none.

    Notes
    -----
    Fleiss 1971. It is here to be compared with what was published; order means nothing to it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, "x"), ("a", 2, "x"), ("b", 1, "x"), ("b", 2, "y")]
    >>> round(fleiss_kappa(pd.DataFrame(rows, columns=["unit", "rater", "value"])).value, 3)
    -0.333
    """
    ratings = read(frame, categories, numbers=False)
    name, sizes = "Fleiss' kappa", ratings.sizes()
    counts = ratings.counts
    given = counts.sum(axis=1)
    if not (given >= 2).any():  # noqa: PLR2004 - a pair
        return undefined(name, sizes, Reason.NO_PAIRS)
    if len(np.unique(given)) > 1:
        return undefined(name, sizes, Reason.UNEQUAL_COUNTS)
    each = float(given[0])
    agreed = (np.square(counts).sum(axis=1) - each) / (each * (each - 1))
    sums = ratings.by_person(np.column_stack([agreed, counts, np.ones(len(counts))]))
    whole = sums.sum(axis=0)
    value = _fleiss(whole[None], each)[0]
    if np.isnan(value):
        return undefined(name, sizes, Reason.ONE_CATEGORY)
    return estimated(name, sizes, value, lambda: _fleiss(whole - sums, each))


def _fleiss(sums: Floats, each: float) -> Floats:
    units = np.round(sums[:, -1])
    shares = sums[:, 1:-1] / (units * each)[:, None]
    by_chance = np.square(shares).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (sums[:, 0] / units - by_chance) / (1 - by_chance)
    found[by_chance >= 1 - 1e-12] = np.nan
    return found
