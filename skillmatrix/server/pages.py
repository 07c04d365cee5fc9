"""The routes of the workbook: pages, health, the farewell of a page, scripts."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from jupyter_server.base.handlers import FileFindHandler, JupyterHandler
from jupyter_server.utils import filefind
from tornado.web import HTTPError, RequestHandler, authenticated
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from skillmatrix.server import document
from skillmatrix.server.guard import sign_in

STARTING = "Opening the page…"
FIRST_PAINT_FIRST = 0.25  # s that a page which is ready waits for its first paint


class Designed(JupyterHandler):  # type: ignore[misc]
    """A handler whose errors are pages with a sentence."""

    def set_default_headers(self) -> None:
        """Forbid everything; a page widens it for itself."""
        for name, value in document.CLOSED_HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what to do; what went wrong is in the log."""
        if status_code == HTTPStatus.NOT_FOUND:
            title, sentence = "There is no such page", "The address may be mistyped, or old."
        else:
            title = "That did not work"
            sentence = "Nothing was changed. Go back and try once more."
        self.finish(document.notice(title, sentence))


class NotFound(Designed):
    """Every address that nothing else answers."""

    def prepare(self) -> None:
        """Answer, whatever the method."""
        raise HTTPError(HTTPStatus.NOT_FOUND)


class PageHandler(Designed):
    """
    A page: head and first paint at once, then what its notebook has shown.

    The head and the person's own data go out before the kernel is asked for, so that there is
    something to read while it starts; a prepared kernel follows within milliseconds.
    """

    _gone = False

    def on_connection_close(self) -> None:
        """Remember that nobody waits any more."""
        self._gone = True
        super().on_connection_close()

    @authenticated  # type: ignore[untyped-decorator]
    async def get(self, page: str = "home") -> None:
        """Stream the page."""
        notebooks = document.pages()
        if page not in notebooks:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        if not self._is_visit():
            raise HTTPError(HTTPStatus.FORBIDDEN)
        nonce = secrets.token_urlsafe(16)
        for name, value in document.page_headers(nonce, self.request.host).items():
            self.set_header(name, value)
        sign_in(self, self.workbook.keys)  # the cookie lasts as long as it is used
        scripts = self.workbook.scripts
        title = document.page_title(notebooks[page])
        self.write(document.head(title, nonce, scripts.client))
        await self.flush()
        query = {name: values[-1] for name, values in self._query().items()}
        painting = asyncio.ensure_future(self.workbook.first_paint(page, query))
        building = asyncio.ensure_future(self._body(notebooks[page].name))
        # A picture of the page helps as long as the page itself is not there.
        await asyncio.wait({painting}, timeout=FIRST_PAINT_FIRST)
        await asyncio.wait({painting, building}, return_when=asyncio.FIRST_COMPLETED)
        if painting.done():
            self.write(document.first_paint(painting.result()))
        self.write(document.note(STARTING))
        await self.flush()
        self.write(await building)
        self.write(f'</main>\n<script src="{scripts.client}"></script>\n</body>\n</html>\n')

    async def _body(self, notebook: str) -> str:
        if self._gone:
            return ""
        kernels = self.workbook.kernel_manager
        try:
            prepared = await kernels.take(notebook)
        except Exception:
            self.log.exception("%s did not open", notebook)
            return self._failed("The page could not be started.")
        if prepared.failed:
            return self._failed("The page stopped while it was being built.")
        if self._gone:
            kernels.leave(prepared)
        html: str = prepared.html
        return html

    @staticmethod
    def _failed(sentence: str) -> str:
        return "<style>#sm-served-note{display:none}</style>" + document.failure(sentence)

    def _is_visit(self) -> bool:
        """Whether a person opens the page: a picture or a prefetch must not start a kernel."""
        headers = self.request.headers
        purpose = headers.get("Sec-Purpose", headers.get("Purpose", ""))
        wanted = headers.get("Sec-Fetch-Dest", "document")
        ours = wanted == "empty" and headers.get("Sec-Fetch-Site") == "same-origin"
        return "prefetch" not in purpose and (wanted == "document" or ours)

    def _query(self) -> dict[str, list[str]]:
        return {
            name: [value.decode("utf-8", "replace") for value in values]
            for name, values in self.request.query_arguments.items()
        }

    @property
    def workbook(self) -> Any:
        """The application."""
        return self.settings["workbook"]


class ToPage(Designed):
    """Voilà's own addresses lead to ours."""

    @authenticated  # type: ignore[untyped-decorator]
    def get(self, page: str) -> None:
        """Redirect, and keep the query."""
        if page not in document.pages():
            raise HTTPError(HTTPStatus.NOT_FOUND)
        query = self.request.query
        self.redirect(f"/{page}" + (f"?{query}" if query else ""))


class Health(RequestHandler):  # type: ignore[misc]
    """Says that the server lives, and which start of it this is; nothing private."""

    def initialize(self, boot: str) -> None:
        """Keep the id of this start."""
        self._boot = boot

    def get(self) -> None:
        """Answer in JSON."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(json.dumps({"ok": True, "boot": self._boot}))


class Farewell(Designed):
    """A page is closed: its kernel ends, after what it sent last has been dealt with."""

    @authenticated  # type: ignore[untyped-decorator]
    def post(self, kernel_id: str) -> None:
        """Plan the end."""
        self.kernel_manager.farewell(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()


class Channel(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The WebSocket between a page and its kernel."""

    async def get(self, kernel_id: str) -> None:
        """Connect, if the kernel is still there."""
        if kernel_id not in self.kernel_manager:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        await super().get(kernel_id=kernel_id)

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Choose none for a tab that closed while its kernel was asked for."""
        return super().select_subprotocol(subprotocols) if self.connection is not None else None

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Pass a message on; Voilà reads bytes of the older format as a count and never ends."""
        if isinstance(message, bytes) and self.selected_subprotocol is None:
            return super(VoilaKernelWebsocketHandler, self).write_message(message, binary)
        return super().write_message(message, binary)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say nothing but the number."""
        self.finish(str(status_code))


class Scripts(FileFindHandler):  # type: ignore[misc]
    """Scripts of Voilà, of the widgets and our own; the address changes when they do."""

    @classmethod
    def get_absolute_path(cls, roots: Sequence[str], path: str) -> str:
        """Look a file up; the parent class remembers paths without their folder."""
        try:
            return os.path.abspath(str(filefind(path, roots)))
        except OSError:
            return ""

    def set_headers(self) -> None:
        """Let the browser keep them, compiled, for a year."""
        super().set_headers()
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say nothing but the number."""
        self.finish(str(status_code))
