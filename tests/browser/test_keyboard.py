"""The whole of a self-review by keyboard alone: no mouse, no call to focus."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skillmatrix.framework import load_framework
from tests.browser.workbook import Workbook, saved, shown

pytestmark = pytest.mark.slow

HERE = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const label = el.getAttribute('aria-label') || (el.labels && [...el.labels].map(l => l.textContent).join(' '))
    || el.textContent || '';
  const style = getComputedStyle(el);
  const face = el.matches('.sm-segment input, .sm-option input') ? getComputedStyle(el.nextElementSibling) : style;
  const seen = face.outlineStyle !== 'none' || style.boxShadow !== 'none' || el.matches('.sm-cell');
  const box = el.getBoundingClientRect();
  return { role: el.getAttribute('role') || el.tagName.toLowerCase(), label: label.trim(), seen,
           inView: box.bottom > 0 && box.top < innerHeight };
}"""


class Keys:
    """A person with a keyboard: where the focus is, and how to get on."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def here(self) -> dict[str, Any]:
        """Tell what has the focus; after an action it must be somewhere."""
        return self.page.evaluate(HERE) or {"role": "", "label": "", "seen": True, "inView": True}

    def to(self, label: str, *, back: bool = False, role: str = "", most: int = 120) -> None:
        """Press Tab until something of that name has the focus, which must show."""
        passed = []
        for _ in range(most):
            self.press("Shift+Tab" if back else "Tab")
            here = self.here()
            passed.append(here["label"][:30])
            if here["label"].startswith(label) and role in ("", here["role"]):
                if not (here["seen"] and here["inView"]):
                    self.faults.append(f"the focus on {label!r} cannot be seen")
                return
        pytest.fail(f"Tab does not reach {label!r}; it passes {passed}")


def test_the_whole_review_by_keyboard(workbook: Workbook, tab: Any) -> None:
    """Start, aim, 27 ratings, evidence, a note, undo, record, results, a declaration, a link."""
    keys = Keys(tab)
    skills = list(load_framework("ml-specialist").skills)
    tab.goto(workbook.address)
    tab.get_by_label("Name").wait_for()

    # home
    keys.to("Name")
    keys.type("Noor Haddad")
    keys.to("Start", role="button")
    keys.press("Enter")
    tab.get_by_role("heading", name="What are you aiming at?").wait_for()

    # aim: a switch by arrows, months by typing
    keys.to("Not decided")
    keys.press("ArrowLeft")
    assert keys.here()["label"] == "No"
    keys.to("Months away")
    keys.press("Control+a")
    keys.type("3")
    keys.to("Rate your skills")
    keys.press("Enter")
    tab.locator(".sm-board").wait_for()

    # rate: Tab enters the board, digits rate, the arrow goes on
    keys.to("Python: ", role="radio")
    for number, _ in enumerate(skills):
        keys.press(str(number % 5 + 1), "ArrowDown")
    keys.press("u", "2")
    saved(tab)
    expected = {skill: number % 5 + 1 for number, skill in enumerate(skills)}
    expected[skills[-1]] = 2
    assert shown(tab) == expected
    assert keys.here()["label"] == "Ethical judgement: 2 Guided"

    # open the skill, add evidence, write a note
    keys.press("Enter")
    assert keys.here()["label"] == "Ethical judgement"
    keys.to("Add evidence")
    keys.press("Enter")
    assert keys.here()["label"].startswith("What it was")
    keys.type("Stopped a harmful use")
    keys.to("When it was")
    keys.type((dt.date.today() - dt.timedelta(days=40)).strftime("%m%d%Y"))
    keys.to("What you did yourself")
    keys.type("Wrote the objection and the alternative.")
    keys.to("They are outside my own team")
    keys.press("Space")
    keys.to("Add", role="button")
    keys.press("Enter")
    tab.locator(".sm-item-title", has_text="Stopped a harmful use").wait_for()
    assert keys.here()["label"] == "Add evidence"
    keys.to("Note on Ethical judgement")
    keys.type("Ask me about the second case.")
    keys.to("Record your work")
    saved(tab)

    # undo and redo by keys, outside a text field
    keys.press("Control+z")
    tab.get_by_role("button", name="Redo: Ethical judgement: note").wait_for()
    keys.press("Control+Shift+z")
    tab.get_by_role("button", name="Undo: Ethical judgement: note").wait_for()

    # record: an answer by arrow keys, words to it
    keys.press("Enter")
    tab.locator(".sm-record").wait_for()
    keys.to("I own it")
    keys.press("Space", "ArrowRight")
    keys.to("Add a note")
    keys.press("Enter")
    keys.type("With the platform team.")
    saved(tab)

    # results: declare, and follow a link to its skill
    keys.to("4Results", back=True)
    keys.press("Enter")
    tab.locator(".sm-results").wait_for()
    assert keys.here()["label"]
    keys.to("No more evidence of this kind exists")
    keys.press("Space")
    saved(tab)
    keys.to("Model validation")
    keys.press("Enter")
    tab.locator(".sm-skill-title", has_text="Model validation").wait_for()
    assert keys.here()["label"] == "Model validation"

    assert dict(workbook.ratings()) == expected
    (item,) = [e.payload for e in workbook.events("evidence")]
    assert (item["title"], item["outside_team"]) == ("Stopped a harmful use", True)
    assert workbook.events("note")[-1].payload["text"] == "Ask me about the second case."
    recorded = workbook.events("record")[-1].payload
    assert (recorded["answer"], recorded["text"]) == ("share", "With the platform team.")
    aim = workbook.events("aim")[-1].payload
    assert aim["absence_months"] == 3
    assert list(aim["switches"].values()).count(False) == 1
    assert workbook.events("no_more_evidence")[-1].payload == {"declared": True}
    assert keys.faults == []
    assert tab.watched.complaints == []
