"""The decision log: append-only, each entry chained to the one before, verified when opened."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from skillmatrix.assessment.fields import (
    Code,
    Date,
    Entries,
    FrozenMap,
    Instant,
    OptionalText,
    Words,
)
from skillmatrix.assessment.files import file_text, write_whole
from skillmatrix.assessment.parse import parse
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.panel.contents import CALIBRATION
from skillmatrix.panel.interview_contents import INTERVIEW
from skillmatrix.sessions.chain import plain
from skillmatrix.sessions.chained import Chained, added, chained_data, chained_from
from skillmatrix.sessions.contents import Content

FORMAT = "skillmatrix.decisions"
FORMAT_VERSION = 1

KINDS: dict[str, Mapping[str, type[Content]]] = {
    "calibration": CALIBRATION,
    "interview": INTERVIEW,
}


class Head(Content):
    """
    What a meeting is; its hash is what the first entry hangs on.

    Attributes
    ----------
    kind : {"calibration", "interview"}
    code : str
        Of the meeting; random.
    title : str
    framework : str
        ``id@version``.
    profile : str or None
        The role that people are held against.
    overlays, switches
        Its context.
    facilitator : str
    started_at : datetime
    keep_until : date
        After this day the log should be erased; nothing is erased by itself.
    """

    kind: Literal["calibration", "interview"]
    code: Code
    title: Words
    framework: str
    profile: Code | None = None
    overlays: Annotated[tuple[Code, ...], Entries] = ()
    switches: Annotated[Mapping[str, bool | None], FrozenMap] = Field(default_factory=FrozenDict)
    facilitator: OptionalText = ""
    started_at: Instant
    keep_until: Date


class DecisionLog(Chained):
    """A decision log, as a ``*.decisions.json`` holds it."""

    format: Literal["skillmatrix.decisions"] = "skillmatrix.decisions"
    format_version: Literal[1] = 1
    head: Head

    @property
    def kinds(self) -> Mapping[str, type[Content]]:
        """What entries may say, kind by kind."""
        return KINDS[self.head.kind]


def begin(head: Mapping[str, Any]) -> DecisionLog:
    """
    Begin a log.

    Parameters
    ----------
    head : mapping
        What `Head` lists.

    Examples
    --------
    >>> log = begin({"kind": "calibration", "code": "m-1", "title": "Autumn", "profile": "senior",
    ...     "framework": "ml-specialist@1.0.0", "started_at": "2026-11-23T09:00:00+00:00",
    ...     "keep_until": "2028-11-23"})
    >>> at = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
    >>> log = entered(log, "present", {"raters": ["r-1", "r-2"]}, at)
    >>> log.entries[0].kind, len(log_data(log)["entries"])
    ('present', 1)
    """
    return DecisionLog(
        head=Head.model_validate({**head, "overlays": tuple(head.get("overlays", ()))})
    )


def entered(
    log: DecisionLog,
    kind: str,
    content: Mapping[str, Any],
    at: dt.datetime,
    by: str = "facilitator",
) -> DecisionLog:
    """
    Add an entry; nothing that stands there is changed.

    Raises
    ------
    AssessmentError
        With everything that is wrong with it.
    """
    return added(log, kind, by, content, at, name="the decision log")


def log_from(data: Mapping[str, Any], source: str = "the decision log") -> DecisionLog:
    """
    Make a log of plain content, and verify its chain.

    Raises
    ------
    AssessmentError
        With every problem; of a broken chain the first entry that is not as it was written.
    """
    return chained_from(
        data, source, DecisionLog, format_=FORMAT, version=FORMAT_VERSION, is_a="a decision log"
    )


def log_data(log: DecisionLog) -> dict[str, Any]:
    """Give the plain content of a log, ready for JSON."""
    return chained_data(log)


def read_log(path: str | os.PathLike[str]) -> DecisionLog:
    """
    Read a ``*.decisions.json`` and verify it.

    Raises
    ------
    AssessmentError
        Lists every problem; of a broken chain the first broken entry.
    """
    source = str(path)
    return log_from(parse(file_text(path, "a decision log"), source), source)


def write_log(log: DecisionLog, path: str | os.PathLike[str]) -> None:
    """Write a decision log, all of it or nothing."""
    write_whole(path, json.dumps(log_data(log), indent=2, ensure_ascii=False) + "\n")


def excerpt(log: DecisionLog, person: str) -> list[dict[str, Any]]:
    """
    Give what a log says of one person, in order.

    Parameters
    ----------
    log : DecisionLog
    person : str
        Her code.

    Returns
    -------
    list of dict
        ``seq``, ``at``, ``kind``, ``content`` and ``hash`` of each entry about her. Entries
        about nobody or about several people, such as the order of a criterion, are not among
        them: they would tell of others.
    """
    return [
        {
            "seq": entry.seq,
            "at": entry.at.isoformat(),
            "kind": entry.kind,
            "content": plain(entry.content),
            "hash": entry.hash,
        }
        for entry in log.entries
        if entry.content is not None and entry.content.get("person") == person
    ]
