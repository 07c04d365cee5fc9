"""What was locked after ratings were shown is not blind, and in no figure of agreement."""

from __future__ import annotations

import datetime as dt
from typing import Any

import skillmatrix as sm
from skillmatrix.assessment import lock
from skillmatrix.framework import Framework
from skillmatrix.panel import begin, entered
from skillmatrix.panel.calibration import Calibration

SHOWN = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def rated(fw: Framework, rater: str, level: int, at: dt.datetime) -> Any:
    """One locked rating of one skill."""
    draft = sm.Assessment(
        framework=fw.key,
        person={"code": "p-1"},
        rater={"kind": "peer", "code": rater},
        as_of="2026-11-20",
        ratings={"mlops": level},
    )
    return lock(draft, at)


def test_a_late_rating_stands_on_the_card_and_in_no_agreement(fw: Framework):
    """Two before, one after the first criterion was opened: the frame holds two, the card three."""
    head = {
        "kind": "calibration",
        "code": "m-1",
        "title": "Autumn",
        "profile": "senior",
        "framework": fw.key,
        "started_at": (SHOWN - HOUR).isoformat(),
        "keep_until": "2028-11-23",
    }
    opened = {"criterion": "ships-with-impact", "seed": 1, "people": ["p-1"]}
    log = entered(begin(head), "opened", opened, SHOWN)
    given = [
        rated(fw, "r-1", 2, SHOWN - HOUR),
        rated(fw, "r-2", 3, SHOWN - HOUR),
        rated(fw, "r-3", 5, SHOWN + HOUR),
    ]

    session = Calibration(fw, fw.profile("senior"), given, log)

    assert session.frame["rater"].tolist() == ["r-1", "r-2"]
    assert [said["first"] for said in session.before("p-1", "mlops")] == [2, 3, 5]
