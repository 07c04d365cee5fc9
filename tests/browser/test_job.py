"""A self-review from an empty workspace to the reasons, and all of it there afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skillmatrix.framework import load_framework
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.scoring import verdict
from tests.browser.workbook import (
    Workbook,
    add_evidence,
    begin,
    cell,
    criteria,
    open_skill,
    saved,
    shown,
    to_step,
    until,
)

pytestmark = pytest.mark.slow

WORDS = {"MET": "Met", "NOT MET": "Not met", "OPEN": "Open"}
P1_SKILLS = (
    "Core ML",
    "Model validation",
    "Data querying",
    "Production-minded ML",
    "Execution discipline",
)


def expected(workbook: Workbook) -> dict[str, str]:
    """Ask the library what the stored events add up to, without the page's kernel."""
    framework = load_framework("ml-specialist")
    with workbook.store() as store:
        (head,) = store.assessments()
        assessment, _ = rounds.read_round(store, head)
    found = verdict(assessment, chosen_profile(framework, assessment))
    return {str(c.code): WORDS[c.state] for c in found.criteria.values()}


def test_the_whole_job(workbook: Workbook, tab: Any) -> None:
    """Aim, rate, evidence, P1 turns to met as the library says, note, undo, reasons, reload."""
    last_month = str(dt.date.today() - dt.timedelta(days=30))

    # home, aim
    begin(tab, workbook.address, "Noor Haddad")
    assert tab.locator(".sm-whose-name").inner_text() == "Noor Haddad"
    streaming = tab.get_by_role("group", name="seconds or minutes old")
    streaming.get_by_label("No", exact=True).click()
    saved(tab)
    assert workbook.events("aim")[-1].payload["switches"]["streaming"] is False

    # rate with the mouse
    to_step(tab, "Rate")
    assert criteria(tab)["P1"] == "Open"
    cell(tab, "python", 2).click()
    saved(tab)
    assert criteria(tab) == expected(workbook)
    assert criteria(tab)["P1"] == "Not met"

    # rate with the keyboard alone: digits, arrows, and u
    for key in ("4", "ArrowDown", "4", "ArrowDown", "4", "ArrowDown", "3", "ArrowRight"):
        tab.keyboard.press(key)
    for key in ("ArrowDown", "5", "ArrowLeft", "ArrowDown", "2", "u"):
        tab.keyboard.press(key)
    cell(tab, "execution", 4).click()
    saved(tab)
    rated = dict.fromkeys(
        ("python", "core-ml", "validation", "data-querying", "production-ml", "execution"), 4
    )
    assert shown(tab) == rated
    assert dict(workbook.ratings()) == {**rated, "mlops": "UNRATED"}
    assert criteria(tab) == expected(workbook)
    assert criteria(tab)["P1"] == "Open"

    # evidence through the form: two releases, one with a measured effect
    open_skill(tab, "python")
    release = {"date": last_month, "description": "Planned and released it."}
    add_evidence(
        tab,
        title="Ranking model two",
        skills=P1_SKILLS,
        types=("Production release", "Measured effect"),
        artefact="model card 12",
        confirmed_by="Ines, product",
        measure="Returns fell from 9 to 7 per cent, product's number",
        method="A/B test over four weeks",
        **release,
    )
    saved(tab)
    assert criteria(tab) == expected(workbook)
    assert criteria(tab)["P1"] == "Open"
    add_evidence(
        tab,
        title="Ranking model three",
        types=("Production release",),
        artefact="model card 13",
        confirmed_by="Ines, product",
        **release,
    )
    saved(tab)
    assert criteria(tab) == expected(workbook)
    assert criteria(tab)["P1"] == "Met"
    assert [e.payload["strength"] for e in workbook.events("evidence")] == ["E4", "E3"]

    # a note
    tab.get_by_label("Note on Python").fill("Two packages in use by others.")
    saved(tab)
    note = workbook.events("note")[-1].payload
    assert note == {"text": "Two packages in use by others.", "visibility": "private"}

    # undo takes the note back, then redo brings it again
    tab.get_by_role("button", name="Undo: Python: note").click()
    until(tab, "document.querySelector('textarea[data-focus=note]').value === ''")
    tab.get_by_role("button", name="Redo: Python: note").click()
    until(tab, "document.querySelector('textarea[data-focus=note]').value !== ''")
    saved(tab)
    assert [e.kind for e in workbook.events()][-2:] == ["undo", "redo"]

    # results say why, and the chart says the same in words
    to_step(tab, "Results")
    summary = tab.locator(".sm-verdict-summary").inner_text()
    reasons = tab.locator(".sm-part-why").all_inner_texts()
    assert summary == "P1 met; P2, P3, P4 and P5 open."
    assert len(reasons) >= 10
    assert all(reason.strip() for reason in reasons)
    alt = tab.locator("img.sm-figure-image").get_attribute("alt")
    assert "Python" in alt

    # a reload, and a visit from another browser: everything is there
    tab.reload()
    tab.locator(".sm-results").wait_for()
    assert tab.locator(".sm-verdict-summary").inner_text() == summary
    to_step(tab, "Rate")
    assert shown(tab) == rated
    assert criteria(tab) == expected(workbook)
    open_skill(tab, "python")
    titles = tab.locator(".sm-item-title").all_inner_texts()
    assert titles == ["Ranking model two", "Ranking model three"]
    assert tab.get_by_label("Note on Python").input_value() == "Two packages in use by others."

    assert tab.watched.complaints == []
    assert tab.watched.strangers(workbook.base) == []


def test_it_is_there_after_the_server_ended_in_order(
    workbook: Workbook, visit: Any, serve: Any
) -> None:
    """Ctrl-C, start again, another browser: the home page offers what was done."""
    first = visit()
    begin(first, workbook.address, "Noor Haddad")
    to_step(first, "Rate")
    cell(first, "mlops", 3).click()
    saved(first)
    first.context.close()
    assert workbook.stop() == 0

    again = serve()
    tab = visit()
    tab.goto(again.address)
    tab.get_by_role("link", name="Noor Haddad").click()
    tab.wait_for_url("**/self_review?*")
    to_step(tab, "Rate")

    assert shown(tab) == {"mlops": 3}
