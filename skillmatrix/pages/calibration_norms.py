"""Practice profiles, rated blind and held against their reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field

from skillmatrix.errors import FrameworkError
from skillmatrix.framework.practice_profiles import NOT_OBSERVED, PracticeProfile
from skillmatrix.pages.meeting import CalibrationRoom, Change, NewEntry
from skillmatrix.pages.session import Arguments, Command, Commands, refuse
from skillmatrix.panel.practice import (
    answers_of_files,
    apart,
    held_against,
    practice_answers,
)

#: Kinds of the events of this part: answers, the choice of profiles, what was shown.
PRACTICE, CHOICE, REVEALED = "practice", "practice-choice", "practice-revealed"
#: How many profiles a session begins with.
USUAL = 2

Answer = int | Literal["NOT_OBSERVED"]


class Choose(Arguments):
    """The practice profiles of this session, in the order they are rated."""

    profiles: list[str] = Field(min_length=1, max_length=20)


class OfProfile(Arguments):
    """One practice profile."""

    profile: str


class OfRater(Arguments):
    """One rater and one practice profile."""

    rater: str
    profile: str


class Rate(OfRater):
    """What a rater gave a practice profile so far, or for good."""

    levels: dict[str, Answer]
    sealed: bool = False


class Reveal(OfProfile):
    """Show a practice profile's reference, also where somebody has not sealed."""

    anyway: bool = False


