"""``skillmatrix agree``: what is counted, what is left out, and what is not said of too few."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random

import pytest

import skillmatrix as sm
from tests.cli.conftest import Run

FW = sm.load_framework()
SKILLS = ("mlops", "validation", "streaming", "python")


def rated(folder: Path, person: str, rater: str | None, **levels: int | str) -> Path:
    """Write the file of one rater on one person; None is the person herself."""
    path = folder / f"{person}-{rater or 'self'}.assessment.json"
    assessment = sm.Assessment(
        framework=FW.key,
        person={"code": person, "name": f"Name of {person}"},
        rater={"kind": "manager", "code": rater} if rater else {"kind": "self"},
        aim={"profile": "senior"},
        as_of=dt.date(2026, 11, 20),
        ratings=levels,
    )
    sm.write_assessment(assessment, path)
    return path


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Three people rated by themselves, by kim, and a level higher by lee."""
    folder = tmp_path / "session"
    folder.mkdir()
    for person in ("p1", "p2", "p3"):
        rated(folder, person, None, mlops=5, python=3)
        rated(folder, person, "kim", mlops=3, validation=2, streaming="NOT_OBSERVED", python=3)
        rated(folder, person, "lee", mlops=4, validation=3, streaming=1, python=3)
    return folder


def test_raw_agreement_and_disagreements_are_shown(run: Run, session: Path):
    """Both directions counted, gates first, no name of a person, no coefficient for three."""
    result = run("agree", session)
    text = result.stdout

    assert result.exit_code == 0, result.stderr
    assert "kim    lee          9    33%        100%  +0.67      0     3       6" in text
    assert "self   kim          6    50%         50%  -1.00      3     3       0" in text
    assert "not shown: 3 people, and fewer than 5" in text
    assert text.index("MLOps") > text.index("gates first")
    assert "Streaming" not in text.partition("gates first")[2]
    assert "Name of" not in text
    assert "Severity" not in text


def test_severity_is_shown_only_when_asked_for(run: Run, session: Path):
    """With what it must not be used for."""
    text = run("agree", session, "--severity").stdout

    assert "replaces no rating" in text
    assert "lee: +0." in text
    assert "kim: -0." in text


def test_json_holds_no_coefficient_of_too_few(run: Run, session: Path):
    """What the screen does not show is null, with the words why."""
    data = json.loads(run("agree", session, "--json").stdout)

    assert [c["value"] for c in data["coefficients"]] == [None, None]
    assert data["pairs"][0]["n"] == 9
    assert data["coverage"]["p1"] == ["self, a draft", "kim, a draft", "lee, a draft"]


def test_enough_people_give_a_coefficient_with_its_interval(run: Run, tmp_path: Path):
    """From five on with a warning, from ten on without."""
    draw = Random(4)
    for number in range(10):
        for rater in ("kim", "lee"):
            levels = {skill: draw.choice((2, 3, 3, 4)) for skill in SKILLS}
            rated(tmp_path, f"p{number}", rater, **levels)
    ten = run("agree", tmp_path).stdout
    few = run("agree", *sorted(tmp_path.glob("p[0-5]-*"))).stdout

    assert "Krippendorff's alpha, ordinal: between -" in ten
    assert "too few people" not in ten
    assert few.count("too few people to compare with anything") == 2


def test_two_files_of_one_rater_are_both_left_out(run: Run, session: Path):
    """Which of them holds is a person's decision; the rest is still shown."""
    other = rated(session, "p1", "kim", mlops=0)
    other.rename(session / "p1-kim-late.assessment.json")
    rated(session, "p1", "kim", mlops=3, python=3)
    result = run("agree", session)

    assert result.exit_code == 1
    assert "'p1' rated by manager kim in 2 files" in result.stderr
    assert "kim    lee          6" in result.stdout


def test_a_broken_file_is_named_and_costs_no_other(run: Run, session: Path):
    """Exit 1, the problem on standard error, the session on standard output."""
    (session / "p4-kim.assessment.json").write_text("{", encoding="utf-8")
    result = run("agree", session)

    assert result.exit_code == 1
    assert "p4-kim.assessment.json" in result.stderr
    assert "kim    lee          9" in result.stdout


def test_a_folder_without_assessments_is_wrong_use(run: Run, tmp_path: Path):
    """Exit 2, with what was looked for."""
    result = run("agree", tmp_path)

    assert result.exit_code == 2
    assert "no *.assessment.json in" in result.stderr
