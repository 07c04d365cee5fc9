"""What it costs to hold something back: levels and criteria, with it and without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.verdict import Verdict


@dataclass(frozen=True)
class ShownLess:
    """A skill whose level is shown as another one."""

    skill: str
    before: Level
    after: Level


@dataclass(frozen=True)
class Turned:
    """A criterion that is judged otherwise."""

    criterion: str
    code: str
    title: str
    before: State
    after: State


@dataclass(frozen=True)
class Effect:
    """
    In what a second verdict on the same ratings differs from a first one.

    Attributes
    ----------
    levels : tuple of ShownLess
        In the order of the framework.
    criteria : tuple of Turned
        In the order of the profile.
    overall : tuple of str or None
        The words of both overall answers, where they differ.
    """

    levels: tuple[ShownLess, ...] = ()
    criteria: tuple[Turned, ...] = ()
    overall: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        return bool(self.levels or self.criteria or self.overall)


def effect(before: Verdict, after: Verdict) -> Effect:
    """Compare two verdicts on the same ratings and the same role."""
    levels = tuple(
        ShownLess(skill, first.supported, second.supported)
        for skill, first in before.standings.items()
        if first.supported is not None
        and (second := after.standings[skill]).supported is not None
        and first.supported != second.supported
    )
    criteria = tuple(
        Turned(name, first.code, first.title, first.state, after.criteria[name].state)
        for name, first in before.criteria.items()
        if name in after.criteria and first.state != after.criteria[name].state
    )
    same = before.overall == after.overall
    return Effect(levels, criteria, None if same else (before.overall, after.overall))


def withheld(
    given: Assessment, profile: Profile, back: Iterable[Evidence] = ()
) -> dict[str, Effect]:
    """
    Say for each item of evidence what holding it back costs.

    Parameters
    ----------
    given : Assessment
        What goes as things are chosen now.
    profile : Profile
    back : iterable of Evidence
        Items held back now, as they would go.

    Returns
    -------
    dict of str to Effect
        By id of the item, from the verdict with it to the one without. An item that costs
        nothing has an empty effect.
    """
    now = Verdict(given, profile)
    found = {}
    for item in given.evidence:
        rest = tuple(other for other in given.evidence if other is not item)
        without = given.model_copy(update={"evidence": rest})
        found[item.id] = effect(now, Verdict(without, profile))
    for item in back:
        more = given.model_copy(update={"evidence": (*given.evidence, item)})
        found[item.id] = effect(Verdict(more, profile), now)
    return found
