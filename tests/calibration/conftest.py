"""Tables of ratings as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

COLUMNS = ["unit", "rater", "value"]


def of_raters(rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Make a long table of one row a rater; None or a dot is no rating."""
    told = [
        (unit, rater, value)
        for rater, row in enumerate(rows)
        for unit, value in enumerate(row)
        if value is not None and value != "."
    ]
    return pd.DataFrame(told, columns=COLUMNS)


def of_table(table: Sequence[Sequence[int]]) -> pd.DataFrame:
    """Make a long table of how often two raters met: rows the first, columns the second."""
    cells = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return of_raters([[i for i, _ in cells], [j for _, j in cells]])


def of_counts(lines: Iterable[str]) -> pd.DataFrame:
    """Make a long table of how many raters gave a unit each category, one digit each."""
    units = [word for line in lines for word in line.split()]
    told = [
        (unit, rater, category)
        for unit, word in enumerate(units)
        for rater, category in enumerate(
            [k for k, digit in enumerate(word) for _ in range(int(digit, 16))]
        )
    ]
    return pd.DataFrame(told, columns=COLUMNS)
