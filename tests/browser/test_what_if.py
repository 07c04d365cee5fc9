"""Trying levels out and the verdict under stress, as a person meets them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, drawn

pytestmark = pytest.mark.slow


def test_trying_levels_by_keyboard_alone_stores_nothing(workbook: Workbook, tab: Any) -> None:
    """Open the copy, try MLOps at 4, read what changes, reset; the file of events is as before."""
    tab.goto(workbook.address)
    tab.get_by_role("button", name="Open an invented example").click()
    tab.wait_for_url("**/self_review?assessment=*")
    drawn(tab)
    before = len(workbook.events())
    tab.get_by_role("navigation", name="Steps").get_by_role("link", name="Results").click()
    tab.locator(".sm-stress-families").wait_for()

    tab.get_by_role("button", name="Try other levels").focus()
    tab.keyboard.press("Enter")
    mlops = '.sm-what-if .sm-row[data-skill="mlops"]'
    tab.locator(f"{mlops} .sm-cell[tabindex='0']").focus()
    tab.keyboard.press("4")
    changes = tab.locator(".sm-what-if-criteria")
    changes.get_by_text("MLOps at 4 or above").wait_for()

    assert "Not settled yet" in tab.locator(".sm-what-if-answer").inner_text()
    for width in (1440, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate(
            "document.querySelectorAll('.sm-stress details').forEach(d => { d.open = true })"
        )
        assert faults(tab, f"what if at {width}") == []
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    tab.locator(f"{mlops} .sm-cell[tabindex='0']").focus()
    tab.keyboard.press("Escape")
    tab.get_by_text("Nothing is tried yet").wait_for()
    assert len(workbook.events()) == before
    assert tab.watched.complaints == []
