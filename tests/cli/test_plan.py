"""``skillmatrix plan``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ANA, Run


def test_it_says_steps_reasons_and_evidence(run: Run):
    """Every step names what fails without it; no date is promised."""
    done = run("plan", ANA)

    assert done.exit_code == 0
    assert "MLOps 2 -> 4: gate of P3" in done.stdout
    assert "this is no date" in done.stdout
    assert "add 1 \N{MULTIPLICATION SIGN} Production release, E3" in done.stdout


def test_as_json_it_is_the_plan_in_plain_values(run: Run):
    """Levels as numbers, effort as three sums, everything needed to draw it."""
    found = json.loads(run("plan", ANA, "--json").stdout)

    assert found["feasible"]
    steps = {step["skill"]: (step["from_level"], step["to_level"]) for step in found["steps"]}
    assert steps["mlops"] == (2, 4)
    assert found["level_steps"] == sum(b - a for a, b in steps.values())
    assert set(found["effort"]) == {"optimistic", "likely", "pessimistic"}


def test_no_plan_is_an_answer_with_its_reason(run: Run):
    """A cap below a gate: exit 0, and the gate is named."""
    done = run("plan", ANA, "--cap", "mlops=3")

    assert done.exit_code == 0
    assert "No plan is possible:" in done.stdout
    assert "gate of P3 asks for 4: MLOps at most 3" in done.stdout


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--cap", "mlops"), "expected skill=level"),
        (("--cap", "mlops=x"), "expected skill=level"),
        (("--cap", "mlops=3", "--cap", "mlops=4"), "limited twice"),
        (("--cap", "mlop=3"), "did you mean 'mlops'?"),
        (("--first", "money"), "expected steps or effort"),
    ],
)
def test_wrong_use_is_said_and_ends_with_2(run: Run, option: tuple[str, ...], said: str):
    """A sentence on standard error, and no trace."""
    done = run("plan", ANA, *option)

    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_changed_file_changes_the_plan(run: Run, ana: Callable[..., Path]):
    """Nothing rated at all: every gate is a step, and rating comes first."""
    done = run("plan", ana(ratings={}, notes={}, gap_below=[]))

    assert done.exit_code == 0
    assert done.stdout.count("not rated yet: rate it first") >= 7
