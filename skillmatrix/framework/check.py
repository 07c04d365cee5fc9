"""Every rule a framework folder has to keep, with file and line for each breach."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.anchors import check_anchors
from skillmatrix.framework.level import Level
from skillmatrix.framework.load import Documents, assemble, find_framework, read_documents
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.model import (
    Breadth,
    Criterion,
    EvidenceRule,
    Framework,
    Profile,
    Requirement,
    Skill,
)


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
    return check_documents(read_documents(find_framework(Path(name))))[1]


def check_documents(documents: Documents) -> tuple[Framework | None, list[Problem]]:
    """Apply all rules to the files of a folder; give the framework, if one can be made."""
    framework = assemble(documents)
    if framework is not None:
        _check_scale(framework, documents.main)
        _check_ids(framework, documents)
        check_anchors(framework, documents)
        for name, profile in framework.profiles.items():
            _check_profile(framework, profile, documents.profiles[name], documents.targets)
    return framework, documents.problems()


def _check_scale(framework: Framework, main: Located) -> None:
    """Levels rise, and with each level no facet falls and at least one rises."""
    for index in range(1, len(framework.scale)):
        lower, upper = framework.scale[index - 1], framework.scale[index]
        where: Key = ("scale", index)
        if not upper.level > lower.level:
            main.problem(where, f"level {upper.level}", f"above {lower.level}", "scale-order")
        pairs = list(zip(lower.facets, upper.facets, strict=True))
        if any(b < a for a, b in pairs) or all(b == a for a, b in pairs):
            main.problem(
                (*where, "facets"),
                f"{list(upper.facets)} after {list(lower.facets)}",
                "no facet lower than one level below, and at least one higher",
                "facets-rise",
            )
    names = [d.name.casefold() for d in framework.scale]
    for index, name in enumerate(names):
        if name in names[:index]:
            main.problem(("scale", index, "name"), f"{name!r} twice", "one name each", "unique")
    for level in framework.levels:
        if level not in framework.support:
            main.problem(("support",), f"nothing for level {level}", "an entry", "support")
    for index, support in enumerate(framework.support.values()):
        if support.level not in framework.levels:
            where = ("support", index)
            main.problem(where, f"level {support.level}", _levels(framework), "dangling-id")
    if not framework.ageing[0] < framework.ageing[1]:
        main.problem(("ageing",), f"{list(framework.ageing)}", "two rising months", "ageing")
    questions = [q.no_means for q in framework.decision_path]
    if questions != list(framework.levels[:-1]):
        main.problem(
            ("decision_path",),
            f"answers that mean {[q.value for q in questions]}",
            f"one question for each level but the highest: {_levels(framework)}",
            "decision-path",
        )


def _levels(framework: Framework) -> str:
    return "one of " + ", ".join(str(level) for level in framework.levels)


def _check_ids(framework: Framework, documents: Documents) -> None:
    """Nothing points at something that does not exist."""
    for name, skill in framework.skills.items():
        document = documents.skills[name]
        _exists(document, ("area",), skill.area, framework.areas, "area")
        _exists(document, ("importance",), skill.importance, framework.importance, "importance")
        mark = framework.importance.get(skill.importance)
        if skill.switch is not None:
            _exists(document, ("switch",), skill.switch, framework.switches, "switch")
        if mark and mark.needs_switch != (skill.switch is not None):
            expected = "a switch" if mark.needs_switch else "no switch"
            document.problem(
                ("switch",), f"{skill.switch!r}", f"{expected} for {mark.id!r}", "importance-switch"
            )
    if documents.evidence is not None:
        for index, kind in enumerate(framework.evidence_types.values()):
            for place, criterion in enumerate(kind.criteria):
                where = ("types", index, "criteria", place)
                _exists(documents.evidence, where, criterion, framework.criteria, "criterion")
    codes: dict[str, str] = {}
    entries: dict[str, Skill | Criterion] = {**framework.skills, **framework.criteria}
    for name, entry in entries.items():
        document = documents.skills.get(name) or documents.criteria[name]
        for index, condition in enumerate(entry.conditions):
            for number, level in enumerate(condition.levels):
                if level not in framework.levels:
                    where = ("conditions", index, "levels", number)
                    document.problem(where, f"{level}", _levels(framework), "dangling-id")
        if entry.code in codes:
            found = f"{entry.code!r}, also the code of {codes[entry.code]!r}"
            document.problem(("code",), found, "a code of its own", "unique")
        codes[entry.code] = name


def _exists(document: Located, where: Key, name: str, known: Iterable[str], kind: str) -> bool:
    names = list(known)
    if name in names:
        return True
    document.problem(
        where, f"{name!r}", f"the id of a known {kind}", "dangling-id", suggest(name, names)
    )
    return False


def _thresholds(requirement: Requirement) -> Iterator[tuple[str, int, str, Level]]:
    for kind, entries in (("gates", requirement.gates), ("floors", requirement.floors)):
        for index, entry in enumerate(entries):
            yield kind, index, entry.skill, entry.level


def _check_profile(
    framework: Framework, profile: Profile, document: Located, targets: Located
) -> None:
    rows = [(index, row) for index, row in enumerate(targets.data) if row["profile"] == profile.id]
    for index, row in rows:
        _exists(targets, (index,), row["skill"], framework.skills, "skill")
        target = profile.targets.get(row["skill"])
        if target is None:
            continue
        for level in (target.level, target.level_when_on):
            if level is not None and level not in framework.levels:
                targets.problem((index,), f"level {level}", _levels(framework), "dangling-id")
        if target.switch:
            _exists(targets, (index,), target.switch, framework.switches, "switch")
        if (target.switch is None) != (target.level_when_on is None):
            expected = "a switch and its level together, or neither"
            targets.problem((index,), "one of the two", expected, "target-switch")
    written = {row["skill"] for _, row in rows}
    for skill in framework.skills:
        if skill not in written:
            found = f"no row for {profile.id!r} and {skill!r}"
            targets.problem((), found, "a bar for every skill", "missing-target")
    gated = _check_requirements(framework, profile, document)
    _check_breadth(framework, profile, document, gated)
    _check_critical(framework, profile, document)
    _check_rest(framework, profile, document)


def _check_requirements(
    framework: Framework, profile: Profile, document: Located
) -> dict[str, Level]:
    """Check gates, floors and evidence rules; give the gated level of each skill."""
    gated: dict[str, Level] = {}
    for place, (name, requirement) in enumerate(profile.requirements.items()):
        base: Key = ("requirements", place)
        if profile.kind == "promotion":
            _exists(document, (*base, "id"), name, framework.criteria, "criterion")
        for kind, index, skill, level in _thresholds(requirement):
            where = (*base, kind, index)
            if not _exists(document, (*where, "skill"), skill, framework.skills, "skill"):
                continue
            if level not in framework.levels:
                document.problem((*where, "level"), f"{level}", _levels(framework), "dangling-id")
            previous = gated.get(skill)
            gated[skill] = level if previous is None else max(previous, level)
            _fits(framework, document, where, skill, "gate" if kind == "gates" else "floor")
        for index, rule in enumerate(requirement.evidence):
            for number, ask in enumerate(rule.any_of):
                where = (*base, "evidence", index, "any_of", number)
                _exists(document, where, ask.type, framework.evidence_types, "evidence type")
                for function in ask.confirmed_by:
                    _exists(document, where, function, framework.functions, "function")
            if not rule.any_of:
                where = (*base, "evidence", index, "any_of")
                document.problem(where, "nothing", "at least one ask", "shape")
    _check_rule_ids(profile, document)
    return gated


def _check_rule_ids(profile: Profile, document: Located) -> None:
    seen: set[str] = set()
    for place, requirement in enumerate(profile.requirements.values()):
        kinds: dict[str, Sequence[Breadth | EvidenceRule]] = {
            "breadth": requirement.breadth,
            "evidence": requirement.evidence,
        }
        for kind, rules in kinds.items():
            for index, rule in enumerate(rules):
                if rule.id in seen:
                    where = ("requirements", place, kind, index, "id")
                    found = f"{rule.id!r} twice"
                    document.problem(where, found, "each rule id once", "duplicate-id")
                seen.add(rule.id)


def _check_rest(framework: Framework, profile: Profile, document: Located) -> None:
    """Advice and what is taken out name skills that exist."""
    for index, rule in enumerate(profile.advice):
        for number, skill in enumerate(rule.of):
            where: Key = ("advice", index, "of", number)
            _exists(document, where, skill, framework.skills, "skill")
    for skill in profile.not_applicable:
        _exists(document, ("not_applicable", skill), skill, framework.skills, "skill")


def _fits(framework: Framework, document: Located, where: Key, skill: str, rule: str) -> None:
    """Importance decides what kind of rule a skill may take part in."""
    mark = framework.importance.get(framework.skills[skill].importance)
    if mark is not None and rule not in mark.rules:
        allowed = ", ".join(mark.rules) or "no rule"
        expected = f"a rule that fits the mark {mark.id!r}: {allowed}"
        document.problem(where, f"{skill!r} in a {rule} rule", expected, "importance-rule")


def _check_breadth(
    framework: Framework, profile: Profile, document: Located, gated: dict[str, Level]
) -> None:
    """A breadth rule can be met, is not met already by the gates, and fits its members."""
    for place, requirement in enumerate(profile.requirements.values()):
        for index, rule in enumerate(requirement.breadth):
            where: Key = ("requirements", place, "breadth", index)
            for number, skill in enumerate(rule.of):
                spot = (*where, "of", number)
                if not _exists(document, spot, skill, framework.skills, "skill"):
                    continue
                kind = "conditional-breadth" if skill in rule.when else "breadth"
                _fits(framework, document, spot, skill, kind)
                if skill in rule.of[:number]:
                    document.problem(spot, f"{skill!r} twice", "each skill once", "duplicate-id")
            for skill, switch in rule.when.items():
                spot = (*where, "when")
                _exists(document, spot, skill, rule.of, "member of this rule")
                _exists(document, spot, switch, framework.switches, "switch")
            if rule.level not in framework.levels:
                found = f"level {rule.level}"
                document.problem((*where, "level"), found, _levels(framework), "dangling-id")
            always = [skill for skill in rule.of if skill not in rule.when]
            if rule.at_least > len(always):
                found = f"at least {rule.at_least} of {len(always)} skills"
                document.problem(where, found, "no more than always take part", "breadth-possible")
            sure = [s for s in rule.of if s in gated and gated[s] >= rule.level]
            if len(sure) >= rule.at_least:
                document.problem(
                    where,
                    f"{len(sure)} of its skills gated at {rule.level} or above: {', '.join(sure)}",
                    f"fewer than {rule.at_least}, or the rule says nothing",
                    "breadth-implied",
                )


def _check_critical(framework: Framework, profile: Profile, document: Located) -> None:
    """In a promotion profile every critical skill has a floor or a gate."""
    if profile.kind != "promotion":
        return
    held = {skill for skill, _, _ in profile.gates}
    for name, skill in framework.skills.items():
        mark = framework.importance.get(skill.importance)
        if mark is not None and "floor" in mark.rules and name not in held:
            document.problem(
                ("requirements",),
                f"no floor or gate for {name!r}",
                "one, as it is critical",
                "critical-floor",
            )
