"""Several sessions together: what may be added up, and that no session can be taken out again."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from skillmatrix import calibration as cal
from skillmatrix.errors import UsageError
from tests.calibration.test_groups import Counts, check, tables

SMALL: Counts = {"a": (3, 4), "b": (2, 6)}
LARGE: Counts = {"a": (8, 6), "b": (5, 9)}


def test_a_session_that_can_be_shown_counts_alone():
    """Each is a stratum; the pooled table is their sum, the odds ratio is not that of the sum."""
    other: Counts = {"a": (5, 12), "b": (5, 30)}
    found = cal.mantel_haenszel([LARGE, check(LARGE), other], "a", "b")
    parts = [(*t["a"], *t["b"]) for t in (LARGE, LARGE, other)]
    along = sum(a * d / (a + b + c + d) for a, b, c, d in parts)
    across = sum(b * c / (a + b + c + d) for a, b, c, d in parts)

    assert (found.sessions, found.waiting) == (3, 0)
    assert found.table == ((21, 24), (15, 48))
    assert found.odds is not None
    assert found.odds.value == pytest.approx(along / across)


def test_small_sessions_are_joined_in_order_and_the_last_wait():
    """Three make a block; the fourth waits; a session shown in between stays out of the block."""
    four = cal.mantel_haenszel([SMALL] * 4, "a", "b")
    between = cal.mantel_haenszel([SMALL, LARGE, SMALL, SMALL], "a", "b")

    assert (four.sessions, four.waiting, four.table) == (3, 1, ((9, 12), (6, 18)))
    assert (between.sessions, between.waiting) == (4, 0)
    assert between.table == ((17, 18), (11, 27))


def test_a_later_session_changes_no_block():
    """What was added up before is added up still: the difference is a whole block."""
    sessions = [SMALL, {"a": (1, 5), "b": (5, 1)}, LARGE, SMALL, SMALL, SMALL, SMALL]
    gaps = []
    before = [0, 0, 0, 0]
    for count in range(1, len(sessions) + 1):
        found = cal.mantel_haenszel(sessions[:count], "a", "b")
        now = [n for row in found.table for n in row]
        gaps.append([n - b for n, b in zip(now, before, strict=True)])
        before = now

    assert all(not any(gap) or min(gap) >= 5 for gap in gaps)
    assert sum(any(gap) for gap in gaps) == 3


def test_who_named_no_group_holds_a_block_back_too():
    """Their counts could be had from the totals of the sessions."""
    with_others: Counts = {**SMALL, "": (1, 1)}
    found = cal.mantel_haenszel([with_others] * 4, "a", "b")

    assert (found.sessions, found.waiting, found.odds) == (0, 4, None)
    assert "Nothing can be shown of a and b yet" in found.sentence
    assert cal.mantel_haenszel([with_others] * 5, "a", "b").sessions == 5


def test_the_sentence_says_what_was_added_up():
    """Sessions, people, ratio, interval, p."""
    found = cal.mantel_haenszel([LARGE, LARGE], "a", "b")

    assert found.sentence.startswith(
        "Over 2 sessions 16 of 28 (a) and 10 of 28 (b) were selected; common odds ratio 2.40"
    )


def test_a_group_nobody_named_is_answered_like_one_that_is_too_small():
    """An error would say that all of a session belong to one group."""
    unknown, small = (cal.mantel_haenszel([SMALL], "a", name) for name in "cb")

    assert (unknown.sessions, unknown.odds) == (small.sessions, small.odds) == (0, None)
    assert unknown.sentence == small.sentence.replace("a and b", "a and c")


def test_what_cannot_be_compared_is_refused():
    """A group beside itself, a check that holds no counts."""
    with pytest.raises(UsageError, match="'a' is set beside itself"):
        cal.mantel_haenszel([SMALL], "a", "a")
    with pytest.raises(UsageError, match="shows no table"):
        cal.mantel_haenszel([check(SMALL)], "a", "b")


@pytest.mark.slow
@pytest.mark.parametrize("totals", [((12, 6), (12, 6), (6, 3)), ((13, 9), (9, 3), (5, 2))])
def test_no_session_can_be_taken_out_of_the_sum(totals: tuple[tuple[int, int], ...]):
    """
    An adversary knows each session's totals and the answer after each session.

    She lists every history that gives these answers: no count below five of any session may be
    the same in all of them, unless the totals alone say it.
    """
    groups = ("a", "b")
    by_shown: dict[Any, list[list[int]]] = {}
    for history in product(*(tables(*total, groups) for total in totals)):
        answers = []
        for count in range(1, len(history) + 1):
            found = cal.mantel_haenszel(history[:count], "a", "b")
            answers.append((found.sessions, found.table))
        counts = [n for table in history for group in groups for n in table[group]]
        by_shown.setdefault(tuple(answers), []).append(counts)
    assert len(by_shown) > 20
    for answers, histories in by_shown.items():
        for values in zip(*histories, strict=True):
            assert len(set(values)) > 1 or values[0] >= 5, answers
