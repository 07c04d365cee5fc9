"""Step Hand over: what leaves is seen before, the lock closes for good, private words stay hers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment.packet import packet_from
from skillmatrix.errors import StoreError, UnstorableError
from skillmatrix.pages import hand_over
from skillmatrix.pages.home import Home
from tests.pages.handing import Tab


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a workspace once: something of each kind, and two private notes."""
    folder = tmp_path_factory.mktemp("begun") / "ws"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLMATRIX_WORKSPACE", str(folder))
        made = Tab()
        code: str = made("create", name="Ana Example", profile="senior")["opened"]
        made("rate", skill="mlops", value=4)
        made("rate", skill="python", value="DECLINED")
        item = {"title": "Rollback", "date": "2026-05-01", "artefact": "PR-7", "confirmed_by": "K"}
        made("evidence", id="e1", item={**item, "skills": ["mlops"], "description": "ITEM"})
        made("note", skill="mlops", text="SECRET-1", visibility="private")
        made("note", skill="python", text="SECRET-2", visibility="private")
        made("note", skill="streaming", text="SHARED", visibility="shared")
        made("note", skill="validation", text="PANEL", visibility="panel")
        made("record", id="r-1", entry={"item": "tool-mlflow", "text": "RECORD"})
        made("case", part="opening", text="PARAGRAPH", evidence=["e1"])
        made("own_plan", skill="mlops", entry={"actions": [{"id": "a1", "text": "ACTION"}]})
        made.review.store.close()
    return folder, code


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: tuple[Path, str]) -> Iterator[Tab]:
    """Open a page on a copy of that workspace."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    shutil.copytree(begun[0], tmp_path / "ws")
    made = Tab()
    made("hello", assessment=begun[1])
    yield made
    made.review.store.close()


BOTH = {"mlops": "keep", "python": "delete"}


def part(view: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one part of a manifest."""
    return next(each for each in view["parts"] if each["id"] == name)


def goes(view: dict[str, Any], name: str) -> list[str]:
    """Give what goes of one part."""
    return [item["id"] for item in part(view, name)["items"] if item["goes"]]


