"""One browser for all of it; a workbook and a tab for each test."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.workbook import PATIENCE, Watched, Workbook, find_chromium
from tests.server.serving import BROWSER, Serving


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """A real browser; without one there is nothing to claim, and in CI that is a failure.

    For this package only: a second Playwright cannot start in the same thread while one runs.
    """
    path = find_chromium()
    if path is None:
        sentence = "no Chromium was found; install one or name it in SKILLMATRIX_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(**{**BROWSER, "executable_path": path})
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Workbook]]:
    """Start the workbook on a workspace of the test's own; it ends with the test."""
    before = len(Serving.started)

    def start(**more: Any) -> Workbook:
        return Workbook(tmp_path / "workspace", **more)

    start.folder = tmp_path  # type: ignore[attr-defined]
    yield start
    for serving in Serving.started[before:]:
        serving.stop()


@pytest.fixture
def workbook(serve: Callable[..., Workbook]) -> Workbook:
    """A workbook on an empty workspace."""
    return serve()


@pytest.fixture
def visit(
    chromium: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Any]]:
    """Open a tab in a browser profile of its own; closing it says farewell to its kernel."""
    contexts: list[Any] = []
    request.node.tabs, request.node.pictures = [], tmp_path

    def open_tab(**more: Any) -> Any:
        more.setdefault("viewport", {"width": 1440, "height": 1000})
        context = chromium.new_context(**more)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.watched = Watched(page)
        request.node.tabs.append(page)
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def tab(visit: Callable[..., Any]) -> Any:
    """One tab, 1440 px wide."""
    return visit()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    """Keep a picture of every tab of a test that failed, and say where it is."""
    report = yield
    if call.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "tabs", [])):
            with contextlib.suppress(Exception):
                path = item.pictures / f"tab-{number}.png"
                page.screenshot(path=path)
                report.sections.append(("tab", f"{page.url}\n{path}\n{page.watched.complaints}"))
    return report
