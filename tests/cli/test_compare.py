"""``skillmatrix compare``."""

from __future__ import annotations

import json
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
