"""Make models of parts of files, and record what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from skillmatrix.errors import suggest
from skillmatrix.framework.located import Key, Located

T = TypeVar("T", bound=BaseModel)

#: How a kind of wrong value is said; anything else is said as pydantic says it.
_EXPECTED = {
    "missing": "a value",
    "extra_forbidden": "no such key",
    "int_type": "a whole number",
    "string_type": "text",
    "string_too_short": "text, not nothing",
}


def build(model: type[T], document: Located, where: Key, data: Any) -> T | None:
    """Make a model of a part of a file, or record what is wrong with it."""
    if not isinstance(data, dict):
        document.problem(where, f"{data!r}", "a mapping of keys to values", "shape")
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            place = (*where, *_without_union_tags(item["loc"]))
            found = "nothing" if item["type"] == "missing" else f"{item['input']!r}"
            if item["type"] == "extra_forbidden":
                found = f"the key {item['loc'][-1]!r}"
                close = suggest(item["loc"][-1], _fields(model))
                document.problem(place, found, "a key of this part", "unknown-key", close)
            else:
                expected = _EXPECTED.get(item["type"], item["msg"].lower())
                document.problem(place, found[:120], expected, "shape")
        return None


def _fields(model: type[BaseModel]) -> Iterable[str]:
    return model.model_fields


def _without_union_tags(where: tuple[int | str, ...]) -> Key:
    return tuple(p for p in where if not (isinstance(p, str) and "[" in p))
