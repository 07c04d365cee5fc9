"""Read a framework folder: every problem of every file at once, or a Framework."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from skillmatrix.errors import FrameworkError, Problem, UsageError, suggest
from skillmatrix.framework import roles
from skillmatrix.framework.build import build
from skillmatrix.framework.located import Located, read_csv, read_yaml
from skillmatrix.framework.model import (
    Anchor,
    Criterion,
    EvidenceType,
    Framework,
    Skill,
    Switch,
)
from skillmatrix.settings import data_dir

T = TypeVar("T", bound=BaseModel)

TARGET_COLUMNS = ("profile", "skill", "level", "switch", "level_when_on", "source")


@dataclass
class Documents:
    """The files of one framework folder as read, before anything is made of them."""

    folder: Path
    main: Located
    wording: Located | None
    switches: Located | None
    evidence: Located | None
    targets: Located
    skills: dict[str, Located] = field(default_factory=dict)
    criteria: dict[str, Located] = field(default_factory=dict)
    profiles: dict[str, Located] = field(default_factory=dict)
    overlays: dict[str, Located] = field(default_factory=dict)

    def every(self) -> list[Located]:
        """List all files, the main one first."""
        optional = [d for d in (self.wording, self.switches, self.evidence) if d]
        folders = (self.skills, self.criteria, self.profiles, self.overlays)
        many = [document for folder in folders for document in folder.values()]
        return [self.main, *optional, self.targets, *many]

    def problems(self) -> list[Problem]:
        """Collect the problems of all files, in the order of files and lines."""
        found = [p for document in self.every() for p in document.problems]
        return sorted(found, key=lambda p: (p.file, p.line or 0))


def read_documents(folder: Path) -> Documents:
    """Read all files of a framework folder."""

    def one(name: str) -> Located | None:
        path = folder / name
        return read_yaml(path) if path.exists() else None

    def many(name: str) -> dict[str, Located]:
        return {path.stem: read_yaml(path) for path in sorted((folder / name).glob("*.yaml"))}

    return Documents(
        folder=folder,
        main=read_yaml(folder / "framework.yaml"),
        wording=one("wording.yaml"),
        switches=one("switches.yaml"),
        evidence=one("evidence.yaml"),
        targets=read_csv(folder / "targets.csv", TARGET_COLUMNS),
        skills=many("skills"),
        criteria=many("criteria"),
        profiles=many("profiles"),
        overlays=many("overlays"),
    )


def _anchors(document: Located, data: dict[str, Any]) -> dict[str, Anchor]:
    """Turn ``levels: {3: [anchor, ...]}`` into anchors by id."""
    found: dict[str, Anchor] = {}
    levels = data.pop("levels", None)
    if not isinstance(levels, dict):
        document.problem(("levels",), f"{levels!r}", "anchors by level", "shape")
        return found
    for level, anchors in levels.items():
        for index, entry in enumerate(anchors if isinstance(anchors, list) else []):
            where = ("levels", level, index)
            body = {**entry, "level": level} if isinstance(entry, dict) else entry
            anchor = build(Anchor, document, where, body)
            if anchor is None:
                continue
            if anchor.id in found:
                document.problem(where, f"{anchor.id!r} twice", "each id once", "duplicate-id")
            found[anchor.id] = anchor
    return found


def _with_anchors(model: type[T], documents: dict[str, Located], order: list[str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name in sorted(documents, key=lambda n: order.index(n) if n in order else len(order)):
        document = documents[name]
        if not isinstance(document.data, dict):
            continue
        data = dict(document.data)
        anchors = _anchors(document, data)
        made = build(model, document, (), {**data, "anchors": anchors})
        if made is not None:
            found[name] = made
    return found


def _listed(document: Located | None, key: str, model: type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    if document is None or not isinstance(document.data, dict):
        return found
    for index, entry in enumerate(document.data.get(key) or []):
        made = build(model, document, (key, index), entry)
        if made is None:
            continue
        name: str = made.id  # type: ignore[attr-defined]
        if name in found:
            document.problem((key, index), f"{name!r} twice", "each id once", "duplicate-id")
        found[name] = made
    return found


def _by_id(data: dict[str, Any], key: str, document: Located) -> None:
    """Turn a list of entries with ids into a mapping, in place."""
    entries = data.get(key)
    if isinstance(entries, list) and all(isinstance(e, dict) for e in entries):
        data[key] = {e.get("id"): e for e in entries}
    else:
        document.problem((key,), f"{entries!r}"[:60], "a list of entries with ids", "shape")
        data[key] = {}


def assemble(documents: Documents) -> Framework | None:
    """Make a framework of the files; what cannot be made is recorded in them."""
    main = documents.main
    if not isinstance(main.data, dict):
        return None
    data = dict(main.data)
    orders = {}
    for key, files in (
        ("skills", documents.skills),
        ("criteria", documents.criteria),
        ("profiles", documents.profiles),
        ("overlays", documents.overlays),
    ):
        order = data.pop(key, None)
        orders[key] = [str(name) for name in order] if isinstance(order, list) else []
        if not orders[key] and key not in ("criteria", "overlays"):
            main.problem((key,), "no list", f"the {key} in order", "shape")
        for index, name in enumerate(orders[key]):
            if name not in files:
                expected = f"a file {key}/{name}.yaml"
                main.problem((key, index), f"{name!r}", expected, "dangling-id")
        for name, document in files.items():
            written = document.data.get("id") if isinstance(document.data, dict) else name
            if name not in orders[key]:
                remedy = f"add {name} to {key} in framework.yaml, or delete the file"
                document.problem((), "a file not listed", "a listed file", "orphan-file", remedy)
            if written != name:
                document.problem(("id",), f"{written!r}", f"{name!r}, as the file", "id-of-file")
    for key in ("areas", "importance", "functions"):
        _by_id(data, key, main)
    if "overlay_groups" in data:
        _by_id(data, "overlay_groups", main)
    support = data.get("support")
    if isinstance(support, list):
        data["support"] = {e.get("level"): e for e in support if isinstance(e, dict)}
    profiles = roles.profiles(documents)
    overlays = roles.overlays(documents)
    data.update(
        skills=_with_anchors(Skill, documents.skills, orders["skills"]),
        criteria=_with_anchors(Criterion, documents.criteria, orders["criteria"]),
        profiles={n: profiles[n] for n in orders["profiles"] if n in profiles},
        overlays={n: overlays[n] for n in orders["overlays"] if n in overlays},
        switches=_listed(documents.switches, "switches", Switch),
        evidence_types=_listed(documents.evidence, "types", EvidenceType),
    )
    return build(Framework, main, (), data)


def find_framework(name: str | os.PathLike[str]) -> Path:
    """Find the folder of a framework by its id, or take a path as it is."""
    path = Path(name)
    if path.is_dir():
        return path
    home = data_dir() / "frameworks"
    known = sorted(p.parent.name for p in home.glob("*/framework.yaml"))
    if str(name) in known:
        return home / str(name)
    msg = f"no framework {str(name)!r}: no such folder, and none in {home}; {suggest(name, known)}"
    raise UsageError(msg)


def load_framework(name: str | os.PathLike[str] = "ml-specialist") -> Framework:
    """
    Load a framework, by id or from a folder.

    Parameters
    ----------
    name : str or path-like
        An id of a shipped framework, or a folder with a ``framework.yaml``.

    Returns
    -------
    Framework
        Frozen. Loaded again only when a file of the folder has changed.

    Raises
    ------
    UsageError
        If there is no such framework.
    FrameworkError
        If the folder breaks a rule of `check_framework`; lists every problem.

    Examples
    --------
    >>> fw = load_framework("ml-specialist")
    >>> fw.key, len(fw.skills), fw.level_name(4)
    ('ml-specialist@0.1.0', 27, 'Leading')
    """
    folder = find_framework(name)
    stamps = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".yaml", ".csv"}
    )
    return _load(folder, stamps)


@lru_cache(maxsize=16)
def _load(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Framework:
    from skillmatrix.framework.check import check_documents

    documents = read_documents(folder)
    framework, problems = check_documents(documents)
    if problems or framework is None:
        raise FrameworkError(str(folder), problems)
    framework._folder = folder
    return framework
