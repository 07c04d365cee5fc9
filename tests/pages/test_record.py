"""The record through the page: answers, readings, files of readings, and what the state says."""

import datetime as dt
import json
import shutil
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment import assessment_from
from skillmatrix.assessment.events import History
from skillmatrix.framework import Framework, load_framework
from skillmatrix.pages import rounds
from skillmatrix.pages.framework_view import framework_view
from skillmatrix.pages.record import record_view
from skillmatrix.pages.self_review import SelfReview
from tests.conftest import MINI, assess

NUMBERS = count(1)
MINE = {"id": "r-resp-desk", "item": "resp-desk", "answer": "mine", "date": "2026-01-31"}
READING = {"item": "kpi-mttr", "value": 3.5, "unit": "h", "source": "log", "date": "2026-05-31"}
OWN = {"item": "resp-roadmap", "answer": "own", "date": "2026-02-01", "text": "Since spring."}
CSV = """kpi,date,value,unit,source
kpi-mttr,2026-01-31,5,h,log
kpi-mttr,2026-02-28,four,h,log
kpi-mttr,2026-03-31,3,h,log
kpi-mttr,2026-01-31,5,h,log
kpi-mttd,2026-01-31,20,min,log
"""
FILE = {"filename": "figures.csv", "text": CSV}


