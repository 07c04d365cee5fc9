"""Two ratings side by side: the signed difference, both intervals, and what is not compared."""

import pandas as pd
import pytest
from hypothesis import given

import skillmatrix as sm
from skillmatrix.errors import MismatchError
from tests.conftest import assess, proof
from tests.scoring.draws import FW, POOL, assessed, people


def test_the_difference_runs_from_the_first_to_the_second():
    """Self 4, mentor 3: minus one step; the other way round, plus one."""
    own = assess(FW, {"mlops": 4})
    other = assess(FW, {"mlops": 3}, rater="mentor")

    assert sm.compare(own, other).loc["mlops", "difference"] == -1
    assert sm.compare(other, own).loc["mlops", "difference"] == 1


def test_both_intervals_are_shown_and_bound_the_difference():
    """Claimed 4 on two artefacts (4 to 4) beside claimed 3 on nothing (1 to 3): -3 to -1."""
    own = assess(FW, {"mlops": 4}, evidence=[proof("E2", "mlops"), proof("E2", "mlops")])
    later = assess(FW, {"mlops": 3})

    row = sm.compare(own, later).loc["mlops"]

    assert row[["a_low", "a_high", "b_low", "b_high"]].tolist() == [4, 4, 1, 3]
    assert row[["difference_min", "difference", "difference_max"]].tolist() == [-3, -1, -1]


def test_what_only_one_has_rated_is_no_difference():
    """Not observed is not a low level: the difference is missing, and the word says why."""
    own = assess(FW, {"mlops": 4, "python": "DECLINED"})
    other = assess(FW, {"mlops": "NOT_OBSERVED"}, rater="mentor")

    found = sm.compare(own, other)

    assert pd.isna(found.loc["mlops", "difference"])
    assert found.loc["mlops", ["a_state", "b_state"]].tolist() == ["RATED", "NOT_OBSERVED"]
    assert found.loc["python", "a_state"] == "DECLINED"
    assert pd.isna(found.loc["python", "b"])


def test_people_are_not_compared_with_each_other():
    """Two codes are two people; two versions of a ladder are two ladders."""
    one = assess(FW, {"mlops": 4})
    other = assess(FW, {"mlops": 3}, person={"code": "bo"})
    newer = one.model_copy(update={"framework": "ml-specialist@9.0.0"})

    with pytest.raises(MismatchError, match="people are not compared"):
        sm.compare(one, other)
    with pytest.raises(MismatchError, match="same version"):
        sm.compare(one, newer)


@given(people(), people())
def test_turned_round_every_difference_changes_its_sign(one: dict, two: dict):
    """The second seen from the first is the first seen from the second, mirrored."""
    a, b = assessed({**one, "locked": False}), assessed({**two, "locked": False})
    there, back = sm.compare(a, b).loc[list(POOL)], sm.compare(b, a).loc[list(POOL)]

    pd.testing.assert_series_equal(there["difference"], -back["difference"])
    pd.testing.assert_series_equal(
        there["difference_min"], -back["difference_max"], check_names=False
    )
    known = there["a"].notna() & there["b"].notna()
    assert (there["difference"].notna() == known).all()
    between = there["difference"].between(there["difference_min"], there["difference_max"])
    assert between[known].all()
