"""What stands in a report: everything of one version, from what its reader gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.share import NOTHING, Held, share
from skillmatrix.charts import gap_plots
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.reports.case_part import case_part
from skillmatrix.reports.change_part import change_part
from skillmatrix.reports.parts import (
    DECIDES,
    Answer,
    Audience,
    ChangePart,
    CriterionCard,
    Fact,
    PartLine,
    Report,
)
from skillmatrix.reports.plan_part import plan_part
from skillmatrix.reports.printable import printable
from skillmatrix.reports.skills import evidence_lines, note_lines, record_lines, skill_lines
from skillmatrix.reports.versions import PURPOSES, VERSIONS, Reader, left_out
from skillmatrix.scoring.headline import CONFIDENCE_MEANS, LABELS, summary
from skillmatrix.scoring.targets import gate_states
from skillmatrix.scoring.verdict import PartResult, Pivot, Verdict, verdict

_KINDS = {"gate": "Gate", "floor": "Floor", "bar": "Bar", "breadth": "Breadth"}
_SIGNS = {"READY": "check", "NOT YET": "cross", "OPEN": "open"}
_RATERS = {"self": "Self-rating", "mentor": "Mentor's rating", "manager": "Manager's rating"}
_CHART_WIDTH = 900


def report(
    assessment: Assessment,
    profile: Profile,
    audience: Audience = "myself",
    *,
    since: Assessment | None = None,
    held: Mapping[Reader, Held] | None = None,
    today: dt.date | None = None,
) -> Report:
    """
    Put together what one version of a report says.

    Parameters
    ----------
    assessment : Assessment
        In full; only what ``share`` gives this reader is looked at, but for the counts that
        the version for oneself tells.
    profile : Profile
        What it is judged by, from ``framework.profile(...)``.
    audience : {"myself", "mentor", "calibration"}
    since : Assessment, optional
        An earlier round of the same person and rater, to compare with.
    held : mapping of str to Held, optional
        What the person holds back besides, by reader.
    today : datetime.date, optional
        The day it is made; the day of the assessment if left out.

    Returns
    -------
    Report
        The same for every format.

    Raises
    ------
    MismatchError
        If assessment and profile, or the two rounds, do not belong together.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana", "name": "Ana"},
    ...     rater={"kind": "self"}, as_of=dt.date(2026, 11, 20), ratings={"mlops": 3})
    >>> r = report(a, fw.profile("senior"), "calibration")
    >>> r.version, r.answer.word, r.facts[0].value
    ('For calibration', 'NOT YET', 'ana')
    """
    back: dict[Reader, Held] = {"mentor": NOTHING, "calibration": NOTHING, **(held or {})}
    kept = NOTHING if audience == "myself" else back[audience]
    given = share(assessment, audience, kept)
    # A copy for a reader is a draft; the lock decides whether missing evidence is still open.
    given = given.model_copy(update={"status": assessment.status})
    found = verdict(given, profile)
    framework = found.framework
    made_on = today or given.as_of
    record, record_more = record_lines(given, framework)
    made = Report(
        audience=audience,
        version=VERSIONS[audience],
        title=f"Skills against the bar: {profile.title}",
        purpose=PURPOSES[audience],
        left_out=left_out(assessment, back) if audience == "myself" else (),
        notices=_notices(framework, assessment),
        made_on=made_on,
        code=given.person.code,
        framework=framework.key,
        facts=_facts(given, profile, made_on),
        context=_context(given, profile),
        asks_evidence=framework.asks_evidence,
        answer=_answer(found),
        criteria=_criteria(found),
        pivots=tuple(_pivot(found, pivot) for pivot in found.pivotal),
        settle=tuple(_capital(step.text) for step in found.settle),
        undecided=tuple(f"{s.question} {s.effect}." for s in found.switch_dependent),
        overshoot=tuple(_overshoot(found, skill) for skill in found.overshoot),
        skills=skill_lines(found),
        evidence=evidence_lines(given, framework),
        notes=note_lines(given, framework),
        record=record,
        record_more=record_more,
        plan=None if audience == "calibration" else plan_part(given, profile, made_on),
        case=case_part(given, profile),
        change=_change(since, given, profile, audience, kept) if since else None,
        charts=gap_plots(found.standings, width=_CHART_WIDTH),
    )
    return printable(made)


def _notices(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    # Of a key the format does not know only this much leaves: that it is there.
    invented = "invented" in (assessment.model_extra or {})
    said = ["Invented example: this person does not exist." if invented else ""]
    return (*filter(None, [*said, framework.draft_notice]), f"{DECIDES} No level here is a score.")


def _facts(given: Assessment, profile: Profile, made_on: dt.date) -> tuple[Fact, ...]:
    rater = given.rater
    who = given.person.name or given.person.code
    if given.person.name:
        who = f"{given.person.name} ({given.person.code})"
    kind = _RATERS.get(rater.kind, f"{rater.kind.capitalize()}'s rating")
    by = f"{kind} ({rater.code})" if rater.code else kind
    status = "locked" if given.status == "locked" else "draft"
    months = given.aim.absence_months
    facts = [
        Fact("Person", who),
        Fact("Role aimed at", profile.title),
        Fact("Rating", f"{by}, {status}, as of {given.as_of}"),
        Fact("Ladder", f"{profile.framework.title} ({given.framework})"),
        Fact("Report made on", f"{made_on}"),
    ]
    if months:
        facts.append(Fact("Leave or part-time", f"{months} months, added to every window"))
    return tuple(facts)


def _context(given: Assessment, profile: Profile) -> tuple[Fact, ...]:
    framework = profile.framework
    found = []
    for name in profile.overlays:
        reason = given.aim.reasons.get(name, "").strip()
        because = f"Condition said to hold: {reason}" if reason else "As it stands"
        found.append(Fact(f"Variant: {framework.overlays[name].title}", because))
    for name in dict.fromkeys(profile.asked):
        answer = {True: "Yes", False: "No", None: "Not decided"}[profile.switches.get(name)]
        found.append(Fact(framework.switches[name].question, answer))
    for skill, entry in profile.not_applicable.items():
        found.append(Fact(f"Not part of this role: {framework.skills[skill].title}", entry.reason))
    return tuple(found)


def _change(
    since: Assessment, given: Assessment, profile: Profile, audience: Audience, held: Held
) -> ChangePart:
    # What is held back now is held back of the round before, too.
    earlier = share(since, audience, held)
    return change_part(earlier, given, profile, names_gone=audience == "myself")


def _answer(found: Verdict) -> Answer:
    gates = gate_states(found)
    met = sum(state == "MET" for state in gates.values())
    told = f"{met} of {len(gates)} gates and floors met." if gates else ""
    sure = f"Confidence: {found.confidence}. {CONFIDENCE_MEANS[found.confidence]}"
    return Answer(
        word=found.label if found.profile.kind != "promotion" else found.overall,
        sign=_SIGNS[found.overall],
        label=LABELS[found.label],
        summary=summary(found),
        coverage=f"{found.coverage}.",
        gates=told,
        confidence=sure if found.framework.asks_evidence else "",
        warnings=found.warnings,
    )


def _criteria(found: Verdict) -> tuple[CriterionCard, ...]:
    about = found.framework.criteria
    return tuple(
        CriterionCard(
            id=card.id,
            code=card.code,
            title=card.title,
            question=about[card.id].question if card.id in about else "",
            state=card.state,
            met=sum(part.state == "MET" for part in card.parts),
            parts=tuple(
                PartLine(
                    id=part.id,
                    kind=_KINDS.get(part.kind, "Evidence"),
                    title=part.title,
                    of=_members(found, part),
                    state=part.state,
                    observed=part.observed,
                    why=_capital(part.why),
                    change=_capital(part.change) if part.state != "MET" else "",
                    flags=tuple(f for f in part.flags if ":" not in f),
                )
                for part in card.parts
            ),
        )
        for card in found.criteria.values()
    )


def _members(found: Verdict, part: PartResult) -> tuple[str, ...]:
    """Name the skills of a rule of breadth; the others name theirs in their title."""
    if part.kind != "breadth":
        return ()
    return tuple(found.framework.skills[skill].title for skill in part.skills)


def _pivot(found: Verdict, pivot: Pivot) -> str:
    title = found.framework.skills[pivot.skill].title
    before, after = (found.word(word).lower() for word in (pivot.before, pivot.after))
    return f"{title} at {pivot.to} instead of {pivot.level}: {before} becomes {after}"


def _overshoot(found: Verdict, skill: str) -> str:
    title, claimed = found.framework.skills[skill].title, found.standings[skill].claimed
    return f"{title}: {claimed}, bar {found.profile.target(skill)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
