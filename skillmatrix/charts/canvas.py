"""A sheet to draw on: CSS pixels from the top left, levels across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from skillmatrix.charts.theme import Theme

PIXELS = 96  # CSS pixels to an inch
POINTS = 72 / PIXELS
DOT = 12.5
RING = 2.0
HALO = 1.5
TALL = 11.5  # half a bar
BAND = 11.0  # height of a band
_UPRIGHT = ((-0.2, -1), (0.2, -1), (0.2, 1), (-0.2, 1), (-0.2, -1))
CAP = 0.36  # of a font size: from the middle of a row down to its baseline


class Canvas:
    """
    Figure and axes for one chart.

    The axes cover the scale: x is the position of a level, y is pixels from the top. Beside
    the scale, x is pixels from the left.
    """

    def __init__(self, theme: Theme, size: tuple[float, float], scale: tuple[float, float]) -> None:
        width, height = size
        self.theme = theme
        self.width = width
        self.figure = Figure(figsize=(width / PIXELS, height / PIXELS), dpi=PIXELS)
        left, right = scale
        self.axes = self.figure.add_axes((left / width, 0, (right - left) / width, 1))
        self.axes.set_axis_off()
        self.axes.set_ylim(height, 0)
        pixels = Affine2D().scale(1 / PIXELS) + self.figure.dpi_scale_trans
        self.beside: Transform = blended_transform_factory(pixels, self.axes.transData)
        self.on_scale: Transform = self.axes.transData

    def words(
        self, x: float, y: float, text: str, size: float, colour: str = "", **options: Any
    ) -> None:
        """Write a text on its baseline; x is in pixels unless a transform says otherwise."""
        look = {"color": colour or self.theme.ink, "fontsize": size * POINTS, "va": "baseline"}
        settings: dict[str, Any] = {"transform": self.beside, "parse_math": False, **look}
        self.figure.text(x, y, text, **{**settings, **options})

    def line(
        self, x: Sequence[float], y: Sequence[float], colour: str, width: float, **options: Any
    ) -> None:
        """Draw a line through points."""
        settings: dict[str, Any] = {"transform": self.beside, "zorder": 2, **options}
        self.figure.add_artist(Line2D(x, y, color=colour, linewidth=width * POINTS, **settings))

    def sign(
        self, x: float, y: float, marker: Any, size: float, colour: str, **options: Any
    ) -> None:
        """Draw one filled marker, or a hollow one if a face colour says so."""
        look = {"color": colour, "markerfacecolor": colour, "markeredgewidth": 0}
        settings: dict[str, Any] = {"transform": self.beside, "zorder": 5, **look, **options}
        self.figure.add_artist(
            Line2D([x], [y], linestyle="none", marker=marker, markersize=size * POINTS, **settings)
        )

    def dot(self, x: float, y: float, *, filled: bool, **options: Any) -> None:
        """Draw a dot of a level, with a halo that keeps it apart from what lies behind."""
        place = options.get("transform", self.beside)
        self.sign(x, y, "o", DOT + 2 * HALO, self.theme.surface, transform=place, zorder=4)
        look = {
            "markerfacecolor": self.theme.mark if filled else self.theme.surface,
            "markeredgewidth": RING * POINTS,
        }
        self.sign(x, y, "o", DOT - RING, self.theme.mark, **{**look, **options})

    def tick(self, x: float, y: float, *, conditional: bool = False, **options: Any) -> None:
        """Draw the bar: a vertical tick, hollow where it hangs on an open question."""
        settings: dict[str, Any] = {"zorder": 3, **options}
        if not conditional:
            self.line([x, x], [y - TALL, y + TALL], self.theme.bar, 2.4, **settings)
            return
        look = {"markerfacecolor": self.theme.surface, "markeredgewidth": 1.2 * POINTS}
        self.sign(x, y, _UPRIGHT, 2 * TALL, self.theme.bar, **{**look, **settings})

    def gate(self, x: float, y: float, size: float = 8.0, **options: Any) -> None:
        """Draw the sign of a gate."""
        self.sign(x, y, "D", size * 0.8, self.theme.bar, **options)

    def floor(self, x: float, y: float, size: float = 8.0, **options: Any) -> None:
        """Draw the sign of a floor."""
        self.sign(x, y, "^", size, self.theme.bar, **options)

    def band(self, x: float, y: float, width: float, **options: Any) -> None:
        """Draw a hollow band from x onwards; a hatch makes it the one of what is not known."""
        look = {
            "facecolor": self.theme.surface,
            "edgecolor": self.theme.unknown,
            "linewidth": 1.5 * POINTS,
        }
        settings: dict[str, Any] = {"transform": self.beside, "zorder": 3, **look, **options}
        self.figure.add_artist(Rectangle((x, y - BAND / 2), width, BAND, **settings))

    def unknown(self, x: float, y: float, width: float, **options: Any) -> None:
        """Draw the band of what is not known; it starts at x."""
        self.band(x, y, width, **{"hatch": "/////", "linewidth": 0.8 * POINTS, **options})

    def check(self, x: float, y: float) -> None:
        """Draw the sign of a bar that is reached."""
        self.sign(x, y, "o", 13, self.theme.met)
        hook = [x - 3, x - 0.8, x + 3], [y + 0.4, y + 2.5, y - 2.4]
        self.line(*hook, self.theme.surface, 1.7, zorder=6)

    def cross(self, x: float, y: float) -> None:
        """Draw the sign of a bar that is missed."""
        for slope in (1, -1):
            self.line([x - 4, x + 4], [y - 4 * slope, y + 4 * slope], self.theme.missing, 2.0)

    def ring(self, x: float, y: float) -> None:
        """Draw the sign of what is open."""
        look = {"markerfacecolor": "none", "markeredgewidth": 1.6 * POINTS}
        self.sign(x, y, "o", 10.5, self.theme.ink, **look)

    def swatch(self, x: float, y: float) -> None:
        """Draw the sign of what is not known."""
        self.unknown(x - BAND / 2, y, BAND)
