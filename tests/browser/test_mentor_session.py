"""The mentor session as two people hold it: files go between them, nothing leaks before the lock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.sessions import read_session, standing
from tests.browser.test_axe import faults
from tests.browser.test_hand_over import hand_over, lock, packet_of
from tests.browser.workbook import Workbook, begin, cell, drawn, saved, shown, to_step, until
from tests.pages.test_mentor_session import own, packet

pytestmark = pytest.mark.slow

MARK = "SECRET"  # in the evidence and the note of every packet here


class Frames:
    """What goes through the sockets of a tab."""

    def __init__(self, page: Any) -> None:
        self.sent: list[str] = []
        self.received: list[str] = []
        page.on("websocket", self._opened)

    def _opened(self, socket: Any) -> None:
        socket.on("framesent", lambda data: self.sent.append(_text(data)))
        socket.on("framereceived", lambda data: self.received.append(_text(data)))


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", "replace")


def packet_file(folder: Path, **changes: Any) -> Path:
    """Write Ana's packet for her mentor."""
    path = folder / "ana.mentor.packet.json"
    path.write_text(json.dumps(packet(own(**changes))), encoding="utf-8")
    return path


def open_packet(page: Any, workbook: Workbook, path: Path) -> None:
    """From the printed address to the board of a person."""
    page.goto(workbook.address)
    page.goto(f"{workbook.base}/mentor_session")
    drawn(page)
    page.get_by_label("Your name").fill("Lee")
    page.locator("input[type=file]").set_input_files(str(path))
    page.locator(".sm-board").wait_for()


def lock_own(page: Any) -> None:
    """Lock the mentor's ratings."""
    saved(page)
    page.get_by_role("button", name="Lock my ratings…").click()
    page.get_by_role("button", name="Lock my ratings for good").click()
    page.locator(".sm-predict").wait_for()


def show_both(page: Any) -> None:
    """Open both ratings."""
    page.locator("[data-focus=reveal]").click()
    page.locator(".sm-both").wait_for()


def at_agenda(page: Any, workbook: Workbook, path: Path) -> None:
    """Rate two skills, lock, reveal, and go to the agenda."""
    open_packet(page, workbook, path)
    cell(page, "mlops", 3).click()
    cell(page, "python", 4).click()
    lock_own(page)
    show_both(page)
    page.locator("[data-focus=to-agenda]").click()
    page.locator(".sm-agenda").wait_for()


@contextmanager
def stored(page: Any) -> Iterator[dict[str, str]]:
    """Give what the browser keeps."""
    yield page.evaluate("({...localStorage, ...sessionStorage})")


def test_nothing_of_the_other_is_in_page_or_traffic_before_the_lock(
    workbook: Workbook, tab: Any, tmp_path: Path
) -> None:
    """Not in a frame, the document, the first paint or the browser's storage; then it opens."""
    frames = Frames(tab)
    open_packet(tab, workbook, packet_file(tmp_path))
    told = [frame for frame in frames.received if '"rows"' in frame]
    levels = re.compile(r'"(value|claimed|level|own)": ?[0-9]')
    before = [found.group() for frame in told for found in [levels.search(frame)] if found]
    cell(tab, "streaming", 5).click()
    tab.get_by_role("button", name="Undo").first.click()
    saved(tab)
    tab.reload()
    drawn(tab)
    tab.locator(".sm-board").wait_for()
    answer = tab.request.get(tab.url.partition("#")[0]).text()
    with stored(tab) as kept:
        everything = [*frames.received, tab.content(), answer, json.dumps(kept)]

    assert told
    assert before == []
    assert not [text[:200] for text in everything if MARK in text]
    assert sum(MARK in frame for frame in frames.sent) == 1  # the file itself, on its way in
    lock_own(tab)
    assert not [text[:200] for text in [*frames.received, tab.content()] if MARK in text]
    show_both(tab)
    assert [frame for frame in frames.received if MARK in frame]


def test_two_people_with_files_only(serve: Any, visit: Any, tmp_path: Path) -> None:
    """She locks and hands over; he rates blind, both talk; the record holds it and verifies."""
    hers, his = serve(), Workbook(tmp_path / "mentor" / "workspace")
    ana, lee = visit(), visit()
    begin(ana, hers.address, "Ana")
    to_step(ana, "Rate")
    for skill, level in (("mlops", 4), ("python", 4)):
        cell(ana, skill, level).click()
    saved(ana)
    hand_over(ana)
    lock(ana)
    file, _ = packet_of(ana, tmp_path)

    open_packet(lee, his, file)
    cell(lee, "mlops", 2).click()
    cell(lee, "python", 4).click()
    cell(lee, "validation", 0).focus()
    lee.keyboard.press("n")
    lee.get_by_text("2 of 27 rated, 1 not observed").wait_for()
    lock_own(lee)
    lee.locator('[data-focus="sm-predict-mlops-3"]').focus()
    lee.keyboard.press("Space")
    lee.get_by_label("MLOps: how sure").select_option("a guess")
    show_both(lee)
    raw = lee.locator(".sm-both-raw").inner_text()
    pair = lee.locator(".sm-pair-track").first.get_attribute("aria-label")
    lee.locator("[data-focus=to-agenda]").click()
    lee.locator("[data-focus=timer]").click()
    lee.locator("[data-focus=agenda-mlops]").click()
    lee.locator("[data-focus=agree-3]").check()
    lee.get_by_label("What settled it").fill("One release, with help.")
    lee.wait_for_timeout(1200)
    lee.locator("[data-focus=agree]").click()
    lee.get_by_text("Agreed: 3").wait_for()
    lee.locator("[data-focus=act]").click()
    lee.get_by_label("What is to be done").fill("Lead the next release")
    lee.get_by_label("By when").fill("2027-01-15")
    lee.get_by_role("button", name="Add", exact=True).click()
    lee.locator("[data-focus=next-item]").click()
    lee.locator("[data-focus=park]").click()
    lee.get_by_role("navigation", name="Steps").get_by_role("link", name="Close").click()
    saved(lee)
    lee.locator("[data-focus=close]").click()
    lee.get_by_role("heading", name="What you agreed").wait_for()
    with lee.expect_download() as coming:
        lee.locator("[data-focus=record-file]").click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    session = read_session(path, sm.load_framework())
    now = standing(session)

    assert "On 1 you gave the same level" in raw
    assert pair is not None
    assert "Ana 4, evidence carries 1; Lee 2, evidence carries 1; Ana 2 levels higher" in pair
    assert (now.agreed["mlops"].level, now.agreed["mlops"].reason) == (3, "One release, with help.")
    assert [(a["text"], a["due"]) for a in now.actions.values()] == [
        ("Lead the next release", "2027-01-15")
    ]
    assert now.predicted is not None
    assert now.predicted.levels["mlops"].sure == "a guess"
    assert {each.until for each in now.parked.values()} == {"next session"}
    assert now.seconds["mlops"] >= 1
    assert now.closed
    assert session.head.mentor.name == "Lee"
    assert not lee.watched.complaints
    assert not lee.watched.strangers(his.base)


