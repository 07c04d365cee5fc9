"""The verdict written out, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillmatrix.scoring.verdict import PartResult, Pivot, Verdict

_WIDTH = 64
_KINDS = {
    "gate": "gate ",
    "floor": "floor",
    "bar": "bar  ",
    "breadth": "broad",
    "evidence": "evid.",
}


def dots(text: str, width: int = _WIDTH) -> str:
    """Lead from a text to its state by dots, so that states stand in one column."""
    return f"{text} {'.' * max(width - len(text), 3)}"


def _part(part: PartResult) -> list[str]:
    head = dots(f"  {_KINDS[part.kind]} {part.label}")
    lines = [f"{head} {part.state:<8} {part.observed}  {part.why}"]
    if part.change:
        lines.append(f"          to change it: {part.change}")
    return lines


def _change(verdict: Verdict, pivot: Pivot) -> str:
    answers = (pivot.before, pivot.after)
    if verdict.profile.kind == "direction":
        return " -> ".join(verdict.word(answer) for answer in answers)
    return " -> ".join(answers)


def explain(verdict: Verdict) -> str:
    """Write a verdict out; see `Verdict.explain`."""
    framework, profile = verdict.framework, verdict.profile
    met = sum(c.state == "MET" for c in verdict.criteria.values())
    head = verdict.label
    if profile.kind == "role":
        head = f"{verdict.overall} ({verdict.label})"
    lines = [
        f"{profile.title}: {head}",
        f"{met} of {len(verdict.criteria)} criteria MET. {verdict.coverage}. "
        f"Confidence: {verdict.confidence}.",
        f"As of {verdict.assessment.as_of}, {verdict.assessment.rater.kind} rating, "
        f"{verdict.assessment.status}, {framework.key}.",
    ]
    for criterion in verdict.criteria.values():
        name = f"{criterion.code} {criterion.title}".strip()
        lines += ["", f"{dots(name)} {criterion.state}"]
        for part in criterion.parts:
            lines += _part(part)
    if verdict.pivotal:
        lines += ["", "Pivotal ratings: one level more or less changes the answer"]
        lines += [
            f"  {framework.skills[p.skill].title} {p.level} -> {p.to}: {_change(verdict, p)}"
            for p in verdict.pivotal
        ]
    if verdict.switch_dependent:
        lines += ["", "Depends on an answer not given yet"]
        lines += [f"  {s.question} {s.effect}" for s in verdict.switch_dependent]
    if verdict.settle:
        lines += ["", "What would settle it, cheapest first"]
        lines += [f"  {s.text}" for s in verdict.settle]
    if verdict.overshoot:
        names = ", ".join(framework.skills[s].title for s in verdict.overshoot)
        lines += ["", f"Above the bar: {names}. These make up for nothing else."]
    for warning in verdict.warnings:
        lines += ["", f"Warning: {warning}"]
    lines += ["", "Preparation for a conversation; a person decides."]
    return "\n".join(lines)
