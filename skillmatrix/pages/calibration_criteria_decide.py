"""Decisions of the panel: what was agreed, why, on what evidence, and who does not agree."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatrix.pages.calibration_criteria_second import (
    again,
    is_level,
    people_under,
    refuse_unknown,
)
from skillmatrix.pages.meeting import CalibrationRoom, NewEntry
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import after_state, asked, same
from skillmatrix.panel.contents import REASONS
from skillmatrix.sessions.chain import Entry, plain

AS_RATED = "as rated"
_PAGE = 40
_HASH = 12


class Objection(Arguments):
    """Who does not agree, and why."""

    rater: str
    words: str = Field(default="", max_length=5000)


class OneDecision(Arguments):
    """One skill of a person, or the criterion as a whole."""

    skill: str | None = None
    after: int | str
    reason: str
    words: str = Field(default="", max_length=5000)
    evidence: list[str] = Field(default_factory=list, max_length=200)
    dissent: list[Objection] = Field(default_factory=list, max_length=100)
    corrects: int | None = None


class Decide(Arguments):
    """Decisions about one person under one criterion, taken together."""

    criterion: str
    person: str
    decided_by: str = Field(max_length=300)
    decisions: list[OneDecision] = Field(min_length=1, max_length=200)


class LogPage(Arguments):
    """A part of the log, the latest first."""

    person: str | None = None
    before: int | None = Field(default=None, ge=1)


class Decisions:
    """Commands of decisions."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "decide": (Decide, self.decide),
            "decision_log": (LogPage, self.page),
        }

    def decide(self, command: Command, told: Decide) -> dict[str, Any]:
        """Enter decisions; what had been said before is filled in here."""
        return self._room.enter_all(command, lambda: (self._entries(command, told), []))

    def _entries(self, command: Command, told: Decide) -> list[NewEntry]:
        """Give the entries as things stand at this moment, or refuse."""
        if again(self._room, command):
            return []
        session = self._room.calibration()
        refuse_unknown([told.person], people_under(session, told.criterion), "person")
        by = one_line(told.decided_by)
        if not by:
            remedy = "name who takes responsibility for it"
            raise refuse("decided by", "nothing", "a name or a role", remedy)
        named = [each.skill for each in told.decisions]
        if len(set(named)) < len(named):
            raise refuse("decisions", "a skill twice", "each skill once")
        return [
            ("decided", self._content(session, told, each) | {"decided_by": by})
            for each in told.decisions
        ]

    def _content(self, session: Calibration, told: Decide, each: OneDecision) -> dict[str, Any]:
        where = f"decisions > {each.skill or 'the criterion'}"
        if each.reason not in REASONS:
            raise refuse(f"{where} > reason", repr(each.reason), "one of " + ", ".join(REASONS))
        if each.reason == "other" and not each.words.strip():
            raise refuse(f"{where} > words", "nothing", "what the reason is")
        known = [item.id for item in session.evidence(told.person)]
        refuse_unknown(each.evidence, known, f"{where} > evidence")
        present = dict.fromkeys((*session.standing.present, *session.raters))
        refuse_unknown([d.rater for d in each.dissent], present, f"{where} > dissent")
        self._check_corrects(session, told, each, where)
        before: list[dict[str, Any]] = []
        if each.skill is None:
            self._check_whole(session, told, each, where)
        else:
            refuse_unknown([each.skill], asked(session.profile, told.criterion), where)
            before = session.before(told.person, each.skill, told.criterion)
            _check_skill(session, each, before, where)
        return {
            "person": told.person,
            "criterion": told.criterion,
            "skill": each.skill,
            "before": before,
            "after": each.after,
            "reason": each.reason,
            "words": each.words.strip(),
            "evidence": list(dict.fromkeys(each.evidence)),
            "dissent": [{"rater": d.rater, "words": d.words.strip()} for d in each.dissent],
            "corrects": each.corrects,
        }

    def _check_corrects(
        self, session: Calibration, told: Decide, each: OneDecision, where: str
    ) -> None:
        held = session.standing.decided.get((told.person, told.criterion, each.skill))
        number = held[0] if held else None
        if each.corrects != number:
            found = f"a correction of {each.corrects}" if each.corrects else "a first decision"
            stands = f"entry {number} holds" if number else "nothing is decided yet"
            raise refuse(f"{where} > corrects", found, stands, "look at what stands there now")

    def _check_whole(
        self, session: Calibration, told: Decide, each: OneDecision, where: str
    ) -> None:
        if each.after not in {"MET", "NOT MET", "OPEN"}:
            raise refuse(f"{where} > after", repr(each.after)[:80], "MET, NOT MET or OPEN")
        follows = self._follows(session, told)
        if each.after == follows:
            return
        if each.reason == AS_RATED or not each.words.strip():
            raise refuse(
                f"{where} > words",
                f"{each.after} without a reason in words",
                f"{follows}, which follows from the levels, or why the panel sees it differently",
            )

    def _follows(self, session: Calibration, told: Decide) -> str:
        """Say what the criterion is on the levels decided, those decided in this go among them."""
        levels = {each.skill: each.after for each in told.decisions if each.skill is not None}
        if not levels:
            return after_state(session, told.person, told.criterion)
        return after_state(session, told.person, told.criterion, levels)

    # --- the log ---------------------------------------------------------------

    def about(self, person: str, criterion: str) -> list[dict[str, Any]]:
        """Give what was decided on one card, in order; what was corrected says by what."""
        corrected = self._room.calibration().standing.corrected
        return [
            _line(entry, corrected)
            for entry in self._room.log().entries
            if entry.kind in {"decided", "left_open"}
            and entry.content is not None
            and entry.content["person"] == person
            and entry.content["criterion"] == criterion
        ]

    def page(self, command: Command, told: LogPage) -> dict[str, Any]:
        """Give a part of the decision log, the latest entry first."""
        session, log = self._room.calibration(), self._room.log()
        if told.person is not None:
            refuse_unknown([told.person], session.people, "person")
        found = [
            entry
            for entry in reversed(log.entries)
            if (told.before is None or entry.seq < told.before)
            and (told.person is None or (entry.content or {}).get("person") == told.person)
        ]
        corrected = session.standing.corrected
        shown = [_line(entry, corrected) for entry in found[:_PAGE]]
        return {
            "decision_log": {
                "entries": shown,
                "more": found[_PAGE - 1].seq if len(found) > _PAGE else None,
                "whole": len(log.entries),
                "last_hash": log.entries[-1].hash[:_HASH] if log.entries else None,
            }
        }


def _check_skill(
    session: Calibration, each: OneDecision, before: list[dict[str, Any]], where: str
) -> None:
    if each.after != "OPEN" and not is_level(session, each.after):
        levels = ", ".join(str(level.value) for level in session.framework.levels)
        raise refuse(f"{where} > after", repr(each.after)[:80], f"one of {levels}, or OPEN")
    if each.reason == AS_RATED and (each.after == "OPEN" or each.after != same(before)):
        raise refuse(
            f"{where} > reason",
            "as rated",
            "another reason: that is not what all others give now",
            "say what settled it",
        )


def _line(entry: Entry, corrected: dict[int, int]) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "content": plain(entry.content),
        "hash": entry.hash[:_HASH],
        "corrected": corrected.get(entry.seq),
    }
