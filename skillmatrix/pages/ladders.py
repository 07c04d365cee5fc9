"""The ladders a workbook offers: the one it begins with, and those beside it."""

from __future__ import annotations

from typing import Any

from skillmatrix import settings
from skillmatrix.errors import FrameworkError, SkillMatrixError, UsageError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.ladders import default_profile, places
from skillmatrix.pages.session import refuse


def default_framework() -> Framework:
    """Load the ladder the workbook begins with; a broken one gives way to the shipped one."""
    try:
        return load_framework(settings.ladder())
    except (FrameworkError, UsageError):
        return load_framework(settings.DEFAULT_LADDER)


def named_framework(name: str | None) -> Framework:
    """
    Load a ladder by its id; None is the one the workbook begins with.

    Raises
    ------
    RefusedError
        If there is none of that id, or it has problems.
    """
    if name is None:
        return default_framework()
    known = places()
    place = known.get(name)
    if place is None or place.problem:
        ids = ", ".join(p.id for p in known.values() if not p.problem)
        raise refuse("framework", repr(name), f"one of {ids}")
    return load_framework(place.folder)


def ladders() -> list[dict[str, Any]]:
    """
    List the ladders one can begin with, the default first, each with its roles.

    Returns
    -------
    list of dict
        ``id``, ``key``, ``title``, ``profiles``, ``profile`` (the one to begin with),
        ``example`` (whether an invented person comes with it) and ``problem``; a ladder with a
        problem has no roles.
    """
    first = default_framework().id
    listed = [_ladder(place.id, str(place.folder), place.problem) for place in places().values()]
    return sorted(listed, key=lambda ladder: (ladder["id"] != first, bool(ladder["problem"])))


def _ladder(name: str, folder: str, problem: str | None) -> dict[str, Any]:
    broken: dict[str, Any] = {
        **dict.fromkeys(("id", "key", "title"), name),
        "profiles": [],
        "profile": None,
        "example": False,
    }
    if problem is not None:
        return {**broken, "problem": f"{folder}: {problem}"}
    try:
        framework = load_framework(folder)
    except FrameworkError as error:
        count = len(error.problems)
        many = f"{count} problem{'' if count == 1 else 's'}"
        return {**broken, "problem": f"{folder} has {many}: skillmatrix check {folder} says which"}
    except SkillMatrixError as error:
        return {**broken, "problem": str(error)}
    return {
        "id": framework.id,
        "key": framework.key,
        "title": framework.title,
        "profiles": profiles_of(framework),
        "profile": default_profile(framework),
        "example": framework.id == settings.DEFAULT_LADDER,
        "problem": None,
    }


def profiles_of(framework: Framework) -> list[dict[str, str]]:
    """Give the roles of a ladder."""
    return [
        {"id": p.id, "title": p.title, "summary": p.summary} for p in framework.profiles.values()
    ]
