"""The mentor session without a browser: nothing seen before the lock, then both, then agreed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment.packet import make_packet, packet_data
from skillmatrix.assessment.share import Held
from skillmatrix.errors import MismatchError
from skillmatrix.pages.home import Home
from skillmatrix.pages.mentor_session import MentorSession
from skillmatrix.pages.self_review import SelfReview

FW = sm.load_framework()
NUMBERS = count(1)
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
Ask = Callable[..., dict[str, Any]]


def own(person: str = "p-ana", **changes: Any) -> sm.Assessment:
    """What Ana rated herself, with one item of evidence and a note for her mentor."""
    data: dict[str, Any] = {
        "framework": FW.key,
        "person": {"code": person, "name": "Ana"},
        "rater": {"kind": "self"},
        "aim": {"profile": "senior"},
        "as_of": "2026-11-20",
        "ratings": {"mlops": 4, "validation": 3, "streaming": 2, "python": 4},
        "evidence": [
            {
                "id": "e1",
                "title": "SECRET-PIPELINE",
                "date": "2026-05-01",
                "strength": "E2",
                "description": "Built it",
                "artefact": "repo-1",
                "skills": ["mlops"],
            }
        ],
        "notes": {"mlops": {"text": "SECRET-NOTE", "visibility": "shared"}},
    }
    return sm.Assessment.model_validate({**data, **changes})


def packet(assessment: sm.Assessment | None = None, reader: Any = "mentor") -> dict[str, Any]:
    """Pack it for a reader."""
    return packet_data(make_packet(assessment or own(), reader, AT))


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Open the page of a mentor in his own workspace; give what sends commands."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "mentor"))
    page = MentorSession()

    def send(command: str, /, ok: bool = True, **args: Any) -> dict[str, Any]:
        answers: list[dict[str, Any]] = []
        message = {"kind": "command", "id": f"c{next(NUMBERS)}", "name": command, "args": args}
        page.answer({**message, "base": page.seq}, answers.append)
        (answer,) = answers
        assert answer["kind"] == ("ack" if ok else "refused"), answer
        return answer

    send("hello")
    return send


def opened(ask: Ask, data: dict[str, Any] | None = None, name: str = "a.packet.json") -> Any:
    """Open one file and give what is said of it."""
    text = json.dumps(data or packet())
    return ask("open_files", files=[{"name": name, "text": text}], mentor="Lee")


def talked(ask: Ask) -> dict[str, Any]:
    """Rate, lock and reveal; give the state."""
    opened(ask)
    ask("rate", skill="mlops", value=3)
    ask("rate", skill="validation", value="NOT_OBSERVED")
    state = ask("rate", skill="python", value=4)["state"]
    ask("lock_own", seq=state["seq"])
    return ask("enter", kind="revealed")["state"]


def test_before_the_lock_nothing_of_the_other_is_anywhere(ask: Ask):
    """No level, evidence or note of hers in any answer, also not in those that refuse."""
    answers = [opened(ask)]
    answers += [ask("rate", skill="streaming", value=5), ask("ping"), ask("undo")]
    answers += [ask("enter", ok=False, kind="revealed"), ask("session_file", ok=False)]
    state = answers[0]["state"]
    told = json.dumps(answers)

    assert "SECRET" not in told
    assert state["mentor"]["phase"] == "rate"
    assert (state["mentor"]["reveal"], state["mentor"]["seals"]) == (None, None)
    assert all(row["value"] == "UNRATED" for row in state["rows"])
    assert state["assessment"]["person"] == "Ana"


def test_not_observed_is_a_mentors_word_and_declined_is_not(ask: Ask):
    """Each rater has the words that fit."""
    opened(ask)

    ask("rate", skill="mlops", value="NOT_OBSERVED")
    refused = ask("rate", ok=False, skill="mlops", value="DECLINED")
    assert "NOT_OBSERVED" in refused["problems"][0]["expected"]


def test_a_locked_rating_takes_no_change_and_opens_the_predictions(ask: Ask):
    """Sealed with hash and time; what was seen after a change elsewhere is not locked."""
    opened(ask)
    state = ask("rate", skill="mlops", value=3)["state"]
    stale = ask("lock_own", ok=False, seq=state["seq"] - 1)
    locked = ask("lock_own", seq=state["seq"])["state"]
    late = ask("rate", ok=False, skill="mlops", value=4)

    assert "look once more" in stale["problems"][0]["remedy"]
    assert locked["mentor"]["phase"] == "predict"
    assert len(locked["mentor"]["seals"]["other"]["ratings_sha256"]) == 64
    assert locked["mentor"]["reveal"] is None
    assert "SECRET" not in json.dumps(locked)
    assert late["problems"]


def test_private_notes_are_decided_before_the_lock(ask: Ask):
    """Shared or deleted, each one; never silently."""
    opened(ask)
    ask("note", skill="mlops", text="ASIDE-1", visibility="private")
    state = ask("note", skill="python", text="ASIDE-2", visibility="private")["state"]
    refused = ask("lock_own", ok=False, seq=state["seq"], private={"mlops": "share"})
    ask("lock_own", seq=state["seq"], private={"mlops": "share", "python": "delete"})
    shown = ask("enter", kind="revealed")["state"]["mentor"]["reveal"]

    assert "Python" in refused["problems"][0]["found"]
    assert shown["notes"]["mentor"] == {"mlops": "ASIDE-1"}


def test_the_reveal_sets_both_side_by_side(ask: Ask):
    """Signed difference, one-sided rows, three verdicts, the agenda with its question."""
    reveal = talked(ask)["mentor"]["reveal"]
    rows = {row["skill"]: row for row in reveal["rows"]}
    first = reveal["agenda"][0]

    assert (rows["mlops"]["own"]["level"], rows["mlops"]["other"]["level"]) == (4, 3)
    assert rows["mlops"]["difference"] == -1
    assert rows["validation"]["difference"] is None
    assert rows["validation"]["other"]["state"] == "NOT_OBSERVED"
    assert reveal["raw"] == {
        "both": 2,
        "same": 1,
        "near": 2,
        "own_higher": 1,
        "other_higher": 0,
        "only_own": 2,
        "only_other": 0,
        "neither": 23,
    }
    assert [v["who"] for v in reveal["verdicts"]] == ["self", "mentor", "agreed"]
    assert first["gate"]
    assert first["question"]
    assert reveal["evidence"]["mlops"][0]["title"] == "SECRET-PIPELINE"


def test_what_was_predicted_is_held_against_the_rating(ask: Ask):
    """Counts, and a word when it is too little."""
    opened(ask)
    state = ask("rate", skill="mlops", value=3)["state"]
    ask("lock_own", seq=state["seq"])
    ask("enter", kind="predicted", content={"levels": {"mlops": {"level": 4, "sure": "sure"}}})
    found = ask("enter", kind="revealed")["state"]["mentor"]["reveal"]["foresight"]

    assert found["levels"]["mlops"] == {"predicted": 4, "sure": "sure", "rated": 3}
    assert "Fewer than 10" in found["sentence"]


def test_what_is_agreed_overwrites_neither_original(ask: Ask):
    """Level and reason stand beside both; the agreed verdict follows."""
    talked(ask)
    content = {"skill": "mlops", "level": 4, "reason": "second model shown"}
    state = ask("enter", kind="agreed", content=content)["state"]["mentor"]
    rows = {row["skill"]: row for row in state["reveal"]["rows"]}

    assert state["said"]["agreed"]["mlops"]["level"] == 4
    assert (rows["mlops"]["own"]["level"], rows["mlops"]["other"]["level"]) == (4, 3)


@pytest.mark.parametrize(
    ("content", "where"),
    [({"skill": "baking", "level": 3}, "skill"), ({"skill": "mlops", "level": 9}, "level")],
)
def test_an_entry_off_the_ladder_is_refused(ask: Ask, content: dict[str, Any], where: str):
    """Nothing is stored of it."""
    talked(ask)
    refused = ask("enter", ok=False, kind="agreed", content=content)

    assert refused["problems"][0]["where"] == where


def test_the_next_session_opens_with_the_actions_of_the_last(ask: Ask):
    """From the same workspace, and from a file in another one."""
    talked(ask)
    action = {"id": "a1", "text": "Lead a review", "owner": "self", "due": "2026-01-15"}
    ask("enter", kind="action", content={**action, "skill": "mlops"})
    ask("enter", kind="closed")
    file = ask("session_file")
    later = own(ratings={"mlops": 5})
    state = opened(ask, packet(later))["state"]
    everybody = ask("people")["state"]

    assert file["filename"].endswith(".session.json")
    assert state["mentor"]["phase"] == "rate"
    assert state["mentor"]["earlier"][0]["actions"][0]["text"] == "Lead a review"
    assert [p["phase"] for p in everybody["people"]] == ["closed", "rate"]
    assert everybody["actions"][0]["overdue"] is True
    assert everybody["actions"][0]["title"] == "MLOps"


def test_an_earlier_record_is_taken_in_whole_or_not(ask: Ask):
    """One that was changed names its first broken entry."""
    talked(ask)
    ask("enter", kind="action", content={"id": "a1", "text": "x", "owner": "mentor"})
    record = json.loads(ask("session_file")["data"])
    forged = json.loads(json.dumps(record))
    forged["entries"][1]["content"]["text"] = "forged"
    told = opened(ask, forged, "old.session.json")["files"][0]["problems"]

    assert told[0]["where"] == "entries[1]"
    assert opened(ask, record, "old.session.json")["files"][0]["problems"] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d["assessment"]["ratings"].update(mlops=5), "damaged"),
        (lambda d: d["manifest"].update(person="p-bo"), "person"),
        (lambda d: d.update(format_version=2), "update this one"),
        (lambda d: d.update(format="other"), "a packet, or the record"),
        (lambda d: d.pop("assessment"), "assessment"),
    ],
)
def test_a_packet_that_was_changed_is_refused_without_showing_it(
    ask: Ask, change: Callable[[dict[str, Any]], Any], words: str
):
    """A clear message, no round begun, and nothing of its ratings told."""
    data = json.loads(json.dumps(packet()))
    change(data)
    answer = opened(ask, data)
    told = json.dumps(answer["files"])

    assert words in told
    assert "SECRET" not in told
    assert "mlops" not in told
    assert answer["state"]["people"] == []


def test_a_packet_for_somebody_else_and_a_draft_are_refused(ask: Ask):
    """What is made for calibration stays closed here; a draft is the author's own."""
    panel = opened(ask, packet(reader="calibration"))["files"][0]["problems"][0]
    draft = {"format": "skillmatrix.assessment", "format_version": 1}
    own_file = opened(ask, draft)["files"][0]["problems"][0]

    assert panel["remedy"] == "ask its author for one made for a mentor"
    assert "Hand over" in own_file["remedy"]


