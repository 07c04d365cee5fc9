"""What people call columns, skills and levels: recognised, or said why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skillmatrix.assessment.readings_file import plain_name
from skillmatrix.assessment.states import STATES
from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.model import Framework

#: Fields of a foreign table, and what their columns may be called.
CALLED: dict[str, tuple[str, ...]] = {
    "person": ("person", "name", "employee", "full name", "who", "team member", "colleague"),
    "code": ("code", "person code", "employee id", "employee code", "staff id"),
    "rater": ("rater", "rated by", "rater kind", "assessor", "reviewer"),
    "skill": ("skill", "skill id", "skill code", "competency", "competence", "capability"),
    "level": ("level", "rating", "score", "grade", "proficiency", "current level", "self rating"),
    "state": ("state", "status"),
    "date": ("date", "day", "rated on", "assessed on", "as of"),
    "note": ("note", "notes", "comment", "comments", "remark", "remarks"),
    "evidence": ("evidence", "proof", "example", "examples"),
    "artefact": ("artefact", "artifact", "link", "url"),
}
#: Columns that are passed over because another one says the same.
BESIDE = ("skill title", "skill name", "area", "level name", "id")
IGNORE = "ignore"
FIELD = {name: key for key, names in CALLED.items() for name in names}

RATERS = {
    **{kind: kind for kind in ("self", "mentor", "manager", "peer")},
    **dict.fromkeys(("self rating", "self assessment", "me", "own"), "self"),
    **dict.fromkeys(("lead", "team lead", "line manager", "boss"), "manager"),
}
_SHOWN = 60
_SUGGESTIONS = 200
_LEVEL = re.compile(r"(?:level|l|lvl|stage)?\s*([+-]?\d{1,4})(?:[.,]0+)?", re.ASCII)
_BOTH = re.compile(r"(?:level|l|lvl)?\s*(\d{1,4})\s*(?:[-:.)=\u2013\u2014]\s*|\s)(\D.*)", re.ASCII)
_HALF = re.compile(r"[+-]?\d+[.,]\d+", re.ASCII)
_UNCLEAR = ("n/a", "na", "-", "--", "?", "x", "none given", "tbd", "\u2013", "\u2014")


@dataclass(frozen=True)
class Choices:
    """
    What somebody says about a table that it does not say itself.

    Parameters
    ----------
    columns : mapping of str to str
        Header to field (one of `CALLED`), to the id of a skill, or to ``ignore``.
    levels : mapping of str to (int or str)
        Word of the file to a level or a state.
    skills : mapping of str to str
        Word of the file to the id of a skill, or to ``ignore``.
    sheet : str, optional
        Which sheet of a workbook.
    person : str
        Whom the ratings are about where the file does not say; where it does, the one person
        to take.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int | str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    person: str = ""


class Skills:
    """Finds skills by id, code or title, and by what somebody said they are called."""

    def __init__(self, framework: Framework, told: Mapping[str, str]) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._known = framework.skills
        for name, skill in framework.skills.items():
            for word in (name, skill.code, skill.title):
                if word:
                    self._names.setdefault(plain_name(word), name)
            if skill.code:
                self._codes[skill.code.casefold()] = name
        self._told = {plain_name(word): name for word, name in told.items()}
        self._suggested: dict[str, str] = {}

    def find(self, text: str) -> str | None:
        """Give the id of a skill, `IGNORE`, or None where the text names none."""
        word = plain_name(text)
        found = self._told.get(word) or self._names.get(word)
        if found is None and word:
            head, _, tail = text.strip().partition(" ")
            code = self._codes.get(head.strip(":.-()").casefold())
            rest = plain_name(tail.strip(" :.-\u2013\u2014"))
            if code is not None and self._names.get(rest) in (code, None):
                found = code if not rest or self._names.get(rest) == code else None
        return found

    def problem(self, text: str) -> Problem:
        """Say that a text names no skill, and which one may be meant."""
        word = plain_name(text)[:_SHOWN]
        if word not in self._suggested and len(self._suggested) < _SUGGESTIONS:
            close = suggest(word, self._names)
            told = next((name for name in self._names if f"{name!r}" in close), None)
            near = self._names[told] if told and close.startswith("did") else None
            self._suggested[word] = f"did you mean {near!r}?" if near else ""
        remedy = self._suggested.get(word) or f"say which skill {text.strip()[:30]!r} is"
        found = f"{text.strip()[:_SHOWN]!r}"
        return Problem("skill", found, "the id, code or title of a skill", remedy, rule="skill")


