"""From the profiles of a framework to what one person's role asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.changes import Change, RelaxGate, RelaxTarget, SwitchOn
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework
from skillmatrix.framework.overlays import Composition
from skillmatrix.framework.parts import Breadth, NotApplicable
from skillmatrix.framework.profile import Profile

#: Characters of a reason, as in a file.
MOST_WORDS = 2000


def _known(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    names = list(known)
    for name in asked:
        if name not in names:
            msg = f"no {kind} {name!r} in this framework; {suggest(name, names)}"
            raise UsageError(msg)


def _words(what: str, text: object, remedy: str) -> None:
    """Refuse what is no reason: nothing, too much, or what no file can hold."""
    if not isinstance(text, str):
        found = f"is {text!r}, not text"[:60]
    elif not text.strip():
        found = "is empty"
    elif len(text) > MOST_WORDS:
        found = f"has {len(text)} characters, at most {MOST_WORDS} are kept"
    elif any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text):
        found = "holds a character that no file can keep (U+0000, or half of one)"
    else:
        return
    msg = f"{what} {found}; {remedy}"
    raise UsageError(msg)


def choose_profile(
    framework: Framework,
    profile_id: str,
    *,
    overlays: Iterable[str],
    switches: Mapping[str, bool | None],
    not_applicable: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Profile:
    """Choose a profile, answer its switches and apply overlays; see `Framework.profile`."""
    chosen = set(overlays)
    _known("profile", [profile_id], framework.profiles)
    _known("overlay", sorted(chosen), framework.overlays)
    _known("switch", switches, framework.switches)
    _known("skill", not_applicable, framework.skills)
    _known("overlay", reasons, framework.overlays)
    for name, answer in switches.items():
        if answer is not None and not isinstance(answer, bool):
            msg = f"switch {name!r} is {answer!r}; expected true, false or nothing (not decided)"
            raise UsageError(msg)
    for name, why in reasons.items():
        _words(f"the reason for {name!r}", why, "say why its condition holds, or leave it out")
    for name, why in not_applicable.items():
        _words(f"the reason to leave {name!r} out", why, "say why it is not part of the role")

    profile = framework.profiles[profile_id]
    ids = tuple(name for name in framework.overlays if name in chosen)
    answers = {name: switches.get(name) for name in framework.switches}
    entries = [(n, c) for n in ids for c in _confirmed(framework, n, reasons.get(n))]
    left_aside = []
    if profile.kind == "role":
        kept = [entry for entry in entries if isinstance(entry[1], SwitchOn)]
        left_aside = sorted({n for n, _ in entries} - {n for n, _ in kept})
        entries = kept
    made = Composition(framework, profile, entries, answers)
    warnings = list(dict.fromkeys(made.warnings))
    if left_aside:
        names = ", ".join(framework.overlays[name].title for name in left_aside)
        warnings.append(f"{names}: written for the next role, so no bar of {profile.title} moves")
    out = {**profile.not_applicable}
    out.update({skill: NotApplicable(reason=why) for skill, why in not_applicable.items()})
    composed = profile.model_copy(
        update={
            "requirements": FrozenDict(made.requirements),
            "targets": FrozenDict(made.targets),
            "advice": tuple(made.advice),
            "importance": FrozenDict(made.importance),
            "switches": FrozenDict(made.switches),
            "not_applicable": FrozenDict(
                {skill: _replaced(made, skill, entry) for skill, entry in out.items()}
            ),
            "overlays": ids,
            "changes": tuple(made.changes),
            "conflicts": tuple(made.conflicts),
            "framework": framework,
        }
    )
    warnings += _implied(framework, composed) + _too_many_gates(framework, composed)
    return composed.model_copy(update={"warnings": tuple(warnings)})


def _confirmed(framework: Framework, name: str, why: str | None) -> list[Change]:
    """Give the changes of an overlay whose condition, if they have one, is confirmed."""
    found: list[Change] = []
    for change in framework.overlays[name].changes:
        if not isinstance(change, (RelaxGate, RelaxTarget)) or change.only_where is None:
            found.append(change)
        elif why is not None:
            reason = f"{change.reason} Confirmed: {why.strip()}"
            found.append(change.model_copy(update={"reason": reason}))
    return found


def _replaced(made: Composition, skill: str, entry: NotApplicable) -> NotApplicable:
    if entry.replaced_by is not None or skill not in made.replacements:
        return entry
    return entry.model_copy(update={"replaced_by": made.replacements[skill]})


def implied(rule: Breadth, gated: Mapping[str, Level], on: Iterable[str] = ()) -> list[str]:
    """Give the members of a breadth rule that gates hold at its level anyway."""
    sure = set(on)
    return [
        skill
        for skill in rule.of
        if skill in gated
        and gated[skill] >= rule.level
        and (skill not in rule.when or rule.when[skill] in sure)
    ]


def _implied(framework: Framework, profile: Profile) -> list[str]:
    """Name breadth rules that say nothing, because gates ask for as much."""
    gated: dict[str, Level] = {}
    for skill, level, _ in profile.gates:
        if skill not in profile.not_applicable:
            gated[skill] = max(level, gated.get(skill, level))
    on = [name for name, answer in profile.switches.items() if answer]
    found = []
    for requirement in profile.requirements.values():
        for rule in requirement.breadth:
            members = implied(rule, gated, on)
            if len(members) >= rule.at_least:
                names = ", ".join(framework.skills[skill].title for skill in members)
                found.append(
                    f"{requirement.title}: that {rule.at_least} of its skills are at {rule.level} "
                    f"follows from gates here ({names}), so this rule adds nothing"
                )
    return found


def _too_many_gates(framework: Framework, profile: Profile) -> list[str]:
    many, count = framework.many_gates, profile.gate_count
    if many is None or count <= many.above:
        return []
    return [f"{count} skills have a gate or a floor here. {many.warning}"]
