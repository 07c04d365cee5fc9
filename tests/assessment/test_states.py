"""States that are not levels: who may set them, and what they are not."""

from itertools import product

import pytest

from skillmatrix.assessment import STATES, Rating, assessment_from
from skillmatrix.errors import AssessmentError
from skillmatrix.framework import Framework, Level
from tests.conftest import content

# Who may say what. NOT_APPLICABLE of a rater is a proposal; the profile alone decides.
MAY = {
    "UNRATED": {"self", "mentor", "manager", "peer"},
    "DECLINED": {"self"},
    "NOT_OBSERVED": {"mentor", "manager", "peer"},
    "NOT_APPLICABLE": {"self", "mentor", "manager", "peer"},
}
RATERS = ("self", "mentor", "manager", "peer")


def test_there_are_four_states():
    """The four of the design, each with a title and a meaning of its own."""
    assert list(STATES) == list(MAY)
    assert len({state.title for state in STATES.values()}) == 4
    assert len({state.meaning for state in STATES.values()}) == 4


@pytest.mark.parametrize(("state", "rater"), [*product(MAY, RATERS)])
def test_who_may_set_which_state(state: str, rater: str, fw: Framework):
    """A state comes only from the raters it is for."""
    data = content(fw, {"mlops": state}, rater=rater)

    if rater in MAY[state]:
        assert assessment_from(data).rating("mlops").state == state
    else:
        with pytest.raises(AssessmentError, match=f"{state} only from"):
            assessment_from(data)


@pytest.mark.parametrize("state", MAY)
def test_a_state_is_no_level(state: str):
    """It has no level, equals no number, and is written as its word."""
    rating = Rating(state=state)

    assert rating.level is None
    assert rating.value == state
    assert rating != Rating(level=Level(0))


def test_zero_is_a_rating():
    """Level 0 was given; it is neither unrated nor false."""
    rating = Rating(level=Level(0))

    assert (rating.state, rating.value) == ("RATED", 0)
    assert rating.level is not None
