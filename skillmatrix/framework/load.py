"""Read a framework folder: every problem of every file at once, or a Framework."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from skillmatrix.errors import FrameworkError, Problem
from skillmatrix.framework import roles
from skillmatrix.framework.build import build
from skillmatrix.framework.case_terms import USUAL_TERMS
from skillmatrix.framework.defaults import Practice, fill
from skillmatrix.framework.ladders import find_place
from skillmatrix.framework.listed import entries_by_id, listed, refuse
from skillmatrix.framework.located import Key, Located, Unread, read_csv, read_yaml
from skillmatrix.framework.migrations import read_migrations
from skillmatrix.framework.model import (
    Anchor,
    Criterion,
    EvidenceType,
    Framework,
    Skill,
    Switch,
)
from skillmatrix.framework.prerequisites import read_prerequisites
from skillmatrix.framework.record import read_record
from skillmatrix.framework.sources import gather

T = TypeVar("T", bound=BaseModel)

TARGET_COLUMNS = ("profile", "skill", "level", "switch", "level_when_on", "source")
NEEDED_COLUMNS = ("profile", "skill", "level")


@dataclass
class Documents:
    """The files of one framework folder as read, before anything is made of them."""

    folder: Path
    main: Located
    wording: Located | None
    switches: Located | None
    evidence: Located | None
    record: Located | None
    practice: Located | None
    prerequisites: Located | None
    targets: Located
    skills: dict[str, Located] = field(default_factory=dict)
    criteria: dict[str, Located] = field(default_factory=dict)
    profiles: dict[str, Located] = field(default_factory=dict)
    overlays: dict[str, Located] = field(default_factory=dict)
    migrations: dict[str, Located] = field(default_factory=dict)
    unread: Unread = field(default_factory=Unread)

    def every(self) -> list[Located]:
        """List all files, the main one first."""
        named = (self.wording, self.switches, self.evidence, self.record, self.practice)
        optional = [document for document in (*named, self.prerequisites) if document]
        folders = (self.skills, self.criteria, self.profiles, self.overlays, self.migrations)
        many = [document for folder in folders for document in folder.values()]
        return [self.main, *optional, self.targets, *many]

    def problems(self) -> list[Problem]:
        """Collect the problems of all files, in the order of files and lines."""
        return in_order(p for document in self.every() for p in document.problems)

    def notes(self) -> list[Problem]:
        """Collect what is no mistake and still worth a look, in the same order."""
        return in_order(p for document in self.every() for p in document.notes)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file and line."""
    return sorted(problems, key=lambda p: (p.file, p.line or 0))


def read_documents(folder: Path) -> Documents:
    """Read all files of a framework folder."""

    def one(name: str) -> Located | None:
        path = folder / name
        return read_yaml(path) if path.exists() else None

    def many(name: str) -> dict[str, Located]:
        return {path.stem: read_yaml(path) for path in sorted((folder / name).glob("*.yaml"))}

    documents = Documents(
        folder=folder,
        main=read_yaml(folder / "framework.yaml"),
        wording=one("wording.yaml"),
        switches=one("switches.yaml"),
        evidence=one("evidence.yaml"),
        record=one("record.yaml"),
        practice=one("practice.yaml"),
        prerequisites=one("prerequisites.yaml"),
        targets=read_csv(folder / "targets.csv", TARGET_COLUMNS, NEEDED_COLUMNS),
        skills=many("skills"),
        criteria=many("criteria"),
        profiles=many("profiles"),
        overlays=many("overlays"),
        migrations=many("migrations"),
    )
    for document in documents.every():
        document.unread = documents.unread
    if documents.targets.problems and not documents.targets.data:
        documents.unread.kinds.add("bar")
    return documents


