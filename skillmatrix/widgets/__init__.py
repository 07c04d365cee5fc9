"""Components for the screen; loading them loads ipywidgets."""

from skillmatrix.widgets.component import Component, Page
from skillmatrix.widgets.skill_board import SkillBoard

__all__ = ["Component", "Page", "SkillBoard"]
