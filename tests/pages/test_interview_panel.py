"""The interview panel: nothing is seen before all have closed; a decision has reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages.interview_panel import InterviewPage
from skillmatrix.pages.interview_people import made_code
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
    return ask("seal", rater=rater, scores=scores, **more)


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
    said: dict[str, Any] = {
        "rests_on": [DIMENSION],
        "words": "Framed the case twice.",
        "decided_by": "Kim",
    }

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


def test_no_file_of_closed_scores_leaves_but_to_its_author(ask: Asked) -> None:
    """Closing gives the file; asked for afterwards it is refused until scores are shown."""
    one, two = seats(ask, "Lee", "Mia")

    closed = close(ask, one, 4, notes={DIMENSION: MARK})
    asked = ask("score_file", rater=one)
    ask("set_room", raters=[{"code": one}], exercises=[])
    alone = ask("score_file", rater=one)
    ask("set_room", raters=[{"code": one}, {"code": two}], exercises=[])
    close(ask, two, 3)
    ask("reveal")

    assert MARK in closed["file"]["data"]
    assert MARK not in json.dumps(closed["state"])
    assert [asked["kind"], alone["kind"]] == ["refused", "refused"]
    assert MARK in ask("score_file", rater=one)["data"]


def test_scores_opened_again_stand_in_the_log_and_begin_where_they_were(ask: Asked) -> None:
    """Who and when, of the scores nothing; the seat has what was closed, from a file too."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4, notes={DIMENSION: MARK})

    opened = ask("unseal", rater=one)
    seat = ask("take_seat", rater=one)["seat"]
    close(ask, one, 3)
    close(ask, two, 3)
    ask("reveal")
    log = json.loads(ask("log_file")["data"])

    assert opened["state"]["opened"][0]["name"] == "Lee"
    assert seat["notes"] == {DIMENSION: MARK}
    entry = next(e for e in log["entries"] if e["kind"] == "opened_again")
    assert entry["content"] == {"person": ask.page.candidate, "rater": one}
    assert "opened again" in ask("interview_report")["data"]


def test_a_command_sent_twice_makes_nobody_twice(ask: Asked) -> None:
    """The same id names the same people; an erased candidate does not come back by a resend."""
    import datetime as dt

    from skillmatrix.store.erase import erase

    given: dict[str, Any] = {"raters": [{"name": "Lee"}, {"name": "Mia"}], "exercises": []}
    first = ask("set_room", _id="twice", **given)
    again = ask("set_room", _id="twice", **given)
    page = Asked(InterviewPage())
    page("hello", assessment=None, framework=None, embed="voila")
    begun: dict[str, Any] = {"title": "B", "candidate_name": "Eve Once"}
    opened = page("begin", _id="begun", **begun)
    erase(page.page.store, page.page.candidate, dt.datetime.now(dt.UTC))
    fresh = Asked(InterviewPage())
    resent = fresh("begin", _id="begun", **begun)
    store = fresh.page.store
    codes = [made_code(store, "r", "x", at) for at in (0, 0, 1)]

    assert first["state"]["panel"] == again["state"]["panel"]
    assert resent["opened"] == opened["opened"]
    assert resent["state"]["erased"] is True
    assert codes[0] == codes[1] != codes[2]
    assert "Eve Once" not in store.parts[1].read(store.workspace_id).values()


