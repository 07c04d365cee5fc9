"""The assessments of a workspace, as lines of a list."""

from __future__ import annotations

from typing import Any

from skillmatrix.errors import SkillMatrixError
from skillmatrix.pages import rounds
from skillmatrix.pages.places import href
from skillmatrix.store import AssessmentHead, Store


def entry_of(store: Store, head: AssessmentHead, embed: str) -> dict[str, Any]:
    """
    Give one line of the list of assessments.

    Returns
    -------
    dict
        ``problem`` says why an assessment cannot be opened, such as a ladder that is gone or
        broken; what hangs on the ladder is None then. ``earlier`` is the version of the ladder
        that a round of an earlier one can be brought over to.
    """
    line = {
        "code": head.code,
        "person": head.person_name,
        "framework": head.framework,
        "created_at": head.created_at.isoformat(),
        "updated_at": head.updated_at.isoformat(),
        "status": head.status,
    }
    try:
        framework = rounds.framework_of(head)
    except SkillMatrixError as error:
        words = str(error).splitlines()[0]
        nothing = dict.fromkeys(("profile_title", "ladder_title", "rated", "total", "href"))
        if isinstance(error, rounds.EarlierVersionError):
            place = href("self_review", embed, head.code)
            version = error.framework.version
            return {**line, **nothing, "href": place, "problem": words, "earlier": version}
        return {**line, **nothing, "problem": words, "earlier": None}
    assessment, _ = rounds.read_round(store, head)
    profile = framework.profiles.get(assessment.aim.profile)
    return {
        **line,
        "profile_title": profile.title if profile else assessment.aim.profile,
        "ladder_title": framework.title,
        "rated": sum(assessment.rating(skill).level is not None for skill in framework.skills),
        "total": len(framework.skills),
        "href": href("self_review", embed, head.code),
        "problem": None,
        "earlier": None,
    }
