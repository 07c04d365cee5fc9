"""Where ladders are: those shipped, those of the workspace, and one named when serving."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from skillmatrix import settings
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.located import Located, read_yaml

if TYPE_CHECKING:
    from skillmatrix.framework.model import Framework

MAIN = "framework.yaml"
ID_TAKEN = "id-taken"
Origin = Literal["shipped", "own"]


@dataclass(frozen=True)
class Place:
    """
    One ladder by its id, before anything but its main file was looked at.

    Attributes
    ----------
    id : str
    folder : Path
    origin : {"shipped", "own"}
        An own one lies in the workspace, or was named when the workbook was started.
    problem : str or None
        Why it cannot be used under this id.
    """

    id: str
    folder: Path
    origin: Origin
    problem: str | None = None


def places(workspace: Path | None = None, named: str | None = None) -> dict[str, Place]:
    """
    List the ladders that can be named by their id, shipped ones first.

    Parameters
    ----------
    workspace : Path, optional
        Whose folder ``frameworks`` is looked through; that of the settings when not given.
    named : str, optional
        The ladder the workbook begins with, which may be a folder anywhere; that of the
        settings when not given.

    Returns
    -------
    dict of str to Place
        A folder that claims an id which is taken is listed under its path, with the reason.
    """
    home = settings.data_dir() / settings.LADDERS
    shipped = sorted(main.parent for main in home.glob(f"*/{MAIN}"))
    found = {folder.name: Place(folder.name, folder, "shipped") for folder in shipped}
    for folder in _own(workspace or settings.workspace_dir(), named or settings.ladder()):
        place = _own_place(folder, found)
        found[place.id] = place
    return found


def _own(workspace: Path, start: str) -> list[Path]:
    home = workspace / settings.LADDERS
    try:
        folders = sorted(main.parent for main in home.glob(f"*/{MAIN}"))
    except OSError:
        folders = []
    if Path(start).is_absolute() and (Path(start) / MAIN).is_file():
        folders.append(Path(start))
    seen: dict[Path, Path] = {}
    for folder in folders:
        seen.setdefault(folder.resolve(), folder)
    return [folder for folder in seen.values() if not _is_shipped(folder)]


def _is_shipped(folder: Path) -> bool:
    return folder.resolve().parent == (settings.data_dir() / settings.LADDERS).resolve()


def _own_place(folder: Path, known: dict[str, Place]) -> Place:
    name = id_of(folder)
    if name is None:
        return Place(str(folder), folder, "own", f"{folder / MAIN} says no id")
    if name in known:
        other = known[name]
        whose = "a ladder that comes with skillmatrix" if other.origin == "shipped" else "another"
        where = "" if other.origin == "shipped" else f", in {other.folder}"
        problem = f"{name!r} is the id of {whose}{where}; give this one an id of its own"
        return Place(str(folder), folder, "own", problem)
    return Place(name, folder, "own")


def id_of(folder: Path) -> str | None:
    """Read the id of a ladder, without looking at the rest of it."""
    path = folder / MAIN
    try:
        stat = path.stat()
    except OSError:
        return None
    return _id_in(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _id_in(path: Path, changed: int, size: int) -> str | None:
    data = read_yaml(path).data
    name = data.get("id") if isinstance(data, dict) else None
    return name if isinstance(name, str) and name else None


def check_place(folder: Path, main: Located) -> None:
    """Record when a ladder of the workspace claims an id that is taken."""
    for place in places().values():
        if place.problem and place.folder.resolve() == folder.resolve() and id_of(folder):
            remedy = f"write another id into {MAIN}"
            main.problem(("id",), f"{id_of(folder)!r}", "an id of its own", ID_TAKEN, remedy)


def find_place(name: str) -> Path:
    """
    Find the folder of a ladder by its id.

    Raises
    ------
    UsageError
        If there is none, with the places that were looked through.
    """
    shipped = settings.data_dir() / settings.LADDERS / name
    if Path(name).name == name and (shipped / MAIN).is_file():
        return shipped
    known = places()
    if name in known:
        return known[name].folder
    own = settings.workspace_dir() / settings.LADDERS
    msg = (
        f"no framework {name!r}: no such folder, none of that id comes with skillmatrix, and none "
        f"is in {own}; {suggest(name, [n for n, place in known.items() if not place.problem])}"
    )
    raise UsageError(msg)


def default_profile(framework: Framework) -> str:
    """Give the profile to begin with: the first promotion there is, else the first."""
    promotions = [p.id for p in framework.profiles.values() if p.kind == "promotion"]
    return (promotions or list(framework.profiles))[0]
