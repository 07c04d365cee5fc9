"""Read YAML and CSV files and remember on which line everything stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from skillmatrix.errors import Problem
from skillmatrix.framework.yaml_words import told

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a build of PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Key = tuple[str | int, ...]

#: Values of one file, each alias counted as often as it is used. The largest shipped file has 900.
MOST_VALUES = 300_000
#: Parts within parts of one file; the composer of PyYAML has no limit of its own but the stack.
MOST_DEPTH = 400


@dataclass
class Unread:
    """
    What is written in a folder and could not be made: nothing that points at it is at fault.

    Attributes
    ----------
    named : set of (str, str)
        Kind and id.
    kinds : set of str
        Kinds of which not even the ids could be read.
    """

    named: set[tuple[str, str]] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def add(self, kind: str, names: Iterable[object]) -> None:
        """Add ids of one kind."""
        self.named |= {(kind, str(name)) for name in names}

    def covers(self, kind: str, name: str) -> bool:
        """Say whether an id may be that of a part which could not be made."""
        return kind in self.kinds or (kind, name) in self.named

    def __bool__(self) -> bool:
        return bool(self.named or self.kinds)


@dataclass
class Located:
    """
    The content of a file, its problems so far, and the line of each part of it.

    Attributes
    ----------
    notes : list of Problem
        What is no mistake and still worth a look.
    unread : Unread
        Shared by all files of a folder.
    default_source : str or None
        Where everything comes from that names no source of its own.
    """

    path: Path
    data: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)
    default_source: str | None = None

    def line(self, where: Key) -> int | None:
        """Give the line of a part, or of the nearest part around it."""
        while where:
            if where in self.lines:
                return self.lines[where]
            where = where[:-1]
        return self.lines.get(())

    def problem(self, where: Key, found: str, expected: str, rule: str, remedy: str = "") -> None:
        """Record a problem at a place of this file."""
        self.problems.append(self._told(where, (found, expected, rule, remedy)))

    def note(self, where: Key, found: str, expected: str, rule: str, remedy: str = "") -> None:
        """Record what is no mistake and still worth a look."""
        self.notes.append(self._told(where, (found, expected, rule, remedy)))

    def _told(self, where: Key, words: tuple[str, str, str, str]) -> Problem:
        found, expected, rule, remedy = words
        return Problem(
            where=show_path(where),
            found=found,
            expected=expected,
            remedy=remedy,
            file=str(self.path),
            line=self.line(where),
            rule=rule,
        )

    def twice(self, where: Key, name: object, first: Key) -> None:
        """Record that an id stands at a place and stood at another one before."""
        found = f"{name!r} twice, first on line {self.line(first)}"
        self.problem(where, found, "each id once", "duplicate-id")

    def name(self, where: Key, listed: Key) -> None:
        """Let a part of a list be found by its id as well as by its place in the list."""
        for key, line in [*self.lines.items()]:
            if key[: len(listed)] == listed:
                self.lines.setdefault((*where, *key[len(listed) :]), line)


def show_path(where: Key) -> str:
    """Write a path as people read it: ``levels[3] > text``."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f" > {part}" if text else part
    return text or "the file"


