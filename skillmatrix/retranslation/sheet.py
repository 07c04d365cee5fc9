"""The sorting sheet: shuffled anchors with neutral numbers, and what they can be sorted to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.model import Criterion, Framework, Skill
from skillmatrix.retranslation.draw import (
    KINDS,
    MOST_SEED,
    MOST_SORTERS,
    Draw,
    Kind,
    groups_of,
    levels_sorted,
    sortable,
)

FORMAT, FORMAT_VERSION = "skillmatrix.sorting", 1
#: What is chosen where an anchor fits nowhere: an answer, and no hit.
NONE, NONE_TITLE = "-", "None of these"


class GroupChoice(NamedTuple):
    """A skill or criterion that can be chosen."""

    id: str
    title: str
    about: str


class LevelChoice(NamedTuple):
    """A level that can be chosen."""

    value: int
    name: str
    definition: str

    @property
    def label(self) -> str:
        """Number and name."""
        return f"{self.value} {self.name}"


@dataclass(frozen=True)
class Sheet:
    """
    One sorter's sheet. It holds no answer.

    Attributes
    ----------
    id : str
        Says to the scoring which anchors are on it, and of which wordings.
    framework, title : str
        ``id@version`` of the framework, and what it is called.
    kind : {"skills", "criteria"}
        What anchors are sorted to.
    sorter : str
        A code, no name.
    items : tuple of str
        The texts, in the order of the sheet; the number of an item is its place from 1.
    groups : tuple of GroupChoice
        All skills or criteria of the framework, also where only some were drawn.
    levels : tuple of LevelChoice
        Those of `levels_sorted`: mostly all but the lowest.
    """

    id: str
    framework: str
    title: str
    kind: Kind
    sorter: str
    items: tuple[str, ...]
    groups: tuple[GroupChoice, ...]
    levels: tuple[LevelChoice, ...]

    @property
    def group_word(self) -> str:
        """What anchors are sorted to, in a word."""
        return "Skill" if self.kind == "skills" else "Criterion"


def sorting_sheet(
    framework: Framework,
    seed: int,
    sorter: int = 1,
    *,
    sorters: int = 1,
    skills: Iterable[str] = (),
    areas: Iterable[str] = (),
    share: float = 1.0,
    kind: Kind = "skills",
) -> Sheet:
    """
    Make the sheet of one sorter.

    Parameters
    ----------
    framework : Framework
    seed : int
        Of the round: the same for all sorters of it. 0 to 4,294,967,295.
    sorter, sorters : int
        Which sorter, from 1, of how many.
    skills, areas : iterable of str
        Whose anchors are drawn; all when neither is given. Every skill stays a choice, as a
        choice between few would be easier than the ladder is.
    share : float
        Which part of the anchors one sorter gets, above 0 and up to 1. Each anchor goes to this
        share of the sorters, rounded up.
    kind : {"skills", "criteria"}
        Which anchors, and so what they are sorted to.

    Returns
    -------
    Sheet
        The same for the same arguments and wordings.

    Raises
    ------
    UsageError
        If there is no such skill or area, a number is out of range, or nothing is left to sort.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> sheet = sorting_sheet(sm.load_framework("ml-specialist"), seed=7, skills=["mlops"])
    >>> len(sheet.items), len(sheet.groups), [level.label for level in sheet.levels][0]
    (12, 27, '1 Aware')
    """
    if not 0 <= seed <= MOST_SEED:
        msg = f"the seed {seed} is out of range; expected 0 to {MOST_SEED}"
        raise UsageError(msg)
    if not 1 <= sorters <= MOST_SORTERS or not 1 <= sorter <= sorters:
        msg = f"sorter {sorter} of {sorters}; expected 1 to {MOST_SORTERS} sorters"
        raise UsageError(msg)
    if not 0 < share <= 1:
        msg = f"the share {share:g} is out of range; expected more than 0, and at most 1"
        raise UsageError(msg)
    chosen = _chosen(framework, tuple(skills), tuple(areas), kind)
    draw = Draw(seed, sorter, sorters, copies(share, sorters), kind, chosen)
    return sheet_of(draw, framework)


def sorting_sheets(
    framework: Framework,
    seed: int,
    sorters: int,
    *,
    skills: Iterable[str] = (),
    areas: Iterable[str] = (),
    share: float = 1.0,
    kind: Kind = "skills",
) -> tuple[Sheet, ...]:
    """Make the sheets of all sorters of a round, each in an order of its own."""
    chosen = tuple(skills), tuple(areas)
    return tuple(
        sorting_sheet(
            framework,
            seed,
            number,
            sorters=sorters,
            skills=chosen[0],
            areas=chosen[1],
            share=share,
            kind=kind,
        )
        for number in range(1, sorters + 1)
    )


def copies(share: float, sorters: int) -> int:
    """
    Say to how many sorters each anchor goes.

    Examples
    --------
    >>> copies(1.0, 4), copies(0.5, 7), copies(0.6, 5)
    (4, 4, 3)
    """
    return max(1, math.ceil(round(share * sorters, 6)))


def sheet_of(draw: Draw, framework: Framework) -> Sheet:
    """Make the sheet that a draw decides."""
    items = tuple(anchor.text for _, anchor in draw.anchors(framework))
    levels = levels_sorted(framework, draw.kind)
    if not items:
        msg = f"there is nothing to sort in {framework.key}; expected anchors that say what is done"
        raise UsageError(msg)
    return Sheet(
        id=draw.sheet_id(framework),
        framework=framework.key,
        title=framework.title,
        kind=draw.kind,
        sorter=draw.sorter,
        items=items,
        groups=tuple(_choices(framework, draw.kind)),
        levels=tuple(
            LevelChoice(step.level.value, step.name, step.definition)
            for step in framework.scale
            if step.level in levels
        ),
    )


def _choices(framework: Framework, kind: Kind) -> list[GroupChoice]:
    """Give what can be chosen; where a title could mean two of them it says its id as well."""
    groups: list[Skill | Criterion] = [*groups_of(framework, kind).values()]
    named = [{group.title.casefold(), group.id} for group in groups]

    def title(group: Skill | Criterion) -> str:
        plain = sum(group.title.casefold() in names for names in named) == 1
        return group.title if plain else f"{group.title} ({group.id})"

    return [GroupChoice(group.id, title(group), group.summary) for group in groups]


def _chosen(
    framework: Framework, skills: tuple[str, ...], areas: tuple[str, ...], kind: Kind
) -> tuple[str, ...]:
    if kind not in KINDS:
        msg = f"no kind {kind!r} of sheet; expected {' or '.join(KINDS)}"
        raise UsageError(msg)
    known = groups_of(framework, kind)
    for name in skills:
        if name not in known:
            msg = f"there is nothing called {name!r} among the {kind}; {suggest(name, known)}"
            raise UsageError(msg)
    if areas and kind == "criteria":
        msg = "criteria have no areas; name them one by one"
        raise UsageError(msg)
    for name in areas:
        if name not in framework.areas:
            msg = f"there is no area {name!r}; {suggest(name, framework.areas)}"
            raise UsageError(msg)
    within = {name for name, skill in framework.skills.items() if skill.area in areas}
    chosen = tuple(name for name in known if name in skills or name in within)
    if (skills or areas) and not sortable(framework, kind, chosen or ("",)):
        msg = "what was chosen has no anchor to sort"
        raise UsageError(msg)
    return chosen
