"""The disagreement list: gates first, widest first; unknown is not agreement."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import skillmatrix as sm
from skillmatrix import calibration as cal
from skillmatrix.errors import UsageError

FW = sm.load_framework()
SENIOR = FW.profile("senior")


def assessment(person: str, rater: str | None, **levels: int | str) -> sm.Assessment:
    """One person rated by one rater; None is the person herself."""
    return sm.Assessment(
        framework=FW.key,
        person={"code": person},
        rater={"kind": "manager", "code": rater} if rater else {"kind": "self"},
        as_of=dt.date(2026, 11, 20),
        ratings={skill.replace("_", "-"): level for skill, level in levels.items()},
    )


SESSION = [
    assessment("p1", "kim", mlops=3, streaming=0, python=4, execution=4),
    assessment("p1", "lee", mlops=4, streaming=4, python=4, execution="NOT_OBSERVED"),
    assessment("p2", "kim", mlops=2, validation=5),
    assessment("p2", "lee", mlops=5, validation="NOT_OBSERVED"),
    assessment("p2", None, mlops=0),
]


def test_gates_come_first_then_the_widest():
    """Streaming is four apart and no gate, so it stands after MLOps, which is."""
    found = cal.disagreements(cal.ratings_frame(SESSION), SENIOR)

    assert found[["person", "skill", "gate", "range"]].to_numpy().tolist() == [
        ["p2", "mlops", True, 3],
        ["p1", "mlops", True, 1],
        ["p1", "python", True, 0],
        ["p1", "streaming", False, 4],
    ]
    assert found.loc[0, ["low", "high", "required", "n_raters"]].tolist() == [2, 5, 4, 2]


def test_a_word_is_not_a_rating_and_the_own_view_is_apart():
    """Not observed is no row; a self-rating comes only when asked for."""
    frame = cal.ratings_frame(SESSION)
    own = cal.ratings_frame(SESSION, with_self=True)

    assert set(frame["rater"]) == {"kim", "lee"}
    assert len(frame) == 10
    assert set(own["rater"]) == {"kim", "lee", "self"}


def test_frames_of_raters_may_come_one_by_one():
    """By name, or as a list with a column of raters: the same list."""
    frame = cal.ratings_frame(SESSION)
    parts = dict(iter(frame.groupby("rater")))
    whole = cal.disagreements(frame, SENIOR)

    for given in (parts, list(parts.values())):
        pd.testing.assert_frame_equal(cal.disagreements(given, SENIOR), whole)


def test_what_cannot_be_compared_is_refused():
    """A skill of another ladder, a rater twice, a column that is not there."""
    frame = cal.ratings_frame(SESSION)
    with pytest.raises(UsageError, match="no skill 'baking'"):
        cal.disagreements(frame.assign(skill="baking"), SENIOR)
    with pytest.raises(UsageError, match="'kim' rated mlops of 'p1' twice"):
        cal.disagreements(pd.concat([frame, frame]), SENIOR)
    with pytest.raises(UsageError, match="lack the column 'person'"):
        cal.disagreements(frame.drop(columns="person"), SENIOR)
    with pytest.raises(UsageError, match="two assessments"):
        cal.ratings_frame([SESSION[0], SESSION[0]])
