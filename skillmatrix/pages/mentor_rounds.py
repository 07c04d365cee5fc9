"""A mentor's rounds in a workspace: begun from a packet, locked, talked through."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skillmatrix.assessment import Assessment, Packet
from skillmatrix.assessment.events import EARLIER, RECEIVED, SESSION
from skillmatrix.assessment.files import file_text
from skillmatrix.assessment.packet import packet_data, packet_from
from skillmatrix.errors import AssessmentError, MismatchError, Problem
from skillmatrix.pages.session import RefusedError, now
from skillmatrix.sessions import Session, begin, session_data, session_from
from skillmatrix.store import AssessmentHead, NewEvent, Store, StoredEvent
from skillmatrix.store.met import adopt_person, name_of, own_code

#: Subject of the event that holds the head of a session record.
HEAD = "head"
NO_NAME = "Mentor"

#: Files of others that may lie in the workspace folder, and how many of them are looked at.
_ENDINGS = (".packet.json", ".session.json")
MOST_LYING = 100


def is_mentoring(head: AssessmentHead) -> bool:
    """Say whether a round holds a mentor's ratings of somebody else."""
    return head.rater.get("kind") == "mentor"


def mentoring_rounds(store: Store) -> list[AssessmentHead]:
    """List the rounds in which somebody else is rated, the one changed last first."""
    return [head for head in store.assessments() if is_mentoring(head)]


def lying(store: Store) -> list[str]:
    """Name the packets and session records that lie in the workspace folder and are not open."""
    opened = {received(store.events(head.code))["sha256"] for head in mentoring_rounds(store)}
    found = [file for end in _ENDINGS for file in store.folder.glob(f"*{end}")]
    names = sorted(file.name for file in found if file.is_file())
    return [name for name in names[:MOST_LYING] if _sha(store.folder / name) not in opened]


def text_lying(store: Store, name: str) -> str:
    """
    Read a file that lies in the workspace folder.

    Raises
    ------
    RefusedError
        If no packet or record of that name lies there.
    AssessmentError
        If it cannot be read.
    """
    if name not in {file.name for end in _ENDINGS for file in store.folder.glob(f"*{end}")}:
        expected = "a packet or session record in the folder of the workspace"
        raise RefusedError(Problem("the file", f"{name[:80]!r}", expected))
    return file_text(store.folder / name, "a packet or a session record")


def _sha(file: Path) -> str | None:
    try:
        said = json.loads(file_text(file, "a packet"))
    except (AssessmentError, ValueError, RecursionError):
        return None
    return said.get("sha256") if isinstance(said, dict) else None


def differs(others: Iterable[AssessmentHead], code: str, store: Store) -> str:
    """Say that an earlier packet of the same person holds other ratings, not which."""
    head = store.assessment(code)
    same = [other for other in others if other.person_code == head.person_code]
    if not same:
        return ""
    days = ", ".join(
        received(store.events(other.code))["assessment"]["locked_at"][:10] for other in same
    )
    return (
        f"Another packet of {head.person_name} with other ratings is here already (locked {days}); "
        "both are kept, each as a round of its own."
    )


def begin_blind(store: Store, packet: Packet, mentor: str, event_id: str) -> str:
    """
    Begin a mentor's round for the person of a packet, with nothing rated.

    Returns
    -------
    str
        Code of the round; that of the one there is, where a packet of the same locked ratings
        was opened before: nobody rates blind twice.
    """
    inside = packet_data(packet)["assessment"]
    for head in mentoring_rounds(store):
        before = received(store.events(head.code))
        same_person = head.person_code == packet.assessment.person.code
        same_ratings = before["ratings_sha256"] == packet.ratings_sha256
        if (
            same_person
            and same_ratings
            and before["assessment"]["locked_at"] == inside["locked_at"]
        ):
            return head.code
    given = packet.assessment
    person = given.person
    adopt_person(store, person.code, person.name.strip() or person.code, now())
    head = store.create_assessment(
        person_name="",
        framework=given.framework,
        aim=given.aim.model_dump(mode="json"),
        rater={"kind": "mentor", "code": own_code(store, mentor, now())},
        at=now(),
        event_id=event_id,
        person_code=person.code,
    )
    payload = packet_data(packet)
    event = NewEvent(f"{event_id}-packet", RECEIVED, "", payload, head.seq, now())
    store.append(head.code, event)
    return head.code


def received(events: Iterable[StoredEvent]) -> dict[str, Any]:
    """Give the packet a round was begun from, as plain content."""
    found = next((e.payload for e in events if e.kind == RECEIVED and e.payload), None)
    if found is None:
        msg = "this round was not begun from a packet"
        raise MismatchError(msg)
    return found


def packet_of(events: Iterable[StoredEvent]) -> Packet:
    """Give the packet a round was begun from, verified."""
    return packet_from(received(events))


def take_earlier(store: Store, session: Session, event_id: str) -> str:
    """
    Keep the record of an earlier session with the newest round of the same person.

    Raises
    ------
    RefusedError
        If there is no round of that person: the packet comes first.
    """
    person = session.head.person.code
    own = [head for head in mentoring_rounds(store) if head.person_code == person]
    if not own:
        found = f"a session with {session.head.person.name or person}, of whom no packet is open"
        remedy = "open the packet first, then this record"
        raise RefusedError(Problem("the file", found, "a record of somebody here", remedy))
    newest = max(own, key=lambda head: head.created_at)
    data = session_data(session)
    event = NewEvent(event_id, EARLIER, session.head_hash[:40], data, newest.seq, now())
    store.append(newest.code, event)
    return newest.code


def begin_session(store: Store, code: str, closed: Assessment, event_id: str) -> None:
    """Begin the record: both ratings are sealed now."""
    events = store.events(code)
    name = name_of(store, closed.rater.code or "") or NO_NAME
    rater = closed.rater.model_copy(update={"name": name})
    named = closed.model_copy(update={"rater": rater})
    session = begin(packet_of(events).assessment, named, now())
    payload = session.head.model_dump(mode="json")
    store.append(code, NewEvent(event_id, SESSION, HEAD, payload, events[-1].seq, now()))


def session_of(events: Iterable[StoredEvent]) -> Session | None:
    """Give the session record that a round holds; None before it has begun."""
    held = [e for e in events if e.kind == SESSION and e.payload]
    head = next((e.payload for e in held if e.subject == HEAD), None)
    if head is None:
        return None
    entries = [json.loads(json.dumps(e.payload)) for e in held if e.subject != HEAD]
    data = {"format": "skillmatrix.session", "format_version": 1, "head": head}
    return session_from({**data, "entries": entries})


def earlier_of(store: Store, head: AssessmentHead) -> list[Session]:
    """Give the records of earlier sessions with a person, the newest first."""
    found: dict[str, Session] = {}
    for other in mentoring_rounds(store):
        if other.person_code != head.person_code:
            continue
        events = store.events(other.code)
        held = [session_from(e.payload) for e in events if e.kind == EARLIER and e.payload]
        own = session_of(events)
        if own is not None and other.code != head.code:
            held.append(own)
        found |= {session.head_hash: session for session in held}
    return sorted(found.values(), key=lambda s: s.head.started_at, reverse=True)
