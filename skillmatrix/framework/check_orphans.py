"""What is written and used by nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from skillmatrix.framework.changes import AcceptAlso, Change, MakeImportant, Only
from skillmatrix.framework.guide import Guide, Variant
from skillmatrix.framework.load import Documents
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.model import Framework


class Unused(NamedTuple):
    """Where the ids of one kind stand, which of them are used, and by what they would be."""

    document: Located | None
    key: str
    known: Iterable[str]
    used: set[str]
    user: str


def check_orphans(framework: Framework, documents: Documents) -> None:
    """
    Report a question without effect as a problem, and what may wait for its use as a note.

    Notes
    -----
    A switch is a question to a person, so one that changes nothing is wrong. Areas, marks,
    groups of overlays and kinds of evidence may stand ready; nobody is misled by them. Words
    of ``wording.yaml`` and functions of people are there to be chosen from. While a reference
    leads nowhere nothing is said, as it may be the one that is missing here.
    """
    rules = {problem.rule for problem in documents.problems()}
    if documents.unread or rules & {"dangling-id", "orphan-file", "change-kind"}:
        return
    switches = Unused(
        documents.switches,
        "switches",
        framework.switches,
        _switches(framework),
        "a skill, a bar or a breadth rule that depends on it",
    )
    for document, where, name in _unused(switches):
        found, remedy = f"{name!r}, which changes nothing", "use it, or delete the question"
        document.problem(where, found, switches.user, "orphan-switch", remedy)
    for each in _may_wait(framework, documents):
        for document, where, name in _unused(each):
            document.note(where, f"{name!r}, which nothing uses", each.user, "unused")


def _unused(each: Unused) -> Iterable[tuple[Located, Key, str]]:
    for name in each.known if each.document is not None else ():
        if each.document is not None and name not in each.used:
            yield each.document, (each.key, name), name


def _may_wait(framework: Framework, documents: Documents) -> list[Unused]:
    main = documents.main
    changes = [change for overlay in framework.overlays.values() for change in overlay.changes]
    changes += [change for profile in framework.profiles.values() for change in profile.adjustments]
    areas = {skill.area for skill in framework.skills.values()}
    marks = {skill.importance for skill in framework.skills.values()}
    marks |= {change.importance for change in changes if isinstance(change, MakeImportant)}
    groups = {overlay.group for overlay in framework.overlays.values()}
    types = _types(framework, changes)
    found = [
        Unused(main, "areas", framework.areas, areas, "a skill of this area"),
        Unused(main, "importance", framework.importance, marks, "a skill with this mark"),
        Unused(main, "overlay_groups", framework.overlay_groups, groups, "an overlay of it"),
    ]
    kinds = "a rule that asks for this kind of evidence"
    if framework.evidence_rules:
        found.append(Unused(documents.evidence, "types", framework.evidence_types, types, kinds))
    return found


def _types(framework: Framework, changes: Iterable[Change]) -> set[str]:
    asks = [ask for rule in framework.evidence_rules.values() for ask in rule.any_of]
    asks += [change.ask for change in changes if isinstance(change, (AcceptAlso, Only))]
    replacing = [p.not_applicable.values() for p in framework.profiles.values()]
    for rule in (out.replaced_by for many in replacing for out in many):
        asks += rule.any_of if rule else ()
    return {ask.type for ask in asks}


def _switches(framework: Framework) -> set[str]:
    used = {skill.switch for skill in framework.skills.values() if skill.switch}
    for profile in framework.profiles.values():
        used |= {target.switch for target in profile.targets.values() if target.switch}
        used |= {switch for rule in profile.advice for switch in rule.when.values()}
        for requirement in profile.requirements.values():
            used |= {switch for rule in requirement.breadth for switch in rule.when.values()}
    return used


def check_variants(framework: Framework, guide: Guide, documents: Documents) -> None:
    """
    Note each overlay that a guide with variants of the role does not tell of.

    Notes
    -----
    A variant tells of an overlay by naming it; any other item, by being its source.
    """
    items = [item for section in guide.sections.values() for item in section.items.values()]
    variants = [item for item in items if isinstance(item, Variant)]
    told = {name for variant in variants for name in variant.overlays}
    placed = [e for e in guide.entries.values() if e.source.startswith(f"{e.section}.")]
    sources = {entry.source for entry in placed}
    for name, overlay in framework.overlays.items() if variants else ():
        named = {part.strip() for part in overlay.source.split(";")}
        if name not in told and not named & sources:
            expected = "a variant of the role guide that names it under overlays"
            found = f"{name!r}, of which the guide says nothing"
            documents.overlays[name].note((), found, expected, "unused")
