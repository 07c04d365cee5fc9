"""The self-review: aim, rate against anchors, see the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from skillmatrix.assessment import STATES, Assessment, as_data
from skillmatrix.assessment.events import AFTER_LOCK, History
from skillmatrix.errors import MismatchError, StoreError
from skillmatrix.framework import Framework
from skillmatrix.pages import rounds
from skillmatrix.pages.assessment_view import assessment_view
from skillmatrix.pages.case import Arguing, paragraph_name, paragraphs_view
from skillmatrix.pages.change_view import Comparing, earlier_view
from skillmatrix.pages.changing import Changing
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.hand_over import HandingOver, lock_state, refused_as_locked
from skillmatrix.pages.home import Create
from skillmatrix.pages.keep import Keeping
from skillmatrix.pages.ladders import default_framework, ladders
from skillmatrix.pages.looking import Looking
from skillmatrix.pages.own_plan import OwnPlanning, own_plan_view
from skillmatrix.pages.places import href, navigation
from skillmatrix.pages.record import Recording, record_name, record_view
from skillmatrix.pages.session import Command, Commands, Hello, Nothing, Session, now, refuse
from skillmatrix.pages.stress_view import Stressing
from skillmatrix.pages.what_if import Trying
from skillmatrix.store import Appended, AssessmentHead, NewEvent, StoredEvent
from skillmatrix.widgets import Page

#: Groups of commands, each in a module of its own.
PARTS = (
    Changing,
    Recording,
    Looking,
    OwnPlanning,
    Arguing,
    HandingOver,
    Trying,
    Stressing,
    Keeping,
    Comparing,
)

#: Parts of the state that may be long; they travel only when they have changed.
LONG = ("notes", "evidence", "record", "own_plan", "case")


class SelfReview(Session):
    """What the self-review can do."""

    PAGE = "self_review"
    PARTS: ClassVar[tuple[Any, ...]] = PARTS

    def __init__(self) -> None:
        commands: Commands = {
            "hello": (Hello, self.hello),
            "ping": (Nothing, self.ping),
            "create": (Create, self.create),
            "export": (Nothing, self.export),
        }
        for part in self.PARTS:
            commands.update(part(self).commands)
        super().__init__(self.PAGE, commands)
        self.framework: Framework = default_framework()
        self.show: Callable[[Framework], None] = lambda framework: None
        self.code: str | None = None
        self.seq = 0
        self._sent: dict[str, Any] = {}

    # --- opening -------------------------------------------------------------

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Open the assessment the address names, else the one opened last."""
        self.embed = hello.embed
        problem = earlier = None
        code = hello.assessment or self._latest()
        try:
            self._open(code)
        except rounds.EarlierVersionError as error:
            self.code = None
            earlier = earlier_view(self.store, code, error.framework)
        except (StoreError, MismatchError) as error:
            self.code = None
            problem = str(error)
        answer = self.state_answer()
        answer["state"] |= {"problem": problem, "earlier": earlier}
        return answer

    def _latest(self) -> str | None:
        last = self.store.last_opened()
        heads = rounds.own_rounds(self.store)
        return last or (heads[0].code if heads else None)

    def _open(self, code: str | None) -> None:
        if code is not None:
            head = self.store.assessment(code)
            if head.rater.get("kind") != "self":
                msg = f"{code!r} holds ratings of somebody else; it opens in the mentor session"
                raise MismatchError(msg)
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
        return self.state_answer()

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
            **self.state_answer(),
            "opened": head.code,
            "href": href("self_review", self.embed, head.code),
        }

    # --- looking -------------------------------------------------------------

    def export(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the assessment as the content of a file, private notes included."""
        assessment, _history = self.current()
        return {
            "filename": f"{assessment.person.code}.assessment.json",
            "data": as_data(assessment),
        }

    # --- inside --------------------------------------------------------------

    def head(self) -> AssessmentHead:
        """Give the open assessment, without its events."""
        return self.store.assessment(self._code())

    def turn_to(self, code: str) -> None:
        """Open another assessment."""
        self._open(code)

    def _code(self) -> str:
        if self.code is None:
            raise refuse("assessment", "none open", "an open assessment", "start one first")
        return self.code

    def events(self) -> list[StoredEvent]:
        """Give the events of the open assessment."""
        return self.store.events(self._code())

    def current(self) -> tuple[Assessment, History]:
        """Read the open assessment, and what could be undone in it."""
        return rounds.read_round(self.store, self.store.assessment(self._code()))

    def append(
        self, command: Command, kind: str, subject: str, payload: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Store one change, and answer with the state after it."""
        locked = kind not in AFTER_LOCK and self.head().status == "locked"
        if locked and all(event.id != command.id for event in self.events()):
            raise refused_as_locked()
        base = max(command.base or 0, 0)
        event = NewEvent(command.id, kind, subject, payload, base, now())
        done = self.store.append(self._code(), event)
        return {**self.state_answer(), "conflict": None if done.duplicate else _conflict(done)}

    def state_answer(self) -> dict[str, Any]:
        """Answer with the whole state of the page."""
        head = self.store.assessment(self.code) if self.code else None
        state: dict[str, Any] = {
            "seq": 0,
            "saved_at": None,
            "embed": self.embed,
            "workspace": self.workspace(),
            "nav": navigation(self.PAGE, self.embed, self.code, self.framework.id),
            "assessment": None,
            "ladders": ladders() if head is None else [],
            "framework": self.framework.key,
            "can_undo": None,
            "can_redo": None,
            "problem": None,
            "earlier": None,
        }
        if head is not None:
            state.update(self._news(self._state(head)))
            self.seq = head.seq
        return {"seq": state["seq"], "saved_at": state["saved_at"], "state": state}

    def _news(self, state: dict[str, Any]) -> dict[str, Any]:
        """Leave out long parts that the page has already, if unchanged."""
        for part in LONG:
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
            "record": record_view(
                self.framework,
                rounds.read_all(self.store, head) if head.status == "locked" else assessment,
                history,
            ),
            "own_plan": own_plan_view(assessment),
            "case": paragraphs_view(assessment),
            **lock_state(self.store, head, history, self.embed),
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
        if event.kind == "case":
            return paragraph_name(self.framework, event.subject)
        words = {
            "note": f"{title}: note",
            "aim": "Aim",
            "no_more_evidence": "No more evidence",
            "plan": f"{title}: plan",
            "hand_over": "What you hand over",
        }
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
