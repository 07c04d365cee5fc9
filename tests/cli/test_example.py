"""``skillmatrix example``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import skillmatrix as sm
from skillmatrix.cli.example import invented, read_cohort
from tests.cli.conftest import Run
from tests.ladders import BAKERY

WHO = ("noor", "kenji", "saoirse", "ifeoma", "tomasz", "devan", "lucia", "amal")


def everything(folder: Path) -> dict[str, bytes]:
    """Give the content of all files of a folder and its folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_written_file_works_with_every_command(run: Run, cohort: Path) -> None:
    """Each file passes check, gap and verdict, with nothing on stderr."""
    files = sorted(cohort.glob("*.json"))

    assert len(files) == 2 * len(WHO)
    for file in files:
        for command in ("check", "gap", "verdict"):
            result = run(command, file)

            assert (result.exit_code, result.stderr) == (0, ""), f"{command} {file.name}"


@pytest.mark.parametrize("seed", range(1, 6))
def test_stories_come_true_whatever_the_seed(seed: int) -> None:
    """Each self-rating comes to what its story says; the seed changes nothing of that."""
    fw, cohort = sm.load_framework("ml-specialist"), read_cohort()
    files = invented(cohort, fw, seed)

    assert tuple(cohort.people) == WHO
    for name, person in cohort.people.items():
        a = files[f"{name}-self.assessment.json"]
        v = sm.verdict(a, fw.profile(a.aim.profile, switches=a.aim.switches))
        assert v.overall == person["expect"], name


def test_the_cohort_shows_what_there_is_to_see(cohort: Path) -> None:
    """All answers, locks and drafts, every state that is no level, switches, both raters."""
    assessments = [sm.read_assessment(file) for file in cohort.glob("*.json")]

    assert {a.rater.kind for a in assessments} == {"self", "mentor", "manager"}
    assert {a.status for a in assessments} == {"draft", "locked"}
    words = {r.value for a in assessments for r in a.ratings.values() if r.level is None}
    assert words == {"UNRATED", "DECLINED", "NOT_OBSERVED", "NOT_APPLICABLE"}
    assert {s for a in assessments for s in a.aim.switches.values()} == {True, False, None}
    assert {a.aim.profile for a in assessments} == {"senior", "specialist"}
    assert len({a.person.code for a in assessments}) == len(WHO)
    raters = [a.rater.code for a in assessments if a.rater.kind != "self"]
    assert len(set(raters)) == len(WHO)


def test_every_file_says_that_it_is_invented(cohort: Path) -> None:
    """Nobody can take one of the files for a person."""
    for file in cohort.glob("*.json"):
        assert "Invented example" in json.loads(file.read_text(encoding="utf-8"))["invented"]
    text = (cohort / "README.txt").read_text(encoding="utf-8")
    assert "Nobody in these files exists" in text
    for file in cohort.glob("*.json"):
        assert file.name.removesuffix(".assessment.json") in text


def test_the_same_seed_gives_the_same_bytes(run: Run, example: Path, tmp_path: Path) -> None:
    """Seed 1 is the default; another seed draws other codes, which name files of a session."""
    run("example", tmp_path / "a", "--seed", "1")
    run("example", tmp_path / "b", "--seed", "2")
    one, two = everything(tmp_path / "a"), everything(tmp_path / "b")
    people = {name for name in one if "/" not in name}

    assert one == everything(example)
    assert people == {name for name in two if "/" not in name}
    assert len(one) == len(two)
    assert not {n for n in one if n.startswith("session/")} & set(two)
    assert one["noor-self.assessment.json"] != two["noor-self.assessment.json"]


def test_two_sessions_never_share_a_folder(run: Run, example: Path, tmp_path: Path) -> None:
    """Other codes are other people: not even ``--force`` mixes them."""
    shutil.copytree(example, tmp_path / "people")
    result = run("example", tmp_path / "people", "--seed", "2", "--force")

    assert result.exit_code == 2
    assert "holds files of another session" in result.stderr
    assert everything(tmp_path / "people") == everything(example)
    assert run("example", tmp_path / "people", "--force").exit_code == 0


@pytest.mark.slow
def test_a_session_has_the_size_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    """Within limits that are said, and for any ladder."""
    for name, text in BAKERY.items():
        file = tmp_path / "bakery" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    ladder = ("--framework", tmp_path / "bakery")
    result = run("example", tmp_path / "people", "--people", "4", "--raters", "3", *ladder)
    packets = list((tmp_path / "people" / "session").glob("*.packet.json"))

    assert result.exit_code == 0, result.stderr
    assert "a session of 4 more and their 3 raters" in result.stdout
    assert len(packets) == 4
    agreed = run("agree", tmp_path / "people" / "session", *ladder)
    assert (agreed.exit_code, agreed.stderr) == (0, "")
    for option in (("--people", "31"), ("--raters", "2"), ("--people", "4", "--raters", "5")):
        assert run("example", tmp_path / "more", *option).exit_code == 2


def test_nothing_is_overwritten_unasked(run: Run, tmp_path: Path) -> None:
    """One file of the same name stops everything; ``--force`` replaces, and leaves the rest."""
    mine, other = tmp_path / "noor-self.assessment.json", tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    other.write_text("mine", encoding="utf-8")
    result = run("example", tmp_path)

    assert result.exit_code == 2
    assert "already holds noor-self.assessment.json" in result.stderr
    assert everything(tmp_path) == {mine.name: b"mine", other.name: b"mine"}

    assert run("example", tmp_path, "--force").exit_code == 0
    assert other.read_text(encoding="utf-8") == "mine"
    assert sm.read_assessment(mine).person.name == "Noor van Aalst"


def test_a_place_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    """A file in the way of the folder: a sentence, nothing half-written."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert run("example", tmp_path / "file").exit_code == 2
    inside = run("example", tmp_path / "file" / "people")
    assert inside.exit_code == 1
    assert "cannot be written" in inside.stderr


def test_missing_examples_are_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation without its examples: a sentence with the file that is missing."""
    monkeypatch.setenv("SKILLMATRIX_DATA", str(tmp_path))
    result = run("example", tmp_path / "people")

    assert result.exit_code == 1
    assert "cohort.yaml cannot be read" in result.stderr


def test_a_lock_keeps_no_private_note(cohort: Path, ana: Callable[..., Path]) -> None:
    """What is locked to be handed over holds no private words; a draft may."""
    for file in cohort.glob("*.json"):
        a = sm.read_assessment(file)
        kinds = {note.visibility for note in a.notes.values()}
        assert a.status == "draft" or "private" not in kinds
