"""The rows of a foreign table: ratings, or why a row or a cell is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from skillmatrix.assessment.readings_cells import read_day
from skillmatrix.assessment.readings_file import plain_name
from skillmatrix.errors import Problem
from skillmatrix.exchange.grid import Grid
from skillmatrix.exchange.layout import Layout, skills_only
from skillmatrix.exchange.words import IGNORE, RATERS, Levels, Skills, rater_of

_TEXTS = ("note", "evidence", "artefact")
_TOLD = 3


@dataclass(frozen=True)
class Reading:
    """
    One rating as it stands in a file.

    Attributes
    ----------
    found : str
        The cell, as it was written.
    round : datetime.date or None
        The day of its column, where a table has a column for each day.
    """

    line: int
    skill: str
    value: int | str
    found: str
    person: str = ""
    code: str = ""
    rater: str = "self"
    round: dt.date | None = None
    day: dt.date | None = None
    note: str = ""
    evidence: str = ""
    artefact: str = ""

    @property
    def whose(self) -> tuple[str, str, dt.date | None]:
        """Which assessment it belongs to."""
        return (self.code or " ".join(self.person.casefold().split())), self.rater, self.round


@dataclass
class Read:
    """What the rows of a table came to; `skills` and `levels` count words that are unknown."""

    readings: list[Reading] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skills: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)


class RowReader:
    """
    Reads the rows of one table.

    Parameters
    ----------
    found : Layout
    skills, levels : Skills, Levels
        How skills and levels are recognised.
    as_of : datetime.date
        No rating is later than this day.
    """

    def __init__(self, found: Layout, skills: Skills, levels: Levels, as_of: dt.date) -> None:
        self._layout, self._skills, self._levels, self._as_of = found, skills, levels, as_of
        self._out = Read()
        self._empty = self._zeros = 0
        self._headings: list[str] = []

    def read(self, grid: Grid) -> Read:
        """Read every row below the header."""
        self._out.refused += grid.refused
        width = len(self._layout.fields)
        for line, cells in grid.rows[self._layout.header + 1 :]:
            if any(cell != "" for cell in cells[width:]):
                found, expected = f"{len(cells)} cells", f"at most {width}, as in the header"
                remedy = "put quotes round a cell that holds the mark between cells"
                self._refuse(line, Problem("the row", found, expected, remedy))
            else:
                self._row(line, [*cells[:width], *[""] * (width - len(cells))])
        self._out.notes += self._told()
        return self._out

    def _refuse(self, line: int, problem: Problem) -> None:
        self._out.refused.append(replace(problem, line=line))

    def _row(self, line: int, row: list[Any]) -> None:
        several = self._layout.shape == "ratings in columns"
        told = {
            name: cell
            for name, cell in zip(self._layout.fields, row, strict=True)
            if name is not None and not (several and name == "level")
        }
        base, problems = self._base(line, told)
        if problems:
            for problem in problems:
                self._refuse(line, problem)
        elif self._layout.shape == "skills in columns":
            for name in filter(skills_only(self._skills), told):
                self._take(replace(base, skill=name), told[name], name)
        elif not several:
            level = told.get("level", "")
            self._long(base, told, told.get("state", "") if level == "" else level)
        else:
            self._several(base, told, row)

    def _base(self, line: int, told: Mapping[str, Any]) -> tuple[Reading, list[Problem]]:
        """Read what a row says of all its ratings: who, by whom and when."""
        problems: list[Problem] = []
        person, code = _words(told.get("person", "")), _words(told.get("code", ""))
        if {"person", "code"} & set(told) and not person and not code:
            problems.append(
                Problem("person", "nothing", "whom it is about", "write it in each row")
            )
        rater: str | Problem = "self"
        if told.get("rater", "") != "":
            rater = rater_of(told["rater"])
        day: dt.date | Problem | None = None
        if told.get("date", "") != "":
            day = self._day(told["date"])
        problems += [each for each in (rater, day) if isinstance(each, Problem)]
        if problems or isinstance(rater, Problem) or isinstance(day, Problem):
            return Reading(line, "", "", ""), problems
        return Reading(line, "", "", "", person, code, rater, None, day), problems

    def _day(self, cell: Any) -> dt.date | Problem:
        if isinstance(cell, dt.datetime):
            cell = cell.date()
        return read_day(cell.isoformat() if isinstance(cell, dt.date) else str(cell), self._as_of)

    def _long(self, base: Reading, told: Mapping[str, Any], level: Any) -> None:
        texts: dict[str, Any] = {name: _words(told.get(name, "")) for name in _TEXTS}
        skill = self._skill(
            base.line, told["skill"], silent=level == "" and not any(texts.values())
        )
        if skill is not None:
            self._take(replace(base, skill=skill, **texts), level, "level")

    def _several(self, base: Reading, told: Mapping[str, Any], row: list[Any]) -> None:
        places = [place for place, name in enumerate(self._layout.fields) if name == "level"]
        cells = [row[place] for place in places]
        skill = self._skill(base.line, told["skill"], silent=all(cell == "" for cell in cells))
        if skill is None:
            return
        for place, cell in zip(places, cells, strict=True):
            name = self._layout.names[place]
            self._take(self._column(replace(base, skill=skill), name), cell, name)

    def _column(self, base: Reading, name: str) -> Reading:
        """Add what the header of a column of ratings says: a rater, a day, or a name."""
        kind = RATERS.get(plain_name(name))
        if kind is not None:
            return replace(base, rater=kind)
        try:
            day = dt.date.fromisoformat(name.strip())
        except ValueError:
            return replace(base, person=name.strip())
        return replace(base, round=day, day=day)

    def _skill(self, line: int, cell: Any, *, silent: bool) -> str | None:
        """Find the skill of a row; a heading without any level is passed over and told."""
        text = _words(cell)
        found = self._skills.find(text)
        if found == IGNORE:
            return None
        if found is None and silent:
            self._headings.append(f"{text[:40]!r} in line {line}")
        elif found is None:
            if text:
                self._out.skills[text] = self._out.skills.get(text, 0) + 1
            self._refuse(line, self._skills.problem(text))
        return found

    def _take(self, base: Reading, cell: Any, where: str) -> None:
        value = self._levels.read(cell, base.rater)
        late = base.round is not None and base.round > self._as_of
        if late:
            found, expected = f"the column of {base.round}", f"a day up to {self._as_of}"
            value = Problem("date", found, expected)
        if isinstance(value, Problem):
            if value.rule == "level":
                text = _words(cell)
                self._out.levels[text] = self._out.levels.get(text, 0) + 1
            place = where if where == value.where else f"{where} > {value.where}"
            self._refuse(base.line, replace(value, where=place))
            return
        self._empty += value is None
        self._zeros += value == 0
        told: int | str = "UNRATED" if value is None else value
        self._out.readings.append(replace(base, value=told, found=_words(cell)))

    def _told(self) -> Iterator[str]:
        if self._empty:
            one = "1 cell is" if self._empty == 1 else f"{self._empty:,} cells are"
            yield f"{one} empty: not rated, which is not level 0."
        if self._zeros:
            one = "1 cell says" if self._zeros == 1 else f"{self._zeros:,} cells say"
            yield f"{one} 0, taken as the level; if it means not rated there, say 0 is UNRATED."
        if self._headings:
            more = len(self._headings) - _TOLD
            tail = f" and {more} more" if more > 0 else ""
            told = ", ".join(self._headings[:_TOLD])
            yield f"Rows without a level that name no skill: {told}{tail}."


def _words(cell: Any) -> str:
    """Give a cell as words: a workbook holds every number as one with decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).strip()


