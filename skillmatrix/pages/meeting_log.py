"""The decision log of a meeting, made of what the workspace holds of it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from skillmatrix.errors import AssessmentError
from skillmatrix.panel import DecisionLog, Head, begin, entered, log_data, log_from
from skillmatrix.sessions.chain import plain
from skillmatrix.settings import RETENTION_MONTHS
from skillmatrix.store import NewEvent, Store, StoredEvent
from skillmatrix.store.meetings import CREATED, MeetingHead, Meetings
from skillmatrix.store.people import months_after
from skillmatrix.store.spoken_of import LOG

#: Entries that list several people, by the key of the list.
_LISTED = {"opened": "people", "present": "raters", "room": "raters"}


def log_of(
    head: MeetingHead, begun: Mapping[str, Any], events: Iterable[StoredEvent]
) -> DecisionLog:
    """
    Make the decision log of a meeting, and verify it.

    Parameters
    ----------
    head : MeetingHead
    begun : mapping
        What it was begun with.
    events : iterable of StoredEvent
        Of kind ``log``.

    Raises
    ------
    AssessmentError
        If an entry is not as it was written.
    """
    kept = months_after(head.created_at.date(), int(begun.get("keep_months", RETENTION_MONTHS)))
    given = {key: begun[key] for key in Head.model_fields if key in begun}
    said = {
        **given,
        "kind": head.kind,
        "code": head.code,
        "framework": head.framework,
        "started_at": head.created_at.isoformat(),
        "keep_until": kept.isoformat(),
    }
    data = {**log_data(begin(said)), "entries": [event.payload for event in events]}
    return log_from(json.loads(json.dumps(data)))


def leave_out(store: Store, code: str, at: dt.datetime) -> int:
    """
    Enter anew, without a person, what a log says of several people at once.

    Parameters
    ----------
    store : Store
    code : str
    at : datetime.datetime

    Returns
    -------
    int
        Entries made. Erasing the person then empties the entries that name her, and the order
        of a criterion and who was in the room still stand. A log that is broken is left alone.
    """
    meetings, made = Meetings(store), 0
    for head in meetings.all(include_deleted=True):
        if not meetings.speaks_of(head.code, code):
            continue
        events = meetings.events(head.code)
        begun = next((e.payload or {} for e in events if e.kind == CREATED), {})
        try:
            log = log_of(head, begun, [event for event in events if event.kind == LOG])
        except AssessmentError:
            continue
        latest: dict[tuple[str, Any], dict[str, Any]] = {}
        for entry in log.entries:
            if entry.kind in _LISTED and entry.content is not None:
                latest[entry.kind, entry.content.get("criterion")] = plain(entry.content)
        seq = events[-1].seq
        for (kind, _), content in latest.items():
            key = _LISTED[kind]
            if code not in content[key]:
                continue
            content[key] = [each for each in content[key] if each != code]
            log = entered(log, kind, content, at)
            payload = json.loads(log.entries[-1].model_dump_json())
            event = NewEvent(f"left-out-{secrets.token_hex(12)}", LOG, kind, payload, seq, at)
            seq = meetings.append_all(head.code, [(event, None)], after=seq)[0].seq
            made += 1
    return made
