"""A ladder of another role in the browser: begin, rate by keyboard, read, take away, bring back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, cell, drawn, open_skill, saved, shown, to_step
from tests.conftest import MINI
from tests.ladders import FAMILY

pytestmark = pytest.mark.slow


@pytest.fixture
def ladders(serve: Callable[..., Workbook], tmp_path: Path) -> Workbook:
    """A workbook on a workspace with a role family, and a ladder with criteria from 1 to 4."""
    own = tmp_path / "workspace" / "frameworks"
    shutil.copytree(FAMILY, own / "data-science-family")
    shutil.copytree(MINI, own / "librarian")
    return serve()


def begin_on(page: Any, address: str, ladder: str, role: str) -> None:
    """Choose a ladder and a role of it on the first page, and begin."""
    page.goto(address)
    page.get_by_label("Name").fill("Bo")
    page.get_by_label("Ladder").select_option(label=ladder)
    page.get_by_label("Target role").select_option(label=role)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/self_review?assessment=*")
    page.get_by_role("heading", name="What are you aiming at?").wait_for()


def test_a_role_family_goes_through_every_page(ladders: Workbook, tab: Any, tmp_path: Path) -> None:
    """From the start form to a downloaded file and back, without a word of the shipped ladder."""
    begin_on(tab, ladders.address, "Data science role family", "Senior data scientist")
    assert tab.locator(".sm-card").count() == 6
    assert tab.get_by_text("Every bar counts").count() == 6
    assert "10 skills, about 15 minutes" in tab.locator(".sm-onward").inner_text()
    assert not tab.get_by_text("Time away").count()
    found = faults(tab, "aim")

    to_step(tab, "Rate")
    assert tab.locator(".sm-board-level-name").all_inner_texts() == [
        *("Not yet", "Awareness", "Working", "Practitioner", "Expert"),
    ]
    cell(tab, "preparing-data", 0).focus()
    for key in ("3", "ArrowDown", "2", "ArrowDown", "9", "4"):
        tab.keyboard.press(key)
    saved(tab)
    assert shown(tab) == {"preparing-data": 3, "statistics": 2, "programming": 4}
    assert "1 step below" in tab.locator('.sm-row[data-skill="statistics"]').inner_text()
    open_skill(tab, "data-ethics")
    panel = tab.locator(".sm-panel").inner_text()
    assert "This ladder describes nothing for this level of this skill." in panel
    assert "This ladder asks for no evidence" in panel
    assert "By questions" not in panel
    cell(tab, "data-ethics", 1).click()
    beside = tab.locator(".sm-level", has_text="4 Expert")
    assert "the ladder describes nothing here" in beside.inner_text()
    tab.get_by_text("What the levels mean").click()
    meanings = tab.locator(".sm-level-meanings dd").all_inner_texts()
    assert len(meanings) == 5
    assert all(meanings)
    assert tab.locator(".sm-strip").bounding_box()["width"] < 400
    assert "evidence supports" not in tab.locator(".sm-rate-board").inner_text()
    found += faults(tab, "skill")
    tab.get_by_role("button", name="Add evidence").click()
    labels = tab.locator(".sm-editor .sm-field label").all_inner_texts()
    assert labels == ["What it was", "When it was", "What you did yourself", "Where it can be seen"]
    form = tab.locator(".sm-editor").inner_text()
    assert not any(word in form for word in ("E0", "To count as", "measured", "Kind of evidence"))
    tab.get_by_role("button", name="Discard").click()

    to_step(tab, "Results")
    tab.locator("img.sm-figure-image").wait_for()
    told = tab.locator(".sm-results").inner_text()
    assert "Statistics at 3 or above" in told
    assert "Head of data science" in told
    for word in ("upported", "Claimed", "Confidence", "[", "floor"):
        assert word not in told
    assert "evidence" not in tab.locator(".sm-targets").inner_text()
    assert "Requirements:" not in told
    gap = tab.locator(".sm-matrix tbody tr", has_text="Shaping problems")
    unused = gap.locator("td.sm-matrix-none")
    assert {text.strip(",\n") for text in unused.all_inner_texts()} == {"not asked"}
    assert unused.locator("svg").count() == 0
    found += faults(tab, "results")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download the assessment file").click()
    file = tmp_path / "bo.assessment.json"
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8"))["framework"] == "data-science-family@1.0.0"

    tab.get_by_role("navigation", name="Pages").get_by_role("link", name="Role guide").click()
    drawn(tab)
    assert tab.get_by_label("Ladder").input_value() == "data-science-family"
    assert tab.locator(".sm-guide-all-bars tbody tr").count() == 12
    assert tab.locator(".sm-guide-levels dd").count() == 5
    assert "Knows the rules on personal data" not in tab.locator(".sm-guide-handbook").inner_text()
    tab.get_by_label("Search the guide").fill("personal data")
    tab.locator(".sm-guide-result a").first.click()
    assert "Not described for this skill." in tab.locator(".sm-guide-view").inner_text()
    found += faults(tab, "role guide")

    tab.goto(ladders.base + "/home")
    drawn(tab)
    tab.locator("input[type=file]").set_input_files(file)
    tab.get_by_text("Imported: bo.assessment.json").first.wait_for()
    lines = tab.locator(".sm-assessment-meta").all_inner_texts()
    assert [line.split(" · ")[:2] for line in lines] == [
        ["Senior data scientist", "Data science role family"],
        ["Senior data scientist", "Data science role family"],
    ]
    assert not found, "\n".join(found)
    assert not tab.watched.complaints


def test_two_ladders_side_by_side_each_with_its_own_scale(ladders: Workbook, visit: Any) -> None:
    """A reload, the other ladder, and the way between both guides."""
    page = visit(viewport={"width": 390, "height": 844})
    begin_on(page, ladders.address, "Librarian", "Head librarian")
    to_step(page, "Rate")
    assert page.locator(".sm-board-level b").all_inner_texts() == ["1", "2", "3", "4"]
    cell(page, "cataloguing", 1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    saved(page)
    assert shown(page) == {"cataloguing": 3}
    page.reload()
    drawn(page)
    assert shown(page) == {"cataloguing": 3}
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390

    page.goto(ladders.base + "/role_guide?framework=data-science-family")
    drawn(page)
    page.get_by_label("Ladder").select_option(label="Librarian")
    page.wait_for_url("**framework=librarian*")
    drawn(page)
    assert "Librarian" in page.locator(".sm-page-aim").inner_text()
    assert not page.watched.complaints
