"""Severity of raters: who rates higher than others rate the same people, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from skillmatrix.calibration.ratings import Ratings, read
from skillmatrix.calibration.results import Floats, Ints, Reason, jackknife
from skillmatrix.errors import UsageError

#: Spread of severity among raters where too few say otherwise, in levels: our judgement.
SPREAD = 0.3
#: Pull towards zero of what the ratings say nothing about.
_UNDECIDED = 1e-9
#: Cells of the equations that are held at once.
_CELLS = 4_000_000
#: Raters from which the spread is estimated from the ratings themselves, and its least value.
ENOUGH, LEAST = 5, 0.05


@dataclass(frozen=True)
class Severity:
    """
    Effects of raters, comparable within a component only.

    Attributes
    ----------
    effects : Series of float, by rater
        In levels; positive: rates higher than the others. Sums to zero in each component.
    interval : DataFrame, by rater
        ``low`` and ``high`` at 95 %, by leaving one person out at a time; NA where there is
        none.
    components : tuple of tuple
        Raters that are connected through people they rated in common, largest first.
    suggested_links : DataFrame
        ``rater`` and ``person``: the fewest further ratings that would connect all.
    ridge : float
        What pulled the effects towards zero; 0 for least squares.
    reason : Reason or None
        Why there is no interval.
    n_units, n_raters, n_people : int

    Notes
    -----
    A diagnostic for the facilitator and the rater. It is confounded with real differences
    between teams where raters rate mostly their own people, and never replaces a rating.
    """

    effects: pd.Series
    interval: pd.DataFrame
    components: tuple[tuple[object, ...], ...]
    suggested_links: pd.DataFrame
    ridge: float
    reason: Reason | None
    n_units: int
    n_raters: int
    n_people: int

    @property
    def connected(self) -> bool:
        """Whether all raters can be compared with each other."""
        return len(self.components) <= 1


def severity(frame: pd.DataFrame, ridge: float | None = None) -> Severity:
    """
    Estimate how severe or lenient each rater is.

    Parameters
    ----------
    frame : DataFrame
        Long: ``unit``, ``rater``, ``value``; ``person`` and ``skill`` where units are skills of
        people, so that skills count as harder or easier for all.
    ridge : float, optional
        How strongly effects are pulled to zero: variance of the error over that of severity.
        0 is least squares. Estimated when left out.

    Returns
    -------
    Severity

    Raises
    ------
    UsageError
        If the table or the ridge is none.

    Notes
    -----
    Additive: level = person + skill + rater. People are taken out exactly, so the cost grows
    with the ratings and with the cube of raters and skills. Without a ridge given, the spread
    of severity is 0.3 of a level, or estimated by moments from five raters on.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("a", "x", 3), ("a", "y", 4), ("b", "x", 2), ("b", "y", 3)]
    >>> found = severity(pd.DataFrame(rows, columns=["unit", "rater", "value"]), ridge=0)
    >>> found.effects.round(2).to_dict(), found.connected
    ({'x': -0.5, 'y': 0.5}, True)
    """
    if ridge is not None and not 0 <= ridge < float("inf"):
        msg = f"the ridge is {ridge!r}; expected a number from 0"
        raise UsageError(msg)
    ratings = read(frame)
    parts = _components(ratings)
    if not ratings.raters:
        return _made(ratings, parts, np.zeros(0), ends=None, ridge=0.0, reason=Reason.NO_PAIRS)
    equations = _Equations.of(ratings, _skills(frame), parts)
    if ridge is None:
        ridge = equations.ridge()
    found = equations.solve(equations.table[None], equations.right[None], ridge)[0]
    reason, ends = _ends(equations, ratings, found, ridge)
    return _made(ratings, parts, found, ends=ends, ridge=ridge, reason=reason)


def _skills(frame: pd.DataFrame) -> Ints:
    rows = frame[frame["value"].notna()]
    if "skill" not in frame:
        return np.zeros(len(rows), dtype=np.int64)
    codes: Ints = pd.factorize(rows["skill"])[0].astype(np.int64)
    return codes


def _components(ratings: Ratings) -> Ints:
    """Give the component of each rater, 0 for the largest."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    raters, people = len(ratings.raters), len(ratings.people)
    size = raters + people
    ones = np.ones(len(ratings.rater))
    graph = coo_array((ones, (ratings.rater, raters + ratings.person)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1][:raters]
    kinds, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.empty(len(kinds), dtype=np.int64)
    place[order] = np.arange(len(kinds))
    found: Ints = place[np.searchsorted(kinds, labels)]
    return found


@dataclass(frozen=True)
class _Equations:
    """Normal equations of raters and skills, people taken out; a person's share on demand."""

    rater: Ints
    skill: Ints
    values: Floats
    starts: Ints
    parts: Ints
    fixed: Floats
    table: Floats
    right: Floats

    @classmethod
    def of(cls, ratings: Ratings, skill: Ints, parts: Ints) -> _Equations:
        raters, people = len(ratings.raters), len(ratings.people)
        values = np.array(ratings.categories, dtype=np.float64)[ratings.category]
        counts = np.bincount(ratings.person, minlength=people)
        centre = np.bincount(ratings.person, values, people) / counts
        order = np.argsort(ratings.person, kind="stable")
        size = raters + int(skill.max()) + 1
        fixed = np.zeros((int(parts.max()) + 2, size))
        fixed[parts, np.arange(raters)] = 1
        fixed[-1, raters:] = 1
        made = cls(
            ratings.rater[order],
            raters + skill[order],
            (values - centre[ratings.person])[order],
            np.append(np.flatnonzero(np.diff(ratings.person[order], prepend=-1)), len(order)),
            parts,
            fixed,
            np.zeros((size, size)),
            np.zeros(size),
        )
        for tables, rights in made.shares():
            made.table[:] += tables.sum(axis=0)
            made.right[:] += rights.sum(axis=0)
        return made

    def shares(self) -> Iterator[tuple[Floats, Floats]]:
        """Give what each person adds, some people at a time."""
        size, counts = len(self.table), np.diff(self.starts)
        most = int(counts.max())
        step = max(1, _CELLS // (size * max(size, most)))
        for begin in range(0, len(counts), step):
            held = counts[begin : begin + step]
            own = slice(self.starts[begin], self.starts[begin + len(held)])
            person = np.repeat(np.arange(len(held)), held)
            place = np.arange(len(person)) - np.repeat(np.cumsum(held) - held, held)
            rows = np.zeros((len(held), most, size))
            rows[person, place, self.rater[own]] = 1
            rows[person, place, self.skill[own]] = 1
            rows -= rows.sum(axis=1, keepdims=True) / held[:, None, None]
            rows[np.arange(most) >= held[:, None]] = 0
            told = np.zeros((len(held), most, 1))
            told[person, place, 0] = self.values[own]
            turned = rows.transpose(0, 2, 1)
            yield turned @ rows, (turned @ told)[..., 0]

    def solve(self, tables: Floats, rights: Floats, ridge: float) -> Floats:
        """Give the effects of raters for each table: shape (tables, raters)."""
        raters = len(self.parts)
        wanted = np.array(tables + self.fixed.T @ self.fixed)
        wanted[:, range(raters), range(raters)] += ridge
        # What nothing decides, such as a rater left without ratings, stays at zero.
        size = wanted.shape[1]
        wanted[:, range(size), range(size)] += _UNDECIDED * max(1.0, float(self.table.max()))
        solved = np.linalg.solve(wanted, rights[..., None])
        effects: Floats = solved[:, :raters, 0].astype(np.float64)
        for part in np.unique(self.parts):
            own = self.parts == part
            effects[:, own] -= effects[:, own].mean(axis=1, keepdims=True)
        return effects

    def ridge(self) -> float:
        """Estimate the ridge: variance of the error over that of severity."""
        inverse = np.linalg.pinv(self.table, hermitian=True)
        found = inverse @ self.right
        people = len(self.starts) - 1
        free = len(self.values) - people - int(np.linalg.matrix_rank(self.table, hermitian=True))
        left = float(self.values @ self.values) - float(self.right @ found)
        error = max(0.0, left) / max(1, free)
        raters = len(self.parts)
        spread = SPREAD**2
        if raters >= ENOUGH:
            effects = found[:raters]
            noise = error * float(np.diagonal(inverse)[:raters].sum())
            groups = len(self.fixed) - 1
            spread = (float(effects @ effects) - noise) / max(1, raters - groups)
        return error / max(spread, LEAST**2)


def _ends(
    equations: _Equations, ratings: Ratings, found: Floats, ridge: float
) -> tuple[Reason | None, Floats | None]:
    """Give the ends of each rater's interval, by leaving one person out at a time."""
    if len(ratings.people) < 2:  # noqa: PLR2004 - one left out
        return Reason.ONE_PERSON, None
    each = np.concatenate(
        [
            equations.solve(equations.table - tables, equations.right - rights, ridge)
            for tables, rights in equations.shares()
        ]
    )
    parts = equations.parts
    people = len(ratings.people)
    met = np.unique(parts[ratings.rater] * people + ratings.person)
    within = np.bincount(met // people, minlength=int(parts.max()) + 1)
    ends = np.full((len(found), 2), np.nan)
    for at, value in enumerate(found):
        if within[parts[at]] > 1 and np.sum(parts == parts[at]) > 1:
            low, high = jackknife(value, each[:, at], most=np.inf, people=int(within[parts[at]]))
            ends[at] = low, high
    return None, ends


def _made(
    ratings: Ratings,
    parts: Ints,
    found: Floats,
    *,
    ends: Floats | None,
    ridge: float,
    reason: Reason | None,
) -> Severity:
    index = pd.Index(ratings.raters, name="rater", dtype=object)
    interval = pd.DataFrame(
        np.full((len(found), 2), np.nan) if ends is None else ends,
        index=index,
        columns=["low", "high"],
    ).astype("Float64")
    groups = tuple(
        tuple(rater for rater, part in zip(ratings.raters, parts, strict=True) if part == each)
        for each in range(int(parts.max(initial=-1)) + 1)
    )
    return Severity(
        pd.Series(found, index=index, name="severity"),
        interval,
        groups,
        _links(ratings, parts),
        float(ridge),
        reason,
        len(ratings.units),
        len(ratings.raters),
        len(ratings.people),
    )


def _links(ratings: Ratings, parts: Ints) -> pd.DataFrame:
    """Name for each component but the largest one rating that would connect it."""
    rows = []
    of_person = np.zeros(len(ratings.people), dtype=np.int64)
    of_person[ratings.person] = parts[ratings.rater]
    often = np.bincount(ratings.person, minlength=len(ratings.people))
    for part in range(1, int(parts.max(initial=-1)) + 1):
        own = np.flatnonzero(of_person == part)
        person = ratings.people[own[np.argmax(often[own])]]
        busy = np.bincount(ratings.rater[parts[ratings.rater] == 0], minlength=len(ratings.raters))
        rater = ratings.raters[int(np.argmax(busy))]
        rows.append((rater, person))
    return pd.DataFrame(rows, columns=["rater", "person"], dtype=object)
