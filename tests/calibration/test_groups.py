"""The group check: what it shows, what it hides, and that hiding holds."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix import calibration as cal
from skillmatrix.calibration import GroupCheck
from skillmatrix.calibration.groups import Hidden
from skillmatrix.errors import UsageError

Counts = dict[str, tuple[int, int]]


def people(counts: Counts) -> tuple[dict[str, str], dict[str, bool | None]]:
    """Make the groups and the outcomes of so many people; no name is no group."""
    groups, outcomes = {}, {}
    for group, (selected, rest) in counts.items():
        for n in range(selected + rest):
            outcomes[f"{group or 'none'} {n}"] = n < selected
            if group:
                groups[f"{group or 'none'} {n}"] = group
    return groups, outcomes


def check(counts: Counts) -> GroupCheck:
    """Check groups of so many selected and not selected people."""
    return cal.group_check(*people(counts))


def test_a_table_where_nobody_can_be_made_out_is_shown():
    """Rates, ratio to the highest rate, difference with its interval, Fisher's p."""
    found = check({"south": (5, 10), "north": (10, 5)})
    (one,) = found.comparisons

    assert [(row.group, row.n, row.selected) for row in found.rows] == [
        ("north", 15, 10),
        ("south", 15, 5),
    ]
    assert (one.group, one.highest, one.ratio) == ("south", "north", 0.5)
    assert one.below_four_fifths
    assert one.difference == pytest.approx(-1 / 3)
    assert one.interval[0] < -1 / 3 < one.interval[1]
    assert one.p == pytest.approx(0.1431, abs=5e-5)
    assert "no proof that there is no difference" in " ".join(found.sentences)


def test_a_difference_that_chance_seldom_gives_is_said_with_what_it_is_not():
    """Nineteen of 24 and six of 24: the interval leaves zero out."""
    found = check({"a": (19, 5), "b": (6, 18)})
    words = " ".join(found.sentences)

    assert "Chance alone would seldom" in words
    assert "It does not say why" in words
    assert "no proof that there is no difference" not in words


def test_four_fifths_exactly_is_not_below():
    """Eight of twenty beside ten of twenty."""
    (one,) = check({"a": (10, 10), "b": (8, 12)}).comparisons

    assert (one.ratio, one.below_four_fifths) == (0.8, False)


def test_who_is_open_counts_as_not_selected_and_is_said():
    """Leaving them out would hide that the cases of one group stay open."""
    groups, outcomes = people({"a": (8, 6), "b": (6, 6)})
    outcomes |= {f"a {n}": None for n in range(8, 14)}
    found = cal.group_check(groups, outcomes)

    assert (found.open, found.rows[0].n, found.rows[0].selected) == (6, 14, 8)
    assert "6 of 26 people are still open and count as not selected." in found.sentences


def test_an_outcome_that_is_none_is_refused():
    """A verdict is no True."""
    with pytest.raises(UsageError, match="the outcome of 'p1' is 'READY'; expected True"):
        cal.group_check({}, {"p1": "READY"})  # type: ignore[dict-item]


SMALL: dict[str, Counts] = {
    "a group of four": {"a": (12, 12), "b": (4, 0)},
    "four selected": {"a": (12, 6), "b": (4, 8)},
    "four not selected": {"a": (5, 9), "b": (9, 4)},
    "nobody selected": {"a": (12, 6), "b": (0, 8)},
    "four who named no group": {"a": (8, 6), "b": (6, 8), "": (2, 2)},
    "no group named, four of them selected": {"a": (8, 6), "b": (6, 8), "": (4, 9)},
    "a third group of one": {"a": (8, 6), "b": (6, 8), "c": (1, 0)},
    "one group": {"a": (12, 12)},
    "no file": {"": (12, 12)},
}


@pytest.mark.parametrize("counts", SMALL.values(), ids=SMALL)
def test_one_small_count_hides_everything_and_is_not_named(counts: Counts):
    """Whatever the cause, the same words, and nothing in the object but the totals."""
    found = check(counts)
    selected = sum(chosen for chosen, _ in counts.values())
    size = sum(map(sum, counts.values()))

    assert found == GroupCheck(size, selected, 0, hidden=Hidden.COUNTS)
    assert found.sentences == (f"No table of groups: {Hidden.COUNTS}.",)


