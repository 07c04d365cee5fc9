"""How far the raters of a session agree: pair by pair, beside the own views, and in one number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any, get_args

import pandas as pd

from skillmatrix.assessment.states import RaterKind
from skillmatrix.calibration import Coefficient, ac, alpha, icc, pairwise
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.calibration.display import FEWEST
from skillmatrix.framework.model import Framework

#: Reliability that ratings of several raters together should reach: a usual demand.
WANTED = 0.8
#: How far two coefficients are apart before it is explained: our judgement.
DIVERGE = 0.3


@dataclass(frozen=True)
class Compared:
    """
    Ratings of the same skills of the same people from two sides, in counts.

    Attributes
    ----------
    a, b : str
        Raters, or kinds of raters; ``self`` is the own view.
    n, exact, within_one : int
        Ratings compared, those that are the same, and those at most one level apart.
    a_higher, b_higher : int
    signed_gap : float or None
        How far b is above a, over all that was compared; None where nothing was.
    """

    a: str
    b: str
    n: int
    exact: int
    within_one: int
    a_higher: int
    b_higher: int
    signed_gap: float | None


def pairs(frame: pd.DataFrame) -> list[Compared]:
    """
    Compare every two raters on what both rated.

    Parameters
    ----------
    frame : DataFrame
        Of others alone; see `skillmatrix.calibration.ratings_frame`.

    Returns
    -------
    list of Compared
        By code. A pair that shares nobody is there with an ``n`` of 0.
    """
    table = pairwise(frame.sort_values("rater", kind="stable"))
    found = []
    for row in table.to_dict("records"):
        n = int(row["n"])
        found.append(
            Compared(
                str(row["a"]),
                str(row["b"]),
                n,
                int(row["same"]),
                round(row["within_one"] * n) if n else 0,
                int(row["a_higher"]),
                int(row["b_higher"]),
                float(row["signed_gap"]) if n else None,
            )
        )
    return found


def beside_self(frame_with_self: pd.DataFrame) -> list[Compared]:
    """
    Hold each kind of rater against the own views, never pooled with them.

    Parameters
    ----------
    frame_with_self : DataFrame
        With the own views under the rater ``self``.

    Returns
    -------
    list of Compared
        ``a`` is the own view. A rating of a person that two of a kind gave counts twice: each
        is one comparison. Kinds that are not in the session are left out.
    """
    own = frame_with_self[frame_with_self["rater"] == SELF]
    others = frame_with_self[frame_with_self["rater"] != SELF]
    joined = others.merge(own[["unit", "value"]], on="unit", suffixes=("", "_own"))
    kinds = set(others["kind"])
    found = []
    for kind in get_args(RaterKind):
        if kind not in kinds:
            continue
        rows = joined[joined["kind"] == kind]
        gap = rows["value"] - rows["value_own"]
        found.append(
            Compared(
                SELF,
                kind,
                len(gap),
                int((gap == 0).sum()),
                int((gap.abs() <= 1).sum()),
                int((gap < 0).sum()),
                int((gap > 0).sum()),
                float(gap.mean()) if len(gap) else None,
            )
        )
    return found


def raters_needed(reliability: float, wanted: float = WANTED) -> int | None:
    """
    Say how many raters it takes until their ratings together are as reliable as wanted.

    Parameters
    ----------
    reliability : float
        Of the rating of one.
    wanted : float

    Returns
    -------
    int or None
        By Spearman and Brown; None where one rating says nothing.

    Examples
    --------
    >>> [raters_needed(r) for r in (0.52, 0.65, 0.67, 0.8, 0.0)]
    [4, 3, 2, 1, None]
    """
    if reliability <= 0:
        return None
    if reliability >= 1:
        return 1
    found = wanted * (1 - reliability) / (reliability * (1 - wanted))
    return max(1, math.ceil(round(found, 9)))


def complete_block(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Give the largest part of a table in which every rater rated everything.

    Parameters
    ----------
    frame : DataFrame
        Of others alone; see `skillmatrix.calibration.ratings_frame`.

    Returns
    -------
    DataFrame
        Rows of all raters, or of the three or two of them that have most ratings in common; of
        at least `FEWEST` people, and empty where there is no such block.
    """
    rated = pd.crosstab(frame["unit"], frame["rater"]) > 0
    people = frame.drop_duplicates("unit").set_index("unit")["person"]
    everybody = list(rated.columns)
    best: tuple[int, tuple[str, ...], pd.Index] = (0, (), pd.Index([]))
    groups = [tuple(everybody), *combinations(everybody, 3), *combinations(everybody, 2)]
    for raters in groups:
        units = rated.index[rated[list(raters)].all(axis=1)]
        size = len(units) * len(raters)
        if len(raters) > 1 and size > best[0] and people[units].nunique() >= FEWEST:
            best = size, raters, units
    _, raters, units = best
    return frame[frame["rater"].isin(raters) & frame["unit"].isin(units)]


