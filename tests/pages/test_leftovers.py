"""What a browser may forget: drafts of erased assessments, and of no others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages import rounds
from skillmatrix.pages.home import Home
from skillmatrix.store import open_store
from skillmatrix.store.erase import erase

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def test_only_what_was_erased_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that is here, or that was never here, may not be forgotten: a backup may bring it."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    with open_store(tmp_path / "ws") as store:
        ana = rounds.begin(store, "Ana", "senior", "ana")
        bo = rounds.begin(store, "Bo", "senior", "bo")
        erase(store, ana.person_code, NOW)
    answers: list[dict[str, Any]] = []
    codes = [ana.code, bo.code, "a-23456789abcd", "x" * 5000]
    message = {"kind": "command", "id": "c1", "name": "leftovers", "args": {"codes": codes}}
    Home().answer(message, answers.append)

    assert answers[0]["erased"] == [ana.code]
