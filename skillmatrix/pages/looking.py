"""What the results ask for when they are opened: the chart, other roles, the plan."""

from __future__ import annotations

from typing import Any

from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.commands import Beside, Figure, Planning
from skillmatrix.pages.session import Command, Commands, Review, refuse
from skillmatrix.pages.targets_view import targets_view


class Looking:
    """Commands that store nothing."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {
            "figure": (Figure, self.figure),
            "targets": (Beside, self.targets),
            "plan": (Planning, self.plan),
        }

    def figure(self, command: Command, figure: Figure) -> dict[str, Any]:
        """Draw the gap chart; only here matplotlib is loaded."""
        from skillmatrix.charts import gap_plot
        from skillmatrix.scoring import Standings

        assessment, _ = self._review.current()
        if figure.area is not None and figure.area not in self._review.framework.areas:
            raise refuse(
                "area", repr(figure.area), "one of " + ", ".join(self._review.framework.areas)
            )
        standings = Standings(assessment, chosen_profile(self._review.framework, assessment))
        chart = gap_plot(standings, area=figure.area, theme=figure.theme, width=figure.width)
        return {"kind": "figure", "svg": chart.svg(), "text": chart.text}

    def targets(self, command: Command, beside: Beside) -> dict[str, Any]:
        """Judge the same ratings against other roles, and the aim in another context."""
        assessment, _ = self._review.current()
        return {"targets": targets_view(self._review.framework, assessment, beside)}

    def plan(self, command: Command, planning: Planning) -> dict[str, Any]:
        """Find the smallest plan for the aim; only here the solver is loaded."""
        from skillmatrix.pages.plan_view import plan_view

        assessment, _ = self._review.current()
        return {"plan": plan_view(self._review.framework, assessment, planning.first)}