def test_the_same_packet_opens_the_same_round(ask: Ask):
    """Opened twice, begun once."""
    one, two = opened(ask)["opened"], opened(ask)["opened"]

    assert one == two
    assert len(ask("people")["state"]["people"]) == 1


def test_the_self_review_does_not_open_a_mentors_round(ask: Ask):
    """Nor takes it for one's own."""
    code = opened(ask)["opened"]
    review = SelfReview()
    answers: list[dict[str, Any]] = []
    for args in ({"assessment": code}, {}):
        message = {"kind": "command", "id": f"h{next(NUMBERS)}", "name": "hello", "args": args}
        review.answer(message, answers.append)

    assert "mentor session" in answers[0]["state"]["problem"]
    assert answers[1]["state"]["assessment"] is None


def test_several_files_are_told_one_by_one(ask: Ask):
    """Whatever their order; the list of people stays, and no round opens by itself."""
    talked(ask)
    record = ask("session_file")["data"]
    ask("people")
    given = {"old": record, "bo": json.dumps(packet(own("p-bo"))), "bad": "{}"}
    files = [{"name": name, "text": text} for name, text in given.items()]
    answer = ask("open_files", files=files)

    told = {file["name"]: (bool(file["problems"]), file["code"]) for file in answer["files"]}
    assert list(told) == ["old", "bo", "bad"]
    assert [wrong for wrong, _ in told.values()] == [False, False, True]
    assert "opened" not in answer
    assert answer["state"]["assessment"] is None
    assert told["bo"][1] in [person["code"] for person in answer["state"]["people"]]


