"""The sheets of a report: one row a skill, a part, an item, with cells of one type a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from skillmatrix.reports.parts import Report

Cell = str | int | dt.date | None


@dataclass(frozen=True)
class Sheet:
    """
    One table.

    Attributes
    ----------
    name : str
    columns : tuple of (str, int)
        Heading and width in characters.
    rows : tuple of sequence of str, int, date or None
        None where nothing is known.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Sequence[Cell], ...]


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """Give the tables of a report; what is empty in this version has none."""
    found = [
        _skills(report),
        _criteria(report),
        _evidence(report),
        _notes(report),
        *_plan(report),
        _case(report),
        _change(report),
        _record(report),
    ]
    return tuple(sheet for sheet in found if sheet.rows)


def _skills(report: Report) -> Sheet:
    columns: tuple[tuple[str, int], ...] = (
        ("Skill", 28),
        ("Area", 14),
        ("Code", 7),
        ("Level given", 16),
        ("Claimed", 9),
        ("Shown", 9),
        ("Confirmed", 11),
        ("Bar", 7),
        ("Steps to the bar, at best", 10),
        ("Steps to the bar, at worst", 10),
        ("Standing", 20),
        ("Gate or floor", 13),
        ("Bar if a question is answered yes", 20),
        ("Confidence", 12),
        ("Items of evidence", 11),
    )
    rows = tuple(
        (
            s.title,
            s.area,
            s.code,
            s.given,
            s.claimed,
            s.shown,
            s.confirmed,
            s.bar,
            s.gap_min,
            s.gap_max,
            s.standing,
            s.threshold,
            s.bar_note,
            s.confidence,
            s.items,
        )
        for s in report.skills
    )
    return Sheet("Skills", columns, rows)


def _criteria(report: Report) -> Sheet:
    columns = (
        ("Criterion", 24),
        ("State of the criterion", 11),
        ("Kind", 10),
        ("Part", 28),
        ("Skills it counts", 26),
        ("State", 10),
        ("Observed", 12),
        ("Why", 40),
        ("Would change it", 30),
        ("Flags", 12),
    )
    rows = tuple(
        (
            card.name,
            card.state,
            part.kind,
            part.title,
            ", ".join(part.of),
            part.state,
            part.observed,
            part.why,
            part.change,
            ", ".join(part.flags),
        )
        for card in report.criteria
        for part in card.parts
    )
    return Sheet("Criteria", columns, rows)


def _evidence(report: Report) -> Sheet:
    columns = (
        ("What", 28),
        ("Date", 11),
        ("Age", 11),
        ("Strength", 9),
        ("Counts as", 9),
        ("Skills", 22),
        ("Kinds", 20),
        ("Description", 44),
        ("To look at", 26),
        ("Confirmed by", 22),
        ("Measured", 24),
        ("Method", 24),
        ("Id", 9),
    )
    rows = tuple(
        (
            e.title,
            e.date,
            e.age,
            e.strength,
            e.counts_as,
            ", ".join(e.skills),
            ", ".join(e.types),
            e.description,
            e.artefact,
            e.confirmed_by,
            e.measure,
            e.method,
            e.id,
        )
        for e in report.evidence
    )
    return Sheet("Evidence", columns, rows)


def _notes(report: Report) -> Sheet:
    columns = (("Skill", 30), ("Visibility", 16), ("Note", 100))
    return Sheet("Notes", columns, tuple((n.skill, n.visibility, n.text) for n in report.notes))


def _plan(report: Report) -> tuple[Sheet, ...]:
    if report.plan is None:
        return ()
    steps = tuple(
        (
            at,
            step.title,
            step.start,
            step.goal,
            "; ".join(step.reasons),
            "\n".join(f"{g.heading}: {a}" for g in step.goals for a in g.anchors),
            step.needs,
            step.effort,
            "; ".join(step.marks),
        )
        for at, step in enumerate(report.plan.steps, start=1)
    )
    columns = (
        ("Step", 6),
        ("Skill", 22),
        ("From", 10),
        ("To", 14),
        ("Needed for", 22),
        ("What it looks like", 54),
        ("Evidence it needs", 18),
        ("Effort", 24),
        ("Mind", 28),
    )
    tasks = tuple((at, text) for at, text in enumerate(report.plan.evidence, start=1))
    actions = tuple(
        (a.text, a.skill, a.due, a.done, "done" if a.done else "overdue" if a.overdue else "to do")
        for a in report.plan.actions
    )
    others = (
        *(("no opportunity", text) for text in report.plan.detour),
        *(("another plan as small", text) for text in report.plan.alternatives),
        *(("set down for another skill", text) for text in report.plan.others),
    )
    about = (("Action", 60), ("Skill", 30), ("Due", 12), ("Done", 12), ("State", 10))
    return (
        Sheet("Plan", columns, steps),
        Sheet("Evidence to add", (("Task", 6), ("What", 100)), tasks),
        Sheet("Actions", about, actions),
        Sheet("Beside the plan", (("Kind", 24), ("What", 100)), others),
    )


def _case(report: Report) -> Sheet:
    columns = (
        ("Criterion", 24),
        ("Clause", 28),
        ("State", 11),
        ("Answered", 14),
        ("Paragraph", 70),
        ("Cites", 26),
        ("A reader would ask", 34),
    )
    lines = report.case.paragraphs if report.case else ()
    rows = tuple(
        (
            p.criterion,
            f"{p.clause} ({', '.join(p.of)})" if p.of else p.clause,
            p.state,
            "yes" if p.text else (p.elsewhere or "no"),
            p.text,
            "; ".join(p.cited),
            "\n".join(p.marks),
        )
        for p in lines
    )
    return Sheet("Case", columns, rows)


def _change(report: Report) -> Sheet:
    columns = (("Skill", 34), ("Then", 12), ("Now", 12), ("Change", 18), ("Changed by", 22))
    lines = report.change.lines if report.change else ()
    return Sheet(
        "Change", columns, tuple((c.skill, c.before, c.after, c.word, c.by) for c in lines)
    )


def _record(report: Report) -> Sheet:
    columns = (("Item", 40), ("Part of the guide", 24), ("Said", 24), ("Date", 12), ("Words", 80))
    rows = tuple((e.item, e.block, e.said, e.date, e.text) for e in report.record)
    return Sheet("Record", columns, rows)