def told(view: dict[str, Any]) -> str:
    """Give the text that can be read before it leaves."""
    return json.dumps(view["document"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("audience", "notes", "plan", "name"),
    [
        ("mentor", ["streaming", "validation"], ["mlops"], True),
        ("calibration", ["validation"], [], False),
    ],
)
def test_the_manifest_says_what_goes_to_whom(
    tab: Tab, audience: str, notes: list[str], plan: list[str], name: bool
):
    """Notes by who may read them, plan and name to a mentor alone, the record to nobody."""
    view = tab.view(audience)

    assert goes(view, "notes") == notes
    assert goes(view, "plan") == plan
    assert ("name" in goes(view, "name")) is name
    assert (part(view, "record")["total"], goes(view, "record")) == (1, [])
    assert goes(view, "evidence") == ["e1"]
    assert goes(view, "case") == ["opening"]


@pytest.mark.parametrize("audience", ["mentor", "calibration"])
def test_what_is_read_before_is_every_word_of_the_file(tab: Tab, audience: str):
    """Each text of the file stands in the readable document; no private word in either."""
    view = tab.view(audience)
    tab.lock(audience, private=BOTH)
    content = json.loads(tab.packet())["assessment"]

    texts = [note["text"] for note in content["notes"].values()]
    texts += [value for item in content["evidence"] for value in item.values() if value]
    texts += [a["text"] for own in content["plan"].values() for a in own["actions"]]
    texts += [each["text"] for each in content["case"].values()]
    ids = {"e1", True, False}
    words = [t for t in texts if isinstance(t, str) and t not in ids]
    assert [word for word in words if word not in told(view)] == []
    for secret in ("SECRET", "RECORD"):
        assert secret not in told(view) + view["file"] + tab.packet()


@pytest.mark.parametrize(
    ("held", "word"),
    [
        ({"name": True}, "Ana Example"),
        ({"notes": ["streaming"]}, "SHARED"),
        ({"evidence": ["e1"]}, "ITEM"),
        ({"case": ["opening"]}, "PARAGRAPH"),
        ({"plan": ["mlops"]}, "ACTION"),
    ],
)
def test_what_is_held_back_is_not_in_the_packet(tab: Tab, held: dict[str, Any], word: str):
    """Held back, looked at, locked: the word is nowhere, and the manifest counts it."""
    assert word in tab.view()["file"]
    tab("hold", audience="mentor", **held)

    assert word not in tab.view()["file"] + told(tab.view())
    tab.lock(private=BOTH)
    assert word not in tab.packet()
    assert list(json.loads(tab.packet())["manifest"]["left_out"].values()) == [1]


def test_what_is_held_back_is_undone_like_everything(tab: Tab):
    """It is an event of its own: undo names it and takes it back."""
    tab("hold", audience="mentor", evidence=["e1"])

    assert tab.state()["can_undo"] == "What you hand over"
    tab("undo")
    assert goes(tab.view(), "evidence") == ["e1"]


def test_what_holding_back_costs_is_said(tab: Tab):
    """The level shown without the item, before it is held back and after."""
    (before,) = part(tab.view(), "evidence")["items"]
    tab("hold", audience="mentor", evidence=["e1"])
    (after,) = part(tab.view(), "evidence")["items"]

    assert "MLOps is shown as 1, not 4." in before["cost"]
    assert before["cost"] == after["cost"]
    row = next(r for r in tab.view()["levels"] if r["skill"] == "mlops")
    assert (row["claimed"], row["shown"], row["confirmed"]) == (4, 1, None)
    assert row["own"] == {"shown": 4, "confirmed": 4}


def test_what_the_lock_itself_changes_is_said_before(tab: Tab):
    """A rule for evidence that is open in a draft is not met in a locked round."""
    view = tab.view()
    draft = {c["code"]: c["state"] for c in tab.state()["verdict"]["criteria"]}
    tab.lock(private=BOTH)
    locked = {c["code"]: c["state"] for c in tab.state()["verdict"]["criteria"]}

    turned = {code for code in draft if draft[code] != locked[code]}
    assert turned
    assert {line.split()[0] for line in view["locking"]} - {"The"} == turned


def test_every_private_note_needs_a_decision(tab: Tab):
    """No note is deleted in silence: without a word for each, nothing is locked."""
    answer = tab(
        "lock", ok=False, audience="mentor", seq=tab.view()["seq"], private={"mlops": "keep"}
    )

    assert [p["where"] for p in answer["problems"]] == ["private note on Python"]
    assert tab.state()["assessment"]["status"] == "draft"
    more = {**BOTH, "streaming": "delete"}
    tab("lock", ok=False, audience="mentor", seq=tab.view()["seq"], private=more)


def test_a_private_note_kept_goes_on_in_the_next_round(tab: Tab):
    """The next round begins with the lock: it has the note kept, not the one deleted."""
    tab.lock(private=BOTH)
    locked = tab.state()
    following = locked["lock"]["next"]["code"]
    tab("hello", assessment=following)
    mine = tab.state()

    assert set(locked["notes"]) == {"streaming", "validation"}
    assert mine["notes"]["mlops"] == {"text": "SECRET-1", "visibility": "private", "at": None}
    assert "python" not in mine["notes"]
    assert mine["assessment"]["status"] == "draft"
    assert "r-tool" in json.dumps(mine["record"]) or "RECORD" in json.dumps(mine["record"])


def test_a_deleted_note_is_in_no_file_of_the_workspace(tab: Tab, tmp_path: Path):
    """Its words are overwritten; those kept stand in the next round alone."""
    tab.lock(private=BOTH)
    files = [path.read_bytes() for path in (tmp_path / "ws").iterdir()]

    assert not any(b"SECRET-2" in content for content in files)
    assert any(b"SECRET-1" in content for content in files)


def test_without_private_notes_nothing_is_begun(tab: Tab):
    """Shared first, the notes go along; the next round waits until it is asked for."""
    for skill in BOTH:
        tab("note", skill=skill, text="now for both", visibility="shared")
    tab.lock()

    assert tab.state()["lock"]["next"] is None
    assert "now for both" in tab.packet()
    tab("new_round")
    assert tab.state()["assessment"]["status"] == "draft"
    assert tab.state()["notes"]["mlops"]["text"] == "now for both"
    assert "RECORD" in json.dumps(tab.state()["record"])


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("aim", {"profile": "specialist"}),
    ("rate", {"skill": "mlops", "value": 5}),
    ("note", {"skill": "mlops", "text": "later"}),
    ("evidence", {"id": "e1", "item": None}),
    ("record", {"id": "r-1", "entry": None}),
    ("case", {"part": "opening", "text": "later"}),
    ("own_plan", {"skill": "mlops", "entry": None}),
]


