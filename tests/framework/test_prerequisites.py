"""Prerequisites of a ladder: those that are shipped, and what is noted without being wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.check import check_folder
from tests.conftest import MINI

ENTRY = "  - {{skill: {}, level: {}, needs: {}, needs_level: {}, reason: R., source: invented}}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to change."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


def add(folder: Path, *entry: object) -> None:
    """Write one more entry at the end of the file."""
    with (folder / "prerequisites.yaml").open("a", encoding="utf-8") as stream:
        stream.write(ENTRY.format(*entry))


def test_those_of_the_shipped_ladder_are_few_and_give_a_reason(fw: Framework):
    """Between 8 and 14, each our own judgement, with a sentence."""
    assert 8 <= len(fw.prerequisites) <= 14
    assert {entry.source for entry in fw.prerequisites} == {"judgement"}
    assert all(entry.reason.endswith(".") for entry in fw.prerequisites)


def test_no_role_that_is_shipped_asks_for_less_than_what_its_bars_need_first(fw: Framework):
    """Whoever meets every bar of a role has what each of these levels needs first."""
    short = [
        (profile.id, entry.skill, entry.needs)
        for profile in fw.profiles.values()
        for entry in fw.prerequisites
        if profile.target(entry.skill) >= entry.level
        and profile.target(entry.needs) < entry.needs_level
    ]

    assert short == []


def test_a_ladder_needs_no_such_file(copy: Path):
    """Without it no skill needs another one."""
    (copy / "prerequisites.yaml").unlink()

    assert load_framework(copy).prerequisites == ()


def test_what_a_lower_level_asks_already_is_noted(copy: Path):
    """Level 4 of the desk needs cataloguing 2, as level 3 does: it stands, and says nothing."""
    add(copy, "reference-desk", 4, "cataloguing", 2)
    examined = check_folder(copy)

    assert examined.problems == []
    (note,) = [n for n in examined.notes if n.file.endswith("prerequisites.yaml")]
    assert note.found == "cataloguing 2, which level 3 needs already"


def test_more_at_a_higher_level_is_no_repetition(copy: Path):
    """Level 4 of the desk needs cataloguing 3: that is new."""
    add(copy, "reference-desk", 4, "cataloguing", 3)
    examined = check_folder(copy)

    assert examined.problems == []
    assert not [n for n in examined.notes if n.file.endswith("prerequisites.yaml")]


@pytest.mark.parametrize(
    ("entry", "circle"),
    [
        (("cataloguing", 2, "reference-desk", 3), "cataloguing 2 needs reference-desk 3"),
        (("cataloguing", 2, "reference-desk", 4), "cataloguing 2 needs reference-desk 4"),
        (("cataloguing", 2, "local-history", 4), "cataloguing 2 needs local-history 4"),
    ],
)
def test_levels_that_need_each_other_are_named_one_by_one(
    copy: Path, entry: tuple[object, ...], circle: str
):
    """Also by way of a higher level, which passes the lower one, and of a third skill."""
    add(copy, *entry)
    (problem,) = check_folder(copy).problems

    assert problem.rule == "prerequisite-circle"
    assert problem.found.startswith(circle)
    assert problem.found.endswith("needs cataloguing 2")


def test_levels_that_only_look_like_a_circle_are_fine(copy: Path):
    """The desk at 3 needs cataloguing at 2; cataloguing at 4 may need the desk at 3."""
    add(copy, "cataloguing", 4, "reference-desk", 3)

    assert check_folder(copy).problems == []
