"""Set the files of a session beside each other: copies, ladders, and what a person must decide."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from skillmatrix.assessment.fields import UNRATED
from skillmatrix.calibration.collect_read import Note, Taken
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import Problem

#: The decision that several names of a code are one person.
SAME = "same"
#: A decision on names that says which one, by the digits made of it: ``name 1a2b3c``.
BY_NAME = "name "
#: Days between two files from which one may be of an earlier round: a quarter, our judgement.
OLD_DAYS = 92


@dataclass(frozen=True)
class Option:
    """One of the files that cannot all hold.

    Parameters
    ----------
    sha256 : str
        What a decision names.
    files : tuple of str
    locked_at : datetime or None
    n_levels : int
    profile : str
        The role aimed at.
    """

    sha256: str
    files: tuple[str, ...]
    locked_at: dt.datetime | None
    n_levels: int
    profile: str


@dataclass(frozen=True)
class Clash:
    """
    Files of which somebody must say which one holds; until then none is taken.

    Attributes
    ----------
    cell : str
        Person and rater; the person alone where it is about names.
    kind : {"rater", "own-view", "names"}
        Two files of a rater for a person, two own views of a person, or one code under several
        names.
    person, rater : str
    rater_kind : str
    options : tuple of Option
        Earliest lock first.
    n_differ : int
        Skills on which they do not all say the same.
    """

    cell: str
    kind: Literal["rater", "own-view", "names"]
    person: str
    rater: str
    rater_kind: str
    options: tuple[Option, ...]
    n_differ: int

    @property
    def files(self) -> tuple[str, ...]:
        """All files concerned."""
        return tuple(name for option in self.options for name in option.files)

    def __str__(self) -> str:
        many = len(self.options)
        if self.kind == "names" and not self.options[1:]:
            return f"the code {self.person!r} stands for another name than the one chosen before"
        if self.kind == "names":
            return f"the code {self.person!r} stands for {many} different names"
        who = "themselves" if self.kind == "own-view" else f"{self.rater_kind} {self.rater}"
        aims = {option.profile for option in self.options}
        aimed = (
            f", aiming at {' and '.join(sorted(aims))}" if aims - {self.options[0].profile} else ""
        )
        skills = f"{self.n_differ} skill{'' if self.n_differ == 1 else 's'}"
        return f"{self.person!r} rated by {who} in {many} files that differ on {skills}{aimed}"


@dataclass(frozen=True)
class Settled:
    """
    Files set beside each other.

    Attributes
    ----------
    taken, practice : tuple of Taken
    problems : tuple of Problem
    clashes : tuple of Clash
    notes : tuple of Note
    framework : str
        ``id@version`` of what is taken; empty where nothing is.
    """

    taken: tuple[Taken, ...]
    practice: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    clashes: tuple[Clash, ...]
    notes: tuple[Note, ...]
    framework: str


def majority(read: Iterable[Taken]) -> str:
    """Name the framework that most files speak of; the newest version where as many do."""
    files: dict[str, set[str]] = defaultdict(set)
    for each in read:
        files[each.assessment.framework].add(each.sha256)

    def weight(key: str) -> tuple[int, list[int], str]:
        version = [int(part) for part in key.rpartition("@")[2].split(".")]
        return len(files[key]), version, key

    return max(files, key=weight, default="")


def settle(
    read: Iterable[Taken], practice: Iterable[str] = (), keep: Mapping[str, str] | None = None
) -> Settled:
    """
    Set files beside each other, whatever their order.

    Parameters
    ----------
    read : iterable of Taken
    practice : iterable of str
        Codes of the practice profiles, whose ratings are kept apart.
    keep : mapping of str to str, optional
        By the cell of a clash: the hash of the option that holds, or `SAME` where several
        names are one person. Of names also `BY_NAME` with the digits of the one that holds: that
        stands also when a file of it is taken out.
    """
    keep, invented = keep or {}, set(practice)
    ordered = sorted(read, key=lambda each: (each.person, each.rater, each.sha256, each.name))
    once, copies, notes = _once(ordered)
    key = majority(once)
    problems = [
        Problem(
            "framework",
            each.assessment.framework,
            f"{key}, as in most files",
            "ask for a round on it, or collect the other files alone",
            file=name,
        )
        for each in once
        if each.assessment.framework != key
        for name in copies[each.sha256]
    ]
    beside = [each for each in once if each.assessment.framework == key]
    clashes: list[Clash] = []
    real = [each for each in beside if each.person not in invented]
    left = [each for each in beside if each.person in invented]
    problems += [
        Problem(
            "person > code",
            f"{each.person!r}, a practice profile, rated by itself",
            "a rater with a code",
            "rate it as a mentor, a manager or a peer",
            file=each.name,
        )
        for each in left
        if each.rater == SELF
    ]
    left = [each for each in left if each.rater != SELF]
    real = _by_names(real, copies, keep, clashes, notes)
    real = _by_cell(real, copies, keep, clashes, notes)
    left = _by_cell(left, copies, keep, clashes, notes)
    notes += [note for each in real + left for note in each.notes]
    notes += [*_both(real), *_alike(real), *_old(real)]
    return Settled(tuple(real), tuple(left), tuple(problems), tuple(clashes), tuple(notes), key)


def _once(ordered: Sequence[Taken]) -> tuple[list[Taken], dict[str, tuple[str, ...]], list[Note]]:
    """Count the same content once, whatever it is called; a packet before what it was made of."""
    same: dict[str, list[Taken]] = defaultdict(list)
    for each in ordered:
        same[each.sha256].append(each)
    once, notes = [], []
    for many in same.values():
        first = next((each for each in many if each.packet), many[0])
        named = next((each.named for each in many if each.named), "")
        once.append(replace(first, named=named))
        names = tuple(dict.fromkeys(each.name for each in many))
        if names[1:]:
            words = "the same content in several files: it counts once"
            notes.append(Note("copy", words, names, first.person))
    copies = {key: tuple(dict.fromkeys(e.name for e in many)) for key, many in same.items()}
    return once, copies, notes


def _by_names(
    files: list[Taken],
    copies: Mapping[str, tuple[str, ...]],
    keep: Mapping[str, str],
    clashes: list[Clash],
    notes: list[Note],
) -> list[Taken]:
    """Part a code that stands for several names."""
    people: dict[str, list[Taken]] = defaultdict(list)
    for each in files:
        people[each.person].append(each)
    found: list[Taken] = []
    for person, many in people.items():
        names = sorted({each.named for each in many} - {""})
        chosen = keep.get(person, "")
        named = chosen.removeprefix(BY_NAME) if chosen.startswith(BY_NAME) else None
        gone = named is not None and bool(names) and named not in names
        if chosen == SAME or not (names[1:] or gone):
            found += many
            continue
        options = []
        for name in names:
            of_name = [each for each in many if each.named == name]
            all_files = tuple(n for each in of_name for n in copies[each.sha256])
            options.append(_option(min(each.sha256 for each in of_name), of_name[0], all_files))
        clash = Clash(person, "names", person, "", "", tuple(options), 0)
        holds = {each.named for each in many if each.named and each.sha256.startswith(chosen)}
        if named is not None:
            holds = {named} & set(names)
        if len(holds) == 1:
            found += [each for each in many if each.named in {"", *holds}]
            notes.append(_decided(clash, options[names.index(next(iter(holds)))]))
        else:
            clashes.append(clash)
    return found


def _by_cell(
    files: list[Taken],
    copies: Mapping[str, tuple[str, ...]],
    keep: Mapping[str, str],
    clashes: list[Clash],
    notes: list[Note],
) -> list[Taken]:
    """Part different files of one rater for one person."""
    cells: dict[str, list[Taken]] = defaultdict(list)
    for each in files:
        cells[each.cell].append(each)
    found: list[Taken] = []
    for cell, many in cells.items():
        if not many[1:]:
            found += many
            continue
        clash = _clash(cell, many, copies)
        chosen = keep.get(cell, "")
        holds = [option for option in clash.options if option.sha256.startswith(chosen)]
        if len(holds) == 1:
            found += [each for each in many if each.sha256 == holds[0].sha256]
            notes.append(_decided(clash, holds[0]))
        else:
            clashes.append(clash)
    return found


def _clash(cell: str, many: list[Taken], copies: Mapping[str, tuple[str, ...]]) -> Clash:
    options = [_option(each.sha256, each, copies[each.sha256]) for each in many]
    options.sort(key=lambda option: (str(option.locked_at or "~"), option.sha256))
    skills = {skill for each in many for skill in each.assessment.ratings}
    differ = sum(len({each.assessment.rating(s).value for each in many}) > 1 for s in skills)
    first = many[0]
    kind: Literal["own-view", "rater"] = "own-view" if first.rater == SELF else "rater"
    kinds = " or ".join(sorted({each.assessment.rater.kind for each in many}))
    return Clash(cell, kind, first.person, first.rater, kinds, tuple(options), differ)


def _option(sha256: str, of: Taken, files: tuple[str, ...]) -> Option:
    said = of.assessment
    levels = sum(rating.level is not None for rating in said.ratings.values())
    return Option(sha256, files, said.locked_at, levels, said.aim.profile)


def _decided(clash: Clash, holds: Option) -> Note:
    rest = [name for option in clash.options if option != holds for name in option.files]
    words = f"{clash}; {holds.files[0]} holds, {', '.join(rest)} is left out"
    return Note("kept", words, clash.files, clash.person)


def _both(files: list[Taken]) -> list[Note]:
    people = {each.person for each in files}
    raters = sorted({each.rater for each in files} & people)
    words = "rates others and is rated: not in the room while the own ratings are talked about"
    return [Note("rates-and-is-rated", f"{code} {words}", (), code) for code in raters]


def _alike(files: list[Taken]) -> list[Note]:
    """Name codes that differ in capitals alone: two people to a program, one to whoever typed."""
    codes = {each.person for each in files} | {each.rater for each in files}
    spelt: dict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        spelt[code.casefold()].append(code)
    words = "differ in capitals alone: where they are one, ask for files with one code"
    return [
        Note("alike", f"the codes {' and '.join(many)} {words}")
        for many in spelt.values()
        if many[1:]
    ]


def _old(files: list[Taken]) -> list[Note]:
    """Name files that speak of an earlier time than the latest."""
    latest = max((each.assessment.as_of for each in files), default=dt.date.min)
    return [
        Note(
            "old",
            f"speaks of {each.assessment.as_of}, the latest file of {latest}: an earlier round?",
            (each.name,),
            each.person,
        )
        for each in files
        if (latest - each.assessment.as_of).days > OLD_DAYS
    ]


def state_counts(taken: Taken, skills: Iterable[str]) -> dict[str, int]:
    """Count the skills without a level, by the word for why there is none."""
    found: dict[str, int] = {}
    for skill in skills:
        rating = taken.assessment.ratings.get(skill, UNRATED)
        if rating.level is None:
            found[rating.state] = found.get(rating.state, 0) + 1
    return found
