"""What a promotion case is made of: clauses with their evidence, words and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from skillmatrix.framework.case_terms import CaseTerms
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile
from skillmatrix.scoring.exhibits import Exhibit
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.reading_time import Length, against, length

FlagKind = Literal[
    "unanswered", "no-evidence", "own-word", "short-span", "aged", "removed", "not-counting"
]


@dataclass(frozen=True)
class Flag:
    """Something a reader would ask about; it never stops anybody."""

    kind: FlagKind
    text: str


@dataclass(frozen=True)
class Member:
    """One skill of a breadth rule: whether it is at the level asked for."""

    skill: str
    title: str
    state: State
    observed: str
    note: str = ""


@dataclass(frozen=True)
class Written:
    """What the person wrote in one place, and what she cites there.

    Attributes
    ----------
    id : str
        Of the clause; ``opening`` and ``closing`` for the two free paragraphs.
    cited : tuple of str
        Titles of the items cited, as far as they are still there.
    removed : tuple of str
        Ids of items cited that are no longer there.
    """

    id: str
    title: str
    text: str
    length: Length
    cited: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether something is written here."""
        return bool(self.text.strip())


@dataclass(frozen=True)
class Clause(Written):
    """
    One part of a criterion as a clause of the argument.

    Attributes
    ----------
    title : str
        The requirement in words.
    kind : {"gate", "floor", "bar", "breadth", "evidence"}
    state, observed, why, change
        As the verdict gives them.
    level : Level or None
        That it asks for; None for evidence.
    skills, types : tuple of str
        What it is about: skills by id, kinds of evidence by id.
    looked_for : tuple of str
        What a reader looks for, in the words of the ladder. Never put into the text.
    members : tuple of Member
        Of a breadth rule.
    same_as : str or None
        The clause of an earlier criterion that asks the same, and that answers this one too.
    exhibits : tuple of Exhibit
    flags : tuple of Flag
    """

    criterion: str = ""
    kind: str = ""
    state: State = "OPEN"
    observed: str = ""
    why: str = ""
    change: str = ""
    level: Level | None = None
    skills: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    looked_for: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    same_as: str | None = None
    exhibits: tuple[Exhibit, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """All clauses of one criterion, in the order of the verdict."""

    id: str
    code: str
    title: str
    question: str
    state: State
    clauses: tuple[Clause, ...]
    flags: tuple[Flag, ...]

    @property
    def asked(self) -> int:
        """Clauses that ask for a paragraph of their own."""
        return sum(clause.same_as is None for clause in self.clauses)

    @property
    def answered(self) -> int:
        """Those of them that have one."""
        return sum(clause.answered for clause in self.clauses if clause.same_as is None)


@dataclass(frozen=True)
class Case:
    """
    What `case` found; see there.

    Attributes
    ----------
    opening, closing : Written
    criteria : mapping of str to Chapter
        In the order of the profile.
    other : tuple of Written
        Paragraphs for clauses this aim does not have: kept, and no part of the reading time.
    length : Length
        Of everything that is read.
    reading : str
        Reading time against the time it may take, in words.
    longest : tuple of Written
        Where it takes too long: the three longest places.
    """

    profile: Profile
    terms: CaseTerms
    opening: Written
    closing: Written
    criteria: Mapping[str, Chapter]
    other: tuple[Written, ...]

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause by id."""
        found: dict[str, Clause] = {}
        for chapter in self.criteria.values():
            for clause in chapter.clauses:
                found.setdefault(clause.id, clause)
        return found

    @property
    def places(self) -> tuple[Written, ...]:
        """Everything that is read, in its order."""
        return (self.opening, *self.clauses.values(), self.closing)

    @property
    def asked(self) -> int:
        """Clauses that ask for a paragraph of their own."""
        return sum(chapter.asked for chapter in self.criteria.values())

    @property
    def answered(self) -> int:
        """Those of them that have one."""
        return sum(chapter.answered for chapter in self.criteria.values())

    @cached_property
    def length(self) -> Length:
        """Words, characters and minutes of everything that is read."""
        return length(*(place.text for place in self.places), terms=self.terms)

    @property
    def reading(self) -> str:
        """Reading time against the time it may take."""
        return against(self.length, self.terms)

    @property
    def longest(self) -> tuple[Written, ...]:
        """The places to shorten first, where it takes too long to read."""
        if self.length.minutes <= self.terms.minutes:
            return ()
        written = [place for place in self.places if place.answered]
        return tuple(sorted(written, key=lambda p: -p.length.minutes)[:3])
