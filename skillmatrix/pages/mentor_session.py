"""The mentor session: rate blind, lock, set both side by side, agree next steps."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from skillmatrix.errors import MismatchError, StoreError
from skillmatrix.framework import Framework
from skillmatrix.pages import mentor_rounds as meetings
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import assessment_view, chosen_profile
from skillmatrix.pages.changing import Changing
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.mentor_view import (
    actions_view,
    phase_of,
    reveal_view,
    said_view,
    seals_view,
)
from skillmatrix.pages.mentoring import Mentoring
from skillmatrix.pages.places import href
from skillmatrix.pages.self_review import SelfReview
from skillmatrix.pages.session import Command, Hello, Nothing
from skillmatrix.sessions import Session
from skillmatrix.store import AssessmentHead
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
        people = self._people() if self.code is None else {"people": [], "actions": []}
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
            assessment, _ = rounds.read_round(self.store, head)
            people.append(
                {
                    "code": head.code,
                    "person": head.person_code,
                    "name": head.person_name,
                    "framework": head.framework,
                    "phase": phase_of(assessment, session),
                    "rated": sum(r.level is not None for r in assessment.ratings.values()),
                    "created_at": head.created_at.isoformat(),
                    "updated_at": head.updated_at.isoformat(),
                    "href": href(self.PAGE, self.embed, head.code),
                }
            )
            sessions += meetings.earlier_of(self.store, head)
        known = list({session.head_hash: session for session in sessions}.values())
        people.sort(key=lambda each: (each["name"].casefold(), each["created_at"]))
        today = dt.date.today()
        return {"people": people, "actions": actions_view(known, names, self.framework, today)}

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
        aim = assessment.aim
        return {
            **view,
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
            "can_undo": self._name(history.undo),
            "can_redo": self._name(history.redo),
            "mentor": {
                "phase": phase,
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
                        "actions": actions_view([each], names, self.framework, dt.date.today()),
                    }
                    for each in earlier
                ],
                "reveal": reveal_view(
                    self.framework,
                    profile,
                    meetings.packet_of(events).assessment,
                    assessment,
                    shown,
                )
                if shown
                else None,
                "said": said_view(shown) if shown else None,
            },
        }


def page() -> object:
    """Show the mentor session; the last line of its notebook."""
    session = MentorSession()
    shown = Page("mentor_session", session.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = framework_view(framework)

    session.show = show
    show(session.framework)
    return shown.widget
