"""Direction profiles: written as changes to another profile, and made whole here."""

from __future__ import annotations

from collections.abc import Collection

from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.model import Framework
from skillmatrix.framework.overlays import Composition
from skillmatrix.framework.profile import Profile


def with_directions(framework: Framework, names: Collection[str]) -> Framework:
    """
    Make profiles that are based on another one whole.

    Parameters
    ----------
    framework : Framework
        Its directions hold only what they change.
    names : collection of str
        Which of them to make whole; they name a base that exists and has none itself.

    Returns
    -------
    Framework
        Those hold what their base asks, as changed by them, and then what they ask on their
        own.
    """
    profiles = {
        name: whole(framework, profile) if name in names else profile
        for name, profile in framework.profiles.items()
    }
    return framework.model_copy(update={"profiles": FrozenDict(profiles)})


def whole(framework: Framework, profile: Profile) -> Profile:
    """Give a direction with everything its base asks for."""
    base = framework.profiles[profile.based_on or profile.id]
    below = [profile.breaks_floor.skill] if profile.breaks_floor else []
    entries = [(profile.id, change) for change in profile.adjustments]
    made = Composition(framework, base, entries, below_floor=below)
    requirements = {**made.requirements}
    for name, requirement in profile.requirements.items():
        requirements.setdefault(name, requirement)
    return profile.model_copy(
        update={
            "requirements": FrozenDict(requirements),
            "targets": FrozenDict({**made.targets, **profile.targets}),
            "advice": (*made.advice, *profile.advice),
            "not_applicable": FrozenDict({**base.not_applicable, **profile.not_applicable}),
            "importance": FrozenDict(made.importance),
        }
    )
