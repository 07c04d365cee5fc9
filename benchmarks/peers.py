"""The same board made with other tools, where they are installed: until it can be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.browser import Opening, driver, open_once, profile
from benchmarks.measure import Machine, Row
from benchmarks.opening import Page, both, returning
from skillmatrix.framework import load_framework

#: The Python that has them; another one with ``--peers-python``.
PYTHON = sys.executable
#: What was skipped, and why.
SAID: list[str] = []
APPS = Path(__file__).resolve().parent / "peer_apps"


@dataclass(frozen=True)
class Peer:
    """How to serve one, and what to look for."""

    command: tuple[str, ...]
    opening: Opening


PEERS = {
    "panel": Peer(
        ("-m", "panel", "serve", "{app}", "--port={port}", "--address=127.0.0.1"),
        Opening(control=".bk-btn", deep=True),
    ),
    "streamlit": Peer(
        (
            *("-m", "streamlit", "run", "{app}", "--server.port={port}"),
            *("--server.address=127.0.0.1", "--server.headless=true"),
            "--browser.gatherUsageStats=false",
        ),
        Opening(control="[data-testid=stRadio] input"),
    ),
    "solara": Peer(
        ("-m", "solara", "run", "{app}", "--port={port}", "--host=127.0.0.1", "--no-open"),
        Opening(control=".v-btn-toggle button"),
    ),
    "marimo": Peer(
        (
            *("-m", "marimo", "run", "{app}", "--port={port}", "--host=127.0.0.1"),
            *("--headless", "--no-token"),
        ),
        Opening(control="[role=radio]", deep=True),
    ),
}


def run(rounds: int, machine: Machine) -> list[Row]:
    """Open each of them in turn with the workbook and the Voilà page."""
    here = [name for name in PEERS if _importable(name)]
    SAID.extend(f"peers: {name} not installed" for name in PEERS if name not in here)
    if not here:
        return []
    with ExitStack() as stack:
        content = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "content.json"
        content.write_text(json.dumps(_content()), encoding="utf-8")
        pages = stack.enter_context(both(preheat=1))
        for name in here:
            port = servers.free_port()
            app = str(APPS / f"{name}_app.py")
            command = [PYTHON, *(part.format(app=app, port=port) for part in PEERS[name].command)]
            served = servers.started(
                command, lambda _, port=port: servers.answers(port), BENCHMARK_CONTENT=str(content)
            )
            pid, base = stack.enter_context(served)
            address = f"{base}/{name}_app" if name == "panel" else base
            pages.append(Page(name, servers.Server(pid, base), address, PEERS[name].opening))
        driven = stack.enter_context(driver())
        pages = [page for page in pages if page.name not in here or _opens(driven, page)]
        found = returning(driven, pages, max(5, rounds // 5), machine)
    return [
        Row(
            "peers, the same board, browser was here before",
            f"{name}: first control painted",
            "ms",
            [each["usable"] for each in noted],
            reference="skillmatrix: first control painted",
        )
        for name, noted in found.items()
    ]


def _opens(driven: Any, page: Page) -> bool:
    """Whether a page opens at all on a machine without a network."""
    with profile(driven, page.server, page.opening) as context:
        try:
            open_once(context, page.address)
        except Exception as error:  # whatever a browser driver may raise
            SAID.append(f"peers: {page.name} did not open: {str(error).splitlines()[0]}")
            return False
    return True


def _importable(name: str) -> bool:
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({name!r}) is None)"
    return subprocess.run([PYTHON, "-c", code], check=False, env=os.environ).returncode == 0


def _content() -> dict[str, object]:
    """Give what the board shows: areas, skills, level names, criteria."""
    framework = load_framework("ml-specialist")
    return {
        "levels": [f"{step.level} {step.name}" for step in framework.scale],
        "areas": [
            {
                "title": area.title,
                "skills": [s.title for s in framework.skills.values() if s.area == area.id],
            }
            for area in framework.areas.values()
        ],
        "criteria": [criterion.title for criterion in framework.criteria.values()],
    }
