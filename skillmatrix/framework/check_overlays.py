"""Rules for overlays and directions: what they change exists, and they fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skillmatrix.framework.changes import (
    DIRECTION_KINDS,
    AcceptAlso,
    AcceptStrength,
    AddEvidence,
    Change,
    JoinBreadth,
    MakeImportant,
    OneOfTarget,
    Only,
    RaiseGate,
    RelaxGate,
    RelaxTarget,
    ReplaceWhenNotApplicable,
    Stays,
)
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.lookup import check_asks, check_fit, exists, levels_of
from skillmatrix.framework.model import Framework
from skillmatrix.framework.overlays import critical_floors
from skillmatrix.framework.parts import STRENGTHS
from skillmatrix.framework.profile import Profile


def check_overlays(framework: Framework, documents: Mapping[str, Located]) -> None:
    """Check all overlays, each alone and then all together."""
    for name, overlay in framework.overlays.items():
        document = documents[name]
        exists(document, ("group",), overlay.group, framework.overlay_groups, "overlay group")
        check_changes(framework, document, overlay.changes)
    _check_clashes(framework, documents)


def check_changes(
    framework: Framework,
    document: Located,
    changes: Iterable[Change],
    direction: Profile | None = None,
) -> None:
    """Check what an overlay, or a direction, changes: what it names exists and may change so."""
    many = list(changes)
    if any(problem.where.startswith("changes") for problem in document.problems):
        return  # some were not made, so places in the list are no longer those of the file
    important = {c.skill: c.importance for c in many if isinstance(c, MakeImportant)}
    for index, change in enumerate(many):
        where: Key = ("changes", index)
        if direction is not None and change.do not in DIRECTION_KINDS:
            expected = "one of " + ", ".join(DIRECTION_KINDS)
            document.problem((*where, "do"), f"{change.do!r}", expected, "direction-change")
        if not _check_names(framework, document, where, change):
            continue
        _check_asked(framework, document, where, change)
        if isinstance(change, (RaiseGate, JoinBreadth)):
            kind = "gate" if isinstance(change, RaiseGate) else "breadth"
            mark = important.get(change.skill, framework.skills[change.skill].importance)
            check_fit(document, where, (change.skill, kind), framework.importance.get(mark))
        _check_floor(framework, document, where, change, direction)
        if isinstance(change, Stays):
            _check_stays(framework, document, where, change)


def _check_names(framework: Framework, document: Located, where: Key, change: Change) -> bool:
    """Every id a change names exists, and every level is one of the scale."""
    requirements = [name for p in framework.profiles.values() for name in p.requirements]
    rules = [
        rule.id
        for profile in framework.profiles.values()
        for requirement in profile.requirements.values()
        for rule in (
            requirement.breadth if isinstance(change, JoinBreadth) else requirement.evidence
        )
    ]
    known: dict[str, tuple[Iterable[str], str]] = {
        "skill": (framework.skills, "skill"),
        "switch": (framework.switches, "switch"),
        "requirement": (requirements, "requirement"),
        "rule": (rules, "rule"),
        "rules": (rules, "rule"),
        "importance": (framework.importance, "mark of importance"),
    }
    sound = True
    for key, (names, kind) in known.items():
        value = getattr(change, key, ())
        for name in [value] if isinstance(value, str) else value if key == "rules" else []:
            sound &= exists(document, (*where, key), name, names, kind)
    level = getattr(change, "level", None)
    if level is not None and level not in framework.levels:
        found = f"level {level}"
        document.problem((*where, "level"), found, levels_of(framework), "dangling-id")
        sound = False
    return sound


def _check_asked(framework: Framework, document: Located, where: Key, change: Change) -> None:
    if isinstance(change, (AddEvidence, ReplaceWhenNotApplicable)):
        check_asks(framework, document, (*where, "rule", "any_of"), change.rule.any_of)
    if isinstance(change, (AcceptAlso, Only)):
        check_asks(framework, document, (*where, "ask"), [change.ask])
    if isinstance(change, OneOfTarget):
        for number, skill in enumerate(change.rule.of):
            exists(document, (*where, "rule", "of", number), skill, framework.skills, "skill")
    if isinstance(change, AcceptStrength):
        weaker, stronger = STRENGTHS.index(change.strength), STRENGTHS.index(change.instead_of)
        if weaker >= stronger:
            expected = f"a strength below {change.instead_of}"
            where = (*where, "strength")
            document.problem(where, f"{change.strength}", expected, "weaker-strength")


def _check_floor(
    framework: Framework,
    document: Located,
    where: Key,
    change: Change,
    direction: Profile | None,
) -> None:
    """Nothing goes below a critical floor, but for the one skill where a direction says so."""
    if not isinstance(change, (RelaxGate, RelaxTarget)):
        return
    broken = direction.breaks_floor if direction is not None else None
    if broken is not None and broken.skill == change.skill:
        return
    profiles = [p for p in framework.profiles.values() if p.kind == "promotion"]
    found = [critical_floors(framework, p) for p in ([direction] if direction else profiles)]
    floors = [many[change.skill] for many in found if change.skill in many]
    if floors and change.level < max(floors):
        expected = f"{max(floors)} or above: {change.skill!r} is critical"
        place = (*where, "level")
        document.problem(place, f"level {change.level}", expected, "relax-floor")


def _check_stays(framework: Framework, document: Located, where: Key, change: Stays) -> None:
    """A gate that is said to stay is there."""
    for profile in framework.profiles.values():
        here = (change.skill, change.level, "gate") in profile.gates
        if profile.kind == "promotion" and not here:
            found = f"no gate on {change.skill!r} at {change.level} in {profile.id!r}"
            document.problem(where, found, "a gate that is there", "stays-gate")


def _check_clashes(framework: Framework, documents: Mapping[str, Located]) -> None:
    """Where two overlays write the same thing, they write the same."""
    seen: dict[tuple[str, str], tuple[str, object]] = {}
    for name, overlay in framework.overlays.items():
        for index, change in enumerate(overlay.changes):
            for key, content in _written(change):
                other, before = seen.setdefault(key, (name, content))
                if before != content:
                    where: Key = ("changes", index)
                    found = f"another {key[0]} for {key[1]!r} than in {other!r}"
                    document = documents[name]
                    document.problem(where, found, f"the same as in {other!r}", "overlay-clash")


def _written(change: Change) -> list[tuple[tuple[str, str], object]]:
    """Give what only one content can stand for: by kind and id."""
    if isinstance(change, AddEvidence):
        return [(("rule", change.rule.id), (change.requirement, change.rule))]
    if isinstance(change, ReplaceWhenNotApplicable):
        replacing = ("replacement", change.skill), change.rule
        return [replacing, (("rule", change.rule.id), ("", change.rule))]
    if isinstance(change, OneOfTarget):
        return [(("rule", change.rule.id), change.rule)]
    return [(("only answer", change.rule), change.ask)] if isinstance(change, Only) else []
