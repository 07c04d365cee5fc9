"""Errors that say where, what was found, what was expected and what to do.

The tree::

    SkillMatrixError
    ├── DataError            a file has problems (all of them, at once)
    │   ├── FrameworkError   a framework folder
    │   └── AssessmentError  an assessment file
    ├── MismatchError        two things that do not belong together
    ├── StoreError           the workspace cannot be read or written
    │   └── UnstorableError  what it was given can never be stored
    └── UsageError           a name or an option that does not exist
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and how to mend it.

    Parameters
    ----------
    where : str
        Path inside the file, for example ``skills[mlops] > levels[2]``.
    found : str
        What stands there.
    expected : str
        What should stand there.
    remedy : str
        What to do. Empty when `expected` already says it.
    file : str
        The file. Empty when it is said in the heading.
    line : int or None
        Line in the file, from 1.
    rule : str
        Short name of the broken rule, for tests and for filtering.
    """

    where: str
    found: str
    expected: str
    remedy: str = ""
    file: str = ""
    line: int | None = None
    rule: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        head = f"{place}  {self.where}" if place else self.where
        tail = f"; {self.remedy}" if self.remedy else ""
        return f"{head}\n    found {self.found}; expected {self.expected}{tail}"

    def as_dict(self) -> dict[str, object]:
        """Give the same facts as plain values, for ``--json`` and for pages."""
        return {
            "file": self.file,
            "line": self.line,
            "where": self.where,
            "found": self.found,
            "expected": self.expected,
            "remedy": self.remedy,
            "rule": self.rule,
        }


class SkillMatrixError(Exception):
    """Base of every error this library raises on purpose."""


class DataError(SkillMatrixError):
    """A file has problems; ``problems`` lists every one of them."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(source, self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{self.source} has {count} problem{'' if count == 1 else 's'}"
        return "\n".join([head, *("  " + str(p).replace("\n", "\n  ") for p in self.problems)])


class FrameworkError(DataError):
    """A framework folder breaks its rules."""


class AssessmentError(DataError):
    """An assessment file cannot be used as it is."""


class MismatchError(SkillMatrixError):
    """Two things that do not belong together, such as two versions of a framework."""


class StoreError(SkillMatrixError):
    """The workspace cannot be read or written; nothing was changed."""


class UnstorableError(StoreError):
    """What was to be stored can never be: trying again changes nothing."""


class UsageError(SkillMatrixError):
    """A name or an option that does not exist."""


def suggest(word: object, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or list the known words."""
    names = sorted(known)
    close = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known are " + ", ".join(names) if names else "none is known"
