"""Evidence tasks: the fewest items that meet the evidence rules, shared and strengthened."""

import datetime as dt
from typing import Any

from hypothesis import given, settings

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Profile
from skillmatrix.planning import EvidenceTask, plan
from skillmatrix.scoring import verdict
from tests.conftest import TODAY, assess, proof
from tests.scoring.draws import FW, assessed, people, profiles

SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))


def done(before: Assessment, tasks: tuple[EvidenceTask, ...]) -> Assessment:
    """Give the assessment as it is once every task is done."""
    items = {item.id: item.model_dump(mode="json") for item in before.evidence}
    for number, task in enumerate(tasks):
        for copy in range(task.count):
            function = {"confirmed_function": task.confirmed_by[0]} if task.confirmed_by else {}
            more = {
                "strength": task.strength,
                "description": "what I did",
                "confirmed_by": "a colleague",
                "measure": "a measure",
                "method": "a method",
                **function,
                **({"outside_team": True} if task.outside_team else {}),
            }
            if task.item is not None:
                artefact = {} if items[task.item].get("artefact") else {"artefact": f"A-{number}"}
                items[task.item].update(more, **artefact)
            else:
                name = f"new-{number}-{copy}"
                new = {"id": name, "title": "New", "date": str(TODAY), "types": [task.type]}
                items[name] = {**new, "artefact": name, **more}
    data = before.model_dump(mode="json") | {"evidence": list(items.values())}
    return Assessment.model_validate(data)


def test_one_record_answers_two_rules():
    """Two decision records, one of them confirmed by product: two items, not three."""
    tasks = plan(assess(FW, {}), SENIOR).evidence

    records = [task for task in tasks if task.type == "decision-record"]
    assert sorted((t.strength, t.count) for t in records) == [("E2", 1), ("E3", 1)]
    assert {f for t in records for f in t.confirmed_by} <= {"product", "engineering"}


def test_an_item_that_is_there_is_strengthened_first():
    """A mentoring record without its confirmation: strengthen it, add none."""
    there = proof("E2", types=["mentoring-record"])

    tasks = plan(assess(FW, {}, evidence=[there]), SENIOR).evidence

    (task,) = [t for t in tasks if t.type == "mentoring-record"]
    assert (task.kind, task.item, task.strength) == ("strengthen", "e1", "E3")
    assert task.confirmed_by == ("mentee",)


def test_an_item_that_is_too_old_is_not_strengthened():
    """Thirty months ago: a new one is asked for."""
    old = proof("E2", types=["mentoring-record"], date=dt.date(2024, 5, 1))

    tasks = plan(assess(FW, {}, evidence=[old]), SENIOR).evidence

    (task,) = [t for t in tasks if t.type == "mentoring-record"]
    assert task.kind == "add"


def test_nothing_is_asked_for_where_everything_is_met():
    """Every rule met once: no task."""
    empty = assess(FW, {})
    tasks = plan(empty, SENIOR).evidence

    assert plan(done(empty, tasks), SENIOR).evidence == ()


@settings(max_examples=60)
@given(people(), profiles())
def test_whoever_does_the_tasks_has_every_evidence_rule_met(
    person: dict[str, Any], profile: Profile
):
    """Whatever was there before, whichever way a rule can be answered."""
    before = assessed({**person, "locked": False})
    found = plan(before, profile)
    if found.infeasible:
        return

    after = verdict(done(before, found.evidence), profile)

    parts = [part for c in after.criteria.values() for part in c.parts if part.kind == "evidence"]
    assert all(part.state == "MET" for part in parts)


def test_who_may_confirm_for_two_rules_is_who_both_accept():
    """Product or engineering for one, engineering or security for the other: engineering."""
    from skillmatrix.framework.model import EvidenceAsk
    from skillmatrix.planning.tasks import _shapes

    one = EvidenceAsk(type="t", strength="E3", confirmed_by=("product", "engineering"))
    two = EvidenceAsk(type="t", strength="E2", confirmed_by=("engineering", "security"))

    shapes = [(s.strength, s.confirmed_by) for s in _shapes([one, two])]

    assert ("E3", ("engineering",)) in shapes
