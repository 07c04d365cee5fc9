"""Claimed, shown, confirmed: three levels, each at most the one before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

import skillmatrix as sm
from skillmatrix.scoring import Standings, shown_levels
from tests.ladders import BAKERY
from tests.scoring.draws import assessed, people

FW = sm.load_framework()
SENIOR = FW.profile("senior", switches=dict.fromkeys(FW.switches, False))


def rated(level: Any, *strengths: str, date: str = "2026-05-01") -> sm.Assessment:
    """MLOps at a level, with items of these strengths."""
    items = [
        {
            "id": f"e{n}",
            "title": f"Item {n}",
            "date": date,
            "strength": strength,
            "description": "did it",
            "artefact": f"DOC-{n}" if strength != "E1" else "",
            "confirmed_by": "K. Lund" if strength in {"E3", "E4"} else "",
            "measure": "down by half" if strength == "E4" else "",
            "method": "before and after" if strength == "E4" else "",
            "skills": ["mlops"],
        }
        for n, strength in enumerate(strengths)
    ]
    return sm.Assessment(
        framework=FW.key,
        person={"code": "ana"},
        rater={"kind": "self"},
        as_of=dt.date(2026, 11, 20),
        ratings={"mlops": level},
        evidence=items,
    )


def row(assessment: sm.Assessment) -> list[Any]:
    """Give claimed, shown, confirmed of MLOps; None where nothing is known."""
    frame = sm.shown(assessment, SENIOR)
    found = frame.loc["mlops", ["claimed", "shown", "confirmed"]]
    return [None if pd.isna(value) else int(value) for value in found]


@pytest.mark.parametrize(
    ("level", "strengths", "expected"),
    [
        (4, [], [4, 1, None]),
        (4, ["E1"], [4, 2, None]),
        (4, ["E2"], [4, 3, None]),
        (4, ["E2", "E2"], [4, 4, None]),
        (4, ["E3"], [4, 4, 4]),
        (5, ["E3"], [5, 4, 4]),
        (5, ["E3", "E3"], [5, 5, 5]),
        (5, ["E4"], [5, 5, 5]),
        (4, ["E2", "E2", "E3"], [4, 4, 4]),
        (2, ["E4"], [2, 2, 2]),
        (1, [], [1, 1, None]),
        (0, [], [0, 0, None]),
        ("UNRATED", ["E3"], [None, None, None]),
        ("DECLINED", ["E3"], [None, None, None]),
    ],
)
def test_what_each_level_rests_on(level: Any, strengths: list[str], expected: list[Any]):
    """By the support the ladder asks for: all items, then those others vouch for."""
    assert row(rated(level, *strengths)) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024-12-01", [4, 4, 4]), ("2024-10-01", [4, 3, 3]), ("2022-10-01", [4, 1, None])],
)
def test_what_was_confirmed_ages_like_all_evidence(date: str, expected: list[Any]):
    """An old confirmation still is one, of a code less; history confirms nothing."""
    assert row(rated(4, "E3", date=date)) == expected


def test_a_ladder_that_asks_for_no_evidence_confirms_nothing(tmp_path: Path):
    """Shown is claimed there, and nobody is said to have confirmed it."""
    for name, text in BAKERY.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    bakery = sm.load_framework(tmp_path)
    item = {"id": "e1", "title": "x", "date": "2026-05-01", "strength": "E3", "artefact": "A"}
    assessment = sm.Assessment(
        framework=bakery.key,
        person={"code": "ana"},
        rater={"kind": "self"},
        as_of=dt.date(2026, 11, 20),
        ratings={"bread": 2},
        evidence=[{**item, "confirmed_by": "K", "skills": ["bread"]}],
    )

    found = sm.shown(assessment, bakery.profile("baker")).loc["bread"]

    assert (found["claimed"], found["shown"]) == (2, 2)
    assert pd.isna(found["confirmed"])


@settings(max_examples=20, deadline=None)
@given(people())
def test_confirmed_is_at_most_shown_and_shown_at_most_claimed(person: dict[str, Any]):
    """Whatever is rated and whatever evidence there is; and shown is what a gap calls supported."""
    standings = Standings(assessed(person), SENIOR)

    for skill, entry in shown_levels(standings).items():
        assert entry.shown == standings[skill].supported
        if entry.claimed is None:
            assert entry.shown is None
            assert entry.confirmed is None
        elif entry.confirmed is not None:
            assert entry.confirmed <= entry.shown <= entry.claimed
        assert 0 <= entry.vouched <= entry.items
