"""What a role asks for, in its parts: thresholds, breadth, evidence and bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

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

    @model_validator(mode="before")
    @classmethod
    def _with_source(cls, data: Any, info: ValidationInfo) -> Any:
        """Take the source of the ladder where a part names none and the ladder says so."""
        source = (info.context or {}).get("source")
        if source and isinstance(data, dict) and "source" in cls.model_fields:
            return {"source": source, **data}
        return data


class Named(Part):
    """An id with its title, such as an area of skills."""

    id: Id
    title: Text


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
    """So many items of a type, of a strength, confirmed by certain people.

    Notes
    -----
    ``flag`` says why a weaker item is accepted here; whoever reads the verdict sees it.
    """

    type: Id
    strength: Strength
    count: Annotated[int, Field(ge=1)] = 1
    confirmed_by: tuple[Id, ...] = ()
    outside_team: bool = False
    flag: Text | None = None


class EvidenceRule(Part):
    """One of these asks must be answered by evidence of the last months."""

    id: Id
    title: Text
    months: Annotated[int, Field(ge=1)]
    any_of: tuple[EvidenceAsk, ...]
    source: Text


class Requirement(Part):
    """Everything one criterion asks for; all of it must hold.

    Notes
    -----
    With ``bars`` every bar of the profile is asked for here, skill by skill. A profile that is
    written without requirements has one such requirement.
    """

    id: Id
    title: Text
    bars: bool = False
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


class HalfLife(Part):
    """Months after which a rating of a skill, or of any skill of an area, needs a fresh look."""

    area: Id | None = None
    skill: Id | None = None
    months: Annotated[int, Field(ge=1)]
    source: Text


class Question(Part):
    """One step of the decision path; 'no' ends it at the level named."""

    question: Text
    no_means: Level


class EvidenceCode(Part):
    """How strong one piece of evidence is, from assertion to measured outcome."""

    code: Strength
    title: Text
    meaning: Text


class Support(Part):
    """Evidence a level needs: any one of these counts of items of a strength."""

    level: Level
    any_of: tuple[tuple[Strength, int], ...]


class ManyGates(Part):
    """From how many gated skills on a profile warns, and what it says."""

    above: int
    warning: Text
    source: Text


class Effort(Part):
    """Elapsed weeks that reaching a level from the one below may take at normal work."""

    level: Level
    optimistic: Annotated[float, Field(ge=0)]
    likely: Annotated[float, Field(ge=0)]
    pessimistic: Annotated[float, Field(ge=0)]
    source: Text
