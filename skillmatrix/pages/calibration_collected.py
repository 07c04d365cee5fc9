"""What a session has collected, and what a change of it means for the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skillmatrix.assessment import assessment_from
from skillmatrix.assessment.packet import ratings_hash
from skillmatrix.calibration.collect import Collected, Taken
from skillmatrix.calibration.collect_settle import BY_NAME
from skillmatrix.pages.meeting import CalibrationRoom, NewEntry
from skillmatrix.pages.session import now

#: Kinds of events: a file that was taken in, subject its hash; a decision on files that cannot
#: all hold, subject the cell; a file put aside or taken back, subject its hash.
FILE, KEEP, ASIDE = "file", "keep", "aside"
#: Why a file counts no more although nobody put it aside.
ANOTHER = "another file of the same holds"


def collected_of(room: CalibrationRoom) -> Collected:
    """Give what was taken in and not put aside, set beside each other."""
    found: Collected = room.cached("collected", lambda: as_if(room))
    return found


def as_if(
    room: CalibrationRoom,
    *,
    more: Iterable[Taken] = (),
    aside: Mapping[str, bool] | None = None,
    keep: Mapping[str, str | None] | None = None,
) -> Collected:
    """
    Give what is collected, had some things been changed.

    Parameters
    ----------
    room : CalibrationRoom
    more : iterable of Taken
        Files taken in besides.
    aside : mapping of str to bool, optional
        By hash: put aside, or taken back.
    keep : mapping of str to str or None, optional
        Decisions by cell; None takes one back.
    """
    gone = {**put_aside(room), **(aside or {})}
    files = {e.subject: e.payload for e in room.events(FILE) if e.payload}
    read = [read_back(payload, room) for payload in files.values()]
    every = {taken.sha256: taken for taken in (*read, *more)}
    decided = {e.subject: (e.payload or {}).get("sha256") for e in room.events(KEEP)}
    kept = {
        cell: _by_name(cell, sha, every)
        for cell, sha in {**decided, **(keep or {})}.items()
        if sha is not None
    }
    here = tuple(taken for sha, taken in every.items() if not gone.get(sha))
    return Collected(here, (), room.framework, kept, allow_drafts=False)


def _by_name(cell: str, sha: str, every: Mapping[str, Taken]) -> str:
    """Give a decision on the names of a code as the name it is about: its files come and go."""
    named = every[sha].named if " " not in cell and sha in every else ""
    return BY_NAME + named if named else sha


def put_aside(room: CalibrationRoom) -> dict[str, bool]:
    """Say of files whether they were put aside, by hash; the latest word holds."""
    return {e.subject: bool((e.payload or {}).get("aside")) for e in room.events(ASIDE)}


def read_back(payload: dict[str, Any], room: CalibrationRoom) -> Taken:
    """Give a file as it was taken in; each is read once."""
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


def counting(collected: Collected) -> dict[str, Taken]:
    """Give by hash the files that nobody decided against: those that wait are among them."""
    settled = collected.settled
    taken = {each.sha256 for each in (*settled.taken, *settled.practice)}
    waiting = {clash.cell for clash in settled.clashes}
    return {
        each.sha256: each
        for each in collected.read
        if each.sha256 in taken or not waiting.isdisjoint({each.person, each.cell})
    }


def entries_of(
    before: Collected, after: Collected, why: Mapping[str, str] | None = None
) -> list[NewEntry]:
    """
    Say in entries what was taken out by a change, and what came in.

    Parameters
    ----------
    before, after : Collected
    why : mapping of str to str, optional
        By hash: words for a file taken out; `ANOTHER` where there are none.
    """
    had, has = counting(before), counting(after)
    words = why or {}
    found: list[NewEntry] = [
        ("withdrawn", {**_sealed(each), "why": words.get(sha, ANOTHER)})
        for sha, each in had.items()
        if sha not in has
    ]
    return found + [("collected", _entry(each)) for sha, each in has.items() if sha not in had]


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