def test_a_record_waits_for_the_packet_beside_it(ask: Ask, tmp_path: Path, monkeypatch: Any):
    """Both in one go, in a workspace that knows neither; the record first."""
    talked(ask)
    record = ask("session_file")["data"]
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "another"))
    page, answers = MentorSession(), []
    files = [{"name": "r", "text": record}, {"name": "p", "text": json.dumps(packet())}]
    message = {"kind": "command", "id": "both", "name": "open_files", "args": {"files": files}}
    page.answer(message, answers.append)

    assert [file["problems"] for file in answers[0]["files"]] == [[], []]


def test_while_she_predicts_the_mentors_levels_are_not_sent(ask: Ask):
    """Rows, notes and evidence are covered between the lock and the reveal, and back afterwards."""
    opened(ask)
    ask("note", skill="mlops", text="MINE-NOTE", visibility="shared")
    ask("rate", skill="validation", value="NOT_OBSERVED")
    state = ask("rate", skill="mlops", value=3)["state"]
    covered = ask("lock_own", seq=state["seq"])["state"]
    again = ask("hello", assessment=covered["assessment"]["code"])["state"]
    shown = ask("enter", kind="revealed")["state"]

    for each in (covered, again):
        assert {row["value"] for row in each["rows"]} == {"UNRATED"}
        assert "MINE-NOTE" not in json.dumps(each)
        assert each["verdict"] is None
        assert each["can_undo"] is None
    assert {row["skill"]: row["value"] for row in shown["rows"]}["mlops"] == 3
    assert shown["notes"]["mlops"]["text"] == "MINE-NOTE"


