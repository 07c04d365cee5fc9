"""What reaches the screen: results on stdout, messages on stderr, nothing a file can abuse."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TextIO, TypeVar

from skillmatrix.errors import SkillMatrixError

T = TypeVar("T")

WIDEST = 120
_FEWEST_FOR_A_BAR = 20

# A name or a note comes from a file: its control characters must not steer the terminal.
_CONTROLS = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"
} | {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def prepare() -> None:
    """Let neither a closed stream nor a character that the screen does not know stop a command."""
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def harmless(text: str) -> str:
    r"""
    Show control characters instead of sending them.

    Examples
    --------
    >>> print(harmless("a\x1b[31m b"))
    a\x1b[31m b
    """
    return text.translate(_CONTROLS)


def out(text: str) -> None:
    """Write a result; when nobody reads on, the rest is quietly left out."""
    _write(sys.stdout, harmless(text) + "\n")


def message(text: str) -> None:
    """Write to standard error: a warning, an error, what is going on."""
    with suppress(SkillMatrixError):
        _write(sys.stderr, harmless(text) + "\n")


def as_json(data: Any) -> None:
    """Write a result as JSON."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(data, indent=2, ensure_ascii=not readable)
    _write(sys.stdout, text.translate({code: f"\\u{code:04x}" for code in range(127, 160)}) + "\n")


def styled(renderable: Any) -> None:
    """Write a rich object to the terminal."""
    console = _console(sys.stdout)
    with console.capture() as captured:
        console.print(renderable)
    _write(sys.stdout, captured.get())


def _console(stream: TextIO) -> Any:
    from rich.console import Console

    # Without colour means without any style here: a frame and the words are enough.
    plain = bool(os.environ.get("NO_COLOR"))
    return Console(
        file=stream,
        width=width(),
        color_system=None if plain else "auto",
        markup=False,
        highlight=False,
        emoji=False,
    )


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _abandon(stream)
    except OSError as error:
        _abandon(stream)
        msg = f"the result could not be written: {error.strerror or error}"
        raise SkillMatrixError(msg) from error


def _abandon(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that the end of the process is quiet too."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_terminal() -> bool:
    """Say whether results go to somebody's screen that can draw."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Give the columns of the screen, at most as many as a line should have."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def columns(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """
    Line up rows in columns, two spaces apart.

    Parameters
    ----------
    rows : sequence of sequence of str
        All of the same length. Empty rows stay empty.
    right : frozenset of int
        Columns that are set to the right.

    Examples
    --------
    >>> columns([["a", "1"], ["long", "20"]], right=frozenset({1}))
    ['a      1', 'long  20']
    """
    widths = [max(len(cell) for cell in cells) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(w) if i in right else cell.ljust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def progress(items: Sequence[T], words: str) -> Iterator[T]:
    """Go through items with a bar on standard error, where somebody can see it."""
    if len(items) < _FEWEST_FOR_A_BAR or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    bar: Iterable[T] = track(items, words, console=_console(sys.stderr), transient=True)
    yield from bar
