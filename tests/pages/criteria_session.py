"""A small calibration session under P3: five people, three raters, all of it known."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import skillmatrix as sm
from skillmatrix.assessment import as_data, lock
from skillmatrix.framework import Framework
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.pages.session import now

P3 = "monitoring-lifecycle"
P1 = "ships-with-impact"
#: Of mlops and quality mindset, by rater; p-a is apart, p-e is settled and agreed, the others are
#: open: what P3 asks for as evidence they have, and levels of 4 are not carried.
RATED = {
    "p-a": {"r-1": (1, 2), "r-2": (3, 2), "r-3": (3, 2)},
    "p-b": {"r-1": (4, 4), "r-2": (4, 4), "r-3": (4, 4)},
    "p-c": {"r-1": (2, 4), "r-2": (4, 4), "r-3": (3, 4)},
    "p-d": {"r-1": (4, 4), "r-2": (4, "NOT_OBSERVED")},
    "p-e": {"r-1": (1, 1), "r-2": (1, 1)},
}
EVIDENCE: list[dict[str, Any]] = [
    {
        "id": name,
        "title": f"Watch after launch, {name}",
        "date": "2026-05-01",
        "strength": strength,
        "description": "Mine",
        "artefact": f"INC-{name}",
        "confirmed_by": "on-call lead",
        "skills": skills,
        "types": types,
    }
    for name, strength, skills, types in (
        ("e1", "E2", ["mlops"], []),
        ("e2", "E3", [], ["lifecycle-package"]),
        ("e3", "E3", [], ["incident-review"]),
    )
]
IDS = count(1)


def say(page: CalibrationPage, name: str, /, _id: str = "", **args: Any) -> dict[str, Any]:
    """Send one command, give its one answer."""
    message = {"kind": "command", "id": _id or f"c-{next(IDS)}", "name": name, "args": args}
    answers: list[dict[str, Any]] = []
    page.answer(message, answers.append)
    json.dumps(answers)
    return answers[0]


def rating(fw: Framework, person: str, rater: str, levels: tuple[Any, Any]) -> dict[str, str]:
    """Write one locked file; without a rater it is the own view, and r-1 manages everybody."""
    kind = "self" if not rater else "manager" if rater == "r-1" else "peer"
    shown = EVIDENCE[:1] if person in {"p-a", "p-e"} else EVIDENCE
    draft = sm.Assessment(
        framework=fw.key,
        person={"code": person},
        rater={"kind": kind, **({"code": rater} if rater else {})},
        as_of="2026-11-20",
        ratings=dict(zip(("mlops", "quality-mindset"), levels, strict=True)),
        evidence=[] if rater else shown,
    )
    text = json.dumps(as_data(lock(draft, now())))
    return {"name": f"{person}.{rater}.assessment.json", "text": text}


def files(fw: Framework) -> list[dict[str, str]]:
    """Write the session above."""
    return [
        rating(fw, person, rater, levels)
        for person, raters in RATED.items()
        for rater, levels in {"": (5, 5), **raters}.items()
    ]


def begin_session(fw: Framework) -> tuple[CalibrationPage, str]:
    """Begin a session in the workspace of now, with all files in and three raters present."""
    page = CalibrationPage()
    code = say(page, "begin", title="Autumn", facilitator="Kim", profile="senior")["opened"]
    assert say(page, "take_files", files=files(fw))["kind"] == "ack"
    say(page, "enter", kind="present", content={"raters": ["r-3", "r-1", "r-2"]})
    return page, code
