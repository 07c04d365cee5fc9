"""Other roles at the end of the results, with a kernel of straw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Show = Callable[..., Any]
ROLES = ".sm-roles tbody tr"
GAPS = ".sm-matrix tbody tr"


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """Give the arguments of every command of a name the kernel has received."""
    return page.evaluate("n => mock.sent.filter(m => m.name === n).map(m => m.args)", name)


def results(show: Show, case: str = "rated", **more: Any) -> Any:
    """Open the results and wait for the comparison; on a phone it is folded."""
    page = show(case, "results", **more)
    page.locator(".sm-roles").wait_for(state="attached")
    fold = page.locator('.sm-targets .sm-fold[aria-expanded="false"]')
    if fold.count():
        fold.click()
    page.locator(".sm-roles").wait_for()
    return page


def test_it_is_asked_when_results_are_open_and_not_before(show: Show) -> None:
    """Rating asks for nothing; opening Results asks once, and a new state once more."""
    page = show("rated", "rate")
    page.get_by_role("radio", name="MLOps: 4 Leading", exact=True).click()
    page.wait_for_timeout(300)
    assert sent(page, "targets") == []

    page.get_by_role("link", name="Results").click()
    page.locator(".sm-roles").wait_for()
    page.wait_for_timeout(300)
    assert len(sent(page, "targets")) == 1
    page.evaluate("mock.elsewhere('rate', {skill: 'python', value: 2})")
    page.wait_for_timeout(300)
    assert len(sent(page, "targets")) == 2


def test_tables_are_tables_for_a_screen_reader(show: Show) -> None:
    """Rows and columns have headers, on a phone too, where rows are drawn as cards."""
    for width in (1440, 390):
        page = results(show, width=width)
        matrix = page.get_by_role("table", name="Shared gaps by skill and role")

        assert matrix.get_by_role("columnheader").count() == 6
        assert matrix.get_by_role("rowheader").count() == page.locator(GAPS).count()
        row = matrix.get_by_role("row").nth(1)
        assert row.get_by_role("cell").count() == 5
        assert page.get_by_role("table", name="The same ratings").get_by_role("row").count() == 6


def test_a_cell_says_what_its_mark_says(show: Show) -> None:
    """Every cell of the matrix has words beside its mark; what is not known is hatched."""
    page = results(show)
    page.get_by_role("button", name="Show all").click()
    cells = page.locator(f"{GAPS} td").all()

    words = {"sm-matrix-short": "short", "sm-matrix-evidence": "evidence missing",
             "sm-matrix-unknown": "not known", "sm-matrix-met": "bar"}  # fmt: skip
    kinds = set()
    for cell in cells:
        kind = next(name for name in words if name in cell.get_attribute("class").split())
        kinds.add(kind)
        assert words[kind] in cell.inner_text()
        assert cell.locator(".sm-cell-hatch").count() == int(kind == "sm-matrix-unknown")
    assert len(kinds) >= 3


def test_all_shared_gaps_are_one_click_away(show: Show) -> None:
    """Six rows first, then all; who came by keyboard stands on the first new one."""
    page = results(show)
    assert page.locator(GAPS).count() == 6
    page.get_by_role("button", name="Show all").press("Enter")

    assert page.locator(GAPS).count() > 6
    seventh = page.locator(GAPS).nth(6).locator("th")
    assert seventh.evaluate("el => el === document.activeElement")


def test_a_skill_leads_to_its_rating(show: Show) -> None:
    """From a gap to the anchors of that skill."""
    page = results(show)
    link = page.locator(f"{GAPS} th a").first
    title = link.inner_text()
    link.click()

    assert page.locator('[data-focus="skill-title"]').inner_text() == title


def test_aiming_at_a_role_keeps_all_else(show: Show) -> None:
    """The button sends the aim with the answers given, and leaves the focus at the section."""
    page = results(show)
    page.get_by_role("button", name="Aim at this role: Applied Scientist").click()
    page.wait_for_timeout(200)

    (aim,) = sent(page, "aim")
    assert aim["profile"] == "applied-scientist"
    assert aim["switches"]["containers"] is True
    assert page.evaluate("document.activeElement.dataset.focus") == "targets"
    assert "Applied Scientist" in page.locator(".sm-toasts").inner_text()


def test_another_context_before_and_after(show: Show) -> None:
    """Ticking a context asks for it, shows what changes, and stores nothing."""
    page = results(show)
    page.get_by_text("The same role in another context").click()
    page.get_by_role("checkbox", name="Healthcare").check()
    region = page.get_by_role("region", name="What another context changes")
    region.wait_for()

    assert sent(page, "targets")[-1]["overlays"] == ["healthcare"]
    assert "1 becomes 3" in region.inner_text().replace(" →", "").replace("\n", " ").replace(
        "  ", " "
    )
    assert sent(page, "aim") == []
    page.get_by_role("button", name="Back to your context").click()
    assert region.count() == 0
    assert page.get_by_role("checkbox", name="Healthcare").is_checked() is False


def test_nothing_rated_shows_no_list(show: Show) -> None:
    """A sentence instead of a table in which every cell says: not known."""
    page = results(show, "new")

    assert page.locator(".sm-shared-sentence").inner_text().startswith("Nothing is rated yet")
    assert page.locator(".sm-matrix").count() == 0
    assert page.locator(ROLES).count() == 5


def test_a_refusal_is_said(show: Show) -> None:
    """When the kernel cannot compare, the section says so and the rest of the page stands."""
    page = show("rated", "rate")
    page.evaluate("mock.refuse = 'targets'")
    page.get_by_role("link", name="Results").click()
    page.get_by_text("The comparison could not be made").wait_for()

    assert page.locator(".sm-criterion").count() == 5
