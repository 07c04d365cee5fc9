"""The record as its page shows it, and what the page can do with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from skillmatrix.assessment import Assessment, RecordEntry
from skillmatrix.assessment.events import History
from skillmatrix.assessment.problems import problem_of
from skillmatrix.assessment.readings_csv import ReadingsPreview, read_readings
from skillmatrix.assessment.record import MOST_ENTRIES, Places, check_entry
from skillmatrix.errors import FrameworkError, Problem
from skillmatrix.framework import Framework
from skillmatrix.framework.guide import Item, Kpi, Milestone, shown
from skillmatrix.framework.record import RecordBlock, written_items
from skillmatrix.pages.commands import AskReadings, PutRecord, ReadingsFile
from skillmatrix.pages.session import Command, Commands, RefusedError, Review, refuse
from skillmatrix.scoring.readings import compare_reading

#: Readings of one KPI in the state of the page; the others are asked for, page by page.
LATEST = 24
PAGE = 50

#: Rows of a file that are shown before it is imported, and problems told when none is left.
SHOWN_ROWS = 200
MOST_TOLD = 50

_SHOWN = ("id", "date", "value", "unit", "period", "source", "own_part", "other_causes", "text")
_LINES = ("unit", "period", "source")
_SET = ("item", "answer", *_SHOWN[1:])
_COMPUTED = ("id", "at", "evidence", "result", "sentence")


def record_problem(framework: Framework) -> str | None:
    """Say why nothing can be recorded although the ladder asks: its guide cannot be read."""
    try:
        Places.of(framework)
    except FrameworkError as error:
        count = len(error.problems)
        many = f"{count} problem{'' if count == 1 else 's'}"
        return f"The role guide has {many}: skillmatrix check {error.source} says which."
    return None


def record_blocks(framework: Framework) -> list[dict[str, Any]]:
    """Give the blocks with the items of the guide they ask about."""
    if not framework.record or record_problem(framework):
        return []
    written = written_items(framework)
    return [
        {
            **block.model_dump(exclude={"source"}),
            "answers": [answer.model_dump() for answer in block.answers],
            "items": [
                _item(framework, written[name], group.id, group.title)
                for section in framework.guide.values()
                for group in section.groups.values()
                if group.kind == block.kind
                for name in shown(framework, group)
            ],
        }
        for block in framework.record.values()
    ]


def _item(framework: Framework, item: Item, group: str, title: str) -> dict[str, Any]:
    criteria = item.links.criteria
    types = [
        kind.id for kind in framework.evidence_types.values() if set(kind.criteria) & set(criteria)
    ]
    more: dict[str, Any] = {}
    if isinstance(item, Kpi):
        more = item.model_dump(include={"target", "measures", "why", "frequency"})
    elif isinstance(item, Milestone):
        more = {"horizon": item.horizon}
    return {
        "id": item.id,
        "source": item.source,
        "title": item.title,
        "text": item.text,
        "group": group,
        "group_title": title,
        "skills": list(item.links.skills),
        "criteria": list(criteria),
        "types": types,
        **more,
    }


def _made_of(assessment: Assessment) -> dict[str, list[str]]:
    """Give the evidence made from each entry of the record."""
    found: dict[str, list[str]] = {}
    for item in assessment.evidence:
        if item.record is not None:
            found.setdefault(item.record, []).append(item.id)
    return found


def record_view(framework: Framework, assessment: Assessment, history: History) -> dict[str, Any]:
    """Give ``record`` of the page state: answers, latest readings, and how much is answered."""
    made = _made_of(assessment)
    broken = record_problem(framework) is not None
    kpis = written_items(framework) if assessment.record and not broken else {}
    answers: dict[str, Any] = {}
    read: dict[str, list[RecordEntry]] = {}
    for entry in assessment.record:
        if entry.value is not None:
            read.setdefault(entry.item, []).append(entry)
            continue
        event = history.current.get(("record", entry.id))
        answers[entry.item] = {
            "id": entry.id,
            "answer": entry.answer,
            "date": entry.date.isoformat() if entry.date else None,
            "text": entry.text,
            "at": event.at.isoformat() if event else None,
            "evidence": made.get(entry.id, []),
        }
    readings = {}
    for item, entries in read.items():
        rows = [reading_row(kpis.get(item), each, made) for each in newest(entries)[:LATEST]]
        readings[item] = {
            "count": len(entries),
            "latest": rows,
            "word": rows[0]["result"],
            "sentence": rows[0]["sentence"],
        }
    return {
        "answers": answers,
        "readings": readings,
        "counts": {} if broken else _counts(framework, answers, readings),
    }


def _counts(
    framework: Framework, answers: dict[str, Any], readings: dict[str, Any]
) -> dict[str, dict[str, int]]:
    """Count by block the items with an answer; a note alone is none."""
    places = Places.of(framework).blocks
    counts = {name: {"answered": 0, "of": 0} for name in framework.record}
    for item, block in places.items():
        answered = answers.get(item, {}).get("answer") is not None or item in readings
        counts[block.id]["of"] += 1
        counts[block.id]["answered"] += answered
    return counts


def newest(entries: Iterable[RecordEntry]) -> list[RecordEntry]:
    """Order readings by day, the latest first; of one day the one recorded last."""
    found = list(entries)
    found.reverse()
    return sorted(found, key=lambda e: str(e.date), reverse=True)


def reading_row(kpi: Any, entry: RecordEntry, made: dict[str, list[str]]) -> dict[str, Any]:
    """Give one reading with what it says beside the target."""
    row: dict[str, Any] = {key: getattr(entry, key) for key in _SHOWN}
    row["date"] = entry.date.isoformat() if entry.date else None
    row["evidence"] = made.get(entry.id, [])
    if isinstance(kpi, Kpi):
        result = compare_reading(entry, kpi.target)
        row["result"], row["sentence"] = result.word, result.sentence
    else:
        row["result"], row["sentence"] = "cannot be compared", "Its KPI has no target here."
    return row


def record_name(framework: Framework, event: Any) -> str:
    """Say in a few words what an event of the record did."""
    payload = event.payload or {}
    if event.kind == "readings":
        count = len(payload["entries"])
        return f"{count:,} reading{'' if count == 1 else 's'} from {payload['filename']}"
    known = framework.items.get(payload.get("item", event.subject.removeprefix("r-")))
    title = known.title if known else "Record"
    if not payload:
        return f"{title}: taken out of the record"
    if payload.get("value") is not None:
        return f"{title}: reading of {payload['value']} {payload.get('unit', '')}".rstrip()
    if payload.get("answer") is None:
        return f"{title}: note"
    block: RecordBlock | None = Places.of(framework).blocks.get(payload["item"])
    answer = block.answer(payload["answer"]) if block else None
    return f"{title}: {answer.title if answer else payload['answer']}"


class Recording:
    """Commands of the record: one entry, older readings, and a file of readings."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.commands: Commands = {
            "record": (PutRecord, self.put),
            "readings": (AskReadings, self.readings),
            "readings_preview": (ReadingsFile, self.preview),
            "readings_import": (ReadingsFile, self.bring_in),
        }

    def put(self, command: Command, put: PutRecord) -> dict[str, Any]:
        """Keep one answer or one reading, or take it out of the record."""
        if put.entry is None:
            return self._review.append(command, "record", put.id, None)
        assessment, _ = self._review.current()
        before = next((e for e in assessment.record if e.id == put.id), None)
        kept = (before.model_extra if before is not None else None) or {}
        try:
            entry = RecordEntry.model_validate({**kept, **_fields(put.entry), "id": put.id})
        except ValidationError as error:
            raise RefusedError(*map(problem_of, error.errors(include_url=False))) from None
        places = Places.of(self._review.framework)
        problems = check_entry(entry, places, assessment.as_of)
        problems += _beside(entry, assessment)
        if problems:
            raise RefusedError(*problems)
        payload = entry.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
        return self._review.append(command, "record", put.id, payload)

    def readings(self, command: Command, ask: AskReadings) -> dict[str, Any]:
        """Give fifty readings of one KPI, the newest first, from an offset on."""
        assessment, _ = self._review.current()
        kpi = written_items(self._review.framework).get(ask.item)
        made = _made_of(assessment)
        found = newest(e for e in assessment.record if e.item == ask.item and e.value is not None)
        rows = [reading_row(kpi, e, made) for e in found[ask.offset : ask.offset + PAGE]]
        return {"readings": {"item": ask.item, "total": len(found), "rows": rows}}

    def preview(self, command: Command, file: ReadingsFile) -> dict[str, Any]:
        """Say what a file of readings holds; nothing of it is stored."""
        assessment, _ = self._review.current()
        found = self._read(file, assessment, "preview")
        kpis = written_items(self._review.framework)
        rows = zip(found.lines[:SHOWN_ROWS], found.understood, strict=False)
        return {
            "preview": {
                "understood": len(found.understood),
                "rows": [{"line": line, **_preview_row(kpis, entry)} for line, entry in rows],
                "refused": [problem.as_dict() for problem in found.refused[:MOST_ENTRIES]],
                "duplicates": [problem.as_dict() for problem in found.duplicates[:MOST_ENTRIES]],
                "delimiter": found.delimiter,
                "columns": dict(found.columns),
                "notes": list(found.notes),
            }
        }

    def bring_in(self, command: Command, file: ReadingsFile) -> dict[str, Any]:
        """Keep the readings of a file that were understood, as one change."""
        stored = next((e for e in self._review.events() if e.id == command.id), None)
        if stored is not None:
            entries = (stored.payload or {}).get("entries", [])
            return {**self._review.state_answer(), "imported": len(entries)}
        assessment, _ = self._review.current()
        digest = hashlib.sha256(command.id.encode()).hexdigest()[:12]
        found = self._read(file, assessment, f"i-{digest}")
        if not found.understood:
            nothing = Problem("the file", "nothing new", "at least one reading", file=file.filename)
            raise RefusedError(*(found.refused[:MOST_TOLD] or [nothing]))
        total = len(assessment.record) + len(found.understood)
        if total > MOST_ENTRIES:
            told = f"{total:,} entries with those of the file"
            remedy = "import fewer readings, such as those of the last year"
            raise refuse("record", told, f"at most {MOST_ENTRIES:,}", remedy)
        payload = {
            "filename": one_line(file.filename)[:200] or "a file",
            "entries": [
                entry.model_dump(mode="json", exclude_defaults=True) for entry in found.understood
            ],
        }
        answer = self._review.append(command, "readings", digest, payload)
        return {**answer, "imported": len(found.understood)}

    def _read(self, file: ReadingsFile, assessment: Assessment, prefix: str) -> ReadingsPreview:
        framework = self._review.framework
        return read_readings(file.text, framework, assessment.as_of, assessment.record, prefix)


