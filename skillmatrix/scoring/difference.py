"""What one profile asks beside another: bars, gates, requirements and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile

GateKind = Literal["gate", "floor"]


@dataclass(frozen=True)
class Step:
    """A level asked of one skill by two profiles; None where one of them does not ask."""

    skill: str
    before: Level | None
    after: Level | None

    @property
    def raised(self) -> bool:
        """Whether the second asks for more."""
        return self.after is not None and (self.before is None or self.after > self.before)


@dataclass(frozen=True)
class Difference:
    """What a profile asks otherwise than another one.

    Attributes
    ----------
    bars, gates : tuple of Step
        Skills whose bar or whose highest gate or floor differs, in the order of the framework.
    requirements : tuple of str
        Titles of requirements that only the second profile has.
    evidence : tuple of str
        Titles of evidence rules that only the second profile asks, or asks otherwise.
    dropped : tuple of str
        Titles of requirements and evidence rules that only the first profile has.
    """

    bars: tuple[Step, ...]
    gates: tuple[Step, ...]
    requirements: tuple[str, ...]
    evidence: tuple[str, ...]
    dropped: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.bars, self.gates, self.requirements, self.evidence, self.dropped))


def gates_by_skill(profile: Profile) -> dict[str, tuple[Level, GateKind]]:
    """Give the highest gate or floor of each skill; of two at one level the gate."""
    found: dict[str, tuple[Level, GateKind]] = {}
    for skill, level, word in profile.gates:
        kind: GateKind = "gate" if word == "gate" else "floor"
        before = found.get(skill)
        if before is None or level > before[0] or (level == before[0] and (before[1] == "floor")):
            found[skill] = (level, kind)
    return found


def difference(before: Profile, after: Profile) -> Difference:
    """
    Compare what two profiles of one framework ask, in their contexts.

    Parameters
    ----------
    before, after : Profile
        From ``framework.profile(...)``. An unanswered switch counts as off.

    Returns
    -------
    Difference

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> found = difference(fw.profile("senior"), fw.profile("senior", overlays=["healthcare"]))
    >>> [(step.skill, step.before, step.after) for step in found.gates][:1]
    [('interpretability', None, Level(4))]
    """
    skills = before.framework.skills

    def bar(profile: Profile, skill: str) -> Level | None:
        return None if skill in profile.not_applicable else profile.target(skill)

    def gate(of: Mapping[str, tuple[Level, GateKind]], skill: str) -> Level | None:
        return of[skill][0] if skill in of else None

    first, second = gates_by_skill(before), gates_by_skill(after)
    bars = [Step(s, bar(before, s), bar(after, s)) for s in skills]
    gates = [Step(s, gate(first, s), gate(second, s)) for s in skills]
    asked_before, asked_after = _evidence(before), _evidence(after)
    dropped = [r.title for name, r in before.requirements.items() if name not in after.requirements]
    dropped += [rule[0] for name, rule in asked_before.items() if name not in asked_after]
    return Difference(
        bars=tuple(step for step in bars if step.before != step.after),
        gates=tuple(step for step in gates if step.before != step.after),
        requirements=tuple(
            r.title for name, r in after.requirements.items() if name not in before.requirements
        ),
        evidence=tuple(
            rule[0] for name, rule in asked_after.items() if asked_before.get(name) != rule
        ),
        dropped=tuple(dropped),
    )


def _evidence(profile: Profile) -> dict[str, tuple[str, object]]:
    """Give title and asks of each evidence rule, by id."""
    return {
        rule.id: (rule.title, rule.any_of)
        for requirement in profile.requirements.values()
        for rule in requirement.evidence
    }
