"""The packages this one builds on: what each is for, and whether it is there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec


@dataclass(frozen=True)
class Package:
    """A package that is needed, or that an extra brings.

    Parameters
    ----------
    name : str
        As it is installed.
    module : str
        As it is imported.
    use : str
        What it is for here.
    extra : str
        The extra that brings it; empty when nothing works without it.
    serves : bool
        Whether ``skillmatrix serve`` cannot do without it.
    """

    name: str
    module: str
    use: str
    extra: str = ""
    serves: bool = False


PACKAGES = (
    Package("pandas", "pandas", "tables of the library"),
    Package("platformdirs", "platformdirs", "finding your user data folder"),
    Package("pydantic", "pydantic", "reading and checking data"),
    Package("PyYAML", "yaml", "reading frameworks"),
    Package("rich", "rich", "colours and progress on a terminal"),
    Package("scipy", "scipy", "finding the smallest plan"),
    Package("typer", "typer", "the command line"),
    Package("alembic", "alembic", "updating the database of a workspace", "app", serves=True),
    Package("anywidget", "anywidget", "the pages of the workbook", "app", serves=True),
    Package("ipywidgets", "ipywidgets", "the pages of the workbook", "app", serves=True),
    Package("Jinja2", "jinja2", "reports", "app"),
    Package("jupyterlab", "jupyterlab", "opening the pages as notebooks", "app"),
    Package("matplotlib", "matplotlib", "figures", "app"),
    Package("python-calamine", "python_calamine", "reading workbooks (.xlsx)", "app"),
    Package("SQLAlchemy", "sqlalchemy", "the database of a workspace", "app", serves=True),
    Package("typst", "typst", "reports as PDF", "app"),
    Package("voila", "voila", "serving the workbook", "app", serves=True),
    Package("XlsxWriter", "xlsxwriter", "writing workbooks (.xlsx)", "app"),
)

INSTALL = 'pip install "skillmatrix[app]"'


def version(package: Package) -> str | None:
    """Give the installed version; None when it is missing. Nothing is imported."""
    try:
        if find_spec(package.module) is None:
            return None
        return metadata.version(package.name)
    except (ModuleNotFoundError, ValueError):
        return None


def missing_to_serve() -> list[str]:
    """Name what has to be installed before the workbook can be served."""
    return [p.name for p in PACKAGES if p.serves and version(p) is None]
