"""Rules of writing for anchors: what a rater has to be able to see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from skillmatrix.framework.load import Documents
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.model import Anchor, Criterion, Framework, Skill


class Wording:
    """The words a framework allows and refuses in its anchors, from ``wording.yaml``."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.verbs = frozenset(data.get("verbs") or ())
        self.words = (int(data.get("words_min", 1)), int(data.get("words_max", 1000)))
        self.count = (int(data.get("anchors_min", 1)), int(data.get("anchors_max", 1000)))
        self.near_miss_levels = frozenset(data.get("near_miss_levels") or ())
        self.refused = tuple(
            (rule, pattern)
            for rule, key, flags in (
                ("degree-word", "degree_words", re.IGNORECASE),
                ("personal-word", "personal_words", re.IGNORECASE),
                ("brand", "brands", 0),
            )
            if (pattern := _any_word(data.get(key) or (), flags)) is not None
        )
        joined = "|".join(re.escape(v) for v in sorted(self.verbs, key=len, reverse=True))
        self.second_verb = (
            re.compile(rf"\b(?:and|or|then)\s+(?:then\s+|also\s+)?(?:{joined})\b", re.IGNORECASE)
            if joined
            else None
        )


def _any_word(words: Iterable[str], flags: int) -> re.Pattern[str] | None:
    joined = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\b(?:{joined})\b", flags) if joined else None


def check_anchors(framework: Framework, documents: Documents) -> None:
    """Check all anchors of a framework; breaches are recorded in their files."""
    data = documents.wording.data if documents.wording else None
    wording = Wording(data if isinstance(data, dict) else {})
    seen: dict[str, str] = {}
    groups: list[tuple[Skill | Criterion, Located]] = [
        *((s, documents.skills[n]) for n, s in framework.skills.items()),
        *((c, documents.criteria[n]) for n, c in framework.criteria.items()),
    ]
    for group, document in groups:
        _check_group(framework, group, document, wording)
        for where, anchor in _placed(group):
            same = _normal(anchor.text)
            if same in seen:
                expected = "a text of its own"
                document.problem(where, f"the text of {seen[same]!r}", expected, "duplicate-text")
            seen[same] = anchor.id


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _placed(group: Skill | Criterion) -> Iterable[tuple[Key, Anchor]]:
    counts: dict[int, int] = {}
    for anchor in group.anchors.values():
        index = counts.get(anchor.level.value, 0)
        counts[anchor.level.value] = index + 1
        yield ("levels", anchor.level.value, index), anchor


def _check_group(
    framework: Framework, group: Skill | Criterion, document: Located, wording: Wording
) -> None:
    lowest = framework.levels[0]
    for definition in framework.scale:
        level = definition.level
        here = [a for a in group.anchors.values() if a.level == level]
        low, high = (1, 1) if level == lowest else wording.count
        if not low <= len(here) <= high:
            expected = f"{low}" if low == high else f"{low} to {high}"
            where: Key = ("levels", level.value)
            document.problem(where, f"{len(here)} anchors", f"{expected} anchors", "anchor-count")
        if level.value in wording.near_miss_levels and not any(a.not_this for a in here):
            expected = "not_this at one anchor at least"
            document.problem(("levels", level.value), "no near miss", expected, "near-miss")
    facets = {d.level: d.facets for d in framework.scale}
    for where, anchor in _placed(group):
        if anchor.level not in facets:
            document.problem(where, f"level {anchor.level}", "a level of the scale", "dangling-id")
            continue
        if anchor.facets != facets[anchor.level]:
            found = f"{list(anchor.facets)}"
            expected = f"{list(facets[anchor.level])}, the facets of level {anchor.level}"
            document.problem((*where, "facets"), found, expected, "anchor-facets")
        if not anchor.id.startswith(f"{group.id}-{anchor.level}-"):
            expected = f"{group.id}-{anchor.level}- and a letter"
            document.problem((*where, "id"), f"{anchor.id!r}", expected, "anchor-id")
        if anchor.level != lowest:
            _check_text(document, where, anchor, wording)


def _check_text(document: Located, where: Key, anchor: Anchor, wording: Wording) -> None:
    text, spot = anchor.text, (*where, "text")
    low, high = wording.words
    count = len(text.split())
    if not low <= count <= high:
        document.problem(spot, f"{count} words", f"{low} to {high} words", "anchor-length")
    if wording.verbs and anchor.verb not in wording.verbs:
        expected = "a verb of observable action listed in wording.yaml"
        document.problem((*where, "verb"), f"{anchor.verb!r}", expected, "anchor-verb")
    if not text.casefold().startswith(anchor.verb.casefold() + " "):
        found = f"a text that starts with {' '.join(text.split()[:2])!r}"
        document.problem(spot, found, f"its verb {anchor.verb!r} first", "anchor-first-word")
    if wording.second_verb and (second := wording.second_verb.search(text)):
        expected = "one behaviour, one main verb"
        document.problem(
            spot, f"{second.group()!r}", expected, "anchor-one-verb", "split it in two"
        )
    for rule, pattern in wording.refused:
        if match := pattern.search(text):
            remedy = "name what can be seen instead"
            document.problem(spot, f"{match.group()!r}", "no such word", rule, remedy)
    if not anchor.artefacts:
        expected = "at least one artefact by which it can be seen"
        document.problem((*where, "artefacts"), "nothing", expected, "anchor-artefact")
