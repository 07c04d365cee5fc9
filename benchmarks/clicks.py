"""A click on a cell of the board: until it is painted, stored, and the criteria are fresh."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.browser import Opening, driver, profile
from benchmarks.measure import Machine, Row
from benchmarks.opening import Page, both
from skillmatrix.framework import load_framework
from skillmatrix.store import open_store

PAINTED_BUDGET = 33.0  # ms, two frames
STORED_BUDGET = 50.0  # ms
CRITERIA_BUDGET = 150.0  # ms
BLOCK = 10
ANSWERS_WITHIN = 15_000  # ms
UNREPORTED = 8.0  # ms; the browser reports no event that took less than 16

# All times are from the time stamp of the event. "Next" is the beginning of the frame after the
# one that shows the change (requestAnimationFrame twice), "presented" what the browser itself
# reports of the event, in steps of 8 ms and only from 16 ms on.
_PROBE = """
({ changed, stored, criteria }) => {
  const probe = (window.__click = { done: null });
  probe.until = (name, within) =>
    new Promise((resolve, reject) => {
      const end = performance.now() + within;
      const look = () => {
        if (probe.done && name in probe.done) return resolve();
        if (performance.now() > end) return reject(new Error(`waited for ${name}`));
        return setTimeout(look, 5);
      };
      look();
    });
  let now = null;
  const frame = (name) => {
    const mine = now;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => (mine[`${name}Next`] = performance.now() - mine.at)),
    );
  };
  const within = (node, selector) =>
    (node.nodeType === 1 ? node : node.parentElement)?.closest(selector);
  const see = (name) => {
    if (!now || name in now) return;
    now[name] = performance.now() - now.at;
    frame(name);
  };
  const watch = new MutationObserver((records) => {
    if (!now) return;
    for (const { target } of records) {
      if (within(target, changed)) see("changed");
      if (criteria && within(target, criteria)) see("criteria");
      if (!stored || !within(target, stored.place)) continue;
      if (document.querySelector(stored.saving)) now.saving = true;
      else if (now.saving && document.querySelector(stored.saved)) see("stored");
    }
  });
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-checked", "class"],
  });
  addEventListener("click", (event) => {
    now = probe.done = { at: event.timeStamp, wall: performance.timeOrigin + event.timeStamp };
  }, { capture: true });
  probe.presented = [];
  const note = (list) => {
    for (const each of list.getEntries()) {
      if (each.name === "click") probe.presented.push([each.startTime, each.duration]);
    }
  };
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
}
"""
_OURS = {
    "changed": ".sm-board .sm-cell",
    "stored": {"place": ".sm-saved", "saving": ".sm-saved-saving", "saved": ".sm-saved-saved"},
    "criteria": ".sm-strip",
}
_VOILA = {"changed": ".jupyter-button", "stored": None, "criteria": None}
_PLAIN = """<!doctype html><html lang="en"><title>plain</title><body>
<button style="margin:100px" onclick="this.textContent = 'count ' + (this.n = (this.n || 0) + 1)">
count 0</button></body></html>"""
_PLAIN_SPEC = {"changed": "button", "stored": None, "criteria": None}


def run(rounds: int, machine: Machine) -> list[Row]:
    """Click in blocks: the board, a Voilà button, a button of plain HTML."""
    clicks = max(60, rounds * 2)
    chance = random.Random(4)
    with driver() as driven, both(preheat=1) as pages:
        ours, plain = (
            _Target(driven, page, spec) for page, spec in zip(pages, (_OURS, _VOILA), strict=True)
        )
        with ours, plain:
            floor = ours.sibling(_PLAIN, _PLAIN_SPEC)
            plan = _plan(clicks)
            for start in range(0, len(plan), BLOCK):
                machine.settle()
                for skill, level in plan[start : start + BLOCK]:
                    cell = f'.sm-row[data-skill="{skill}"] .sm-cell[data-level="{level}"]'
                    ours.click(cell, "criteriaNext", chance)
                for _ in range(BLOCK):
                    plain.click(".jupyter-button", "changedNext", chance)
                    floor.click("button", "changedNext", chance)
            found = {"ours": ours.all(), "voila": plain.all(), "floor": floor.all()}
            _put_written(found["ours"], pages[0])
    return _rows(found)


def _put_written(noted: list[dict[str, float]], page: Page) -> None:
    """Add when the kernel wrote each change, by the time stamps in the store."""
    with open_store(page.workspace) as store:
        ratings = [e for e in store.events(store.assessments()[0].code) if e.kind == "rating"]
    for each, event in zip(noted, ratings[-len(noted) :], strict=True):
        each["written"] = event.at.timestamp() * 1000 - each["wall"]


def _plan(clicks: int) -> list[tuple[str, int]]:
    """Lower a gated skill and lift it again: each click changes the state of a criterion."""
    profile = load_framework("ml-specialist").profile("senior")
    gated = list(dict.fromkeys(skill for skill, _, kind in profile.gates if kind == "gate"))
    turns = [(skill, level) for skill in gated for level in (1, 4)]
    return [turns[i % len(turns)] for i in range(clicks)]


class _Target:
    """A page that is clicked and says how long it took."""

    def __init__(self, driven: Any, page: Page, spec: dict[str, Any]) -> None:
        self._made = profile(driven, page.server)
        self._page, self._spec = page, spec
        self._noted: list[dict[str, float]] = []

    def __enter__(self) -> _Target:
        context = self._made.__enter__()
        self._open(context, self._page.address, self._page.opening)
        return self

    def __exit__(self, *error: object) -> None:
        self.tab.close(run_before_unload=True)
        self._made.__exit__(None, None, None)

    def _open(self, context: Any, address: str, opening: Opening) -> None:
        self.context = context
        self.tab = context.new_page()
        self.tab.goto(address)
        self.tab.wait_for_selector(opening.control)
        self.tab.wait_for_timeout(1500)
        self.tab.evaluate(_PROBE, self._spec)

    def sibling(self, html: str, spec: dict[str, Any]) -> _Target:
        """Give a page without any server in the same browser."""
        other = object.__new__(_Target)
        other.context, other._noted = self.context, []
        other.tab = self.context.new_page()
        other.tab.set_content(html)
        other.tab.evaluate(_PROBE, spec)
        return other

    def click(self, selector: str, last: str, chance: random.Random) -> None:
        """Move to a thing, wait a moment, click, wait for the last thing to be noted."""
        tab = self.tab
        tab.bring_to_front()
        thing = tab.locator(selector)
        thing.scroll_into_view_if_needed()
        box = thing.bounding_box()
        tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tab.wait_for_timeout(120 + 80 * chance.random())
        tab.evaluate("window.__click.done = null")
        tab.mouse.down()
        tab.mouse.up()
        tab.evaluate(
            "([name, within]) => window.__click.until(name, within)", [last, ANSWERS_WITHIN]
        )
        tab.wait_for_timeout(30)
        self._noted.append(tab.evaluate("window.__click.done"))

    def all(self) -> list[dict[str, float]]:
        """Give what was noted of every click, with what the browser says of it."""
        self.tab.wait_for_timeout(200)
        entries = self.tab.evaluate("window.__click.presented")
        for each in self._noted:
            mine = [took for at, took in entries if abs(at - each["at"]) < 1]
            each["presented"] = mine[0] if mine else UNREPORTED
        return self._noted


_NEXT = "to the frame after the change"
_PRESENTED = "to presented, by the browser's own account"
_ANSWERED = "to the kernel's answer in the document"
_ROWS = (
    (f"rating click {_NEXT}", "ours", "changedNext", PAINTED_BUDGET, f"plain HTML: click {_NEXT}"),
    (
        f"rating click {_PRESENTED}",
        *("ours", "presented", PAINTED_BUDGET, f"plain HTML: click {_PRESENTED}"),
    ),
    (
        "rating click to the change in the document",
        *("ours", "changed", None, "plain HTML: click to the change in the document"),
    ),
    ("rating click to the kernel beginning to store it", "ours", "written", None, ""),
    (
        "rating click to 'saved' in the document",
        *("ours", "stored", STORED_BUDGET, f"Voilà: click {_ANSWERED}"),
    ),
    (
        "rating click to the frame after fresh criteria",
        *("ours", "criteriaNext", CRITERIA_BUDGET, f"Voilà: click {_NEXT}"),
    ),
    (f"plain HTML: click {_NEXT}", "floor", "changedNext", None, ""),
    (f"plain HTML: click {_PRESENTED}", "floor", "presented", None, ""),
    ("plain HTML: click to the change in the document", "floor", "changed", None, ""),
    (f"Voilà: click {_ANSWERED}", "voila", "changed", None, ""),
    (f"Voilà: click {_NEXT}", "voila", "changedNext", None, ""),
)


def _rows(found: dict[str, list[dict[str, float]]]) -> list[Row]:
    rows = []
    for name, who, key, budget, reference in _ROWS:
        values = [each[key] for each in found[who] if key in each]
        if values:
            rows.append(Row("clicks", name, "ms", values, budget, "p95", reference))
    return rows
