"""``skillmatrix verdict``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import skillmatrix as sm
from skillmatrix.cli.verdict import fitted
from tests.cli.conftest import ANA, Run

GOLDEN = Path(__file__).parent / "golden" / "ana-verdict.txt"

STATE = {"enum": ["MET", "NOT MET", "OPEN"]}
TEXT = {"type": "string", "minLength": 1}
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "about",
        "overall",
        "label",
        "confidence",
        "coverage",
        "criteria",
        "pivotal",
        "switch_dependent",
        "settle",
        "overshoot",
        "warnings",
        "decided_by",
        "note",
    ],
    "properties": {
        "about": {
            "required": [
                "file",
                "framework",
                "person",
                "rater",
                "status",
                "as_of",
                "target",
                "overlays",
                "switches",
            ]
        },
        "overall": {"enum": ["READY", "NOT YET", "OPEN"]},
        "label": TEXT,
        "confidence": TEXT,
        "coverage": {"required": ["rated", "total", "states", "text"]},
        "criteria": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {
                "required": ["code", "title", "state", "parts"],
                "properties": {
                    "state": STATE,
                    "parts": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "required": ["id", "kind", "label", "state", "observed", "why"],
                            "properties": {
                                "kind": {"enum": ["gate", "floor", "breadth", "evidence"]},
                                "state": STATE,
                                "why": TEXT,
                            },
                        },
                    },
                },
            },
        },
        "pivotal": {
            "type": "array",
            "items": {"required": ["skill", "level", "to", "before", "after"]},
        },
        "switch_dependent": {
            "type": "array",
            "items": {"required": ["switch", "question", "effect"]},
        },
        "settle": {"type": "array", "items": {"required": ["action", "text", "skill", "rule"]}},
        "overshoot": {"type": "array", "items": TEXT},
        "warnings": {"type": "array", "items": TEXT},
        "decided_by": {"type": "null"},
        "note": {"const": "Preparation for a conversation; a person decides."},
    },
}


def test_the_example_person_reads_as_agreed(run: Run) -> None:
    """The whole text of one verdict, word for word: what a person gets to read."""
    result = run("verdict", ANA)

    hint = f"if the change is right: skillmatrix verdict {ANA.name} > {GOLDEN.name}"
    assert result.exit_code == 0
    assert result.stdout == GOLDEN.read_text(encoding="utf-8"), hint
    assert result.stderr == ""


def test_the_example_person_is_worth_opening() -> None:
    """The invented example shows all three states, a switch, a pivot and a missed window."""
    fw = sm.load_framework("ml-specialist")
    a = sm.read_assessment(ANA)
    v = sm.verdict(a, fw.profile("senior", switches=a.aim.switches))

    assert v.overall == "NOT YET"
    assert {c.state for c in v.criteria.values()} == {"MET", "NOT MET", "OPEN"}
    assert [s.switch for s in v.switch_dependent] == ["regulated"]
    assert [(p.skill, p.to, p.after) for p in v.pivotal] == [("mlops", 3, "OPEN")]
    assert (a.status, a.as_of.isoformat(), v.coverage.rated) == ("draft", "2026-11-20", 24)


def test_the_example_person_is_written_as_the_library_writes(tmp_path: Path) -> None:
    """The shipped file has the library's layout and order, and leaves out defaults at most."""
    sm.write_assessment(sm.read_assessment(ANA), tmp_path / "again.json")
    text = ANA.read_text(encoding="utf-8")
    shipped = json.loads(text)
    written = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))

    assert text == json.dumps(shipped, indent=2, ensure_ascii=False) + "\n"
    assert list(shipped) == [key for key in written if key in shipped]
    assert shipped == {key: written[key] for key in shipped}
    assert "do not exist" in shipped["invented"]


@pytest.mark.parametrize(
    ("who", "switch", "overall"),
    [
        ("noor", None, "READY"),
        ("kenji", None, "OPEN"),
        ("kenji", "regulated=yes", "READY"),
        ("kenji", "regulated=no", "NOT YET"),
        ("tomasz", None, "NOT YET"),
    ],
)
def test_no_answer_is_an_error(
    run: Run, cohort: Path, who: str, switch: str | None, overall: str
) -> None:
    """READY, NOT YET and OPEN all end with 0; a switch changes what it should."""
    options = ["--switch", switch] if switch else []
    result = run("verdict", cohort / f"{who}-self.assessment.json", *options)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"Senior Machine Learning Specialist: {overall}\n")


def test_json_has_everything_and_decides_nothing(run: Run) -> None:
    """``--json`` carries the library's verdict; nobody has decided, and it says so."""
    result = run("verdict", ANA, "--json")
    data = json.loads(result.stdout)

    jsonschema.validate(data, SHAPE)
    assert result.exit_code == 0
    assert data["overall"] == "NOT YET"
    assert data["coverage"]["rated"] == 24
    assert data["criteria"]["monitoring-lifecycle"]["state"] == "NOT MET"
    assert data["criteria"]["shared-standards"]["state"] == "MET"
    assert data["decided_by"] is None


def test_target_and_switches_are_the_file_s_until_said(run: Run) -> None:
    """The aim of the file holds; an option replaces only what it names."""

    def about(*options: str) -> dict[str, object]:
        data: dict[str, dict[str, object]] = json.loads(
            run("verdict", ANA, "--json", *options).stdout
        )
        return data["about"]

    assert about()["target"] == "senior"
    assert about("--target", "specialist")["target"] == "specialist"
    said = about("--switch", "regulated=ON", "--switch", "streaming=true")["switches"]
    assert said == {
        "streaming": True,
        "containers": True,
        "inference-optimisation": False,
        "llm-features": False,
        "regulated": True,
    }


def test_a_role_is_met_and_not_ready(run: Run, cohort: Path) -> None:
    """A profile that is no promotion has its own words."""
    file = cohort / "lucia-self.assessment.json"

    assert json.loads(run("verdict", file, "--json").stdout)["label"] == "profile met"
    assert "READY (profile met)" in run("verdict", file).stdout


def test_no_word_is_lost_when_lines_are_fitted() -> None:
    """Narrower lines say the same words in the same order, apart from the dots."""
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        for width in (36, 60, 100):
            pieces = fitted(line, width)

            words = [w for w in " ".join(pieces).split() if set(w) != {"."}]
            assert words == [w for w in line.split() if set(w) != {"."}]
            assert max(map(len, pieces), default=0) <= width
