"""Rules of writing for anchors: what a rater has to be able to see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from skillmatrix.framework.load import Documents
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import levels_of
from skillmatrix.framework.model import Anchor, Criterion, Framework, Skill
from skillmatrix.framework.retranslated import RetranslationRule, check_retranslated
from skillmatrix.framework.wording import WordingFile, read_wording


class Wording:
    """The words a framework allows and refuses in its anchors, from ``wording.yaml``."""

    def __init__(self, file: WordingFile) -> None:
        self.verbs = frozenset(file.verbs)
        self.words = (file.words_min, file.words_max)
        self.count = (file.anchors_min, file.anchors_max)
        self.near_miss_levels = frozenset(file.near_miss_levels)
        self.retranslation = file.retranslation
        self.refused = tuple(
            (rule, pattern)
            for rule, words, flags in (
                ("degree-word", file.degree_words, re.IGNORECASE),
                ("personal-word", file.personal_words, re.IGNORECASE),
                ("brand", file.brands, 0),
            )
            if (pattern := _any_word(words, flags)) is not None
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
    """
    Check all anchors of a framework; breaches are recorded in their files.

    Notes
    -----
    The rules of writing belong to ``wording.yaml``: a ladder without that file has none.
    """
    wording = None
    if documents.wording is not None:
        file = read_wording(documents.wording)
        wording = Wording(file)
        for index, level in enumerate(file.near_miss_levels):
            if level not in framework.levels:
                place: Key = ("near_miss_levels", index)
                expected = levels_of(framework)
                documents.wording.problem(place, f"level {level}", expected, "dangling-id")
    seen: dict[str, str] = {}
    groups: list[tuple[Skill | Criterion, Located]] = [
        *((s, documents.skills[n]) for n, s in framework.skills.items()),
        *((c, documents.criteria[n]) for n, c in framework.criteria.items()),
    ]
    for group, document in groups:
        _check_group(framework, group, document, wording)
        _check_described(framework, group, document, wording)
        for where, anchor in placed(group, document) if wording else ():
            same = _normal(anchor.text)
            if same in seen:
                expected = "a text of its own"
                document.problem(where, f"the text of {seen[same]!r}", expected, "duplicate-text")
            seen[same] = anchor.id


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def placed(group: Skill | Criterion, document: Located) -> Iterable[tuple[Key, Anchor]]:
    """Walk through the anchors, each with its place in the file, where an id may be left out."""
    for level, entries in _written(document).items():
        here = [anchor for anchor in group.anchors.values() if anchor.level == level]
        named = {anchor.id: anchor for anchor in here}
        unnamed = iter(a for a in here if a.id not in {_id_in(entry) for entry in entries})
        for index, entry in enumerate(entries):
            name = _id_in(entry)
            anchor = next(unnamed, None) if name is None else named.pop(name, None)
            if anchor is not None:
                yield ("levels", level, index), anchor


def _id_in(entry: object) -> str | None:
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else None


def _written(document: Located) -> dict[Any, list[Any]]:
    """Give what is written for each level, as a list."""
    levels = document.data.get("levels")
    pairs = levels.items() if isinstance(levels, dict) else ()
    return {level: many if isinstance(many, list) else [many] for level, many in pairs}


def _check_counts(
    framework: Framework, group: Skill | Criterion, document: Located, wording: Wording
) -> None:
    written = _written(document)
    for level in framework.levels if written else ():
        here = [a for a in group.anchors.values() if a.level == level]
        if len(written.get(level.value, ())) != len(here):
            continue  # one could not be made, which is said where it stands
        low, high = (1, 1) if level == framework.levels[0] else wording.count
        if not low <= len(here) <= high:
            expected = f"{low}" if low == high else f"{low} to {high}"
            where: Key = ("levels", level.value)
            document.problem(where, f"{len(here)} anchors", f"{expected} anchors", "anchor-count")
        if level.value in wording.near_miss_levels and not any(a.not_this for a in here):
            expected = "not_this at one anchor at least"
            document.problem(("levels", level.value), "no near miss", expected, "near-miss")


def _check_described(
    framework: Framework, group: Skill | Criterion, document: Located, wording: Wording | None
) -> None:
    """A level is described, or the file says that it is not; the lowest may be left out."""
    waived = {waiver.rule for waiver in framework.waives}
    written = document.data.get("levels")
    if (wording is not None and "anchor-count" not in waived) or not isinstance(written, dict):
        return
    for level in framework.levels[1:]:
        if level.value not in written:
            expected = f"text, or {level}: [] where the ladder describes nothing"
            document.problem(("levels",), f"no level {level}", expected, "level-described")


def _check_group(
    framework: Framework, group: Skill | Criterion, document: Located, wording: Wording | None
) -> None:
    if wording is not None:
        _check_counts(framework, group, document, wording)
    lowest = framework.levels[0]
    facets = {d.level: d.facets for d in framework.scale}
    sorting = wording.retranslation if wording is not None else RetranslationRule()
    for where, anchor in placed(group, document):
        check_retranslated(document, where, anchor, sorting)
        if anchor.level not in facets:
            document.problem(where, f"level {anchor.level}", "a level of the scale", "dangling-id")
            continue
        if anchor.facets is not None and anchor.facets != facets[anchor.level]:
            found = f"{list(anchor.facets)}"
            those = list(facets[anchor.level] or ())
            expected = f"{those}, the facets of level {anchor.level}"
            document.problem((*where, "facets"), found, expected, "anchor-facets")
        if not anchor.id.startswith(f"{document.path.stem}-{anchor.level}-"):
            expected = f"{document.path.stem}-{anchor.level}- and a letter"
            document.problem((*where, "id"), f"{anchor.id!r}", expected, "anchor-id")
        if wording is not None and anchor.level != lowest:
            _check_text(document, where, anchor, wording)


def _check_text(document: Located, where: Key, anchor: Anchor, wording: Wording) -> None:
    text, spot = anchor.text, (*where, "text")
    check_length(document, spot, text, wording.words)
    if wording.verbs and anchor.verb not in wording.verbs:
        expected = "a verb of observable action listed in wording.yaml"
        found = f"{anchor.verb!r}" if anchor.verb else "nothing"
        document.problem((*where, "verb"), found, expected, "anchor-verb")
    if not anchor.verb:
        remedy = "name it: verb: and the first word"
        document.problem(spot, "no verb", "its first word as verb", "anchor-first-word", remedy)
    elif not text.casefold().startswith(anchor.verb.casefold() + " "):
        found = f"a text that starts with {' '.join(text.split()[:2])!r}"
        document.problem(spot, found, f"its verb {anchor.verb!r} first", "anchor-first-word")
    check_words(document, spot, text, wording)
    if not anchor.artefacts:
        expected = "at least one artefact by which it can be seen"
        document.problem((*where, "artefacts"), "nothing", expected, "anchor-artefact")


def check_length(document: Located, spot: Key, text: str, words: tuple[int, int]) -> None:
    """A text is neither shorter nor longer than so many words."""
    (low, high), count = words, len(text.split())
    if not low <= count <= high:
        document.problem(spot, f"{count} words", f"{low} to {high} words", "anchor-length")


def check_words(document: Located, spot: Key, text: str, wording: Wording) -> None:
    """A text tells one behaviour, and holds no word that the framework refuses."""
    if wording.second_verb and (second := wording.second_verb.search(text)):
        expected = "one behaviour, one main verb"
        document.problem(
            spot, f"{second.group()!r}", expected, "anchor-one-verb", "split it in two"
        )
    for rule, pattern in wording.refused:
        if match := pattern.search(text):
            remedy = "name what can be seen instead"
            document.problem(spot, f"{match.group()!r}", "no such word", rule, remedy)
