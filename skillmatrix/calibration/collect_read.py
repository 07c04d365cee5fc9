"""Read one file of a session: what it holds for a session, or why it is refused."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Literal

from skillmatrix.assessment.files import (
    MAX_BYTES,
    assessment_from,
    content_hash,
    lock,
)
from skillmatrix.assessment.model import FORMAT, Assessment
from skillmatrix.assessment.packet import FORMAT as PACKET
from skillmatrix.assessment.packet import packet_from
from skillmatrix.assessment.parse import parse
from skillmatrix.assessment.share import counts, share
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework.model import Framework

#: For whom a packet has to be made, and what is let through of any other file.
AUDIENCE: Literal["calibration"] = "calibration"
#: Problems that are listed of one file; the rest is counted.
MOST_PROBLEMS = 12
#: Parts that hold words of a person: a message names the place and never what stands there.
_WORDS = ("notes", "evidence", "case", "plan", "record", "person > name", "aim > reasons")
_UNSEEN = "something that is not shown here"
#: Digits that stand for a name: so few that thousands of names share them.
_TELLS = 4


@dataclass(frozen=True)
class Given:
    """A file as it was handed in.

    Parameters
    ----------
    name : str
    text : str
    """

    name: str
    text: str


@dataclass(frozen=True)
class Note:
    """Something about files that hinders nothing and should be known.

    Parameters
    ----------
    kind : {"copy", "narrowed", "kept", "rates-and-is-rated", "alike", "old"}
    words : str
    files : tuple of str
    person : str
        Code, where it is about one.
    """

    kind: Literal["copy", "narrowed", "kept", "rates-and-is-rated", "alike", "old"]
    words: str
    files: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class Taken:
    """
    What one file gives to a session.

    Attributes
    ----------
    name : str
        Of the file.
    assessment : Assessment
        Only what a session may see: no name of a person, no note that was not written for a
        panel.
    sha256 : str
        Of that: the same for the packet and the file of one lock.
    lock : str or None
        The hash of the lock in the file, before anything was left out; None of a draft.
    packet : bool
    named : str
        A few digits made of the name in the file; empty without one. They tell two names apart
        and are too few to try names on.
    notes : tuple of Note
    """

    name: str
    assessment: Assessment
    sha256: str
    lock: str | None
    packet: bool
    named: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def person(self) -> str:
        """Code of the person rated."""
        return self.assessment.person.code

    @property
    def rater(self) -> str:
        """Code of the rater; ``self`` for the own view."""
        return rater_of(self.assessment)

    @property
    def cell(self) -> str:
        """Person and rater, as one key."""
        return f"{self.person} {self.rater}"


def rater_of(assessment: Assessment) -> str:
    """Give the code of who rated; ``self`` for the own view."""
    rater = assessment.rater
    return SELF if rater.kind == "self" else rater.code or rater.kind


def read_given(
    given: Given, framework: Framework | None = None, *, allow_drafts: bool = False
) -> Taken:
    """
    Read a file of a session.

    Parameters
    ----------
    given : Given
        A packet made for calibration, or a locked assessment of any rater.
    framework : Framework, optional
        Where it is none that is known.
    allow_drafts : bool
        Whether an assessment that is not locked is taken too.

    Returns
    -------
    Taken

    Raises
    ------
    AssessmentError
        With every problem; what a person wrote is not repeated in it.

    Examples
    --------
    >>> try:
    ...     read_given(Given("a.json", '{"format": "skillmatrix.assessment", "status": "draft"}'))
    ... except AssessmentError as error:
    ...     print(error.problems[0].found, "-", error.problems[0].remedy)
    a draft - its author locks it and hands it in again; a draft is nobody else's to read
    """
    name = given.name
    try:
        read, packet = _read(given, framework, allow_drafts=allow_drafts)
        if wrong := _rater_problems(read):
            raise AssessmentError(name, wrong)
    except AssessmentError as error:
        raise AssessmentError(name, _told(error.problems, name)) from None
    kept = share(read, AUDIENCE)
    if read.locked_at is not None:
        kept = lock(kept, read.locked_at)
    named = "" if packet else _digest(read.person.name)
    notes = () if packet else _narrowed(read, kept, name)
    sha256 = kept.sha256 or content_hash(kept)
    return Taken(name, kept, sha256, read.sha256, packet, named, notes)


def _read(
    given: Given, framework: Framework | None, *, allow_drafts: bool
) -> tuple[Assessment, bool]:
    """Read the assessment of a file, and say whether it came in a packet."""
    if len(given.text) > MAX_BYTES:
        found, expected = f"{len(given.text) / 1e6:.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB"
        raise AssessmentError(given.name, [Problem("the file", found, expected)])
    data = parse(given.text.removeprefix("\ufeff"), given.name)
    if wrong := _kind_problems(data, allow_drafts=allow_drafts):
        raise AssessmentError(given.name, wrong)
    if data["format"] == PACKET:
        return packet_from(data, given.name, framework).assessment, True
    return assessment_from(data, given.name, framework), False


def _kind_problems(data: dict[str, Any], *, allow_drafts: bool) -> list[Problem]:
    """Find what keeps a file from being looked into at all."""
    kind = data.get("format")
    if kind == PACKET:
        said = data.get("manifest")
        reader = said.get("audience") if isinstance(said, dict) else None
        remedy = "it holds more than a session may see: ask its author for one for calibration"
        mentor = Problem("manifest > audience", "a packet for a mentor", repr(AUDIENCE), remedy)
        return [mentor] if reader == "mentor" else []
    if kind != FORMAT:
        found = f"{kind!r}"[:80] if isinstance(kind, str) else "nothing of the kind"
        expected = f"{PACKET!r} made for calibration, or {FORMAT!r} that is locked"
        return [Problem("format", found, expected, "is it a file of this session?")]
    if data.get("status", "draft") == "draft" and not allow_drafts:
        remedy = "its author locks it and hands it in again; a draft is nobody else's to read"
        return [Problem("status", "a draft", "'locked'", remedy)]
    return []


def _rater_problems(read: Assessment) -> list[Problem]:
    """Find what keeps a rater from being told from others."""
    rater, person = read.rater, read.person.code
    if rater.kind == "self":
        return []
    if rater.code is None:
        remedy = "ask the rater for a file with a code: any short one, the same in all files"
        return [Problem("rater > code", "nothing", "a code, to tell raters apart", remedy)]
    if rater.code.casefold() == person.casefold():
        remedy = "an own view has the kind 'self'; a rater has a code of his own"
        found = f"the code of the person rated, from a {rater.kind}"
        return [Problem("rater > code", found, "the code of somebody else", remedy)]
    if rater.code.casefold() == SELF:
        return [Problem("rater > code", f"{rater.code!r}", "another code; this one is taken")]
    return []


def _told(problems: tuple[Problem, ...], name: str) -> list[Problem]:
    """Name the file with each problem, repeat nobody's words, and stop somewhere."""
    told = [
        replace(problem, file=name, found=_UNSEEN if _is_words(problem) else problem.found)
        for problem in problems[:MOST_PROBLEMS]
    ]
    if rest := len(problems) - len(told):
        more = Problem("the file", f"{rest} more problems", "a file as it was written", file=name)
        told.append(more)
    return told


def _is_words(problem: Problem) -> bool:
    where = problem.where.removeprefix("assessment > ")
    return problem.found != "nothing" and where.startswith(_WORDS)


def _digest(words: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return hashlib.sha256(plain.encode()).hexdigest()[:_TELLS] if plain else ""


def _narrowed(read: Assessment, kept: Assessment, name: str) -> tuple[Note, ...]:
    """Say what of a file that is no packet stays outside a session."""
    had, has = counts(read), counts(kept)
    gone = [f"{n - has[kind]} of {kind}" for kind, n in had.items() if n > has[kind]]
    if read.rater.kind != "self" and gone in ([], ["1 of name"]):
        return ()
    rest = f", without {', '.join(gone)}" if gone else ""
    words = f"read as a packet for calibration would be{rest}"
    return (Note("narrowed", words, (name,), read.person.code),)
