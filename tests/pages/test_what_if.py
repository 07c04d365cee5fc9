"""What if, through the page: levels are judged as if they held, and nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.pages.session import RefusedError
from skillmatrix.pages.what_if import TryLevels, what_if_view
from skillmatrix.scoring import Standings, Verdict, verdict
from tests.conftest import assess, proof
from tests.pages.conftest import Ask


def criterion(view: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one criterion of an answer."""
    (found,) = [entry for entry in view["criteria"] if entry["id"] == name]
    return found


def test_a_level_tried_counts_as_if_evidence_showed_it(send: Ask):
    """MLOps tried at 4: its gate would be met, though there is no evidence for it."""
    send("rate", skill="mlops", value=2)

    view = send("what_if", levels={"mlops": 4})["what_if"]
    (row,) = view["rows"]
    assert (row["value"], row["low"], row["high"], row["supported"]) == (4, 4, 4, 4)
    assert (row["met"], row["gap_max"]) == (True, 0)
    changed = criterion(view, "monitoring-lifecycle")
    assert (changed["before"], changed["after"]) == ("NOT MET", "OPEN")
    assert [(p["skill"], p["before"], p["after"]) for p in changed["parts"]] == [
        ("mlops", "NOT MET", "MET")
    ]
    assert view["before"]["label"] == "Not yet"
    assert view["after"]["label"] == "Not settled yet"


def test_as_a_claim_alone_it_counts_as_far_as_evidence_goes(send: Ask):
    """The same level as a claim: the gate opens, and is not met."""
    send("rate", skill="mlops", value=2)

    view = send("what_if", levels={"mlops": 4}, carried=False)["what_if"]
    (row,) = view["rows"]
    assert (row["low"], row["high"], row["met"]) == (1, 4, None)
    changed = criterion(view, "monitoring-lifecycle")
    assert [(p["before"], p["after"]) for p in changed["parts"]] == [("NOT MET", "OPEN")]


def test_nothing_is_stored(send: Ask):
    """After trying, the assessment has no event more and no rating more."""
    before = send("ping", ok=True)
    kept = send("rate", skill="mlops", value=2)["state"]
    send("what_if", levels={"mlops": 5, "python": 4})

    assert "state" not in before
    assert "state" not in send("ping")
    after = send("rate", skill="python", value=1)["state"]
    assert after["seq"] == kept["seq"] + 1
    values = {row["skill"]: row["value"] for row in after["rows"]}
    assert (values["mlops"], values["python"]) == (2, 1)


def test_nothing_tried_changes_nothing(send: Ask):
    """An empty wish is the verdict as it is."""
    view = send("what_if")["what_if"]

    assert view["rows"] == []
    assert view["before"] == view["after"]
    assert all(c["before"] == c["after"] and c["parts"] == [] for c in view["criteria"])


def test_the_evidence_a_criterion_asks_for_stays_as_it_is(send: Ask, fw: Framework):
    """Every level at the top opens no promotion: what has to be shown is still to be shown."""
    top = dict.fromkeys(fw.skills, fw.levels[-1].value)

    view = send("what_if", levels=top)["what_if"]
    assert view["after"]["word"] == "OPEN"
    assert {part["kind"] for entry in view["criteria"] for part in entry["parts"]} <= {
        "gate",
        "floor",
        "breadth",
    }


@pytest.mark.parametrize(
    ("levels", "where", "found"),
    [
        ({"mlopps": 4}, "levels", "'mlopps'"),
        ({"mlops": 6}, "levels > mlops", "6"),
        ({"mlops": -1}, "levels > mlops", "-1"),
        ({"mlops": True}, "levels > mlops", "True"),
        ({"mlops": "4"}, "levels > mlops", "'4'"),
        ({"mlops": None}, "levels > mlops", "None"),
    ],
)
def test_what_cannot_be_tried_is_refused(send: Ask, levels: Any, where: str, found: str):
    """A skill or a level that does not exist is named."""
    (problem,) = send("what_if", ok=False, levels=levels)["problems"]

    assert (problem["where"], problem["found"]) == (where, found)


def test_what_a_role_leaves_out_cannot_be_tried(fw: Framework):
    """A skill that the profile takes out is refused, with the reason the profile gives."""
    out = fw.profile("senior", not_applicable={"mlops": "another team runs it"}).not_applicable
    senior = fw.profiles["senior"].model_copy(update={"not_applicable": out})
    other = fw.model_copy(update={"profiles": {**fw.profiles, "senior": senior}})

    with pytest.raises(RefusedError, match="another team runs it"):
        what_if_view(other, assess(fw, {"mlops": 2}), TryLevels(levels={"mlops": 4}))


@pytest.mark.parametrize("carried", [True, False])
def test_tried_standings_are_those_of_the_rating(fw: Framework, carried: bool):
    """With evidence for it, trying a level and rating it come to the same verdict."""
    items = [proof("E4", "mlops"), proof("E1", "python")]
    profile = fw.profile("senior")
    now, then = (assess(fw, {"mlops": level, "core-ml": 3}, evidence=items) for level in (1, 5))

    tried = Standings(now, profile).trying({"mlops": 5}, carried=carried)
    found, real = Verdict(now, profile, tried), verdict(then, profile)
    assert dict(tried) == dict(real.standings)
    assert {n: c.state for n, c in found.criteria.items()} == {
        n: c.state for n, c in real.criteria.items()
    }


def test_a_skill_that_is_left_out_stays_out(fw: Framework):
    """Trying a level does not bring a skill back into the role."""
    profile = fw.profile("senior", not_applicable={"mlops": "another team runs it"})
    standings = Standings(assess(fw, {"mlops": 3}), profile)

    assert dict(standings.trying({"mlops": 5}, carried=True)) == dict(standings)