def _anchors(document: Located, data: dict[str, Any]) -> dict[str, Anchor]:
    """Turn ``levels: {3: [anchor, ...]}`` into anchors by id."""
    found: dict[str, Anchor] = {}
    places: dict[str, Key] = {}
    levels = data.pop("levels", None)
    if not isinstance(levels, dict):
        document.problem(("levels",), f"{levels!r}"[:60], "anchors by level", "shape")
        return found
    for level, written in levels.items():
        if written is None:
            expected = f"text, or {level}: [] where the ladder describes nothing"
            document.problem(("levels", level), "nothing", expected, "level-described")
            continue
        anchors = [written] if isinstance(written, str) else written
        if not isinstance(anchors, list):
            where: Key = ("levels", level)
            document.problem(where, f"{anchors!r}"[:60], "a list of anchors", "shape")
            continue
        for index, entry in enumerate(anchors):
            where = ("levels", level, index)
            body = {"text": entry} if isinstance(entry, str) else entry
            if isinstance(body, dict):
                letter = ascii_lowercase[index] if index < len(ascii_lowercase) else str(index + 1)
                name = f"{data.get('id', document.path.stem)}-{level}-{letter}"
                body = {"id": name, **body, "level": level}
            anchor = build(Anchor, document, where, body)
            if anchor is None:
                continue
            if anchor.id in found:
                document.twice(where, anchor.id, places[anchor.id])
                continue
            found[anchor.id] = anchor
            places[anchor.id] = where
    return found


