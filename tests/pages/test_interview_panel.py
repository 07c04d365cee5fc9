"""The interview panel: nothing is seen before all have closed; a decision has reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages.interview_panel import InterviewPage
from tests.pages.test_calibration_collect import Asked

DIMENSION = "framing-metrics"
MARK = "MARKER-7391"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """An interview just begun."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    asked = Asked(InterviewPage())
    asked("hello", assessment=None, framework=None, embed="voila")
    asked("begin", title="ML Specialist", facilitator="Kim", candidate_name="Ada Candidate")
    return asked


def seats(ask: Asked, *names: str) -> list[str]:
    """Name the interviewers; give their codes."""
    told = ask("set_room", raters=[{"name": name} for name in names], exercises=[])
    return [each["code"] for each in told["state"]["panel"]]


def close(ask: Asked, rater: str, level: int, **more: Any) -> dict[str, Any]:
    """Score all dimensions alike and close them."""
    scores = dict.fromkeys(ask.page.rubric.dimensions, level)
    ask("give", rater=rater, scores=scores, **more)
    return ask("seal", rater=rater)


def test_no_answer_carries_a_score_before_the_reveal(ask: Asked) -> None:
    """A word in a closed note is in no answer until the scores are shown, then it is."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4, notes={DIMENSION: MARK})
    answers = [
        ask("hello", assessment=ask.page.code, framework=None, embed="voila"),
        ask("take_seat", rater=two),
        ask("take_seat", rater=one),
        ask("shown"),
        ask("log_file"),
        ask("ping"),
        ask("reveal"),
        ask("interview_report"),
    ]
    close(ask, two, 2)

    ask("reveal")
    shown = ask("shown")

    assert all(MARK not in json.dumps(each) for each in answers)
    assert [each["kind"] for each in answers[2:4]] == ["refused", "refused"]
    assert MARK in json.dumps(shown)
    assert shown["shown"]["rows"][0]["range"] == 2


def test_what_is_closed_cannot_be_changed_after_the_reveal(ask: Asked) -> None:
    """Before it, a rater may open the own scores again; afterwards nobody may."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4)

    opened = ask("unseal", rater=one)
    close(ask, one, 3)
    close(ask, two, 3)
    ask("reveal")

    assert opened["state"]["panel"][0]["state"] == "begun"
    assert ask("unseal", rater=one)["kind"] == "refused"
    assert ask("give", rater=one, scores={DIMENSION: 5})["kind"] == "refused"


def test_scores_closed_after_the_reveal_are_marked_and_left_out_of_agreement(ask: Asked) -> None:
    """Two were blind, one was not: the pairs are those of the two."""
    one, two, three = seats(ask, "Lee", "Mia", "Noa")
    close(ask, one, 4)
    close(ask, two, 4)

    refused = ask("reveal")
    ask("reveal", anyway=True)
    close(ask, three, 1)
    shown = ask("shown")["shown"]

    assert "Noa" in refused["problems"][0]["found"]
    assert [(r["name"], r["late"]) for r in shown["raters"]] == [
        ("Lee", False),
        ("Mia", False),
        ("Noa", True),
    ]
    assert [(p["n"], p["exact"]) for p in shown["pairs"]] == [(8, 8)]


def test_a_red_flag_has_to_be_talked_about_and_decides_nothing(ask: Asked) -> None:
    """With a flag seen, the decision waits for words about it; then any outcome is possible."""
    one, two = seats(ask, "Lee", "Mia")
    flag = next(o.id for o in ask.page.rubric.observations.values() if o.kind == "red-flag")
    close(ask, one, 4, observations={flag: {"seen": "seen", "words": "once"}})
    close(ask, two, 4)
    ask("reveal")
    said = {"rests_on": [DIMENSION], "words": "Framed the case twice.", "decided_by": "Kim"}

    early = ask("decide", outcome="offer", **said)
    ask("talk", observation=flag, words="Asked back: a misunderstanding.")
    late = ask("decide", outcome="offer", **said)
    again = ask("decide", outcome="another step", **said)
    log = json.loads(ask("log_file")["data"])

    assert early["kind"] == "refused"
    assert late["state"]["outcome"] == "offer"
    assert again["state"]["outcome"] == "another step"
    decided = [e for e in log["entries"] if e["kind"] == "decided"]
    assert [e["content"]["corrects"] for e in decided] == [None, decided[0]["seq"]]


