"""Kernels of the pages: started with this Python, kept ready, ended when their page is closed.

Voilà has preheated kernels of its own. They are not used because, as of 0.5.13, one notebook that
fails to load makes every later shutdown raise (the kernels then stay for ever), a kernel that
died while it waited is handed out all the same, and what failed once is shown until it has been
asked for as often as the pool is deep.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer
from voila.notebook_renderer import NotebookRenderer

from skillmatrix.server.workspace import KERNEL_LOG

FAILED = "data-skillmatrix-failed"
REFILL_AFTER = 1.0  # s; the browser wants the processor first
NEVER_CONNECTED = 60.0  # s a page gets to connect to the kernel it was given
LAST_WORDS = 1.0  # s between the page's farewell and the end of its kernel
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_PRIVATE = ("JUPYTER_TOKEN", "JPY_API_TOKEN", "JUPYTERHUB_API_TOKEN")


class OwnKernelSpecs(KernelSpecManager):  # type: ignore[misc]
    """Knows one kernel: ipykernel in the Python that runs this server, whatever is installed."""

    def find_kernel_specs(self) -> dict[str, str]:
        """List the one."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the one, under any name a notebook may carry."""
        return KernelSpec(
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--HistoryManager.enabled=False",
                "--log-level=ERROR",
            ],
            display_name="Python 3",
            language="python",
            metadata={"supported_encryption": ["curve"]},
        )

    def get_all_specs(self) -> dict[str, Any]:
        """List the one with its content."""
        return {"python3": {"resource_dir": "", "spec": self.get_kernel_spec("python3").to_dict()}}


class PageRenderer(NotebookRenderer):  # type: ignore[misc]
    """Voilà's renderer, without the register of trusted notebooks in the user's home."""

    async def load_notebook(self, path: str) -> Any:
        """Read the notebook as it is."""
        file = Path(self.root_dir) / path
        notebook = nbformat.reads(file.read_text(encoding="utf-8"), as_version=4)
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook.metadata["kernelspec"] = nbformat.from_dict(spec)
        return notebook


