"""Two ratings of one person side by side: two raters, or two rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import MismatchError
from skillmatrix.framework.level import Level
from skillmatrix.framework.load import load_framework
from skillmatrix.framework.model import Framework
from skillmatrix.scoring.standing import Standing, Standings

if TYPE_CHECKING:
    import pandas as pd

#: Words for what two ratings of one skill are to each other.
WORDS = ("same", "second higher", "second lower", "only the first", "only the second", "neither")


@dataclass(frozen=True)
class Pair:
    """
    One skill as two ratings have it.

    Attributes
    ----------
    skill : str
    first, second : Standing
    difference : int or None
        Level steps from the first claimed level up to the second; None unless both are known.
    lowest, highest : int or None
        The same at the ends of both intervals; None unless both are known.
    word : str
        One of `WORDS`.
    """

    skill: str
    first: Standing
    second: Standing
    difference: int | None
    lowest: int | None
    highest: int | None
    word: str


def pairs(
    first: Assessment, second: Assessment, framework: Framework | None = None
) -> dict[str, Pair]:
    """Give every skill of the framework as two ratings have it; see `compare`."""
    if first.framework != second.framework:
        msg = (
            f"one speaks of {first.framework}, the other of {second.framework}; only ratings "
            "against the same version of a framework can be compared"
        )
        raise MismatchError(msg)
    if first.person.code != second.person.code:
        msg = (
            f"one is about {first.person.code!r}, the other about {second.person.code!r}; "
            "people are not compared with each other"
        )
        raise MismatchError(msg)
    ladder = framework or load_framework(first.framework.partition("@")[0])
    one, two = (_standings(each, ladder) for each in (first, second))
    return {skill: _pair(one[skill], two[skill]) for skill in ladder.skills}


def _standings(assessment: Assessment, framework: Framework) -> Standings:
    aim = assessment.aim
    profile = framework.profile(aim.profile, aim.overlays, aim.switches, reasons=aim.reasons)
    return Standings(assessment, profile)


def _pair(first: Standing, second: Standing) -> Pair:
    if first.known and second.known:
        steps = second.high - first.high
        word = "same" if steps == 0 else "second higher" if steps > 0 else "second lower"
        ends = second.low - first.high, second.high - first.low
        return Pair(first.skill, first, second, steps, *ends, word)
    known = (first.known, second.known)
    word = {(True, False): "only the first", (False, True): "only the second"}.get(known, "neither")
    return Pair(first.skill, first, second, None, None, None, word)


def compare(a: Assessment, b: Assessment, framework: Framework | None = None) -> pd.DataFrame:
    """
    Compare two ratings of one person: two raters, or two rounds.

    Parameters
    ----------
    a, b : Assessment
        Of the same person, against the same version of one framework.
    framework : Framework, optional
        Where it is not one that can be found by its id.

    Returns
    -------
    DataFrame of shape (n_skills, 11)
        Index ``skill``, in the order of the framework. Columns:

        - ``a``, ``b`` (Int64): levels given; NA without one
        - ``difference`` (Int64): level steps from ``a`` up to ``b``; NA unless both are known
        - ``a_low``, ``a_high``, ``b_low``, ``b_high`` (Int64): ends of both intervals, from what
          evidence supports to what is claimed; NA without a rating
        - ``difference_min``, ``difference_max`` (Int64): the difference at those ends
        - ``a_state``, ``b_state`` (string): ``RATED`` or the word for why there is no level

    Raises
    ------
    MismatchError
        If the two are about different people, frameworks or versions.

    Notes
    -----
    A difference counts steps of a ladder, and steps are of unequal size: do not add or average
    them. A skill that only one of the two has a level for has no difference.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> def rated(kind, level):
    ...     return sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": kind},
    ...         as_of=dt.date(2026, 11, 20), ratings={"mlops": level})
    >>> sm.compare(rated("self", 4), rated("mentor", 3)).loc["mlops", "difference"]
    np.int64(-1)
    """
    import pandas as pd

    found = list(pairs(a, b, framework).values())

    def level(value: Level | None) -> int | None:
        return value.value if value is not None else None

    def numbers(values: list[int | None]) -> pd.api.extensions.ExtensionArray:
        return pd.array(values, dtype="Int64")

    return pd.DataFrame(
        {
            "a": numbers([level(p.first.claimed) for p in found]),
            "b": numbers([level(p.second.claimed) for p in found]),
            "difference": numbers([p.difference for p in found]),
            "a_low": numbers([level(p.first.supported) for p in found]),
            "a_high": numbers([level(p.first.claimed) for p in found]),
            "b_low": numbers([level(p.second.supported) for p in found]),
            "b_high": numbers([level(p.second.claimed) for p in found]),
            "difference_min": numbers([p.lowest for p in found]),
            "difference_max": numbers([p.highest for p in found]),
            "a_state": pd.array([p.first.state for p in found], dtype="string"),
            "b_state": pd.array([p.second.state for p in found], dtype="string"),
        },
        index=pd.Index([p.skill for p in found], name="skill"),
    )
