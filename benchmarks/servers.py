"""Servers to measure: the workbook, a minimal Voilà page, and what else is installed."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from benchmarks.measure import family, processor_seconds

STARTS_WITHIN = 60.0  # s
IDLE = 0.06  # share of one processor
_BUTTON = """
import ipywidgets

button = ipywidgets.Button(description="count 0")
button.on_click(lambda b: setattr(b, "description", f"count {int(b.description[6:]) + 1}"))
button
"""


@dataclass
class Server:
    """A server that runs, and where."""

    pid: int
    base: str
    token: str = ""

    def kernels(self) -> list[psutil.Process]:
        """List its kernels, oldest first."""
        found = []
        for each in family(self.pid)[1:]:
            with suppress(psutil.Error):
                if each.status() != psutil.STATUS_ZOMBIE and any(
                    "ipykernel_launcher" in part for part in each.cmdline()
                ):
                    found.append((each.create_time(), each))
        return [each for _, each in sorted(found, key=lambda pair: pair[0])]

    def rest(self, kernels: int = 0, within: float = 30.0) -> None:
        """Wait until it has nothing to do, and at least so many kernels."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            before = processor_seconds(self.pid)
            time.sleep(0.5)
            used = (processor_seconds(self.pid) - before) / 0.5
            if 0 <= used <= IDLE and len(self.kernels()) >= kernels:
                return

    def cookies(self) -> list[dict[str, str]]:
        """Sign in without a browser, so that nothing is in its cache."""
        if not self.token:
            return []
        host = self.base.removeprefix("http://")
        link = http.client.HTTPConnection(host, timeout=10)
        link.request("GET", f"/?token={self.token}")
        answer = link.getresponse()
        name, _, rest = (answer.getheader("Set-Cookie") or "").partition("=")
        link.close()
        return [{"name": name, "value": rest.split(";")[0].strip('"'), "url": self.base}]


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def started(
    command: list[str], ready: Callable[[str], str | None], **environment: str
) -> Iterator[tuple[int, str]]:
    """
    Start a server and stop it, with all that it started, in the end.

    Parameters
    ----------
    command : list of str
    ready : callable
        Takes what the server printed so far; gives its address when it accepts connections.
    """
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        with said.open("wb") as out:
            process = subprocess.Popen(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={**os.environ, **environment},
            )
        try:
            end = time.monotonic() + STARTS_WITHIN
            while (address := ready(said.read_text(encoding="utf-8", errors="replace"))) is None:
                if process.poll() is not None or time.monotonic() > end:
                    msg = f"{command[:4]} did not start: {said.read_text(errors='replace')[-800:]}"
                    raise RuntimeError(msg)
                time.sleep(0.1)
            yield process.pid, address
        finally:
            mine = family(process.pid)
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            for each in mine:
                with suppress(psutil.Error):
                    each.kill()
            process.wait(5)


@contextmanager
def workbook(workspace: Path, preheat: int) -> Iterator[Server]:
    """Serve the pages of this package."""
    command = [sys.executable, "-m", "skillmatrix.cli", "serve", "--workspace", str(workspace)]
    command += ["--port", str(free_port()), "--no-browser", "--preheat", str(preheat)]

    def ready(said: str) -> str | None:
        line = next((row for row in said.splitlines() if "/?token=" in row), None)
        return line.rpartition(" at ")[2].strip() if line else None

    with started(command, ready) as (pid, address):
        base, _, token = address.partition("/?token=")
        yield Server(pid, base, token)


@contextmanager
def voila(preheat: int) -> Iterator[Server]:
    """Serve one notebook with one button, with the plain ``voila`` command."""
    cell = nbformat.v4.new_code_cell(_BUTTON)
    made = nbformat.v4.new_notebook(cells=[cell])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(made, Path(folder) / "button.ipynb")
        port = free_port()
        command = [sys.executable, "-m", "voila", str(Path(folder) / "button.ipynb")]
        command += ["--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
        if preheat:
            command += ["--preheat_kernel=True", f"--pool_size={preheat}"]
        with started(command, lambda _: answers(port)) as (pid, base):
            yield Server(pid, base)


def answers(port: int) -> str | None:
    """Give the address of a port once somebody accepts connections there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return f"http://127.0.0.1:{port}"
    return None
