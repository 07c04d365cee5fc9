"""The plan in the results, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]


def plan(show: Show, case: str = "rated", **more: Any) -> Any:
    """Open the results and wait for the plan; give its section."""
    page = show(case, "results", **more)
    page.locator(".sm-plan-sentence").wait_for()
    return page.get_by_role("region", name="What next: the smallest plan")


def test_every_step_says_why_and_where_it_leads(show: Show) -> None:
    """A reason in words, and the anchors of the level one click away."""
    section = plan(show)
    steps = section.locator(".sm-plan-step")

    assert steps.count() > 1
    for step in steps.all():
        assert step.locator(".sm-plan-why").inner_text().startswith("Without it fails: ")
    steps.first.get_by_text("looks like").click()
    assert steps.first.locator(".sm-plan-goal li").first.is_visible()


def test_a_skill_nobody_rated_is_not_called_zero(show: Show) -> None:
    """Its step begins at "not rated"."""
    section = plan(show)

    moves = section.locator(".sm-plan-move").all_inner_texts()
    notes = section.get_by_text("Not rated yet: rate it first").count()
    assert notes == sum("not rated" in move for move in moves)


def test_with_nothing_rated_there_is_no_step_yet(show: Show) -> None:
    """One thing to do instead of a list of every bar."""
    page = show("new", "results")
    page.locator('[data-focus="plan-rate"]').click()

    page.locator(".sm-rate").wait_for()
    assert page.locator(".sm-plan-step").count() == 0


def test_what_comes_first_can_be_chosen_with_the_keyboard(show: Show) -> None:
    """Least time is asked of the kernel, and focus stays where it was."""
    section = plan(show)
    page = section.page
    section.get_by_role("radio", name="Fewest steps").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)

    asked = page.evaluate("mock.sent.filter(m => m.name === 'plan').map(m => m.args.first)")
    assert asked == ["steps", "effort"]
    assert section.get_by_role("radio", name="Least time").is_checked()
    assert page.evaluate("document.activeElement.value") == "effort"


def test_a_step_leads_to_its_rating(show: Show) -> None:
    """The title of a step opens the skill on Rate."""
    section = plan(show)
    first = section.locator(".sm-plan-head a").first
    wanted = first.get_attribute("href")
    first.click()

    section.page.locator(".sm-panel").wait_for()
    assert section.page.evaluate("location.hash") == wanted


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_scrolls_sideways(show: Show, width: int) -> None:
    """The plan fits its window, with every goal open."""
    section = plan(show, width=width)
    section.evaluate("el => el.querySelectorAll('details').forEach(d => { d.open = true })")

    fits = "document.scrollingElement.scrollWidth <= innerWidth"
    assert section.page.evaluate(fits)
