"""The role guide: what the role is, searchable, and seen through a chosen variant."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatrix import settings
from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.pages import rounds
from skillmatrix.pages.guide_view import default_profile, guide_view, variant_view
from skillmatrix.pages.places import navigation
from skillmatrix.pages.session import Arguments, Command, Hello, Nothing, Session, refuse
from skillmatrix.widgets import Page


class Choose(Arguments):
    """A profile, and the variants of the role it is seen through."""

    profile: str
    overlays: list[str] = Field(default_factory=list, max_length=100)


class RoleGuide(Session):
    """What the role guide can do: nothing is stored."""

    def __init__(self) -> None:
        super().__init__(
            "role_guide",
            {
                "hello": (Hello, self.hello),
                "ping": (Nothing, self.ping),
                "variant": (Choose, self.choose),
            },
        )
        self.framework: Framework = load_framework(rounds.DEFAULT_FRAMEWORK)
        self._profile = self.framework.profile(default_profile(self.framework))
        self._seq = 0

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Show the guide."""
        self.embed = hello.embed
        return self._answer()

    def ping(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Be there."""
        return {}

    def choose(self, command: Command, chosen: Choose) -> dict[str, Any]:
        """See the role as another profile, in another context."""
        try:
            self._profile = self.framework.profile(chosen.profile, chosen.overlays)
        except UsageError as error:
            expected = "a profile and variants of this framework"
            raise refuse("variant", str(error), expected) from error
        self._seq += 1
        return self._answer()

    def state(self) -> dict[str, Any]:
        """Give what the page shows beside the guide itself."""
        return {
            "seq": self._seq,
            "saved_at": None,
            "workspace": {"path": str(settings.workspace_dir())},
            "nav": navigation("role_guide", self.embed),
            "assessment": None,
            "variant": variant_view(self._profile),
        }

    def _answer(self) -> dict[str, Any]:
        return {"seq": self._seq, "saved_at": None, "state": self.state()}


def page() -> object:
    """Show the role guide; the last line of its notebook."""
    guide = RoleGuide()
    shown = Page("role_guide", guide.answer)
    shown.widget.framework = guide_view(guide.framework)
    shown.widget.state = guide.state()
    return shown.widget