class Norming:
    """Commands of this part."""

    def __init__(self, room: CalibrationRoom) -> None:
        self._room = room
        self.commands: Commands = {
            "practice_choose": (Choose, self.choose),
            "practice_text": (OfProfile, self.text),
            "practice_draft": (OfRater, self.draft),
            "practice_rate": (Rate, self.rate),
            "practice_reveal": (Reveal, self.reveal),
            "practice_result": (OfProfile, self.result),
        }

    def state(self) -> dict[str, Any]:
        """Give which profiles there are, and who has done what; no answer of anybody."""
        try:
            known, problem = self._room.framework.practice_profiles, None
        except FrameworkError as error:
            known, problem = {}, str(error)
        done = self._answers()
        told = {
            "profiles": [
                {"id": p.id, "title": p.title, "cases": len(p.cases)} for p in known.values()
            ],
            "chosen": self._chosen(known),
            "sealed": {profile: sorted(who) for profile, who in self._sealed(done).items()},
            "begun": {
                profile: sorted(r for r, said in who.items() if not said["sealed"])
                for profile, who in done.items()
            },
            "filed": {profile: sorted(who) for profile, who in self._filed().items()},
            "revealed": self._revealed(),
            "problem": problem,
        }
        return {"norms": told}

    # --- what was stored -----------------------------------------------------

    def _chosen(self, known: Iterable[str]) -> list[str]:
        last = next((e.payload for e in reversed(self._room.events(CHOICE)) if e.payload), None)
        there = list(known)
        return [p for p in last["profiles"] if p in there] if last else there[:USUAL]

    def _revealed(self) -> list[str]:
        return list(dict.fromkeys(event.subject for event in self._room.events(REVEALED)))

    def _answers(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Give what was answered in the room, by profile and rater; once sealed it stays."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for event in self._room.events(PRACTICE):
            rater, _, profile = event.subject.partition("/")
            told = found.setdefault(profile, {})
            if event.payload and not told.get(rater, {}).get("sealed"):
                told[rater] = event.payload
        return found

    @staticmethod
    def _sealed(done: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
        return {p: [r for r, said in who.items() if said["sealed"]] for p, who in done.items()}

    def _filed(self) -> dict[str, dict[str, Any]]:
        session = self._room.calibration()
        return answers_of_files(session.practice, session.framework) if session.practice else {}

    def _profile(self, profile: str) -> PracticeProfile:
        known = self._room.framework.practice_profiles
        if profile not in known:
            expected = ", ".join(known) or "none: this ladder has no practice profiles"
            raise refuse("profile", repr(profile), expected)
        return known[profile]

    def _seated(self) -> list[str]:
        """Give who can rate: those present, and all who rated in files."""
        session = self._room.calibration()
        return list(dict.fromkeys([*session.standing.present, *session.raters]))

    def _checked(self, asked: OfRater) -> PracticeProfile:
        profile = self._profile(asked.profile)
        seated = self._seated()
        if asked.rater not in seated:
            expected = ", ".join(seated) or "nobody yet"
            raise refuse("rater", repr(asked.rater), expected, "add them under Who sits here")
        return profile

    def _again(self, command: Command) -> bool:
        """Say whether this very command was stored before."""
        return any(event.id == command.id for event in self._room.events())

    # --- commands ------------------------------------------------------------

    def choose(self, command: Command, asked: Choose) -> dict[str, Any]:
        """Choose the profiles of this session."""
        chosen = list(dict.fromkeys(asked.profiles))
        for profile in chosen:
            self._profile(profile)
        return self._room.append(command, CHOICE, "", {"profiles": chosen})

    def text(self, command: Command, asked: OfProfile) -> dict[str, Any]:
        """Give a profile to read: no reference, no reason."""
        profile = self._profile(asked.profile)
        cases = [{"skill": c.skill, "text": c.text} for c in profile.cases.values()]
        told = profile.model_dump(mode="json", include={"id", "title", "notice", "text"})
        return {"practice_text": {**told, "cases": cases}}

    def draft(self, command: Command, asked: OfRater) -> dict[str, Any]:
        """Give what a rater has chosen and not sealed."""
        self._checked(asked)
        said = self._answers().get(asked.profile, {}).get(asked.rater)
        if said is None:
            return {"practice_draft": {}}
        if said["sealed"]:
            raise refuse("practice", "sealed", "answers that are not sealed", "wait for the reveal")
        return {"practice_draft": said["levels"]}

    def rate(self, command: Command, asked: Rate) -> dict[str, Any]:
        """Keep what a rater gives a profile; with `sealed` for good."""
        return self._room.enter_all(command, lambda: ([], self._rating(command, asked)))

    def _rating(self, command: Command, asked: Rate) -> list[Change]:
        if self._again(command):
            return []
        profile = self._checked(asked)
        self._open_to(asked)
        scale = [level.value for level in self._room.framework.levels]
        for skill, value in asked.levels.items():
            if skill not in profile.cases:
                raise refuse("skill", repr(skill), "one of " + ", ".join(profile.cases))
            if value not in scale and value != NOT_OBSERVED:
                expected = f"a level from {scale[0]} to {scale[-1]}, or {NOT_OBSERVED}"
                raise refuse(skill, repr(value), expected)
        if asked.sealed and not asked.levels:
            raise refuse("practice", "no answer", "an answer to one case at least")
        said = {"levels": asked.levels, "sealed": asked.sealed}
        return [(PRACTICE, f"{asked.rater}/{asked.profile}", said, asked.rater)]

    def _open_to(self, asked: OfRater) -> None:
        if asked.profile in self._revealed():
            found = "its reference was shown"
            raise refuse("practice", found, "a profile not shown yet", "take another profile")
        if asked.rater in self._sealed(self._answers()).get(asked.profile, ()):
            raise refuse("practice", "sealed", "answers that are not sealed")
        if asked.rater in self._filed().get(asked.profile, ()):
            raise refuse("practice", "came as a file", "a profile not rated by them yet")

    def reveal(self, command: Command, asked: Reveal) -> dict[str, Any]:
        """Show a profile: everything sealed goes into the log."""
        return self._room.enter_all(command, lambda: self._showing(command, asked))

    def _showing(self, command: Command, asked: Reveal) -> tuple[list[NewEntry], list[Change]]:
        if self._again(command) or asked.profile in self._revealed():
            return [], []
        self._profile(asked.profile)
        sealed = self._sealed(self._answers()).get(asked.profile, [])
        filed = self._filed().get(asked.profile, {})
        if not sealed and not filed:
            raise refuse("practice", "nobody has sealed", "the answers of one rater at least")
        present = self._room.calibration().standing.present
        missing = [r for r in present if r not in sealed and r not in filed]
        if missing and not asked.anyway:
            found = "not sealed by " + ", ".join(missing)
            raise refuse("practice", found, "all present, or that you show it anyway")
        levels = self._answers().get(asked.profile, {})
        entries: list[NewEntry] = [
            ("practised", {"rater": r, "profile": asked.profile, "levels": levels[r]["levels"]})
            for r in sorted(sealed)
        ]
        return entries, [(REVEALED, asked.profile, {"without": missing}, None)]

    def result(self, command: Command, asked: OfProfile) -> dict[str, Any]:
        """Give a profile that was shown: answers beside the reference."""
        profile = self._profile(asked.profile)
        if asked.profile not in self._revealed():
            raise refuse("practice", "not shown yet", "a profile that was shown")
        session = self._room.calibration()
        told = practice_answers(session).get(asked.profile, {})
        cases = []
        for skill, case in profile.cases.items():
            given = [
                {"rater": rater, "answer": said[skill]}
                for rater, said in sorted(told.items())
                if skill in said
            ]
            cases.append(
                {
                    "skill": skill,
                    "text": case.text,
                    "reference": NOT_OBSERVED if case.reference is None else case.reference.value,
                    "reason": case.reason,
                    "anchors": list(case.anchors),
                    "given": given,
                    "apart": apart(case, [each["answer"] for each in given]),
                }
            )
        held = [
            vars(held_against(session.framework, profile.id, rater, told[rater]))
            for rater in sorted(told)
        ]
        return {"practice_result": {"profile": profile.id, "cases": cases, "raters": held}}
