"""The mentor session: rate blind, lock, set both side by side, agree next steps."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from skillmatrix.errors import MismatchError, SkillMatrixError, StoreError
from skillmatrix.framework import Framework
from skillmatrix.pages import mentor_rounds as meetings
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import assessment_view, chosen_profile
from skillmatrix.pages.changing import Changing
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.mentor_view import (
    Foreseen,
    actions_view,
    foreseen,
    phase_of,
    reveal_view,
    said_view,
    seals_view,
)
from skillmatrix.pages.mentoring import Mentoring
from skillmatrix.pages.places import href
from skillmatrix.pages.self_review import SelfReview
from skillmatrix.pages.session import Command, Hello, Nothing
from skillmatrix.sessions import Session, standing
from skillmatrix.store import AssessmentHead
from skillmatrix.store.met import name_of
from skillmatrix.widgets import Page


class MentorSession(SelfReview):
    """What the mentor session can do."""

    PAGE = "mentor_session"
    PARTS: ClassVar[tuple[Any, ...]] = (Changing, Mentoring)

    def __init__(self) -> None:
        super().__init__()
        for name in ("create", "export"):
            del self._handlers[name]
        self._handlers["people"] = (Nothing, self.everybody)

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Open the round the address names; without one, show the people."""
        self.embed = hello.embed
        problem = None
        try:
            self._open(hello.assessment)
        except (StoreError, MismatchError) as error:
            self.code = None
            problem = str(error)
        answer = self.state_answer()
        answer["state"]["problem"] = problem
        return answer

    def _open(self, code: str | None) -> None:
        self._sent = {}
        if code is not None:
            head = self.store.assessment(code)
            if not meetings.is_mentoring(head):
                msg = f"{code!r} is no mentor's round; it opens in the self-review"
                raise MismatchError(msg)
            framework = rounds.framework_of(head)
            if framework is not self.framework:
                self.framework = framework
                self.show(framework)
        self.code = code

    def state_answer(self) -> dict[str, Any]:
        """Answer with the whole state of the page."""
        answer = super().state_answer()
        # With a round open, a click on its board does not wait for everybody else's.
        empty: dict[str, Any] = {"people": [], "actions": [], "mentor_name": None}
        people = self._people() if self.code is None else empty
        answer["state"] |= {"ladders": [], **people}
        return answer

    def everybody(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Close the round that is open and show all people."""
        self._open(None)
        return self.state_answer()

    def _people(self) -> dict[str, Any]:
        heads = [h for h in self.store.assessments() if meetings.is_mentoring(h)]
        names = {head.person_code: head.person_name for head in heads}
        sessions: list[Session] = []
        people: list[dict[str, Any]] = []
        for head in heads:
            events = self.store.events(head.code)
            session = meetings.session_of(events)
            if session is not None:
                sessions.append(session)
            people.append(self._line(head, session))
            sessions += meetings.earlier_of(self.store, head)
        known = list({session.head_hash: session for session in sessions}.values())
        people.sort(key=lambda each: (each["name"].casefold(), each["created_at"]))
        today = dt.date.today()
        rater = heads[0].rater.get("code") if heads else None
        return {
            "people": people,
            "actions": actions_view(known, names, self.framework, today),
            "lying": meetings.lying(self.store),
            "mentor_name": name_of(self.store, rater) if rater else "",
        }

    def _line(self, head: AssessmentHead, session: Session | None) -> dict[str, Any]:
        """Give one line of the list of people; what cannot be opened says why."""
        line: dict[str, Any] = {
            "code": head.code,
            "person": head.person_code,
            "name": head.person_name,
            "framework": head.framework,
            "created_at": head.created_at.isoformat(),
            "updated_at": head.updated_at.isoformat(),
            "href": href(self.PAGE, self.embed, head.code),
        }
        try:
            framework = rounds.framework_of(head)
        except SkillMatrixError as error:
            unknown = dict.fromkeys(("phase", "rated", "total"))
            return {**line, **unknown, "problem": str(error).splitlines()[0]}
        assessment, _ = rounds.read_round(self.store, head)
        apart = chosen_profile(framework, assessment).not_applicable
        return {
            **line,
            "phase": phase_of(assessment, session),
            "rated": sum(r.level is not None for r in assessment.ratings.values()),
            "total": sum(skill not in apart for skill in framework.skills),
            "problem": None,
        }

    def _state(self, head: AssessmentHead) -> dict[str, Any]:
        assessment, history = rounds.read_round(self.store, head)
        events = self.store.events(head.code)
        received, session = meetings.received(events), meetings.session_of(events)
        phase = phase_of(assessment, session)
        profile = chosen_profile(self.framework, assessment)
        view = assessment_view(self.framework, assessment)
        for row in view["rows"]:
            event = history.current.get(("rating", row["skill"]))
            row["at"] = event.at.isoformat() if event else None
        for skill, note in view["notes"].items():
            event = history.current.get(("note", skill))
            note["at"] = event.at.isoformat() if event else None
        shown = session if phase in {"talk", "closed"} else None
        earlier = meetings.earlier_of(self.store, head)
        names = {head.person_code: head.person_name}
        today = dt.date.today()
        aim = assessment.aim
        return {
            **(_covered(view) if phase == "predict" else view),
            "record": {"answers": {}, "readings": {}, "counts": {}},
            "own_plan": {},
            "case": {},
            "seq": head.seq,
            "saved_at": head.updated_at.isoformat(),
            "assessment": {
                "code": head.code,
                "person": head.person_name,
                "status": head.status,
                "created_at": head.created_at.isoformat(),
                "updated_at": head.updated_at.isoformat(),
                "aim": aim.model_dump(mode="json"),
            },
            "can_undo": self._name(history.undo) if phase == "rate" else None,
            "can_redo": self._name(history.redo) if phase == "rate" else None,
            "mentor": {
                "phase": phase,
                "name": name_of(self.store, head.rater.get("code") or "") or meetings.NO_NAME,
                "waiting": actions_view(earlier, names, self.framework, today),
                "packet": {
                    "made_at": received["manifest"]["made_at"],
                    "profile": profile.title,
                    "sha256": received["sha256"],
                },
                "seals": seals_view(session),
                "earlier": [
                    {
                        "started_at": each.head.started_at.isoformat(),
                        "agreed": len(said_view(each)["agreed"]),
                        "actions": actions_view([each], names, self.framework, today),
                    }
                    for each in earlier
                ],
                "reveal": reveal_view(
                    self.framework,
                    profile,
                    meetings.packet_of(events).assessment,
                    assessment,
                    shown,
                    before=self._foreseen_before(head),
                )
                if shown
                else None,
                "said": said_view(shown) if shown else None,
            },
        }

    def _foreseen_before(self, head: AssessmentHead) -> list[Foreseen]:
        """Give what the person predicted in earlier sessions held here."""
        found = []
        for other in self.store.assessments():
            same = meetings.is_mentoring(other) and other.person_code == head.person_code
            if not same or other.created_at >= head.created_at:
                continue
            session = meetings.session_of(self.store.events(other.code))
            if session is not None and other.framework == head.framework:
                rated, _ = rounds.read_round(self.store, other)
                found.append(foreseen(standing(session), rated))
        return [each for each in found if each is not None]


def _covered(view: dict[str, Any]) -> dict[str, Any]:
    """Leave the mentor's levels out while the other one says what they may be."""
    kept = ("skill", "required", "gate", "floor", "not_applicable", "asked")
    rows = [{key: row[key] for key in kept} | {"value": "UNRATED"} for row in view["rows"]]
    return {**view, "rows": rows, "notes": {}, "evidence": [], "verdict": None}


def page() -> object:
    """Show the mentor session; the last line of its notebook."""
    session = MentorSession()
    shown = Page("mentor_session", session.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = framework_view(framework)

    session.show = show
    show(session.framework)
    return shown.widget
