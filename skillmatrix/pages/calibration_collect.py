"""Collect the ratings of a session: what is taken in, what is refused, who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from skillmatrix.assessment import as_data
from skillmatrix.assessment.files import file_text
from skillmatrix.calibration.collect import PATTERNS, SAME, Given, Taken, read_given
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.pages.calibration_collected import (
    ASIDE,
    FILE,
    KEEP,
    as_if,
    collected_of,
    counting,
    entries_of,
    put_aside,
    read_back,
)
from skillmatrix.pages.calibration_coverage import coverage_view, every_clash, holds
from skillmatrix.pages.calibration_criteria_second import again
from skillmatrix.pages.meeting import CalibrationRoom, Change, NewEntry
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, now, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.store.met import adopt_person

#: Kind of the events of files that were refused; subject its name.
REFUSED = "file-refused"
#: What a subject can hold.
_NAME = 200

#: Files of one message, and those of the workspace folder that are listed.
MOST_FILES = 50
MOST_LYING = 1000


#: A file that was refused, by name, and its problems.
_Refused = tuple[str, list[dict[str, Any]]]


class GivenFile(Arguments):
    """A file, as text."""

    name: str = Field(max_length=500)
    text: str


class TakeFiles(Arguments):
    """Files of a session, a part of them at a time."""

    files: list[GivenFile] = Field(min_length=1, max_length=MOST_FILES)


class TakeLying(Arguments):
    """Files that lie in the folder of the workspace, by name."""

    names: list[str] = Field(min_length=1, max_length=MOST_FILES)


class Keep(Arguments):
    """Which of several files holds; None takes the decision back."""

    cell: str = Field(max_length=300)
    sha256: str | None = Field(max_length=64)


class PutAside(Arguments):
    """A file put aside, or taken back."""

    sha256: str = Field(max_length=64)
    aside: bool
    why: str = Field(default="", max_length=2000)


class Named(Arguments):
    """How somebody is called on this machine; never in the log."""

    code: str = Field(max_length=100)
    name: str = Field(max_length=200)


def calibration_of(room: CalibrationRoom) -> Calibration:
    """Set what was collected beside what was said."""
    collected = collected_of(room)
    _, names = room.store.parts
    known = room.kept("standing", dict)
    session = Calibration(
        room.framework,
        room.profile,
        collected.assessments,
        room.log(),
        practice=collected.practice,
        names=names.read(room.store.workspace_id),
        so_far=known.get("so far"),
    )
    known["so far"] = session.log, session.standing
    return session


class Collecting:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "take_files": (TakeFiles, self.take_files),
            "take_lying": (TakeLying, self.take_lying),
            "keep_file": (Keep, self.keep_file),
            "put_aside": (PutAside, self.put_aside),
            "forget_refused": (Nothing, self.forget_refused),
            "name_somebody": (Named, self.name_somebody),
            "coverage": (Nothing, self.coverage),
        }

    def state(self) -> dict[str, Any]:
        """Give who is in the session, with names where they are known."""
        session = self._room.calibration()
        collected = collected_of(self._room)
        said = session.standing
        everybody = dict.fromkeys([*session.raters, *said.present])
        return {
            "people": [{"code": code, "name": session.name(code)} for code in session.people],
            "raters": [{"code": code, "name": session.name(code)} for code in everybody],
            "present": list(said.present),
            "closed": said.closed,
            "collected": {
                "files": len(collected.read),
                "waiting": len(collected.clashes),
                "refused": len(self._refused()),
            },
        }

    def _refused(self) -> dict[str, list[dict[str, Any]]]:
        """Give what was refused and not taken since, by name of the file."""
        found: dict[str, list[dict[str, Any]]] = {}
        for event in self._room.events(FILE, REFUSED):
            payload = event.payload or {}
            if event.kind == REFUSED and payload.get("problems"):
                found[event.subject] = payload["problems"]
            else:
                found.pop(event.subject if event.kind == REFUSED else payload["name"][:_NAME], None)
        return found

    # --- taking in -----------------------------------------------------------

    def take_files(self, command: Command, given: TakeFiles) -> dict[str, Any]:
        """Take in files; what is wrong with one is said, file by file."""
        return self._take(command, given.files, [])

    def _take(
        self, command: Command, files: Iterable[GivenFile], unread: Iterable[_Refused]
    ) -> dict[str, Any]:
        room = self._room
        good: list[Taken] = []
        bad = list(unread)
        for file in files:
            name = _called(file.name)
            try:
                taken = read_given(Given(name, file.text), room.framework)
                if taken.assessment.framework != room.framework.key:
                    raise AssessmentError(name, [_other_ladder(taken, room)])
            except AssessmentError as error:
                bad.append((name, [problem.as_dict() for problem in error.problems]))
            else:
                good.append(taken)
        self._adopt(good)
        notes: list[str] = []

        def change() -> tuple[list[NewEntry], list[Change]]:
            if again(room, command):
                return [], []
            changes: list[Change] = [(REFUSED, name, {"problems": p}, None) for name, p in bad]
            entries, more, notes[:] = self._taking(good)
            return entries, changes + more

        answer = room.enter_all(command, change)
        told: list[dict[str, Any]] = [
            {"name": name, "problems": problems, "note": ""} for name, problems in bad
        ]
        told += [
            {"name": taken.name, "problems": [], "note": note, "person": taken.person}
            for taken, note in zip(good, notes or [""] * len(good), strict=True)
        ]
        order = {_called(file.name): place for place, file in enumerate(files)}
        told.sort(key=lambda each: order.get(str(each["name"]), -1))
        return {**answer, "told": told}

    def _taking(self, good: Iterable[Taken]) -> tuple[list[NewEntry], list[Change], list[str]]:
        """Give entries, changes and a note for each of some files, as things stand now."""
        room, before = self._room, collected_of(self._room)
        here = {taken.sha256 for taken in before.read}
        put = put_aside(room)
        changes: list[Change] = []
        notes: dict[int, str] = {}
        more: list[Taken] = []
        for place, taken in enumerate(good):
            notes[place] = "; ".join(each.words for each in taken.notes)
            if taken.sha256 in here:
                notes[place] = "the same content is here already: it counts once"
                continue
            if put.get(taken.sha256):
                notes[place] = "it was put aside before: it is back"
                changes.append((ASIDE, taken.sha256, {"aside": False, "why": ""}, taken.person))
            else:
                changes.append((FILE, taken.sha256, _payload(taken), taken.person))
            here.add(taken.sha256)
            more.append(taken)
        back = dict.fromkeys((taken.sha256 for taken in more), False)
        after = as_if(room, more=more, aside=back)
        counts = counting(after)
        for place, taken in enumerate(good):
            if taken.sha256 not in counts:
                notes[place] = "another file was chosen before: this one waits until you choose"
        return entries_of(before, after), changes, list(notes.values())

    def _adopt(self, files: Iterable[Taken]) -> None:
        codes = [code for taken in files for code in (taken.person, taken.rater) if code != SELF]
        for code in dict.fromkeys(codes):
            adopt_person(self._room.store, code, code, now())

    def take_lying(self, command: Command, asked: TakeLying) -> dict[str, Any]:
        """Take in files that lie in the folder of the workspace."""
        folder = self._room.store.folder
        known = set(self._lying())
        files: list[GivenFile] = []
        unread: list[_Refused] = []
        for name in asked.names:
            if name not in known:
                raise refuse("the file", repr(name[:80]), "one that lies in the workspace folder")
            try:
                text = file_text(folder / name, "a file of a session")
                files.append(GivenFile(name=name[:500], text=text))
            except AssessmentError as error:
                unread.append((_called(name), [problem.as_dict() for problem in error.problems]))
        return self._take(command, files, unread)

    def _lying(self) -> list[str]:
        folder = self._room.store.folder
        found = {file for pattern in PATTERNS for file in folder.rglob(pattern) if file.is_file()}
        names = sorted(str(file.relative_to(folder)) for file in found)
        return [name for name in names if len(name) <= _NAME][:MOST_LYING]

    # --- deciding ------------------------------------------------------------

    def keep_file(self, command: Command, keep: Keep) -> dict[str, Any]:
        """Say which of several files holds; what that takes out and in is entered in the log."""
        room = self._room

        def change() -> tuple[list[NewEntry], list[Change]]:
            if again(room, command):
                return [], []
            before = collected_of(room)
            clash = next((c for c in every_clash(before) if c.cell == keep.cell), None)
            options = {option.sha256 for option in clash.options} if clash else set()
            if clash is None or (keep.sha256 not in {None, SAME} and keep.sha256 not in options):
                raise refuse("the files", repr(keep.cell), "files that cannot all hold")
            if keep.sha256 == holds(before, clash) and (
                keep.sha256 or keep.cell not in before.keep
            ):
                return [], []
            after = as_if(room, keep={keep.cell: keep.sha256})
            said: Change = (KEEP, keep.cell, {"sha256": keep.sha256}, clash.person)
            return entries_of(before, after), [said]

        return room.enter_all(command, change)

    def put_aside(self, command: Command, asked: PutAside) -> dict[str, Any]:
        """Put a file aside, or take it back; the log says so."""
        room = self._room

        def change() -> tuple[list[NewEntry], list[Change]]:
            held = {e.subject: e.payload for e in room.events(FILE) if e.payload}
            if asked.sha256 not in held:
                raise refuse("the file", repr(asked.sha256[:12]), "a file that was taken in")
            if again(room, command) or put_aside(room).get(asked.sha256, False) == asked.aside:
                return [], []
            after = as_if(room, aside={asked.sha256: asked.aside})
            payload = {"aside": asked.aside, "why": asked.why}
            person = read_back(held[asked.sha256], room).person
            said: Change = (ASIDE, asked.sha256, payload, person)
            return entries_of(collected_of(room), after, {asked.sha256: asked.why}), [said]

        return room.enter_all(command, change)

    def forget_refused(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Take what was refused off the list."""
        changes: list[Change] = [(REFUSED, name, None, None) for name in self._refused()]
        return self._room.append_all(command, changes) if changes else self._room.state_answer()

    def name_somebody(self, command: Command, named: Named) -> dict[str, Any]:
        """Keep how somebody is called, in the key file of this machine alone."""
        room = self._room
        session = room.calibration()
        if named.code not in {*session.people, *session.raters, *session.standing.present}:
            raise refuse("code", repr(named.code), "somebody of this session")
        name = one_line(named.name) or named.code
        adopt_person(room.store, named.code, name, now())
        room.store.rename_person(named.code, name)
        room.forget("calibration")
        return room.state_answer()

    def coverage(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say who rated whom, who is missing, and whether raters can be compared."""
        room = self._room
        view = coverage_view(room.calibration(), collected_of(room))
        names = {t.name for t in collected_of(room).read}
        held = {e.subject: e.payload or {} for e in room.events(FILE)}
        here = {t.sha256 for t in collected_of(room).read}
        return {
            "coverage": {
                **view,
                "refused": [
                    {"name": name, "problems": problems}
                    for name, problems in self._refused().items()
                ],
                "aside": [
                    {"sha256": sha, "name": said["name"], "person": said["data"]["person"]["code"]}
                    for sha, said in held.items()
                    if sha not in here
                ],
                "lying": [name for name in self._lying() if _called(name) not in names],
            }
        }


def _payload(taken: Taken) -> dict[str, Any]:
    return {
        "name": taken.name,
        "sha256": taken.sha256,
        "lock": taken.lock,
        "packet": taken.packet,
        "named": taken.named,
        "data": as_data(taken.assessment),
    }


def _called(name: str) -> str:
    """Give the name under which a file is kept and refused."""
    return one_line(name)[:_NAME] or "a file"


def _other_ladder(taken: Taken, room: CalibrationRoom) -> Problem:
    expected = f"{room.framework.key}, which this session is held on"
    remedy = "ask for a round on it, or begin another session for these files"
    return Problem("framework", taken.assessment.framework, expected, remedy, file=taken.name)
