"""An assessment as sections of entries: what a table can hold, and the way back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "whole", "number", "flag", "answer", "date", "list", "json"]

#: The column for keys nobody knows, and for what an empty cell could not tell from nothing.
OTHER = "other"


@dataclass(frozen=True)
class Section:
    """
    One kind of entry.

    Parameters
    ----------
    id : str
        The word in a CSV file.
    fields : mapping of str to Kind
        In the order of the columns.
    key : str
        What the id of an entry is called in a workbook; empty where there is only one entry.
    needed : tuple of str
        Text fields that are there even when they say nothing.
    """

    id: str
    fields: Mapping[str, Kind]
    key: str = "id"
    needed: tuple[str, ...] = ()


def _section(section: str, key: str, needed: tuple[str, ...] = (), /, **fields: Kind) -> Section:
    return Section(section, {**fields, OTHER: "json"}, key, needed)


SECTIONS: dict[str, Section] = {
    section.id: section
    for section in (
        _section(
            "file",
            "",
            format="text",
            format_version="whole",
            framework="text",
            as_of="date",
            status="text",
            created_at="text",
            updated_at="text",
            locked_at="text",
            sha256="text",
            no_more_evidence="list",
            gap_below="list",
        ),
        _section("person", "", code="text", name="text"),
        _section("rater", "", kind="text", code="text"),
        _section("aim", "", profile="text", overlays="list", absence_months="whole"),
        Section("switches", {"answer": "answer"}),
        Section("reasons", {"text": "text"}, needed=("text",)),
        Section("ratings", {"level": "whole", "state": "text"}, "skill"),
        _section(
            "evidence",
            "id",
            title="text",
            date="date",
            strength="text",
            description="text",
            artefact="text",
            confirmed_by="text",
            confirmed_function="text",
            outside_team="flag",
            measure="text",
            method="text",
            skills="list",
            types="list",
            record="text",
        ),
        _section("notes", "skill", ("text",), text="text", visibility="text"),
        _section(
            "record",
            "id",
            item="text",
            answer="text",
            date="date",
            value="number",
            unit="text",
            period="text",
            source="text",
            text="text",
            own_part="text",
            other_causes="text",
        ),
        _section(
            "plan",
            "skill",
            opportunity="flag",
            past_weeks="number",
            past_step="text",
            cap="whole",
        ),
        _section(
            "effort",
            "step",
            level="whole",
            optimistic="number",
            likely="number",
            pessimistic="number",
        ),
        _section("actions", "step", ("text",), id="text", text="text", due="date", done="date"),
        _section("case", "part", text="text", evidence="list"),
    )
}

_ONE = ("person", "rater", "aim")
_BY_ID = ("notes", "plan", "case")
_LISTS = ("evidence", "record")
_INSIDE = {"aim": ("switches", "reasons"), "plan": ("effort", "actions")}
_APART = {*_ONE, *_BY_ID, *_LISTS, "ratings"}


@dataclass
class Entry:
    """One entry of a section: its id, and what its fields say; a field left out says nothing."""

    section: str
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def entries(data: Mapping[str, Any]) -> list[Entry]:
    """
    Take the plain content of an assessment apart.

    Parameters
    ----------
    data : mapping
        As `skillmatrix.assessment.as_data` gives it.

    Returns
    -------
    list of Entry
        In the order of `SECTIONS`; `content` puts them together again.

    Examples
    --------
    >>> found = entries({"status": "draft", "ratings": {"mlops": 4, "python": "DECLINED"}})
    >>> [(entry.section, entry.id, entry.fields) for entry in found][1:]
    [('ratings', 'mlops', {'level': 4}), ('ratings', 'python', {'state': 'DECLINED'})]
    """
    exact = data.get("status") == "locked"
    head = {key: value for key, value in data.items() if key not in _APART}
    # An empty list or object is no entry, and in a locked file not the same as none.
    head |= {k: data[k] for k in _APART if k in data and k != "ratings" and _nothing(data[k])}
    made = [_entry("file", "", head, exact)]
    made += [_entry(key, "", data[key], exact) for key in _ONE if data.get(key)]
    aim = data.get("aim") or {}
    made += [Entry("switches", k, {"answer": v}) for k, v in (aim.get("switches") or {}).items()]
    made += [Entry("reasons", k, {"text": v}) for k, v in (aim.get("reasons") or {}).items()]
    for skill, value in data["ratings"].items():
        made.append(
            Entry("ratings", skill, {"state" if isinstance(value, str) else "level": value})
        )
    for key in _LISTS:
        for item in data.get(key) or ():
            rest = {name: value for name, value in item.items() if name != "id"}
            made.append(_entry(key, item["id"], rest, exact))
    for key in _BY_ID:
        made += [_entry(key, name, part, exact) for name, part in (data.get(key) or {}).items()]
    for skill, own in (data.get("plan") or {}).items():
        for part in _INSIDE["plan"]:
            for number, item in enumerate(own.get(part) or (), start=1):
                made.append(_entry(part, f"{skill}/{number}", item, exact))
    order = list(SECTIONS)
    return sorted(made, key=lambda entry: order.index(entry.section))


def _nothing(value: object) -> bool:
    """Say whether an empty cell would stand for a value."""
    return value is None or value in ("", [], {})


def _entry(name: str, key: str, plain: Mapping[str, Any], exact: bool) -> Entry:
    known, inside = SECTIONS[name], _INSIDE.get(name, ())
    told: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for word, value in plain.items():
        ours = word in known.fields and word != OTHER
        if (ours and not _nothing(value)) or (word in known.needed and value == ""):
            told[word] = value
        elif word in inside and not _nothing(value):
            continue
        elif exact or not (ours or word in inside or (name == "file" and word in _APART)):
            other[word] = value
    if other:
        told[OTHER] = other
    return Entry(name, key, told)


def content(found: Iterable[Entry]) -> dict[str, Any]:
    """
    Put entries together to the plain content of an assessment.

    Parameters
    ----------
    found : iterable of Entry
        Of any origin; nothing is checked here but where each belongs.
    """
    data: dict[str, Any] = {"ratings": {}}
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in found:
        told = dict(entry.fields)
        other = told.pop(OTHER, None) or {}
        told |= {word: "" for word in SECTIONS[entry.section].needed if word not in told}
        made = {**told, **other}
        if entry.section == "file":
            data |= made
        elif entry.section in _ONE:
            data.setdefault(entry.section, {}).update(made)
        elif entry.section in _INSIDE["aim"]:
            answers = data.setdefault("aim", {}).setdefault(entry.section, {})
            answers[entry.id] = told.get("answer") if entry.section == "switches" else told["text"]
        elif entry.section == "ratings":
            if told:
                data["ratings"][entry.id] = told.get("level", told.get("state"))
        elif entry.section in _LISTS:
            data.setdefault(entry.section, []).append({"id": entry.id, **made})
        elif entry.section in _BY_ID:
            parts[entry.section, entry.id] = made
            data.setdefault(entry.section, {})[entry.id] = made
        else:
            skill = entry.id.rpartition("/")[0]
            own = parts.get(("plan", skill))
            if own is None:
                own = parts["plan", skill] = data.setdefault("plan", {}).setdefault(skill, {})
            own.setdefault(entry.section, []).append(made)
    return data


def compact(value: object) -> str:
    """Write a value as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
