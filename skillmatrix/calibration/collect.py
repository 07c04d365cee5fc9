"""Collect the ratings of a session from files: what is taken, what is refused and why.

The command gives paths, a page gives texts; the result is the same, whatever the order of the
files, and whether they come at once or one after the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from skillmatrix.assessment import Assessment
from skillmatrix.assessment.fields import UNRATED
from skillmatrix.assessment.files import file_text
from skillmatrix.calibration.collect_read import Given, Note, Taken, rater_of, read_given
from skillmatrix.calibration.collect_settle import (
    SAME,
    Clash,
    Option,
    Settled,
    majority,
    settle,
    state_counts,
)
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import AssessmentError, FrameworkError, Problem
from skillmatrix.framework.ladders import find_place
from skillmatrix.framework.load import load_framework
from skillmatrix.framework.model import Framework

__all__ = [
    "ENOUGH_RATERS",
    "PATTERNS",
    "SAME",
    "Clash",
    "Collected",
    "Covered",
    "Given",
    "Missing",
    "Note",
    "Option",
    "Taken",
    "collect",
    "files_in",
    "rater_of",
    "read_given",
]

PATTERNS = ("*.assessment.json", "*.packet.json")
#: Raters beside the own view from which a person can be seen apart.
ENOUGH_RATERS = 2

File = TypeVar("File", bound="Path | Given")


@dataclass(frozen=True)
class Covered:
    """
    Who rated whom, and how much.

    Attributes
    ----------
    person, rater, kind : str
        Codes and kind of rater; the rater of an own view is ``self``.
    file, sha256 : str
    lock : str or None
        The hash of the lock in the file; None of a draft.
    status : {"draft", "locked"}
    locked_at : datetime or None
    n_levels : int
        Skills with a level.
    states : mapping of str to int
        Skills without, by the word for why.
    missing : tuple of str
        Skills that nothing is said of.
    """

    person: str
    rater: str
    kind: str
    file: str
    sha256: str
    lock: str | None
    status: str
    locked_at: dt.datetime | None
    n_levels: int
    states: Mapping[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """
    What a session lacks.

    Attributes
    ----------
    kind : {"own-view", "raters", "rater"}
        A person without an own view, with fewer than two other raters, or without the file of
        a rater who was named.
    person, rater : str
    n_raters : int
        Other raters of the person who are there.
    """

    kind: Literal["own-view", "raters", "rater"]
    person: str
    rater: str
    n_raters: int


@dataclass(frozen=True)
class Collected:
    """
    What files hold.

    Attributes
    ----------
    read : tuple of Taken
        All files that could be read, also those that are not taken.
    refused : tuple of tuple of Problem
        Of those that could not, file by file.
    given_framework : Framework or None
        The one they were read with, where it was named.
    keep : mapping of str to str
        Decisions on clashes.
    allow_drafts : bool
    """

    read: tuple[Taken, ...]
    refused: tuple[tuple[Problem, ...], ...]
    given_framework: Framework | None
    keep: Mapping[str, str]
    allow_drafts: bool

    @cached_property
    def framework(self) -> Framework | None:
        """The framework that most files speak of."""
        if self.given_framework is not None or not self.read:
            return self.given_framework
        return load_framework(find_place(majority(self.read).partition("@")[0]))

    @cached_property
    def settled(self) -> Settled:
        """The files set beside each other."""
        return settle(self.read, _practice(self.framework), self.keep)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Those that can be set beside each other: one framework, one of each rater and person."""
        return tuple(each.assessment for each in self.settled.taken)

    @property
    def files(self) -> tuple[str, ...]:
        """Where each assessment comes from."""
        return tuple(each.name for each in self.settled.taken)

    @property
    def practice(self) -> tuple[Assessment, ...]:
        """Ratings of practice profiles, kept apart."""
        return tuple(each.assessment for each in self.settled.practice)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every file that is left out for good, with the reason."""
        found = [problem for many in self.refused for problem in many]
        return (*found, *self.settled.problems)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Files that wait for a decision; none of a clash is taken."""
        return self.settled.clashes

    @property
    def notes(self) -> tuple[Note, ...]:
        """What hinders nothing and should be known."""
        return self.settled.notes

    @cached_property
    def coverage(self) -> tuple[Covered, ...]:
        """Say who rated whom and how much, a row an assessment."""
        return self._covered(self.settled.taken)

    @cached_property
    def practice_coverage(self) -> tuple[Covered, ...]:
        """Say who rated which practice profile."""
        return self._covered(self.settled.practice)

    def _covered(self, taken: Iterable[Taken]) -> tuple[Covered, ...]:
        skills = () if self.framework is None else tuple(self.framework.skills)
        rows = []
        for each in taken:
            said = each.assessment
            states = state_counts(each, skills)
            missing = tuple(s for s in skills if said.rating(s) == UNRATED)
            row = Covered(
                each.person,
                each.rater,
                said.rater.kind,
                each.name,
                each.sha256,
                each.lock,
                said.status,
                said.locked_at,
                len(skills) - sum(states.values()),
                states,
                missing,
            )
            rows.append(row)
        return tuple(rows)

    @property
    def matrix(self) -> dict[str, tuple[str, ...]]:
        """List the raters of each person; ``self`` for the own view, which comes first."""
        found: dict[str, list[str]] = {}
        for each in self.settled.taken:
            found.setdefault(each.person, []).append(each.rater)
        return {p: tuple(sorted(many, key=lambda r: (r != SELF, r))) for p, many in found.items()}

    def missing(self, named: Mapping[str, Iterable[str]] | None = None) -> tuple[Missing, ...]:
        """
        Say what the session lacks, person by person.

        Parameters
        ----------
        named : mapping of str to iterable of str, optional
            Raters who were asked, by person.
        """
        matrix = self.matrix
        asked = {person: list(raters) for person, raters in (named or {}).items()}
        found = []
        for person in dict.fromkeys([*matrix, *asked]):
            there = matrix.get(person, ())
            others = len([rater for rater in there if rater != SELF])
            if SELF not in there:
                found.append(Missing("own-view", person, SELF, others))
            absent = [rater for rater in asked.get(person, ()) if rater not in there]
            found += [Missing("rater", person, rater, others) for rater in absent]
            if others < ENOUGH_RATERS:
                found.append(Missing("raters", person, "", others))
        return tuple(found)

    def with_more(
        self,
        files: Sequence[File],
        *,
        progress: Callable[[Sequence[File]], Iterable[File]] = lambda files: files,
    ) -> Collected:
        """Add files that came later; the result is that of all of them at once."""
        read = {(each.name, each.sha256, each.packet): each for each in self.read}
        refused = dict.fromkeys(self.refused)
        for file in progress(files):
            try:
                each = _taken(file, self.given_framework, allow_drafts=self.allow_drafts)
            except AssessmentError as error:
                refused[error.problems] = None
            else:
                read[each.name, each.sha256, each.packet] = each
        by_file = sorted(refused, key=lambda problems: (problems[0].file, str(problems)))
        return replace(self, read=tuple(read[k] for k in sorted(read)), refused=tuple(by_file))

    def decided(self, keep: Mapping[str, str]) -> Collected:
        """Give the same files with decisions on clashes: by cell, the hash of what holds."""
        return replace(self, keep=dict(keep))


