"""``skillmatrix check``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from skillmatrix import settings
from tests.cli.conftest import ANA, Run

SHIPPED = settings.data_dir() / "frameworks" / "ml-specialist"

SHAPE = {
    "type": "object",
    "required": ["ok", "checked", "problems", "warnings"],
    "additionalProperties": False,
    "properties": {
        "ok": {"type": "boolean"},
        "checked": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["kind", "path", "ok", "problems", "warnings"],
                "properties": {"kind": {"enum": ["framework", "assessment"]}},
            },
        },
        "problems": {
            "type": "array",
            "items": {
                "required": ["file", "line", "where", "found", "expected", "remedy", "rule"],
                "properties": {"file": {"minLength": 1}, "found": {"minLength": 1}},
            },
        },
        "warnings": {"type": "array", "items": {"type": "string"}},
    },
}


def broken_ladder(folder: Path) -> Path:
    """Copy the shipped framework and misspell one skill in one profile."""
    shutil.copytree(SHIPPED, folder)
    profile = folder / "profiles" / "specialist.yaml"
    text = profile.read_text(encoding="utf-8")
    assert "skill: data-querying," in text
    profile.write_text(text.replace("skill: data-querying,", "skill: data-query,"), "utf-8")
    return folder


def test_the_shipped_framework_has_no_problem(run: Run) -> None:
    """Without a path the shipped framework is checked: one line with its counts."""
    result = run("check")

    anchors = sum(
        line.strip().startswith("- id:")
        for part in ("skills", "criteria")
        for file in (SHIPPED / part).glob("*.yaml")
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    assert result.exit_code == 0
    assert result.stdout == (
        f"ml-specialist@0.1.0: 27 skills, {anchors} anchors, 5 criteria: no problem; "
        "all anchors are drafts\n"
    )


def test_a_framework_is_found_by_id_folder_file_and_parent(run: Run) -> None:
    """All ways to name the same framework give the same answer."""
    expected = run("check").stdout

    for name in ("ml-specialist", SHIPPED, SHIPPED / "framework.yaml", SHIPPED.parent):
        assert run("check", name).stdout == expected
    assert run("check", "--framework", SHIPPED).stdout == expected


def test_a_broken_framework_names_file_line_and_remedy(run: Run, tmp_path: Path) -> None:
    """A problem of a framework says where it is, what stands there and what was meant."""
    folder = broken_ladder(tmp_path / "mine")
    result = run("check", folder)

    lines = (folder / "profiles" / "specialist.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "skill: data-query," in text)
    assert result.exit_code == 1
    assert f"{folder} has 1 problem\n" in result.stdout
    assert (
        f"\n  profiles/specialist.yaml:{line}  requirements[0] > floors[3] > skill\n"
        in result.stdout
    )
    assert (
        "found 'data-query'; expected the id of a known skill; did you mean 'data-querying'?"
        in result.stdout
    )


def test_a_framework_without_its_main_file_is_a_problem(run: Run, tmp_path: Path) -> None:
    """A folder of framework files whose main file is gone is data with a problem."""
    folder = shutil.copytree(SHIPPED, tmp_path / "mine")
    (folder / "framework.yaml").unlink()
    result = run("check", folder)

    assert result.exit_code == 1
    assert "framework.yaml" in result.stdout


def test_an_empty_folder_is_wrong_use(run: Run, tmp_path: Path) -> None:
    """Nothing to check is not the same as no problem."""
    result = run("check", tmp_path)

    assert result.exit_code == 2
    assert "nothing to check" in result.stderr


def test_a_good_file_takes_one_line(run: Run) -> None:
    """A file without problems: what it is, how much is in it, exit 0."""
    result = run("check", ANA)

    assert result.exit_code == 0
    assert result.stdout == (
        f"{ANA}: self rating of example-1, draft, 24 skills rated, 13 items of evidence: "
        "no problem\n"
    )
    assert result.stderr == ""


def test_every_problem_of_a_file_is_named_at_once(run: Run, ana: Callable[..., Path]) -> None:
    """Two faults in one file are two problems, each with place, found and expected."""
    result = run("check", ana(ratings={"mlops": 7, "pyton": 3}))

    assert result.exit_code == 1
    assert "has 2 problems" in result.stdout
    assert "ratings > mlops\n      found 7; expected a level of the scale" in result.stdout
    assert "ratings > pyton" in result.stdout
    assert "did you mean 'python'?" in result.stdout


def test_a_changed_locked_file_is_found_among_many(run: Run, cohort: Path, tmp_path: Path) -> None:
    """One level changed after the lock: that file has a problem, the others have none."""
    folder = shutil.copytree(cohort, tmp_path / "people")
    file = folder / "devan-self.assessment.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"mlops": 3', '"mlops": 4'), encoding="utf-8")
    result = run("check", folder)

    assert result.exit_code == 1
    assert f"{file} has 1 problem" in result.stdout
    assert "the file was changed after it was locked: ask for the original" in result.stdout
    assert "1 of 16 assessment files have problems" in result.stdout


def test_a_folder_of_good_files_takes_one_line(run: Run, cohort: Path) -> None:
    """Files are counted with their people and locks."""
    assert run("check", cohort).stdout == "16 assessment files of 8 people, 9 locked: no problem\n"


def test_a_file_that_is_none_is_a_problem(run: Run, tmp_path: Path) -> None:
    """Any file that is named is looked at, whatever it is called."""
    file = tmp_path / "holiday.json"
    file.write_text('{"format": "photo"}', encoding="utf-8")
    result = run("check", file)

    assert result.exit_code == 1
    assert "is this an assessment file?" in result.stdout


def test_a_misspelt_key_is_a_warning(run: Run, ana: Callable[..., Path]) -> None:
    """A key that is kept but not used, and looks like a known one: stderr, exit 0."""
    file = ana(
        evidense=[],
        person={"code": "a", "Name": "Ana"},
        aim={"profil": "senior"},
        notes={"mlops": {"text": "", "visibilty": "panel"}},
    )
    result = run("check", file)

    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{file}: kept, but not used: 'evidense'; did you mean 'evidence'?",
        f"{file}: kept, but not used: 'Name' in person; did you mean 'name'?",
        f"{file}: kept, but not used: 'profil' in aim; did you mean 'profile'?",
        f"{file}: kept, but not used: 'visibilty' in notes > mlops; did you mean 'visibility'?",
    ]
    assert "evidense" in run("verdict", file).stderr


def test_a_key_of_somebody_else_is_no_warning(run: Run, ana: Callable[..., Path]) -> None:
    """A key that looks like none we know is kept without a word."""
    assert run("check", ana(cost_centre=4711, invented="yes")).stderr == ""


def test_json_has_the_same_facts(run: Run, ana: Callable[..., Path], tmp_path: Path) -> None:
    """``--json`` of a framework, of a file with problems and of one with a warning."""
    for target, code in (
        (SHIPPED, 0),
        (broken_ladder(tmp_path / "mine"), 1),
        (ana(ratings={"mlops": 7}), 1),
    ):
        result = run("check", target, "--json")
        data = json.loads(result.stdout)

        jsonschema.validate(data, SHAPE)
        assert result.exit_code == code
        assert data["ok"] is (code == 0)
        assert len(data["problems"]) == code
    data = json.loads(run("check", ana(evidense=1), "--json").stdout)
    assert (data["ok"], len(data["warnings"])) == (True, 1)


def test_a_broken_framework_is_not_the_fault_of_a_file(
    run: Run, cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its problems are said once, as the framework's; the files are named as not checked."""
    folder = broken_ladder(tmp_path / "frameworks" / "ml-specialist")
    monkeypatch.setenv("SKILLMATRIX_DATA", str(tmp_path))

    result = run("check", cohort)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{folder} has 1 problem\n")
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.count("not checked, as its framework has problems") == 16

    data = json.loads(run("check", cohort, "--json").stdout)
    jsonschema.validate(data, SHAPE)
    assert (data["ok"], len(data["problems"])) == (False, 1)
    assert not any(item["ok"] for item in data["checked"])


def test_a_file_of_another_ladder_needs_its_framework(run: Run, tmp_path: Path) -> None:
    """``--framework`` checks a file against a ladder that is not shipped."""
    folder = shutil.copytree(SHIPPED, tmp_path / "mine")
    main = folder / "framework.yaml"
    text = main.read_text(encoding="utf-8").replace("id: ml-specialist", "id: librarian")
    main.write_text(text, encoding="utf-8")
    file = tmp_path / "a.assessment.json"
    text = ANA.read_text(encoding="utf-8").replace("ml-specialist@", "librarian@")
    file.write_text(text, encoding="utf-8")

    assert run("check", file).exit_code == 1
    assert run("check", file, "--framework", folder).exit_code == 0
    assert "librarian@0.1.0" in run("gap", file, "--framework", folder).stdout
    assert run("verdict", file, "--framework", folder).exit_code == 0
