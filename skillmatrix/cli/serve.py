"""``skillmatrix serve``: the workbook in a browser, on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from skillmatrix import settings
from skillmatrix.cli.options import Workspace
from skillmatrix.cli.packages import INSTALL, missing_to_serve
from skillmatrix.errors import UsageError

ABOUT = """Open the workbook in a browser.

It runs on this machine only, until Ctrl-C. Everything you do is stored in the workspace
at once, and nothing leaves this machine."""
EXAMPLE = """
skillmatrix serve
skillmatrix serve --workspace ~/review --port 9000 --no-browser
"""

PORT = 8866
_HIGHEST_PORT = 65535


def serve(
    workspace: Workspace = None,
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

    from skillmatrix import server

    server.serve(
        settings.workspace_dir(workspace),
        port=port,
        open_browser=not no_browser,
        preheat=preheat,
    )
