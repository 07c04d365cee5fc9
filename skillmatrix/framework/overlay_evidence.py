"""Overlays applied to evidence rules: what is asked, and what answers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from skillmatrix.framework.changes import (
    AcceptAlso,
    AcceptStrength,
    AddEvidence,
    Change,
    Only,
    RaiseEvidence,
)
from skillmatrix.framework.parts import EvidenceAsk, EvidenceRule

if TYPE_CHECKING:
    from skillmatrix.framework.overlays import Composition


def apply(composition: Composition) -> None:
    """Add evidence rules, then change what answers each rule."""
    _add(composition)
    known = {
        rule.id: name
        for name, requirement in composition.requirements.items()
        for rule in requirement.evidence
    }
    asked: dict[str, list[tuple[str, Change]]] = {}
    for who, change in composition.entries:
        for rule_id in _rules_of(change):
            if rule_id in known:
                asked.setdefault(rule_id, []).append((who, change))
            else:
                composition.nowhere(who, f"the evidence rule {rule_id!r}")
    for name, requirement in composition.requirements.items():
        evidence = tuple(
            _changed(composition, rule, asked[rule.id]) if rule.id in asked else rule
            for rule in requirement.evidence
        )
        composition.requirements[name] = requirement.model_copy(update={"evidence": evidence})


def _rules_of(change: Change) -> tuple[str, ...]:
    if isinstance(change, AcceptStrength):
        return change.rules
    return (change.rule,) if isinstance(change, (RaiseEvidence, AcceptAlso, Only)) else ()


def _add(composition: Composition) -> None:
    for who, change in composition.of(AddEvidence):
        requirement = composition.requirements.get(change.requirement)
        if requirement is None:
            composition.nowhere(who, f"the evidence of {change.requirement!r}")
            continue
        rule = change.rule
        by = [(w, c) for w, c in composition.of(AddEvidence) if c.rule.id == rule.id]
        if rule.id not in {known.id for known in requirement.evidence}:
            evidence = (*requirement.evidence, rule)
            requirements = requirement.model_copy(update={"evidence": evidence})
            composition.requirements[change.requirement] = requirements
            item = f"evidence for {requirement.title}"
            composition.record("evidence", rule.id, item, ("not asked", rule.title), by)


def _changed(
    composition: Composition, rule: EvidenceRule, asked: list[tuple[str, Change]]
) -> EvidenceRule:
    """Change one rule: what alone counts, what counts as well, how many, how strong."""
    asks, here = list(rule.any_of), []
    only = [(who, c) for who, c in asked if isinstance(c, Only)]
    also = [(who, c) for who, c in asked if isinstance(c, AcceptAlso)]
    if only:
        asks = list(dict.fromkeys(c.ask for _, c in only))
        here += [c.here for _, c in only]
        for who, accepting in also:
            if accepting.ask not in asks:
                composition.conflicts.append(
                    f"{composition.title(who)} accepts another answer to {rule.title!r} "
                    f"({accepting.here}), {composition.title(only[0][0])} does not: "
                    "it does not count"
                )
    else:
        asks += [c.ask for _, c in also if c.ask not in asks]
        here += [c.here for _, c in also]
    counts = [c for _, c in asked if isinstance(c, RaiseEvidence)]
    if counts:
        count = max(c.count for c in counts)
        asks = [ask.model_copy(update={"count": max(ask.count, count)}) for ask in asks]
        here += [c.here for c in counts if c.count == count]
    for change in [c for _, c in asked if isinstance(c, AcceptStrength)]:
        weaker = [
            ask.model_copy(update={"strength": change.strength, "flag": change.flag})
            for ask in asks
            if ask.strength == change.instead_of and ask.flag is None
        ]
        known = [(ask.type, ask.strength) for ask in asks]
        asks += [ask for ask in weaker if (ask.type, ask.strength) not in known]
        here += [change.here] if weaker else []
    title = f"{rule.title} (here: {'; '.join(dict.fromkeys(here))})" if here else rule.title
    new = rule.model_copy(update={"any_of": tuple(dict.fromkeys(asks)), "title": title})
    by = asked if not only else [(w, c) for w, c in asked if not isinstance(c, AcceptAlso)]
    told = _told(composition, rule.any_of), _told(composition, new.any_of)
    composition.record("evidence", rule.id, rule.title, told, by)
    return new


def _told(composition: Composition, asks: Iterable[EvidenceAsk]) -> str:
    """Write what answers a rule, such as ``production release, E3 x2``."""
    types = composition.framework.evidence_types
    return ", or ".join(f"{types[a.type].title.lower()}, {a.strength} x{a.count}" for a in asks)
