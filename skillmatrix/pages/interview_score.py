"""Score alone: who interviews, what each has seen, closed before anybody's scores are shown."""

from __future__ import annotations

import json
from typing import Any, Protocol

from pydantic import Field

from skillmatrix.assessment.parse import parse
from skillmatrix.errors import AssessmentError
from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.pages.interview_people import made_code
from skillmatrix.pages.meeting import Change, NewEntry, Room
from skillmatrix.pages.own_plan import cleaned
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, now, refuse
from skillmatrix.panel.interview import Standing
from skillmatrix.panel.interview_contents import Score
from skillmatrix.panel.score import score_data, score_from, seal_score
from skillmatrix.store.met import adopt_person

#: Kinds of events: what an interviewer has given so far, and what is closed; subject the rater.
GIVEN, SEALED = "score", "sealed"

MOST_RATERS = 12
_LONGEST = 5000


class InterviewRoom(Room, Protocol):
    """What a group of commands needs of the interview it belongs to."""

    @property
    def rubric(self) -> Rubric:
        """The rubric of the ladder."""

    @property
    def candidate(self) -> str:
        """Code of the candidate."""

    def interview(self) -> Standing:
        """Give the interview as it stands."""

    def sealed(self) -> dict[str, Score]:
        """Give the scores that are closed, by rater."""

    def name(self, code: str) -> str:
        """Give the name behind a code, or the code."""

    def seated(self) -> list[str]:
        """Give everybody who was ever an interviewer of this panel."""

    def offered(self) -> list[str]:
        """Give who can be named by code: of this panel's past, and of earlier panels."""

    def again(self, command: Command) -> bool:
        """Say whether a command was carried out before."""

    def takes_more(self) -> None:
        """Refuse where the candidate was erased, or the interview is closed."""


class Interviewer(Arguments):
    """Somebody of the panel; without a code a new one."""

    code: str | None = Field(default=None, max_length=60)
    name: str = Field(default="", max_length=200)


class SetRoom(Arguments):
    """Who interviews, and with which exercises."""

    raters: list[Interviewer] = Field(max_length=1000)
    exercises: list[str] = Field(default_factory=list, max_length=50)


class Seat(Arguments):
    """One interviewer."""

    rater: str = Field(max_length=60)


class Given(Arguments):
    """What an interviewer has given so far."""

    rater: str = Field(max_length=60)
    scores: dict[str, int | str] = Field(default_factory=dict, max_length=200)
    notes: dict[str, str] = Field(default_factory=dict, max_length=200)
    observations: dict[str, dict[str, str]] = Field(default_factory=dict, max_length=500)


class ScoreFile(Arguments):
    """The file of an interviewer, as text."""

    name: str = Field(max_length=500)
    text: str


