"""The record: what its entries may say, given the framework and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from skillmatrix.assessment.model import Assessment, RecordEntry
from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.model import Framework
from skillmatrix.framework.record import RecordBlock, blocks_by_kind

#: Entries of one assessment; above, a page would answer too slowly.
MOST_ENTRIES = 20_000

#: Fields that an answer has no use for.
READING_ONLY = ("unit", "period", "source", "own_part", "other_causes")


@dataclass(frozen=True)
class Places:
    """Items that can be recorded against, each with the block that asks about it."""

    blocks: Mapping[str, RecordBlock]
    others: frozenset[str]

    @classmethod
    def of(cls, framework: Framework) -> Places:
        """Find the places of a framework; none where it asks nothing."""
        kinds = blocks_by_kind(framework)
        if not kinds:
            return cls({}, frozenset())
        items = framework.items
        blocks = {name: kinds[entry.kind] for name, entry in items.items() if entry.kind in kinds}
        return cls(blocks, frozenset(items) - frozenset(blocks))


def check_record(assessment: Assessment, framework: Framework) -> list[Problem]:
    """Find everything in the record that the framework or the day does not allow."""
    if not assessment.record:
        return []
    if len(assessment.record) > MOST_ENTRIES:
        found = f"{len(assessment.record):,} entries"
        remedy = "keep the latest readings of each KPI"
        return [Problem("record", found, f"at most {MOST_ENTRIES:,}", remedy)]
    places = Places.of(framework)
    problems: list[Problem] = []
    ids: set[str] = set()
    answered: dict[str, int] = {}
    for index, entry in enumerate(assessment.record):
        where = f"record[{index}]"
        if entry.id in ids:
            problems.append(Problem(f"{where} > id", f"{entry.id!r} twice", "each id once"))
        ids.add(entry.id)
        if entry.value is None:
            first = answered.setdefault(entry.item, index)
            if first != index:
                found = f"{entry.item!r}, answered in record[{first}] already"
                problems.append(Problem(f"{where} > item", found, "one answer an item"))
        problems += check_entry(entry, places, assessment.as_of, where)
    return problems


def check_entry(
    entry: RecordEntry, places: Places, as_of: dt.date, where: str = "record"
) -> list[Problem]:
    """Find what is wrong with one entry of the record."""
    block = places.blocks.get(entry.item)
    found: list[Problem] = []
    if block is None:
        found.append(_no_place(entry.item, places, where))
    if entry.date is not None and entry.date > as_of:
        expected = f"a day up to {as_of}, the day of the assessment"
        found.append(Problem(f"{where} > date", f"{entry.date}", expected))
    if entry.value is None:
        return found + _check_answer(entry, block, where)
    return found + _check_reading(entry, block, where)


def _no_place(item: str, places: Places, where: str) -> Problem:
    if not places.blocks:
        expected, remedy = "no entry", "this framework asks for no record"
    elif item in places.others:
        expected, remedy = "an item that can be recorded against", "no block asks about its kind"
    else:
        expected, remedy = "the id of an item of the role guide", suggest(item, places.blocks)
    return Problem(f"{where} > item", f"{item!r}", expected, remedy)


def _check_answer(entry: RecordEntry, block: RecordBlock | None, where: str) -> list[Problem]:
    found = [
        Problem(f"{where} > {key}", "text", "nothing: it belongs to a reading, with a value")
        for key in READING_ONLY
        if getattr(entry, key)
    ]
    if entry.answer is None and not entry.text.strip():
        found.append(Problem(where, "neither answer nor text", "an answer, or a note"))
    if block is None:
        return found
    if block.form == "reading":
        return [*found, Problem(f"{where} > value", "nothing", "a value: this is for readings")]
    answer = block.answer(entry.answer) if entry.answer is not None else None
    if entry.answer is not None and answer is None:
        known = [each.id for each in block.answers]
        expected, remedy = "one of " + ", ".join(known), suggest(entry.answer, known)
        found.append(Problem(f"{where} > answer", f"{entry.answer!r}", expected, remedy))
    if block.dated == "no" and entry.date is not None:
        found.append(Problem(f"{where} > date", f"{entry.date}", "no date for this question"))
    if block.dated == "required" and entry.date is None and answer is not None and answer.counts:
        expected = f"a date: {(block.date_label or 'when').lower()}"
        remedy = f"give the day, or choose another answer than {answer.title!r}"
        found.append(Problem(f"{where} > date", "nothing", expected, remedy))
    return found


def _check_reading(entry: RecordEntry, block: RecordBlock | None, where: str) -> list[Problem]:
    found = []
    if entry.answer is not None:
        expected = "an answer or a value, not both"
        found.append(Problem(f"{where} > answer", f"{entry.answer!r}", expected))
    if block is not None and block.form != "reading":
        expected = "an answer: figures are read for KPIs only"
        found.append(Problem(f"{where} > value", f"{entry.value!r}", expected))
    if entry.date is None:
        found.append(Problem(f"{where} > date", "nothing", "the day of the reading"))
    for key, words in (
        ("unit", "the unit of the figure, such as hours"),
        ("source", "where the figure comes from, such as the dashboard it stands on"),
    ):
        if not getattr(entry, key).strip():
            found.append(Problem(f"{where} > {key}", "nothing", words))
    return found
