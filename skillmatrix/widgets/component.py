"""A component: state goes to the browser, commands come back, nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from skillmatrix.widgets.assets import script, style

Handler = Callable[[dict[str, Any]], None]


class Component(anywidget.AnyWidget):  # type: ignore[misc]
    """Base of the components: one page, or the skill board alone.

    Attributes
    ----------
    framework : dict
        What does not change while the page is open.
    state : dict
        What does.

    Notes
    -----
    Any message from a page may try to set any trait. Here the browser sets none: it sends
    commands, and each is checked before it is believed.
    """

    framework = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Refuse values from the browser, and tell it the true ones again."""
        known = [name for name in sync_data if name in self.keys]
        if known:
            self.send_state(known)


def component(name: str) -> type[Component]:
    """Make the class of a component with its script and the shared style."""
    title = "".join(part.title() for part in name.split("_"))
    return type(
        title, (Component,), {"_esm": script(name), "_css": style(), "__module__": __name__}
    )


class Page:
    """A page on screen: a component, and the one function that answers its commands.

    Parameters
    ----------
    name : str
        The page, such as ``self_review``.
    answer : callable
        Takes a command as it came and a function to reply with.
    """

    def __init__(
        self, name: str, answer: Callable[[dict[str, Any], Callable[[Any], None]], None]
    ) -> None:
        self.widget = component(name)()
        self._answer = answer
        self.widget.on_msg(self._on_message)

    def _on_message(self, _: object, content: object, __: object) -> None:
        if isinstance(content, dict):
            self._answer(content, self.widget.send)
