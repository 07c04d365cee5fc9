"""From the profiles of a framework to what one person's role asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.model import Framework, NotApplicable, Profile


def _known(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    names = list(known)
    for name in asked:
        if name not in names:
            msg = f"no {kind} {name!r} in this framework; {suggest(name, names)}"
            raise UsageError(msg)


def choose_profile(
    framework: Framework,
    profile_id: str,
    overlays: Iterable[str],
    switches: Mapping[str, bool | None],
    not_applicable: Mapping[str, str],
) -> Profile:
    """Choose a profile and answer its switches; see `Framework.profile`."""
    overlay_ids = tuple(dict.fromkeys(overlays))
    _known("profile", [profile_id], framework.profiles)
    _known("overlay", overlay_ids, framework.overlays)
    _known("switch", switches, framework.switches)
    _known("skill", not_applicable, framework.skills)
    for name, answer in switches.items():
        if answer is not None and not isinstance(answer, bool):
            msg = f"switch {name!r} is {answer!r}; expected true, false or nothing (not decided)"
            raise UsageError(msg)

    profile = framework.profiles[profile_id]
    left_out = dict(profile.not_applicable)
    left_out.update({skill: NotApplicable(reason=why) for skill, why in not_applicable.items()})
    return profile.model_copy(
        update={
            "switches": {name: switches.get(name) for name in framework.switches},
            "not_applicable": left_out,
            "overlays": overlay_ids,
            "framework": framework,
        }
    )
