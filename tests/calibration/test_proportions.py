"""Shares of two groups: published figures come out, and the exact interval holds what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from skillmatrix.calibration.proportions import Table, common_odds, conditional, difference, fisher

ORACLES = yaml.safe_load(
    (Path(__file__).parents[1] / "oracles" / "proportions.yaml").read_text(encoding="utf-8")
)


def rounded(value: float, as_in: str) -> str:
    """Write a number with the digits of the source."""
    return f"{value:.{len(as_in.partition('.')[2])}f}"


@pytest.mark.parametrize("name", ORACLES)
def test_a_published_figure_comes_out(name: str):
    """Rounded to as many digits as the source gives."""
    told: dict[str, Any] = ORACLES[name]
    tables = told["tables"]
    odds = common_odds(tables)
    found: dict[str, Any] = {
        "p": conditional(tables),
        "odds": odds.value,
        "interval": odds.interval,
        "difference": difference(tables[0]) if "difference" in told else None,
    }

    for key in found.keys() & told.keys():
        ends = told[key] if isinstance(told[key], list) else [told[key]]
        values = found[key] if isinstance(found[key], tuple) else [found[key]]
        assert [rounded(v, e) for v, e in zip(values, ends, strict=True)] == ends


def test_the_four_fifths_rule_and_the_test_disagree_in_small_groups():
    """Ten and ten people: a ratio of 0.40 with p 0.35, of 0.17 with p 0.057."""
    assert round(fisher(((5, 5), (2, 8))), 2) == 0.35
    assert round(fisher(((6, 4), (1, 9))), 3) == 0.057


def test_turning_the_groups_round_turns_the_interval_round():
    """Nothing else changes; a difference of nothing gives an interval around zero."""
    low, high = difference(((9, 6), (5, 7)))
    turned = difference(((5, 7), (9, 6)))
    level = difference(((6, 6), (6, 6)))

    assert turned == pytest.approx((-high, -low), abs=1e-9)
    assert level[0] == pytest.approx(-level[1], abs=1e-3)


@pytest.mark.slow
def test_large_tables_get_the_score_interval_which_is_as_good():
    """On either side of the limit the ends are within a hundredth."""
    exact = difference(((70, 70), (56, 84)))
    score = difference(((71, 71), (57, 85)))

    assert score == pytest.approx(exact, abs=0.01)


def test_a_ratio_that_has_no_bounds_is_none():
    """Nobody of one group selected: no odds ratio, but a p."""
    found = common_odds([((0, 9), (4, 5))])

    assert (found.value, found.interval) == (None, None)
    assert found.p == pytest.approx(fisher(((0, 9), (4, 5))))


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), [(10, 10), (12, 7)])
def test_the_exact_interval_holds_the_difference_as_often_as_it_says(first: int, second: int):
    """Every pair of shares in steps of a tenth, all tables counted: never less than 95 %."""
    from scipy import stats

    ends = {}
    for a in range(first + 1):
        for c in range(second + 1):
            table: Table = ((a, first - a), (c, second - c))
            ends[a, c] = difference(table)
    shares = np.linspace(0.1, 0.9, 9)
    least = 1.0
    for p in shares:
        for q in shares:
            one = stats.binom.pmf(range(first + 1), first, p)
            other = stats.binom.pmf(range(second + 1), second, q)
            held = sum(
                one[a] * other[c]
                for (a, c), (low, high) in ends.items()
                if low - 1e-4 <= p - q <= high + 1e-4
            )
            least = min(least, held)

    assert least >= 0.95
