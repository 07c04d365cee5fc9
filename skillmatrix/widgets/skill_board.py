"""The skill board by itself: the gap chart that is the input."""

from __future__ import annotations

from typing import Any

import traitlets

from skillmatrix.widgets.assets import script, style
from skillmatrix.widgets.component import Component


class SkillBoard(Component):
    """
    Levels of all skills at one look, drawn in the browser.

    Parameters
    ----------
    framework : dict
        ``skills``, ``areas`` and ``scale``, as in ``docs/page-protocol.md``.
    state : dict
        ``rows``: one a skill.
    readonly : bool
        True shows; False also rates, by mouse, touch and keyboard.
    """

    _esm = script("skill_board")
    _css = style()
    readonly = traitlets.Bool(True).tag(sync=True)

    def __init__(self, framework: dict[str, Any], state: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(framework=framework, state=state, **kwargs)
