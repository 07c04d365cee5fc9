"""Every rule a framework folder has to keep, with file and line for each breach."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from skillmatrix.errors import Problem
from skillmatrix.framework.anchors import check_anchors
from skillmatrix.framework.check_interview import check_interview_guide
from skillmatrix.framework.check_migrations import check_migrated_items, check_migrations
from skillmatrix.framework.check_orphans import check_orphans, check_variants
from skillmatrix.framework.check_overlays import check_changes, check_overlays
from skillmatrix.framework.check_prerequisites import check_prerequisites
from skillmatrix.framework.check_profiles import check_base, check_profile
from skillmatrix.framework.check_rule_ids import check_rule_ids
from skillmatrix.framework.directions import with_directions
from skillmatrix.framework.guide import read_guide
from skillmatrix.framework.hints import hint_bars, hint_breaks
from skillmatrix.framework.interview import read_interview
from skillmatrix.framework.ladders import check_place
from skillmatrix.framework.level import Level
from skillmatrix.framework.load import (
    Documents,
    assemble,
    find_framework,
    in_order,
    read_documents,
)
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import exists, levels_of
from skillmatrix.framework.model import Criterion, Framework, Skill
from skillmatrix.framework.practice_profiles import read_practice_profiles
from skillmatrix.framework.record import check_record_items
from skillmatrix.framework.waivers import waive


def check_framework(name: str | os.PathLike[str] = "ml-specialist") -> list[Problem]:
    """
    Find everything that is wrong with a framework folder.

    Parameters
    ----------
    name : str or path-like
        An id of a shipped framework, or a folder.

    Returns
    -------
    list of Problem
        Empty when all rules hold. In the order of files and lines.

    Raises
    ------
    UsageError
        If there is no such folder.

    Examples
    --------
    >>> check_framework("ml-specialist")
    []
    """
    return check_folder(find_framework(Path(name))).problems


class Examined(NamedTuple):
    """A framework, if one can be made, with what is wrong and what is worth a look."""

    framework: Framework | None
    problems: list[Problem]
    notes: list[Problem]


def check_folder(folder: Path) -> Examined:
    """Apply all rules to a folder, those too of what loading leaves for later."""
    documents = read_documents(folder)
    framework, problems = check_documents(documents)
    if framework is not None:
        guide, told = read_guide(framework, folder)
        if not told:
            told = check_record_items(framework, guide, documents.record)
            told += check_migrated_items(framework, guide, documents.migrations)
        _, practised = read_practice_profiles(framework, folder)
        interview, rubric = read_interview(framework, folder)
        if not told:
            check_interview_guide(interview, guide, rubric)
        panel = rubric.problems if rubric is not None else []
        problems = in_order([*problems, *told, *practised, *panel])
        if not problems:
            check_variants(framework, guide, documents)
            hint_bars(framework, documents.targets)
            hint_breaks(framework.skills, documents.skills)
            hint_breaks(framework.criteria, documents.criteria)
    whole = not documents.unread.covers("framework", folder.name)
    return Examined(framework if whole else None, problems, documents.notes())


def check_documents(documents: Documents) -> tuple[Framework | None, list[Problem]]:
    """Apply all rules to the files of a folder; give the framework, if one can be made."""
    framework = assemble(documents)
    check_place(documents.folder, documents.main)
    if framework is not None:
        _check_scale(framework, documents.main)
        _check_levels(framework, documents.main)
        _check_practice(framework, documents.practice)
        check_prerequisites(framework, documents.prerequisites)
        _check_ids(framework, documents)
        check_anchors(framework, documents)
        waive(framework, documents)
        sound = _sound_directions(framework, documents)
        framework = with_directions(framework, sound)
        for name, profile in framework.profiles.items():
            if profile.based_on is None or name in sound:
                check_profile(framework, profile, documents.profiles[name], documents.targets)
        check_overlays(framework, documents.overlays)
        check_rule_ids(documents)
        check_orphans(framework, documents)
        check_migrations(framework, documents.migrations)
    return framework, documents.problems()


def _sound_directions(framework: Framework, documents: Documents) -> set[str]:
    """Check what directions change in their base; give those that can be made whole."""
    sound = set()
    marks = [p for d in documents.skills.values() for p in d.problems if p.rule == "dangling-id"]
    whole = not documents.unread and not marks
    for name, profile in framework.profiles.items():
        document = documents.profiles[name]
        check_base(framework, profile, document)
        check_changes(framework, document, profile.adjustments, direction=profile)
        if profile.based_on and not document.problems and whole:
            sound.add(name)
    return sound


def _check_scale(framework: Framework, main: Located) -> None:
    """Levels rise, and with each level no facet falls and at least one rises."""
    for index in range(1, len(framework.scale)):
        lower, upper = framework.scale[index - 1], framework.scale[index]
        where: Key = ("scale", index)
        if not upper.level > lower.level:
            main.problem(where, f"level {upper.level}", f"above {lower.level}", "scale-order")
        if lower.facets is None or upper.facets is None:
            continue
        pairs = list(zip(lower.facets, upper.facets, strict=True))
        if any(b < a for a, b in pairs) or all(b == a for a, b in pairs):
            main.problem(
                (*where, "facets"),
                f"{list(upper.facets)} after {list(lower.facets)}",
                "no facet lower than one level below, and at least one higher",
                "facets-rise",
            )
    for index, step in enumerate(framework.scale):
        if step.facets is None and any(other.facets for other in framework.scale):
            expected = "facets at every level, or at none"
            main.problem(("scale", index), "a level without facets", expected, "facets-whole")
    names = [d.name.casefold() for d in framework.scale]
    for index, name in enumerate(names):
        if name in names[:index]:
            main.problem(("scale", index, "name"), f"{name!r} twice", "one name each", "unique")


def _check_levels(framework: Framework, main: Located) -> None:
    """What is said level by level is said of each level that there is, and of no other."""
    for level in framework.levels:
        if level not in framework.support:
            main.problem(("support",), f"nothing for level {level}", "an entry", "support")
    for level, support in framework.support.items():
        if support.level not in framework.levels:
            where: Key = ("support", level.value)
            main.problem(where, f"level {support.level}", levels_of(framework), "dangling-id")
    _check_effort(framework, main)
    _check_half_life(framework, main)
    if not framework.ageing[0] < framework.ageing[1]:
        main.problem(("ageing",), f"{list(framework.ageing)}", "two rising months", "ageing")
    questions = [q.no_means for q in framework.decision_path]
    if questions and questions != list(framework.levels[:-1]):
        main.problem(
            ("decision_path",),
            f"answers that mean {[q.value for q in questions]}",
            f"one question for each level but the highest: {levels_of(framework)}",
            "decision-path",
        )


def _check_effort(framework: Framework, main: Located) -> None:
    """Each step is told once, for a level of the scale, and its weeks do not fall."""
    seen: dict[Level, Key] = {}
    for index, step in enumerate(framework.effort):
        where: Key = ("effort", index)
        if step.level not in framework.levels:
            main.problem(where, f"level {step.level}", levels_of(framework), "dangling-id")
        if step.level in seen:
            main.twice(where, step.level.value, seen[step.level])
        seen.setdefault(step.level, where)
        if not step.optimistic <= step.likely <= step.pessimistic:
            found = f"{step.optimistic:g}, {step.likely:g}, {step.pessimistic:g} weeks"
            main.problem(where, found, "optimistic, likely, pessimistic, none below", "effort")


def _check_half_life(framework: Framework, main: Located) -> None:
    """Each entry is about one area or one skill, which is there, and each has one entry."""
    seen: dict[tuple[str, str], Key] = {}
    for index, entry in enumerate(framework.half_life):
        where: Key = ("half_life", index)
        named = [("area", entry.area), ("skill", entry.skill)]
        given = [(kind, name) for kind, name in named if name is not None]
        if len(given) != 1:
            found = "area and skill" if given else "neither area nor skill"
            main.problem(where, found, "one of them", "half-life")
        for kind, name in given:
            known = framework.areas if kind == "area" else framework.skills
            exists(main, (*where, kind), name, known, kind)
            if (kind, name) in seen:
                main.twice(where, name, seen[kind, name])
            seen.setdefault((kind, name), where)


def _check_practice(framework: Framework, document: Located | None) -> None:
    """The answer of the practice case is a level of the scale."""
    practice = framework.practice
    if document is not None and practice is not None and practice.level not in framework.levels:
        expected = levels_of(framework)
        document.problem(("level",), f"level {practice.level}", expected, "dangling-id")


def _check_ids(framework: Framework, documents: Documents) -> None:
    """Nothing points at something that does not exist."""
    for name, skill in framework.skills.items():
        document = documents.skills[name]
        exists(document, ("area",), skill.area, framework.areas, "area")
        exists(
            document, ("importance",), skill.importance, framework.importance, "mark of importance"
        )
        mark = framework.importance.get(skill.importance)
        if skill.switch is not None:
            exists(document, ("switch",), skill.switch, framework.switches, "switch")
        if mark and mark.needs_switch != (skill.switch is not None):
            expected = "a switch" if mark.needs_switch else "no switch"
            document.problem(
                ("switch",), f"{skill.switch!r}", f"{expected} for {mark.id!r}", "importance-switch"
            )
    where: Key
    if documents.evidence is not None:
        for name, kind in framework.evidence_types.items():
            for place, criterion in enumerate(kind.criteria):
                where = ("types", name, "criteria", place)
                exists(documents.evidence, where, criterion, framework.criteria, "criterion")
    codes: dict[str, str] = {}
    entries: dict[str, Skill | Criterion] = {**framework.skills, **framework.criteria}
    for name, entry in entries.items():
        document = documents.skills.get(name) or documents.criteria[name]
        for index, condition in enumerate(entry.conditions):
            for number, level in enumerate(condition.levels):
                if level not in framework.levels:
                    where = ("conditions", index, "levels", number)
                    document.problem(where, f"{level}", levels_of(framework), "dangling-id")
        if entry.code and entry.code in codes:
            found = f"{entry.code!r}, also the code of {codes[entry.code]!r}"
            document.problem(("code",), found, "a code of its own", "unique")
        codes[entry.code] = name
