"""What a text that is not YAML most likely lacks, in words."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

#: What is said of a text that stands between braces without the quotes it needs.
COMMA = "a text with a comma inside { } stands in quotes"
_COLON = "a text with a colon in it stands in quotes"
_SIGN = "a text that begins with a sign such as * & % @ ` ! | > [ or { stands in quotes"
_TAB = "indent with spaces, not with tabs"
_AFTER = "the whole text stands in double quotes, and keys beside each other in one column"
_CLOSE = "a text with a comma, a colon or a # inside { } stands in quotes"
_INDENT = f"{_COLON}, and keys beside each other in one column"
_LINES = "a text of several lines stands in quotes, with a colon and its key before it"

_CANNOT_START = "cannot start any token"
#: What the message of the parser holds, what that means, and what to do.
_KNOWN = (
    (r"mapping values are not allowed", "a colon within a text", _INDENT),
    (r"could not find expected ':'|expected ':'", "a line without a key and a colon", _LINES),
    (r"tab character", "a tab", _TAB),
    (r"unexpected end of stream", "a quote that is never closed", "close it, on the same line"),
    (r"alphabetic or numeric character", "a sign at the start of a text", _SIGN),
    (r"undefined alias", "a sign at the start of a text", _SIGN),
    (r"comment or line break|determine a constructor|tag", "a sign at the start of a text", _SIGN),
    (r"unknown escape", "a backslash in double quotes", "write it twice, or use single quotes"),
    (r"sequence entries are not allowed", "a dash within a line", "begin a line with it"),
    (r"expected ',' or|expected node content", "brackets that do not close", _CLOSE),
    (r"expected key|block end|expected '-'", "a text after a quote, or an indent", _AFTER),
)
#: What the parser was reading, where the line of its beginning helps more than that of its end.
_NAMED_WHERE_BEGUN = r"quoted scalar|flow mapping"


class Told(NamedTuple):
    """What stands there, what to do, and in which line, from 1."""

    found: str
    remedy: str
    line: int


def told(error: yaml.YAMLError, text: str) -> Told:
    """
    Say in words why a text is not YAML; a quote or a brace is named where it begins.

    Examples
    --------
    >>> try:
    ...     yaml.safe_load("1: You can: bake")
    ... except yaml.YAMLError as error:
    ...     told(error, "1: You can: bake").found
    'a colon within a text'
    """
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "text that is not YAML"
    line = mark.line + 1 if mark else 1
    if _CANNOT_START in said and mark:
        lines = text.splitlines()[mark.line : mark.line + 1]
        sign = lines[0][mark.column : mark.column + 1] if lines else ""
        if sign == "\t":
            return Told("a tab", _TAB, line)
        return Told(f"{sign!r} at the start of a text", _SIGN, line)
    for pattern, found, remedy in _KNOWN:
        if re.search(pattern, said):
            begun = getattr(error, "context_mark", None)
            within = getattr(error, "context", None) or ""
            if begun is not None and re.search(_NAMED_WHERE_BEGUN, within):
                line = begun.line + 1
            return Told(found, remedy, line)
    return Told(said, "", line)
