"""Take it with you, through the page: files that are made when they are asked for."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from skillmatrix.framework import load_framework
from skillmatrix.pages.home import Home
from skillmatrix.pages.record import record_blocks
from tests.pages.conftest import Ask
from tests.reports.reading import everything


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts out: drawing is the slow part, and it is claimed elsewhere."""
    monkeypatch.setattr("skillmatrix.reports.content.gap_plots", lambda *_, **__: ())


def note(send: Ask, text: str, visibility: str, skill: str = "mlops") -> None:
    send("note", skill=skill, text=text, visibility=visibility)


def taken(answer: dict[str, Any]) -> tuple[str, bytes]:
    file = answer["file"]
    return file["name"], base64.b64decode(file["base64"], validate=True)


def test_each_version_says_what_it_would_leave_out(send: Ask):
    """Counted before anything is made, and only for the versions that leave."""
    note(send, "to myself", "private")
    note(send, "to my mentor", "shared", "python")

    told = {version["id"]: version["without"] for version in send("keep")["keep"]}

    assert told == {
        "myself": "",
        "mentor": "without 1 note",
        "calibration": "without 2 notes and the name",
    }


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_private_note_is_in_the_own_report_only(send: Ask, kind: Any):
    """The words are in the version for oneself, and in no byte of the other two."""
    note(send, "QUITEPRIVATE", "private")

    held = {
        audience: "QUITEPRIVATE"
        in everything(taken(send("report", audience=audience, format=kind))[1], kind)
        for audience in ("myself", "mentor", "calibration")
    }

    assert held == {"myself": True, "mentor": False, "calibration": False}


def test_a_report_is_a_pdf_too(send: Ask):
    """The name says the reader; what it is like is claimed with the reports."""
    name, content = taken(send("report", audience="mentor", format="pdf"))

    assert name.endswith("-for-mentor.pdf")
    assert content.startswith(b"%PDF-")


def test_what_is_held_back_is_left_out_here_as_well(send: Ask):
    """One choice for the packet and for the report."""
    note(send, "HELDBACK", "shared", "python")
    send("hold", audience="mentor", notes=["python"])

    _, content = taken(send("report", audience="mentor", format="html"))

    assert b"HELDBACK" not in content


def test_making_a_report_stores_nothing(send: Ask):
    """The number of the last change is the same before and after."""
    before = send("undo")["seq"]

    send("report", audience="myself", format="html")
    send("keep")

    assert send("undo")["seq"] == before


@pytest.mark.parametrize("kind", ["csv", "wide", "xlsx"])
def test_everything_can_be_taken_as_data(send: Ask, kind: str):
    """A table with what was entered."""
    send("rate", skill="mlops", value=3)

    name, content = taken(send("data", format=kind))

    assert name.endswith(".xlsx" if kind == "xlsx" else ".csv")
    assert "mlops" in everything(content, "xlsx" if kind == "xlsx" else "csv")


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "everybody", "format": "pdf"},
        {"audience": "mentor", "format": "docx"},
        {"audience": "mentor"},
        {"audience": "mentor", "format": "pdf", "path": "elsewhere.pdf"},
    ],
)
def test_nothing_else_can_be_asked_for(send: Ask, wrong: dict[str, str]):
    """Readers and formats are checked in the kernel."""
    assert send("report", ok=False, **wrong)["problems"]


def test_a_second_round_can_say_what_changed(send: Ask):
    """Only where there is a round before; then the report has a part on it."""
    send("rate", skill="mlops", value=2)
    assert send("keep")["since"] is None
    first = send("hello")["state"]["assessment"]["code"]
    answers: list[dict[str, Any]] = []
    again = {"kind": "command", "id": "again", "name": "duplicate", "args": {"assessment": first}}
    Home().answer({**again, "base": 0}, answers.append)
    send("hello", assessment=answers[0]["opened"])
    send("rate", skill="mlops", value=3)

    assert send("keep")["since"] is not None
    _, plain = taken(send("report", audience="mentor", format="html"))
    _, since = taken(send("report", audience="mentor", format="html", since=True))

    assert b"What changed since" not in plain
    assert b"What changed since" in since
    assert b"1 up, 0 down" in since


def test_after_the_lock_the_author_still_has_all_of_it(send: Ask):
    """The record lies beside a locked round: it is in her own report, and in no other."""
    blocks = record_blocks(load_framework("ml-specialist"))
    item = next(i["id"] for b in blocks if b["form"] == "answer" for i in b["items"])
    send("record", id="r1", entry={"item": item, "text": "RECORDEDWORD"})
    seq = send("hand_over", audience="mentor")["hand_over"]["seq"]
    send("lock", audience="mentor", seq=seq, private={})

    held = {
        audience: b"RECORDEDWORD" in taken(send("report", audience=audience, format="html"))[1]
        for audience in ("myself", "mentor", "calibration")
    }

    assert held == {"myself": True, "mentor": False, "calibration": False}


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_chart_can_be_taken_as_a_picture(send: Ask, kind: str, begins: bytes):
    """Named by the code, as everything that leaves."""
    name, content = taken(send("chart", format=kind))

    assert name.endswith(f".gap.{kind}")
    assert content.startswith(begins)
