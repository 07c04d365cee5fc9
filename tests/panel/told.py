"""Small sessions, made of what was rated and what was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import skillmatrix as sm
from skillmatrix.framework import Framework
from skillmatrix.panel import begin, entered
from skillmatrix.panel.calibration import Calibration

AT = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
P1, P3 = "ships-with-impact", "monitoring-lifecycle"

Entry = tuple[str, Mapping[str, Any]]


def rated(
    fw: Framework, person: str, rater: str | None, levels: Mapping[str, Any], **more: Any
) -> sm.Assessment:
    """One rater's view of one person; without a rater it is her own."""
    by = {"kind": more.pop("kind", "peer"), "code": rater} if rater else {"kind": "self"}
    return sm.Assessment(
        framework=fw.key,
        person={"code": person},
        rater=by,
        as_of="2026-11-20",
        ratings=dict(levels),
        **more,
    )


def session(
    fw: Framework,
    assessments: Iterable[sm.Assessment],
    entries: Iterable[Entry] = (),
    **more: Any,
) -> Calibration:
    """A session with a log of these entries."""
    head = {"kind": "calibration", "code": "m-1", "title": "Autumn", "framework": fw.key}
    head |= {"profile": "senior", "started_at": AT.isoformat(), "keep_until": "2028-11-23"}
    log = begin(head | more.pop("head", {}))
    for kind, content in entries:
        log = entered(log, kind, content, AT)
    return Calibration(fw, fw.profile("senior"), assessments, log, **more)


def decided(person: str, skill: str | None, after: Any, **more: Any) -> Entry:
    """A decision, by Kim, for a reason."""
    said = {"person": person, "criterion": P3, "after": after, "reason": "anchor misread"}
    return "decided", {**said, "skill": skill, "decided_by": "Kim", **more}


def again(person: str, rater: str, levels: Mapping[str, Any], criterion: str = P3) -> Entry:
    """What a rater said the second time."""
    said = {"person": person, "criterion": criterion, "rater": rater}
    return "second", {**said, "levels": dict(levels)}
