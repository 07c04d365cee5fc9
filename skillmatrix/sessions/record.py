"""The record of a mentor session: whose ratings, sealed before, and what was said, in order."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from typing import Any, Literal

from skillmatrix.assessment import Aim, Assessment, Person, Rater
from skillmatrix.assessment.fields import Instant
from skillmatrix.assessment.files import file_text, write_whole
from skillmatrix.assessment.packet import ratings_hash
from skillmatrix.assessment.parse import parse
from skillmatrix.errors import AssessmentError, MismatchError, Problem
from skillmatrix.framework.model import Framework
from skillmatrix.sessions.chain import Digest
from skillmatrix.sessions.chained import Chained, added, chained_data, chained_from
from skillmatrix.sessions.contents import KINDS, Agreed, Content, Parked, Predicted

FORMAT = "skillmatrix.session"
FORMAT_VERSION = 1


class Seal(Content):
    """That ratings were closed before anybody saw the other's: their hash, and when."""

    ratings_sha256: Digest
    locked_at: Instant


class Head(Content):
    """
    What a session is about; its hash is what the first entry hangs on.

    Attributes
    ----------
    framework : str
        ``id@version``.
    person : Person
    mentor : Rater
    aim : Aim
        The role the person aims at, with its context.
    own, other : Seal
        Of the person's ratings, and of the mentor's.
    started_at : datetime
    """

    framework: str
    person: Person
    mentor: Rater
    aim: Aim
    own: Seal
    other: Seal
    started_at: Instant


class Session(Chained):
    """A session record, as a ``*.session.json`` holds it."""

    format: Literal["skillmatrix.session"] = "skillmatrix.session"
    format_version: Literal[1] = 1
    head: Head

    @property
    def kinds(self) -> Mapping[str, type[Content]]:
        """What entries may say, kind by kind."""
        return KINDS


def seal(assessment: Assessment) -> Seal:
    """
    Give the seal of a locked assessment.

    Raises
    ------
    MismatchError
        If it is a draft: it could still be changed.
    """
    if assessment.locked_at is None:
        msg = f"the ratings of {assessment.person.code} by {assessment.rater.kind} are not locked"
        raise MismatchError(msg)
    return Seal(ratings_sha256=ratings_hash(assessment), locked_at=assessment.locked_at)


def begin(own: Assessment, other: Assessment, at: dt.datetime) -> Session:
    """
    Begin a session: only now are two ratings of one person set side by side.

    Parameters
    ----------
    own : Assessment
        The person's, locked, as in the packet she handed over.
    other : Assessment
        The mentor's, locked.
    at : datetime.datetime

    Raises
    ------
    MismatchError
        If one is a draft, or they are of different people, frameworks or of one rater.
    """
    if own.framework != other.framework:
        msg = f"one speaks of {own.framework}, the other of {other.framework}"
        raise MismatchError(msg)
    if own.person.code != other.person.code:
        msg = f"one is about {own.person.code!r}, the other about {other.person.code!r}"
        raise MismatchError(msg)
    if own.rater.kind != "self" or other.rater.kind == "self":
        found = f"{own.rater.kind} and {other.rater.kind}"
        msg = f"the ratings are by {found}; expected the person's own and somebody else's"
        raise MismatchError(msg)
    head = Head(
        framework=own.framework,
        person=own.person,
        mentor=other.rater,
        aim=own.aim,
        own=seal(own),
        other=seal(other),
        started_at=at,
    )
    return Session(head=head)


def note(
    session: Session, kind: str, by: str, content: Mapping[str, Any], at: dt.datetime
) -> Session:
    """
    Add an entry; nothing that stands there is changed.

    Raises
    ------
    AssessmentError
        With everything that is wrong with it.
    """
    return added(session, kind, by, content, at, name="the session")


def session_from(
    data: Mapping[str, Any], source: str = "the session", framework: Framework | None = None
) -> Session:
    """
    Make a session record of plain content, and verify its chain.

    Parameters
    ----------
    data : mapping
        As read from JSON.
    source : str
        What the error message calls it.
    framework : Framework, optional
        To check skills and levels against.

    Raises
    ------
    AssessmentError
        With every problem; of a broken chain the first entry that is not as it was written.
    """
    session = chained_from(
        data, source, Session, format_=FORMAT, version=FORMAT_VERSION, is_a="a session record"
    )
    problems = [] if framework is None else _check_ids(session, framework)
    if problems:
        raise AssessmentError(source, problems)
    return session


