"""What the context of an aim changes, as the first step of the self-review shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skillmatrix.assessment.model import Aim
from skillmatrix.framework import Framework, Profile
from skillmatrix.framework.changes import RelaxGate, RelaxTarget, SwitchOn


def context_view(profile: Profile, aim: Aim) -> dict[str, Any]:
    """
    Give what the variants of an aim change, and what of it waits for an answer.

    Parameters
    ----------
    profile : Profile
        What the aim comes to, from ``framework.profile(...)``.
    aim : Aim

    Returns
    -------
    dict
        ``changes``, ``conflicts``, ``warnings``; ``switched``: by switch the titles of the
        variants that turn it on; ``conditions``: see `conditions`.
    """
    framework = profile.framework
    return {
        "changes": [
            {
                "item": change.item,
                "before": change.before,
                "after": change.after,
                "reason": change.reason,
            }
            for change in profile.changes
        ],
        "conflicts": list(profile.conflicts),
        "warnings": list(profile.warnings),
        "switched": _switched(framework, profile.overlays),
        "conditions": conditions(framework, profile.overlays, aim.reasons),
    }


def _switched(framework: Framework, overlays: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in overlays:
        for change in framework.overlays[name].changes:
            if isinstance(change, SwitchOn):
                found.setdefault(change.switch, []).append(framework.overlays[name].title)
    return found


def conditions(
    framework: Framework, overlays: Iterable[str], reasons: Iterable[str]
) -> list[dict[str, Any]]:
    """
    Give what variants lower only under a condition, and whether a person has said that it holds.

    Returns
    -------
    list of dict
        ``overlay``, ``title``, ``where`` (the condition), ``lowers`` (what, in words) and
        ``applied``; a condition that several changes of a variant share is given once.
    """
    known = set(reasons)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in overlays:
        for change in framework.overlays[name].changes:
            if not isinstance(change, (RelaxGate, RelaxTarget)) or change.only_where is None:
                continue
            entry = found.setdefault(
                (name, change.only_where),
                {
                    "overlay": name,
                    "title": framework.overlays[name].title,
                    "where": change.only_where,
                    "lowers": [],
                    "applied": name in known,
                },
            )
            what = "gate on" if isinstance(change, RelaxGate) else "bar of"
            title = framework.skills[change.skill].title
            entry["lowers"].append(f"{what} {title} to {change.level}")
    return list(found.values())
