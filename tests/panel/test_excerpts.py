"""A person's own excerpt holds everything about her and nothing about anybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatrix.framework import Framework, load_framework
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import changes
from skillmatrix.panel.excerpts import ANOTHER, SOMEBODY, own_excerpt
from tests.panel.told import P3, again, decided, rated, session

NAMES = {
    "p-ana": "Ana Lind",
    "p-ben": "Ben Roe",
    "p-cy": "Cy Holm",
    "r-1": "Rita Moss",
    "r-2": "Sam Falk",
}


def told(fw: Framework, *entries: Any) -> Calibration:
    """Ana, Ben and Cy, rated by Rita and Sam; Ben is Ana's peer too."""
    seen = [
        rated(fw, "p-ana", None, {"mlops": 4}),
        rated(fw, "p-ana", "r-1", {"mlops": 3}, kind="manager"),
        rated(fw, "p-ana", "r-2", {"mlops": 2}),
        rated(fw, "p-ana", "p-ben", {"mlops": 2}),
        rated(fw, "p-ben", "r-1", {"mlops": 5}, kind="manager"),
        rated(fw, "p-ben", "r-2", {"mlops": 5}),
        rated(fw, "p-cy", "r-2", {"mlops": 5}),
    ]
    return session(fw, seen, entries, names=NAMES)


def test_raters_are_kinds_unless_names_are_wished(fw: Framework) -> None:
    """Two peers are told apart by a number; with names they have code, name and kind."""
    made = told(fw)

    plain = own_excerpt(made, changes(made), "p-ana")
    named = own_excerpt(made, changes(made), "p-ana", names=True)
    assert plain["raters"] == ["peer 1", "manager", "peer 2"]
    assert plain["person"] == {"code": "p-ana", "name": ""}
    mlops = next(each for each in plain["skills"] if each["skill"] == "mlops")
    assert [each["level"] for each in mlops["others"]] == [2, 3, 2]
    assert mlops["own"] == 4
    assert named["raters"][1] == "Rita Moss (r-1, manager)"
    assert named["person"]["name"] == "Ana Lind"


def test_entries_about_her_are_all_there_with_raters_by_kind(fw: Framework) -> None:
    """Levels, words, evidence, dissent, who decided, and the hash of each entry in the log."""
    before = [{"rater": "r-1", "kind": "manager", "first": 3, "second": 4}]
    dissent = [{"rater": "r-2", "words": "r-1, Ben Roe and Cy Holm saw less than p-ana did."}]
    made = told(
        fw,
        again("p-ana", "r-1", {"mlops": 4}),
        decided("p-ana", "mlops", 4, before=before, dissent=dissent),
        decided("p-ben", "mlops", 5),
        ("remark", {"text": "About nobody."}),
    )

    found = own_excerpt(made, changes(made), "p-ana")
    again_, said = found["entries"]
    assert [each["seq"] for each in found["entries"]] == [1, 2]
    assert again_["content"]["rater"] == "manager"
    assert said["content"]["before"][0] == {**before[0], "rater": "manager"}
    assert said["content"]["dissent"] == [
        {"rater": "peer 2", "words": f"manager, peer 1 and {SOMEBODY} saw less than p-ana did."}
    ]
    assert said["content"]["decided_by"] == "Kim"
    assert said["hash"] == made.log.entries[1].hash


def test_a_rater_who_did_not_rate_her_stays_unnamed(fw: Framework) -> None:
    """Somebody in the room may dissent without having rated."""
    said = {"dissent": [{"rater": "r-9", "words": ""}]}
    made = told(fw, ("present", {"raters": ["r-9", "r-1"]}), decided("p-ana", "mlops", 3, **said))

    found = own_excerpt(made, changes(made), "p-ana")
    assert found["entries"][0]["content"]["dissent"][0]["rater"] == ANOTHER


WORDS = st.sampled_from(
    ["Ben Roe led it.", "see p-ben", "p-ben, r-2 and Sam Falk", "Ana Lind alone", "(p-ben)", ""]
)
LEVELS = st.integers(0, 4) | st.just("OPEN")


ROWS = st.lists(st.tuples(st.sampled_from(["p-ana", "p-ben"]), LEVELS, WORDS, WORDS), max_size=6)


@settings(max_examples=8)
@given(ROWS)
def test_nothing_of_anybody_else(rows: list[tuple[str, Any, str, str]]) -> None:
    """What is entered about Ben reaches Ana in no form."""
    check_excerpt(rows)


@pytest.mark.slow
@settings(max_examples=500)
@given(ROWS)
def test_nothing_of_anybody_else_in_many_sessions(rows: list[tuple[str, Any, str, str]]) -> None:
    """The same, at length."""
    check_excerpt(rows)


def check_excerpt(rows: list[tuple[str, Any, str, str]]) -> None:
    """Whatever is entered about both: no code, no name and no word about Ben reaches Ana.

    Ben's level of 5 is given by nobody to Ana, and his entries carry a mark.
    """
    entries: list[Any] = [("opened", {"criterion": P3, "seed": 1, "people": ["p-ben", "p-ana"]})]
    for number, (who, after, words, why) in enumerate(rows):
        mark = "BENS-OWN " if who == "p-ben" else ""
        entries.append(decided(who, "mlops", after, words=mark + words))
        entries.append(("remark", {"person": who, "text": mark + why}))
        follow = {"id": f"f-{number}", "person": who, "criterion": P3, "owner": "p-ben"}
        entries.append(("follow_up", {**follow, "waits_for": mark + (why or "a review")}))
    made = told(load_framework("ml-specialist"), *entries)

    found = own_excerpt(made, changes(made), "p-ana")
    text = json.dumps(found)
    assert not [word for word in ("p-ben", "Ben Roe", "BENS-OWN", "r-2", "Sam") if word in text]
    assert 5 not in [o["level"] for each in found["skills"] for o in each["others"]]
    mine = [each for each in rows if each[0] == "p-ana"]
    assert len(found["entries"]) == 3 * len(mine)
