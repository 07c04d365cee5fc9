"""``skillmatrix agree``: what is counted, what is left out, and what is not said of too few."""

from __future__ import annotations

import datetime as dt
import json
import re
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


def test_a_decision_takes_one_of_two_files(run: Run, session: Path):
    """By the digits that the message gives; a word that fits nothing is wrong use."""
    rated(session, "p1", "kim", mlops=0).rename(session / "p1-kim-late.assessment.json")
    rated(session, "p1", "kim", mlops=3, validation=2, streaming="NOT_OBSERVED", python=3)
    waiting = run("agree", session)
    lines = waiting.stderr.splitlines()
    (late,) = [line.split()[0] for line in lines if "late" in line]
    (first,) = [line.split()[0] for line in lines if line.endswith("p1-kim.assessment.json")]
    decided = run("agree", session, "--keep", first)
    both = run("agree", session, "--keep", first, "--keep", late)

    assert "1 clash waits for a decision" in waiting.stderr
    assert "differ on 4 skills; none of them is taken" in waiting.stderr
    assert decided.exit_code == 0
    assert decided.stderr == ""
    assert "kim    lee          9" in decided.stdout
    assert "p1-kim-late.assessment.json is left out" in decided.stdout
    assert both.exit_code == 2
    for word in ("000000", first[:5]):
        assert run("agree", session, "--keep", word).exit_code == 2


def test_ratings_of_practice_profiles_are_counted_apart(run: Run, session: Path):
    """They are no people; of severity they are a part, and it says so."""
    for rater in ("kim", "lee"):
        rated(session, "practice-1", rater, mlops=3)
    text = run("agree", session, "--severity").stdout

    assert "3 people, rated by 2 others" in text
    assert "2 ratings of practice profiles, kept apart" in text
    assert "Practice profiles count as people here" in text
    alone = run("agree", *session.glob("practice-*"))
    assert "give those of people beside them" in alone.stderr


def test_one_code_under_two_names_is_decided_by_the_code(run: Run, session: Path):
    """The names are one person's, or the files of one name hold."""
    data = json.loads((session / "p1-kim.assessment.json").read_text(encoding="utf-8"))
    data["person"]["name"] = "Somebody else"
    (session / "p1-kim.assessment.json").write_text(json.dumps(data), encoding="utf-8")
    waiting, decided = run("agree", session), run("agree", session, "--keep", "p1")

    assert "the code 'p1' stands for 2 different names" in waiting.stderr
    assert "Somebody" not in waiting.stderr + waiting.stdout
    assert "p1" not in waiting.stdout.partition("Raw agreement")[0]
    assert (decided.exit_code, decided.stderr) == (0, "")


def test_an_invented_session_is_shown_with_what_splits_raters(run: Run, example: Path):
    """Packets beside locked files, nothing on standard error; wordings only when asked for."""
    plain = run("agree", example / "session")
    asked = run("agree", example / "session", "--wording").stdout

    assert (plain.exit_code, plain.stderr) == (0, "")
    assert "12 people, rated by 5 others, 46 assessments" in plain.stdout
    assert "a draft" not in plain.stdout
    assert "Wordings" not in plain.stdout
    assert "Stakeholder alignment, 3 or 4: of" in asked.partition("Wordings")[2]


def test_a_change_request_names_exactly_what_splits_raters(run: Run, example: Path, tmp_path: Path):
    """A file of its own, not over another one, with no code of anybody in it."""
    out = tmp_path / "wordings.md"
    result = run("agree", example / "session", "--change-request", out)
    text = out.read_text(encoding="utf-8")

    assert result.exit_code == 0, result.stderr
    assert "stakeholder-alignment" in text
    assert not re.search(r"\b[pr]-[0-9a-f]{8}\b", text)
    assert run("agree", example / "session", "--change-request", out).exit_code == 2


def test_what_is_late_or_broken_is_all_in_the_data(run: Run, example: Path):
    """Files taken, refused and waiting, what is missing, and what else is to be known."""
    result = run("agree", example / "session", example / "session-late", "--json", "--wording")
    data = json.loads(result.stdout)

    assert result.exit_code == 1
    assert len(data["files"]) == 12 + 34 + 2 + 1 - 2
    assert [len(clash["options"]) for clash in data["clashes"]] == [2, 2]
    assert len(data["problems"]) == 2
    assert [note["kind"] for note in data["notes"]] == ["copy"]
    assert [each["kind"] for each in data["missing"]] == ["own-view"]
    assert data["wording"]["boundaries"][0]["worth"] is True
    assert all(file["n_levels"] + sum(file["states"].values()) == 27 for file in data["files"])


def test_files_that_all_wait_or_fail_still_give_their_data(run: Run, tmp_path: Path):
    """Nothing to compare is an answer too."""
    (tmp_path / "a.packet.json").write_text("{}", encoding="utf-8")
    result = run("agree", tmp_path, "--json")

    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["problems"]) == 1


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
    assert "no *.assessment.json and no *.packet.json in" in result.stderr
