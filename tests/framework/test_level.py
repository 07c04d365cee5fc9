"""Levels are ordered, and nothing else."""

import copy
import operator
import pickle
import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from skillmatrix.framework import Level

labels = st.integers(-5, 20)


@given(labels, labels)
def test_levels_compare_as_their_labels(a: int, b: int):
    """Order and equality are those of the labels, with levels and with whole numbers."""
    for compare in (operator.lt, operator.le, operator.eq, operator.ge, operator.gt, operator.ne):
        assert compare(Level(a), Level(b)) == compare(a, b)
        assert compare(Level(a), b) == compare(a, b)
        assert compare(a, Level(b)) == compare(a, b)
    assert max(Level(a), Level(b)).value == max(a, b)
    assert min(Level(a), Level(b)).value == min(a, b)


@given(st.lists(labels, min_size=1, max_size=6))
def test_the_lower_median_is_allowed(values: list[int]):
    """The lower median picks a level that was given; it needs order only."""
    median = statistics.median_low([Level(v) for v in values])

    assert median.value == sorted(values)[(len(values) - 1) // 2]


LEVELS = [Level(2), Level(4)]
ARITHMETIC = {
    "sum": lambda: sum(LEVELS),
    "level + level": lambda: Level(2) + Level(4),
    "level + number": lambda: Level(2) + 1,
    "number + level": lambda: 1 + Level(2),
    "level - level": lambda: Level(4) - Level(2),
    "number - level": lambda: 4 - Level(2),
    "level * number": lambda: Level(2) * 2,
    "number * level": lambda: 2 * Level(2),
    "level / number": lambda: Level(4) / 2,
    "number / level": lambda: 4 / Level(2),
    "level // number": lambda: Level(4) // 2,
    "number // level": lambda: 4 // Level(2),
    "level % number": lambda: Level(4) % 2,
    "level ** number": lambda: Level(4) ** 2,
    "number ** level": lambda: 4 ** Level(2),
    "-level": lambda: -Level(4),
    "abs": lambda: abs(Level(4)),
    "float": lambda: float(Level(4)),
    "int": lambda: int(Level(4)),
    "round": lambda: round(Level(4)),
    "divmod": lambda: divmod(Level(4), 2),
    "range": lambda: range(Level(4)),
    "statistics.mean": lambda: statistics.mean(LEVELS),
    "statistics.fmean": lambda: statistics.fmean(LEVELS),
    "statistics.median": lambda: statistics.median(LEVELS),
    "numpy mean": lambda: np.mean(LEVELS),
    "numpy mean of one": lambda: np.mean([Level(4)]),
    "numpy sum": lambda: np.sum(LEVELS),
    "numpy as float": lambda: np.array(LEVELS, dtype=float),
    "pandas mean": lambda: pd.Series(LEVELS).mean(),
    "pandas sum": lambda: pd.Series(LEVELS).sum(),
}


@pytest.mark.parametrize("attempt", ARITHMETIC.values(), ids=ARITHMETIC)
def test_levels_cannot_be_added_averaged_or_scaled(attempt):
    """Arithmetic on labels is a TypeError by design, whoever tries it."""
    with pytest.raises(TypeError):
        attempt()


@pytest.mark.parametrize("value", [3.0, 3.5, "3", True, None, float("nan")])
def test_a_level_is_a_whole_number(value: object):
    """Nothing but a whole number makes a level, and no validation turns it into one."""
    with pytest.raises(TypeError):
        Level(value)
    with pytest.raises(ValidationError):
        TypeAdapter(Level).validate_python(value)


def test_true_is_no_level():
    """A boolean is not level 1."""
    assert Level(1) != True  # noqa: E712 - the point of the test
    with pytest.raises(TypeError):
        _ = Level(1) < True


def test_level_zero_is_a_level():
    """Level 0 is a rating and not an absence: it is not false."""
    assert bool(Level(0))


def test_a_level_does_not_change():
    """It can be hashed, copied and sent, and never written to."""
    level = Level(3)

    assert {level: "x"}[3] == "x"
    assert copy.deepcopy(level) == pickle.loads(pickle.dumps(level)) == level
    with pytest.raises(AttributeError):
        level.value = 4
