"""Who is on the agenda, and what a card shows: counted by hand on three small people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.framework import Framework
from skillmatrix.panel import begin, entered
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import (
    after_state,
    asked,
    card,
    items,
    latest,
    managers,
    rating_again,
    same,
)

AT = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
LADDER = Path(__file__).parents[1] / "ladders" / "data-science-family"
P3 = "monitoring-lifecycle"
RELEASE = {
    "id": "e1",
    "title": "Watch after launch",
    "date": "2026-05-01",
    "strength": "E3",
    "description": "Mine",
    "artefact": "INC-7",
    "confirmed_by": "on-call lead",
    "skills": ["mlops"],
}


def rated(fw: Framework, person: str, rater: str | None, **more: Any) -> sm.Assessment:
    """One rater's view of one person; ``mlops`` and ``quality`` are levels."""
    kind = more.pop("kind", "peer") if rater else "self"
    levels = {"mlops": more.pop("mlops"), "quality-mindset": more.pop("quality")}
    return sm.Assessment(
        framework=fw.key,
        person={"code": person},
        rater={"kind": kind, **({"code": rater} if rater else {})},
        as_of="2026-11-20",
        ratings=levels,
        **more,
    )


@pytest.fixture
def session(fw: Framework) -> Any:
    """Make a session of assessments and of entries of the log."""

    def make(assessments: list[sm.Assessment], *entries: tuple[str, dict[str, Any]]) -> Calibration:
        head = {"kind": "calibration", "code": "m-1", "title": "A", "framework": fw.key}
        head |= {"profile": "senior", "started_at": AT.isoformat(), "keep_until": "2028-11-23"}
        log = begin(head)
        for kind, content in entries:
            log = entered(log, kind, content, AT)
        return Calibration(fw, fw.profile("senior"), assessments, log)

    return make


def test_who_is_open_or_two_levels_apart_is_on_the_agenda(session: Any, fw: Framework) -> None:
    """Apart 1 against 3; settled at 1 and 1; open at 4 with nothing to show."""
    made = session(
        [
            rated(fw, "p-apart", "r-1", mlops=1, quality=1),
            rated(fw, "p-apart", "r-2", mlops=3, quality=1),
            rated(fw, "p-low", "r-1", mlops=1, quality=1),
            rated(fw, "p-low", "r-2", mlops=2, quality=1),
            rated(fw, "p-open", "r-1", mlops=4, quality=4),
            rated(fw, "p-open", "r-2", mlops=4, quality=4),
        ]
    )

    found = items(made)[P3]

    assert {p: (i.state, i.apart, i.on) for p, i in found.items()} == {
        "p-apart": ("NOT MET", ("mlops",), True),
        "p-low": ("NOT MET", (), False),
        "p-open": ("OPEN", (), True),
    }
    assert not any(digit in " ".join(found["p-apart"].why) for digit in "012345")


def test_the_own_view_puts_nobody_on_the_agenda(session: Any, fw: Framework) -> None:
    """A self-rating of 5 beside 1 and 1 is no disagreement of raters."""
    own = rated(fw, "p-1", None, mlops=5, quality=5)
    others = [rated(fw, "p-1", rater, mlops=1, quality=1) for rater in ("r-1", "r-2")]

    assert not items(session([own, *others]))[P3]["p-1"].on


def test_gates_come_first_and_a_switch_answered_no_takes_its_skill_out(fw: Framework) -> None:
    """P5 asks for interpretability only where the role is regulated."""
    unknown = asked(fw.profile("senior"), "shared-standards")
    no = asked(fw.profile("senior", switches={"regulated": False}), "shared-standards")

    assert [ask.kind for ask in unknown["production-ml"]] == ["gate"]
    assert next(iter(unknown)) == "production-ml"
    assert set(unknown) - set(no) == {"interpretability"}


def test_a_profile_of_bars_asks_for_each_bar_that_asks_something() -> None:
    """Every skill with a bar above the lowest level is a row."""
    ladder = sm.load_framework(LADDER)
    profile = ladder.profile(next(iter(ladder.profiles)))
    (criterion,) = profile.requirements
    found = asked(profile, criterion)

    assert {asks[0].kind for asks in found.values()} == {"bar"}
    assert all(profile.target(skill) == asks[0].level for skill, asks in found.items())


