"""The workbook on this machine: Voilà with a token, its own template and a first paint.

Nothing heavy is imported here: the command line asks for :func:`serve` and Voilà is loaded when
the workspace has been found usable.
"""

from __future__ import annotations

from pathlib import Path

from skillmatrix import settings

DEFAULT_PORT = 8866

__all__ = ["DEFAULT_PORT", "serve"]


def serve(
    workspace: Path,
    *,
    ladder: str | None = None,
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
    token: str | None = None,
    preheat: int = 1,
    allow_port_change: bool = True,
) -> None:
    """
    Serve the pages of the workbook on 127.0.0.1 until Ctrl-C or SIGTERM.

    One line is printed to standard output when the server accepts connections::

        skillmatrix is running at http://127.0.0.1:8866/?token=…

    Everything else (a taken port, a page that failed) goes to standard error, in one sentence;
    the tracebacks are in ``server.log`` inside the workspace.

    Parameters
    ----------
    workspace : Path
        Folder of the database, the token and the cookie secret. Created with mode 0700 if missing.
    ladder : str, optional
        Id or folder of the ladder that the pages begin with. The default is the shipped one.
    port : int
        Port to listen on. 0 lets the operating system choose.
    open_browser : bool
        Open the address in the default browser once it is served.
    token : str, optional
        Token of the address. The default is the one stored in the workspace, made on first use.
    preheat : int
        Kernels kept ready for each page. 0 starts a kernel when a page is asked for.
    allow_port_change : bool
        Whether the next free port may be taken when `port` is in use.

    Raises
    ------
    StoreError
        If the workspace cannot be created or written.
    UsageError
        If no port can be had, or the token or the number of kernels is unusable.
    """
    from skillmatrix.server.workspace import prepare

    keys = prepare(workspace, token=token)
    settings.choose(workspace=keys.workspace, ladder=ladder)

    from skillmatrix.server.app import run

    run(
        keys,
        port=port,
        open_browser=open_browser,
        preheat=preheat,
        allow_port_change=allow_port_change,
    )
