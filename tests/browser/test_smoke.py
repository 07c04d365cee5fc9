"""The shortest look in a real browser: one rating, and it is there after a reload."""

from __future__ import annotations

from typing import Any

from tests.browser.workbook import Workbook, begin, cell, saved, shown, to_step


def test_a_rating_is_there_after_a_reload(workbook: Workbook, tab: Any) -> None:
    """From the printed address to a stored rating; nothing complains, nothing leaves."""
    begin(tab, workbook.address, "Noor")
    to_step(tab, "Rate")
    cell(tab, "mlops", 3).click()
    saved(tab)

    tab.reload()
    cell(tab, "mlops", 3).wait_for()

    assert shown(tab) == {"mlops": 3}
    assert workbook.ratings() == [("mlops", 3)]
    assert tab.watched.complaints == []
    assert tab.watched.strangers(workbook.base) == []
