"""The sheet in a real browser, opened from a disk: by keyboard, kept, saved, and read back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.retranslation import as_html, read_sorting, sorting_sheet
from skillmatrix.retranslation.draw import draw_of
from tests.browser.workbook import find_chromium
from tests.retranslation.conftest import SEED, content
from tests.server.serving import BROWSER

pytestmark = pytest.mark.slow

LOOKS = [(width, theme) for width in (1440, 390) for theme in ("light", "dark")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser, which CI has to have."""
    path = find_chromium()
    if path is None:
        sentence = "no Chromium was found; install one or name it in SKILLMATRIX_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(**{**BROWSER, "executable_path": path})
        yield browser
        browser.close()


@pytest.fixture
def sheet(mini: Framework, tmp_path: Path) -> Path:
    """Give the page of a sheet on a disk."""
    file = tmp_path / "s1.sorting.html"
    file.write_bytes(as_html(sorting_sheet(mini, SEED)))
    return file


@pytest.fixture
def visit(chromium: Any, sheet: Path) -> Iterator[Any]:
    """Open the sheet; whatever the page complains of or asks for fails the test."""
    contexts, faults = [], []

    def open_page(**more: Any) -> Any:
        context = chromium.new_context(accept_downloads=True, **more)
        context.set_default_timeout(60_000)
        contexts.append(context)
        return arrive(context)

    def arrive(context: Any) -> Any:
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "blob:")) else faults.append(r.url),
        )
        page.goto(sheet.as_uri())
        return page

    open_page.arrive = arrive  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def saved(page: Any, folder: Path) -> Path:
    """Save the sheet by its button."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my sheet").press("Enter")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_sheet_is_sorted_by_keyboard_kept_saved_and_read_back(
    visit: Any, mini: Framework, tmp_path: Path
):
    """Two items sorted, one half: the reader gets exactly these, and the next tab shows them."""
    anchors = [a.id for _, a in draw_of(sorting_sheet(mini, SEED).id, mini).anchors(mini)]
    page = visit()
    page.get_by_role("button", name="Next not sorted").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Ref")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("None")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Cat")
    file = saved(page, tmp_path)
    found = read_sorting(file, mini)

    assert file.name == "s1.sorting.json"
    assert page.locator("#count").inner_text() == "2 of 10 sorted"
    assert "2 sorted. 1 with one choice of two" in page.get_by_role("status").inner_text()
    assert dict(found.answers) == {anchors[0]: ("reference-desk", 3), anchors[1]: (None, None)}
    assert found.half == 1
    later = visit.arrive(page.context)
    assert later.locator("#count").inner_text() == "2 of 10 sorted"
    assert later.locator("#group-3").input_value() == "cataloguing"
    later.locator("#group-3").select_option("")
    page.wait_for_function("document.getElementById('group-3').value === ''")


def test_a_saved_sheet_is_opened_again_and_a_strange_one_is_not(
    visit: Any, mini: Framework, tmp_path: Path
):
    """On another machine nothing is kept: the file brings it back, and only that of this sheet."""
    mine, other = (tmp_path / f"{seed}.sorting.json" for seed in (SEED, SEED + 1))
    for seed, file in ((SEED, mine), (SEED + 1, other)):
        file.write_text(json.dumps(content(sorting_sheet(mini, seed), mini)), encoding="utf-8")
    page = visit()
    page.locator("#file").set_input_files(other)
    page.get_by_text("belongs to another sheet").wait_for()
    before = page.locator("#count").inner_text()
    page.locator("#file").set_input_files(mine)
    page.get_by_text("is open: 10 answers").wait_for()

    assert before == "0 of 10 sorted"
    assert page.locator("#count").inner_text() == "10 of 10 sorted"
    assert (
        json.loads(saved(page, tmp_path).read_text())["items"]
        == json.loads(mine.read_text())["items"]
    )


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_sticks_out(visit: Any, width: int, theme: str):
    """Light and dark, wide and narrow, with every fold open and every state of an item."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    page.locator("#group-1").select_option("cataloguing")
    page.locator("#group-2").select_option("-")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe.Axe().run(page).response["violations"]

    assert [(rule["id"], [n["target"] for n in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_focused_field_is_never_under_the_bar(visit: Any):
    """Going back by Shift+Tab the bar that stays on top hides no field."""
    page = visit(viewport={"width": 390, "height": 700})
    page.locator("#group-10").focus()
    hidden = []
    for _ in range(14):
        page.keyboard.press("Shift+Tab")
        hidden.append(
            page.evaluate(
                "() => { const at = document.activeElement;"
                " const bar = document.getElementById('bar');"
                " return at.closest('[data-item]') !== null"
                " && at.getBoundingClientRect().top < bar.getBoundingClientRect().bottom; }"
            )
        )

    assert not any(hidden)
