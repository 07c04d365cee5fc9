"""The parts of a profile as rules that can be judged on bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from skillmatrix.assessment.evidence import instance, within
from skillmatrix.assessment.model import Evidence
from skillmatrix.framework.model import STRENGTHS, EvidenceAsk, EvidenceRule, Profile, Strength
from skillmatrix.scoring.logic import State, bounded
from skillmatrix.scoring.standing import Standing, Standings

Answers = Mapping[str, bool]


@dataclass(frozen=True)
class ThresholdRule:
    """A skill at a level or above."""

    id: str
    kind: Literal["gate", "floor", "bar"]
    skill: str
    required: int

    def state(self, stands: Mapping[str, Standing], answers: Answers) -> State:
        """Judge on bounds; one level short on one rater's word, with an artefact, stays OPEN."""
        standing = stands[self.skill]
        if standing.state == "NOT_APPLICABLE":
            return "OPEN"
        plain = bounded(standing.low >= self.required, standing.high >= self.required)
        return "OPEN" if plain == "NOT MET" and self.to_confirm(standing) else plain

    def to_confirm(self, standing: Standing) -> bool:
        """Say whether a second rater could turn the miss: exactly one level, E2 or better."""
        return (
            standing.known
            and standing.raters < 2  # noqa: PLR2004 - the second one has spoken
            and standing.high == self.required - 1
            and standing.best is not None
            and STRENGTHS.index(standing.best) >= STRENGTHS.index("E2")
        )


@dataclass(frozen=True)
class BreadthRule:
    """At least k of n skills at a level."""

    id: str
    at_least: int
    required: int
    of: tuple[str, ...]
    when: Mapping[str, str]

    def members(self, stands: Mapping[str, Standing], answers: Answers) -> list[str]:
        """Give the skills that take part under these answers."""
        return [
            skill
            for skill in self.of
            if stands[skill].state != "NOT_APPLICABLE"
            and (skill not in self.when or answers.get(self.when[skill], False))
        ]

    def state(self, stands: Mapping[str, Standing], answers: Answers) -> State:
        """Judge on bounds; a rule that asks for more than there is stays OPEN."""
        members = self.members(stands, answers)
        if self.at_least > len(members):
            return "OPEN"
        worst = sum(stands[s].low >= self.required for s in members)
        best = sum(stands[s].high >= self.required for s in members)
        return bounded(worst >= self.at_least, best >= self.at_least)


@dataclass(frozen=True)
class EvidencePart:
    """Items of evidence asked for; any one of the asks will do."""

    id: str
    rule: EvidenceRule
    found: tuple[tuple[EvidenceAsk, tuple[Evidence, ...]], ...]
    closed: bool

    def state(self, stands: Mapping[str, Standing], answers: Answers) -> State:
        """Enough is MET; too little is OPEN while more may come, else NOT MET."""
        if any(len(items) >= ask.count for ask, items in self.found):
            return "MET"
        return "NOT MET" if self.closed else "OPEN"

    @property
    def answer(self) -> tuple[EvidenceAsk, tuple[Evidence, ...]]:
        """The ask that is answered, one without a flag first; else the one nearest to it."""

        def rank(found: tuple[EvidenceAsk, tuple[Evidence, ...]]) -> tuple[bool, bool, int]:
            ask, items = found
            enough = len(items) >= ask.count
            return enough, enough and ask.flag is None, len(items)

        return max(self.found, key=rank)


Rule = ThresholdRule | BreadthRule | EvidencePart


def evidence_part(rule: EvidenceRule, standings: Standings) -> EvidencePart:
    """Count the items that answer a rule: right type, strong enough, in the window."""
    assessment = standings.assessment
    months = rule.months + assessment.aim.absence_months
    recent = [
        (strength, item)
        for strength, item in standings.counting
        if within(item.date, assessment.as_of, months)
    ]
    found = []
    for ask in rule.any_of:
        items: dict[object, Evidence] = {}
        for strength, item in recent:
            if answers_ask(ask, strength, item):
                items.setdefault(instance(item), item)
        found.append((ask, tuple(items.values())))
    closed = assessment.status == "locked" or rule.id in assessment.no_more_evidence
    return EvidencePart(rule.id, rule, tuple(found), closed)


def answers_ask(ask: EvidenceAsk, strength: Strength, item: Evidence) -> bool:
    """Say whether an item of this strength counts for an ask."""
    return (
        ask.type in item.types
        and STRENGTHS.index(strength) >= STRENGTHS.index(ask.strength)
        and (not ask.confirmed_by or item.confirmed_function in ask.confirmed_by)
        and (not ask.outside_team or item.outside_team)
    )


def rules_of(standings: Standings) -> dict[str, list[Rule]]:
    """Give the rules of each requirement of the profile, gates first."""
    position = standings.position
    profile = standings.profile
    found: dict[str, list[Rule]] = {}
    for name, requirement in profile.requirements.items():
        rules: list[Rule] = _bars(name, standings) if requirement.bars else []
        for kind, entries in (("gate", requirement.gates), ("floor", requirement.floors)):
            for entry in entries:
                replaced = profile.not_applicable.get(entry.skill)
                if replaced is not None and replaced.replaced_by is not None:
                    rules.append(evidence_part(replaced.replaced_by, standings))
                else:
                    required = position[entry.level]
                    rule_id = f"{name}-{kind}-{entry.skill}"
                    rules.append(ThresholdRule(rule_id, kind, entry.skill, required))  # type: ignore[arg-type]
        rules += [
            BreadthRule(b.id, b.at_least, position[b.level], b.of, b.when)
            for b in requirement.breadth
        ]
        rules += [evidence_part(rule, standings) for rule in requirement.evidence]
        found[name] = rules
    return found


def _bars(name: str, standings: Standings) -> list[Rule]:
    """Make a rule of each bar that asks for something and of each skill that applies."""
    profile = standings.profile
    return [
        ThresholdRule(f"{name}-bar-{skill}", "bar", skill, required)
        for skill in standings
        if skill not in profile.not_applicable
        and (required := standings.position[profile.target(skill)]) > 0
    ]


def open_switches(rules: Mapping[str, list[Rule]], profile: Profile) -> list[str]:
    """List the switches that no answer was given to and that a rule hangs on."""
    asked = {
        switch
        for many in rules.values()
        for rule in many
        if isinstance(rule, BreadthRule)
        for switch in rule.when.values()
    }
    return sorted(name for name in asked if profile.switches.get(name) is None)


def cases_of(rules: Mapping[str, list[Rule]], profile: Profile) -> list[dict[str, bool]]:
    """Give every way to answer the switches that are open and matter to a rule."""
    known = {name: answer for name, answer in profile.switches.items() if answer is not None}
    unset = open_switches(rules, profile)
    return [
        {**known, **dict(zip(unset, answers, strict=True))}
        for answers in product((False, True), repeat=len(unset))
    ]
