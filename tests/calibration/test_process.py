"""Process by group: how notes were written and ratings changed, under the rule of the outcome."""

from __future__ import annotations

import pytest

from skillmatrix import calibration as cal
from skillmatrix.calibration.process import Process

PEOPLE = [f"{group}{n}" for group in "ab" for n in range(6)]
GROUPS = {person: person[0] for person in PEOPLE}
#: Two notes a person: those about a are short; one in two names evidence.
NOTES = [
    (person, "x" * (42 if person[0] == "a" else 118), named)
    for person in PEOPLE
    for named in (True, False)
]
#: Of a two changes in three go down, of b one in three; one change that is none.
CHANGES = [
    (person, step)
    for person in PEOPLE
    for step in ((-1, -2, 1, 0) if person[0] == "a" else (-1, 1, 1, 0))
]
OBSERVED = [(person, seen) for person in PEOPLE for seen in (True, True, True, False)]


def measures(groups: dict[str, str], people: list[str] = PEOPLE) -> dict[Process, dict[str, float]]:
    """Take all four measures."""
    found = cal.process_measures(groups, people, notes=NOTES, changes=CHANGES, observed=OBSERVED)
    return {measure.process: dict(measure.rows) for measure in found}


def test_the_four_measures_by_group():
    """Length to the nearest ten, shares to the nearest twentieth."""
    assert measures(GROUPS) == {
        Process.NOTE_LENGTH: {"a": 40, "b": 120},
        Process.WITH_EVIDENCE: {"a": 0.5, "b": 0.5},
        Process.DOWNWARD: {"a": 0.65, "b": 0.35},
        Process.NOT_OBSERVED: {"a": 0.25, "b": 0.25},
    }


@pytest.mark.parametrize(
    ("groups", "people"),
    [
        ({p: g for p, g in GROUPS.items() if p not in ("b0", "b1")}, PEOPLE),
        (dict.fromkeys(PEOPLE, "a"), PEOPLE),
        (GROUPS, [*PEOPLE, "c0"]),
    ],
    ids=["a group of four", "one group", "one who named none"],
)
def test_a_small_group_hides_all(groups: dict[str, str], people: list[str]):
    """Also where the rest could be had by subtraction."""
    assert measures(groups, people) == {process: {} for process in Process}


def test_five_people_stand_on_each_side_or_nothing_is_shown():
    """Many notes without evidence, but about four people: the measure is hidden, others not."""
    notes = [(p, text, named or p in ("a0", "a1")) for p, text, named in NOTES]
    many = notes + [("a5", "x" * 42, False)] * 20
    length, evidence, *_ = cal.process_measures(GROUPS, PEOPLE, notes=many)

    assert dict(length.rows) == {"a": 40, "b": 120}
    assert evidence.hidden
    assert "not shown" in evidence.sentence


def test_measures_are_released_with_the_check_or_stay():
    """A check whose totals allow no table has looked at the groups once it shows the process."""
    process = cal.process_measures(GROUPS, PEOPLE, notes=NOTES)
    outcomes: dict[str, bool | None] = {person: person == "a0" for person in PEOPLE}
    first = cal.group_check(GROUPS, outcomes, process)
    later = cal.group_check(GROUPS, outcomes, cal.process_measures(GROUPS, PEOPLE))

    assert first.looked
    assert cal.release([first], later) is first
    assert "a 40, b 120" in process[0].sentence
