"""The order of steps: by importance and size of the shortfall. It orders, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skillmatrix.framework.model import Profile
from skillmatrix.planning.task import Levels, Link

#: How many items of a plan are looked at when weights are compared.
FIRST = 5


def ordered(
    profile: Profile,
    current: Levels,
    levels: Levels,
    weights: Mapping[str, float] | None = None,
    links: Iterable[Link] = (),
) -> list[str]:
    """
    Give the skills that move, heaviest shortfall first, and what a skill needs before it.

    Notes
    -----
    The shortfall of a skill is its missing level steps times the weight of its mark: a count
    of steps of unequal size, for ordering only. Ties keep the order of the framework.
    """
    marks = weights or {name: mark.weight for name, mark in profile.framework.importance.items()}

    def shortfall(skill: str) -> float:
        mark = profile.importance.get(skill, profile.framework.skills[skill].importance)
        return -marks[mark] * (levels[skill] - current[skill])

    heaviest = sorted((s for s, now in current.items() if levels[s] > now), key=shortfall)
    needs: dict[str, set[str]] = {skill: set() for skill in heaviest}
    for link in links:
        if levels[link.skill] >= link.position and link.needs in needs and link.skill in needs:
            needs[link.skill].add(link.needs)
    found: list[str] = []
    while heaviest:
        ready = (skill for skill in heaviest if needs[skill] <= set(found))
        found.append(next(ready, heaviest[0]))
        heaviest.remove(found[-1])
    return found


def orders(
    profile: Profile, current: Levels, levels: Levels, links: Iterable[Link] = ()
) -> dict[str, tuple[str, ...]]:
    """Give the first five skills under equal weights, two usual ones, and rank-order centroid."""
    marks = profile.framework.importance
    ranks = sorted({mark.weight for mark in marks.values()}, reverse=True)
    count = len(ranks)
    centroid = [sum(1 / k for k in range(r, count + 1)) / count for r in range(1, count + 1)]
    schemes: dict[str, list[float]] = {
        "own": [float(weight) for weight in ranks],
        "equal": [1.0] * count,
        "3, 2, 1": [float(count - r) for r in range(count)],
        "4, 2, 1": [2.0 ** (count - 1 - r) for r in range(count)],
        "rank-order centroid": centroid,
    }
    kept = tuple(links)
    found = {}
    for name, values in schemes.items():
        weights = {m: values[ranks.index(mark.weight)] for m, mark in marks.items()}
        found[name] = tuple(ordered(profile, current, levels, weights, kept)[:FIRST])
    return found
