"""The plan at its edges: more ties than are listed, contexts that ask for evidence, wrong use."""

from typing import Any

import pytest

from skillmatrix.errors import UsageError
from skillmatrix.framework import Profile
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.model import Breadth
from skillmatrix.framework.parts import Requirement
from skillmatrix.planning import plan
from tests.conftest import assess, proof
from tests.scoring.draws import FW

SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))
#: Seven skills of one importance, then two of which one weighs more.
SEVEN = (
    "problem-framing", "trade-off-communication", "stakeholder-alignment", "execution",
    "quality-mindset", "collaboration", "learning-agility",
)  # fmt: skip
TWO = ("python", "time-series")


def asking(*rules: tuple[int, tuple[str, ...]]) -> Profile:
    """Make a role of breadth rules at 4 alone."""
    breadth = tuple(
        Breadth(id=f"rule-{n}", at_least=k, level=4, of=of, source="invented")
        for n, (k, of) in enumerate(rules)
    )
    one = Requirement(id="ships-with-impact", title="Ships", breadth=breadth)
    return SENIOR.model_copy(update={"requirements": FrozenDict({one.id: one})})


def at(level: int, *skills: str) -> Any:
    """Make a person at a level of some skills, with evidence for any level."""
    items = [proof(strength, *skills) for strength in ("E4", "E3", "E3")]
    return assess(FW, dict.fromkeys(skills, level), evidence=items)


def test_a_step_is_core_only_where_no_plan_as_small_does_without_it():
    """Fourteen plans of two steps; the five that are listed all keep Python, others do not."""
    found = plan(at(3, *SEVEN, *TWO), asking((1, SEVEN), (1, TWO)))

    assert found.level_steps == 2
    assert all("python" in other for other in found.alternatives)
    assert found.core == ()
    assert found.depends["python"] == ("another plan as small",)


def test_a_context_that_asks_for_evidence_alone_changes_the_plan():
    """A large enterprise asks for two more records: no level step, and not nothing."""
    person = at(4, *FW.skills)

    found = plan(person, SENIOR).under(["enterprise", "saas"])

    assert found["saas"] == ()
    assert [line[:7] for line in found["enterprise"]] == ["+ add 1", "+ add 1"]
    assert any("Change record with approval, E3" in line for line in found["enterprise"])


def test_what_no_step_can_meet_is_named_by_its_criterion():
    """A gate that two criteria share, and breadth with too few skills left: each by its code."""
    out = dict.fromkeys(("production-ml", *SEVEN, "core-ml", "ab-testing"), "not here")
    profile = FW.profile("senior", not_applicable=out)

    reasons = [str(reason) for reason in plan(at(4, *FW.skills), profile).infeasible]

    assert len(set(reasons)) == len(reasons)
    assert {r.partition(":")[0] for r in reasons} >= {"gate of P1", "gate of P5", "gate of P2"}
    assert any(r.startswith("three of six at 4 for P1 asks for more skills") for r in reasons)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"first": "cost"}, "first is 'cost'; expected steps or effort"),
        ({"effort": {("mlops", 4): ("1", "2", "3")}}, "expected weeks from optimistic"),
        ({"effort": {("mlops", 4): (1, 2)}}, "expected weeks from optimistic"),
        ({"effort": {("mlops", 4): 7}}, "expected weeks from optimistic"),
    ],
)
def test_wrong_use_of_other_types_is_said_in_a_sentence_too(more: dict[str, Any], expected: str):
    """An order that does not exist, and effort that is no three numbers."""
    with pytest.raises(UsageError) as caught:
        plan(at(3, "mlops"), SENIOR, **more)

    assert expected in str(caught.value)
