"""What goes in and what comes out, and the rules for text, times and payloads."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from skillmatrix.errors import StoreError, UnstorableError

CREATED = "assessment-created"
"""Kind of the first event of an assessment; payload ``framework``, ``aim``, ``rater``."""
DELETED = "assessment-deleted"
"""Kind of a deletion or its undoing; payload ``deleted`` (bool)."""
OWN_KINDS = frozenset({CREATED, DELETED})

# Limits against accidents, our own choice: far above any honest use, far below trouble.
MAX_ID = 100
MAX_KIND = 64
MAX_SUBJECT = 200
MAX_NAME = 200
MAX_PAYLOAD = 25_000_000  # an assessment that is brought in, or a file of readings
MAX_DEPTH = 50
MAX_INTEGER = 2**63 - 1

_FRAMEWORK = re.compile(r"[a-z0-9][a-z0-9-]*@[^\s@]+")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One change that is to be stored.

    Parameters
    ----------
    id : str
        Made by whoever acts (a UUID). The same id is stored once, however often it is sent.
    kind : str
        What changed, such as ``rate``.
    subject : str
        What it changed, such as the id of a skill. May be empty.
    payload : dict or None
        The change itself; anything that JSON can say.
    base : int
        The last `seq` that the person saw when acting; 0 if none.
    at : datetime
        When; with a time zone.
    """

    id: str
    kind: str
    subject: str
    payload: dict[str, Any] | None
    base: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One change that is on disk; `seq` counts up through the whole workspace."""

    id: str
    seq: int
    kind: str
    subject: str
    payload: dict[str, Any] | None
    base: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of an event that was sent.

    Parameters
    ----------
    event : StoredEvent
        The event as it is on disk: the first one of this id.
    duplicate : bool
        Whether it was there before.
    conflict : StoredEvent or None
        The latest change to the same thing that somebody else stored after `base` and before
        this event: the person acted without having seen it. Both are kept.
    """

    event: StoredEvent
    duplicate: bool
    conflict: StoredEvent | None


@dataclass(frozen=True, slots=True)
class AssessmentHead:
    """An assessment without its events.

    Parameters
    ----------
    code, person_code : str
        Random; say nothing about the person.
    person_name : str
        From the key file; empty if the key file does not know the code.
    framework : str
        ``id@version``.
    rater : dict
        As given when it was created.
    status : str
        ``draft`` or ``locked``.
    created_at, updated_at : datetime
        In UTC; `updated_at` is the time of the event with the highest `seq`.
    seq : int
        Of the latest event.
    deleted : bool
        Marked as deleted; can be undone.
    """

    code: str
    person_code: str
    person_name: str
    framework: str
    rater: dict[str, Any]
    status: str
    created_at: datetime
    updated_at: datetime
    seq: int
    deleted: bool


def event_values(event: NewEvent) -> dict[str, object]:
    """Check an event and give it as the values of a row; UnstorableError says what is wrong."""
    whole = isinstance(event.base, int) and not isinstance(event.base, bool)
    if not whole or not 0 <= event.base <= MAX_INTEGER:
        msg = f"event base is {event.base!r}; expected a whole number from 0. Nothing was stored."
        raise UnstorableError(msg)
    return {
        "id": checked(event.id, "event id", MAX_ID),
        "kind": checked(event.kind, "event kind", MAX_KIND),
        "subject": checked(event.subject, "event subject", MAX_SUBJECT, empty=True),
        "payload": None if event.payload is None else to_json(event.payload, "payload"),
        "base": event.base,
        "at": to_text(event.at),
    }


def checked(text: object, what: str, longest: int, *, empty: bool = False) -> str:
    """Give the text back if it can be stored as it is."""
    if not isinstance(text, str):
        msg = f"{what} is {text!r}; expected text. Nothing was stored."
        raise UnstorableError(msg)
    if len(text) > longest or not (text.strip() or (empty and not text)):
        least = 0 if empty else 1
        found = "blank" if not text.strip() else f"{len(text)} characters long"
        msg = f"{what} is {found}; expected {least} to {longest} characters. Nothing was stored."
        raise UnstorableError(msg)
    _check_characters(text, what)
    return text


