"""``skillmatrix verdict --beside`` and ``--reason``."""

from __future__ import annotations

import json

import jsonschema
import pytest

import skillmatrix as sm
from tests.cli.conftest import ANA, Run

REASON = "enterprise=A platform team runs registry and serving; ours = theirs."
LEVEL = {"type": ["integer", "null"]}
STATE = {"enum": ["MET", "NOT MET", "OPEN"]}
GAP = {
    "required": ["skill", "state", "claimed", "supported", "lowest", "highest", "hangs_on", "asks"],
    "properties": {
        "claimed": LEVEL,
        "supported": LEVEL,
        "hangs_on": {"enum": ["nothing", "evidence", "rating"]},
        "asks": {
            "minProperties": 1,
            "additionalProperties": {
                "required": ["bar", "bar_if", "gap_min", "gap_max", "certain", "kind"],
                "properties": {"gap_min": {"minimum": 0}, "gap_max": {"minimum": 1}},
            },
        },
    },
}
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["about", "summary", "targets", "shared", "only", "decided_by", "note"],
    "properties": {
        "about": {"required": ["file", "framework", "person", "target"]},
        "summary": {"type": "string", "minLength": 1},
        "targets": {
            "type": "array",
            "items": {
                "required": ["target", "label", "overall", "word", "criteria", "gates", "failing"],
                "properties": {"criteria": {"additionalProperties": STATE}},
            },
        },
        "shared": {"type": "array", "items": GAP},
        "only": {"additionalProperties": {"type": "array", "items": GAP}},
        "decided_by": {"type": "null"},
        "note": {"type": "string"},
    },
}


def test_the_text_is_that_of_the_library(run: Run):
    """Nothing is said twice: the command prints what ``Targets.explain`` writes."""
    made, ladder = sm.read_assessment(ANA), sm.load_framework("ml-specialist")
    profiles = [
        ladder.profile(n, made.aim.overlays, made.aim.switches)
        for n in ("senior", "staff-principal", "ai-product")
    ]
    result = run("verdict", ANA, "--beside", "staff-principal", "--beside", "ai-product")

    assert result.exit_code == 0
    assert result.stdout == sm.targets(made, profiles).explain() + "\n"


def test_all_is_every_other_role(run: Run):
    """The aim stands first and once, however it is named."""
    result = run("verdict", ANA, "--beside", "all", "--beside", "specialist", "--json")
    names = [target["target"] for target in json.loads(result.stdout)["targets"]]

    assert names[0] == "senior"
    assert sorted(names) == sorted(sm.load_framework("ml-specialist").profiles)


def test_json_has_a_shape_that_programs_can_rely_on(run: Run):
    """Levels are numbers or null, every gap names its targets, and nobody has decided."""
    data = json.loads(run("verdict", ANA, "--beside", "all", "--json").stdout)

    jsonschema.validate(data, SHAPE)
    assert {gap["state"] for gap in data["shared"] if gap["claimed"] is None} == {
        "UNRATED",
        "DECLINED",
    }


def test_a_role_nobody_knows(run: Run):
    """A wrong name is wrong use, with the name meant."""
    result = run("verdict", ANA, "--beside", "ai-produkt")

    assert result.exit_code == 2
    assert "did you mean 'ai-product'" in result.stderr


@pytest.mark.parametrize("command", ["verdict", "gap"])
def test_a_reason_lowers_what_waits_for_it(run: Run, command: str):
    """With words the condition of the variant holds, without them it does not."""
    told = [
        run(command, ANA, "--overlay", "enterprise", *more).stdout
        for more in ((), ("--reason", REASON))
    ]
    lines = [next(line for line in text.splitlines() if "MLOps" in line) for text in told]

    assert lines[0] != lines[1]
    assert "4" in lines[0]
    assert "3" in lines[1]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("enterprise",), "expected overlay=text"),
        (("enterprise= ",), "expected overlay=text"),
        ((REASON, REASON), "two reasons"),
        (("moon=because",), "no overlay 'moon'"),
    ],
)
def test_a_reason_that_is_none(run: Run, given: tuple[str, ...], found: str):
    """Without a text, twice, or for a variant nobody knows: wrong use."""
    options = [part for text in given for part in ("--reason", text)]
    result = run("verdict", ANA, "--overlay", "enterprise", *options)

    assert result.exit_code == 2
    assert found in result.stderr
