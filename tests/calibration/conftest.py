"""Tables of ratings as people write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import skillmatrix as sm
from skillmatrix.cli.cohort import session

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


@cache
def session_texts(people: int = 12, raters: int = 5, seed: int = 1) -> dict[str, str]:
    """Invent a session on the shipped ladder: text by file name."""
    return session(sm.load_framework(), seed, people, raters)


@pytest.fixture
def session_files(tmp_path: Path) -> Callable[..., Path]:
    """Write an invented session; its folders are session, session-late and session-known."""

    def write(people: int = 12, raters: int = 5) -> Path:
        for name, text in session_texts(people, raters).items():
            file = tmp_path / "cohort" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "cohort"

    return write
