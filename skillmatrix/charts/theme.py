"""Colours by meaning, and the settings of matplotlib that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from skillmatrix.errors import UsageError, suggest

FONTS = ("Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Theme:
    """
    One look of all charts.

    Attributes
    ----------
    name : str
    surface : str
        What everything lies on.
    line : str
        Gridlines and hairlines: faint on purpose, nothing is read from them.
    ink, quiet : str
        Text that is read first, and text beside it.
    mark : str
        Levels of a person.
    bar : str
        What the role asks for.
    unknown : str
        The hatching of what is not known.
    met, missing : str
        Words and signs for a bar that is reached, and for one that is not.
    """

    name: str
    surface: str
    line: str
    ink: str
    quiet: str
    mark: str
    bar: str
    unknown: str
    met: str
    missing: str

    @property
    def texts(self) -> dict[str, str]:
        """Colours that words are written in; 4.5:1 with the surface or better."""
        return {name: getattr(self, name) for name in ("ink", "quiet", "met", "missing")}

    @property
    def marks(self) -> dict[str, str]:
        """Colours that marks are drawn in; 3:1 with the surface or better."""
        return {name: getattr(self, name) for name in ("mark", "bar", "unknown", "met", "missing")}

    def settings(self) -> dict[str, Any]:
        """Give the settings of matplotlib that differ from its defaults."""
        return {
            "axes.facecolor": self.surface,
            "figure.facecolor": self.surface,
            "font.family": ["sans-serif", "DejaVu Sans"],
            "font.sans-serif": list(FONTS),
            "hatch.linewidth": 1.0,
            "lines.solid_capstyle": "round",
            "pdf.fonttype": 42,
            "savefig.facecolor": self.surface,
            "svg.fonttype": "none",
            "svg.hashsalt": "skillmatrix",
            "text.color": self.ink,
        }

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Draw or save under this theme; afterwards every setting is as it was."""
        import matplotlib as mpl

        with mpl.rc_context():
            mpl.rcdefaults()
            settings: Any = self.settings()
            mpl.rcParams.update(settings)
            yield


LIGHT = Theme(
    name="light",
    surface="#ffffff",
    line="#e6e1d7",
    ink="#1d2321",
    quiet="#606862",
    mark="#0a5f63",
    bar="#1d2321",
    unknown="#857e71",
    met="#0a5f63",
    missing="#9a2b1f",
)
DARK = Theme(
    name="dark",
    surface="#1e2221",
    line="#353b39",
    ink="#ece9e2",
    quiet="#a0a69f",
    mark="#74cbc3",
    bar="#ece9e2",
    unknown="#7f8782",
    met="#74cbc3",
    missing="#f3a598",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_named(theme: str | Theme) -> Theme:
    """Give a theme by its name; a theme of one's own passes through."""
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        msg = f"there is no theme {theme!r}; {suggest(theme, THEMES)}"
        raise UsageError(msg)
    return THEMES[theme]


def contrast(one: str, other: str) -> float:
    """
    Contrast ratio of two colours, as WCAG 2 defines it: 1 (none) to 21.

    Examples
    --------
    >>> contrast("#ffffff", "#000000"), contrast("#777777", "#777777")
    (21.0, 1.0)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return round((high + 0.05) / (low + 0.05), 2)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG
        for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
