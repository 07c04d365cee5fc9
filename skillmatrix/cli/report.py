"""``skillmatrix report``: an assessment to read, to print and to hand on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from skillmatrix.cli.output import For, Force, check_outs, reader_of, save
from skillmatrix.cli.reading import read

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
    from skillmatrix.reports import report as put_together
    from skillmatrix.reports import write_report

    audience = reader_of(reader)
    wanted = {"html": html, "pdf": pdf, "xlsx": xlsx}
    outs = {kind: out for kind, out in wanted.items() if out is not None}
    check_outs(outs, file, since, force=force, ways="--html OUT, --pdf OUT or --xlsx OUT")
    assessment, ladder = read(file, framework, target)
    profile = chosen(assessment, ladder, target, overlay, switch, because=reason)
    earlier = read_earlier(since) if since else None
    today = dt.datetime.now().astimezone().date()
    made = put_together(assessment, profile, audience, since=earlier, today=today)
    written = {kind: write_report(made, kind) for kind in outs}
    for kind, out in outs.items():
        save(written[kind].content, out)
        screen.out(f"{out}: {made.version.lower()}, {_size(written[kind])}")
        if written[kind].remark:
            screen.message(f"{out}: {written[kind].remark}")


def _size(written: ReportFile) -> str:
    return f"{max(len(written.content) // 1000, 1):,} kB"
