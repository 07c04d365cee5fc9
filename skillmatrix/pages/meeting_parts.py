"""What a page of meetings is made with: its ladder, its events, whose each entry is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skillmatrix.errors import MismatchError, SkillMatrixError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.ladders import find_place
from skillmatrix.pages.meeting import Change
from skillmatrix.pages.session import Command, now
from skillmatrix.store import NewEvent
from skillmatrix.store.meetings import MeetingHead


def framework_of(head: MeetingHead) -> Framework:
    """
    Load the ladder a meeting was begun with, in its version.

    Raises
    ------
    MismatchError
        If it is not there, has problems, or is of another version now.
    """
    name = head.framework.partition("@")[0]
    try:
        framework = load_framework(find_place(name))
    except SkillMatrixError as error:
        msg = f"this session was begun with {head.framework}: {str(error).splitlines()[0]}"
        raise MismatchError(msg) from error
    if framework.key != head.framework:
        msg = (
            f"this session was begun with {head.framework}, and this workbook has "
            f"{framework.key}; open it with the workbook it was begun with"
        )
        raise MismatchError(msg)
    return framework


def events_of(
    command: Command,
    changes: Iterable[Change],
    base: int,
) -> list[tuple[NewEvent, str | None]]:
    """Make the events of a command; sent again, they have the same ids."""
    at = now()
    return [
        (
            NewEvent(f"{command.id}-{n}" if n else command.id, kind, subject, payload, base, at),
            person,
        )
        for n, (kind, subject, payload, person) in enumerate(changes)
    ]


def whose(kind: str, content: Mapping[str, Any]) -> str | None:
    """Name the person an entry speaks of; what somebody practised speaks of that rater."""
    return content.get("rater") if kind == "practised" else content.get("person")
