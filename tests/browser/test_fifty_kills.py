"""kill -9 between click and next click, fifty times: nothing lost, nothing twice, no false word."""

from __future__ import annotations

import os
import signal
import time
from random import Random
from typing import Any

import pytest

from tests.browser.workbook import Workbook, begin, cell, saved, says_saved, shown, to_step

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SKILLMATRIX_TEST_KILLS", "50"))
SERVER_EVERY = 5  # every fifth victim is the server, the others are the page's kernel
LONGEST = 0.3  # s between the click and the kill
SKILLS = ("python", "core-ml", "validation", "data-querying", "production-ml", "mlops")


def recovered(page: Any, marker: str) -> None:
    """Wait until the page has opened itself again and says that everything is stored."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if page.evaluate(
                "m => window.mark !== m && Boolean(document.querySelector("
                "'.sm-board .sm-cell') && document.querySelector('.sm-saved-saved'))",
                marker,
            ):
                return
            # After three reloads in a minute the page leaves the next one to the person.
            button = page.locator(".sm-banner button")
            if button.count():
                button.click(timeout=1000)
        except Exception as error:
            if "Assertion" in type(error).__name__:
                raise
        page.wait_for_timeout(100)
    pytest.fail(f"not stored within 60 s: {page.locator('.sm-top').inner_text()}")


def test_fifty_kills(workbook: Workbook, tab: Any) -> None:
    """Called saved: on disk before any restart. Called unsaved: on disk after it, once."""
    dice = Random(20261122)
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    saved(tab)
    clicked: list[tuple[str, int]] = []
    said = {True: 0, False: 0}
    started = time.monotonic()

    def click() -> None:
        skill = dice.choice(SKILLS)
        now = shown(tab).get(skill)
        level = dice.choice([each for each in range(6) if each != now])
        cell(tab, skill, level).click()
        clicked.append((skill, level))

    for kill in range(KILLS):
        victim = workbook.process.pid if kill % SERVER_EVERY == 2 else workbook.kernel_of(tab)
        tab.evaluate("mark => { window.mark = mark }", str(kill))
        wait = dice.uniform(0, LONGEST)
        click()
        time.sleep(wait)
        os.kill(victim, signal.SIGKILL)
        told = says_saved(tab)
        said[told] += 1
        if told:
            assert workbook.ratings() == clicked, f"kill {kill}: called saved, and not on disk"

        if dice.random() < 0.5:
            click()  # into the void
        if victim == workbook.process.pid:
            workbook.process.wait()
            workbook = workbook.again()
        recovered(tab, str(kill))

        assert workbook.ratings() == clicked, f"after kill {kill}"
        assert shown(tab) == dict(clicked)

    spent = time.monotonic() - started
    print(f"{KILLS} kills in {spent:.0f} s; the page said saved {said[True]} times before")
    assert said[True] > 0
    assert said[False] > 0
