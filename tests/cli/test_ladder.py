"""Every command with a ladder of one's own, named by its folder or by its id."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import skillmatrix.server
from tests.cli.conftest import Run
from tests.conftest import MINI
from tests.ladders import FAMILY

KEY = "data-science-family@1.0.0"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace that holds the role family."""
    folder = tmp_path / "ws"
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(folder))
    monkeypatch.delenv("SKILLMATRIX_FRAMEWORK", raising=False)
    shutil.copytree(FAMILY, folder / "frameworks" / "data-science-family")
    return folder


@pytest.fixture
def alex(run: Run, workspace: Path, tmp_path: Path) -> Path:
    """Invent people on the ladder and give the file of one of them."""
    result = run("example", tmp_path / "people", "--framework", "data-science-family")
    assert result.exit_code == 0, result.stderr
    return tmp_path / "people" / "alex-self.assessment.json"


def test_check_takes_an_id_of_the_workspace_and_prints_what_is_waived(run: Run, workspace: Path):
    """Waived rules are notes on standard error; the result is that there is no problem."""
    result = run("check", "data-science-family")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"{KEY}: 10 skills, 35 anchors, 0 criteria: no problem")
    assert "degree-word is waived, and does not hold at 2 places" in result.stderr
    assert "Statements are quoted as they stand." in result.stderr
    assert run("check", FAMILY, "--json").exit_code == 0


def test_a_waiver_of_what_a_ladder_is_made_of_is_refused(run: Run, workspace: Path):
    """The rules that can be waived are listed in the problem."""
    main = workspace / "frameworks" / "data-science-family" / "framework.yaml"
    main.write_text(main.read_text("utf-8").replace("anchor-length", "missing-target"), "utf-8")
    result = run("check", "data-science-family")

    assert result.exit_code == 1
    assert "waives[4] > rule" in result.stdout
    assert "'anchor-artefact', 'anchor-count'" in result.stdout


def test_verdict_and_gap_find_the_ladder_by_its_id(run: Run, alex: Path):
    """A file names its ladder; one of the workspace is found as a shipped one is."""
    judged = json.loads(run("verdict", alex, "--json").stdout)
    assert (judged["about"]["framework"], judged["overall"]) == (KEY, "NOT YET")
    assert {part["kind"] for c in judged["criteria"].values() for part in c["parts"]} == {"bar"}

    rows = json.loads(run("gap", alex, "--json").stdout)["records"]
    assert sum(row["met"] is False for row in rows) == 2
    assert run("check", alex).exit_code == 0
    beside = run("verdict", alex, "--beside", "all")
    assert beside.exit_code == 0
    assert "Head of data science" in beside.stdout


def test_a_ladder_outside_the_workspace_is_named_with_its_folder(
    run: Run, alex: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Without it the error says which ladders are known; with it everything is as before."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "other"))
    lost = run("verdict", alex)
    assert lost.exit_code == 1
    assert "known are ml-specialist" in lost.stderr

    found = run("verdict", alex, "--framework", FAMILY, "--target", "trainee")
    assert found.stdout.startswith("Trainee data scientist: READY (profile met)")


def test_example_is_the_same_for_the_same_seed_and_says_that_nobody_exists(
    run: Run, alex: Path, tmp_path: Path
):
    """Three people, three stories: at the bar, below it, half unknown."""
    run("example", tmp_path / "again", "--framework", FAMILY)
    assert (tmp_path / "again" / alex.name).read_bytes() == alex.read_bytes()
    assert "does not exist" in (alex.parent / "README.txt").read_text("utf-8")
    words = {
        name: json.loads(
            run("verdict", alex.with_name(f"{name}-self.assessment.json"), "--json").stdout
        )["overall"]
        for name in ("robin", "alex", "sam")
    }
    assert words == {"robin": "READY", "alex": "NOT YET", "sam": "OPEN"}


def test_doctor_lists_ladders_with_their_state(run: Run, workspace: Path):
    """A sound one is ok; one with problems or with a taken id is wrong, with a remedy."""
    taken = workspace / "frameworks" / "taken"
    shutil.copytree(MINI, taken)
    main = taken / "framework.yaml"
    main.write_text(main.read_text("utf-8").replace("id: librarian", "id: ml-specialist"), "utf-8")
    result = run("doctor", "--json")
    found = {f["name"]: f for f in json.loads(result.stdout)["findings"]}

    assert result.exit_code == 1
    assert found["ladder data-science-family"]["state"] == "ok"
    assert found["ladder taken"]["state"] == "wrong"
    assert "comes with skillmatrix" in found["ladder taken"]["value"]
    assert found["framework"]["state"] == "ok"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Record with what the server would be started."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(skillmatrix.server, "serve", lambda _, **rest: calls.append(rest))
    return calls


def test_serve_begins_with_a_folder_or_an_id(
    run: Run, workspace: Path, served: list[dict[str, Any]]
):
    """A folder is handed over whole, so that kernels find it from elsewhere."""
    assert run("serve", "--framework", MINI).exit_code == 0
    assert run("serve", "--framework", "data-science-family").exit_code == 0

    assert [call["ladder"] for call in served] == [str(MINI), "data-science-family"]


def test_serve_refuses_a_ladder_that_cannot_be_used(
    run: Run, workspace: Path, served: list[dict[str, Any]], tmp_path: Path
):
    """Unknown, broken, or with a taken id: a sentence each, and no server."""
    unknown = run("serve", "--framework", "librarian")
    assert (unknown.exit_code, served) == (2, [])
    assert "known are ml-specialist, data-science-family" in unknown.stderr

    broken = Path(shutil.copytree(MINI, tmp_path / "broken"))
    (broken / "targets.csv").unlink()
    told = run("serve", "--framework", broken)
    assert (told.exit_code, served) == (1, [])
    assert "no such file" in told.stderr

    main = workspace / "frameworks" / "data-science-family" / "framework.yaml"
    main.write_text(main.read_text("utf-8").replace("id: data-sc", "id: ml-specialist #"), "utf-8")
    assert run("serve").exit_code == 0
    taken = run("serve", "--framework", main.parent)
    assert (taken.exit_code, len(served)) == (2, 1)
    assert "is the id of a ladder that comes with skillmatrix" in taken.stderr


def test_serve_is_not_misled_by_a_folder_of_the_same_name(
    run: Run,
    workspace: Path,
    served: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """A folder that is no ladder does not take the place of an id, wherever it lies."""
    (tmp_path / "here" / "data-science-family").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")

    assert run("serve", "--framework", "data-science-family").exit_code == 0
    assert [call["ladder"] for call in served] == ["data-science-family"]
