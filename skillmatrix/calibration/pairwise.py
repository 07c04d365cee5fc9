"""Raw agreement of each pair of raters: what coefficients are read beside."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import read

COLUMNS = (
    "a",
    "b",
    "n",
    "exact",
    "within_one",
    "signed_gap",
    "a_higher",
    "same",
    "b_higher",
)


def pairwise(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Compare each pair of raters on the units both rated.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value`` (levels).

    Returns
    -------
    DataFrame
        A row a pair, in the order of the frame. ``n`` units both rated; ``exact`` and
        ``within_one`` the share of them, 0 to 1; ``signed_gap`` the mean of b less a, in
        levels; ``a_higher``, ``same``, ``b_higher`` counts. NA where ``n`` is 0.

    Raises
    ------
    UsageError
        If the table is none.

    Notes
    -----
    Shares and gap speak of two raters, never of a person: a mean of differences between raters
    is no mean of levels. Within one counts places on the scale of whole numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("x", "ana", 3), ("x", "bo", 4), ("y", "ana", 2), ("y", "bo", 2)]
    >>> found = pairwise(pd.DataFrame(rows, columns=["unit", "rater", "value"]))
    >>> found[["a", "b", "n", "exact", "signed_gap"]]
         a   b  n  exact  signed_gap
    0  ana  bo  2    0.5         0.5
    """
    ratings = read(frame)
    values = np.array(ratings.categories, dtype=np.float64)
    table = np.full((len(ratings.units), len(ratings.raters)), np.nan)
    table[ratings.unit, ratings.rater] = values[ratings.category]
    rows = []
    for one, other in combinations(range(len(ratings.raters)), 2):
        gap = table[:, other] - table[:, one]
        gap = gap[np.isfinite(gap)]
        count = len(gap)
        rows.append(
            (
                ratings.raters[one],
                ratings.raters[other],
                count,
                np.mean(gap == 0) if count else pd.NA,
                np.mean(np.abs(gap) <= 1) if count else pd.NA,
                gap.mean() if count else pd.NA,
                int(np.sum(gap < 0)),
                int(np.sum(gap == 0)),
                int(np.sum(gap > 0)),
            )
        )
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    shares = dict.fromkeys(("exact", "within_one", "signed_gap"), "Float64")
    return made.astype(shares) if rows else made