class Tab:
    """An open page; everything it is told has to be JSON."""

    def __init__(self, code: str | None = None) -> None:
        self.review = SelfReview()
        self.record: dict[str, Any] = {}
        args = {"assessment": code} if code else {"name": "Ana"}
        self.send("hello" if code else "create", args)

    def ask(self, name: str, args: dict[str, Any], command: str = "") -> dict[str, Any]:
        """Send a command and give the answer, whatever it is."""
        answers: list[dict[str, Any]] = []
        message = {"kind": "command", "id": command or f"c{next(NUMBERS)}", "name": name}
        self.review.answer({**message, "base": self.review.seq, "args": args}, answers.append)
        (answer,) = answers
        self.record = answer.get("state", {}).get("record", self.record)
        return dict(json.loads(json.dumps(answer)))

    def send(self, name: str, args: dict[str, Any], command: str = "") -> dict[str, Any]:
        """Send a command that has to be carried out."""
        answer = self.ask(name, args, command)
        assert answer["kind"] == "ack", answer
        return answer

    def put(self, name: str, **entry: Any) -> dict[str, Any]:
        """Record an entry."""
        return self.send("record", {"id": name, "entry": entry})

    def refused(self, name: str, args: dict[str, Any]) -> list[str]:
        """Send a command that is refused, and give the places of its problems."""
        before = self.review.store.last_seq(self.code)
        answer = self.ask(name, args)
        assert answer["kind"] == "refused", answer
        assert self.review.store.last_seq(self.code) == before
        return [problem["where"] for problem in answer["problems"]]

    @property
    def code(self) -> str:
        """The assessment that is open."""
        return str(self.review.code)

    def export(self) -> dict[str, Any]:
        """Give the assessment as the content of a file."""
        return dict(self.send("export", {})["data"])


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """Give a page with a new assessment, in a workspace of its own."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    return Tab()


def test_the_framework_says_what_is_asked(fw: Framework):
    """Eight blocks in their order; each item of their kinds once, in its group, with its links."""
    blocks = {block["id"]: block for block in framework_view(fw)["record"]}

    assert {name: len(block["items"]) for name, block in blocks.items()} == {
        "responsibilities": 22,
        "deliverables": 16,
        "kpis": 18,
        "milestones": 26,
        "tools": 36,
        "decision-rights": 17,
        "anti-patterns": 6,
        "ai-impact": 17,
    }
    kpi = next(item for item in blocks["kpis"]["items"] if item["id"] == "kpi-mttr")
    assert kpi["target"]["unit"] == "hours"
    assert (kpi["source"], kpi["group_title"]) == ("7.kpi.10", "KPIs")
    assert set(kpi["skills"]) == {"mlops", "quality-mindset", "collaboration"}
    assert {"lifecycle-package", "reliability-trend"} <= set(kpi["types"])
    assert "illustrations" in blocks["kpis"]["caution"]
    goal = blocks["milestones"]["items"][0]
    assert (goal["horizon"], goal["group"]) == ("30 days", "day-30")


def test_a_ladder_without_a_record_has_no_blocks(mini: Framework):
    """Where no file asks, the page has no such step; where one does, its blocks are there."""
    bare = mini.model_copy(update={"record": {}})

    assert framework_view(bare)["record"] == []
    assert [block["id"] for block in framework_view(mini)["record"]] == [
        "duties",
        "counts",
        "tools",
    ]


def test_a_guide_that_cannot_be_read_is_said_and_closes_no_page(tmp_path: Path):
    """Rating goes on without the step; why it is missing, and what to run, is in the view."""
    folder = Path(shutil.copytree(MINI, tmp_path / "librarian"))
    work = folder / "guide" / "01-work.yaml"
    work.write_text(work.read_text(encoding="utf-8").replace("status: common", "status: often"))
    broken = load_framework(folder)
    view = framework_view(broken)
    made = assess(load_framework(MINI), {}, aim={"profile": "librarian"}, record=[MINE])

    assert (view["record"], len(view["skills"])) == ([], 3)
    assert view["record_problem"].startswith("The role guide has ")
    assert f"skillmatrix check {folder}" in view["record_problem"]
    shown = record_view(broken, made, History())
    assert (shown["answers"]["resp-desk"]["answer"], shown["counts"]) == ("mine", {})


def test_an_answer_is_kept_counted_changed_and_taken_back(tab: Tab):
    """The state says what holds; undo and redo name what they do."""
    first = tab.put("r-resp-roadmap", **OWN)["state"]
    assert first["record"]["answers"]["resp-roadmap"] == {
        "id": "r-resp-roadmap",
        "answer": "own",
        "date": "2026-02-01",
        "text": "Since spring.",
        "at": first["saved_at"],
        "evidence": [],
    }
    assert first["record"]["counts"]["responsibilities"] == {"answered": 1, "of": 22}
    assert first["can_undo"] == "Size and sequence ML work: I own it"

    tab.put("r-resp-roadmap", **{**OWN, "answer": "share"})
    assert tab.record["answers"]["resp-roadmap"]["answer"] == "share"
    gone = tab.send("record", {"id": "r-resp-roadmap", "entry": None})["state"]
    assert (tab.record["answers"], gone["can_undo"]) == (
        {},
        "Size and sequence ML work: taken out of the record",
    )
    tab.send("undo", {})
    tab.send("undo", {})
    assert tab.record["answers"]["resp-roadmap"]["answer"] == "own"


def test_a_note_alone_is_kept_and_is_no_answer(tab: Tab):
    """Words typed before an answer is chosen are not lost, and are not counted."""
    state = tab.put("r-tool-mlflow", item="tool-mlflow", text="Only once.\nThen no more.")["state"]

    assert tab.record["answers"]["tool-mlflow"]["text"] == "Only once.\nThen no more."
    assert tab.record["answers"]["tool-mlflow"]["answer"] is None
    assert tab.record["counts"]["tools"]["answered"] == 0
    assert state["can_undo"] == "MLflow: note"


def test_what_the_record_does_not_allow_is_refused_and_not_stored(tab: Tab):
    """The rules of a file hold for the page, all at once, and for two answers of one item."""
    tab.put("r-resp-roadmap", **OWN)

    def refused(name: str, **entry: Any) -> list[str]:
        return tab.refused("record", {"id": name, "entry": entry})

    assert refused("x", item="kpi-mttr", value=3) == [
        "record > date",
        "record > unit",
        "record > source",
    ]
    assert refused("x", item="goal-90-ship", answer="reached") == ["record > date"]
    assert refused("x", item="resp-roadmapp", answer="own") == ["record > item"]
    assert refused("x", **OWN) == ["record > item"]
    assert refused("x y", **OWN) == ["id"]
    assert refused("x", **{**READING, "value": "3"}) == ["value"]
    assert refused("x", **{**READING, "value": 1e400}) == ["value"]
    tomorrow = str(dt.date.today() + dt.timedelta(1))
    assert refused("x", **{**READING, "date": tomorrow}) == ["record > date"]
    assert refused("x", **READING, colour="red") == ["entry > colour"]
    assert tab.refused("record", {"id": "x", "entry": []}) == ["entry"]
    assert tab.refused("record", {"id": "", "entry": None}) == ["id"]


def test_keys_of_other_programs_outlive_a_change(tab: Tab):
    """An entry of an imported file keeps what nobody here knows when it is edited."""
    data = {**tab.export(), "record": [{"id": "q", **READING, "x-team": {"name": "Rays"}}]}
    head = rounds.bring_in(tab.review.store, "ana.assessment.json", json.dumps(data), "b1")
    other = Tab(head.code)
    (row,) = other.record["readings"]["kpi-mttr"]["latest"]
    other.put("q", item="kpi-mttr", **{**row, "value": 2})

    (entry,) = other.export()["record"]
    assert (entry["value"], entry["x-team"]) == (2, {"name": "Rays"})


def test_what_people_type_stays_text(tab: Tab):
    """Markup, formulas and other letters come back letter by letter; NUL and halves do not."""
    words = "<img src=x onerror=alert(1)> =1+1 {{7*7}} \u202egnp"
    tab.put("q", **{**READING, "source": f" {words}\n", "own_part": f"{words}\x00\ud800\n."})
    (row,) = tab.record["readings"]["kpi-mttr"]["latest"]

    assert row["source"] == words
    assert row["own_part"] == f"{words}\n."


def test_readings_are_shown_newest_first_with_what_they_say(tab: Tab):
    """The latest one gives the word; the state has 24, the others are asked for by fifties."""
    for number in range(60):
        day = dt.date(2025, 1, 1) + dt.timedelta(number)
        tab.put(f"q{number}", **{**READING, "date": str(day), "value": number / 10})
    found = tab.record["readings"]["kpi-mttr"]
    older = tab.send("readings", {"item": "kpi-mttr", "offset": 50})["readings"]

    assert (found["count"], len(found["latest"])) == (60, 24)
    assert found["latest"][0]["id"] == "q59"
    assert (found["word"], found["sentence"]) == (
        "target missed",
        "5.9 h, target below 4 h: missed. The target is the blueprint's illustration.",
    )
    assert (older["total"], [row["id"] for row in older["rows"]]) == (
        60,
        [f"q{number}" for number in range(9, -1, -1)],
    )
    assert {row["result"] for row in older["rows"]} == {"target reached"}
    assert tab.refused("readings", {"item": "kpi-mttr", "offset": -1}) == ["offset"]
    assert tab.send("readings", {"item": "kpi-nothing", "offset": 0})["readings"]["rows"] == []


def test_of_two_readings_of_one_day_the_one_recorded_last_comes_first(tab: Tab):
    """Whatever was typed last is on top, and gives the word."""
    tab.put("morning", **{**READING, "value": 6})
    tab.put("earlier", **{**READING, "value": 1, "date": "2026-05-30"})
    tab.put("evening", **{**READING, "source": "dashboard", "value": 2})
    found = tab.record["readings"]["kpi-mttr"]

    assert [row["id"] for row in found["latest"]] == ["evening", "morning", "earlier"]
    assert found["word"] == "target reached"


def test_a_file_is_looked_at_before_anything_is_stored(tab: Tab):
    """What was understood, every row that was not, and nothing in the store."""
    before = tab.review.store.last_seq(tab.code)
    preview = tab.send("readings_preview", FILE)["preview"]

    assert tab.review.store.last_seq(tab.code) == before
    assert (preview["understood"], [row["line"] for row in preview["rows"]]) == (3, [2, 4, 6])
    assert preview["rows"][0] == {
        "line": 2,
        "item": "kpi-mttr",
        "title": "Mean time to recover (MTTR)",
        "date": "2026-01-31",
        "value": 5,
        "unit": "h",
        "period": "",
        "source": "log",
        "result": "target missed",
    }
    assert [(p["line"], p["where"]) for p in preview["refused"]] == [(3, "value")]
    assert [p["line"] for p in preview["duplicates"]] == [5]
    assert (preview["delimiter"], preview["columns"]["value"], preview["notes"]) == (
        ",",
        "value",
        [],
    )


def test_a_file_is_one_change(tab: Tab):
    """Imported, named, taken back with one undo and brought again with one redo."""
    done = tab.send("readings_import", FILE)
    assert (done["imported"], done["state"]["can_undo"]) == (3, "3 readings from figures.csv")
    full = tab.record

    undone = tab.send("undo", {})["state"]
    assert (tab.record["readings"], undone["can_redo"]) == ({}, "3 readings from figures.csv")
    tab.send("redo", {})
    assert tab.record == full
    assert tab.record["counts"]["kpis"] == {"answered": 2, "of": 18}


def test_a_file_that_is_sent_twice_is_stored_once(tab: Tab):
    """The same command again gives the same answer; another one finds nothing new."""
    first = tab.send("readings_import", FILE, command="again")
    second = tab.send("readings_import", FILE, command="again")

    assert (first["imported"], second["imported"], second["seq"]) == (3, 3, first["seq"])
    assert tab.refused("readings_import", FILE) == ["value"]
    clean = {**FILE, "text": CSV.replace("kpi-mttr,2026-02-28,four,h,log\n", "")}
    assert tab.refused("readings_import", clean) == ["the file"]


def test_a_file_whose_name_is_odd_is_imported(tab: Tab):
    """The name is shown as one line of text, whatever it holds."""
    name = "<b>a\x00\n b</b>" + "x" * 300
    state = tab.send("readings_import", {**FILE, "filename": name})["state"]

    assert state["can_undo"] == f"3 readings from <b>a b</b>{'x' * 190}"


def test_an_imported_reading_can_be_changed_and_taken_out(tab: Tab):
    """Each reading of a file is an entry like any other."""
    tab.send("readings_import", FILE)
    rows = tab.record["readings"]["kpi-mttr"]["latest"]
    tab.put(rows[0]["id"], **{**READING, "value": 1, "date": "2026-03-31"})
    tab.send("record", {"id": rows[1]["id"], "entry": None})

    (left,) = tab.record["readings"]["kpi-mttr"]["latest"]
    assert (left["id"], left["value"]) == (rows[0]["id"], 1)


def test_evidence_knows_what_it_was_made_from(tab: Tab):
    """The entry lists it, also a reading; an entry that goes leaves its evidence readable."""
    tab.put("q1", **READING)
    tab.put("r-resp-roadmap", **OWN)
    for number, name in enumerate(("q1", "r-resp-roadmap")):
        item = {"title": "Recovery", "date": "2026-05-31", "record": name, "skills": ["mlops"]}
        state = tab.send("evidence", {"id": f"ev{number}", "item": item})["state"]
    assert [item["record"] for item in state["evidence"]] == ["q1", "r-resp-roadmap"]
    assert tab.record["readings"]["kpi-mttr"]["latest"][0]["evidence"] == ["ev0"]
    assert tab.record["answers"]["resp-roadmap"]["evidence"] == ["ev1"]

    tab.send("record", {"id": "q1", "entry": None})
    assert assessment_from(tab.export()).evidence[0].record == "q1"


def test_nothing_recorded_changes_rows_or_verdict(tab: Tab):
    """The state beside the record is the same before and after."""
    before = tab.send("rate", {"skill": "mlops", "value": 3})["state"]
    tab.put("r-resp-roadmap", **OWN)
    after = tab.send("readings_import", FILE)["state"]

    assert after["verdict"] == before["verdict"]
    assert after["rows"] == before["rows"]


def test_the_record_is_sent_only_when_it_changed(tab: Tab):
    """A rating leaves it out, as it does notes and evidence; a new page gets all of it."""
    assert "record" in tab.put("r-resp-roadmap", **OWN)["state"]
    assert "record" not in tab.send("rate", {"skill": "mlops", "value": 3})["state"]
    assert Tab(tab.code).record == tab.record


def test_another_tab_is_told_of_a_conflict(tab: Tab):
    """Both answers are stored, the later holds, and the page says what the other one was."""
    other = Tab(tab.code)
    tab.put("r-resp-roadmap", **OWN)
    done = other.put("r-resp-roadmap", **{**OWN, "answer": "share"})

    assert (done["conflict"]["kind"], done["conflict"]["value"]) == ("record", "own")
    assert tab.send("ping", {})["state"]["record"]["answers"]["resp-roadmap"]["answer"] == "share"


def _rows(number: int) -> str:
    head = "kpi,date,value,unit,source,own_part\n"
    days = (dt.date(1960, 1, 1) + dt.timedelta(n) for n in range(number))
    return head + "".join(f"kpi-mttr,{day},{n / 10},h,log,part {n}\n" for n, day in enumerate(days))


def test_export_import_and_duplicate_keep_the_record(tab: Tab):
    """A file brought in again, and a new round, hold the same entries, all 5,002 of them."""
    tab.put("r-resp-roadmap", **OWN)
    tab.put("r-tool-mlflow", item="tool-mlflow", text="Only once.")
    tab.send("readings_import", {"filename": "big.csv", "text": _rows(5_000)})
    data = tab.export()

    store = tab.review.store
    brought = rounds.bring_in(store, "ana.assessment.json", json.dumps(data), "b1")
    taken = rounds.take_up(store, store.assessment(tab.code), "b2")
    assert len(data["record"]) == 5_002
    assert Tab(brought.code).export()["record"] == data["record"]
    assert Tab(taken.code).export()["record"] == data["record"]


def test_the_page_stays_quick_with_ten_thousand_readings(tab: Tab):
    """Looking at the file, storing it and a rating afterwards each take well under two seconds."""
    file = {"filename": "big.csv", "text": _rows(10_000)}
    took = []
    for name, args in (
        ("readings_preview", file),
        ("readings_import", file),
        ("rate", {"skill": "mlops", "value": 3}),
    ):
        start = time.process_time()
        answer = tab.send(name, args)
        took.append(time.process_time() - start)

    assert max(took) < 2
    assert len(json.dumps(answer)) < 100_000
    assert len(tab.record["readings"]["kpi-mttr"]["latest"]) == 24


@pytest.mark.slow
def test_more_than_a_page_can_hold_is_refused(tab: Tab):
    """20,000 entries: an import that goes beyond stores none of its rows, and says so."""
    tab.send("readings_import", {"filename": "big.csv", "text": _rows(19_999)})
    tab.put("r-resp-roadmap", **OWN)

    assert tab.refused("readings_import", FILE) == ["record"]
    assert tab.refused("record", {"id": "q", "entry": READING}) == ["record"]
    tab.put("r-resp-roadmap", **{**OWN, "answer": "share"})


def test_the_invented_example_keeps_the_days_of_its_record(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Moved to today, entries keep their distance from the day of the example."""
    data = tab.export()
    data["as_of"] = "2026-05-31"
    data["record"] = [
        {"id": "q", **READING, "date": "2026-05-30"},
        {"id": "r", **OWN, "date": None},
    ]
    data["record"][1].pop("date")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "ana.assessment.json").write_text(json.dumps(data), encoding="utf-8")
    real = rounds.data_dir()
    (tmp_path / "frameworks").symlink_to(real / "frameworks")
    monkeypatch.setattr(rounds, "data_dir", lambda: tmp_path)

    head = rounds.begin_example(tab.review.store, "ex")
    dates = [entry.get("date") for entry in Tab(head.code).export()["record"]]
    assert dates == [str(dt.date.today() - dt.timedelta(1)), None]
