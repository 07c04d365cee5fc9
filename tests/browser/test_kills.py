"""kill -9 of the server, and of the kernel alone: said, kept, and stored once afterwards."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from skillmatrix import settings
from tests.browser.workbook import (
    Workbook,
    begin,
    cell,
    drawn,
    open_skill,
    saved,
    shown,
    to_step,
    until,
)

pytestmark = pytest.mark.slow

NOTE = "Three rollbacks rehearsed, \u0645\u0631\u062d\u0628\u0627 \N{SNOWMAN}, one of them live."
HALF = "An item half ty"


def test_a_killed_server(workbook: Workbook, tab: Any) -> None:
    """The page says so, keeps what is done meanwhile, and stores it once after the restart."""
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    cell(tab, "python", 3).click()
    saved(tab)
    open_skill(tab, "mlops")
    workbook.kill()

    cell(tab, "mlops", 4).click()
    tab.get_by_label("Note on MLOps").fill(NOTE)
    tab.get_by_role("button", name="Add evidence").click()
    tab.get_by_label("What it was", exact=True).fill(HALF)
    banner = tab.locator(".sm-banner")
    banner.filter(has_text="Not connected. What you do is kept in this browser").wait_for()
    assert "Not saved" in tab.locator(".sm-saved").inner_text()
    assert shown(tab) == {"python": 3, "mlops": 4}
    assert workbook.ratings() == [("python", 3)]

    workbook.again()
    banner.wait_for(state="detached")
    saved(tab)

    assert shown(tab) == {"python": 3, "mlops": 4}
    assert tab.get_by_label("Note on MLOps").input_value() == NOTE
    assert tab.get_by_label("What it was", exact=True).input_value() == HALF
    assert workbook.ratings() == [("python", 3), ("mlops", 4)]
    assert [e.payload["text"] for e in workbook.events("note")] == [NOTE]
    assert workbook.events("evidence") == []
    assert not [said for said in tab.watched.complaints if "page error" in said]


def test_a_killed_kernel(workbook: Workbook, tab: Any) -> None:
    """The server lives: the page opens itself again, where it was, and stores what it kept."""
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    cell(tab, "python", 3).click()
    saved(tab)
    open_skill(tab, "mlops")
    tab.evaluate("window.before = true")
    workbook.kill_kernel(tab)

    cell(tab, "mlops", 4).click()
    tab.locator(".sm-saved-saved").wait_for(state="detached")
    tab.get_by_label("Note on MLOps").press_sequentially(NOTE, delay=5)
    until(tab, "!window.before")
    tab.locator(".sm-panel").wait_for()
    saved(tab)

    assert shown(tab) == {"python": 3, "mlops": 4}
    note = tab.get_by_label("Note on MLOps")
    assert note.input_value() == NOTE
    assert note.evaluate("el => el === document.activeElement")
    assert workbook.ratings() == [("python", 3), ("mlops", 4)]
    assert [e.payload["text"] for e in workbook.events("note")][-1] == NOTE
    assert tab.url.endswith("#rate/mlops")


def test_what_was_not_saved_survives_the_browser(
    workbook: Workbook, visit: Any, serve: Any
) -> None:
    """Server and tab both gone: the next visit in the same browser stores what was kept."""
    tab = visit()
    begin(tab, workbook.address)
    to_step(tab, "Rate")
    saved(tab)
    address = tab.url
    workbook.kill()
    cell(tab, "mlops", 4).click()
    tab.locator(".sm-banner", has_text="Not connected.").wait_for()
    tab.close()

    serve(port=workbook.port)
    later = tab.context.new_page()
    later.goto(address)
    drawn(later)
    saved(later)

    assert workbook.ratings() == [("mlops", 4)]


def test_a_draft_kept_on_the_home_page_of_a_dead_server(workbook: Workbook, tab: Any) -> None:
    """Start pressed while nobody listens: one assessment after the restart, not two."""
    tab.goto(workbook.address)
    tab.get_by_label("Name").fill("Noor")
    workbook.kill()
    tab.get_by_role("button", name="Start", exact=True).click()
    tab.locator(".sm-banner", has_text="Not connected.").wait_for()

    workbook.again()
    until(
        tab,
        "document.querySelector('.sm-saved-saved') && "
        "(document.querySelector('.sm-assessment') || document.querySelector('.sm-aim'))",
    )

    assert workbook.head().person_name == "Noor"


@pytest.mark.parametrize("page", ["home", "self_review"])
def test_a_framework_that_cannot_be_read_is_said(serve: Any, tab: Any, page: str) -> None:
    """The page says which file and what to do, instead of opening for ever."""
    broken = serve.folder / "data"
    shutil.copytree(settings.data_dir(), broken)
    names = broken / "frameworks" / "ml-specialist" / "framework.yaml"
    names.write_text(names.read_text(encoding="utf-8").replace("level: 3", "level: 33"))
    workbook = serve(env={"SKILLMATRIX_DATA": str(broken)})

    tab.goto(workbook.address)
    tab.goto(f"{workbook.base}/{page}")

    said = tab.locator(".sm-broken, [data-skillmatrix-failed]")
    said.wait_for()
    assert "skillmatrix doctor" in said.inner_text() or "ml-specialist/" in said.inner_text()


def test_a_damaged_workspace_is_said(workbook: Workbook, tab: Any) -> None:
    """The page names the file; the file is left as it is."""
    begin(tab, workbook.address)
    workbook.stop()
    database = workbook.workspace / "skillmatrix.db"
    for extra in ("-wal", "-shm"):
        database.with_name(database.name + extra).unlink(missing_ok=True)
    database.write_bytes(b"no database at all" * 100)
    again = workbook.again()

    tab.goto(again.base + "/home")

    tab.locator(".sm-banner, .sm-broken").filter(has_text="skillmatrix.db").wait_for()
    assert database.read_bytes() == b"no database at all" * 100