def test_a_card_carries_interval_marks_and_evidence(session: Any, fw: Framework) -> None:
    """Ratings 2 and 4 with one confirmed item: from what the evidence carries to 4."""
    made = session(
        [
            rated(fw, "p-1", None, mlops=5, quality=3, evidence=[RELEASE]),
            rated(fw, "p-1", "r-1", kind="manager", mlops=2, quality=3),
            rated(fw, "p-1", "r-2", mlops=4, quality="NOT_OBSERVED"),
        ]
    )

    found = card(made, "p-1", P3)
    mlops, quality = found["rows"]

    assert [(s["rater"], s["first"]) for s in mlops["said"]] == [(None, 5), ("r-1", 2), ("r-2", 4)]
    assert (mlops["low"], mlops["high"], mlops["same"]) == (2, 4, None)
    assert (quality["high"], quality["same"]) == (3, 3)
    assert [(e["id"], e["here"]) for e in found["evidence"]] == [("e1", True)]
    assert managers(made, "p-1") == ("r-1",)


def test_only_notes_for_the_panel_are_on_a_card(session: Any, fw: Framework) -> None:
    """Private and shared notes stay where they are."""
    notes = {
        "mlops": {"text": "PANEL", "visibility": "panel"},
        "quality-mindset": {"text": "SHARED", "visibility": "shared"},
    }
    made = session([rated(fw, "p-1", "r-1", mlops=2, quality=2, notes=notes)])

    assert [note["text"] for note in card(made, "p-1", P3)["notes"]] == ["PANEL"]


def test_the_second_rating_takes_the_place_of_the_first(session: Any, fw: Framework) -> None:
    """Also of somebody who only rated the second time, and where something was not observed."""
    second = {"criterion": P3, "person": "p-1"}
    made = session(
        [
            rated(fw, "p-1", "r-1", mlops=1, quality=2),
            rated(fw, "p-1", "r-2", mlops=4, quality=2),
        ],
        ("second", {**second, "rater": "r-1", "levels": {"mlops": 3}}),
        ("second", {**second, "rater": "r-2", "levels": {"mlops": "NOT_OBSERVED"}}),
        ("second", {**second, "rater": "r-9", "levels": {"mlops": 3}}),
    )

    mlops, quality = card(made, "p-1", P3)["rows"]

    assert latest(mlops["said"]) == [3, 3]
    assert (mlops["same"], quality["same"]) == (3, 2)
    assert same([]) is None


def test_what_was_decided_moves_the_criterion_and_what_was_not_stays(
    session: Any, fw: Framework
) -> None:
    """4 agreed on both gates leaves the evidence rules; 2 agreed on one settles it."""
    made = session(
        [rated(fw, "p-1", rater, mlops=4, quality=4) for rater in ("r-1", "r-2")],
    )

    assert after_state(made, "p-1", P3) == "OPEN"
    assert after_state(made, "p-1", P3, {"mlops": 2}) == "NOT MET"
    assert after_state(made, "p-1", P3, {"mlops": "OPEN"}) == "OPEN"


def test_who_is_present_rates_again_and_before_that_is_said_who_rated(
    session: Any, fw: Framework
) -> None:
    """The order of the room, not of the files."""
    one = rated(fw, "p-1", "r-1", mlops=2, quality=2)

    assert rating_again(session([one]), "p-1") == ("r-1",)
    present = session([one], ("present", {"raters": ["r-9", "r-1"]}))
    assert rating_again(present, "p-1") == ("r-9", "r-1")


def test_a_decision_says_when_ratings_came_in_after_it(session: Any, fw: Framework) -> None:
    """A late file of a third rater is not among what had been said before."""
    early = [rated(fw, "p-1", rater, mlops=4, quality=4) for rater in ("r-1", "r-2")]
    late = rated(fw, "p-1", "r-3", mlops=2, quality=4)
    before = session(early).before("p-1", "mlops", P3)
    told = {"person": "p-1", "criterion": P3, "skill": "mlops", "before": before, "after": 4}
    told |= {"reason": "as rated", "decided_by": "Kim"}

    assert not card(session(early, ("decided", told)), "p-1", P3)["rows"][0]["newer"]
    assert card(session([*early, late], ("decided", told)), "p-1", P3)["rows"][0]["newer"]
