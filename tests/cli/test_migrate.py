"""``skillmatrix migrate``: new files beside the old ones, and nothing overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from skillmatrix.assessment import Assessment, lock, read_assessment, write_assessment
from skillmatrix.errors import AssessmentError
from skillmatrix.framework import load_framework
from tests.cli.conftest import Run
from tests.conftest import LOCKED_AT, content
from tests.ladders import FAMILY, FAMILY_2

OLD = load_framework(FAMILY)
RATINGS: dict[str, int | str] = {"delivering": 3, "machine-learning": 2, "statistics": 1}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file of the first version, in a workspace whose ladder is the second."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    shutil.copytree(FAMILY_2, tmp_path / "ws" / "frameworks" / "data-science-family")
    data = content(OLD, RATINGS, aim={"profile": "data-scientist"})
    write_assessment(Assessment.model_validate(data), tmp_path / "robin.assessment.json")
    return tmp_path / "robin.assessment.json"


def test_reading_says_that_it_can_be_brought_over(old: Path):
    """The message of every other command names this one."""
    with pytest.raises(AssessmentError, match="skillmatrix migrate brings it over"):
        read_assessment(old)
    with pytest.raises(AssessmentError, match="skillmatrix migrate brings it over"):
        read_assessment(old, load_framework(FAMILY_2))


def test_a_new_file_stands_beside_the_old_one(run: Run, old: Path):
    """The old one is the same to the letter; the new one opens; each change is told."""
    before = old.read_bytes()

    done = run("migrate", old)
    new = old.with_name("robin-2.0.0.assessment.json")
    assert done.exit_code == 0
    assert old.read_bytes() == before
    assert read_assessment(new).ratings["delivery"].value == 4
    assert "data-science-family@1.0.0 to data-science-family@2.0.0: 3 changes" in done.stdout
    assert "1 level not known any more" in done.stdout
    assert "became modelling and operating-models: not rated" in done.stdout


def test_check_writes_nothing(run: Run, old: Path):
    """It says what would happen."""
    done = run("migrate", old, "--check", "--json")

    (file,) = json.loads(done.stdout)["files"]
    assert (file["to"], file["levels_unknown_now"], file["written"]) == (
        *("data-science-family@2.0.0", 1, None),
    )
    assert [p.name for p in old.parent.glob("*.json")] == [old.name]


def test_in_place_keeps_the_original(run: Run, old: Path):
    """As FILE.bak; a second time there is nothing to do."""
    before = old.read_bytes()

    assert run("migrate", old, "--in-place").exit_code == 0
    assert old.with_name(f"{old.name}.bak").read_bytes() == before
    assert read_assessment(old).framework == "data-science-family@2.0.0"
    assert "nothing to do" in run("migrate", old, "--in-place").stdout


def test_nothing_is_overwritten(run: Run, old: Path):
    """Neither a file of before nor an earlier original; the command ends with 1."""
    for place, options in (
        ("robin-2.0.0.assessment.json", ()),
        (f"{old.name}.bak", ("--in-place",)),
    ):
        there = old.with_name(place)
        there.write_text("mine", encoding="utf-8")

        done = run("migrate", old, *options)
        assert done.exit_code == 1
        assert "is there already, and is not overwritten" in done.stdout
        assert there.read_text(encoding="utf-8") == "mine"
        there.unlink()


def test_a_locked_file_is_never_rewritten(run: Run, old: Path):
    """In place it is refused; in another folder its copy is a draft."""
    locked = old.with_name("locked.assessment.json")
    data = content(OLD, RATINGS, aim={"profile": "data-scientist"})
    write_assessment(lock(Assessment.model_validate(data), LOCKED_AT), locked)
    before = locked.read_bytes()

    assert "is locked, and stays as it is" in run("migrate", locked, "--in-place").stdout
    assert run("migrate", locked, "--out", old.parent / "new").exit_code == 0
    assert read_assessment(old.parent / "new" / locked.name).status == "draft"
    assert locked.read_bytes() == before


def test_what_cannot_be_brought_over_is_said_and_the_rest_is_done(run: Run, old: Path):
    """A file of an unknown version, one that was changed after its lock, and a good one."""
    folder = old.parent / "many"
    folder.mkdir()
    shutil.copy(old, folder)
    text = old.read_text(encoding="utf-8")
    far = text.replace("data-science-family@1.0.0", "data-science-family@0.1.0")
    (folder / "far.assessment.json").write_text(far, encoding="utf-8")
    data = content(OLD, RATINGS, aim={"profile": "data-scientist"})
    write_assessment(
        lock(Assessment.model_validate(data), LOCKED_AT), folder / "odd.assessment.json"
    )
    odd = (folder / "odd.assessment.json").read_text(encoding="utf-8")
    (folder / "odd.assessment.json").write_text(odd.replace('"statistics": 1', '"statistics": 2'))

    done = run("migrate", folder)
    assert done.exit_code == 1
    assert "nothing leads from data-science-family@0.1.0" in done.stdout
    assert "the file was changed after it was locked" in done.stdout
    assert (folder / "robin-2.0.0.assessment.json").is_file()


def test_options_that_exclude_each_other_are_wrong_use(run: Run, old: Path):
    """As is a folder with nothing in it."""
    assert run("migrate", old, "--out", old.parent / "x", "--in-place").exit_code == 2
    assert run("migrate", old.parent / "ws").exit_code == 2
