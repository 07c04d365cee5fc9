"""Several targets written out: the verdict for each, the gaps, and one sentence that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from skillmatrix.scoring.explain import dots
from skillmatrix.scoring.words import Words

if TYPE_CHECKING:
    from skillmatrix.scoring.targets import GapAcross, TargetResult, Targets
    from skillmatrix.scoring.verdict import PartResult

_FEW = 6
_SEVERAL = 3


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its word."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = _FEW) -> str:
    """Write names in a row, the last few as a number."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def in_full(part: PartResult) -> str:
    """Give the title of a part so that it can stand alone, without its list of skills."""
    return part.title.replace(" of these ", f" of {len(part.skills)} skills ")


def summary(found: Targets) -> str:
    """
    Sum the shared gaps up in a sentence or two: how many, which, and what they hang on.

    Returns
    -------
    str
    """
    if not any(row.claimed is not None for row in next(iter(found.values())).gaps.values()):
        return "Nothing is rated yet, so every bar is an open gap."
    if len(found) == 1:
        return "There is one target, so no gap is shared."
    least = _SEVERAL if any(len(gap.asks) >= _SEVERAL for gap in found.shared) else 2
    many = [gap for gap in found.shared if len(gap.asks) >= least]
    if not many:
        return f"No gap is shared by two or more of these {len(found)} roles."
    names = listed([found.framework.skills[gap.skill].title for gap in many])
    shared = f"{plural(len(many), 'gap')} {'is' if len(many) == 1 else 'are'} shared"
    by = f"{least} or more of these {len(found)} roles"
    if least == len(found):
        by = "both roles" if least == 2 else f"all {least} roles"  # noqa: PLR2004 - a pair
    return f"{shared} by {by}: {names}. {_certainty(many)}"


_HANGS = {
    "nothing": ("is certain", "are certain"),
    "evidence": (
        "hangs, for one role at least, on evidence for what is claimed",
        "hang, for one role at least, on evidence for what is claimed",
    ),
    "rating": ("is unknown, without a rating", "are unknown, without a rating"),
}


def _certainty(many: Sequence[GapAcross]) -> str:
    found = [gap.hangs_on for gap in many]
    counts = {word: found.count(word) for word in _HANGS if word in found}
    if len(many) == 1:
        return f"It {_HANGS[found[0]][0]}."
    if len(counts) == 1:
        return f"All of them {_HANGS[found[0]][1]}."
    return "; ".join(f"{n} {_HANGS[word][n > 1]}" for word, n in counts.items()) + "."


def hangs(gap: GapAcross, found: Targets) -> str:
    """Say what is known of a skill, and whether its gap is certain."""
    seen = Words(next(iter(found.values())).verdict.standings, {}).seen(gap.skill)
    certain = [name for name, ask in gap.asks.items() if ask.certain]
    if gap.hangs_on == "rating":
        return f"{seen}; an open gap"
    if len(certain) == len(gap.asks):
        return f"{seen}; certain"
    return f"{seen}; " + (f"certain for {', '.join(certain)}, else open" if certain else "open")


def asks(gap: GapAcross) -> str:
    """Write which targets ask for what, lowest bar first."""
    bars = sorted({ask.bar for ask in gap.asks.values()})
    return "; ".join(
        f"{bar} for {', '.join(name for name, ask in gap.asks.items() if ask.bar == bar)}"
        for bar in bars
    )


def explain(found: Targets) -> str:
    """Write the comparison out; see `Targets.explain`."""
    skills = found.framework.skills
    lines = [
        f"{plural(len(found), 'target')} beside each other",
        f"As of {found.assessment.as_of}, {found.assessment.rater.kind} rating, "
        f"{found.assessment.status}, {found.framework.key}.",
    ]
    for result in found.values():
        lines += ["", *_result(result)]
    lines += ["", summary(found)]
    if found.shared:
        lines += ["", "Shared gaps, those of most targets first"]
    for gap in found.shared:
        count = f"{len(gap.asks)} of {len(found)}"
        lines += [
            f"  {skills[gap.skill].title}: {count}; {hangs(gap, found)}",
            f"          bar {asks(gap)}",
        ]
    if any(found.only.values()):
        lines += ["", "Gaps that only one target has"]
    for name, alone in found.only.items():
        if alone:
            bars = [f"{skills[g.skill].title} (bar {g.asks[name].bar})" for g in alone]
            lines.append(f"  {name}: {', '.join(bars)}")
    lines += ["", "Levels are ordinal: gaps are counted by target, never added up."]
    return "\n".join(lines)


def _result(result: TargetResult) -> Iterable[str]:
    gates, count = result.gates, sum(result.gates.values())
    yield f"{dots(f'{result.id}: {result.label}')} {result.word}"
    if count:
        yield (
            f"  gates and floors: {gates['MET']} of {count} met, {gates['NOT MET']} not met, "
            f"{gates['OPEN']} open"
        )
    states = [
        f"{criterion.code or criterion.title} {criterion.state}"
        for criterion in result.verdict.criteria.values()
    ]
    yield "  " + ", ".join(states)
    for word, parts in (("not met", result.failing), ("open", result.open)):
        if parts:
            yield f"  {word}: " + listed([in_full(part) for part in parts], 4)
