"""Rules for profiles: what they name exists, and every rule of theirs says something."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatrix.framework.level import Level
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import check_asks, check_fit, exists, levels_of
from skillmatrix.framework.model import Framework, Importance
from skillmatrix.framework.overlays import critical_floors
from skillmatrix.framework.parts import Requirement
from skillmatrix.framework.profile import Profile


def _thresholds(requirement: Requirement) -> Iterator[tuple[str, int, str, Level]]:
    for kind, entries in (("gates", requirement.gates), ("floors", requirement.floors)):
        for index, entry in enumerate(entries):
            yield kind, index, entry.skill, entry.level


def check_base(framework: Framework, profile: Profile, document: Located) -> None:
    """A direction is based on one whole profile, and repeats no requirement of it."""
    if profile.based_on is None:
        if profile.adjustments:
            expected = "a profile named with based_on"
            document.problem(("changes",), "changes to nothing", expected, "based-on")
        return
    where: Key = ("based_on",)
    if not exists(document, where, profile.based_on, framework.profiles, "profile"):
        return
    base = framework.profiles[profile.based_on]
    if base.based_on is not None or profile.kind != "direction":
        found = f"a profile of kind {profile.kind!r} based on {base.id!r}"
        expected = "a direction, based on a profile that is complete itself"
        document.problem(where, found, expected, "based-on")
    for name, place in places(document).items():
        if name in base.requirements:
            found = f"{name!r}, which {base.id!r} has as well"
            expected = "a requirement of its own; what the base asks is in it already"
            document.problem(("requirements", place, "id"), found, expected, "duplicate-id")


def places(document: Located) -> dict[str, int]:
    """Give the place of each requirement that is written in the file of a profile."""
    found: dict[str, int] = {}
    for index, entry in enumerate(document.data.get("requirements") or ()):
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            found.setdefault(name, index)
    return found


def check_profile(
    framework: Framework, profile: Profile, document: Located, targets: Located
) -> None:
    """Check one profile, made whole if it is a direction; only what its own files say."""
    rows = [(index, row) for index, row in enumerate(targets.data) if row["profile"] == profile.id]
    for index, row in rows:
        exists(targets, (index,), row["skill"], framework.skills, "skill")
        target = profile.targets.get(row["skill"])
        if target is None:
            continue
        for level in (target.level, target.level_when_on):
            if level is not None and level not in framework.levels:
                targets.problem((index,), f"level {level}", levels_of(framework), "dangling-id")
        if target.switch:
            exists(targets, (index,), target.switch, framework.switches, "switch")
        if (target.switch is None) != (target.level_when_on is None):
            expected = "a switch and its level together, or neither"
            targets.problem((index,), "one of the two", expected, "target-switch")
    written = {row["skill"] for _, row in rows}
    whole = profile.based_on is None and not targets.unread.covers("bar", profile.id)
    for skill in framework.skills if whole else ():
        if skill not in written:
            found = f"no row for {profile.id!r} and {skill!r}"
            targets.problem((), found, "a bar for every skill", "missing-target")
    gated = _check_requirements(framework, profile, document)
    _check_breadth(framework, profile, document, gated)
    _check_bars(profile, document)
    _check_critical(framework, profile, document)
    _check_broken_floor(framework, profile, document, targets)
    _check_rest(framework, profile, document)


def _check_requirements(
    framework: Framework, profile: Profile, document: Located
) -> dict[str, Level]:
    """Check gates, floors and evidence rules; give the gated level of each skill."""
    gated: dict[str, Level] = {}
    own = places(document)
    for name, requirement in profile.requirements.items():
        for _, _, skill, level in _thresholds(requirement):
            gated[skill] = max(level, gated.get(skill, level))
        if name not in own:
            continue
        base: Key = ("requirements", own[name])
        if profile.kind == "promotion":
            exists(document, (*base, "id"), name, framework.criteria, "criterion")
        for kind, index, skill, level in _thresholds(requirement):
            where = (*base, kind, index)
            if not exists(document, (*where, "skill"), skill, framework.skills, "skill"):
                continue
            if level not in framework.levels:
                document.problem((*where, "level"), f"{level}", levels_of(framework), "dangling-id")
            mark = mark_of(framework, profile, skill)
            check_fit(document, where, (skill, kind[:-1]), mark)
        for index, rule in enumerate(requirement.evidence):
            check_asks(framework, document, (*base, "evidence", index, "any_of"), rule.any_of)
    return gated


def mark_of(framework: Framework, profile: Profile, skill: str) -> Importance | None:
    """Give the mark of importance that a skill has in a profile."""
    name = profile.importance.get(skill, framework.skills[skill].importance)
    return framework.importance.get(name)


def _check_rest(framework: Framework, profile: Profile, document: Located) -> None:
    """Advice and what is taken out name skills that exist."""
    own = document.data.get("advice") or []
    for index, rule in enumerate(profile.advice[len(profile.advice) - len(own) :]):
        for number, skill in enumerate(rule.of):
            where: Key = ("advice", index, "of", number)
            exists(document, where, skill, framework.skills, "skill")
    for skill in document.data.get("not_applicable") or ():
        exists(document, ("not_applicable", skill), skill, framework.skills, "skill")


def _check_breadth(
    framework: Framework, profile: Profile, document: Located, gated: dict[str, Level]
) -> None:
    """A breadth rule can be met, is not met already by the gates, and fits its members."""
    for name, place in places(document).items():
        for index, rule in enumerate(profile.requirements[name].breadth):
            where: Key = ("requirements", place, "breadth", index)
            for number, skill in enumerate(rule.of):
                spot = (*where, "of", number)
                if not exists(document, spot, skill, framework.skills, "skill"):
                    continue
                kind = "conditional-breadth" if skill in rule.when else "breadth"
                mark = mark_of(framework, profile, skill)
                check_fit(document, spot, (skill, kind), mark)
                if skill in rule.of[:number]:
                    document.problem(spot, f"{skill!r} twice", "each skill once", "duplicate-id")
            for skill, switch in rule.when.items():
                spot = (*where, "when")
                exists(document, spot, skill, rule.of, "member of this rule")
                exists(document, spot, switch, framework.switches, "switch")
            if rule.level not in framework.levels:
                found = f"level {rule.level}"
                document.problem((*where, "level"), found, levels_of(framework), "dangling-id")
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


def _check_bars(profile: Profile, document: Located) -> None:
    """Nobody at the bar of a skill misses a gate on it."""
    own = places(document)
    for name, place in own.items():
        for kind, index, skill, level in _thresholds(profile.requirements[name]):
            target = profile.targets.get(skill)
            if target is not None and level > target.level:
                where: Key = ("requirements", place, kind, index, "level")
                expected = f"at most {target.level}, the bar in targets.csv"
                document.problem(where, f"level {level}", expected, "gate-above-bar")


def _check_critical(framework: Framework, profile: Profile, document: Located) -> None:
    """In a promotion profile every critical skill has a floor or a gate."""
    if profile.kind != "promotion":
        return
    held = {skill for skill, _, _ in profile.gates}
    for name, skill in framework.skills.items():
        mark = framework.importance.get(skill.importance)
        if mark is not None and mark.critical and name not in held:
            document.problem(
                ("requirements",),
                f"no floor or gate for {name!r}",
                "one, as it is critical",
                "critical-floor",
            )


def _check_broken_floor(
    framework: Framework, profile: Profile, document: Located, targets: Located
) -> None:
    """Only a direction asks less of a critical skill than its floor, and says so."""
    stated = profile.breaks_floor.skill if profile.breaks_floor else None
    broken = set()
    floors = critical_floors(framework, profile) if profile.based_on else {}
    for skill, floor in floors.items():
        held = [level for name, level, _ in profile.gates if name == skill]
        if max(held, default=floor) < floor:
            broken.add(skill)
    for index, row in enumerate(targets.data):
        skill = row["skill"]
        if row["profile"] != profile.id or skill not in floors or skill == stated:
            continue
        level = profile.targets[skill].level
        if level < floors[skill]:
            expected = f"{floors[skill]} or above: {skill!r} is critical"
            targets.problem((index,), f"level {level}", expected, "bar-below-floor")
    if stated is not None and stated not in broken:
        expected = "a critical skill of which this direction asks less than its floor"
        document.problem(("breaks_floor", "skill"), f"{stated!r}", expected, "breaks-floor")
