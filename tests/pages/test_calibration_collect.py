"""Collecting a calibration session: what is taken, refused, decided, and never seen early."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.assessment import as_data, lock
from skillmatrix.framework import Framework
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.pages.session import now


class Asked:
    """A page, spoken to as a browser does."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def __call__(self, name: str, /, _id: str | None = None, **args: Any) -> dict[str, Any]:
        """Send one command and give its one answer."""
        self.count += 1
        message = {"kind": "command", "id": _id or f"c-{self.count}", "name": name, "args": args}
        answers: list[dict[str, Any]] = []
        self.page.answer(message, answers.append)
        assert len(answers) == 1
        json.dumps(answers[0])
        return answers[0]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A session just begun in a workspace of its own."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    asked = Asked(CalibrationPage())
    asked("hello", assessment=None, framework=None, embed="voila")
    asked("begin", title="Autumn", facilitator="Kim")
    return asked


def rated(
    fw: Framework, person: str, rater: str | None, levels: dict[str, Any], **more: Any
) -> sm.Assessment:
    """One locked assessment."""
    by = {"kind": "manager", "code": rater} if rater else {"kind": "self"}
    draft = sm.Assessment(
        framework=fw.key,
        person={"code": person},
        rater=by,
        as_of="2026-11-20",
        ratings=levels,
        **more,
    )
    return lock(draft, now())


def file(assessment: sm.Assessment, name: str = "") -> dict[str, str]:
    """One file as the browser gives it."""
    who = assessment.rater.code or "self"
    name = name or f"{assessment.person.code}-{who}.assessment.json"
    return {"name": name, "text": json.dumps(as_data(assessment))}


def test_files_are_taken_and_each_refusal_is_told_with_its_reason(
    ask: Asked, fw: Framework
) -> None:
    """A draft and a broken file are refused by name; the locked ones are in."""
    good = rated(fw, "p-1", "r-1", {"mlops": 3})
    draft = file(good)["text"].replace('"locked"', '"draft"')
    files = [file(good), {"name": "draft.json", "text": draft}, {"name": "x.json", "text": "{"}]

    told = ask("take_files", files=files)["told"]
    state = ask("hello", assessment=ask.page.code, framework=None, embed="voila")["state"]
    coverage = ask("coverage")["coverage"]

    assert [bool(each["problems"]) for each in told] == [False, True, True]
    assert "locks it" in told[1]["problems"][0]["remedy"]
    assert [p["code"] for p in state["people"]] == ["p-1"]
    assert state["collected"] == {"files": 1, "waiting": 0, "refused": 2}
    assert [each["name"] for each in coverage["refused"]] == ["draft.json", "x.json"]


def test_taking_a_file_enters_its_seal_into_the_log_once(ask: Asked, fw: Framework) -> None:
    """The same file twice, and the same command twice, is one entry."""
    one = file(rated(fw, "p-1", "r-1", {"mlops": 3}))

    ask("take_files", _id="same", files=[one])
    ask("take_files", _id="same", files=[one])
    again = ask("take_files", files=[{**one, "name": "copy.json"}])
    log = json.loads(ask("log_file")["data"])

    assert "once" in again["told"][0]["note"]
    assert [e["kind"] for e in log["entries"]] == ["collected"]
    assert log["entries"][0]["content"]["person"] == "p-1"


def test_of_two_files_of_one_rater_none_counts_until_somebody_decides(
    ask: Asked, fw: Framework
) -> None:
    """Both wait; the one kept counts, the other is withdrawn in the log; it can be taken back."""
    first = rated(fw, "p-1", "r-1", {"mlops": 3})
    second = rated(fw, "p-1", "r-1", {"mlops": 4})

    ask("take_files", files=[file(first, "a.json"), file(second, "b.json")])
    waiting = ask("coverage")["coverage"]
    clash = waiting["clashes"][0]
    holds = next(o["sha256"] for o in clash["options"] if "b.json" in o["files"])
    ask("keep_file", cell=clash["cell"], sha256=holds)
    decided = ask("coverage")["coverage"]
    kinds = [e["kind"] for e in json.loads(ask("log_file")["data"])["entries"]]
    back = ask("keep_file", cell=clash["cell"], sha256=None)["state"]

    assert waiting["rows"] == []
    assert [o["file"] for o in decided["rows"][0]["others"]] == ["b.json"]
    assert decided["clashes"][0]["holds"] == holds
    assert kinds == ["collected", "collected", "withdrawn"]
    assert back["collected"]["waiting"] == 1