def read_text(path: Path, located: Located) -> str | None:
    """Read a file as UTF-8, or record why it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        located.problem((), "no such file", "a readable file", "missing-file")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at position {error.start}"
        located.problem((), found, "text in UTF-8", "encoding", "save the file as UTF-8")
    except OSError as error:
        located.problem((), error.strerror or "an unreadable file", "a readable file", "unreadable")
    return None


def read_yaml(path: Path) -> Located:
    """Read one YAML file; problems of syntax and doubled keys are recorded, not raised."""
    located = Located(path)
    text = read_text(path, located)
    if text is None:
        return located
    loader = _Loader(text)
    try:
        if _too_deep(text):
            raise RecursionError
        node = loader.get_single_node()
        if node is not None:
            located.data = _Reader(loader, located).read(node, ())
    except yaml.YAMLError as error:
        found, remedy, located.lines[()] = told(error, text)
        located.problem((), found, "valid YAML", "yaml-syntax", remedy)
    except RecursionError:
        located.problem((), "lists within lists without end", "valid YAML", "yaml-syntax")
    finally:
        loader.dispose()
    if located.data is None and not located.problems:
        located.problem((), "nothing", "a YAML mapping", "empty-file")
    elif located.data is not None and not isinstance(located.data, dict):
        located.problem((), f"{located.data!r}"[:60], "keys with values", "shape")
        located.data = None
    return located


def _too_deep(text: str) -> bool:
    """Say whether parts lie within parts beyond what can be followed."""
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") + longest < MOST_DEPTH:
        return False  # each part in another one needs a bracket or a column of its own
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            return True
    return False


@dataclass
class _Reader:
    """Make plain values of the nodes of a YAML file, with the line of each."""

    loader: Any
    located: Located
    around: list[int] = field(default_factory=list)
    count: int = 0

    def read(self, node: yaml.Node, where: Key) -> Any:
        """Make the value of one node."""
        located = self.located
        located.lines[where] = node.start_mark.line + 1
        self.count += 1
        if id(node) in self.around or self.count > MOST_VALUES:
            why = "an alias that leads to itself" if id(node) in self.around else "too many values"
            raise yaml.MarkedYAMLError(problem=why, problem_mark=node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, where)
        self.around.append(id(node))
        if isinstance(node, yaml.MappingNode):
            made: Any = self._mapping(node, where)
        else:
            made = [self.read(item, (*where, index)) for index, item in enumerate(node.value)]
        self.around.pop()
        return made

    def _scalar(self, node: yaml.ScalarNode, where: Key) -> Any:
        try:
            return self.loader.construct_object(node, deep=True)
        except (ValueError, AttributeError, KeyError, TypeError):  # a date in month 13, for one
            expected, remedy = "a value YAML can read", "put it in quotes"
            self.located.problem(where, f"{node.value!r}"[:60], expected, "yaml-value", remedy)
            return node.value

    def _mapping(self, node: yaml.MappingNode, where: Key) -> dict[Any, Any]:
        located = self.located
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                located.lines[(*where, "?")] = line
                located.problem((*where, "?"), "a list or keys as a key", "a word", "key")
                continue
            key = self._scalar(key_node, where)
            path = (*where, key if isinstance(key, int) else str(key))
            if key in result:
                found = f"{key!r} twice, first on line {located.lines[path]}"
                located.lines[path] = line
                located.problem(path, found, "each key once", "duplicate-key")
            result[key] = self.read(value_node, path)
            located.lines[path] = line
        return result


def read_csv(path: Path, columns: tuple[str, ...], needed: tuple[str, ...] = ()) -> Located:
    """
    Read one CSV file into a list of dicts, line numbers kept, header checked.

    Parameters
    ----------
    path : Path
    columns : tuple of str
        All there may be.
    needed : tuple of str
        Those the header has to name; all when not given. What is left out reads as empty.
    """
    located = Located(path, data=[])
    text = read_text(path, located)
    if text is None:
        return located
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    given = tuple(name.strip() for name in header)
    fits = len(set(given)) == len(given) and set(needed or columns) <= set(given) <= set(columns)
    if not fits:
        located.lines[()] = 1
        signs = any(sign in name for name in header for sign in ";\t")
        remedy = "separate the columns with commas" if signs else ""
        found = ",".join(header) or "nothing"
        located.problem((), found, ",".join(columns), "csv-header", remedy)
        return located
    for values in reader:
        if not values:
            continue
        index = len(located.data)
        located.lines[(index,)] = reader.line_num
        if len(values) != len(given):
            located.problem((index,), f"{len(values)} values", f"{len(given)} values", "csv-row")
        filled = (values + [""] * len(given))[: len(given)]
        row = dict(zip(given, (value.strip() for value in filled), strict=True))
        located.data.append({name: row.get(name, "") for name in columns})
    return located
