"""Make models of parts of files, and record what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

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
    "string_too_long": "at most {max_length} characters",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "mapping_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "literal_error": "{expected}",
    "greater_than_equal": "{ge} or more",
}
#: Patterns, in words.
_PATTERNS = {
    r"^\d+\.\d+\.\d+$": "three numbers with points between them, such as 1.2.0",
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "lower case letters, digits and single hyphens",
}


def build(model: type[T], document: Located, where: Key, data: Any) -> T | None:
    """Make a model of a part of a file, or record what is wrong with it."""
    if not isinstance(data, dict):
        document.problem(where, f"{data!r}", "a mapping of keys to values", "shape")
        return None
    try:
        return model.model_validate(data, context={"source": document.default_source})
    except ValidationError as error:
        for item in _each_once(error.errors()):
            place = (*where, *_without_union_tags(item["loc"]))
            found = "nothing" if item["type"] == "missing" else f"{item['input']!r}"
            if item["type"] == "extra_forbidden":
                found = f"the key {item['loc'][-1]!r}"
                close = suggest(item["loc"][-1], _fields(model))
                document.problem(place, found, "a key of this part", "unknown-key", close)
            else:
                expected = _expected(item)
                document.problem(place, found[:120], expected, "shape")
        return None


def _each_once(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out that a value is no whole number where any number would do."""
    numbers = {item["loc"][:-1] for item in errors if item["loc"][-1:] == ("float",)}
    return [e for e in errors if e["loc"][-1:] != ("int",) or e["loc"][:-1] not in numbers]


def _expected(item: ErrorDetails) -> str:
    facts = item.get("ctx", {})
    if item["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(facts["pattern"], item["msg"].lower())
    if item["type"] in {"too_short", "too_long"}:
        many = item["type"] == "too_long"
        return f"at most {facts['max_length']}" if many else f"at least {facts['min_length']}"
    return _EXPECTED.get(item["type"], item["msg"].lower()).format(**facts)


def _fields(model: type[BaseModel]) -> Iterable[str]:
    return model.model_fields


def _without_union_tags(where: tuple[int | str, ...]) -> Key:
    plain = where[:-1] if where[-1:] == ("float",) else where
    return tuple(p for p in plain if not (isinstance(p, str) and "[" in p))
