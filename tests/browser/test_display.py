"""Theme, text size and motion: as the person wants them, and remembered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.workbook import Workbook, begin, cell, to_step

pytestmark = pytest.mark.slow

PAPER = "getComputedStyle(document.querySelector('.sm')).backgroundColor + getComputedStyle(document.body).backgroundColor"
MOVING = """() => [...document.querySelectorAll('.sm, .sm *')].filter(el => ['', '::before', '::after']
  .some(part => { const style = getComputedStyle(el, part || null);
    const longest = text => Math.max(...text.split(',').map(parseFloat));
    return longest(style.transitionDuration) > 0.01 ||
      (style.animationName !== 'none' && longest(style.animationDuration) > 0.01); }))
  .map(el => el.className)"""


def test_the_dark_theme_is_remembered(workbook: Workbook, tab: Any) -> None:
    """Chosen in the menu; after a reload it is dark from the first paint on, on every page."""
    begin(tab, workbook.address)
    light = tab.evaluate(PAPER)
    tab.locator("details.sm-menu summary").click()
    tab.get_by_role("radio", name="Dark", exact=True).check()
    dark = tab.evaluate(PAPER)
    assert light != dark

    tab.route("**/client.js", lambda route: route.abort())
    tab.reload(wait_until="commit")
    tab.locator("#skillmatrix-first-paint").wait_for()
    assert tab.evaluate("document.documentElement.dataset.smTheme") == "dark"
    assert tab.evaluate(PAPER) == dark
    tab.unroute("**/client.js")
    tab.goto(workbook.base + "/home")
    tab.get_by_label("Name").wait_for()
    assert tab.evaluate(PAPER) == dark


def test_the_text_size_is_remembered(workbook: Workbook, tab: Any) -> None:
    """Larger is larger, also after a reload."""
    size = "parseFloat(getComputedStyle(document.querySelector('h2')).fontSize)"
    begin(tab, workbook.address)
    normal = tab.evaluate(size)
    tab.locator("details.sm-menu summary").click()
    tab.get_by_role("radio", name="Larger", exact=True).check()
    larger = tab.evaluate(size)
    tab.reload()
    tab.get_by_role("heading", name="What are you aiming at?").wait_for()

    assert larger >= 1.25 * normal
    assert tab.evaluate(size) == larger


def test_a_theme_follows_the_device(workbook: Workbook, visit: Any) -> None:
    """Nothing chosen: dark where the device is dark, and at once when it changes."""
    page = visit(color_scheme="dark")
    begin(page, workbook.address)
    dark = page.evaluate(PAPER)
    page.emulate_media(color_scheme="light")

    assert page.evaluate(PAPER) != dark


def test_reduced_motion(workbook: Workbook, visit: Any) -> None:
    """Whoever asks for less motion gets none, with a panel, a message and the results open."""
    page = visit(reduced_motion="reduce")
    begin(page, workbook.address)
    to_step(page, "Rate")
    cell(page, "mlops", 3).click()
    assert page.evaluate(MOVING) == []
    to_step(page, "Results")

    assert page.evaluate(MOVING) == []


def test_the_check_for_motion_sees_motion(workbook: Workbook, visit: Any) -> None:
    """The claim above could fail: a slow fade is found, unless motion is not wanted."""
    page = visit(reduced_motion="no-preference")
    begin(page, workbook.address)
    page.add_style_tag(content=".sm h2 { transition: opacity 1s }")
    assert page.evaluate(MOVING) == ["sm-step-title"]

    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
