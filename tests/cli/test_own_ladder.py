"""Files about a ladder that lies anywhere: the role, the framework and the schemas of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.cli.schemas import schema_texts
from tests.cli.conftest import Run
from tests.ladders import BAKERY


@pytest.fixture
def bakery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the smallest ladder outside the workspace."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("SKILLMATRIX_FRAMEWORK", raising=False)
    for name, text in BAKERY.items():
        path = tmp_path / "bakery" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "bakery"


def write(folder: Path, **changes: Any) -> Path:
    """Write the smallest assessment there is, which aims at nothing."""
    data = {
        "format": "skillmatrix.assessment",
        "format_version": 1,
        "framework": "bakery@1.0.0",
        "person": {"code": "bo"},
        "rater": {"kind": "self"},
        "as_of": "2026-11-20",
        "ratings": {"bread": 2},
    }
    path = folder / "bo.assessment.json"
    path.write_text(json.dumps({**data, **changes}, indent=1), encoding="utf-8")
    return path


def test_a_file_that_aims_at_nothing_is_told_to_name_a_role(run: Run, bakery: Path, tmp_path: Path):
    """The ladder has no role of the default name, so nothing is said about a name nobody wrote."""
    file = write(tmp_path)
    result = run("verdict", file, "--framework", bakery)

    assert result.exit_code == 1
    assert "found no role to aim at" in result.stderr
    assert "write it; roles are baker" in result.stderr
    assert "or use --target" in result.stderr
    assert "senior" not in result.stderr


@pytest.mark.parametrize("command", ["verdict", "gap", "plan"])
def test_a_target_takes_the_place_of_an_aim(run: Run, bakery: Path, tmp_path: Path, command: str):
    """With the option the same file is judged; nothing else about it is let through."""
    named = run(command, write(tmp_path), "--framework", bakery, "--target", "baker")
    wrong = write(tmp_path, ratings={"bred": 2})
    told = run(command, wrong, "--framework", bakery, "--target", "baker")

    assert (named.exit_code, named.stderr) == (0, "")
    assert told.exit_code == 1
    assert "did you mean 'bread'?" in told.stderr


def test_a_written_aim_that_is_none_stays_a_problem(run: Run, bakery: Path, tmp_path: Path):
    """What a person wrote is checked, whether or not another role is asked for."""
    file = write(tmp_path, aim={"profile": "bakr"})
    result = run("gap", file, "--framework", bakery, "--target", "baker")

    assert result.exit_code == 1
    assert "found 'bakr'; expected a profile; did you mean 'baker'?" in result.stderr


@pytest.mark.parametrize("command", ["check", "gap"])
def test_a_framework_that_is_nowhere_can_be_named_or_moved(
    run: Run, bakery: Path, tmp_path: Path, command: str
):
    """Both ways stand in the message; each of them works."""
    file = write(tmp_path, aim={"profile": "baker"})
    result = run(command, file)
    home = tmp_path / "ws" / "frameworks"

    assert result.exit_code == 1
    way = f"add --framework FOLDER, or move the folder into {home}"
    assert way in result.stdout + result.stderr
    assert run(command, file, "--framework", bakery).exit_code == 0
    home.mkdir(parents=True)
    bakery.rename(home / "bakery")
    assert run(command, file).exit_code == 0


def test_a_missing_code_is_told_to_be_any(run: Run, bakery: Path, tmp_path: Path):
    """Nobody has to look up what a code may be."""
    for person in ({}, {"name": "Bo"}):
        result = run("check", write(tmp_path, person=person), "--framework", bakery)
        assert result.exit_code == 1
        assert "any short code will do" in result.stdout


def test_schemas_of_a_ladder_list_what_it_has(run: Run, bakery: Path, tmp_path: Path):
    """The schema of assessments is that of the ladder named, and it is said whose it is."""
    result = run("check", bakery, "--write-schemas", tmp_path / "schemas")
    schema = json.loads((tmp_path / "schemas" / "assessment.schema.json").read_text("utf-8"))

    assert (result.exit_code, len(result.stdout.split())) == (0, len(schema_texts()))
    assert "assessment.schema.json is for bakery@1.0.0" in result.stderr
    assert schema["properties"]["framework"]["const"] == "bakery@1.0.0"
    assert list(schema["properties"]["ratings"]["properties"]) == ["bread"]
    assert schema["$defs"]["Aim"]["properties"]["profile"]["enum"] == ["baker"]


def test_schemas_are_of_one_ladder(run: Run, tmp_path: Path):
    """A folder of people has no levels, skills and roles to list."""
    write(tmp_path)
    result = run("check", tmp_path, "--write-schemas", tmp_path / "schemas")

    assert result.exit_code == 2
    assert "holds no framework" in result.stderr
    assert not (tmp_path / "schemas").exists()
