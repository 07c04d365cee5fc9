"""Files of a workspace that speak of a person: found, removed, made unreadable, looked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skillmatrix.settings import LADDERS
from skillmatrix.store.names import NAMES
from skillmatrix.store.traces import (
    CODES,
    TEXTS,
    Traces,
    contents,
    files_of,
    shared_with,
    typed,
)

#: Made by skillmatrix itself, which keeps them in order; the rest lies there for other reasons.
OWN = frozenset(
    f"{name}{ending}"
    for name, endings in (
        ("skillmatrix.db", ("", "-wal", "-shm")),
        (NAMES, ("", ".tmp")),
        ("server", (".token", ".secret")),
    )
    for ending in endings
)
LOGS = ("server.log*", "kernels.log*")
PDF = b"%PDF-"

_MASK = b"x"


@dataclass(frozen=True)
class Sought:
    """What to look for in the files of a workspace.

    Parameters
    ----------
    kept : Traces
        In what the store keeps, where others may have said the same, or name the person.
    files : Traces
        In every other file.
    others : Traces
        Codes and names of others.
    said : tuple of str
        Payloads of their events, as stored.
    """

    kept: Traces
    files: Traces
    others: Traces
    said: tuple[str, ...]

    def is_shared(self, path: Path) -> bool:
        """Tell whether a file speaks of others too."""
        texts = [text for payload in self.said for text in typed(payload)]
        return any(
            self.others.found(part) or shared_with(part, texts) - self.files.runs
            for part in contents(path)
        )

    def found(self, path: Path, folder: Path) -> dict[str, int] | None:
        """Count what stands in a file; None if it cannot be looked into."""
        own = path.parent == folder and path.name in OWN
        traces = self.kept if own else self.files
        # What a ladder says was never taken from a person: she may have quoted it.
        texts = not _in_ladder(path, folder)
        found: dict[str, int] = {}
        for part in contents(path):
            for kind, n in traces.found(part, texts=texts).items():
                found[kind] = found.get(kind, 0) + n
            if part.startswith(PDF) and not found:
                return None
        return found


@dataclass(frozen=True)
class Remains:
    """Files of a workspace that speak of a person, beside the database and the key file.

    Parameters
    ----------
    hers : tuple of Path
        With a code or a text of this person and of nobody else; they go with the person.
    named : tuple of Path
        Naming the person and nobody else, without a code or a text of hers; they stay.
    shared : tuple of Path
        About others too; they stay.
    logs : tuple of Path
        Lines that speak of the person are made unreadable.
    unread : tuple of Path
        Cannot be looked into: text in a PDF is not stored as text.
    """

    hers: tuple[Path, ...]
    named: tuple[Path, ...]
    shared: tuple[Path, ...]
    logs: tuple[Path, ...]
    unread: tuple[Path, ...]


def about(folder: Path, sought: Sought) -> Remains:
    """Find the files of a workspace that speak of a person; the database is not opened."""
    logs = {path for pattern in LOGS for path in folder.glob(pattern)}
    hers: list[Path] = []
    named: list[Path] = []
    shared: list[Path] = []
    spoken: list[Path] = []
    unread: list[Path] = []
    for path in files_of(folder):
        if path.parent == folder and path.name in OWN:
            continue
        try:
            found = sought.found(path, folder)
        except OSError:
            unread.append(path)
            continue
        if found is None:
            unread.append(path)
        elif found and path in logs:
            spoken.append(path)
        elif found:
            alone = not sought.is_shared(path)
            made_of = found.keys() & {CODES, TEXTS} and not _in_ladder(path, folder)
            (hers if alone and made_of else named if alone else shared).append(path)
    return Remains(tuple(hers), tuple(named), tuple(shared), tuple(spoken), tuple(unread))


def lines_about(path: Path, traces: Traces) -> bytes:
    """Give the lines of a log that speak of a person."""
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if traces.found(line))


def clear(folder: Path, sought: Sought) -> tuple[tuple[Path, ...], int]:
    """Remove the files of a person, and make lines of logs unreadable; give both."""
    found = about(folder, sought)
    for path in found.hers:
        path.unlink(missing_ok=True)
    return found.hers, sum(_masked(path, sought.files) for path in found.logs)


def look(folder: Path, sought: Sought) -> tuple[int, dict[Path, dict[str, int]], tuple[Path, ...]]:
    """Read every byte of a workspace that no store of this process has open.

    Returns
    -------
    tuple of (int, dict, tuple)
        How many files were read; in which something was found, and what; which could not be
        looked into.
    """
    looked_at, left, unread = 0, {}, []
    for path in files_of(folder):
        try:
            found = sought.found(path, folder)
        except OSError:
            unread.append(path)
            continue
        looked_at += 1
        if found is None:
            unread.append(path)
        elif found:
            left[path] = found
    return looked_at, left, tuple(unread)


def _in_ladder(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder / LADDERS)


def _masked(path: Path, traces: Traces) -> int:
    """Overwrite lines in place: a server that goes on writing at the end is not disturbed."""
    lines = path.read_bytes().splitlines(keepends=True)
    wanted = [bool(traces.found(line)) for line in lines]
    kept = b"".join(line for line, gone in zip(lines, wanted, strict=True) if not gone)
    if traces.found(kept):  # a text that runs over several lines
        wanted = [True] * len(lines)
    with path.open("r+b") as file:
        for place, line in _placed(lines, wanted):
            file.seek(place)
            file.write(_MASK * len(line.rstrip(b"\r\n")))
    return sum(wanted)


def _placed(lines: list[bytes], wanted: list[bool]) -> Iterator[tuple[int, bytes]]:
    place = 0
    for line, gone in zip(lines, wanted, strict=True):
        if gone:
            yield place, line
        place += len(line)
