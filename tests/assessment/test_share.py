"""What each reader gets: nothing private leaves, and nothing nobody can vouch for."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment import as_data, assessment_from
from skillmatrix.assessment.share import share

FW = sm.load_framework()


def full() -> dict[str, Any]:
    """An assessment with a marker word in every place a word can stand."""
    return {
        "format": "skillmatrix.assessment",
        "format_version": 1,
        "framework": FW.key,
        "person": {"code": "p-1", "name": "NAME", "unknown": "STRANGE-1"},
        "rater": {"kind": "self"},
        "aim": {"profile": "senior", "unknown": "STRANGE-2"},
        "as_of": "2026-11-20",
        "ratings": {"mlops": 3, "python": "DECLINED"},
        "notes": {
            "mlops": {"text": "PRIVATE-1", "visibility": "private"},
            "python": {"text": "SHARED", "visibility": "shared", "unknown": "STRANGE-3"},
            "streaming": {"text": "PANEL", "visibility": "panel"},
        },
        "evidence": [
            {
                "id": "e1",
                "title": "EVIDENCE",
                "date": "2026-05-01",
                "strength": "E1",
                "description": "what I did",
                "record": "RECORD-ID",
            }
        ],
        "record": [{"id": "RECORD-ID", "item": "tool-mlflow", "text": "PRIVATE-2"}],
        "plan": {"mlops": {"actions": [{"id": "a", "text": "ACTION", "unknown": "STRANGE-4"}]}},
        "case": {"opening": {"text": "PARAGRAPH"}},
        "unknown": "STRANGE-5",
    }


@pytest.mark.parametrize(
    ("audience", "stays", "goes"),
    [
        ("mentor", ["PRIVATE", "RECORD-ID", "STRANGE"], ["NAME", "SHARED", "PANEL", "ACTION"]),
        ("calibration", ["PRIVATE", "RECORD-ID", "STRANGE", "NAME", "SHARED", "ACTION"], ["PANEL"]),
    ],
)
def test_what_leaves_holds_no_private_word(audience: Any, stays: list[str], goes: list[str]):
    """A marker of what stays is nowhere in the content; what goes is there."""
    shared = share(assessment_from(full(), framework=FW), audience)
    text = json.dumps(as_data(shared))

    assert [word for word in stays if word in text] == []
    assert [word for word in [*goes, "EVIDENCE", "PARAGRAPH"] if word not in text] == []
    assert shared.ratings["python"].value == "DECLINED"
    assert assessment_from(as_data(shared), framework=FW) == shared


def test_for_myself_is_everything():
    """The own copy is the same assessment."""
    mine = assessment_from(full(), framework=FW)

    assert share(mine, "myself") is mine


def test_what_was_left_out_is_not_under_the_old_hash():
    """Of a locked assessment a reader gets a draft: the hash was of something else."""
    locked = sm.lock(assessment_from(full(), framework=FW), dt.datetime.now(dt.UTC))
    shared = share(locked, "calibration")

    assert (shared.status, shared.sha256, shared.locked_at) == ("draft", None, None)