def _practice(framework: Framework | None) -> tuple[str, ...]:
    """Give the codes of the practice profiles; a ladder whose files of them are broken has none."""
    try:
        return () if framework is None else tuple(framework.practice_profiles)
    except FrameworkError:
        return ()


def files_in(paths: Iterable[Path]) -> list[Path]:
    """List files of a session: those named, and those in folders named, each once."""
    found = [
        file
        for path in paths
        for file in (
            sorted(file for pattern in PATTERNS for file in path.rglob(pattern))
            if path.is_dir()
            else [path]
        )
    ]
    return list({file.resolve(): file for file in found}.values())


def collect(
    files: Sequence[File],
    framework: Framework | None = None,
    *,
    keep: Mapping[str, str] | None = None,
    allow_drafts: bool = False,
    progress: Callable[[Sequence[File]], Iterable[File]] = lambda files: files,
) -> Collected:
    """
    Read the files of a session.

    Parameters
    ----------
    files : sequence of Path or Given
        Packets made for calibration, and locked assessments of any rater.
    framework : Framework, optional
        Where it is none that is known.
    keep : mapping of str to str, optional
        Decisions: by the cell of a clash, the hash of the file that holds (its first digits
        are enough), or `SAME` where several names of a code are one person.
    allow_drafts : bool
        Whether assessments that are not locked are taken too.
    progress : callable
        Goes through the files, showing how far it has come.

    Returns
    -------
    Collected
        The same content counts once, whatever its files are called. Of different files of one
        rater for one person none is taken before somebody has decided. Files of another
        framework than most are left out.

    Examples
    --------
    >>> found = collect([Given("a.assessment.json", "{}"), Given("b.packet.json", "")])
    >>> [f"{p.file}: {p.where} {p.found}" for p in found.problems]
    ['a.assessment.json: format nothing of the kind', 'b.packet.json: the file nothing']
    """
    nothing = Collected((), (), framework, dict(keep or {}), allow_drafts)
    return nothing.with_more(files, progress=progress)


def _taken(file: Path | Given, framework: Framework | None, *, allow_drafts: bool) -> Taken:
    if isinstance(file, Given):
        return read_given(file, framework, allow_drafts=allow_drafts)
    name = str(file)
    try:
        text = file_text(file, "a file of a session")
    except AssessmentError as error:
        raise AssessmentError(name, [replace(p, file=name) for p in error.problems]) from None
    return read_given(Given(name, text), framework, allow_drafts=allow_drafts)
