"""The role guide: what the role is, searchable, and seen through a chosen variant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field

from skillmatrix import settings
from skillmatrix.errors import FrameworkError, MismatchError, StoreError, UsageError
from skillmatrix.framework import Framework
from skillmatrix.framework.ladders import default_profile
from skillmatrix.pages import rounds
from skillmatrix.pages.guide_view import guide_view, variant_view
from skillmatrix.pages.ladders import default_framework, ladders, named_framework
from skillmatrix.pages.places import href, navigation
from skillmatrix.pages.session import (
    Arguments,
    Command,
    Hello,
    Nothing,
    RefusedError,
    Session,
    refuse,
)
from skillmatrix.widgets import Page


class Choose(Arguments):
    """A profile, the variants of the role it is seen through, and answers to its questions."""

    profile: str
    overlays: list[str] = Field(default_factory=list, max_length=100)
    switches: dict[str, bool | None] = Field(default_factory=dict, max_length=100)


class Ladder(Arguments):
    """One of the ladders of the workbook."""

    framework: str


class RoleGuide(Session):
    """What the role guide can do: nothing is stored."""

    def __init__(self) -> None:
        super().__init__(
            "role_guide",
            {
                "hello": (Hello, self.hello),
                "ping": (Nothing, self.ping),
                "variant": (Choose, self.choose),
                "ladder": (Ladder, self.ladder),
            },
        )
        self.framework: Framework = default_framework()
        self.show: Callable[[Framework], None] = lambda framework: None
        self.assessment: str | None = None
        self._profile = self.framework.profile(default_profile(self.framework))
        self._answers: dict[str, bool | None] = {}
        self._seq = 0

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Show the guide of the ladder the address names, else of the assessment it names."""
        self.embed = hello.embed
        self.assessment = hello.assessment
        problem = None
        try:
            self._take(self._asked(hello))
        except (RefusedError, FrameworkError, MismatchError, StoreError) as error:
            problem = str(error)
        answer = self._answer()
        answer["state"]["problem"] = problem
        return answer

    def _asked(self, hello: Hello) -> Framework:
        if hello.framework is None and hello.assessment is not None:
            return rounds.framework_of(self.store.assessment(hello.assessment))
        return named_framework(hello.framework)

    def _take(self, framework: Framework) -> None:
        if framework is not self.framework:
            self.framework = framework
            self._profile = framework.profile(default_profile(framework))
            self._answers = {}
            self.show(framework)

    def ladder(self, command: Command, chosen: Ladder) -> dict[str, Any]:
        """Show the guide of another ladder, where the address cannot name it."""
        self._take(named_framework(chosen.framework))
        self._seq += 1
        return self._answer()

    def ping(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Be there."""
        return {}

    def choose(self, command: Command, chosen: Choose) -> dict[str, Any]:
        """See the role as another profile, in another context."""
        try:
            profile = self.framework.profile(chosen.profile, chosen.overlays, chosen.switches)
        except UsageError as error:
            expected = "a profile, variants and questions of this framework"
            raise refuse("variant", str(error), expected) from error
        self._profile, self._answers = profile, chosen.switches
        self._seq += 1
        return self._answer()

    def state(self) -> dict[str, Any]:
        """Give what the page shows beside the guide itself."""
        return {
            "seq": self._seq,
            "saved_at": None,
            "workspace": {"path": str(settings.workspace_dir())},
            "nav": navigation("role_guide", self.embed, self.assessment, self.framework.id),
            "framework": self.framework.key,
            "ladders": [
                {
                    "id": ladder["id"],
                    "title": ladder["title"],
                    "href": href("role_guide", self.embed, self.assessment, ladder["id"]),
                }
                for ladder in ladders()
                if ladder["problem"] is None
            ],
            "problem": None,
            "assessment": None,
            "variant": variant_view(self._profile, self._answers),
        }

    def _answer(self) -> dict[str, Any]:
        return {"seq": self._seq, "saved_at": None, "state": self.state()}


def page() -> object:
    """Show the role guide; the last line of its notebook."""
    guide = RoleGuide()
    shown = Page("role_guide", guide.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = guide_view(framework)

    guide.show = show
    show(guide.framework)
    shown.widget.state = guide.state()
    return shown.widget
