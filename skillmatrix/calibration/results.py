"""What a coefficient is: a value with its interval, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Of an interval: 95 in 100 such intervals hold what many more people would show.
LEVEL = 0.95


class Reason(StrEnum):
    """Why there is no value, or no interval."""

    NO_PAIRS = "no unit was rated by two raters"
    ONE_CATEGORY = "all ratings are of one category: agreement beyond chance has no meaning"
    ONE_RATER = "fewer than two raters: nobody to agree with"
    ONE_PERSON = "fewer than two people: no interval"
    HANGS_ON_ONE_PERSON = "without one of the people it is not defined: no interval"
    INCOMPLETE = "some units lack a rating of some rater: it needs all of them"
    UNEQUAL_COUNTS = "units have different numbers of ratings: it needs the same number"
    NOT_TWO_RATERS = "it compares two raters"
    NO_VARIATION = "units differ less than chance would make them: it has no meaning here"


@dataclass(frozen=True)
class Coefficient:
    """
    A coefficient of agreement.

    Attributes
    ----------
    name : str
        Which coefficient, with its metric, weights or kind.
    value : float or None
        None where it is undefined; never NaN.
    interval : tuple of float or None
        Low and high end at 95 %, by leaving one person out at a time (jackknife, t with the
        number of people less one). Never above 1.
    n_units, n_raters, n_people : int
        Units that take part, raters, and people the units belong to.
    reason : Reason or None
        Why there is no value, or a value without an interval.
    """

    name: str
    value: float | None
    interval: tuple[float, float] | None
    n_units: int
    n_raters: int
    n_people: int
    reason: Reason | None = None

    @property
    def width(self) -> float | None:
        """Width of the interval."""
        return None if self.interval is None else self.interval[1] - self.interval[0]


@dataclass(frozen=True)
class Sizes:
    """How many units, raters and people a coefficient rests on."""

    units: int
    raters: int
    people: int


def undefined(name: str, sizes: Sizes, reason: Reason) -> Coefficient:
    """Give a coefficient that has no value, with the reason."""
    return Coefficient(name, None, None, sizes.units, sizes.raters, sizes.people, reason)


def estimated(
    name: str,
    sizes: Sizes,
    value: float,
    without: Callable[[], Floats],
) -> Coefficient:
    """
    Give a coefficient with the interval of its jackknife.

    Parameters
    ----------
    name : str
    sizes : Sizes
    value : float
        From all people.
    without : callable
        Gives the values with each person left out in turn, shape (people,), also of those
        who only count for chance; NaN where undefined. Asked only when there are two people.
    """
    reason = Reason.ONE_PERSON if sizes.people < 2 else None  # noqa: PLR2004 - one left out
    interval = None
    if reason is None:
        each = without()
        if np.isfinite(each).all():
            interval = jackknife(value, each, people=sizes.people)
        else:
            reason = Reason.HANGS_ON_ONE_PERSON
    made = (sizes.units, sizes.raters, sizes.people)
    return Coefficient(name, float(value), interval, *made, reason)


def jackknife(
    value: float, without: Floats, most: float = 1.0, people: int | None = None
) -> tuple[float, float]:
    """
    Give the interval of a value from the values with one person left out.

    Parameters
    ----------
    value : float
    without : ndarray of float64, shape (people,)
        At least two.
    most : float
        The largest value possible.
    people : int, optional
        How many of them the value rests on; all when left out.

    Notes
    -----
    Ratings of one person hang together, so people are left out, not cells. With 5 to 30
    people this covers the truth about as often as it says, where a bootstrap does not.
    """
    from scipy.special import stdtrit

    left_out = len(without)
    squares = float(np.square(without - without.mean()).sum())
    spread = float(np.sqrt((left_out - 1) / left_out * squares))
    reach = float(stdtrit((people or left_out) - 1, (1 + LEVEL) / 2)) * spread
    return float(value - reach), float(min(most, value + reach))
