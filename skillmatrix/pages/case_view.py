"""The promotion case as its step shows it; the paragraphs themselves are in the page's state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework
from skillmatrix.pages.assessment_view import chosen_profile
from skillmatrix.scoring import Case, Chapter, Clause, case
from skillmatrix.scoring.case_model import Written
from skillmatrix.scoring.exhibits import Exhibit
from skillmatrix.store import StoredEvent


def case_view(
    framework: Framework, assessment: Assessment, events: Iterable[StoredEvent] = ()
) -> dict[str, Any]:
    """
    Give the clauses of the aim: requirement, evidence and marks.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment
    events : iterable of StoredEvent
        To name items of evidence that were cited and then removed.

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``.
    """
    found = case(assessment, chosen_profile(framework, assessment))
    gone = _gone(found, events)
    return {
        "longest": [{"id": place.id, "title": place.title} for place in found.longest],
        "terms": found.terms.model_dump(mode="json", exclude={"source"}),
        "criteria": [_chapter(chapter, gone) for chapter in found.criteria.values()],
        "free": {place.id: _written(place, gone) for place in (found.opening, found.closing)},
        "other": [_written(place, gone) for place in found.other],
    }


def _gone(found: Case, events: Iterable[StoredEvent]) -> dict[str, str]:
    """Give the last title of each item that is cited and no longer there."""
    wanted = {name for place in (*found.places, *found.other) for name in place.removed}
    if not wanted:
        return {}
    return {
        event.subject: event.payload["title"]
        for event in events
        if event.kind == "evidence" and event.subject in wanted and event.payload
    }


def _written(place: Written, gone: dict[str, str]) -> dict[str, Any]:
    return {
        "id": place.id,
        "title": place.title,
        "removed": [{"id": name, "title": gone.get(name, name)} for name in place.removed],
    }


def _chapter(chapter: Chapter, gone: dict[str, str]) -> dict[str, Any]:
    return {
        "id": chapter.id,
        "code": chapter.code,
        "title": chapter.title,
        "question": chapter.question,
        "state": chapter.state,
        "flags": [flag.text for flag in chapter.flags],
        "clauses": [_clause(clause, gone) for clause in chapter.clauses],
    }


def _clause(clause: Clause, gone: dict[str, str]) -> dict[str, Any]:
    return {
        **_written(clause, gone),
        "kind": clause.kind,
        "state": clause.state,
        "observed": clause.observed,
        "why": clause.why,
        "change": clause.change,
        "level": clause.level.value if clause.level is not None else None,
        "skills": list(clause.skills),
        "types": list(clause.types),
        "same_as": clause.same_as,
        "members": [
            {"skill": m.skill, "title": m.title, "state": m.state, "note": m.note}
            for m in clause.members
        ],
        "exhibits": [_exhibit(exhibit) for exhibit in clause.exhibits],
        "flags": [{"kind": flag.kind, "text": flag.text} for flag in clause.flags],
    }


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "id": exhibit.id,
        "title": exhibit.title,
        "strength": exhibit.strength,
        "age": exhibit.age,
        "counts": exhibit.counts,
        "reason": exhibit.reason,
    }
