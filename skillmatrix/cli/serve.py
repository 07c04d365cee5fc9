"""``skillmatrix serve``: the workbook in a browser, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.options import Workspace
from skillmatrix.cli.packages import INSTALL, missing_to_serve
from skillmatrix.errors import FrameworkError, UsageError

ABOUT = """Open the workbook in a browser.

It runs on this machine only, until Ctrl-C. Everything you do is stored in the workspace
at once, and nothing leaves this machine. Ladders of your own lie in the folder frameworks
of the workspace; --framework names the one to begin with."""
EXAMPLE = """
skillmatrix serve
skillmatrix serve --workspace ~/review --port 9000 --no-browser
skillmatrix serve --framework my-ladder/
"""

PORT = 8866
_HIGHEST_PORT = 65535


def serve(
    workspace: Workspace = None,
    framework: Annotated[
        str | None,
        typer.Option(
            "--framework",
            metavar="PATH_OR_ID",
            help="Ladder the workbook begins with. Default: the shipped one.",
        ),
    ] = None,
    port: Annotated[
        int,
        typer.Option(min=0, max=_HIGHEST_PORT, help="Port to listen on; 0 takes any that is free."),
    ] = PORT,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser; print the address.")
    ] = False,
    preheat: Annotated[
        int, typer.Option(min=0, help="Kernels kept ready for each page, so that it opens fast.")
    ] = 1,
) -> None:
    """Serve the workbook until it is ended."""
    missing = missing_to_serve()
    if missing:
        msg = f"the workbook needs packages that are missing ({', '.join(missing)}): {INSTALL}"
        raise UsageError(msg)

    folder = settings.workspace_dir(workspace)
    ladder = None if framework is None else start_with(framework, folder)
    for words in refused(folder, ladder):
        screen.message(words)

    from skillmatrix import server

    server.serve(
        folder,
        ladder=ladder,
        port=port,
        open_browser=not no_browser,
        preheat=preheat,
    )


def start_with(name: str, workspace: Path) -> str:
    """
    Find the ladder to begin with, and make sure that it can be used.

    Returns
    -------
    str
        Its id, or the path of its folder.

    Raises
    ------
    UsageError
        If there is none of that name, or its id is taken.
    FrameworkError
        If its folder has problems.
    """
    from skillmatrix.framework.check import check_folder
    from skillmatrix.framework.ladders import places

    path = Path(name).expanduser()
    start = str(path.absolute()) if path.is_dir() else name
    known = places(workspace, start)
    here = next((p for p in known.values() if path.is_dir() and p.folder.samefile(path)), None)
    place = here or known.get(name)
    if place is None:
        ids = ", ".join(p.id for p in known.values() if not p.problem)
        found = "a folder without framework.yaml" if path.is_dir() else "no such folder or id"
        msg = f"no framework {name!r}: {found}; known are {ids}"
        raise UsageError(msg)
    if place.problem:
        raise UsageError(place.problem)
    problems = check_folder(place.folder).problems
    if problems:
        raise FrameworkError(str(place.folder), problems)
    return start if here else place.id


def refused(workspace: Path, ladder: str | None) -> list[str]:
    """Say which ladders of the workspace cannot be used, and why."""
    from skillmatrix.framework.ladders import places

    return [
        f"{place.folder} is not used: {place.problem}"
        for place in places(workspace, ladder).values()
        if place.problem
    ]
