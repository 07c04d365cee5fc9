"""Step 6 of the self-review: what crosses to another person, and the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Field

from skillmatrix.assessment import lock
from skillmatrix.assessment.closing import without_private
from skillmatrix.assessment.events import LOCK, PACKET, History
from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.packet import (
    Reader,
    make_packet,
    packet_data,
    packet_name,
    text_of,
)
from skillmatrix.assessment.share import NOTHING, Held
from skillmatrix.errors import Problem, UnstorableError
from skillmatrix.pages import rounds
from skillmatrix.pages.hand_over_view import hand_over_view
from skillmatrix.pages.places import href
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
from skillmatrix.store import AssessmentHead, NewEvent, Store, StoredEvent
from skillmatrix.store.locking import lock_assessment


class For(Arguments):
    """For whom."""

    audience: Reader


class HoldBack(Arguments):
    """What is held back of what a reader would get."""

    audience: Reader
    name: bool = False
    reasons: list[str] = Field(default_factory=list, max_length=1000)
    notes: list[str] = Field(default_factory=list, max_length=1000)
    evidence: list[str] = Field(default_factory=list, max_length=20_000)
    case: list[str] = Field(default_factory=list, max_length=1000)
    plan: list[str] = Field(default_factory=list, max_length=1000)


class LockRound(Arguments):
    """Close the round with a packet for one reader.

    Notes
    -----
    ``seq`` is that of the manifest looked at; ``private`` says for each private note whether
    it is kept for the next round, which begins at once, or deleted.
    """

    audience: Reader
    seq: int
    private: dict[str, Literal["keep", "delete"]] = Field(default_factory=dict)


class Made(Arguments):
    """A packet made earlier, by the id of its event."""

    id: str


class HandingOver:
    """Commands of the hand-over."""

    def __init__(self, review: Round) -> None:
        self._review = review
        self.commands: Commands = {
            "hand_over": (For, self.show),
            "hold": (HoldBack, self.hold),
            "lock": (LockRound, self.lock),
            "packet": (For, self.packet),
            "packet_file": (Made, self.packet_file),
            "new_round": (Nothing, self.new_round),
        }

    def show(self, command: Command, asked: For) -> dict[str, Any]:
        """Give the manifest, field by field, and all that would leave."""
        assessment, history = self._review.current()
        held = held_back(history, asked.audience)
        everything = rounds.read_all(self._review.store, self._review.head())
        view = hand_over_view(self._review.framework, assessment, asked.audience, held, everything)
        return {"hand_over": {**view, "seq": self._review.head().seq}}

    def hold(self, command: Command, back: HoldBack) -> dict[str, Any]:
        """Keep what is held back."""
        payload = back.model_dump(mode="json", exclude={"audience"})
        return self._review.append(command, "hand_over", back.audience, payload)

    def lock(self, command: Command, asked: LockRound) -> dict[str, Any]:
        """Close the round, with its first packet; private notes go on or are deleted."""
        review = self._review
        if any(event.id == command.id for event in review.events()):
            return review.state_answer()
        head = review.head()
        if head.status == "locked":
            raise refused_as_locked()
        if head.seq != asked.seq:
            expected = "the round as you looked at it"
            remedy = "look through what leaves once more, then lock"
            raise refuse("the lock", "a change made since, here or elsewhere", expected, remedy)
        assessment, history = review.current()
        private = {s for s, note in assessment.notes.items() if note.visibility == "private"}
        _check_decided(self._titles(private), private, asked.private)
        keep = {skill for skill, what in asked.private.items() if what == "keep"}
        following = self._go_on(command, head, assessment, keep) if keep else None
        at = now()
        closed = lock(assessment, at)
        packet = make_packet(closed, asked.audience, at, held_back(history, asked.audience))
        payload = {
            "as_of": assessment.as_of.isoformat(),
            "locked_at": at.isoformat(),
            "sha256": closed.sha256,
            "next": following.code if following else None,
            "packet": packet_data(packet),
        }
        event = NewEvent(command.id, LOCK, asked.audience, payload, head.seq, at)
        try:
            lock_assessment(review.store, head.code, event, without_private)
        except UnstorableError:
            # Refused for good. What may be tried again finds the next round as it is.
            if following:
                review.store.set_deleted(following.code, True, at=at, event_id=f"{command.id}-not")
            raise
        return review.state_answer()

    def packet(self, command: Command, asked: For) -> dict[str, Any]:
        """Make a further packet of a locked round."""
        assessment, history = self._review.current()
        if assessment.status != "locked":
            raise refuse("the round", "a draft", "a locked one", "lock it; that makes a packet")
        packet = make_packet(assessment, asked.audience, now(), held_back(history, asked.audience))
        payload = {"packet": packet_data(packet)}
        return self._review.append(command, PACKET, asked.audience, payload)

    def packet_file(self, command: Command, made: Made) -> dict[str, Any]:
        """Give a packet made earlier as the text of its file."""
        for event in self._review.events():
            if event.id == made.id and event.kind in {LOCK, PACKET} and event.payload:
                packet = event.payload["packet"]
                return {"filename": packet_name(packet), "data": text_of(packet)}
        raise refuse("id", repr(made.id), "a packet of this round")

    def new_round(self, command: Command, _: Nothing) -> dict[str, Any]:
        """Begin a new round from where this one stands, and open it."""
        review = self._review
        following = rounds.take_up(review.store, review.head(), command.id)
        review.turn_to(following.code)
        place = href("self_review", review.embed, following.code)
        return {**review.state_answer(), "opened": following.code, "href": place}

    def _titles(self, skills: set[str]) -> dict[str, str]:
        known = self._review.framework.skills
        return {skill: known[skill].title for skill in known if skill in skills}

    def _go_on(
        self, command: Command, head: AssessmentHead, assessment: Assessment, keep: set[str]
    ) -> AssessmentHead:
        """Begin the next round at once, with the private notes that are kept."""
        notes = {
            skill: note
            for skill, note in assessment.notes.items()
            if note.visibility != "private" or skill in keep
        }
        going_on = assessment.model_copy(update={"notes": notes})
        return rounds.take_over(self._review.store, head, going_on, f"{command.id}-next")


def refused_as_locked() -> RefusedError:
    """Make the error for a change of a locked round."""
    remedy = "begin a new round; it starts from where this one stands"
    found = "locked, so that nothing in it changes"
    return RefusedError(Problem("the round", found, "a draft", remedy, rule="locked"))


def _check_decided(titles: dict[str, str], private: set[str], said: Mapping[str, str]) -> None:
    problems = [
        Problem(
            f"private note on {titles.get(skill, skill)}",
            "no decision",
            "keep it for the next round, share it, or delete it",
            "look through the private notes once more",
        )
        for skill in [*titles, *sorted(private - set(titles))]
        if skill not in said
    ]
    problems += [
        Problem(f"private > {skill}", "no private note", "the skill of one")
        for skill in sorted(set(said) - private)
    ]
    if problems:
        raise RefusedError(*problems)


def held_back(history: History, audience: Reader) -> Held:
    """Give what is held back from a reader."""
    event = history.current.get(("hand_over", audience))
    if event is None or not event.payload:
        return NOTHING
    said = dict(event.payload)
    parts = {kind: frozenset(ids) for kind, ids in said.items() if kind != "name"}
    return Held(name=bool(said.get("name")), **parts)


def lock_state(store: Store, head: AssessmentHead, history: History, embed: str) -> dict[str, Any]:
    """
    Give what the page says of the lock.

    Returns
    -------
    dict
        ``held``: by reader what is held back. ``lock``: None for a draft, else when, its
        hash, the round begun with it, and the packets made so far, the first one first.
    """
    readers: tuple[Reader, ...] = ("mentor", "calibration")
    held = {}
    for reader in readers:
        parts = asdict(held_back(history, reader))
        held[reader] = {k: v if isinstance(v, bool) else sorted(v) for k, v in parts.items()}
    if head.status != "locked":
        return {"held": held, "lock": None}
    made = [event for event in store.events(head.code) if event.kind in {LOCK, PACKET}]
    said = made[0].payload or {}
    following = None
    codes = {entry.code for entry in store.assessments()}
    if said["next"] in codes:
        following = {"code": said["next"], "href": href("self_review", embed, said["next"])}
    return {
        "held": held,
        "lock": {
            "at": said["locked_at"],
            "sha256": said["sha256"],
            "ratings_sha256": said["packet"]["ratings_sha256"],
            "next": following,
            "packets": [_made(event) for event in made],
        },
    }


def _made(event: StoredEvent) -> dict[str, Any]:
    packet = (event.payload or {})["packet"]
    said = packet["manifest"]
    return {
        "id": event.id,
        "audience": said["audience"],
        "at": event.at.astimezone(dt.UTC).isoformat(),
        "filename": packet_name(packet),
        "sha256": packet["sha256"],
        "included": said["included"],
        "left_out": said["left_out"],
    }