def checked_framework(text: object) -> str:
    """Give the text back if it reads ``id@version``."""
    name = checked(text, "framework", MAX_NAME)
    if not _FRAMEWORK.fullmatch(name):
        msg = f"framework is {name!r}; expected id@version, like 'demo@1.0'. Nothing was stored."
        raise UnstorableError(msg)
    return name


def to_json(value: object, what: str) -> str:
    """Write a dictionary as JSON that reads back as the same dictionary."""
    if not isinstance(value, dict):
        msg = f"{what} is {type(value).__name__}; expected a dictionary. Nothing was stored."
        raise UnstorableError(msg)
    _check_value(value, what, 0)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        msg = f"{what} cannot be written as JSON: {error}. Nothing was stored."
        raise UnstorableError(msg) from error
    if len(text) > MAX_PAYLOAD:
        msg = (
            f"{what} is {len(text):,} characters long; expected at most {MAX_PAYLOAD:,}. "
            "Shorten it, or keep the long text in a file and name the file. Nothing was stored."
        )
        raise UnstorableError(msg)
    return text


def from_json(text: str, where: str) -> dict[str, Any]:
    """Read back what `to_json` wrote."""
    try:
        value = json.loads(text)
    except ValueError as error:
        msg = f"{where} is damaged: found text that is not JSON ({error}). Restore a backup."
        raise StoreError(msg) from error
    if not isinstance(value, dict):
        msg = (
            f"{where} is damaged: found {type(value).__name__}, not a dictionary. Restore a backup."
        )
        raise StoreError(msg)
    return value


def to_text(at: datetime) -> str:
    """Write a moment as UTC, always equally long, so that text order is time order."""
    if not isinstance(at, datetime) or at.utcoffset() is None:
        msg = (
            f"time is {at!r}; expected a datetime with a time zone, such as datetime.now(UTC). "
            "Nothing was stored."
        )
        raise UnstorableError(msg)
    try:
        return at.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        msg = f"time is {at!r}; expected one that exists in UTC. Nothing was stored."
        raise UnstorableError(msg) from error


def from_text(text: str, where: str) -> datetime:
    """Read back what `to_text` wrote."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"{where} is damaged: found the time {text!r}. Restore a backup."
        raise StoreError(msg) from error


def _check_characters(text: str, what: str) -> None:
    if "\x00" in text:
        msg = (
            f"{what} contains a NUL character at position {text.index(chr(0)) + 1}, which cannot "
            "be shown or exported; remove it. Nothing was stored."
        )
        raise UnstorableError(msg)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = (
            f"{what} contains half a character ({text[error.start]!r}) at position "
            f"{error.start + 1}, which no file can hold; remove it. Nothing was stored."
        )
        raise UnstorableError(msg) from error


def _check_value(value: object, what: str, depth: int) -> None:
    """Refuse what JSON would change or lose: tuples, other keys than text, NaN, NUL."""
    if depth > MAX_DEPTH:
        msg = (
            f"{what} is nested too deeply; expected at most {MAX_DEPTH} floors. Nothing was stored."
        )
        raise UnstorableError(msg)
    if isinstance(value, str):
        _check_characters(value, what)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                msg = f"{what} has the key {key!r}; expected text. Nothing was stored."
                raise UnstorableError(msg)
            _check_characters(key, f"{what}, a key,")
            _check_value(item, f"{what} > {key}", depth + 1)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _check_value(item, f"{what}[{place}]", depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        msg = f"{what} is {value!r}; expected a number or None. Nothing was stored."
        raise UnstorableError(msg)
    elif value is not None and not isinstance(value, (bool, int, float)):
        found = type(value).__name__
        msg = f"{what} is {found}; expected text, number, list or dictionary. Nothing was stored."
        raise UnstorableError(msg)
