"""The step After: follow-ups, files, and what a person takes away."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from tests.pages.calibrating import Told, files, locked

P3 = "monitoring-lifecycle"
HOSTILE = "<script>alert(1)</script> & “words”"


def follow(code: str, person: str = "p-ana", **more: Any) -> dict[str, Any]:
    """What a browser sends of a follow-up."""
    said = {"id": code, "person": person, "criterion": P3, "skill": "mlops"}
    return {**said, "waits_for": "the review of May", "owner": "Kim", "due": "2027-01-15"} | more


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fw: Framework) -> Told:
    """Ana and Ben, each rated by two, and one decision about each."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    made = Told()
    _begin(made, fw, "Autumn")
    return made


def _begin(told: Told, fw: Framework, title: str) -> None:
    told("begin", title=title, facilitator="Kim")
    seen = [locked(fw, p, r, {"mlops": 3}) for p in ("p-ana", "p-ben") for r in ("r-1", "r-2")]
    told("take_files", files=files(seen))
    base = {"criterion": P3, "skill": "mlops", "reason": "anchor misread", "decided_by": "Kim"}
    told.enter(
        ("decided", {**base, "person": "p-ana", "after": 2, "words": HOSTILE}),
        ("decided", {**base, "person": "p-ben", "after": 4, "words": "Ben led it."}),
    )


def test_follow_ups_are_listed_by_day_then_person(told: Told) -> None:
    """Those without a day last; one that was changed stands once; done and dropped stay."""
    told("follow_up", **follow("f-1", "p-ben"))
    told("follow_up", **follow("f-2", due=None))
    told("follow_up", **follow("f-3", waits_for="old words"))
    told("follow_up", **follow("f-3", waits_for="new words"))
    told("end_follow_up", id="f-1", done="2026-12-01")
    told("end_follow_up", id="f-2")

    view = told("after")["after"]
    assert [each["id"] for each in view["follow_ups"]] == ["f-3", "f-1", "f-2"]
    three, one, two = view["follow_ups"]
    assert (three["waits_for"], three["over"]) == ("new words", False)
    assert (one["over"], one["done"]) == (True, "2026-12-01")
    assert (two["over"], two["done"]) == (True, None)


def test_what_is_wrong_with_a_follow_up_is_refused(told: Told) -> None:
    """People, criteria and skills of this session; words; and an id stays with its person."""
    told("follow_up", **follow("f-1"))
    for wrong, found in (
        ({"person": "p-cy"}, "'p-cy'"),
        ({"criterion": "charm"}, "'charm'"),
        ({"skill": "juggling"}, "'juggling'"),
        ({"waits_for": "  "}, "what it waits for"),
        ({"owner": ""}, "who brings it"),
        ({"due": "tomorrow"}, "due"),
        ({"id": "f 1"}, "id"),
        ({"person": "p-ben"}, "'p-ana', as it was entered"),
    ):
        answer = told("follow_up", ok=False, **{**follow("f-1"), **wrong})
        assert found in str(answer["problems"]), answer["problems"]
    told("end_follow_up", ok=False, id="f-9")
    assert len(told("after")["after"]["follow_ups"]) == 1


@pytest.mark.slow
def test_what_an_earlier_session_left_open_is_shown_until_somebody_ends_it(
    told: Told, fw: Framework
) -> None:
    """About the same people only; taken over or done here, it is open nowhere else."""
    for code in ("f-1", "f-2", "f-3"):
        told("follow_up", **follow(code))
    told("end_follow_up", id="f-3", done="2026-12-01")
    _begin(told, fw, "Spring")

    earlier = told("after")["after"]["earlier"]
    assert [(each["id"], each["session"]) for each in earlier] == [
        ("f-1", "Autumn"), ("f-2", "Autumn"),
    ]  # fmt: skip
    told("take_over", id="f-1")
    told("end_follow_up", id="f-2", done="2027-02-01")
    view = told("after")["after"]
    assert view["earlier"] == []
    assert [(e["id"], e["over"]) for e in view["follow_ups"]] == [("f-1", False), ("f-2", True)]
    _begin(told, fw, "Summer")
    assert [each["id"] for each in told("after")["after"]["earlier"]] == ["f-1"]


def test_a_follow_up_sent_twice_is_answered_as_the_first_time(told: Told, fw: Framework) -> None:
    """Taken over it is on no list any more: the same command is no refusal for that."""
    told("follow_up", **follow("f-1"))
    _begin(told, fw, "Spring")
    before = len(told.page.log().entries)

    told.again("take", "take_over", id="f-1")
    told.again("take", "take_over", id="f-1")
    told.again("new", "follow_up", **follow("f-9"))
    told.again("new", "follow_up", **follow("f-9"))

    assert len(told.page.log().entries) == before + 2


def test_minutes_without_names_do_not_say_what_a_refused_file_is_called(told: Told) -> None:
    """How many files, and why; the names of files where names are wished."""
    refused = [{"name": f"Ana One - {n}.json", "text": "{}"} for n in ("salary", "review")]
    told("take_files", files=refused)

    plain, named = told("minutes")["data"], told("minutes", names=True)["data"]

    assert "Ana One - salary.json" in named
    assert "Ana One" not in plain
    assert "2 files" in plain


def test_the_minutes_escape_what_was_typed_and_hold_no_name_unasked(told: Told) -> None:
    """A script in a reason is words; codes stand for people unless names are wished."""
    told("name_somebody", code="p-ana", name="Ana Lind")

    plain, named = told("minutes")["data"], told("minutes", names=True)["data"]
    assert "<script" not in plain
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in plain
    assert "Ana Lind" not in plain
    assert "Ana Lind" in named
    assert told.page.log().entries[-1].hash in plain


def test_an_excerpt_is_one_persons(told: Told) -> None:
    """As a page and as data; all of them in one archive, each a file of its own."""
    page = told("excerpt", person="p-ana")
    data = json.loads(told("excerpt", person="p-ana", format="json")["data"])
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(told("excerpts")["base64"])))

    assert page["filename"] == "p-ana.excerpt.html"
    assert "p-ben" not in page["data"]
    assert "<script" not in page["data"]
    decided = [e["content"] for e in data["entries"] if e["kind"] == "decided"]
    assert [(each["after"], each["words"]) for each in decided] == [(2, HOSTILE)]
    assert archive.namelist() == [
        f"{person}.excerpt.{end}" for person in ("p-ana", "p-ben") for end in ("html", "json")
    ]
    assert "p-ana" not in archive.read("p-ben.excerpt.html").decode()
    told("excerpt", ok=False, person="p-cy")


@pytest.mark.slow
def test_sorting_sheets_go_out_and_come_back(told: Told, fw: Framework) -> None:
    """A page and a workbook for each sorter; empty or foreign files are told by their name."""
    answer = told("sorting_sheets", sorters=2, skills=["mlops"])
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(answer["base64"])))
    assert len(archive.namelist()) == 4
    book = next(name for name in archive.namelist() if name.endswith(".xlsx"))

    def back(name: str, content: bytes) -> dict[str, Any]:
        given = {"name": name, "base64": base64.b64encode(content).decode()}
        found: dict[str, Any] = told("sorting_filled", files=[given])["sorted"]
        return found

    empty, foreign = back(book, archive.read(book)), back("../x.sorting.json", b"{}")
    for odd in ("..", "a\0b", "/", "ö" * 290):
        assert back(odd, b"{}")["sheets"] == 0
    assert empty["sheets"] == 0
    assert foreign["sheets"] == 0
    assert {problem["file"] for problem in foreign["problems"]} == {"x.sorting.json"}
    assert "/tmp" not in json.dumps(foreign)
