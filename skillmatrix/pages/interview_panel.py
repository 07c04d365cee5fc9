"""The interview panel: independent scores on one rubric, side by side, decided with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from pydantic import Field

from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework
from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.interview_decide import Deciding
from skillmatrix.pages.interview_people import (
    ERASED,
    check_candidate,
    earlier_interviewers,
    made_code,
    seated,
)
from skillmatrix.pages.interview_score import SEALED, Scoring
from skillmatrix.pages.interview_view import rubric_view
from skillmatrix.pages.ladders import named_framework
from skillmatrix.pages.meeting import Begin, Change, NewEntry
from skillmatrix.pages.meeting_page import MeetingPage
from skillmatrix.pages.places import href
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Command, now, refuse
from skillmatrix.panel.interview import Standing, standing
from skillmatrix.panel.interview_contents import Score
from skillmatrix.store.met import adopt_person
from skillmatrix.widgets import Page

_LONGEST_CODE = 60


class BeginInterview(Begin):
    """Begin an interview; the candidate has a code, and a name on this machine alone."""

    candidate: str = Field(default="", max_length=200)
    candidate_name: str = Field(default="", max_length=200)


class InterviewPage(MeetingPage):
    """What the interview panel can do."""

    PAGE = "interview_panel"
    KIND = "interview"
    PARTS: ClassVar[tuple[Any, ...]] = (Scoring, Deciding)
    FREE = frozenset({"remark", "closed", "reopened"})

    def __init__(self) -> None:
        super().__init__()
        self._handlers["begin"] = (BeginInterview, self.begin)

    def begin(self, command: Command, asked: Begin) -> dict[str, Any]:
        """Begin an interview."""
        framework = named_framework(asked.framework)
        if rubric_of(framework) is None:
            remedy = "add interview.yaml to its folder; see docs/ladder.md"
            raise refuse("the ladder", f"no interview rubric in {framework.key}", "one", remedy)
        known = self._begun_by(command)
        if known is not None:
            self._open(known)
            return {
                **self.state_answer(),
                "opened": known,
                "href": href(self.PAGE, self.embed, known),
            }
        code = made_code(self.store, "k", command.id)
        if isinstance(asked, BeginInterview):
            asked = asked.model_copy(update={"candidate": asked.candidate.strip() or code})
        return super().begin(command, asked)

    def _begun_by(self, command: Command) -> str | None:
        for head in self.meetings.all(self.KIND, include_deleted=True):
            if self.meetings.events(head.code)[0].id == command.id:
                return head.code
        return None

    def context(self, framework: Framework, asked: Begin) -> dict[str, Any]:
        """Check the code of the candidate, and keep the name where names are kept."""
        code, name = getattr(asked, "candidate", ""), getattr(asked, "candidate_name", "")
        if len(code) > _LONGEST_CODE or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", code):
            expected = "letters, digits, dots and dashes, as in k-7m2xq4w9abcd"
            remedy = "ask whoever leads the panel, or leave it empty"
            raise refuse("code of the candidate", repr(code)[:80], expected, remedy)
        name = one_line(name)
        check_candidate(self.store, code, name)
        adopt_person(self.store, code, name or code, now())
        if name and self.name(code) != name:
            self.store.rename_person(code, name)
        return {"candidate": code}

    @property
    def rubric(self) -> Rubric:
        """The rubric of the ladder."""
        found = rubric_of(self.framework)
        if found is None:
            raise refuse("the ladder", f"no interview rubric in {self.framework.key}", "one")
        return found

    @property
    def candidate(self) -> str:
        """Code of the candidate."""
        return str(self.begun["candidate"])

    def interview(self) -> Standing:
        """Give the interview as it stands."""
        found: Standing = self.cached("interview", lambda: standing(self.log()))
        return found

    def sealed(self) -> dict[str, Score]:
        """Give the scores that are closed, by rater; none of it leaves before the reveal."""
        found: dict[str, Score] = {}
        for event in self.events(SEALED):
            if event.payload is None:
                found.pop(event.subject, None)
            else:
                found[event.subject] = Score.model_validate(event.payload)
        return found

    def seated(self) -> list[str]:
        """Give everybody who was ever an interviewer of this panel."""
        found: list[str] = self.cached("seated", lambda: seated(self.log()))
        return found

    def offered(self) -> list[str]:
        """Give who can be named by code: of this panel's past, and of earlier panels."""
        made = self.kept("earlier", lambda: earlier_interviewers(self.store, self.head.code))
        gone = [code for code in self.seated() if code not in self.interview().raters]
        return [*gone, *(code for code in made if code not in self.seated())]

    def again(self, command: Command) -> bool:
        """Say whether a command was carried out before."""
        return any(event.id == command.id for event in self.events())

    def takes_more(self, *, reopens: bool = False) -> None:
        """Refuse where the candidate was erased, or the interview is closed."""
        if self.candidate == ERASED:
            remedy = "nothing more is taken about them; what the log counts still stands"
            raise refuse("the candidate", "erased on request", "a candidate who is here", remedy)
        if self.interview().closed and not reopens:
            remedy = "open it again first, on the step Decide"
            raise refuse("the interview", "closed", "one that is open", remedy)

    def append_all(self, command: Command, changes: Iterable[Change]) -> dict[str, Any]:
        """Store changes, as long as the interview takes any."""
        if not self.again(command):
            self.takes_more()
        return super().append_all(command, changes)

    def enter_all(
        self,
        command: Command,
        entries: Iterable[NewEntry] | Callable[[], tuple[Iterable[NewEntry], Iterable[Change]]],
        changes: Iterable[Change] = (),
    ) -> dict[str, Any]:
        """Enter into the log, as long as the interview takes anything."""
        if self.again(command):
            return self.state_answer()
        told = entries if callable(entries) else list(entries)
        self.takes_more(reopens=not callable(told) and [kind for kind, _ in told] == ["reopened"])
        return super().enter_all(command, told, changes)

    def name(self, code: str) -> str:
        """Give the name behind a code, or the code."""
        _, names = self.store.parts
        return names.read(self.store.workspace_id).get(code) or code

    def view(self) -> dict[str, Any]:
        """Give what the page shows of the open interview, part by part."""
        shown: dict[str, Any] = {
            "candidate": {"code": self.candidate, "name": self.name(self.candidate)},
            "erased": self.candidate == ERASED,
        }
        for part in self.parts:
            shown |= part.state()
        return shown


def rubric_of(framework: Framework) -> Rubric | None:
    """Give the rubric of a ladder; one with problems is none, `skillmatrix check` says why."""
    try:
        return framework.interview
    except FrameworkError:
        return None


def page() -> object:
    """Show the interview panel; the last line of its notebook."""
    session = InterviewPage()
    shown = Page("interview_panel", session.answer)

    def show(framework: Framework) -> None:
        rubric = rubric_of(framework)
        view = framework_view(framework)
        shown.widget.framework = {**view, "interview": rubric and rubric_view(rubric)}

    session.show = show
    show(session.framework)
    return shown.widget
