"""Readings of KPIs and their import in a browser, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.frontend.record_page import (
    BAD,
    GOOD,
    HEADER,
    MTTR,
    STRANGE,
    choose_file,
    fill_reading,
    focus,
    item,
    sent,
    stored,
)

pytestmark = pytest.mark.slow

Show = Callable[..., Any]


def test_a_reading_becomes_evidence(show: Show) -> None:
    """Measure and own part come from the reading; the method stays to be said."""
    page = show("recorded", "record/kpis")
    page.get_by_role("button", name=f"Make evidence of this: {MTTR}").click()
    form = page.get_by_role("group", name="New evidence")

    assert form.get_by_label("What it was", exact=True).input_value() == f"{MTTR}: 3.5 hours"
    assert form.get_by_label("What you did yourself").input_value() == "Wrote the runbook."
    measure = form.get_by_label("What it changed").input_value()
    assert measure == "3.5 hours, target below 4 hours (an illustration)"
    assert form.get_by_label("How that was measured").input_value() == ""


def test_a_reading_is_a_draft_until_it_is_added(show: Show) -> None:
    """Half a reading survives a reload; what is missing is said; added, it is stored once."""
    page = show("new", "record/kpis")
    form = fill_reading(page, MTTR, value="3,5")
    assert form.get_by_label("Unit").input_value() == "hours"
    form.get_by_role("button", name="Add reading").click(force=True)
    assert focus(page) == "reading-date"
    page.reload()
    page.wait_for_selector(".sm-editor")
    assert form.get_by_label("Value").input_value() == "3,5"

    form.get_by_label("When it was read").fill("2026-09-30")
    form.get_by_label("Where the number comes from").fill("DASH-4")
    form.get_by_role("button", name="Add reading").click()
    stored(page)
    (command,) = sent(page, "record")
    assert command["entry"] == {
        "item": "kpi-mttr",
        "value": 3.5,
        "unit": "hours",
        "period": "",
        "date": "2026-09-30",
        "source": "DASH-4",
        "own_part": "",
        "other_causes": "",
        "text": "",
    }
    assert "Target reached" in item(page, MTTR).inner_text()
    assert focus(page) == "reading-add-kpi-mttr"


@pytest.mark.parametrize("text", ["normal", "larger"])
def test_no_field_sticks_out_of_its_form(show: Show, text: str) -> None:
    """At 390 px every field ends inside the form, in both text sizes."""
    page = show("new", "record/kpis", width=390)
    page.evaluate("size => localStorage.setItem('skillmatrix.textsize', size)", text)
    page.reload()
    page.wait_for_selector(".sm-record")
    form = fill_reading(page, MTTR)
    edge = form.bounding_box()

    boxes = [field.bounding_box() for field in form.locator("input, textarea").all()]
    assert max(box["x"] + box["width"] for box in boxes) <= edge["x"] + edge["width"] + 0.5


def test_numbers_are_read_only_when_they_have_one_meaning(show: Show) -> None:
    """A decimal comma and spaces are understood; what could be two numbers is asked again."""
    page = show("recorded", "record/kpis")
    page.get_by_role("button", name=f"Edit the reading: {MTTR}").click()
    form = page.get_by_role("group", name=f"Reading: {MTTR}")

    for typed, value in (
        ("3.25", 3.25),
        ("3,5", 3.5),
        ("1 234", 1234),
        ("0,125", 0.125),
        ("-2", -2),
    ):
        form.get_by_label("Value").fill(typed)
        stored(page)
        assert sent(page, "record")[-1]["entry"]["value"] == value
    for typed in ("1,234", "three", "1e999", ""):
        form.get_by_label("Value").fill(typed)
        assert "Still needed before this can be stored" in form.inner_text()
    page.wait_for_timeout(800)
    assert len(sent(page, "record")) == 5


def test_a_known_reading_saves_itself(show: Show) -> None:
    """Edited, the same entry changes; removed, it can be brought back with its id."""
    page = show("recorded", "record/kpis")
    page.get_by_role("button", name=f"Edit the reading: {MTTR}").click()
    form = page.get_by_role("group", name=f"Reading: {MTTR}")
    form.get_by_label("Value").fill("9")
    form.get_by_role("button", name="Done").click()
    stored(page)
    assert sent(page, "record")[-1]["id"] == "k3"
    assert "Target missed" in item(page, MTTR).inner_text()

    page.get_by_role("button", name=f"Remove the reading: {MTTR}").click()
    page.locator(".sm-toast").get_by_role("button", name="Undo").click()
    stored(page)
    again = sent(page, "record")[-1]
    assert (again["id"], again["entry"]["value"]) == ("k3", 9)
    assert again["entry"]["own_part"] == "Wrote the runbook."


def test_the_run_of_readings_is_said_in_words(show: Show) -> None:
    """The dots have a text: how many, from when to when, and how they stand to the target."""
    page = show("recorded", "record/kpis")
    picture = item(page, MTTR).get_by_role("img")

    assert picture.get_attribute("aria-label") == (
        "Mean time to recover (MTTR): 4 readings from 31 January 2026 to 30 September 2026, "
        "newest 3.5 hours, lowest 3.5, highest 6.5. 1 reached the target, 3 missed it."
    )
    assert picture.locator("circle").count() == 4


def test_all_readings_can_be_seen(show: Show) -> None:
    """The newest alone at first, all on request, older ones page by page."""
    page = show("new", "record/kpis")
    rows = [f"kpi-mttr,2026-{m:02}-{d:02},3,hours,S" for m in range(1, 5) for d in range(1, 26)]
    choose_file(page, *rows)
    page.get_by_role("button", name="Store 100 readings").click()
    here = item(page, MTTR)
    here.get_by_role("button", name="Show all 100").click()
    assert here.locator(".sm-reading").count() == 24

    here.get_by_role("button", name="Show older").click()
    page.wait_for_function("document.querySelectorAll('.sm-reading').length === 74")
    here.get_by_role("button", name="Show older").click()
    page.wait_for_function("document.querySelectorAll('.sm-reading').length === 100")
    dates = here.locator(".sm-reading-date").all_inner_texts()
    assert (dates[0], dates[-1]) == ("25 April 2026", "1 January 2026")
    assert here.get_by_role("button", name="Show older").count() == 0


def test_an_import_shows_before_it_stores(show: Show) -> None:
    """Good rows, refused rows with line and remedy, an unused column; then one event, undoable."""
    page = show("new", "record/kpis")
    choose_file(page, GOOD, BAD, STRANGE)
    preview = page.locator(".sm-import-preview")
    preview.wait_for()
    assert focus(page) == "import-preview"
    words = preview.inner_text()
    assert "1 reading understood" in words
    assert "2 rows not understood" in words
    assert "Line 3 · date" in words
    assert "31.10.2026" in words
    assert "The column 'colour' is not read." in words
    assert sent(page, "readings_import") == []

    preview.get_by_role("button", name="Store 1 reading").click()
    page.locator(".sm-toast").get_by_role("button", name="Undo").wait_for()
    assert "3 hours" in item(page, MTTR).inner_text()
    page.locator(".sm-toast").get_by_role("button", name="Undo").click()
    page.wait_for_function("mock.sent.some(m => m.name === 'undo')")
    page.wait_for_timeout(100)
    assert "No reading yet" in item(page, MTTR).inner_text()


def test_a_cancelled_import_stores_nothing(show: Show) -> None:
    """Cancel closes the preview and gives the focus back to the choice of a file."""
    page = show("new", "record/kpis")
    choose_file(page, GOOD)
    page.get_by_role("button", name="Cancel").click()

    assert page.locator(".sm-import-preview").count() == 0
    assert focus(page) == "import-file"
    assert sent(page, "readings_import") == []


def test_a_file_may_be_dropped(show: Show) -> None:
    """The zone takes a file that is dropped on it."""
    page = show("new", "record/kpis")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
            document.querySelector(".sm-drop").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        f"{HEADER}\n{GOOD}\n",
    )

    page.locator(".sm-import-preview").wait_for()
    assert "dropped.csv" in page.locator(".sm-import-title").inner_text()


def test_a_file_in_utf_16_is_read(show: Show) -> None:
    """What a spreadsheet saves as Unicode text arrives as text."""
    page = show("new", "record/kpis")
    page.locator("input[type=file]").set_input_files(
        {
            "name": "u.csv",
            "mimeType": "text/csv",
            "buffer": f"{HEADER}\n{GOOD}\n".encode("utf-16"),
        }
    )
    page.locator(".sm-import-preview").wait_for()

    assert sent(page, "readings_preview")[0]["text"].startswith(HEADER)


def test_a_file_too_large_is_said_to_be(show: Show) -> None:
    """Ten megabytes are refused with a sentence, and the kernel is not asked."""
    page = show("new", "record/kpis")
    page.locator("input[type=file]").set_input_files(
        {"name": "big.csv", "mimeType": "text/csv", "buffer": b"x" * 10_000_000}
    )

    page.locator(".sm-import-trouble").wait_for()
    assert "at most 9 MB" in page.locator(".sm-import-trouble").inner_text()
    assert sent(page, "readings_preview") == []


def test_a_refused_file_is_explained(show: Show) -> None:
    """What the kernel says of the file as a whole stands in the page, and can be closed."""
    page = show("new", "record/kpis")
    page.evaluate("mock.refuse = 'readings_preview'")
    choose_file(page, GOOD)
    trouble = page.locator(".sm-import-trouble")
    trouble.wait_for()
    assert "was not imported. Nothing was changed." in trouble.inner_text()

    trouble.get_by_role("button", name="Close").click()
    assert trouble.count() == 0


def test_an_interrupted_import_is_said_after_the_reload(show: Show) -> None:
    """The page went away while a file was read: it says so, and that nothing is taken twice."""
    page = show("new", "record/kpis")
    page.evaluate("mock.silent = true")
    choose_file(page, GOOD)
    page.get_by_text("Reading readings.csv…").wait_for()
    page.reload()

    page.get_by_text("Reading readings.csv was interrupted").wait_for()


def test_the_template_names_every_kpi(show: Show) -> None:
    """A header, one row a KPI with its unit, and no reading in it."""
    page = show("new", "record/kpis")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a template").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()

    assert download.value.suggested_filename == "kpi-readings.csv"
    assert lines[0] == "kpi,date,value,unit,source,period,own_part,other_causes,text"
    assert len(lines) == 1 + page.locator(".sm-kpi").count()
    assert f"{MTTR},,,hours,,,,," in lines
