"""What a framework is made of: scale, skills, criteria, evidence and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, PrivateAttr

from skillmatrix.framework.case_terms import USUAL_TERMS, CaseTerms
from skillmatrix.framework.changes import Overlay
from skillmatrix.framework.defaults import ONE_AREA, UNMARKED, Practice, Waiver
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level
from skillmatrix.framework.migrations import Migration
from skillmatrix.framework.parts import (
    STRENGTHS,
    Breadth,
    Effort,
    EvidenceAsk,
    EvidenceCode,
    EvidenceRule,
    Frozen,
    HalfLife,
    Id,
    ManyGates,
    Named,
    NotApplicable,
    Part,
    Question,
    Requirement,
    Strength,
    Support,
    Target,
    Text,
    Threshold,
)
from skillmatrix.framework.prerequisites import Prerequisite
from skillmatrix.framework.profile import BreaksFloor, Profile
from skillmatrix.framework.record import RecordBlock
from skillmatrix.framework.retranslated import Retranslation

if TYPE_CHECKING:
    from skillmatrix.framework.guide import Entry, Guide, Section
    from skillmatrix.framework.interview import Interview
    from skillmatrix.framework.practice_profiles import PracticeProfile

__all__ = [
    "STRENGTHS",
    "Anchor",
    "Breadth",
    "BreaksFloor",
    "Condition",
    "Criterion",
    "Effort",
    "EvidenceAsk",
    "EvidenceCode",
    "EvidenceRule",
    "EvidenceType",
    "Framework",
    "Importance",
    "LevelDefinition",
    "ManyGates",
    "Named",
    "NotApplicable",
    "Part",
    "Profile",
    "Question",
    "RecordBlock",
    "Requirement",
    "Skill",
    "Strength",
    "Support",
    "Switch",
    "Target",
    "Threshold",
]


class LevelDefinition(Part):
    """One step of the scale, with what can be observed and, if it has them, its three facets."""

    level: Level
    name: Text
    definition: Text
    facets: tuple[int, int, int] | None = None
    source: Text


class Anchor(Part):
    """One behaviour that shows one level of one skill or criterion.

    Notes
    -----
    Facets that are left out are those of the level.
    """

    id: Id
    level: Level
    text: Text
    verb: str = ""
    object: str = ""
    artefacts: tuple[Text, ...] = ()
    not_this: str | None = None
    facets: tuple[int, int, int] | None = None
    source: Text
    status: Literal["draft", "retranslated", "retired"] = "draft"
    retranslation: Retranslation | None = None


class Condition(Part):
    """What counts instead, for people who lack the opportunity."""

    when: Text
    instead: Text
    levels: tuple[Level, ...]


class Skill(Part):
    """One skill with its anchors, in the order of their levels."""

    id: Id
    code: str = ""
    title: Text
    area: Id = ONE_AREA
    importance: Id = UNMARKED
    switch: Id | None = None
    source: Text
    summary: Text
    uses: tuple[Text, ...] = ()
    includes: tuple[Text, ...] = ()
    conditions: tuple[Condition, ...] = ()
    anchors: Annotated[Mapping[str, Anchor], Frozen]

    def at(self, level: Level | int) -> tuple[Anchor, ...]:
        """Give the anchors of one level."""
        return tuple(a for a in self.anchors.values() if a.level == level)


class Criterion(Part):
    """One promotion criterion with its anchors."""

    id: Id
    code: str = ""
    title: Text
    source: Text
    summary: Text
    question: str = ""
    conditions: tuple[Condition, ...] = ()
    anchors: Annotated[Mapping[str, Anchor], Frozen]


class EvidenceType(Part):
    """What a piece of evidence is, defined so that a person can classify her own."""

    id: Id
    title: Text
    definition: Text
    example: Text
    criteria: tuple[Id, ...]
    source: Text


class Switch(Part):
    """A fact about the context that changes what a profile asks for."""

    id: Id
    title: Text
    question: Text
    when_on: Text
    when_off: Text
    source: Text


class Importance(Part):
    """A mark of importance, and the kinds of rule such a skill may take part in."""

    id: Id
    title: Text
    rules: tuple[Literal["floor", "gate", "breadth", "conditional-breadth"], ...]
    needs_switch: bool = False
    weight: int = 1
    source: Text

    @property
    def critical(self) -> bool:
        """Whether such a skill has a level that nothing goes below."""
        return "floor" in self.rules and self.id != UNMARKED


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
    record : mapping of str to RecordBlock
        What a person is asked to note down about their work; empty where a ladder asks nothing.
    default_source : str or None
        Where everything comes from that names no source of its own.
    waives : tuple of Waiver
        Rules of writing that this ladder does not follow, each with the reason.
    practice : Practice or None
        A worked example to begin with.
    case : CaseTerms
        How long a promotion case may take to read, and how far its evidence should reach.
    half_life : tuple of HalfLife
        From when a rating is shown as fading. It moves no level and no verdict.
    prerequisites : tuple of Prerequisite
        Levels that need a level of another skill first. Plans respect them.
    migrations : mapping of str to Migration
        How ratings on earlier versions are brought over, by the version they begin with.
    """

    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    source: Text
    draft_notice: str = ""
    default_source: Text | None = None
    scale: tuple[LevelDefinition, ...]
    decision_path: tuple[Question, ...]
    areas: Annotated[Mapping[str, Named], Frozen]
    importance: Annotated[Mapping[str, Importance], Frozen]
    functions: Annotated[Mapping[str, Named], Frozen]
    evidence_codes: tuple[EvidenceCode, ...]
    support: Annotated[Mapping[Level, Support], Frozen]
    ageing: tuple[int, int] = (24, 48)
    evidence_types: Annotated[Mapping[str, EvidenceType], Frozen]
    switches: Annotated[Mapping[str, Switch], Frozen]
    skills: Annotated[Mapping[str, Skill], Frozen]
    criteria: Annotated[Mapping[str, Criterion], Frozen]
    profiles: Annotated[Mapping[str, Profile], Frozen]
    many_gates: ManyGates | None = None
    effort: tuple[Effort, ...] = ()
    overlay_groups: Annotated[Mapping[str, Named], Frozen] = FrozenDict()
    overlays: Annotated[Mapping[str, Overlay], Frozen] = FrozenDict()
    record: Annotated[Mapping[str, RecordBlock], Frozen] = FrozenDict()
    waives: tuple[Waiver, ...] = ()
    practice: Practice | None = None
    case: CaseTerms = USUAL_TERMS
    half_life: tuple[HalfLife, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    migrations: Annotated[Mapping[str, Migration], Frozen] = FrozenDict()

    _folder: Path | None = PrivateAttr(default=None)

    @cached_property
    def _guide(self) -> Guide:
        from skillmatrix.framework.guide import Guide, load_guide

        return load_guide(self, self._folder) if self._folder else Guide({}, {})

    @property
    def guide(self) -> Mapping[int, Section]:
        """The sections of the role guide by number; read when first asked for."""
        return self._guide.sections

    @property
    def items(self) -> Mapping[str, Entry]:
        """Everything the role guide can link to by id: items, skills and criteria."""
        return self._guide.entries

    @cached_property
    def practice_profiles(self) -> Mapping[str, PracticeProfile]:
        """Invented people to rate before real ones, by id; read when first asked for."""
        from skillmatrix.framework.practice_profiles import load_practice_profiles

        return load_practice_profiles(self, self._folder) if self._folder else FrozenDict()

    @cached_property
    def interview(self) -> Interview | None:
        """The rubric of an interview panel, if there is one; read when first asked for."""
        from skillmatrix.framework.interview import load_interview

        return load_interview(self, self._folder) if self._folder else None

    @property
    def key(self) -> str:
        """``id@version``, as written into assessments."""
        return f"{self.id}@{self.version}"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, lowest first."""
        return tuple(d.level for d in self.scale)

    @property
    def evidence_rules(self) -> Mapping[str, EvidenceRule]:
        """Every evidence rule that a profile or an overlay may ask, by id, as first written."""
        rules = [
            rule
            for profile in self.profiles.values()
            for requirement in profile.requirements.values()
            for rule in requirement.evidence
        ]
        rules += [rule for overlay in self.overlays.values() for rule in overlay.evidence_rules]
        found: dict[str, EvidenceRule] = {}
        for rule in rules:
            found.setdefault(rule.id, rule)
        return found

    @property
    def asks_evidence(self) -> bool:
        """Whether any level or any rule asks for evidence; if not, every claim counts as it is."""
        return bool(self.evidence_rules) or any(s.any_of for s in self.support.values())

    def months_to_fade(self, skill: str) -> int | None:
        """Give the months after which a rating of a skill is shown as fading, if it ever is."""
        own = next((h.months for h in self.half_life if h.skill == skill), None)
        area = self.skills[skill].area
        return own or next((h.months for h in self.half_life if h.area == area), None)

    def level_name(self, level: Level | int) -> str:
        """Give the name of a level, such as ``Independent``."""
        return next(d.name for d in self.scale if d.level == level)

    def profile(
        self,
        id: str,  # noqa: A002 - the word of the published interface
        overlays: Iterable[str] = (),
        switches: Mapping[str, bool | None] | None = None,
        not_applicable: Mapping[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
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
        reasons : mapping of str to str, optional
            By overlay: why the condition holds that it lowers a bar or a gate on. Without
            a reason that change is left out.

        Returns
        -------
        Profile
            Frozen; carries this framework, and says what the overlays changed.

        Raises
        ------
        UsageError
            If a profile, overlay, switch or skill does not exist, or a reason is empty.

        Notes
        -----
        Neither the order of the overlays nor naming one twice makes a difference. Gates and
        bars take the maximum; lowering holds where no other overlay raises the same.

        Examples
        --------
        >>> import skillmatrix as sm
        >>> fw = sm.load_framework("ml-specialist")
        >>> fw.profile("senior").target("mlops")
        Level(4)
        >>> shop = fw.profile("senior", overlays=["e-commerce"])
        >>> shop.target("ranking"), shop.switches["streaming"]
        (Level(4), True)
        """
        from skillmatrix.framework.choose import choose_profile

        return choose_profile(
            self,
            id,
            overlays=overlays,
            switches=switches or {},
            not_applicable=not_applicable or {},
            reasons=reasons or {},
        )
