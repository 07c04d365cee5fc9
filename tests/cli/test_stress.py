"""``skillmatrix verdict --stress``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import skillmatrix as sm
from tests.cli.conftest import ANA, Run

SHIFT = {
    "type": "object",
    "required": ["text", "changes", "before", "after", "criteria"],
    "properties": {
        "text": {"type": "string", "minLength": 5},
        "changes": {"type": "array", "minItems": 1, "maxItems": 2},
        "criteria": {
            "type": "array",
            "items": {"required": ["criterion", "before", "after", "clauses"]},
        },
    },
}
SHAPE = {
    "type": "object",
    "required": [
        "about", "overall", "label", "noise", "families", "joint", "unasked", "pairs_left_out",
        "decided_by", "note",
    ],
    "properties": {
        "families": {
            "required": ["contexts", "switches", "ratings", "pairs"],
            "additionalProperties": {
                "required": ["cases", "holds", "criteria", "shifts"],
                "properties": {
                    "cases": {"type": "integer"},
                    "holds": {"type": "integer"},
                    "criteria": {"minProperties": 5, "additionalProperties": {"type": "integer"}},
                    "shifts": {"type": "array", "items": SHIFT},
                },
            },
        },
        "joint": {"type": "array", "items": SHIFT},
        "decided_by": {"type": "null"},
    },
}  # fmt: skip


def test_the_counts_are_those_of_the_library(run: Run) -> None:
    """Text and JSON say what ``sm.stress`` finds, and that nothing of it is a probability."""
    fw = sm.load_framework("ml-specialist")
    ana = sm.read_assessment(ANA)
    found = sm.stress(ana, fw.profile("senior", switches=ana.aim.switches))
    told, as_json = run("verdict", ANA, "--stress"), run("verdict", ANA, "--stress", "--json")
    data = json.loads(as_json.stdout)

    jsonschema.validate(data, SHAPE)
    assert (told.exit_code, as_json.exit_code) == (0, 0)
    assert told.stdout == found.explain() + "\n"
    assert {n: (f["cases"], f["holds"]) for n, f in data["families"].items()} == {
        n: (f.cases, f.holds) for n, f in found.families.items()
    }
    assert "no probability" in data["note"]


def test_options_choose_what_is_tried(run: Run) -> None:
    """An answer given is turned once; a variant given is taken out once."""

    def cases(*options: str) -> tuple[int, list[object]]:
        data = json.loads(run("verdict", ANA, "--stress", "--json", *options).stdout)
        removed = [
            change["overlay"]
            for shift in data["families"]["contexts"]["shifts"]
            for change in shift["changes"]
            if not change["added"]
        ]
        return data["families"]["switches"]["cases"], removed

    assert cases() == (5, [])
    assert cases("--switch", "regulated=yes")[0] == 4
    assert cases("--overlay", "enterprise") == (5, ["enterprise"])


def test_a_reason_given_holds_in_every_context(run: Run, ana: Callable[..., Path]) -> None:
    """``--reason`` counts where the variant it is for is tried."""
    file = ana(ratings={"mlops": 3}, evidence=[])
    plain = run("verdict", file, "--stress").stdout
    told = run("verdict", file, "--stress", "--reason", "enterprise=a platform team").stdout

    assert "with Large enterprise: NOT YET -> OPEN" not in plain
    assert "with Large enterprise: NOT YET -> OPEN" in told


@pytest.mark.parametrize("other", ["staff-principal", "all"])
def test_one_role_at_a_time(run: Run, other: str) -> None:
    """Stress of several roles at once is refused, with the way out."""
    result = run("verdict", ANA, "--stress", "--beside", other)

    assert result.exit_code == 2
    assert "choose one" in result.stderr
