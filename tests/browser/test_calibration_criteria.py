"""One criterion of a calibration session, by keyboard alone, with a reload in the middle of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook
from tests.pages.criteria_session import P3, begin_session

pytestmark = pytest.mark.slow

HERE = "document.activeElement?.dataset?.focus || ''"


@pytest.fixture
def session(
    fw: Framework, serve: Callable[..., Workbook], monkeypatch: pytest.MonkeyPatch
) -> tuple[Workbook, str]:
    """A served workbook with a session of five people and three raters, and its address."""
    folder: Path = serve.folder / "workspace"  # type: ignore[attr-defined]
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(folder))
    page, code = begin_session(fw)
    page.store.close()
    workbook = serve()
    return workbook, f"{workbook.base}/calibration?assessment={code}"


def reach(page: Any, key: str, most: int = 300) -> None:
    """Press Tab until something is focused; every way to it is a way for a keyboard."""
    page.locator(f'[data-focus="{key}"]').wait_for()
    for _ in range(most):
        if page.evaluate(HERE) == key:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{key} cannot be reached by Tab")


def press(page: Any, key: str) -> None:
    """Reach a button and press it."""
    reach(page, key)
    page.keyboard.press("Enter")


def choose(page: Any, group: str, value: str) -> None:
    """Reach a row of radios, and move to one of them."""
    first = page.locator(f'[data-focus^="{group}-"]').first
    first.wait_for()
    for _ in range(300):
        if page.evaluate(HERE).startswith(f"{group}-"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(10):
        if page.evaluate(HERE) == f"{group}-{value}":
            return
        page.keyboard.press("ArrowRight")
    pytest.fail(f"{group} has no {value}")


def person(page: Any) -> str:
    """Give whose card is in hand."""
    found = re.search(r"p-[a-e]", page.locator(".sm-crit-talk .sm-crit-talk-name").inner_text())
    assert found
    return found.group()


def seal(page: Any, rater: str, levels: dict[str, str]) -> None:
    """One rater at the keyboard: the own name, levels, seal."""
    press(page, f"again-{rater}")
    page.locator('[data-focus="again-seal"]').wait_for()
    for skill, level in levels.items():
        choose(page, f"sm-crit-again-{skill}", level)
    press(page, "again-seal")
    page.get_by_role("heading", name=re.compile("Hand the keyboard on|Everybody")).wait_for()


def test_one_criterion_by_keyboard_alone(session: tuple[Workbook, str], tab: Any) -> None:
    """Open, read, speak, rate again blind, decide, leave open: and nothing for axe on the way."""
    workbook, address = session
    tab.goto(workbook.address)
    tab.goto(f"{address}#criteria/{P3}")
    tab.locator('[data-focus="open-criterion"]').wait_for()
    found = faults(tab, "unopened")
    press(tab, "open-criterion")

    tab.get_by_role("heading", name="Everybody reads, nobody speaks").wait_for()
    found += faults(tab, "read")
    one = person(tab)
    press(tab, "timer")
    press(tab, "onward")
    tab.locator(".sm-crit-speaker").first.wait_for()
    speakers = tab.locator(".sm-crit-speaker-name").all_inner_texts()
    found += faults(tab, "speak")
    press(tab, "next-speaker")
    press(tab, "next-speaker")
    press(tab, "onward")

    press(tab, "again-one")
    tab.get_by_role("heading", name="Who is rating?").wait_for()
    raters = [
        name
        for name in ("r-1", "r-2", "r-3")
        if tab.locator(f'[data-focus="again-{name}"]').count()
    ]
    press(tab, f"again-{raters[0]}")
    found += faults(tab, "sheet")
    choose(tab, "sm-crit-again-mlops", "3")
    tab.wait_for_timeout(2000)
    kept = tab.evaluate("JSON.stringify([localStorage, sessionStorage])")
    tab.reload()
    tab.get_by_role("heading", name="Criteria").wait_for()
    press(tab, "again-one")
    press(tab, f"again-{raters[0]}")
    tab.locator('[data-focus="sm-crit-again-mlops-3"]:checked').wait_for(state="attached")
    press(tab, "again-seal")
    tab.get_by_role("heading", name="Hand the keyboard on").wait_for()
    for rater in raters[1:]:
        seal(tab, rater, {"mlops": "3"})
    found += faults(tab, "all sealed")
    press(tab, "reveal")
    tab.get_by_role("heading", name="What the second ratings changed").wait_for()
    press(tab, "onward")

    choose(tab, "level-mlops", "3")
    reach(tab, "reason")
    tab.keyboard.type("New")
    reach(tab, "reason-words")
    tab.keyboard.type("An incident was closed at night.")
    found += faults(tab, "decide")
    tab.reload()
    tab.locator('[data-focus="level-mlops-3"]:checked').wait_for(state="attached")
    assert (
        tab.locator('[data-focus="reason-words"]').input_value()
        == "An incident was closed at night."
    )
    press(tab, "decide")
    tab.get_by_text("Agreed: 3").wait_for()
    choose(tab, "whole", "NOT MET")
    press(tab, "decide-whole")
    tab.locator(".sm-crit-verdict .sm-crit-decided").wait_for()
    press(tab, "next-person")
    tab.get_by_role("heading", name="Everybody reads, nobody speaks").wait_for()
    two = person(tab)
    press(tab, "close-criterion")
    press(tab, "close-now")
    tab.get_by_text("all gone through").wait_for()
    reach(tab, "criterion-ships-with-impact")
    tab.locator(".sm-crit-log > summary").focus()
    tab.keyboard.press("Enter")
    tab.get_by_text("Whole:").wait_for()
    found += faults(tab, "log")

    assert not found, "\n".join(found)
    assert speakers[-1] == "r-1"
    assert one != two
    assert "sm-crit-again" not in kept
    assert '"mlops":3' not in kept.replace("\\", "")
    words = tab.locator(".sm-crit-log .sm-crit-entry-line").all_inner_texts()
    assert sum("stays open, not reached" in line for line in words) == 3
    assert any("decided by Kim" in line and "agreed at 3" in line for line in words)
    assert tab.watched.complaints == []
    assert tab.watched.strangers(workbook.base) == []


def test_all_people_of_a_criterion_are_rated_again_in_one_round(
    session: tuple[Workbook, str], tab: Any
) -> None:
    """Each rater takes the keyboard once; what another opened tab sees is who has sealed."""
    workbook, address = session
    tab.goto(workbook.address)
    tab.set_viewport_size({"width": 390, "height": 900})
    tab.goto(f"{address}#criteria/{P3}")
    tab.locator('[data-focus="open-criterion"]').click()
    tab.locator('[data-focus="again-all"]').click()
    for rater in ("r-3", "r-1", "r-2"):
        tab.locator(f'[data-focus="again-{rater}"]').click()
        for at in range(4):
            tab.get_by_text(f"person {at + 1} of 4").wait_for()
            tab.locator('[data-focus="sm-crit-again-mlops-4"]').check(force=True)
            if at < 3:
                tab.locator('[data-focus="again-next"]').click()
        tab.locator('[data-focus="again-seal"]').click()
        tab.get_by_role("heading", name=re.compile("Hand the keyboard on|Everybody")).wait_for()
    wide = tab.evaluate("document.scrollingElement.scrollWidth")
    tab.locator('[data-focus="reveal"]').click()
    tab.locator(".sm-crit-word", has_text="rated again").nth(3).wait_for()
    found = faults(tab, "narrow card")

    assert wide <= 390
    assert not found, "\n".join(found)
    assert tab.locator('[data-focus="again-all"]').count() == 0
    assert tab.watched.complaints == []


def test_the_back_button_leads_to_nobodys_sheet_and_a_refused_decision_is_still_there(
    session: tuple[Workbook, str], visit: Callable[..., Any]
) -> None:
    """A sheet that was left by the browser's own button is closed, and what was begun is kept."""
    workbook, address = session
    tab, other = visit(), visit()
    for page in (tab, other):
        page.goto(workbook.address)
    tab.goto(f"{address}#criteria/{P3}")
    tab.locator('[data-focus="open-criterion"]').click()
    tab.locator('[data-focus="timer"]').click()
    tab.wait_for_timeout(1500)
    tab.locator(".sm-crit-person").nth(1).click()
    two = person(tab)
    tab.locator('[data-focus="phase-again"]').click()
    tab.locator('[data-focus="again-one"]').click()
    tab.locator('[data-focus="again-r-3"]').click()
    tab.locator('[data-focus="sm-crit-again-mlops-2"]').check(force=True)
    tab.go_back()
    tab.locator('[data-focus="card-title"]').wait_for()
    assert tab.locator(".sm-crit-again-sheet").count() == 0
    tab.go_forward()
    tab.get_by_text("Rate again, each alone").wait_for()
    tab.locator('[data-focus="again-one"]').click()
    tab.locator('[data-focus="again-r-3"]').click()
    tab.locator('[data-focus="sm-crit-again-mlops-2"]:checked').wait_for(state="attached")
    tab.locator('[data-focus="again-later"]').click()
    tab.locator('[data-focus="again-back"]').click()
    tab.locator('[data-focus="phase-decide"]').click()
    tab.locator('[data-focus="level-mlops-3"]').check(force=True)
    tab.locator('[data-focus="reason"]').select_option("scope differs")
    tab.locator('[data-focus="reason-words"]').fill("Another product")

    other.goto(f"{address}#criteria/{P3}%2F{two}")
    other.locator('[data-focus="phase-decide"]').click()
    other.locator('[data-focus="level-mlops-4"]').check(force=True)
    other.locator('[data-focus="reason"]').select_option("scope differs")
    other.locator('[data-focus="decide"]').click()
    other.get_by_text("Agreed: 4").wait_for()
    if tab.locator('[data-focus="decide"]').count():  # unless it has heard of the other already
        tab.locator('[data-focus="decide"]').click()
    tab.get_by_text("Agreed: 4").wait_for()
    tab.locator('[data-focus="correct-mlops"]').click()

    tab.locator('[data-focus="level-mlops-3"]:checked').wait_for(state="attached")
    assert tab.locator('[data-focus="reason-words"]').input_value() == "Another product"
    tab.locator('[data-focus="decide"]').click()
    tab.get_by_text("Agreed: 3").wait_for()
    tab.locator(".sm-crit-log > summary").click()
    lines = tab.locator(".sm-crit-log .sm-crit-entry-line")
    lines.filter(has_text="Corrected by").wait_for()
    lines.filter(has_text="talked about for").first.wait_for()
