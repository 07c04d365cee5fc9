"""Practice on invented people, agreement of a session, and severity: pure, with data in sight."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.calibration import icc
from skillmatrix.framework.practice_profiles import PracticeCase
from skillmatrix.panel import begin, entered
from skillmatrix.panel.agreement import agreement, beside_self, complete_block, pairs
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.practice import (
    REFERENCE,
    anchored_severity,
    apart,
    practice_frame,
    reference_frame,
)
from skillmatrix.panel.would_change import would_change

FW = sm.load_framework()
SENIOR = FW.profile("senior")
FIRST = next(iter(FW.practice_profiles))
WANTED = {s: c.reference.value for s, c in FW.practice_profiles[FIRST].cases.items() if c.reference}
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
Levels = dict[str, Any]


def rated(person: str, rater: str | None, levels: Levels, kind: str = "manager") -> sm.Assessment:
    """Give the ratings of a person by a rater; without one, her own view."""
    by = {"kind": kind, "code": rater} if rater else {"kind": "self"}
    data = {"framework": FW.key, "person": {"code": person}, "rater": by, "as_of": "2026-11-20"}
    return sm.Assessment.model_validate({**data, "ratings": levels})


def session(
    *assessments: sm.Assessment,
    practised: dict[str, Levels] | None = None,
    files: tuple[sm.Assessment, ...] = (),
) -> Calibration:
    """Set ratings beside each other, with what was practised in the room."""
    log = begin(
        {
            "kind": "calibration",
            "code": "m-1",
            "title": "Autumn",
            "profile": "senior",
            "framework": FW.key,
            "started_at": AT.isoformat(),
            "keep_until": "2028-11-23",
        }
    )
    for rater, levels in (practised or {}).items():
        said = {"rater": rater, "profile": FIRST, "levels": levels}
        log = entered(log, "practised", said, AT)
    return Calibration(FW, SENIOR, assessments, log, practice=files)


def test_practice_ratings_from_the_room_and_from_files_are_one_table() -> None:
    """A level is a row, a word is none; of a rater who did both the room counts."""
    a, b = list(WANTED)[:2]
    files = (rated(FIRST, "r-1", {a: 1}), rated(FIRST, "r-2", {a: 2, b: "NOT_OBSERVED"}))
    held = session(practised={"r-1": {a: 4, b: 3}}, files=files)

    frame = practice_frame(held)

    columns = ["unit", "person", "skill", "rater", "value"]
    assert frame[columns].to_numpy().tolist() == [
        [f"{FIRST} {a}", FIRST, a, "r-1", 4],
        [f"{FIRST} {b}", FIRST, b, "r-1", 3],
        [f"{FIRST} {a}", FIRST, a, "r-2", 2],
    ]
    assert REFERENCE not in set(frame["rater"])
    assert dict(reference_frame(FW, [FIRST])[["skill", "value"]].to_numpy()) == WANTED


def test_half_of_those_who_answered_make_a_case_to_talk_about() -> None:
    """Half apart is enough, fewer is not, and nobody's answer is no case."""
    level = sm.Level(3)
    case = PracticeCase(skill="mlops", text="-", reference=level, reason="-", source="judgement")
    unseen = case.model_copy(update={"reference": None})

    assert apart(case, [3, 4])
    assert not apart(case, [3, 3, 4])
    assert not apart(case, [])
    assert apart(unseen, [3, "NOT_OBSERVED"])
    assert not apart(unseen, ["NOT_OBSERVED"])


def test_raters_who_share_nobody_become_comparable_through_invented_people() -> None:
    """Two managers of two teams, one a level higher: seen only with the practice profile."""
    skills = list(WANTED)
    own = [rated(f"p-{n}", "low", dict.fromkeys(skills, 3)) for n in range(4)]
    others = [rated(f"q-{n}", "high", dict.fromkeys(skills, 4)) for n in range(4)]
    higher = {skill: min(5, level + 1) for skill, level in WANTED.items()}
    alone = session(*own, *others)
    joined = session(*own, *others, practised={"low": WANTED, "high": higher})

    anchored = anchored_severity(joined)

    assert anchored_severity(alone) is None
    assert anchored is not None
    effects = anchored.severity.effects
    assert anchored.severity.connected
    assert set(effects.index) == {"low", "high", REFERENCE}
    assert effects["low"] == pytest.approx(effects[REFERENCE], abs=1e-6)
    assert 0.5 < effects["high"] - effects["low"] <= 1
    assert f"{2 * len(skills)} practice ratings of 1 invented person by 2 raters" in (
        anchored.sentence
    )


def test_who_rated_no_person_is_no_rater_of_the_session() -> None:
    """A guest who only practised stays out of severity."""
    skills = list(WANTED)
    told = [rated("p-1", r, dict.fromkeys(skills, 3)) for r in ("r-1", "r-2")]
    held = session(*told, practised={"r-1": WANTED, "guest": WANTED})

    anchored = anchored_severity(held)

    assert anchored is not None
    assert set(anchored.severity.effects.index) == {"r-1", "r-2", REFERENCE}
    assert anchored.n_raters == 1


