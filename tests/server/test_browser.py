"""The same, as a browser sees it."""

from __future__ import annotations

import json
import os
import re
import signal
from typing import Any

import pytest

from tests.server.serving import Serving

pytestmark = pytest.mark.slow

PREPARED = 3  # home, self_review, slider; a page that fails keeps no kernel


def test_a_page_talks_to_its_kernel(page: Any, server: Serving) -> None:
    """Values, messages and bytes, both ways; the token is gone from the address."""
    page.goto(server.base + "/self_review?assessment=ANA")
    page.click("#ready")
    page.wait_for_selector("body[data-answer]")
    told, answered = json.loads(page.get_attribute("body", "data-answer"))

    assert page.inner_text("#ready") == "count 1"
    assert told["n"] == 1
    assert told["workspace"] == str(server.workspace)
    assert answered == [3, 2, 1]
    assert page.title() == "Self-review · skillmatrix"
    assert page.locator("#sm-served-note").is_hidden()
    assert page.evaluate("location.href") == server.base + "/self_review?assessment=ANA"


def test_a_large_message_arrives(page: Any) -> None:
    """An import of 20 MB, which Jupyter's limit of 10 would swallow without a word."""
    page.evaluate("sendText(10_000_000)")
    page.wait_for_selector("body[data-answer]", timeout=20000)

    assert json.loads(page.get_attribute("body", "data-answer"))[0]["length"] == 10_000_000


@pytest.mark.parametrize("name", ["home", "slider", "broken"])
def test_no_request_leaves_the_machine(page: Any, server: Serving, name: str) -> None:
    """Nor does the browser complain about anything."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(f"{server.base}/{name}")
    page.wait_for_selector({"home": "#ready", "slider": ".widget-slider"}.get(name, "[role=alert]"))
    page.wait_for_timeout(1000)

    ours = (server.base + "/", server.base.replace("http", "ws") + "/", "data:", "blob:")
    assert asked
    assert not [url for url in asked if not url.startswith(ours)]
    assert not said


def test_other_widgets_get_voilas_own_client(page: Any, server: Serving) -> None:
    """The fast client knows anywidget only; nothing but time is lost."""
    page.goto(server.base + "/slider")
    page.wait_for_selector(".widget-slider")
    handle = page.locator(".noUi-handle")
    handle.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_selector(".widget-readout:text('1')")


def test_kernels_return_to_the_pool_when_pages_close(chromium: Any, server: Serving) -> None:
    """Opened, reloaded and closed, with either client: what waits is what waited before."""
    server.settle(PREPARED)
    context = chromium.new_context()
    tabs = [context.new_page() for _ in range(3)]
    tabs[0].goto(server.address)
    for tab, name, ready in zip(
        tabs, ("home", "self_review", "slider"), ("#ready", "#ready", ".widget-slider"), strict=True
    ):
        tab.goto(f"{server.base}/{name}")
        tab.wait_for_selector(ready)
        tab.reload()
        tab.wait_for_selector(ready)
    server.settle(PREPARED + 3)

    for tab in tabs:
        tab.close(run_before_unload=True)

    server.settle(PREPARED)
    context.close()


def test_the_first_paint_needs_no_script(page: Any, server: Serving) -> None:
    """It stands there while scripts are still on their way."""
    page.route("**/client.js", lambda route: route.abort())

    page.goto(server.base + "/self_review?assessment=ANA")

    assert page.inner_text("#skillmatrix-first-paint h1") == "self_review of ANA"
    assert page.locator("#sm-served-note").is_visible()


def test_theme_and_text_size_are_known_before_the_first_paint(page: Any, server: Serving) -> None:
    """No flash of the other theme."""
    page.evaluate("localStorage.setItem('skillmatrix.theme', 'dark')")
    page.evaluate("localStorage.setItem('skillmatrix.textsize', '<script>')")
    page.route("**/client.js", lambda route: route.abort())
    page.goto(server.base + "/home")

    assert page.get_attribute("html", "data-sm-theme") == "dark"
    assert page.get_attribute("html", "data-sm-text") == "normal"
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 60


def test_a_dead_kernel_is_said_on_the_page(page: Any, server: Serving) -> None:
    """Not in a dialogue that must be clicked away."""
    dialogues: list[str] = []
    page.on("dialog", lambda dialogue: (dialogues.append(dialogue.message), dialogue.dismiss()))
    page.click("#ready")
    page.wait_for_selector("body[data-answer]")
    pid = json.loads(page.get_attribute("body", "data-answer"))[0]["pid"]

    os.kill(pid, signal.SIGKILL)

    page.wait_for_selector("#sm-served-note[role=alert] >> text=lost its connection", timeout=25000)
    page.click("#sm-served-note a")
    page.wait_for_selector("#ready")
    assert not dialogues


def test_a_cut_connection_comes_back(page: Any, server: Serving) -> None:
    """What was sent in between arrives."""
    page.context.set_offline(True)
    page.click("#ready")
    page.context.set_offline(False)

    page.wait_for_selector("body[data-answer]", timeout=15000)
    assert json.loads(page.get_attribute("body", "data-answer"))[0]["n"] == 1


@pytest.mark.parametrize("path", ["/home", "/nothing", "/broken"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_pages_have_no_accessibility_fault(
    page: Any, server: Serving, path: str, scheme: str
) -> None:
    """WCAG 2.2 AA, as far as axe-core can tell."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.emulate_media(color_scheme=scheme)
    page.route("**/client.js", lambda route: route.abort())
    page.goto(server.base + path)

    results = axe.Axe().run(page)

    assert results.violations_count == 0, results.generate_report()


def test_a_stranger_sees_what_to_do(chromium: Any, server: Serving) -> None:
    """In a browser that was never signed in."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(server.base + "/self_review?assessment=ANA")

    assert tab.inner_text("h1") == "This workbook is private"
    assert "ANA" not in tab.content()
    context.close()
