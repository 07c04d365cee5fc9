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


OWN = {
    "mlops": {
        "opportunity": False,
        "past_weeks": 14,
        "past_step": "data querying",
        "effort": [{"level": 4, "optimistic": 6, "likely": 12, "pessimistic": 30}],
        "actions": [
            {"id": "b", "text": "Rehearse a bad\nrelease", "due": "2999-01-15"},
            {"id": "a", "text": "Lead the drift review", "due": "2020-10-12"},
            {"id": "c", "text": "Read the runbook", "done": "2026-09-03"},
        ],
    },
    "ranking": {"actions": [{"id": "d", "text": "Read on"}]},
}


def test_what_was_set_down_stands_beside_the_steps(run: Run, ana: Callable[..., Path]):
    """Blocked, whose figures, the comparable step, and actions by their day; done ones are done."""
    lines = run("plan", ana(plan=OWN)).stdout.splitlines()

    assert "  a comparable step took 14 weeks (data querying)" in lines
    assert "  blocked by opportunity, whatever its cost: no project can show it" in lines
    assert "  no plan does without MLOps: gate of P3" in lines
    assert any("figures are your own, the others placeholders" in line for line in lines)
    first = lines.index("Next actions") + 1
    assert lines[first : first + 3] == [
        "  2020-10-12, overdue  MLOps: Lead the drift review",
        "  2999-01-15  MLOps: Rehearse a bad release",
        "  no date yet  Ranking and recommenders: Read on",
    ]


def test_a_limit_of_the_file_holds_until_the_call_sets_another(run: Run, ana: Callable[..., Path]):
    """Capped at 3 there is no plan; --cap mlops=5 wins over the file."""
    file = ana(plan={"mlops": {"cap": 3}})

    assert "No plan is possible:" in run("plan", file).stdout
    assert "MLOps 2 -> 4" in run("plan", file, "--cap", "mlops=5").stdout


def test_the_json_of_no_plan_and_of_a_plan_around(run: Run, ana: Callable[..., Path]):
    """Both can be read: infeasible with reasons, and what a plan becomes without a skill."""
    none = json.loads(run("plan", ana(plan={"mlops": {"cap": 3}}), "--json").stdout)
    around = json.loads(
        run("plan", ana(plan={"problem-framing": {"opportunity": False}}), "--json").stdout
    )

    assert (none["feasible"], none["steps"], none["detour"]) == (False, [], None)
    assert none["own"] == {"mlops": {"cap": 3}}
    assert around["detour"]["without"] == ["problem-framing"]
    assert "problem-framing" not in around["detour"]["levels"]
