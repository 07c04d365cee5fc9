"""The evidence for one clause of a case: what counts for it now, what is cited, and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skillmatrix.assessment.case import Paragraph
from skillmatrix.assessment.evidence import age_words, instance, months_after, within
from skillmatrix.assessment.model import Evidence
from skillmatrix.framework.model import STRENGTHS, Strength
from skillmatrix.scoring.rules import EvidencePart, Rule, ThresholdRule
from skillmatrix.scoring.standing import Standings
from skillmatrix.scoring.words import Words


@dataclass(frozen=True)
class Exhibit:
    """One item of evidence beside a clause.

    Attributes
    ----------
    strength : {"E0", "E1", "E2", "E3", "E4"} or None
        What it counts as today; None when it is history only.
    new : {"E0", "E1", "E2", "E3", "E4"}
        What it counted as when it was new.
    age : str
    aged : bool
        Whether it is older than the clause looks back.
    counts : bool
        Whether the rule of the clause counts it, cited or not.
    reason : str
        Why not; empty where it counts.
    cited : bool
        Whether the person chose it for her paragraph.
    """

    id: str
    title: str
    date: dt.date
    strength: Strength | None
    new: Strength
    age: str
    artefact: str
    aged: bool
    counts: bool
    reason: str
    cited: bool


def exhibits(
    rule: Rule, paragraph: Paragraph, standings: Standings, words: Words
) -> tuple[Exhibit, ...]:
    """
    Lay out the evidence of one clause.

    Returns
    -------
    tuple of Exhibit
        What counts first, then what is linked and does not count, then what is cited all the
        same; the newest first in each.
    """
    assessment = standings.assessment
    strengths = {item.id: strength for strength, item in standings.counting}
    reasons = {item.id: reason for item, reason in _candidates(rule, standings, words)}
    months = looks_back(rule, standings)
    foreign = "not of a kind it asks for"
    if not isinstance(rule, EvidencePart):
        foreign = "not linked to this skill"
        if not isinstance(rule, ThresholdRule):
            foreign = "not linked to one of these skills"
    found = []
    for item in assessment.evidence:
        cited = item.id in paragraph.evidence
        if item.id not in reasons and not cited:
            continue
        reason = reasons.get(item.id, foreign)
        found.append(
            Exhibit(
                id=item.id,
                title=item.title,
                date=item.date,
                strength=strengths.get(item.id),
                new=item.strength,
                age=age_words((assessment.as_of - item.date).days),
                artefact=item.artefact,
                aged=not within(item.date, assessment.as_of, months),
                counts=not reason,
                reason=reason,
                cited=cited,
            )
        )
    newest = sorted(found, key=lambda e: e.date, reverse=True)
    return tuple(sorted(newest, key=lambda e: (not e.counts, e.id not in reasons)))


def looks_back(rule: Rule, standings: Standings) -> int:
    """Give the months that a rule looks back, leave and part-time included."""
    months = rule.rule.months if isinstance(rule, EvidencePart) else standings.framework.ageing[0]
    return months + standings.assessment.aim.absence_months


def _candidates(rule: Rule, standings: Standings, words: Words) -> Iterator[tuple[Evidence, str]]:
    """Give the items that are about a rule, each with the reason why it does not count, or none."""
    if isinstance(rule, EvidencePart):
        for _, items in rule.found:
            yield from ((item, "") for item in items)
        yield from words.near(rule)
    elif isinstance(rule, ThresholdRule):
        yield from _linked((rule.skill,), rule.required, standings)
    else:
        yield from _linked(rule.of, rule.required, standings)


def _linked(
    skills: Iterable[str], required: int, standings: Standings
) -> Iterator[tuple[Evidence, str]]:
    """Judge items that are linked to skills by what their level asks for."""
    level = standings.levels[required]
    ways = standings.framework.support[level].any_of
    least = min((STRENGTHS.index(strength) for strength, _ in ways), default=0)
    wanted = set(skills)
    ranks = {item.id: STRENGTHS.index(strength) for strength, item in standings.counting}
    taken: dict[object, str] = {}
    items = [item for item in standings.assessment.evidence if wanted & set(item.skills)]
    for item in sorted(items, key=lambda item: -ranks.get(item.id, -1)):
        rank = ranks.get(item.id)
        if rank is None:
            yield item, "history only by its age"
        elif rank < least:
            aged = f", {item.strength} when new" if item.strength != STRENGTHS[rank] else ""
            yield item, f"counts as {STRENGTHS[rank]}{aged}; {STRENGTHS[least]} asked for {level}"
        elif instance(item) in taken:
            yield item, f"the same artefact and day as {taken[instance(item)]}"
        else:
            taken[instance(item)] = item.title
            yield item, ""


def basis(shown: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """Give what a clause rests on: what is cited, or all that counts where nothing is cited."""
    every = tuple(shown)
    return tuple(e for e in every if e.cited) or tuple(e for e in every if e.counts)


def short_span(shown: Iterable[Exhibit], months: int) -> str | None:
    """
    Say how short a time items span, where it is shorter than so many months.

    Returns
    -------
    str or None
        Words such as ``within 12 days``; None where the span is long enough or there is nothing.
    """
    days = sorted(e.date for e in shown)
    if not days or months_after(days[0], months) <= days[-1]:
        return None
    apart = (days[-1] - days[0]).days
    if not apart:
        return "on one day"
    if apart < _WEEKS_FROM:
        return f"within {apart} day{'' if apart == 1 else 's'}"
    return f"within {round(apart / 7)} weeks"


_WEEKS_FROM = 21
