"""What a mentor can do: open packets, lock his ratings, and hold the session."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from skillmatrix.assessment import as_data, lock
from skillmatrix.assessment.closing import without_private
from skillmatrix.assessment.events import LOCK, SESSION
from skillmatrix.assessment.packet import FORMAT as PACKET_FORMAT
from skillmatrix.assessment.packet import packet_from
from skillmatrix.assessment.parse import parse
from skillmatrix.errors import DataError, Problem
from skillmatrix.pages import mentor_rounds as meetings
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.pages.hand_over import refused_as_locked
from skillmatrix.pages.own_plan import cleaned
from skillmatrix.pages.places import href
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import (
    Arguments,
    Command,
    Commands,
    Nothing,
    RefusedError,
    Round,
    now,
    refuse,
)
from skillmatrix.sessions import note, session_data, session_from, standing
from skillmatrix.sessions.record import FORMAT as SESSION_FORMAT
from skillmatrix.store import NewEvent
from skillmatrix.store.locking import lock_assessment

#: Files of one message; more would not fit into it.
MOST_FILES = 50


class GivenFile(Arguments):
    """A file, as text."""

    name: str = Field(max_length=500)
    text: str


class OpenFiles(Arguments):
    """Packets and earlier session records, and how the mentor is called in new ones."""

    files: list[GivenFile] = Field(min_length=1, max_length=MOST_FILES)
    mentor: str = Field(default="", max_length=200)


class OpenLying(Arguments):
    """Files that lie in the folder of the workspace, by name."""

    names: list[str] = Field(min_length=1, max_length=MOST_FILES)
    mentor: str = Field(default="", max_length=200)


class LockOwn(Arguments):
    """Close the own ratings; what becomes of each private note."""

    seq: int
    private: dict[str, Literal["share", "delete"]] = Field(default_factory=dict)


class Enter(Arguments):
    """One entry of the session record."""

    kind: str
    content: dict[str, Any] = Field(default_factory=dict)


class Mentoring:
    """Commands of the mentor session."""

    def __init__(self, review: Round) -> None:
        self._review = review
        self.commands: Commands = {
            "open_files": (OpenFiles, self.open_files),
            "open_lying": (OpenLying, self.open_lying),
            "lock_own": (LockOwn, self.lock_own),
            "enter": (Enter, self.enter),
            "session_file": (Nothing, self.session_file),
            "session_report": (Nothing, self.session_report),
            "own_file": (Nothing, self.own_file),
        }

    def open_files(self, command: Command, given: OpenFiles) -> dict[str, Any]:
        """Take in packets and session records; what is wrong with a file is said, file by file."""
        results: dict[int, dict[str, Any]] = {}
        before = {head.code: head for head in meetings.mentoring_rounds(self._review.store)}
        opened: str | None = None
        # A record belongs to a person whose packet may lie beside it.
        for number, file in sorted(enumerate(given.files), key=lambda each: _is_record(each[1])):
            try:
                code = self._open(file, given.mentor, f"{command.id}-{number}")
            except (DataError, RefusedError) as error:
                problems = [_unseen(problem).as_dict() for problem in error.problems]
                results[number] = {"name": file.name, "problems": problems, "code": None}
            else:
                told_more = (
                    ""
                    if code in before
                    else meetings.differs(before.values(), code, self._review.store)
                )
                results[number] = {
                    "name": file.name,
                    "problems": [],
                    "code": code,
                    "note": told_more,
                }
                opened = opened or code
        if len(given.files) > 1:
            opened = None  # the list says what became of each
        if opened is not None:
            self._review.turn_to(opened)
        told = [results[number] for number in sorted(results)]
        answer: dict[str, Any] = {**self._review.state_answer(), "files": told}
        if opened is not None:
            place = href("mentor_session", self._review.embed, opened)
            answer |= {"opened": opened, "href": place}
        return answer

    def open_lying(self, command: Command, asked: OpenLying) -> dict[str, Any]:
        """Take in files that lie in the folder of the workspace."""
        store = self._review.store
        files = [GivenFile(name=n[:500], text=meetings.text_lying(store, n)) for n in asked.names]
        return self.open_files(command, OpenFiles(files=files, mentor=asked.mentor))

    def _open(self, file: GivenFile, mentor: str, event_id: str) -> str:
        name = one_line(file.name)[:200] or "a file"
        data = parse(file.text, name)
        said = data.get("format")
        store = self._review.store
        if said == SESSION_FORMAT:
            return meetings.take_earlier(store, session_from(data, name), event_id)
        if said != PACKET_FORMAT:
            found = f"{said!r}"[:80] if said else "neither of the two"
            expected = "a packet, or the record of an earlier session"
            remedy = ""
            if said == "skillmatrix.assessment":
                remedy = "ask for the packet that Hand over makes: it holds what is meant for you"
            raise RefusedError(Problem("the file", found, expected, remedy, file=name))
        packet = packet_from(data, name)
        if packet.manifest.audience != "mentor":
            found = f"a packet for {packet.manifest.audience}"
            remedy = "ask its author for one made for a mentor"
            raise RefusedError(Problem("manifest > audience", found, "one for a mentor", remedy))
        return meetings.begin_blind(store, packet, one_line(mentor), event_id)

    def lock_own(self, command: Command, asked: LockOwn) -> dict[str, Any]:
        """Close the mentor's ratings: from now on both can be set side by side."""
        review = self._review
        events = review.events()
        if any(event.id == command.id for event in events):
            return review.state_answer()
        head = review.head()
        if head.status == "locked":
            raise refused_as_locked()
        if head.seq != asked.seq:
            expected = "the ratings as you looked at them"
            remedy = "look once more, then lock"
            raise refuse("the lock", "a change made since, here or elsewhere", expected, remedy)
        assessment, _ = review.current()
        private = {s for s, n in assessment.notes.items() if n.visibility == "private"}
        undecided = private - set(asked.private)
        if undecided:
            found = ", ".join(review.framework.skills[skill].title for skill in sorted(undecided))
            expected = "for each private note whether it is shared or deleted"
            raise refuse("private notes", found, expected, "decide, then lock")
        shared = [skill for skill in private if asked.private[skill] == "share"]
        seq = head.seq
        for skill in shared:
            payload = {"text": assessment.notes[skill].text, "visibility": "shared"}
            event = NewEvent(f"{command.id}-{skill}", "note", skill, payload, seq, now())
            seq = review.store.append(head.code, event).event.seq
        assessment, _ = review.current()
        at = now()
        closed = lock(assessment, at)
        closing: dict[str, Any] = {
            "as_of": assessment.as_of.isoformat(),
            "locked_at": at.isoformat(),
            "sha256": closed.sha256,
        }
        event = NewEvent(command.id, LOCK, "", closing, seq, at)
        lock_assessment(review.store, head.code, event, without_private)
        meetings.begin_session(review.store, head.code, closed, f"{command.id}-begun")
        return review.state_answer()

    def enter(self, command: Command, entry: Enter) -> dict[str, Any]:
        """Add one entry to the session record."""
        review = self._review
        events = review.events()
        if any(event.id == command.id for event in events):
            return review.state_answer()
        session = meetings.session_of(events)
        if session is None:
            remedy = "lock your own ratings first"
            raise refuse("the session", "not begun", "two locked ratings", remedy)
        content = cleaned(entry.content)
        self._check(content)
        longer = note(session, entry.kind, _by(entry.kind), content, now())
        payload = json.loads(longer.entries[-1].model_dump_json())
        return review.append(command, SESSION, entry.kind, payload)

    def _check(self, content: dict[str, Any]) -> None:
        framework = self._review.framework
        skill, level = content.get("skill"), content.get("level")
        if skill is not None and skill not in framework.skills:
            raise refuse("skill", repr(skill), "the id of a skill of this framework")
        told = content.get("levels")
        levels = [level] if level is not None else []
        if isinstance(told, dict):
            levels += [each.get("level") for each in told.values() if isinstance(each, dict)]
            strange = [name for name in told if name not in framework.skills]
            if strange:
                raise refuse("levels", repr(strange[0]), "ids of skills of this framework")
        for each in levels:
            if each not in framework.levels:
                scale = ", ".join(str(known) for known in framework.levels)
                raise refuse("level", repr(each), f"a level: {scale}")

    def session_report(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give what the session came to, for both, as one HTML file."""
        from skillmatrix.reports.meeting import meeting_report

        events = self._review.events()
        session = meetings.session_of(events)
        if session is None or not standing(session).revealed:
            remedy = "both ratings have to be shown first"
            raise refuse("the session", "nothing shown yet", "two ratings side by side", remedy)
        other, _history = self._review.current()
        profile = chosen_profile(self._review.framework, other)
        made = meeting_report(profile, meetings.packet_of(events).assessment, other, session)
        return {"filename": made.name, "data": made.content.decode()}

    def own_file(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the mentor's own ratings, locked, as a file that carries their hash."""
        other, _history = self._review.current()
        if other.status != "locked":
            raise refuse("the ratings", "a draft", "locked ratings", "lock them first")
        data = json.dumps(as_data(other), indent=2, ensure_ascii=False) + "\n"
        return {"filename": f"{other.person.code}.mentor.assessment.json", "data": data}

    def session_file(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the session record as the text of a file."""
        session = meetings.session_of(self._review.events())
        if session is None:
            raise refuse("the session", "not begun", "a session")
        day = session.head.started_at.date().isoformat()
        data = json.dumps(session_data(session), indent=2, ensure_ascii=False) + "\n"
        return {"filename": f"{session.head.person.code}.{day}.session.json", "data": data}


def _is_record(file: GivenFile) -> bool:
    """Say whether a file calls itself a session record."""
    return f'"{SESSION_FORMAT}"' in file.text[:500]


_ORIGINAL = "the packet is damaged, or was changed: ask its author for the original"


def _unseen(problem: Problem) -> Problem:
    """Name a place inside the other's ratings without what stands there: nobody sees it yet."""
    if not problem.where.startswith("assessment"):
        return problem
    found, expected = "content that does not fit", "what was locked"
    return Problem("assessment", found, expected, _ORIGINAL)


def _by(kind: str) -> str:
    return "self" if kind == "predicted" else "both" if kind in {"agreed", "closed"} else "mentor"
