"""Who gets what, asked with plain requests."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.server.serving import Serving

pytestmark = pytest.mark.slow

PRIVATE = [
    "/",
    "/home",
    "/self_review?assessment=AB",
    "/nothing",
    "/voila/render/home.ipynb",
    "/voila/files/home.ipynb",
    "/voila/tree",
    "/voila/query/11111111-1111-1111-1111-111111111111",
    "/api/kernels",
    "/api/contents",
    "/login",
    "/favicon.ico",
    "/skillmatrix/healthy",
    "/skillmatrix/static",
]


def kernel_of(html: str) -> str:
    found = re.search(r'"kernelId": "([^"]+)"', html)
    assert found, html[-1500:]
    return found[1]


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_strangers_get_one_plain_page(server: Serving, path: str, method: str) -> None:
    """403, nothing about the server, no log-in form, whether the route exists or not."""
    answer = server.ask(path, signed=False, method=method)

    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
    if method != "HEAD":
        assert "Open the address printed by" in answer.text
        assert "<form" not in answer.text


@pytest.mark.parametrize("given", ["wrong", "", "é"])
def test_a_wrong_token_opens_nothing(server: Serving, given: str) -> None:
    """Neither in the address nor in a header."""
    assert server.ask("/?token=" + given.encode().hex(), signed=False).status == 403
    assert (
        server.ask("/", signed=False, Authorization=f"token {given.encode().hex()}").status == 403
    )
    assert server.ask("/", signed=False, Cookie="skillmatrix-000000000000=owner").status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""]
)
def test_another_name_is_refused_even_with_the_token(server: Serving, host: str) -> None:
    """A foreign page can let its own name point to 127.0.0.1."""
    answer = server.ask("/", Host=host.format(port=server.port))

    assert answer.status == 403
    assert "only as 127.0.0.1 or localhost" in answer.text
    assert server.ask("/skillmatrix/health", Host=host.format(port=server.port)).status == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"]
)
def test_our_own_names_are_served(server: Serving, host: str) -> None:
    """With our port only."""
    assert server.ask("/skillmatrix/health", Host=host.format(port=server.port)).status == 200


def test_the_token_becomes_a_cookie_and_leaves_the_address(server: Serving) -> None:
    """It stays in no history, no bookmark and no Referer."""
    answer = server.ask(f"/self_review?assessment=A%26B&token={server.token}", signed=False)

    assert answer.status == 302
    assert answer.headers["Location"] == "/self_review?assessment=A%26B"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert server.token not in cookie
    assert server.ask("/nothing", signed=False, Cookie=cookie.split(";")[0]).status == 404


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/%2F%2Fevil.example", "/\\evil.example", "///evil.example"]
)
def test_the_redirect_never_leaves_the_server(server: Serving, path: str) -> None:
    """An address of ours with the token must not end at somebody else's."""
    place = server.ask(f"{path}?token={server.token}", signed=False).headers["Location"]

    assert re.fullmatch(r"/[^/\\].*|/", place)


def test_an_old_token_does_no_harm_to_who_is_signed_in(server: Serving) -> None:
    """A bookmark may still carry one."""
    assert server.ask("/home?token=old-old-old-old-old").headers["Location"] == "/home"


def test_health_says_that_it_lives_and_nothing_else(server: Serving) -> None:
    """Open to everybody on this machine, readable by no foreign page."""
    answer = server.ask("/skillmatrix/health", signed=False, Origin="http://evil.example")

    told = json.loads(answer.text)
    assert told["ok"] is True
    assert re.fullmatch(r"[0-9a-f]{16}", told["boot"])
    assert set(told) == {"ok", "boot"}
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "path",
    [
        "/voila/tree",
        "/voila/files/home.ipynb",
        "/voila/api/contents",
        "/voila/templates/lab/static/index.css",
        "/api/kernels",
        "/api/contents",
        "/api/sessions",
        "/api/terminals",
        "/api/kernelspecs",
        "/login",
        "/nothing",
        "/home.ipynb",
        "/..%2f..%2fetc%2fpasswd",
        "/voila/render/..%2fsecret.ipynb",
    ],
)
def test_there_is_nothing_else(server: Serving, path: str) -> None:
    """Jupyter's other routes do not exist here, signed in or not."""
    answer = server.ask(path)

    assert answer.status == 404
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text
    assert "Traceback" not in answer.text


def test_voilas_addresses_lead_to_ours(server: Serving) -> None:
    """And keep what was asked."""
    answer = server.ask("/voila/render/self_review.ipynb?assessment=AB")

    assert answer.headers["Location"] == "/self_review?assessment=AB"


def test_scripts_are_open_cached_and_nothing_around_them(server: Serving) -> None:
    """They hold nothing private; the way out of their folder is shut."""
    html = server.ask("/home").text
    script = re.search(r'<script src="([^"]+)"', html)
    assert script

    answer = server.ask(script[1], signed=False)
    folder = script[1].rsplit("/", 1)[0]

    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    for way in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "..%5capp.py", "/etc/passwd", ""):
        assert server.ask(f"{folder}/{way}", signed=False).status in {403, 404}


