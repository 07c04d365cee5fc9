"""Ladder lint from disagreement: which wordings of levels split the raters of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from skillmatrix.calibration.alpha import alpha
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.calibration.display import FEWEST
from skillmatrix.calibration.results import Coefficient, Ints
from skillmatrix.calibration.wording_model import (
    FALSE_SHARE,
    FEWEST_ELSEWHERE,
    FEWEST_NEAR,
    FEWEST_SPLIT,
    RULE,
    Again,
    Boundary,
    Findings,
    Step,
    Why,
)
from skillmatrix.calibration.wording_request import change_request, change_request_data
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework

__all__ = [
    "RULE",
    "Again",
    "Boundary",
    "Findings",
    "Step",
    "Why",
    "change_request",
    "change_request_data",
    "findings",
]

COLUMNS = ("person", "skill", "rater", "value")


def findings(
    frame: pd.DataFrame, framework: Framework, second: pd.DataFrame | None = None
) -> Findings:
    """
    Find the boundaries between levels that split raters more than others do.

    Parameters
    ----------
    frame : DataFrame
        Long, from `ratings_frame`: ``person``, ``skill``, ``rater``, ``value`` (a level of the
        framework). Self-ratings take no part.
    framework : Framework
    second : DataFrame, optional
        Second blind ratings of the same session, in the same shape; it may hold some of the
        people and skills only.

    Returns
    -------
    Findings
        A boundary for every two neighbouring levels of every skill that somebody was rated on.

    Raises
    ------
    UsageError
        If a column is missing, a skill or a level is none of the framework, or a rater rated
        one skill of a person twice.

    Notes
    -----
    A person counts at a boundary only where it was in question: a rater gave the level on either
    side, or ratings lie on both. Somebody everybody puts at 4 says nothing about 1 and 2. The
    rate to compare with is that of the same step on the other skills, half a case added to
    either side, so that a session in which everybody agrees elsewhere makes no case of one.
    Where raters are split at a step on every skill alike, no wording stands out: then it is the
    scale they read apart, or how strict they are. The rule is this project's own judgement; a
    change request costs a person a look at a sentence, so some false ones are accepted.

    Examples
    --------
    >>> import pandas as pd, skillmatrix as sm
    >>> rows = [("ana", "mlops", "m1", 3), ("ana", "mlops", "m2", 4)]
    >>> frame = pd.DataFrame(rows, columns=["person", "skill", "rater", "value"])
    >>> found = findings(frame, sm.load_framework("ml-specialist"))
    >>> found.boundaries[0].words
    'of 1 person at this boundary 1 is split across it'
    >>> found.boundaries[0].why_not.name
    'FEW_NEAR'
    """
    table = _checked(frame, framework)
    seen = _every(table, framework)
    steps = [_step(seen, *levels) for levels in pairwise(framework.levels)]
    at = {step.upper: step for step in steps}
    made = [_boundary(each, at[each.upper]) for each in seen]
    if second is not None:
        later = {(e.skill, e.upper): e for e in _every(_checked(second, framework), framework)}
        made = [
            replace(found, again=_again(each, later.get((each.skill, each.upper))))
            for found, each in zip(made, seen, strict=True)
        ]
    _mark(made)
    made.sort(key=_rank)
    return Findings(
        framework.key,
        tuple(made),
        tuple(steps),
        int(table["person"].nunique()),
        int(table["rater"].nunique()),
    )


def _rank(found: Boundary) -> tuple[bool, bool, float, int]:
    tail = 1.0 if found.tail is None else found.tail
    return not found.worth, found.tail is None, tail, -found.n_split


def _checked(frame: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Take what is needed of a frame, in plain numbers."""
    for name in COLUMNS:
        if name not in frame.columns:
            msg = f"the ratings lack the column {name!r}; expected {', '.join(COLUMNS)}"
            raise UsageError(msg)
    table = frame.loc[frame["value"].notna() & (frame["rater"] != SELF), list(COLUMNS)]
    values = [v.value if isinstance(v, Level) else v for v in table["value"]]
    levels = [level.value for level in framework.levels]
    for skill in table["skill"].unique():
        if skill not in framework.skills:
            msg = f"no skill {skill!r} in {framework.key}; {suggest(skill, framework.skills)}"
            raise UsageError(msg)
    for value in values:
        if value not in levels:
            msg = f"no level {value!r} in {framework.key}; known are {', '.join(map(str, levels))}"
            raise UsageError(msg)
    table = table.assign(value=np.array([int(v) for v in values], dtype=np.int64))
    twice = table[table.duplicated(["person", "skill", "rater"])]
    if len(twice):
        row = twice.iloc[0]
        msg = f"{row['rater']!r} rated {row['skill']} of {row['person']!r} twice; expected once"
        raise UsageError(msg)
    return table.reset_index(drop=True)


