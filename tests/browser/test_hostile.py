"""What people type is text: 27 long notes, markup, Arabic and emoji, in every place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skillmatrix.framework import load_framework
from tests.browser.workbook import (
    Workbook,
    add_evidence,
    begin,
    cell,
    open_skill,
    saved,
    shown,
    to_step,
    until,
)

pytestmark = pytest.mark.slow

SCRIPT = "<script>window.hacked=1</script>"
IMAGE = '"><img src=x onerror="window.hacked=1">'
ARABIC = "\u062a\u0642\u064a\u064a\u0645 \u0630\u0627\u062a\u064a \u202e"
EMOJI = "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}\N{SNOWMAN}\ufe0f"
NAME = f"{SCRIPT}{ARABIC}{EMOJI}{IMAGE}" + "x" * 60
SLOWEST = 0.4  # s from a click to the next frame but one, on a busy machine


def note_of(skill: str) -> str:
    """Write a note of 5,000 characters that is unlike every other one."""
    part = f"{skill} {SCRIPT} {ARABIC} {EMOJI} {IMAGE} </textarea></script>\n"
    return (part * (5000 // len(part) + 1))[:4999] + "."


def seconds_to_paint(page: Any, skill: str, level: int) -> float:
    """Click in the page itself, and wait until the frame after it is on the screen."""
    return (
        page.evaluate(
            """([skill, level]) => new Promise(done => {
                const start = performance.now();
                document.querySelector(
                  `.sm-row[data-skill="${skill}"] .sm-cell[data-level="${level}"]`).click();
                requestAnimationFrame(() => requestAnimationFrame(
                  () => done(performance.now() - start)));
            })""",
            [skill, level],
        )
        / 1000
    )


def test_twenty_seven_long_notes(workbook: Workbook, tab: Any) -> None:
    """Shown as text, stored to the character, and the page answers as fast as ever."""
    skills = list(load_framework("ml-specialist").skills)
    wanted = {skill: note_of(skill) for skill in skills}
    begin(tab, workbook.address, NAME)
    to_step(tab, "Rate")
    open_skill(tab, skills[0])
    for number, skill in enumerate(skills):
        until(tab, f"location.hash === '#rate/{skill}'")
        tab.locator("textarea[data-focus=note]").fill(wanted[skill])
        if number == 0:
            add_evidence(
                tab, title=f"{SCRIPT}{IMAGE}{ARABIC}", date="2026-10-01", description=IMAGE
            )
        if skill != skills[-1]:
            tab.locator("[data-focus=skill-after]").click()
    saved(tab)

    # on disk
    stored = {e.subject: e.payload["text"] for e in workbook.events("note")}
    assert stored == wanted
    assert workbook.head().person_name == NAME
    assert workbook.events("evidence")[-1].payload["title"] == f"{SCRIPT}{IMAGE}{ARABIC}"

    # on the screen, after a reload that reads all of it
    tab.reload()
    tab.locator(".sm-widget .sm-row").first.wait_for()
    assert tab.locator(".sm-whose-name").inner_text().startswith(SCRIPT)
    assert seconds_to_paint(tab, "mlops", 3) < SLOWEST
    assert shown(tab) == {"mlops": 3}
    for skill in (skills[0], "mlops", skills[-1]):
        open_skill(tab, skill)
        until(tab, f"document.querySelector('#sm-note-{skill}')")
        assert tab.locator("textarea[data-focus=note]").input_value() == wanted[skill]
    open_skill(tab, skills[0])
    assert tab.locator(".sm-item-title").inner_text().startswith(f"{SCRIPT}{IMAGE}")
    to_step(tab, "Results")
    tab.locator("img.sm-figure-image").wait_for()
    assert tab.evaluate("document.querySelectorAll('.sm script, .sm img[src=x]').length") == 0
    assert tab.evaluate("window.hacked") is None
    assert tab.evaluate("document.scrollingElement.scrollWidth <= innerWidth")

    # on the home page
    tab.goto(workbook.base + "/home")
    tab.locator(".sm-assessment-name").wait_for()
    assert tab.locator(".sm-assessment-name").inner_text().startswith(SCRIPT)
    assert tab.evaluate("document.querySelectorAll('.sm script, .sm img').length") == 0
    assert tab.evaluate("window.hacked") is None
    assert tab.watched.complaints == []


def test_hostile_text_in_the_first_paint(workbook: Workbook, visit: Any) -> None:
    """The server escapes what it draws, on both pages."""
    tab = visit()
    begin(tab, workbook.address, NAME)
    code = tab.url.partition("assessment=")[2].partition("#")[0]

    for path in ("/home", f"/self_review?assessment={code}"):
        html = workbook.ask(path).text
        painted = html.partition('id="skillmatrix-first-paint"')[2].partition("sm-served-note")[0]
        assert "&lt;script&gt;window.hacked=1" in painted
        assert "<script" not in painted
        assert "<img" not in painted


def test_hostile_text_in_a_file(workbook: Workbook, tab: Any, fw: Any) -> None:
    """Names of files, and whatever a file says where a problem is quoted."""
    tab.goto(workbook.address)
    bad = {"format": SCRIPT, "ratings": {IMAGE: 9}, "person": {"code": SCRIPT, "name": IMAGE}}
    tab.locator("input[type=file]").set_input_files(
        {
            "name": f"{IMAGE.replace('/', '')}.json",
            "mimeType": "application/json",
            "buffer": json.dumps(bad).encode(),
        }
    )
    tab.locator(".sm-import-trouble").wait_for()

    assert SCRIPT in tab.locator(".sm-import-trouble").inner_text()
    assert tab.evaluate("window.hacked") is None
    assert tab.evaluate("document.querySelectorAll('.sm img, .sm script').length") == 0
    assert cell(tab, "mlops", 3).count() == 0
