"""The same assessment in two tabs: each sees the other, and nothing is overwritten in silence."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.browser.workbook import (
    Workbook,
    begin,
    cell,
    open_skill,
    saved,
    shown,
    to_step,
    until,
)

pytestmark = pytest.mark.slow

WITHIN = 6.5  # s: a page asks every 5 s, and the answer takes its time


def sees(page: Any, skill: str, level: int) -> float:
    """Wait until a page shows a level; give the seconds it took."""
    start = time.monotonic()
    cell(page, skill, level).and_(page.locator('[aria-checked="true"]')).wait_for()
    return time.monotonic() - start


def both(workbook: Workbook, visit: Any) -> tuple[Any, Any]:
    """Open two tabs of one browser on the same assessment."""
    left = visit()
    begin(left, workbook.address)
    to_step(left, "Rate")
    saved(left)
    right = left.context.new_page()
    right.goto(left.url)
    to_step(right, "Rate")
    return left, right


def test_each_tab_sees_the_other(workbook: Workbook, visit: Any) -> None:
    """A rating, and a note, arrive in the other tab by themselves."""
    left, right = both(workbook, visit)

    cell(left, "mlops", 3).click()
    assert sees(right, "mlops", 3) < WITHIN
    cell(right, "python", 4).click()
    assert sees(left, "python", 4) < WITHIN
    open_skill(right, "python")
    right.get_by_label("Note on Python").fill("From the right.")
    open_skill(left, "python")
    until(left, "document.querySelector('textarea[data-focus=note]').value === 'From the right.'")

    assert workbook.ratings() == [("mlops", 3), ("python", 4)]


def test_a_change_not_seen_is_said(workbook: Workbook, visit: Any) -> None:
    """Two levels for one skill, the second blind: the page says so, and both are kept."""
    left, right = both(workbook, visit)
    for skill in ("mlops", "python", "core-ml", "validation"):
        cell(left, skill, 3).click()
        saved(left)
        unseen = skill not in shown(right)
        if unseen:
            cell(right, skill, 4).click()
            break
    assert unseen

    told = right.locator(".sm-toast")
    told.filter(has_text="was changed in another place").wait_for()
    assert " to 3. What you did here came after it and counts" in told.inner_text()
    assert left.locator(".sm-toast").count() == 0
    assert sees(left, skill, 4) < WITHIN
    assert workbook.ratings()[-2:] == [(skill, 3), (skill, 4)]


def test_typing_is_not_disturbed_by_the_other_tab(workbook: Workbook, visit: Any) -> None:
    """A note under the caret stays as it is typed while the other tab goes on rating."""
    left, right = both(workbook, visit)
    open_skill(left, "python")
    note = left.get_by_label("Note on Python")
    note.click()
    for level, word in enumerate(("One ", "two ", "three ", "four ")):
        left.keyboard.type(word, delay=150)
        cell(right, "mlops", level).click()
        left.wait_for_timeout(1500)
    saved(left)

    assert note.input_value() == "One two three four "
    assert sees(left, "mlops", 3) < WITHIN
    assert workbook.events("note")[-1].payload["text"] == "One two three four "
