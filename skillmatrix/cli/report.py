"""``skillmatrix report``: an assessment to read, to print and to hand on."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.options import (
    AssessmentFile,
    FrameworkName,
    Overlays,
    Reasons,
    Switches,
    Target,
    chosen,
)
from skillmatrix.cli.reading import read
from skillmatrix.errors import SkillMatrixError, UsageError

if TYPE_CHECKING:
    from skillmatrix.reports import ReportFile

ABOUT = """Write a report as HTML, PDF or XLSX: for yourself, a mentor or a calibration session.

The version for yourself holds everything. The two that leave hold no private note and nothing
of the record, and the one for calibration names a code and not the person."""
EXAMPLE = """
skillmatrix report ana.assessment.json --html ana.html
skillmatrix report ana.assessment.json --for mentor --pdf ana-for-mentor.pdf
skillmatrix report ana.assessment.json --for calibration --pdf a.pdf --xlsx a.xlsx
skillmatrix report autumn.assessment.json --since spring.assessment.json --html change.html
"""


def _target_file(ending: str) -> Any:
    return typer.Option(f"--{ending}", metavar="OUT", help=f"Write it as {ending.upper()}.")


Html = Annotated[Path | None, _target_file("html")]
Pdf = Annotated[Path | None, _target_file("pdf")]
Xlsx = Annotated[Path | None, _target_file("xlsx")]
For = Annotated[str, typer.Option("--for", metavar="READER", help="myself, mentor or calibration.")]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="EARLIER",
        exists=True,
        dir_okay=False,
        help="An earlier round of the same person by the same rater: adds what changed.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]


def report(
    file: AssessmentFile,
    *,
    html: Html = None,
    pdf: Pdf = None,
    xlsx: Xlsx = None,
    reader: For = "myself",
    since: Since = None,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    reason: Reasons = None,
    framework: FrameworkName = None,
    force: Force = False,
) -> None:
    """Write a report."""
    from skillmatrix.assessment.earlier import read_earlier
    from skillmatrix.reports import Audience, write_report
    from skillmatrix.reports import report as put_together

    if reader not in get_args(Audience):
        msg = f"{reader!r}: expected {', '.join(get_args(Audience))}"
        raise typer.BadParameter(msg, param_hint="'--for'")
    wanted = {"html": html, "pdf": pdf, "xlsx": xlsx}
    outs = {kind: out for kind, out in wanted.items() if out is not None}
    _check(file, since, outs, force=force)
    assessment, ladder = read(file, framework, target)
    profile = chosen(assessment, ladder, target, overlay, switch, because=reason)
    earlier = read_earlier(since) if since else None
    today = dt.datetime.now().astimezone().date()
    made = put_together(assessment, profile, reader, since=earlier, today=today)  # type: ignore[arg-type]
    written = {kind: write_report(made, kind) for kind in outs}
    for kind, out in outs.items():
        save(written[kind].content, out)
        screen.out(f"{out}: {made.version.lower()}, {_size(written[kind])}")
        if written[kind].remark:
            screen.message(f"{out}: {written[kind].remark}")


def _check(file: Path, since: Path | None, outs: dict[str, Path], *, force: bool) -> None:
    if not outs:
        msg = "say where to write to: --html OUT, --pdf OUT or --xlsx OUT"
        raise UsageError(msg)
    for out in outs.values():
        if out.is_dir():
            msg = f"{str(out)!r} is a folder; name a file"
            raise UsageError(msg)
        if any(out.resolve() == given.resolve() for given in (file, since) if given):
            msg = f"{str(out)!r} is what is read; name another file"
            raise UsageError(msg)
        if out.exists() and not force:
            msg = f"{str(out)!r} is there already; name another file, or replace it with --force"
            raise UsageError(msg)
    if len({out.resolve() for out in outs.values()}) < len(outs):
        msg = "two formats would be written to one file; name a file for each"
        raise UsageError(msg)


def _size(written: ReportFile) -> str:
    return f"{max(len(written.content) // 1000, 1):,} kB"


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
