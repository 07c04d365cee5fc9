"""The role guide as its page shows it: sections, items, skills, and one chosen variant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatrix.framework import Criterion, Framework, Profile, Requirement, Skill
from skillmatrix.framework.defaults import UNMARKED
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.guide import KINDS, Item, shown
from skillmatrix.pages import plain_guide

#: Keys of an item that its page reads from the registry instead.
_COMMON = {"id", "source", "title", "text", "links", "links_source"}


def guide_view(framework: Framework) -> dict[str, Any]:
    """Give what does not change while the page is open."""
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title,
        "draft_notice": framework.draft_notice,
        "scale": [
            {"level": d.level.value, "name": d.name, "definition": d.definition}
            for d in framework.scale
        ],
        "kinds": [
            *({"id": name, "one": k.one, "many": k.many} for name, k in KINDS.items()),
            *plain_guide.KINDS,
        ],
        "areas": [{"id": area.id, "title": area.title} for area in framework.areas.values()],
        "asks_evidence": framework.asks_evidence,
        "sections": sections_view(framework),
        "items": _items(framework),
        "skills": {name: _skill(framework, skill) for name, skill in framework.skills.items()},
        "criteria": {name: _criterion(framework, c) for name, c in framework.criteria.items()},
        "profiles": [_profile(profile) for profile in framework.profiles.values()],
        "overlay_groups": [
            {"id": group.id, "title": group.title} for group in framework.overlay_groups.values()
        ],
        "overlays": [
            {"id": o.id, "title": o.title, "group": o.group, "summary": o.summary}
            for o in framework.overlays.values()
        ],
        "switches": {s.id: s.title for s in framework.switches.values()},
        "questions": {s.id: s.question for s in framework.switches.values()},
    }


def sections_view(framework: Framework) -> list[dict[str, Any]]:
    """Give the sections with the ids of what they show, in order; a ladder always has some."""
    if not framework.guide:
        return plain_guide.plain_sections(framework)
    return [
        {
            "section": section.section,
            "title": section.title,
            "intro": section.intro,
            "groups": [
                {
                    "id": group.id,
                    "title": group.title,
                    "kind": group.kind,
                    "items": list(shown(framework, group)),
                }
                for group in section.groups.values()
            ],
        }
        for section in framework.guide.values()
    ]


def titles_of(framework: Framework) -> dict[str, tuple[str, str]]:
    """Give title and text of everything in the guide."""
    found = {name: (entry.title, entry.text or "") for name, entry in framework.items.items()}
    if not framework.guide:
        plain = plain_guide.plain_items(framework)
        found.update({name: (item["title"], item["text"]) for name, item in plain.items()})
    return found


def _items(framework: Framework) -> dict[str, dict[str, Any]]:
    written: dict[str, Item] = {
        name: item for section in framework.guide.values() for name, item in section.items.items()
    }
    found = {}
    for name, entry in framework.items.items():
        item = written.get(name)
        more = item.model_dump(mode="json", exclude=_COMMON) if item else {}
        found[name] = {
            "kind": entry.kind,
            "section": entry.section,
            "group": entry.group,
            "source": "" if entry.source == framework.default_source else entry.source,
            "title": entry.title,
            "text": entry.text,
            "links": list(entry.links),
            "from": list(entry.linked_from),
            **more,
        }
    return found if framework.guide else plain_guide.placed_items(framework, found)


def importance_title(framework: Framework, skill: Skill) -> str:
    """Give the mark of a skill in words; nothing where a ladder marks none."""
    return "" if skill.importance == UNMARKED else framework.importance[skill.importance].title


def _skill(framework: Framework, skill: Skill) -> dict[str, Any]:
    return {
        "code": skill.code,
        "area": framework.areas[skill.area].title,
        "area_id": skill.area,
        "importance": importance_title(framework, skill),
        "uses": list(skill.uses),
        "includes": list(skill.includes),
        **_levels(framework, skill),
    }


def _criterion(framework: Framework, criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "question": criterion.question,
        **_levels(framework, criterion),
    }


def _levels(framework: Framework, of: Skill | Criterion) -> dict[str, Any]:
    return {
        "conditions": [
            {"when": c.when, "instead": c.instead, "levels": [level.value for level in c.levels]}
            for c in of.conditions
        ],
        "anchors": {
            str(level.value): [
                {"text": a.text, "not_this": a.not_this, "artefacts": list(a.artefacts)}
                for a in of.anchors.values()
                if a.level == level
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
        "switches": list(profile.asked),
        "bars": {
            name: {
                "level": target.level.value,
                "switch": target.switch,
                "on": None if target.level_when_on is None else target.level_when_on.value,
            }
            for name, target in profile.targets.items()
        },
    }


def variant_view(
    profile: Profile, answers: Mapping[str, bool | None] = FrozenDict()
) -> dict[str, Any]:
    """Give one profile in one context: its bars, its rules, and what the context changed."""
    yes = [name for name, answer in answers.items() if answer]
    return {
        "profile": profile.id,
        "overlays": list(profile.overlays),
        "switches": yes,
        "bars": {name: profile.target(name).value for name in profile.targets},
        "gate_count": profile.gate_count,
        "requirements": [
            _requirement(name, requirement) for name, requirement in profile.requirements.items()
        ],
        "changes": [
            *(change.model_dump(mode="json") for change in profile.changes),
            *(change for name in yes for change in _answered(profile, name)),
        ],
        "conflicts": list(profile.conflicts),
        "warnings": list(profile.warnings),
    }


def _answered(profile: Profile, switch: str) -> list[dict[str, Any]]:
    """Say what a yes to one question changes in the bars and breadth rules of a profile."""
    framework = profile.framework
    about = framework.switches[switch]
    found = [
        {
            "kind": "bar",
            "about": skill,
            "item": f"bar of {framework.skills[skill].title}",
            "before": str(target.level),
            "after": str(target.level_when_on),
        }
        for skill, target in profile.targets.items()
        if target.switch == switch and target.level_when_on not in {None, target.level}
    ]
    for requirement in profile.requirements.values():
        for rule in requirement.breadth:
            joined = [framework.skills[s].title for s, when in rule.when.items() if when == switch]
            if joined:
                found.append(
                    {
                        "kind": "breadth",
                        "about": rule.id,
                        "item": f"skills that count in {requirement.title}: "
                        f"{rule.at_least} at {rule.level}",
                        "before": "without them",
                        "after": f"also {' and '.join(joined)}",
                    }
                )
    why = f"Yes to: {about.question}"
    return [{**change, "overlays": [], "reason": why} for change in found]


def _requirement(name: str, requirement: Requirement) -> Mapping[str, Any]:
    return {
        "id": name,
        "title": requirement.title,
        "gates": [{"skill": t.skill, "level": t.level.value} for t in requirement.gates],
        "floors": [{"skill": t.skill, "level": t.level.value} for t in requirement.floors],
        "breadth": [
            {
                "at_least": b.at_least,
                "level": b.level.value,
                "of": list(b.of),
                "when": dict(b.when),
            }
            for b in requirement.breadth
        ],
        "bars": requirement.bars,
        "evidence": [rule.title for rule in requirement.evidence],
    }
