"""``skillmatrix retranslate``: sheets out, figures and a proposal in, exit codes that say which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from skillmatrix.cli.app import app
from skillmatrix.framework import Framework, check_framework, load_framework
from skillmatrix.framework.model import Anchor
from tests.conftest import MINI
from tests.retranslation.conftest import filled


def run(*args: object) -> Result:
    """Run the command in this process."""
    words = ["retranslate", *map(str, args)]
    return CliRunner().invoke(app, words, prog_name="skillmatrix")


def test_sheets_are_written_for_every_sorter(tmp_path: Path):
    """A page and a workbook each; the seed is said, so that the round can be made again."""
    done = run("sheet", tmp_path / "out", "--sorters", 2, "--framework", MINI, "--seed", 4)
    again = run("sheet", tmp_path / "out", "--sorters", 2, "--framework", MINI, "--seed", 4)

    assert done.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        f"s{n}.sorting.{end}" for n in (1, 2) for end in ("html", "xlsx")
    ]
    assert "seed 4" in done.stdout
    assert "stays a draft whatever they say" in done.stderr
    assert again.exit_code == 2
    assert "--force" in again.stderr


def test_the_sheets_as_data(tmp_path: Path):
    """Ids, numbers of items and files, for a program that sends them out."""
    done = run("sheet", tmp_path, "--framework", MINI, "--skill", "cataloguing", "--json")
    told = json.loads(done.stdout)

    assert told["each_anchor_to"] == 3
    assert [sheet["items"] for sheet in told["sheets"]] == [3, 3, 3]
    assert len({sheet["sheet"] for sheet in told["sheets"]}) == 3


def test_score_proposes_and_changes_nothing(library: Framework, tmp_path: Path):
    """Figures on the screen, a diff where it was asked for, files as they were."""
    folder = tmp_path / "librarian"

    def choose(_: int, group: str, anchor: Anchor):
        moved = anchor.id == "cataloguing-3-a"
        return ("local-history" if moved else group), anchor.level.value

    filled(tmp_path / "in", library, 3, choose)
    out = tmp_path / "out.diff"
    done = run("score", tmp_path / "in", "--framework", folder, "--diff", out)

    assert done.exit_code == 0
    assert "10 of 10 anchors sorted by 3 or more, 9 held" in done.stdout
    assert "cataloguing-3-a: too few named where it stands (0 of 3 right" in done.stdout
    assert "9 anchors to mark as retranslated in 3 files" in done.stdout
    assert out.read_bytes().count(b"\n+      retranslation: ") == 9
    assert load_framework(folder).skills == library.skills


def test_apply_changes_the_files_and_the_check_stays_green(library: Framework, tmp_path: Path):
    """What was proposed is in the folder afterwards."""
    filled(tmp_path / "in", library, 3)
    done = run("score", tmp_path / "in", "--framework", tmp_path / "librarian", "--apply", "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["applied"] is True
    assert len(json.loads(done.stdout)["retranslated"]) == 10
    assert check_framework(tmp_path / "librarian") == []


def test_nothing_is_applied_while_a_file_has_problems(library: Framework, tmp_path: Path):
    """The sheet that is wrong may be the one that would have changed the figures."""
    files = filled(tmp_path / "in", library, 4)
    files[0].write_text("{}", encoding="utf-8")
    before = (tmp_path / "librarian" / "skills" / "cataloguing.yaml").read_bytes()
    done = run("score", tmp_path / "in", "--framework", tmp_path / "librarian", "--apply")

    assert done.exit_code == 1
    assert "s1.sorting.json" in done.stderr
    assert "nothing was applied" in done.stderr
    assert "10 of 10 anchors sorted by 3 or more" in done.stdout
    assert (tmp_path / "librarian" / "skills" / "cataloguing.yaml").read_bytes() == before


def test_two_sorters_get_no_figure(library: Framework, tmp_path: Path):
    """Below the number there is no rate, and the text says so."""
    filled(tmp_path / "in", library, 2)
    out = tmp_path / "out.diff"
    done = run("score", tmp_path / "in", "--framework", tmp_path / "librarian", "--diff", out)

    assert done.exit_code == 0
    assert "no figures" in done.stdout
    assert "100%" not in done.stdout
    assert "nothing to change" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["score", "EMPTY"], "no *.sorting.json"),
        (["sheet", "OUT", "--share", "2"], "share 2"),
        (["sheet", "OUT", "--skill", "mlop"], "did you mean 'mlops'"),
        (["sheet", "OUT", "--framework", "nowhere"], "nowhere"),
        (["sheet", "OUT", "--sorters", "0"], "--sorters"),
        (["score"], "FILES"),
    ],
)
def test_wrong_use_ends_with_2(tmp_path: Path, args: list[str], found: str):
    """Each says what was wrong with the call, and writes nothing."""
    (tmp_path / "EMPTY").mkdir()
    done = run(*[tmp_path / arg if arg in ("EMPTY", "OUT") else arg for arg in args])

    assert done.exit_code == 2
    assert found in done.stderr
    assert not (tmp_path / "OUT").exists()


@pytest.mark.parametrize("words", [[], ["sheet"], ["score"]])
def test_help_shows_an_example(words: list[str]):
    """Of the group and of both commands."""
    done = run(*words, "--help")

    assert done.exit_code == 0
    assert "Example:" in done.stdout
