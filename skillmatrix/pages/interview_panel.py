"""The interview panel: independent scores on one rubric, side by side, decided with reasons."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework
from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.interview_decide import Deciding
from skillmatrix.pages.interview_score import SEALED, Scoring
from skillmatrix.pages.interview_view import rubric_view
from skillmatrix.pages.ladders import named_framework
from skillmatrix.pages.meeting import Begin
from skillmatrix.pages.meeting_page import MeetingPage
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Command, now, refuse
from skillmatrix.panel.interview import Standing, standing
from skillmatrix.panel.interview_contents import Score
from skillmatrix.store.met import adopt_person
from skillmatrix.store.rows import random_code
from skillmatrix.widgets import Page


class BeginInterview(Begin):
    """Begin an interview; the candidate has a code, and a name on this machine alone."""

    candidate: str = Field(default="", max_length=60, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")
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
        return super().begin(command, asked)

    def context(self, framework: Framework, asked: Begin) -> dict[str, Any]:
        """Give the candidate a code, and keep the name where names are kept."""
        code = asked.candidate if isinstance(asked, BeginInterview) else ""
        code = code or random_code("k")
        name = one_line(getattr(asked, "candidate_name", "")) or code
        adopt_person(self.store, code, name, now())
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

    def name(self, code: str) -> str:
        """Give the name behind a code, or the code."""
        _, names = self.store.parts
        return names.read(self.store.workspace_id).get(code) or code

    def view(self) -> dict[str, Any]:
        """Give what the page shows of the open interview, part by part."""
        shown: dict[str, Any] = {
            "candidate": {"code": self.candidate, "name": self.name(self.candidate)}
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
