"""How strong evidence is by what it shows, and how it ages."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.assessment import Evidence, effective_strength, reached_strength
from skillmatrix.assessment.evidence import instance, months_after, within
from skillmatrix.framework.model import STRENGTHS

AGEING = (24, 48)
DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2080, 1, 1))


def item(day: str = "2024-05-31", strength: str = "E3", **shown: str) -> Evidence:
    """Make an item of a day and a strength."""
    return Evidence.model_validate(
        {"id": "e", "title": "Item", "date": day, "strength": strength, **shown}
    )


@pytest.mark.parametrize(
    ("shown", "own", "other"),
    [
        ((), "E0", "E1"),
        (("description",), "E1", "E1"),
        (("artefact",), "E2", "E3"),
        (("description", "artefact"), "E2", "E3"),
        (("description", "confirmed_by"), "E1", "E1"),
        (("artefact", "confirmed_by"), "E3", "E3"),
        (("measure", "method"), "E0", "E4"),
        (("measure", "confirmed_by"), "E0", "E1"),
        (("method", "confirmed_by"), "E0", "E1"),
        (("measure", "method", "confirmed_by"), "E4", "E4"),
        (("artefact", "measure", "method"), "E2", "E4"),
        (("artefact", "measure", "method", "confirmed_by"), "E4", "E4"),
    ],
)
def test_strength_is_what_the_item_shows(shown: tuple[str, ...], own: str, other: str):
    """E1 described, E2 artefact, E3 with a confirmation, E4 measured; another rater confirms."""
    made = item(strength="E0", **dict.fromkeys(shown, "something"))

    assert reached_strength(made, "self") == own
    for rater in ("mentor", "manager", "peer"):
        assert reached_strength(made, rater) == other


def test_blank_fields_show_nothing():
    """Spaces are no description, no artefact and no confirmation."""
    blank = dict.fromkeys(("description", "artefact", "confirmed_by", "measure", "method"), "  ")

    assert reached_strength(item(**blank)) == "E0"


@given(st.lists(st.sampled_from(["description", "artefact", "confirmed_by", "measure", "method"])))
def test_showing_more_is_never_weaker(fields: list[str]):
    """Each field added leaves the strength or raises it."""
    for rater in ("self", "peer"):
        ranks = [
            STRENGTHS.index(reached_strength(item(**dict.fromkeys(fields[:n], "x")), rater))
            for n in range(len(fields) + 1)
        ]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-11-30", 24, "2026-11-30"),
        ("2024-05-31", 0, "2024-05-31"),
        ("9999-12-31", 24, "9999-12-31"),
    ],
)
def test_months_later(day: str, months: int, after: str):
    """The same day of the month, or the last day of a shorter one; never beyond the calendar."""
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(after)


@pytest.mark.parametrize(
    ("day", "as_of", "absence", "strength"),
    [
        ("2024-11-20", "2026-11-19", 0, "E3"),
        ("2024-11-20", "2026-11-20", 0, "E3"),  # the last day of 24 months counts in full
        ("2024-11-20", "2026-11-21", 0, "E2"),
        ("2024-11-20", "2028-11-20", 0, "E2"),  # the last day of 48 months still counts
        ("2024-11-20", "2028-11-21", 0, None),
        ("2024-02-29", "2026-02-28", 0, "E3"),  # no 29 February in 2026
        ("2024-02-29", "2026-03-01", 0, "E2"),
        ("2024-02-29", "2028-02-29", 0, "E2"),  # and one in 2028
        ("2024-02-29", "2028-03-01", 0, None),
        ("2024-08-31", "2027-02-28", 6, "E3"),  # 30 months end with a short February
        ("2024-08-31", "2027-03-01", 6, "E2"),
        ("2024-11-20", "2027-05-20", 6, "E3"),  # six months of leave stretch both windows
        ("2024-11-20", "2027-05-21", 6, "E2"),
        ("2024-11-20", "2029-05-20", 6, "E2"),
        ("2024-11-20", "2029-05-21", 6, None),
        ("2026-11-20", "2026-11-20", 0, "E3"),
        ("9999-01-01", "9999-12-31", 0, "E3"),
    ],
)
def test_age_at_the_exact_boundaries(day: str, as_of: str, absence: int, strength: str | None):
    """Older than 24 months counts one code lower, older than 48 is history; leave stretches."""
    on = dt.date.fromisoformat(as_of)

    assert effective_strength(item(day), on, AGEING, absence) == strength


@pytest.mark.parametrize(
    ("new", "old"), [("E4", "E3"), ("E3", "E2"), ("E2", "E1"), ("E1", "E0"), ("E0", "E0")]
)
def test_an_aged_item_counts_exactly_one_code_lower(new: str, old: str):
    """One code, and E0 cannot fall any further."""
    assert effective_strength(item("2024-01-01", new), dt.date(2026, 11, 20), AGEING) == old


@given(DAYS, DAYS, st.integers(0, 60), st.integers(0, 24))
def test_time_never_strengthens_and_leave_never_weakens(
    day: dt.date, as_of: dt.date, months: int, leave: int
):
    """A later look is never kinder than an earlier one, and a longer leave never harsher."""

    def rank(on: dt.date, absence: int) -> int:
        strength = effective_strength(item(str(day)), on, AGEING, absence)
        return -1 if strength is None else STRENGTHS.index(strength)

    if as_of >= day:
        later = months_after(as_of, months)
        assert rank(later, leave) <= rank(as_of, leave)
        assert rank(as_of, leave + months) >= rank(as_of, leave)


def test_what_lies_ahead_is_in_no_window():
    """An item of tomorrow does not count today."""
    assert not within(dt.date(2026, 11, 21), dt.date(2026, 11, 20), 24)


def test_same_artefact_and_day_is_one_thing():
    """Case and spaces do not make two of one; another day or another artefact does."""
    a, same, day, other = (
        item("2026-05-12", artefact="RUN-17"),
        item("2026-05-12", artefact=" run-17 "),
        item("2026-05-13", artefact="RUN-17"),
        item("2026-05-12", artefact="RUN-18"),
    )

    assert instance(a) == instance(same)
    assert len({instance(a), instance(day), instance(other)}) == 3


def test_items_without_an_artefact_are_told_apart_by_their_id():
    """Two described instances of one day are two."""
    first = item("2026-05-12", "E1", description="x")
    second = first.model_copy(update={"id": "f"})

    assert all(a != b for a, b in product([instance(first)], [instance(second)]))
