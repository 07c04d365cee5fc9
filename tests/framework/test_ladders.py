"""Ladders of one's own: where they are found, what they may leave out, and what that means."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

import skillmatrix as sm
from skillmatrix.errors import FrameworkError, UsageError
from skillmatrix.framework import Framework, Level, check_framework, load_framework
from skillmatrix.framework.check import check_folder
from skillmatrix.framework.ladders import places
from tests.conftest import MINI
from tests.ladders import BAKERY, FAMILY


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace with two ladders of its own, and let it be the one in use."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("SKILLMATRIX_FRAMEWORK", raising=False)
    shutil.copytree(MINI, tmp_path / "frameworks" / "any-name")
    shutil.copytree(FAMILY, tmp_path / "frameworks" / "data-science-family")
    return tmp_path


def bakery(folder: Path, **files: str) -> Path:
    """Write the smallest ladder there is, with other files in place of its own."""
    for name, text in {**BAKERY, **{key.replace("__", "/"): v for key, v in files.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def judged(framework: Framework, profile: str, **ratings: int) -> sm.Verdict:
    """Judge ratings without evidence."""
    assessment = sm.Assessment(
        framework=framework.key,
        person={"code": "bo"},
        rater={"kind": "self"},
        as_of=dt.date(2026, 11, 20),
        ratings={name.replace("_", "-"): level for name, level in ratings.items()},
    )
    return sm.verdict(assessment, framework.profile(profile))


def test_a_ladder_of_the_workspace_is_found_by_its_id(workspace: Path):
    """The id in its main file counts; shipped ladders are found as before."""
    assert load_framework("librarian").key == "librarian@2.0.1"
    assert load_framework("data-science-family").title == "Data science role family"
    assert load_framework("ml-specialist").id == "ml-specialist"


def test_an_id_that_is_nowhere_is_refused_with_the_places_looked_through(workspace: Path):
    """The message names the folder of the workspace and the ids there are."""
    with pytest.raises(UsageError) as caught:
        load_framework("libraryan")

    assert str(workspace / "frameworks") in str(caught.value)
    assert "did you mean 'librarian'?" in str(caught.value)


def test_an_own_ladder_cannot_take_a_shipped_id(workspace: Path):
    """The shipped one keeps the id; the other is named with the reason, and does not load."""
    taken = workspace / "frameworks" / "ours"
    shutil.copytree(MINI, taken)
    main = taken / "framework.yaml"
    main.write_text(main.read_text("utf-8").replace("id: librarian", "id: ml-specialist"), "utf-8")

    assert len(load_framework("ml-specialist").skills) == 27
    refused = [place for place in places().values() if place.problem]
    assert [place.folder for place in refused] == [taken]
    assert "'ml-specialist' is the id of a ladder that comes with" in str(refused[0].problem)
    with pytest.raises(FrameworkError) as caught:
        load_framework(taken)
    assert [p.rule for p in caught.value.problems] == ["id-taken"]


def test_the_smallest_ladder_is_one_of_four_files(tmp_path: Path):
    """A main file, a skill, a role and the bars: everything else has a meaning when left out."""
    framework = load_framework(bakery(tmp_path / "bakery"))

    assert check_framework(tmp_path / "bakery") == []
    assert [area.title for area in framework.areas.values()] == ["Skills"]
    assert [a.id for a in framework.skills["bread"].anchors.values()] == ["bread-1-a", "bread-2-a"]
    assert {a.source for a in framework.skills["bread"].anchors.values()} == {"Handbook"}
    assert (framework.asks_evidence, framework.decision_path) == (False, ())


def test_a_role_without_requirements_asks_every_bar(tmp_path: Path):
    """What is not rated stays open; one bar missed is enough; a claim needs no evidence."""
    framework = load_framework(bakery(tmp_path / "bakery"))

    assert judged(framework, "baker").overall == "OPEN"
    assert judged(framework, "baker", bread=1).overall == "NOT YET"
    met = judged(framework, "baker", bread=2)
    assert (met.overall, met.label) == ("READY", "profile met")
    assert [part.kind for part in met.criteria["every-bar"].parts] == ["bar"]


def test_a_bar_at_the_lowest_level_asks_nothing(tmp_path: Path):
    """It is no part of the verdict, so nobody has to rate that skill."""
    folder = bakery(tmp_path / "bakery")
    (folder / "targets.csv").write_text("profile,skill,level\nbaker,bread,0\n", encoding="utf-8")

    assert judged(load_framework(folder), "baker").criteria["every-bar"].parts == ()


def test_a_ladder_without_any_source_is_told_so_once(tmp_path: Path):
    """Only with a default source may parts leave theirs out; the one remedy stands once."""
    main = BAKERY["framework.yaml"].replace("default_source: Handbook\n", "")
    (problem,) = check_framework(bakery(tmp_path / "bakery", **{"framework.yaml": main}))

    assert (Path(problem.file).name, problem.where) == ("framework.yaml", "default_source")
    assert problem.found == "8 parts without a source"
    assert problem.remedy.startswith("default_source in framework.yaml names one")


def test_a_few_parts_without_a_source_are_each_named(tmp_path: Path):
    """Where a ladder names its sources part by part, the place that lacks one counts."""
    copy = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    bars = copy / "targets.csv"
    bars.write_text(bars.read_text("utf-8").replace(",invented", ",", 2), encoding="utf-8")
    problems = check_framework(copy)

    assert [(p.rule, p.line) for p in problems] == [("missing-source", 2), ("missing-source", 3)]
    assert {p.remedy for p in problems} == {
        "default_source in framework.yaml names one for every part that has none"
    }


def test_a_level_is_described_or_said_not_to_be(tmp_path: Path):
    """An empty list says that the ladder describes nothing there; a level left out is asked for."""
    skill = BAKERY["skills/bread.yaml"].replace("  2: Bakes alone.\n", "")
    folder = bakery(tmp_path / "bakery", **{"skills__bread.yaml": skill})
    assert [(p.rule, p.found) for p in check_framework(folder)] == [
        ("level-described", "no level 2")
    ]

    (folder / "skills" / "bread.yaml").write_text(f"{skill}  2: []\n", encoding="utf-8")
    assert check_framework(folder) == []
    assert load_framework(folder).skills["bread"].at(2) == ()


def test_waived_rules_are_notes_and_no_problems(tmp_path: Path):
    """Each waiver says how often it was needed; without them the same places are problems."""
    found = check_folder(FAMILY)
    assert found.problems == []
    notes = {note.found.split(" is ")[0]: note for note in found.notes}
    assert notes["degree-word"].found == "degree-word is waived, and does not hold at 2 places"
    assert notes["degree-word"].remedy == "Statements are quoted as they stand."

    copy = Path(shutil.copytree(FAMILY, tmp_path / "copy"))
    main = copy / "framework.yaml"
    main.write_text(main.read_text("utf-8").partition("waives:")[0], "utf-8")
    rules = {p.rule for p in check_framework(copy)}
    assert rules == {
        *("anchor-artefact", "anchor-count", "anchor-first-word"),
        *("anchor-length", "degree-word"),
    }


def test_a_waiver_that_nothing_needs_is_noted(tmp_path: Path):
    """A reason for an exception that is none is left over from another text."""
    main = BAKERY["framework.yaml"] + "waives: [{rule: brand, reason: Ovens have names.}]\n"
    folder = bakery(tmp_path / "bakery", **{"framework.yaml": main, "wording.yaml": "verbs: []\n"})
    told = [note.found for note in check_folder(folder).notes]

    assert "brand is waived, and nothing breaks it" in told


def test_bars_that_may_not_mean_what_they_say_are_noted(tmp_path: Path):
    """A lowest level that is one to reach, and a bar where a skill describes nothing."""
    main = BAKERY["framework.yaml"].replace("level: 2", "level: 3").replace("level: 1", "level: 2")
    main = main.replace("level: 0, name: Not yet", "level: 1, name: Awareness")
    skill = BAKERY["skills/bread.yaml"].partition("levels:")[0] + "levels: {1: Aware., 2: [], 3: X}"
    more = "id: helper\ntitle: Helper\nkind: role\nsummary: Helps.\n"
    files = {
        "framework.yaml": main.replace("[baker]", "[helper, baker]"),
        "skills__bread.yaml": skill,
        "profiles__helper.yaml": more,
        "targets.csv": "profile,skill,level\nhelper,bread,1\nbaker,bread,2\n",
    }
    found = check_folder(bakery(tmp_path / "bakery", **files))

    assert found.problems == []
    told = {note.rule: note for note in found.notes}
    assert told["bar-undescribed"].found == (
        "baker asks for level 2 of bread, for which the skill has no statement"
    )
    assert told["bar-at-lowest"].found == (
        "1 bar at 1 Awareness, the lowest level, which asks for nothing"
    )
    assert told["bar-at-lowest"].remedy == "if Awareness has to be reached, put a level below it"


def test_a_ladder_with_a_scale_from_one_and_gaps_in_it_is_judged_by_position(tmp_path: Path):
    """Labels of levels are names: from 1 to 5 it is one step here, and steps are counted so."""
    main = BAKERY["framework.yaml"].replace("level: 0", "level: 1").replace("level: 2", "level: 9")
    main = main.replace("level: 1, name: Helps", "level: 5, name: Helps")
    skill = BAKERY["skills/bread.yaml"].replace("  2:", "  9:").replace("  1:", "  5:")
    bars = BAKERY["targets.csv"].replace("bread,2", "bread,9")
    files = {"framework.yaml": main, "skills__bread.yaml": skill, "targets.csv": bars}
    framework = load_framework(bakery(tmp_path / "bakery", **files))

    found = judged(framework, "baker", bread=5)
    assert framework.levels == (Level(1), Level(5), Level(9))
    assert found.criteria["every-bar"].parts[0].change == "one level more"


def test_a_folder_named_like_the_default_ladder_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Where the program was started decides nothing about an id."""
    bakery(tmp_path / "ml-specialist")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.delenv("SKILLMATRIX_FRAMEWORK", raising=False)

    assert [place.origin for place in places().values()] == ["shipped"]
