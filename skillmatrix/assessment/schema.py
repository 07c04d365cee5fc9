"""The JSON Schema of assessment files, for editors and for people who write one by hand."""

from __future__ import annotations

from typing import Any

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.record import Places
from skillmatrix.assessment.record_schema import RECORD_RULES, record_rules
from skillmatrix.assessment.states import STATES
from skillmatrix.framework.model import Framework

_CONFIRMED = ("confirmed_by",)
_MEASURED = ("measure", "method")

#: What an item has to show for a strength: any one of these sets of fields, not empty.
#: A rater other than the person confirms by recording the item.
_SHOWS: dict[str, dict[str, list[tuple[str, ...]]]] = {
    "self": {
        "E1": [("description",), ("artefact",), (*_MEASURED, *_CONFIRMED)],
        "E2": [("artefact",), (*_MEASURED, *_CONFIRMED)],
        "E3": [("artefact", *_CONFIRMED), (*_MEASURED, *_CONFIRMED)],
        "E4": [(*_MEASURED, *_CONFIRMED)],
    },
    "other": {
        "E2": [("artefact",), _MEASURED],
        "E3": [("artefact",), _MEASURED],
        "E4": [_MEASURED],
    },
}


def assessment_schema(framework: Framework | None = None) -> dict[str, Any]:
    """
    Describe an assessment file.

    Parameters
    ----------
    framework : Framework, optional
        When given, its ids stand in the schema: skills, types, profiles, switches.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.

    Examples
    --------
    >>> assessment_schema()["required"]
    ['format', 'format_version', 'framework', 'person', 'rater', 'as_of', 'ratings']
    """
    schema = Assessment.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "skillmatrix assessment"
    schema["required"] = ["format", "format_version", *schema["required"]]
    parts = schema["$defs"]
    for part in [schema, *parts.values()]:
        part.pop("description", None)
        for name, entry in part.get("properties", {}).items():
            entry.pop("title", None)
            entry.setdefault("description", _WORDS.get(name, ""))
            if not entry["description"]:
                del entry["description"]
    for part in parts.values():
        for entry in part.get("properties", {}).values():
            for way in [entry, *entry.get("anyOf", [])]:
                if way.get("format") == "date":
                    way["pattern"] = _DAY
    parts["RecordEntry"].update(RECORD_RULES)
    schema["properties"]["as_of"]["pattern"] = _DAY
    for entry in parts["Aim"]["properties"]["reasons"]["patternProperties"].values():
        entry["pattern"] = r"\S"
    schema["allOf"] = [
        {
            "if": {"properties": {"rater": {"properties": {"kind": {"const": "self"}}}}},
            "then": _by_rater("self", ["NOT_OBSERVED"]),
            "else": _by_rater("other", ["DECLINED"]),
        },
        {
            "if": {"properties": {"status": {"const": "locked"}}, "required": ["status"]},
            "then": {
                "required": ["locked_at", "sha256"],
                "properties": {"sha256": {"type": "string"}, "locked_at": {"type": "string"}},
            },
            "else": {"properties": {"sha256": {"type": "null"}}},
        },
    ]
    if framework is not None:
        _name_ids(schema, framework)
    return schema


_DAY = r"^\d{4}-\d{2}-\d{2}$"


def _by_rater(kind: str, refused: list[str]) -> dict[str, Any]:
    """Say what evidence of each strength shows, and which states this kind of rater lacks."""
    strengths = [
        {
            "if": {"properties": {"strength": {"const": code}}, "required": ["strength"]},
            "then": {
                "anyOf": [
                    {
                        "required": list(fields),
                        "properties": {name: {"pattern": r"\S"} for name in fields},
                    }
                    for fields in ways
                ]
            },
        }
        for code, ways in _SHOWS[kind].items()
    ]
    return {
        "properties": {
            "evidence": {"items": {"allOf": strengths}},
            "ratings": {"additionalProperties": {"not": {"enum": refused}}},
        }
    }


_WORDS = {
    "as_of": "The day the assessment speaks of; evidence ages against it.",
    "framework": "id@version of the framework the ratings refer to.",
    "ratings": "Level or state word by skill id. A skill left out is UNRATED, never 0.",
    "no_more_evidence": "Evidence rules for which the person declares that no more exists.",
    "gap_below": "Skills rated at a level although a lower level's statement does not hold.",
    "notes": "Free words by skill id.",
    "record": "Answers and readings about items of the role guide; they meet no criterion.",
    "plan": "By skill id: what you set down for a step of your plan. It meets no criterion.",
    "case": "Your argument, by the id of the part of a criterion it answers, or opening, closing.",
    "status": "A locked file carries locked_at and sha256.",
    "sha256": "Of the content as canonical JSON without this key; only in a locked file.",
    "visibility": "private stays with the author; shared goes to the person; panel to a session.",
}


def _name_ids(schema: dict[str, Any], framework: Framework) -> None:
    parts = schema["$defs"]
    schema["title"] = f"skillmatrix assessment for {framework.key}"
    schema["properties"]["framework"]["const"] = framework.key
    levels = [level.value for level in framework.levels]
    rating = {"enum": [*levels, *STATES]}
    schema["properties"]["ratings"] = {
        "type": "object",
        "description": _WORDS["ratings"],
        "properties": {
            name: {**rating, "description": f"{skill.code} {skill.title}"}
            for name, skill in framework.skills.items()
        },
        "additionalProperties": False,
    }
    skills = {"enum": list(framework.skills)}
    schema["properties"]["notes"]["propertyNames"] = skills
    schema["properties"]["plan"]["propertyNames"] = skills
    above = [level.value for level in framework.levels[1:]]
    parts["OwnEffort"]["properties"]["level"]["enum"] = above
    parts["OwnPlan"]["properties"]["cap"]["enum"] = [*levels, None]
    aim = parts["Aim"]["properties"]
    aim["profile"].update(enum=list(framework.profiles))
    aim["overlays"]["items"] = {"enum": list(framework.overlays)}
    aim["reasons"]["propertyNames"] = {"enum": list(framework.overlays)}
    aim["switches"] = {
        "type": "object",
        "description": aim["switches"]["description"],
        "properties": {
            name: {"type": ["boolean", "null"], "description": switch.question}
            for name, switch in framework.switches.items()
        },
        "additionalProperties": False,
    }
    evidence = parts["Evidence"]["properties"]
    evidence["skills"]["items"] = skills
    evidence["types"]["items"] = {
        "oneOf": [
            {"const": name, "description": f"{kind.title}. {kind.definition}"}
            for name, kind in framework.evidence_types.items()
        ]
    }
    functions = {"enum": [*framework.functions, None]}
    evidence["confirmed_function"] = {
        **functions,
        "description": evidence["confirmed_function"]["description"],
    }
    schema["properties"]["no_more_evidence"]["items"] = {"enum": list(framework.evidence_rules)}
    schema["properties"]["gap_below"]["items"] = skills
    if framework.record:
        parts["RecordEntry"]["allOf"] = record_rules(framework)
        parts["RecordEntry"]["properties"]["item"]["enum"] = list(Places.of(framework).blocks)
    else:
        schema["properties"]["record"]["maxItems"] = 0
