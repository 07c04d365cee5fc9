"""Components for the screen; a component loads ipywidgets when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatrix.widgets.component import Component, Page
    from skillmatrix.widgets.skill_board import SkillBoard

__all__ = ["Component", "Page", "SkillBoard"]


def __getattr__(name: str) -> Any:
    # The server draws with the styles alone, and never loads a component.
    if name in {"Component", "Page"}:
        from skillmatrix.widgets import component

        return getattr(component, name)
    if name == "SkillBoard":
        from skillmatrix.widgets.skill_board import SkillBoard

        return SkillBoard
    msg = f"module 'skillmatrix.widgets' has no attribute {name!r}"
    raise AttributeError(msg)
