"""From the text of a JSON file to its content, strictly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework.located import Key, show_path

MAX_DEPTH = 60


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _TwiceError(key)
        result[key] = value
    return result


def _constant(name: str) -> Any:
    msg = f"{name} is not a number that JSON knows"
    raise ValueError(msg)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        msg = f"{text} is too large a number"
        raise ValueError(msg)
    return number


def parse(text: str, source: str) -> dict[str, Any]:
    """Read the text of a JSON file into an object, strictly."""

    def wrong(
        found: str, expected: str, remedy: str = "", line: int | None = None
    ) -> AssessmentError:
        return AssessmentError(source, [Problem("the file", found, expected, remedy, line=line)])

    if not text.strip():
        raise wrong("nothing", "a JSON object")
    try:
        data = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        found = f"text that is not JSON at column {error.colno}: {error.msg.lower()}"
        raise wrong(found, "valid JSON", line=error.lineno) from None
    except _TwiceError as error:
        raise wrong(f"the key {error.args[0]!r} twice", "each key once in its object") from None
    except RecursionError:
        raise wrong("brackets nested too deeply", "an assessment") from None
    except ValueError as error:
        raise wrong(str(error), "valid JSON") from None
    if not isinstance(data, dict):
        raise wrong(f"a JSON {_json_name(data)}", "a JSON object")
    if problems := list(_unwritable(data, ())):
        raise AssessmentError(source, problems)
    return data


def _unwritable(value: object, where: Key) -> Iterator[Problem]:
    """Name what could be read but never written again, also under keys nobody knows."""
    place = show_path(where).encode("unicode_escape").decode()
    if len(where) > MAX_DEPTH:
        yield Problem(show_path(where[:1]), "brackets nested too deeply", "an assessment")
    elif isinstance(value, str) and not _whole(value):
        remedy = "delete the lone surrogate (\\ud800 to \\udfff)"
        yield Problem(place, ascii(value)[:80], "text without half characters", remedy)
    elif isinstance(value, dict):
        for key, item in value.items():
            if _whole(key):
                yield from _unwritable(item, (*where, key))
            else:
                name = key.encode("unicode_escape").decode()
                remedy = "delete the lone surrogate (\\ud800 to \\udfff)"
                yield Problem(place, f"half a character in the key {name!r}", "whole ones", remedy)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unwritable(item, (*where, index))


def _whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _json_name(value: object) -> str:
    names = {list: "array", str: "string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "number")
