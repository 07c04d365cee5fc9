"""``skillmatrix compare``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import ANA, Run


def test_two_raters_skill_by_skill(run: Run, cohort: Path):
    """Levels, signed steps, and a count of what agrees; no mean anywhere."""
    done = run(
        "compare", cohort / "noor-self.assessment.json", cohort / "noor-manager.assessment.json"
    )

    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["skill", "first", "second", "difference", "between", "state"]
    assert "skills have two levels" in lines[-1]
    assert "average" not in done.stdout


def test_as_json_missing_is_null_and_the_counts_add_up(run: Run, cohort: Path):
    """27 skills, each in one of six words; a difference only where both are known."""
    files = cohort / "noor-self.assessment.json", cohort / "noor-manager.assessment.json"
    found = json.loads(run("compare", *files, "--json").stdout)

    assert len(found["skills"]) == 27
    assert found["first"]["rater"]["kind"] == "self"
    for pair in found["skills"].values():
        both = pair["first"] is not None and pair["second"] is not None
        assert (pair["difference"] is not None) == both


def test_a_file_beside_itself_is_the_same(run: Run):
    """No difference, and nothing higher or lower."""
    done = run("compare", ANA, ANA)

    assert "0 higher in the second, 0 lower" in done.stdout


def test_two_people_are_refused_in_a_sentence(run: Run, cohort: Path):
    """Comparing people is not what this is for."""
    done = run(
        "compare", cohort / "noor-self.assessment.json", cohort / "kenji-self.assessment.json"
    )

    assert done.exit_code == 1
    assert "people are not compared with each other" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_rounds_are_told_apart_by_what_changed_them(run: Run, ana: Callable[..., Path]):
    """The earlier round first; the other way round it is said."""
    later = ana()
    data = json.loads(later.read_text(encoding="utf-8"))
    first = later.with_name("spring.assessment.json")
    items = [e for e in data["evidence"] if e["date"] <= "2026-05-20"]
    ratings = {**data["ratings"], "mlops": 1}
    spring = {**data, "as_of": "2026-05-20", "ratings": ratings, "evidence": items, "record": []}
    first.write_text(json.dumps(spring), encoding="utf-8")

    told = run("compare", first, later, "--change")
    assert told.exit_code == 0, told.stderr
    assert f"MLOps {'.' * 3}" in told.stdout
    assert f" 1 -> {data['ratings']['mlops']}" in told.stdout
    plain = json.loads(run("compare", first, later, "--change", "--json").stdout)
    assert plain["skills"]["mlops"]["by"] == ["you"]
    assert "give the earlier round first" in run("compare", later, first, "--change").stderr
    assert run("compare", first, later, "--target", "senior").exit_code == 2
