"""What a page of meetings is: several people decide together, and everything goes into a log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from secrets import randbelow
from typing import Any, ClassVar

from skillmatrix.assessment.parse import parse
from skillmatrix.errors import FrameworkError, MismatchError, StoreError
from skillmatrix.framework import Framework, Profile
from skillmatrix.pages.ladders import default_framework, ladders, named_framework
from skillmatrix.pages.meeting import Begin, Change, Chosen, Enter, GivenLog, NewEntry
from skillmatrix.pages.meeting_log import log_of
from skillmatrix.pages.meeting_parts import events_of, framework_of, whose
from skillmatrix.pages.own_plan import cleaned
from skillmatrix.pages.places import href, navigation
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import (
    Command,
    Commands,
    Hello,
    Nothing,
    Reply,
    Session,
    now,
    refuse,
)
from skillmatrix.panel import DecisionLog, entered, log_data, log_from
from skillmatrix.sessions.chained import extended
from skillmatrix.store import StoredEvent
from skillmatrix.store.meetings import CREATED, Kind, MeetingHead, Meetings, OvertakenError
from skillmatrix.store.people import retention_months
from skillmatrix.store.spoken_of import LOG

_SEEDS = 10**6
_TRIES = 5


class MeetingPage(Session):
    """Base of the pages of meetings."""

    PAGE: ClassVar[str]
    KIND: ClassVar[Kind]
    PARTS: ClassVar[tuple[Any, ...]] = ()

    def __init__(self) -> None:
        commands: Commands = {
            "hello": (Hello, self.hello),
            "ping": (Nothing, self.ping),
            "begin": (Begin, self.begin),
            "meetings": (Nothing, self.everything),
            "delete": (Chosen, self.delete),
            "restore": (Chosen, self.restore),
            "enter": (Enter, self.enter_one),
            "log_file": (Nothing, self.log_file),
            "verify": (GivenLog, self.verify),
        }
        self.parts = tuple(part(self) for part in self.PARTS)
        for part in self.parts:
            commands.update(part.commands)
        super().__init__(self.PAGE, commands)
        self.framework: Framework = default_framework()
        self.show: Callable[[Framework], None] = lambda framework: None
        self.code: str | None = None
        self._events: list[StoredEvent] = []
        self._shown_seq = 0
        self._erasures = ""
        self._made: dict[str, tuple[int, Any]] = {}
        self._kept: dict[str, Any] = {}

    # --- opening -------------------------------------------------------------

    @property
    def meetings(self) -> Meetings:
        """The meetings of the workspace."""
        return Meetings(self.store)

    def hello(self, command: Command, hello: Hello) -> dict[str, Any]:
        """Open the meeting the address names; without one, show all of them."""
        self.embed = hello.embed
        problem = None
        try:
            self._open(hello.assessment)
        except (StoreError, MismatchError, FrameworkError) as error:
            self.code = None
            problem = str(error)
        answer = self.state_answer()
        answer["state"]["problem"] = problem
        return answer

    def _open(self, code: str | None) -> None:
        self.code, self._events = None, []
        self._made, self._kept = {}, {}
        if code is None:
            return
        self._erasures = self.meetings.erasures()
        head = self.meetings.head(code)
        if head.kind != self.KIND:
            msg = f"{code!r} is no session of this page"
            raise MismatchError(msg)
        framework = framework_of(head)
        if framework is not self.framework:
            self.framework = framework
            self.show(framework)
        self.code = code

    def answer(self, message: dict[str, Any], reply: Reply) -> None:
        """Carry out one command; where somebody was erased meanwhile, nothing kept here stays."""
        if self.code is not None:
            with suppress(StoreError):
                self._forget_erased()
        super().answer(message, reply)

    def _forget_erased(self) -> None:
        mark = self.meetings.erasures()
        if mark != self._erasures:
            self._events, self._made, self._kept = [], {}, {}
            self._erasures, self._shown_seq = mark, -1

    def ping(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say what another tab changed, if anything."""
        if self.code is None or self.meetings.last_seq(self.code) == self._shown_seq:
            return {}
        return self.state_answer()

    def begin(self, command: Command, asked: Begin) -> dict[str, Any]:
        """Begin a meeting."""
        framework = named_framework(asked.framework)
        title = one_line(asked.title)
        if not title:
            raise refuse("title", "nothing", "a few words, such as the date and the team")
        begun: dict[str, Any] = {
            "title": title,
            "facilitator": one_line(asked.facilitator),
            "seed": randbelow(_SEEDS),
            "keep_months": retention_months(),
            **self.context(framework, asked),
        }
        head = self.meetings.create(self.KIND, framework.key, cleaned(begun), now(), command.id)
        self._open(head.code)
        place = href(self.PAGE, self.embed, head.code)
        return {**self.state_answer(), "opened": head.code, "href": place}

    def context(self, framework: Framework, asked: Begin) -> dict[str, Any]:
        """Check what a meeting is held against, and give what is kept of it."""
        return {}

    def everything(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Leave the meeting that is open, and show all of them."""
        self._open(None)
        return self.state_answer()

    def delete(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Mark a meeting as deleted; it can be restored."""
        self._mine(chosen.meeting)
        self.meetings.set_deleted(chosen.meeting, True, now(), command.id)
        if chosen.meeting == self.code:
            self._open(None)
        return self.state_answer()

    def _mine(self, code: str) -> None:
        if self.meetings.head(code).kind != self.KIND:
            raise refuse("session", repr(code), "a session of this page")

    def restore(self, command: Command, chosen: Chosen) -> dict[str, Any]:
        """Take the mark away."""
        self._mine(chosen.meeting)
        self.meetings.set_deleted(chosen.meeting, False, now(), command.id)
        return self.state_answer()

    # --- what the parts need -------------------------------------------------

    @property
    def head(self) -> MeetingHead:
        """The open meeting, without its events."""
        return self.meetings.head(self._code())

    def _code(self) -> str:
        if self.code is None:
            raise refuse("session", "none open", "an open session", "open or begin one first")
        return self.code

    def events(self, *kinds: str) -> list[StoredEvent]:
        """Give what was stored so far, of some kinds or all."""
        self._events += self.meetings.events(self._code(), after=self.seq)
        return [e for e in self._events if not kinds or e.kind in kinds]

    @property
    def seq(self) -> int:
        """The latest event that was looked at."""
        return self._events[-1].seq if self._events else 0

    def cached(self, name: str, make: Callable[[], Any]) -> Any:
        """Give what `make` gives, made once for each state of the meeting."""
        self.events()
        found = self._made.get(name)
        if found is None or found[0] != self.seq:
            found = self._made[name] = (self.seq, make())
        return found[1]

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """Give what `make` gives, made once for as long as the meeting is open."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def forget(self, name: str) -> None:
        """Make something anew that was cached."""
        self._made.pop(name, None)

    @property
    def begun(self) -> Mapping[str, Any]:
        """What the meeting was begun with."""
        return next((e.payload or {} for e in self.events(CREATED)), {})

    @property
    def profile(self) -> Profile:
        """The role that people are held against, in its context."""
        begun = self.begun
        overlays, switches = begun.get("overlays", ()), begun.get("switches", {})
        reasons = dict.fromkeys(overlays, "as decided for this session")
        return self.framework.profile(begun["profile"], overlays, switches, reasons=reasons)

    def log(self) -> DecisionLog:
        """Give the decision log as it stands, verified."""
        log: DecisionLog = self.cached("log", self._log)
        return log

    def _log(self) -> DecisionLog:
        events = self.events(LOG)
        held: DecisionLog | None = self._kept.get("log")
        if held is None:
            log = log_of(self.head, self.begun, events)
        else:
            more = [event.payload or {} for event in events[len(held.entries) :]]
            log = extended(held, json.loads(json.dumps(more)), "the decision log")
        self._kept["log"] = log
        return log

    def append(
        self,
        command: Command,
        kind: str,
        subject: str,
        payload: dict[str, Any] | None,
        person: str | None = None,
    ) -> dict[str, Any]:
        """Store one change, and answer with the state after it."""
        return self.append_all(command, [(kind, subject, payload, person)])

    def append_all(
        self,
        command: Command,
        changes: Iterable[Change],
    ) -> dict[str, Any]:
        """Store several changes, all of them or none, and answer with the state after them."""
        self.meetings.append_all(
            self._code(), events_of(command, changes, max(command.base or 0, 0))
        )
        return self.state_answer()

    def enter(self, command: Command, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Add one entry to the decision log, and answer with the state after it."""
        return self.enter_all(command, [(kind, content)])

    def enter_all(
        self,
        command: Command,
        entries: Iterable[NewEntry] | Callable[[], tuple[Iterable[NewEntry], Iterable[Change]]],
        changes: Iterable[Change] = (),
    ) -> dict[str, Any]:
        """
        Add entries to the log, and store changes with them, all of them or none.

        Parameters
        ----------
        command : Command
        entries : iterable of (str, mapping), or callable
            Kind and content. A callable gives entries and changes for the state there is, and is
            asked again where another tab was first.
        changes : iterable of Change
        """
        fixed = None if callable(entries) else (list(entries), list(changes))
        for left in reversed(range(_TRIES)):
            log, seq = self.log(), self.seq
            told, others = fixed or entries()  # type: ignore[operator]
            made = list(others)
            if self.seq != seq and left:
                continue
            for kind, content in told:
                log = entered(log, kind, cleaned(dict(content)), now())
                payload = json.loads(log.entries[-1].model_dump_json())
                made.append((LOG, kind, payload, whose(kind, payload["content"] or {})))
            if not made:
                break
            try:
                events = events_of(command, made, seq)
                self.meetings.append_all(self._code(), events, after=seq)
            except OvertakenError:
                if not left:
                    raise
            else:
                break
        return self.state_answer()

    # --- the log -------------------------------------------------------------

    #: Kinds of entries that a page may add as they are; others are made by a command of their own.
    FREE: ClassVar[frozenset[str]] = frozenset()

    def enter_one(self, command: Command, asked: Enter) -> dict[str, Any]:
        """Add an entry of a free kind to the log."""
        if asked.kind not in self.FREE:
            raise refuse("kind", repr(asked.kind), "one of " + ", ".join(sorted(self.FREE)))
        self.check_free(asked.kind, asked.content)
        return self.enter(command, asked.kind, asked.content)

    def check_free(self, kind: str, content: Mapping[str, Any]) -> None:
        """Refuse what an entry of a free kind may not say here."""

    def log_file(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the decision log as the text of a file."""
        log = self.log()
        day = log.head.started_at.date().isoformat()
        data = json.dumps(log_data(log), indent=2, ensure_ascii=False) + "\n"
        return {"filename": f"{log.head.code}.{day}.decisions.json", "data": data}

    def verify(self, command: Command, given: GivenLog) -> dict[str, Any]:
        """Read a decision log from elsewhere; of a broken one, the first broken entry."""
        name = one_line(given.name)[:200] or "a file"
        log = log_from(parse(given.text, name), name)
        last = log.entries[-1].at.isoformat() if log.entries else None
        told = {"title": log.head.title, "entries": len(log.entries), "last": last}
        return {"verified": {"name": name, **told}}

    # --- state ---------------------------------------------------------------

    def state_answer(self) -> dict[str, Any]:
        """Answer with the whole state of the page."""
        state: dict[str, Any] = {
            "seq": 0,
            "saved_at": None,
            "embed": self.embed,
            "workspace": self.workspace(),
            "nav": navigation(self.PAGE, self.embed, self.code, self.framework.id),
            "assessment": None,
            "framework": self.framework.key,
            "problem": None,
        }
        if self.code is None:
            listed = self.meetings.all(self.KIND, include_deleted=True)
            state |= {
                "meetings": [self._line(head) for head in listed if not head.deleted],
                "deleted": [self._line(head) for head in listed if head.deleted],
                "ladders": ladders(),
            }
        else:
            self.events()
            head = self.head
            state |= {
                "seq": self.seq,
                "saved_at": head.updated_at.isoformat(),
                "assessment": {
                    "code": head.code,
                    "person": self.begun["title"],
                    "status": "draft",
                    "created_at": head.created_at.isoformat(),
                    "updated_at": head.updated_at.isoformat(),
                },
                "meeting": {**self.begun, "kind": head.kind, "deleted": head.deleted},
                **self.view(),
            }
        self._shown_seq = state["seq"]
        return {"seq": state["seq"], "saved_at": state["saved_at"], "state": state}

    def view(self) -> dict[str, Any]:
        """Give what the page shows of the open meeting."""
        return {}

    def _called(self, code: str | None) -> str | None:
        _, names = self.store.parts
        return code and (names.read(self.store.workspace_id).get(code) or code)

    def _line(self, head: MeetingHead) -> dict[str, Any]:
        begun = self.meetings.begun(head.code)
        return {
            "code": head.code,
            "title": begun.get("title", ""),
            "framework": head.framework,
            "profile": begun.get("profile"),
            "candidate": self._called(begun.get("candidate")),
            "created_at": head.created_at.isoformat(),
            "updated_at": head.updated_at.isoformat(),
            "href": href(self.PAGE, self.embed, head.code),
        }
