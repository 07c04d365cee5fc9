"""An interview panel as it is held: three at one keyboard, one elsewhere, a decision at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.panel import read_log
from skillmatrix.panel.interview import standing
from tests.browser.test_axe import faults
from tests.browser.test_mentor_session import Frames
from tests.browser.workbook import Workbook, drawn, saved

pytestmark = pytest.mark.slow

MARK = "MARKER-4417"


def begin(page: Any, workbook: Workbook, *names: str) -> None:
    """From the printed address to an interview with its panel."""
    page.goto(workbook.address)
    page.goto(f"{workbook.base}/interview_panel")
    drawn(page)
    page.get_by_label("What for").fill("ML Specialist, search")
    page.get_by_label("Candidate (optional)").fill("Ada Candidate")
    page.get_by_label("Who leads the panel").fill("Kim")
    page.get_by_role("button", name="Begin", exact=True).click()
    for at, name in enumerate(names):
        page.get_by_role("button", name="Add an interviewer").click()
        page.get_by_label(f"Interviewer {at + 1}", exact=True).fill(name)
    page.locator("[data-focus=keep-room]").click()
    page.locator("[data-focus=onward]").click()


def score(page: Any, name: str, step: int, note: str = "") -> None:
    """Take a seat, give every dimension the same step, close."""
    row = page.locator(".sm-interview-seats li", has_text=name)
    row.get_by_role("button").click()
    page.locator(".sm-seat").wait_for()
    count = page.locator(".sm-seat-item").count() - 1
    for at in range(count):
        page.locator(f".sm-seat-options input[value='{step}']").check()
        if at == 0 and note:
            page.get_by_label("What you saw or heard").fill(note)
        page.locator("[data-focus=next-dimension]").click()
    page.locator("[data-focus=close-scores]").click()
    page.locator("[data-focus=hand-on]").click()
    row.get_by_text("closed").wait_for()


def test_a_panel_from_the_first_name_to_the_report(
    tab: Any, workbook: Workbook, tmp_path: Path
) -> None:
    """Nothing crosses to the browser early; the decision, its reasons and the log hold."""
    frames = Frames(tab)
    begin(tab, workbook, "Lee", "Mia", "Noa")
    score(tab, "Lee", 4, MARK)
    arrived = len(frames.received)
    score(tab, "Mia", 3)
    score(tab, "Noa", 2)
    early = "".join(frames.received[arrived:])

    tab.locator("[data-focus=reveal]").click()
    tab.locator(".sm-compare-row").first.wait_for()
    tab.get_by_text(MARK).wait_for()
    tab.get_by_role("button", name="On to the decision").click()
    tab.get_by_label("Another step first").check()
    tab.locator(".sm-interview-exercises input").first.check()
    tab.get_by_label("Reasons").fill("Two of us saw the second framing.")
    tab.locator("[data-focus=decide]").click()
    tab.get_by_role("heading", name="Another step first").wait_for()
    saved(tab)
    with tab.expect_download() as got:
        tab.locator("[data-focus=log]").click()
    got.value.save_as(tmp_path / "log.json")
    with tab.expect_download() as got:
        tab.locator("[data-focus=report]").click()
    got.value.save_as(tmp_path / "report.html")
    now = standing(read_log(tmp_path / "log.json"))

    assert MARK not in early
    assert now.decided is not None
    assert now.decided[1].outcome == "another step"
    assert sorted(s.scores["framing-metrics"] for _, s in now.scores.values()) == [2, 3, 4]
    assert "Ada Candidate" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert tab.watched.complaints == []


def test_half_a_score_survives_a_reload_and_no_second_person_sees_it(
    tab: Any, workbook: Workbook
) -> None:
    """What was given is kept; after the reload somebody has to take the seat again."""
    begin(tab, workbook, "Lee", "Mia")
    tab.locator(".sm-interview-seats li", has_text="Lee").get_by_role("button").click()
    tab.locator(".sm-seat-options input[value='4']").check()
    tab.get_by_label("What you saw or heard").fill(MARK)
    typed = tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    tab.wait_for_timeout(1500)
    tab.get_by_role("link", name="Score").click()
    behind = tab.content()

    tab.reload()
    drawn(tab)
    tab.get_by_role("link", name="Score").click()
    before = tab.content()
    tab.locator(".sm-interview-seats li", has_text="Lee").get_by_role("button").click()
    tab.get_by_label("What you saw or heard").wait_for()
    stored = tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert MARK not in behind
    assert MARK not in before
    assert MARK not in typed
    assert MARK not in json.dumps(stored)
    assert tab.get_by_label("What you saw or heard").input_value() == MARK
    assert tab.locator(".sm-seat-options input[value='4']").is_checked()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_any_step(visit: Any, workbook: Workbook, width: int) -> None:
    """Prepare, a seat, compare and decide, at both widths, and nothing is wider than the screen."""
    page = visit(viewport={"width": width, "height": 900})
    begin(page, workbook, "Lee", "Mia")
    found: list[str] = []
    page.get_by_role("link", name="Prepare").click()
    found += faults(page, "prepare")
    page.get_by_role("link", name="Score").click()
    page.locator(".sm-interview-seats li", has_text="Lee").get_by_role("button").click()
    page.locator(".sm-seat").wait_for()
    found += faults(page, "seat")
    page.get_by_role("button", name="Leave the seat").click()
    score(page, "Lee", 4)
    score(page, "Mia", 2)
    page.locator("[data-focus=reveal]").click()
    page.locator(".sm-compare-row").first.wait_for()
    found += faults(page, "compare")
    page.get_by_role("button", name="On to the decision").click()
    page.locator(".sm-decision").wait_for()
    found += faults(page, "decide")

    assert found == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
