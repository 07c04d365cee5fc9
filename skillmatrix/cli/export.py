"""``skillmatrix export``: an assessment as JSON, CSV or XLSX, with everything that is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.options import FrameworkName, Workspace
from skillmatrix.cli.output import For, Force, check_outs, reader_of, save
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Framework

ABOUT = """Write an assessment as a file that import reads back as it was.

FILE is an assessment file, or the code of an assessment in the workspace. JSON, CSV and XLSX hold
everything; the wide table is a row of ratings, for people. The version for a mentor or for a
calibration session leaves out what that reader does not get."""
EXAMPLE = """
skillmatrix export ana.assessment.json --xlsx ana.xlsx
skillmatrix export a-3f9c01 --json ana.assessment.json --csv ana.csv
skillmatrix export ana.assessment.json --for mentor --xlsx for-my-mentor.xlsx
"""

What = Annotated[
    str, typer.Argument(metavar="FILE|CODE", help="An assessment file, or a code of the workspace.")
]
Json = Annotated[Path | None, typer.Option("--json", metavar="OUT", help="Write it as JSON.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write it as one CSV.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="OUT", help="Write it as XLSX.")]
Wide = Annotated[
    Path | None, typer.Option("--wide", metavar="OUT", help="Write a CSV row of the ratings.")
]


def export(
    what: What,
    *,
    json: Json = None,
    csv: Csv = None,
    xlsx: Xlsx = None,
    wide: Wide = None,
    reader: For = "myself",
    framework: FrameworkName = None,
    workspace: Workspace = None,
    force: Force = False,
) -> None:
    """Write an assessment as files."""
    from skillmatrix import exchange
    from skillmatrix.assessment.share import share

    audience = reader_of(reader)
    wanted = {"json": json, "csv": csv, "xlsx": xlsx, "wide": wide}
    outs = {form: out for form, out in wanted.items() if out is not None}
    ways = "--json OUT, --csv OUT, --xlsx OUT or --wide OUT"
    check_outs(outs, Path(what), force=force, ways=ways)
    assessment, ladder = _read(what, framework, workspace)
    given = share(assessment, audience)
    contents = {form: exchange.export(given, ladder, form)[1] for form in outs}
    for form, out in outs.items():
        save(contents[form], out)
        screen.out(f"{out}: {max(len(contents[form]) // 1000, 1):,} kB")


def _read(what: str, framework: str | None, workspace: Path | None) -> tuple[Assessment, Framework]:
    """Read a file, or an assessment of the workspace by its code."""
    from skillmatrix.cli.reading import read

    if Path(what).is_file():
        return read(Path(what), framework)
    from skillmatrix.store.workspace import DATABASE

    folder = settings.workspace_dir(workspace)
    if not (folder / DATABASE).is_file():
        msg = f"{what!r} is no file, and there is no workspace in {folder}"
        raise UsageError(msg)
    from skillmatrix.pages import rounds
    from skillmatrix.store import open_store

    settings.choose(workspace=folder)
    with open_store(folder) as store:
        known = {head.code: head for head in store.assessments()}
        if what not in known:
            codes = ", ".join(f"{code} ({head.person_name})" for code, head in known.items())
            msg = f"{what!r} is no file, and no assessment in {folder}; known are {codes or 'none'}"
            raise UsageError(msg)
        head = known[what]
        return rounds.read_round(store, head)[0], rounds.framework_of(head)
