"""A calibration session of thirty people as its facilitator leads it, checked by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment import as_data, assessment_from, lock
from skillmatrix.cli.cohort import IN_TIME, LATE, session
from skillmatrix.panel import read_log
from tests.browser import by_hand
from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, drawn, saved

pytestmark = pytest.mark.slow

PEOPLE, RATERS = 30, 6


class Folder:
    """Files of an invented session, as they come in."""

    def __init__(self, place: Path) -> None:
        self.framework = sm.load_framework("ml-specialist")
        for name, text in session(self.framework, people=PEOPLE, raters=RATERS).items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.in_time, self.late = place / IN_TIME, place / LATE
        (self.in_time / "notes.txt").write_text("no file of a session", encoding="utf-8")
        self.locked = sorted(self.in_time.glob("*.assessment.json"))
        self.held_back = place / "held-back" / self.locked[0].name
        self.held_back.parent.mkdir()
        self.locked.pop(0).rename(self.held_back)

    def odd(self, ending: str) -> list[Path]:
        """Give late files whose names end so."""
        return sorted(self.late.glob(f"*{ending}"))

    def plain(self) -> list[Path]:
        """Give late files that nothing is wrong with but the day."""
        return [path for path in self.odd(".assessment.json") if path.name.count(".") == 3][1:]

    def locked_now(self) -> Path:
        """Lock the draft of the session at this moment, as its author is told to."""
        (draft,) = [p for p in self.late.iterdir() if '"draft"' in p.read_text(encoding="utf-8")]
        read = assessment_from(json.loads(draft.read_text("utf-8")), draft.name, self.framework)
        path = self.held_back.with_name(draft.name)
        path.write_text(json.dumps(as_data(lock(read, dt.datetime.now(dt.UTC)))), encoding="utf-8")
        return path


class Desk:
    """The facilitator at the keyboard."""

    def __init__(self, page: Any, workbook: Workbook) -> None:
        self.page = page
        self.found: list[str] = []
        page.goto(workbook.address)
        page.goto(f"{workbook.base}/calibration")
        drawn(page)
        page.get_by_label("Title").fill("Search and ranking, autumn")
        page.get_by_label("Facilitator").fill("Kim Lindgren")
        page.get_by_role("button", name="Begin", exact=True).click()
        page.wait_for_url("**assessment=*")

    def at(self, key: str) -> Any:
        """Give what the page can focus by this name."""
        return self.page.locator(f'[data-focus="{key}"]')

    def press(self, key: str) -> None:
        """Press the button of this name."""
        self.page.locator(f'button[data-focus="{key}"]').click()

    def choose(self, key: str) -> None:
        """Choose an option that a label covers."""
        self.at(key).check(force=True)

    def step(self, title: str, there: str) -> None:
        """Go to a step, and wait for what it shows."""
        steps = self.page.get_by_role("navigation", name="Steps")
        steps.get_by_role("link", name=title).click()
        self.page.locator(there).first.wait_for()

    def text(self, place: str) -> str:
        """Give what stands at a place, spaces and line ends alike."""
        return re.sub(r"\s+", " ", self.page.locator(place).first.inner_text())

    def look(self, where: str) -> None:
        """Let axe look, wide and narrow; nothing may be wider than a phone."""
        for width in (1440, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.found += faults(self.page, f"{where} {width}")
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        self.found += [f"{where}: {wide} px wide at 390"] if wide > 390 else []
        self.page.set_viewport_size({"width": 1440, "height": 1000})

    def take(self, key: str, files: Any) -> tuple[str, list[str]]:
        """Choose files or a folder; give what is said in the end, and on the way."""
        self.page.wait_for_function  # noqa: B018 - forbidden by the page's policy: polled instead
        self.at(key).set_input_files(files)
        way: list[str] = []
        while True:
            busy = self.page.locator("progress.sm-progress")
            if not busy.count() and self.at("collected-told").count():
                break
            told = self.text(".sm-collect-drop")
            way += [told] if told not in way else []
            self.page.wait_for_timeout(20)
        saved(self.page)
        self.page.wait_for_timeout(400)
        return self.text("[data-focus=collected-told]"), way

    def practise(self, profile: str, rater: str, key: str) -> None:
        """Take the keyboard, give every case of a profile the same level, seal."""
        self.press(f"desk-{profile}-{rater}")
        self.page.locator(".sm-tryout-case").wait_for()
        for _ in range(self.page.locator(".sm-tryout-step").count() - 1):
            self.at("blind-case").focus()
            self.page.keyboard.press(key)
            self.press("blind-next")
        self.press("blind-seal")
        self.page.locator(".sm-practise-card").first.wait_for()

    def rate_again(self, levels: dict[str, dict[str, int]]) -> None:
        """Pass the keyboard round for the card in hand, and show what came of it."""
        self.press("phase-again")
        self.press("again-one")
        for rater, skills in levels.items():
            self.press(f"again-{rater}")
            for skill, level in skills.items():
                self.choose(f"sm-again-{skill}-{level}")
            self.press("again-seal")
            self.at("again-seal").wait_for(state="detached")
        self.press("reveal")
        self.page.get_by_text("What the second ratings changed").wait_for()

    def decide(self, skill: str, level: int, reason: str, words: str, **dissent: str) -> None:
        """Enter one decision."""
        self.choose(f"level-{skill}-{level}")
        self.at("reason").select_option(reason)
        self.at("reason-words").fill(words)
        for rater, why in dissent.items():
            self.page.locator("summary", has_text="Somebody does not agree").click()
            self.choose(f"dissent-{rater}")
            self.at(f"dissent-words-{rater}").fill(why)
        self.press("decide")
        self.at(f"correct-{skill}").wait_for()
        saved(self.page)

    def download(self, key: str, folder: Path) -> Path:
        """Take a file along."""
        with self.page.expect_download() as got:
            self.press(key)
        path = folder / got.value.suggested_filename
        got.value.save_as(path)
        return path


def shown_counts(desk: Desk) -> dict[str, list[int]]:
    """Give how many levels each file of a person brings, as the coverage shows it."""
    return {
        row.locator("code").first.inner_text(): sorted(
            int(cell.split("/")[0]) for cell in row.locator(".sm-coverage-count").all_inner_texts()
        )
        for row in desk.page.locator(".sm-coverage-row").all()
    }


def counted(files: by_hand.Given, own: dict[str, int]) -> dict[str, list[int]]:
    """Give the same, from the files."""
    found = {person: [levels] for person, levels in own.items()}
    for (person, _), ratings in files.items():
        found[person].append(sum(isinstance(value, int) for value in ratings.values()))
    return {person: sorted(counts) for person, counts in found.items()}


def check_scan(desk: Desk, files: by_hand.Given) -> None:
    """Hold every figure of the scan against the files."""
    n, exact, within = by_hand.pairs(files)
    apart = by_hand.ranges(files)
    rated = sum(len(levels) for levels in by_hand.cells(files).values())

    desk.step("Scan", ".sm-scan-number")
    said = desk.text(".sm-scan-agreement")
    figures = desk.page.locator(".sm-scan-value").all_inner_texts()
    assert f"the same level in {exact} of {n} comparisons" in said
    assert f"at most one level apart in {within}" in said
    assert f"{rated} ratings of {PEOPLE} people by {len({r for _, r in files})} raters" in said
    assert figures == [by_hand.words(f, files) for f in (by_hand.alpha, by_hand.ac2)]

    desk.press_link = desk.at("scan-list").click()  # type: ignore[attr-defined]
    desk.page.locator(".sm-apart-line[class]").nth(1).wait_for()
    listed = desk.text(".sm-apart")
    assert f"of {sum(gap > 0 for gap in apart.values())} " in listed
    assert f"gave a level in {len(apart)} of {PEOPLE * 27} pairs" in listed
    assert f"in {sum(gap == 0 for gap in apart.values())} of these all gave the same" in listed
    desk.at("apart-least").select_option("3")
    wide = sum(gap >= 3 for gap in apart.values())
    desk.page.get_by_role("heading", name=f"Lines 1 to {wide} of {wide}").wait_for()
    desk.at("apart-least").select_option("1")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Files of thirty people and six raters."""
    return Folder(tmp_path / "files")


def test_a_session_played_through(
    tab: Any, workbook: Workbook, folder: Folder, tmp_path: Path
) -> None:
    """Collect, norms, scan, criteria, review, after: every count agrees with the files."""
    desk = Desk(tab, workbook)
    E = 0
