"""From the ratings of a foreign table to assessments: one for each person and rater."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from skillmatrix.assessment import Assessment, assessment_from
from skillmatrix.assessment.fields import LongText
from skillmatrix.assessment.model import FORMAT, FORMAT_VERSION, Evidence, Person
from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.exchange.rows import Reading
from skillmatrix.framework.ladders import default_profile
from skillmatrix.framework.model import Framework

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_LONGEST_TITLE = 300
_NOTE: TypeAdapter[str] = TypeAdapter(LongText)

Made = list[tuple[Assessment, list[Reading]]]


def assessments_of(
    readings: Iterable[Reading], framework: Framework, as_of: dt.date, person: str
) -> tuple[Made, list[Problem]]:
    """
    Make an assessment of the ratings of each person and rater.

    Parameters
    ----------
    readings : iterable of Reading
        Without contradictions.
    framework : Framework
    as_of : datetime.date
        The day of an assessment whose table says none; else it is the latest day of its rows.
    person : str
        Name of the person where the table says none.

    Returns
    -------
    tuple of (list of (Assessment, list of Reading), list of Problem)
        The aim is the role one begins with. Evidence of a table is E0: what it shows is for
        its owner to say.
    """
    groups: dict[Any, list[Reading]] = {}
    problems: list[Problem] = []
    for each in readings:
        wrong = _unfit(each)
        problems += wrong
        if not wrong:
            groups.setdefault(each.whose, []).append(each)
    people = list(dict.fromkeys(whose[0] for whose in groups))
    made: Made = []
    for (who, rater, _), group in groups.items():
        first = group[0]
        code = first.code if _CODE.fullmatch(first.code) else f"p{people.index(who) + 1}"
        day = max((each.day for each in group if each.day), default=as_of)
        data = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "framework": framework.key,
            "person": {"code": code, "name": first.person or person},
            "rater": {"kind": rater},
            "aim": {"profile": default_profile(framework)},
            "as_of": day.isoformat(),
            "ratings": {each.skill: each.value for each in group},
            "notes": {e.skill: {"text": text} for e in group if (text := _note(e))},
            "evidence": [item for each in group if (item := _item(each))],
        }
        try:
            made.append((assessment_from(data, "the file", framework), group))
        except AssessmentError as error:
            line = first.line
            problems += [replace(problem, line=problem.line or line) for problem in error.problems]
    return made, problems


def _item(reading: Reading) -> dict[str, Any] | None:
    """Give the evidence of a row; without a day there is none, and its words go to the note."""
    if reading.day is None or not (reading.evidence or reading.artefact):
        return None
    title = " ".join((reading.evidence or reading.artefact).split())
    return {
        "id": f"line-{reading.line}-{reading.skill}"[:64],
        "title": title[:_LONGEST_TITLE],
        "date": reading.day.isoformat(),
        "strength": "E0",
        "description": reading.evidence,
        "artefact": reading.artefact,
        "skills": [reading.skill],
    }


def _note(reading: Reading) -> str:
    parts = [reading.note]
    if reading.day is None:
        parts += [f"{name}: {text}" for name, text in _words(reading) if text]
    return "\n".join(part for part in parts if part)


def _words(reading: Reading) -> tuple[tuple[str, str], ...]:
    return ("Evidence", reading.evidence), ("Link", reading.artefact)


def _unfit(reading: Reading) -> list[Problem]:
    """Find what a row says that no assessment can hold."""
    problems = []
    checks: list[tuple[str, Any]] = [("note", lambda: _NOTE.validate_python(_note(reading)))]
    checks.append(("person", lambda: Person.model_validate({"code": "p1", "name": reading.person})))
    item = _item(reading)
    if item is not None:
        checks.append(("evidence", lambda: Evidence.model_validate(item)))
    for where, check in checks:
        try:
            check()
        except ValidationError as error:
            found = problem_of(error.errors(include_url=False)[0])
            place = f"{where} > {found.where}".removesuffix(" > ")
            problems.append(replace(found, where=place, line=reading.line))
    return problems
