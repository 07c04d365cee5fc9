"""Rules of profiles and overlays: each id means one rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from skillmatrix.framework.load import Documents
from skillmatrix.framework.located import Key, Located


class Written(NamedTuple):
    """A rule as it is written, and where."""

    document: Located
    where: Key
    content: Any


def check_rule_ids(documents: Documents) -> None:
    """
    Report every rule whose id another rule has, with both places.

    Notes
    -----
    Two overlays, or two whole profiles, may hold the same rule, written alike; two overlays
    that differ are reported as a clash. Nothing else repeats an id.
    """
    asked: dict[str, Written] = {}
    contents = [
        (d, d.data if isinstance(d.data, dict) else {}) for d in documents.profiles.values()
    ]
    for document, data in sorted(contents, key=lambda pair: "based_on" in pair[1]):
        here: dict[str, Written] = {}
        for rule in _of_profile(document, data):
            before = here.get(rule.content["id"]) or asked.get(rule.content["id"])
            alike = before is not None and before.document is not document
            if before and not (alike and _twin(before, rule, direction="based_on" in data)):
                _report(rule, before)
            here.setdefault(rule.content["id"], rule)
        asked = {**here, **asked}
    for document in documents.overlays.values():
        for rule in _of_overlay(document):
            if before := asked.get(rule.content["id"]):
                _report(rule, before)


def _twin(before: Written, rule: Written, *, direction: bool) -> bool:
    """Say whether two whole profiles ask for one rule in the same words."""
    return not direction and before.content == rule.content


def _report(rule: Written, before: Written) -> None:
    name = rule.content["id"]
    where = (*rule.where, "id")
    if before.document is rule.document:
        rule.document.twice(where, name, before.where)
        return
    place = f"{before.document.path.name} line {before.document.line(before.where)}"
    found = f"{name!r}, also in {place}"
    rule.document.problem(where, found, "an id of its own", "duplicate-id")


def _of_profile(document: Located, data: dict[str, Any]) -> Iterator[Written]:
    requirements = data.get("requirements")
    for index, entry in enumerate(requirements if isinstance(requirements, list) else ()):
        for kind in ("breadth", "evidence"):
            yield from _rules(document, ("requirements", index, kind), entry, kind)
    yield from _rules(document, ("advice",), data, "advice")


def _rules(document: Located, where: Key, entry: object, key: str) -> Iterator[Written]:
    many = entry.get(key) if isinstance(entry, dict) else None
    for index, rule in enumerate(many if isinstance(many, list) else ()):
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            yield Written(document, (*where, index), rule)


def _of_overlay(document: Located) -> Iterator[Written]:
    changes = document.data.get("changes") if isinstance(document.data, dict) else None
    for index, change in enumerate(changes if isinstance(changes, list) else ()):
        rule = change.get("rule") if isinstance(change, dict) else None
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            yield Written(document, ("changes", index, "rule"), rule)
