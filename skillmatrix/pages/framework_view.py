"""A framework as a page shows it."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment.states import STATES
from skillmatrix.framework import Framework, Profile, Skill
from skillmatrix.pages.guide_view import importance_title
from skillmatrix.pages.record import record_blocks, record_problem


def framework_view(framework: Framework) -> dict[str, Any]:
    """Give what the browser needs of a framework, as in ``docs/page-protocol.md``."""
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title,
        "draft_notice": framework.draft_notice,
        "scale": [
            {"level": d.level.value, "name": d.name, "definition": d.definition}
            for d in framework.scale
        ],
        "support": [
            {"level": s.level.value, "any_of": [[code, count] for code, count in s.any_of]}
            for s in framework.support.values()
        ],
        "ageing": list(framework.ageing),
        "asks_evidence": framework.asks_evidence,
        "criteria_count": len(framework.criteria),
        "many_gates": framework.many_gates
        and {"above": framework.many_gates.above, "warning": framework.many_gates.warning},
        "practice": _practice(framework),
        "decision_path": [
            {"question": q.question, "no_means": q.no_means.value} for q in framework.decision_path
        ],
        "areas": [{"id": a.id, "title": a.title} for a in framework.areas.values()],
        "skills": [_skill(framework, skill) for skill in framework.skills.values()],
        "evidence_codes": [c.model_dump() for c in framework.evidence_codes],
        "evidence_types": [
            {
                "id": t.id,
                "title": t.title,
                "definition": t.definition,
                "example": t.example,
                "criteria": list(t.criteria),
            }
            for t in framework.evidence_types.values()
        ],
        "functions": [{"id": f.id, "title": f.title} for f in framework.functions.values()],
        "profiles": [_profile(profile) for profile in framework.profiles.values()],
        "switches": [
            {
                "id": s.id,
                "title": s.title,
                "question": s.question,
                "on": s.when_on,
                "off": s.when_off,
            }
            for s in framework.switches.values()
        ],
        "overlay_groups": [
            {"id": g.id, "title": g.title} for g in framework.overlay_groups.values()
        ],
        "overlays": [
            {"id": o.id, "title": o.title, "group": o.group, "question": o.question}
            for o in framework.overlays.values()
        ],
        "record": record_blocks(framework),
        "record_problem": record_problem(framework),
        "state_words": [
            {
                "id": s.id,
                "title": s.title,
                "meaning": s.meaning,
                "may_set": "self" in s.raters,
                "raters": list(s.raters),
            }
            for s in STATES.values()
        ],
    }


def _practice(framework: Framework) -> dict[str, Any] | None:
    if framework.practice is None:
        return None
    found = framework.practice.model_dump(mode="json", exclude={"source"})
    answers = framework.practice.answers
    return {**found, "answers": [[a.question, a.answer, a.because] for a in answers]}


def _skill(framework: Framework, skill: Skill) -> dict[str, Any]:
    return {
        "id": skill.id,
        "code": skill.code,
        "title": skill.title,
        "area": skill.area,
        "importance": skill.importance,
        "importance_label": importance_title(framework, skill),
        "summary": skill.summary,
        "uses": list(skill.uses),
        "includes": list(skill.includes),
        "conditions": [
            {"when": c.when, "instead": c.instead, "levels": [level.value for level in c.levels]}
            for c in skill.conditions
        ],
        "anchors": {
            str(level): [
                {
                    "id": a.id,
                    "text": a.text,
                    "artefacts": list(a.artefacts),
                    "not_this": a.not_this,
                    "status": a.status,
                }
                for a in skill.at(level)
            ]
            for level in framework.levels
        },
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "title": profile.title,
        "kind": profile.kind,
        "summary": profile.summary,
        "gates": len(profile.gates),
        "requirements": len(profile.requirements),
        "bars": any(requirement.bars for requirement in profile.requirements.values()),
        "switches": list(profile.asked),
    }
