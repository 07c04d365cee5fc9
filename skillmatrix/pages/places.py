"""Where the pages are: addresses for the navigation, in Voilà and in JupyterLab."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

PAGES = {"home": "Home", "role_guide": "Role guide", "self_review": "Self-review"}


def href(page: str, embed: str, code: str | None = None) -> str:
    """Give the address of a page; in JupyterLab that of its notebook."""
    if embed == "lab":
        here = PurePosixPath(os.environ.get("JPY_SESSION_NAME", "notebooks/x.ipynb")).parent
        prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
        return f"{prefix}lab/tree/{quote(str(here / f'{page}.ipynb'))}"
    query = f"?assessment={quote(code)}" if code and page != "home" else ""
    return f"/{page}{query}"


def navigation(current: str, embed: str, code: str | None = None) -> list[dict[str, Any]]:
    """Give the entries of the page navigation."""
    return [
        {"page": p, "title": title, "href": href(p, embed, code), "current": p == current}
        for p, title in PAGES.items()
    ]
