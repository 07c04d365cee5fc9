"""Where the pages are: addresses for the navigation, in Voilà and in JupyterLab."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlencode

PAGES = {
    "home": "Home",
    "role_guide": "Role guide",
    "self_review": "Self-review",
    "mentor_session": "Mentor session",
    "calibration": "Calibration",
    "interview_panel": "Interview panel",
}

#: Pages whose address names something of their own; the others share the assessment that is open.
_OWN = {"mentor_session", "calibration", "interview_panel"}


def href(page: str, embed: str, code: str | None = None, framework: str | None = None) -> str:
    """Give the address of a page; in JupyterLab that of its notebook.

    Parameters
    ----------
    page : str
    embed : {"voila", "lab"}
    code : str, optional
        The assessment that is open.
    framework : str, optional
        Id of the ladder it was made with; the role guide shows that one.
    """
    if embed == "lab":
        here = PurePosixPath(os.environ.get("JPY_SESSION_NAME", "notebooks/x.ipynb")).parent
        prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
        return f"{prefix}lab/tree/{quote(str(here / f'{page}.ipynb'))}"
    asked = {"assessment": code, "framework": framework if page == "role_guide" else None}
    known = {key: value for key, value in asked.items() if value and page != "home"}
    return f"/{page}?{urlencode(known)}" if known else f"/{page}"


def navigation(
    current: str, embed: str, code: str | None = None, framework: str | None = None
) -> list[dict[str, Any]]:
    """Give the entries of the page navigation; a meeting opens in its own page alone."""

    def shared(page: str) -> bool:
        return page == current or not {page, current} & _OWN

    return [
        {
            "page": p,
            "title": title,
            "href": href(p, embed, code if shared(p) else None, framework),
            "current": p == current,
        }
        for p, title in PAGES.items()
    ]