class Scoring:
    """Commands of this part."""

    def __init__(self, room: InterviewRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "set_room": (SetRoom, self.set_room),
            "take_seat": (Seat, self.take_seat),
            "give": (Given, self.give),
            "seal": (Given, self.seal),
            "unseal": (Seat, self.unseal),
            "score_file": (Seat, self.score_file),
            "take_scores": (ScoreFile, self.take_scores),
        }

    def state(self) -> dict[str, Any]:
        """Give who interviews, and who has closed; of the scores themselves nothing."""
        room, said = self._room, self._room.interview()
        sealed = room.sealed()
        begun = {event.subject for event in room.events(GIVEN, SEALED)}
        return {
            "panel": [
                {
                    "code": code,
                    "name": room.name(code),
                    "state": "sealed" if code in sealed else "begun" if code in begun else "none",
                }
                for code in said.raters
            ],
            "exercises": list(said.exercises),
            "most_raters": MOST_RATERS,
            "files": said.revealed is not None or len(room.seated()) == 1,
            "offered": [
                {"code": code, "name": room.name(code)}
                for code in room.offered()
                if room.name(code) != code
            ],
            "opened": [
                {"at": at.isoformat(), "name": room.name(rater)} for at, rater in said.opened
            ],
        }

    def set_room(self, command: Command, asked: SetRoom) -> dict[str, Any]:
        """Say who interviews; names go to the key file, codes into the log."""
        room = self._room
        if room.again(command):
            return room.state_answer()
        room.takes_more()
        named = [given for given in asked.raters if given.code or given.name.strip()]
        codes = self._codes(command, named, asked.exercises)
        for code, given in zip(codes, named, strict=True):
            name = one_line(given.name)
            adopt_person(room.store, code, name or code, now())
            if name and room.name(code) != name:
                room.store.rename_person(code, name)
        return room.enter(command, "room", {"raters": codes, "exercises": asked.exercises})

    def _codes(self, command: Command, named: list[Interviewer], exercises: list[str]) -> list[str]:
        room, before = self._room, self._room.interview().raters
        strange = [name for name in exercises if name not in room.rubric.exercises]
        if strange:
            raise refuse("exercises", repr(strange[0]), "exercises of the rubric")
        if len(named) > MOST_RATERS:
            remedy = "take somebody off; who only listens need not be named"
            raise refuse("who interviews", f"{len(named)} names", f"at most {MOST_RATERS}", remedy)
        known = {*before, *room.offered()}
        codes = []
        for at, given in enumerate(named):
            if given.code is not None and given.code not in known:
                raise refuse("who interviews", repr(given.code), "somebody known here, or a name")
            codes.append(given.code or made_code(room.store, "r", command.id, at))
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            found = f"{room.name(twice)} named twice"
            raise refuse("who interviews", found, "everybody once", "take one of the two off")
        gone = [code for code in before if code not in codes and code in room.sealed()]
        if gone:
            found = f"{room.name(gone[0])} has closed scores"
            remedy = "they may stay away, but what was scored stays"
            raise refuse("who interviews", found, "everybody who has closed scores", remedy)
        return codes

    def _known(self, rater: str) -> None:
        if rater not in self._room.interview().raters:
            raise refuse("rater", repr(rater), "somebody of this panel")

    def take_seat(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Give an interviewer what they have given so far; once it is closed, nothing."""
        self._room.takes_more()
        self._known(seat.rater)
        if seat.rater in self._room.sealed():
            remedy = "open it again first; after the reveal it stays as it is"
            raise refuse("the scores", "closed", "scores that are still open", remedy)
        return {"seat": self._given(seat.rater)}

    def _given(self, rater: str) -> dict[str, Any]:
        found: dict[str, Any] = {"scores": {}, "notes": {}, "observations": {}}
        for event in self._room.events(GIVEN, SEALED):
            if event.subject == rater and event.payload is not None:
                found = {key: event.payload[key] for key in found}
        return found

    def give(self, command: Command, given: Given) -> dict[str, Any]:
        """Keep what an interviewer has given so far."""
        room = self._room
        self._known(given.rater)
        if given.rater in room.sealed():
            if any(event.id == command.id for event in room.events(GIVEN)):
                return room.state_answer()
            raise refuse("the scores", "closed", "scores that are still open")
        self._check(given)
        payload = cleaned(given.model_dump(mode="json", exclude={"rater"}))
        return room.append(command, GIVEN, given.rater, payload, room.candidate)

    def _check(self, given: Given) -> None:
        rubric = self._room.rubric
        for name, value in given.scores.items():
            if name not in rubric.dimensions:
                raise refuse("scores", repr(name), "a dimension of the rubric")
            if value not in rubric.levels and value != "NOT_OBSERVED":
                scale = ", ".join(map(str, rubric.levels))
                raise refuse(f"scores > {name}", repr(value), f"one of {scale}, or NOT_OBSERVED")
        for name, text in given.notes.items():
            if name not in rubric.dimensions or len(text) > _LONGEST:
                raise refuse("notes", repr(name), f"at most {_LONGEST} characters on a dimension")
        for name, said in given.observations.items():
            fits = said.get("seen") in {"seen", "not seen", "no chance"} and not (
                set(said) - {"seen", "words"}
            )
            if name not in rubric.observations or not fits:
                raise refuse("observations", repr(name), "seen, not seen or no chance, with words")

    def seal(self, command: Command, given: Given) -> dict[str, Any]:
        """Close an interviewer's scores; what comes after the reveal is entered as late."""
        room, rater = self._room, given.rater
        if not room.again(command):
            room.takes_more()
            self._known(rater)
            if rater in room.sealed():
                raise refuse("the scores", "closed already", "scores that are still open")
            self._check(given)
            plain = cleaned(given.model_dump(mode="json", exclude={"rater"}))
            self._close(command, seal_score(room.candidate, rater, plain, now(), room.rubric))
        answer = room.state_answer()
        held = room.sealed().get(rater)
        return answer if held is None else {**answer, "file": self._file(held)}

    def _close(self, command: Command, score: Score, entries: tuple[NewEntry, ...] = ()) -> None:
        room = self._room
        payload = json.loads(score.model_dump_json())
        change: Change = (SEALED, score.rater, payload, room.candidate)

        def told() -> tuple[list[NewEntry], list[Change]]:
            late = [] if room.interview().revealed is None else [("scored", payload)]
            return [*entries, *late], [change]

        room.enter_all(command, told)

    def unseal(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Open an interviewer's scores again, as long as nothing was shown; the log says so."""
        room = self._room
        if room.again(command):
            return room.state_answer()
        self._known(seat.rater)
        if room.interview().revealed is not None:
            remedy = "say in the panel what has changed; the agreed score is where it belongs"
            raise refuse("the scores", "shown to the panel", "scores nobody has seen", remedy)
        if seat.rater not in room.sealed():
            return room.state_answer()
        content = {"person": room.candidate, "rater": seat.rater}
        change: Change = (SEALED, seat.rater, None, room.candidate)
        return room.enter_all(command, [("opened_again", content)], [change])

    def score_file(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Give closed scores as a file, where nobody else's seat is at this keyboard."""
        room = self._room
        score = room.sealed().get(seat.rater)
        if score is None:
            raise refuse("the scores", "still open", "closed scores", "close them first")
        if room.interview().revealed is None and room.seated() != [seat.rater]:
            remedy = "the file is given to its author alone, right after closing"
            raise refuse("the scores", "not shown yet", "scores that were shown", remedy)
        return self._file(score)

    def _file(self, score: Score) -> dict[str, str]:
        room = self._room
        data = {**score_data(score, room.framework.key), "name": room.name(score.rater)}
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        return {"filename": f"{score.person}.{score.rater}.score.json", "data": text}

    def take_scores(self, command: Command, file: ScoreFile) -> dict[str, Any]:
        """Take in the closed scores of an interviewer who scored elsewhere."""
        room = self._room
        room.takes_more()
        name = one_line(file.name)[:200] or "a file"
        data = parse(file.text.removeprefix("\ufeff"), name)
        if data.get("framework") not in {None, room.framework.key}:
            raise refuse("framework", repr(data["framework"])[:80], room.framework.key)
        score = score_from(data, room.rubric, name)
        if score.person != room.candidate:
            found, expected = f"scores of {score.person!r}", f"the code {room.candidate!r}"
            remedy = "give interviewers the code of the candidate when they begin"
            raise refuse("person", found, expected, remedy)
        held = room.sealed().get(score.rater)
        if held is not None and held.sha256 != score.sha256:
            found = f"other scores of {room.name(score.rater)} that are closed here"
            raise refuse("the file", found, "one of each interviewer", "ask which of them holds")
        if held is not None:
            return {**room.state_answer(), "taken": score.rater, "again": True}
        called = data.get("name")
        label = one_line(called)[:200] if isinstance(called, str) else ""
        adopt_person(room.store, score.rater, label or score.rater, now())
        try:
            self._close(command, score, self._seat_of(score.rater, label))
        except AssessmentError as error:
            raise refuse("the file", str(error), "scores that the log can hold") from error
        return {**room.state_answer(), "taken": score.rater}

    def _seat_of(self, rater: str, label: str) -> tuple[NewEntry, ...]:
        """Give who interviews from now on; a file takes the seat of its name, if it is unused."""
        room, said = self._room, self._room.interview()
        if rater in said.raters:
            return ()
        used = {event.subject for event in room.events(GIVEN, SEALED)}
        called = label.casefold()
        named = [code for code in said.raters if room.name(code).casefold() == called]
        unused = next((code for code in named if code not in used), None)
        everybody = [rater if code == unused else code for code in said.raters]
        if unused is None:
            everybody.append(rater)
        return (("room", {"raters": everybody, "exercises": list(said.exercises)}),)
