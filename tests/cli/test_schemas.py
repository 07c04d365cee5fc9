"""``skillmatrix check --write-schemas``: schemas for editors, written where one works."""

import json
import shutil
from pathlib import Path

from skillmatrix.settings import data_dir
from tests.cli.conftest import Run
from tests.conftest import MINI

#: Those that the repository holds; another test holds their content against the code.
SHIPPED = {path.name for path in (data_dir() / "schemas").iterdir()}


def test_one_file_for_each_kind_is_written_and_named(run: Run, tmp_path: Path):
    """A folder that is not there is made; each line names a file; nothing is checked."""
    result = run("check", "--write-schemas", tmp_path / "new" / "schemas")

    written = result.stdout.split()
    assert result.exit_code == 0
    assert [Path(name).name for name in written][:2] == [
        "assessment.schema.json",
        "criterion.schema.json",
    ]
    assert {Path(name).name for name in written} == SHIPPED
    for name in written:
        assert json.loads(Path(name).read_text(encoding="utf-8"))["$schema"]


def test_for_programs_the_files_are_a_list(run: Run, tmp_path: Path):
    """With --json the same as data."""
    result = run("check", "--write-schemas", tmp_path, "--json")

    names = {Path(name).name for name in json.loads(result.stdout)["written"]}
    assert names == SHIPPED


def test_a_place_that_is_a_file_is_refused(run: Run, tmp_path: Path):
    """Wrong use, in a sentence."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    result = run("check", "--write-schemas", tmp_path / "taken")

    assert result.exit_code == 2
    assert "cannot write schemas" in result.stderr
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_notes_about_a_ladder_are_warnings_and_no_problem(run: Run, tmp_path: Path):
    """What waits for its use is told on the side; the exit code stays 0."""
    ladder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    main = ladder / "framework.yaml"
    text = main.read_text(encoding="utf-8")
    area = "areas:\n  - {id: cellar, title: The cellar}\n"
    main.write_text(text.replace("areas:\n", area), encoding="utf-8")
    result = run("check", ladder)

    assert result.exit_code == 0
    assert "'cellar', which nothing uses; expected a skill of this area" in result.stderr
    assert "no problem" in result.stdout
