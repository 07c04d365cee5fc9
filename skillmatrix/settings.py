"""The one module that reads the environment and knows where things are."""

from __future__ import annotations

import os
from pathlib import Path

APP = "skillmatrix"
DEFAULT_LADDER = "ml-specialist"
LADDERS = "frameworks"
RETENTION_MONTHS = "24"
_PACKAGE = Path(__file__).resolve().parent


def _shipped(inside: str, beside: str) -> Path:
    """Find a folder that a wheel carries inside the package and a checkout beside it."""
    packed = _PACKAGE / inside
    return packed if packed.is_dir() else _PACKAGE.parent / beside


def data_dir(path: str | os.PathLike[str] | None = None) -> Path:
    """Find the data folder: argument, ``$SKILLMATRIX_DATA``, the wheel, the checkout.

    Parameters
    ----------
    path : path-like, optional
        A folder that wins over everything else.

    Returns
    -------
    Path
        The folder that holds ``frameworks/`` and ``schemas/``. It is not opened here.

    Examples
    --------
    >>> (data_dir() / "frameworks").is_dir()
    True
    """
    if path is not None:
        return Path(path)
    chosen = os.environ.get("SKILLMATRIX_DATA")
    return Path(chosen) if chosen else _shipped("_data", "data")


def notebooks_dir() -> Path:
    """Find the folder of notebooks that is served, and nothing else is."""
    return _shipped("_notebooks", "notebooks")


def workspace_dir(path: str | os.PathLike[str] | None = None) -> Path:
    """Find the workspace: argument, ``$SKILLMATRIX_WORKSPACE``, the user's data folder."""
    if path is not None:
        return Path(path).expanduser().absolute()
    chosen = os.environ.get("SKILLMATRIX_WORKSPACE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_dir

    return Path(user_data_dir(APP, appauthor=False))


def ladder() -> str:
    """Name the ladder a workbook begins with: ``$SKILLMATRIX_FRAMEWORK``, else the shipped one.

    Returns
    -------
    str
        An id, or the path of a folder.
    """
    return os.environ.get("SKILLMATRIX_FRAMEWORK") or DEFAULT_LADDER


def choose(*, workspace: Path, ladder: str | None = None) -> None:
    """Let this process, and every kernel it starts, use a workspace and begin with a ladder."""
    os.environ["SKILLMATRIX_WORKSPACE"] = str(workspace)
    if ladder is not None:
        os.environ["SKILLMATRIX_FRAMEWORK"] = ladder


def retention() -> str:
    """Say how many months records of a person are kept: ``$SKILLMATRIX_RETENTION_MONTHS``.

    Returns
    -------
    str
        As it stands there, unchecked; by default 24 months after the last change.
    """
    return os.environ.get("SKILLMATRIX_RETENTION_MONTHS", "").strip() or RETENTION_MONTHS


def debug() -> bool:
    """Say whether technical traces are wanted: ``$SKILLMATRIX_DEBUG`` is set, and not to no."""
    wish = os.environ.get("SKILLMATRIX_DEBUG", "").strip().casefold()
    return wish not in {"", "0", "no", "off", "false"}
