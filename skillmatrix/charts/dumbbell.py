"""Two levels a row, with a line between them: two rounds, or two raters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from skillmatrix.charts.chart import Chart
from skillmatrix.charts.gap import COMPACT_BELOW, MOST_ROWS, NARROWEST, WIDEST
from skillmatrix.charts.measure import clean
from skillmatrix.charts.rows import steps
from skillmatrix.charts.theme import Theme, theme_named
from skillmatrix.charts.words import Cell
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from skillmatrix.scoring import Change
    from skillmatrix.scoring.change import SkillChange
    from skillmatrix.scoring.standing import Standing

Kind = Literal["up", "down", "same", "first", "second"]


@dataclass(frozen=True, slots=True)
class Ends:
    """
    One row: where two ratings of a skill stand.

    Attributes
    ----------
    skill, title : str
    area, area_title : str
        The group it is drawn in, and its heading.
    kind : str
        ``up``, ``down`` or ``same`` where both are known; ``first`` or ``second`` where only
        that one is.
    first, second : int or None
        Positions on the scale; None where no level is known.
    label : str
        The difference in words.
    """

    skill: str
    title: str
    area: str
    area_title: str
    kind: Kind
    first: int | None
    second: int | None
    label: str


def dumbbell(
    rows: Sequence[Ends],
    scale: Sequence[tuple[str, str]],
    *,
    title: str,
    marks: tuple[str, str],
    facts: Sequence[str] = (),
    foot: str = "",
    theme: str | Theme = "light",
    width: int = 900,
    compact: bool | None = None,
) -> Chart:
    """
    Two levels of each skill on one scale, joined by a line.

    Parameters
    ----------
    rows : sequence of Ends
        At most 30, in the order they are drawn; rows of one group stand together.
    scale : sequence of (str, str)
        Label and name of each level, lowest first.
    title : str
    marks : tuple of str
        What the first and the second mark are called, such as ``("then", "now")``.
    facts : sequence of str
        Said below the title.
    foot : str
    theme : {"light", "dark"} or Theme
    width : int
        In CSS pixels, 96 to an inch; the height follows from the rows.
    compact : bool, optional
        Names above their row instead of beside it. Left out: below 760 pixels.

    Returns
    -------
    Chart
        Across: the levels as categories, lowest on the left. Hollow square: the first level.
        Filled dot: the second; a dot in a square where both are the same.

    Raises
    ------
    UsageError
        If there are no rows or more than 30, or theme or width cannot be drawn.

    Notes
    -----
    Levels are ordinal: a longer line is more steps, not more work.

    Examples
    --------
    >>> row = Ends("bread", "Bread", "all", "All skills", "up", 0, 2, "2 steps up")
    >>> chart = dumbbell([row], [("0", "None"), ("1", "Helps"), ("2", "Bakes")],
    ...     title="Two rounds", marks=("spring", "autumn"))
    >>> chart.table[0]["first"], chart.table[0]["difference"]
    ('0', '2 steps up')
    """
    if not rows or len(rows) > MOST_ROWS:
        msg = f"a dumbbell chart has 1 to {MOST_ROWS} rows, not {len(rows)}"
        raise UsageError(msg)
    if not NARROWEST <= width <= WIDEST:
        msg = f"a chart {width} pixels wide cannot be drawn; choose {NARROWEST} to {WIDEST}"
        raise UsageError(msg)
    look = theme_named(theme)
    narrow = width < COMPACT_BELOW if compact is None else compact
    kept = tuple(rows)
    draw = partial(_draw, _Sheet(look, width, tuple(scale), marks, narrow), kept,
                   (title, facts, foot))  # fmt: skip
    columns = {
        "group": "Group",
        "skill": "Skill",
        "first": marks[0].capitalize(),
        "second": marks[1].capitalize(),
        "difference": "Difference",
    }
    text = _text(title, kept, scale, marks)
    return Chart(title, text, _table(kept, scale), columns, look, draw)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a chart is drawn on."""

    theme: Theme
    width: int
    scale: tuple[tuple[str, str], ...]
    marks: tuple[str, str]
    compact: bool


def _draw(sheet: _Sheet, rows: tuple[Ends, ...], words: tuple[str, Sequence[str], str]) -> Figure:
    from skillmatrix.charts.pairs import Dumbbells

    title, facts, foot = words
    drawn = Dumbbells(sheet.theme, sheet.width, sheet.scale, rows, sheet.marks,
                      compact=sheet.compact)  # fmt: skip
    return drawn.draw(title, [*facts], foot)


