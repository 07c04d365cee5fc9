"""Take it with you, as its user does it: choose a reader, choose a format, have a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_axe import faults
from tests.browser.workbook import Workbook, to_step
from tests.reports.reading import everything, text_of

pytestmark = pytest.mark.slow


def download(page: Any, key: str) -> tuple[str, bytes]:
    """Press a button and give the file that comes of it."""
    with page.expect_download(timeout=60_000) as waiting:
        page.locator(f'[data-focus="{key}"]').click()
    file = waiting.value
    return file.suggested_filename, Path(file.path()).read_bytes()


def test_a_report_for_a_mentor_without_the_private_note(workbook: Workbook, visit: Any) -> None:
    """With the keyboard: the PDF says whom it is for, and the private note is not in it."""
    page = visit()
    page.goto(workbook.address)
    page.get_by_role("button", name="Open an invented example").click()
    page.wait_for_url("**/self_review?assessment=*")
    to_step(page, "Rate")
    page.locator(".sm-row-title").first.click()
    page.locator(".sm-note textarea").fill("WORDSOFMYOWN")
    page.wait_for_timeout(1200)
    to_step(page, "Results")
    page.locator(".sm-keep .sm-card").first.wait_for()
    assert faults(page, "results") == []

    page.locator('[data-focus="keep-myself"]').focus()
    page.keyboard.press("ArrowDown")
    assert "without" in page.locator(".sm-keep .sm-card", has_text="For my mentor").inner_text()
    name, content = download(page, "report-pdf")

    assert name.endswith("-for-mentor.pdf")
    assert "For my mentor" in text_of(content).replace("FOR MY MENTOR", "For my mentor")
    assert "WORDSOFMYOWN" not in everything(content, "pdf")
    page.keyboard.press("Shift+Tab")
    page.locator('[data-focus="keep-myself"]').check()
    assert "WORDSOFMYOWN" in everything(download(page, "report-xlsx")[1], "xlsx")
    assert b"WORDSOFMYOWN" in download(page, "report-html")[1]
    assert b"WORDSOFMYOWN" in download(page, "data-csv")[1]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing_in_a_report(
    chromium: Any, cohort_reports: dict[str, Path], width: int, theme: str
) -> None:
    """Each version, light, dark and narrow; nothing is wider than the screen; nothing is asked."""
    found: list[str] = []
    for audience, file in cohort_reports.items():
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(file.as_uri())
        found += faults(page, audience)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert asked == [file.as_uri()]
        context.close()

    assert found == []


@pytest.fixture(scope="module")
def cohort_reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the three versions about somebody invented."""
    from skillmatrix.cli.example import invented, read_cohort
    from skillmatrix.framework import load_framework
    from skillmatrix.reports import AUDIENCES, report, write_report

    cohort = read_cohort()
    framework = load_framework(cohort.texts["framework"])
    made = invented(cohort, framework, 1)["tomasz-self.assessment.json"]
    profile = framework.profile(made.aim.profile, made.aim.overlays, made.aim.switches)
    folder = tmp_path_factory.mktemp("reports")
    files = {}
    for audience in AUDIENCES:
        files[audience] = folder / f"{audience}.html"
        files[audience].write_bytes(write_report(report(made, profile, audience), "html").content)
    return files
