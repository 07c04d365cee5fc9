"""A role guide for a ladder that has none of its own: its roles, skills, criteria and variants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skillmatrix.framework import Framework

#: Kinds of entry that only this guide has.
KINDS = ({"id": "role", "one": "Role", "many": "Roles"},)

Section = dict[str, Any]


def role_entry(profile: str) -> str:
    """Give the id of a role in the guide; no skill and no criterion can have it."""
    return f"role:{profile}"


def variant_entry(overlay: str) -> str:
    """Give the id of a variant in the guide."""
    return f"variant:{overlay}"


def plain_sections(framework: Framework) -> list[Section]:
    """
    Give the sections of the guide of a ladder without one.

    Returns
    -------
    list of dict
        As those of a guide that is written: ``section``, ``title``, ``intro``, ``groups``.
        What a ladder does not have, such as criteria, has no section.
    """
    return [{"section": n, **section} for n, section in enumerate(_sections(framework), start=1)]


def _sections(framework: Framework) -> Iterator[Section]:
    yield {
        "title": "Roles",
        "intro": "The roles of this ladder, and the level each asks for, skill by skill.",
        "groups": [_group("roles", "Roles", "role", map(role_entry, framework.profiles))],
    }
    areas = [
        (area, [s.id for s in framework.skills.values() if s.area == area.id])
        for area in framework.areas.values()
    ]
    yield {
        "title": "Skills",
        "intro": "What each level of a skill looks like.",
        "groups": [
            _group(f"area-{area.id}", area.title, "skill", skills)
            for area, skills in areas
            if skills
        ],
    }
    if framework.criteria:
        yield {
            "title": "Criteria",
            "intro": "What a role asks for beside the levels of single skills.",
            "groups": [_group("criteria", "Criteria", "criterion", framework.criteria)],
        }
    if framework.overlays:
        yield {
            "title": "Variants",
            "intro": "How the role differs from place to place.",
            "groups": [
                _group(
                    f"variants-{group.id}",
                    group.title,
                    "variant",
                    (
                        variant_entry(o.id)
                        for o in framework.overlays.values()
                        if o.group == group.id
                    ),
                )
                for group in framework.overlay_groups.values()
                if any(o.group == group.id for o in framework.overlays.values())
            ],
        }


def _group(name: str, title: str, kind: str, items: Any) -> dict[str, Any]:
    return {"id": name, "title": title, "kind": kind, "items": list(items)}


def plain_items(framework: Framework) -> dict[str, dict[str, Any]]:
    """Give the entries of roles and variants, which a written guide has as items of its own."""
    placed = {
        name: (section["section"], group["id"])
        for section in plain_sections(framework)
        for group in section["groups"]
        for name in group["items"]
    }

    def entry(name: str, kind: str, source: str, title: str, text: str) -> dict[str, Any]:
        section, group = placed[name]
        own = "" if source == framework.default_source else source
        shared = {"kind": kind, "section": section, "group": group, "source": own}
        return {**shared, "title": title, "text": text, "links": [], "from": []}

    found = {}
    for profile in framework.profiles.values():
        name = role_entry(profile.id)
        made = entry(name, "role", profile.source, profile.title, profile.summary)
        found[name] = {**made, "profile": profile.id}
    for overlay in framework.overlays.values():
        name = variant_entry(overlay.id)
        made = entry(name, "variant", overlay.source, overlay.title, overlay.summary)
        found[name] = {**made, "overlays": [overlay.id]}
    return found


def placed_items(framework: Framework, items: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Put skills and criteria into their places, and roles and variants beside them."""
    found = {**items, **plain_items(framework)}
    for section in plain_sections(framework):
        for group in section["groups"]:
            for name in group["items"]:
                found[name] = {
                    **found[name],
                    "section": section["section"],
                    "group": group["id"],
                }
    return found
