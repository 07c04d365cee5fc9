"""A log that is only added to: each entry carries the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from skillmatrix.assessment.fields import Code, FrozenMap, Instant, Safe
from skillmatrix.errors import Problem, UsageError

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_SALT_BYTES = 16


class Entry(BaseModel):
    """
    One entry of a log.

    Attributes
    ----------
    seq : int
        Its place, from 1.
    at : datetime
        When, in UTC.
    kind : str
    by : str
        Who: a code or a part such as ``mentor``, never a name.
    content : mapping or None
        None where it was removed on request.
    salt : str or None
        Random, part of what is hashed: without it nobody can guess what a removed entry said.
    digest : str
        SHA-256 of salt and content; stays when the content goes.
    previous : str
        Hash of the entry before, or of the head of the log.
    hash : str
        SHA-256 of everything but content and salt.
    removed : {"on request"} or None
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    seq: Annotated[int, Field(ge=1)]
    at: Instant
    kind: Code
    by: Code
    content: Annotated[Mapping[str, Any], FrozenMap] | None
    salt: Annotated[str, Field(max_length=64), Safe] | None
    digest: Digest
    previous: Digest
    hash: Digest
    removed: Literal["on request"] | None = None


def hash_of(data: Any) -> str:
    """Give the SHA-256 of plain data as canonical JSON."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add(
    entries: Sequence[Entry], head: str, *, at: Any, kind: str, by: str, content: dict[str, Any]
) -> tuple[Entry, ...]:
    """
    Add an entry at the end.

    Parameters
    ----------
    entries : sequence of Entry
    head : str
        Hash of the head of the log: what the first entry hangs on.
    at : datetime
        With its zone.
    kind, by : str
    content : dict
        What JSON can say.

    Returns
    -------
    tuple of Entry

    Examples
    --------
    >>> import datetime as dt
    >>> log = add((), "0" * 64, at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), kind="agreed",
    ...     by="mentor", content={"skill": "mlops", "level": 3})
    >>> verify(log, "0" * 64), verify(log, "1" * 64)[0].where
    ([], 'entries[0]')
    """
    salt = secrets.token_hex(_SALT_BYTES)
    entry = Entry.model_validate(
        {
            "seq": len(entries) + 1,
            "at": at,
            "kind": kind,
            "by": by,
            "content": content,
            "salt": salt,
            "digest": _digest(salt, content),
            "previous": entries[-1].hash if entries else head,
            "hash": "0" * 64,
        }
    )
    return (*entries, entry.model_copy(update={"hash": _hash(entry)}))


def _digest(salt: str, content: Mapping[str, Any]) -> str:
    return hash_of([salt, plain(content)])


def plain(value: Any) -> Any:
    """Give what an entry says as JSON would say it: dicts and lists."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def _hash(entry: Entry) -> str:
    said = entry.model_dump(mode="json", include={"seq", "at", "kind", "by", "digest", "previous"})
    return hash_of(said)


def verify(entries: Sequence[Entry], head: str, start: int = 0) -> list[Problem]:
    """
    Name the first entry that is not as it was written, if any.

    Parameters
    ----------
    entries : sequence of Entry
    head : str
        What the first of them hangs on.
    start : int
        How many entries come before these, verified already.

    Notes
    -----
    What comes after a broken entry cannot be trusted, so only the first is named. A log whose
    last entries were cut off is whole as far as it goes: whoever kept the last hash can tell.
    """
    previous = head
    for index, entry in enumerate(entries, start):
        where = f"entries[{index}]"
        told = f"entry {entry.seq} ({entry.kind}, {entry.at:%Y-%m-%d %H:%M})"
        remedy = "it was changed after it was written: ask for the original"
        if entry.seq != index + 1:
            expected = f"entry {index + 1}"
            remedy = "entries are missing or out of order: ask for the original"
            return [Problem(where, told, expected, remedy)]
        if entry.previous != previous:
            expected = "an entry that follows the one before"
            return [Problem(where, f"{told}, which follows another", expected, remedy)]
        if entry.hash != _hash(entry):
            return [Problem(where, f"{told}, changed", "what was written", remedy)]
        found, expected = _content_problem(entry)
        if found:
            return [Problem(where, told + found, expected, remedy)]
        previous = entry.hash
    return []


def _content_problem(entry: Entry) -> tuple[str, str]:
    """Say what is wrong with the content of an entry, and what was expected; empty if nothing."""
    written = "what was written"
    if entry.content is None:
        return ("", "") if entry.removed else (" without content", written)
    if entry.removed is not None:
        return " with content", "none in an entry that was removed on request"
    if entry.digest != _digest(entry.salt or "", entry.content):
        return ", its content changed", written
    return "", ""


def remove(entries: Sequence[Entry], seq: int) -> tuple[Entry, ...]:
    """
    Take away what one entry says; that there was one stays, and the log still holds.

    Raises
    ------
    UsageError
        If there is no such entry.
    """
    if not 1 <= seq <= len(entries):
        msg = f"no entry {seq}; the log has {len(entries)}"
        raise UsageError(msg)
    gone = {"content": None, "salt": None, "removed": "on request"}
    return tuple(e.model_copy(update=gone) if e.seq == seq else e for e in entries)


def located(problem: Problem, key: str) -> Problem:
    """Give a problem of a log its place in the file that holds it."""
    return replace(problem, where=problem.where.replace("entries", key, 1))