def test_totals_that_allow_no_table_are_said_as_such():
    """Nine selected: no file of groups can change that, so it gives nothing away."""
    counts = {"a": (5, 10), "b": (4, 10)}
    found = check(counts)

    assert found.hidden is Hidden.TOTALS
    assert not found.looked
    assert cal.group_check({}, people(counts)[1]) == found


FIRST: Counts = {"a": (8, 9), "b": (7, 10), "": (6, 6)}
CHANGES: list[tuple[str, Counts, bool]] = [
    ("one late file", {**FIRST, "a": (9, 9)}, False),
    ("one who names a group late", {**FIRST, "a": (9, 9), "": (5, 6)}, False),
    ("one who is selected after all", {**FIRST, "b": (8, 9)}, False),
    ("four late files in each group", {**FIRST, "a": (8, 13), "b": (7, 14)}, False),
    ("five late files of one group and outcome", {**FIRST, "b": (7, 15)}, False),
    ("five and five, each of one group", {**FIRST, "a": (13, 9), "b": (7, 15)}, False),
    ("five selected of each group", {**FIRST, "a": (13, 9), "b": (12, 10)}, True),
    ("and one more", {**FIRST, "a": (13, 9), "b": (12, 11)}, False),
    ("five of each group less", {"a": (14, 9), "b": (13, 5), "": (6, 6)}, False),
    ("one that would hide it", {**FIRST, "": (4, 6)}, False),
    ("a new group of ten", {**FIRST, "c": (5, 5)}, False),
    ("other names, and one more", {"c": (9, 9), "d": (7, 10), "": (6, 6)}, False),
    ("nothing", FIRST, False),
]


@pytest.mark.parametrize(("now", "may"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_second_answer_grows_by_five_or_the_first_stands(now: Counts, may: bool):
    """In two groups; what stays looks the same whatever is behind it."""
    first, later = check(FIRST), check(now)

    assert cal.may_release(first, later) is may
    assert cal.release([first], later) is (later if may else first)


def test_every_earlier_answer_counts():
    """Also where the ledger is told out of order: what fell since the largest is not shown."""
    first, second = check(FIRST), check({**FIRST, "a": (18, 9), "b": (17, 10)})
    third = check({**FIRST, "a": (13, 9), "b": (12, 10)})

    assert cal.may_release(first, second)
    assert cal.may_release(first, third)
    assert not cal.may_release([first, second], third)
    assert cal.release([first, second], third) is second


def test_a_hidden_first_answer_stands():
    """That a table could be shown one person later would say which count was four."""
    hidden = check({"a": (4, 12), "b": (8, 8)})
    later = check({"a": (5, 12), "b": (8, 8)})

    assert cal.release([hidden], later) is hidden
    assert cal.release([check({"a": (3, 9)})], later) is later


def test_what_was_released_can_be_kept():
    """As plain values, and read again the same."""
    process = cal.process_measures({}, [])
    for counts in (FIRST, {"a": (12, 12)}, {"a": (1, 1)}):
        found = cal.group_check(*people(counts), process=process)
        kept: dict[str, Any] = json.loads(json.dumps(found.as_dict()))

        assert GroupCheck.from_dict(kept) == found


cells = st.one_of(st.integers(0, 12), st.just(0), st.integers(4, 9))


@given(st.dictionaries(st.sampled_from(["a", "b", "c", ""]), st.tuples(cells, cells)))
def test_nothing_small_is_ever_shown(counts: Counts):
    """Of a table that is shown every count is five or more, the rest of the totals too."""
    found = check(counts)
    shown = found.cells
    left = found.selected - sum(n for (_, chosen), n in shown.items() if chosen)

    assert all(n >= 5 for n in shown.values())
    assert not shown or left == 0
    assert bool(shown) == (found.hidden is None)


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=6))
def test_no_two_tables_of_a_session_differ_by_fewer_than_five(steps: list[int]):
    """Whatever comes and goes: of each count, nobody or five between any two that were shown."""
    released: list[GroupCheck] = []
    counts = FIRST
    for at, step in enumerate(steps):
        group, other = ("ab", "ba", ("", "a"))[at % 3]
        counts = moved(counts, group, (step, 0)) or counts
        counts = moved(counts, other, (abs(step), 0)) or counts
        shown = cal.release(released, check(counts))
        if shown not in released:
            released.append(shown)

    for one, other in combinations(released, 2):
        gaps = {abs(one.cells[key] - n) for key, n in other.cells.items() if key in one.cells}
        assert not gaps & {1, 2, 3, 4}


