"""Pages of the harness, served on loopback, in one browser."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import make_harness

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve without a log."""

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address under which every case is served."""
    folder = tmp_path_factory.mktemp("harness")
    make_harness.write(folder)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")  # two Playwrights cannot run in one thread
def browser() -> Iterator[Any]:
    """Give one Chromium for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, harness: str) -> Iterator[Callable[..., Any]]:
    """Open a case; an error on the page fails the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def show(
        case: str,
        step: str = "",
        *,
        width: int = 1440,
        height: int = 1100,
        theme: str = "light",
        query: str = "",
        **more: Any,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )
        page.goto(f"{harness}/harness_{case}.html{query}" + (f"#{step}" if step else ""))
        page.wait_for_selector(".sm-content > *")
        return page

    yield show
    for context in contexts:
        context.close()
    assert not errors