def test_pairs_and_own_views_are_counted_as_by_hand() -> None:
    """Three skills of one person: what two raters share, and each kind beside the own view."""
    held = session(
        rated("p-1", None, {"mlops": 5, "python": 3, "core-ml": 4}),
        rated("p-1", "r-1", {"mlops": 3, "python": 3, "core-ml": "NOT_OBSERVED"}),
        rated("p-1", "r-2", {"mlops": 4, "python": 3, "core-ml": 2}, kind="peer"),
        rated("p-2", "r-3", {"mlops": 1}),
    )

    found = {(each.a, each.b): each for each in pairs(held.frame)}
    own = {each.b: each for each in beside_self(held.frame_with_self)}

    both = found["r-1", "r-2"]
    assert (both.n, both.exact, both.within_one, both.a_higher, both.b_higher) == (2, 1, 2, 0, 1)
    assert both.signed_gap == 0.5
    assert found["r-1", "r-3"].n == 0
    assert found["r-1", "r-3"].signed_gap is None
    manager, peer = own["manager"], own["peer"]
    assert (manager.n, manager.exact, manager.within_one, manager.a_higher) == (2, 1, 1, 1)
    assert (peer.n, peer.exact, peer.within_one, peer.a_higher) == (3, 1, 2, 2)
    assert peer.signed_gap == pytest.approx(-1.0)


@settings(max_examples=4)
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_own_views_are_in_no_figure_of_the_raters(own: list[int]) -> None:
    """Whatever people say of themselves, pairs and coefficients of others stay the same."""
    people = [f"p-{n}" for n in range(6)]
    told = [rated(p, r, {"mlops": n % 4 + (r == "r-2")}) for n, p in enumerate(people)
            for r in ("r-1", "r-2")]  # fmt: skip
    views = [rated(p, None, {"mlops": level}) for p, level in zip(people, own, strict=True)]

    without, with_views = session(*told), session(*told, *views)

    assert pairs(with_views.frame) == pairs(without.frame)
    assert agreement(with_views.frame, FW) == agreement(without.frame, FW)
    assert "self" not in set(with_views.frame["rater"])


def test_a_complete_block_says_how_many_raters_are_needed() -> None:
    """Where the same raters rated five people, ICC(2,1) gives a count; elsewhere the reason."""
    levels = {"r-1": [0, 1, 2, 3, 4, 5], "r-2": [1, 1, 2, 3, 5, 5], "r-3": [4, 4]}
    told = [
        rated(f"p-{n}", rater, {"mlops": level})
        for rater, many in levels.items()
        for n, level in enumerate(many)
    ]
    whole, gap = session(*told[:12]), session(*told)
    chain = session(
        *(rated(f"p-{n}", f"r-{n + k}", {"mlops": 3}) for n in range(6) for k in (0, 1))
    )
    few = session(*told[:3])

    block = complete_block(gap.frame)

    assert set(block["rater"]) == {"r-1", "r-2"}
    assert len(block) == 12
    reliability = icc(whole.frame, "2,1").value
    assert reliability is not None
    assert agreement(whole.frame, FW).needed.startswith("About 1 rater of each person")
    assert f"from ICC(2,1), {reliability:.2f}" in agreement(whole.frame, FW).needed
    assert "of the 6 skills of 6 people that r-1 and r-2 both rated" in (
        agreement(gap.frame, FW).needed
    )
    assert "no two raters share 5 people" in agreement(chain.frame, FW).needed
    assert "at least 5 people" in agreement(few.frame, FW).needed


def test_alpha_and_ac2_far_apart_are_explained_by_the_counts() -> None:
    """Nearly everything at one level: alpha near nothing, AC2 near one, and a sentence on both."""
    told = [
        rated(f"p-{n}", rater, {"mlops": 4 if (n, rater) in {(0, "r-1"), (5, "r-2")} else 3})
        for n in range(20)
        for rater in ("r-1", "r-2")
    ]

    found = agreement(session(*told).frame, FW)

    assert found.alpha.value is not None
    assert found.ac2.value is not None
    assert found.alpha.value < 0.1
    assert found.ac2.value > 0.9
    assert "18 of 20 comparisons are the same level" in found.diverge
    assert "level 3 alone is 38 of all 40 ratings" in found.diverge


def test_gates_that_would_come_out_otherwise_are_listed_and_nothing_is_changed() -> None:
    """A lenient rater's 4 read as 3 misses the gate; an effect below half a level moves nothing."""
    own = rated("p-1", None, {"mlops": 4})
    held = session(own, rated("p-1", "mild", {"mlops": 4}), rated("p-1", "r-2", {"mlops": 4}))
    before = held.verdict("p-1").criteria

    moved = would_change(held, {"mild": 0.7, "r-2": 0.7})
    still = would_change(held, {"mild": 0.49, "r-2": 0.49})

    found = [(each.person, each.skills, each.before, each.after) for each in moved]
    assert found == [("p-1", ("mlops",), "OPEN", "NOT MET")]
    assert still == []
    assert held.verdict("p-1").criteria == before
    assert held.frame["value"].tolist() == [4, 4]
