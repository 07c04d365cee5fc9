"""What each reader gets: nothing private leaves, and nothing nobody can vouch for."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment import as_data, assessment_from
from skillmatrix.assessment.share import Held, share, silent

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


def test_what_is_held_back_stays_whoever_reads():
    """Name, note, item, paragraph and plan held back are nowhere; the rest goes."""
    held = Held(
        name=True,
        notes=frozenset({"python"}),
        evidence=frozenset({"e1"}),
        case=frozenset({"opening"}),
        plan=frozenset({"mlops"}),
    )
    text = json.dumps(as_data(share(assessment_from(full(), framework=FW), "mentor", held)))

    gone = ["NAME", "SHARED", "EVIDENCE", "PARAGRAPH", "ACTION"]
    assert [word for word in gone if word in text] == []
    assert "PANEL" in text


def test_a_reason_held_back_leaves_the_variant():
    """The context stays as it was chosen; only the words for it stay behind."""
    aim = {"overlays": ["startup"], "reasons": {"startup": "REASON"}}
    mine = assessment_from({**full(), "aim": aim}, framework=FW)

    shared = share(mine, "mentor", Held(reasons=frozenset({"startup"})))

    assert shared.aim.overlays == ("startup",)
    assert "REASON" not in json.dumps(as_data(shared))
    assert share(mine, "mentor").aim.reasons["startup"] == "REASON"


def test_no_id_and_no_time_tells_what_the_words_do_not():
    """Ids made of titles become digits, the same in each round; times of typing stay."""
    data = full()
    data["evidence"][0]["id"] = "leaving-for-a-rival"
    data["case"]["opening"]["evidence"] = ["leaving-for-a-rival", "taken-out-long-ago"]
    data["plan"]["mlops"]["actions"][0]["id"] = "tell-nobody"
    data["rater"]["code"] = "ana-b"
    times = {"created_at": "2026-11-01T09:00:00Z", "updated_at": "2026-11-19T23:59:00Z"}
    shared = share(assessment_from({**data, **times}, framework=FW), "mentor")
    text = json.dumps(as_data(shared))

    for word in ("rival", "long-ago", "nobody", "ana-b", "2026-11-01", "23:59"):
        assert word not in text
    assert shared.case["opening"].evidence == (shared.evidence[0].id,)
    assert share(shared, "mentor") == shared


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("e1", True),
        ("e-12", True),
        ("3f2c9a10-1111-4222-8333-444455556666", True),
        ("decade", False),
        ("feedface-cafe-nine", False),
        ("run17", False),
    ],
)
def test_only_ids_without_a_word_stay_as_they_are(name: str, same: bool):
    """Numbers and random digits stay; whatever could be read is replaced."""
    assert (silent(name, "p-1") == name) is same
    assert silent(silent(name, "p-1"), "p-1") == silent(name, "p-1")
