"""Who an interview is about and who interviews: codes, and people known from earlier panels."""

from __future__ import annotations

import hashlib
from typing import Any

from skillmatrix.pages.meeting_log import log_of
from skillmatrix.pages.session import RefusedError, refuse
from skillmatrix.panel import DecisionLog
from skillmatrix.panel.interview import standing
from skillmatrix.store import Store
from skillmatrix.store.meetings import CREATED, MeetingHead, Meetings
from skillmatrix.store.spoken_of import LOG

#: What stands for the code of a candidate whose records were erased.
ERASED = "erased"

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12


def made_code(store: Store, prefix: str, command_id: str, at: int = 0) -> str:
    """
    Make a code of the command that asks for it: sent twice, it names the same person.

    Parameters
    ----------
    store : Store
        A command of another workspace makes other codes.
    prefix : str
    command_id : str
    at : int
        Which of several codes of one command.
    """
    text = f"{store.workspace_id} {command_id} {at}"
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    letters = []
    for _ in range(_LENGTH):
        number, left = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[left])
    return f"{prefix}-{''.join(letters)}"


def seated(log: DecisionLog) -> list[str]:
    """Give everybody who was ever named as an interviewer, in the order they were named."""
    found: dict[str, None] = {}
    for entry in log.entries:
        if entry.kind == "room" and entry.content is not None:
            found |= dict.fromkeys(entry.content["raters"])
    return list(found)


def begun_with(store: Store, head: MeetingHead) -> dict[str, Any]:
    """Give what an interview was begun with."""
    events = Meetings(store).events(head.code)
    return next((dict(e.payload or {}) for e in events if e.kind == CREATED), {})


def earlier_interviewers(store: Store, besides: str) -> list[str]:
    """Give the interviewers of the other panels of a workspace, the newest panel first."""
    meetings = Meetings(store)
    found: dict[str, None] = {}
    for head in meetings.all("interview"):
        if head.code == besides:
            continue
        events = meetings.events(head.code)
        begun = next((e.payload or {} for e in events if e.kind == CREATED), {})
        said = standing(log_of(head, begun, [e for e in events if e.kind == LOG]))
        found |= dict.fromkeys(said.raters)
    return list(found)


def check_candidate(store: Store, code: str, name: str) -> None:
    """
    Refuse a code as that of a candidate where it is somebody else's.

    Raises
    ------
    RefusedError
    """
    _, names = store.parts
    held = names.read(store.workspace_id).get(code)
    if held is None:
        return
    heads = Meetings(store).all("interview", include_deleted=True)
    if code not in {begun_with(store, head).get("candidate") for head in heads}:
        kind = "an interviewer" if code in earlier_interviewers(store, "") else "somebody else here"
        raise _taken(code, f"the code of {kind}: {held}")
    if name and held not in {name, code}:
        raise _taken(code, f"the code of the candidate {held}")


def _taken(code: str, found: str) -> RefusedError:
    remedy = "ask whoever leads the panel for the code of the candidate"
    return refuse("code of the candidate", f"{code!r}, {found}", "a code of their own", remedy)
