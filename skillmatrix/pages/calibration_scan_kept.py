"""What is computed from ratings, kept for as long as the ratings stay the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd


class Kept:
    """
    The latest result of each name, with the ratings it is from.

    Notes
    -----
    A session changes with every word that is said in it; its ratings only with its files.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[int, Any]] = {}

    def given(self, name: str, of: str, ratings: pd.DataFrame, make: Callable[[], Any]) -> Any:
        """Give what `make` gives, made once for each ladder and table of ratings."""
        mark = hash((of, *pd.util.hash_pandas_object(ratings)))
        found = self._made.get(name)
        if found is None or found[0] != mark:
            found = self._made[name] = (mark, make())
        return found[1]
