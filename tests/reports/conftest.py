"""A person with a word to hide in every place where one can write, and reports about her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework, Profile
from skillmatrix.reports import Report, report
from tests.conftest import assess, proof

TODAY = dt.date(2026, 11, 20)
Person = Callable[..., Assessment]
Made = Callable[..., Report]

RATINGS = {"mlops": 4, "python": 4, "core-ml": 3, "validation": 2, "streaming": "DECLINED"}
EVIDENCE = (
    proof("E3", "mlops", id="e1", title="Drift runbook", artefact="https://wiki.example/runbook"),
    proof("E2", "python", id="e2", title="Feature package", date="2024-01-31"),
)


def written(private: str = "PRIVATE", recorded: str = "RECORDED", **other: Any) -> dict[str, Any]:
    """Give notes of each visibility, a record, a plan and a case; say only what matters."""
    return {
        "person": {"code": "p-7", "name": "Ana Example"},
        "notes": {
            "mlops": {"text": f"{private} doubts", "visibility": "private"},
            "python": {"text": "SHARED words", "visibility": "shared"},
            "core-ml": {"text": "PANEL words", "visibility": "panel"},
        },
        "record": [{"id": "r1", "item": "responsibility-problems", "text": f"{recorded} work"}],
        "plan": {
            "validation": {
                "opportunity": False,
                "actions": [
                    {"id": "a1", "text": "PLANNED review", "due": "2026-11-19"},
                    {"id": "a2", "text": "Later", "due": "2026-11-20"},
                    {"id": "a3", "text": "Long ago", "done": "2026-01-01"},
                ],
            }
        },
        "case": {
            "opening": {"text": "ARGUED opening"},
            "monitoring-lifecycle-gate-mlops": {"text": "ARGUED for MLOps", "evidence": ["e1"]},
        },
        **other,
    }


@pytest.fixture(scope="session")
def recorded_item(fw: Framework) -> str:
    """Give the id of something that can be recorded against."""
    kinds = {block.kind for block in fw.record.values() if block.form == "answer"}
    return next(name for name, entry in fw.items.items() if entry.kind in kinds)


@pytest.fixture(scope="session")
def person(fw: Framework, recorded_item: str) -> Person:
    """Make a person who has written in every place."""

    def make(**other: Any) -> Assessment:
        content = written(**other)
        for entry in content["record"]:
            entry["item"] = recorded_item
        return assess(fw, content.pop("ratings", RATINGS), evidence=EVIDENCE, **content)

    return make


@pytest.fixture(scope="session")
def made(person: Person, senior: Profile) -> Made:
    """Put a report together: for a reader, about a person who wrote everywhere.

    Without its charts, unless they are asked for: drawing is the slow part. What was put
    together once is given again.
    """
    known: dict[str, Report] = {}

    def make(audience: str = "myself", *, charts: bool = False, **other: Any) -> Report:
        key = f"{audience} {other!r}"
        if key not in known:
            more = {name: other.pop(name) for name in ("since", "held") if name in other}
            about = person(**other)
            known[key] = report(about, senior, audience, today=TODAY, **more)  # type: ignore[arg-type]
        return known[key] if charts else replace(known[key], charts=())

    return make
