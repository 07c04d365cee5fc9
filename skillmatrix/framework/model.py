"""What a framework is made of: scale, skills, criteria, evidence and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level

K = TypeVar("K")
V = TypeVar("V")


def _freeze(mapping: Mapping[K, V]) -> Mapping[K, V]:
    return FrozenDict(mapping)


Frozen = AfterValidator(_freeze)
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Strength = Literal["E0", "E1", "E2", "E3", "E4"]
STRENGTHS: tuple[Strength, ...] = ("E0", "E1", "E2", "E3", "E4")


class Part(BaseModel):
    """Base of everything in a framework: frozen, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class LevelDefinition(Part):
    """One step of the scale, with what can be observed and its three facets."""

    level: Level
    name: Text
    definition: Text
    facets: tuple[int, int, int]
    source: Text


class Anchor(Part):
    """One behaviour that shows one level of one skill or criterion."""

    id: Id
    level: Level
    text: Text
    verb: str = ""
    object: str = ""
    artefacts: tuple[Text, ...] = ()
    not_this: str | None = None
    facets: tuple[int, int, int]
    source: Text
    status: Literal["draft", "retranslated", "retired"]


class Condition(Part):
    """What counts instead, for people who lack the opportunity."""

    when: Text
    instead: Text
    levels: tuple[Level, ...]


class Skill(Part):
    """One skill with its anchors, in the order of their levels."""

    id: Id
    code: str
    title: Text
    area: Id
    importance: Id
    switch: Id | None = None
    source: Text
    summary: Text
    uses: tuple[Text, ...]
    includes: tuple[Text, ...]
    conditions: tuple[Condition, ...] = ()
    anchors: Annotated[Mapping[str, Anchor], Frozen]

    def at(self, level: Level | int) -> tuple[Anchor, ...]:
        """Give the anchors of one level."""
        return tuple(a for a in self.anchors.values() if a.level == level)


class Criterion(Part):
    """One promotion criterion with its anchors."""

    id: Id
    code: str
    title: Text
    source: Text
    summary: Text
    question: Text
    conditions: tuple[Condition, ...] = ()
    anchors: Annotated[Mapping[str, Anchor], Frozen]


class EvidenceCode(Part):
    """How strong one piece of evidence is, from assertion to measured outcome."""

    code: Strength
    title: Text
    meaning: Text


class EvidenceType(Part):
    """What a piece of evidence is, defined so that a person can classify her own."""

    id: Id
    title: Text
    definition: Text
    example: Text
    criteria: tuple[Id, ...]
    source: Text


class Support(Part):
    """Evidence a level needs: any one of these counts of items of a strength."""

    level: Level
    any_of: tuple[tuple[Strength, int], ...]


class Switch(Part):
    """A fact about the context that changes what a profile asks for."""

    id: Id
    title: Text
    question: Text
    when_on: Text
    when_off: Text
    source: Text


class Named(Part):
    """An id with its title, such as an area of skills."""

    id: Id
    title: Text


class Importance(Part):
    """A mark of importance, and the kinds of rule such a skill may take part in."""

    id: Id
    title: Text
    rules: tuple[Literal["floor", "gate", "breadth", "conditional-breadth"], ...]
    needs_switch: bool = False
    weight: int
    source: Text


class Question(Part):
    """One step of the decision path; 'no' ends it at the level named."""

    question: Text
    no_means: Level


class Threshold(Part):
    """A skill at a level or above: a gate, or a floor."""

    skill: Id
    level: Level
    source: Text


class Breadth(Part):
    """At least k of these skills at a level; some take part only under a switch."""

    id: Id
    at_least: Annotated[int, Field(ge=1)]
    level: Level
    of: tuple[Id, ...]
    when: Annotated[Mapping[Id, Id], Frozen] = FrozenDict()
    source: Text


class EvidenceAsk(Part):
    """So many items of a type, of a strength, confirmed by certain people."""

    type: Id
    strength: Strength
    count: Annotated[int, Field(ge=1)] = 1
    confirmed_by: tuple[Id, ...] = ()
    outside_team: bool = False


