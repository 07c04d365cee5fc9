"""The step Review: counts by hand, raters behind a cover, groups that cannot be subtracted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.pages.session import Command
from tests.pages.calibrating import Told, files, locked

P1, P3 = "ships-with-impact", "monitoring-lifecycle"


def met(person: str, state: str) -> tuple[str, dict[str, Any]]:
    """A criterion decided as a whole."""
    said = {"person": person, "criterion": P3, "after": state, "reason": "other", "words": "w"}
    return "decided", {**said, "decided_by": "Kim"}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """A session just begun."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    made = Told()
    made("begin", title="Autumn", facilitator="Kim")
    return made


@pytest.fixture
def groups(told: Told, fw: Framework) -> Told:
    """Thirty people, fifteen in each of two groups; 8 and 7 of them meet P3."""
    people = [f"{group}{number:02}" for group in "ab" for number in range(15)]
    told("take_files", files=files(locked(fw, p, "r-1", {"mlops": 4}) for p in people))
    few = {"a": 8, "b": 7}
    told.enter(*[met(p, "MET" if int(p[1:]) < few[p[0]] else "NOT MET") for p in people])
    return told


def csv(*more: str, without: tuple[str, ...] = (), names: str = "ab") -> str:
    """The file of groups."""
    rows = [
        f"{group}{number:02},{name}"
        for group, name in zip("ab", names, strict=True)
        for number in range(15)
        if f"{group}{number:02}" not in without
    ]
    return "\n".join(["person,group", *rows, *more]) + "\n"


def test_before_and_after_are_counted(told: Told, fw: Framework) -> None:
    """Three rated Ana 2, 3 and 4, agreed at 2; two rated Ben 4, who was left open."""
    seen = [locked(fw, "p-ana", f"r-{n}", {"mlops": n + 1}) for n in (1, 2, 3)]
    seen += [locked(fw, "p-ben", f"r-{n}", {"mlops": 4}) for n in (1, 2)]
    seen.append(locked(fw, "p-ana", None, {"mlops": 5}))
    told("take_files", files=files(seen))
    base = {"criterion": P3, "skill": "mlops", "reason": "anchor misread", "decided_by": "Kim"}
    told.enter(
        ("decided", {**base, "person": "p-ana", "after": 2}),
        ("decided", {**base, "person": "p-ben", "after": "OPEN"}),
    )

    view = told("review")["review"]
    ana, ben = view["items"]
    assert (ana["firsts"], ana["before"], ana["after"], ana["step"]) == ([2, 3, 4], 3, 2, "down")
    assert (ben["firsts"], ben["before"], ben["after"], ben["step"]) == ([4, 4], 4, None, "open")
    assert view["steps"] == {"up": 0, "down": 1, "same": 0, "new": 0, "open": 1}
    assert view["levels"] == [[0, 0, 0], [1, 0, 0], [2, 0, 1], [3, 1, 0], [4, 1, 0], [5, 0, 0]]
    turn = next(t for t in view["turns"] if t["person"] == "p-ana" and t["criterion"] == P3)
    assert (turn["before"], turn["after"], turn["panel"]) == ("NOT MET", "NOT MET", None)


def test_raters_are_counted_only_when_asked(told: Told, fw: Framework) -> None:
    """How decisions lie to a rater is in no answer before the facilitator asks for it."""
    told("take_files", files=files(locked(fw, "p-ana", f"r-{n}", {"mlops": n}) for n in (2, 4)))
    base = {"criterion": P3, "skill": "mlops", "reason": "anchor misread", "decided_by": "Kim"}
    told.enter(("decided", {**base, "person": "p-ana", "after": 3}))

    told("review")
    assert not [frame for frame in told.frames if '"towards"' in frame]
    first, second = told("leanings")["leanings"]
    assert first == {
        "rater": "r-2", "above": 1, "below": 0, "same": 0, "towards": 0, "away": 1,
    }  # fmt: skip
    assert (second["below"], second["towards"]) == (1, 1)


@pytest.mark.slow
def test_a_check_of_groups_shows_counts_and_keeps_nobody(groups: Told) -> None:
    """8 of 15 and 7 of 15; what is stored says how many, and never who."""
    answer = groups("group_check", text=csv("elsewhere,a"), outcome=P3)

    check = answer["group"]["check"]
    assert [(r["group"], r["n"], r["selected"]) for r in check["rows"]] == [
        ("a", 15, 8), ("b", 15, 7),
    ]  # fmt: skip
    assert round(check["comparisons"][0]["ratio"], 3) == round(7 / 8, 3)
    assert answer["unknown"] == ["elsewhere"]
    stored = groups.page.meetings.events(groups.page.head.code)
    kept = [e for e in stored if e.kind == "group_release"]
    assert [e.payload["rows"] for e in kept] == [[["a", 15, 8], ["b", 15, 7]]]
    assert not any("a03" in str(e.payload) for e in kept)
    entry = groups.page.log().entries[-1]
    assert entry.kind == "group_checked"
    assert entry.content is not None
    assert entry.content["shown"] is True


