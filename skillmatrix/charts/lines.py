"""Rows of marks on a scale, wide or narrow: everything but the marks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic

from skillmatrix.charts.canvas import CAP, Canvas
from skillmatrix.charts.measure import fit, text_width, wrap
from skillmatrix.charts.rows import R, by_area
from skillmatrix.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Entry = tuple[str, Callable[[float, float], None], float]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes and distances of one layout, in pixels."""

    pad: float
    title: float
    body: float
    small: float
    heading: float
    row: float
    area: float
    leading: float


WIDE = Sizes(pad=24, title=18, body=13.5, small=12, heading=14, row=30, area=44, leading=19)
NARROW = Sizes(pad=16, title=17, body=14, small=12, heading=15, row=54, area=72, leading=18)
SIGN = 14.0  # room of a shape before its word
GAP = 14.0
SNUG = 0.9  # of the widest a text may be: where a neighbour can spare the rest


def _unbroken(facts: list[str]) -> str:
    """Join facts so that a line ends only between two of them."""
    kept = (fact.replace(" ", "\u00a0") for fact in facts)
    return "\u00a0· ".join(kept)


class Lines(ABC, Generic[R]):
    """Draws rows; first measures, so that the figure is as tall as what is on it."""

    def __init__(
        self,
        theme: Theme,
        width: int,
        scale: tuple[tuple[str, str], ...],
        rows: tuple[R, ...],
        *,
        compact: bool,
    ) -> None:
        self.theme, self.width, self.scale, self.rows = theme, width, scale, rows
        self.compact = compact
        self.size = NARROW if compact else WIDE
        self.left, self.right = self._columns()
        self.top = len(scale) - 1

    def _columns(self) -> tuple[float, float]:
        """Give where the scale begins and ends."""
        size = self.size
        self.label_room = self.width - 2 * size.pad
        if self.compact:
            return size.pad, self.width - size.pad
        titles = max(text_width(r.title, size.body) for r in self.rows)
        self.label_room = min(SNUG * titles, 0.28 * self.width)
        self.signs_at = size.pad + self.label_room + GAP
        signs = max((self._signs_width(r) for r in self.rows), default=0.0)
        labels = max(
            (text_width(r.label, size.small) for r in self.rows if r.kind != "not-applicable"),
            default=0.0,
        )
        self.status_at = self.width - size.pad - min(SNUG * labels + SIGN + 4, 0.22 * self.width)
        return self.signs_at + signs + (6 if signs else 0), self.status_at - GAP

    def _signs(self, row: R) -> list[tuple[str, str]]:
        """Give marks that stand as words beside a name; none here."""
        return []

    def _signs_width(self, row: R) -> float:
        return sum(SIGN + SNUG * text_width(w, self.size.small) + 8 for _, w in self._signs(row))

    def draw(self, title: str, facts: list[str], foot: str) -> Figure:
        """Draw everything."""
        size, room = self.size, self.width - 2 * self.size.pad
        titles = wrap(title, size.title, room, bold=True)
        lines = wrap(_unbroken(facts), size.small, room)
        legend = self._legend_lines(room)
        feet = wrap(foot, size.small - 1, room)
        head = size.pad + len(titles) * (size.title + 6) + len(lines) * size.leading + 6
        names_at = head + len(legend) * 22 + (24 if self._staggered() else 10)
        placed, end = self._placed(names_at + 32)
        height = end + 26 + (len(feet) - 1) * 16 + size.pad
        self.canvas = Canvas(self.theme, (self.width, height), (self.left, self.right))
        axes = self.canvas.axes
        axes.set_xlim(-0.5, self.top + 0.5)
        axes.set_xticks(range(len(self.scale)), [" ".join(step) for step in self.scale])
        y = size.pad + size.title * 0.75
        for line in titles:
            self.canvas.words(size.pad, y, line, size.title, weight="bold", gid="title")
            y += size.title + 6
        y += size.small - size.title * 0.75 + 2
        for line in lines:
            self.canvas.words(size.pad, y, line, size.small, self.theme.quiet, gid="facts")
            y += size.leading
        self._legend(legend, head + 12)
        self._names(names_at)
        self._body(placed)
        y = end + 26
        for line in feet:
            self.canvas.words(size.pad, y, line, size.small - 1, self.theme.quiet, gid="foot")
            y += 16
        return self.canvas.figure

    def _placed(self, y: float) -> tuple[list[tuple[float, R, bool]], float]:
        """Give where each row begins and whether it opens an area, and where the last ends."""
        placed = []
        for index, (_, rows) in enumerate(by_area(self.rows)):
            y += self.size.area - (26 if index == 0 else 0)
            for row in rows:
                placed.append((y, row, row is rows[0]))
                y += self._height(row)
        return placed, y

    def _body(self, placed: list[tuple[float, R, bool]]) -> None:
        """Draw the areas one under the other."""
        start = 0.0
        for index, (y, row, opens) in enumerate(placed):
            if opens:
                self._heading(y - (36 if self.compact and index else 10), row, numbers=index > 0)
                start = y
            if index + 1 == len(placed) or placed[index + 1][2]:
                self._grid(start, y + self._height(row))
            self._row(y, row)

    def _grid(self, start: float, end: float) -> None:
        """Draw a faint line at each level, behind the rows of one area."""
        for at in () if self.compact else range(len(self.scale)):
            self.canvas.line([at, at], [start, end], self.theme.line, 1, zorder=0,
                             transform=self.canvas.on_scale)  # fmt: skip

    def _staggered(self) -> bool:
        """Whether the names of levels are too broad to stand side by side."""
        column = (self.right - self.left) / len(self.scale)
        half = [text_width(name, self.size.small - 1) / 2 for _, name in self.scale]
        return any(a + b + 4 > column for a, b in pairwise(half))

    def _names(self, y: float) -> None:
        """Write the levels over the scale, names above their numbers."""
        staggered = self._staggered()
        place, small = self.canvas.on_scale, self.size.small
        for at, (number, name) in enumerate(self.scale):
            lift = 14 if staggered and at % 2 == 0 else 0
            self.canvas.words(at, y + 8 - lift, name, small - 1, self.theme.quiet,
                              transform=place, ha="center", gid=f"level:{at}:name")  # fmt: skip
            self.canvas.words(at, y + 24, number, small + 1, weight="bold",
                              transform=place, ha="center", gid=f"level:{at}")  # fmt: skip

    def _heading(self, y: float, row: R, *, numbers: bool) -> None:
        """Write the title of an area over a hairline, and the levels again."""
        size = self.size
        self.canvas.words(size.pad, y - 2, row.area_title, size.heading, weight="bold",
                          gid=f"area:{row.area}")  # fmt: skip
        self.canvas.line([size.pad, self.width - size.pad], [y + 6, y + 6], self.theme.line, 1)
        if numbers:
            below = y + (24 if self.compact else -2)
            for at, (number, _) in enumerate(self.scale):
                self.canvas.words(at, below, number, size.small, self.theme.quiet,
                                  transform=self.canvas.on_scale, ha="center")  # fmt: skip

    def _room(self, row: R) -> float:
        """Give the room of a name; a narrow chart has the standing beside it."""
        beside = self.compact and row.kind != "not-applicable"
        return self.label_room - (self._status_width(row) + 8 if beside else 0)

    def _titles(self, row: R) -> list[str]:
        """Break the name of a skill into two lines at most."""
        return fit(row.title, self.size.body, self._room(row) / SNUG, 2)

    def _second(self, row: R) -> float:
        """Give the room that a second line of the name takes from what lies below."""
        return (len(self._titles(row)) - 1) * (17.0 if self.compact else 8.0)

    def _height(self, row: R) -> float:
        return self.size.row + self._second(row)

    def _row(self, y: float, row: R) -> None:
        """Draw one skill, in two lines if names stand above their row."""
        size = self.size
        if self.compact:
            words, scale = y + 12, y + 37 + self._second(row)
        else:
            words = scale = y + self._height(row) / 2
        struck = row.kind == "not-applicable"
        colour = self.theme.quiet if struck else self.theme.ink
        base = words + size.body * CAP
        first, *more = self._titles(row)
        if more and not self.compact:
            base -= 8
        self.canvas.words(size.pad, base, first, size.body, colour, gid=f"{row.skill}:title")
        for line in more:
            self.canvas.words(size.pad, base + 17, line, size.body, colour,
                              gid=f"{row.skill}:title-more")  # fmt: skip
        if struck:
            self._struck(words, scale, row)
            return
        after_title = SNUG * text_width(first, size.body) + 10
        if not self.compact:
            self._row_signs(self.signs_at, words, row)
        elif after_title + self._signs_width(row) <= self._room(row):
            self._row_signs(size.pad + after_title, words, row)
        self._status(words, row)
        self._marks(scale, row)

    def _row_signs(self, x: float, y: float, row: R) -> None:
        """Write gate and floor as words; where there is no room, their marks stay."""
        for kind, words in self._signs(row):
            getattr(self.canvas, kind)(x + 4, y, gid=f"{row.skill}:{kind}-sign")
            self.canvas.words(x + SIGN, y + self.size.small * CAP, words, self.size.small,
                              self.theme.quiet, gid=f"{row.skill}:{kind}-word")  # fmt: skip
            x += SIGN + SNUG * text_width(words, self.size.small) + 8

    def _status_width(self, row: R) -> float:
        return text_width(row.label, self.size.small) + SIGN + 6

    @abstractmethod
    def _sign(self, row: R) -> tuple[str, Callable[[float, float], None] | None]:
        """Give the colour of the words at the end of a row, and the sign before them."""

    def _status(self, y: float, row: R) -> None:
        """Write the standing in words, with its sign."""
        small, canvas = self.size.small, self.canvas
        colour, sign = self._sign(row)
        at_right = self.width - self.size.pad - 6
        if sign is not None:
            sign(at_right if self.compact else self.status_at + 6, y)
        x = at_right - SIGN + 2 if self.compact else self.status_at + SIGN + 4
        canvas.words(x, y + small * CAP, row.label, small, colour,
                     ha="right" if self.compact else "left",
                     gid=f"{row.skill}:standing")  # fmt: skip

    def _struck(self, words: float, scale: float, row: R) -> None:
        """Strike a row out and say why."""
        small, pad, theme = self.size.small, self.size.pad, self.theme
        start = self.left + (0 if self.compact else 24)
        end = self.width - pad if self.compact else start - 8
        self.canvas.line([pad, end], [words, words], theme.quiet, 1.2, gid=f"{row.skill}:struck")
        lines = fit(row.label, small, self.width - pad - start, 2 if self.compact else 1)
        y = scale - 8 if self.compact else scale
        for line in lines:
            self.canvas.words(start, y + small * CAP, line, small, theme.quiet,
                              gid=f"{row.skill}:standing")  # fmt: skip
            y += 16

    @abstractmethod
    def _marks(self, y: float, row: R) -> None:
        """Draw what one row says on the scale."""

    @abstractmethod
    def _legend_entries(self) -> list[Entry]:
        """Give the words, the drawing and the room of each mark that occurs."""

    def _entry_width(self, entry: Entry) -> float:
        return entry[2] + SNUG * text_width(entry[0], self.size.small) + 18

    def _legend_lines(self, room: float) -> list[list[Entry]]:
        lines: list[list[Entry]] = []
        used = room
        for entry in self._legend_entries():
            broad = self._entry_width(entry)
            if not lines or used + broad - 20 > room:
                lines.append([])
                used = 0.0
            lines[-1].append(entry)
            used += broad
        return lines

    def _legend(self, lines: list[list[Entry]], y: float) -> None:
        small = self.size.small
        for line in lines:
            x = self.size.pad
            for words, draw, room in line:
                draw(x, y)
                self.canvas.words(x + room, y + small * CAP, words, small, self.theme.quiet,
                                  gid=f"legend:{words}")  # fmt: skip
                x += self._entry_width((words, draw, room))
            y += 22
