"""Invented people for any ladder, drawn around the bars of one of its roles."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Framework, Profile

NOTICE = "Invented with skillmatrix example; this person does not exist."
DAY = "2026-11-20"
_UNRATED = 0.5
_SHORT = 2

#: Who is invented, and what can be seen in the file.
STORIES = {
    "robin": "Rates every skill at the bar of the role.",
    "alex": "Rates two skills one step below the bar, the others at it or above.",
    "sam": "Has rated about half of the skills so far.",
}


def people(framework: Framework, seed: int) -> dict[str, Assessment]:
    """
    Invent three people on a ladder, without evidence.

    Parameters
    ----------
    framework : Framework
    seed : int
        The same seed gives the same levels.

    Returns
    -------
    dict of str to Assessment
        By file name. They aim at the first promotion of the ladder, else at its middle role.
    """
    from skillmatrix.assessment import assessment_from
    from skillmatrix.assessment.model import FORMAT, FORMAT_VERSION

    draw = Random(seed)
    profile = aimed(framework)
    made = {}
    for name in STORIES:
        content = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "invented": NOTICE,
            "framework": framework.key,
            "person": {"code": f"p-{draw.randrange(16**8):08x}", "name": name.title()},
            "rater": {"kind": "self"},
            "aim": {"profile": profile.id},
            "as_of": DAY,
            "ratings": _ratings(framework, profile, name, draw),
        }
        made[f"{name}-self.assessment.json"] = assessment_from(content, name, framework)
    return made


def aimed(framework: Framework) -> Profile:
    """Choose the role to aim at: the first promotion of a ladder, else its middle role."""
    profiles = list(framework.profiles.values())
    promotions = [profile for profile in profiles if profile.kind == "promotion"]
    return promotions[0] if promotions else profiles[len(profiles) // 2]


def _ratings(framework: Framework, profile: Profile, name: str, draw: Random) -> dict[str, Any]:
    levels = [level.value for level in framework.levels]
    at = {skill: levels.index(profile.target(skill).value) for skill in framework.skills}
    if name == "alex":
        at = {skill: min(at[skill] + draw.randrange(2), len(levels) - 1) for skill in at}
        above = [skill for skill in at if levels.index(profile.target(skill).value) > 0]
        for skill in draw.sample(above, min(_SHORT, len(above))):
            at[skill] = levels.index(profile.target(skill).value) - 1
    if name == "sam":
        at = {skill: place for skill, place in at.items() if draw.random() < _UNRATED}
    return {skill: levels[place] for skill, place in at.items()}


def readme(framework: Framework) -> str:
    """Write what the files are."""
    lines = [f"Invented people on the ladder {framework.title} ({framework.key}).", NOTICE, ""]
    lines += [f"  {name}-self: {story}" for name, story in STORIES.items()]
    return "\n".join([*lines, ""])
