"""Voilà as this workbook needs it: private, quiet, one folder, its own template."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import importlib
import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import webbrowser
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import voila
from jupyter_core.paths import jupyter_path
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.utils import get_page_config, get_voila_labextensions_path

from skillmatrix import settings
from skillmatrix.errors import SkillMatrixError, UsageError
from skillmatrix.server import document, logs
from skillmatrix.server.guard import HEALTH, STATIC, GuardedApplication, Owner
from skillmatrix.server.kernels import OwnKernelSpecs, PageKernels, PageRenderer, open_log
from skillmatrix.server.pages import (
    Channel,
    Farewell,
    Health,
    NotFound,
    PageHandler,
    Scripts,
    ToPage,
)
from skillmatrix.server.workspace import Keys, connection_folder

ADDRESS = "127.0.0.1"
PORTS_TRIED = 50
LONGEST_MESSAGE = 64 * 2**20  # bytes; tornado's 10 MiB swallow a larger import without a word
REHEARSE_AFTER = 3.0  # s after a page that had nothing to draw yet
ENDING_WITHIN = 10.0  # s for the kernels to end in order
NEEDED_EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)
_OWN_STATIC = Path(__file__).resolve().parent / "static"
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
_MOST_PORTS = 65535
_BACKLOG = 128


@dataclass(frozen=True)
class ScriptRoutes:
    """Addresses of scripts; they carry a tag of all versions, so that a browser may keep them."""

    tag: str

    @property
    def client(self) -> str:
        """Our own script."""
        return f"{STATIC}{self.tag}/own/client.js"

    @property
    def voila(self) -> str:
        """Folder of Voilà's scripts."""
        return f"{STATIC}{self.tag}/voila"

    @property
    def extensions(self) -> str:
        """Folder of the widgets' scripts."""
        return f"{STATIC}{self.tag}/lab"


class Workbook(Voila):  # type: ignore[misc]
    """
    The application behind ``skillmatrix serve``.

    Of Voilà it uses the renderer, the executor, the kernel's WebSocket and the settings; routes,
    gate, template and kernel pool are ours. No configuration file is read, neither from the
    folder the server starts in nor from the user's.
    """

    keys: Keys
    kernel_manager: PageKernels

    def setup_template_dirs(self) -> None:
        """Use the template of this package, wherever it is installed."""
        self.template_paths = [
            str(document.TEMPLATES),
            *collect_template_paths(["voila", "nbconvert"], "lab", prune=True),
        ]
        self.static_paths = collect_static_paths(["voila"], "base")

    def init_settings(self) -> dict[str, Any]:
        """Build tornado's settings."""
        self.scripts = ScriptRoutes(_tag(self.static_paths))
        self.boot = secrets.token_hex(8)
        self._rehearsed = False
        self._painter = ThreadPoolExecutor(1, thread_name_prefix="first-paint")
        made: dict[str, Any] = super().init_settings()
        made.update(
            workbook=self,
            default_handler_class=NotFound,
            disable_check_xsrf=True,  # voila#1458; the gate asks for our own origin instead
            ws_ping_interval=0,  # on one machine a lost connection is known at once
            websocket_max_message_size=LONGEST_MESSAGE,
            log_function=_no_access_log,
            autoreload=False,
            headers={k: v for k, v in document.CLOSED_HEADERS.items() if k != "Content-Type"},
        )
        return made

    def init_handlers(self) -> list[Any]:
        """Name every route there is."""
        page = r"(?P<page>[A-Za-z0-9_-]+)"
        tag = STATIC + self.scripts.tag
        own = {"path": [str(_OWN_STATIC)]}
        extensions = {"path": self.labextensions_path}
        return [
            (r"/", PageHandler),
            (HEALTH, Health, {"boot": self.boot}),
            (rf"{tag}/own/(.*)", Scripts, own),
            (rf"{tag}/voila/(.*)", Scripts, {"path": self.static_paths}),
            (rf"{tag}/lab/(.*)", Scripts, extensions),
            (rf"/api/kernels/{_KERNEL}", KernelHandler),
            (rf"/api/kernels/{_KERNEL}/channels", Channel),
            (rf"/voila/api/shutdown/{_KERNEL}", Farewell),
            (rf"/voila/render/{page}\.ipynb", ToPage),
            (rf"/{page}", PageHandler),
        ]

    def renderer(self, notebook: str) -> PageRenderer:
        """Give what runs a notebook and turns it into HTML."""
        return PageRenderer(
            root_dir=self.root_dir,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.config,
            notebook_path=notebook,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=self._page_config(),
            mathjax_config=None,
            mathjax_url=None,
        )

    def _page_config(self) -> dict[str, Any]:
        """Tell the browser where its scripts are, and which widget extensions to load."""
        found = get_page_config(
            base_url=self.base_url,
            settings=self.app.settings,
            log=self.log,
            voila_configuration=self.voila_configuration,
        )
        found.update(
            fullStaticUrl=self.scripts.voila,
            fullLabextensionsUrl=self.scripts.extensions,
            disabledExtensions=[],  # of the user's JupyterLab; the pages need theirs
        )
        return dict(found)

    async def first_paint(self, page: str, query: dict[str, str]) -> str:
        """Ask the page for what it can show at once; without an answer it opens all the same."""
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._painter, _paint, page, self.keys.workspace, query)
        html = ""
        try:
            html = await work
        except (ImportError, SkillMatrixError) as error:
            self.log.info("no first paint of %s: %s", page, error)
        except Exception:
            self.log.exception("the first paint of %s failed", page)
        if not html:
            loop.call_later(REHEARSE_AFTER, self._rehearse)
        return html

    def _rehearse(self) -> None:
        """Draw every page once for nobody: what is loaded on the way makes the next one quick."""
        if not self._rehearsed:
            self._painter.submit(self._rehearsal)

    def _rehearsal(self) -> None:
        for page in document.pages():
            with contextlib.suppress(Exception):  # who asks for the page is told
                self._rehearsed = bool(_paint(page, self.keys.workspace, {})) or self._rehearsed

    async def main(self, listening: socket.socket, *, open_browser: bool) -> None:
        """Serve until told to stop, then end every kernel."""
        self.connection_dir = str(connection_folder())
        open_log(self.keys.workspace, new=True).close()
        self.app = GuardedApplication(keys=self.keys, port=self.port, **self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        server = HTTPServer(self.app)
        try:
            stop = _stop_signal()
            server.add_socket(listening)
            address = f"http://{ADDRESS}:{self.port}/?token="
            print(  # noqa: T201 - the one line that is for people and for scripts
                f"skillmatrix is running at {address}{self.keys.token}", flush=True
            )
            if open_browser:
                _open_browser(address + self.app.once())
            self._rehearse()
            names = [path.name for path in document.pages().values()]
            names.sort(key=lambda name: name != "home.ipynb")
            warming = asyncio.create_task(self.kernel_manager.warm(names))
            await stop.wait()
            warming.cancel()
        finally:
            server.stop()
            try:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.kernel_manager.close(), ENDING_WITHIN)
            finally:
                self.kernel_manager.kill()
                self._painter.shutdown(wait=False, cancel_futures=True)
                shutil.rmtree(self.connection_dir, ignore_errors=True)


