"""What a person sets down for the steps of her plan."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from skillmatrix.assessment import Assessment, OwnPlan
from skillmatrix.assessment.check_own_plan import check_own_plan
from skillmatrix.assessment.problems import problem_of
from skillmatrix.pages.record import clean
from skillmatrix.pages.session import Arguments, Command, Commands, RefusedError, Review, refuse


class PutOwnPlan(Arguments):
    """What is set down for one skill; None takes it away."""

    skill: str
    entry: dict[str, Any] | None = Field(default=None)


class OwnPlanning:
    """The command that keeps it."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {"own_plan": (PutOwnPlan, self.put)}

    def put(self, command: Command, put: PutOwnPlan) -> dict[str, Any]:
        """Keep what is set down for a step, or take it away."""
        framework = self._review.framework
        if put.skill not in framework.skills:
            raise refuse("skill", repr(put.skill), "the id of a skill of this framework")
        if put.entry is None:
            return self._review.append(command, "plan", put.skill, None)
        try:
            own = OwnPlan.model_validate(cleaned(put.entry))
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        problems = check_own_plan(own, framework, f"plan > {put.skill}")
        if problems:
            raise RefusedError(*problems)
        payload = own.model_dump(mode="json", exclude_defaults=True)
        return self._review.append(command, "plan", put.skill, payload or None)


def cleaned(value: Any) -> Any:
    """Drop from every text what no file can hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return value


def own_plan_view(assessment: Assessment) -> dict[str, Any]:
    """Give what is set down, by skill, as a file holds it."""
    return {
        skill: own.model_dump(mode="json", exclude_defaults=True)
        for skill, own in assessment.plan.items()
    }
