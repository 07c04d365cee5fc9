"""A calibration session: collected ratings, what was said about them, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from skillmatrix.assessment import Assessment, Evidence
from skillmatrix.calibration import ratings_frame
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.panel.evidence import pooled
from skillmatrix.panel.log import DecisionLog
from skillmatrix.panel.standing import Standing, standing
from skillmatrix.scoring.standing import Standing as SkillStanding
from skillmatrix.scoring.standing import Standings
from skillmatrix.scoring.verdict import Verdict


class Calibration:
    """
    A session as it stands.

    Parameters
    ----------
    framework : Framework
    profile : Profile
        The role everybody is held against, in its context.
    assessments : iterable of Assessment
        Locked; one of each rater and person, those of the people themselves among them.
    log : DecisionLog
    practice : iterable of Assessment
        Ratings of the practice profiles that came as files.
    names : mapping of str to str
        Of people and raters by code, where they are known.
    so_far : (DecisionLog, Standing), optional
        An earlier state of the log and what it came to, see `standing`.

    Attributes
    ----------
    people : tuple of str
        Codes, in order.
    standing : Standing
        What the log comes to.
    """

    def __init__(
        self,
        framework: Framework,
        profile: Profile,
        assessments: Iterable[Assessment],
        log: DecisionLog,
        *,
        practice: Iterable[Assessment] = (),
        names: Mapping[str, str] | None = None,
        so_far: tuple[DecisionLog, Standing] | None = None,
    ) -> None:
        self._so_far = so_far
        self.framework, self.profile, self.log = framework, profile, log
        self.assessments = tuple(assessments)
        self.practice = tuple(practice)
        self.names = dict(names or {})
        self._own = {a.person.code: a for a in self.assessments if a.rater.kind == "self"}
        self._others: dict[str, list[Assessment]] = {}
        for each in sorted(self.assessments, key=lambda a: a.rater.code or ""):
            if each.rater.kind != "self":
                self._others.setdefault(each.person.code, []).append(each)
        self.people = tuple(sorted({*self._own, *self._others}))

    @cached_property
    def standing(self) -> Standing:
        """What the log comes to."""
        return standing(self.log, self._so_far)

    @cached_property
    def raters(self) -> tuple[str, ...]:
        """Codes of those who rated others, in order."""
        codes = {a.rater.code for many in self._others.values() for a in many if a.rater.code}
        return tuple(sorted(codes))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Give the blind ratings of others, long; see `skillmatrix.calibration.ratings_frame`.

        Ratings that were locked after some were shown are not blind, and not in it.
        """
        return ratings_frame(self._blind)

    @cached_property
    def frame_with_self(self) -> pd.DataFrame:
        """Give all blind ratings, the own views among them."""
        return ratings_frame([*self._own.values(), *self._blind], with_self=True)

    @cached_property
    def first_shown(self) -> dt.datetime | None:
        """When ratings were shown to the panel for the first time."""
        return next((entry.at for entry in self.log.entries if entry.kind == "opened"), None)

    def is_late(self, assessment: Assessment) -> bool:
        """Say whether ratings were locked after some had been shown."""
        locked, shown = assessment.locked_at, self.first_shown
        return locked is not None and shown is not None and locked > shown

    @cached_property
    def _blind(self) -> list[Assessment]:
        return [a for many in self._others.values() for a in many if not self.is_late(a)]

    def own(self, person: str) -> Assessment | None:
        """Give the own view of a person, if it was collected."""
        return self._own.get(person)

    def others(self, person: str) -> tuple[Assessment, ...]:
        """Give the ratings of a person by others, by code of the rater."""
        return tuple(self._others.get(person, ()))

    def name(self, code: str) -> str:
        """Give the name behind a code, or the code."""
        return self.names.get(code) or code

    def second(self, criterion: str, rater: str, person: str) -> Mapping[str, Any]:
        """Give what a rater said the second time, by skill; nothing where he did not."""
        found = self.standing.second.get((criterion, rater, person))
        return found.levels if found else {}

    def before(self, person: str, skill: str, criterion: str | None = None) -> list[dict[str, Any]]:
        """
        Give everything that was said about a skill of a person, as `Before` lists it.

        Parameters
        ----------
        person, skill : str
        criterion : str, optional
            Whose second ratings stand beside the first ones.

        Returns
        -------
        list of dict
            The own view first, if there is one; those who rated only the second time last.
        """
        own = self.own(person)
        said: list[dict[str, Any]] = []
        for each in (*((own,) if own else ()), *self.others(person)):
            code = None if each.rater.kind == "self" else each.rater.code
            entry: dict[str, Any] = {
                "rater": code,
                "kind": each.rater.kind,
                "first": each.rating(skill).value,
                "second": None,
            }
            if criterion is not None and code is not None:
                entry["second"] = self.second(criterion, code, person).get(skill)
            said.append(entry)
        if criterion is not None:
            known = {entry["rater"] for entry in said}
            for (about, rater, who), second in self.standing.second.items():
                if about == criterion and who == person and rater not in known:
                    again = second.levels.get(skill)
                    entry = {"rater": rater, "kind": "peer", "first": "UNRATED", "second": again}
                    said.append(entry)
        return said

    def evidence(self, person: str) -> tuple[Evidence, ...]:
        """Give the evidence of a person, her own and what others added; see `pooled`."""
        own = self.own(person)
        return pooled((*((own,) if own else ()), *self.others(person)))

    def combined(self, person: str) -> Assessment:
        """
        Give a person as the panel sees her: lower medians of the others, evidence of all.

        Notes
        -----
        A skill that no other has rated is unknown here: the own view stands beside what the
        panel says and is no part of it. Without an own view, evidence that is not there may
        still exist: nobody was asked for it.
        """
        own, others = self.own(person), self.others(person)
        base = own or others[0]
        ratings: dict[str, Any] = {}
        for skill in self.framework.skills:
            levels = self._levels(person, skill)
            if levels:
                ratings[skill] = levels[(len(levels) - 1) // 2]
            elif others:
                ratings[skill] = others[0].rating(skill).value
        data = base.model_dump(mode="json") | {
            "ratings": ratings,
            "evidence": [item.model_dump(mode="json") for item in self.evidence(person)],
        }
        if own is None:
            data |= {"status": "draft", "locked_at": None, "sha256": None, "no_more_evidence": []}
        return Assessment.model_validate(data)

    def unseen(self, person: str) -> frozenset[str]:
        """Give the skills of a person that no other has given a level."""
        skills = self.framework.skills
        return frozenset(skill for skill in skills if not self._levels(person, skill))

    def _levels(self, person: str, skill: str) -> list[int]:
        found = (each.rating(skill).level for each in self.others(person))
        return sorted(level.value for level in found if level is not None)

    def verdict(
        self, person: str, *, after: bool = False, also: Mapping[str, Any] | None = None
    ) -> Verdict:
        """
        Judge a person on what the raters say, or on what the session decided.

        Parameters
        ----------
        person : str
        after : bool
            False: everything between the lowest and the highest rater is possible. True: the
            agreed level where there is one; a skill that was decided to stay open is unknown;
            what was not decided stays as it was before.
        also : mapping of str to int or str, optional
            Levels to be agreed besides, by skill; a word for a skill that is to stay open.

        Returns
        -------
        Verdict
            A level counts in the worst case as far as evidence carries it. An agreed one counts
            in full: the panel has looked at the evidence.
        """
        base = self.combined(person)
        all_ = Standings(base, self.profile)
        moved: dict[str, SkillStanding] = {}
        told = {**(self.standing.settled(person) if after else {}), **(also or {})}
        for skill, each in all_.items():
            if each.state == "NOT_APPLICABLE":
                continue
            levels = self._levels(person, skill)
            positions = [self.framework.levels.index(level) for level in levels]
            said = told.get(skill)
            if isinstance(said, int):
                position = self.framework.levels.index(said)
                found = all_.moved(skill, position, carried=True)
                moved[skill] = replace(found, raters=max(2, len(levels)))
            elif said is not None:
                nothing = replace(each, state="UNRATED", claimed=None, supported=None)
                moved[skill] = replace(nothing, low=0, high=len(all_.levels) - 1)
            elif positions:
                low = all_.supported_position(positions[0], each.counts)
                moved[skill] = replace(
                    all_.moved(skill, positions[-1]),
                    low=low,
                    supported=all_.levels[low],
                    raters=len(levels),
                )
        return Verdict(base, self.profile, all_.with_some(moved))
