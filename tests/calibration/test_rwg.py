"""r_wg: one target, its raters, against ratings at random."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix import calibration as cal
from skillmatrix.calibration import Reason
from skillmatrix.errors import UsageError
from tests.calibration.conftest import of_raters


def value(ratings: list[int], levels: int = 6) -> float:
    """One unit, each rating by another rater."""
    frame = of_raters([[rating] for rating in ratings])
    return float(cal.rwg(frame, levels=range(levels))["rwg"].iloc[0])


def test_the_null_has_the_variance_of_a_uniform_scale():
    """2.917 for six levels and 2 for five (from 0): one level apart is 0.5 of variance."""
    assert value([2, 3]) == pytest.approx(1 - 0.5 / (35 / 12))
    assert value([2, 3], levels=5) == pytest.approx(1 - 0.5 / 2)
    assert value([3, 3, 3, 3, 4], levels=5) == pytest.approx(0.9)


#: How many of an army company gave each of five answers, and r_wg as printed: Bliese, Multilevel
#: modeling in R, section on agreement within groups (bhr2000, companies 4, 6 and 8).
BLIESE = [
    ([4, 6, 9, 5, 2], "0.31923077"),
    ([1, 8, 3, 3, 1], "0.41875000"),
    ([6, 6, 5, 4, 0], "0.38333333"),
]


@pytest.mark.parametrize(("counts", "printed"), BLIESE)
def test_published_figures_come_out(counts: list[int], printed: str):
    """To all eight digits."""
    ratings = [level for level, count in enumerate(counts) for _ in range(count)]

    assert f"{value(ratings, levels=5):.8f}" == printed


def test_ratings_further_apart_than_chance_are_below_zero():
    """Never cut off at zero: 0 and 5 are six times as far apart as chance would put them."""
    assert value([0, 5]) == pytest.approx(1 - 12.5 / (35 / 12))
    assert value([0, 5]) < -3


@given(st.lists(st.integers(0, 5), min_size=2, max_size=8))
def test_it_is_the_variance_of_the_ratings(ratings: list[int]):
    """Whatever they are; 1 only where all are alike."""
    spread = pd.Series(ratings).var()

    assert value(ratings) == pytest.approx(1 - spread / (35 / 12))
    assert (value(ratings) == pytest.approx(1)) == (len(set(ratings)) == 1)


def test_one_rater_agrees_with_nobody():
    """NA with the reason; the other units stand, with the range beside them."""
    found = cal.rwg(of_raters([[3, 1, None], [3, 4, 2]]))

    assert found["reason"].tolist() == [None, None, Reason.ONE_RATER]
    assert found["rwg"].isna().tolist() == [False, False, True]
    assert found[["n_raters", "low", "high"]].to_numpy().tolist() == [
        [2, 3, 3],
        [2, 1, 4],
        [1, 2, 2],
    ]


def test_no_ratings_are_no_rows():
    """And a scale of one level is none."""
    empty = pd.DataFrame({"unit": [], "rater": [], "value": []})

    assert len(cal.rwg(empty)) == 0
    with pytest.raises(UsageError, match="1 levels are no scale"):
        cal.rwg(of_raters([[3], [3]]), levels=[3])
    with pytest.raises(UsageError, match="7 is none of the categories"):
        cal.rwg(of_raters([[7], [3]]))
