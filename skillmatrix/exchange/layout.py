"""How a foreign table is laid out: which row is the header, and what each column holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from skillmatrix.assessment.readings_file import plain_name
from skillmatrix.errors import AssessmentError, Problem, suggest
from skillmatrix.exchange.grid import Grid
from skillmatrix.exchange.words import (
    BESIDE,
    CALLED,
    FIELD,
    IGNORE,
    RATERS,
    Choices,
    Levels,
    Skills,
)

_HEAD = 20
_FEWEST = 2
#: Fields that say something of one rating; a row of several ratings has no place for them.
_OF_ONE = ("state", "note", "evidence", "artefact")
Shape = Literal["long", "skills in columns", "ratings in columns"]


@dataclass(frozen=True)
class Layout:
    """
    Where everything stands.

    Attributes
    ----------
    shape : {"long", "skills in columns", "ratings in columns"}
        One row a rating; one row a person; or one row a skill, with a column for each person,
        rater or day.
    header : int
        Place of the header among the rows of the grid.
    names : tuple of str
        Header of each column, as it is written.
    fields : tuple of (str or None)
        Field or skill id of each column; None for one that is not read.
    notes : tuple of str
        What was taken for what, where it was not said.
    """

    shape: Shape
    header: int
    names: tuple[str, ...]
    fields: tuple[str | None, ...]
    notes: tuple[str, ...] = ()


def layout(grid: Grid, skills: Skills, levels: Levels, choices: Choices, source: str) -> Layout:
    """
    Find out how a table is laid out.

    Raises
    ------
    AssessmentError
        If no column can be taken for ratings, or a choice names a column that is not there.
    """
    if not grid.rows:
        raise AssessmentError(
            source, [*grid.refused, Problem("the file", "nothing", "a header and rows")]
        )
    told = {plain_name(name): what for name, what in choices.columns.items()}
    header = _header(grid, skills, told)
    line, cells = grid.rows[header]
    names = tuple(_name(cell) for cell in cells)
    wrong = _unfit(names, choices, skills, line)
    if wrong:
        raise AssessmentError(source, wrong)
    fields = [_field(cell, skills, told) for cell in cells]
    if "skill" not in fields and "code" in fields and not any(map(skills_only(skills), fields)):
        fields[fields.index("code")] = "skill"
    body = [row for _, row in grid.rows[header + 1 :]]
    if not body:
        found, expected = "a header and no row", "a row for each rating, person or skill"
        raise AssessmentError(source, [Problem("the file", found, expected, line=line)])
    notes: list[str] = []
    shape = _shape(fields, names, body, (skills, levels), notes)
    if shape is None:
        raise AssessmentError(source, [_nothing_found(names, line)])
    fields = _once(fields, names, shape, source, line)
    if header:
        first = grid.rows[0][0]
        rows = f"Row {first}" if header == 1 else f"Rows {first} to {grid.rows[header - 1][0]}"
        notes.insert(0, f"{rows} above the header {'is' if header == 1 else 'are'} not read.")
    return Layout(shape, header, names, tuple(fields), tuple(notes))


def skills_only(skills: Skills) -> Any:
    """Give a test for fields that are the id of a skill."""
    return lambda field: field is not None and field not in CALLED and field != IGNORE


def _name(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def _field(cell: Any, skills: Skills, told: Mapping[str, str]) -> str | None:
    word = plain_name(_name(cell))
    if not word:
        return None
    if word in told:
        return told[word]
    return FIELD.get(word) or skills.find(_name(cell))


def _header(grid: Grid, skills: Skills, told: Mapping[str, str]) -> int:
    """Take the row, among the first, in which the most columns have a name that is known."""

    def known(place: int) -> int:
        cells = grid.rows[place][1]
        return sum(_field(cell, skills, told) is not None for cell in cells)

    places = range(min(_HEAD, len(grid.rows)))
    best = max(places, key=lambda place: (known(place), -place))
    if known(best) < _FEWEST and any(known(place) for place in places):
        # A column of skills under names nobody knows: the header stands above the first skill.
        first = next(place for place in places if known(place))
        header_cells = [cell for cell in grid.rows[first][1] if cell != ""]
        if skills.find(str(header_cells[0])) is not None:
            return max(first - 1, 0)
    return best


def _shape(
    fields: list[str | None],
    names: Sequence[str],
    body: list[tuple[Any, ...]],
    known: tuple[Skills, Levels],
    notes: list[str],
) -> Shape | None:
    """Decide the shape, and name the columns that show by what is in them what they are."""
    skills, levels = known
    by_skill = [place for place, field in enumerate(fields) if skills_only(skills)(field)]
    if by_skill and "skill" not in fields:
        return "skills in columns"
    if "skill" not in fields:
        place = _skill_column(fields, body, skills)
        if place is None:
            return None
        fields[place] = "skill"
        notes.append(f"The column {names[place][:60]!r} was taken for the skill.")
    given = [place for place, field in enumerate(fields) if field in ("level", "state")]
    if given:
        ratings = [names[place] for place in given if fields[place] == "level"]
        said = [name for name in ratings if FIELD.get(plain_name(name)) != "level"]
        return "ratings in columns" if len(ratings) > 1 and said else "long"
    rated = [
        place
        for place, field in enumerate(fields)
        if field is None and names[place] and _has_levels(place, body, levels)
    ]
    for place in rated:
        fields[place] = "level"
    if len(rated) == 1:
        if _says_who(names[rated[0]]):
            return "ratings in columns"
        notes.append(f"The column {names[rated[0]][:60]!r} was taken for the level.")
        return "long"
    return "ratings in columns" if rated else None


def _says_who(name: str) -> bool:
    if plain_name(name) in RATERS:
        return True
    try:
        dt.date.fromisoformat(name.strip())
    except ValueError:
        return False
    return True


def _skill_column(
    fields: Sequence[str | None], body: list[tuple[Any, ...]], skills: Skills
) -> int | None:
    for place, field in enumerate(fields):
        if field not in (None, "person", "code"):
            continue
        cells = [str(row[place]) for row in body if place < len(row) and row[place] != ""]
        found = sum(skills.find(cell) is not None for cell in cells)
        if found and found * 2 >= len(cells):
            return place
    return None


def _has_levels(place: int, body: list[tuple[Any, ...]], levels: Levels) -> bool:
    cells = [row[place] for row in body if place < len(row) and row[place] != ""]
    read = sum(not isinstance(levels.read(cell), Problem) for cell in cells)
    return bool(cells) and read * 2 >= len(cells)


def _once(
    fields: list[str | None], names: Sequence[str], shape: Shape, source: str, line: int
) -> list[str | None]:
    """Refuse two columns for one thing."""
    problems = []
    seen: dict[str, int] = {}
    for place, field in enumerate(fields):
        if field in (None, IGNORE) or (field == "level" and shape == "ratings in columns"):
            continue
        if field in _OF_ONE and shape != "long":
            fields[place] = None
            continue
        if field in seen:
            found = f"the columns {names[seen[field]][:60]!r} and {names[place][:60]!r}"
            remedy = "rename or delete one, or say which is to be ignored"
            expected = f"one column for {field!r}"
            problems.append(Problem("header", found, expected, remedy, line=line))
        seen.setdefault(str(field), place)
    if problems:
        raise AssessmentError(source, problems)
    return [None if field == IGNORE else field for field in fields]


def _unfit(names: Sequence[str], choices: Choices, skills: Skills, line: int) -> list[Problem]:
    """Find choices for columns that are not there, and fields that do not exist."""
    there = {plain_name(name) for name in names}
    problems = []
    for name, what in choices.columns.items():
        if plain_name(name) not in there:
            remedy = suggest(name, [known for known in names if known][:40])
            found = f"no column {name[:60]!r}"
            problems.append(Problem("header", found, "a column of the table", remedy, line=line))
        if what not in (*CALLED, IGNORE) and skills.find(what) != what:
            known = f"{', '.join(CALLED)}, {IGNORE} or the id of a skill"
            problems.append(Problem("columns", f"{what[:60]!r}", known, suggest(what, CALLED)))
    return problems


def _nothing_found(names: Sequence[str], line: int) -> Problem:
    shown = ", ".join(repr(name[:30]) for name in names[:12] if name)[:300] or "nothing"
    expected = (
        "a column for the skill and one for the level, a column for each skill, "
        "or a row for each skill"
    )
    remedy = "say which column holds the skill and which the level"
    return Problem("header", shown, expected, remedy, line=line)


def unread(found: Layout) -> list[str]:
    """Name the columns that are not read, but for those that only say something again."""
    return [
        name
        for name, field in zip(found.names, found.fields, strict=True)
        if field is None and name and plain_name(name) not in BESIDE
    ]