def test_over_rounds_predictions_add_up(ask: Ask):
    """The second round counts the predictions of both, beside its own."""
    for ratings in ({"mlops": 4}, {"mlops": 5}):
        state = opened(ask, packet(own(ratings=ratings)))["state"]
        state = ask("rate", skill="mlops", value=3)["state"]
        ask("lock_own", seq=state["seq"])
        ask("enter", kind="predicted", content={"levels": {"mlops": {"level": 3}}})
        found = ask("enter", kind="revealed")["state"]["mentor"]["reveal"]["foresight"]
        ask("people")

    assert found["sentence"].startswith("1 prediction: exact 1")
    assert found["over"].startswith("2 predictions: exact 2")
    assert found["rounds"] == 2


def test_what_comes_after_the_close_is_a_correction(ask: Ask):
    """The session opens again, says when it was closed, and lists what came after."""
    talked(ask)
    closed = ask("enter", kind="closed")["state"]["mentor"]
    content = {"skill": "mlops", "level": 4}
    later = ask("enter", kind="agreed", content=content)["state"]["mentor"]

    assert (closed["phase"], closed["said"]["corrections"]) == ("closed", [])
    assert later["phase"] == "talk"
    assert later["said"]["closed_at"] == closed["said"]["closed_at"]
    assert [(c["kind"], c["skill"]) for c in later["said"]["corrections"]] == [("agreed", "mlops")]


def test_the_agenda_names_the_two_levels_in_question(ask: Ask):
    """Each side of the border has its level, and the reasons say whose rating is meant."""
    first = next(i for i in talked(ask)["mentor"]["reveal"]["agenda"] if i["skill"] == "mlops")

    assert (first["below"]["level"], first["above"]["level"]) == (3, 4)
    assert "the own rating is one level higher" in first["why"]