@pytest.mark.parametrize(
    "change",
    [{"words": " "}, {"rests_on": []}, {"decided_by": ""}, {"rests_on": ["tango"]}],
)
def test_a_decision_without_reasons_is_refused(ask: Asked, change: dict[str, Any]) -> None:
    """Words, a dimension and a name are each needed."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4)
    close(ask, two, 4)
    ask("reveal")
    said = {"rests_on": [DIMENSION], "words": "Framed the case.", "decided_by": "Kim", **change}

    assert ask("decide", outcome="offer", **said)["kind"] == "refused"


def test_scores_travel_as_a_file_that_shows_every_change(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scored elsewhere under the candidate's code, taken in once; one changed step is refused."""
    code = ask.page.candidate
    (lee,) = seats(ask, "Lee")
    close(ask, lee, 4)
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "other"))
    other = Asked(InterviewPage())
    other("hello", assessment=None, framework=None, embed="voila")
    other("begin", title="Interview", candidate=code)
    (mia,) = seats(other, "Mia")
    close(other, mia, 2)
    text = other("score_file", rater=mia)["data"]

    broken = ask("take_scores", name="x.json", text=text.replace('": 2', '": 3', 1))
    first = ask("take_scores", name="mia.json", text=text)
    again = ask("take_scores", name="mia.json", text=text)
    ask("reveal")

    assert "changed" in broken["problems"][0]["remedy"]
    assert [p["name"] for p in first["state"]["panel"]] == ["Lee", "Mia"]
    assert again["again"] is True
    assert ask("shown")["shown"]["rows"][0]["range"] == 2


def test_below_five_candidates_there_is_no_coefficient(ask: Asked) -> None:
    """One candidate: counts of pairs, and the reason why there is no more."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4)
    close(ask, two, 3)
    ask("reveal")

    told = ask("over_all")["over_all"]

    assert (told["candidates"], told["pairs"]) == (1, {"n": 8, "exact": 0, "near": 8})
    assert all("fewer than 5 say" in words for words in told["words"])


def test_the_report_has_everything_and_no_total(ask: Asked) -> None:
    """Scores by name, the reasons, who decided; hostile words are escaped."""
    one, two = seats(ask, "Lee", "<b>Mia</b>")
    close(ask, one, 4, notes={DIMENSION: "<script>alert(1)</script>"})
    close(ask, two, 3)
    ask("reveal")
    ask("agree", dimension=DIMENSION, after=4, words="Second framing was sound.")
    ask("decide", outcome="offer", rests_on=[DIMENSION], words="Sound.", decided_by="Kim")

    page = ask("interview_report")["data"]

    assert "Make an offer" in page
    assert "Second framing was sound." in page
    assert "Ada Candidate" in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>Mia" not in page


def test_the_candidate_is_erased_with_everything_said(ask: Asked) -> None:
    """The log still verifies; neither code nor words of the candidate are in it."""
    import datetime as dt

    from skillmatrix.panel import log_from
    from skillmatrix.store.erase import erase

    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4, notes={DIMENSION: "described the parcel case in detail"})
    close(ask, two, 3)
    ask("reveal")
    code, candidate = ask.page.code, ask.page.candidate

    erase(ask.page.store, candidate, dt.datetime.now(dt.UTC))
    fresh = Asked(InterviewPage())
    fresh("hello", assessment=code, framework=None, embed="voila")
    text = fresh("log_file")["data"]

    raw = b"".join(f.read_bytes() for f in fresh.page.store.folder.rglob("*") if f.is_file())

    assert "parcel" not in text
    assert candidate.encode() not in raw
    assert b"Ada Candidate" not in raw
    assert len(log_from(json.loads(text)).entries) == 4
