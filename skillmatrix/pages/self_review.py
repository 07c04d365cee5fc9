"""The self-review: aim, rate against anchors, see the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pydantic import ValidationError

from skillmatrix.assessment import STATES, Aim, Assessment, Evidence, as_data, reached_strength
from skillmatrix.assessment.check import check_evidence
from skillmatrix.assessment.events import History
from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import MismatchError, StoreError, UsageError
from skillmatrix.framework import Framework
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import assessment_view
from skillmatrix.pages.commands import (
    AimAt,
    AskReadings,
    Beside,
    Declare,
    Figure,
    Planning,
    PutEvidence,
    PutRecord,
    Rate,
    ReadingsFile,
    WriteNote,
)
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.home import Create
from skillmatrix.pages.ladders import default_framework, ladders
from skillmatrix.pages.looking import Looking
from skillmatrix.pages.places import href, navigation
from skillmatrix.pages.record import Recording, clean, record_name, record_view
from skillmatrix.pages.session import (
    Command,
    Hello,
    Nothing,
    RefusedError,
    Session,
    now,
    refuse,
)
from skillmatrix.store import Appended, AssessmentHead, NewEvent, StoredEvent
from skillmatrix.widgets import Page

_ONE_LINE = ("title", "artefact", "confirmed_by")
_COMPUTED = ("effective", "problem", "missing", "age", "strength", "id")


class SelfReview(Session):
    """What the self-review can do."""

    def __init__(self) -> None:
        recording, looking = Recording(self), Looking(self)
        super().__init__(
            "self_review",
            {
                "hello": (Hello, self.hello),
                "ping": (Nothing, self.ping),
                "create": (Create, self.create),
                "aim": (AimAt, self.aim),
                "rate": (Rate, self.rate),
                "note": (WriteNote, self.note),
                "evidence": (PutEvidence, self.evidence),
                "no_more_evidence": (Declare, self.no_more_evidence),
                "record": (PutRecord, recording.put),
                "readings": (AskReadings, recording.readings),
                "readings_preview": (ReadingsFile, recording.preview),
                "readings_import": (ReadingsFile, recording.bring_in),
                "undo": (Nothing, self.undo),
                "redo": (Nothing, self.redo),
                "figure": (Figure, looking.figure),
                "targets": (Beside, looking.targets),
                "plan": (Planning, looking.plan),
                "export": (Nothing, self.export),
            },
        )
        self.framework: Framework = default_framework()
        self.show: Callable[[Framework], None] = lambda framework: None
        self.code: str | None = None
        self.seq = 0
        self._sent: dict[str, Any] = {}

    # --- opening -------------------------------------------------------------

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Open the assessment the address names, else the one opened last."""
        self.embed = hello.embed
        problem = None
        try:
            self._open(hello.assessment or self._latest())
        except (StoreError, MismatchError) as error:
            self.code = None
            problem = str(error)
        answer = self._answer()
        answer["state"]["problem"] = problem
        return answer

    def _latest(self) -> str | None:
        last = self.store.last_opened()
        heads = self.store.assessments()
        return last or (heads[0].code if heads else None)

    def _open(self, code: str | None) -> None:
        if code is not None:
            head = self.store.assessment(code)
            framework = rounds.framework_of(head)
            if framework is not self.framework:
                self.framework = framework
                self.show(framework)
            self.store.set_last_opened(code)
        self.code = code
        self._sent = {}

    def ping(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say what another tab changed, if anything."""
        if self.code is None or self.store.last_seq(self.code) == self.seq:
            return {}
        return self._answer()

    def create(self, command: Command, create: Create) -> dict[str, Any]:
        """Begin an assessment from here."""
        if create.example:
            head = rounds.begin_example(self.store, command.id)
        else:
            head = rounds.begin(
                self.store, create.name, create.profile, command.id, create.framework
            )
        self._open(head.code)
        return {
            **self._answer(),
            "opened": head.code,
            "href": href("self_review", self.embed, head.code),
        }

    # --- changes -------------------------------------------------------------

    def aim(self, command: Command, aim: AimAt) -> dict[str, Any]:
        """Choose the role aimed at and its context."""
        reasons = {name: clean(why).strip() for name, why in aim.reasons.items()}
        reasons = {name: why for name, why in reasons.items() if why}
        try:
            self.framework.profile(aim.profile, aim.overlays, aim.switches, reasons=reasons)
        except UsageError as error:
            raise refuse("aim", str(error), "an aim of this ladder") from None
        try:
            checked = Aim(
                profile=aim.profile,
                overlays=tuple(o for o in self.framework.overlays if o in aim.overlays),
                switches=aim.switches,
                absence_months=aim.absence_months,
                reasons=reasons,
            )
        except ValidationError:
            found = f"{aim.absence_months}"
            raise refuse("absence_months", found, "a whole number from 0 to 120") from None
        payload = checked.model_dump(mode="json")
        return self._append(command, "aim", "", payload)

    def rate(self, command: Command, rate: Rate) -> dict[str, Any]:
        """Rate a skill."""
        self._known_skill(rate.skill)
        if isinstance(rate.value, bool) or (
            isinstance(rate.value, int) and rate.value not in self.framework.levels
        ):
            scale = ", ".join(str(level) for level in self.framework.levels)
            raise refuse(f"ratings > {rate.skill}", repr(rate.value), f"a level: {scale}")
        if isinstance(rate.value, str):
            state = STATES.get(rate.value)
            if state is None or "self" not in state.raters:
                words = ", ".join(s.id for s in STATES.values() if "self" in s.raters)
                raise refuse(f"ratings > {rate.skill}", repr(rate.value), f"a level, or {words}")
        payload: dict[str, Any] = {"value": rate.value}
        if rate.gap_below and isinstance(rate.value, int):
            payload["gap_below"] = True
        return self._append(command, "rating", rate.skill, payload)

    def note(self, command: Command, note: WriteNote) -> dict[str, Any]:
        """Keep a note on a skill."""
        self._known_skill(note.skill)
        payload = {"text": clean(note.text), "visibility": note.visibility}
        if len(note.text) > 20_000:  # noqa: PLR2004 - the limit of the file format
            found = f"{len(note.text)} characters"
            raise refuse(f"notes > {note.skill}", found, "at most 20000 characters")
        return self._append(command, "note", note.skill, payload)

    def evidence(self, command: Command, put: PutEvidence) -> dict[str, Any]:
        """Keep or remove an item of evidence; its strength follows from what it shows."""
        if put.item is None:
            return self._append(command, "evidence", put.id, None)
        fields = {k: v for k, v in put.item.items() if k not in _COMPUTED}
        fields = {k: clean(v) if isinstance(v, str) else v for k, v in fields.items()}
        for key in _ONE_LINE:
            if isinstance(fields.get(key), str):
                fields[key] = " ".join(fields[key].split())
        try:
            item = Evidence.model_validate({**fields, "id": put.id, "strength": "E0"})
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        assessment, _ = self.current()
        strength = reached_strength(item, assessment.rater.kind)
        item = item.model_copy(update={"strength": strength})
        problems = check_evidence(item, assessment, self.framework, "evidence")
        if problems:
            raise RefusedError(*problems)
        payload = item.model_dump(mode="json", exclude={"id"})
        return self._append(command, "evidence", put.id, payload)

    def no_more_evidence(self, command: Command, declare: Declare) -> dict[str, Any]:
        """Declare that no more evidence exists for a rule, or take it back."""
        rules = {
            rule.id
            for profile in self.framework.profiles.values()
            for requirement in profile.requirements.values()
            for rule in requirement.evidence
        }
        if declare.rule not in rules:
            raise refuse("rule", repr(declare.rule), "one of " + ", ".join(sorted(rules)))
        payload = {"declared": declare.declared}
        return self._append(command, "no_more_evidence", declare.rule, payload)

    def undo(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Take the last change back."""
        return self._turn(command, "undo")

    def redo(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Do again what was taken back last."""
        return self._turn(command, "redo")

    def _turn(self, command: Command, kind: Literal["undo", "redo"]) -> dict[str, Any]:
        stored = {event.id for event in self._events()}
        history = self.current()[1]
        target = history.undo if kind == "undo" else history.redo
        if command.id in stored or target is None:
            return self._answer()
        return self._append(command, kind, target.id, None)

    # --- looking -------------------------------------------------------------

    def export(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the assessment as the content of a file, private notes included."""
        assessment, _history = self.current()
        return {
            "filename": f"{assessment.person.code}.assessment.json",
            "data": as_data(assessment),
        }

    # --- inside --------------------------------------------------------------

    def _code(self) -> str:
        if self.code is None:
            raise refuse("assessment", "none open", "an open assessment", "start one first")
        return self.code

    def _known_skill(self, skill: str) -> None:
        if skill not in self.framework.skills:
            raise refuse("skill", repr(skill), "the id of a skill of this framework")

    def _events(self) -> list[StoredEvent]:
        return self.store.events(self._code())

    def current(self) -> tuple[Assessment, History]:
        """Read the open assessment, and what could be undone in it."""
        return rounds.read_round(self.store, self.store.assessment(self._code()))

    def _append(
        self, command: Command, kind: str, subject: str, payload: dict[str, Any] | None
    ) -> dict[str, Any]:
        base = max(command.base or 0, 0)
        event = NewEvent(command.id, kind, subject, payload, base, now())
        done = self.store.append(self._code(), event)
        return {**self._answer(), "conflict": None if done.duplicate else _conflict(done)}

    def _answer(self) -> dict[str, Any]:
        head = self.store.assessment(self.code) if self.code else None
        state: dict[str, Any] = {
            "seq": 0,
            "saved_at": None,
            "embed": self.embed,
            "workspace": self.workspace(),
            "nav": navigation("self_review", self.embed, self.code, self.framework.id),
            "assessment": None,
            "ladders": ladders() if head is None else [],
            "framework": self.framework.key,
            "can_undo": None,
            "can_redo": None,
            "problem": None,
        }
        if head is not None:
            state.update(self._news(self._state(head)))
            self.seq = head.seq
        return {"seq": state["seq"], "saved_at": state["saved_at"], "state": state}

    def _news(self, state: dict[str, Any]) -> dict[str, Any]:
        """Leave out long parts that the page has already, if unchanged."""
        for part in ("notes", "evidence", "record"):
            if self._sent.get(part) == state[part]:
                del state[part]
            else:
                self._sent[part] = state[part]
        return state

    def _state(self, head: AssessmentHead) -> dict[str, Any]:
        assessment, history = rounds.read_round(self.store, head)
        view = assessment_view(self.framework, assessment)
        for row in view["rows"]:
            event = history.current.get(("rating", row["skill"]))
            row["at"] = event.at.isoformat() if event else None
        for skill, note in view["notes"].items():
            event = history.current.get(("note", skill))
            note["at"] = event.at.isoformat() if event else None
        aim = assessment.aim
        return {
            **view,
            "record": record_view(self.framework, assessment, history),
            "seq": head.seq,
            "saved_at": head.updated_at.isoformat(),
            "assessment": {
                "code": head.code,
                "person": head.person_name,
                "status": head.status,
                "created_at": head.created_at.isoformat(),
                "updated_at": head.updated_at.isoformat(),
                "aim": {
                    "profile": aim.profile,
                    "overlays": list(aim.overlays),
                    "switches": {s: aim.switches.get(s) for s in self.framework.switches},
                    "absence_months": aim.absence_months,
                    "reasons": dict(aim.reasons),
                },
            },
            "can_undo": self._name(history.undo),
            "can_redo": self._name(history.redo),
        }

    def _name(self, event: Any) -> str | None:
        """Say in a few words what an event did."""
        if event is None:
            return None
        payload = event.payload or {}
        skill = self.framework.skills.get(event.subject)
        title = skill.title if skill else event.subject
        if event.kind == "rating":
            value = payload.get("value")
            word = STATES[value].title.lower() if value in STATES else f"rated {value}"
            return f"{title}: {word}"
        if event.kind == "evidence":
            return f"Evidence: {payload['title']}" if payload else "Evidence removed"
        if event.kind in {"record", "readings"}:
            return record_name(self.framework, event)
        words = {"note": f"{title}: note", "aim": "Aim", "no_more_evidence": "No more evidence"}
        return words[event.kind]


def _conflict(done: Appended) -> dict[str, Any] | None:
    other: StoredEvent | None = done.conflict
    if other is None:
        return None
    payload = other.payload or {}
    said = (payload.get(key) for key in ("value", "answer", "text", "title"))
    value = next((word for word in said if word is not None), None)
    return {
        "subject": other.subject,
        "kind": other.kind,
        "value": value,
        "at": other.at.isoformat(),
    }


def page() -> object:
    """Show the self-review; the last line of its notebook."""
    review = SelfReview()
    shown = Page("self_review", review.answer)

    def show(framework: Framework) -> None:
        shown.widget.framework = framework_view(framework)

    review.show = show
    show(review.framework)
    return shown.widget
