"""The HTML around a page: head, first paint, plain notices, and the headers that go with them.

The head is made for each request and sent before anything is known of the kernel. What Voilà
renders (``template/index.html.j2``) continues the same document.
"""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path

from skillmatrix import settings
from skillmatrix.widgets.assets import FIRST_STYLES, STATIC

TEMPLATES = Path(__file__).resolve().parent / "template"
PRODUCT = "skillmatrix"

_COMMON = {
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CLOSED_HEADERS = {
    **_COMMON,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


def page_headers(nonce: str, host: str) -> dict[str, str]:
    """
    Headers of a page with a kernel behind it.

    Parameters
    ----------
    nonce : str
        Allows the one script in the head; every other script comes from a file of this server or
        from the text a widget brings (``blob:``).
    host : str
        The Host header, already checked: some browsers do not count a WebSocket of the same
        server as ``'self'``.
    """
    rules = (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce}' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' ws://{host}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
    return {**_COMMON, "Content-Security-Policy": "; ".join(rules)}


def head(title: str, nonce: str, script: str) -> str:
    """Give the document up to and including the start of ``<main>``."""
    text = _template("head.html")
    values = {
        "TITLE": escape(f"{title} · {PRODUCT}"),
        "NONCE": nonce,
        "SCRIPT": escape(script),
        "STYLES": styles(),
    }
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def first_paint(html: str) -> str:
    """Wrap what can be read before any script has run. Empty text gives nothing."""
    return f'<div id="skillmatrix-first-paint">{html}</div>\n' if html else ""


def note(sentence: str) -> str:
    """Give the line that stands at the foot of the window until the page is drawn."""
    return (
        f'<p class="sm-served-note" id="sm-served-note" role="status">{escape(sentence)}</p>\n'
        '<noscript><p class="sm-served-note">This page needs JavaScript to be filled in.</p>'
        "</noscript>\n"
    )


def failure(sentence: str) -> str:
    """Give the block that stands where the page should be when it could not be built."""
    return (
        '<div class="sm-served-failure" role="alert" data-skillmatrix-failed>'
        "<h1>This page did not open</h1>"
        f"<p>{escape(sentence)} What you have entered is stored and safe.</p>"
        '<p><a href="">Try again</a> or go to <a href="/">Home</a>. If it happens again, run '
        "<code>skillmatrix doctor</code> in a terminal: it says what is wrong.</p></div>\n"
    )


def notice(title: str, sentence: str, *, home: bool = True) -> str:
    """
    Give a whole page that says one thing.

    Parameters
    ----------
    title : str
        Heading, plain text.
    sentence : str
        HTML of ours; nothing from a request may stand in it unescaped.
    home : bool
        Whether to offer the way home.
    """
    link = '<p><a href="/">Go to Home</a></p>' if home else ""
    text = _template("notice.html")
    values = {"TITLE": escape(title), "SENTENCE": sentence, "LINK": link}
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def styles() -> str:
    """Join the style sheets of what the server draws, as far as they exist."""
    stamps = []
    for name in FIRST_STYLES:
        path = STATIC / name
        try:
            stamps.append((str(path), path.stat().st_mtime_ns))
        except OSError:
            continue
    return _joined(tuple(stamps))


@lru_cache(maxsize=2)
def _joined(stamps: tuple[tuple[str, int], ...]) -> str:
    texts = [Path(path).read_text(encoding="utf-8") for path, _ in stamps]
    return "\n".join(texts).replace("</style", "<\\/style")


@lru_cache(maxsize=8)
def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def pages() -> dict[str, Path]:
    """Map the name in the address to the notebook, for the notebooks that exist."""
    folder = settings.notebooks_dir()
    return {path.stem: path for path in sorted(folder.glob("*.ipynb")) if path.is_file()}


def page_title(path: Path) -> str:
    """Read the first heading of a notebook; without one, its name in words."""
    try:
        return _heading(str(path), path.stat().st_mtime_ns)
    except OSError:
        return path.stem.replace("_", " ").capitalize()


@lru_cache(maxsize=32)
def _heading(path: str, stamp: int) -> str:
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "markdown":
                for line in "".join(cell["source"]).splitlines():
                    if line.startswith("# "):
                        return line[2:].strip()
    except (KeyError, TypeError, ValueError):
        pass
    return Path(path).stem.replace("_", " ").capitalize()