def open_log(workspace: Path, *, new: bool = False) -> IO[bytes]:
    """Open the file for what kernels say outside their pages."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | (os.O_TRUNC if new else 0)
    return os.fdopen(os.open(workspace / KERNEL_LOG, flags, 0o600), "ab")


@dataclass(frozen=True)
class Prepared:
    """A page that has run: its kernel, what Voilà rendered, and whether a cell failed."""

    kernel_id: str
    html: str
    failed: bool


class PageKernels(AsyncMappingKernelManager):  # type: ignore[misc]
    """Starts a kernel for each page, some ahead of time, and gives every one an end."""

    preheat = Integer(1, help="kernels kept ready for each page").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._pools: dict[str, deque[asyncio.Task[Prepared]]] = {}
        self._connected: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._started: dict[str, Any] = {}

    # ---- the pool ----

    def fill(self, notebook: str) -> None:
        """Start kernels for a notebook until as many wait as should."""
        pool = self._pools.setdefault(notebook, deque())
        while not self._closing and len(pool) < self.preheat:
            task = asyncio.get_running_loop().create_task(self._prepare(notebook))
            pool.append(task)
            task.add_done_callback(lambda done: self._waits(notebook, done))

    async def warm(self, notebooks: list[str]) -> None:
        """Fill all pools, one after the other: the first page is the one asked for first."""
        for notebook in notebooks:
            self.fill(notebook)
            await asyncio.gather(*self._pools.get(notebook, ()), return_exceptions=True)

    def _waits(self, notebook: str, task: asyncio.Task[Prepared]) -> None:
        """Keep what may be handed out later; end what failed, so that the next visit tries anew."""
        pool = self._pools.get(notebook, deque())
        if task.cancelled() or task not in pool:
            return
        if task.exception() is not None:
            pool.remove(task)
            self.log.error("%s could not be prepared", notebook, exc_info=task.exception())
        elif task.result().failed:
            pool.remove(task)
            self._later(0, self.end, task.result().kernel_id)

    async def take(self, notebook: str) -> Prepared:
        """
        Give a page that has run to one visitor, a prepared one if there is one.

        A kernel whose cell failed is ended at once: nobody can talk to it.
        """
        pool = self._pools.setdefault(notebook, deque())
        prepared: Prepared | None = None
        if pool:
            waiting = pool.popleft()
            try:
                prepared = await waiting
                if prepared.failed or not await ensure_async(self.is_alive(prepared.kernel_id)):
                    await self.end(prepared.kernel_id)
                    prepared = None
            except Exception:
                self.log.exception("%s could not be taken from the pool", notebook)
                prepared = None
        if prepared is None:
            prepared = await self._prepare(notebook)
        self._later(REFILL_AFTER, self.fill, notebook)
        if prepared.failed:
            self._later(0, self.end, prepared.kernel_id)
        else:
            self._later(NEVER_CONNECTED, self._end_unless_connected, prepared.kernel_id)
        return prepared

    async def _prepare(self, notebook: str) -> Prepared:
        renderer = self.parent.renderer(notebook)
        await renderer.initialize()
        with open_log(self.parent.keys.workspace) as log:
            kernel_id: str = await self.start_kernel(
                kernel_name="python3",
                path="",
                env=self.kernel_env(notebook),
                stdout=log,
                stderr=log,
            )
        try:
            self.add_restart_callback(kernel_id, lambda: self._later(0, self.end, kernel_id))
            html = await renderer.generate_content_str(kernel_id, self.get_kernel(kernel_id))
        except BaseException:
            self._later(0, self.end, kernel_id)
            raise
        return Prepared(kernel_id, html, FAILED in html)

    def kernel_env(self, notebook: str) -> dict[str, str]:
        """Give the environment of a kernel: ours, the workspace, nothing secret."""
        env = {name: value for name, value in os.environ.items() if name not in _PRIVATE}
        for name in _ONE_THREAD:  # a page works on 27 rows
            env.setdefault(name, "1")
        env["SKILLMATRIX_WORKSPACE"] = str(self.parent.keys.workspace)
        env["SKILLMATRIX_PAGE"] = notebook.removesuffix(".ipynb")
        env["IPYTHONDIR"] = os.path.join(self.parent.connection_dir, "ipython")
        env["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
        return env

    # ---- the end ----

    async def end(self, kernel_id: str) -> None:
        """End a kernel if it is still there; somebody else may have done it."""
        self._connected.discard(kernel_id)
        for pool in self._pools.values():
            for task in list(pool):
                done = task.done() and not task.cancelled() and task.exception() is None
                if done and task.result().kernel_id == kernel_id:
                    pool.remove(task)
        if kernel_id in self:
            try:
                await ensure_async(self.shutdown_kernel(kernel_id))
            except Exception as error:
                self.log.warning("kernel %s did not end in order: %s", kernel_id, error)

    def farewell(self, kernel_id: str) -> None:
        """End a kernel soon: the last thing a page has sent may still be on its way to the disk."""
        self._later(LAST_WORDS, self.end, kernel_id)

    def leave(self, prepared: Prepared) -> None:
        """End a kernel whose visitor went away before it was ready."""
        self._later(0, self.end, prepared.kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """Remember that a page has come for its kernel."""
        self._connected.add(kernel_id)
        super().notify_connect(kernel_id)

    async def _end_unless_connected(self, kernel_id: str) -> None:
        if kernel_id not in self._connected:
            await self.end(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Leave alone what waits in the pool; it is idle by design."""
        if kernel_id not in self.pooled():
            await super().cull_kernel_if_idle(kernel_id)

    def pooled(self) -> set[str]:
        """Give the kernels that wait for a visitor."""
        return {
            task.result().kernel_id
            for pool in self._pools.values()
            for task in pool
            if task.done() and not task.cancelled() and task.exception() is None
        }

    async def close(self) -> None:
        """End every kernel, those that are just starting included."""
        self._closing = True
        self.log.setLevel(logging.CRITICAL)  # half-started kernels complain when they are ended
        waiting = self.pooled()
        starting = [task for pool in self._pools.values() for task in pool if not task.done()]
        delayed = list(self._tasks)
        for task in [*starting, *delayed]:
            task.cancel()
        await asyncio.gather(*starting, *delayed, return_exceptions=True)
        self._pools.clear()
        if self._culler_callback is not None:
            self._culler_callback.stop()
        await asyncio.gather(
            *(
                ensure_async(self.shutdown_kernel(kernel_id, now=kernel_id in waiting))
                for kernel_id in {*self.list_kernel_ids(), *self._pending_kernels}
            ),
            return_exceptions=True,
        )

    def pre_start_kernel(self, kernel_name: str | None, kwargs: dict[str, Any]) -> Any:
        """Remember what is started, from the very beginning."""
        made = super().pre_start_kernel(kernel_name, kwargs)
        self._started[made[2]] = made[0]
        return made

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        if kernel_id in self._started and _process_of(self._started[kernel_id]) is None:
            del self._started[kernel_id]
        return super().remove_kernel(kernel_id)

    def kill(self) -> None:
        """Kill what has not ended by itself.

        A kernel that is interrupted while it starts can hang on its way out, where it no longer
        looks whether its parent is still there.
        """
        for manager in self._started.values():
            process = _process_of(manager)
            if process is not None:
                process.kill()

    def _later(self, seconds: float, work: Callable[..., Any], *args: Any) -> None:
        """Do something after a while, and keep hold of it until then."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            await ensure_async(work(*args))

        if self._closing:
            return
        task = asyncio.get_running_loop().create_task(wait())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _process_of(manager: Any) -> Any:
    """Give the process of a kernel while it runs, else None."""
    process = getattr(manager.provisioner, "process", None)
    return process if process is not None and process.poll() is None else None
