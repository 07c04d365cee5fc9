"""What a file holds, before any of it is stored."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from skillmatrix.assessment import Assessment, assessment_from
from skillmatrix.assessment.parse import parse
from skillmatrix.errors import AssessmentError, DataError, Problem
from skillmatrix.exchange import csv_file, xlsx_own
from skillmatrix.exchange.foreign import assessments_of
from skillmatrix.exchange.grid import Grid, csv_grid, sheet_grid
from skillmatrix.exchange.layout import Layout, layout, unread
from skillmatrix.exchange.rows import Reading, RowReader, compared
from skillmatrix.exchange.sections import content
from skillmatrix.exchange.words import Choices, Levels, Skills
from skillmatrix.exchange.xlsx_read import Book, is_xlsx, read_book
from skillmatrix.framework import Framework, load_framework

Kind = Literal["assessment", "table", "nothing"]
MOST_BYTES = 20_000_000
_SAMPLE = 5


@dataclass(frozen=True)
class Preview:
    """
    What was understood of a file, and everything that was not.

    Attributes
    ----------
    kind : {"assessment", "table", "nothing"}
        A file of our own, taken whole or not at all; a table of somebody else's, of which
        each row counts for itself; or a file in which nothing could be found.
    assessments : tuple of Assessment
        One for each person and rater, ready to be kept. A person has a code that says
        nothing; whoever keeps it may give another.
    understood : tuple of Reading
        The ratings of a table, in the order of the file, with the line of each.
    refused : tuple of Problem
        Every row or cell that is no rating, with line, found, expected and remedy.
    duplicates : tuple of Problem
        Rows that say once more what an earlier one says.
    columns : mapping of str to (str or None)
        Header to field or skill id; None for one that is not read.
    unread : tuple of str
        Columns that nothing was made of.
    unknown_skills, unknown_levels : mapping of str to int
        Words nobody knows, with how often they stand there.
    sheet : str
        The sheet that was read; `sheets` has all of them.
    shape, delimiter : str
        How the table is laid out, and what parts its cells.
    head : tuple of tuple of str
        The header and the first rows below it.
    notes : tuple of str
        What else is worth knowing, in sentences.
    """

    kind: Kind = "nothing"
    assessments: tuple[Assessment, ...] = ()
    understood: tuple[Reading, ...] = ()
    refused: tuple[Problem, ...] = ()
    duplicates: tuple[Problem, ...] = ()
    columns: Mapping[str, str | None] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    unknown_skills: Mapping[str, int] = field(default_factory=dict)
    unknown_levels: Mapping[str, int] = field(default_factory=dict)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    shape: str = ""
    delimiter: str = ""
    head: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rated(self) -> int:
        """How many ratings say something: a level, or a word that somebody chose."""
        return sum(
            rating.value != "UNRATED"
            for each in self.assessments
            for rating in each.ratings.values()
        )


@dataclass(frozen=True)
class _About:
    """With what a table is read."""

    ladder: Framework
    choices: Choices
    as_of: dt.date
    source: str


def preview(
    file: str | os.PathLike[str] | bytes,
    framework: Framework | None = None,
    choices: Choices | None = None,
    *,
    as_of: dt.date | None = None,
    source: str = "",
) -> Preview:
    r"""
    Say what a file holds: JSON, CSV or XLSX, our own or a table of ratings.

    Parameters
    ----------
    file : path-like or bytes
        The file, or what is in it.
    framework : Framework, optional
        Whose skills and levels a table speaks of. A file of our own names its ladder.
    choices : Choices, optional
        What the table does not say itself, or says in other words.
    as_of : datetime.date, optional
        No rating is later than this day; today when not given.
    source : str
        What messages call the file; the name of the file when not given.

    Returns
    -------
    Preview
        Never raises for what stands in the file: `Preview.refused` says it.

    Raises
    ------
    FrameworkError, UsageError
        If the framework has problems, or there is none of that name.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> found = preview(b"skill;level\nMLOps;Expert\nPython;4\nSQL;3\n", fw)
    >>> [(each.skill, each.value) for each in found.understood]
    [('python', 4)]
    >>> [(problem.line, problem.where, problem.found) for problem in found.refused]
    [(2, 'level', "'Expert'"), (4, 'skill', "'SQL'")]
    """
    told, day = choices or Choices(), as_of or dt.date.today()
    name = source or (Path(file).name if not isinstance(file, bytes) else "the file")
    try:
        data = file if isinstance(file, bytes) else _bytes(Path(file), name)
        if is_xlsx(data):
            return _workbook(data, framework, told, day, name)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return _own(parse(_text(data, name), name), framework, name)
        text = _own_text(data, name)
        if text is not None:
            return _own(content(csv_file.csv_entries(text, name)), framework, name)
        about = _About(framework or load_framework(), told, day, name)
        return _table(csv_grid(data, name), about)
    except AssessmentError as error:
        return Preview(refused=error.problems)


def _bytes(path: Path, source: str) -> bytes:
    def wrong(found: str, expected: str) -> AssessmentError:
        return AssessmentError(source, [Problem("the file", found, expected)])

    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise wrong(f"{size / 1e6:.0f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise wrong("no such file", "a JSON, CSV or XLSX file") from None
    except IsADirectoryError:
        raise wrong("a folder", "a JSON, CSV or XLSX file") from None
    except OSError as error:
        raise wrong(error.strerror or "an unreadable file", "a readable file") from None


def _text(data: bytes, source: str) -> str:
    if len(data) > MOST_BYTES:
        found, most = f"{len(data) / 1e6:.0f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB"
        raise AssessmentError(source, [Problem("the file", found, most)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at position {error.start:,}"
        remedy = "save the file again as CSV UTF-8"
        problem = Problem("the file", found, "text in UTF-8", remedy)
        raise AssessmentError(source, [problem]) from None


def _own_text(data: bytes, source: str) -> str | None:
    """Give the text of a CSV file of our own; None for every other file."""
    head = data[:200].decode("utf-8-sig", "replace")
    if not csv_file.is_own(head):
        return None
    return _text(data, source)


def _own(
    data: dict[str, Any],
    framework: Framework | None,
    source: str,
    notes: tuple[str, ...] = (),
) -> Preview:
    """Read an assessment of our own, whole or not at all."""
    key = str(data.get("framework", "")).partition("@")[0]
    ladder = framework if framework is not None and framework.id == key else None
    made = assessment_from(data, source, ladder)
    readings = tuple(
        Reading(0, skill, rating.value, str(rating.value), made.person.name, made.person.code)
        for skill, rating in made.ratings.items()
    )
    return Preview("assessment", (made,), readings, notes=notes)


def _workbook(
    data: bytes, framework: Framework | None, told: Choices, day: dt.date, source: str
) -> Preview:
    book = read_book(data, source)
    if told.sheet is None and xlsx_own.is_own(book):
        found, notes = xlsx_own.book_entries(book, source)
        return _own(content(found), framework, source, tuple(notes))
    about = _About(framework or load_framework(), told, day, source)
    sheets = tuple(book.sheets)
    if told.sheet is not None and told.sheet not in sheets:
        found_name, expected = f"no sheet {told.sheet!r}", "one of " + ", ".join(map(repr, sheets))
        return Preview(refused=(Problem("sheet", found_name, expected),), sheets=sheets)
    tried = {
        name: _sheet(book, name, about)
        for name in ([told.sheet] if told.sheet is not None else sheets)
    }
    best = max(tried, key=lambda name: len(tried[name].understood))
    found_best = replace(tried[best], sheet=best, sheets=sheets)
    others = [name for name in sheets if name != best]
    if not others:
        return found_best
    names = ", ".join(repr(name[:40]) for name in others[:_SAMPLE])
    note = f"The sheet {best!r} is read; not read: {names}."
    return replace(found_best, notes=(note, *found_best.notes))


def _sheet(book: Book, name: str, about: _About) -> Preview:
    try:
        return _table(sheet_grid(book, name, about.source), about)
    except DataError as error:
        return Preview(refused=error.problems)


def _table(grid: Grid, about: _About) -> Preview:
    """Read a table of somebody else's, row by row."""
    ladder, told, day, source = about.ladder, about.choices, about.as_of, about.source
    skills, levels = Skills(ladder, told.skills), Levels(ladder, told.levels)
    try:
        found = layout(grid, skills, levels, told, source)
    except AssessmentError as error:
        head = _head(grid, 0)
        names = dict.fromkeys(head[0]) if head else {}
        unread_names = tuple(name for name in names if name)
        return Preview(
            refused=error.problems,
            columns=names,
            unread=unread_names,
            head=head,
            delimiter=grid.delimiter,
        )
    read = RowReader(found, skills, levels, day).read(grid)
    mine = _of_one(read.readings, told.person)
    if told.person and read.readings and not mine:
        known = ", ".join(sorted({repr(r.person or r.code) for r in read.readings})[:_SAMPLE])
        problem = Problem("person", f"no rows about {told.person!r}", f"one of {known}")
        read.refused.append(problem)
    taken, clashes, twice = compared(mine)
    made, wrong = assessments_of(taken, ladder, day, told.person)
    kept = {id(each) for _, group in made for each in group}
    refused = sorted([*read.refused, *clashes, *wrong], key=lambda p: p.line or 0)
    return Preview(
        "table",
        tuple(assessment for assessment, _ in made),
        tuple(each for each in taken if id(each) in kept),
        tuple(refused),
        tuple(twice),
        {name: what for name, what in zip(found.names, found.fields, strict=True) if name},
        tuple(unread(found)),
        read.skills,
        read.levels,
        shape=found.shape,
        delimiter=grid.delimiter,
        head=_head(grid, found.header),
        notes=(*found.notes, *grid.notes, *read.notes, *_not_read(found)),
    )


def _not_read(found: Layout) -> list[str]:
    names = unread(found)
    if not names:
        return []
    one, shown = len(names) == 1, ", ".join(repr(name[:40]) for name in names[:_SAMPLE])
    more = f" and {len(names) - _SAMPLE} more" if len(names) > _SAMPLE else ""
    return [f"The column{'' if one else 's'} {shown}{more} {'is' if one else 'are'} not read."]


def _of_one(readings: list[Reading], person: str) -> list[Reading]:
    """Keep the rows of one person, where the file says whom its rows are about."""
    if not person or not any(each.person or each.code for each in readings):
        return readings
    word = " ".join(person.casefold().split())
    return [each for each in readings if word in (each.person.casefold(), each.code.casefold())]


def _head(grid: Grid, header: int) -> tuple[tuple[str, ...], ...]:
    rows = grid.rows[header : header + 1 + _SAMPLE]
    return tuple(tuple(str(cell)[:80] for cell in cells) for _, cells in rows)