def test_a_page_has_the_headers_of_a_private_page(server: Serving) -> None:
    """No foreign origin, no frame, no copy, no Referer."""
    answer = server.ask("/home")
    policy = answer.headers["Content-Security-Policy"]

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:", policy)


@pytest.mark.parametrize(
    ("path", "title"), [("/", "Home"), ("/home", "Home"), ("/self_review", "Self-review")]
)
def test_a_page_says_in_which_language_and_what_it_is(
    server: Serving, path: str, title: str
) -> None:
    """And has the landmarks."""
    html = server.ask(path).text

    assert '<html lang="en">' in html
    assert f"<title>{title} · skillmatrix</title>" in html
    assert '<main id="main"' in html
    assert "For people in JupyterLab" not in html


def test_the_first_paint_is_of_the_person_asked_for_and_never_of_another(server: Serving) -> None:
    """Made for each request, also with a prepared kernel; before every script that is loaded."""
    for code in ("ANA", "BEN"):
        html = server.ask(f"/self_review?assessment={code}").text

        assert f"<h1>self_review of {code}</h1>" in html
        assert html.index("first-paint") < html.index("kernelId") < html.index("<script src")


def test_a_mistake_in_the_first_paint_leaves_the_page(server: Serving) -> None:
    """It is a help, not a condition."""
    html = server.ask("/self_review?assessment=SLIP").text

    assert "skillmatrix-first-paint" not in html.split("<style>")[1].split("</style>")[1]
    assert kernel_of(html)


@pytest.mark.parametrize("name", ["broken", "corrupt"])
def test_a_page_that_fails_says_so_without_a_traceback(server: Serving, name: str) -> None:
    """Voilà would answer 200 with the traceback, or an empty page."""
    html = server.ask(f"/{name}").text

    assert "This page did not open" in html
    assert "skillmatrix doctor" in html
    assert 'href="/"' in html
    assert html.endswith("</html>\n")
    for private in ("Traceback", "a private thing", "ValueError", "kernelId"):
        assert private not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Dest": "image", "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Dest": "document", "Sec_Purpose": "prefetch"},
    ],
)
def test_a_picture_or_a_prefetch_starts_no_kernel(server: Serving, headers: dict[str, str]) -> None:
    """Another page on this machine could otherwise start them by the hundred."""
    assert server.ask("/home", **headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "same-site"}],
)
def test_other_pages_change_nothing(server: Serving, headers: dict[str, str]) -> None:
    """A POST of a foreign page is refused, although no form token is asked for."""
    kernel = kernel_of(server.ask("/home").text)

    assert (
        server.ask(f"/voila/api/shutdown/{kernel}", method="POST", body=b"", **headers).status
        == 403
    )
    assert server.ask(f"/api/kernels/{kernel}", method="DELETE", **headers).status == 403
    assert server.ask(f"/api/kernels/{kernel}").status == 200
    assert (
        server.ask(
            f"/voila/api/shutdown/{kernel}", method="POST", body=b"", Origin=server.base
        ).status
        == 204
    )


def test_the_channel_takes_no_code_and_no_foreign_page(server: Serving) -> None:
    """Only widget messages pass; a stranger or a foreign origin is not even connected."""
    kernel = kernel_of(server.ask("/home").text)
    address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?session_id=s"
    token = {"Authorization": f"token {server.token}"}

    def message(kind: str, content: dict[str, object]) -> str:
        header = {
            "msg_id": kind,
            "msg_type": kind,
            "username": "",
            "session": "s",
            "version": "5.3",
        }
        whole = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}}
        return json.dumps({**whole, "content": content})

    async def talk() -> list[str]:
        for headers in ({}, {**token, "Origin": "http://evil.example"}):
            with pytest.raises(HTTPClientError, match="403"):
                await websocket_connect(HTTPRequest(address, headers=headers))
        link = await websocket_connect(
            HTTPRequest(address, headers={**token, "Origin": server.base})
        )
        code = {
            "code": "print('ran')",
            "silent": False,
            "store_history": False,
            "user_expressions": {},
        }
        await link.write_message(message("execute_request", code))
        await link.write_message(message("kernel_info_request", {}))
        seen = []
        while not seen or seen[-1] != "kernel_info_reply":
            told = json.loads(await asyncio.wait_for(link.read_message(), 10))
            if told["parent_header"].get("session") == "s":
                seen.append(told["msg_type"])
        link.close()
        return seen

    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as aside:
        seen = aside.submit(lambda: asyncio.run(talk())).result()

    assert "execute_reply" not in seen
    assert "stream" not in seen
    server.ask(f"/voila/api/shutdown/{kernel}", method="POST", body=b"")
