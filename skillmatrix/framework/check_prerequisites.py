"""Prerequisites of a ladder: what they name is there, and every level can be reached."""

from __future__ import annotations

from skillmatrix.framework.level import Level
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import exists, levels_of
from skillmatrix.framework.model import Framework
from skillmatrix.framework.prerequisites import PLACE, Prerequisite

Node = tuple[str, Level]


def check_prerequisites(framework: Framework, document: Located | None) -> None:
    """
    Report entries about skills or levels that are not there, said twice, or without an end.

    Notes
    -----
    A level is passed on the way to those above it. So a level that needs another level of its
    own skill, and levels that need each other, are reached by nobody.
    """
    if document is None or document.problems:
        return
    seen: dict[tuple[str, Level, str], Key] = {}
    sound: list[tuple[int, Prerequisite]] = []
    for index, entry in enumerate(framework.prerequisites):
        where: Key = (PLACE, index)
        known = [
            exists(document, (*where, key), getattr(entry, key), framework.skills, "skill")
            for key in ("skill", "needs")
        ]
        for key in ("level", "needs_level"):
            level = getattr(entry, key)
            if level not in framework.levels:
                expected, rule = levels_of(framework), "dangling-id"
                document.problem((*where, key), f"level {level}", expected, rule)
                known.append(False)
            elif level == min(framework.levels):
                found = f"level {level}, where everybody begins"
                document.problem((*where, key), found, "a higher level", "prerequisite-level")
                known.append(False)
        if entry.skill == entry.needs:
            found = f"{entry.skill!r}, which is the skill itself"
            document.problem((*where, "needs"), found, "another skill", "prerequisite-itself")
            known.append(False)
        pair = (entry.skill, entry.level, entry.needs)
        if pair in seen:
            document.twice(where, f"{entry.needs} for {entry.skill} {entry.level}", seen[pair])
        seen.setdefault(pair, where)
        if all(known):
            sound.append((index, entry))
    _check_idle(document, sound)
    _check_circles(framework, document, sound)


def _check_idle(document: Located, entries: list[tuple[int, Prerequisite]]) -> None:
    """Note what a lower level of the same skill asks for already."""
    for index, entry in entries:
        lower = [
            other
            for _, other in entries
            if (other.skill, other.needs) == (entry.skill, entry.needs)
            and other.level < entry.level
            and other.needs_level >= entry.needs_level
        ]
        if lower:
            found = f"{entry.needs} {entry.needs_level}, which level {lower[0].level} needs already"
            document.note((PLACE, index), found, "a higher level, or no entry", "unused")


def _check_circles(
    framework: Framework, document: Located, entries: list[tuple[int, Prerequisite]]
) -> None:
    """Report the last entry of each circle: a level that has to be reached before itself."""
    first: dict[Node, set[Node]] = {}
    below = dict(zip(framework.levels[1:], framework.levels, strict=False))
    for index, entry in entries:
        here, there = (entry.skill, entry.level), (entry.needs, entry.needs_level)
        path = _path(first, below, there, here)
        if path:
            told = " needs ".join(f"{skill} {level}" for skill, level in [here, *path])
            expected = "levels that can be reached one after the other"
            document.problem((PLACE, index), told, expected, "prerequisite-circle")
        else:
            first.setdefault(here, set()).add(there)


def _path(
    first: dict[Node, set[Node]], below: dict[Level, Level], start: Node, end: Node
) -> list[Node]:
    """Give the levels that are asked for on the way down to another; none where nothing leads."""
    waiting: list[tuple[Node, list[Node]]] = [(start, [start])]
    known = {start}
    while waiting:
        (skill, level), asked = waiting.pop()
        if skill == end[0] and level >= end[1]:
            return asked
        ways = [(node, [*asked, node]) for node in sorted(first.get((skill, level), set()))]
        if level in below:
            ways.append(((skill, below[level]), asked))
        for node, told in ways:
            if node not in known:
                known.add(node)
                waiting.append((node, told))
    return []
