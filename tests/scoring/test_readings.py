"""A reading beside its target: three words, and never a conversion."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.assessment import RecordEntry
from skillmatrix.assessment.units import period_name, same_unit
from skillmatrix.framework import Framework
from skillmatrix.framework.guide import Kpi, KpiTarget
from skillmatrix.framework.record import written_items
from skillmatrix.scoring.readings import ReadingResult, compare_reading

REACHED, MISSED, UNKNOWN = "target reached", "target missed", "cannot be compared"


def compared(
    comparator: str, figures: tuple[float, ...], value: float, unit: str = "h", **other: Any
) -> ReadingResult:
    """Compare a reading in hours with a target in hours, where nothing else is said."""
    low, high = (*figures, None, None)[:2]
    asked = {"unit": "hours", "period": None, "illustrative": False, **other.pop("target", {})}
    target = KpiTarget(text="as agreed", comparator=comparator, value=low, high=high, **asked)
    told = {"date": dt.date(2026, 9, 30), "source": "log", "value": value, "unit": unit, **other}
    return compare_reading(RecordEntry(id="r", item="kpi", **told), target)


@pytest.mark.parametrize(
    ("comparator", "figures", "words"),
    [
        ("at-least", (4,), {3.9: MISSED, 4: REACHED, 4.1: REACHED}),
        ("at-most", (4,), {3.9: REACHED, 4: REACHED, 4.1: MISSED}),
        ("below", (4,), {3.9: REACHED, 4: MISSED, 4.1: MISSED}),
        ("above", (4,), {3.9: MISSED, 4: MISSED, 4.1: REACHED}),
        ("equal", (0,), {0: REACHED, 1: MISSED}),
        ("between", (80, 90), {79: MISSED, 80: REACHED, 90: REACHED, 91: MISSED}),
        ("increase", (2, 10), {-1: MISSED, 1.9: MISSED, 2: REACHED, 12: REACHED}),
        ("decrease", (20, 30), {0: MISSED, 19: MISSED, 20: REACHED, 40: REACHED, -25: UNKNOWN}),
        ("below", (30, 60), {29: REACHED, 30: UNKNOWN, 45: UNKNOWN, 60: MISSED, 61: MISSED}),
        ("above", (95, 98), {95: MISSED, 96: UNKNOWN, 98: UNKNOWN, 98.1: REACHED}),
        ("none", (), {4: UNKNOWN}),
    ],
)
def test_each_comparator_at_its_edges(comparator: str, figures: Any, words: dict[float, str]):
    """At the figure, just under it and just over it; inside a range of limits nobody knows."""
    found = {value: compared(comparator, figures, value).word for value in words}

    assert found == words


def test_the_sentence_says_figure_target_and_word():
    """It can be printed as it stands, and says when a target is only an illustration."""
    own = compared("below", (4,), 3.5)
    illustration = compared("below", (4,), 5, target={"illustrative": True})

    assert own.sentence == "3.5 h, target below 4 h: reached."
    assert illustration.sentence == (
        "5 h, target below 4 h: missed. The target is the blueprint's illustration."
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (compared("below", (4,), 90, "min"), "the target is in hours, and nothing is converted"),
        (compared("below", (4,), 0.1, "days"), "the target is in hours, and nothing is converted"),
        (
            compared("at-least", (1,), 3, period="year", target={"period": "quarter"}),
            "3 h over year: the target is for quarter, and nothing is converted",
        ),
        (compared("none", (), 3), "names no figure"),
        (compared("below", (3, 6), 4.5), "depends on which of them holds for you"),
        (compared("decrease", (20,), -25), "a minus could mean less or more"),
        (compared("below", (4,), None), "no figure to compare"),
    ],
)
def test_what_cannot_be_compared_says_why(result: ReadingResult, words: str):
    """Another unit or period, no figure, a range of limits: unknown stays unknown."""
    assert result.word == UNKNOWN
    assert words in result.sentence


def test_a_period_that_is_not_stated_or_is_the_same_is_compared():
    """The third quarter is a quarter; where no period is stated the target's is meant."""
    words = [
        compared("at-least", (1,), 2, period=period, target={"period": "quarter"}).word
        for period in ("", "Quarterly", "Q3 2026", "2026-Q3", "3 months", "a quarter")
    ]

    assert words == [REACHED] * 6


@pytest.mark.parametrize(
    ("told", "own", "same"),
    [
        ("hours", "h", True),
        ("Hrs.", "hours", True),
        ("per cent", "%", True),
        ("%", "% of scheduled runs", True),
        ("percent of scheduled runs", "% of scheduled runs", True),
        ("% of all runs", "% of scheduled runs", False),
        ("%", "% relative", False),
        ("ms", "ms (p95)", False),
        ("ms", "s", False),
        ("m", "min", False),
        ("out of 5", "of 5", True),
        ("of 10", "of 5", False),
    ],
)
def test_a_unit_under_another_name(told: str, own: str, same: bool):
    """A spelling is the same unit; another unit, or one that leaves something open, is not."""
    assert same_unit(told, own) is same


def test_no_two_names_of_a_period_are_mixed_up():
    """Each period has one name, and a year is no quarter."""
    names = [period_name(p) for p in ("day", "weekly", "2026-09", "Q1/2026", "2026", "6-12 months")]

    assert names == ["day", "week", "month", "quarter", "year", "6-12 months"]


def test_every_shipped_target_can_be_reached_or_says_why_not(fw: Framework):
    """A reading at the better end of each target, in its own unit, reaches it; none raises."""
    kpis = [item for item in written_items(fw).values() if isinstance(item, Kpi)]
    words = {}
    for kpi in kpis:
        target = kpi.target
        best = (target.high if target.comparator == "above" else None) or target.value
        step = {"below": -0.01, "above": 0.01}.get(target.comparator, 0)
        told = {"value": (best or 0) + step, "unit": target.unit or "%", "source": "x"}
        made = RecordEntry(id="r", item=kpi.id, date=dt.date(2026, 9, 30), **told)
        words[kpi.id] = compare_reading(made, target).word

    assert len(kpis) == 18
    unknown = {name for name, word in words.items() if word == UNKNOWN}
    assert unknown == {"kpi-guardrails", "kpi-stability", "kpi-review-quality"}
    assert set(words.values()) == {REACHED, UNKNOWN}


comparators = st.sampled_from(["at-least", "above", "increase"])


@given(comparators, st.integers(0, 50), st.integers(0, 100), st.integers(0, 20))
def test_a_better_reading_never_turns_reached_into_missed(
    comparator: str, asked: int, value: int, more: int
):
    """Where more is better, more reaches whatever less reached."""
    before = compared(comparator, (asked, asked + 5), value)
    after = compared(comparator, (asked, asked + 5), value + more)

    assert (before.word, after.word) != (REACHED, MISSED)
    assert before.word != REACHED or after.word == REACHED


def test_unmatched_units_are_never_compared_whatever_the_figures():
    """Minutes against hours stay apart even where both figures are zero."""
    assert compared("equal", (0,), 0, "min").word == UNKNOWN
    assert compared("equal", (0,), 0, "").word == UNKNOWN
