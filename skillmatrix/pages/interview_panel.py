"""The interview panel: independent scores on one rubric, side by side, decided with reasons."""

from __future__ import annotations

from skillmatrix.framework import Framework
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.meeting_page import MeetingPage
from skillmatrix.widgets import Page


class InterviewPage(MeetingPage):
    """What the interview panel can do."""

    PAGE = "interview_panel"
    KIND = "interview"


def page() -> object:
    """Show the interview panel; the last line of its notebook."""
    session = InterviewPage()
    shown = Page("interview_panel", session.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = framework_view(framework)

    session.show = show
    show(session.framework)
    return shown.widget