def run(
    keys: Keys, *, port: int, open_browser: bool, preheat: int, allow_port_change: bool
) -> None:
    """Serve a prepared workspace; see :func:`skillmatrix.server.serve`."""
    if preheat < 0:
        msg = f"the number of kernels kept ready is 0 or more, not {preheat}"
        raise UsageError(msg)
    listening = listen(port, allow_port_change=allow_port_change)
    taken = listening.getsockname()[1]
    if port not in {0, taken}:
        print(f"Port {port} is in use; taking {taken} instead.", file=sys.stderr)  # noqa: T201
    config = Config(
        Voila={
            "config_file_paths": [],
            "cookie_secret": keys.secret,
            "identity_provider_class": Owner,
            "ip": ADDRESS,
            "open_browser": False,
            "port": taken,
            "root_dir": str(settings.notebooks_dir()),
            "token": keys.token,
        },
        VoilaConfiguration={
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": list(NEEDED_EXTENSIONS),
            "file_allowlist": [],
            "kernel_spec_manager_class": OwnKernelSpecs,
            "multi_kernel_manager_class": PageKernels,
            "preheat_kernel": False,  # PageKernels does it
            "show_tracebacks": False,
            "template": "skillmatrix",
            "theme": "light",
        },
        VoilaExecutor={"timeout": 120},
        PageKernels={
            "preheat": preheat,
            "cull_idle_timeout": 1200,
            "cull_interval": 60,
            "cull_connected": False,
            **({"transport_encryption": "auto"} if _can_encrypt() else {}),
        },
        ZMQChannelsWebsocketConnection={"limit_rate": False},
    )
    Workbook.clear_instance()
    workbook = Workbook.instance(config=config)
    workbook.keys = keys
    try:
        workbook.initialize(argv=[])
        logs.configure(workbook.log, keys.log)
        # A second Ctrl-C does not wait for kernels to end in order.
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(workbook.main(listening, open_browser=open_browser))
    finally:
        listening.close()
        Workbook.clear_instance()


def listen(port: int, *, allow_port_change: bool) -> socket.socket:
    """
    Take a port on 127.0.0.1.

    Raises
    ------
    UsageError
        If the port, or every one of the next 50, is in use or not allowed.
    """
    last = port + PORTS_TRIED if allow_port_change and port else port
    for candidate in range(port, min(last, _MOST_PORTS) + 1):
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name == "posix":  # elsewhere it would let two servers share a port
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.setblocking(False)
            taken.bind((ADDRESS, candidate))
            taken.listen(_BACKLOG)
        except OSError as error:
            taken.close()
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return taken
    where = f"port {port}" if last == port else f"ports {port} to {last}"
    msg = f"{where} cannot be used on {ADDRESS}; choose another one with --port"
    raise UsageError(msg)


def _can_encrypt() -> bool:
    """Whether Jupyter can keep what kernels and server say from other people of this machine."""
    return bool(PageKernels.class_traits().get("transport_encryption"))


def _paint(page: str, workspace: Path, query: dict[str, str]) -> str:
    return str(importlib.import_module("skillmatrix.pages").first_paint(page, workspace, query))


def _tag(folders: list[str]) -> str:
    """Give a short name of all scripts in their present versions."""
    stamps = [voila.__version__]
    for folder in [*folders, *get_voila_labextensions_path(), *jupyter_path("labextensions")]:
        for path in sorted(Path(folder).glob("**/package.json")):
            stamps.append(f"{path}{path.stat().st_mtime_ns}")
    stamps.append((_OWN_STATIC / "client.js").read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(stamps).encode()).hexdigest()[:12]


def _stop_signal() -> asyncio.Event:
    """Give an event that the first signal sets; the second has its usual effect."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def told(*_: object) -> None:
        for name in names:
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        loop.call_soon_threadsafe(stop.set)

    for name in names:
        signal.signal(getattr(signal, name), told)
    return stop


def _open_browser(address: str) -> None:
    """Open the address without waiting for the browser."""

    def work() -> None:
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.open(address)

    threading.Thread(target=work, daemon=True).start()


def _no_access_log(_: object) -> None:
    """Keep addresses out of the log: they name assessments."""