def _check_ids(session: Session, framework: Framework) -> list[Problem]:
    if session.head.framework != framework.key:
        expected = f"{framework.key!r}"
        return [Problem("head > framework", f"{session.head.framework!r}", expected)]
    found = []
    for index, entry in enumerate(session.entries):
        content = entry.content or {}
        skill, level = content.get("skill"), content.get("level")
        where = f"entries[{index}] > content"
        if skill is not None and skill not in framework.skills:
            found.append(Problem(f"{where} > skill", f"{skill!r}", "a skill of the framework"))
        if level is not None and level not in framework.levels:
            scale = ", ".join(str(each) for each in framework.levels)
            found.append(Problem(f"{where} > level", f"{level}", f"a level: {scale}"))
    return found


def session_data(session: Session) -> dict[str, Any]:
    """Give the plain content of a session record, ready for JSON."""
    return chained_data(session)


def read_session(path: str | os.PathLike[str], framework: Framework | None = None) -> Session:
    """
    Read a ``*.session.json`` and verify it.

    Raises
    ------
    AssessmentError
        Lists every problem; of a broken chain the first broken entry.
    """
    source = str(path)
    return session_from(parse(file_text(path, "a session record"), source), source, framework)


def write_session(session: Session, path: str | os.PathLike[str]) -> None:
    """Write a session record, all of it or nothing."""
    write_whole(path, json.dumps(session_data(session), indent=2, ensure_ascii=False) + "\n")


class Standing(Content):
    """
    Where a session stands: the latest entry of each subject holds.

    Attributes
    ----------
    agreed : mapping of str to Agreed
        By skill; one without a level is seen differently.
    actions : mapping of str to dict
        By id, each with ``done`` and ``over`` where it is over.
    parked : mapping of str to Parked
    predicted : Predicted or None
    revealed, closed : bool
    seconds : mapping of str to int
        How long each skill was talked about.
    """

    agreed: Mapping[str, Agreed]
    actions: Mapping[str, dict[str, Any]]
    parked: Mapping[str, Parked]
    predicted: Predicted | None
    revealed: bool
    closed: bool
    seconds: Mapping[str, int]


def standing(session: Session) -> Standing:
    """Give where a session stands; what was removed on request says nothing."""
    agreed: dict[str, Agreed] = {}
    actions: dict[str, dict[str, Any]] = {}
    parked: dict[str, Parked] = {}
    seconds: dict[str, int] = {}
    predicted: Predicted | None = None
    revealed = closed = False
    for entry in session.entries:
        said = entry.content
        if said is None:
            continue
        content = json.loads(json.dumps(said, default=dict))
        if entry.kind == "agreed":
            agreed[content["skill"]] = Agreed.model_validate(content)
            parked.pop(content["skill"], None)
        elif entry.kind == "parked":
            parked[content["skill"]] = Parked.model_validate(content)
        elif entry.kind == "action":
            actions[content["id"]] = {**content, "over": False, "done": None}
        elif entry.kind == "done" and content["id"] in actions:
            over = {"over": True, "done": content.get("done")}
            actions[content["id"]] = {**actions[content["id"]], **over}
        elif entry.kind == "predicted" and not revealed:
            predicted = Predicted.model_validate(content)
        elif entry.kind == "spoken":
            seconds[content["skill"]] = seconds.get(content["skill"], 0) + content["seconds"]
        revealed = revealed or entry.kind == "revealed"
        closed = entry.kind == "closed"
    return Standing(
        agreed=agreed,
        actions=actions,
        parked=parked,
        predicted=predicted,
        revealed=revealed,
        closed=closed,
        seconds=seconds,
    )


def open_actions(*sessions: Session) -> list[dict[str, Any]]:
    """
    List actions that are not over, the earliest day first; those without a day last.

    Notes
    -----
    An action taken up again in a later session under its id is listed once, as it stands there.
    """
    latest: dict[str, dict[str, Any]] = {}
    for session in sorted(sessions, key=lambda s: s.head.started_at):
        for name, action in standing(session).actions.items():
            latest[name] = {**action, "person": session.head.person.code}
    waiting = [action for action in latest.values() if not action["over"]]
    return sorted(waiting, key=lambda a: (a.get("due") is None, a.get("due") or "", a["id"]))
