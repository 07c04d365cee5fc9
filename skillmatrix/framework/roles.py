"""Make profiles and overlays of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skillmatrix.errors import suggest
from skillmatrix.framework.build import build
from skillmatrix.framework.changes import KINDS, Change, Overlay
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.parts import Target
from skillmatrix.framework.profile import Profile

if TYPE_CHECKING:
    from skillmatrix.framework.load import Documents


#: Fields of a profile that are found, never written.
_FOUND = ("adjustments", "importance", "overlays", "conflicts", "warnings", "framework")


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
        if isinstance(entry, dict) and kind not in KINDS:
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
    for index, row in enumerate(documents.targets.data):
        values: dict[str, Any] = {k: v for k, v in row.items() if v != "" and k != "profile"}
        for column in ("level", "level_when_on"):
            if column in values and values[column].lstrip("-").isdigit():
                values[column] = int(values[column])
            elif column in values:
                documents.targets.problem(
                    (index, column), f"{values[column]!r}", "a level", "shape"
                )
                values = {}
        if not values or build(Target, documents.targets, (index,), values) is None:
            continue
        if row["profile"] not in documents.profiles:
            remedy = suggest(row["profile"], documents.profiles)
            documents.targets.problem(
                (index, "profile"), f"{row['profile']!r}", "a profile", "dangling-id", remedy
            )
        known = targets.setdefault(row["profile"], {})
        if row["skill"] in known:
            found = f"a second row for {row['profile']!r} and {row['skill']!r}"
            documents.targets.problem((index,), found, "one row each", "duplicate-id")
        known[row["skill"]] = values
    return targets


def profiles(documents: Documents) -> dict[str, Profile]:
    """Make all profiles as they are written; a direction holds only what it changes."""
    targets = _targets(documents)
    found_profiles: dict[str, Profile] = {}
    for name, document in documents.profiles.items():
        if not isinstance(document.data, dict):
            continue
        data = dict(document.data)
        for key in _FOUND:
            if data.pop(key, None) is not None:
                document.problem((key,), f"the key {key!r}", "a key of this part", "unknown-key")
        if "based_on" in data:
            data.setdefault("requirements", [])
        if "changes" in data:
            data["adjustments"] = changes(document, data)
        requirements = data.get("requirements")
        if isinstance(requirements, list):
            data["requirements"] = {r.get("id"): r for r in requirements if isinstance(r, dict)}
        profile = build(Profile, document, (), {**data, "targets": targets.get(name, {})})
        if profile is not None:
            found_profiles[name] = profile
    return found_profiles
