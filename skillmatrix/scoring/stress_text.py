"""A verdict under stress, written out: counts, what turns the answer, and on which clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from skillmatrix.framework import Framework
from skillmatrix.scoring.explain import dots
from skillmatrix.scoring.shifts import Answer, Clause, Context, Family, FamilyId, Shift, Turned

if TYPE_CHECKING:
    from skillmatrix.scoring.stress import Stress

#: What the counts are, and what they are not.
COUNTS = (
    "Every case is tried, one by one, and counted. The counts show what the answer hangs on. They "
    "are no probability, of a promotion or of anything else: nobody knows how likely each case is."
)
_TITLES: dict[FamilyId, str] = {
    "contexts": "Another context",
    "switches": "Another answer about the context",
    "ratings": "One rating off",
    "pairs": "Two ratings off together",
}
_NONE: dict[FamilyId, str] = {
    "contexts": "there is no variant to try",
    "switches": "there is no question to answer otherwise",
    "ratings": "there is no rating to move that a rule looks at",
    "pairs": "there are no two ratings to move that rules look at",
}


def title(found: Stress, family: Family) -> str:
    """Name a family of cases, with how far a rating is moved in it."""
    name = _TITLES[family.id]
    if family.id not in {"ratings", "pairs"}:
        return name
    reach = "one level" if found.noise == 1 else f"up to {found.noise} levels"
    return name.replace(" off", f" {reach} off")


def told(found: Stress, family: Family) -> str:
    """Say in how many cases of a family the answer holds, or why there is no case."""
    if family.id == "pairs" and found.pairs_left_out:
        return f"not tried: {found.pairs_left_out} pairs are too many to try one by one"
    if not family.cases:
        return "no rating is moved" if _still(found, family) else _NONE[family.id]
    return f"holds in {family.holds} of {family.cases}"


def _still(found: Stress, family: Family) -> bool:
    return not found.noise and family.id in {"ratings", "pairs"}


def changed(framework: Framework, shift: Shift) -> str:
    """Say what a case changes, such as ``MLOps at 3 instead of 2``."""
    words = []
    for change in shift.changes:
        if isinstance(change, Context):
            name = framework.overlays[change.overlay].title
            words.append(f"with {name}" if change.added else f"without {name}")
        elif isinstance(change, Answer):
            answer = "yes" if change.answer else "no"
            words.append(f"{framework.switches[change.switch].title}: {answer}")
        else:
            name = framework.skills[change.skill].title
            words.append(f"{name} at {change.to} instead of {change.level}")
    return " and ".join(words)


def turned(found: Stress, criteria: Iterable[Turned]) -> str:
    """Say which criteria turn, from what to what, and on which parts."""
    words = []
    for entry in criteria:
        criterion = found.verdict.criteria[entry.criterion]
        text = f"{criterion.code or criterion.title} {entry.before} -> {entry.after}"
        parts = ", ".join(clause_words(clause) for clause in entry.clauses)
        words.append(f"{text} on {parts}" if parts else text)
    return "; ".join(words)


def clause_words(clause: Clause) -> str:
    """Name a part, and say where only one side asks for it."""
    if clause.before is None:
        return f"{clause.title} (asked there)"
    return f"{clause.title} (not asked there)" if clause.after is None else clause.title


def caution(family: Family) -> str:
    """Say where a count rests on evidence that nobody had a reason to give."""
    lacking = any(
        clause.kind == "evidence" and clause.before is None and clause.after == "NOT MET"
        for shift in family.shifts
        for entry in shift.criteria
        for clause in entry.clauses
    )
    if not lacking:
        return ""
    return (
        "The review is locked: evidence that only another context asks for counts as missing, "
        "though nobody was asked for it."
    )


def unasked(found: Stress) -> str:
    """Say how many ratings are no cases, because no rule looks at them."""
    count = len(found.unasked)
    if not count:
        return ""
    ratings, them = ("1 rating is", "it") if count == 1 else (f"{count} ratings are", "them")
    return f"{ratings} not moved: no rule of this profile looks at {them}."


def explain(found: Stress) -> str:
    """Write it all out; see `Stress.explain`."""
    base = found.verdict
    lines = [f"{base.profile.title}: {base.label}, under stress", COUNTS]
    for family in found.families.values():
        lines += ["", f"{dots(title(found, family), 48)} {told(found, family)}"]
        lines += _family(found, family)
    if found.unasked:
        lines += ["", unasked(found)]
    lines += ["", "Preparation for a conversation; a person decides."]
    return "\n".join(lines)


def _family(found: Stress, family: Family) -> Iterator[str]:
    base = found.verdict
    if not family.cases:
        return
    by = ", ".join(
        f"{c.code or c.title} {family.holds_for(name)}" for name, c in base.criteria.items()
    )
    if len(base.criteria) > 1:
        yield f"  each criterion, of {family.cases}: {by}"
    if caution(family):
        yield f"  {caution(family)}"
    listed = found.joint if family.id == "pairs" else family.flips
    for shift in listed:
        yield f"  {changed(base.framework, shift)}: {answers(found, shift)}"
        if shift.decisive:
            yield f"      {turned(found, shift.decisive)}"
    if family.id == "pairs":
        rest = len(family.flips) - len(listed)
        if rest:
            yield f"  {rest} further: one of the two turns the answer alone, see above"
        return
    quiet = [shift for shift in family.shifts if not shift.flips]
    if quiet:
        yield "  the answer stays, a criterion turns:"
        for shift in quiet:
            yield f"    {changed(base.framework, shift)}: {turned(found, shift.criteria)}"


def answers(found: Stress, shift: Shift) -> str:
    """Say from what to what the whole answer turns, in the words of the profile."""
    return f"{found.verdict.word(shift.before)} -> {found.verdict.word(shift.after)}"
