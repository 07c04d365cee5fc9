"""One server for all claims that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import BROWSER, Serving, write_notebooks


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that work, one that fails, one that is no notebook, one of ipywidgets."""
    folder = tmp_path_factory.mktemp("served") / "notebooks"
    return write_notebooks(folder, ("home", "self_review", "broken", "corrupt", "slider"))


@pytest.fixture(scope="session")
def server(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve with one prepared kernel a page: three of the five pages can have one."""
    serving = Serving(notebooks, tmp_path_factory.mktemp("data") / "workspace")
    yield serving
    serving.stop()


@pytest.fixture(scope="package")  # two Playwrights cannot run in one thread
def chromium() -> Iterator[object]:
    """Debian's browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(**BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: object, server: Serving) -> Iterator[object]:
    """Open a tab that is signed in, and close it with all that it holds."""
    context = chromium.new_context()  # type: ignore[attr-defined]
    context.set_extra_http_headers({})
    tab = context.new_page()
    tab.goto(server.address)
    tab.wait_for_selector("#ready")
    yield tab
    tab.close(run_before_unload=True)
    context.close()
