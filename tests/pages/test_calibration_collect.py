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
from skillmatrix.store.meetings import Meetings


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


def told_of(ask: Asked) -> list[tuple[str, str]]:
    """Give what the log says of files: kind, and the first digits of the ratings' hash."""
    entries = json.loads(ask("log_file")["data"])["entries"]
    return [(e["kind"], e["content"]["ratings_sha256"][:6]) for e in entries]


def test_every_decision_enters_what_it_takes_out_and_in_and_no_more(
    ask: Asked, fw: Framework
) -> None:
    """Keep A, keep B, neither, A again, A once more: the log follows each step."""
    both = {n: rated(fw, "p-1", "r-1", {"mlops": n}) for n in (1, 2)}
    ask("take_files", files=[file(each, f"{n}.json") for n, each in both.items()])
    clash = ask("coverage")["coverage"]["clashes"][0]
    sha = {o["files"][0]: o["sha256"] for o in clash["options"]}
    (_, a), (_, b) = told_of(ask)

    steps = []
    for keep in (sha["1.json"], sha["2.json"], None, sha["1.json"], sha["1.json"]):
        before = len(told_of(ask))
        ask("keep_file", cell=clash["cell"], sha256=keep)
        steps.append(told_of(ask)[before:])

    out, back = "withdrawn", "collected"
    assert steps == [[(out, b)], [(out, a), (back, b)], [(back, a)], [(out, b)], []]


def named(fw: Framework, rater: str, name: str, level: int) -> dict[str, str]:
    """A file about p-1 under a name."""
    draft = sm.Assessment(
        framework=fw.key,
        person={"code": "p-1", "name": name},
        rater={"kind": "peer", "code": rater},
        as_of="2026-11-20",
        ratings={"mlops": level},
    )
    return file(lock(draft, now()), f"{name}-{rater}.json")


def test_a_decision_on_names_takes_every_file_of_the_others_and_outlasts_a_file(
    ask: Asked, fw: Framework
) -> None:
    """Two files a side: two go out; without the file that was pointed at, the name still holds."""
    pairs = [("r-1", "Ana", 1), ("r-2", "Ana", 2), ("r-3", "Bo", 3), ("r-4", "Bo", 4)]
    ask("take_files", files=[named(fw, *each) for each in pairs])
    clash = ask("coverage")["coverage"]["clashes"][0]
    holds = next(o["sha256"] for o in clash["options"] if "Ana-r-1.json" in o["files"])

    ask("keep_file", cell="p-1", sha256=holds)
    kinds = [kind for kind, _ in told_of(ask)]
    ask("put_aside", sha256=holds, aside=True)
    view = ask("coverage")["coverage"]

    assert kinds == ["collected"] * 4 + ["withdrawn"] * 2
    assert [len(row["others"]) for row in view["rows"]] == [1]
    assert view["clashes"][0]["holds"] in {o["sha256"] for o in view["clashes"][0]["options"]}
    assert [kind for kind, _ in told_of(ask)][6:] == ["withdrawn"]


def test_putting_aside_what_is_aside_says_nothing(ask: Asked, fw: Framework) -> None:
    """Nor taking back what counts; and a command sent twice is carried out once."""
    ask("take_files", files=[file(rated(fw, "p-1", "r-1", {"mlops": 3}))])
    sha = ask("coverage")["coverage"]["rows"][0]["others"][0]["sha256"]

    ask("put_aside", sha256=sha, aside=False)
    ask("put_aside", _id="out", sha256=sha, aside=True)
    ask("put_aside", sha256=sha, aside=True)
    ask("put_aside", sha256=sha, aside=False)
    ask("put_aside", _id="out", sha256=sha, aside=True)

    kinds = [kind for kind, _ in told_of(ask)]
    assert kinds == ["collected", "withdrawn", "collected"]


def test_a_decision_sent_twice_is_answered_though_its_files_are_gone(
    ask: Asked, fw: Framework
) -> None:
    """The second time there is nothing to decide any more: no refusal."""
    both = [file(rated(fw, "p-1", "r-1", {"mlops": n}), f"{n}.json") for n in (1, 2)]
    ask("take_files", files=both)
    clash = ask("coverage")["coverage"]["clashes"][0]
    keep = {"cell": clash["cell"], "sha256": clash["options"][0]["sha256"]}

    ask("keep_file", _id="keep", **keep)
    ask("put_aside", sha256=keep["sha256"], aside=True)

    assert ask("keep_file", _id="keep", **keep)["kind"] == "ack"


def test_the_same_file_from_two_tabs_is_collected_once(
    ask: Asked, fw: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab is quicker by a moment."""
    other = Asked(CalibrationPage())
    other.count = 100
    other("hello", assessment=ask.page.code, framework=None, embed="voila")
    one = file(rated(fw, "p-1", "r-1", {"mlops": 3}))
    first_then(monkeypatch, lambda: other("take_files", files=[one]))

    told = ask("take_files", files=[one])["told"]

    assert [kind for kind, _ in told_of(ask)] == ["collected"]
    assert "once" in told[0]["note"]


def first_then(patch: pytest.MonkeyPatch, act: Any) -> None:
    """Let something happen just before the next change is stored."""
    store, waiting = Meetings.append_all, [act]

    def append_all(self: Meetings, *args: Any, **more: Any) -> Any:
        if waiting:
            waiting.pop()()
        return store(self, *args, **more)

    patch.setattr(Meetings, "append_all", append_all)


def test_a_file_in_the_folder_is_listed_until_it_is_taken(ask: Asked, fw: Framework) -> None:
    """Two spaces in its name, or bytes that are no text: it is told what became of it."""
    folder = ask.page.store.folder
    name = "p-1  by r-1.assessment.json"
    (folder / name).write_text(file(rated(fw, "p-1", "r-1", {"mlops": 3}))["text"])
    (folder / "odd.assessment.json").write_bytes(b"\xff\xfe\x00{")

    lying = ask("coverage")["coverage"]["lying"]
    ask("take_lying", names=lying)
    view = ask("coverage")["coverage"]

    assert lying == ["odd.assessment.json", name]
    assert name not in view["lying"]
    assert [each["name"] for each in view["refused"]] == ["odd.assessment.json"]


def _command(command_id: str) -> Any:
    from skillmatrix.pages.session import Command

    return Command(kind="command", id=command_id, name="enter")
