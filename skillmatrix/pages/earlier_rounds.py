"""Earlier rounds of a person: which there are, how they stood, and when a rating was given."""

from __future__ import annotations

import datetime as dt

from skillmatrix.assessment import Assessment
from skillmatrix.assessment.carry_over import came_from, path_of
from skillmatrix.assessment.events import history
from skillmatrix.errors import MismatchError
from skillmatrix.framework import Framework
from skillmatrix.pages.rounds import read_all
from skillmatrix.store import AssessmentHead, Store


def earlier_rounds(store: Store, head: AssessmentHead) -> list[AssessmentHead]:
    """List the rounds of the same person that were begun before one, the latest first."""
    found = [
        other
        for other in store.assessments()
        if other.person_code == head.person_code
        and other.framework.partition("@")[0] == head.framework.partition("@")[0]
        and other.rater.get("kind") == "self"
        and (other.created_at, other.seq) < (head.created_at, head.seq)
        and other.code != head.code
    ]
    return sorted(found, key=lambda other: other.created_at, reverse=True)


def as_it_was(store: Store, head: AssessmentHead, latest: dt.date) -> Assessment:
    """Give a round as of the day it was locked, or last worked on; at the latest a given day."""
    assessment = read_all(store, head)
    day = assessment.as_of
    if head.status != "locked":
        day = head.updated_at.astimezone().date()
    return assessment.model_copy(update={"as_of": min(day, latest)})


def rated_days(store: Store, head: AssessmentHead, framework: Framework) -> dict[str, dt.date]:
    """Give the day each rating of a round was given, in this round or an earlier one."""
    days: dict[str, dt.date] = {}
    for one in [*reversed(earlier_rounds(store, head)), head]:
        given = {
            subject: event.at.astimezone().date()
            for (kind, subject), event in history(store.events(one.code)).current.items()
            if kind == "rating" and isinstance((event.payload or {}).get("value"), int)
        }
        days |= _under_present_names(given, read_all(store, one), framework)
    return days


def _under_present_names(
    given: dict[str, dt.date], assessment: Assessment, framework: Framework
) -> dict[str, dt.date]:
    if assessment.framework == framework.key:
        return given
    try:
        path = path_of(assessment, framework)
    except MismatchError:
        return {}
    names = {skill: came_from(path, skill) for skill in framework.skills}
    return {
        skill: max(given[old] for old in olds)
        for skill, olds in names.items()
        if all(old in given for old in olds)
    }
