"""An assessment as a page shows it: rows, evidence, notes and the verdict."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment import Assessment, Evidence, effective_strength, reached_strength
from skillmatrix.assessment.evidence import MISSING, age_words
from skillmatrix.framework import STRENGTHS, Framework, Profile
from skillmatrix.pages.context_view import context_view
from skillmatrix.scoring import SkillGap, Standings, Verdict, gaps, shown_levels, verdict
from skillmatrix.scoring.gap import is_asked
from skillmatrix.scoring.headline import LABELS, summary
from skillmatrix.scoring.targets import gate_states
from skillmatrix.scoring.words import Words


def chosen_profile(framework: Framework, assessment: Assessment) -> Profile:
    """Give the profile an assessment aims at, with its answers."""
    aim = assessment.aim
    return framework.profile(aim.profile, aim.overlays, aim.switches, reasons=aim.reasons)


def assessment_view(framework: Framework, assessment: Assessment) -> dict[str, Any]:
    """Give ``rows``, ``notes``, ``evidence`` and ``verdict`` of the page state."""
    profile = chosen_profile(framework, assessment)
    found = verdict(assessment, profile)
    return {
        "rows": _rows(assessment, profile, found),
        "notes": {
            skill: {"text": note.text, "visibility": note.visibility}
            for skill, note in assessment.notes.items()
        },
        "evidence": [_evidence(framework, assessment, item) for item in assessment.evidence],
        "verdict": verdict_view(found),
        "asked_types": list(
            dict.fromkeys(
                ask.type
                for requirement in profile.requirements.values()
                for rule in requirement.evidence
                for ask in rule.any_of
            )
        ),
        "context": context_view(profile, assessment.aim),
    }


def _rows(assessment: Assessment, profile: Profile, found: Verdict) -> list[dict[str, Any]]:
    standings = found.standings
    confirmed = shown_levels(standings)
    words = Words(standings, {})
    gated: dict[str, dict[str, int]] = {"gate": {}, "floor": {}}
    for skill, level, kind in profile.gates:
        gated[kind][skill] = max(level.value, gated[kind].get(skill, level.value))
    breadth: dict[str, list[str]] = {}
    for criterion in found.criteria.values():
        for rule in profile.requirements[criterion.id].breadth:
            for skill in rule.of:
                label = f"{criterion.code or criterion.title} b{rule.level}"
                breadth.setdefault(skill, []).append(label)
    pivotal = {p.skill for p in found.pivotal}
    used: dict[str, int] = {}
    for item in assessment.evidence:
        for skill in dict.fromkeys(item.skills):
            used[skill] = used.get(skill, 0) + 1
    return [
        {
            **level_part(standings, entry),
            "value": assessment.rating(skill).value,
            "below": skill in assessment.gap_below,
            "required_note": _required_note(standings.framework, profile, skill),
            "gate": gated["gate"].get(skill),
            "floor": gated["floor"].get(skill),
            "breadth": breadth.get(skill, []),
            "not_applicable": (
                profile.not_applicable[skill].reason if skill in profile.not_applicable else None
            ),
            "why": _why(words, standings, entry),
            "confirmed": _value(confirmed[skill].confirmed),
            "confidence": words.confidence(skill),
            "evidence": used.get(skill, 0),
            "note": skill in assessment.notes,
            "pivotal": skill in pivotal,
        }
        for skill, entry in gaps(standings).items()
    ]


def level_part(standings: Standings, entry: SkillGap) -> dict[str, Any]:
    """Give what of a row follows from the level of its skill."""
    standing, levels = standings[entry.skill], standings.levels
    return {
        "skill": entry.skill,
        "low": levels[standing.low].value,
        "high": levels[standing.high].value,
        "claimed": entry.claimed.value if entry.claimed is not None else None,
        "supported": entry.supported.value if entry.supported is not None else None,
        "required": entry.required.value
        if entry.required and standings.position[entry.required]
        else None,
        "asked": is_asked(standings, entry.skill),
        "gap_min": entry.gap_min,
        "gap_max": entry.gap_max,
        "met": entry.met,
    }


def _required_note(framework: Framework, profile: Profile, skill: str) -> str | None:
    target = profile.targets[skill]
    if target.switch is None or target.level_when_on is None:
        return None
    switch, answer = framework.switches[target.switch], profile.switches.get(target.switch)
    question = switch.question.rstrip("?")
    if answer is None:
        return f"{target.level_when_on} if yes to: {question}?"
    return f"by your answer to: {question}?"


def _why(words: Words, standings: Standings, entry: SkillGap) -> str:
    """Say why the interval is as it is, and what it lacks for the level claimed."""
    standing = standings[entry.skill]
    if entry.claimed is None:
        text = words.seen(entry.skill)
        return text[0].upper() + text[1:] + "."
    if standing.low < standing.high:
        missing = standings.missing_evidence(entry.skill, entry.claimed)
        lower = standings.levels[standing.low]
        return f"Evidence carries {lower}. For {entry.claimed} it needs {missing}."
    framework = standings.framework
    if not framework.asks_evidence:
        return "This ladder asks for no evidence: the level you claim counts."
    if not framework.support[entry.claimed].any_of:
        return "This level needs no evidence."
    return f"Evidence ({standing.best}) carries the level you claim."


def _evidence(framework: Framework, assessment: Assessment, item: Evidence) -> dict[str, Any]:
    absence = assessment.aim.absence_months
    effective = effective_strength(item, assessment.as_of, framework.ageing, absence)
    reached = reached_strength(item, assessment.rater.kind)
    next_code = STRENGTHS[min(STRENGTHS.index(reached) + 1, len(STRENGTHS) - 1)]
    days = (assessment.as_of - item.date).days
    return {
        **item.model_dump(mode="json"),
        "effective": effective,
        "problem": None,
        "missing": (
            ""
            if reached == STRENGTHS[-1] or not framework.asks_evidence
            else f"to count as {next_code}: {MISSING[next_code]}"
        ),
        "age": age_words(days),
    }


def verdict_view(found: Verdict) -> dict[str, Any]:
    """Give the verdict as the page shows it."""
    framework, profile = found.framework, found.profile
    declared = set(found.assessment.no_more_evidence)
    coverage = found.coverage
    criteria = []
    for criterion in found.criteria.values():
        about = framework.criteria.get(criterion.id)
        criteria.append(
            {
                "id": criterion.id,
                "code": criterion.code,
                "title": criterion.title,
                "question": about.question if about else None,
                "summary": about.summary if about else None,
                "state": criterion.state,
                "parts": [
                    {
                        "id": part.id,
                        "kind": part.kind,
                        "label": part.label,
                        "title": part.title,
                        "state": part.state,
                        "observed": part.observed,
                        "why": part.why,
                        "change": part.change,
                        "skills": list(part.skills),
                        "flags": list(part.flags),
                        "rule": part.id if part.kind == "evidence" else None,
                        "may_declare": part.kind == "evidence" and part.state != "MET",
                        "declared": part.id in declared,
                    }
                    for part in criterion.parts
                ],
            }
        )
    gates = gate_states(found)
    return {
        "word": found.overall,
        "label": LABELS[found.label],
        "summary": summary(found),
        "confidence": found.confidence,
        "coverage": {
            "rated": coverage.rated,
            "total": coverage.total,
            "unrated": coverage.states.get("UNRATED", 0),
            "declined": coverage.states.get("DECLINED", 0),
            "not_observed": coverage.states.get("NOT_OBSERVED", 0),
            "not_applicable": coverage.states.get("NOT_APPLICABLE", 0),
            "sentence": f"{coverage}.",
        },
        "gates": len(gates),
        "gates_met": sum(state == "MET" for state in gates.values()),
        "criteria": criteria,
        "pivotal": [
            {
                "skill": p.skill,
                "title": framework.skills[p.skill].title,
                "from": p.level,
                "to": p.to,
                "change": f"{p.before} \N{RIGHTWARDS ARROW} {p.after}",
            }
            for p in found.pivotal
        ],
        "pivotal_criteria": [
            {
                "skill": p.skill,
                "title": framework.skills[p.skill].title,
                "from": p.level,
                "to": p.to,
                "criterion": p.criterion,
                "change": f"{p.before} \N{RIGHTWARDS ARROW} {p.after}",
            }
            for p in found.pivots
            if p.criterion is not None
        ],
        "switches": [
            {"id": s.switch, "question": s.question, "effect": s.effect}
            for s in found.switch_dependent
        ],
        "settle": [
            {"action": s.action, "text": s.text, "skill": s.skill, "rule": s.rule}
            for s in found.settle
        ],
        "overshoot": [
            {
                "skill": skill,
                "title": framework.skills[skill].title,
                "claimed": _value(found.standings[skill].claimed),
                "required": profile.target(skill).value,
            }
            for skill in found.overshoot
        ],
        "targets": [],
        "warnings": list(found.warnings),
    }


def _value(level: object) -> int | None:
    return getattr(level, "value", None)
