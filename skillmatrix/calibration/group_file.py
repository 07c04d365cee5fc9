"""The file of groups: who chose to name one."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from skillmatrix.errors import DataError, Problem

HEADER = ("person", "group")
#: Characters of the name of a group.
_LONGEST = 60
_MOST = 1_000_000


def read_groups(source: Path | str) -> dict[str, str]:
    r"""
    Read which group people chose to name.

    Parameters
    ----------
    source : Path or str
        A CSV file, or its text: the header ``person,group``, then a row for each person. Commas
        or semicolons.

    Returns
    -------
    dict
        Group by person. A person whose group is left empty has named none, and is not in it.

    Raises
    ------
    DataError
        If the file cannot be read, or with every problem in it.

    Notes
    -----
    The file is voluntary and stays apart from the session's: nothing but `group_check` and
    `process_measures` needs it, and neither keeps it.

    Examples
    --------
    >>> read_groups("person,group\np1,north\np2,\np3,south\n")
    {'p1': 'north', 'p3': 'south'}
    """
    name = "the file of groups"
    text = source
    if isinstance(source, Path):
        name = str(source)
        try:
            if source.stat().st_size > _MOST:
                raise DataError(name, [Problem("the file", "over 1 MB", "a row for each person")])
            text = source.read_text(encoding="utf-8-sig")
        except OSError as error:
            found = error.strerror or str(error)
            raise DataError(name, [Problem("the file", found, "a file to read")]) from error
        except UnicodeDecodeError as error:
            found = f"bytes that are no UTF-8, from byte {error.start + 1}"
            remedy = "save it as CSV UTF-8"
            raise DataError(name, [Problem("the file", found, "UTF-8", remedy)]) from error
    plain = str(text).lstrip("\ufeff")
    mark = ";" if ";" in plain.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=mark, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        problem = Problem("the file", str(error), "a CSV file with person and group")
        raise DataError(name, [problem]) from error
    groups, problems = _read(rows)
    if problems:
        raise DataError(name, problems)
    return groups


def _read(rows: list[tuple[int, list[str]]]) -> tuple[dict[str, str], list[Problem]]:
    head = tuple(cell.strip().lower() for cell in rows[0][1]) if rows else ()
    if head != HEADER:
        told = ", ".join(map(repr, head)) or "nothing"
        return {}, [Problem("header", told, "person,group", "write it as the first line", line=1)]
    found: dict[str, str] = {}
    first: dict[str, int] = {}
    spelt: dict[str, tuple[str, int]] = {}
    problems = []
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(HEADER):
            told = f"{len(row)} value{'' if len(row) == 1 else 's'}"
            problems.append(Problem("row", told, "person and group", line=line))
            continue
        person, group = (cell.strip() for cell in row)
        if not person:
            problems.append(Problem("person", "nothing", "the code of a person", line=line))
        elif person in first:
            said = f"{person!r} again, after line {first[person]}"
            problems.append(Problem("person", said, "each person once", line=line))
        if person:
            first.setdefault(person, line)
        if len(group) > _LONGEST or not group.isprintable():
            said = f"{len(group)} characters" if group.isprintable() else repr(group)
            expected = f"a name of up to {_LONGEST} characters that print"
            problems.append(Problem("group", said, expected, line=line))
        elif group:
            other, where = spelt.setdefault(" ".join(group.casefold().split()), (group, line))
            if other != group:
                said = f"{group!r}, which line {where} spells {other!r}"
                problems.append(Problem("group", said, "one spelling of a group", line=line))
            found[person] = group
    return found, problems


def not_in_session(groups: Mapping[str, str], people: Iterable[str]) -> tuple[str, ...]:
    """
    Name people of the file whom the session does not know.

    Notes
    -----
    For whoever brings the file, to find a code typed wrongly; not for the page of results.
    """
    known = set(people)
    return tuple(person for person in groups if person not in known)


def group_sizes(groups: Mapping[str, str], people: Iterable[str]) -> dict[str, int]:
    """
    Count the people of the session in each group, and those who named none.

    Returns
    -------
    dict
        Size by group, largest first; those who named none last, under an empty name.

    Notes
    -----
    For whoever brings the file, who can count it anyway: the check answers once, and a group of
    fewer than ten people hides all, since five of it have to be selected and five not. Join
    groups before it is asked. Not for the page of results.

    Examples
    --------
    >>> group_sizes({"p1": "a", "p2": "b", "p3": "b", "p9": "c"}, ["p1", "p2", "p3", "p4"])
    {'b': 2, 'a': 1, '': 1}
    """
    sizes = Counter(groups.get(person, "") for person in people)
    order = sorted(sizes, key=lambda group: (group == "", -sizes[group], group))
    return {group: sizes[group] for group in order}
