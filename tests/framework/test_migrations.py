"""Migrations of a ladder: a path through its versions, and what ids and levels became."""

import shutil
from pathlib import Path

import pytest

from skillmatrix.framework import Framework, Level, check_framework, load_framework
from skillmatrix.framework.migrations import number, path_to
from tests.conftest import MINI
from tests.ladders import FAMILY_2


@pytest.fixture(scope="module")
def family() -> Framework:
    """Give the second version of the role family."""
    return load_framework(FAMILY_2)


def test_a_real_version_bump_passes_the_check():
    """Rename, split, merge, relevel and retire, over two versions: no problem."""
    assert check_framework(FAMILY_2) == []


def test_versions_are_ordered_as_numbers():
    """Ten comes after nine."""
    assert number("1.10.0") > number("1.9.0")


def test_the_path_goes_through_every_version_between(family: Framework):
    """From the first version by way of the second; from the present one there is nothing to do."""
    assert [step.to for step in path_to(family, "1.0.0") or ()] == ["1.1.0", "2.0.0"]
    assert [step.to for step in path_to(family, "1.1.0") or ()] == ["2.0.0"]
    assert path_to(family, "2.0.0") == ()
    assert path_to(family, "0.9.0") is None
    assert path_to(family, "3.0.0") is None


def test_what_became_of_skills(family: Framework):
    """One id becomes one, several or none."""
    became = family.migrations["1.1.0"].renamed("skill")

    assert became["showing-results"] == ("communicating",)
    assert became["machine-learning"] == ("modelling", "operating-models")
    assert became["preparing-data"] == became["programming"] == ("data-engineering",)
    assert became["domain-knowledge"] == ()
    assert "statistics" not in became


def test_levels_of_one_skill_win_over_those_of_all(family: Framework):
    """A map of a skill stands for itself; a level that is not named stays."""
    last = family.migrations["1.1.0"]

    assert last.level("statistics", Level(3)) == Level(4)
    assert last.level("statistics", Level(2)) == Level(2)
    assert last.level("leading-people", Level(2)) is None
    assert last.level("leading-people", Level(3)) == Level(4)


def test_the_present_version_has_no_migration_of_its_own(tmp_path: Path):
    """A file that begins with the version of the ladder, or a later one, leads nowhere."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    main = folder / "framework.yaml"
    main.write_text(main.read_text().replace("version: 2.0.1", "version: 2.0.0"))

    (last,) = [p for p in check_framework(folder) if p.rule == "migration-version"]
    assert Path(last.file).name == "2.0.0.yaml"
    assert last.expected == "a version before 2.0.0, that of framework.yaml"


def test_a_file_is_named_after_a_version(tmp_path: Path):
    """Any other name is told with the file."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    (folder / "migrations/2.0.0.yaml").rename(folder / "migrations/second.yaml")

    found = {(Path(p.file).name, p.where) for p in check_framework(folder)}
    assert found == {("1.0.0.yaml", "to"), ("second.yaml", "version")}


def test_half_lives_are_by_area_unless_a_skill_has_its_own(family: Framework):
    """An area without one never fades."""
    assert family.months_to_fade("modelling") == 24
    assert family.months_to_fade("operating-models") == 12
    assert family.months_to_fade("delivery") is None
