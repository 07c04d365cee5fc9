"""Rounds of assessment in a workspace: begin one, bring one in, take up an earlier one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from skillmatrix.assessment import Assessment, as_data, assessment_from, bring_over, lock
from skillmatrix.assessment.earlier import earlier_from
from skillmatrix.assessment.events import IMPORT, LOCK, History, fold
from skillmatrix.assessment.parse import parse
from skillmatrix.errors import DataError, FrameworkError, MismatchError, Problem, UsageError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.ladders import default_profile, find_place
from skillmatrix.framework.migrations import path_to
from skillmatrix.pages.ladders import named_framework
from skillmatrix.pages.session import RefusedError, now, refuse
from skillmatrix.settings import data_dir
from skillmatrix.store import AssessmentHead, NewEvent, Store

NO_NAME = "Me"
_CONTENT = (
    "aim",
    "ratings",
    "evidence",
    "notes",
    "no_more_evidence",
    "gap_below",
    "record",
    "plan",
    "case",
)


def own_rounds(store: Store, *, include_deleted: bool = False) -> list[AssessmentHead]:
    """List self-reviews, the one changed last first; ratings of others are not among them."""
    heads = store.assessments(include_deleted=include_deleted)
    return [head for head in heads if head.rater.get("kind") == "self"]


class EarlierVersionError(MismatchError):
    """A round of an earlier version of a ladder, which can be brought over to the present one."""

    def __init__(self, words: str, framework: Framework) -> None:
        super().__init__(words)
        self.framework = framework


def framework_of(head: AssessmentHead) -> Framework:
    """
    Load the framework an assessment was made with, in its version.

    Raises
    ------
    EarlierVersionError
        If the ladder has moved on, and says how to follow it.
    MismatchError
        If it is not there, has problems, or has another version that nothing leads to.
    """
    framework = present_ladder(head)
    version = head.framework.partition("@")[2]
    if framework.version == version:
        return framework
    made_with = f"{head.person_name}'s assessment was made with {head.framework}"
    if path_to(framework, version) is not None:
        msg = f"{made_with}; the ladder is {framework.key} now, and a new round can go on there"
        raise EarlierVersionError(msg, framework)
    msg = (
        f"{made_with}, and this workbook "
        f"has {framework.key}; open it with the workbook it was made with"
    )
    raise MismatchError(msg)


def present_ladder(head: AssessmentHead) -> Framework:
    """Load the framework an assessment was made with, in the version that is there now."""
    name = head.framework.partition("@")[0]
    made_with = f"{head.person_name}'s assessment was made with {head.framework}"
    try:
        return load_framework(find_place(name))
    except UsageError as error:
        msg = f"{made_with}: {error}"
        raise MismatchError(msg) from None
    except FrameworkError as error:
        msg = f"{made_with}, which has problems now: skillmatrix check {error.source} says which"
        raise MismatchError(msg) from None


def read_round(store: Store, head: AssessmentHead) -> tuple[Assessment, History]:
    """Give an assessment of the store: as of today, or as it was locked."""
    assessment, done, closed = _fold(store, head)
    if closed is None:
        return assessment, done
    at = dt.datetime.fromisoformat(closed["locked_at"])
    return lock(assessment, at), History(done.current)


def read_all(store: Store, head: AssessmentHead) -> Assessment:
    """Give all that a round holds as a draft: of a locked one the record too."""
    return _fold(store, head)[0]


def _fold(
    store: Store, head: AssessmentHead
) -> tuple[Assessment, History, Mapping[str, Any] | None]:
    events = store.events(head.code)
    closed = next((event.payload for event in events if event.kind == LOCK), None)
    first = events[0].payload or {}
    start = {
        "framework": head.framework,
        "person": {"code": head.person_code, "name": head.person_name},
        "rater": first.get("rater", head.rater),
        "aim": first.get("aim", {}),
        "created_at": head.created_at,
    }
    as_of = dt.date.fromisoformat(closed["as_of"]) if closed else dt.date.today()
    return *fold(start, events, as_of), closed


def begin(
    store: Store, name: str, profile: str | None, event_id: str, ladder: str | None = None
) -> AssessmentHead:
    """Begin a self-rating with nothing rated, on a ladder named by its id or on the default."""
    framework = named_framework(ladder)
    profile = profile or default_profile(framework)
    if profile not in framework.profiles:
        raise refuse("profile", repr(profile), "one of " + ", ".join(framework.profiles))
    return store.create_assessment(
        person_name=" ".join(name.split()) or NO_NAME,
        framework=framework.key,
        aim={"profile": profile},
        rater={"kind": "self"},
        at=now(),
        event_id=event_id,
    )


def begin_example(store: Store, event_id: str) -> AssessmentHead:
    """Open the invented example, its dates moved so that it speaks of today."""
    path = data_dir() / "examples" / "ana.assessment.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    shift = dt.date.today() - dt.date.fromisoformat(data["as_of"])
    data["as_of"] = dt.date.today().isoformat()
    for item in [*data["evidence"], *data.get("record", [])]:
        if "date" in item:
            item["date"] = (dt.date.fromisoformat(item["date"]) + shift).isoformat()
    return bring(store, assessment_from(data, path.name), event_id)


def bring_in(store: Store, filename: str, text: str, event_id: str) -> AssessmentHead:
    """
    Import an assessment file as a draft of one's own.

    Notes
    -----
    One of an earlier version of its ladder is kept as it is, by the ids of that version; when
    it is opened, the page tells what would become of it and offers to go on.
    """
    assessment = _of_earlier_version(text, filename)
    assessment = assessment or assessment_from(parse(text, filename), filename)
    if assessment.rater.kind != "self":
        found = f"a rating by a {assessment.rater.kind}"
        remedy = "a mentor's or manager's rating is compared, not taken over as one's own"
        raise RefusedError(Problem("rater > kind", found, "a self-rating", remedy, filename))
    return bring(store, assessment, event_id)


def _of_earlier_version(text: str, filename: str) -> Assessment | None:
    """Read a file whose ladder has moved on and tells how to follow it; None for any other."""
    try:
        assessment = earlier_from(text, filename)
        name, _, version = assessment.framework.partition("@")
        framework = load_framework(find_place(name))
    except (DataError, UsageError):
        return None
    path = path_to(framework, version) if framework.version != version else None
    return assessment if path else None


def take_up(store: Store, head: AssessmentHead, event_id: str) -> AssessmentHead:
    """Begin a new round from where an earlier one stands, on the ladder as it is now."""
    brought = bring_over(read_all(store, head), present_ladder(head))
    return take_over(store, head, brought.assessment, event_id)


def take_over(
    store: Store, head: AssessmentHead, assessment: Assessment, event_id: str
) -> AssessmentHead:
    """Begin a new round for the same person with a content of their own."""
    return bring(store, assessment, event_id, person_code=head.person_code)


def bring(
    store: Store,
    assessment: Assessment,
    event_id: str,
    person_code: str | None = None,
    since: dt.datetime | None = None,
) -> AssessmentHead:
    """Keep an assessment as a draft of one's own; for somebody new where no code is given."""
    when = since or now()
    head = store.create_assessment(
        person_name=assessment.person.name.strip()[:200] or NO_NAME,
        framework=assessment.framework,
        aim=as_data(assessment).get("aim", {}),
        rater={"kind": "self"},
        at=when,
        event_id=event_id,
        person_code=person_code,
    )
    data = as_data(assessment)
    content: dict[str, Any] = {key: data[key] for key in _CONTENT if key in data}
    content.update(assessment.model_extra or {})
    event = NewEvent(f"{event_id}-content", IMPORT, "", content, head.seq, when)
    store.append(head.code, event)
    return store.assessment(head.code)
