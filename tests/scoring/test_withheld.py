"""What holding something back costs: said by the real verdict, never by a copy of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings

import skillmatrix as sm
from skillmatrix.scoring import Verdict
from skillmatrix.scoring.withheld import effect, withheld
from tests.scoring.draws import FW, assessed, people

SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))


def item(name: str, strength: str, *skills: str) -> dict[str, Any]:
    """Make an item that shows what its strength says."""
    said = {"id": name, "title": name, "date": "2026-05-01", "strength": strength}
    return {**said, "artefact": f"DOC-{name}", "confirmed_by": "K", "skills": list(skills)}


def person(*items: dict[str, Any], **ratings: int) -> sm.Assessment:
    """A draft with these ratings and items."""
    return sm.Assessment(
        framework=FW.key,
        person={"code": "ana"},
        rater={"kind": "self"},
        as_of=dt.date(2026, 11, 20),
        ratings={skill.replace("_", "-"): level for skill, level in ratings.items()},
        evidence=items,
    )


def test_the_level_and_the_criterion_are_named():
    """Without its one item MLOps at 4 is shown as 1; with a second one it costs nothing."""
    one = person(item("a", "E3", "mlops"), mlops=4)
    two = person(item("a", "E3", "mlops"), item("b", "E3", "mlops"), mlops=4)

    (less,) = withheld(one, SENIOR)["a"].levels

    assert (less.skill, int(less.before.value), int(less.after.value)) == ("mlops", 4, 1)
    assert not withheld(two, SENIOR)["a"]


def test_what_is_held_back_already_is_compared_with_what_would_be():
    """From the verdict with it to the one without, whichever is chosen now."""
    without = person(mlops=4)
    one = person(item("a", "E3", "mlops"), mlops=4)

    assert withheld(without, SENIOR, one.evidence) == withheld(one, SENIOR)


def test_nothing_is_compared_for_a_skill_nobody_rated():
    """Unknown stays unknown: an item for a skill without a level shows nothing less."""
    found = withheld(person(item("a", "E3", "mlops")), SENIOR)

    assert found["a"].levels == ()


def test_two_equal_verdicts_differ_in_nothing():
    """No effect is false, so that a page can ask for it."""
    same = Verdict(person(mlops=4), SENIOR)

    assert not effect(same, same)


@settings(max_examples=15, deadline=None)
@given(people())
def test_the_cost_is_what_the_verdict_says(drawn: dict[str, Any]):
    """Each item taken out by hand, and the two verdicts laid beside each other."""
    given_ = assessed(drawn)
    found = withheld(given_, SENIOR)
    now = sm.verdict(given_, SENIOR)

    assert list(found) == [each.id for each in given_.evidence]
    for name, cost in found.items():
        rest = [each for each in given_.evidence if each.id != name]
        then = sm.verdict(given_.model_copy(update={"evidence": tuple(rest)}), SENIOR)
        turned = {
            c.id: (c.state, then.criteria[c.id].state)
            for c in now.criteria.values()
            if c.state != then.criteria[c.id].state
        }
        assert {t.criterion: (t.before, t.after) for t in cost.criteria} == turned
        assert cost.overall == (
            None if now.overall == then.overall else (now.overall, then.overall)
        )
        lower = {s for s in FW.skills if then.standings[s].supported != now.standings[s].supported}
        assert {less.skill for less in cost.levels} == lower
