"""Where a calibration session stands: the latest entry about each thing holds."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from operator import is_
from typing import Any

from skillmatrix.panel.contents import (
    CALIBRATION,
    Decided,
    FollowUp,
    LeftOpen,
    Opened,
    Practised,
    Remark,
    Second,
)
from skillmatrix.panel.log import DecisionLog
from skillmatrix.sessions.chain import Entry, plain

#: Person, criterion, and skill; None for the criterion as a whole.
Subject = tuple[str, str, str | None]


@dataclass
class Standing:
    """
    What a decision log comes to.

    Attributes
    ----------
    present : tuple of str
        Raters in the session, the least senior first.
    practised : mapping of (str, str) to Practised
        By rater and practice profile.
    opened : mapping of str to Opened
        By criterion: the order drawn, with its seed.
    second : mapping of (str, str, str) to Second
        By criterion, rater and person.
    decided : mapping of Subject to (int, Decided)
        The entry that holds, with its number; one that was removed on request is not here.
    corrected : mapping of int to int
        Number of an entry, and of the one that took its place.
    left_open : mapping of (str, str) to LeftOpen
        By person and criterion, unless something was decided afterwards.
    follow_ups : mapping of str to dict
        By id, with ``over`` and ``done``.
    seconds : mapping of (str, str) to int
        How long a person was talked about, by person and criterion.
    remarks : list of (int, Remark)
    closed : bool
    """

    present: tuple[str, ...] = ()
    practised: dict[tuple[str, str], Practised] = field(default_factory=dict)
    opened: dict[str, Opened] = field(default_factory=dict)
    second: dict[tuple[str, str, str], Second] = field(default_factory=dict)
    decided: dict[Subject, tuple[int, Decided]] = field(default_factory=dict)
    corrected: dict[int, int] = field(default_factory=dict)
    left_open: dict[tuple[str, str], LeftOpen] = field(default_factory=dict)
    follow_ups: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: dict[tuple[str, str], int] = field(default_factory=dict)
    remarks: list[tuple[int, Remark]] = field(default_factory=list)
    closed: bool = False

    def settled(self, person: str) -> dict[str, int | str]:
        """Give what was decided of a person's skills, ``OPEN`` too; of two criteria the later."""
        found = sorted(
            (number, skill, said.after)
            for (who, _, skill), (number, said) in self.decided.items()
            if who == person and skill is not None
        )
        return {skill: after for _, skill, after in found}

    def agreed(self, person: str) -> dict[str, int]:
        """Give the levels decided for a person, by skill; what is to stay open is left out."""
        found = self.settled(person)
        return {skill: after for skill, after in found.items() if isinstance(after, int)}


def standing(log: DecisionLog, so_far: tuple[DecisionLog, Standing] | None = None) -> Standing:
    """
    Give where a calibration session stands.

    Parameters
    ----------
    log : DecisionLog
    so_far : (DecisionLog, Standing), optional
        An earlier state of the log and what it came to. Where this log goes on from it, only the
        entries since are read.

    Examples
    --------
    >>> import datetime as dt
    >>> from skillmatrix.panel import begin, entered
    >>> at = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
    >>> log = begin({"kind": "calibration", "code": "m-1", "title": "Autumn", "profile": "senior",
    ...     "framework": "ml-specialist@1.0.0", "started_at": at.isoformat(),
    ...     "keep_until": "2028-11-23"})
    >>> said = {"person": "p-1", "criterion": "ships-with-impact", "skill": "python",
    ...     "reason": "anchor misread", "decided_by": "Kim"}
    >>> log = entered(log, "decided", {**said, "after": 4}, at)
    >>> log = entered(log, "decided", {**said, "after": 3, "corrects": 1}, at)
    >>> standing(log).agreed("p-1"), standing(log).corrected
    ({'python': 3}, {1: 2})
    """
    found, start = Standing(), 0
    if so_far is not None and _goes_on(log, so_far[0]):
        found, start = _copied(so_far[1]), len(so_far[0].entries)
    for entry in log.entries[start:]:
        if entry.content is not None:
            _take(found, entry)
    return found


def _goes_on(log: DecisionLog, earlier: DecisionLog) -> bool:
    """Say whether a log begins with the very entries of another; an emptied one is not the same."""
    known = earlier.entries
    return len(known) <= len(log.entries) and all(map(is_, known, log.entries))


def _copied(known: Standing) -> Standing:
    """Give what can be added to without changing what it was made of."""
    return Standing(**{each.name: copy(getattr(known, each.name)) for each in fields(known)})


def _take(found: Standing, entry: Entry) -> None:
    content = plain(entry.content)
    said: Any = CALIBRATION[entry.kind].model_validate(content)
    if entry.kind == "present":
        found.present = said.raters
    elif entry.kind == "practised":
        found.practised[said.rater, said.profile] = said
    elif entry.kind == "opened":
        found.opened[said.criterion] = said
    elif entry.kind == "second":
        found.second[said.criterion, said.rater, said.person] = said
    elif entry.kind == "decided":
        subject = said.person, said.criterion, said.skill
        before = found.decided.get(subject)
        if said.corrects is not None:
            found.corrected[said.corrects] = entry.seq
        elif before is not None:
            found.corrected[before[0]] = entry.seq
        found.decided[subject] = entry.seq, said
        found.left_open.pop((said.person, said.criterion), None)
    elif entry.kind == "left_open":
        found.left_open[said.person, said.criterion] = said
    elif entry.kind == "spoken":
        key = said.person, said.criterion
        found.seconds[key] = found.seconds.get(key, 0) + said.seconds
    elif entry.kind == "remark":
        found.remarks.append((entry.seq, said))
    elif entry.kind in {"follow_up", "done"}:
        _follow(found.follow_ups, entry.kind, content, said)
    elif entry.kind in {"closed", "reopened"}:
        found.closed = entry.kind == "closed"


def _follow(
    known: dict[str, dict[str, Any]], kind: str, content: Mapping[str, Any], said: Any
) -> None:
    if isinstance(said, FollowUp):
        known[said.id] = {**content, "over": False, "done": None}
    elif said.id in known:
        known[said.id] = {**known[said.id], "over": True, "done": content.get("done")}