def _table(rows: Iterable[Ends], scale: Sequence[tuple[str, str]]) -> tuple[dict[str, Cell], ...]:
    def label(at: int | None) -> str | None:
        return None if at is None else scale[at][0]

    return tuple(
        {
            "group": row.area_title,
            "skill": row.title,
            "first": label(row.first),
            "second": label(row.second),
            "difference": row.label,
        }
        for row in rows
    )


def _text(
    title: str, rows: Sequence[Ends], scale: Sequence[tuple[str, str]], marks: tuple[str, str]
) -> str:
    """Describe the chart: what it is, and every row by its kind."""
    low, high = " ".join(scale[0]), " ".join(scale[-1])
    count = f"{len(rows)} skill{'' if len(rows) == 1 else 's'}"
    said = [f"Dumbbell chart, {title}, {count}, levels {low} to {high}, {marks[0]} and {marks[1]}."]

    def each(row: Ends) -> str:
        ends = [scale[at][0] for at in (row.first, row.second) if at is not None]
        return f"{row.title} ({' to '.join(dict.fromkeys(ends))})"

    heads: dict[Kind, str] = {
        "up": f"higher {marks[1]}",
        "down": f"lower {marks[1]}",
        "same": "the same",
        "first": f"with a level {marks[0]} only",
        "second": f"with a level {marks[1]} only",
    }
    for kind, words in heads.items():
        chosen = [row for row in rows if row.kind == kind]
        if chosen:
            said.append(f"{len(chosen)} {words}: {', '.join(map(each, chosen))}.")
    return " ".join([*said, "Data table follows."])


_GROUPS: dict[str, tuple[Kind, str]] = {
    "up": ("up", "Higher"),
    "down": ("down", "Lower"),
    "only now": ("second", "A level in one round only"),
    "only then": ("first", "A level in one round only"),
    "same": ("same", "The same"),
}


def change_plot(
    change: Change,
    *,
    theme: str | Theme = "light",
    width: int = 900,
    compact: bool | None = None,
) -> Chart:
    """
    What moved between two rounds, as a dumbbell chart; see `dumbbell`.

    Parameters
    ----------
    change : Change
        From ``sm.change(...)``.

    Returns
    -------
    Chart
        Higher, lower, known in one round only, and the same, in this order; skills without a
        level in either round are counted, not drawn. Where there are more than 30, those that
        are the same are left to the table beside it.

    Raises
    ------
    UsageError
        If no skill has a level in either round, or too many moved.
    """
    chosen = [c for word in _GROUPS for c in change.skills.values() if c.word == word]
    left = len(chosen)
    if left > MOST_ROWS:
        chosen = [c for c in chosen if c.word != "same"]
    rows = [_ends(change, each) for each in chosen]
    words: list[str] = [c.word for c in change.skills.values()]
    facts = [f"{change.earlier.as_of} to {change.later.as_of}"]
    facts += [f"{words.count(word)} {name}" for word, name in _COUNTED if words.count(word)]
    scale = [(str(step.level), step.name) for step in change.framework.scale]
    return dumbbell(
        rows,
        scale,
        title="Levels of two rounds",
        marks=("then", "now"),
        facts=facts,
        foot=f"Preparation for a conversation; a person decides. {change.framework.key}",
        theme=theme,
        width=width,
        compact=compact,
    )


_COUNTED: tuple[tuple[str, str], ...] = (
    ("up", "higher"),
    ("down", "lower"),
    ("only now", "with a level now only"),
    ("only then", "with a level then only"),
    ("same", "the same"),
    ("neither", "without a level"),
)


def _ends(change: Change, each: SkillChange) -> Ends:
    kind, group = _GROUPS[each.word]
    ends: list[int | None] = [s.high if s.known else None for s in (each.then, each.now)]
    return Ends(
        skill=each.skill,
        title=clean(change.framework.skills[each.skill].title),
        area=group,
        area_title=group,
        kind=kind,
        first=ends[0],
        second=ends[1],
        label=_label(each),
    )


def _label(each: SkillChange) -> str:
    if each.steps is not None:
        moved = abs(each.steps)
        return f"{steps(moved, moved)} {each.word}" if moved else "Same"
    blank, when = (each.then, "then") if each.now.known else (each.now, "now")
    return f"{_no_level(blank)} {when}"


def _no_level(standing: Standing) -> str:
    return "Not rated" if standing.state == "UNRATED" else "No level"