def _with_anchors(model: type[T], documents: dict[str, Located], order: list[str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name in dict.fromkeys(order):
        document = documents.get(name)
        if document is None or not isinstance(document.data, dict):
            continue
        data = dict(document.data)
        refuse(document, data, ["anchors"])
        anchors = _anchors(document, data)
        made = build(model, document, (), {**data, "anchors": anchors})
        if made is not None:
            found[name] = made
    return found


#: Folders of files with an id each, what such a file is, and whether there has to be one.
FOLDERS = {
    "skills": ("skill", True),
    "criteria": ("criterion", False),
    "profiles": ("profile", True),
    "overlays": ("overlay", False),
}
#: Lists of ``framework.yaml``, and what their entries are.
LISTS = {
    "areas": "area",
    "importance": "mark of importance",
    "functions": "function",
    "overlay_groups": "overlay group",
}


def _orders(documents: Documents, data: dict[str, Any]) -> dict[str, list[str]]:
    """Take the lists of files out of the main file, and compare them with the folders."""
    main = documents.main
    orders: dict[str, list[str]] = {}
    for key, (kind, needed) in FOLDERS.items():
        files: dict[str, Located] = getattr(documents, key)
        order = data.pop(key, None)
        if not isinstance(order, list) and (needed or order is not None):
            main.problem((key,), "no list", f"the {key} in order", "shape")
            orders[key] = [*files]
            continue
        orders[key] = names = [str(name) for name in order or ()]
        if needed and not names:
            main.problem((key,), "an empty list", f"the {key} in order", "shape")
        for index, name in enumerate(names):
            if name in names[:index]:
                main.twice((key, index), name, (key, names.index(name)))
            elif name not in files:
                expected = f"a file {key}/{name}.yaml"
                main.problem((key, index), f"{name!r}", expected, "dangling-id")
                documents.unread.add(kind, [name])
        for name, document in files.items():
            if name not in names:
                remedy = f"add {name} to {key} in framework.yaml, or delete the file"
                document.problem((), "a file not listed", "a listed file", "orphan-file", remedy)
    return orders


def _check_names(documents: Documents) -> None:
    """A file with an id is called by it."""
    for key in FOLDERS:
        for name, document in getattr(documents, key).items():
            written = document.data.get("id") if isinstance(document.data, dict) else name
            if written is not None and written != name:
                document.problem(("id",), f"{written!r}", f"{name!r}, as the file", "id-of-file")


#: Fields of a framework that have a file of their own.
FOUND = ("switches", "evidence_types", "record", "practice", "prerequisites", "migrations")


def _practice(document: Located | None) -> Practice | None:
    if document is None or document.data is None:
        return None
    return build(Practice, document, (), document.data)


def assemble(documents: Documents) -> Framework | None:
    """Make a framework of the files; what cannot be made is recorded in them."""
    main = documents.main
    if not isinstance(main.data, dict):
        return None
    data = dict(main.data)
    source = data.get("default_source")
    for document in documents.every():
        document.default_source = source if isinstance(source, str) else None
    refuse(main, data, FOUND)
    orders = _orders(documents, data)
    _check_names(documents)
    for key, kind in LISTS.items():
        if key in data:
            data[key] = entries_by_id(main, (key,), data[key], kind)
    if "evidence_codes" in data:
        codes = entries_by_id(main, ("evidence_codes",), data["evidence_codes"], "strength", "code")
        data["evidence_codes"] = [*codes.values()]
    if "support" in data:
        data["support"] = entries_by_id(main, ("support",), data["support"], "support", "level")
    fill(data)
    made: dict[str, dict[str, Any]] = {
        "skills": _with_anchors(Skill, documents.skills, orders["skills"]),
        "criteria": _with_anchors(Criterion, documents.criteria, orders["criteria"]),
        "profiles": roles.profiles(documents),
        "overlays": roles.overlays(documents),
    }
    for key, (kind, _) in FOLDERS.items():
        documents.unread.add(kind, set(getattr(documents, key)) - set(made[key]))
    for key in ("profiles", "overlays"):
        made[key] = {name: made[key][name] for name in orders[key] if name in made[key]}
    data.update(
        made,
        switches=listed(documents.switches, "switches", Switch, "switch"),
        evidence_types=listed(documents.evidence, "types", EvidenceType, "evidence type"),
        record=read_record(documents.record),
        practice=_practice(documents.practice),
        prerequisites=read_prerequisites(documents.prerequisites),
        migrations=read_migrations(documents.migrations),
    )
    framework = build(Framework, main, (), data) or _stand_in(documents, data)
    gather(main, documents.every())
    return framework


#: What stands for a part of the main file that cannot be read, while the rest is checked.
_STAND_INS: dict[str, Any] = {
    "id": "unreadable",
    "version": "0.0.0",
    "title": "unreadable",
    "source": "unreadable",
    "draft_notice": "",
    "decision_path": (),
    "ageing": (24, 48),
    "many_gates": None,
    "effort": (),
    "half_life": (),
    "case": USUAL_TERMS,
}


def _stand_in(documents: Documents, data: dict[str, Any]) -> Framework | None:
    """Make a framework that other files can be checked by, where the main file has problems."""
    documents.unread.add("framework", [documents.folder.name])
    context = {"source": documents.main.default_source}
    try:
        return Framework.model_validate(data, context=context)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors()}
    if not all(key in _STAND_INS or key not in Framework.model_fields for key in wrong):
        return None
    kept = {key: value for key, value in data.items() if key not in wrong}
    filled = {key: value for key, value in _STAND_INS.items() if key in wrong}
    return Framework.model_validate({**kept, **filled}, context=context)


def find_framework(name: str | os.PathLike[str]) -> Path:
    """Find the folder of a framework by its id, or take a path as it is."""
    path = Path(name)
    return path if path.is_dir() else find_place(str(name))


def load_framework(name: str | os.PathLike[str] = "ml-specialist") -> Framework:
    """
    Load a framework, by id or from a folder.

    Parameters
    ----------
    name : str or path-like
        An id of a framework that is shipped or lies in ``frameworks/`` of the workspace, or
        a folder with a ``framework.yaml``.

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
    stamps = [stamp for place in _FOLDERS_READ for stamp in _stamps(folder / place)]
    return _load(folder, tuple(stamps))


#: A folder that is not there, or may not be opened, has no files: the check says which are missing.
_FOLDERS_READ = (".", *FOLDERS, "guide", "migrations", "practice_profiles")


def _stamps(folder: Path) -> list[tuple[str, int, int]]:
    """Give each file of a folder with its time and its size, with as few calls as can be."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".yaml", ".csv")):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_mtime_ns, stat.st_size))
    except OSError:
        return []
    return sorted(found)


@lru_cache(maxsize=16)
def _load(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Framework:
    from skillmatrix.framework.check import check_documents

    documents = read_documents(folder)
    framework, problems = check_documents(documents)
    if problems or framework is None:
        raise FrameworkError(str(folder), problems)
    framework._folder = folder
    return framework
