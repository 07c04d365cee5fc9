"""A record kept from the first answer to an import taken back, as its owner would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, begin, drawn, open_skill, saved, to_step, until

pytestmark = pytest.mark.slow

MTTR = "Mean time to recover (MTTR)"
GOOD_AND_BAD = """kpi;date;value;unit;source
kpi-mttr;2025-12-31;6,5;h;DASH-4
7.kpi.10;2026-03-31;5;hours;DASH-4
Mean time to recover (MTTR);30.06.2026;4;hours;DASH-4
kpi-mttr;2026-07-31;200;minutes;DASH-4
kpi-latency;2026-07-31;1,234;ms (p95);DASH-7
kpi-mttd;;;minutes;
kpi-cycle-time;;;%;
"""


def item(page: Any, title: str) -> Any:
    """Give one item of the record by its title."""
    return page.locator(".sm-record-item").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )


def part(page: Any, title: str) -> None:
    """Turn to a part of the record."""
    page.locator(".sm-record-part", has_text=title).click()
    page.get_by_role("heading", name=title, exact=True).wait_for()


def import_file(page: Any, text: str) -> Any:
    """Hand over a CSV file and give the preview."""
    page.locator("input[type=file]").set_input_files(
        {"name": "figures.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.locator(".sm-import-preview").wait_for()
    return page.locator(".sm-import-preview")


def test_a_record_from_the_first_answer_to_a_reload(workbook: Workbook, tab: Any) -> None:
    """Answers, a dated milestone, a reading, evidence of it seen in Rate, an import and its undo."""
    begin(tab, workbook.address, "Mira")
    to_step(tab, "Record")
    lifecycle = item(tab, "Own a use case end to end")
    lifecycle.get_by_role("radio", name="I own it").check()
    lifecycle.get_by_label("Since").fill("2025-02-01")
    lifecycle.get_by_role("button", name="Add a note").click()
    tab.keyboard.type("Ticket router, from data to alerts.")
    item(tab, "Weigh accuracy against its price").get_by_role("radio", name="I share it").check()
    saved(tab)

    part(tab, "Milestones")
    goal = item(tab, "Know product and users")
    goal.get_by_role("radio", name="Reached").check()
    assert workbook.events("record")[-1].subject != "r-goal-30-context"
    goal.get_by_label("Reached on").fill("2026-02-03")
    saved(tab)
    assert workbook.events("record")[-1].payload == {
        "item": "goal-30-context",
        "answer": "reached",
        "date": "2026-02-03",
    }

    part(tab, "KPIs")
    item(tab, MTTR).get_by_role("button", name="Add a reading").click()
    form = tab.get_by_role("group", name=f"New reading: {MTTR}")
    form.get_by_label("Value").fill("3,5")
    form.get_by_label("When it was read").fill("2026-09-30")
    form.get_by_label("Where the number comes from").fill("Incident review, DASH-4")
    form.get_by_label("Your own part").fill("Wrote the runbook and the alert.")
    form.get_by_role("button", name="Add reading").click()
    item(tab, MTTR).get_by_text("Target reached").wait_for()
    assert "target below 4 hours: reached" in item(tab, MTTR).inner_text()

    item(tab, MTTR).get_by_role("button", name="Make evidence of this").click()
    evidence = tab.get_by_role("group", name="New evidence")
    assert "target below 4 hours" in evidence.get_by_label("What it changed").input_value()
    evidence.get_by_label("Where it can be seen").fill("INC-7")
    evidence.get_by_role("button", name="Add", exact=True).click()
    item(tab, MTTR).locator(".sm-record-made").get_by_text("E2").wait_for()
    saved(tab)
    (reading,) = [e for e in workbook.events("record") if (e.payload or {}).get("value")]
    assert workbook.events("evidence")[-1].payload["record"] == reading.subject

    to_step(tab, "Rate")
    open_skill(tab, "mlops")
    card = tab.locator(".sm-item-card", has_text="3.5 hours")
    card.get_by_role("link", name=MTTR).click()
    until(tab, "location.hash === '#record/kpis/kpi-mttr'")

    preview = import_file(tab, GOOD_AND_BAD)
    assert "2 readings understood" in preview.inner_text()
    assert "3 rows not understood" in preview.inner_text()
    assert "2 rows left empty" in preview.inner_text()
    assert "write 2026-06-30" in preview.inner_text().replace("Write", "write")
    assert workbook.events("readings") == []
    preview.get_by_role("button", name="Store 2 readings").click()
    item(tab, MTTR).get_by_role("button", name="Show all 3").wait_for()
    tab.locator(".sm-toast").get_by_role("button", name="Undo").click()
    item(tab, MTTR).get_by_role("button", name="Show all 3").wait_for(state="detached")
    tab.get_by_role("button", name="Redo: 2 readings from figures.csv").click()
    item(tab, MTTR).get_by_role("button", name="Show all 3").wait_for()
    saved(tab)

    tab.reload()
    drawn(tab)
    item(tab, MTTR).get_by_role("button", name="Show all 3").click()
    assert item(tab, MTTR).locator(".sm-reading-date").all_inner_texts() == [
        "30 September 2026",
        "31 March 2026",
        "31 December 2025",
    ]
    assert "Evidence: Mean time to recover (MTTR): 3.5 hours" in item(tab, MTTR).inner_text()
    part(tab, "Milestones")
    assert goal.get_by_label("Reached on").input_value() == "2026-02-03"
    part(tab, "Responsibilities")
    note = lifecycle.get_by_role("textbox", name="Note on Own a use case end to end")
    assert note.input_value() == "Ticket router, from data to alerts."
    assert tab.watched.complaints == []


def test_a_killed_kernel_takes_nothing(workbook: Workbook, tab: Any) -> None:
    """The kernel dies under a half-typed reading and a note: both are there, the note stored."""
    begin(tab, workbook.address)
    to_step(tab, "Record")
    part(tab, "KPIs")
    item(tab, MTTR).get_by_role("button", name="Add a reading").click()
    tab.get_by_role("group", name=f"New reading: {MTTR}").get_by_label("Value").fill("3.5")
    part(tab, "Responsibilities")
    lifecycle = item(tab, "Own a use case end to end")
    lifecycle.get_by_role("radio", name="I own it").check()
    lifecycle.get_by_role("button", name="Add a note").click()
    saved(tab)
    tab.evaluate("window.before = true")

    workbook.kill_kernel(tab)
    tab.keyboard.type("Ticket router")
    until(tab, "!window.before")
    drawn(tab)
    saved(tab)

    assert workbook.events("record")[-1].payload["text"] == "Ticket router"
    note = lifecycle.get_by_role("textbox", name="Note on Own a use case end to end")
    assert note.input_value() == "Ticket router"
    part(tab, "KPIs")
    form = tab.get_by_role("group", name=f"New reading: {MTTR}")
    assert form.get_by_label("Value").input_value() == "3.5"


def test_ten_thousand_rows_are_shown_and_stored(workbook: Workbook, tab: Any) -> None:
    """A large file: its preview, one event, and the page still draws the part."""
    begin(tab, workbook.address)
    to_step(tab, "Record")
    part(tab, "KPIs")
    rows = [
        f"kpi-latency,{1999 + n // 365}-{n % 365 // 31 + 1:02}-{n % 28 + 1:02},{n % 120},ms (p95),S{n}"
        for n in range(9_800)
    ]
    preview = import_file(tab, "\n".join(["kpi,date,value,unit,source", *rows, "nonsense"]) + "\n")
    preview.get_by_role("button", name="Store 9,800 readings").click()
    latency = item(tab, "Inference latency (p95)")
    latency.get_by_role("button", name="Show all 9,800").click()
    latency.get_by_role("button", name="Show older").click()
    until(tab, "document.querySelectorAll('.sm-reading').length === 74")
    saved(tab)

    assert len(workbook.events("readings")) == 1
    assert tab.watched.complaints == []


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing(
    workbook: Workbook, visit: Callable[..., Any], width: int, theme: str
) -> None:
    """Each part, a preview, the forms of a reading and of evidence."""
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    begin(page, workbook.address)
    to_step(page, "Record")
    found: list[str] = []
    titles = page.locator(".sm-record-choose option").all_inner_texts()
    for title in titles:
        page.evaluate(
            """title => {
                const box = document.getElementById('sm-record-part');
                box.value = [...box.options].find(one => one.textContent === title).value;
                box.dispatchEvent(new Event('change'));
            }""",
            title,
        )
        found += faults(page, title)
    page.evaluate("location.hash = '#record/kpis'")
    import_file(page, GOOD_AND_BAD)
    found += faults(page, "preview")
    page.get_by_role("button", name="Store 2 readings").click()
    page.get_by_role("button", name=f"Make evidence of this: {MTTR}").click()
    page.get_by_role("button", name=f"Add a reading: {MTTR}").click()
    page.evaluate("document.querySelectorAll('.sm-record details').forEach(d => { d.open = true })")
    found += faults(page, "forms")

    assert not found, "\n".join(found)
