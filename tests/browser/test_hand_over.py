"""Handing over, as a person does it: two private notes, a packet, a round that is closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.pages.self_review import SelfReview
from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, begin, cell, open_skill, saved, shown, to_step, until

pytestmark = pytest.mark.slow

SECRETS = {"mlops": "The lead never lets me near it.", "python": "Tired of all this."}


def hand_over(page: Any) -> None:
    """Go to the last step and wait for the manifest."""
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Hand over").click()
    page.locator(".sm-hand-part").first.wait_for()


def write_notes(page: Any) -> None:
    """Rate two skills, with a private note each, and share a third."""
    to_step(page, "Rate")
    for skill, text in SECRETS.items():
        cell(page, skill, 3).click()
        open_skill(page, skill)
        page.locator("textarea[data-focus=note]").fill(text)
    open_skill(page, "ranking")
    page.locator("textarea[data-focus=note]").fill("Nothing is ranked here.")
    page.get_by_label("Who may read it").select_option("shared")
    saved(page)


def lock(page: Any, *, delete: str | None = None) -> None:
    """Lock, after deciding about the private notes."""
    if delete:
        page.locator(f"#sm-fate-{delete}").select_option("delete")
    page.get_by_role("button", name="Lock and make the packet").click()
    if delete:
        page.get_by_label("for good; nobody can bring it back").check()
    page.get_by_role("button", name="Lock this round").click()
    page.get_by_role("heading", name="Locked, and ready to hand over").wait_for()


def packet_of(page: Any, folder: Path) -> tuple[Path, str]:
    """Download the packet; give the file and its text."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the packet").first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path, path.read_text(encoding="utf-8")


def test_the_whole_job(workbook: Workbook, tab: Any, tmp_path: Path) -> None:
    """Private words leave in no packet; the round is closed, also after a reload; a new one goes on."""
    begin(tab, workbook.address, "Ana Example")
    write_notes(tab)
    hand_over(tab)
    tab.locator(".sm-hand-part summary", has_text="Notes").click()
    tab.get_by_text("What the reader gets").click()
    reads = tab.locator(".sm-hand-document").inner_text()
    assert "Nothing is ranked here." in reads
    assert not any(secret in reads for secret in SECRETS.values())

    lock(tab, delete="python")
    path, text = packet_of(tab, tmp_path)

    assert not any(secret in text for secret in SECRETS.values())
    packet = sm.read_packet(path, audience="mentor")
    assert packet.assessment.person.name == "Ana Example"
    assert packet.assessment.ratings["mlops"].value == 3
    assert set(packet.assessment.notes) == {"ranking"}
    assert path.name == f"{packet.manifest.person}.mentor.packet.json"
    disk = [each.read_bytes() for each in workbook.workspace.iterdir()]
    assert not any(SECRETS["python"].encode() in content for content in disk)

    tab.reload()
    to_step(tab, "Rate")
    tab.locator(".sm-locked-banner").wait_for()
    before = shown(tab)
    cell(tab, "mlops", 5).click()
    open_skill(tab, "mlops")
    assert tab.locator(".sm-note textarea").get_attribute("readonly") is not None
    assert tab.locator(".sm-note textarea").input_value() == ""
    tab.keyboard.press("Control+z")
    tab.wait_for_timeout(500)
    assert shown(tab) == before

    tab.get_by_role("link", name="Go on in your next round").click()
    tab.wait_for_url("**/self_review?assessment=*")
    until(tab, "!document.querySelector('.sm-locked-banner')")
    to_step(tab, "Rate")
    open_skill(tab, "mlops")
    assert tab.locator("textarea[data-focus=note]").input_value() == SECRETS["mlops"]
    cell(tab, "mlops", 4).click()
    saved(tab)
    with workbook.store() as store:
        assert sorted(head.status for head in store.assessments()) == ["draft", "locked"]
    assert tab.watched.complaints == []
    assert tab.watched.strangers(workbook.base) == []


def test_a_tab_that_does_not_know_of_the_lock(
    workbook: Workbook, tab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it sends is refused and kept there as text; then it shows the locked round."""
    begin(tab, workbook.address, "Ana Example")
    to_step(tab, "Rate")
    cell(tab, "mlops", 3).click()
    open_skill(tab, "mlops")
    saved(tab)
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(workbook.workspace))
    elsewhere, seq = SelfReview(), workbook.head().seq
    said: list[dict[str, Any]] = []
    for name, args in (("hello", {}), ("lock", {"audience": "mentor", "seq": seq})):
        if name == "lock":
            # A note leaves the page 600 ms after the last key: the lock is there before it.
            tab.locator("textarea[data-focus=note]").fill("Typed a moment too late.")
        message = {"kind": "command", "id": f"else-{name}", "name": name, "args": args}
        elsewhere.answer({**message, "base": seq}, said.append)
    elsewhere.store.close()
    assert [answer["kind"] for answer in said] == ["ack", "ack"], said

    kept = tab.locator(".sm-locked-kept")
    kept.wait_for()
    assert "Typed a moment too late." in kept.inner_text()
    tab.reload()
    kept.wait_for()
    assert "Typed a moment too late." in kept.inner_text()
    assert "too late" not in json.dumps([event.payload for event in workbook.events()])


def test_a_lock_sent_again_after_a_kill_is_one_lock(workbook: Workbook, tab: Any) -> None:
    """The kernel dies when the lock is sent: after the reload there is one lock and one packet."""
    begin(tab, workbook.address, "Ana Example")
    write_notes(tab)
    hand_over(tab)
    tab.get_by_role("button", name="Lock and make the packet").click()
    workbook.kill_kernel(tab)

    tab.get_by_role("button", name="Lock this round").click()
    tab.get_by_role("heading", name="Locked, and ready to hand over").wait_for()

    assert tab.get_by_role("button", name="Download the packet").count() == 1
    with workbook.store() as store:
        heads = store.assessments()
        assert sorted(head.status for head in heads) == ["draft", "locked"]
        (locked,) = [head for head in heads if head.status == "locked"]
        assert [e.kind for e in store.events(locked.code)].count("lock") == 1


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing(workbook: Workbook, visit: Any, width: int, theme: str) -> None:
    """The step before and after the lock, every fold open; and a locked round on Rate."""
    page = visit(color_scheme=theme)
    begin(page, workbook.address, "Ana Example")
    write_notes(page)
    page.set_viewport_size({"width": width, "height": 900})
    hand_over(page)
    unfold = "document.querySelectorAll('.sm-hand-over details').forEach(d => { d.open = true })"
    page.evaluate(unfold)
    page.get_by_role("button", name="Lock and make the packet").click()
    found = faults(page, "before the lock")
    page.get_by_role("button", name="Lock this round").click()
    page.get_by_role("heading", name="Locked, and ready to hand over").wait_for()
    page.evaluate(unfold)
    found += faults(page, "after the lock")
    to_step(page, "Rate")
    found += faults(page, "a locked round")

    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
