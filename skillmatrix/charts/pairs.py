"""The marks of a dumbbell chart."""

from __future__ import annotations

from collections.abc import Callable

from skillmatrix.charts.canvas import DOT, POINTS, RING
from skillmatrix.charts.dumbbell import Ends
from skillmatrix.charts.lines import Entry, Lines
from skillmatrix.charts.theme import Theme

BOX = 1.4  # of a dot: a square that a dot of the same level stands in


class Dumbbells(Lines[Ends]):
    """Draws two levels a row: a hollow square and a filled dot, with a line between them."""

    def __init__(
        self,
        theme: Theme,
        width: int,
        scale: tuple[tuple[str, str], ...],
        rows: tuple[Ends, ...],
        marks: tuple[str, str],
        *,
        compact: bool,
    ) -> None:
        self.names = marks
        super().__init__(theme, width, scale, rows, compact=compact)

    def _sign(self, row: Ends) -> tuple[str, Callable[[float, float], None] | None]:
        if row.kind in {"up", "down"}:
            marker = "^" if row.kind == "up" else "v"
            return self.theme.ink, lambda x, y: self.canvas.sign(x, y, marker, 9, self.theme.ink)
        if row.kind == "same":
            return self.theme.quiet, lambda x, y: self.canvas.line(
                [x - 4, x + 4], [y, y], self.theme.quiet, 2.0
            )
        return self.theme.quiet, self.canvas.swatch

    def _square(self, x: float, y: float, *, around: bool = False, **options: object) -> None:
        """Draw the first level: a hollow square; a thin one around a second level like it."""
        thick, colour = (1.2, self.theme.quiet) if around else (RING, self.theme.bar)
        look = {"markerfacecolor": self.theme.surface, "markeredgewidth": thick * POINTS}
        size = DOT * (BOX if around else 0.9)
        self.canvas.sign(x, y, "s", size, colour, **{**look, **options})

    def _marks(self, y: float, row: Ends) -> None:
        canvas, theme, place = self.canvas, self.theme, self.canvas.on_scale
        canvas.line([0, self.top], [y, y], theme.line, 1.2, transform=place, zorder=1)
        if row.first is not None and row.second is not None and row.first != row.second:
            canvas.line([row.first, row.second], [y, y], theme.mark, 2.2, transform=place,
                        zorder=3.5, gid=f"{row.skill}:between")  # fmt: skip
        if row.first is not None:
            self._square(row.first, y, around=row.first == row.second, transform=place, zorder=4,
                         gid=f"{row.skill}:first")  # fmt: skip
        if row.second is not None and row.first == row.second:
            canvas.sign(row.second, y, "o", DOT * 0.8, theme.mark, transform=place,
                        gid=f"{row.skill}:second")  # fmt: skip
        elif row.second is not None:
            canvas.dot(row.second, y, filled=True, transform=place, gid=f"{row.skill}:second")

    def _legend_entries(self) -> list[Entry]:
        first, second = self.names
        entries: list[Entry] = [
            (first, lambda x, y: self._square(x + 7, y), 20),
            (second, lambda x, y: self.canvas.dot(x + 7, y, filled=True), 20),
        ]
        if any(row.kind == "same" for row in self.rows):
            entries.append((f"{first} and {second}", self._both, 24))
        return entries

    def _both(self, x: float, y: float) -> None:
        self._square(x + 8, y, around=True)
        self.canvas.sign(x + 8, y, "o", DOT * 0.8, self.theme.mark)
