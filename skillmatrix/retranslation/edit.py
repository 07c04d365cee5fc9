"""Change the status of anchors in the text of a file, and not a character beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from skillmatrix.framework.located import Key
from skillmatrix.framework.retranslated import Retranslation

STATUS, FIGURES = "status", "retranslation"
WORD = "retranslated"

#: From where, to where, and what stands there instead.
_Edit = tuple[int, int, str]


_BESIDE = "lines that cannot be changed without changing others"


class CannotEditError(Exception):
    """A file in which lines cannot be changed without changing others."""


def edited(before: bytes, wanted: Mapping[Key, Retranslation]) -> tuple[bytes, dict[Key, str]]:
    r"""
    Write the status ``retranslated`` and its figures at anchors of a file.

    Parameters
    ----------
    before : bytes
        A YAML file in UTF-8.
    wanted : mapping of place to Retranslation
        Anchors by their place, such as ``("levels", 3, 0)``.

    Returns
    -------
    tuple of bytes and dict
        The file as it should be, and why, for each place that cannot be edited.

    Raises
    ------
    CannotEditError
        If the file would say anything else than before beside what was wanted.

    Examples
    --------
    >>> text = b"levels:\n  3:\n    - text: Sorts books.\n      status: draft  # for now\n"
    >>> figures = Retranslation(n_sorters=4, hit_rate=0.75, sd=0.5)
    >>> print(edited(text, {("levels", 3, 0): figures})[0].decode(), end="")
    levels:
      3:
        - text: Sorts books.
          status: retranslated  # for now
          retranslation: {n_sorters: 4, hit_rate: 0.75, sd: 0.5}
    """
    text = before.decode("utf-8-sig")
    mark = before[: len(before) - len(text.encode())]
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CannotEditError(_BESIDE) from error
    edits: list[_Edit] = []
    left: dict[Key, str] = {}
    for where, figures in wanted.items():
        around, node = _at(root, where[:-1]), _at(root, where)
        if isinstance(node, yaml.MappingNode) and node.value:
            edits += _edits(text, node, figures)
        elif isinstance(node, yaml.ScalarNode) and _is_one_line(node):
            edits += _named(text, node, around, figures)
        else:
            left[where] = "an anchor that is a text alone, on several lines"
    after = text
    for start, end, new in sorted(edits, reverse=True):
        after = after[:start] + new + after[end:]
    _check(text, after, {where: wanted[where] for where in wanted if where not in left})
    return mark + after.encode(), left


def written(figures: Retranslation) -> str:
    """
    Write figures on one line.

    Examples
    --------
    >>> written(Retranslation(n_sorters=3, hit_rate=1.0, sd=0.577))
    '{n_sorters: 3, hit_rate: 1.0, sd: 0.577}'
    """
    told = ", ".join(f"{key}: {value}" for key, value in figures.model_dump().items())
    return f"{{{told}}}"


def _at(node: Any, where: Key) -> Any:
    """Find the node of a place; the one text of a level need not stand in a list."""
    for step in where:
        if isinstance(node, yaml.MappingNode):
            node = {_name(key): value for key, value in node.value}.get(str(step))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step] if step < len(node.value) else None
    return node


def _is_one_line(node: yaml.ScalarNode) -> bool:
    return node.start_mark.line == node.end_mark.line


def _named(
    text: str, node: yaml.ScalarNode, around: yaml.Node, figures: Retranslation
) -> Iterator[_Edit]:
    """Give a bare text the keys of an anchor."""
    start, end = node.start_mark.index, node.end_mark.index
    lines = [f"{STATUS}: {WORD}", f"{FIGURES}: {written(figures)}"]
    if isinstance(around, yaml.SequenceNode) and around.flow_style:
        yield start, end, f"{{text: {text[start:end]}, {', '.join(lines)}}}"
        return
    line_end, indent = _break(text), " " * node.start_mark.column
    head = "text: "
    if not isinstance(around, yaml.SequenceNode):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        head, indent = f"- {head}", f"{indent}  "
        if line.strip():
            indent = " " * (len(line) - len(line.lstrip()) + 4)
            head = f"{line_end}{indent[:-2]}{head}"
            start = len(text[:start].rstrip(" "))
    yield start, node.start_mark.index, head
    place = _line_end(text, end)
    yield place, place, "".join(f"{line_end}{indent}{line}" for line in lines)


def _name(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _edits(text: str, node: yaml.MappingNode, figures: Retranslation) -> Iterator[_Edit]:
    found = {_name(key): (key, value) for key, value in node.value}
    line_end = _break(text)
    new = f"{FIGURES}: {written(figures)}"
    old = found.get(FIGURES)
    if old is not None:
        yield from _renewed(old[1], figures)
    if STATUS in found:
        value = found[STATUS][1]
        start, end = value.start_mark.index, value.end_mark.index
        if old is not None:
            yield start, end, WORD
        elif node.flow_style:
            yield start, end, f"{WORD}, {new}"
        else:
            yield start, end, WORD
            place = _line_end(text, end)
            indent = " " * found[STATUS][0].start_mark.column
            yield place, place, f"{line_end}{indent}{new}"
    elif node.flow_style:
        place = node.end_mark.index - 1
        head = text[:place].rstrip()
        comma = "" if head.endswith(",") else ","
        told = f"{STATUS}: {WORD}" if old is not None else f"{STATUS}: {WORD}, {new}"
        yield len(head), len(head), f"{comma} {told}"
    else:
        first = node.value[0][0].start_mark
        indent = " " * first.column
        lines = [f"{STATUS}: {WORD}"] if old is not None else [f"{STATUS}: {WORD}", new]
        told = "".join(f"{line}{line_end}{indent}" for line in lines)
        yield first.index, first.index, told


def _renewed(node: yaml.Node, figures: Retranslation) -> Iterator[_Edit]:
    """Write new figures in the place of old ones."""
    told = figures.model_dump()
    if not isinstance(node, yaml.MappingNode):
        yield node.start_mark.index, node.end_mark.index, written(figures)
        return
    for key, value in node.value:
        yield value.start_mark.index, value.end_mark.index, str(told[_name(key)])


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _line_end(text: str, place: int) -> int:
    """Find the end of a line, before its break."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return end - 1 if end > place and text[end - 1] == "\r" else end


def _check(before: str, after: str, wanted: Mapping[Key, Retranslation]) -> None:
    """See that the file says what was wanted, and beside it the same as before."""
    try:
        old, new = (_apart(yaml.safe_load(text)) for text in (before, after))
        for where, figures in wanted.items():
            _put(old, where, {STATUS: WORD, FIGURES: figures.model_dump()})
    except (yaml.YAMLError, TypeError, KeyError, IndexError) as error:
        raise CannotEditError(_BESIDE) from error
    if old != new:
        raise CannotEditError(_BESIDE)


def _apart(data: Any) -> Any:
    """Copy what an alias names as often as it is named."""
    if isinstance(data, dict):
        return {key: _apart(value) for key, value in data.items()}
    return [_apart(value) for value in data] if isinstance(data, list) else data


def _put(data: Any, where: Key, more: dict[str, Any]) -> None:
    """Put keys to an anchor, which may be a bare text, and the only one of its level."""
    *outer, level, place = where
    for step in outer:
        data = data[step]
    if isinstance(data[level], str):
        data[level] = [data[level]]
    anchor = data[level][place]
    data[level][place] = {**({"text": anchor} if isinstance(anchor, str) else anchor), **more}
