"""Show all scores at once, talk, agree dimension by dimension, decide with reasons."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from skillmatrix.pages.interview_score import InterviewRoom
from skillmatrix.pages.interview_view import shown_view
from skillmatrix.pages.meeting import Change, NewEntry
from skillmatrix.pages.session import Arguments, Command, Commands, Nothing, refuse
from skillmatrix.panel.interview_contents import OUTCOMES


class Reveal(Arguments):
    """Show all scores; `anyway` where somebody has not closed theirs."""

    anyway: bool = False


class Agree(Arguments):
    """What the panel holds of a dimension; without a step it stays apart."""

    dimension: str = Field(max_length=100)
    after: int | None
    words: str = Field(default="", max_length=5000)


class Talk(Arguments):
    """What was said about something that was seen."""

    observation: str = Field(max_length=100)
    words: str = Field(max_length=300)


class Dissenting(Arguments):
    """Who does not agree, and why."""

    rater: str = Field(max_length=60)
    words: str = Field(default="", max_length=5000)


class Decide(Arguments):
    """The decision, with its reasons."""

    outcome: Literal["offer", "no offer", "another step"]
    rests_on: list[str] = Field(max_length=100)
    words: str = Field(max_length=5000)
    dissent: list[Dissenting] = Field(default_factory=list, max_length=50)
    decided_by: str = Field(max_length=200)


class Deciding:
    """Commands of this part."""

    def __init__(self, room: InterviewRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "reveal": (Reveal, self.reveal),
            "shown": (Nothing, self.shown),
            "over_all": (Nothing, self.over_all),
            "agree": (Agree, self.agree),
            "talk": (Talk, self.talk),
            "decide": (Decide, self.decide),
            "interview_report": (Nothing, self.report),
        }

    def state(self) -> dict[str, Any]:
        """Give how far the panel is."""
        said = self._room.interview()
        return {
            "revealed": said.revealed is not None,
            "closed": said.closed,
            "outcome": said.decided[1].outcome if said.decided else None,
            "outcomes": list(OUTCOMES),
        }

    def reveal(self, command: Command, asked: Reveal) -> dict[str, Any]:
        """Show all closed scores at once; from here on nobody scores blind."""
        room, said = self._room, self._room.interview()
        if said.revealed is not None:
            return room.state_answer()
        sealed = room.sealed()
        lacking = [code for code in said.raters if code not in sealed]
        if len(sealed) < 2:  # noqa: PLR2004 - one alone is nothing to set side by side
            found = f"{len(sealed)} of {len(said.raters)} interviewers have closed their scores"
            raise refuse("the reveal", found, "at least two closed scores")
        if lacking and not asked.anyway:
            found = f"{', '.join(map(room.name, lacking))} not closed"
            remedy = "wait, or show them anyway: scores that come later are no longer blind"
            raise refuse("the reveal", found, "everybody's scores closed", remedy)
        return room.enter_all(command, self._shown_now)

    def _shown_now(self) -> tuple[list[NewEntry], list[Change]]:
        """Give the entries of a reveal: all that is closed at this moment, whoever closed it."""
        room = self._room
        raters, sealed = room.interview().raters, room.sealed()
        order = [code for code in raters if code in sealed]
        order += [code for code in sealed if code not in raters]
        entries: list[NewEntry] = [
            ("scored", json.loads(sealed[code].model_dump_json())) for code in order
        ]
        without = [code for code in raters if code not in sealed]
        return [*entries, ("revealed", {"person": room.candidate, "without": without})], []

    def _revealed(self) -> None:
        if self._room.interview().revealed is None:
            raise refuse("the panel", "scores not shown yet", "the reveal first")

    def shown(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give everything that was scored, side by side."""
        self._revealed()
        room = self._room
        return {"shown": shown_view(room.rubric, room.interview(), room.name)}

    def over_all(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Say how interviewers of this workspace agree over all candidates."""
        from skillmatrix.pages.interview_history import over_all

        self._revealed()
        return {"over_all": over_all(self._room)}

    def agree(self, command: Command, asked: Agree) -> dict[str, Any]:
        """Enter what the panel holds of a dimension."""
        self._revealed()
        room = self._room
        if asked.dimension not in room.rubric.dimensions:
            raise refuse("dimension", repr(asked.dimension), "one of the rubric")
        if asked.after is not None and asked.after not in room.rubric.levels:
            scale = ", ".join(map(str, room.rubric.levels))
            raise refuse("after", repr(asked.after), f"one of {scale}, or none")
        before = [
            {"rater": rater, "score": score.scores.get(asked.dimension, "NOT_OBSERVED")}
            for rater, (_, score) in room.interview().scores.items()
        ]
        content = {
            "person": room.candidate,
            "dimension": asked.dimension,
            "before": before,
            "after": "OPEN" if asked.after is None else asked.after,
            "words": asked.words,
        }
        return room.enter(command, "agreed", content)

    def talk(self, command: Command, asked: Talk) -> dict[str, Any]:
        """Enter what was said about something that was seen."""
        self._revealed()
        if asked.observation not in self._room.rubric.observations:
            raise refuse("observation", repr(asked.observation), "one of the rubric")
        content = {"person": self._room.candidate, **asked.model_dump()}
        return self._room.enter(command, "talked", content)

    def decide(self, command: Command, asked: Decide) -> dict[str, Any]:
        """Enter the decision; one that was entered before is corrected, and both stand."""
        self._revealed()
        room, said = self._room, self._room.interview()
        if room.again(command):
            return room.state_answer()
        shown = shown_view(room.rubric, said, room.name)
        if shown["to_talk"]:
            names = "; ".join(room.rubric.observations[name].text for name in shown["to_talk"])
            remedy = "enter what was said about each; a red flag decides nothing by itself"
            raise refuse("red flags", names[:500], "each talked about", remedy)
        strange = [name for name in asked.rests_on if name not in room.rubric.dimensions]
        strange += [each.rater for each in asked.dissent if each.rater not in said.raters]
        if strange:
            raise refuse("the decision", repr(strange[0]), "a dimension, or somebody of the panel")
        told = asked.model_dump(mode="json")
        before = (
            said.decided[1].model_dump(mode="json", include=set(told)) if said.decided else None
        )
        if told == before:
            raise refuse("the decision", "the one that stands", "something that changes it")
        content = {
            "person": room.candidate,
            **told,
            "corrects": said.decided[0] if said.decided else None,
        }
        return room.enter(command, "decided", content)

    def report(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Give the interview as one HTML file."""
        from skillmatrix.reports.interview import interview_report

        self._revealed()
        room = self._room
        made = interview_report(room.rubric, room.log(), room.name)
        return {"filename": made.name, "data": made.content.decode()}
