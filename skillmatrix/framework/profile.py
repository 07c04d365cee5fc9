"""What one role asks for, in one context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from skillmatrix.framework.changes import Change, Changed
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level
from skillmatrix.framework.parts import (
    Breadth,
    Frozen,
    Id,
    NotApplicable,
    Part,
    Requirement,
    Target,
    Text,
)


class BreaksFloor(Part):
    """The one critical skill that a direction asks less of than the present role, and why."""

    skill: Id
    reason: Text
    source: Text


class Profile(Part):
    """What one role asks for, with the answers to the switches that were given.

    Attributes
    ----------
    requirements, targets, advice, not_applicable, switches
        What is asked, with everything the overlays changed.
    based_on : str or None
        The profile a direction is written as changes to.
    adjustments : tuple of Change
        What its file changes in that profile, beside bars and requirements of its own.
    breaks_floor : BreaksFloor or None
    importance : mapping of str to str
        Skills that have another mark of importance here than in the framework.
    overlays : tuple of str
        Those chosen, in the order of the framework.
    changes : tuple of Changed
        What the overlays changed: before, after, by which and why.
    conflicts : tuple of str
        What overlays and answers say against each other, and which of them holds.
    warnings : tuple of str

    Notes
    -----
    An unanswered switch is kept as unknown: `verdict` looks at both answers.
    """

    id: Id
    title: Text
    kind: Literal["promotion", "role", "direction"]
    summary: Text
    source: Text
    requirements: Annotated[Mapping[str, Requirement], Frozen]
    targets: Annotated[Mapping[str, Target], Frozen]
    advice: tuple[Breadth, ...] = ()
    not_applicable: Annotated[Mapping[str, NotApplicable], Frozen] = FrozenDict()
    switches: Annotated[Mapping[str, bool | None], Frozen] = FrozenDict()
    based_on: Id | None = None
    adjustments: tuple[Change, ...] = ()
    breaks_floor: BreaksFloor | None = None
    importance: Annotated[Mapping[str, str], Frozen] = FrozenDict()
    overlays: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = ()
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    framework: Any = Field(default=None, repr=False, exclude=True)

    def target(self, skill: str) -> Level:
        """Give the bar of a skill; an unanswered switch counts as off here."""
        entry = self.targets[skill]
        if entry.switch and entry.level_when_on is not None and self.switches.get(entry.switch):
            return entry.level_when_on
        return entry.level

    @property
    def gates(self) -> frozenset[tuple[str, Level, str]]:
        """Gates and floors, each once: (skill, level, kind)."""
        found = [
            (t.skill, t.level, kind)
            for r in self.requirements.values()
            for kind, many in (("gate", r.gates), ("floor", r.floors))
            for t in many
        ]
        return frozenset(found)

    @property
    def gate_count(self) -> int:
        """How many skills have a gate or a floor; each of them alone can hold a person back."""
        return len({skill for skill, _, _ in self.gates})

    @property
    def asked(self) -> tuple[str, ...]:
        """Switches that change a bar or a rule here, in the order they matter."""
        found = [t.switch for t in self.targets.values() if t.switch]
        found += [s for r in self.requirements.values() for b in r.breadth for s in b.when.values()]
        return tuple(dict.fromkeys(found))