def test_one_person_more_is_not_had_by_subtraction(groups: Told, fw: Framework) -> None:
    """Released, one late person added, asked again: the same answer, and nothing new stored."""
    first = groups("group_check", text=csv(), outcome=P3)["group"]["check"]
    groups("take_files", files=files([locked(fw, "late", "r-1", {"mlops": 4})]))
    groups.enter(met("late", "MET"))

    for text in (csv("late,a"), csv("late,a", names="xy"), csv(without=("a00",))):
        told = groups("group_check", text=text, outcome=P3)["group"]["check"]
        assert told == first
    other = groups("group_check", text=csv("late,a"), outcome="overall")["group"]
    assert other["outcome"] == P3
    stored = groups.page.meetings.events(groups.page.head.code)
    assert sum(e.kind == "group_release" for e in stored) == 1
    assert sum(e.kind == "group_checked" for e in groups.page.log().entries) == 1


@pytest.mark.slow
def test_too_few_are_not_shown_and_the_reason_is(groups: Told) -> None:
    """Four who name a group of their own would be made out: nothing is shown, and that stays."""
    few = csv(without=("a00", "a01", "a02", "a03")) + "a00,c\na01,c\na02,c\na03,c\n"

    check = groups("group_check", text=few, outcome=P3)["group"]["check"]
    assert check["rows"] == []
    assert "below five" in check["hidden"]
    again = groups("group_check", text=csv(), outcome=P3)["group"]["check"]
    assert again == check


@pytest.mark.slow
def test_a_check_before_the_decisions_does_not_use_up_the_answer(told: Told, fw: Framework) -> None:
    """Where the totals alone say that nothing can be shown, it can be asked again later."""
    people = [f"{g}{n:02}" for g in "ab" for n in range(15)]
    told("take_files", files=files(locked(fw, p, "r-1", {"mlops": 4}) for p in people))
    early = told("group_check", text=csv(), outcome=P3)["group"]
    told.enter(*[met(p, "MET" if int(p[1:]) < 7 else "NOT MET") for p in people])

    assert early["check"]["rows"] == []
    assert not early["fixed"]
    later = told("group_check", text=csv(), outcome=P3)["group"]
    assert [(r["n"], r["selected"]) for r in later["check"]["rows"]] == [(15, 7), (15, 7)]
    assert later["fixed"]


@pytest.mark.slow
def test_the_same_check_sent_twice_is_stored_once(groups: Told) -> None:
    """A repeated command gives the same answer."""
    one = groups.again("twice", "group_check", text=csv(), outcome=P3)
    two = groups.again("twice", "group_check", text=csv(), outcome=P3)

    assert one["group"] == two["group"]
    assert sum(e.kind == "group_checked" for e in groups.page.log().entries) == 1


@pytest.mark.slow
def test_of_two_tabs_the_first_answer_holds(groups: Told) -> None:
    """What a second tab stored in the same moment is shown by neither."""
    first = groups("group_check", text=csv(), outcome=P3)["group"]["check"]
    kept = next(e for e in groups.page.events("group_release"))
    late = {**(kept.payload or {}), "rows": [["a", 15, 9], ["b", 15, 7]], "selected": 16}
    command = Command(kind="command", id="late", name="group_check")
    groups.page.append(command, "group_release", P3, late)

    assert groups("review")["review"]["group"]["check"] == first


@pytest.mark.slow
def test_what_is_no_file_of_groups_is_refused(groups: Told) -> None:
    """Every problem of the file at once; an outcome that is none; nobody of this session."""
    for text, outcome, found in (
        ("person;team\na00;x\n", P3, "person,group"),
        ("person,group\nq1,a\nq2,b\n", P3, "nobody of this session"),
        (csv(), "salary", "'salary'"),
    ):
        answer = groups("group_check", ok=False, text=text, outcome=outcome)
        assert found in str(answer["problems"])
    assert not any(e.kind == "group_checked" for e in groups.page.log().entries)


@pytest.mark.slow
def test_sessions_of_one_role_are_set_together(groups: Told, fw: Framework) -> None:
    """A second session with the same groups: their tables are joined, and say over how many."""
    groups("group_check", text=csv(), outcome=P3)
    groups("begin", title="Spring", facilitator="Kim")
    people = [f"{g}{n:02}" for g in "ab" for n in range(15)]
    groups("take_files", files=files(locked(fw, p, "r-1", {"mlops": 4}) for p in people))
    groups.enter(*[met(p, "MET" if int(p[1:]) < 7 else "NOT MET") for p in people])

    told = groups("group_check", text=csv(), outcome=P3)["group"]
    assert told["check"]["rows"][0]["selected"] == 7
    (sentence,) = told["earlier"]
    assert sentence.startswith("Over 2 sessions ")
    assert "15 of 30" in sentence
    assert "14 of 30" in sentence