def compared(readings: list[Reading]) -> tuple[list[Reading], list[Problem], list[Problem]]:
    """
    Sort readings into those to take, contradictions and those that say something twice.

    Returns
    -------
    tuple of (list of Reading, list of Problem, list of Problem)
        Of ratings that contradict each other none is taken.
    """
    groups: dict[Any, list[Reading]] = {}
    for each in readings:
        groups.setdefault((each.whose, each.skill), []).append(each)
    taken, clashes, twice = [], [], []
    for each in readings:
        group = groups[each.whose, each.skill]
        first = group[0]
        rival = next((other for other in group if other.value != each.value), None)
        whose = f" of {each.person or each.code}" if each.person or each.code else ""
        if rival is not None:
            found = f"{each.value} for {each.skill}{whose}"
            remedy = f"line {rival.line} says {rival.value}: keep the one that is right"
            clashes.append(
                Problem("level", found, "one level for one skill", remedy, line=each.line)
            )
        elif first is each:
            taken.append(_with_texts(each, group))
        else:
            found, place = (
                f"{each.value} for {each.skill}{whose}",
                f"line {first.line} says the same",
            )
            twice.append(Problem("the row", found, "each rating once", place, line=each.line))
    return taken, clashes, twice


def _with_texts(first: Reading, group: list[Reading]) -> Reading:
    """Keep what was written beside the same rating in other rows."""
    texts: dict[str, Any] = {
        name: "\n".join(dict.fromkeys(t for each in group if (t := getattr(each, name))))
        for name in _TEXTS
    }
    return replace(first, **texts)
