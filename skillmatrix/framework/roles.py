"""Make profiles and overlays of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skillmatrix.errors import suggest
from skillmatrix.framework.build import build
from skillmatrix.framework.changes import KINDS, Change, Overlay
from skillmatrix.framework.listed import entries_by_id, refuse
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import exists
from skillmatrix.framework.parts import Target
from skillmatrix.framework.profile import Profile

if TYPE_CHECKING:
    from skillmatrix.framework.load import Documents


#: What a profile asks that is written without requirements.
EVERY_BAR = {"id": "every-bar", "title": "Every bar of this role", "bars": True}

#: Fields of a profile that are found, never written.
FOUND = (
    "adjustments",
    "importance",
    "overlays",
    "conflicts",
    "warnings",
    "framework",
    "targets",
    "switches",
)


def changes(document: Located, data: dict[str, Any]) -> tuple[Change, ...]:
    """Take the list ``changes`` out of the content of a file, and make it."""
    entries = data.pop("changes", None)
    if not isinstance(entries, list):
        document.problem(("changes",), f"{entries!r}"[:60], "a list of changes", "shape")
        return ()
    found: list[Change] = []
    for index, entry in enumerate(entries):
        where: Key = ("changes", index)
        kind = entry.get("do") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and (not isinstance(kind, str) or kind not in KINDS):
            expected, remedy = "a kind of change", suggest(kind, KINDS)
            document.problem((*where, "do"), f"{kind!r}", expected, "change-kind", remedy)
            continue
        made = build(KINDS.get(str(kind), Change), document, where, entry)
        if made is not None:
            found.append(made)
    return tuple(found)


def overlays(documents: Documents) -> dict[str, Overlay]:
    """Make all overlays; what cannot be made is recorded in its file."""
    found: dict[str, Overlay] = {}
    for name, document in documents.overlays.items():
        if isinstance(document.data, dict):
            data = dict(document.data)
            made = build(Overlay, document, (), {**data, "changes": changes(document, data)})
            if made is not None:
                found[name] = made
    return found


def _targets(documents: Documents) -> dict[str, dict[str, Any]]:
    targets: dict[str, dict[str, Any]] = {}
    places: dict[tuple[str, str], int] = {}
    for index, row in enumerate(documents.targets.data):
        values: dict[str, Any] = {k: v for k, v in row.items() if v != "" and k != "profile"}
        for column in ("level", "level_when_on"):
            if column in values and values[column].lstrip("-").isdigit():
                values[column] = int(values[column])
            elif column in values:
                place, remedy = (index, column), _number(documents, values[column])
                documents.targets.problem(place, f"{values[column]!r}", "a level", "shape", remedy)
                values = {}
        if not values or build(Target, documents.targets, (index,), values) is None:
            continue
        file = documents.targets
        exists(file, (index, "profile"), row["profile"], documents.profiles, "profile")
        pair = (row["profile"], row["skill"])
        if pair in places:
            first = file.line((places[pair],))
            found = f"a second row for {pair[0]!r} and {pair[1]!r}, first on line {first}"
            file.problem((index,), found, "one row each", "duplicate-id")
            continue
        places[pair] = index
        targets.setdefault(row["profile"], {})[row["skill"]] = values
    return targets


def _number(documents: Documents, name: str) -> str:
    """Say that a level is a number, and which one a name of the scale has."""
    scale = documents.main.data.get("scale")
    for step in scale if isinstance(scale, list) else ():
        if isinstance(step, dict) and str(step.get("name")).casefold() == name.casefold():
            return f"write its number; {name} is {step.get('level')}"
    return "write its number"


def rule_ids(requirements: object) -> set[str]:
    """Collect the ids of rules in requirements as they are written."""
    found: set[str] = set()
    for entry in requirements.values() if isinstance(requirements, dict) else ():
        for key in ("breadth", "evidence"):
            rules = entry.get(key)
            found |= {
                str(rule.get("id"))
                for rule in (rules if isinstance(rules, list) else ())
                if isinstance(rule, dict)
            }
    return found


def profiles(documents: Documents) -> dict[str, Profile]:
    """Make all profiles as they are written; a direction holds only what it changes."""
    targets = _targets(documents)
    found_profiles: dict[str, Profile] = {}
    for name, document in documents.profiles.items():
        if not isinstance(document.data, dict):
            document.unread.kinds |= {"requirement", "rule"}
            continue
        data = dict(document.data)
        refuse(document, data, FOUND)
        data.setdefault("requirements", [] if "based_on" in data else [EVERY_BAR])
        if "changes" in data:
            data["adjustments"] = changes(document, data)
        where: Key = ("requirements",)
        before = len(document.problems)
        asked = entries_by_id(document, where, data["requirements"], "requirement")
        lost = any(problem.rule == "shape" for problem in document.problems[before:])
        data["requirements"] = asked
        profile = build(Profile, document, (), {**data, "targets": targets.get(name, {})})
        if profile is not None and not lost:
            found_profiles[name] = profile
            continue
        document.unread.add("requirement", asked)
        document.unread.add("rule", rule_ids(asked))
        if lost:
            document.unread.kinds.add("rule")
    return found_profiles
