"""The agenda: its order on known cases, what is not on it, and the question it asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.errors import MismatchError
from skillmatrix.scoring.agenda import agenda, items

FW = sm.load_framework()
SENIOR = FW.profile("senior")
DAY = dt.date(2026, 11, 20)


def rated(kind: str, evidence: list[dict[str, Any]] | None = None, **levels: Any) -> sm.Assessment:
    """One rater's levels of one person."""
    return sm.Assessment(
        framework=FW.key,
        person={"code": "ana"},
        rater={"kind": kind},
        as_of=DAY,
        ratings={skill.replace("_", "-"): level for skill, level in levels.items()},
        evidence=evidence or [],
    )


def test_the_order_of_a_known_case():
    """Gates before others, wide before narrow, one-sided before thin, the ladder's order last."""
    own = rated(
        "self", mlops=4, validation=3, streaming=4, ranking=3, python=1, cloud_ml=2, time_series=1
    )
    other = rated("mentor", mlops=2, validation=2, streaming=1, ranking="NOT_OBSERVED", python=1)
    found = agenda(own, other, SENIOR)
    rated_by_both = [skill for skill in found.index if not found.isna().loc[skill, "difference"]]

    assert found.index[:2].tolist() == ["mlops", "validation"]
    assert found.loc["mlops", ["difference", "gate"]].tolist() == [-2, True]
    assert rated_by_both[2] == "streaming"
    places = [found.index.get_loc(skill) for skill in ("streaming", "ranking")]
    assert places == sorted(places)


def test_the_rule_holds_for_any_two_ratings():
    """Whatever is rated, the list is sorted by the rule and names each skill once."""
    levels = st.sampled_from([0, 1, 2, 3, 4, 5, "UNRATED"])
    ratings = st.fixed_dictionaries(dict.fromkeys(list(FW.skills)[:12], levels))

    @given(ratings, ratings)
    def holds(one: dict[str, Any], two: dict[str, Any]) -> None:
        found = items(rated("self", **one), rated("mentor", **two), SENIOR)
        told = [item.pair.skill for item in found]

        assert [item.order for item in found] == sorted(item.order for item in found)
        assert len(set(told)) == len(told)
        assert all(item.question and item.reasons for item in found)

    holds()


def test_what_both_see_alike_with_evidence_is_not_on_it():
    """Nothing to settle, no row; the same level without evidence stays on the list."""
    shown = {
        "id": "e1",
        "title": "Pipeline",
        "date": "2026-06-01",
        "strength": "E3",
        "description": "Built it.",
        "artefact": "repo",
        "confirmed_by": "Lee",
        "skills": ["streaming"],
    }
    own = rated("self", [shown], streaming=4, ranking=4)
    other = rated("mentor", [shown], streaming=4, ranking=4)
    found = agenda(own, other, SENIOR)

    assert "streaming" not in found.index
    assert found.loc["ranking", "thin"]


def test_the_question_stands_on_both_sides_of_the_border():
    """Between 3 and 4 it asks for an instance of 4 that is not only 3."""
    skill = FW.skills["mlops"]
    found = agenda(rated("self", mlops=4), rated("mentor", mlops=3), SENIOR)
    question = found.loc["mlops", "question"]

    assert skill.at(4)[0].text.rstrip(".") in question
    assert skill.at(3)[0].text.rstrip(".") in question
    assert "the first rating is one level higher" in found.loc["mlops", "why"]


def test_neither_side_is_the_right_one():
    """Turned round, the same skills in the same order, and the difference turned."""
    one, two = rated("self", mlops=4, streaming=0), rated("mentor", mlops=2, streaming=3)
    forth, back = agenda(one, two, SENIOR), agenda(two, one, SENIOR)

    assert forth.index.tolist() == back.index.tolist()
    assert forth["question"].tolist() == back["question"].tolist()
    assert (forth["difference"].dropna() == -back["difference"].dropna()).all()


def test_two_people_have_no_agenda():
    """Ratings of different people are not set beside each other."""
    other = rated("mentor", mlops=3)
    stranger = other.model_copy(update={"person": other.person.model_copy(update={"code": "bo"})})

    with pytest.raises(MismatchError, match="people are not compared"):
        agenda(rated("self", mlops=3), stranger, SENIOR)
