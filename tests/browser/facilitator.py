"""A calibration session: the files that come in, and the facilitator at the keyboard."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import skillmatrix as sm
from skillmatrix.assessment import as_data, assessment_from, lock
from skillmatrix.cli.cohort import IN_TIME, LATE, session
from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, drawn, saved

PEOPLE, RATERS = 30, 6
LOCKED = ".assessment.json"


class Folder:
    """Files of an invented session, as they come in; one of them is held back."""

    def __init__(self, place: Path) -> None:
        self.framework = sm.load_framework("ml-specialist")
        for name, text in session(self.framework, people=PEOPLE, raters=RATERS).items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.in_time, late = place / IN_TIME, place / LATE
        (self.in_time / "notes.txt").write_text("no file of a session", encoding="utf-8")
        self.late = sorted(late.iterdir())
        self.locked = sorted(self.in_time.glob(f"*{LOCKED}"))
        self.held_back = place / "held-back" / self.locked[0].name
        self.held_back.parent.mkdir()
        self.locked.pop(0).rename(self.held_back)
        (self.draft,) = (p for p in self.late if '"status": "draft"' in p.read_text("utf-8"))
        (self.again,) = (p for p in self.late if p.name.endswith(f".again{LOCKED}"))
        own = re.compile(r"p-[0-9a-f]+\.r-[0-9a-f]+\.assessment\.json")
        self.only_late = [p for p in self.late if own.fullmatch(p.name) and p != self.draft]

    def own_views(self) -> dict[str, int]:
        """Count the levels in each own view."""
        found = {}
        for path in self.in_time.glob("*.packet.json"):
            data = json.loads(path.read_text(encoding="utf-8"))["assessment"]
            values = data["ratings"].values()
            found[data["person"]["code"]] = sum(isinstance(value, int) for value in values)
        return found

    def locked_now(self) -> Path:
        """Lock the draft at this moment, as its author is told to."""
        read = assessment_from(json.loads(self.draft.read_text("utf-8")), "it", self.framework)
        path = self.held_back.with_name(self.draft.name)
        path.write_text(json.dumps(as_data(lock(read, dt.datetime.now(dt.UTC)))), encoding="utf-8")
        return path


class Desk:
    """The facilitator at the keyboard."""

    def __init__(self, page: Any, workbook: Workbook) -> None:
        self.page = page
        self.faults: list[str] = []
        page.goto(workbook.address)
        page.goto(f"{workbook.base}/calibration")
        drawn(page)
        page.get_by_label("Title").fill("Search and ranking, autumn")
        page.get_by_label("Facilitator").fill("Kim Lindgren")
        page.get_by_role("button", name="Begin", exact=True).click()
        page.wait_for_url("**assessment=*")

    def at(self, key: str) -> Any:
        """Give what the page focuses by this name."""
        return self.page.locator(f'[data-focus="{key}"]')

    def press(self, key: str) -> None:
        """Press the button of this name."""
        self.page.locator(f'button[data-focus="{key}"]').click()

    def choose(self, key: str) -> None:
        """Choose an option that its label covers."""
        self.at(key).check(force=True)

    def step(self, title: str, there: str) -> None:
        """Go to a step, and wait for what it shows."""
        steps = self.page.get_by_role("navigation", name="Steps")
        steps.get_by_role("link", name=title).click()
        self.page.locator(there).first.wait_for()

    def text(self, place: str) -> str:
        """Give what stands at a place, in one line."""
        return re.sub(r"\s+", " ", self.page.locator(place).first.inner_text()).strip()

    def look(self, where: str) -> None:
        """Let axe look, wide and narrow; nothing may be wider than a phone."""
        for width in (1440, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += faults(self.page, f"{where} {width}")
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        self.faults += [f"{where}: {wide} px wide at 390"] if wide > 390 else []
        self.page.set_viewport_size({"width": 1440, "height": 1000})

    def take(self, key: str, files: Any) -> tuple[str, list[float]]:
        """Choose files or a folder; give what is said in the end, and how the bar went."""
        self.at(key).set_input_files(files)
        way: list[float] = []
        bar = self.page.locator("progress.sm-progress")
        while bar.count() or not self.at("collected-told").count():
            value = self.page.evaluate("document.querySelector('progress.sm-progress')?.value")
            way += [value] if value is not None and value not in way else []
            self.page.wait_for_timeout(20)
        saved(self.page)
        return self.text("[data-focus=collected-told]"), way

    def practise(self, profile: str, rater: str, key: str, look: str = "") -> None:
        """Take the keyboard, give every case of a profile the same level, seal."""
        self.press(f"desk-{profile}-{rater}")
        self.page.locator(".sm-tryout-case").wait_for()
        if look:
            self.look(look)
        for _ in range(self.page.locator(".sm-tryout-step").count() - 1):
            self.at("blind-case").focus()
            self.page.keyboard.press(key)
            self.press("blind-next")
        self.press("blind-seal")
        self.page.locator(".sm-practise-card").first.wait_for()

    def card(self, person: str) -> None:
        """Open the card of a person of the criterion in hand."""
        self.press(f"person-{person}")
        self.page.locator("[data-focus=card-title]", has_text=person).wait_for()
        self.at("phase-read").wait_for()

    def rate_again(self, levels: dict[str, dict[str, int]], look: str = "") -> None:
        """Pass the keyboard round for the card in hand, and show what came of it."""
        self.press("phase-again")
        self.press("again-one")
        for rater, skills in levels.items():
            self.press(f"again-{rater}")
            self.at("again-seal").wait_for()
            for skill, level in skills.items():
                self.choose(f"sm-crit-again-{skill}-{level}")
            if look:
                self.look(f"{look}, {rater}")
                look = ""
            self.press("again-seal")
            self.at("again-seal").wait_for(state="detached")
        self.press("reveal")
        self.page.get_by_text("What the second ratings changed").wait_for()

    def decide(self, skill: str, level: int | str, reason: str, words: str, **dissent: str) -> None:
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
        path = folder / str(got.value.suggested_filename)
        got.value.save_as(path)
        return path
