"""A sorting sheet as one HTML file: works from a disk, asks nothing of any network."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from pathlib import Path

from skillmatrix.reports.html import environment, style
from skillmatrix.retranslation.sheet import FORMAT, FORMAT_VERSION, NONE, NONE_TITLE, Sheet

TEMPLATES = Path(__file__).resolve().parent / "templates"


def as_html(sheet: Sheet) -> bytes:
    """
    Write a sheet as one HTML file.

    Parameters
    ----------
    sheet : Sheet
        From `sorting_sheet`.

    Returns
    -------
    bytes
        UTF-8. Its one script keeps what is sorted in the browser, shows how far one has come,
        and writes the filled sheet as ``*.sorting.json``. Without a script it can be printed
        and filled in by hand.

    Raises
    ------
    UsageError
        If Jinja2 is not installed.
    """
    from jinja2 import FileSystemLoader
    from markupsafe import Markup

    script = (TEMPLATES / "sorting.js").read_text(encoding="utf-8")
    facts = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "sheet": sheet.id,
        "framework": sheet.framework,
        "sorter": sheet.sorter,
    }
    pages = environment().overlay(loader=FileSystemLoader(TEMPLATES))
    page: str = pages.get_template("sorting.html.j2").render(
        sheet=sheet,
        style=style() + Markup((TEMPLATES / "sorting.css").read_text(encoding="utf-8")),
        script=Markup(script),
        # The policy lets this one script run and no other.
        allowed="sha256-" + b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode(),
        facts=json.dumps(facts),
        no_group=NONE,
        no_group_title=NONE_TITLE,
    )
    return page.encode()
