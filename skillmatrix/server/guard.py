"""Who may ask for what: one gate in front of every route.

Jupyter's own checks stay switched on behind it. The gate is there because they are not complete
in Voilà 0.5: it does not look at the Host header (a page of another site that makes its own name
point to 127.0.0.1 can read the answers), answers strangers with a log-in form, and leaves some
routes without any check.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler, decode_signed_value

from skillmatrix.server.document import CLOSED_HEADERS, notice
from skillmatrix.server.workspace import Keys

HEALTH = "/skillmatrix/health"
STATIC = "/skillmatrix/static/"
DAYS = 90
_SAFE = {"GET", "HEAD"}
_PLAIN_PATH = re.compile(r"/(?:[\w.-]+/?)*", re.ASCII)


def hosts(port: int) -> frozenset[str]:
    """Give the Host headers under which this server answers."""
    names = ("127.0.0.1", "localhost", "[::1]")
    with_port = {f"{name}:{port}" for name in names}
    return frozenset(with_port | set(names) if port == 80 else with_port)  # noqa: PLR2004 - HTTP


def signed_in(request: HTTPServerRequest, keys: Keys) -> bool:
    """Whether the request carries our cookie, or the token in its Authorization header."""
    morsel = request.cookies.get(keys.cookie)
    if morsel is not None:
        value = decode_signed_value(keys.secret, keys.cookie, morsel.value, max_age_days=DAYS)
        if value == b"owner":
            return True
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() in {"token", "bearer"} and _same(given.strip(), keys.token)


def sign_in(handler: RequestHandler, keys: Keys) -> None:
    """Set the cookie that stands for the token from now on."""
    handler.set_signed_cookie(
        keys.cookie, "owner", expires_days=DAYS, httponly=True, samesite="Lax", path="/"
    )


def from_elsewhere(request: HTTPServerRequest) -> bool:
    """Whether a page of another origin sent this request that changes or streams something."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return bool(origin.lower() != f"http://{request.host.lower()}")
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


class Refusal(RequestHandler):  # type: ignore[misc]
    """A plain page that says why, in one sentence, and nothing else about this server."""

    def initialize(self, status: int, title: str, sentence: str) -> None:
        """Keep what is to be said."""
        self._status, self._title, self._sentence = status, title, sentence

    def set_default_headers(self) -> None:
        """Forbid everything, caching included."""
        for name, value in CLOSED_HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Answer, whatever the method."""
        self.set_status(self._status)
        self.finish(notice(self._title, self._sentence, home=False))


class SignIn(RequestHandler):  # type: ignore[misc]
    """Turns the token of an address into a cookie and leaves an address without it."""

    def initialize(self, keys: Keys) -> None:
        """Keep the keys."""
        self._keys = keys

    def set_default_headers(self) -> None:
        """Forbid caching and passing on the address."""
        for name, value in CLOSED_HEADERS.items():
            self.set_header(name, value)

    def get(self, *_: str) -> None:
        """Set the cookie and redirect to the same page."""
        sign_in(self, self._keys)
        pairs = parse_qsl(self.request.query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if name != "token"])
        # A path such as //elsewhere.org would leave this server.
        path = "/" + self.request.path.lstrip("/")
        path = path if _PLAIN_PATH.fullmatch(path) else "/"
        self.redirect(path + (f"?{query}" if query else ""), status=HTTPStatus.FOUND)


class GuardedApplication(Application):  # type: ignore[misc]
    """A tornado application that looks at every request before any route does.

    Parameters
    ----------
    keys : Keys
        Of the workspace.
    port : int
        The port listened on.
    **settings : Any
        Of tornado.
    """

    def __init__(self, *, keys: Keys, port: int, **settings: Any) -> None:
        self._keys = keys
        self._hosts = hosts(port)
        self._once: set[str] = set()
        super().__init__(**settings)

    def once(self) -> str:
        """Give a token that opens the workbook a single time.

        The browser's command line carries it, and other people of this machine can read that.
        """
        token = secrets.token_urlsafe(24)
        self._once.add(token)
        return token

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """Choose a refusal, the sign-in, or the route asked for."""
        refused = self._refusal(request)
        if refused is not None:
            return self.get_handler_delegate(request, Refusal, refused)
        if self._brings_token(request):
            return self.get_handler_delegate(request, SignIn, {"keys": self._keys})
        if not (self._is_open(request) or signed_in(request, self._keys)):
            return self.get_handler_delegate(
                request,
                Refusal,
                {
                    "status": HTTPStatus.FORBIDDEN,
                    "title": "This workbook is private",
                    "sentence": "Open the address printed by <code>skillmatrix serve</code>. "
                    "It ends in <code>?token=…</code> and has to be opened once in each browser.",
                },
            )
        return super().find_handler(request, **kwargs)

    def _refusal(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Say why nobody may send this request, signed in or not."""
        if request.host.lower() not in self._hosts:
            return {
                "status": HTTPStatus.FORBIDDEN,
                "title": "Not under this name",
                "sentence": "This workbook answers only as 127.0.0.1 or localhost, on its own "
                "port. Open the address printed by <code>skillmatrix serve</code>.",
            }
        streams = request.headers.get("Upgrade", "").lower() == "websocket"
        if (request.method not in _SAFE or streams) and from_elsewhere(request):
            return {
                "status": HTTPStatus.FORBIDDEN,
                "title": "Not from another page",
                "sentence": "Only the workbook's own pages may send this request.",
            }
        return None

    def _brings_token(self, request: HTTPServerRequest) -> bool:
        given = request.query_arguments.get("token")
        if request.method != "GET" or not given or request.path.startswith("/api/"):
            return False
        token = given[-1].decode(errors="replace")
        if token in self._once:
            self._once.discard(token)
            return True
        # An old token in a bookmark does no harm to somebody who is signed in.
        return _same(token, self._keys.token) or signed_in(request, self._keys)

    @staticmethod
    def _is_open(request: HTTPServerRequest) -> bool:
        """Whether the route holds nothing private."""
        return request.method in _SAFE and (
            request.path == HEALTH or request.path.startswith(STATIC)
        )


class Owner(IdentityProvider):  # type: ignore[misc]
    """The one person who has the token, as Jupyter's handlers want to know her."""

    def get_user(self, handler: RequestHandler) -> User | Awaitable[User | None] | None:
        """Give the owner, or None when the request is not signed in."""
        return User(username="owner") if signed_in(handler.request, self.parent.keys) else None

    def is_token_authenticated(self, handler: RequestHandler) -> bool:
        """Never: Jupyter would drop its origin check and allow foreign pages to read answers."""
        return False

    @property
    def auth_enabled(self) -> bool:
        """Always."""
        return True

    @property
    def login_available(self) -> bool:
        """There is no log-in form."""
        return False

    @property
    def logout_available(self) -> bool:
        """There is no log-out either: the cookie ends with the token."""
        return False
