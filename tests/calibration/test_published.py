"""Every figure published with a table comes out of it, to the digits that were published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from skillmatrix import calibration as cal
from tests.calibration.conftest import of_counts, of_raters, of_table

ORACLES = yaml.safe_load(
    (Path(__file__).parents[1] / "oracles" / "agreement.yaml").read_text(encoding="utf-8")
)
CASES = [(name, figure) for name, table in ORACLES.items() for figure in table["figures"]]


def frame(table: dict[str, Any]) -> pd.DataFrame:
    """Make the long table of one of the three forms."""
    if "counts" in table:
        return of_counts(table["counts"])
    if "table" in table:
        return of_table(table["table"])
    rows = [[float(v) if v != "." else None for v in row.split()] for row in table["raters"]]
    return of_raters(rows)


@pytest.mark.parametrize(
    ("name", "figure"),
    CASES,
    ids=[f"{name} {figure['call']} {figure['value']}" for name, figure in CASES],
)
def test_a_published_figure_comes_out(name: str, figure: dict[str, Any]):
    """Rounded to as many digits as the source gives."""
    options = {key: value for key, value in figure.items() if key not in ("call", "value")}
    found = getattr(cal, figure["call"])(frame(ORACLES[name]), **options)
    digits = len(figure["value"].partition(".")[2])

    assert f"{found.value:.{digits}f}" == figure["value"]


def test_there_are_enough_of_them():
    """Fifty figures of a dozen tables, each table with its source, none twice."""
    seen = {(name, *map(str, sorted(figure.items()))) for name, figure in CASES}

    assert len(seen) == len(CASES) >= 50
    assert len(ORACLES) >= 12
    assert all(table["source"] for table in ORACLES.values())
