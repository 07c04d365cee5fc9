"""For the facilitator: agreement, where raters are apart, severity, wordings that split."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pydantic import Field

from skillmatrix.calibration import wording
from skillmatrix.pages.calibration_scan_kept import Kept
from skillmatrix.pages.calibration_scan_list import agreement_view, disagreement_rows
from skillmatrix.pages.calibration_scan_pre_read import pre_read
from skillmatrix.pages.calibration_scan_severity import SeverityViews
from skillmatrix.pages.meeting import CalibrationRoom
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, refuse

#: Lines of the disagreement list on one page, and boundaries that are listed at most.
LINES, BOUNDARIES = 30, 12


class Wanted(Arguments):
    """A page of the disagreement list, and which lines are wanted."""

    gate: bool = False
    least: int = Field(default=1, ge=0, le=20)
    person: str | None = None
    skill: str | None = None
    page: int = Field(default=0, ge=0, le=10_000)


class OfRater(Arguments):
    """One rater of the session."""

    rater: str


class OfPeople(Arguments):
    """People of the session; all of them where none is named."""

    people: list[str] | None = Field(default=None, max_length=1000)


class Scanning:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self._kept = Kept()
        self._severity = SeverityViews(room)
        self.commands: Commands = {
            "scan_agreement": (Nothing, self.agreement),
            "scan_list": (Wanted, self.disagreements),
            "scan_severity": (Nothing, self.severity),
            "scan_severity_line": (OfRater, self.severity_line),
            "scan_wordings": (Nothing, self.wordings),
            "scan_change_request": (Nothing, self.change_request),
            "pre_read": (OfPeople, self.pre_read),
        }

    def state(self) -> dict[str, Any]:
        """Give nothing: everything here is asked for, severity by the facilitator alone."""
        return {}

    def agreement(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give how far raters agree."""
        session = self._room.calibration()
        view = self._kept.given(
            "agreement",
            session.framework.key,
            session.frame_with_self,
            lambda: agreement_view(session),
        )
        return {"scan_agreement": view}

    def disagreements(self, command: Command, wanted: Wanted) -> dict[str, Any]:
        """Give a page of the disagreement list: gates first, the widest first."""
        session = self._room.calibration()
        if wanted.person is not None and wanted.person not in session.people:
            raise refuse("person", repr(wanted.person), "somebody of this session")
        if wanted.skill is not None and wanted.skill not in session.framework.skills:
            raise refuse("skill", repr(wanted.skill), "a skill of the ladder")
        rows: list[dict[str, Any]] = self._room.cached(
            "scan.list", lambda: disagreement_rows(session)
        )
        found = [
            row
            for row in rows
            if row["range"] >= wanted.least
            and (row["gate"] or not wanted.gate)
            and wanted.person in (None, row["person"])
            and wanted.skill in (None, row["skill"])
        ]
        pages = max(1, -(-len(found) // LINES))
        page = min(wanted.page, pages - 1)
        return {
            "scan_list": {
                "rows": found[page * LINES : (page + 1) * LINES],
                "total": len(found),
                "page": page,
                "pages": pages,
                "from": page * LINES,
                "rated_twice": len(rows),
                "same": sum(row["range"] == 0 for row in rows),
                "cells": len(session.people) * len(session.framework.skills),
            }
        }

    def severity(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give who rates higher than others, for the facilitator alone."""
        return {"scan_severity": self._severity.view()}

    def severity_line(self, command: Command, asked: OfRater) -> dict[str, Any]:
        """Give one rater's own line as a file, without the others."""
        raters = self._room.calibration().raters
        if asked.rater not in raters:
            raise refuse("rater", repr(asked.rater), "one of " + ", ".join(raters))
        return self._severity.line(asked.rater)

    def _findings(self) -> wording.Findings:
        session = self._room.calibration()
        again = [
            (second.person, skill, second.rater, value)
            for second in session.standing.second.values()
            for skill, value in second.levels.items()
            if isinstance(value, int)
        ]
        columns = ["person", "skill", "rater", "value"]
        table = pd.DataFrame(again, columns=columns).drop_duplicates(columns[:3], keep="last")
        both = pd.concat([session.frame[columns], table])
        found: wording.Findings = self._kept.given(
            "wordings",
            session.framework.key,
            both,
            lambda: wording.findings(session.frame, session.framework, table if again else None),
        )
        return found

    def wordings(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the boundaries between levels that split raters most."""
        found, framework = self._findings(), self._room.framework
        told = []
        for each in found.boundaries[:BOUNDARIES]:
            skill = framework.skills[each.skill]
            told.append(
                {
                    "skill": each.skill,
                    "words": each.words,
                    "worth": each.worth,
                    "why_not": None if each.why_not is None else str(each.why_not),
                    "sides": [
                        {
                            "level": level.value,
                            "texts": [a.text for a in skill.at(level) if a.status != "retired"],
                        }
                        for level in (each.lower, each.upper)
                    ],
                }
            )
        view = {
            "boundaries": told,
            "others": max(0, len(found.boundaries) - BOUNDARIES),
            "worth": len(found.worth),
            "rule": wording.RULE,
        }
        return {"scan_wordings": view}

    def change_request(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the change request for the wordings that split raters, as Markdown."""
        text = wording.change_request(self._room.framework, self._findings())
        return {"filename": f"{self._room.framework.id}-wordings.md", "data": text}

    def pre_read(self, command: Command, asked: OfPeople) -> dict[str, Any]:
        """Give a page a person, to read before the session."""
        session = self._room.calibration()
        wanted = session.people if asked.people is None else asked.people
        for person in wanted:
            if person not in session.people:
                raise refuse("person", repr(person), "somebody of this session")
        made: dict[str, Any] = self._room.cached("scan.pre-read", dict)
        for person in wanted:
            if person not in made:
                made[person] = pre_read(session, person)
        return {"pre_read": [made[person] for person in wanted]}
