"""JSON Schemas of the files of a framework, for editors and for people who write them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from skillmatrix.framework import changes, guide, interview, load, migrations, model, record
from skillmatrix.framework.defaults import Practice, fill
from skillmatrix.framework.practice_profiles import FOLDER, NOT_OBSERVED, PracticeProfile
from skillmatrix.framework.prerequisites import Prerequisite
from skillmatrix.framework.profile import Profile
from skillmatrix.framework.roles import FOUND
from skillmatrix.framework.schema_words import FILES, WORDS
from skillmatrix.framework.wording import WordingFile

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LEVEL = r"^-?[0-9]+$"
#: Which part of the framework the whole of a file is, where keys have words of their own there.
_ROOTS = {
    "framework": "Framework",
    "skill": "Skill",
    "profile": "Profile",
    "targets": "Target",
    "migration": "Migration",
    "wording": "WordingFile",
    "practice-profile": "PracticeProfile",
    "interview": "Interview",
}
_IDS: Schema = {"type": "array", "items": {"$ref": "#/$defs/Id"}, "uniqueItems": True}
_ID: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 64}


def framework_schemas() -> dict[str, Schema]:
    """
    Describe every kind of file of a framework folder.

    Returns
    -------
    dict of str to dict
        By kind of file, a JSON Schema of draft 2020-12. What stands in one file alone is in it:
        keys, kinds of values, patterns. That an id exists elsewhere only the check can tell.

    Notes
    -----
    A source is required nowhere here, as ``default_source`` of ``framework.yaml`` may give it.

    Examples
    --------
    >>> sorted(framework_schemas())[:4]
    ['criterion', 'evidence', 'framework', 'guide']
    """
    made = {
        "framework": _framework(),
        "wording": _of(WordingFile),
        "switches": _list_file("switches", model.Switch),
        "evidence": _list_file("types", model.EvidenceType),
        "record": _record(),
        "practice": _of(Practice),
        "practice-profile": _practice_profile(),
        "interview": _interview(),
        "prerequisites": _list_file("prerequisites", Prerequisite),
        "skill": _rated(model.Skill),
        "criterion": _rated(model.Criterion),
        "profile": _profile(),
        "overlay": _overlay(),
        "migration": _migration(),
        "guide": _guide(),
        "targets": _targets(),
    }
    return {kind: _finished(kind, schema) for kind, schema in made.items()}


def kind_of(file: str) -> str | None:
    """
    Give the kind of a file by its place in the folder.

    Examples
    --------
    >>> kind_of("skills/python.yaml"), kind_of("targets.csv"), kind_of("notes.txt")
    ('skill', 'targets', None)
    """
    folder, _, name = file.rpartition("/")
    stem, _, ending = name.rpartition(".")
    kinds = {key: kind for key, (kind, _) in load.FOLDERS.items()}
    kinds |= {"guide": "guide", "migrations": "migration", FOLDER: "practice-profile"}
    if folder:
        return kinds.get(folder) if ending == "yaml" else None
    if name == "targets.csv":
        return "targets"
    return stem if ending == "yaml" and stem in FILES and stem not in kinds.values() else None


def _of(part: type[BaseModel]) -> Schema:
    """Describe a model, with no source that has to be there."""
    schema = part.model_json_schema()
    for entry in [schema, *schema.setdefault("$defs", {}).values()]:
        if "required" in entry:
            entry["required"] = [key for key in entry["required"] if key != "source"]
    return schema


def _tell(name: str, schema: Schema) -> None:
    """Put words to every key of an object, in the place of names taken from the code."""
    schema.pop("title", None)
    if "description" in schema:
        words = schema["description"].partition("\n")[0].strip()
        schema["description"] = words.replace("``", "")
    for key, value in schema.get("properties", {}).items():
        value.pop("title", None)
        value["description"] = WORDS.get(f"{name}.{key}") or WORDS[key]


def _change(schema: Schema, drop: Iterable[str] = (), **put: Schema) -> Schema:
    """Leave keys of an object out and put others in, which need not be there."""
    for key in drop:
        schema["properties"].pop(key, None)
    schema["properties"] |= {key: dict(value) for key, value in put.items()}
    left = [key for key in schema.get("required", ()) if key in schema["properties"]]
    schema["required"] = [key for key in left if key not in put]
    return schema


def _many(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _framework() -> Schema:
    schema = _of(model.Framework)
    left_out: dict[str, Any] = {}
    fill(left_out)
    lists = {"areas": "Named", "functions": "Named", "overlay_groups": "Named"}
    put = {key: _many(name) for key, name in {**lists, "importance": "Importance"}.items()}
    files = {key: {**_IDS, "minItems": int(needed)} for key, (_, needed) in load.FOLDERS.items()}
    _change(schema, load.FOUND, **put, **files, support=_many("Support"))
    needed = [key for key, (_, needed) in load.FOLDERS.items() if needed]
    required = [key for key in schema["required"] if key not in left_out]
    schema["required"] = [*required, *needed]
    schema["anyOf"] = [{"required": ["source"]}, {"required": ["default_source"]}]
    return schema


def _list_file(key: str, part: type[BaseModel]) -> Schema:
    """Describe a file that is one list of entries, beside a source."""
    entry = _of(part)
    inner = entry.pop("$defs")
    return {
        "type": "object",
        "properties": {"source": {"type": "string"}, key: _many(part.__name__)},
        "required": [key],
        "additionalProperties": False,
        "$defs": {**inner, part.__name__: entry},
    }


def _record() -> Schema:
    schema = _list_file("blocks", record.RecordBlock)
    block = schema["$defs"]["RecordBlock"]["properties"]
    block["kind"] = {"enum": [*guide.KINDS]}
    # A bare no is a word to some readers of YAML and false to others.
    block["dated"] = {"enum": [*block["dated"]["enum"], False]}
    schema["properties"]["blocks"]["minItems"] = 1
    return schema


def _rated(part: type[BaseModel]) -> Schema:
    """Describe a skill or a criterion: its anchors stand under their levels."""
    schema = _of(part)
    anchor = _change(schema["$defs"]["Anchor"], ["level"])
    anchor["required"] = ["text"]
    text = {"type": "string", "minLength": 1}
    one = {"anyOf": [text, {"$ref": "#/$defs/Anchor"}]}
    levels: Schema = {
        "type": "object",
        "propertyNames": {"pattern": _LEVEL},
        "additionalProperties": {"anyOf": [text, {"type": "array", "items": one}]},
    }
    _change(schema, ["anchors"], levels=levels)
    schema["required"].append("levels")
    return schema


def _changes(schema: Schema, kinds: Mapping[str, type[BaseModel]] = changes.KINDS) -> Schema:
    """Describe a list of changes: each kind has keys of its own."""
    ways = []
    for do, part in kinds.items():
        way = _of(part)
        schema["$defs"] |= way.pop("$defs")
        schema["$defs"][part.__name__] = way
        told = {"properties": {"do": {"const": do}}, "required": ["do"]}
        ways.append({"if": told, "then": {"$ref": f"#/$defs/{part.__name__}"}})
    known = {"do": {"enum": [*kinds], "description": WORDS["do"]}}
    one = {"type": "object", "required": ["do"], "properties": known, "allOf": ways}
    return {"type": "array", "items": one}


def _overlay() -> Schema:
    schema = _of(changes.Overlay)
    put = _changes(schema)
    _change(schema, changes=put)
    schema["required"].append("changes")
    return schema


def _migration() -> Schema:
    schema = _of(migrations.Migration)
    put = _changes(schema, migrations.STEPS)
    levels = schema["$defs"]["Relevel"]["properties"]["map"]
    levels["propertyNames"] = {"pattern": _LEVEL}
    _change(schema, ["version"], changes=put)
    schema["required"].append("changes")
    return schema


def _profile() -> Schema:
    schema = _of(Profile)
    put = _changes(schema)
    put["items"]["properties"]["do"]["enum"] = [*changes.DIRECTION_KINDS]
    _change(schema, FOUND, requirements=_many("Requirement"), changes=put)
    return schema


def _guide() -> Schema:
    schema = _of(guide.Section)
    group = _change(schema["$defs"]["Group"], items={"type": "array"})
    group["properties"]["kind"] = {"enum": [*guide.KINDS]}
    ways = []
    for name in guide.KINDS:
        part = guide.MODELS.get(name, guide.Item)
        item = _of(part)
        schema["$defs"] |= item.pop("$defs")
        schema["$defs"][part.__name__] = item
        then: Schema = {"properties": {"items": _many(part.__name__)}}
        if name in {"skill", "criterion"}:
            then = {"properties": {"items": {"maxItems": 0}}}
        ways.append({"if": {"properties": {"kind": {"const": name}}}, "then": then})
    group["allOf"] = ways
    _change(schema, groups=_many("Group"))
    schema["required"].append("groups")
    return schema


def _practice_profile() -> Schema:
    schema = _of(PracticeProfile)
    _change(schema, cases={**_many("PracticeCase"), "minItems": 1})
    schema["required"].append("cases")
    case = _change(schema["$defs"]["PracticeCase"], ["reference_word"])
    case["properties"]["reference"] = {"anyOf": [{"type": "integer"}, {"const": NOT_OBSERVED}]}
    return schema


def _interview() -> Schema:
    schema = _of(interview.Interview)
    lists = {"dimensions": "Dimension", "exercises": "Exercise", "observations": "Observation"}
    _change(schema, **{key: _many(name) for key, name in lists.items()})
    schema["required"].append("dimensions")
    _change(schema["$defs"]["Exercise"], ["dimensions"])
    steps = schema["$defs"]["Dimension"]["properties"]
    for key in ("anchors", "near_misses"):
        steps[key]["propertyNames"] = {"pattern": _LEVEL}
    return schema


def _targets() -> Schema:
    level = {"type": "string", "pattern": _LEVEL}
    blank = {"const": ""}
    named = {"$ref": "#/$defs/Id"}
    switched = {"properties": {"switch": named, "level_when_on": level}}
    row: dict[str, Schema] = {
        "profile": {**named},
        "skill": {**named},
        "level": {**level},
        "switch": {"anyOf": [blank, named]},
        "level_when_on": {"anyOf": [blank, level]},
        "source": {"type": "string"},
    }
    bare = {"properties": {"switch": blank, "level_when_on": blank}}
    return {
        "type": "object",
        "properties": {key: row[key] for key in load.TARGET_COLUMNS},
        "required": [*load.NEEDED_COLUMNS],
        "additionalProperties": False,
        "anyOf": [switched, bare],
    }


def _finished(kind: str, schema: Schema) -> Schema:
    """Put the head before a schema, and leave out what nothing in it points at."""
    parts = {"Id": _ID, **schema.pop("$defs", {})}
    schema.pop("description", None)
    used: set[str] = set()
    waiting = [schema]
    while waiting:
        for name in _pointed(waiting.pop()) - used:
            used.add(name)
            waiting.append(parts[name])
    _tell(_ROOTS.get(kind, ""), schema)
    for name in used:
        _tell(name, parts[name])
    if "EvidenceRule" in used:
        parts["EvidenceRule"]["properties"]["any_of"]["minItems"] = 1
    head = {"$schema": _DRAFT, "title": f"skillmatrix {kind}", "description": FILES[kind]}
    return {**head, **schema, "$defs": {name: parts[name] for name in sorted(used)}}


def _pointed(value: object) -> set[str]:
    """Collect the names of parts that a schema points at."""
    if isinstance(value, dict):
        here = {str(value["$ref"]).rpartition("/")[2]} if "$ref" in value else set[str]()
        return here.union(*(_pointed(inner) for inner in value.values()))
    if isinstance(value, list):
        return set[str]().union(*(_pointed(inner) for inner in value))
    return set()
