"""What if and the verdict under stress, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
MLOPS_4 = "MLOps: 4 Leading"


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """Give the arguments of every command of a name the kernel has received."""
    return page.evaluate("n => mock.sent.filter(m => m.name === n).map(m => m.args)", name)


def trying(show: Show, case: str = "rated", **more: Any) -> Any:
    """Open the results and the copy of the board."""
    page = show(case, "results", **more)
    page.get_by_role("button", name="Try other levels").click()
    page.locator(".sm-what-if .sm-board-head").wait_for()
    return page


def test_the_board_is_closed_until_it_is_asked_for(show: Show) -> None:
    """Results open without a board, and nothing is asked before a level is tried."""
    page = show("rated", "results")
    page.locator(".sm-stress-families").wait_for()

    assert page.locator(".sm-what-if .sm-row").count() == 0
    assert page.get_by_role("button", name="Try other levels").get_attribute("aria-expanded") == (
        "false"
    )
    page.get_by_role("button", name="Try other levels").click()
    page.wait_for_timeout(200)
    assert page.locator(".sm-what-if .sm-row").count() > 10
    assert sent(page, "what_if") == []


def test_a_level_shows_at_once_and_is_never_sent_as_a_rating(show: Show) -> None:
    """The row is drawn in the frame of the click, however slow the kernel; no command is kept."""
    page = trying(show, query="?delay=800")
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()

    row = page.locator('.sm-what-if .sm-row[data-skill="mlops"]')
    assert "sm-row-tried" in row.get_attribute("class")
    assert "At the bar" in row.inner_text()
    assert "was 3" in row.inner_text()
    page.locator(".sm-what-if-criteria").wait_for()
    assert sent(page, "rate") == []
    assert sent(page, "what_if") == [{"levels": {"mlops": 4}, "carried": True}]
    kept = "Object.keys(localStorage).filter(key => key.includes('outbox'))"
    assert page.evaluate(kept) == []
    assert page.locator(".sm-saved-saved").count() == 1


def test_the_latest_wish_wins(show: Show) -> None:
    """Levels passed quickly are not asked one by one: the first, then the last."""
    page = trying(show, query="?delay=500")
    page.get_by_role("radio", name="MLOps: 0 None", exact=True).click()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1400)

    asked = [wish["levels"] for wish in sent(page, "what_if")]
    assert asked == [{"mlops": 0}, {"mlops": 4}]
    assert "→ 4" in page.locator(".sm-what-if-tried").text_content()


def test_escape_takes_everything_back(show: Show) -> None:
    """One key, from anywhere in the part; the focus stays where it was."""
    page = trying(show)
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()
    page.get_by_role("radio", name="Python: 1 Aware", exact=True).click()
    page.locator(".sm-what-if-tried li").nth(1).wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("Nothing is tried yet").wait_for()

    assert page.locator(".sm-what-if .sm-row-tried").count() == 0
    assert page.evaluate("document.activeElement.closest('.sm-row').dataset.skill") == "python"
    chosen = page.locator('.sm-what-if .sm-row[data-skill="python"] [aria-checked="true"]')
    assert chosen.get_attribute("data-level") == "4"


def test_undo_takes_back_what_was_tried_and_no_rating(show: Show) -> None:
    """Ctrl Z inside the part is about the part: the last level tried, never a stored change."""
    page = trying(show)
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()
    page.get_by_role("radio", name="Python: 1 Aware", exact=True).click()
    page.locator(".sm-what-if-tried li").nth(1).wait_for()
    page.keyboard.press("Control+z")
    page.locator(".sm-what-if-tried li").nth(1).wait_for(state="detached")

    assert page.locator(".sm-what-if-tried li").inner_text().startswith("MLOps")
    page.keyboard.press("Control+z")
    page.get_by_text("Nothing is tried yet").wait_for()
    assert sent(page, "undo") == []


def test_one_level_can_be_taken_back_alone(show: Show) -> None:
    """By its own rating, by u, or by its button."""
    page = trying(show)
    tried = page.locator(".sm-what-if-tried li")
    for take_back in ("rating", "key", "button"):
        page.get_by_role("radio", name=MLOPS_4, exact=True).click()
        tried.first.wait_for()
        if take_back == "rating":
            page.get_by_role("radio", name="MLOps: 3 Independent", exact=True).click()
        elif take_back == "key":
            page.keyboard.press("u")
        else:
            page.get_by_role("button", name="Take back: MLOps").click()
        page.get_by_text("Nothing is tried yet").wait_for()


def test_rating_for_real_is_one_click_away(show: Show) -> None:
    """From a level tried to the anchors of that skill; coming back, it is still tried."""
    page = trying(show)
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()
    page.get_by_role("link", name="Rate it for real: MLOps").click()
    assert page.locator('[data-focus="skill-title"]').inner_text() == "MLOps"

    page.get_by_role("link", name="Results").click()
    page.locator(".sm-what-if-tried li", has_text="MLOps").wait_for()
    assert sent(page, "rate") == []


def test_what_changes_is_said_aloud(show: Show) -> None:
    """The answer is announced, with the criteria that turn and that nothing is stored."""
    page = trying(show)
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()
    page.get_by_text("Tried: MLOps 4.").wait_for(state="attached")

    said = page.get_by_text("Tried: MLOps 4.").text_content()
    assert "P3 becomes open" in said
    assert "P3 turns" in page.locator(".sm-what-if-bar").inner_text()
    assert said.endswith("Nothing is stored.")


def test_stress_is_counts_and_words(show: Show) -> None:
    """Each kind of case says its count; no sign of a per cent anywhere in the part."""
    page = show("rated", "results")
    page.locator(".sm-stress-families").wait_for()
    counts = page.locator(".sm-stress-count").all_inner_texts()

    assert len(counts) == 4
    assert all("holds in" in text and " of " in text for text in counts)
    text = page.locator(".sm-stress").inner_text()
    assert "no probability" in text
    assert "%" not in text


def test_it_fits_a_phone_with_everything_open(show: Show) -> None:
    """Nothing sticks out sideways, with every fold open."""
    page = trying(show, width=390)
    page.get_by_role("radio", name=MLOPS_4, exact=True).click()
    page.locator(".sm-what-if-criteria").wait_for()
    page.evaluate("document.querySelectorAll('.sm-stress details').forEach(d => { d.open = true })")

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
