"""What the server draws is the person's own board; the page takes its place without a jump."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.workbook import Workbook, begin, cell, saved, to_step

pytestmark = pytest.mark.slow

JUMP = 2  # px that a row may move when the page takes the place of the first paint

WATCH = """
window.seen = { first: null, last: null, both: 0, neither: 0 };
(function look() {
  const lines = ':is(.sm-row, .sm-assessment-name, h1)';
  const row = document.querySelector(`#skillmatrix-first-paint ${lines}`);
  const live = document.querySelector(`.sm-widget ${lines}`);
  const y = name => [...document.querySelectorAll(`${name} ${lines}`)].map(
    el => Math.round(el.getBoundingClientRect().top + scrollY));
  if (row) window.seen.first = y('#skillmatrix-first-paint');
  if (live) window.seen.last = y('.sm-widget');
  if (row && live) window.seen.both += 1;
  if (window.seen.first && !row && !live) window.seen.neither += 1;
  requestAnimationFrame(look);
})();
"""


@pytest.fixture
def rated(workbook: Workbook, visit: Any) -> tuple[Workbook, str, dict[str, Any]]:
    """A review with two ratings; its address, and the cookie that opens it."""
    tab = visit()
    begin(tab, workbook.address, "Noor Haddad")
    address = tab.url.partition("#")[0]
    to_step(tab, "Rate")
    cell(tab, "mlops", 3).click()
    cell(tab, "python", 1).click()
    saved(tab)
    state = tab.context.storage_state()
    tab.close()
    return workbook, address, state


def test_without_javascript(rated: Any, visit: Any) -> None:
    """The board with its levels, the name, and a sentence that scripts are needed to change it."""
    _, address, state = rated
    page = visit(java_script_enabled=False, storage_state=state)
    page.goto(address)

    board = page.locator("#skillmatrix-first-paint .sm-board")
    assert board.locator(".sm-row").count() == 27
    labels = board.locator(".sm-track").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert "MLOps: claimed 3, evidence supports 1, bar 4" in labels
    assert "Python: claimed 1, evidence supports 1, bar 4" in labels
    assert sum("not known" in label for label in labels) >= 20
    assert page.locator(".sm-whose-name").inner_text() == "Noor Haddad"
    assert "JavaScript" in page.locator("noscript, .sm-served-note").all_inner_texts()[-1]


def test_the_home_page_without_javascript(rated: Any, visit: Any) -> None:
    """The list of what is in the workspace, with links."""
    workbook, address, state = rated
    page = visit(java_script_enabled=False, storage_state=state)
    for _ in range(5):  # a server under load sends the page without waiting for what it draws
        page.goto(workbook.base)
        if page.locator("#skillmatrix-first-paint").count():
            break

    link = page.get_by_role("link", name="Noor Haddad")
    assert address.endswith(link.get_attribute("href"))


@pytest.mark.parametrize("page_name", ["home", "self_review"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_takes_its_place(rated: Any, visit: Any, width: int, page_name: str) -> None:
    """Gone as soon as the page has drawn; what could be read stays where it was."""
    workbook, address, state = rated
    page = visit(storage_state=state, viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    for _ in range(5):  # a server under load sends the page without waiting for what it draws
        page.goto("about:blank")
        page.goto(address if page_name == "self_review" else workbook.base)
        page.locator(".sm-widget h1").wait_for()
        page.wait_for_timeout(500)
        seen = page.evaluate("window.seen")
        if seen["first"]:
            break

    assert page.locator("#skillmatrix-first-paint").count() == 0
    assert page.locator("#sm-served-note").is_hidden()
    assert seen["both"] <= 1
    assert seen["neither"] == 0
    jumps = [abs(a - b) for a, b in zip(seen["first"], seen["last"], strict=True)]
    assert len(jumps) == (28 if page_name == "self_review" else 2)
    assert max(jumps) <= JUMP, jumps
