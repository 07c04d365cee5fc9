"""The Record step in a browser, with a kernel of straw."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.frontend.record_page import (
    BAD,
    GOOD,
    MTTR,
    choose_file,
    fill_reading,
    focus,
    item,
    sent,
    stored,
)

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
STEPS = [
    ("new", "record"),
    ("new", "record/kpis"),
    ("recorded", "record/responsibilities"),
    ("recorded", "record/milestones"),
    ("recorded", "record/kpis/kpi-mttr"),
    ("hostile", "record/responsibilities"),
    ("hostile", "record/kpis"),
]


@pytest.mark.parametrize(("case", "step"), STEPS)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing(show: Show, case: str, step: str, width: int, theme: str) -> None:
    """Every part, light and dark, wide and narrow, is without an axe violation."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show(case, step, width=width, theme=theme)
    page.wait_for_timeout(150)

    found = axe.run(page).response["violations"]

    brief = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert not brief, json.dumps(brief, indent=1)


def test_axe_finds_nothing_in_forms(show: Show) -> None:
    """The form of a reading, the evidence form, a preview with refused rows: no violation."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = show("recorded", "record/kpis/kpi-mttr")
    page.get_by_role("button", name=f"Make evidence of this: {MTTR}").click()
    fill_reading(page, "Inference latency (p95)", value="1,234")
    choose_file(page, GOOD, BAD)
    page.locator(".sm-import-preview").wait_for()
    page.evaluate("document.querySelectorAll('.sm-record details').forEach(d => { d.open = true })")

    found = axe.run(page).response["violations"]

    brief = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert not brief, json.dumps(brief, indent=1)


@pytest.mark.parametrize(("case", "step"), STEPS)
@pytest.mark.parametrize("width", [320, 390, 720, 1100])
def test_no_part_scrolls_sideways(show: Show, case: str, step: str, width: int) -> None:
    """From 320 px up nothing sticks out, the larger text size included."""
    page = show(case, step, width=width, height=844)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width

    page.evaluate("localStorage.setItem('skillmatrix.textsize', 'larger')")
    page.reload()
    page.wait_for_selector(".sm-record")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_the_steps_are_four(show: Show) -> None:
    """Aim, Rate, Record, Results, My case, Hand over; the last skill leads to the record."""
    page = show("rated", "rate/ethical-judgement")
    steps = page.get_by_role("navigation", name="Steps").get_by_role("link").all_inner_texts()
    last = [step.split()[-1] for step in steps]
    assert last == ["Aim", "Rate", "Record", "Results", "case", "over"]

    page.get_by_role("button", name="Record your work").click()
    assert page.evaluate("document.activeElement.textContent") == "Your record"
    assert page.url.endswith("#record/responsibilities")


def test_a_framework_without_a_record_has_no_such_step(show: Show) -> None:
    """Three steps, an address of the record leads to none of it, and Rate leads to Results."""
    page = show("plain", "record/kpis")
    steps = page.get_by_role("navigation", name="Steps").get_by_role("link").all_inner_texts()

    assert [step.split()[-1] for step in steps] == ["Aim", "Rate", "Results", "case", "over"]
    assert page.locator(".sm-record").count() == 0


def test_a_guide_that_cannot_be_read_is_said(show: Show) -> None:
    """The step is there and says why it is empty; the other steps work."""
    page = show("broken_guide", "record")
    assert "The role guide has 2 problems." in page.locator(".sm-record").inner_text()

    page.get_by_role("link", name="Results").click()
    page.locator(".sm-results").wait_for()


def test_an_answer_is_stored_and_counted(show: Show) -> None:
    """One click is one event; the part says how many are answered; the focus stays."""
    page = show("new", "record")
    here = item(page, "Own a use case end to end")

    here.get_by_role("radio", name="I share it").check()
    stored(page)

    assert sent(page, "record") == [
        {
            "id": "r-resp-lifecycle",
            "entry": {"item": "resp-lifecycle", "answer": "share", "date": None, "text": ""},
        }
    ]
    assert "1 of 22 answered" in page.locator(".sm-record-part[aria-current]").inner_text()
    assert focus(page) == "record.resp-lifecycle-share"


def test_arrows_choose_and_are_one_event(show: Show) -> None:
    """Moving over two answers stores the last one only."""
    page = show("new", "record")
    item(page, "Own a use case end to end").get_by_role("radio", name="I own it").check()
    stored(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    stored(page)

    assert [command["entry"]["answer"] for command in sent(page, "record")] == ["own", "not-mine"]


def test_clearing_keeps_the_note(show: Show) -> None:
    """The answer goes, what was written stays; with nothing left the entry goes."""
    page = show("recorded", "record/responsibilities")
    page.get_by_role("button", name="Clear the answer: Own a use case end to end").click()
    stored(page)
    assert sent(page, "record")[-1]["entry"] == {
        "item": "resp-lifecycle",
        "answer": None,
        "date": None,
        "text": "Ticket router, from data to alerts.",
    }

    page.get_by_role("textbox", name="Note on Own a use case end to end").fill("")
    stored(page)
    assert sent(page, "record")[-1] == {"id": "r-resp-lifecycle", "entry": None}


def test_a_date_comes_back_with_its_answer(show: Show) -> None:
    """An answer that does not count carries no date; going back brings the date back."""
    page = show("recorded", "record/responsibilities")
    here = item(page, "Own a use case end to end")
    here.get_by_role("radio", name="Not part of my work").check()
    stored(page)
    here.get_by_role("radio", name="I own it").check()
    stored(page)

    dates = [command["entry"]["date"] for command in sent(page, "record")]
    assert dates == [None, "2025-02-01"]


def test_a_reached_milestone_waits_for_its_date(show: Show) -> None:
    """Until the date is there nothing is sent; the half answer survives a reload."""
    page = show("new", "record/milestones")
    here = item(page, "Know product and users")
    here.get_by_role("radio", name="Reached").check()
    assert "Say when, and it is stored" in here.inner_text()
    page.reload()
    page.wait_for_selector(".sm-record")
    assert here.get_by_role("radio", name="Reached").is_checked()
    assert sent(page, "record") == []

    here.get_by_label("Reached on").fill("2026-02-03")
    stored(page)
    (command,) = sent(page, "record")
    assert (command["entry"]["answer"], command["entry"]["date"]) == ("reached", "2026-02-03")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('draft'))") == []


def test_a_note_saves_itself_and_survives_a_dead_kernel(show: Show) -> None:
    """Half a note is there again after the page reloads itself, with the caret in it."""
    page = show("recorded", "record/responsibilities")
    page.evaluate("mock.silent = true; window.before = true")
    name = "Note on Own a use case end to end"
    page.get_by_role("textbox", name=name).fill("half a thou")

    page.wait_for_function("!window.before", timeout=15000)
    page.wait_for_selector(".sm-saved-saved")
    note = page.get_by_role("textbox", name=name)
    assert note.input_value() == "half a thou"
    assert note.evaluate("el => el === document.activeElement")
    assert sent(page, "record")[-1]["entry"]["text"] == "half a thou"


def test_a_refused_entry_is_a_draft_again(show: Show) -> None:
    """The kernel refuses: the page says so, and answer and reading are still there to correct."""
    page = show("new", "record")
    page.evaluate("mock.refuse = 'record'")
    here = item(page, "Own a use case end to end")
    here.get_by_role("radio", name="I own it").check()
    page.wait_for_selector(".sm-toast-problem")
    assert here.get_by_role("radio", name="I own it").is_checked()

    page.locator(".sm-record-part", has_text="KPIs").click()
    form = fill_reading(page, MTTR, value="3.5", date="2026-09-30", source="DASH-4")
    page.evaluate("mock.refuse = 'record'")
    form.get_by_role("button", name="Add reading").click()
    page.wait_for_function("document.querySelectorAll('.sm-toast-problem').length === 2")
    assert form.get_by_label("Value").input_value() == "3.5"


def test_an_answer_becomes_evidence(show: Show) -> None:
    """The evidence form is filled in from the entry, and what is added hangs on it."""
    page = show("recorded", "record/milestones/goal-90-ship")
    here = item(page, "Ship one ML improvement")
    here.get_by_role("button", name="Make evidence of this").click()
    assert focus(page) == "ev-title"
    page.keyboard.press("End")
    page.keyboard.type("!")
    here.get_by_role("button", name="Add", exact=True).click()
    stored(page)

    (command,) = sent(page, "evidence")
    made = command["item"]
    assert made["title"] == "Ship one ML improvement!"
    assert made["date"] == "2025-05-12"
    assert made["record"] == "r-goal-90-ship"
    assert made["skills"] == ["production-ml", "mlops", "execution"]
    assert made["artefact"] == ""
    assert "Evidence: Ship one ML improvement!" in here.locator(".sm-record-made").inner_text()
    assert focus(page) == "record-evidence-r-goal-90-ship"

    here.locator(".sm-record-made").get_by_role("link", name="MLOps").click()
    page.get_by_role("link", name="Ship one ML improvement", exact=True).click()
    assert page.url.endswith("#record/milestones/goal-90-ship")


def test_an_address_leads_to_an_item(show: Show) -> None:
    """Part and item are in the address; going back returns to the part before."""
    page = show("recorded", "record/kpis/kpi-mttr")
    page.wait_for_function("document.activeElement.dataset.focus === 'record-item-kpi-mttr'")
    page.locator(".sm-record-part", has_text="Tools").click()
    assert focus(page) == "record-block-tools"
    assert page.url.endswith("#record/tools")

    page.go_back()
    page.wait_for_function("location.hash === '#record/kpis/kpi-mttr'")
    assert page.get_by_role("heading", name="KPIs", exact=True).count() == 1


def test_narrow_screens_choose_the_part_from_a_list(show: Show) -> None:
    """At 390 px the parts are a list to choose from, and the focus stays on it."""
    page = show("recorded", "record", width=390, height=844)
    assert page.locator(".sm-record-parts").is_hidden()
    page.get_by_label("Part of the record").focus()
    page.get_by_label("Part of the record").select_option(label="KPIs: 1 of 18 measured")

    assert page.get_by_role("heading", name="KPIs", exact=True).is_visible()
    assert focus(page) == "record-choose"


def test_paper_takes_what_was_recorded(show: Show) -> None:
    """Printed, all parts stand below each other, with answers, without buttons or blanks."""
    page = show("recorded", "record")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator(".sm-record-block").count() == 8
    assert page.locator(".sm-record .sm-button:visible").count() == 0
    shown = page.locator(".sm-option:visible").all_inner_texts()
    assert sorted(shown) == ["I own it", "I share it", "Not part of my work", "Reached"]
    assert (
        "19 of 22 have no entry and are left out here." in page.locator(".sm-record").inner_text()
    )
    assert page.locator(".sm-reading").count() == 4
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".sm-record-block").count() == 1
    assert page.locator(".sm-record-item").count() == 22


def test_evidence_keeps_where_it_came_from(show: Show) -> None:
    """Edited where it hangs, the item still names its entry; the focus returns to it."""
    page = show("recorded", "record/responsibilities")
    page.get_by_role("button", name="Edit: Ticket router, end to end").click()
    page.get_by_label("What it was", exact=True).fill("Ticket router")
    page.get_by_role("button", name="Done").click()
    stored(page)

    assert sent(page, "evidence")[-1]["item"]["record"] == "r-resp-lifecycle"
    assert focus(page) == "ev-edit-from-record"


def test_another_tab_is_seen_without_losing_the_own_words(show: Show) -> None:
    """An answer given elsewhere appears; the note being typed stays."""
    page = show("recorded", "record/responsibilities")
    note = page.get_by_role("textbox", name="Note on Own a use case end to end")
    note.press_sequentially(" More")
    page.evaluate(
        """mock.elsewhere('record', {id: 'r-resp-roadmap', entry:
            {item: 'resp-roadmap', answer: 'own', date: null, text: ''}})"""
    )

    assert note.input_value().endswith("More")
    assert page.get_by_role("radio", name="I own it").nth(2).is_checked()


def test_nothing_typed_is_run(show: Show) -> None:
    """Markup in notes, units and sources is shown, not run."""
    page = show("hostile", "record/kpis")

    assert page.evaluate("document.querySelectorAll('.sm script').length") == 0
    assert "<script>" in item(page, MTTR).inner_text()
