"""Entries that a calibration page adds as they are: about somebody and something of the session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.store.met import name_of
from tests.pages.calibrating import Told, files, locked

P3 = "monitoring-lifecycle"


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fw: Framework) -> Told:
    """One person, rated by one."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    made = Told()
    made("begin", title="Autumn", facilitator="Kim")
    made("take_files", files=files([locked(fw, "p-ana", "r-1", {"mlops": 3})]))
    return made


def test_what_is_about_nobody_or_nothing_here_is_refused(told: Told) -> None:
    """Each with its place, and nothing is entered."""
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("spoken", {"person": "p-cy", "criterion": P3, "seconds": 5}, "person"),
        ("spoken", {"person": "p-ana", "criterion": "charm", "seconds": 5}, "criterion"),
        ("remark", {"text": " \t"}, "remark"),
        ("remark", {"text": "x", "criterion": "charm"}, "criterion"),
        ("present", {"raters": ["r-1", "r-1"]}, "present"),
        ("present", {"raters": ["r-1", "practice-1"]}, "present"),
        ("reopened", {}, "session"),
    ]
    before = len(told.page.log().entries)

    refused = [told("enter", ok=False, kind=kind, content=content) for kind, content, _ in wrong]

    assert [each["problems"][0]["where"] for each in refused] == [where for *_, where in wrong]
    assert len(told.page.log().entries) == before


def test_a_closed_session_is_closed_once(told: Told) -> None:
    """Sent twice under one id it is the same command; another one is refused."""
    told.again("shut", "enter", kind="closed", content={})
    told.again("shut", "enter", kind="closed", content={})

    assert told("enter", ok=False, kind="closed", content={})["problems"][0]["where"] == "session"
    told("enter", kind="reopened", content={})
    assert [e.kind for e in told.page.log().entries][1:] == ["closed", "reopened"]


def test_whoever_sits_in_the_room_is_known_from_then_on(told: Told) -> None:
    """Somebody added in the room can be named, exported and erased like the others."""
    told("enter", kind="present", content={"raters": ["r-9", "r-1"]})

    assert name_of(told.page.store, "r-9") == "r-9"
