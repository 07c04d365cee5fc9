"""axe-core on every view, light and dark, wide and narrow: nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.workbook import Workbook, open_skill, to_step

pytestmark = pytest.mark.slow

LOOKS = [(width, theme) for width in (1440, 390) for theme in ("light", "dark")]


@pytest.fixture(scope="module")
def example(
    chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workbook, str]]:
    """The invented example, opened once for all looks at it."""
    workbook = Workbook(tmp_path_factory.mktemp("axe") / "workspace")
    page = chromium.new_page()
    page.goto(workbook.address)
    page.get_by_role("button", name="Open an invented example").click()
    page.wait_for_url("**/self_review?assessment=*")
    address = page.url.partition("#")[0]
    page.close()
    yield workbook, address
    workbook.stop()


def faults(page: Any, where: str) -> list[str]:
    """Give what axe-core finds, one line a fault."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.wait_for_timeout(300)  # colours on their way are neither the old nor the new
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{where}: {rule['id']} at {node['target']}: {node['failureSummary'].splitlines()[-1]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_nothing_in_any_view(
    example: tuple[Workbook, str], visit: Any, width: int, theme: str
) -> None:
    """Home, aim, rate, skill, evidence form, results, with every fold closed and open."""
    workbook, address = example
    page = visit(viewport={"width": width, "height": 900}, color_scheme=theme)
    found: list[str] = []

    page.goto(workbook.address)
    page.get_by_label("Name").wait_for()
    found += faults(page, "home")
    page.goto(address)
    to_step(page, "Aim")
    found += faults(page, "aim")
    to_step(page, "Rate")
    found += faults(page, "rate")
    open_skill(page, "mlops")
    found += faults(page, "skill")
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_label("What it was", exact=True).fill("A rehearsal")
    page.evaluate("document.querySelectorAll('.sm-panel details').forEach(d => { d.open = true })")
    found += faults(page, "evidence form")
    page.get_by_role("button", name="By questions").click()
    found += faults(page, "questions")
    page.goto(f"{address}#results")
    page.reload()
    page.locator("img.sm-figure-image").wait_for(state="attached")
    found += faults(page, "results")
    folded = page.locator('.sm-fold[aria-expanded="false"]')
    while folded.count():
        folded.first.click()
    page.locator("img.sm-figure-image").wait_for()
    found += faults(page, "results, unfolded")
    page.locator("details.sm-menu summary").click()
    found += faults(page, "results, menu open")

    assert not found, "\n".join(found)
