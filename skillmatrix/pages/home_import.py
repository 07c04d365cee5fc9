"""Bringing in a table of ratings: what it holds is shown before anything is kept."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol

from pydantic import Field

from skillmatrix.assessment import STATES, Assessment
from skillmatrix.errors import Problem
from skillmatrix.exchange import Choices, Preview, preview
from skillmatrix.framework import Framework
from skillmatrix.pages import bring_in
from skillmatrix.pages.ladders import named_framework
from skillmatrix.pages.session import Arguments, Command, RefusedError, refuse
from skillmatrix.store import AssessmentHead, Store

#: Bytes of a file; an upload is a third longer on its way.
MOST_BYTES = 9_000_000
SHOWN_ROWS = 200
MOST_TOLD = 2_000
_MOST_WORDS = 60
_Words = Annotated[dict[str, str], Field(max_length=2_000)]


class Table(Arguments):
    """A file, with what somebody says about it."""

    filename: str = Field(max_length=1_000)
    data: str
    framework: str | None = None
    columns: _Words = Field(default_factory=dict)
    levels: dict[str, int | str] = Field(default_factory=dict, max_length=2_000)
    skills: _Words = Field(default_factory=dict)
    sheet: str | None = None
    person: str = Field(default="", max_length=300)


class Place(Protocol):
    """What bringing in needs of the page it belongs to."""

    @property
    def store(self) -> Store:
        """The open workspace."""

    def arrived(self, heads: Sequence[AssessmentHead]) -> dict[str, Any]:
        """Answer with what has just been made."""


class Importing:
    """Commands that bring in a table: look at it, keep it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.commands: dict[str, tuple[type[Arguments], Callable[..., dict[str, Any]]]] = {
            "import_preview": (Table, self.preview),
            "import_table": (Table, self.keep),
        }

    def preview(self, command: Command, table: Table) -> dict[str, Any]:
        """Say what a file holds; nothing of it is kept."""
        found, framework = _read(table)
        return {"preview": preview_view(found, framework)}

    def keep(self, command: Command, table: Table) -> dict[str, Any]:
        """Keep what was understood, an assessment for each person and day."""
        found, _ = _read(table)
        problems = bring_in.unfit(found.assessments)
        if not found.assessments:
            nothing = Problem("the file", "no rating", "at least one", file=table.filename)
            problems = list(found.refused[:MOST_TOLD]) or [nothing]
        if problems:
            raise RefusedError(*problems)
        heads = bring_in.keep(self._place.store, found.assessments, command.id)
        return {**self._place.arrived(heads), "imported": found.rated, "made": len(heads)}


def _read(table: Table) -> tuple[Preview, Framework]:
    try:
        data = base64.b64decode(table.data, validate=True)
    except (binascii.Error, ValueError):
        raise refuse("data", "text that is not base64", "a file") from None
    if len(data) > MOST_BYTES:
        found, most = f"{len(data) / 1e6:.1f} MB", f"at most {MOST_BYTES / 1e6:.0f} MB"
        remedy = "use skillmatrix import, or delete sheets that are not needed"
        raise refuse(table.filename, found, most, remedy)
    framework = named_framework(table.framework)
    choices = Choices(table.columns, table.levels, table.skills, table.sheet, table.person.strip())
    today = dt.date.today()
    return preview(data, framework, choices, as_of=today, source=table.filename), framework


def preview_view(found: Preview, framework: Framework) -> dict[str, Any]:
    """Give a preview as the page shows it; long lists are cut and their length told."""
    skills = framework.skills
    rows = [
        {
            "line": each.line,
            "person": each.person or each.code,
            "skill": skills[each.skill].title,
            "value": each.value if isinstance(each.value, int) else STATES[each.value].title,
            "name": framework.level_name(each.value) if isinstance(each.value, int) else "",
            "found": each.found,
        }
        for each in found.understood[:SHOWN_ROWS]
        if each.skill in skills
    ]
    return {
        "kind": found.kind,
        "shape": found.shape,
        "rated": found.rated,
        "understood": len(found.understood),
        "rows": rows,
        "assessments": [_line(each, framework) for each in found.assessments],
        "refused": [problem.as_dict() for problem in found.refused[:MOST_TOLD]],
        "duplicates": [problem.as_dict() for problem in found.duplicates[:MOST_TOLD]],
        "unfit": [p.as_dict() for p in bring_in.unfit(found.assessments)],
        "columns": [{"name": name, "field": what} for name, what in found.columns.items()],
        "unread": list(found.unread[:_MOST_WORDS]),
        "unknown_skills": _counts(found.unknown_skills),
        "unknown_levels": _counts(found.unknown_levels),
        "sheet": found.sheet,
        "sheets": list(found.sheets),
        "head": [list(row) for row in found.head],
        "notes": list(found.notes),
        "skills": [{"id": s.id, "code": s.code, "title": s.title} for s in skills.values()],
        "levels": [
            {"level": step.level.value, "name": step.name} for step in reversed(framework.scale)
        ],
        "states": [
            {"id": state.id, "title": state.title}
            for state in STATES.values()
            if "self" in state.raters
        ],
    }


def _counts(words: Any) -> list[dict[str, Any]]:
    common = sorted(words.items(), key=lambda item: -item[1])[:_MOST_WORDS]
    return [{"word": word, "count": count} for word, count in common]


def _line(assessment: Assessment, framework: Framework) -> dict[str, Any]:
    ratings = assessment.ratings.values()
    return {
        "person": assessment.person.name,
        "rater": assessment.rater.kind,
        "as_of": assessment.as_of.isoformat(),
        "rated": sum(rating.value != "UNRATED" for rating in ratings),
        "total": len(framework.skills),
        "framework": assessment.framework,
    }
