"""Rounds of assessment in a workspace: begin one, bring one in, take up an earlier one."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from skillmatrix.assessment import Assessment, as_data, assessment_from
from skillmatrix.assessment.events import IMPORT, History, fold
from skillmatrix.assessment.parse import parse
from skillmatrix.errors import FrameworkError, MismatchError, Problem, UsageError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.ladders import find_place
from skillmatrix.pages.ladders import default_profile, named_framework
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


def framework_of(head: AssessmentHead) -> Framework:
    """Load the framework an assessment was made with, in its version."""
    name, _, version = head.framework.partition("@")
    made_with = f"{head.person_name}'s assessment was made with {head.framework}"
    try:
        framework = load_framework(find_place(name))
    except UsageError as error:
        msg = f"{made_with}: {error}"
        raise MismatchError(msg) from None
    except FrameworkError as error:
        msg = f"{made_with}, which has problems now: skillmatrix check {error.source} says which"
        raise MismatchError(msg) from None
    if framework.version != version:
        msg = (
            f"{made_with}, and this workbook "
            f"has {framework.key}; open it with the workbook it was made with"
        )
        raise MismatchError(msg)
    return framework


def read_round(store: Store, head: AssessmentHead) -> tuple[Assessment, History]:
    """Give the present state of an assessment in the store, as of today."""
    events = store.events(head.code)
    first = events[0].payload or {}
    start = {
        "framework": head.framework,
        "person": {"code": head.person_code, "name": head.person_name},
        "rater": first.get("rater", head.rater),
        "aim": first.get("aim", {}),
        "created_at": head.created_at,
    }
    return fold(start, events, dt.date.today())


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
    return _bring(store, assessment_from(data, path.name), event_id)


def bring_in(store: Store, filename: str, text: str, event_id: str) -> AssessmentHead:
    """Import an assessment file as a draft of one's own."""
    assessment = assessment_from(parse(text, filename), filename)
    if assessment.rater.kind != "self":
        found = f"a rating by a {assessment.rater.kind}"
        remedy = "a mentor's or manager's rating is compared, not taken over as one's own"
        raise RefusedError(Problem("rater > kind", found, "a self-rating", remedy, filename))
    return _bring(store, assessment, event_id)


def take_up(store: Store, head: AssessmentHead, event_id: str) -> AssessmentHead:
    """Begin a new round for the same person from where an earlier one stands."""
    assessment, _ = read_round(store, head)
    return _bring(store, assessment, event_id, person_code=head.person_code)


def _bring(
    store: Store, assessment: Assessment, event_id: str, person_code: str | None = None
) -> AssessmentHead:
    head = store.create_assessment(
        person_name=assessment.person.name.strip()[:200] or NO_NAME,
        framework=assessment.framework,
        aim=as_data(assessment)["aim"],
        rater={"kind": "self"},
        at=now(),
        event_id=event_id,
        person_code=person_code,
    )
    data = as_data(assessment)
    content: dict[str, Any] = {key: data[key] for key in _CONTENT}
    content.update(assessment.model_extra or {})
    event = NewEvent(f"{event_id}-content", IMPORT, "", content, head.seq, now())
    store.append(head.code, event)
    return store.assessment(head.code)
