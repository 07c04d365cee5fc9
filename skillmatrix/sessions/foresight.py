"""How well somebody foresees another's ratings: counts with honest intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skillmatrix.sessions.contents import Predicted

#: Predictions below which nothing is said of how often they come true.
FEWEST = 10
_LEVEL = 0.95


@dataclass(frozen=True)
class Foresight:
    """
    Predictions held against what the other has rated.

    Attributes
    ----------
    predicted : int
        Predictions of skills that the other has rated.
    exact, near : int
        Those that are the same, and those within one level.
    higher, lower : int
        Those above and below what the other has rated.
    unrated : int
        Predictions of skills that the other could not rate: neither right nor wrong.
    interval : tuple of float or None
        Of the share that is exact, at 95 %; None with fewer than ten.
    by_sureness : mapping of str to (int, int)
        How many were made, and how many were exact, by how sure she was.
    """

    predicted: int
    exact: int
    near: int
    higher: int
    lower: int
    unrated: int
    interval: tuple[float, float] | None
    by_sureness: Mapping[str, tuple[int, int]]

    @property
    def sentence(self) -> str:
        """Say it in words."""
        if not self.predicted:
            return "No prediction of a skill that was rated."
        many = "prediction" if self.predicted == 1 else "predictions"
        told = (
            f"{self.predicted} {many}: exact {self.exact}, within one level {self.near}; higher "
            f"than the rating {self.higher}, lower {self.lower}."
        )
        if self.interval is None:
            return f"{told} Fewer than {FEWEST} say nothing yet of how well you foresee them."
        low, high = (round(100 * end) for end in self.interval)
        return f"{told} In the long run between {low} and {high} of 100 would be exact."


def foresight(rounds: Iterable[tuple[Predicted, Mapping[str, int]]]) -> Foresight:
    """
    Hold the predictions of one or several rounds against the ratings.

    Parameters
    ----------
    rounds : iterable of (Predicted, mapping of str to int)
        Predictions, and the other's levels by skill; a skill without a level is left out.

    Notes
    -----
    Predictions of one round hang together, so the exact binomial interval (Clopper and Pearson
    1934) is rather too narrow than too wide; it is a reason for caution, not a test.

    Examples
    --------
    >>> told = Predicted.model_validate({"levels": {"mlops": {"level": 3}, "python": {"level": 4}}})
    >>> found = foresight([(told, {"mlops": 3, "python": 3})])
    >>> found.exact, found.near, found.higher, found.interval
    (1, 2, 1, None)
    """
    pairs: list[tuple[int, int, str]] = []
    unrated = 0
    for predicted, rated in rounds:
        for skill, each in predicted.levels.items():
            if skill in rated:
                pairs.append((each.level, rated[skill], each.sure))
            else:
                unrated += 1
    exact = sum(one == other for one, other, _ in pairs)
    by_sureness: dict[str, tuple[int, int]] = {}
    for one, other, sure in pairs:
        made, right = by_sureness.get(sure, (0, 0))
        by_sureness[sure] = made + 1, right + (one == other)
    return Foresight(
        predicted=len(pairs),
        exact=exact,
        near=sum(abs(one - other) <= 1 for one, other, _ in pairs),
        higher=sum(one > other for one, other, _ in pairs),
        lower=sum(one < other for one, other, _ in pairs),
        unrated=unrated,
        interval=_interval(exact, len(pairs)) if len(pairs) >= FEWEST else None,
        by_sureness=by_sureness,
    )


def _interval(count: int, total: int) -> tuple[float, float]:
    from scipy.special import betaincinv

    tail = (1 - _LEVEL) / 2
    low = float(betaincinv(count, total - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, total - count, 1 - tail)) if count < total else 1.0
    return low, high