def _preview_row(kpis: dict[str, Any], entry: RecordEntry) -> dict[str, Any]:
    kpi = kpis.get(entry.item)
    row = reading_row(kpi, entry, {})
    return {
        "item": entry.item,
        "title": kpi.title if kpi else entry.item,
        **{key: row[key] for key in ("date", "value", "unit", "period", "source", "result")},
    }


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    """Give the fields a page may set, as they can be kept; what it only shows is left out."""
    fields: dict[str, Any] = {}
    for key, value in told.items():
        if key in _SET:
            made = one_line if key in _LINES else clean
            fields[key] = made(value) if isinstance(value, str) else value
        elif key not in _COMPUTED:
            known = ", ".join(_SET)
            raise refuse(f"entry > {key[:60]}", "a key nobody knows", f"one of {known}")
    return fields


def _beside(entry: RecordEntry, assessment: Assessment) -> list[Problem]:
    """Find what an entry would do beside the others: one answer an item, and not too many."""
    others = [other for other in assessment.record if other.id != entry.id]
    problems = []
    if len(others) >= MOST_ENTRIES:
        found = f"{len(others):,} entries already"
        problems.append(Problem("record", found, f"at most {MOST_ENTRIES:,}", "take some out"))
    if entry.value is None:
        twice = next((o for o in others if o.item == entry.item and o.value is None), None)
        if twice is not None:
            found = f"an answer for {entry.item!r} under the id {twice.id!r} already"
            problems.append(Problem("record > item", found, "one answer an item"))
    return problems


def one_line(text: str) -> str:
    """Put a text on one line, without what no file can hold."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """Drop what no file can hold: NUL and halves of characters, as pasted by accident."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
