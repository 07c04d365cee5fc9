"""A person's share in calibration sessions: exported, and erased with the chain still whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from skillmatrix.cli.app import app
from skillmatrix.framework import Framework
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.panel import log_from
from skillmatrix.panel.standing import standing
from skillmatrix.sessions.chain import verify
from tests.pages.test_calibration_collect import Asked, file, rated

WORDS = "led the rollback of the parcel scorer in May"
SAID = {"criterion": "ships-with-impact", "reason": "anchor misread", "decided_by": "Kim"}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fw: Framework) -> Asked:
    """Two people, a criterion opened, a decision about each."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    ask = Asked(CalibrationPage())
    ask("hello", assessment=None, framework=None, embed="voila")
    ask("begin", title="Autumn", facilitator="Kim")
    own = {
        "evidence": [
            {
                "id": "e-1",
                "title": WORDS,
                "date": "2026-05-12",
                "strength": "E1",
                "description": WORDS,
                "skills": ["mlops"],
            }
        ]
    }
    ask("take_files", files=[file(rated(fw, "p-one", "r-1", {"mlops": 3}, **own))])
    ask("take_files", files=[file(rated(fw, "p-two", "r-1", {"mlops": 4}))])
    _enter(ask, "opened", criterion="ships-with-impact", seed=7, people=["p-two", "p-one"])
    for who, after, words in (("p-one", 3, WORDS), ("p-two", 4, "read the anchor again")):
        _enter(ask, "decided", person=who, skill="mlops", after=after, words=words, **SAID)
    return ask


def _enter(ask: Asked, kind: str, **content: Any) -> None:
    from skillmatrix.pages.session import Command

    ask.count += 1
    made = Command(kind="command", id=f"e-{ask.count}", name="enter")
    ask.page.enter(made, kind, content)


def run(*args: str) -> Any:
    """Run the command line."""
    return CliRunner().invoke(app, ["person", *args], catch_exceptions=False)


def test_the_export_holds_what_sessions_say_of_a_person_and_nothing_of_others(
    session: Asked, tmp_path: Path
) -> None:
    """Her file and her decision are in the folder; the other's code is not."""
    run("export", "p-one", "--out", str(tmp_path / "out"))

    code = session.page.code
    told = (tmp_path / f"out/sessions/{code}.json").read_text(encoding="utf-8")
    page = (tmp_path / f"out/sessions/{code}.html").read_text(encoding="utf-8")

    assert [e["kind"] for e in json.loads(told)] == ["file", "log", "log"]
    assert WORDS in told
    assert WORDS in page
    assert "p-two" not in told + page


def test_erasing_empties_her_entries_and_the_log_still_verifies(
    session: Asked, tmp_path: Path
) -> None:
    """No byte of code or words is left; the other's decision and the order still stand."""
    code, before = session.page.code, len(session.page.log().entries)
    session.page.store.close()

    told = run("erase", "p-one", "--yes")
    raw = b"".join(f.read_bytes() for f in (tmp_path / "ws").rglob("*") if f.is_file())
    fresh = Asked(CalibrationPage())
    fresh("hello", assessment=code, framework=None, embed="voila")
    log = log_from(json.loads(fresh("log_file")["data"]))

    assert told.exit_code == 0, told.output
    assert b"p-one" not in raw
    assert b"led the rollback" not in raw
    assert b"read the anchor again" in raw
    assert verify(log.entries, log.head_hash) == []
    assert len(log.entries) == before + 1
    assert sum(entry.removed == "on request" for entry in log.entries) == 3
    assert standing(log).opened["ships-with-impact"].people == ("p-two",)
    assert standing(log).agreed("p-two") == {"mlops": 4}