class EvidenceRule(Part):
    """One of these asks must be answered by evidence of the last months."""

    id: Id
    title: Text
    months: Annotated[int, Field(ge=1)]
    any_of: tuple[EvidenceAsk, ...]
    source: Text


class Requirement(Part):
    """Everything one criterion asks for; all of it must hold."""

    id: Id
    title: Text
    gates: tuple[Threshold, ...] = ()
    floors: tuple[Threshold, ...] = ()
    breadth: tuple[Breadth, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()


class Target(Part):
    """The bar of one skill; another level may hold when a switch is on."""

    skill: Id
    level: Level
    switch: Id | None = None
    level_when_on: Level | None = None
    source: Text


class NotApplicable(Part):
    """Why a skill is not part of this role here, and what replaces it in a gate."""

    reason: Text
    replaced_by: EvidenceRule | None = None


class Profile(Part):
    """What one role asks for, with the answers to the switches that were given.

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
    overlays: tuple[str, ...] = ()
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


class Framework(Part):
    """A ladder: scale, skills, criteria, evidence rules and profiles.

    Attributes
    ----------
    id, version : str
        Together ``id@version``, which travels with each assessment.
    scale : tuple of LevelDefinition
        From the lowest level to the highest.
    skills, criteria, profiles, overlays, switches, evidence_types : mapping by id
        In the order of the framework.
    support : mapping of Level to Support
        Evidence that each level needs before it counts in the worst case.
    """

    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    source: Text
    draft_notice: Text
    scale: tuple[LevelDefinition, ...]
    decision_path: tuple[Question, ...]
    areas: Annotated[Mapping[str, Named], Frozen]
    importance: Annotated[Mapping[str, Importance], Frozen]
    functions: Annotated[Mapping[str, Named], Frozen]
    evidence_codes: tuple[EvidenceCode, ...]
    support: Annotated[Mapping[Level, Support], Frozen]
    ageing: tuple[int, int]
    evidence_types: Annotated[Mapping[str, EvidenceType], Frozen]
    switches: Annotated[Mapping[str, Switch], Frozen]
    skills: Annotated[Mapping[str, Skill], Frozen]
    criteria: Annotated[Mapping[str, Criterion], Frozen]
    profiles: Annotated[Mapping[str, Profile], Frozen]
    overlays: Annotated[Mapping[str, Any], Frozen] = FrozenDict()

    @property
    def key(self) -> str:
        """``id@version``, as written into assessments."""
        return f"{self.id}@{self.version}"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, lowest first."""
        return tuple(d.level for d in self.scale)

    def level_name(self, level: Level | int) -> str:
        """Give the name of a level, such as ``Independent``."""
        return next(d.name for d in self.scale if d.level == level)

    def profile(
        self,
        id: str,  # noqa: A002 - the word of the published interface
        overlays: Iterable[str] = (),
        switches: Mapping[str, bool | None] | None = None,
        not_applicable: Mapping[str, str] | None = None,
    ) -> Profile:
        """
        Choose what one role asks for, in one context.

        Parameters
        ----------
        id : str
            A profile of this framework.
        overlays : iterable of str
            Variants of the role; each must be an overlay of this framework.
        switches : mapping of str to bool or None, optional
            Answers by switch id. A switch left out, or None, stays unknown.
        not_applicable : mapping of str to str, optional
            Skills that are not part of the role here, each with the reason.

        Returns
        -------
        Profile
            Frozen; carries this framework.

        Raises
        ------
        UsageError
            If a profile, overlay, switch or skill does not exist.

        Examples
        --------
        >>> import skillmatrix as sm
        >>> fw = sm.load_framework("ml-specialist")
        >>> fw.profile("senior").target("mlops")
        Level(4)
        """
        from skillmatrix.framework.choose import choose_profile

        return choose_profile(self, id, overlays, switches or {}, not_applicable or {})
