"""Read a framework folder: every problem of every file at once, or a Framework."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from skillmatrix.errors import FrameworkError, Problem, UsageError, suggest
from skillmatrix.framework.located import Key, Located, read_csv, read_yaml
from skillmatrix.framework.model import (
    Anchor,
    Criterion,
    EvidenceType,
    Framework,
    Profile,
    Skill,
    Switch,
    Target,
)
from skillmatrix.settings import data_dir

T = TypeVar("T", bound=BaseModel)

TARGET_COLUMNS = ("profile", "skill", "level", "switch", "level_when_on", "source")

#: How a kind of wrong value is said; anything else is said as pydantic says it.
_EXPECTED = {
    "missing": "a value",
    "extra_forbidden": "no such key",
    "int_type": "a whole number",
    "string_type": "text",
    "string_too_short": "text, not nothing",
}


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

    def every(self) -> list[Located]:
        """List all files, the main one first."""
        optional = [d for d in (self.wording, self.switches, self.evidence) if d]
        many = [*self.skills.values(), *self.criteria.values(), *self.profiles.values()]
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
    )


def build(model: type[T], document: Located, where: Key, data: Any) -> T | None:
    """Make a model of a part of a file, or record what is wrong with it."""
    if not isinstance(data, dict):
        document.problem(where, f"{data!r}", "a mapping of keys to values", "shape")
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            place = (*where, *_without_union_tags(item["loc"]))
            found = "nothing" if item["type"] == "missing" else f"{item['input']!r}"
            if item["type"] == "extra_forbidden":
                found = f"the key {item['loc'][-1]!r}"
                close = suggest(item["loc"][-1], _fields(model))
                document.problem(place, found, "a key of this part", "unknown-key", close)
            else:
                expected = _EXPECTED.get(item["type"], item["msg"].lower())
                document.problem(place, found[:120], expected, "shape")
        return None


def _fields(model: type[BaseModel]) -> Iterable[str]:
    return model.model_fields


def _without_union_tags(where: tuple[int | str, ...]) -> Key:
    return tuple(p for p in where if not (isinstance(p, str) and "[" in p))


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


def _profiles(documents: Documents) -> dict[str, Profile]:
    targets: dict[str, dict[str, Any]] = {}
    for index, row in enumerate(documents.targets.data):
        values: dict[str, Any] = {k: v for k, v in row.items() if v != "" and k != "profile"}
        for column in ("level", "level_when_on"):
            if column in values and values[column].lstrip("-").isdigit():
                values[column] = int(values[column])
            elif column in values:
                documents.targets.problem(
                    (index, column), f"{values[column]!r}", "a level", "shape"
                )
                values = {}
        if not values or build(Target, documents.targets, (index,), values) is None:
            continue
        if row["profile"] not in documents.profiles:
            remedy = suggest(row["profile"], documents.profiles)
            documents.targets.problem(
                (index, "profile"), f"{row['profile']!r}", "a profile", "dangling-id", remedy
            )
        known = targets.setdefault(row["profile"], {})
        if row["skill"] in known:
            found = f"a second row for {row['profile']!r} and {row['skill']!r}"
            documents.targets.problem((index,), found, "one row each", "duplicate-id")
        known[row["skill"]] = values

    found_profiles: dict[str, Profile] = {}
    for name, document in documents.profiles.items():
        if not isinstance(document.data, dict):
            continue
        data = dict(document.data)
        requirements = data.get("requirements")
        if isinstance(requirements, list):
            data["requirements"] = {r.get("id"): r for r in requirements if isinstance(r, dict)}
        profile = build(Profile, document, (), {**data, "targets": targets.get(name, {})})
        if profile is not None:
            found_profiles[name] = profile
    return found_profiles


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
    ):
        order = data.pop(key, None)
        orders[key] = [str(name) for name in order] if isinstance(order, list) else []
        if not orders[key] and key != "criteria":
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
    support = data.get("support")
    if isinstance(support, list):
        data["support"] = {e.get("level"): e for e in support if isinstance(e, dict)}
    profiles = _profiles(documents)
    data.update(
        skills=_with_anchors(Skill, documents.skills, orders["skills"]),
        criteria=_with_anchors(Criterion, documents.criteria, orders["criteria"]),
        profiles={n: profiles[n] for n in orders["profiles"] if n in profiles},
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
    return framework