@dataclass(frozen=True)
class Agreement:
    """
    Coefficients of a session, others only.

    Attributes
    ----------
    alpha, ac2 : Coefficient
        Krippendorff's alpha (ordinal) and Gwet's AC2 (quadratic).
    needed : str
        How many raters it takes, in a sentence, or why that cannot be said.
    diverge : str
        Why alpha and AC2 are far apart; empty where they are not.
    """

    alpha: Coefficient
    ac2: Coefficient
    needed: str
    diverge: str


def agreement(frame: pd.DataFrame, framework: Framework) -> Agreement:
    """
    Compute what a session's raters have in common.

    Parameters
    ----------
    frame : DataFrame
        Of others alone; see `skillmatrix.calibration.ratings_frame`.
    framework : Framework
        Its scale counts in AC2 also where nobody used a level.
    """
    scale = [level.value for level in framework.levels]
    first = alpha(frame, "ordinal")
    second = ac(frame, "quadratic", categories=scale)
    return Agreement(first, second, _needed(frame), _diverge(first, second, frame))


def _needed(frame: pd.DataFrame) -> str:
    if frame["person"].nunique() < FEWEST:
        return f"Not said: it takes at least {FEWEST} people to say how many raters are enough."
    block = complete_block(frame)
    if not len(block):
        return (
            "Not said. It would follow from ICC(2,1), which takes people whom the same raters "
            f"rated, and no two raters share {FEWEST} people."
        )
    found = icc(block, "2,1")
    if found.value is None:
        return f"Not said. It would follow from ICC(2,1), but {found.reason}."
    raters = sorted(map(str, block["rater"].unique()))
    part, all_ = "", "both" if len(raters) == 2 else "all"  # noqa: PLR2004 - a pair
    if len(block) < len(frame):
        part = (
            f" of the {block['unit'].nunique()} skills of {block['person'].nunique()} people that "
            f"{', '.join(raters[:-1])} and {raters[-1]} {all_} rated"
        )
    count = raters_needed(found.value)
    if count is None:
        return f"Not said: by ICC(2,1){part}, one rating says nothing that another would repeat."
    many = "1 rater" if count == 1 else f"{count} raters"
    return (
        f"About {many} of each person, for a reliability of {WANTED:.2f} of their ratings "
        f"together. Approximate: it is from ICC(2,1){part}, {found.value:.2f}, which takes levels "
        "for distances."
    )


def _diverge(first: Coefficient, second: Coefficient, frame: pd.DataFrame) -> str:
    if first.value is None or second.value is None or first.n_people < FEWEST:
        return ""
    if abs(first.value - second.value) < DIVERGE:
        return ""
    told = pairs(frame)
    n, exact = sum(each.n for each in told), sum(each.exact for each in told)
    counts = frame["value"].value_counts()
    level, often = counts.index[0], int(counts.iloc[0])
    return (
        f"Alpha and AC2 are far apart here, and neither is wrong. {exact} of {n} comparisons are "
        f"the same level, and level {level} alone is {often} of all {len(frame)} ratings. Alpha "
        "asks whether raters tell people and skills apart better than by drawing from these same "
        "ratings: the more alike all ratings are, the less can be seen of it. AC2 counts how near "
        "two ratings are on the whole scale, and stays high when one level is common. Read the "
        "counts first."
    )


def as_dict(found: Compared) -> dict[str, Any]:
    """Give a comparison as plain values."""
    return dict(vars(found))
