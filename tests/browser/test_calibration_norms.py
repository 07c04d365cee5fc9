"""Norms and scan in the browser: blind at one keyboard, and severity behind its cover."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatrix.pages.calibration import CalibrationPage
from tests.browser.test_mentor_session import Frames
from tests.browser.workbook import Workbook, drawn, saved
from tests.pages.calibration_room import FW, Room, rated

pytestmark = pytest.mark.slow

FIRST = next(iter(FW.practice_profiles))
CASES = FW.practice_profiles[FIRST].cases


@pytest.fixture
def address(workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session of six people whom two raters rated, in the workspace that is served."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(workbook.workspace))
    room = Room(CalibrationPage())
    for n in range(6):
        room.collect(
            rated(f"p-{n}", "r-1", {"mlops": n % 4, "python": 3}),
            rated(f"p-{n}", "r-2", {"mlops": n % 4 + 1, "python": 3}, kind="peer"),
        )
    room.ask("enter", kind="present", content={"raters": ["r-1", "r-2"]})
    return f"{workbook.base}/calibration?assessment={room.code}"


def opened(tab: Any, workbook: Workbook, address: str) -> None:
    """Go to a place of the session, from the printed address."""
    tab.goto(workbook.address)
    tab.goto(address)
    drawn(tab)


def practise(tab: Any, rater: str, keys: str) -> None:
    """Take the keyboard, answer case by case with one key each, seal."""
    tab.locator(f'[data-focus="desk-{FIRST}-{rater}"]').click()
    for number, key in enumerate(keys, start=1):
        tab.get_by_text(f"Case {number} of {len(CASES)}").wait_for()
        tab.locator('[data-focus="blind-case"]').focus()
        tab.keyboard.press(key)
        tab.locator('[data-focus="blind-next"]').click()
    for _ in range(len(CASES) - len(keys)):
        tab.locator('[data-focus="blind-next"]').click()
    tab.locator('[data-focus="blind-seal"]').click()
    tab.get_by_text("Sealed.").first.wait_for()
    saved(tab)


def test_a_sealed_answer_reaches_the_browser_with_the_reference(
    tab: Any, workbook: Workbook, address: str
) -> None:
    """By keyboard alone; between the seal and the reveal no frame and no page shows an answer."""
    opened(tab, workbook, f"{address}#norms")
    frames = Frames(tab)
    tab.reload()
    drawn(tab)

    practise(tab, "r-1", "50n")
    tab.reload()
    drawn(tab)
    since = len(frames.received)
    practise(tab, "r-2", "11")
    early = "\n".join(frames.received[since:])
    reason = next(iter(CASES.values())).reason[:30]
    assert reason not in early
    assert '"NOT_OBSERVED", "sealed"' not in early
    assert '"given"' not in early
    tab.locator(f'[data-focus="reveal-{FIRST}"]').click()
    tab.get_by_text("Why the reference:").first.wait_for()

    first = tab.locator(".sm-reveal-case").first.inner_text()
    assert "Talk about the anchor, not the person" in first
    assert reason in first
    assert "of 2 gave it" in first
    assert tab.watched.complaints == []


def test_severity_is_covered_again_however_it_is_left(
    tab: Any, workbook: Workbook, address: str
) -> None:
    """Asked for only when the cover is lifted; gone by another part, another step, or Back."""
    frames = Frames(tab)
    opened(tab, workbook, f"{address}#norms")
    tab.locator(".sm-norms").wait_for()
    tab.goto(f"{address}#scan/severity")
    show, figures = tab.locator('[data-focus="severity-show"]'), tab.locator(".sm-severity-list")
    show.wait_for()
    assert not any('"effect"' in frame for frame in frames.received)

    def lift() -> None:
        show.click()
        figures.first.wait_for()

    lift()
    tab.locator('[data-focus="scan-agreement"]').click()
    tab.locator(".sm-scan-value").first.wait_for()
    tab.go_back()
    show.wait_for()
    assert figures.count() == 0
    lift()
    tab.get_by_role("navigation", name="Steps").get_by_role("link", name="Norms").click()
    tab.locator(".sm-norms").wait_for()
    tab.go_back()
    show.wait_for()
    assert figures.count() == 0
    lift()
    tab.go_back()
    tab.locator(".sm-norms").wait_for()
    tab.go_forward()
    show.wait_for()
    assert figures.count() == 0
    assert tab.watched.complaints == []
