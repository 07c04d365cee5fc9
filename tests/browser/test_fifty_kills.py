"""kill -9 between click and next click, fifty times: nothing lost, nothing twice, no false word."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.browser.workbook import (
    PATIENCE,
    Workbook,
    begin,
    cell,
    saved,
    says_saved,
    shown,
    to_step,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = int(os.environ.get("SKILLMATRIX_TEST_KILLS", "50"))
SERVER_EVERY = 5  # every fifth victim is the server, the others are the page's kernel
SKILLS = ("python", "core-ml", "validation", "data-querying", "production-ml", "mlops")
# From the click to the kill, in s: while the change is on its way, or some time later. "Busy" is
# a victim that does not get to the change at all before it dies.
WAITS = {"at once": (0.0, 0.04), "later": (0.0, 0.3), "busy": (0.0, 0.1)}

RECOVERED = """mark => window.mark !== mark && Boolean(
  document.querySelector('.sm-widget .sm-cell') && document.querySelector('.sm-saved-saved'))"""


def recovered(page: Any, mark: str) -> int:
    """Wait until the page has opened itself again and says that all is stored; count its help."""
    end, helped = time.monotonic() + PATIENCE, 0
    while time.monotonic() < end:
        try:
            if page.evaluate(RECOVERED, mark):
                return helped
        except Exception as error:
            if "context was destroyed" not in str(error) and "navigation" not in str(error):
                raise
        # After three reloads in a minute the page leaves the next one to the person.
        button = page.locator(".sm-banner button", has_text="Reload")
        if button.count():
            button.click()
            helped += 1
        page.wait_for_timeout(50)
    pytest.fail(f"not stored within {PATIENCE} s: {page.locator('.sm-top').inner_text()}")


def test_fifty_kills(workbook: Workbook, tab: Any) -> None:
    """Called saved: on disk before any restart. Called unsaved: on disk after it, once."""
    dice = Random(20261122)
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    saved(tab)
    clicked: list[tuple[str, int]] = []
    found: Counter[str] = Counter()
    started = time.monotonic()

    def click() -> None:
        skill = dice.choice(SKILLS)
        now = shown(tab).get(skill)
        level = dice.choice([each for each in range(6) if each != now])
        box = cell(tab, skill, level).bounding_box()
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        clicked.append((skill, level))

    for kill in range(KILLS):
        at_server = kill % SERVER_EVERY == 2
        victim = workbook.process.pid if at_server else workbook.kernel_of(tab)
        moment = dice.choice(list(WAITS))
        wait = dice.uniform(*WAITS[moment])
        tab.evaluate("mark => { window.mark = mark }", str(kill))
        if moment == "busy":
            os.kill(victim, signal.SIGSTOP)
        click()
        time.sleep(wait)
        os.kill(victim, signal.SIGKILL)
        told, stored = says_saved(tab), workbook.ratings()
        if told:
            assert stored == clicked, f"kill {kill}: called saved, and not on disk"
        assert stored in (clicked, clicked[:-1]), f"kill {kill}"
        found["said saved" if told else "not said, on disk" if stored == clicked else "lost"] += 1

        if dice.random() < 0.5:
            click()  # into the void
            found["clicks into the void"] += 1
        if at_server:
            workbook.process.wait()
            workbook = workbook.again()
        found["reloads by hand"] += recovered(tab, str(kill))

        assert workbook.ratings() == clicked, f"after kill {kill}"
        assert shown(tab) == dict(clicked)

    print(f"{KILLS} kills in {time.monotonic() - started:.0f} s: {dict(found)}")
    assert found["said saved"] > 0
    assert found["lost"] > 0, "no kill came before the change was on disk"
