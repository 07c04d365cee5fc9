"""390 px, 320 px and 200 % zoom: nothing scrolls sideways, and everything can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.workbook import Workbook, open_skill, to_step

pytestmark = pytest.mark.slow

SIZES = {
    "390 px": {"viewport": {"width": 390, "height": 844}},
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "200 % of 1440 px": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
}

# A control counts as reached if, scrolled into view, it is what lies under its middle.
UNREACHED = """() => {
  const wanted = 'a[href], button, input, select, textarea, summary, [role=radio], [tabindex="0"]';
  const names = [];
  for (const el of document.querySelectorAll(wanted)) {
    if (!el.checkVisibility({ visibilityProperty: true }) || el.closest('[aria-hidden=true]')) continue;
    const label = el.closest('label');
    const target = el.classList.contains('sm-hidden') && label ? label : el;
    if (target.matches('.sm-skip, .sm-served-skip')) continue;
    target.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = target.getClientRects()[0];  // the first line of a link that takes two
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const inside = box.left >= -0.5 && box.right <= innerWidth + 0.5 && box.width > 0;
    const hit = at && (target.contains(at) || at.contains(target) || (label && label.contains(at)));
    const cut = target.closest('.sm-table-scroll');
    if (!hit || !(inside || cut)) {
      const text = (el.getAttribute('aria-label') || target.textContent || el.name || '').trim();
      names.push(`${el.tagName} ${el.className} "${text.slice(0, 40)}" ${[box.left, box.right].map(Math.round)} hit ${at && at.className}`);
    }
  }
  return names;
}"""

UNFOLD = """() => document.querySelectorAll(
  '[aria-expanded=false]:is(.sm-fold, .sm-criterion-head)').forEach(button => button.click())"""

INSIDE = """selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return box.width > 0 && box.left >= 0 && box.right <= innerWidth;
}"""


@pytest.fixture(scope="module")
def example(
    chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workbook, str]]:
    """The invented example, opened once for all looks at it."""
    workbook = Workbook(tmp_path_factory.mktemp("narrow") / "workspace")
    page = chromium.new_page()
    page.goto(workbook.address)
    page.get_by_role("button", name="Open an invented example").click()
    page.wait_for_url("**/self_review?assessment=*")
    address = page.url.partition("#")[0]
    page.close()
    yield workbook, address
    workbook.stop()


def faults(page: Any, where: str) -> list[str]:
    """Give what is wider than the window or cannot be reached."""
    page.wait_for_timeout(200)
    width, window = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    found = [f"{where}: {width} px wide in a window of {window} px"] if width > window else []
    return found + [f"{where}: {name}" for name in page.evaluate(UNREACHED)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", ["normal", "larger"])
def test_every_view_fits(example: tuple[Workbook, str], visit: Any, size: str, text: str) -> None:
    """Home, aim, rate, skill, evidence form with all folds open, questions, record, results."""
    workbook, address = example
    page = visit(**SIZES[size])
    found: list[str] = []

    page.goto(workbook.address)
    page.evaluate("size => localStorage.setItem('skillmatrix.textsize', size)", text)
    page.reload()
    page.get_by_label("Name").wait_for()
    found += faults(page, "home")
    page.goto(address)
    to_step(page, "Aim")
    page.evaluate("document.querySelectorAll('.sm-aim details').forEach(d => { d.open = true })")
    found += faults(page, "aim")
    to_step(page, "Rate")
    found += faults(page, "rate")
    open_skill(page, "mlops")
    page.get_by_role("button", name="Add evidence").click()
    page.evaluate("document.querySelectorAll('.sm-panel details').forEach(d => { d.open = true })")
    found += faults(page, "skill")
    page.get_by_role("button", name="By questions").click()
    found += faults(page, "questions")
    to_step(page, "Record")
    found += faults(page, "record")
    page.evaluate("location.hash = '#record/kpis'")
    page.get_by_role("button", name="Add a reading").first.click()
    page.evaluate("document.querySelectorAll('.sm-record details').forEach(d => { d.open = true })")
    found += faults(page, "readings")
    to_step(page, "Results")
    page.locator("img.sm-figure-image").wait_for(state="attached")
    page.evaluate(UNFOLD)
    page.locator("[aria-expanded=false]:is(.sm-fold, .sm-criterion-head)").first.wait_for(
        state="detached"
    )
    found += faults(page, "results")

    page.locator("details.sm-menu summary").click()
    shown = page.evaluate(INSIDE, ".sm-menu-box")
    found += [] if shown else ["results: the open Display menu leaves the window"]

    assert not found, "\n".join(found)


def test_the_small_screen_does_the_job(example: tuple[Workbook, str], visit: Any) -> None:
    """At 320 px a finger opens a skill, answers the questions, and comes back to its row."""
    _, address = example
    page = visit(viewport={"width": 320, "height": 640}, has_touch=True)
    page.goto(example[0].address)
    page.goto(f"{address}#rate/streaming")
    page.get_by_role("button", name="By questions").tap()
    for answer in ("Yes", "Yes", "No"):
        page.get_by_role("button", name=answer, exact=True).tap()
    page.get_by_role("button", name="Rate as 2 Guided").tap()
    page.get_by_role("button", name="All skills").tap()

    row = page.locator('.sm-row[data-skill="streaming"]')
    assert row.locator('[data-level="2"]').get_attribute("aria-checked") == "true"
    assert row.evaluate("el => el.contains(document.activeElement)")
    box = row.bounding_box()
    assert 0 <= box["y"] <= 641 - box["height"]
