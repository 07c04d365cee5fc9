"""The same page in JupyterLab: open the notebook, run the cell, use it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatrix import settings
from tests.browser.workbook import PATIENCE, Workbook, cell, saved, shown, to_step, until
from tests.server.serving import wait_for

pytestmark = pytest.mark.slow

TOKEN = "a-token-for-this-test"


class Lab(Workbook):
    """`jupyter lab` on the folder of notebooks; the store is looked at as for the workbook."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "workspace"
        notebooks = folder / "notebooks"
        # A copy: JupyterLab writes into the notebooks it has run.
        shutil.copytree(settings.notebooks_dir(), notebooks)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        env = {**os.environ, "SKILLMATRIX_WORKSPACE": str(self.workspace)}
        for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
            env[f"JUPYTER_{name}"] = str(folder / "jupyter" / name.lower())
        env["IPYTHONDIR"] = str(folder / "ipython")
        with (folder / "lab.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "jupyterlab",
                    "--no-browser",
                    "--allow-root",
                    f"--ServerApp.port={port}",
                    "--ServerApp.port_retries=0",
                    f"--ServerApp.root_dir={notebooks}",
                    f"--IdentityProvider.token={TOKEN}",
                    "--LabApp.news_url=None",
                    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                env=env,
            )
        wait_for(self._answers, PATIENCE, "JupyterLab")

    def _answers(self) -> bool:
        assert self.process.poll() is None, "JupyterLab ended"
        try:
            with urllib.request.urlopen(f"{self.base}/api?token={TOKEN}", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def address_of(self, notebook: str) -> str:
        """Give the address of a notebook."""
        return f"{self.base}/lab/tree/{notebook}.ipynb?token={TOKEN}&reset"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Start JupyterLab, and end it."""
    serving = Lab(tmp_path)
    yield serving
    serving.stop()


def run_cell(page: Any) -> None:
    """Run the code cell as people do."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    page.keyboard.press("Control+Enter")


def test_the_page_in_jupyterlab(lab: Lab, tab: Any) -> None:
    """Start, rate with mouse and keys, results: stored; the notebook's own keys keep away."""
    tab.goto(lab.address_of("self_review"))
    run_cell(tab)
    tab.get_by_label("Name").fill("Noor")
    tab.get_by_role("button", name="Start", exact=True).click()
    tab.get_by_role("heading", name="What are you aiming at?").wait_for()
    to_step(tab, "Rate")
    cell(tab, "python", 4).click()
    for key in ("ArrowDown", "3", "ArrowRight", "ArrowDown", "5", "ArrowDown", "2", "u"):
        tab.keyboard.press(key)
    saved(tab)

    assert shown(tab) == {"python": 4, "core-ml": 4, "validation": 5}
    assert dict(lab.ratings()) == {**shown(tab), "data-querying": "UNRATED"}
    assert tab.locator(".jp-CodeCell").count() == 1
    to_step(tab, "Results")
    tab.locator("img.sm-figure-image").wait_for()
    assert not [said for said in tab.watched.complaints if "page error" in said]
    assert tab.watched.strangers(lab.base) == []


def test_a_killed_kernel_in_jupyterlab(lab: Lab, tab: Any) -> None:
    """The page says that the notebook does not answer; run again, it stores what it kept."""
    tab.goto(lab.address_of("self_review"))
    run_cell(tab)
    tab.get_by_role("button", name="Start", exact=True).click()
    tab.get_by_role("heading", name="What are you aiming at?").wait_for()
    to_step(tab, "Rate")
    (kernel,) = lab.kernels()
    os.kill(kernel, 9)
    cell(tab, "python", 4).click()
    tab.locator(".sm-banner", has_text="The notebook does not answer").wait_for()
    assert shown(tab) == {"python": 4}

    tab.get_by_role("button", name="Ok").or_(tab.get_by_role("button", name="OK")).click()
    run_cell(tab)
    until(tab, "!document.querySelector('.sm-banner')")
    saved(tab)

    assert lab.ratings() == [("python", 4)]
