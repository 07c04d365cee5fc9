"""The verdict: criterion by criterion, from bounds, with every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.scoring.logic import State, agreed, both
from skillmatrix.scoring.pivots import changes, skills_of
from skillmatrix.scoring.rules import (
    BreadthRule,
    EvidencePart,
    Rule,
    ThresholdRule,
    cases_of,
    open_switches,
    rules_of,
)
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.words import CONFIDENCE, Words

Overall = Literal["READY", "NOT YET", "OPEN"]
#: The state of a whole as the answer of a verdict.
OVERALL: dict[State, Overall] = {"MET": "READY", "NOT MET": "NOT YET", "OPEN": "OPEN"}
#: Words of the overall answer for profiles that are no promotion.
_PLAIN = {"READY": "profile met", "NOT YET": "profile not met", "OPEN": "open"}


@dataclass(frozen=True)
class PartResult:
    """One part of a criterion: its state, and why.

    Attributes
    ----------
    id : str
        For evidence rules the id to declare "no more exists" with.
    kind : {"gate", "floor", "bar", "breadth", "evidence"}
    label : str
        The rule in short, such as ``MLOps >= 4``.
    title : str
        The rule in plain words, such as ``MLOps at 4 or above``.
    state : {"MET", "NOT MET", "OPEN"}
    observed : str
        The interval or the count seen.
    why : str
        The reason for the state.
    change : str
        What would change it; empty when it is MET.
    skills : tuple of str
    flags : tuple of str
        ``to confirm``, ``not applicable``, ``weaker evidence``, ``switch:<id>``.
    """

    id: str
    kind: str
    label: str
    title: str
    state: State
    observed: str
    why: str
    change: str
    skills: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionResult:
    """One criterion: the AND of its parts."""

    id: str
    code: str
    title: str
    state: State
    parts: tuple[PartResult, ...]


@dataclass(frozen=True)
class Pivot:
    """A rating whose change by one level alone changes an answer."""

    skill: str
    level: int
    to: int
    before: str
    after: str
    criterion: str | None = None


@dataclass(frozen=True)
class SwitchEffect:
    """An unanswered switch that the verdict hangs on."""

    switch: str
    question: str
    effect: str


@dataclass(frozen=True)
class Settle:
    """One thing that would settle an open part; rating is cheapest, then asking, then linking."""

    action: Literal["decide", "rate", "ask", "link"]
    text: str
    skill: str | None = None
    rule: str | None = None


@dataclass(frozen=True)
class Coverage:
    """How many skills have a level, and why the others have none."""

    rated: int
    total: int
    states: Mapping[str, int]

    def __str__(self) -> str:
        words = {
            "UNRATED": "not rated yet",
            "DECLINED": "declined",
            "NOT_OBSERVED": "not observed",
            "NOT_APPLICABLE_PROPOSED": "proposed as not applicable",
            "NOT_APPLICABLE": "not applicable",
        }
        parts = [f"{self.rated} of {self.total} rated"]
        parts += [f"{self.states[k]} {word}" for k, word in words.items() if self.states.get(k)]
        return "; ".join(parts)


class Verdict:
    """
    What `verdict` found; see there.

    Attributes
    ----------
    overall : {"READY", "NOT YET", "OPEN"}
    label : str
        The same in words that fit the profile.
    criteria : mapping of str to CriterionResult
        By requirement id, in the order of the profile.
    coverage : Coverage
    warnings : tuple of str

    Notes
    -----
    Other `standings` of the same assessment and profile, as `Standings.trying` gives them,
    are judged by the same rules: what would be, had the ratings been others.
    """

    def __init__(
        self, assessment: Assessment, profile: Profile, standings: Standings | None = None
    ) -> None:
        self.standings = Standings(assessment, profile) if standings is None else standings
        self.assessment, self.profile = assessment, profile
        self.framework: Framework = self.standings.framework
        self._rules = rules_of(self.standings)
        self._cases = cases_of(self._rules, profile)
        self.warnings: tuple[str, ...] = ()
        states = self._states(self.standings)
        self.overall: Overall = OVERALL[agreed(both(case.values()) for case in states)]
        self.label = self.word(self.overall)
        words = Words(self.standings, self._cases[0])
        self.criteria: dict[str, CriterionResult] = {}
        for name, rules in self._rules.items():
            criterion = self.framework.criteria.get(name)
            parts = tuple(self._part(rule, words) for rule in rules)
            state = agreed(case[name] for case in states)
            title = criterion.title if criterion else profile.requirements[name].title
            code = criterion.code if criterion else ""
            self.criteria[name] = CriterionResult(name, code, title, state, parts)
        self.warnings = (
            *profile.conflicts,
            *profile.warnings,
            *words.warnings(rule for rules in self._rules.values() for rule in rules),
        )

    def word(self, overall: str) -> str:
        """Give an overall answer in words that fit the profile: only a promotion has a READY."""
        return overall if self.profile.kind == "promotion" else _PLAIN[overall]

    def _states(self, stands: Mapping[str, Standing]) -> list[dict[str, State]]:
        """Judge each requirement, once for each way to answer the open switches."""
        return [
            {
                name: both(r.state(stands, case) for r in rules)
                for name, rules in self._rules.items()
            }
            for case in self._cases
        ]

    def _part(self, rule: Rule, words: Words) -> PartResult:
        states = [rule.state(self.standings, case) for case in self._cases]
        state = agreed(states)
        flags: list[str] = []
        if len(set(states)) > 1 and isinstance(rule, BreadthRule):
            unanswered = sorted(set(rule.when.values()) & set(self._open_switches))
            flags += [f"switch:{name}" for name in unanswered]
        if isinstance(rule, ThresholdRule):
            standing = self.standings[rule.skill]
            if standing.state == "NOT_APPLICABLE":
                flags.append("not applicable")
            elif state == "OPEN" and rule.to_confirm(standing):
                flags.append("to confirm")
        if isinstance(rule, EvidencePart) and state == "MET" and rule.answer[0].flag:
            flags.append("weaker evidence")
        label, observed, why, change = words.describe(rule, state, tuple(flags))
        kind = (
            rule.kind
            if isinstance(rule, ThresholdRule)
            else "breadth"
            if isinstance(rule, BreadthRule)
            else "evidence"
        )
        return PartResult(
            id=rule.id,
            kind=kind,
            label=label,
            title=words.plain(rule),
            state=state,
            observed=observed,
            why=why,
            change=change,
            skills=skills_of(rule),
            flags=tuple(flags),
        )

    @property
    def _open_switches(self) -> list[str]:
        return open_switches(self._rules, self.profile)

    @cached_property
    def coverage(self) -> Coverage:
        """How many skills have a level; the others by reason."""
        states: dict[str, int] = {}
        for standing in self.standings.values():
            states[standing.state] = states.get(standing.state, 0) + 1
        return Coverage(states.pop("RATED", 0), len(self.standings), states)

    @cached_property
    def pivots(self) -> tuple[Pivot, ...]:
        """Every rating whose change by one level changes the overall answer or a criterion."""
        found = changes(self.standings, self._rules, self._cases)
        return tuple(
            Pivot(c.skill, c.level, c.to, c.before, c.after, c.requirement)
            if c.requirement is not None
            else Pivot(c.skill, c.level, c.to, OVERALL[c.before], OVERALL[c.after])
            for c in found
        )

    @property
    def pivotal(self) -> tuple[Pivot, ...]:
        """Ratings whose change by one level alone changes the overall answer."""
        return tuple(p for p in self.pivots if p.criterion is None)

    @cached_property
    def switch_dependent(self) -> tuple[SwitchEffect, ...]:
        """Unanswered switches that change the answer of a criterion."""
        found = []
        for name in self._open_switches:
            effects = []
            for requirement, rules in self._rules.items():
                answers: dict[bool, State] = {}
                for answer in (True, False):
                    answers[answer] = agreed(
                        both(r.state(self.standings, case) for r in rules)
                        for case in self._cases
                        if case[name] is answer
                    )
                if answers[True] != answers[False]:
                    code = self.criteria[requirement].code or self.criteria[requirement].title
                    effects.append(f"{code} is {answers[True]} if yes, {answers[False]} if no")
            if effects:
                question = self.framework.switches[name].question
                found.append(SwitchEffect(name, question, "; ".join(effects)))
        return tuple(found)

    @cached_property
    def settle(self) -> tuple[Settle, ...]:
        """What would settle the open parts, cheapest first."""
        words = Words(self.standings, self._cases[0])
        found: dict[tuple[str, str | None, str | None], Settle] = {}
        for effect in self.switch_dependent:
            step = Settle("decide", f"Answer the question: {effect.question}")
            found["decide", effect.switch, None] = step
        for name, rules in self._rules.items():
            if self.criteria[name].state == "MET":
                continue
            for rule, part in zip(rules, self.criteria[name].parts, strict=True):
                if part.state == "OPEN":
                    for action, text, skill, rule_id in words.settle(rule):
                        key = (action, skill, rule_id)
                        found.setdefault(key, Settle(action, text, skill, rule_id))  # type: ignore[arg-type]
        order = ("decide", "rate", "ask", "link")
        return tuple(sorted(found.values(), key=lambda s: order.index(s.action)))

    @cached_property
    def confidence(self) -> str:
        """The worst word among the parts that decide the answer; see `Words.confidence`."""
        words = Words(self.standings, self._cases[0])
        deciding = [
            skill
            for name, rules in self._rules.items()
            for rule, part in zip(rules, self.criteria[name].parts, strict=True)
            if self.overall != "NOT YET" or part.state == "NOT MET"
            for skill in words.decided_by(rule, part.state)
        ]
        return min(map(words.confidence, deciding), key=CONFIDENCE.index, default="unknown")

    @cached_property
    def overshoot(self) -> tuple[str, ...]:
        """Skills claimed above a bar that asks for something; they make up for nothing."""
        position, profile = self.standings.position, self.profile
        return tuple(
            skill
            for skill, standing in self.standings.items()
            if standing.known and 0 < position[profile.target(skill)] < standing.high
        )

    def explain(self) -> str:
        """
        Write the whole verdict out: each rule, what was seen, and what would change it.

        Returns
        -------
        str
            Plain text of several lines, for a terminal or a file.
        """
        from skillmatrix.scoring.explain import explain

        return explain(self)

    def __repr__(self) -> str:
        states = ", ".join(f"{c.code or c.id} {c.state}" for c in self.criteria.values())
        return f"<Verdict {self.overall}: {states}>"


def verdict(assessment: Assessment, profile: Profile) -> Verdict:
    """
    Judge one assessment against what one role asks for.

    Parameters
    ----------
    assessment : Assessment
        Ratings by one rater. Never merged with those of another.
    profile : Profile
        From ``framework.profile(...)``.

    Returns
    -------
    Verdict
        ``overall`` is READY when all criteria are MET, NOT YET when one is NOT MET, OPEN
        otherwise. ``pivotal``, ``settle``, ``switch_dependent`` and ``explain()`` say what
        the answer hangs on.

    Raises
    ------
    MismatchError
        If the two speak of different frameworks or versions.
    UsageError
        If the profile was not taken with ``framework.profile(...)``.

    Notes
    -----
    Each part is judged in the worst case (lower ends of the intervals) and in the best
    case (upper ends). All rules are monotone, so these two corners are exact bounds.
    A gate missed by one level on one rater's word, with evidence E2 or better, stays OPEN
    until a second rater has rated. There is no score, no percentage and no mean.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 2})
    >>> v = sm.verdict(a, fw.profile("senior"))
    >>> v.overall, v.criteria["monitoring-lifecycle"].state
    ('NOT YET', 'NOT MET')
    """
    return Verdict(assessment, profile)
