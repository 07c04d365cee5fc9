"""The published JSON Schema and the reader say the same about a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from skillmatrix.assessment import assessment_from, assessment_schema
from skillmatrix.errors import AssessmentError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.settings import data_dir
from tests.assessment.test_broken import CHANGES, good
from tests.assessment.test_round_trip import FW, files
from tests.conftest import content, proof

EXAMPLE = Path(__file__).parent / "example.assessment.json"
ANY = data_dir() / "schemas" / "assessment.schema.json"
OURS = data_dir() / "frameworks" / "ml-specialist" / "assessment.schema.json"
HINT = """{path} is not what the code says. Write it again:
python -c "import json, skillmatrix as sm, pathlib; pathlib.Path('{path}').write_text(
json.dumps(sm.assessment_schema({framework}), indent=2, ensure_ascii=False) + chr(10), 'utf-8')" """

GENERAL = Draft202012Validator(assessment_schema())
EXACT = Draft202012Validator(assessment_schema(FW))


def reads(data: dict[str, Any]) -> bool:
    """Say whether the reader takes a content."""
    try:
        assessment_from(data, framework=FW)
    except AssessmentError:
        return False
    return True


@pytest.mark.parametrize(("path", "framework"), [(ANY, ""), (OURS, "sm.load_framework()")])
def test_the_published_schemas_are_those_of_the_code(path: Path, framework: str):
    """The files for editors are up to date."""
    schema = assessment_schema(load_framework() if framework else None)
    written = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    beside = path.relative_to(data_dir().parent)

    hint = HINT.format(path=beside, framework=framework)
    assert path.read_text(encoding="utf-8") == written, hint


@pytest.mark.parametrize("validator", [GENERAL, EXACT], ids=["any framework", "ours"])
def test_the_schemas_are_schemas_and_take_the_example(validator: Draft202012Validator):
    """Both are valid JSON Schema, and a file written by hand passes both and the reader."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(validator.schema)
    assert [error.message for error in validator.iter_errors(example)] == []
    assert reads(example)


#: Rules that JSON Schema cannot say: two places compared, or a day looked up in the calendar.
BEYOND = {
    "date after the assessment",
    "duplicate evidence id",
    "confirmed by herself",
    "no such day",
    "time without a zone",
    "time before all times",
    "unknown framework",
    "folder as framework",
    "unknown framework version",
    "NUL in a text",
    "half a character",
    "level 3.0",  # an integer to JSON Schema
}


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in BEYOND])
def test_what_the_reader_refuses_the_schema_refuses(name: str, fw: Framework):
    """Every rule that JSON Schema can say is broken for both, so editors show it."""
    data = good(fw)
    CHANGES[name][0](data)

    assert not reads(data)
    assert not EXACT.is_valid(data)


def test_the_schema_without_a_framework_knows_no_ids(fw: Framework):
    """A file of another ladder is a matter of its own framework."""
    other = {**content(fw, {"cataloguing": 3}), "framework": "librarian@2.0.1"}

    assert GENERAL.is_valid(other)
    assert not EXACT.is_valid(other)


def _other_rater(data: dict[str, Any]) -> None:
    data["rater"] = {"kind": "manager"}
    data["evidence"] = [{**proof("E1", "mlops"), "id": "e1", "title": "Seen in the review"}]


#: Files that the reader takes: at a limit, or with a strength below what the item shows.
TAKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "evidence of the day of the assessment": lambda d: d["evidence"][0].update(date=d["as_of"]),
    "E0 with everything": lambda d: d["evidence"][0].update(strength="E0"),
    "E1 that shows an artefact and no description": lambda d: d["evidence"][0].update(
        strength="E1", description=""
    ),
    "E1 by another rater without description": _other_rater,
    "E3 that shows a measured outcome and no artefact": lambda d: d["evidence"][0].update(
        artefact="", measure="12 % fewer pages", method="two quarters"
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_the_reader_takes_the_schema_takes(name: str, fw: Framework):
    """No editor underlines what can be read."""
    data = good(fw)
    TAKEN[name](data)

    assert reads(data)
    assert EXACT.is_valid(data)
    assert GENERAL.is_valid(data)


@given(files)
def test_generated_files_pass_both(data: dict[str, Any]):
    """Files that show what their strengths need pass the reader and both schemas."""
    assert reads(data)
    assert [error.message for error in EXACT.iter_errors(data)] == []
    assert GENERAL.is_valid(data)
