"""Other roles beside the aim, and contexts that wait for an answer, as a person meets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.test_narrow import UNREACHED
from tests.browser.workbook import Workbook, begin, cell, drawn, saved, to_step

pytestmark = pytest.mark.slow

ROLES = ".sm-roles tbody tr"
HOSTILE = "</textarea><img src=x onerror=alert(1)> \u202e They run it all."
EXAMPLE = "Open an invented example"


@pytest.fixture(scope="module")
def example(
    chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workbook, str]]:
    """The invented example, opened once for all looks at it."""
    workbook = Workbook(tmp_path_factory.mktemp("targets") / "workspace")
    page = chromium.new_page()
    page.goto(workbook.address)
    page.get_by_role("button", name=EXAMPLE).click()
    page.wait_for_url("**/self_review?assessment=*")
    address = page.url.partition("#")[0]
    page.close()
    yield workbook, address
    workbook.stop()


def opened(page: Any, example: tuple[Workbook, str]) -> None:
    """Go to the results of the example and unfold all that can be unfolded at their end."""
    workbook, address = example
    page.goto(workbook.address)
    page.get_by_label("Name").wait_for()
    page.goto(f"{address}#results")
    drawn(page)
    page.locator(".sm-roles").wait_for(state="attached")
    page.get_by_role("navigation", name="On this page").get_by_text("Other roles").click()
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("The same role in another context").click()
    page.get_by_role("checkbox", name="Large enterprise").check()
    page.get_by_role("checkbox", name="Healthcare").check()
    page.locator(".sm-variant-list").wait_for()
    page.evaluate(
        "document.querySelectorAll('.sm-targets details').forEach(d => { d.open = true })"
    )


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "dark")])
def test_axe_finds_nothing_with_everything_open(
    example: tuple[Workbook, str], visit: Any, width: int, theme: str
) -> None:
    """Tables, cards, chooser and remarks are without a fault."""
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    opened(page, example)

    assert faults(page, "targets") == []
    assert page.watched.complaints == []


@pytest.mark.parametrize("width", [320, 390, 720, 1000])
def test_cards_instead_of_sideways_scrolling(
    example: tuple[Workbook, str], visit: Any, width: int
) -> None:
    """Nothing sticks out, every control can be reached, and each value stands by its title."""
    page = visit(viewport={"width": width, "height": 800})
    opened(page, example)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate(UNREACHED) == []
    label = "el => getComputedStyle(el, '::before').content"
    titles = [td.evaluate(label) for td in page.locator(".sm-roles tr:last-child td").all()]
    cards = page.locator(".sm-roles tbody tr").first.evaluate("el => getComputedStyle(el).display")
    assert (cards == "block") == (titles[0] == '"Result"')
    assert (cards == "block") or width > 960


def test_another_aim_and_back(workbook: Workbook, tab: Any) -> None:
    """Rate, read what other roles make of it, aim at one of them, take it back."""
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    cell(tab, "mlops", 4).click()
    cell(tab, "streaming", 0).click()
    saved(tab)
    to_step(tab, "Results")
    tab.locator(ROLES).first.wait_for()
    assert tab.locator(f"{ROLES} .sm-role-title").first.inner_text().startswith("Senior")

    tab.get_by_role("button", name="Aim at this role: Applied Scientist").click()
    tab.locator(".sm-role-aim", has_text="Applied Scientist").wait_for()
    saved(tab)
    assert workbook.events("aim")[-1].payload["profile"] == "applied-scientist"
    assert tab.evaluate("document.activeElement.dataset.focus") == "targets"
    assert "Applied Scientist" in tab.locator(".sm-verdict .sm-eyebrow").inner_text()

    tab.keyboard.press("Control+z")
    tab.locator(".sm-role-aim", has_text="Senior Machine").wait_for()
    assert tab.locator(".sm-page-aim").inner_text().startswith("Senior")


def test_the_comparison_follows_a_rating(workbook: Workbook, tab: Any) -> None:
    """What was compared before a change is compared anew, with nothing to press."""
    begin(tab, workbook.address)
    to_step(tab, "Results")
    tab.get_by_text("Nothing is rated yet, so every bar").wait_for()
    to_step(tab, "Rate")
    cell(tab, "python", 0).click()
    to_step(tab, "Results")

    row = tab.locator(".sm-matrix tr", has_text="Python")
    row.get_by_text("steps short").first.wait_for()
    assert "Claimed 0" in row.inner_text()


def test_a_lower_bar_waits_for_words(workbook: Workbook, tab: Any) -> None:
    """The question of the variant, not applied without an answer; the answer is text, kept."""
    begin(tab, workbook.address)
    tab.locator("summary", has_text="about where you work").click()
    tab.get_by_role("checkbox", name="Large enterprise").check()
    field = tab.get_by_label("Only where a platform team operates the models")
    field.wait_for()
    state = tab.locator(".sm-condition-state")
    assert state.inner_text().startswith("Not applied. It would lower the gate on MLOps to 3")

    field.fill(HOSTILE)
    field.blur()
    tab.locator(".sm-condition-state", has_text="Applied: lowers").wait_for()
    saved(tab)
    assert workbook.events("aim")[-1].payload["reasons"] == {"enterprise": HOSTILE}
    tab.reload()
    drawn(tab)
    assert field.input_value() == HOSTILE
    assert tab.locator("img[src='x']").count() == 0
    tab.get_by_role("checkbox", name="Large enterprise").uncheck()
    field.wait_for(state="detached")
    tab.get_by_role("checkbox", name="Large enterprise").check()
    assert field.input_value() == HOSTILE
    assert tab.watched.complaints == []


def test_a_switch_shows_what_a_variant_made_of_it(workbook: Workbook, tab: Any) -> None:
    """Yes, because of the variant, and not to be answered; without it the own answer is back."""
    begin(tab, workbook.address)
    switch = tab.get_by_role("group", name="Is the product regulated")
    switch.get_by_role("radio", name="No", exact=True).check(force=True)
    tab.locator("summary", has_text="about where you work").click()
    tab.get_by_role("checkbox", name="Healthcare").check()

    switch.get_by_text("Yes, because of: Healthcare").wait_for()
    assert switch.get_by_role("radio", name="Yes", exact=True).is_checked()
    assert switch.get_by_role("radio", name="No", exact=True).is_disabled()
    tab.get_by_role("checkbox", name="Healthcare").uncheck()
    switch.get_by_text("Yes, because of").wait_for(state="detached")
    assert switch.get_by_role("radio", name="No", exact=True).is_checked()