@dataclass(frozen=True)
class _Seen:
    """One boundary with a place for each person rated twice: ratings, and those above."""

    skill: str
    lower: Level
    upper: Level
    ratings: pd.DataFrame
    people: pd.Index
    given: Ints
    above: Ints
    near: Ints

    @property
    def split(self) -> Ints:
        """Whether each person has ratings on both sides."""
        return ((self.above > 0) & (self.above < self.given)).astype(np.int64)


def _every(table: pd.DataFrame, framework: Framework) -> list[_Seen]:
    """Look at every boundary of every skill rated, in the order of the framework."""
    parts = dict(iter(table.groupby("skill", sort=False)))
    return [
        each
        for skill in framework.skills
        if skill in parts
        for each in _seen(parts[skill], framework.levels)
    ]


def _seen(part: pd.DataFrame, levels: Sequence[Level]) -> list[_Seen]:
    """Count what the people whom two or more rated on a skill were given, boundary by boundary."""
    code, people = pd.factorize(part["person"])
    value = part["value"].to_numpy()
    given = np.bincount(code, minlength=len(people))
    twice = given >= 2  # noqa: PLR2004 - a pair of raters
    made = []
    for lower, upper in pairwise(levels):
        above = np.bincount(code[value >= upper.value], minlength=len(people))
        beside = np.isin(value, [lower.value, upper.value])
        at = np.bincount(code[beside], minlength=len(people)) > 0
        near = at | ((above > 0) & (above < given))
        made.append(
            _Seen(
                str(part["skill"].iloc[0]),
                lower,
                upper,
                part,
                pd.Index(people)[twice],
                given[twice].astype(np.int64),
                above[twice].astype(np.int64),
                near[twice].astype(np.int64),
            )
        )
    return made


def _step(seen: Sequence[_Seen], lower: Level, upper: Level) -> Step:
    here = [each for each in seen if each.upper == upper]
    near = sum(int(each.near.sum()) for each in here)
    return Step(lower, upper, near, sum(int(each.split.sum()) for each in here))


def _boundary(each: _Seen, step: Step) -> Boundary:
    """Judge a boundary by the same step of the other skills."""
    given, above = each.given, each.above
    n_near, n_split = int(each.near.sum()), int(each.split.sum())
    near, split = step.n_near - n_near, step.n_split - n_split
    elsewhere = (split + 0.5) / (near + 1) if near >= FEWEST_ELSEWHERE else None
    why, tail = None, None
    if not len(given):
        why = Why.NO_PAIRS
    elif n_near < FEWEST_NEAR:
        why = Why.FEW_NEAR
    elif elsewhere is None:
        why = Why.FEW_ELSEWHERE
    else:
        tail = _at_least(n_split, n_near, elsewhere)
        why = Why.FEW_SPLIT if n_split < FEWEST_SPLIT else Why.AS_ELSEWHERE
    return Boundary(
        skill=each.skill,
        lower=each.lower,
        upper=each.upper,
        n_people=len(given),
        n_near=n_near,
        n_split=n_split,
        n_pairs=int((given * (given - 1) // 2).sum()),
        n_pairs_split=int((above * (given - above)).sum()),
        beyond_chance=_beyond_chance(each),
        elsewhere=None if elsewhere is None else split / near,
        tail=tail,
        why_not=why,
    )


def _at_least(successes: int, trials: int, rate: float) -> float:
    """Give the chance of so many successes or more."""
    from scipy.special import bdtrc

    return float(bdtrc(successes - 1, trials, rate)) if successes else 1.0


def _beyond_chance(each: _Seen) -> Coefficient | None:
    """Give alpha of the two sides, where five people or more were rated twice."""
    if len(each.people) < FEWEST:
        return None
    sides = each.ratings.assign(
        unit=each.ratings["person"], value=(each.ratings["value"] >= each.upper.value).astype(int)
    )
    return alpha(sides, "nominal")


def _again(each: _Seen, later: _Seen | None) -> Again:
    """Look up what became of the people who were split at first."""
    if later is None:
        return Again(0, 0)
    again = later.people.isin(each.people[each.split.astype(bool)])
    return Again(int(again.sum()), int(later.split[again].sum()))


def _mark(made: list[Boundary]) -> None:
    """Mark what is worth a change request: Benjamini and Hochberg over what has enough data."""
    tested = sorted(
        (index for index, each in enumerate(made) if each.tail is not None),
        key=lambda index: made[index].tail or 0.0,
    )
    below = [
        rank
        for rank, index in enumerate(tested, start=1)
        if (made[index].tail or 0.0) <= FALSE_SHARE * rank / len(tested)
    ]
    for index in tested[: max(below, default=0)]:
        if made[index].n_split >= FEWEST_SPLIT:
            made[index] = replace(made[index], why_not=None)
