"""Rows of dots on a scale: levels of one person against the bar."""

from __future__ import annotations

from collections.abc import Callable

from skillmatrix.charts.lines import Entry, Lines
from skillmatrix.charts.rows import Row
from skillmatrix.charts.theme import Theme


class Dots(Lines[Row]):
    """Draws standings: evidence, claim, bar, gates and floors."""

    def __init__(
        self,
        theme: Theme,
        width: int,
        scale: tuple[tuple[str, str], ...],
        rows: tuple[Row, ...],
        *,
        compact: bool,
        one_mark: str | None = None,
    ) -> None:
        self.one_mark = one_mark
        super().__init__(theme, width, scale, rows, compact=compact)

    def _signs(self, row: Row) -> list[tuple[str, str]]:
        found = (("gate", row.gate), ("floor", row.floor))
        return [
            (kind, f"{kind.capitalize()} {self.scale[at][0]}")
            for kind, at in found
            if at is not None
        ]

    def _sign(self, row: Row) -> tuple[str, Callable[[float, float], None] | None]:
        theme, canvas = self.theme, self.canvas
        colour = {"met": theme.met, "below": theme.missing, "open": theme.ink}.get(
            row.kind, theme.quiet
        )
        signs = {"met": canvas.check, "below": canvas.cross, "open": canvas.ring}
        signs["unknown"] = canvas.swatch
        return colour, signs.get(row.kind)

    def _marks(self, y: float, row: Row) -> None:
        canvas, theme, skill = self.canvas, self.theme, row.skill
        place = canvas.on_scale
        canvas.line([0, self.top], [y, y], theme.line, 1.2, transform=place, zorder=1)
        if row.kind == "unknown":
            canvas.unknown(0, y, self.top, transform=place, gid=f"{skill}:unknown")
            if row.state != "not rated":
                canvas.band(self.top / 2 - 0.25, y, 0.5, transform=place, zorder=3.5,
                            gid=f"{skill}:hollow")  # fmt: skip
        if row.target_if_on is not None:
            canvas.tick(row.target_if_on, y, conditional=True, transform=place,
                        gid=f"{skill}:bar-if-on")  # fmt: skip
        if row.target:
            canvas.tick(row.target, y, transform=place, gid=f"{skill}:bar")
        if row.gate is not None:
            canvas.gate(row.gate, y - 12, 7, transform=place, gid=f"{skill}:gate")
        if row.floor is not None:
            canvas.floor(row.floor, y + 11, 7, transform=place, gid=f"{skill}:floor")
        if row.kind == "unknown":
            return
        if row.low < row.high:
            canvas.line([row.low, row.high], [y, y], theme.mark, 2.2, transform=place, zorder=3.5,
                        gid=f"{skill}:interval")  # fmt: skip
            canvas.dot(row.high, y, filled=False, transform=place, gid=f"{skill}:claimed")
        canvas.dot(row.low, y, filled=True, transform=place, gid=f"{skill}:supported")

    def _legend_entries(self) -> list[Entry]:
        """Give the words, the drawing and the room of each mark that occurs."""

        def kinds(*wanted: str) -> bool:
            return any(row.kind in wanted for row in self.rows)

        rated = any(row.claimed is not None for row in self.rows)
        entries: list[tuple[bool, str, Callable[[float, float], None], float]] = [
            (rated, self.one_mark or "evidence supports",
             lambda x, y: self.canvas.dot(x + 7, y, filled=True), 20),
            (rated and not self.one_mark, "claimed",
             lambda x, y: self.canvas.dot(x + 7, y, filled=False), 20),
            (any(r.target for r in self.rows), "bar", self._short_tick, 12),
            (any(r.target_if_on is not None for r in self.rows), "bar, if yes to an open question",
             lambda x, y: self._short_tick(x, y, conditional=True), 12),
            (any(r.gate is not None for r in self.rows), "gate",
             lambda x, y: self.canvas.gate(x + 4, y), 14),
            (any(r.floor is not None for r in self.rows), "floor",
             lambda x, y: self.canvas.floor(x + 4, y), 14),
            (kinds("unknown"), "not known", lambda x, y: self.canvas.unknown(x, y, 30), 38),
            (any(r.kind == "unknown" and r.state != "not rated" for r in self.rows),
             "answered without a level", lambda x, y: self.canvas.band(x, y, 24), 32),
        ]  # fmt: skip
        return [(words, draw, room) for shown, words, draw, room in entries if shown]

    def _short_tick(self, x: float, y: float, *, conditional: bool = False) -> None:
        self.canvas.tick(x + 3, y, conditional=conditional)
