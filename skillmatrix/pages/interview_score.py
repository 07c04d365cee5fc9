"""Score alone: who interviews, what each has seen, closed before anybody's scores are shown."""

from __future__ import annotations

import json
from typing import Any, Protocol

from pydantic import Field

from skillmatrix.assessment.parse import parse
from skillmatrix.errors import AssessmentError
from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.pages.meeting import Change, Room
from skillmatrix.pages.own_plan import cleaned
from skillmatrix.pages.record import one_line
from skillmatrix.pages.session import Arguments, Command, Commands, now, refuse
from skillmatrix.panel.interview import Standing
from skillmatrix.panel.interview_contents import Score
from skillmatrix.panel.score import score_data, score_from, seal_score
from skillmatrix.store.met import adopt_person
from skillmatrix.store.rows import random_code

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


class Interviewer(Arguments):
    """Somebody of the panel; without a code a new one."""

    code: str | None = Field(default=None, max_length=60)
    name: str = Field(default="", max_length=200)


class SetRoom(Arguments):
    """Who interviews, and with which exercises."""

    raters: list[Interviewer] = Field(max_length=MOST_RATERS)
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
            "seal": (Seat, self.seal),
            "unseal": (Seat, self.unseal),
            "score_file": (Seat, self.score_file),
            "take_scores": (ScoreFile, self.take_scores),
        }

    def state(self) -> dict[str, Any]:
        """Give who interviews, and who has closed; of the scores themselves nothing."""
        room, said = self._room, self._room.interview()
        sealed, begun = room.sealed(), {event.subject for event in room.events(GIVEN)}
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
        }

    def set_room(self, command: Command, asked: SetRoom) -> dict[str, Any]:
        """Say who interviews; names go to the key file, codes into the log."""
        room = self._room
        before = room.interview()
        strange = [name for name in asked.exercises if name not in room.rubric.exercises]
        if strange:
            raise refuse("exercises", repr(strange[0]), "exercises of the rubric")
        codes = []
        for given in asked.raters:
            if given.code is not None and given.code not in before.raters:
                raise refuse("raters", repr(given.code), "somebody of this panel, or a new one")
            code = given.code or random_code("r")
            name = one_line(given.name)
            adopt_person(room.store, code, name or code, now())
            if name and room.name(code) != name:
                room.store.rename_person(code, name)
            codes.append(code)
        gone = [code for code in before.raters if code not in codes and code in room.sealed()]
        if gone:
            found = f"{room.name(gone[0])} has closed scores"
            remedy = "they may stay away, but what was scored stays"
            raise refuse("raters", found, "everybody who has closed scores", remedy)
        content = {"raters": codes, "exercises": asked.exercises}
        return room.enter(command, "room", content)

    def _known(self, rater: str) -> None:
        if rater not in self._room.interview().raters:
            raise refuse("rater", repr(rater), "somebody of this panel")

    def take_seat(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Give an interviewer what they have given so far; once it is closed, nothing."""
        self._known(seat.rater)
        if seat.rater in self._room.sealed():
            remedy = "open it again first; after the reveal it stays as it is"
            raise refuse("the scores", "closed", "scores that are still open", remedy)
        return {"seat": self._given(seat.rater)}

    def _given(self, rater: str) -> dict[str, Any]:
        nothing: dict[str, Any] = {"scores": {}, "notes": {}, "observations": {}}
        held = [e.payload for e in self._room.events(GIVEN) if e.subject == rater and e.payload]
        return held[-1] if held else nothing

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

    def seal(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Close an interviewer's scores; what comes after the reveal is entered as late."""
        self._known(seat.rater)
        if any(event.id == command.id for event in self._room.events(SEALED)):
            return self._room.state_answer()
        if seat.rater in self._room.sealed():
            raise refuse("the scores", "closed already", "scores that are still open")
        given = self._given(seat.rater)
        score = seal_score(self._room.candidate, seat.rater, given, now(), self._room.rubric)
        return self._close(command, score)

    def _close(self, command: Command, score: Score) -> dict[str, Any]:
        room = self._room
        payload = json.loads(score.model_dump_json())
        change: Change = (SEALED, score.rater, payload, room.candidate)
        if room.interview().revealed is None:
            return room.append_all(command, [change])
        return room.enter_all(command, [("scored", payload)], [change])

    def unseal(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Open an interviewer's scores again, as long as nothing was shown."""
        room = self._room
        self._known(seat.rater)
        if room.interview().revealed is not None:
            remedy = "say in the panel what has changed; the agreed score is where it belongs"
            raise refuse("the scores", "shown to the panel", "scores nobody has seen", remedy)
        if seat.rater not in room.sealed():
            return room.state_answer()
        return room.append(command, SEALED, seat.rater, None, room.candidate)

    def score_file(self, command: Command, seat: Seat) -> dict[str, Any]:
        """Give an interviewer's closed scores as a file, to hand to whoever leads the panel."""
        room = self._room
        score = room.sealed().get(seat.rater)
        if score is None:
            raise refuse("the scores", "still open", "closed scores", "close them first")
        data = {**score_data(score, room.framework.key), "name": room.name(score.rater)}
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        return {"filename": f"{score.person}.{score.rater}.score.json", "data": text}

    def take_scores(self, command: Command, file: ScoreFile) -> dict[str, Any]:
        """Take in the closed scores of an interviewer who scored elsewhere."""
        room = self._room
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
            payload = json.loads(score.model_dump_json())
            entries: list[tuple[str, dict[str, Any]]] = []
            said = room.interview()
            if score.rater not in said.raters:
                everybody = [*said.raters, score.rater]
                entries.append(("room", {"raters": everybody, "exercises": list(said.exercises)}))
            if said.revealed is not None:
                entries.append(("scored", payload))
            change: Change = (SEALED, score.rater, payload, room.candidate)
            answer = room.enter_all(command, entries, [change])
        except AssessmentError as error:
            raise refuse("the file", str(error), "scores that the log can hold") from error
        return {**answer, "taken": score.rater}
