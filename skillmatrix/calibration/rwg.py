"""r_wg: how far the raters of one unit agree, against ratings drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import read
from skillmatrix.calibration.results import Reason
from skillmatrix.errors import UsageError

COLUMNS = ("unit", "n_raters", "low", "high", "rwg", "reason")


def rwg(frame: pd.DataFrame, levels: Sequence[Any] = tuple(range(6))) -> pd.DataFrame:
    """
    Set the spread of each unit's ratings against that of ratings at random.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value`` (levels). A missing rating is a row that is not
        there.
    levels : sequence
        All of the scale, lowest first, also those nobody used: the null is that each is as
        likely as any other.

    Returns
    -------
    DataFrame
        A row a unit, in the order of the frame: ``unit``, ``n_raters``, ``low`` and ``high``
        (levels), ``rwg`` (Float64; NA where it is undefined) and ``reason`` (why it is NA,
        else None).

    Raises
    ------
    UsageError
        If the table is none, a value is none of the levels, or there are not two levels.

    Notes
    -----
    James, Demaree and Wolf 1984: one less the variance of the ratings (over raters less one)
    over that of the uniform null, which is (A² - 1)/12 for A levels: 2.917 for six, 2 for five.
    1 is full agreement, 0 what chance would give; below zero the raters are further apart than
    chance would put them, and that stands as it is. A variance takes levels for distances. With
    two or three raters it is unstable and hangs on the null: the range (``low`` to ``high``) is
    the honest measure there.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", 1, 3), ("a", 2, 3), ("b", 1, 1), ("b", 2, 5), ("c", 1, 4)]
    >>> found = rwg(pd.DataFrame(rows, columns=["unit", "rater", "value"]))
    >>> found["rwg"].round(2).tolist()
    [1.0, -1.74, <NA>]
    >>> str(found["reason"].iloc[2])
    'fewer than two raters: nobody to agree with'
    """
    ratings = read(frame, levels)
    scale = np.array(ratings.categories, dtype=np.float64)
    if len(scale) < 2:  # noqa: PLR2004 - two levels
        msg = f"{len(scale)} levels are no scale; expected all levels there are, at least 2"
        raise UsageError(msg)
    counts = ratings.counts
    given = counts.sum(axis=1)
    mean = counts @ scale / np.maximum(given, 1)
    squares = (counts * np.square(scale - mean[:, None])).sum(axis=1)
    rated = given >= 2  # noqa: PLR2004 - a pair
    spread = np.divide(squares, given - 1, out=np.zeros_like(squares), where=rated)
    value = pd.array(1 - spread / scale.var(), dtype="Float64")
    value[~rated] = pd.NA
    used = counts > 0
    columns = {
        "unit": pd.Series(ratings.units, dtype=object),
        "n_raters": given.astype(np.int64),
        "low": np.array(ratings.categories)[used.argmax(axis=1)],
        "high": np.array(ratings.categories)[len(scale) - 1 - used[:, ::-1].argmax(axis=1)],
        "rwg": value,
        "reason": pd.Series([None if two else Reason.ONE_RATER for two in rated], dtype=object),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))
