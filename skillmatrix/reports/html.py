"""A report as one HTML file: no script, no request, readable in a hundred years of browsers."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix.charts.theme import DARK, LIGHT
from skillmatrix.errors import UsageError
from skillmatrix.reports.parts import DECIDES, Report

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"

_COLOURS = ("ink", "quiet", "line", "surface", "mark", "unknown", "missing")


def as_html(report: Report) -> bytes:
    """
    Write a report as one HTML file.

    Parameters
    ----------
    report : Report
        From `report`.

    Returns
    -------
    bytes
        UTF-8. Styles and drawings are inside; there is no script, and nothing is fetched.
        Light and dark follow the reader's setting; on paper it is light.

    Raises
    ------
    UsageError
        If Jinja2 is not installed.
    """
    template = environment().get_template("report.html.j2")
    page: str = template.render(
        report=report,
        style=style(),
        charts=[(chart, _coloured(chart.svg())) for chart in report.charts],
        decides=DECIDES,
    )
    return page.encode()


def needs(package: str, module: str) -> None:
    """
    Say what to install when a format's package is missing.

    Raises
    ------
    UsageError
    """
    if find_spec(module) is None:
        msg = f"this format needs {package}, which is not installed; pip install 'skillmatrix[app]'"
        raise UsageError(msg)


@lru_cache
def environment() -> Environment:
    """Give what turns templates into pages: every text escaped, every name known."""
    needs("Jinja2", "jinja2")
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = str.splitlines
    return made


@lru_cache
def style() -> Any:
    """Give the style sheet of reports, with the colours of both themes."""
    from markupsafe import Markup

    rules = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    light, dark = (
        " ".join(f"--c-{name}: {getattr(theme, name)};" for name in _COLOURS)
        for theme in (LIGHT, DARK)
    )
    return Markup(rules.replace("/* light */", light).replace("/* dark */", dark))


def _coloured(svg: str) -> Any:
    """Let the colours of a drawing follow the page, by the names they have in the theme."""
    from markupsafe import Markup

    names: dict[str, str] = {}
    for name in _COLOURS:
        names.setdefault(getattr(LIGHT, name), name)

    def named(match: re.Match[str]) -> str:
        colour = match.group(2)
        known = names.get(colour.lower())
        return f"{match.group(1)}var(--c-{known}, {colour})" if known else match.group(0)

    return Markup(re.sub(r"((?:fill|stroke): )(#[0-9a-f]{6})\b", named, svg))
