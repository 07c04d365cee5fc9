"""My case with a kernel of straw: what is typed stays, and the marks follow the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
MLOPS = "monitoring-lifecycle-gate-mlops"


def case(show: Show, **more: Any) -> Any:
    """Open the step and wait for its clauses."""
    page = show("rated", "case", **more)
    page.locator(".sm-clause").first.wait_for()
    return page


def field(page: Any) -> Any:
    """Give the place where the gate on MLOps is answered."""
    return page.locator(f'textarea[data-focus="case-{MLOPS}"]')


def test_the_clauses_are_asked_once_for_a_state(show: Show) -> None:
    """Looking changes nothing, so one question is enough; a stored paragraph asks again."""
    page = case(show)
    asked = "mock.sent.filter(m => m.name === 'clauses').length"
    page.wait_for_timeout(500)
    assert page.evaluate(asked) == 1

    field(page).fill("I run the drift review.")
    page.wait_for_timeout(1500)
    assert page.evaluate(asked) == 2
    assert page.evaluate("mock.sent.filter(m => m.name === 'case').length") == 1


def test_figures_follow_every_key_before_anything_is_stored(show: Show) -> None:
    """Words, minutes and answered clauses stand there while the command still waits."""
    page = case(show)
    field(page).fill("word " * 480)

    assert page.locator(".sm-case-time").inner_text() == "About 2 of 10 minutes"
    assert page.locator(".sm-case-count").inner_text() == "1 of 24 clauses answered"
    assert page.evaluate("mock.sent.filter(m => m.name === 'case').length") == 0


def test_a_refused_paragraph_stays_in_its_place(show: Show) -> None:
    """It is a draft of this browser, also after a reload, until it can be stored."""
    page = case(show)
    page.evaluate("mock.refuse = 'case'")
    field(page).fill("What the kernel does not take.")
    page.locator(".sm-toast", has_text="This was not stored.").wait_for()
    page.reload()
    page.locator(".sm-clause").first.wait_for()

    assert field(page).input_value() == "What the kernel does not take."


def test_a_clause_stays_in_sight_while_it_is_answered(show: Show) -> None:
    """Of the unanswered ones none vanishes under the caret; choosing anew leaves it out."""
    page = case(show)
    only = page.locator('[data-focus="case-only"]')
    only.check()
    field(page).press_sequentially("Mine.")
    assert field(page).is_visible()
    assert page.evaluate("document.activeElement.dataset.focus") == f"case-{MLOPS}"

    only.uncheck()
    only.check()
    assert field(page).count() == 0


def test_the_keyboard_alone_is_enough(show: Show) -> None:
    """Cite with the space bar, read the whole with Enter, and the focus stays with the hand."""
    page = case(show)
    box = page.locator(f'[data-focus^="cite-{MLOPS}-"]').first
    page.locator(f'[data-focus="case-others-{MLOPS}"]').press("Enter")
    box.press("Space")
    assert box.is_checked()

    page.locator('[data-focus="case-read"]').press("Enter")
    assert page.locator(".sm-case-text").is_visible()
    assert page.evaluate("document.activeElement.dataset.focus") == "case-read"
    assert page.locator(".sm-case-cited li").count() == 1


def test_her_words_are_text_wherever_they_stand(show: Show) -> None:
    """Markup and addresses that are none: shown as typed; only real addresses become links."""
    page = case(show)
    field(page).fill("<b>bold</b> javascript:alert(1)\n\nSecond.")
    page.locator('[data-focus="case-read"]').click()
    prose = page.locator(".sm-case-prose", has_text="Second.")

    assert prose.locator("p").first.inner_text() == "<b>bold</b> javascript:alert(1)"
    assert prose.locator("b, a").count() == 0
