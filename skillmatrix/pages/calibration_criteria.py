"""Criterion by criterion: order, cards, the second blind rating, decisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from skillmatrix.pages.calibration_criteria_decide import Decisions
from skillmatrix.pages.calibration_criteria_second import (
    SecondRatings,
    again,
    people_under,
    refuse_unknown,
)
from skillmatrix.pages.meeting import CalibrationRoom, NewEntry
from skillmatrix.pages.session import Arguments, Command, Commands, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import Item, asked, card, items, managers, rating_again
from skillmatrix.panel.contents import REASONS
from skillmatrix.panel.order import later, order, speaking
from skillmatrix.panel.standing import Standing

#: Kind of the events that hold the minutes the session has for its cards.
BUDGET = "budget"
MINUTES, LONGEST = 240, 10


class OpenCriterion(Arguments):
    """Draw the order of people under a criterion, and show what was rated."""

    criterion: str
    also: list[str] = Field(default_factory=list, max_length=1000)


class OneCard(Arguments):
    """A person under a criterion."""

    criterion: str
    person: str


class Budget(Arguments):
    """How many minutes there are for all cards."""

    minutes: int = Field(ge=5, le=6000)


class StayOpen(Arguments):
    """People whom the session does not get to under a criterion."""

    criterion: str
    people: list[str] = Field(min_length=1, max_length=1000)
    why: str = Field(default="", max_length=5000)


class Deciding:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self._second = SecondRatings(room)
        self._decisions = Decisions(room)
        self.commands: Commands = {
            "open_criterion": (OpenCriterion, self.open_criterion),
            "criterion_card": (OneCard, self.card),
            "budget": (Budget, self.budget),
            "stay_open": (StayOpen, self.stay_open),
            **self._second.commands,
            **self._decisions.commands,
        }

    def state(self) -> dict[str, Any]:
        """Give the agenda, how far it has come, and what may be chosen."""
        session = self._room.calibration()
        every = self._items(session)
        minutes = self._minutes()
        agenda = [self._criterion(session, name, every[name]) for name in every]
        cards = sum(len(each["people"]) for each in agenda)
        return {
            "criteria": {
                "seed": self._seed,
                "agenda": agenda,
                "minutes": minutes,
                "cards": cards,
                "each": max(1, min(LONGEST, minutes // max(1, cards))),
                "reasons": list(REASONS),
                "sealing": self._second.state(),
            }
        }

    def _items(self, session: Calibration) -> dict[str, dict[str, Item]]:
        held: dict[str, Any] = self._room.kept("criteria", dict)
        about = session.assessments
        known = held.get("about")
        if known is None or not _same(known, about):
            held["about"], held["items"] = about, items(session)
        found: dict[str, dict[str, Item]] = held["items"]
        return found

    @property
    def _seed(self) -> int:
        return int(self._room.begun.get("seed", 0))

    def _minutes(self) -> int:
        told = [event.payload for event in self._room.events(BUDGET) if event.payload]
        return int(told[-1]["minutes"]) if told else MINUTES

    def _criterion(self, session: Calibration, name: str, every: dict[str, Item]) -> dict[str, Any]:
        """Say of a criterion who is on the agenda; once it is open, in which order."""
        opened = session.standing.opened.get(name)
        on = [item.person for item in every.values() if item.on]
        people = [p for p in opened.people if p in every] if opened else on
        skills = asked(session.profile, name)
        told: dict[str, Any] = {
            **_title(session, name),
            "skills": list(skills),
            "opened": opened is not None,
            "people": people,
            "late": [person for person in on if person not in people],
            "off": [p for p, item in every.items() if not item.on and p not in people],
        }
        if opened:
            now = session.standing
            shown = {person for criterion, _, person in now.second if criterion == name}
            told["items"] = {
                person: _progress(now, (person, name), skills, every[person], person in shown)
                for person in people
            }
        return told

    # --- commands --------------------------------------------------------------

    def open_criterion(self, command: Command, asked_: OpenCriterion) -> dict[str, Any]:
        """Draw the order; of a criterion that is open, put people at its end."""
        return self._room.enter_all(command, lambda: (self._opening(command, asked_), []))

    def _opening(self, command: Command, asked_: OpenCriterion) -> list[NewEntry]:
        if again(self._room, command):
            return []
        session = self._room.calibration()
        name = known_criterion(session, asked_.criterion)
        refuse_unknown(asked_.also, session.people, "also")
        every = self._items(session)
        place = list(every).index(name)
        wanted = {p for p, item in every[name].items() if item.on} | set(asked_.also)
        opened = session.standing.opened.get(name)
        if opened is None:
            people = order(self._seed, wanted, place, len(every))
        else:
            people = later(opened.seed, opened.people, wanted, place, len(every))
        if not people or (opened and people == opened.people):
            raise refuse("also", "nobody new", "somebody to talk about", "choose a person to add")
        seed = opened.seed if opened else self._seed
        return [("opened", {"criterion": name, "seed": seed, "people": list(people)})]

    def card(self, command: Command, asked_: OneCard) -> dict[str, Any]:
        """Give the card of a person; before the criterion is open only who rated."""
        session = self._room.calibration()
        name = known_criterion(session, asked_.criterion)
        person = asked_.person
        refuse_unknown([person], session.people, "person")
        opened = session.standing.opened.get(name)
        others = session.others(person)
        if opened is None or person not in opened.people:
            raters = [{"code": a.rater.code, "kind": a.rater.kind} for a in others]
            view = {"person": person, "criterion": name, "opened": False, "raters": raters}
            return {"criterion_card": view}
        present = rating_again(session, person)
        view = {
            **card(session, person, name),
            "opened": True,
            "speaking": list(speaking(present, managers(session, person))),
            "again": list(present),
            "seconds": session.standing.seconds.get((person, name), 0),
            "decisions": self._decisions.about(person, name),
        }
        return {"criterion_card": view}

    def budget(self, command: Command, asked_: Budget) -> dict[str, Any]:
        """Keep how many minutes there are."""
        return self._room.append(command, BUDGET, "", {"minutes": asked_.minutes})

    def stay_open(self, command: Command, asked_: StayOpen) -> dict[str, Any]:
        """Say that the session does not get to people; nothing is decided for them."""
        return self._room.enter_all(command, lambda: (self._staying(command, asked_), []))

    def _staying(self, command: Command, asked_: StayOpen) -> list[NewEntry]:
        if again(self._room, command):
            return []
        session = self._room.calibration()
        name = known_criterion(session, asked_.criterion)
        refuse_unknown(asked_.people, people_under(session, name), "people")
        decided = {(person, about) for person, about, _ in session.standing.decided}
        settled = [p for p in asked_.people if (p, name) in decided]
        if settled:
            raise refuse(
                "people",
                ", ".join(settled) + ", decided already",
                "people nothing was decided for",
                "correct the decision instead: the skill, or the criterion, stays open",
            )
        told = {"criterion": name, "why": asked_.why.strip()}
        return [("left_open", {**told, "person": p}) for p in dict.fromkeys(asked_.people)]


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Say whether two rows hold the very same objects, without reading them."""
    return [id(each) for each in some] == [id(each) for each in others]


def _progress(
    now: Standing, about: tuple[str, str], skills: Iterable[str], item: Item, shown: bool
) -> dict[str, Any]:
    """Say how far a card has come; what is not so is left out."""
    whole = now.decided.get((*about, None))
    found = {
        "decided": sum((*about, skill) in now.decided for skill in skills),
        "whole": whole[1].after if whole else None,
        "left": about in now.left_open,
        "shown": shown,
        "added": not item.on,
    }
    return {key: value for key, value in found.items() if value not in (None, False, 0)}


def known_criterion(session: Calibration, name: str) -> str:
    """Check that a criterion is one of the role, or refuse."""
    if name not in session.profile.requirements:
        raise refuse("criterion", repr(name), "one of " + ", ".join(session.profile.requirements))
    return name


def _title(session: Calibration, name: str) -> dict[str, Any]:
    criterion = session.framework.criteria.get(name)
    return {
        "id": name,
        "code": criterion.code if criterion else "",
        "title": criterion.title if criterion else session.profile.requirements[name].title,
        "question": criterion.question if criterion else "",
    }
