"""A table of ratings on the home page: shown before it is kept, every row accounted for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.frontend.record_page import sent

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
TABLE = {"name": "team.csv", "mimeType": "text/csv", "buffer": b"the kernel of straw knows it"}


def bring(page: Any, file: dict[str, Any] = TABLE) -> Any:
    """Choose a file and wait for what becomes of it."""
    page.locator("input[type=file]").set_input_files(file)
    shown = page.locator(".sm-import-preview, .sm-import-trouble")
    shown.wait_for()
    return shown


def test_a_table_is_shown_before_it_is_kept(show: Show) -> None:
    """Counts, every refused row with its line, and a button that says what it does."""
    page = show("home")
    shown = bring(page)

    text = shown.inner_text()
    assert "2 ratings understood" in text
    assert "3 rows not understood" in text
    assert "LINE 3" in text.upper()
    assert page.get_by_role("button", name="Bring in 2 ratings as a new assessment").count() == 1
    assert page.evaluate("document.activeElement.textContent").startswith("Before anything is kept")
    assert sent(page, "import_table") == []


def test_a_word_is_explained_and_the_table_looked_at_again(show: Show) -> None:
    """Saying which level a word is brings the row in; the keyboard stays where it was."""
    page = show("home")
    bring(page)
    page.get_by_label("Experte").select_option("4")
    page.get_by_role("button", name="Bring in 3 ratings").wait_for()
    page.wait_for_timeout(100)

    assert sent(page, "import_preview")[-1]["levels"] == {"Experte": 4}
    assert page.evaluate("document.activeElement.id") == "sm-import-level-0"


def test_what_was_said_goes_with_what_is_kept(show: Show) -> None:
    """Name and words travel with the file, and the new assessment has the focus."""
    page = show("home")
    bring(page)
    page.get_by_label("Whom it is about").fill("Kim")
    page.get_by_label("Experte").select_option("4")
    page.get_by_role("button", name="Bring in 3 ratings").click()
    page.get_by_text("3 ratings brought in from team.csv").first.wait_for()
    page.wait_for_timeout(100)

    (kept,) = sent(page, "import_table")
    assert (kept["person"], kept["levels"], kept["filename"]) == ("Kim", {"Experte": 4}, "team.csv")
    assert page.locator(".sm-import-preview").count() == 0
    assert page.evaluate("document.activeElement.dataset.focus") == "assessment-brought"


def test_cancel_keeps_nothing(show: Show) -> None:
    """After Cancel the page is as before."""
    page = show("home")
    bring(page)
    page.get_by_role("button", name="Cancel").click()

    assert page.locator(".sm-import-preview").count() == 0
    assert sent(page, "import_table") == []


def test_a_table_that_is_too_large_is_never_sent(show: Show) -> None:
    """Above nine megabytes the page says so, and what to do."""
    page = show("home")
    shown = bring(page, {**TABLE, "buffer": b"x" * 9_100_000})

    assert "at most 9 MB" in shown.inner_text()
    assert sent(page, "import_preview") == []


def test_the_preview_fits_a_phone(show: Show) -> None:
    """At 390 px nothing is wider than the page."""
    page = show("home", width=390)
    bring(page)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_preview(show: Show, theme: str) -> None:
    """Labels, headings and contrast hold, light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show("home", theme=theme)
    bring(page)
    page.wait_for_timeout(150)

    found = axe.run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
