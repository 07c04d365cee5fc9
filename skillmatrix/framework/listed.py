"""Lists of entries with ids: each id once, and every entry found by its id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from skillmatrix.framework.build import build
from skillmatrix.framework.located import Key, Located

T = TypeVar("T", bound=BaseModel)


def refuse(document: Located, data: dict[str, Any], keys: Iterable[str], where: Key = ()) -> None:
    """Take keys out that a model has and a file has not; report those that were written."""
    for key in keys:
        if key in data:
            del data[key]
            spot = (*where, key)
            document.problem(spot, f"the key {key!r}", "a key of this part", "unknown-key")


def entries_by_id(
    document: Located, where: Key, entries: object, kind: str, key: str = "id"
) -> dict[Any, dict[str, Any]]:
    """
    Turn a list of entries into a mapping by their ids; of two with one id the first stays.

    Parameters
    ----------
    document : Located
        Where it stands; what is wrong is recorded there.
    where : Key
        Place of the list.
    entries : object
        What is written there.
    kind : str
        What the ids are ids of, as `exists` names it.
    key : str
        The key of an entry that holds its id.
    """
    found: dict[Any, dict[str, Any]] = {}
    if not isinstance(entries, list):
        document.problem(where, f"{entries!r}"[:60], "a list of entries with ids", "shape")
        document.unread.kinds.add(kind)
        return found
    places: dict[Any, Key] = {}
    for index, entry in enumerate(entries):
        spot: Key = (*where, index)
        name = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(name, (str, int)):
            told = f"{entry!r}"[:60]
            if isinstance(entry, dict):
                told = f"the {key} {name!r}"[:60] if key in entry else f"no {key}"
            document.problem(spot, told, f"an entry with its {key}", "shape")
            document.unread.kinds.add(kind)
        elif name in found:
            document.twice(spot, name, places[name])
        else:
            places[name] = spot
            found[name] = entry
            document.name((*where, name), spot)
    return found


def listed(document: Located | None, key: str, model: type[T], kind: str) -> dict[str, T]:
    """Make the entries of the one list of a file; those that cannot be made are kept in mind."""
    if document is None:
        return {}
    if not isinstance(document.data, dict):
        document.unread.kinds.add(kind)
        return {}
    for other in document.data:
        if other not in {key, "source"}:
            document.problem((str(other),), f"the key {other!r}", f"{key!r} alone", "unknown-key")
    found: dict[str, T] = {}
    for name, entry in entries_by_id(document, (key,), document.data.get(key), kind).items():
        made = build(model, document, (key, name), entry)
        if made is None:
            document.unread.add(kind, [name])
        else:
            found[name] = made
    return found
