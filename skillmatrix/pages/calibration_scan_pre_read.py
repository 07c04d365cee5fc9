"""The pre-read: one page a person, as the raters see her before anybody has spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatrix.assessment.evidence import effective_strength
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import why_of, why_unrated
from skillmatrix.scoring.verdict import PartResult, Verdict

APART = "evidence is there; raters see it apart"


def pre_read(session: Calibration, person: str) -> dict[str, Any]:
    """
    Give a person's page: criteria with their parts, levels, evidence, what is missing.

    Parameters
    ----------
    session : Calibration
    person : str

    Returns
    -------
    dict
        ``person``, ``label`` and ``overall`` of the verdict, ``criteria``, ``skills`` (what is
        possible, the bar, what each rater gave), ``evidence`` and ``missing``.
    """
    verdict, unrated = session.verdict(person), why_unrated(session, person)
    return {
        "person": person,
        "overall": verdict.overall,
        "label": verdict.label,
        "own": session.own(person) is not None,
        "raters": [
            {"code": each.rater.code, "kind": each.rater.kind} for each in session.others(person)
        ],
        "criteria": [
            {
                "id": criterion.id,
                "code": criterion.code,
                "title": criterion.title,
                "state": criterion.state,
                "parts": [_part(part, unrated) for part in criterion.parts],
            }
            for criterion in verdict.criteria.values()
        ],
        "skills": _skills(session, person, verdict),
        "evidence": _evidence(session, person),
        "missing": _missing(session, person, verdict),
    }


def _part(part: PartResult, unrated: Mapping[str, str]) -> dict[str, Any]:
    why = why_of(part, unrated)
    return {
        "title": part.title,
        "kind": part.kind,
        "state": part.state,
        "observed": part.observed,
        "change": "" if part.state == "MET" else _change(part.change if why == part.why else why),
    }


def _change(text: str) -> str:
    """Give what would change a part; where evidence lacks nothing, raters are what is apart."""
    return APART if text.strip() == "link" else text


def _skills(session: Calibration, person: str, verdict: Verdict) -> list[dict[str, Any]]:
    levels = session.framework.levels
    gates = {skill for skill, _, _ in session.profile.gates}
    told = []
    for skill, standing in verdict.standings.items():
        if standing.state == "NOT_APPLICABLE":
            continue
        target = session.profile.target(skill)
        told.append(
            {
                "skill": skill,
                "gate": skill in gates,
                "required": target.value if target > levels[0] else None,
                "known": standing.known,
                "low": levels[standing.low].value,
                "high": levels[standing.high].value,
                "best": standing.best,
                "said": [
                    {"rater": each["rater"], "kind": each["kind"], "value": each["first"]}
                    for each in session.before(person, skill)
                ],
            }
        )
    return told


def _evidence(session: Calibration, person: str) -> list[dict[str, Any]]:
    framework, base = session.framework, session.combined(person)
    told = []
    for item in sorted(session.evidence(person), key=lambda each: each.date, reverse=True):
        counts = effective_strength(item, base.as_of, framework.ageing, base.aim.absence_months)
        told.append(
            {
                "id": item.id,
                "title": item.title,
                "date": item.date.isoformat(),
                "strength": item.strength,
                "counts": counts,
                "artefact": item.artefact,
                "skills": list(item.skills),
            }
        )
    return told


def _missing(session: Calibration, person: str, verdict: Verdict) -> list[str]:
    told = [
        step.text
        for step in verdict.settle
        if step.action != "rate" and (step.skill is None or not _raters_apart(step.text))
    ]
    apart = [
        session.framework.skills[step.skill].title
        for step in verdict.settle
        if step.skill is not None and _raters_apart(step.text)
    ]
    if apart:
        told.insert(0, f"To settle between the raters, evidence is there: {', '.join(apart)}.")
    if session.own(person) is None:
        told.append("The own view was not collected.")
    asked = {step.skill for step in verdict.settle if step.action == "rate"}
    unseen = [
        skill.title
        for name, skill in session.framework.skills.items()
        if name in asked & session.unseen(person)
    ]
    if unseen:
        told.append(f"No other rater has given a level for: {', '.join(unseen)}.")
    return told


def _raters_apart(text: str) -> bool:
    """Say whether a step asks to link evidence of which nothing is missing."""
    return text.rstrip().endswith(":")