def tables(size: int, selected: int, groups: tuple[str, ...]) -> list[Counts]:
    """List all tables with these totals."""
    if not groups:
        return [{}] if size == selected == 0 else []
    found = []
    for n in range(size + 1):
        for chosen in range(max(0, selected - (size - n)), min(n, selected) + 1):
            for rest in tables(size - n, selected - chosen, groups[1:]):
                found.append({groups[0]: (chosen, n - chosen), **rest})
    return found


def moved(counts: Counts, group: str, by: tuple[int, int]) -> Counts | None:
    """Change one group's counts, or None where it has not so many."""
    chosen, rest = counts[group]
    changed = (chosen + by[0], rest + by[1])
    return None if min(changed) < 0 else {**counts, group: changed}


#: What everybody in the room sees happen between answers: each person, or each five of a kind.
EVENTS: dict[str, list[list[tuple[int, int]]]] = {
    "a late file, selected": [[(1, 0)]],
    "a late file, not selected": [[(0, 1)]],
    "one selected after all": [[(1, -1)]],
    "one erased": [[(0, -1)]],
    "two late files": [[(1, 0), (0, 1)]],
    "five late files of one kind": [[(5, 0)]],
    "ten late files of one kind": [[(5, 0), (5, 0)]],
    "a late file, then another": [[(1, 0)], [(0, 1)]],
    "five late files, then five, then one": [[(5, 0)], [(5, 0)], [(-1, 0)]],
}


@pytest.mark.slow
@pytest.mark.parametrize("sizes_known", [False, True])
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(("size", "selected"), [(20, 10), (22, 11)])
def test_knowing_all_totals_and_who_changed_solves_for_no_small_count(
    size: int, selected: int, event: str, sizes_known: bool
):
    """
    An adversary lists every history that gives what was shown.

    She knows the rule, the totals each time and who changed how; not the groups, or only how
    many were in each at first. Two groups and people who named none; after each answer some people
    (or fives of a kind) change. No count below five, of any time, may be the same in all histories
    left, nor the group of those who changed, unless she knew before she was shown anything.
    """
    groups = ("a", "b", "")
    moves = [by for at_once in EVENTS[event] for by in at_once]
    by_known: dict[Any, list[Any]] = {}
    by_shown: dict[Any, list[Any]] = {}
    answer = lru_cache(maxsize=None)(shown_only)
    for before in tables(size, selected, groups):
        for choice in product(groups, repeat=len(moves)):
            times = history(before, EVENTS[event], list(choice))
            if times is None:
                continue
            released: list[GroupCheck] = []
            for counts in times:
                now = answer(tuple(counts.items()))
                released.append(cal.release(released, now))
            shown = tuple((tuple(each.cells.items()), each.hidden) for each in released)
            known = tuple(sum(before[g]) for g in groups) if sizes_known else ()
            facts = [counts[g] for counts in times for g in groups], choice
            by_known.setdefault(known, []).append(facts)
            by_shown.setdefault((known, shown), []).append(facts)
    assert len(by_shown) > len(by_known)
    for (known, shown), histories in by_shown.items():
        before_it = solved(by_known[known])
        gained = {fact for fact in solved(histories) if fact not in before_it}
        assert not gained, shown


def history(
    before: Counts, events: list[list[tuple[int, int]]], choice: list[str]
) -> list[Counts] | None:
    """Give the counts of each time, or None where a group has not so many."""
    times, left = [before], iter(choice)
    for at_once in events:
        after: Counts | None = times[-1]
        for by in at_once:
            after = moved(after, next(left), by) if after else None
        if after is None:
            return None
        times.append(after)
    return times


def solved(histories: list[Any]) -> set[tuple[str, int, int]]:
    """Name the small counts, and the people, that are the same in all histories."""
    found = set()
    counts = [[n for both in cells for n in both] for cells, _ in histories]
    for place, values in enumerate(zip(*counts, strict=True)):
        if len(set(values)) == 1 and 0 < values[0] < 5:
            found.add(("count", place, values[0]))
    for place, chosen in enumerate(zip(*(choice for _, choice in histories), strict=True)):
        if len(set(chosen)) == 1:
            found.add(("person", place, 0))
    return found


def shown_only(counts: tuple[tuple[str, tuple[int, int]], ...]) -> GroupCheck:
    """Check groups that have anybody in them."""
    return check({group: both for group, both in counts if sum(both)})
