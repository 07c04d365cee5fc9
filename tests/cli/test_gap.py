"""``skillmatrix gap``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pandas as pd

import skillmatrix as sm
from tests.cli.conftest import ANA, Run

GOLDEN = Path(__file__).parent / "golden" / "ana-gap.txt"

NUMBER = {"type": ["integer", "null"], "minimum": 0}
SHAPE = {
    "type": "object",
    "required": ["meta", "records"],
    "additionalProperties": False,
    "properties": {
        "meta": {"required": ["file", "framework", "person", "target", "switches", "note"]},
        "records": {
            "type": "array",
            "minItems": 27,
            "maxItems": 27,
            "items": {
                "required": ["skill", "code", "title", "area", "required_if"],
                "properties": {
                    "claimed": NUMBER,
                    "supported": NUMBER,
                    "required": NUMBER,
                    "gap_min": NUMBER,
                    "gap_max": NUMBER,
                    "met": {"type": ["boolean", "null"]},
                    "state": {"type": "string", "minLength": 1},
                },
            },
        },
    },
}


def line(text: str, skill: str) -> list[str]:
    """Give the cells of one skill in a table."""
    found = next(row for row in text.splitlines() if row.startswith(skill))
    return found.removeprefix(skill).split(maxsplit=5)


def test_the_example_table_reads_as_agreed(run: Run) -> None:
    """The whole table of one person, word for word, grouped by area."""
    result = run("gap", ANA)

    hint = f"if the change is right: skillmatrix gap {ANA.name} > {GOLDEN.name}"
    assert result.exit_code == 0
    assert result.stdout == GOLDEN.read_text(encoding="utf-8"), hint


def test_unknown_is_a_dash_with_its_word(run: Run, cohort: Path) -> None:
    """No level is never printed as 0: a dash, the word why, and steps from best to worst."""
    ana, mentor = run("gap", ANA).stdout, run("gap", cohort / "noor-manager.assessment.json").stdout

    assert line(ana, "Stakeholder alignment") == ["-", "-", "4", "0-4", "open", "not rated yet"]
    assert line(ana, "Privacy-preserving ML") == ["-", "-", "1", "0-1", "open", "declined"]
    assert line(mentor, "Causal inference") == ["-", "-", "1", "0-1", "open", "not observed"]
    assert line(ana, "Ranking and recommenders")[5] == "proposed as not applicable"


def test_an_open_switch_marks_the_bars_it_moves(run: Run) -> None:
    """A bar that an unanswered switch would raise has a mark and a note; an answer takes both."""
    undecided = run("gap", ANA).stdout
    decided = run("gap", ANA, "--switch", "regulated=yes").stdout

    assert line(undecided, "Interpretability and governance")[2] == "2*"
    assert "4 if 'regulated' is on; no answer yet" in undecided
    assert line(decided, "Interpretability and governance")[2] == "4"
    assert "*" not in decided


def test_another_target_has_other_bars(run: Run) -> None:
    """``--target`` measures against that profile."""
    text = run("gap", ANA, "--target", "specialist").stdout

    assert "Bar: Machine Learning Specialist" in text
    assert line(text, "MLOps") == ["2", "2", "2", "0", "yes", "rated"]


def test_json_is_the_frame_of_the_library(run: Run) -> None:
    """``--json`` gives the records of ``sm.gap``, null where nothing is known."""
    data = json.loads(run("gap", ANA, "--json").stdout)

    jsonschema.validate(data, SHAPE)
    fw, a = sm.load_framework("ml-specialist"), sm.read_assessment(ANA)
    frame = sm.gap(a, fw.profile("senior", switches=a.aim.switches))
    for record in data["records"]:
        expected = frame.loc[record["skill"]]
        for column in frame.columns:
            value = None if pd.isna(expected[column]) else expected[column]
            assert record[column] == value
    by_skill = {record["skill"]: record for record in data["records"]}
    assert by_skill["stakeholder-alignment"]["claimed"] is None
    assert by_skill["interpretability"]["required_if"] == {"switch": "regulated", "level": 4}
    assert by_skill["mlops"]["required_if"] is None
