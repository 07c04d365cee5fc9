"""Files that a command writes: for whom, where to, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from skillmatrix.errors import SkillMatrixError, UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment.share import Audience

For = Annotated[str, typer.Option("--for", metavar="READER", help="myself, mentor or calibration.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]


def reader_of(word: str) -> Audience:
    """
    Read for whom a file is.

    Raises
    ------
    typer.BadParameter
        If it is another word.

    Examples
    --------
    >>> reader_of("mentor")
    'mentor'
    """
    from skillmatrix.assessment.share import Audience

    if word not in get_args(Audience):
        msg = f"{word!r}: expected {', '.join(get_args(Audience))}"
        raise typer.BadParameter(msg, param_hint="'--for'")
    return cast("Audience", word)


def check_outs(outs: Mapping[str, Path], *given: Path | None, force: bool, ways: str) -> None:
    """
    Check where a command is to write, before it reads anything.

    Parameters
    ----------
    outs : mapping of str to Path
        Each format that was asked for, with its file.
    *given : Path or None
        What is read; never written over.
    force : bool
        Whether other files that are there may be replaced.
    ways : str
        The options that say where to write to.

    Raises
    ------
    UsageError
        If there is none, or one cannot be written to.
    """
    if not outs:
        msg = f"say where to write to: {ways}"
        raise UsageError(msg)
    read = {each.resolve() for each in given if each is not None and each.exists()}
    for out in outs.values():
        if out.is_dir():
            msg = f"{str(out)!r} is a folder; name a file"
            raise UsageError(msg)
        if out.resolve() in read:
            msg = f"{str(out)!r} is what is read; name another file"
            raise UsageError(msg)
        if out.exists() and not force:
            msg = f"{str(out)!r} is there already; name another file, or replace it with --force"
            raise UsageError(msg)
    if len({out.resolve() for out in outs.values()}) < len(outs):
        msg = "two formats would be written to one file; name a file for each"
        raise UsageError(msg)


def save(content: bytes, out: Path) -> None:
    """
    Write a file, all of it or nothing.

    Raises
    ------
    SkillMatrixError
        If the folder is not there, or cannot be written to.
    """
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, out)
    except OSError as error:
        if name is not None:
            with suppress(OSError):
                os.unlink(name)
        msg = f"{str(out)!r} cannot be written: {error.strerror or error}"
        raise SkillMatrixError(msg) from error
