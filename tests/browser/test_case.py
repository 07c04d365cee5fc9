"""My case as a person writes it: paragraphs, citations, a reload, an undo, the whole of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.test_narrow import UNREACHED
from tests.browser.workbook import Workbook, begin, drawn, saved, until

pytestmark = pytest.mark.slow

MLOPS, EFFECT = "monitoring-lifecycle-gate-mlops", "p1-effect"
HOSTILE = "</textarea><img src=x onerror=alert(1)> \u202e I run the drift review."
SECOND = "Churn fell by two points.\n\nThe holdout is in the notebook."


def to_case(page: Any) -> None:
    """Go to the step and wait for its clauses."""
    drawn(page)
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="My case").click()
    page.locator(".sm-clause, .sm-case-empty").first.wait_for()


def field(page: Any, part: str) -> Any:
    """Give the place where a clause is answered."""
    return page.locator(f'textarea[data-focus="case-{part}"]')


def example(page: Any, workbook: Workbook) -> None:
    """Open the invented example at this step."""
    page.goto(workbook.address)
    page.get_by_role("button", name="Open an invented example").click()
    page.wait_for_url("**/self_review?assessment=*")
    to_case(page)


def test_an_argument_is_written_kept_undone_and_read(workbook: Workbook, tab: Any) -> None:
    """Two paragraphs and a citation survive a reload; undo takes back the last; all can be read."""
    example(tab, workbook)
    assert tab.locator(".sm-case textarea").evaluate_all("all => all.every(el => !el.value)")

    tab.get_by_role("checkbox", name="Only unanswered (24)").check()
    field(tab, MLOPS).press_sequentially("I ")
    field(tab, MLOPS).fill(HOSTILE)
    assert field(tab, MLOPS).is_visible()
    tab.get_by_role("checkbox", name="Only unanswered (23)").uncheck()
    saved(tab)
    field(tab, EFFECT).fill(SECOND)
    clause = tab.locator(".sm-clause", has=field(tab, EFFECT))
    clause.get_by_role("checkbox").first.check()
    field(tab, EFFECT).evaluate("el => { el.focus(); el.setSelectionRange(5, 5); }")
    tab.reload()
    drawn(tab)
    field(tab, EFFECT).wait_for()

    assert field(tab, MLOPS).input_value() == HOSTILE
    assert field(tab, EFFECT).input_value() == SECOND
    until(tab, f"document.activeElement.dataset.focus === 'case-{EFFECT}'")
    assert tab.evaluate("document.activeElement.selectionStart") == 5
    tab.locator(".sm-case-count", has_text="2 of 24 clauses answered").wait_for()
    saved(tab)
    cited = workbook.events("case")[-1].payload["evidence"]
    assert len(cited) == 1

    undo = tab.get_by_role("button", name="Undo")
    assert "My case: " in undo.get_attribute("aria-label")
    undo.click()
    until(tab, f"document.querySelectorAll('[data-focus^=\"cite-{EFFECT}\"]:checked').length === 0")
    tab.get_by_role("button", name="Redo").click()
    until(tab, f"document.querySelectorAll('[data-focus^=\"cite-{EFFECT}\"]:checked').length === 1")

    tab.get_by_role("button", name="Read it whole").click()
    whole = tab.get_by_role("article", name="The whole case")
    text = whole.inner_text()
    assert HOSTILE in text
    assert "Churn fell by two points." in text
    assert whole.locator(".sm-case-cited li").count() == 1
    assert whole.get_by_text("Not answered.").count() == 22
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Download").click()
    markdown = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert markdown.startswith("# My case: Senior")
    assert HOSTILE in markdown
    assert markdown.count("*Not answered.*") == 22
    assert tab.locator("img[src='x']").count() == 0
    assert tab.watched.complaints == []


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing(workbook: Workbook, visit: Any, width: int, theme: str) -> None:
    """Clauses with every fold open, and the whole as a text; nothing sticks out."""
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    example(page, workbook)
    field(page, MLOPS).fill("word " * 40)
    page.evaluate("document.querySelectorAll('.sm-case details').forEach(d => { d.open = true })")
    found = faults(page, "clauses")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate(UNREACHED) == []
    page.get_by_role("button", name="Read it whole").click()
    page.locator(".sm-case-text").wait_for()
    found += faults(page, "whole")

    assert not found, "\n".join(found)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_nothing_rated_says_what_to_do(workbook: Workbook, tab: Any) -> None:
    """One button leads to the ratings, another lets her write all the same."""
    begin(tab, workbook.address)
    to_case(tab)
    tab.get_by_text("Nothing is rated yet").wait_for()
    tab.get_by_role("button", name="Write all the same").click()

    assert field(tab, MLOPS).is_visible()
