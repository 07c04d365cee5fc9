"""Lists: the assessments of a workspace, and the roles one can aim at."""

from __future__ import annotations

from typing import Any

from skillmatrix.framework import Framework, load_framework
from skillmatrix.pages import rounds
from skillmatrix.pages.places import href
from skillmatrix.store import AssessmentHead, Store


def entry_of(store: Store, head: AssessmentHead, embed: str) -> dict[str, Any]:
    """Give one line of the list of assessments."""
    framework = load_framework(head.framework.partition("@")[0])
    assessment, _ = rounds.read_round(store, head)
    rated = sum(assessment.rating(skill).level is not None for skill in framework.skills)
    profile = assessment.aim.profile
    return {
        "code": head.code,
        "person": head.person_name,
        "profile_title": _title(framework, profile),
        "framework": head.framework,
        "created_at": head.created_at.isoformat(),
        "updated_at": head.updated_at.isoformat(),
        "rated": rated,
        "total": len(framework.skills),
        "status": head.status,
        "href": href("self_review", embed, head.code),
    }


def profiles() -> list[dict[str, str]]:
    """Give the roles one can aim at."""
    framework = load_framework(rounds.DEFAULT_FRAMEWORK)
    return [
        {"id": p.id, "title": p.title, "summary": p.summary} for p in framework.profiles.values()
    ]


def _title(framework: Framework, profile: str) -> str:
    found = framework.profiles.get(profile)
    return found.title if found else profile