def test_pages_lead_to_rounds_they_can_open(ask: Ask):
    """A mentor's round is named to its own page alone, and is not among one's own reviews."""
    code = opened(ask)["opened"]
    nav = {entry["page"]: entry["href"] for entry in ask("undo")["state"]["nav"]}
    answers: list[dict[str, Any]] = []
    Home().answer({"kind": "command", "id": "h", "name": "hello", "args": {}}, answers.append)

    assert nav["mentor_session"].endswith(f"assessment={code}")
    assert nav["self_review"] == "/self_review"
    assert answers[0]["state"]["assessments"] == []


def test_a_person_whose_ladder_is_gone_is_listed_with_the_reason(ask: Ask, monkeypatch: Any):
    """The others stay usable."""
    opened(ask)

    def gone(_: Any) -> Any:
        message = "no ladder of this name"
        raise MismatchError(message)

    monkeypatch.setattr("skillmatrix.pages.rounds.framework_of", gone)
    (person,) = ask("people")["state"]["people"]

    assert (person["problem"], person["phase"]) == ("no ladder of this name", None)


def test_both_leave_with_a_report_and_the_mentor_with_his_locked_file(ask: Ask):
    """Before the reveal there is none; after it both levels and what was agreed, escaped."""
    opened(ask)
    early = ask("session_report", ok=False)
    unlocked = ask("own_file", ok=False)
    talked(ask)
    reason = "<script>alert(1)</script>"
    ask("enter", kind="agreed", content={"skill": "mlops", "level": 3, "reason": reason})
    report, own_file = ask("session_report"), json.loads(ask("own_file")["data"])

    assert early["problems"][0]["where"] == "the session"
    assert unlocked["problems"][0]["remedy"] == "lock them first"
    assert "4 Leading" in report["data"]
    assert "3 Independent" in report["data"]
    assert "&lt;script&gt;" in report["data"]
    assert "<script" not in report["data"]
    assert report["filename"].startswith("p-ana-")
    assert own_file["status"] == "locked"
    assert own_file["rater"]["kind"] == "mentor"


def test_nobody_rates_blind_twice_and_another_lock_is_told(ask: Ask):
    """The same locked ratings packed anew open the same round; others are named, not shown."""
    locked = sm.lock(own(), AT)
    first = packet_data(make_packet(locked, "mentor", AT))
    later = AT + dt.timedelta(days=1)
    packed_anew = packet_data(make_packet(locked, "mentor", later, Held(name=True)))
    other = packet_data(make_packet(own(ratings={"mlops": 5}), "mentor", later))
    one, two = opened(ask, first)["opened"], opened(ask, packed_anew)["opened"]
    third = opened(ask, other)

    assert one == two
    assert third["opened"] != one
    assert "another packet" in third["files"][0]["note"].lower()
    assert "MLOps" not in third["files"][0]["note"]


def test_what_lies_in_the_workspace_can_be_opened_by_name(ask: Ask, tmp_path: Path):
    """Packets and records in its folder are listed until they are open; nothing else is read."""
    folder = tmp_path / "mentor"
    (folder / "ana.packet.json").write_text(json.dumps(packet()), encoding="utf-8")
    (folder / "broken.session.json").write_text("{", encoding="utf-8")
    (tmp_path / "outside.packet.json").write_text(json.dumps(packet()), encoding="utf-8")
    before = ask("people")["state"]["lying"]
    outside = ask("open_lying", ok=False, names=["../outside.packet.json"])
    broken = ask("open_lying", names=["broken.session.json"])["files"][0]["problems"]
    state = ask("open_lying", names=["ana.packet.json"], mentor="Lee")["state"]

    assert before == ["ana.packet.json", "broken.session.json"]
    assert outside["problems"][0]["where"] == "the file"
    assert broken
    assert state["assessment"]["person"] == "Ana"
    assert ask("people")["state"]["lying"] == ["broken.session.json"]
