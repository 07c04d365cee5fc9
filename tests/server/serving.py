"""A real server in a process of its own, over invented notebooks."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import nbformat
import psutil

BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}

ESM = """
export default { render({ model, el }) {
  const button = document.createElement("button");
  button.id = "ready";
  const show = () => { button.textContent = `count ${model.get("n")}`; };
  button.onclick = () => {
    model.set("n", model.get("n") + 1);
    model.save_changes();
    model.send({ kind: "command" }, null, [new Uint8Array([1, 2, 3])]);
  };
  model.on("change:n", show);
  model.on("msg:custom", (content, buffers) => {
    const { buffer, byteOffset, byteLength } = buffers[0];
    const bytes = [...new Uint8Array(buffer, byteOffset, byteLength)];
    document.body.dataset.answer = JSON.stringify([content, bytes]);
  });
  window.sendText = (length) => model.send({ text: "é".repeat(length) }, null, [new Uint8Array(1)]);
  show();
  el.append(button);
  document.getElementById("skillmatrix-first-paint")?.remove();
} };
"""

WIDGET = f"""
import os, anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = {ESM!r}
    _css = "#ready {{ font-weight: 700 }}"
    n = traitlets.Int(0).tag(sync=True)
    raw = traitlets.Bytes(b"abc").tag(sync=True)

def answer(widget, content, buffers):
    told = {{"n": widget.n, "workspace": os.environ["SKILLMATRIX_WORKSPACE"], "pid": os.getpid()}}
    told["length"] = len(content.get("text", ""))
    widget.send(told, [bytes(reversed(bytes(buffers[0])))])

counter = Counter()
counter.on_msg(answer)
counter
"""

PAGES = {
    "home": ("Home", WIDGET),
    "self_review": ("Self-review", WIDGET),
    "broken": ("Broken", "raise ValueError('a private thing')"),
    "slider": ("Slider", "import ipywidgets\nipywidgets.IntSlider(description='Level')"),
}

# The first paint is somebody else's: here it is invented, in the server's process only.
# A fault must not take the machine's memory with it.
RUN = """
import resource, sys, types
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
from pathlib import Path
from skillmatrix import settings
folder, workspace, port, preheat = sys.argv[1:5]
settings.notebooks_dir = lambda: Path(folder)
pages = types.ModuleType("skillmatrix.pages")
def first_paint(page, workspace, query):
    if query.get("assessment") == "SLIP":
        raise RuntimeError("a mistake")
    if page == "slider":
        return ""
    return f"<h1>{page} of {query.get('assessment', 'nobody')}</h1>"
pages.first_paint = first_paint
sys.modules["skillmatrix.pages"] = pages
from skillmatrix.server import serve
serve(Path(workspace), port=int(port), open_browser=False, preheat=int(preheat))
"""


def write_notebooks(folder: Path, names: tuple[str, ...]) -> Path:
    """Write the notebooks named, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name == "corrupt":
            (folder / "corrupt.ipynb").write_text("{ this is not JSON", encoding="utf-8")
            continue
        title, code = PAGES[name]
        made = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell(f"# {title}\n\nFor people in JupyterLab."),
                nbformat.v4.new_code_cell(code),
            ],
            metadata={"kernelspec": {"name": "no-such-kernel", "display_name": "Python"}},
        )
        made.metadata.kernelspec["language"] = "python"
        nbformat.write(made, folder / f"{name}.ipynb")
    return folder


class Serving:
    """The server as a person at the terminal sees it."""

    started: ClassVar[list[Serving]] = []

    def __init__(
        self, notebooks: Path, workspace: Path, *, port: int = 0, preheat: int = 1
    ) -> None:
        self.workspace = workspace
        number = len(Serving.started)
        self._out = workspace.parent / f"out-{number}.txt"
        self._err = workspace.parent / f"err-{number}.txt"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    RUN,
                    str(notebooks),
                    str(workspace),
                    str(port),
                    str(preheat),
                ],
                stdout=out,
                stderr=err,
                cwd=workspace.parent,
            )
        Serving.started.append(self)
        wait_for(lambda: "\n" in self.output() or self.process.poll() is not None, 60, "the line")
        assert self.process.poll() is None, self.errors()
        self.address = self.output().strip().split(" at ")[1]
        self.base, self.token = self.address.split("/?token=")
        self.port = int(self.base.rsplit(":", 1)[1])

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        signed: bool = True,
        body: bytes | None = None,
        **headers: str,
    ) -> http.client.HTTPResponse:
        """Send one request as it stands; ``Sec_Fetch_Dest`` becomes ``Sec-Fetch-Dest``."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if signed:
            sent.setdefault("Authorization", f"token {self.token}")
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        link.putrequest(method, path, skip_host="Host" in sent)
        for name, value in sent.items():
            link.putheader(name, value)
        if body is not None:
            link.putheader("Content-Length", str(len(body)))
        link.endheaders(body)
        answer = link.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        link.close()
        return answer

    def kernels(self) -> list[int]:
        """List the processes of kernels."""
        try:
            children = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return sorted(each.pid for each in children if is_kernel(each))

    def settle(self, count: int, within: float = 60.0, stays: float = 1.5) -> None:
        """Wait until that many kernels have been running for a while."""
        end = time.monotonic() + within
        since = time.monotonic()
        while time.monotonic() - since < stays:
            found = len(self.kernels())
            if found != count:
                since = time.monotonic()
            assert time.monotonic() < end, f"{found} kernels instead of {count} after {within} s"
            time.sleep(0.1)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(20)

    def output(self) -> str:
        """Give what stands on standard output."""
        return self._out.read_text(encoding="utf-8")

    def errors(self) -> str:
        """Give what stands on standard error."""
        return self._err.read_text(encoding="utf-8")


def is_kernel(process: psutil.Process) -> bool:
    """Whether a process is a kernel, and not merely on its way to be reaped."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and any(
            "ipykernel_launcher" in part for part in process.cmdline()
        )
    except psutil.NoSuchProcess:
        return False


def wait_for(claim: Callable[[], Any], within: float, what: str) -> None:
    """Wait until something is true."""
    end = time.monotonic() + within
    while not claim():
        assert time.monotonic() < end, f"waited {within} s for {what}"
        time.sleep(0.1)
