"""What a person sets down for the steps of her plan."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from skillmatrix.assessment import Action, Assessment, OwnPlan
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
        self._sent: set[str] = set()
        self.commands: Commands = {"own_plan": (PutOwnPlan, self.put)}

    def put(self, command: Command, put: PutOwnPlan) -> dict[str, Any]:
        """Keep what is set down for a skill, or take it away."""
        framework = self._review.framework
        if put.skill not in framework.skills:
            raise refuse("skill", repr(put.skill), "the id of a skill of this framework")
        try:
            own = OwnPlan.model_validate(cleaned(put.entry or {}))
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        problems = check_own_plan(own, framework, f"plan > {put.skill}")
        if problems:
            raise RefusedError(*problems)
        kept = own.model_copy(update={"actions": (*own.actions, *self._unseen(command, put, own))})
        self._sent |= {action.id for action in kept.actions}
        payload = kept.model_dump(mode="json", exclude_defaults=True)
        return self._review.append(command, "plan", put.skill, payload or None)

    def _unseen(self, command: Command, put: PutOwnPlan, own: OwnPlan) -> list[Action]:
        """Give actions another place added that the page had not seen: they are not taken out."""
        before = [e for e in self._review.events() if (e.kind, e.subject) == ("plan", put.skill)]
        if not before or before[-1].seq <= (command.base or 0):
            return []
        known = {action.id for action in own.actions} | self._sent
        for event in before:
            if event.seq <= (command.base or 0):
                known |= {action["id"] for action in (event.payload or {}).get("actions", ())}
        now = self._review.current()[0].plan.get(put.skill)
        return [action for action in now.actions if action.id not in known] if now else []


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