class Levels:
    """Reads levels and states as people write them."""

    def __init__(self, framework: Framework, told: Mapping[str, int | str]) -> None:
        self._levels = {step.level.value: step.name for step in framework.scale}
        self._names = {name.casefold(): value for value, name in self._levels.items() if name}
        self._told = {str(word).strip().casefold(): value for word, value in told.items()}
        self._states: dict[str, str] = {}
        for word, state in STATES.items():
            for name in (word, word.replace("_", " "), state.title):
                self._states[name.casefold()] = word
        self._states["not rated"] = "UNRATED"

    def read(self, cell: object, rater: str = "self") -> int | str | Problem | None:
        """
        Read one cell: a level, a state word, None for an empty one, or what is wrong.

        Notes
        -----
        An empty cell is never the lowest level.
        """
        if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
            kind = "yes or no" if isinstance(cell, bool) else "a date or a time"
            remedy = "format the column as numbers and write the level again"
            return Problem("level", f"{kind} ({cell})", self._expected(), remedy)
        if isinstance(cell, float):
            cell = f"{cell:.0f}" if cell.is_integer() else f"{cell:g}"
        text = str(cell).strip()
        word = " ".join(text.casefold().split())
        found = self._told.get(word)
        if not text and found is None:
            return None
        found = self._value(word) if found is None else found
        if isinstance(found, str) and found in STATES:
            return self._allowed(found, rater)
        if isinstance(found, int) and found in self._levels:
            return found
        return self._problem(text, word, found)

    def _value(self, word: str) -> int | str | None:
        if word in self._states:
            return self._states[word]
        if word in self._names:
            return self._names[word]
        if match := _LEVEL.fullmatch(word):
            return int(match[1])
        if (match := _BOTH.fullmatch(word)) and self._names.get(match[2].strip(" )")) == int(
            match[1]
        ):
            return int(match[1])
        return None

    def _allowed(self, state: str, rater: str) -> str | Problem:
        allowed = STATES[state].raters
        if rater in allowed:
            return state
        expected = f"{state} only from: {', '.join(allowed)}"
        return Problem("level", f"{state} from a rater of kind {rater!r}", expected)

    def _problem(self, text: str, word: str, found: int | str | None) -> Problem:
        remedy, rule = f"say which level {text[:30]!r} is", "level"
        if isinstance(found, int):
            remedy = "another scale is not converted by itself: say which level each number is"
        elif _HALF.fullmatch(word):
            remedy = "levels have no halves; choose the highest level that holds"
        elif word in _UNCLEAR:
            remedy = "leave the cell empty for not rated, or write NOT_APPLICABLE"
        elif word[:1] in {"=", "@"}:
            remedy, rule = "formulas are not worked out: write the level", ""
        return Problem("level", f"{text[:_SHOWN]!r}", self._expected(), remedy, rule=rule)

    def _expected(self) -> str:
        low, high = min(self._levels), max(self._levels)
        named = next((name for name in reversed(self._levels.values()) if name), "")
        return f"a level from {low} to {high}" + (f", its name such as {named!r}" if named else "")


def rater_of(cell: Any) -> str | Problem:
    """Read the kind of a rater."""
    text = str(cell).strip()
    kind = RATERS.get(plain_name(text))
    if kind is None:
        expected = "self, mentor, manager or peer"
        return Problem("rater", f"{text[:_SHOWN]!r}", expected, "write the kind, not the name")
    return kind
