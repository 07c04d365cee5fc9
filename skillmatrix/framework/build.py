"""Make models of parts of files, and record what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from skillmatrix.errors import suggest
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.yaml_words import COMMA

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
    "level_or_unrated": "a level as a whole number, or UNRATED",
}
#: What to do where parts name no source.
DEFAULT_SOURCE = "default_source in framework.yaml names one for every part that has none"
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
            _tell(document, (*where, *_without_union_tags(item["loc"])), item, model)
        return None


def _tell(document: Located, place: Key, item: ErrorDetails, model: type[BaseModel]) -> None:
    """Record one thing that is wrong with a part of a file."""
    *around, key = item["loc"] or ("",)
    part = next(_models_at(model, tuple(around)), None)
    field = part.model_fields.get(str(key)) if part else None
    if item["type"] == "extra_forbidden":
        names = [field.alias or name for name, field in part.model_fields.items()] if part else []
        close = suggest(key, names) if part else ""
        if item["input"] is None or " " in str(key):
            close = f"{close}; {COMMA}".removeprefix("; ")
        document.problem(place, f"the key {key!r}", "a key of this part", "unknown-key", close)
    elif item["type"] == "missing" and key == "source" and not document.default_source:
        document.problem(place, "nothing", "a source", "missing-source", DEFAULT_SOURCE)
    elif item["type"] == "missing" and field and get_origin(field.annotation) is Literal:
        kinds = "one of " + ", ".join(get_args(field.annotation))
        document.problem(place, "nothing", kinds, "shape")
    else:
        missing = item["type"] == "missing" or item["input"] is None
        found = "nothing" if missing else f"{item['input']!r}"
        document.problem(place, found[:120], _expected(item), "shape")


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


def _models_at(kind: Any, where: tuple[int | str, ...]) -> Iterator[type[BaseModel]]:
    """Find the model of a part within another one, by the place of the part."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _models_at(inner[0], where)
    elif origin in {Union, UnionType}:
        for one in inner:
            yield from _models_at(one, where)
    elif inner and where:  # of a list and of a mapping the entry
        yield from _models_at(inner[0 if origin is tuple else -1], where[1:])
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if not where:
            yield kind
        elif field := kind.model_fields.get(str(where[0])):
            yield from _models_at(field.annotation, where[1:])


def _without_union_tags(where: tuple[int | str, ...]) -> Key:
    plain = where[:-1] if where[-1:] == ("float",) else where
    return tuple(p for p in plain if not (isinstance(p, str) and "[" in p))