def test_a_third_file_after_a_decision_waits_and_says_so(ask: Asked, fw: Framework) -> None:
    """The decision stands; the new one is named as waiting, and can still be chosen."""
    files = [file(rated(fw, "p-1", "r-1", {"mlops": n}), f"{n}.json") for n in (1, 2, 3)]
    ask("take_files", files=files[:2])
    clash = ask("coverage")["coverage"]["clashes"][0]
    holds = next(o["sha256"] for o in clash["options"] if o["files"] == ["2.json"])
    ask("keep_file", cell=clash["cell"], sha256=holds)

    told = ask("take_files", files=files[2:])["told"]
    coverage = ask("coverage")["coverage"]

    assert "waits until you choose" in told[0]["note"]
    assert [o["file"] for o in coverage["rows"][0]["others"]] == ["2.json"]
    assert len(coverage["clashes"][0]["options"]) == 3


def test_a_file_can_be_put_aside_and_comes_back(ask: Asked, fw: Framework) -> None:
    """Put aside it counts no more and is listed; taken in again it is back."""
    one = rated(fw, "p-1", "r-1", {"mlops": 3})
    ask("take_files", files=[file(one)])
    sha = ask("coverage")["coverage"]["rows"][0]["others"][0]["sha256"]

    ask("put_aside", sha256=sha, aside=True, why="not asked for")
    without = ask("coverage")["coverage"]
    ask("take_files", files=[file(one)])
    back = ask("coverage")["coverage"]

    assert (without["rows"], [a["sha256"] for a in without["aside"]]) == ([], [sha])
    assert (len(back["rows"]), back["aside"]) == (1, [])


def test_who_locked_after_ratings_were_shown_is_marked_late(ask: Asked, fw: Framework) -> None:
    """From the first criterion on, new ratings are no longer blind, and the table says so."""
    ask("take_files", files=[file(rated(fw, "p-1", "r-1", {"mlops": 3}))])
    opened = {"criterion": "ships-with-impact", "seed": 1, "people": ["p-1"]}
    page = ask.page
    page.enter(_command("o-1"), "opened", opened)
    ask("take_files", files=[file(rated(fw, "p-1", "r-2", {"mlops": 4}))])

    others = ask("coverage")["coverage"]["rows"][0]["others"]

    assert [(o["rater"], o["late"]) for o in others] == [("r-1", False), ("r-2", True)]


def test_raters_who_share_nobody_are_told_with_the_fewest_links(ask: Asked, fw: Framework) -> None:
    """Two managers with a person each: two groups, one further rating connects them."""
    ask(
        "take_files",
        files=[
            file(rated(fw, "p-1", "r-1", {"mlops": 3})),
            file(rated(fw, "p-2", "r-2", {"mlops": 4})),
        ],
    )

    coverage = ask("coverage")["coverage"]

    assert sorted(map(sorted, coverage["parts"])) == [["r-1"], ["r-2"]]
    assert len(coverage["links"]) == 1
    assert coverage["few_raters"] == ["p-1", "p-2"]


def test_names_stay_on_this_machine(ask: Asked, fw: Framework) -> None:
    """A name typed for a code shows on the page and is in no log and no event."""
    ask("take_files", files=[file(rated(fw, "p-1", "r-1", {"mlops": 3}))])

    state = ask("name_somebody", code="p-1", name="Ana Example")["state"]
    log = ask("log_file")["data"]
    events = json.dumps([e.payload for e in ask.page.events()])

    assert state["people"] == [{"code": "p-1", "name": "Ana Example"}]
    assert "Ana" not in log + events
    assert ask("name_somebody", code="p-9", name="Nobody")["kind"] == "refused"


def test_a_log_that_was_changed_names_its_first_broken_entry(ask: Asked, fw: Framework) -> None:
    """One letter of the first entry, and checking the file says which entry it is."""
    ask("take_files", files=[file(rated(fw, "p-1", "r-1", {"mlops": 3}))])
    text = ask("log_file")["data"]

    whole = ask("verify", name="log.json", text=text)
    broken = ask("verify", name="log.json", text=text.replace('"p-1"', '"p-2"'))

    assert whole["verified"]["entries"] == 1
    assert broken["problems"][0]["where"] == "entries[0]"


def test_a_session_is_deleted_and_brought_back(ask: Asked) -> None:
    """Deleted it is off the list; restored it opens again with what it held."""
    code = ask.page.code

    gone = ask("delete", meeting=code)["state"]
    back = ask("restore", meeting=code)["state"]
    opened = ask("hello", assessment=code, framework=None, embed="voila")["state"]

    assert (gone["meetings"], [m["code"] for m in gone["deleted"]]) == ([], [code])
    assert [m["title"] for m in back["meetings"]] == ["Autumn"]
    assert opened["meeting"]["title"] == "Autumn"


def _command(command_id: str) -> Any:
    from skillmatrix.pages.session import Command

    return Command(kind="command", id=command_id, name="enter")
