"""What JSON Schema can say about the record: an answer, or a figure with its day and source."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment.record import READING_ONLY, Places
from skillmatrix.framework.model import Framework
from skillmatrix.framework.record import RecordBlock

_SOMETHING = {"pattern": r"\S"}
_IS_READING = {"properties": {"value": {"type": "number"}}, "required": ["value"]}

#: Of every entry, whatever the framework.
RECORD_RULES: dict[str, Any] = {
    "if": _IS_READING,
    "then": {
        "required": ["date", "unit", "source"],
        "properties": {
            "answer": {"type": "null"},
            "date": {"type": "string"},
            "unit": _SOMETHING,
            "source": _SOMETHING,
        },
    },
    "else": {
        "anyOf": [
            {"required": ["answer"], "properties": {"answer": {"type": "string"}}},
            {"required": ["text"], "properties": {"text": _SOMETHING}},
        ],
        "properties": {name: {"const": ""} for name in READING_ONLY},
    },
}


def record_rules(framework: Framework) -> list[dict[str, Any]]:
    """Say for each block which answers it takes, and which of them need a day."""
    places = Places.of(framework).blocks
    return [
        {
            "if": {
                "properties": {
                    "item": {"enum": [name for name, b in places.items() if b.id == block.id]}
                }
            },
            "then": _of_block(block),
        }
        for block in framework.record.values()
    ]


def _of_block(block: RecordBlock) -> dict[str, Any]:
    if block.form == "reading":
        return _IS_READING
    answers = [answer.id for answer in block.answers]
    rules: dict[str, Any] = {
        "properties": {"answer": {"enum": [*answers, None]}, "value": {"type": "null"}}
    }
    if block.dated == "no":
        rules["properties"]["date"] = {"type": "null"}
    if block.dated == "required":
        counting = [answer.id for answer in block.answers if answer.counts]
        rules["if"] = {"properties": {"answer": {"enum": counting}}, "required": ["answer"]}
        rules["then"] = {"required": ["date"], "properties": {"date": {"type": "string"}}}
    return rules
