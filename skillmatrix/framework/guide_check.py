"""Rules of the role guide: every item once, every link leads somewhere, figures agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix.errors import suggest
from skillmatrix.framework.guide import (
    Career,
    Dimension,
    Group,
    Item,
    Kpi,
    KpiTarget,
    Scorecard,
    Section,
    Variant,
    shown,
)
from skillmatrix.framework.located import Key, Located

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

Sections = list[tuple[Located, Section]]

#: Kinds that say what the work is: one that stands alone says nothing about anybody's work.
LINKED_KINDS = frozenset(
    {"responsibility", "deliverable", "kpi", "tool", "milestone", "dimension", "anti-pattern"}
)
#: Comparators whose figure may be a range.
_RANGES = frozenset({"between", "increase", "decrease", "below", "above"})


def check_guide(framework: Framework, folder: Path, sections: Sections) -> None:
    """Record what is wrong in the documents of the guide."""
    if not sections:
        return
    names = _check_ids(framework, folder, sections)
    sources: dict[str, str] = {}
    numbers: dict[int, str] = {}
    for document, section in sections:
        numbered = _check_number(document, section, numbers)
        for where, group, item in _items(document, section):
            home = f"{section.section}.{group.id}" if numbered else None
            _check_source(document, where, home, item, sources)
            _check_links(framework, document, item, where, names)
            if isinstance(item, Kpi):
                _check_target(document, (*where, "target"), item.target)
    _check_orphans(sections)
    whole = {*names["skills"], *names["criteria"]} <= {*framework.skills, *framework.criteria}
    _check_places(framework, sections, whole=whole)


def _groups(document: Located, section: Section) -> Iterator[tuple[Key, dict[str, Any], Group]]:
    """Walk through all groups with their place in the file; of two with one id, the first."""
    left = dict(section.groups)
    for index, written in enumerate(document.data["groups"]):
        group = left.pop(str(written.get("id")), None) if isinstance(written, dict) else None
        if group is not None:
            yield ("groups", index), written, group


def _items(document: Located, section: Section) -> Iterator[tuple[Key, Group, Item]]:
    """Walk through all items with their place in the file; of two with one id, the first."""
    for where, written, group in _groups(document, section):
        left = dict(group.items)
        for number, entry in enumerate(written.get("items") or []):
            item = left.pop(str(entry.get("id")), None) if isinstance(entry, dict) else None
            if item is not None:
                yield (*where, "items", number), group, item


def _names(framework: Framework, folder: Path) -> dict[str, set[str]]:
    """By folder, what was made of its files, and what has a problem of its own."""
    folders: dict[str, Iterable[str]] = {
        "skills": framework.skills,
        "criteria": framework.criteria,
        "profiles": framework.profiles,
        "overlays": framework.overlays,
    }
    return {
        kind: {*made, *(path.stem for path in (folder / kind).glob("*.yaml"))}
        for kind, made in folders.items()
    }


def _check_ids(framework: Framework, folder: Path, sections: Sections) -> dict[str, set[str]]:
    names = _names(framework, folder)
    seen: dict[str, tuple[Located, Key]] = {}
    for document, section in sections:
        for where, _, item in _items(document, section):
            spot = (*where, "id")
            first, place = seen.setdefault(item.id, (document, where))
            if item.id in names["skills"] | names["criteria"]:
                found = f"{item.id!r}, also a skill or a criterion"
                document.problem(spot, found, "an id of its own", "duplicate-id")
            elif place != where or first is not document:
                found = f"{item.id!r}, also in {first.path.name} line {first.line(place)}"
                document.problem(spot, found, "an id of its own", "duplicate-id")
    return {**names, "items": set(seen)}


def _check_number(document: Located, section: Section, numbers: dict[int, str]) -> bool:
    """Check the number of a section; say whether it is that of its file."""
    written = document.path.name.partition("-")[0]
    fits = written.isdigit() and int(written) == section.section
    if not fits:
        expected = f"the number the file begins with, {written!r}"
        document.problem(("section",), f"{section.section}", expected, "section-number")
    elif section.section in numbers:
        found = f"{section.section}, also of {numbers[section.section]}"
        document.problem(("section",), found, "one file a section", "section-number")
    numbers[section.section] = document.path.name
    return fits


def _check_source(
    document: Located, where: Key, home: str | None, item: Item, sources: dict[str, str]
) -> None:
    spot = (*where, "source")
    if home and item.source != home and not item.source.startswith(f"{home}."):
        found, expected = f"{item.source!r} in group {home}", f"a source that begins with {home}"
        document.problem(spot, found, expected, "source-place")
    if item.source in sources:
        found = f"{item.source!r}, also of {sources[item.source]!r}"
        document.problem(spot, found, "each source once", "duplicate-source")
    sources[item.source] = item.id


def _check_links(
    framework: Framework, document: Located, item: Item, where: Key, names: dict[str, set[str]]
) -> None:
    def each(spot: Key, ids: Iterable[str], known: set[str], kind: str) -> None:
        for index, name in enumerate(ids):
            if name in known or ("item" in kind and document.unread.covers("item", name)):
                continue
            found, expected = f"{name!r}", f"the id of a known {kind}"
            remedy = suggest(name, known)
            document.problem((*spot, index), found, expected, "dangling-id", remedy)

    links = (*where, "links")
    for key, kind in (("skills", "skill"), ("criteria", "criterion"), ("items", "item")):
        each((*links, key), getattr(item.links, key), names[key], kind)
    if item.links.every() and not item.links_source:
        document.problem(links, "links without a source", "links_source", "links-source")
    if isinstance(item, Dimension):
        each((*where, "evidence_from"), item.evidence_from, names["items"], "item")
    if isinstance(item, Variant):
        each((*where, "overlays"), item.overlays, names["overlays"], "overlay")
    if isinstance(item, Career) and item.profile is not None:
        each((*where, "profile"), [item.profile], names["profiles"], "profile")
    if isinstance(item, Scorecard):
        every = names["skills"] | names["criteria"] | names["items"]
        for index, pointer in enumerate(item.points_to):
            each((*where, "points_to", index, "to"), pointer.to, every, "skill, criterion or item")


def _check_target(document: Located, where: Key, target: KpiTarget) -> None:
    """The figures of a target fit its comparator, and are those that its words name."""
    value, high = target.value, target.high
    wrong = None
    if (target.comparator == "none") != (value is None):
        wrong = "a figure, or the comparator none"
    elif value is None and high is not None:
        wrong = "no upper figure without a lower one"
    elif value is not None and target.unit is None:
        wrong = "a unit"
    elif high is not None and (value is None or high <= value):
        wrong = "an upper figure above the lower one"
    elif high is not None and target.comparator not in _RANGES:
        wrong = f"a comparator of a range: {', '.join(sorted(_RANGES))}"
    elif high is None and target.comparator == "between":
        wrong = "two figures"
    else:
        figures = {float(f) for f in re.findall(r"\d+(?:\.\d+)?", target.text)}
        words = {0.0} if re.search(r"\b(zero|no|none)\b", target.text.casefold()) else set()
        for figure in (value, high):
            if figure is not None and figure not in figures | words:
                wrong = f"words that name the figure {figure}"
    if wrong is not None:
        told = f"{target.comparator} {value} {high} {target.unit}: {target.text!r}"
        document.problem(where, told[:120], wrong, "kpi-target")


def _check_orphans(sections: Sections) -> None:
    """What says what the work is stands in some relation, once every link leads somewhere."""
    if any(problem.rule == "dangling-id" for file, _ in sections for problem in file.problems):
        return
    if sections[0][0].unread:
        return
    linked = {
        name
        for document, section in sections
        for _, _, item in _items(document, section)
        for name in (*item.links.every(), *item.extra_links())
        if name != item.id
    }
    for document, section in sections:
        for where, group, item in _items(document, section):
            alone = not item.links.every() and not item.extra_links() and item.id not in linked
            if group.kind in LINKED_KINDS and alone:
                found = f"{item.id!r} without a link from or to anything"
                document.problem(where, found, "at least one link", "orphan-item")


def _check_places(framework: Framework, sections: Sections, *, whole: bool) -> None:
    """Every skill and every criterion, where all could be made, is shown in one place."""
    placed: dict[str, Key] = {}
    for document, section in sections:
        for where, _, group in _groups(document, section):
            if group.kind not in {"skill", "criterion"}:
                continue
            if group.items:
                found = f"{len(group.items)} items in a group of kind {group.kind}"
                expected = "no items: they come from their own files"
                document.problem(where, found, expected, "guide-place")
            names = shown(framework, group)
            again = [name for name in names if name in placed]
            if again or (whole and not names):
                found = f"{again[0]!r} once more" if again else "nothing to show"
                expected = "the place of skills of an area, or of the criteria, once"
                document.problem(where, found, expected, "guide-place")
            placed |= dict.fromkeys(names, where)
    first = sections[0][0]
    # A skill of an area that does not exist is reported where it says so.
    skills = [name for name, skill in framework.skills.items() if skill.area in framework.areas]
    lost = [name for name in (*skills, *framework.criteria) if name not in placed]
    if lost and not first.unread:
        found = f"no group that shows {', '.join(repr(name) for name in lost[:5])}"
        first.problem((), found, "a place in the guide for each", "guide-place")
