"""``skillmatrix doctor``: what is installed, where data is, and what is wrong."""

from __future__ import annotations

import datetime as dt
import os
import platform
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from skillmatrix import __version__, settings
from skillmatrix.cli import screen
from skillmatrix.cli.check import SHIPPED, check_ladder, count
from skillmatrix.cli.options import AsJson, Workspace
from skillmatrix.cli.packages import INSTALL, PACKAGES, missing_to_serve, version
from skillmatrix.cli.serve import PORT
from skillmatrix.errors import SkillMatrixError

ABOUT = """Say what is installed, where your data is, and what is wrong.

Nothing is changed, and a workspace that is not there is not made. Ends with 1 when
something is wrong."""
EXAMPLE = """
skillmatrix doctor
skillmatrix doctor --workspace ~/review --json
"""

OLDEST_PYTHON = (3, 11)
DATABASE = "skillmatrix.db"


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Parameters
    ----------
    name : str
    state : {"ok", "note", "wrong"}
        A note is worth knowing and stops nothing.
    value : str
        What was found.
    remedy : str
        What to do about it.
    """

    name: str
    state: str
    value: str
    remedy: str = ""


def doctor(workspace: Workspace = None, json: AsJson = False) -> None:
    """Look at everything and print what was found."""
    folder = settings.workspace_dir(workspace)
    found = [*programs(), *data(), *own_ladders(folder), *places(folder), port()]
    wrong = [finding for finding in found if finding.state == "wrong"]
    if json:
        screen.as_json(as_data(found))
    else:
        rows = [(f.state, f.name, f.value) for f in found]
        lines = screen.columns(rows)
        for index, finding in reversed(list(enumerate(found))):
            if finding.remedy:
                lines.insert(index + 1, f"       {finding.remedy}")
        end = f"{count(len(wrong), 'thing')} wrong" if wrong else "nothing is wrong"
        screen.out("\n".join([*lines, "", end]))
    if wrong:
        raise typer.Exit(1)


def as_data(found: list[Finding]) -> dict[str, Any]:
    """Give the findings as plain values."""
    return {
        "ok": all(finding.state != "wrong" for finding in found),
        "version": __version__,
        "findings": [asdict(finding) for finding in found],
    }


def programs() -> list[Finding]:
    """Look at Python and the packages; none of them is imported."""
    good = sys.version_info[:2] >= OLDEST_PYTHON
    wanted = ".".join(map(str, OLDEST_PYTHON))
    found = [
        Finding("skillmatrix", "ok", __version__),
        Finding(
            "Python",
            "ok" if good else "wrong",
            platform.python_version(),
            "" if good else f"Python {wanted} or newer is needed",
        ),
    ]
    for package in PACKAGES:
        installed = version(package)
        if installed is not None:
            found.append(Finding(package.name, "ok", f"{installed}, for {package.use}"))
        else:
            state = "note" if package.extra else "wrong"
            remedy = INSTALL if package.extra else 'pip install --force-reinstall "skillmatrix"'
            found.append(Finding(package.name, state, f"missing; for {package.use}", remedy))
    return found


def data() -> list[Finding]:
    """Look at the data folder and the shipped framework."""
    folder = settings.data_dir()
    if not (folder / "frameworks").is_dir():
        remedy = "unset SKILLMATRIX_DATA, or install skillmatrix again"
        return [Finding("data", "wrong", f"no frameworks in {folder}", remedy)]
    found = Finding("data", "ok", str(folder))
    try:
        checked = check_ladder(folder / "frameworks" / SHIPPED)
    except SkillMatrixError as error:
        return [found, Finding("framework", "wrong", str(error))]
    if checked.problems:
        value = f"{SHIPPED} has {count(len(checked.problems), 'problem')}"
        return [found, Finding("framework", "wrong", value, "skillmatrix check says which")]
    return [found, Finding("framework", "ok", f"{checked.facts['framework']}: no problem")]


def own_ladders(workspace: Path) -> list[Finding]:
    """Look at the ladders of the workspace, and at the one that was named to begin with."""
    from skillmatrix.framework import ladders

    found = []
    for place in ladders.places(workspace).values():
        if place.origin == "shipped":
            continue
        name, where = f"ladder {place.folder.name}", str(place.folder)
        if place.problem is not None:
            remedy = f"change the id in {place.folder / ladders.MAIN}"
            found.append(Finding(name, "wrong", place.problem, remedy))
            continue
        checked = check_ladder(place.folder)
        if checked.problems:
            value = f"{where} has {count(len(checked.problems), 'problem')}"
            found.append(Finding(name, "wrong", value, f"skillmatrix check {where} says which"))
        else:
            found.append(Finding(name, "ok", f"{checked.facts['framework']} in {where}"))
    return found


def places(folder: Path) -> list[Finding]:
    """Look at the workspace and its database, and make neither."""
    if not folder.exists():
        nearest = next(p for p in folder.parents if p.exists())
        if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
            return [Finding("workspace", "ok", f"{folder}: not there yet, made on first use")]
        value = f"{folder}: not there, and cannot be made in {nearest}"
        return [Finding("workspace", "wrong", value, "choose another one with --workspace")]
    if not folder.is_dir():
        value = f"{folder}: a file, not a folder"
        return [Finding("workspace", "wrong", value, "choose another one with --workspace")]
    lacking = [
        word
        for word, mode in (("readable", os.R_OK), ("writable", os.W_OK))
        if not os.access(folder, mode | os.X_OK)
    ]
    if lacking:
        value = f"{folder}: not {' and not '.join(lacking)}"
        remedy = "give yourself that permission, or choose another one with --workspace"
        return [Finding("workspace", "wrong", value, remedy)]
    return [Finding("workspace", "ok", f"{folder}: readable and writable"), *database(folder)]


def database(folder: Path) -> list[Finding]:
    """Look at the database of a workspace that is there, and at how long records are kept."""
    if not (folder / DATABASE).exists():
        return [Finding("database", "ok", "none yet, made on first use")]
    if {"SQLAlchemy", "alembic"} & set(missing_to_serve()):
        return [Finding("database", "note", "not looked at, SQLAlchemy is missing", INSTALL)]
    from skillmatrix.store import open_store
    from skillmatrix.store.people import people, retention_months

    try:
        months = retention_months()
    except SkillMatrixError as error:
        return [Finding("people", "wrong", str(error))]
    try:
        with open_store(folder) as store:
            heads = store.assessments()
            held = people(store, dt.date.today(), months)
    except SkillMatrixError as error:
        return [Finding("database", "wrong", str(error))]
    own = sum(head.rater.get("kind") == "self" for head in heads)
    counts = [count(own, "assessment")]
    if len(heads) > own:
        counts.append(count(len(heads) - own, "mentor round"))
    found = Finding("database", "ok", f"opens, {', '.join(counts)}")
    due = sum(each.due for each in held)
    if not due:
        return [found, Finding("people", "ok", f"{len(held)}, none past {months} months")]
    value = f"{len(held)}, of {due} nothing has changed for {months} months"
    remedy = "skillmatrix person list says who; erase what is no longer needed"
    return [found, Finding("people", "note", value, remedy)]


def port() -> Finding:
    """Look whether the usual port of the workbook is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            remedy = "is the workbook running? Otherwise skillmatrix serve takes the next free port"
            return Finding("port", "note", f"{PORT} is in use", remedy)
    return Finding("port", "ok", f"{PORT} is free")