def test_a_killed_kernel_in_the_middle_of_a_talk(
    workbook: Workbook, tab: Any, tmp_path: Path
) -> None:
    """What was typed is still there, what was agreed is stored once."""
    at_agenda(tab, workbook, packet_file(tmp_path))
    tab.locator("[data-focus=agenda-mlops]").click()
    tab.get_by_label("What settled it").fill("Half a sent")
    workbook.kill_kernel(tab)
    tab.locator("[data-focus=agree-4]").check()
    until(tab, "performance.getEntriesByType('navigation')[0].type === 'reload'")
    drawn(tab)
    tab.locator(".sm-agenda").wait_for()
    assert tab.get_by_label("What settled it").input_value() == "Half a sent"
    assert tab.locator("[data-focus=agree-4]").is_checked()
    workbook.kill_kernel(tab)
    tab.locator("[data-focus=agree]").click()
    tab.get_by_text("Agreed: 4").wait_for()
    saved(tab)

    agreed = [e for e in workbook.events("session") if (e.payload or {}).get("kind") == "agreed"]
    assert [e.payload["content"]["reason"] for e in agreed if e.payload] == ["Half a sent"]


def test_the_keyboard_alone_goes_from_rating_to_agreement(
    workbook: Workbook, tab: Any, tmp_path: Path
) -> None:
    """Digits, n and Enter; no pointer is needed from the board to an agreed level."""
    open_packet(tab, workbook, packet_file(tmp_path))
    cell(tab, "mlops", 0).focus()
    tab.keyboard.press("3")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("n")
    saved(tab)
    rated = shown(tab)
    tab.locator("[data-focus=lock]").focus()
    tab.keyboard.press("Enter")
    until(tab, "document.activeElement.dataset.focus === 'lock-title'")
    tab.locator("[data-focus=lock-now]").focus()
    tab.keyboard.press("Enter")
    until(tab, "document.activeElement.dataset.focus === 'step'")
    tab.locator("[data-focus=reveal]").focus()
    tab.keyboard.press("Enter")
    tab.locator(".sm-both").wait_for()
    until(tab, "document.activeElement.dataset.focus === 'step'")
    tab.locator("[data-focus=to-agenda]").focus()
    tab.keyboard.press("Enter")
    tab.locator("[data-focus=agree-3]").focus()
    tab.keyboard.press("Space")
    tab.locator("[data-focus=agree]").focus()
    tab.keyboard.press("Enter")
    until(tab, "document.activeElement.dataset.focus === 'agreed'")
    saved(tab)

    assert rated == {"mlops": 3}
    assert ("deep-learning", "NOT_OBSERVED") in workbook.ratings()
    assert not tab.watched.complaints


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (390, "light")])
def test_axe_finds_nothing_in_any_part(
    workbook: Workbook, visit: Any, tmp_path: Path, width: int, theme: str
) -> None:
    """People, board, lock, predictions, side by side, agenda with every form, close; no overflow."""
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    found: list[str] = []

    def look(where: str) -> None:
        page.evaluate(
            "document.querySelectorAll('.sm-meet details').forEach(d => { d.open = true })"
        )
        found.extend(faults(page, where))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found.extend([f"{where} is {wide} px too wide"] if wide > 0 else [])

    page.goto(workbook.address)
    page.goto(f"{workbook.base}/mentor_session")
    drawn(page)
    look("no people")
    page.locator("input[type=file]").set_input_files(
        [str(packet_file(tmp_path)), str(Path(__file__))]
    )
    page.locator(".sm-people-files").wait_for()
    look("people")
    page.get_by_role("link", name="Ana").click()
    page.locator(".sm-board").wait_for()
    cell(page, "mlops", 3).click()
    look("rate")
    saved(page)
    page.get_by_role("button", name="Lock my ratings…").click()
    look("lock")
    page.get_by_role("button", name="Lock my ratings for good").click()
    page.locator('[data-focus="sm-predict-mlops-3"]').check(force=True)
    look("predict")
    show_both(page)
    look("both")
    page.locator("[data-focus=to-agenda]").click()
    page.locator("[data-focus=act]").click()
    page.locator("[data-focus=timer]").click()
    look("agenda")
    page.locator("[data-focus=agree-4]").check()
    page.locator("[data-focus=agree]").click()
    page.get_by_text("Agreed: 4").wait_for()
    look("agreed")
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Close").click()
    look("close")

    assert not found, "\n".join(found)
