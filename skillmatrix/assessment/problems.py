"""What is wrong with one value of a file, in words."""

from __future__ import annotations

import json
from typing import Any

from skillmatrix.errors import Problem
from skillmatrix.framework.located import Key, show_path

_SHOWN = 60

_REMEDIES: dict[Key, str] = {
    ("person",): 'write {"code": "..."}; any short code will do',
    ("person", "code"): "any short code will do",
}
_KINDS = {
    "missing": "a value here",
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "dict_type": "an object",
    "mapping_type": "an object",
    "model_type": "an object",
    "tuple_type": "an array",
    "string_too_short": "text, not nothing",
    "too_short": "text, not nothing",
}


def problem_of(item: Any) -> Problem:
    """Say in our words what pydantic found wrong with one value."""
    where: Key = tuple(item["loc"])
    context = item.get("ctx") or {}
    if item["type"] == "skillmatrix":
        expected, remedy = context["expected"], context["remedy"]
    elif item["type"] == "literal_error":
        expected, remedy = f"one of {context['expected']}".replace(" or ", ", "), ""
    elif item["type"] == "string_pattern_mismatch":
        expected, remedy = _pattern_words(where), ""
    elif item["type"] == "string_too_long":
        expected, remedy = f"at most {context['max_length']} characters", ""
    else:
        expected, remedy = _KINDS.get(item["type"], item["msg"].lower()), _REMEDIES.get(where, "")
    found = "nothing" if item["type"] == "missing" else _short(item["input"])
    return Problem(show_path(where), found, expected, remedy, rule=item["type"])


def _pattern_words(where: Key) -> str:
    if where[-1] == "framework":
        return "id@version, such as 'ml-specialist@0.1.0'"
    if where[-1] == "sha256":
        return "64 hexadecimal digits"
    return "a code of letters, digits, dots, underscores and hyphens"


def _short(value: object) -> str:
    if isinstance(value, str):
        return repr(value) if len(value) <= _SHOWN else f"{len(value)} characters"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
