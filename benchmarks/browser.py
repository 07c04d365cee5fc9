"""A browser, and what it is asked to note down while a page opens."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.servers import Server

CHROMIUM = os.environ.get("SKILLMATRIX_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
OPENS_WITHIN = 60_000  # ms

# Times are milliseconds since the navigation began. "Painted" is the first task after a frame
# that had the thing in it. Polling once a frame is the same for every page that is compared.
_WATCH = """
(() => {
  if (window !== window.top) return;
  const spec = SPEC;
  const seen = (window.__opening = {});
  const now = () => performance.now();
  const deep = (root, selector) => {
    const direct = root.querySelector(selector);
    if (direct || !spec.deep) return direct;
    for (const each of root.querySelectorAll("*")) {
      const found = each.shadowRoot && deep(each.shadowRoot, selector);
      if (found) return found;
    }
    return null;
  };
  const painted = (name) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (seen[name] = now());
    channel.port2.postMessage(0);
  };
  if (spec.first) {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(spec.first)) return;
      watch.disconnect();
      seen.firstInDocument = now();
    });
    watch.observe(document, { childList: true, subtree: true });
  }
  new PerformanceObserver((list) => {
    const found = list.getEntries().find((entry) => entry.name === "first-contentful-paint");
    if (found) seen.contentful = found.startTime;
  }).observe({ type: "paint", buffered: true });
  const confirm = () => {
    if (!spec.confirmed) return (seen.confirmed = now());
    const place = document.querySelector(spec.confirmed);
    if (place && place.textContent.includes(spec.contains)) return (seen.confirmed = now());
    return setTimeout(confirm, 2);
  };
  const frame = () => {
    if (spec.first && !seen.firstFrame && document.querySelector(spec.first)) {
      seen.firstFrame = now();
      painted("first");
    }
    const control = deep(document, spec.control);
    if (!control) return requestAnimationFrame(frame);
    painted("usable");
    return setTimeout(() => {
      seen.clicked = now();
      if (spec.confirmed) control.click();
      seen.reacted = !spec.reacts || Boolean(document.querySelector(spec.reacts));
      confirm();
    });
  };
  requestAnimationFrame(frame);
})();
"""

# Pages forbid eval, which Playwright's own waiting needs.
_UNTIL = """
(within) => new Promise((resolve, reject) => {
  const look = () => {
    if (window.__opening.confirmed) return resolve(window.__opening);
    if (performance.now() > within) return reject(new Error(JSON.stringify(window.__opening)));
    return setTimeout(look, 20);
  };
  look();
})
"""


@dataclass(frozen=True)
class Opening:
    """
    What to look for while a page opens; all are CSS selectors.

    Attributes
    ----------
    control : str
        The first thing to use.
    first : str
        What can be read before it, if anything.
    reacts : str
        Is there at once when the control was clicked, if the page answers by itself.
    confirmed : str
        Is there when the kernel has answered the click; empty if the control is not clicked.
    contains : str
        Text that `confirmed` must hold.
    deep : bool
        Whether to look into shadow roots too.
    """

    control: str
    first: str = ""
    reacts: str = ""
    confirmed: str = ""
    contains: str = ""
    deep: bool = False

    def script(self) -> str:
        """Give the script to run before all others."""
        spec = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return _WATCH.replace("SPEC", json.dumps(spec), 1)


@contextmanager
def driver() -> Iterator[Any]:
    """Start what drives browsers; one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@contextmanager
def profile(driven: Any, server: Server, opening: Opening | None = None) -> Iterator[Any]:
    """Start a browser with a profile of its own, as a person has one: with a cache on disk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = driven.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1440, "height": 1100},
        )
        try:
            if server.token:
                context.add_cookies(server.cookies())
            if opening is not None:
                context.add_init_script(opening.script())
            yield context
        finally:
            context.close()


def open_once(context: Any, address: str) -> dict[str, float]:
    """Open a page in a new tab, use it once, close it, and give what was noted."""
    page = context.new_page()
    try:
        page.goto(address, wait_until="commit", timeout=OPENS_WITHIN)
        return dict(page.evaluate(_UNTIL, OPENS_WITHIN))
    finally:
        page.close(run_before_unload=True)


def installed() -> str | None:
    """Say what is missing for the page benchmarks; None if nothing is."""
    from importlib.util import find_spec

    if find_spec("playwright") is None:
        return "playwright is not installed"
    if not Path(CHROMIUM).exists():
        return f"no browser at {CHROMIUM}; name one with SKILLMATRIX_CHROMIUM"
    return None