@pytest.mark.parametrize(("command", "args"), CHANGES, ids=[name for name, _ in CHANGES])
def test_a_locked_round_refuses_every_change(tab: Tab, command: str, args: dict[str, Any]):
    """With the remedy, and a mark by which a page knows why."""
    tab.lock(private=BOTH)
    before = tab.state()

    (problem,) = tab(command, ok=False, **args)["problems"]

    assert problem["rule"] == "locked"
    assert "begin a new round" in problem["remedy"]
    assert tab.state() == before


def test_a_lock_is_not_undone(tab: Tab):
    """Undo finds nothing, and changes nothing."""
    tab.lock(private=BOTH)
    before = tab.state()

    tab("undo")

    assert before["can_undo"] is None
    assert tab.state() == before


def test_the_same_command_locks_once(tab: Tab):
    """A lock sent again, its answer lost: one lock, one packet, one next round."""
    seq = tab.view()["seq"]
    for _ in range(2):
        tab("lock", number="lock-1", audience="mentor", seq=seq, private=BOTH)

    assert len(tab.state()["lock"]["packets"]) == 1
    assert len(tab.review.store.assessments()) == 2
    tab("lock", ok=False, audience="mentor", seq=seq, private=BOTH)


def test_a_tab_that_does_not_know_is_refused(tab: Tab):
    """Another tab of the same round: its change is refused, and it learns of the lock."""
    other = Tab()
    other("hello", assessment=tab.review.code)
    tab.lock(private=BOTH)

    answer = other("rate", ok=False, skill="mlops", value=5)

    assert answer["problems"][0]["rule"] == "locked"
    assert other("ping")["state"]["lock"]["packets"]
    other.review.store.close()


def test_what_came_after_the_look_stops_the_lock(tab: Tab):
    """Another tab changed something: look again. No second round is left behind."""
    seq = tab.view()["seq"]
    other = Tab()
    other("hello", assessment=tab.review.code)
    other("rate", skill="mlops", value=5)
    other.review.store.close()

    answer = tab("lock", ok=False, audience="mentor", seq=seq, private=BOTH)

    assert "look through what leaves once more" in answer["problems"][0]["remedy"]
    assert len(tab.review.store.assessments()) == 1


@pytest.mark.parametrize(
    ("error", "left"), [(StoreError, ["draft", "draft"]), (UnstorableError, ["draft"])]
)
def test_a_lock_that_fails_on_the_way_is_tried_again(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, error: type[Exception], left: list[str]
):
    """A full disk: tried again, it is one lock with one next round; refused, no round is left."""

    def fail(*_: object) -> None:
        msg = "no room. Nothing was stored."
        raise error(msg)

    lock = {"audience": "mentor", "seq": tab.view()["seq"], "private": BOTH}
    with monkeypatch.context() as patch:
        patch.setattr(hand_over, "lock_assessment", fail)
        tab("lock", ok=False, number="lock-9", **lock)
    assert [head.status for head in tab.review.store.assessments()] == left

    if error is StoreError:
        tab("lock", number="lock-9", **lock)
        heads = {head.code: head.status for head in tab.review.store.assessments()}
        assert sorted(heads.values()) == ["draft", "locked"]
        assert heads[tab.state()["lock"]["next"]["code"]] == "draft"


