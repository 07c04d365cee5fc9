"""The kinds of change an overlay makes, and the record of what they came to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from skillmatrix.framework.level import Level
from skillmatrix.framework.parts import Breadth, EvidenceAsk, EvidenceRule, Id, Part, Strength, Text


class Change(Part):
    """One change that an overlay or a direction makes, with its reason."""

    do: str
    reason: Text
    source: Text


class RaiseTarget(Change):
    """The bar of a skill is this level at least."""

    do: Literal["raise_target"]
    skill: Id
    level: Level


class RelaxTarget(Change):
    """The bar of a skill is this level, unless something else raises it.

    Notes
    -----
    With ``only_where`` it holds only when a person confirms that condition with a reason.
    """

    do: Literal["relax_target"]
    skill: Id
    level: Level
    only_where: Text | None = None


class RaiseGate(Change):
    """A requirement has a gate on a skill at this level at least; its bar follows."""

    do: Literal["raise_gate"]
    requirement: Id
    skill: Id
    level: Level


class RelaxGate(Change):
    """The gates on a skill ask for this level, unless something else raises one of them.

    Notes
    -----
    With ``only_where`` it holds only when a person confirms that condition with a reason.
    """

    do: Literal["relax_gate"]
    skill: Id
    level: Level
    only_where: Text | None = None


class SwitchOn(Change):
    """A switch is answered with yes."""

    do: Literal["switch_on"]
    switch: Id


class JoinBreadth(Change):
    """A skill takes part in a breadth rule, whatever the switches say."""

    do: Literal["join_breadth"]
    rule: Id
    skill: Id


class AddEvidence(Change):
    """A requirement asks for further evidence."""

    do: Literal["add_evidence"]
    requirement: Id
    rule: EvidenceRule


class RaiseEvidence(Change):
    """An evidence rule asks for so many items at least; ``here`` is added to its title."""

    do: Literal["raise_evidence"]
    rule: Id
    count: Annotated[int, Field(ge=2)]
    here: Text


class AcceptStrength(Change):
    """A weaker strength is accepted in evidence rules, and flagged where it is used."""

    do: Literal["accept_strength"]
    rules: Annotated[tuple[Id, ...], Field(min_length=1)]
    strength: Strength
    instead_of: Strength
    flag: Text
    here: Text


class AcceptAlso(Change):
    """Another kind of item answers an evidence rule as well."""

    do: Literal["accept_also"]
    rule: Id
    ask: EvidenceAsk
    here: Text


class Only(Change):
    """Nothing but this answers an evidence rule."""

    do: Literal["only"]
    rule: Id
    ask: EvidenceAsk
    here: Text


class OneOfTarget(Change):
    """Advice: at least so many of these skills at a level. No gate."""

    do: Literal["one_of_target"]
    rule: Breadth


class MakeImportant(Change):
    """A skill has another mark of importance, and so may take part in other rules."""

    do: Literal["make_important"]
    skill: Id
    importance: Id


class ReplaceWhenNotApplicable(Change):
    """Evidence that stands in for the gate of a skill which the profile takes out."""

    do: Literal["replace_when_not_applicable"]
    skill: Id
    rule: EvidenceRule


class Stays(Change):
    """A gate that stays on purpose, where people might expect otherwise."""

    do: Literal["stays"]
    skill: Id
    level: Level


KINDS: dict[str, type[Change]] = {
    "raise_target": RaiseTarget,
    "relax_target": RelaxTarget,
    "raise_gate": RaiseGate,
    "relax_gate": RelaxGate,
    "switch_on": SwitchOn,
    "join_breadth": JoinBreadth,
    "add_evidence": AddEvidence,
    "raise_evidence": RaiseEvidence,
    "accept_strength": AcceptStrength,
    "accept_also": AcceptAlso,
    "only": Only,
    "one_of_target": OneOfTarget,
    "make_important": MakeImportant,
    "replace_when_not_applicable": ReplaceWhenNotApplicable,
    "stays": Stays,
}

#: What a direction may change in the profile it is based on, beside its own bars and requirements.
DIRECTION_KINDS = ("relax_gate", "accept_also", "make_important")


class Overlay(Part):
    """A variant of the role: one answer about the context, and what it changes.

    Attributes
    ----------
    question : str
        Answered with yes by whom the overlay fits.
    changes : tuple of Change
        Empty when the role is as the profile says already.
    """

    id: Id
    title: Text
    group: Id
    question: Text
    summary: Text
    source: Text
    changes: tuple[Change, ...]

    @property
    def evidence_rules(self) -> tuple[EvidenceRule, ...]:
        """The evidence rules it brings along."""
        return tuple(
            change.rule
            for change in self.changes
            if isinstance(change, (AddEvidence, ReplaceWhenNotApplicable))
        )


Kind = Literal[
    "bar", "gate", "switch", "breadth", "evidence", "advice", "importance", "replacement"
]


class Changed(Part):
    """
    What overlays changed in a profile, in words.

    Attributes
    ----------
    kind : str
        Of what: a bar, a gate, a switch, a rule, a mark or a replacement.
    about : str
        Id of the skill, the switch or the rule.
    item, before, after : str
    overlays : tuple of str
        Those that the new value comes from.
    reason : str
    """

    kind: Kind
    about: str
    item: str
    before: str
    after: str
    overlays: tuple[str, ...]
    reason: str
