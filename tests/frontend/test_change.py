"""What changed since an earlier round, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]


def section(show: Show, case: str = "rated", **more: Any) -> Any:
    """Open the results and wait for the comparison; give its section."""
    page = show(case, "results", **more)
    found = page.get_by_role("region", name="What changed since an earlier round")
    found.locator(".sm-quiet, .sm-change-table").first.wait_for()
    return found


def test_moved_skills_lead_to_their_rating_and_unknown_is_a_word(show: Show) -> None:
    """Then and now as levels or words, steps where both are known."""
    found = section(show)
    rows = [row.inner_text().split("\t") for row in found.locator("tbody tr").all()]

    assert ["MLOps", "2", "3", "1 step up"] in [[c.strip() for c in row] for row in rows]
    assert ["Learning agility", "not rated", "4", "now only"] in [
        [c.strip() for c in row] for row in rows
    ]
    found.get_by_role("link", name="MLOps").click()
    assert found.page.url.endswith("#rate/mlops")


def test_another_earlier_round_is_asked_for_by_keyboard(show: Show) -> None:
    """The choice is sent, and focus stays on it."""
    found = section(show)
    page = found.page
    found.get_by_label("Compare with the round of").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)

    asked = page.evaluate("mock.sent.filter(m => m.name === 'change').map(m => m.args.with)")
    assert asked == [None, "r1"]
    assert page.evaluate("document.activeElement.id") == "sm-change-with"


def test_the_chart_is_asked_for_only_when_somebody_opens_it(show: Show) -> None:
    """Closed, matplotlib stays where it is; open, the picture has its text."""
    found = section(show)
    page = found.page
    count = "mock.sent.filter(m => m.name === 'change_figure').length"
    assert page.evaluate(count) == 0

    found.get_by_text("The same as a chart").click()
    found.locator("img").wait_for()
    assert page.evaluate(count) == 1
    assert found.locator("img").get_attribute("alt").startswith("Dumbbell chart")


def test_a_first_round_says_when_there_will_be_something(show: Show) -> None:
    """No table, no empty chart: one sentence."""
    found = section(show, "new")

    assert "This is your first round here." in found.inner_text()
    assert found.locator("table, details").count() == 0


def test_fading_says_that_it_moves_nothing(show: Show) -> None:
    """A word, and why it is no lower level."""
    found = section(show)
    found.get_by_text("1 rating is fading").click()

    assert "Fading lowers no level and changes no result" in found.inner_text()


def test_nothing_reaches_over_the_edge_of_a_telephone(show: Show) -> None:
    """At 390 pixels, every fold open."""
    found = section(show, width=390)
    page = found.page
    page.evaluate("document.querySelectorAll('.sm-change details').forEach(d => { d.open = true })")
    page.wait_for_timeout(300)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
