"""The record: which parts of the role guide a person notes down against, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.guide import KINDS, Guide, Item
from skillmatrix.framework.listed import listed
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.parts import Id, Part, Text

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

#: Kinds of guide item that have a place of their own: they are rated, not recorded.
_RATED = ("skill", "criterion")

#: YAML reads a bare ``no`` as false.
_Dated = Annotated[
    Literal["required", "optional", "no"], BeforeValidator(lambda v: "no" if v is False else v)
]


class RecordAnswer(Part):
    """One answer a block offers; ``counts`` when something was done that could be shown."""

    id: Id
    title: Text
    counts: bool


class RecordBlock(Part):
    """One question asked about every guide item of one kind.

    Attributes
    ----------
    kind : str
        A kind of guide item.
    form : {"answer", "reading"}
        One answer an item, or any number of dated figures; figures only for KPIs.
    dated : {"required", "optional", "no"}
        Whether an answer that counts carries a date.
    caution : str or None
        What to keep in mind, printed with the block.
    """

    id: Id
    kind: Id
    title: Text
    question: Text
    form: Literal["answer", "reading"]
    answers: tuple[RecordAnswer, ...] = ()
    dated: _Dated = "no"
    date_label: Text | None = None
    caution: Text | None = None
    source: Text

    def answer(self, name: str) -> RecordAnswer | None:
        """Give one of the answers by its id, if there is such a one."""
        return next((answer for answer in self.answers if answer.id == name), None)


def read_record(document: Located | None) -> dict[str, RecordBlock]:
    """Make the blocks of ``record.yaml`` by id; what is wrong is recorded in the file."""
    found = listed(document, "blocks", RecordBlock, "block")
    if document is None:
        return found
    kinds: dict[str, str] = {}
    for block in found.values():
        where: Key = ("blocks", block.id)
        if block.kind in kinds:
            told = f"{block.kind!r}, also of block {kinds[block.kind]!r}"
            document.problem((*where, "kind"), told, "one block a kind", "record-kind")
        kinds.setdefault(block.kind, block.id)
        _check_block(document, where, block)
    return found


def _check_block(document: Located, where: Key, block: RecordBlock) -> None:
    if block.kind not in KINDS or block.kind in _RATED:
        kinds = [kind for kind in KINDS if kind not in _RATED]
        expected, remedy = "a kind of guide item that is not rated", suggest(block.kind, kinds)
        document.problem((*where, "kind"), f"{block.kind!r}", expected, "record-kind", remedy)
    if block.form == "reading":
        if block.kind != "kpi":
            found = f"readings for the kind {block.kind!r}"
            document.problem((*where, "form"), found, "answer; only a KPI is read", "record-form")
        if block.answers:
            found = f"{len(block.answers)} answers in a block of readings"
            document.problem((*where, "answers"), found, "no answers", "record-form")
        return
    if len(block.answers) < 2:  # noqa: PLR2004 - one answer asks nothing
        found = f"{len(block.answers)} answers"
        document.problem((*where, "answers"), found, "two answers or more", "record-answers")
    places: dict[str, Key] = {}
    for index, answer in enumerate(block.answers):
        spot: Key = (*where, "answers", index)
        if places.setdefault(answer.id, spot) != spot:
            document.twice(spot, answer.id, places[answer.id])
    if block.dated != "no" and block.date_label is None:
        found = f"dated {block.dated} without a label"
        expected = "date_label, such as 'Since'"
        document.problem((*where, "dated"), found, expected, "record-form")


def check_record_items(
    framework: Framework, guide: Guide, document: Located | None
) -> list[Problem]:
    """Every block has something to record against in the role guide; give what has not."""
    if document is None:
        return []
    before = len(document.problems)
    kinds = {entry.kind for entry in guide.entries.values()}
    for block in framework.record.values():
        if block.kind in KINDS and block.kind not in kinds:
            found = f"no item of the kind {block.kind!r} in the role guide"
            expected = "a kind the role guide has items of"
            document.problem(("blocks", block.id, "kind"), found, expected, "record-empty")
    return document.problems[before:]


def blocks_by_kind(framework: Framework) -> Mapping[str, RecordBlock]:
    """Give the block of each kind of guide item that can be recorded against."""
    return {block.kind: block for block in framework.record.values()}


def written_items(framework: Framework) -> dict[str, Any]:
    """Give every item of the guide as it is written, with the keys of its kind, by id."""
    items: dict[str, Item] = {}
    for section in framework.guide.values():
        items.update(section.items)
    return items
