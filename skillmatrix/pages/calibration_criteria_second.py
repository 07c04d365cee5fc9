"""The second blind rating: sealed one rater after the other, shown when all have sealed.

What is sealed here leaves the kernel only through the decision log, when it is revealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from skillmatrix.pages.meeting import CalibrationRoom, Change, NewEntry
from skillmatrix.pages.session import Arguments, Command, Commands, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import asked, rating_again

#: Kind of the events that hold a second rating until it is revealed.
SECOND = "second"

#: Entries and changes that a command comes to.
Made = tuple[list[NewEntry], list[Change]]
Given = int | Literal["NOT_OBSERVED"]


class Sheet(Arguments):
    """What one rater gives people under a criterion, by person and skill."""

    criterion: str
    rater: str
    levels: dict[str, dict[str, Given]] = Field(min_length=1, max_length=1000)


class OneRater(Arguments):
    """One rater, and people under a criterion."""

    criterion: str
    rater: str
    people: list[str] = Field(min_length=1, max_length=1000)


class Reveal(Arguments):
    """Show the second ratings of people; ``early``: although somebody has not sealed."""

    criterion: str
    people: list[str] = Field(min_length=1, max_length=1000)
    early: bool = False


@dataclass(frozen=True)
class Held:
    """What a rater has given so far, and whether it is sealed."""

    levels: Mapping[str, Given]
    sealed: bool


class SecondRatings:
    """Commands of the second rating."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "second_sheet": (OneRater, self.sheet),
            "second_keep": (Sheet, self.keep),
            "second_seal": (Sheet, self.seal),
            "second_reopen": (OneRater, self.reopen),
            "second_reveal": (Reveal, self.reveal),
        }

    def state(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """Say who has sealed and who has begun, by criterion and person; never a level."""
        shown = self._shown(self._room.calibration())
        found: dict[str, dict[str, dict[str, list[str]]]] = {}
        for (criterion, person, rater), held in self._held().items():
            if (criterion, person) in shown or not (held.sealed or held.levels):
                continue
            told = found.setdefault(criterion, {}).setdefault(person, {"sealed": [], "begun": []})
            told["sealed" if held.sealed else "begun"].append(rater)
        return found

    def _held(self) -> dict[tuple[str, str, str], Held]:
        found: dict[tuple[str, str, str], Held] = self._room.cached(SECOND, self._read)
        return found

    def _read(self) -> dict[tuple[str, str, str], Held]:
        found = {}
        for event in self._room.events(SECOND):
            if event.payload is not None:
                criterion, person, rater = event.subject.split("/")
                told = event.payload
                found[criterion, person, rater] = Held(told["levels"], told["sealed"])
        return found

    def _shown(self, session: Calibration) -> set[tuple[str, str]]:
        return {(criterion, person) for criterion, _, person in session.standing.second}

    # --- commands --------------------------------------------------------------

    def sheet(self, command: Command, told: OneRater) -> dict[str, Any]:
        """Give what a rater has begun and not sealed, and whom he has sealed."""
        session = self._checked(told.criterion, told.people)
        self._check_rater(session, told.rater, told.people)
        drafts, sealed = {}, []
        for person in dict.fromkeys(told.people):
            held = self._held().get((told.criterion, person, told.rater))
            if held and held.sealed:
                sealed.append(person)
            elif held and held.levels:
                drafts[person] = dict(held.levels)
        shown = self._shown(session)
        first = {
            person: {
                skill: assessment.rating(skill).value
                for skill in asked(session.profile, told.criterion)
            }
            for person in dict.fromkeys(told.people)
            for assessment in session.others(person)
            if assessment.rater.code == told.rater
        }
        return {
            "second_sheet": {
                "criterion": told.criterion,
                "rater": told.rater,
                "drafts": drafts,
                "first": first,
                "sealed": sealed,
                "shown": [p for p in told.people if (told.criterion, p) in shown],
            }
        }

    def keep(self, command: Command, told: Sheet) -> dict[str, Any]:
        """Keep what is not sealed yet; a reload and a killed kernel do not lose it."""
        return self._store(command, told, sealed=False)

    def seal(self, command: Command, told: Sheet) -> dict[str, Any]:
        """Seal what a rater gives; nobody sees it before the reveal."""
        return self._store(command, told, sealed=True)

    def _store(self, command: Command, told: Sheet, *, sealed: bool) -> dict[str, Any]:
        def change() -> Made:
            if again(self._room, command):
                return [], []
            session = self._checked(told.criterion, told.levels)
            self._check_rater(session, told.rater, told.levels)
            skills = asked(session.profile, told.criterion)
            for person, levels in told.levels.items():
                refuse_unknown(levels, skills, f"levels > {person}")
                for skill, value in levels.items():
                    _check_level(session, value, f"levels > {person} > {skill}")
                self._check_open(session, told.criterion, person, told.rater)
            return [], [
                self._change(told, person, {"levels": levels, "sealed": sealed})
                for person, levels in told.levels.items()
            ]

        return self._room.enter_all(command, change)

    def reopen(self, command: Command, told: OneRater) -> dict[str, Any]:
        """Take a seal off before the reveal: the rater begins anew, nothing is shown."""

        def change() -> Made:
            if again(self._room, command):
                return [], []
            session = self._checked(told.criterion, told.people)
            self._check_rater(session, told.rater, told.people)
            for person in told.people:
                held = self._held().get((told.criterion, person, told.rater))
                if not held or not held.sealed:
                    raise refuse("people", f"{person}, not sealed", "what this rater has sealed")
                self._check_hidden(session, told.criterion, person)
            blank: dict[str, Any] = {"levels": {}, "sealed": False}
            return [], [self._change(told, p, blank) for p in dict.fromkeys(told.people)]

        return self._room.enter_all(command, change)

    def reveal(self, command: Command, told: Reveal) -> dict[str, Any]:
        """Write the sealed ratings into the log, where everybody sees them."""
        return self._room.enter_all(command, lambda: (self._revealed(command, told), []))

    def _revealed(self, command: Command, told: Reveal) -> list[NewEntry]:
        """Give every rating that is sealed at this moment, or refuse."""
        if again(self._room, command):
            return []
        session = self._checked(told.criterion, told.people)
        held = self._held()
        entries: list[NewEntry] = []
        for person in dict.fromkeys(told.people):
            self._check_hidden(session, told.criterion, person)
            sealed = {
                rater: each.levels
                for (criterion, who, rater), each in held.items()
                if criterion == told.criterion and who == person and each.sealed
            }
            missing = [r for r in rating_again(session, person) if r not in sealed]
            if not sealed or (missing and not told.early):
                raise refuse(
                    "people",
                    f"{person}: {len(sealed)} sealed, not yet {', '.join(missing) or 'anybody'}",
                    "everybody who is present to have sealed",
                    "wait for them, or show what there is",
                )
            content = {"criterion": told.criterion, "person": person}
            entries += [
                ("second", {**content, "rater": rater, "levels": dict(levels)})
                for rater, levels in sorted(sealed.items())
            ]
        return entries

    # --- checks ----------------------------------------------------------------

    def _change(self, told: Sheet | OneRater, person: str, payload: dict[str, Any]) -> Change:
        return SECOND, f"{told.criterion}/{person}/{told.rater}", payload, person

    def _checked(self, criterion: str, people: Iterable[str]) -> Calibration:
        session = self._room.calibration()
        refuse_unknown(people, people_under(session, criterion), "people")
        return session

    def _check_rater(self, session: Calibration, rater: str, people: Iterable[str]) -> None:
        for person in people:
            refuse_unknown([rater], rating_again(session, person), "rater")

    def _check_hidden(self, session: Calibration, criterion: str, person: str) -> None:
        if (criterion, person) in self._shown(session):
            raise refuse(
                "people",
                f"{person}, whose second ratings are shown",
                "somebody whose are not",
                "what is decided from here on is a decision of the panel",
            )

    def _check_open(self, session: Calibration, criterion: str, person: str, rater: str) -> None:
        self._check_hidden(session, criterion, person)
        held = self._held().get((criterion, person, rater))
        if held and held.sealed:
            raise refuse(
                "levels",
                f"{person}, sealed already",
                "what is not sealed",
                "take the seal off first",
            )


def again(room: CalibrationRoom, command: Command) -> bool:
    """Say whether a command was carried out before, so that it is not refused the second time."""
    return any(event.id == command.id for event in room.events())


def refuse_unknown(given: Iterable[str], known: Iterable[str], where: str) -> None:
    """Refuse what is not there, all of it at once."""
    there = list(known)
    strange = [each for each in given if each not in there]
    if strange:
        found = ", ".join(repr(each)[:80] for each in strange[:5])
        raise refuse(where, found, "one of " + ", ".join(there[:40]) if there else "nobody")


def _check_level(session: Calibration, value: Given, where: str) -> None:
    if isinstance(value, int) and not is_level(session, value):
        levels = ", ".join(str(level.value) for level in session.framework.levels)
        raise refuse(where, repr(value), f"one of {levels}, or NOT_OBSERVED")


def people_under(session: Calibration, criterion: str) -> list[str]:
    """Give who is talked about under a criterion; refused while it is not open."""
    opened = session.standing.opened.get(criterion)
    if opened is None:
        raise refuse("criterion", repr(criterion), "a criterion that is open", "open it first")
    here = set(session.people)
    return [person for person in opened.people if person in here]


def is_level(session: Calibration, value: object) -> bool:
    """Say whether something is a level of the scale."""
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return any(level.value == value for level in session.framework.levels)
