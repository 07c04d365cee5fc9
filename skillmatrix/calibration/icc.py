"""Intraclass correlations: how reliable one rating is, or the mean of k."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import Ratings, read
from skillmatrix.calibration.results import Coefficient, Floats, Reason, estimated, undefined
from skillmatrix.errors import UsageError, suggest

Kind = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
KINDS: tuple[Kind, ...] = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


def icc(frame: pd.DataFrame, kind: Kind = "2,1") -> Coefficient:
    """
    Give one of the six intraclass correlations of Shrout and Fleiss.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``, and ``person`` where several units belong to one
        person. Every rater rated every unit; for ``1,1`` and ``1,k`` the same number of
        raters each is enough.
    kind : {"1,1", "2,1", "3,1", "1,k", "2,k", "3,k"}
        Before the comma: 1 other raters for each unit, 2 raters drawn from many, 3 these
        raters and no others. After it: of one rating, or of the mean of k.

    Returns
    -------
    Coefficient

    Raises
    ------
    UsageError
        If the table or the kind is none.

    Notes
    -----
    Shrout and Fleiss 1979. It takes levels for distances, which they are not: an
    approximation, to say how many raters are needed. Kind 3 looks away from differences of
    severity.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, 3), ("a", 2, 3), ("b", 1, 2), ("b", 2, 3), ("c", 1, 4), ("c", 2, 4)]
    >>> round(icc(pd.DataFrame(rows, columns=["unit", "rater", "value"]), "2,1").value, 3)
    0.75
    """
    if kind not in KINDS:
        msg = f"no kind {kind!r}; {suggest(kind, KINDS)}"
        raise UsageError(msg)
    ratings = read(frame)
    name, sizes = f"ICC({kind})", ratings.sizes()
    block = _block(ratings, one_way=kind[0] == "1")
    if isinstance(block, Reason):
        return undefined(name, sizes, block)
    block = block - block.mean()
    units, raters = block.shape
    columns = [block.sum(axis=1), np.square(block.sum(axis=1)), np.square(block).sum(axis=1)]
    sums = ratings.by_person(np.column_stack([*columns, np.ones(units), block]))
    whole = sums.sum(axis=0)
    value = _icc(whole[None], raters, kind)[0]
    if np.isnan(value):
        return undefined(name, sizes, Reason.NO_VARIATION)
    return estimated(name, sizes, value, lambda: _icc(whole - sums, raters, kind))


def _block(ratings: Ratings, *, one_way: bool) -> Floats | Reason:
    """Give the ratings as units by raters, or why they are no full block."""
    given = ratings.counts.sum(axis=1)
    if not len(given) or given.max() < 2:  # noqa: PLR2004 - a pair
        return Reason.NO_PAIRS
    values = np.array(ratings.categories, dtype=np.float64)[ratings.category]
    if one_way:
        if len(np.unique(given)) > 1:
            return Reason.UNEQUAL_COUNTS
        return values[np.argsort(ratings.unit, kind="stable")].reshape(len(given), -1)
    if (given < len(ratings.raters)).any():
        return Reason.INCOMPLETE
    order = np.lexsort((ratings.rater, ratings.unit))
    return values[order].reshape(len(given), -1)


def _icc(sums: Floats, raters: int, kind: Kind) -> Floats:
    """Give the ICC of each row of sums: of rows, their squares, all squares, units, columns."""
    total, rows, squares, units = (sums[:, index] for index in range(4))
    units = np.round(units)
    mean = np.square(total) / (units * raters)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (rows / raters - mean) / (units - 1)
        columns = (np.square(sums[:, 4:]).sum(axis=1) / units - mean) / (raters - 1)
        within = (squares - rows / raters) / (units * (raters - 1))
        left = (squares - mean) - between * (units - 1) - columns * (raters - 1)
        error = np.maximum(left, 0) / ((units - 1) * (raters - 1))
        noise = within if kind[0] == "1" else error
        extra = (columns - error) / units if kind[0] == "2" else np.zeros_like(units)
        if kind[2] == "1":
            below = between + (raters - 1) * noise + raters * extra
        else:
            below = between + extra
        found: Floats = (between - noise) / below
    found[~(below > 1e-12 * np.maximum(squares, 1))] = np.nan
    found[units < 2] = np.nan  # noqa: PLR2004 - two units
    return found
