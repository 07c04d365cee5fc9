"""A report as a tagged PDF, set by Typst from a template and plain data."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from skillmatrix.reports.html import TEMPLATES, needs
from skillmatrix.reports.parts import Report

#: A word longer than this may be broken anywhere, so that it stays on the page.
_LONG = re.compile(r"\S{25,}")
_BREAK = "\u200b"


@dataclass(frozen=True)
class Pdf:
    """A PDF, and whether every letter in it has a font on this machine."""

    content: bytes
    every_letter: bool


def as_pdf(report: Report) -> Pdf:
    """
    Write a report as a PDF.

    Parameters
    ----------
    report : Report
        From `report`.

    Returns
    -------
    Pdf
        Tagged, with title, language and a text for each figure, as PDF/UA-1 asks. It carries
        no time but the day of the report. Nothing is fetched: fonts are those that come with
        Typst, and those of this machine.

    Raises
    ------
    UsageError
        If Typst is not installed.

    Notes
    -----
    Data reach the template as JSON and are shown as text; nothing typed is ever markup. Latin,
    Greek and Cyrillic come with Typst, other scripts need a font of the machine. Where a letter
    has none, a box stands in its place and the file, still tagged, does not claim PDF/UA, which
    forbids that.
    """
    needs("typst", "typst")
    import typst

    charts = [{"text": chart.text, "svg": chart.svg()} for chart in report.charts]
    data = json.dumps({**_plain(report.plain()), "charts": charts}, ensure_ascii=False)
    made = dt.datetime.combine(report.made_on, dt.time(), dt.UTC)

    def compiled(standards: list[Any]) -> bytes:
        return typst.compile(
            TEMPLATES / "report.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            sys_inputs={"report": data},
            pdf_standards=standards,
            timestamp=made,
        )

    try:
        return Pdf(compiled(["ua-1"]), every_letter=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return Pdf(compiled([]), every_letter=False)


@lru_cache
def _fonts() -> Any:
    import typst

    return typst.Fonts()


def _plain(value: Any) -> Any:
    """Make days into text, and let very long words break."""
    if isinstance(value, dict):
        return {k: v if k == "link" else _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return _breakable(value) if isinstance(value, str) else value


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: _BREAK.join(re.findall(".{1,8}", word.group())), text)
