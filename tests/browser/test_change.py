"""A ladder moves on under a round: going on with it by keyboard, and what changed, told apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.test_ladder import begin_on
from tests.browser.workbook import Workbook, cell, saved, shown, to_step
from tests.ladders import FAMILY, FAMILY_2

pytestmark = pytest.mark.slow


@pytest.fixture
def family(serve: Callable[..., Workbook], tmp_path: Path) -> Workbook:
    """A workbook on a workspace with the first version of a role family."""
    shutil.copytree(FAMILY, tmp_path / "workspace" / "frameworks" / "data-science-family")
    return serve()


def new_version(folder: Path) -> None:
    """Put the later version of the ladder in the place of the earlier one."""
    place = folder / "workspace" / "frameworks" / "data-science-family"
    shutil.rmtree(place)
    shutil.copytree(FAMILY_2, place)


def rate(page: Any, **levels: int) -> None:
    """Rate skills by the keyboard."""
    for skill, level in levels.items():
        cell(page, skill.replace("_", "-"), 0).focus()
        page.keyboard.press(str(level))
    saved(page)


def test_going_on_with_a_new_version_and_seeing_who_changed_what(
    family: Workbook, tab: Any, tmp_path: Path
) -> None:
    """The old round stays; the new one has its levels; the ladder's part is not called hers."""
    begin_on(tab, family.address, "Data science role family", "Data scientist")
    to_step(tab, "Rate")
    rate(tab, statistics=2, delivering=3, machine_learning=3)
    old = tab.url.partition("#")[0]
    new_version(tmp_path)

    tab.goto(old)
    tab.get_by_role("heading", name="round is of an earlier ladder").wait_for()
    told = tab.locator(".sm-earlier").inner_text()
    assert "1 level nobody can know any more" in told
    assert "became modelling and operating-models" in told
    found = faults(tab, "earlier")
    tab.screenshot(path=tmp_path / "earlier.png", full_page=True)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the old round as a file").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert kept["ratings"] == {"statistics": 2, "delivering": 3, "machine-learning": 3}

    tab.get_by_role("button", name="Begin a new round on 2.0.0").focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("navigation", name="Steps").wait_for()
    to_step(tab, "Rate")
    assert shown(tab) == {"statistics": 2, "delivery": 4}
    rate(tab, statistics=4)

    to_step(tab, "Results")
    section = tab.get_by_role("region", name="What changed since an earlier round")
    section.locator(".sm-change-table").wait_for()
    rows = section.locator(".sm-change-table tbody tr")
    assert rows.count() == 1
    assert rows.first.inner_text().split() == ["Statistics", "2", "4", "2", "steps", "up"]
    section.get_by_text("The ladder changed too, from 1.0.0 to 2.0.0").click()
    assert "delivering, rated 3, is delivery now" in section.inner_text()
    section.get_by_text("The same as a chart").click()
    picture = section.locator("img.sm-figure-image")
    picture.wait_for()
    assert "1 higher now: Statistics (2 to 4)." in picture.get_attribute("alt")
    found += faults(tab, "change")
    section.screenshot(path=tmp_path / "change.png")

    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 390
    found += faults(tab, "change, narrow")
    assert found == []

    tab.goto(family.address)
    tab.get_by_role("link", name="What changed: Bo").click()
    tab.get_by_role("region", name="What changed since an earlier round").wait_for()
    assert tab.watched.complaints == []
