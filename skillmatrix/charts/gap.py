"""The gap chart: every skill against the bar, as dots on the scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from skillmatrix.charts.chart import Chart
from skillmatrix.charts.rows import Row, rows_of
from skillmatrix.charts.theme import Theme, theme_named
from skillmatrix.charts.words import COLUMNS, counts, table_of, text_of, title_of
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from skillmatrix.scoring import Standings

MOST_ROWS = 30  # source: assessment design 6.2
NARROWEST, WIDEST = 300, 2400
COMPACT_BELOW = 760


def gap_plot(
    standings: Standings,
    *,
    area: str | None = None,
    theme: str | Theme = "light",
    width: int = 900,
    compact: bool | None = None,
) -> Chart:
    """
    Every skill of one person against the bar of one role, as a dot plot.

    Parameters
    ----------
    standings : Standings
        From one assessment and one chosen profile.
    area : str, optional
        Only the skills of this area.
    theme : {"light", "dark"} or Theme
    width : int
        In CSS pixels, 96 to an inch; the height follows from the rows.
    compact : bool, optional
        Names above their row instead of beside it. Left out: below 760 pixels.

    Returns
    -------
    Chart
        One row a skill, area by area in the order of the framework. Across: the levels as
        categories, lowest on the left. Filled dot: the level that evidence supports. Open
        dot: the level claimed, where it is higher; a line between the two. Tick: the bar,
        dashed where it hangs on a question not answered. Hatched over the whole scale: not
        known. Struck out: not part of this role.

    Raises
    ------
    UsageError
        If there is no such area or theme, the width cannot be drawn, or there would be more
        than 30 rows; `gap_plots` then draws several charts.

    Notes
    -----
    Levels are ordinal: dots show order, and distances between them are not amounts of work.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> from skillmatrix.scoring import Standings
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 2})
    >>> chart = gap_plot(Standings(a, fw.profile("senior")), area="must-have")
    >>> chart.table[5]["standing"], chart.table[0]["state"]
    ('2 to 3 steps below', 'not rated')
    """
    rows = rows_of(standings, area)
    if len(rows) > MOST_ROWS:
        msg = (
            f"{len(rows)} skills are too many for one chart, which holds {MOST_ROWS}; "
            "choose an area, or use gap_plots"
        )
        raise UsageError(msg)
    look = _look(theme, width, compact)
    return _chart(standings, rows, title_of(standings, rows, area), look)


def gap_plots(
    standings: Standings,
    *,
    theme: str | Theme = "light",
    width: int = 900,
    compact: bool | None = None,
) -> tuple[Chart, ...]:
    """
    Every skill against the bar, on as many charts as it takes; see `gap_plot`.

    Areas stay together where they fit on one chart.
    """
    pages: list[list[Row]] = [[]]
    rows = rows_of(standings)
    for area in dict.fromkeys(row.area for row in rows):
        inside = [row for row in rows if row.area == area]
        if pages[-1] and len(pages[-1]) + len(inside) > MOST_ROWS:
            pages.append([])
        while len(inside) > MOST_ROWS:
            pages[-1].extend(inside[:MOST_ROWS])
            inside = inside[MOST_ROWS:]
            pages.append([])
        pages[-1].extend(inside)
    look, title = _look(theme, width, compact), title_of(standings, rows, None)
    if len(pages) == 1:
        return (_chart(standings, rows, title, look),)
    return tuple(
        _chart(standings, tuple(page), f"{title} ({n} of {len(pages)})", look)
        for n, page in enumerate(pages, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """How a chart is to be drawn."""

    theme: Theme
    width: int
    compact: bool


def _look(theme: str | Theme, width: int, compact: bool | None) -> _Look:
    if not NARROWEST <= width <= WIDEST:
        msg = f"a chart {width} pixels wide cannot be drawn; choose {NARROWEST} to {WIDEST}"
        raise UsageError(msg)
    return _Look(theme_named(theme), width, width < COMPACT_BELOW if compact is None else compact)


def _chart(standings: Standings, rows: tuple[Row, ...], title: str, look: _Look) -> Chart:
    draw = partial(_draw, standings, rows, title, look)
    text, table = text_of(standings, rows), table_of(standings, rows)
    return Chart(title, text, table, COLUMNS, look.theme, draw)


def _draw(standings: Standings, rows: tuple[Row, ...], title: str, look: _Look) -> Figure:
    from skillmatrix.charts.dots import Dots

    assessment = standings.assessment
    scale = tuple((str(step.level), step.name) for step in standings.framework.scale)
    facts = f"{assessment.rater.kind.capitalize()} rating as of {assessment.as_of}"
    foot = f"Preparation for a conversation; a person decides. {standings.framework.key}"
    own = "your level" if assessment.rater.kind == "self" else "level given"
    one_mark = None if standings.framework.asks_evidence else own
    sheet = Dots(look.theme, look.width, scale, rows, compact=look.compact, one_mark=one_mark)
    return sheet.draw(title, [facts, *counts(rows)], foot)