def test_a_file_takes_the_unused_seat_of_its_name(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lee and Noa are named here, Noa scores elsewhere: there are still two, and all closed."""
    lee, noa = seats(ask, "Lee", "Noa")
    close(ask, lee, 4)
    code = ask.page.candidate
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "other"))
    other = Asked(InterviewPage())
    other("hello", assessment=None, framework=None, embed="voila")
    other("begin", title="Interview", candidate=f" {code} ")
    (elsewhere,) = seats(other, "noa")
    text = close(other, elsewhere, 2)["file"]["data"]

    taken = ask("take_scores", name="noa.json", text=text)

    assert [p["code"] for p in taken["state"]["panel"]] == [lee, elsewhere]
    assert noa not in ask.page.interview().raters
    assert ask("reveal")["state"]["revealed"] is True
    assert ask("unseal", rater=elsewhere)["kind"] == "refused"


def test_somebody_taken_off_comes_back_with_what_was_given(ask: Asked) -> None:
    """The old code is offered and accepted; nobody is named twice, and twelve are the most."""
    one, two = seats(ask, "Lee", "Mia")
    ask("give", rater=two, scores={DIMENSION: 2})
    gone = ask("set_room", raters=[{"code": one}], exercises=[])
    ask("set_room", raters=[{"code": one}, {"code": two}], exercises=[])

    twice = ask("set_room", raters=[{"code": one}, {"code": one}], exercises=[])
    many = ask("set_room", raters=[{"name": f"R{n}"} for n in range(13)], exercises=[])

    assert gone["state"]["offered"] == [{"code": two, "name": "Mia"}]
    assert ask("take_seat", rater=two)["seat"]["scores"] == {DIMENSION: 2}
    assert "named twice" in twice["problems"][0]["found"]
    assert many["problems"][0]["found"] == "13 names"


def test_interviewers_of_earlier_panels_keep_their_code(ask: Asked) -> None:
    """A second panel offers them, and takes the same code; its candidate may not be one of them."""
    one, two = seats(ask, "Lee", "Mia")
    ask("meetings")
    stolen = ask("begin", title="Second", candidate=one)
    crooked = ask("begin", title="Second", candidate="a b")
    second = ask("begin", title="Second")

    named = ask("set_room", raters=[{"code": two}], exercises=[])

    assert [each["code"] for each in second["state"]["offered"]] == [one, two]
    assert named["state"]["panel"] == [{"code": two, "name": "Mia", "state": "none"}]
    assert "an interviewer: Lee" in stolen["problems"][0]["found"]
    assert "letters, digits" in crooked["problems"][0]["expected"]


def test_a_closed_interview_takes_nothing_until_it_is_opened(ask: Asked) -> None:
    """Agreeing, deciding and scoring wait; a decision that changes nothing is none."""
    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4)
    close(ask, two, 4)
    ask("reveal")
    said: dict[str, Any] = {
        "rests_on": [DIMENSION],
        "words": "Sound.",
        "decided_by": "Kim",
        "outcome": "offer",
    }
    ask("decide", _id="once", **said)
    before = len(ask.page.log().entries)
    ask("decide", _id="once", **said)
    same = ask("decide", **said)
    ask("enter", kind="closed")

    late = [
        ask("agree", dimension=DIMENSION, after=4),
        ask("decide", **{**said, "words": "Other."}),
        ask("set_room", raters=[{"code": one}, {"code": two}, {"name": "Noa"}], exercises=[]),
    ]
    ask("enter", kind="reopened")

    assert same["problems"][0]["found"] == "the one that stands"
    assert ["open it again" in a["problems"][0]["remedy"] for a in late] == [True] * 3
    assert len(ask.page.log().entries) == before + 2
    assert ask("agree", dimension=DIMENSION, after=4)["kind"] == "ack"


def test_a_seal_and_a_reveal_from_two_tabs_lose_nothing(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reveal falls between looking and storing: the scores are entered, and count as late."""
    one, two, three = seats(ask, "Lee", "Mia", "Noa")
    close(ask, one, 4)
    close(ask, two, 4)
    other = Asked(InterviewPage())
    other.count = 500
    other("hello", assessment=ask.page.code, framework=None, embed="voila")
    room = ask.page.meetings
    plain = type(room).append_all
    raced: list[dict[str, Any]] = []

    def racing(self: Any, code: str, events: Any, **how: Any) -> Any:
        if not raced:
            raced.append({})
            raced[0] = other("reveal", anyway=True)
        return plain(self, code, events, **how)

    monkeypatch.setattr(type(room), "append_all", racing)
    close(ask, three, 1)

    assert raced[0]["state"]["revealed"] is True
    assert [(r["name"], r["late"]) for r in ask("shown")["shown"]["raters"]][2] == ("Noa", True)
    assert ask("shown")["shown"]["rows"][0]["range"] == 0


def test_of_an_erased_candidate_nothing_more_is_taken(ask: Asked) -> None:
    """The page says so, and every command that would store is refused."""
    import datetime as dt

    from skillmatrix.store.erase import erase

    one, two = seats(ask, "Lee", "Mia")
    close(ask, one, 4)
    erase(ask.page.store, ask.page.candidate, dt.datetime.now(dt.UTC))
    fresh = Asked(InterviewPage())
    fresh.count = 900
    told = fresh("hello", assessment=ask.page.code, framework=None, embed="voila")

    refused = [
        fresh("take_seat", rater=two),
        fresh("give", rater=two, scores={DIMENSION: 4}),
        close(fresh, two, 4),
        fresh("enter", kind="remark", content={"text": "x"}),
    ]

    assert told["state"]["erased"] is True
    assert [a["problems"][0]["found"] for a in refused] == ["erased on request"] * 4


def test_the_report_says_who_looked_and_what_was_meant(ask: Asked) -> None:
    """Not seen is not silence; words about a flag, the lead and the correction stand in it."""
    one, two = seats(ask, "Lee", "Mia")
    flag = next(o.id for o in ask.page.rubric.observations.values() if o.kind == "red-flag")
    close(ask, one, 4, observations={flag: {"seen": "seen", "words": "Blamed a colleague."}})
    close(ask, two, 3, observations={flag: {"seen": "not seen", "words": ""}})
    ask("reveal")
    ask("talk", observation=flag, words="Once.")
    ask("talk", observation=flag, words="Twice.")
    said: dict[str, Any] = {"rests_on": [DIMENSION], "words": "Sound.", "decided_by": "Kim"}
    ask("decide", outcome="offer", **said)
    ask("decide", outcome="no offer", **said)

    page = ask("interview_report")["data"]

    assert "seen by Lee; looked for and not seen by Mia" in page
    assert "Lee: Blamed a colleague." in page
    assert "corrected; the log has both" in page
    assert '<dt>Led by</dt><dd dir="auto">Kim</dd>' in page
    assert "stays in the log" in page
    assert "Nobody said anything about one." in page