def test_what_a_rater_practised_is_exported_and_erased_with_the_rater(
    session: Asked, tmp_path: Path
) -> None:
    """Ratings of an invented profile are a rater's own data; the log still verifies."""
    code = session.page.code
    _enter(session, "practised", rater="r-1", profile="practice-1", levels={"mlops": 3})

    run("export", "r-1", "--out", str(tmp_path / "out"))
    told = json.loads((tmp_path / f"out/sessions/{code}.json").read_text(encoding="utf-8"))
    session.page.store.close()
    run("erase", "r-1", "--yes")
    fresh = Asked(CalibrationPage())
    fresh("hello", assessment=code, framework=None, embed="voila")
    log = log_from(json.loads(fresh("log_file")["data"]))

    assert [e["subject"] for e in told] == ["practised"]
    assert standing(log).practised == {}
    assert verify(log.entries, log.head_hash) == []


def test_who_comes_back_after_an_erasure_is_erased_again(
    session: Asked, tmp_path: Path, fw: Framework
) -> None:
    """The same code in a file taken in later: a second erasure takes it out as the first did."""
    code = session.page.code
    session.page.store.close()
    run("erase", "p-one", "--yes")
    again = Asked(CalibrationPage())
    again("hello", assessment=code, framework=None, embed="voila")
    again.count = 900
    again("take_files", files=[file(rated(fw, "p-one", "r-2", {"mlops": 2}))])
    again.page.store.close()

    told = run("erase", "p-one", "--yes")
    raw = b"".join(f.read_bytes() for f in (tmp_path / "ws").rglob("*") if f.is_file())

    assert told.exit_code == 0, told.output
    assert b"p-one" not in raw


def test_a_refused_file_named_after_a_person_goes_and_a_title_is_told(
    session: Asked, tmp_path: Path
) -> None:
    """The refusal is gone; the title stays with the log that hangs on it, and the exit says so."""
    session("name_somebody", code="p-one", name="Ana Silveira")
    session("take_files", files=[{"name": "Ana Silveira draft.json", "text": "{"}])
    session("begin", title="Promotion of Ana Silveira")
    session.page.store.close()

    told = run("erase", "p-one", "--yes")
    raw = b"".join(f.read_bytes() for f in (tmp_path / "ws").rglob("*") if f.is_file())

    assert b"Ana Silveira draft" not in raw
    assert b"Promotion of Ana Silveira" in raw
    assert told.exit_code == 1
    assert "title of a session" in told.output


def test_a_broken_log_elsewhere_does_not_stop_an_erasure(session: Asked, tmp_path: Path) -> None:
    """One entry of another session was changed behind our back; she is erased all the same."""
    session("begin", title="Another")
    _enter(session, "remark", text="changed below")
    database, _ = session.page.store.parts
    from skillmatrix.store.erase import erasing

    with database.write() as connection, erasing(connection):
        connection.exec_driver_sql(
            "UPDATE meeting_event SET payload = replace(payload, 'changed below', 'p-one was here')"
        )
    session.page.store.close()

    told = run("erase", "p-one", "--yes")

    assert "Erased p-one" in told.output


def test_a_page_left_open_forgets_who_was_erased(session: Asked, monkeypatch: Any) -> None:
    """After the erasure in another program the page's next answers no longer know her."""
    from skillmatrix.store import open_store
    from skillmatrix.store.erase import erase

    other = open_store(session.page.store.folder)
    import datetime as dt

    erase(other, "p-one", dt.datetime.now(dt.UTC))

    answer = session("ping")
    told = session("log_file")["data"]

    assert [p["code"] for p in answer["state"]["people"]] == ["p-two"]
    assert WORDS not in told
    assert session("enter", kind="remark", content={"text": "on we go"})["kind"] == "ack"


def test_another_time_of_keeping_leaves_old_logs_readable(
    session: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day to keep a log until is that of its beginning, whatever the environment says now."""
    monkeypatch.setenv("SKILLMATRIX_RETENTION_MONTHS", "12")
    fresh = Asked(CalibrationPage())

    opened = fresh("hello", assessment=session.page.code, framework=None, embed="voila")

    assert opened["kind"] == "ack"
    assert len(fresh.page.log().entries) == 5
