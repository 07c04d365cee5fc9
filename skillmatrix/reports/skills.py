"""Skills, evidence, notes and record of a report."""

from __future__ import annotations

from urllib.parse import urlsplit

from skillmatrix.assessment.evidence import age_words, effective_strength
from skillmatrix.assessment.model import Assessment, RecordEntry
from skillmatrix.charts.rows import Row, rows_of
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Framework
from skillmatrix.framework.record import blocks_by_kind
from skillmatrix.reports.parts import EvidenceLine, NoteLine, RecordLine, SkillLine
from skillmatrix.scoring.readings import figure
from skillmatrix.scoring.shown import Shown, shown_levels
from skillmatrix.scoring.verdict import Verdict
from skillmatrix.scoring.words import Words

_MOST_READINGS = 200
_VISIBILITY = {"private": "private", "shared": "to be shared", "panel": "for the panel"}


def skill_lines(found: Verdict) -> tuple[SkillLine, ...]:
    """Give every skill, area by area, as the chart shows it."""
    words = Words(found.standings, {})
    items: dict[str, int] = {}
    for item in found.assessment.evidence:
        for skill in dict.fromkeys(item.skills):
            items[skill] = items.get(skill, 0) + 1
    levels = shown_levels(found.standings)
    return tuple(
        _skill(found, words, row, levels[row.skill], items.get(row.skill, 0))
        for row in rows_of(found.standings)
    )


def _skill(found: Verdict, words: Words, row: Row, shown: Shown, items: int) -> SkillLine:
    framework = found.framework
    given = row.state[0].upper() + row.state[1:]
    if row.claimed is not None:
        given = f"{row.claimed} {framework.level_name(row.claimed)}"
    note = ""
    if row.required_if_on is not None:
        note = f"{row.required_if_on} if yes to: {row.question}"
    levels = framework.levels
    limits = [
        f"{word} {levels[at]}"
        for word, at in (("gate", row.gate), ("floor", row.floor))
        if at is not None
    ]
    return SkillLine(
        id=row.skill,
        code=framework.skills[row.skill].code,
        title=framework.skills[row.skill].title,
        area=framework.areas[row.area].title,
        given=given,
        claimed=_number(row.claimed),
        shown=_number(shown.shown),
        confirmed=_number(shown.confirmed),
        bar=_number(row.required) if row.target else None,
        bar_note=note,
        gap_min=row.gap_min,
        gap_max=row.gap_max,
        kind=row.kind,
        standing=row.label,
        threshold=", ".join(limits),
        confidence=words.confidence(row.skill) if framework.asks_evidence else "",
        items=items,
    )


def _number(level: Level | None) -> int | None:
    return None if level is None else level.value


def evidence_lines(given: Assessment, framework: Framework) -> tuple[EvidenceLine, ...]:
    """Give every item of evidence, the newest first."""
    months = given.aim.absence_months
    found = []
    for item in sorted(given.evidence, key=lambda e: e.date, reverse=True):
        counts = effective_strength(item, given.as_of, framework.ageing, months)
        function = framework.functions.get(item.confirmed_function or "")
        who = [item.confirmed_by.strip(), function.title if function else ""]
        who.append("outside the own team" if item.outside_team else "")
        skills = framework.skills
        found.append(
            EvidenceLine(
                id=item.id,
                title=item.title,
                date=item.date,
                age=age_words((given.as_of - item.date).days),
                strength=item.strength,
                counts_as=counts or "history only",
                description=item.description.strip(),
                artefact=item.artefact.strip(),
                link=web_address(item.artefact),
                confirmed_by=", ".join(filter(None, who)) if item.confirmed_by.strip() else "",
                measure=item.measure.strip(),
                method=item.method.strip(),
                skills=tuple(skills[s].title for s in item.skills if s in skills),
                types=tuple(
                    framework.evidence_types[t].title
                    for t in item.types
                    if t in framework.evidence_types
                ),
            )
        )
    return tuple(found)


def web_address(text: str) -> str:
    """
    Give a text back if it is a web address that may become a link, else nothing.

    Examples
    --------
    >>> web_address("https://wiki.example/runbook"), web_address("javascript:alert(1)")
    ('https://wiki.example/runbook', '')
    """
    text = text.strip()
    if not text.isprintable() or any(c.isspace() or c in "\"'<>\\`" for c in text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and host else ""


def note_lines(given: Assessment, framework: Framework) -> tuple[NoteLine, ...]:
    """Give the notes this reader gets, in the order of the framework."""
    return tuple(
        NoteLine(
            skill.title, given.notes[name].text.strip(), _VISIBILITY[given.notes[name].visibility]
        )
        for name, skill in framework.skills.items()
        if name in given.notes and given.notes[name].text.strip()
    )


def record_lines(given: Assessment, framework: Framework) -> tuple[tuple[RecordLine, ...], str]:
    """
    Give the record this reader gets, block by block as the ladder asks, oldest first.

    Returns
    -------
    tuple of (tuple of RecordLine, str)
        All answers and the newest readings, and a sentence on the readings that are too many.
    """
    if not given.record:
        return (), ""
    readings = [entry for entry in given.record if entry.value is not None]
    newest = sorted(readings, key=lambda e: str(e.date or ""))[-_MOST_READINGS:]
    entries = [entry for entry in given.record if entry.value is None] + newest
    older, more = len(readings) - len(newest), ""
    if older:
        more = f"{older:,} older readings are not printed; the assessment file has them."
    blocks, items = blocks_by_kind(framework), framework.items
    order = list(blocks)

    def place(entry: RecordEntry) -> tuple[int, str]:
        kind = items[entry.item].kind if entry.item in items else ""
        return order.index(kind) if kind in order else len(order), str(entry.date or "")

    found = []
    for entry in sorted(entries, key=place):
        item = items.get(entry.item)
        block = blocks.get(item.kind) if item else None
        answer = block.answer(entry.answer) if block and entry.answer else None
        said = answer.title if answer else (entry.answer or "")
        if entry.value is not None:
            said = " ".join(filter(None, [figure(entry.value), entry.unit, entry.period]))
        told = [entry.text, entry.source and f"Source: {entry.source}"]
        told += [entry.own_part and f"Own part: {entry.own_part}"]
        told += [entry.other_causes and f"What else changed: {entry.other_causes}"]
        found.append(
            RecordLine(
                block=block.title if block else "",
                item=item.title if item else entry.item,
                said=said,
                date=entry.date,
                text="\n".join(part.strip() for part in told if part and part.strip()),
            )
        )
    return tuple(found), more
