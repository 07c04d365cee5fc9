"""The calibration session: collect, practise, talk criterion by criterion, decide, look back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework
from skillmatrix.framework.ladders import default_profile
from skillmatrix.pages.calibration_after import Closing
from skillmatrix.pages.calibration_collect import Collecting, calibration_of
from skillmatrix.pages.calibration_criteria import Deciding
from skillmatrix.pages.calibration_criteria_second import again
from skillmatrix.pages.calibration_free import check_free
from skillmatrix.pages.calibration_norms import Norming
from skillmatrix.pages.calibration_review import Reviewing
from skillmatrix.pages.calibration_scan import Scanning
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.meeting import Begin, Enter
from skillmatrix.pages.meeting_page import MeetingPage
from skillmatrix.pages.session import Command, Commands, now, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.store.met import adopt_person
from skillmatrix.widgets import Page


class Part(Protocol):
    """A group of commands, with its share of the state."""

    commands: Commands

    def state(self) -> dict[str, Any]:
        """Give what the page shows of it, under keys of its own."""


class CalibrationPage(MeetingPage):
    """What the calibration page can do."""

    PAGE = "calibration"
    KIND = "calibration"
    PARTS: ClassVar[tuple[Any, ...]] = (
        Collecting,
        Norming,
        Scanning,
        Deciding,
        Reviewing,
        Closing,
    )
    FREE = frozenset({"remark", "present", "spoken", "closed", "reopened"})

    def context(self, framework: Framework, asked: Begin) -> dict[str, Any]:
        """Check the role that people are held against, and its context."""
        profile = asked.profile or default_profile(framework)
        try:
            reasons = dict.fromkeys(asked.overlays, "as decided for this session")
            framework.profile(profile, asked.overlays, asked.switches, reasons=reasons)
        except UsageError as error:
            raise refuse("the role", str(error), "a role and a context of this ladder") from error
        return {"profile": profile, "overlays": asked.overlays, "switches": asked.switches}

    def enter_one(self, command: Command, asked: Enter) -> dict[str, Any]:
        """Add an entry of a free kind; whoever sits in the room is known here from then on."""
        if again(self, command):
            return self.state_answer()
        answer = super().enter_one(command, asked)
        if asked.kind == "present":
            for code in asked.content["raters"]:
                adopt_person(self.store, code, code, now())
        return answer

    def check_free(self, kind: str, content: Mapping[str, Any]) -> None:
        """Refuse what is about nobody or nothing of this session."""
        check_free(self.calibration(), kind, content)

    def calibration(self) -> Calibration:
        """Give the session as it stands."""
        found: Calibration = self.cached("calibration", lambda: calibration_of(self))
        return found

    def view(self) -> dict[str, Any]:
        """Give what the page shows of the open session, part by part."""
        shown: dict[str, Any] = {}
        for part in self.parts:
            shown |= part.state()
        return shown


def page() -> object:
    """Show the calibration page; the last line of its notebook."""
    session = CalibrationPage()
    shown = Page("calibration", session.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = framework_view(framework)

    session.show = show
    show(session.framework)
    return shown.widget
