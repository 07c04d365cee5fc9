"""What the self-review can change: aim, ratings, notes, evidence; undo and redo."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationError

from skillmatrix.assessment import STATES, Aim, Evidence, reached_strength
from skillmatrix.assessment.check import check_evidence
from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import UsageError
from skillmatrix.pages.commands import AimAt, Declare, PutEvidence, Rate, WriteNote
from skillmatrix.pages.record import clean
from skillmatrix.pages.session import Command, Commands, Nothing, RefusedError, Review, refuse

_ONE_LINE = ("title", "artefact", "confirmed_by")
_COMPUTED = ("effective", "problem", "missing", "age", "strength", "id")


class Changing:
    """Commands that store a change of an assessment."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {
            "aim": (AimAt, self.aim),
            "rate": (Rate, self.rate),
            "note": (WriteNote, self.note),
            "evidence": (PutEvidence, self.evidence),
            "no_more_evidence": (Declare, self.no_more_evidence),
            "undo": (Nothing, self.undo),
            "redo": (Nothing, self.redo),
        }

    def aim(self, command: Command, aim: AimAt) -> dict[str, Any]:
        """Choose the role aimed at and its context."""
        reasons = {name: clean(why).strip() for name, why in aim.reasons.items()}
        reasons = {name: why for name, why in reasons.items() if why}
        try:
            self._review.framework.profile(aim.profile, aim.overlays, aim.switches, reasons=reasons)
        except UsageError as error:
            raise refuse("aim", str(error), "an aim of this ladder") from None
        try:
            checked = Aim(
                profile=aim.profile,
                overlays=tuple(o for o in self._review.framework.overlays if o in aim.overlays),
                switches=aim.switches,
                absence_months=aim.absence_months,
                reasons=reasons,
            )
        except ValidationError:
            found = f"{aim.absence_months}"
            raise refuse("absence_months", found, "a whole number from 0 to 120") from None
        payload = checked.model_dump(mode="json")
        return self._review.append(command, "aim", "", payload)

    def rate(self, command: Command, rate: Rate) -> dict[str, Any]:
        """Rate a skill."""
        self._known_skill(rate.skill)
        if isinstance(rate.value, bool) or (
            isinstance(rate.value, int) and rate.value not in self._review.framework.levels
        ):
            scale = ", ".join(str(level) for level in self._review.framework.levels)
            raise refuse(f"ratings > {rate.skill}", repr(rate.value), f"a level: {scale}")
        if isinstance(rate.value, str):
            state, rater = STATES.get(rate.value), self._review.current()[0].rater.kind
            if state is None or rater not in state.raters:
                words = ", ".join(s.id for s in STATES.values() if rater in s.raters)
                raise refuse(f"ratings > {rate.skill}", repr(rate.value), f"a level, or {words}")
        payload: dict[str, Any] = {"value": rate.value}
        if rate.gap_below and isinstance(rate.value, int):
            payload["gap_below"] = True
        return self._review.append(command, "rating", rate.skill, payload)

    def note(self, command: Command, note: WriteNote) -> dict[str, Any]:
        """Keep a note on a skill."""
        self._known_skill(note.skill)
        payload = {"text": clean(note.text), "visibility": note.visibility}
        if len(note.text) > 20_000:  # noqa: PLR2004 - the limit of the file format
            found = f"{len(note.text)} characters"
            raise refuse(f"notes > {note.skill}", found, "at most 20000 characters")
        return self._review.append(command, "note", note.skill, payload)

    def evidence(self, command: Command, put: PutEvidence) -> dict[str, Any]:
        """Keep or remove an item of evidence; its strength follows from what it shows."""
        if put.item is None:
            return self._review.append(command, "evidence", put.id, None)
        fields = {k: v for k, v in put.item.items() if k not in _COMPUTED}
        fields = {k: clean(v) if isinstance(v, str) else v for k, v in fields.items()}
        for key in _ONE_LINE:
            if isinstance(fields.get(key), str):
                fields[key] = " ".join(fields[key].split())
        try:
            item = Evidence.model_validate({**fields, "id": put.id, "strength": "E0"})
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        assessment, _ = self._review.current()
        strength = reached_strength(item, assessment.rater.kind)
        item = item.model_copy(update={"strength": strength})
        problems = check_evidence(item, assessment, self._review.framework, "evidence")
        if problems:
            raise RefusedError(*problems)
        payload = item.model_dump(mode="json", exclude={"id"})
        return self._review.append(command, "evidence", put.id, payload)

    def no_more_evidence(self, command: Command, declare: Declare) -> dict[str, Any]:
        """Declare that no more evidence exists for a rule, or take it back."""
        rules = {
            rule.id
            for profile in self._review.framework.profiles.values()
            for requirement in profile.requirements.values()
            for rule in requirement.evidence
        }
        if declare.rule not in rules:
            raise refuse("rule", repr(declare.rule), "one of " + ", ".join(sorted(rules)))
        payload = {"declared": declare.declared}
        return self._review.append(command, "no_more_evidence", declare.rule, payload)

    def undo(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Take the last change back."""
        return self._turn(command, "undo")

    def redo(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Do again what was taken back last."""
        return self._turn(command, "redo")

    def _turn(self, command: Command, kind: Literal["undo", "redo"]) -> dict[str, Any]:
        stored = {event.id for event in self._review.events()}
        history = self._review.current()[1]
        target = history.undo if kind == "undo" else history.redo
        if command.id in stored or target is None:
            return self._review.state_answer()
        return self._review.append(command, kind, target.id, None)

    def _known_skill(self, skill: str) -> None:
        if skill not in self._review.framework.skills:
            raise refuse("skill", repr(skill), "the id of a skill of this framework")
