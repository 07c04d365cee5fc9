"""My plan for a step, on a real server: what is set down is on disk, and the plan follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.workbook import Workbook, drawn, saved, to_step, until

pytestmark = pytest.mark.slow


def plan(page: Any, workbook: Workbook) -> Any:
    """Open the invented example at its plan."""
    page.goto(workbook.address)
    page.get_by_role("button", name="Open an invented example").click()
    page.wait_for_url("**/self_review?assessment=*")
    to_step(page, "Results")
    page.locator(".sm-plan-sentence").wait_for()
    return page.locator(".sm-plan")


def settled(page: Any) -> None:
    """Wait for a pause after typing, and for the disk."""
    page.wait_for_timeout(900)
    saved(page)


def test_what_is_set_down_is_on_disk_and_the_plan_follows(workbook: Workbook, tab: Any) -> None:
    """An action survives a reload; a limit below a gate ends the plan, and undo brings it back."""
    section = plan(tab, workbook)
    tab.locator("[data-focus=own-mlops]").click()
    tab.get_by_role("button", name="Add an action: MLOps").click()
    tab.keyboard.type("Lead the drift review")
    settled(tab)
    tab.reload()
    drawn(tab)
    tab.locator(".sm-next-item").wait_for()
    (event,) = workbook.events("plan")
    assert [a["text"] for a in event.payload["actions"]] == ["Lead the drift review"]
    assert tab.get_by_label("Action for MLOps").input_value() == "Lead the drift review"

    limit = tab.get_by_label("The highest level you can reach in time, MLOps")
    limit.focus()
    limit.select_option("3")
    section.get_by_text("MLOps at most 3 in this time").wait_for()
    assert tab.evaluate("document.activeElement.id") == "sm-cap-mlops"
    tab.get_by_role("button", name="Undo: MLOps: plan").click()
    section.locator(".sm-plan-steps").wait_for()
    assert section.get_by_text("at most 3").count() == 0


def test_a_step_without_a_project_is_blocked_by_a_word(workbook: Workbook, tab: Any) -> None:
    """No is stored, the step says so, and the page names what asks for it."""
    section = plan(tab, workbook)
    tab.locator("[data-focus=own-mlops]").click()
    section.get_by_role("radio", name="No", exact=True).check()
    section.get_by_text("Blocked by opportunity").wait_for()

    assert "No plan does without MLOps: gate of P3." in section.inner_text()
    assert workbook.events("plan")[-1].payload == {"opportunity": False}


def test_two_tabs_add_an_action_each_and_both_stay(workbook: Workbook, visit: Any) -> None:
    """The second had not seen the first: it is told, and neither is lost."""
    left = visit()
    plan(left, workbook)
    right = left.context.new_page()
    right.goto(left.url)
    drawn(right)
    for page in (left, right):
        page.locator(".sm-plan-sentence").wait_for()
        page.locator("[data-focus=own-mlops]").click()
        page.get_by_role("button", name="Add an action: MLOps").click()
    left.keyboard.type("From the left")
    right.keyboard.type("From the right")
    settled(right)
    settled(left)

    both = "document.querySelectorAll('.sm-next-item').length === 2"
    until(left, both)
    until(right, both)
    kept = workbook.events("plan")[-1].payload["actions"]
    assert {action["text"] for action in kept} == {"From the left", "From the right"}
