"""Files with a head and a chained log: read whole, verified, added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.sessions.chain import Entry, add, hash_of, verify
from skillmatrix.sessions.contents import Content, check_content


class Chained(Content):
    """Base of what has a ``head``, and ``entries`` that hang on its hash."""

    head: Content
    entries: Annotated[tuple[Entry, ...], Field(max_length=100_000)] = ()

    @property
    def head_hash(self) -> str:
        """What the first entry hangs on."""
        return hash_of(self.head.model_dump(mode="json"))

    @property
    def kinds(self) -> Mapping[str, type[Content]]:
        """What entries may say, kind by kind."""
        raise NotImplementedError


Made = TypeVar("Made", bound=Chained)


def added(
    log: Made, kind: str, by: str, content: Mapping[str, Any], at: dt.datetime, *, name: str
) -> Made:
    """
    Add an entry; nothing that stands there is changed.

    Parameters
    ----------
    log : Chained
    kind, by : str
    content : mapping
    at : datetime.datetime
    name : str
        What the error message calls the log.

    Raises
    ------
    AssessmentError
        With everything that is wrong with it.
    """
    problems = check_content(kind, content, f"entries[{len(log.entries)}]", log.kinds)
    if problems:
        raise AssessmentError(name, problems)
    entries = add(log.entries, log.head_hash, at=at, kind=kind, by=by, content=dict(content))
    return log.model_copy(update={"entries": entries})


def chained_from(
    data: Mapping[str, Any],
    source: str,
    model: type[Made],
    *,
    format_: str,
    version: int,
    is_a: str,
) -> Made:
    """
    Make a chained log of plain content, and verify its chain.

    Parameters
    ----------
    data : mapping
        As read from JSON.
    source : str
        What the error message calls it.
    model : type
        The log to make.
    format_ : str
        What it has to call itself.
    version : int
        The newest version known.
    is_a : str
        What such a file is, in words.

    Raises
    ------
    AssessmentError
        With every problem; of a broken chain the first entry that is not as it was written.
    """
    said = data.get("format") if isinstance(data, Mapping) else None
    if said != format_:
        found = f"{said!r}"[:80] if said else "nothing"
        problem = Problem("format", found, f"{format_!r}", f"is this {is_a}?")
        raise AssessmentError(source, [problem])
    written = data.get("format_version")
    if isinstance(written, int) and written > version:
        remedy = "it was written by a newer skillmatrix: update this one"
        problem = Problem("format_version", f"{written}", f"at most {version}", remedy)
        raise AssessmentError(source, [problem])
    entries = data.get("entries", ())
    if not isinstance(entries, (list, tuple)):
        nothing = Problem("entries", "no list", "a list of entries")
        raise AssessmentError(source, [nothing])
    try:
        log = model.model_validate({**data, "entries": tuple(entries)})
    except ValidationError as error:
        problems = [problem_of(item) for item in error.errors(include_url=False)]
        raise AssessmentError(source, problems) from None
    problems = verify(log.entries, log.head_hash)
    for index, entry in enumerate(log.entries):
        if entry.content is not None:
            problems += check_content(entry.kind, entry.content, f"entries[{index}]", log.kinds)
    if problems:
        raise AssessmentError(source, problems)
    return log


def extended(log: Made, more: Sequence[Mapping[str, Any]], source: str) -> Made:
    """
    Add entries that stand somewhere already, and verify them alone.

    Parameters
    ----------
    log : Chained
        Verified.
    more : sequence of mapping
        Plain content of the entries that follow.
    source : str
        What the error message calls it.

    Raises
    ------
    AssessmentError
        With the first entry that is not as it was written, or what is wrong with its content.
    """
    entries = tuple(Entry.model_validate(dict(each)) for each in more)
    start = len(log.entries)
    before = log.entries[-1].hash if log.entries else log.head_hash
    problems = verify(entries, before, start)
    for index, entry in enumerate(entries, start):
        if entry.content is not None:
            problems += check_content(entry.kind, entry.content, f"entries[{index}]", log.kinds)
    if problems:
        raise AssessmentError(source, problems)
    return log.model_copy(update={"entries": (*log.entries, *entries)})


def chained_data(log: Chained) -> dict[str, Any]:
    """Give the plain content of a chained log, ready for JSON: what it is comes first."""
    data = log.model_dump(mode="json")
    first = ("format", "format_version", "head")
    return {**{key: data[key] for key in first}, "entries": data["entries"]}
