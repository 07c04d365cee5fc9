"""Collect the ratings of a session: what is taken in, what is refused, who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from skillmatrix.assessment import as_data, assessment_from
from skillmatrix.assessment.files import file_text
from skillmatrix.assessment.packet import ratings_hash
from skillmatrix.calibration.collect import PATTERNS, Collected, Given, Taken, read_given
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.pages.calibration_coverage import coverage_view
from skillmatrix.pages.meeting import CalibrationRoom, Change
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, now, refuse
from skillmatrix.panel.calibration import Calibration
from skillmatrix.store.met import adopt_person

#: Kinds of events: a file that was taken in, subject its hash; one that was refused, subject its
#: name; a decision on files that cannot all hold, subject the cell; a file put aside or taken
#: back, subject its hash.
FILE, REFUSED, KEEP, ASIDE = "file", "file-refused", "keep", "aside"

#: Files of one message, and those of the workspace folder that are listed.
MOST_FILES = 50
MOST_LYING = 1000


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


def collected_of(room: CalibrationRoom) -> Collected:
    """Give what was taken in and not put aside, set beside each other."""
    found: Collected = room.cached("collected", lambda: _collected(room))
    return found


def _collected(room: CalibrationRoom) -> Collected:
    aside = {e.subject: bool((e.payload or {}).get("aside")) for e in room.events(ASIDE)}
    gone = {sha for sha, put in aside.items() if put}
    held = [e.payload for e in room.events(FILE) if e.payload and e.subject not in gone]
    decisions = {e.subject: (e.payload or {}).get("sha256") for e in room.events(KEEP)}
    kept = {cell: sha for cell, sha in decisions.items() if sha}
    read = tuple(_read_back(payload, room) for payload in held)
    return Collected(read, (), room.framework, kept, allow_drafts=False)


def _read_back(payload: dict[str, Any], room: CalibrationRoom) -> Taken:
    made: Taken = room.kept(
        f"file {payload['sha256']}",
        lambda: Taken(
            name=payload["name"],
            assessment=assessment_from(payload["data"], payload["name"], room.framework),
            sha256=payload["sha256"],
            lock=payload["lock"],
            packet=payload["packet"],
            named=payload["named"],
        ),
    )
    return made


def calibration_of(room: CalibrationRoom) -> Calibration:
    """Set what was collected beside what was said."""
    collected = collected_of(room)
    _, names = room.store.parts
    return Calibration(
        room.framework,
        room.profile,
        collected.assessments,
        room.log(),
        practice=collected.practice,
        names=names.read(room.store.workspace_id),
    )


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
                found.pop(event.subject if event.kind == REFUSED else payload["name"][:200], None)
        return found

    # --- taking in -----------------------------------------------------------

    def take_files(self, command: Command, given: TakeFiles) -> dict[str, Any]:
        """Take in files; what is wrong with one is said, file by file."""
        room = self._room
        here = {taken.sha256 for taken in collected_of(room).read}
        put = {event.subject for event in room.events(FILE)} - here
        told: list[dict[str, Any]] = []
        changes: list[Change] = []
        entries: list[tuple[str, dict[str, Any]]] = []
        codes: list[str] = []
        for file in given.files:
            name = one_line(file.name)[:200] or "a file"
            try:
                taken = read_given(Given(name, file.text), room.framework)
                if taken.assessment.framework != room.framework.key:
                    raise AssessmentError(name, [_other_ladder(taken, room)])
            except AssessmentError as error:
                problems = [problem.as_dict() for problem in error.problems]
                changes.append((REFUSED, name, {"problems": problems}, None))
                told.append({"name": name, "problems": problems, "note": ""})
                continue
            note = "; ".join(each.words for each in taken.notes)
            if taken.sha256 in here:
                note = "the same content is here already: it counts once"
            elif taken.sha256 in put:
                note = "it was put aside before: it is back"
                changes.append((ASIDE, taken.sha256, {"aside": False, "why": ""}, taken.person))
            else:
                changes.append((FILE, taken.sha256, _payload(taken), taken.person))
            held = collected_of(room).keep.get(taken.cell, taken.sha256)
            if held not in {taken.sha256, "same"}:
                note = (
                    "another file of these two was chosen before: this one waits until you choose"
                )
            if taken.sha256 not in here:
                entries.append(("collected", _entry(taken)))
                here.add(taken.sha256)
            told.append({"name": name, "problems": [], "note": note, "person": taken.person})
            codes += [taken.person] if taken.rater == SELF else [taken.person, taken.rater]
        self._adopt(codes)
        if not changes:
            return {**room.state_answer(), "told": told}
        return {**room.enter_all(command, entries, changes), "told": told}

    def _adopt(self, codes: Iterable[str]) -> None:
        for code in dict.fromkeys(codes):
            adopt_person(self._room.store, code, code, now())

    def take_lying(self, command: Command, asked: TakeLying) -> dict[str, Any]:
        """Take in files that lie in the folder of the workspace."""
        folder = self._room.store.folder
        known = set(self._lying())
        files: list[GivenFile] = []
        told: list[dict[str, Any]] = []
        for name in asked.names:
            if name not in known:
                raise refuse("the file", repr(name[:80]), "one that lies in the workspace folder")
            try:
                text = file_text(folder / name, "a file of a session")
                files.append(GivenFile(name=name[:500], text=text))
            except AssessmentError as error:
                problems = [problem.as_dict() for problem in error.problems]
                told.append({"name": name, "problems": problems, "note": ""})
        if not files:
            return {**self._room.state_answer(), "told": told}
        answer = self.take_files(command, TakeFiles(files=files))
        return {**answer, "told": told + answer["told"]}

    def _lying(self) -> list[str]:
        folder = self._room.store.folder
        found = {file for pattern in PATTERNS for file in folder.rglob(pattern) if file.is_file()}
        names = sorted(str(file.relative_to(folder)) for file in found)
        return [name for name in names if len(name) <= 200][:MOST_LYING]  # noqa: PLR2004 - a subject

    # --- deciding ------------------------------------------------------------

    def keep_file(self, command: Command, keep: Keep) -> dict[str, Any]:
        """Say which of several files holds; the others are withdrawn in the log."""
        room = self._room
        collected = collected_of(room)
        undecided = collected.decided({})
        both = (*collected.clashes, *undecided.clashes)
        clash = next((c for c in both if c.cell == keep.cell), None)
        options = {option.sha256 for option in clash.options} if clash else set()
        if clash is None or (keep.sha256 not in {None, "same"} and keep.sha256 not in options):
            raise refuse("the files", repr(keep.cell), "files that cannot all hold")
        entries: list[tuple[str, dict[str, Any]]] = []
        if keep.sha256 in options:
            taken = {t.sha256: t for t in undecided.read}
            entries = [
                ("withdrawn", {**_sealed(taken[sha]), "why": "another file of the same holds"})
                for sha in sorted(options - {keep.sha256})
                if sha in taken
            ]
        change: Change = (KEEP, keep.cell, {"sha256": keep.sha256}, clash.person)
        return room.enter_all(command, entries, [change])

    def put_aside(self, command: Command, asked: PutAside) -> dict[str, Any]:
        """Put a file aside, or take it back; the log says so."""
        room = self._room
        held = {e.subject: e.payload for e in room.events(FILE) if e.payload}
        if asked.sha256 not in held:
            raise refuse("the file", repr(asked.sha256[:12]), "a file that was taken in")
        taken = _read_back(held[asked.sha256], room)
        kind = "withdrawn" if asked.aside else "collected"
        more = {**_sealed(taken), "why": asked.why} if asked.aside else _entry(taken)
        payload = {"aside": asked.aside, "why": asked.why}
        change: Change = (ASIDE, asked.sha256, payload, taken.person)
        return room.enter_all(command, [(kind, more)], [change])

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
                "lying": [name for name in self._lying() if name not in names],
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


def _sealed(taken: Taken) -> dict[str, Any]:
    own = taken.assessment.rater.kind == "self"
    return {
        "person": taken.person,
        "rater": None if own else taken.rater,
        "ratings_sha256": ratings_hash(taken.assessment),
    }


def _entry(taken: Taken) -> dict[str, Any]:
    said = taken.assessment
    at = said.locked_at.isoformat() if said.locked_at else now().isoformat()
    return {**_sealed(taken), "rater_kind": said.rater.kind, "locked_at": at}


def _other_ladder(taken: Taken, room: CalibrationRoom) -> Problem:
    expected = f"{room.framework.key}, which this session is held on"
    remedy = "ask for a round on it, or begin another session for these files"
    return Problem("framework", taken.assessment.framework, expected, remedy, file=taken.name)
