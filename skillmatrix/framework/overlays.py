"""Overlays applied to a profile: gates, bars, switches and what may take part in rules."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from skillmatrix.framework import overlay_evidence
from skillmatrix.framework.changes import (
    Change,
    Changed,
    JoinBreadth,
    Kind,
    MakeImportant,
    OneOfTarget,
    RaiseGate,
    RaiseTarget,
    RelaxGate,
    RelaxTarget,
    ReplaceWhenNotApplicable,
    SwitchOn,
)
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework
from skillmatrix.framework.parts import EvidenceRule, Requirement, Target, Threshold
from skillmatrix.framework.profile import Profile

C = TypeVar("C", bound=Change)
K = TypeVar("K", bound=Hashable)
Entry = tuple[str, Change]
Asked = tuple[str, Level]


def critical_floors(framework: Framework, profile: Profile) -> dict[str, Level]:
    """
    Give the level that no overlay may go below, for each critical skill.

    Returns
    -------
    dict of str to Level
        The bar of the present role (profiles of kind ``role``), or the floor of the profile
        itself where that is higher. Skills that may be no floor are not in it.
    """
    root = framework.profiles.get(profile.based_on or profile.id, profile)
    roles = [p for p in framework.profiles.values() if p.kind == "role"]
    found: dict[str, Level] = {}
    for name, skill in framework.skills.items():
        mark = framework.importance.get(skill.importance)
        if mark is None or not mark.critical:
            continue
        levels = [role.targets[name].level for role in roles if name in role.targets]
        levels += [t.level for r in root.requirements.values() for t in r.floors if t.skill == name]
        if levels:
            found[name] = max(levels)
    return found


class Composition:
    """
    A profile with changes applied to it: each kind in its turn, each item at its maximum.

    Parameters
    ----------
    framework : Framework
    profile : Profile
        What the changes are applied to.
    entries : iterable of tuple
        Who asks, an overlay or the profile itself, and the change. Their order decides only
        in which order things are listed.
    below_floor : iterable of str
        Critical skills that these changes may lower below their floor.

    Attributes
    ----------
    requirements, targets, advice, importance, switches, replacements
        The parts of the profile as changed.
    changes : list of Changed
    conflicts, warnings : list of str
    """

    def __init__(
        self,
        framework: Framework,
        profile: Profile,
        entries: Iterable[Entry],
        switches: Mapping[str, bool | None] | None = None,
        below_floor: Iterable[str] = (),
    ) -> None:
        self.framework, self.profile = framework, profile
        self.entries = list(entries)
        self.floors = critical_floors(framework, profile)
        for skill in below_floor:
            self.floors.pop(skill, None)
        self.changes: list[Changed] = []
        self.conflicts: list[str] = []
        self.warnings: list[str] = []
        self.switches: dict[str, bool | None] = dict(switches or {})
        self.requirements: dict[str, Requirement] = dict(profile.requirements)
        self.targets: dict[str, Target] = dict(profile.targets)
        self.advice = list(profile.advice)
        self.importance = dict(profile.importance)
        self.replacements: dict[str, EvidenceRule] = {}
        self._switch_on()
        self._raise_gates()
        self._relax_gates()
        self._move_targets()
        self._join_breadth()
        overlay_evidence.apply(self)
        self._rest()

    def of(self, kind: type[C]) -> list[tuple[str, C]]:
        """Give the changes of one kind, with who asks for each."""
        return [(who, change) for who, change in self.entries if isinstance(change, kind)]

    def title(self, who: str) -> str:
        """Give the title of an overlay, or of the profile itself."""
        overlay = self.framework.overlays.get(who)
        return overlay.title if overlay else self.profile.title

    def record(
        self, kind: Kind, about: str, item: str, told: tuple[str, str], by: Iterable[Entry]
    ) -> None:
        """Note what was before and is after, and by whom; nothing when it is the same."""
        if told[0] == told[1]:
            return
        pairs = list(by)
        changed = Changed(
            kind=kind,
            about=about,
            item=item,
            before=told[0],
            after=told[1],
            overlays=tuple(dict.fromkeys(who for who, _ in pairs)),
            reason=" ".join(dict.fromkeys(change.reason for _, change in pairs)),
        )
        self.changes.append(changed)

    def nowhere(self, who: str, what: str) -> None:
        """Warn that a change finds nothing to change in this profile."""
        self.warnings.append(
            f"{self.title(who)} changes {what}, which {self.profile.title} does not have: left out"
        )

    def skill(self, name: str) -> str:
        """Give the title of a skill."""
        return self.framework.skills[name].title

    def _switch_on(self) -> None:
        for name, asked in grouped(self.of(SwitchOn), lambda change: change.switch).items():
            switch, answer = self.framework.switches[name], self.switches.get(name)
            if answer is False:
                self.conflicts.append(
                    f"{self._titles(asked)} answers {switch.title!r} with yes, and it was "
                    "answered with no: it counts as yes; leave the variant out if no is right"
                )
            self.switches[name] = True
            before = {None: "not answered", False: "no", True: "yes"}[answer]
            self.record("switch", name, switch.title, (before, "yes"), asked)

    def _titles(self, asked: Iterable[tuple[str, Change]]) -> str:
        return " and ".join(dict.fromkeys(self.title(who) for who, _ in asked))

    def _raise_gates(self) -> None:
        self.raised: dict[str, list[tuple[str, RaiseGate | RaiseTarget]]] = {}
        groups = grouped(self.of(RaiseGate), lambda change: (change.requirement, change.skill))
        for (name, skill), asked in groups.items():
            requirement = self.requirements.get(name)
            if requirement is None:
                for who, _ in asked:
                    self.nowhere(who, f"a gate of {name!r}")
                continue
            self.raised.setdefault(skill, []).extend(asked)
            level = max(change.level for _, change in asked)
            here = {t.skill: t for t in requirement.gates}
            before = here.get(skill)
            if before is None or before.level < level:
                source = next(c.source for _, c in asked if c.level == level)
                here[skill] = Threshold(skill=skill, level=level, source=source)
                gates = tuple(here.values())
                self.requirements[name] = requirement.model_copy(update={"gates": gates})
                item = f"gate on {self.skill(skill)} in {requirement.title}"
                told = (str(before.level) if before else "none", str(level))
                by = [(who, c) for who, c in asked if c.level == level]
                self.record("gate", skill, item, told, by)

    def _relax_gates(self) -> None:
        for skill, asked in grouped(self.of(RelaxGate), lambda change: change.skill).items():
            level = self._lowered(skill, asked)
            blocking = [(w, c) for w, c in self.raised.get(skill, []) if isinstance(c, RaiseGate)]
            if self._blocked(skill, "gate on", level, asked, blocking):
                continue
            for name, requirement in self.requirements.items():
                moved: dict[str, tuple[Threshold, ...]] = {}
                for kind, many in (("gates", requirement.gates), ("floors", requirement.floors)):
                    for entry in many:
                        if entry.skill == skill and entry.level > level:
                            item = f"{kind[:-1]} on {self.skill(skill)} in {requirement.title}"
                            told = str(entry.level), str(level)
                            self.record("gate", skill, item, told, asked)
                    moved[kind] = tuple(
                        t.model_copy(update={"level": min(t.level, level)})
                        if t.skill == skill
                        else t
                        for t in many
                    )
                self.requirements[name] = requirement.model_copy(update=moved)

    def _lowered(
        self, skill: str, asked: Iterable[tuple[str, RelaxGate]] | Iterable[tuple[str, RelaxTarget]]
    ) -> Level:
        """Give the level to relax to: the highest one asked for, never below a critical floor."""
        levels = [change.level for _, change in asked]
        return max([*levels, self.floors[skill]] if skill in self.floors else levels)

    def _blocked(
        self,
        skill: str,
        what: str,
        level: Level,
        asked: Iterable[tuple[str, Change]],
        raising: Iterable[tuple[str, RaiseGate | RaiseTarget]],
    ) -> bool:
        """Say whether something raises what is to be relaxed, and report that it does."""
        higher = [(self.title(who), change.level) for who, change in raising]
        own = self._asked_by_direction(skill)
        if own is not None and own > level:
            higher.append((self.profile.title, own))
        for title, other in dict.fromkeys(higher):
            self.conflicts.append(
                f"{self._titles(asked)} lowers the {what} {self.skill(skill)} to {level}, "
                f"{title} asks for {other}: the higher one holds"
            )
        return bool(higher)

    def _asked_by_direction(self, skill: str) -> Level | None:
        """Give what a direction asks of a skill where that is more than its base does."""
        base = self.framework.profiles.get(self.profile.based_on or "")
        if base is None or self.profile.id not in self.framework.profiles:
            return None
        own = [
            t.level
            for name, requirement in self.profile.requirements.items()
            if name not in base.requirements
            for t in requirement.gates
            if t.skill == skill
        ]
        if self.profile.targets[skill].level > base.targets[skill].level:
            own.append(self.profile.targets[skill].level)
        return max(own, default=None)

    def _move_targets(self) -> None:
        for who, change in self.of(RaiseTarget):
            self.raised.setdefault(change.skill, []).append((who, change))
        relaxed = grouped(self.of(RelaxTarget), lambda change: change.skill)
        for skill in [s for s in self.targets if s in self.raised or s in relaxed]:
            target = self.targets[skill]
            raising = self.raised.get(skill, [])
            moved = target
            if raising:
                level = max(change.level for _, change in raising)
                moved = _at_least(target, level)
                by: list[Entry] = [(who, c) for who, c in raising if c.level == level]
                told = self._told(target), self._told(moved)
                self.record("bar", skill, self._bar(skill), told, by)
            asked = relaxed.get(skill, [])
            if asked:
                level = self._lowered(skill, asked)
                if not self._blocked(skill, "bar of", level, asked, raising):
                    level = max([level, *self._gates_of(skill)])
                    moved = target.model_copy(update={"level": min(target.level, level)})
                    told = self._told(target), self._told(moved)
                    self.record("bar", skill, self._bar(skill), told, asked)
            self.targets[skill] = moved

    def _bar(self, skill: str) -> str:
        return f"bar of {self.skill(skill)}"

    def _gates_of(self, skill: str) -> list[Level]:
        return [
            t.level
            for r in self.requirements.values()
            for t in (*r.gates, *r.floors)
            if t.skill == skill
        ]

    def _told(self, target: Target) -> str:
        """Write a bar, with what a switch makes of it as far as that is still open."""
        if target.switch is None or target.level_when_on in (None, target.level):
            return str(target.level)
        return f"{target.level}, or {target.level_when_on} with {target.switch}"

    def _join_breadth(self) -> None:
        groups = grouped(self.of(JoinBreadth), lambda change: change.rule)
        found = {b.id: name for name, r in self.requirements.items() for b in r.breadth}
        for rule_id, asked in groups.items():
            if rule_id not in found:
                for who, _ in asked:
                    self.nowhere(who, f"the rule {rule_id!r}")
                continue
            requirement = self.requirements[found[rule_id]]
            rules = {b.id: b for b in requirement.breadth}
            rule = rules[rule_id]
            joining = dict.fromkeys(change.skill for _, change in asked)
            new = [skill for skill in joining if skill not in rule.of or skill in rule.when]
            of = tuple(dict.fromkeys((*rule.of, *joining)))
            when = {skill: s for skill, s in rule.when.items() if skill not in joining}
            rules[rule_id] = rule.model_copy(update={"of": of, "when": when})
            breadth = tuple(rules.values())
            self.requirements[found[rule_id]] = requirement.model_copy(update={"breadth": breadth})
            names = ", ".join(self.skill(skill) for skill in new)
            item = f"skills that count in {requirement.title}: {rule.at_least} at {rule.level}"
            by = [(who, c) for who, c in asked if c.skill in new]
            if new:
                self.record("breadth", rule_id, item, ("without them", f"also {names}"), by)

    def _rest(self) -> None:
        for who, change in self.of(OneOfTarget):
            if change.rule.id not in {rule.id for rule in self.advice}:
                self.advice.append(change.rule)
                names = " or ".join(self.skill(skill) for skill in change.rule.of)
                told = "no advice", f"{change.rule.at_least} at {change.rule.level}"
                self.record("advice", change.rule.id, names, told, [(who, change)])
        marks = self.framework.importance
        for skill, asked in grouped(self.of(MakeImportant), lambda c: c.skill).items():
            old = self.importance.get(skill, self.framework.skills[skill].importance)
            new = max((c.importance for _, c in asked), key=lambda m: (marks[m].weight, m))
            self.importance[skill] = new
            item = f"importance of {self.skill(skill)}"
            self.record("importance", skill, item, (marks[old].title, marks[new].title), asked)
        for who, replacing in self.of(ReplaceWhenNotApplicable):
            skill = replacing.skill
            if skill not in self.replacements:
                item = f"in place of a gate on {self.skill(skill)}, where it is not applicable"
                told = "nothing", replacing.rule.title
                self.record("replacement", skill, item, told, [(who, replacing)])
            self.replacements[skill] = replacing.rule


def grouped(
    changes: Iterable[tuple[str, C]], key: Callable[[C], K]
) -> dict[K, list[tuple[str, C]]]:
    """Collect changes of the same item."""
    found: dict[K, list[tuple[str, C]]] = {}
    for who, change in changes:
        found.setdefault(key(change), []).append((who, change))
    return found


def _at_least(target: Target, level: Level) -> Target:
    on = target.level_when_on
    return target.model_copy(
        update={
            "level": max(target.level, level),
            "level_when_on": None if on is None else max(on, level),
        }
    )
