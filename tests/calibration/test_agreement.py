"""What coefficients of agreement may depend on, where they stop, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from skillmatrix import calibration as cal
from skillmatrix.calibration import Coefficient, Reason
from skillmatrix.errors import UsageError
from skillmatrix.framework import Level
from tests.calibration.conftest import of_raters

LEVELS = range(6)
Call = Callable[[pd.DataFrame], Coefficient]
ANY_NUMBER: dict[str, Call] = {
    "alpha nominal": lambda frame: cal.alpha(frame, "nominal"),
    "alpha ordinal": lambda frame: cal.alpha(frame, "ordinal"),
    "alpha interval": lambda frame: cal.alpha(frame, "interval"),
    "alpha ratio": lambda frame: cal.alpha(frame, "ratio"),
    "AC1": lambda frame: cal.ac(frame, "unweighted", categories=LEVELS),
    "AC2": lambda frame: cal.ac(frame, "quadratic", categories=LEVELS),
    "AC2 ordinal": lambda frame: cal.ac(frame, "ordinal", categories=LEVELS),
}
CALLS: dict[str, Call] = {
    **ANY_NUMBER,
    "kappa": lambda frame: cal.kappa(frame, categories=LEVELS),
    "quadratic kappa": lambda frame: cal.kappa(frame, "quadratic", categories=LEVELS),
    "Fleiss": cal.fleiss_kappa,
    "ICC(1,1)": lambda frame: cal.icc(frame, "1,1"),
    "ICC(2,1)": lambda frame: cal.icc(frame, "2,1"),
    "ICC(3,k)": lambda frame: cal.icc(frame, "3,k"),
}
#: Two raters, eight units, all levels, no gap: every coefficient is defined.
FULL = of_raters([[0, 1, 2, 3, 4, 5, 3, 2], [0, 2, 2, 3, 5, 4, 3, 1]])


@st.composite
def with_gaps(draw: st.DrawFn) -> pd.DataFrame:
    """Draw ratings of up to nine units by two to four raters, some missing."""
    units, raters = draw(st.integers(2, 9)), draw(st.integers(2, 4))
    cell = st.one_of(st.none(), st.integers(0, 5), st.integers(2, 3))
    rows = draw(
        st.lists(st.lists(cell, min_size=units, max_size=units), min_size=raters, max_size=raters)
    )
    frame = of_raters(rows)
    return frame if len(frame) else of_raters([[3, 3], [3, 2]])


def same(one: Coefficient, other: Coefficient) -> bool:
    """Say whether two results are the same up to rounding."""
    ends = [(a.value, *(a.interval or (None, None)), a.reason) for a in (one, other)]
    return all(
        a == b or (isinstance(a, float) and isinstance(b, float) and abs(a - b) < 1e-9)
        for a, b in zip(*ends, strict=True)
    )


@pytest.mark.parametrize("call", ANY_NUMBER.values(), ids=ANY_NUMBER)
@given(frame=with_gaps(), seed=st.integers(0, 99))
def test_order_and_names_mean_nothing(call: Call, frame: pd.DataFrame, seed: int):
    """Rows in another order, raters and units under other names, give the same."""
    shuffled = frame.sample(frac=1, random_state=seed)
    renamed = shuffled.assign(
        rater=shuffled["rater"].map(lambda r: f"rater {9 - r}"),
        unit=shuffled["unit"].map(lambda u: ("unit", 99 - u)),
    )

    assert same(call(frame), call(renamed))


@given(frame=with_gaps())
def test_a_row_without_a_value_is_a_rating_that_is_missing(frame: pd.DataFrame):
    """A rater who rated nothing changes nothing."""
    empty = pd.DataFrame({"unit": [0, 1], "rater": "nobody", "value": [None, np.nan]})
    more = pd.concat([frame.astype({"value": object}), empty.astype(object)])

    for call in ANY_NUMBER.values():
        assert same(call(frame), call(more))


@given(frame=with_gaps())
def test_a_unit_with_one_rating_counts_for_chance_only(frame: pd.DataFrame):
    """It drops out of alpha; AC counts it in the chance term."""
    alone = pd.DataFrame({"unit": ["alone"], "rater": [0], "value": [5]})
    more = pd.concat([frame, alone])

    for metric in ("nominal", "ordinal", "interval", "ratio"):
        one, other = cal.alpha(frame, metric), cal.alpha(more, metric)
        assert (one.value, one.n_units) == pytest.approx((other.value, other.n_units))


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_interval_leaves_out_one_person_at_a_time(call: Call):
    """Recomputed from scratch without each person: the same ends, t with people less one."""
    person = {unit: unit // 2 for unit in range(8)}
    frame = FULL.assign(person=FULL["unit"].map(person))
    found = call(frame)
    without = np.array([call(frame[frame["person"] != p]).value for p in range(4)])
    spread = np.sqrt(3 / 4 * np.square(without - without.mean()).sum())
    reach = stats.t.ppf(0.975, 3) * spread

    assert found.interval == pytest.approx((found.value - reach, min(1, found.value + reach)))
    assert (found.n_units, found.n_people, found.n_raters) == (8, 4, 2)


def test_levels_are_taken_as_they_are():
    """`Level` and its number are the same rating."""
    levels = FULL.assign(value=[Level(v) for v in FULL["value"]])

    assert same(cal.alpha(levels), cal.alpha(FULL))


def test_alpha_and_ac_answer_different_questions():
    """Nearly all 3, nine in ten pairs exact: alpha near nothing, AC2 near one, both right."""
    rows = [[3] * 40 for _ in range(3)]
    for unit in range(6):
        rows[unit % 3][unit] = 4 if unit % 2 else 2
    frame = of_raters(rows)

    assert cal.alpha(frame).value < 0.05
    assert cal.ac(frame, categories=LEVELS).value > 0.97
    assert cal.pairwise(frame)["exact"].mean() == pytest.approx(0.9)


def test_categories_nobody_used_count_in_ac():
    """Of two levels used, AC2 on the whole scale is not AC2 on the two."""
    frame = of_raters([[3, 3, 4, 3], [3, 4, 4, 3]])

    assert cal.ac(frame, categories=LEVELS).value > cal.ac(frame).value + 0.2


def test_gaps_of_a_scale_count_in_quadratic_kappa():
    """Levels 1 and 5 are four places apart only where those between are declared."""
    frame = of_raters([[1, 2, 5, 5, 1], [1, 5, 5, 2, 2]])

    assert cal.kappa(frame, "quadratic").value != pytest.approx(
        cal.kappa(frame, "quadratic", categories=LEVELS).value
    )


ONE = of_raters([[3, 3, 3], [3, 3, 3]])
APART = of_raters([[3, 2, None, None], [None, None, 4, 1]])
GAPS = of_raters([[3, 2, 1], [3, None, 2]])
THREE = of_raters([[3, 2], [2, 3], [1, 1]])
UNDEFINED: list[tuple[str, pd.DataFrame, Reason]] = [
    *[(name, APART, Reason.NO_PAIRS) for name in CALLS],
    *[(f"alpha {metric}", ONE, Reason.ONE_CATEGORY) for metric in ("nominal", "ordinal", "ratio")],
    ("kappa", ONE, Reason.ONE_CATEGORY),
    ("Fleiss", ONE, Reason.ONE_CATEGORY),
    ("ICC(2,1)", ONE, Reason.NO_VARIATION),
    ("ICC(2,1)", GAPS, Reason.INCOMPLETE),
    ("ICC(1,1)", GAPS, Reason.UNEQUAL_COUNTS),
    ("Fleiss", GAPS, Reason.UNEQUAL_COUNTS),
    ("kappa", THREE, Reason.NOT_TWO_RATERS),
]


@pytest.mark.parametrize(("name", "frame", "reason"), UNDEFINED)
def test_what_is_undefined_has_a_reason_and_no_number(
    name: str, frame: pd.DataFrame, reason: Reason
):
    """Never NaN, never a guess."""
    found = CALLS[name](frame)

    assert (found.value, found.interval, found.reason) == (None, None, reason)


def test_an_interval_that_cannot_be_has_a_reason():
    """One person: a value without an interval. One person who makes all the difference: too."""
    alone = cal.alpha(FULL.assign(person="ana"))
    hangs = cal.alpha(of_raters([[3, 3, 2], [3, 3, 4]]))

    assert (alone.value is not None, alone.interval) == (True, None)
    assert alone.reason is Reason.ONE_PERSON
    assert (hangs.value is not None, hangs.reason) == (True, Reason.HANGS_ON_ONE_PERSON)


WRONG: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"unit": ["a"], "value": [1]}, {}, "lack the column 'rater'"),
    ({"unit": ["a", "a"], "rater": ["x", "x"], "value": [1, 2]}, {}, "'x' rated 'a' twice"),
    ({"unit": ["a"], "rater": ["x"], "value": ["NOT_OBSERVED"]}, {}, "is no number"),
    ({"unit": ["a"], "rater": [None], "value": [1]}, {}, "row 1 of the ratings has no rater"),
    ({"unit": ["a"], "rater": ["x"], "value": [1]}, {"metric": "cosine"}, "no metric 'cosine'"),
    ({"unit": ["a"], "rater": ["x"], "value": [-1]}, {"metric": "ratio"}, "below zero"),
    (
        {"unit": ["a", "a"], "rater": ["x", "y"], "value": [1, 2], "person": ["p", "q"]},
        {},
        "belongs to two people",
    ),
]


@pytest.mark.parametrize(("columns", "options", "words"), WRONG)
def test_a_wrong_table_is_refused_with_its_place(
    columns: dict[str, Any], options: dict[str, Any], words: str
):
    """Where, what was found, what was expected."""
    with pytest.raises(UsageError, match=words):
        cal.alpha(pd.DataFrame(columns), **options)


def test_a_rating_off_the_declared_scale_is_refused():
    """Categories given are all there may be, in order, each once."""
    with pytest.raises(UsageError, match="5 is none of the categories 0, 1, 2, 3, 4"):
        cal.ac(FULL, categories=range(5))
    with pytest.raises(UsageError, match="out of order"):
        cal.ac(FULL, categories=[5, 4, 3, 2, 1, 0])
    with pytest.raises(UsageError, match="3 by 3"):
        cal.kappa(FULL, weights=[[0, 1, 1], [1, 0, 1], [1, 1, 0]], categories=LEVELS)


def test_pairs_of_raters_who_share_nothing_have_no_shares():
    """Counts are 0, shares are missing, not 0."""
    (row,) = cal.pairwise(APART).to_dict("records")

    assert (row["n"], row["same"]) == (0, 0)
    assert all(pd.isna(row[key]) for key in ("exact", "within_one", "signed_gap"))


def test_both_directions_of_a_pair_are_counted():
    """B less a: twice higher by one, once lower by two, once the same."""
    (row,) = cal.pairwise(of_raters([[1, 2, 5, 3], [2, 3, 3, 3]])).to_dict("records")

    assert (row["a_higher"], row["same"], row["b_higher"]) == (1, 1, 2)
    assert (row["exact"], row["within_one"], row["signed_gap"]) == (0.25, 0.75, 0.0)
