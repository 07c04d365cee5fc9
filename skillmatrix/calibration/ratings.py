"""Ratings as a table: one row for each rating, checked, and counted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from skillmatrix.calibration.results import Floats, Ints, Sizes
from skillmatrix.errors import UsageError
from skillmatrix.framework.level import Level

COLUMNS = ("unit", "rater", "value")


@dataclass(frozen=True)
class Ratings:
    """
    Ratings in numbers: what was rated, by whom, of whom, and which category.

    Attributes
    ----------
    unit, rater, person, category : ndarray of int64, shape (ratings,)
        Positions in the lists below.
    units, raters, people, categories : tuple
        In order of first appearance; categories from the lowest to the highest.
    """

    unit: Ints
    rater: Ints
    person: Ints
    category: Ints
    units: tuple[Hashable, ...]
    raters: tuple[Hashable, ...]
    people: tuple[Hashable, ...]
    categories: tuple[Any, ...]

    @property
    def person_of_unit(self) -> Ints:
        """Whom each unit belongs to."""
        owner = np.zeros(len(self.units), dtype=np.int64)
        owner[self.unit] = self.person
        return owner

    @property
    def counts(self) -> Floats:
        """How often each unit was given each category: shape (units, categories)."""
        size = len(self.units), len(self.categories)
        flat = np.bincount(self.unit * size[1] + self.category, minlength=size[0] * size[1])
        return flat.reshape(size).astype(np.float64)

    def sizes(self, units: Any = None) -> Sizes:
        """Count units, raters and people; of some units where a mask is given."""
        if units is None:
            return Sizes(len(self.units), len(self.raters), len(self.people))
        owners = self.person_of_unit[units]
        taking_part = np.unique(self.rater[np.asarray(units)[self.unit]])
        return Sizes(int(np.sum(units)), len(taking_part), len(np.unique(owners)))

    def by_person(self, of_units: Floats) -> Floats:
        """Sum what units have over the units of each person: shape (people, ...)."""
        owner = self.person_of_unit
        flat = of_units.reshape(len(of_units), -1)
        summed: Floats = np.stack(
            [np.bincount(owner, column, len(self.people)) for column in flat.T], axis=-1
        ).astype(np.float64)
        return summed.reshape(len(self.people), *of_units.shape[1:])


def read(
    frame: pd.DataFrame, categories: Sequence[Any] | None = None, *, numbers: bool = True
) -> Ratings:
    """
    Read a long table of ratings.

    Parameters
    ----------
    frame : DataFrame
        Columns ``unit``, ``rater``, ``value``; ``person`` where several units belong to one
        person. A rating that is missing is a row that is not there; a row without a value
        is left out likewise.
    categories : sequence, optional
        All that could have been given, from the lowest to the highest, also those nobody
        gave. Those that were given when left out.
    numbers : bool
        Whether categories have to be numbers or levels.

    Raises
    ------
    UsageError
        If a column is missing, a rater rated a unit twice, a unit belongs to two people, or
        a value is none of the categories.
    """
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        found = ", ".join(map(str, frame.columns)) or "none"
        wanted = ", ".join(COLUMNS)
        msg = f"the ratings lack the column {missing[0]!r}; found {found}; expected {wanted}"
        raise UsageError(msg)
    frame = frame[frame["value"].notna()]
    unit, units = pd.factorize(frame["unit"])
    rater, raters = pd.factorize(frame["rater"])
    person, people = pd.factorize(frame["person"]) if "person" in frame else (unit, units)
    for name, codes in (("unit", unit), ("rater", rater), ("person", person)):
        if len(codes) and codes.min() < 0:
            msg = f"row {int(np.argmin(codes)) + 1} of the ratings has no {name}; expected one"
            raise UsageError(msg)
    values = [value.value if isinstance(value, Level) else value for value in frame["value"]]
    known = _known(values, categories, numbers=numbers)
    place = {value: index for index, value in enumerate(known)}
    try:
        category = np.fromiter((place[value] for value in values), np.int64, len(values))
    except (KeyError, TypeError):
        wrong = next(v for v in values if not isinstance(v, Hashable) or v not in place)
        msg = f"the rating {wrong!r} is none of the categories {', '.join(map(str, known))}"
        raise UsageError(msg) from None
    made = Ratings(
        unit.astype(np.int64),
        rater.astype(np.int64),
        person.astype(np.int64),
        category,
        tuple(units),
        tuple(raters),
        tuple(people),
        known,
    )
    _check_once(made)
    return made


def _known(values: list[Any], given: Sequence[Any] | None, *, numbers: bool) -> tuple[Any, ...]:
    if given is not None:
        known = tuple(value.value if isinstance(value, Level) else value for value in given)
        if len(set(known)) < len(known):
            msg = f"the categories {', '.join(map(str, known))} name one twice; expected each once"
            raise UsageError(msg)
    else:
        try:
            known = tuple(sorted(set(values)))
        except TypeError:
            known = tuple(dict.fromkeys(map(_hashable, values)))
    if numbers:
        for value in known:
            if isinstance(value, (str, bytes)) or not np.isreal(value) or not np.isfinite(value):
                msg = (
                    f"the rating {value!r} is no number; expected levels: leave the row out where "
                    "there is no level"
                )
                raise UsageError(msg)
        if given is not None and list(known) != sorted(known):
            msg = f"the categories {', '.join(map(str, known))} are out of order; lowest first"
            raise UsageError(msg)
    return known


def _hashable(value: Any) -> Hashable:
    if not isinstance(value, Hashable):
        msg = f"the rating {value!r} is no category; expected a word or a number"
        raise UsageError(msg)
    return value


def _check_once(made: Ratings) -> None:
    cell = made.unit * max(1, len(made.raters)) + made.rater
    order = np.argsort(cell, kind="stable")
    again = np.flatnonzero(np.diff(cell[order]) == 0)
    if len(again):
        row = order[again[0] + 1]
        who, what = made.raters[made.rater[row]], made.units[made.unit[row]]
        msg = f"{who!r} rated {what!r} twice; expected one rating: keep the one that holds"
        raise UsageError(msg)
    strangers = np.flatnonzero(made.person_of_unit[made.unit] != made.person)
    if len(strangers):
        what = made.units[made.unit[strangers[0]]]
        msg = f"the unit {what!r} belongs to two people; expected one: name units apart"
        raise UsageError(msg)