def test_a_second_reader_gets_another_view_of_the_same_round(tab: Tab):
    """The same ratings under the same hash, at the same lock, with other parts."""
    tab.lock(private=BOTH)
    tab("hold", audience="calibration", evidence=["e1"])
    tab("packet", audience="calibration")
    first, second = (packet_from(json.loads(tab.packet(n))) for n in (0, 1))

    assert (first.manifest.audience, second.manifest.audience) == ("mentor", "calibration")
    assert first.ratings_sha256 == second.ratings_sha256 == tab.state()["lock"]["ratings_sha256"]
    assert first.assessment.locked_at == second.assessment.locked_at
    assert (len(first.assessment.evidence), len(second.assessment.evidence)) == (1, 0)
    assert second.assessment.person.name == ""


def test_a_packet_is_the_same_file_every_time(tab: Tab):
    """Given out again, also after a restart, it is the same text."""
    tab.lock(private=BOTH)
    first = tab.packet()
    later = Tab()
    later("hello", assessment=tab.review.code)

    assert later.packet() == first
    later.review.store.close()


def test_a_draft_makes_no_packet(tab: Tab):
    """First the lock; and nobody asks for a packet that is not there."""
    tab("packet", ok=False, audience="mentor")
    tab("packet_file", ok=False, id="nothing")


def test_an_export_of_a_locked_round_holds_no_private_note(tab: Tab):
    """The file is one that can be read again."""
    from skillmatrix.assessment import assessment_from

    tab.lock(private=BOTH)
    data = tab("export")["data"]

    assert assessment_from(data).status == "locked"
    assert "SECRET" not in json.dumps(data)


def test_the_name_in_the_words_is_pointed_out(tab: Tab):
    """A session reads no name: an item that says it is marked before it goes."""
    item = {"title": "Mentoring by Ana", "date": "2026-05-02", "artefact": "DOC-1"}
    tab("evidence", id="e2", item=item)

    found = {i["id"]: i["warns"] for i in part(tab.view("calibration"), "evidence")["items"]}

    assert found == {"e1": "", "e2": "Your name stands in it."}
    assert all(not i["warns"] for i in part(tab.view("mentor"), "evidence")["items"])


def test_home_says_locked_and_takes_no_packet(tab: Tab):
    """A packet is not brought in as a workbook; the list says which round is locked."""
    tab.lock(private=BOTH)
    home, answers = Home(), []
    ask: Callable[[str, dict[str, Any]], None] = lambda name, args: home.answer(  # noqa: E731
        {"kind": "command", "id": f"home-{name}", "name": name, "args": args}, answers.append
    )
    ask("hello", {})
    ask("import", {"filename": "a.packet.json", "text": tab.packet()})

    assert {e["status"] for e in answers[0]["state"]["assessments"]} == {"locked", "draft"}
    assert answers[1]["kind"] == "refused"
    assert "somebody handed over" in answers[1]["problems"][0]["remedy"]
    home.store.close()


def test_a_ladder_without_evidence_can_be_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Fields of a ladder that asks for nothing but levels: no cost, no confirmed level."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    other = Tab()
    ladders = other("hello")["state"]["ladders"]
    for ladder in (entry for entry in ladders if not entry["problem"]):
        other("create", framework=ladder["id"], name="")
        view = other.view("calibration")
        assert goes(view, "ratings") == ["ratings"]
        other.lock("calibration")
        assert packet_from(json.loads(other.packet())).manifest.audience == "calibration"
    other.review.store.close()
