"""The workbook as its user has it: the console script, a workspace, a browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from skillmatrix.store import AssessmentHead, Store, StoredEvent, open_store
from tests.server.serving import Serving, wait_for

SKILLMATRIX = Path(sys.executable).with_name("skillmatrix")
PATIENCE = 60  # s; a machine may be busy, and how fast the page is, is claimed elsewhere
NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Give the browser that ``$SKILLMATRIX_CHROMIUM`` names, else the one that is installed."""
    chosen = os.environ.get("SKILLMATRIX_CHROMIUM")
    if chosen:
        return chosen if Path(chosen).exists() else None
    return next((found for found in map(shutil.which, NAMES) if found), None)


class Workbook(Serving):
    """`skillmatrix serve --no-browser` in a process of its own."""

    def __init__(
        self,
        workspace: Path,
        *,
        port: int = 0,
        preheat: int = 1,
        env: dict[str, str] | None = None,
    ) -> None:
        workspace.parent.mkdir(parents=True, exist_ok=True)
        self.workspace = workspace
        self.preheat = preheat
        number = len(Serving.started)
        self._out = workspace.parent / f"out-{number}.txt"
        self._err = workspace.parent / f"err-{number}.txt"
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SKILLMATRIX_")}
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [
                    str(SKILLMATRIX),
                    "serve",
                    "--no-browser",
                    f"--workspace={workspace}",
                    f"--port={port}",
                    f"--preheat={preheat}",
                ],
                stdout=out,
                stderr=err,
                cwd=workspace.parent,
                env={**clean, **(env or {})},
            )
        Serving.started.append(self)
        wait_for(
            lambda: "\n" in self.output() or self.process.poll() is not None, PATIENCE, "the line"
        )
        assert self.process.poll() is None, self.errors()
        self.address = self.output().strip().split(" at ")[1]
        self.base, self.token = self.address.split("/?token=")
        self.port = int(self.base.rsplit(":", 1)[1])

    def kill(self) -> None:
        """Kill the server, and it alone: its kernels have to notice by themselves."""
        self.stop(signal.SIGKILL)

    def again(self) -> Workbook:
        """Start it once more: the same workspace, the same port."""
        return Workbook(self.workspace, port=self.port, preheat=self.preheat)

    def kernel_of(self, page: Any) -> int:
        """Give the process behind an open page."""
        text = page.locator("#jupyter-config-data").text_content()
        kernel = json.loads(text)["kernelId"]
        found = [pid for pid in self.kernels() if kernel in " ".join(psutil.Process(pid).cmdline())]
        assert len(found) == 1, f"{len(found)} processes for kernel {kernel}"
        return found[0]

    def kill_kernel(self, page: Any) -> None:
        """Kill the process behind an open page."""
        os.kill(self.kernel_of(page), signal.SIGKILL)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open what is on disk now."""
        with open_store(self.workspace) as store:
            yield store

    def head(self) -> AssessmentHead:
        """Give the only assessment there is."""
        with self.store() as store:
            (head,) = store.assessments()
        return head

    def events(self, kind: str | None = None) -> list[StoredEvent]:
        """Give the events of the only assessment, all or of one kind, oldest first."""
        with self.store() as store:
            (head,) = store.assessments()
            found = store.events(head.code)
        return [event for event in found if kind in (None, event.kind)]

    def ratings(self) -> list[tuple[str, Any]]:
        """Give every rating ever stored, oldest first."""
        return [(e.subject, (e.payload or {})["value"]) for e in self.events("rating")]


class Watched:
    """What a page asked for and what it complained about."""

    def __init__(self, page: Any) -> None:
        self.urls: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.urls.append(request.url))
        page.on("websocket", lambda socket: self.urls.append(socket.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("dialog", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            where = message.location.get("url", "")
            self.complaints.append(f"{message.type}: {message.text} ({where})")

    def _asked(self, dialog: Any) -> None:
        self.complaints.append(f"dialogue: {dialog.message}")
        dialog.dismiss()

    def strangers(self, base: str) -> list[str]:
        """Give the addresses outside one server."""
        own = (f"{base}/", base.replace("http", "ws", 1) + "/", "data:", "blob:")
        return [url for url in self.urls if not url.startswith(own)]


# ---- what a person does, in words ------------------------------------------


def begin(page: Any, address: str, name: str = "") -> None:
    """From the printed address to the first step of a new self-review."""
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/self_review?assessment=*")
    page.get_by_role("heading", name="What are you aiming at?").wait_for()


def to_step(page: Any, title: str) -> None:
    """Go to a step of the self-review, once the page has taken the place of the first paint."""
    drawn(page)
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=title).click()
    page.locator(f".sm-{title.lower()}").wait_for()


def drawn(page: Any) -> None:
    """Wait until the page itself is there, and no longer what the server drew."""
    page.locator("#skillmatrix-first-paint").wait_for(state="detached")
    page.locator(".sm-saved").wait_for()


def cell(page: Any, skill: str, level: int) -> Any:
    """Give the place of a level on the board."""
    return page.locator(f'.sm-row[data-skill="{skill}"] .sm-cell[data-level="{level}"]')


def shown(page: Any) -> dict[str, int]:
    """Give the levels the board shows as chosen."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(
            '.sm-row .sm-cell[aria-checked="true"]')].map(cell =>
            [cell.closest('.sm-row').dataset.skill, Number(cell.dataset.level)]))"""
    )


def open_skill(page: Any, skill: str) -> None:
    """Open the panel of a skill."""
    page.locator(f'.sm-row[data-skill="{skill}"] button.sm-row-title').click()
    until(page, f"location.hash === '#rate/{skill}'")


def saved(page: Any, within: float = PATIENCE) -> None:
    """Wait until the page says that everything is on disk."""
    page.locator(".sm-saved-saved").wait_for(timeout=within * 1000)


def says_saved(page: Any) -> bool:
    """Whether the page says at this moment that everything is on disk."""
    return bool(page.evaluate("Boolean(document.querySelector('.sm-saved-saved'))"))


def criteria(page: Any) -> dict[str, str]:
    """Give the state word of each criterion, as the strip above the board shows it."""
    items = page.locator(".sm-strip-item").all()
    return {
        item.locator(".sm-strip-code").inner_text(): item.locator(".sm-state-word").inner_text()
        for item in items
    }


def add_evidence(
    page: Any, *, skills: tuple[str, ...] = (), types: tuple[str, ...] = (), **fields: str
) -> None:
    """Fill in the form of an open skill and add the item; skills and types by their titles."""
    page.get_by_role("button", name="Add evidence").click()
    form = page.get_by_role("group", name="New evidence")
    for label, text in fields.items():
        form.get_by_label(FIELDS[label], exact=True).fill(text)
    if skills:
        form.locator("summary", has_text="Skills it supports").click()
        for title in skills:
            form.get_by_role("checkbox", name=title, exact=True).check()
    if types:
        form.locator("summary", has_text="Kind of evidence").click()
        for title in types:
            form.get_by_role("checkbox", name=title, exact=True).check()
    form.get_by_role("button", name="Add", exact=True).click()
    page.locator(".sm-item-title", has_text=fields["title"]).wait_for()


FIELDS = {
    "title": "What it was",
    "date": "When it was",
    "description": "What you did yourself",
    "artefact": "Where it can be seen",
    "confirmed_by": "Who can confirm it",
    "measure": "What it changed, measured after use",
    "method": "How that was measured",
}


def until(page: Any, expression: str, within: float = PATIENCE) -> None:
    """Wait until an expression is true in the page, across its reloads.

    `Page.wait_for_function` evaluates text inside the page, which its policy forbids.
    """

    def holds() -> bool:
        try:
            return bool(page.evaluate(expression))
        except Exception as error:
            if "Execution context was destroyed" in str(error) or "navigation" in str(error):
                return False
            raise

    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, f"waited {within} s for {expression}"
        page.wait_for_timeout(50)
