"""What is wrong with a value is said in words that need no knowledge of programs."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from skillmatrix.framework.build import build
from skillmatrix.framework.changes import KINDS
from skillmatrix.framework.guide import Dimension, Kpi
from skillmatrix.framework.located import Located
from skillmatrix.framework.model import EvidenceRule, Framework, LevelDefinition

ASK = {"type": "a", "strength": "E1"}


@pytest.mark.parametrize(
    ("model", "data", "where", "expected"),
    [
        (Framework, {"id": "A b"}, "id", "lower case letters, digits and single hyphens"),
        (Framework, {"version": "2"}, "version", "three numbers with points between them"),
        (Framework, {"scale": "x"}, "scale", "a list"),
        (Framework, {"many_gates": 4}, "many_gates", "keys with values"),
        (Framework, {"ageing": [12]}, "ageing[1]", "a value"),
        (LevelDefinition, {"level": "x"}, "level", "a whole number"),
        (LevelDefinition, {"name": "x" * 2001}, "name", "at most 2000 characters"),
        (LevelDefinition, {"definition": ""}, "definition", "text, not nothing"),
        (EvidenceRule, {"months": 0}, "months", "1 or more"),
        (EvidenceRule, {"months": "soon"}, "months", "a whole number"),
        (EvidenceRule, {"months": 1.5}, "months", "a whole number"),
        (
            EvidenceRule,
            {"any_of": [{**ASK, "strength": "E9"}]},
            "any_of[0] > strength",
            "'E0', 'E1', 'E2', 'E3' or 'E4'",
        ),
        (
            EvidenceRule,
            {"any_of": [{**ASK, "outside_team": "perhaps"}]},
            "any_of[0] > outside_team",
            "true or false",
        ),
        (KINDS["accept_strength"], {"rules": []}, "rules", "at least 1"),
        (Dimension, {"anchors": {"x": "y"}}, "anchors > x", "a whole number"),
        (Kpi, {"target": {"value": "n"}}, "target > value", "a number"),
    ],
)
def test_a_wrong_value_is_one_problem_in_plain_words(
    model: type[BaseModel], data: dict[str, Any], where: str, expected: str
):
    """Where, and what is expected there; nothing of types, patterns or validation."""
    document = Located(Path("file.yaml"))
    build(model, document, (), data)

    told = [p.expected for p in document.problems if p.where.startswith(where)]
    assert len(told) == 1
    assert told[0].startswith(expected)
