"""Criteria of a calibration session: order, cards, blind second ratings, decisions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.framework import Framework
from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.panel import excerpt, log_from
from skillmatrix.store.meetings import Meetings
from tests.pages.criteria_session import P1, P3, begin_session, rating, say


@pytest.fixture(scope="module")
def begun(fw: Framework, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A workspace with the session collected, and its code."""
    folder = tmp_path_factory.mktemp("criteria") / "ws"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLMATRIX_WORKSPACE", str(folder))
        page, code = begin_session(fw)
        page.store.close()
        yield folder, code


@pytest.fixture
def opened(
    begun: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], CalibrationPage]]:
    """Give what opens a tab on a copy of the session; each call opens another one."""
    shutil.copytree(begun[0], tmp_path / "ws")
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    pages = []

    def tab() -> CalibrationPage:
        page = CalibrationPage()
        pages.append(page)
        say(page, "hello", assessment=begun[1])
        return page

    yield tab
    for page in pages:
        page.store.close()


@pytest.fixture
def page(opened: Callable[[], CalibrationPage]) -> CalibrationPage:
    """One tab with P3 open."""
    tab = opened()
    say(tab, "open_criterion", criterion=P3)
    return tab


def agenda(answer: dict[str, Any], criterion: str = P3) -> dict[str, Any]:
    """Give a criterion of the agenda of a state."""
    return next(e for e in answer["state"]["criteria"]["agenda"] if e["id"] == criterion)


def card(page: CalibrationPage, person: str, criterion: str = P3) -> dict[str, Any]:
    """Ask for a card."""
    answer = say(page, "criterion_card", criterion=criterion, person=person)
    view: dict[str, Any] = answer["criterion_card"]
    return view


def decide(page: CalibrationPage, person: str, *decisions: dict[str, Any], **more: Any) -> Any:
    """Enter decisions under P3."""
    told = {"criterion": P3, "decided_by": "Kim", "decisions": list(decisions), **more}
    return say(page, "decide", person=person, **told)


def where(answer: dict[str, Any]) -> str:
    """Give the place of the first problem of a refusal."""
    assert answer["kind"] == "refused", answer
    return str(answer["problems"][0]["where"])


# ---- order and cards ---------------------------------------------------------


def test_before_a_criterion_is_open_its_card_says_only_who_rated(
    opened: Callable[[], CalibrationPage],
) -> None:
    """No level, no evidence, no state of a rule."""
    page = opened()
    view = card(page, "p-a")
    state = agenda(say(page, "hello", assessment=page.code))

    assert set(view) == {"person", "criterion", "opened", "raters"}
    assert (state["people"], state["off"]) == (["p-a", "p-b", "p-c", "p-d"], ["p-e"])
    assert "items" not in state


def test_opening_draws_the_order_and_late_people_come_at_its_end(page: CalibrationPage) -> None:
    """The log has criterion, seed and people; adding by hand moves nobody."""
    first = agenda(say(page, "hello", assessment=page.code))["people"]
    added = agenda(say(page, "open_criterion", criterion=P3, also=["p-e"]))
    entries = [e for e in page.log().entries if e.kind == "opened"]

    assert sorted(first) == ["p-a", "p-b", "p-c", "p-d"]
    assert added["people"] == [*first, "p-e"]
    assert added["items"]["p-e"] == {"added": True}
    assert [list(e.content["people"]) for e in entries if e.content] == [first, [*first, "p-e"]]
    assert {e.content["seed"] for e in entries if e.content} == {page.begun["seed"]}
    assert where(say(page, "open_criterion", criterion=P3)) == "also"


@pytest.mark.slow
def test_the_start_moves_on_from_criterion_to_criterion(page: CalibrationPage) -> None:
    """The same circle of the same people, begun elsewhere."""
    state = say(page, "open_criterion", criterion=P1, also=["p-a", "p-b", "p-c", "p-d", "p-e"])
    say(page, "open_criterion", criterion=P3, also=["p-e"])
    one, other = (agenda(state, name)["people"] for name in (P1, P3))

    assert sorted(one) == ["p-a", "p-b", "p-c", "p-d", "p-e"]
    assert next(p for p in one if p in other) != other[0]


def test_a_card_shows_marks_statements_and_who_speaks_last(page: CalibrationPage) -> None:
    """The least senior first, the person's own manager last."""
    view = card(page, "p-a")
    mlops = view["rows"][0]

    assert view["speaking"] == ["r-3", "r-2", "r-1"]
    assert [(s["rater"], s["first"]) for s in mlops["said"]] == [
        (None, 5),
        ("r-1", 1),
        ("r-2", 3),
        ("r-3", 3),
    ]
    assert mlops["same"] is None
    assert view["evidence"][0]["artefact"] == "INC-e1"


@pytest.mark.slow
def test_time_is_shared_out_among_the_cards(page: CalibrationPage) -> None:
    """Minutes are kept; each card gets at least one."""
    told = say(page, "budget", minutes=30)["state"]["criteria"]

    assert told["minutes"] == 30
    assert told["each"] == max(1, min(10, 30 // told["cards"]))
    assert say(page, "budget", minutes=0)["kind"] == "refused"


# ---- the second rating ---------------------------------------------------------


def test_no_answer_carries_a_sealed_level_before_the_reveal(
    page: CalibrationPage, opened: Callable[[], CalibrationPage]
) -> None:
    """The level 0, which nobody gave the first time, is in no answer to anybody."""
    other = opened()
    frames = []
    for rater, levels in (("r-1", {"mlops": 0}), ("r-2", {"mlops": 0, "quality-mindset": 0})):
        given = {"p-a": levels, "p-b": levels}
        frames.append(say(page, "second_keep", criterion=P3, rater=rater, levels=given))
        frames.append(say(page, "second_seal", criterion=P3, rater=rater, levels=given))
        frames.append(say(page, "second_sheet", criterion=P3, rater=rater, people=["p-a", "p-b"]))
    for tab in (page, other):
        frames += [
            say(tab, "hello", assessment=page.code),
            say(tab, "ping"),
            say(tab, "criterion_card", criterion=P3, person="p-a"),
            say(tab, "second_sheet", criterion=P3, rater="r-3", people=["p-a"]),
            say(tab, "decision_log"),
            say(tab, "log_file"),
        ]
    state = frames[-6]["state"]["criteria"]

    assert all(frame["kind"] == "ack" for frame in frames)
    assert not [f for f in frames if '"mlops": 0' in json.dumps(f)]
    assert not [f for f in frames if '"second": 0' in json.dumps(f)]
    assert "second_level" not in json.dumps(state)
    assert state["sealing"][P3]["p-a"] == {"sealed": ["r-1", "r-2"], "begun": []}


def test_the_reveal_waits_for_all_who_are_present(page: CalibrationPage) -> None:
    """Two of three sealed is refused, unless said; then it stands in the log, rater by rater."""
    for rater in ("r-1", "r-2"):
        say(page, "second_seal", criterion=P3, rater=rater, levels={"p-a": {"mlops": 2}})
    early = say(page, "second_reveal", criterion=P3, people=["p-a"])
    shown = say(page, "second_reveal", criterion=P3, people=["p-a"], early=True)
    entries = [e.content for e in page.log().entries if e.kind == "second"]

    assert where(early) == "people"
    assert "r-3" in early["problems"][0]["found"]
    assert [(e["rater"], dict(e["levels"])) for e in entries if e] == [
        ("r-1", {"mlops": 2}),
        ("r-2", {"mlops": 2}),
    ]
    assert agenda(shown)["items"]["p-a"] == {"shown": True}
    assert shown["state"]["criteria"]["sealing"] == {}
    late = {"criterion": P3, "rater": "r-3", "levels": {"p-a": {"mlops": 5}}}
    assert where(say(page, "second_seal", **late)) == "people"
    assert where(say(page, "second_keep", **late)) == "people"


def test_what_is_begun_comes_back_after_a_killed_kernel_and_is_prefilled_with_nothing(
    page: CalibrationPage, opened: Callable[[], CalibrationPage]
) -> None:
    """The draft of one rater is for that rater alone; the other begins with nothing."""
    kept = {"p-a": {"mlops": 2}, "p-b": {"quality-mindset": "NOT_OBSERVED"}}
    say(page, "second_keep", criterion=P3, rater="r-2", levels=kept)
    fresh = opened()
    people = ["p-a", "p-b"]
    mine = say(fresh, "second_sheet", criterion=P3, rater="r-2", people=people)["second_sheet"]
    other = say(fresh, "second_sheet", criterion=P3, rater="r-3", people=people)["second_sheet"]

    assert mine["drafts"] == kept
    assert other["drafts"] == {}
    assert other["first"]["p-a"] == {"mlops": 3, "quality-mindset": 2}


def test_a_seal_is_taken_off_only_before_the_reveal_and_shows_nothing(
    page: CalibrationPage,
) -> None:
    """Who begins anew begins with nothing: nobody reads another's sealed level that way."""
    told = {"criterion": P3, "rater": "r-1"}
    say(page, "second_seal", **told, levels={"p-a": {"mlops": 2}})
    again = say(page, "second_seal", **told, levels={"p-a": {"mlops": 3}})
    say(page, "second_reopen", **told, people=["p-a"])
    sheet = say(page, "second_sheet", **told, people=["p-a"])["second_sheet"]
    say(page, "second_seal", **told, levels={"p-a": {"mlops": 4}})
    say(page, "second_reveal", criterion=P3, people=["p-a"], early=True)

    assert where(again) == "levels"
    assert (sheet["drafts"], sheet["sealed"]) == ({}, [])
    assert card(page, "p-a")["rows"][0]["said"][1]["second"] == 4
    assert where(say(page, "second_reopen", **told, people=["p-a"])) == "people"


@pytest.mark.slow
def test_one_rater_seals_all_people_of_a_criterion_at_once(page: CalibrationPage) -> None:
    """The keyboard goes round once; all or none of a sheet is kept."""
    people = agenda(say(page, "hello", assessment=page.code))["people"]
    bad = {p: {"mlops": 3} for p in people} | {"p-x": {"mlops": 3}}
    refused = say(page, "second_seal", criterion=P3, rater="r-1", levels=bad)
    before = say(page, "hello", assessment=page.code)["state"]["criteria"]["sealing"]
    for rater in ("r-1", "r-2", "r-3"):
        whole = {p: {"mlops": 3} for p in people}
        say(page, "second_seal", criterion=P3, rater=rater, levels=whole)
    shown = say(page, "second_reveal", criterion=P3, people=people)

    assert (where(refused), before) == ("people", {})
    assert {p: i["shown"] for p, i in agenda(shown)["items"].items()} == dict.fromkeys(people, True)


# ---- decisions -----------------------------------------------------------------


def test_what_had_been_said_before_is_filled_in_by_the_kernel(page: CalibrationPage) -> None:
    """Own view, first and second ratings; a browser cannot say otherwise."""
    say(page, "second_seal", criterion=P3, rater="r-1", levels={"p-a": {"mlops": 3}})
    say(page, "second_reveal", criterion=P3, people=["p-a"], early=True)
    told = {"skill": "mlops", "after": 3, "reason": "as rated", "evidence": ["e1"]}
    assert decide(page, "p-a", told)["kind"] == "ack"
    content = page.log().entries[-1].content
    forged = decide(page, "p-a", {**told, "before": []})

    assert content is not None
    assert [(b["rater"], b["first"], b["second"]) for b in content["before"]] == [
        (None, 5, None),
        ("r-1", 1, 3),
        ("r-2", 3, None),
        ("r-3", 3, None),
    ]
    assert (content["decided_by"], list(content["evidence"])) == ("Kim", ["e1"])
    assert forged["kind"] == "refused"


def test_as_rated_is_what_all_others_give_now(page: CalibrationPage) -> None:
    """1, 3, 3 is not; 4, 4, 4 is, and the own view of 5 does not count."""
    apart = decide(page, "p-a", {"skill": "mlops", "after": 3, "reason": "as rated"})
    other = decide(page, "p-b", {"skill": "mlops", "after": 5, "reason": "as rated"})
    alike = [
        {"skill": skill, "after": 4, "reason": "as rated"} for skill in ("mlops", "quality-mindset")
    ]
    taken = decide(page, "p-b", *alike)

    assert where(apart) == where(other) == "decisions > mlops > reason"
    assert agenda(taken)["items"]["p-b"] == {"decided": 2}


def test_the_panel_differs_from_the_levels_only_with_words(page: CalibrationPage) -> None:
    """p-a is not met on the ratings; to call it met needs a reason in words."""
    bare = decide(page, "p-a", {"after": "MET", "reason": "other"})
    as_rated = decide(page, "p-a", {"after": "MET", "reason": "as rated", "words": "so"})
    words = {"after": "MET", "reason": "other", "words": "seen by two teams since"}
    said = decide(page, "p-a", words)
    follows = decide(page, "p-c", {"after": "OPEN", "reason": "as rated"})

    assert bare["kind"] == as_rated["kind"] == "refused"
    assert agenda(said)["items"]["p-a"]["whole"] == "MET"
    assert agenda(follows)["items"]["p-c"]["whole"] == "OPEN"


@pytest.mark.slow
def test_levels_and_the_criterion_may_be_decided_in_one_go(page: CalibrationPage) -> None:
    """What follows is judged with the levels of the same command."""
    low = {"skill": "mlops", "after": 2, "reason": "anchor misread", "words": "no alert fired"}
    both = decide(page, "p-b", low, {"after": "NOT MET", "reason": "as rated"})

    assert agenda(both)["items"]["p-b"] == {"decided": 1, "whole": "NOT MET"}


def test_a_correction_names_what_it_corrects_and_both_stay(page: CalibrationPage) -> None:
    """A second decision without the number is refused; with it the first one is still there."""
    first = {"skill": "mlops", "after": 2, "reason": "anchor misread"}
    decide(page, "p-a", first)
    number = page.log().entries[-1].seq
    blind = decide(page, "p-a", {**first, "after": 3})
    wrong = decide(page, "p-a", {**first, "after": 3, "corrects": number - 1})
    right = decide(page, "p-a", {**first, "after": 3, "corrects": number})
    view = card(page, "p-a")

    assert where(blind) == where(wrong) == "decisions > mlops > corrects"
    assert right["kind"] == "ack"
    assert [(d["seq"], d["corrected"]) for d in view["decisions"]] == [
        (number, number + 1),
        (number + 1, None),
    ]
    assert view["rows"][0]["decided"] == number + 1


@pytest.mark.slow
def test_nobody_decides_without_a_name(page: CalibrationPage) -> None:
    """Blank is not a name; dissent names somebody who rates here."""
    told = {"skill": "mlops", "after": 2, "reason": "scope differs"}

    assert where(decide(page, "p-a", told, decided_by="  ")) == "decided by"
    strange = {**told, "dissent": [{"rater": "r-x", "words": "no"}]}
    assert where(decide(page, "p-a", strange)) == "decisions > mlops > dissent"
    dissent = {**told, "dissent": [{"rater": "r-3", "words": "I saw it run"}]}
    assert decide(page, "p-a", dissent)["kind"] == "ack"


BAD_DECISIONS: list[tuple[dict[str, Any], str]] = [
    ({"skill": "mlops", "after": 9, "reason": "other", "words": "x"}, "after"),
    ({"skill": "mlops", "after": "MET", "reason": "other", "words": "x"}, "after"),
    ({"skill": "python", "after": 2, "reason": "other", "words": "x"}, "python"),
    ({"skill": "mlops", "after": 2, "reason": "because"}, "reason"),
    ({"skill": "mlops", "after": 2, "reason": "other", "words": " "}, "words"),
    ({"skill": "mlops", "after": 2, "reason": "new evidence", "evidence": ["e9"]}, "evidence"),
    ({"after": 3, "reason": "as rated"}, "after"),
    ({"skill": "mlops", "after": "OPEN", "reason": "as rated"}, "reason"),
]


def test_hostile_decisions_are_refused_and_nothing_is_stored(
    page: CalibrationPage,
) -> None:
    """Each says where; one bad decision takes the good ones beside it along."""
    seq = page.meetings.last_seq(page.code or "")
    good = {"skill": "quality-mindset", "after": 2, "reason": "as rated"}

    refused = [where(decide(page, "p-a", good, decision)) for decision, _ in BAD_DECISIONS]

    assert [place.split(" > ")[-1] for place in refused] == [place for _, place in BAD_DECISIONS]
    assert page.meetings.last_seq(page.code or "") == seq


BAD_COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("open_criterion", {"criterion": "no-such"}),
    ("open_criterion", {"criterion": P3, "also": ["p-x"]}),
    ("criterion_card", {"criterion": P3, "person": "p-x"}),
    ("criterion_card", {"criterion": "../" + P3, "person": "p-a"}),
    ("stay_open", {"criterion": P1, "people": ["p-a"]}),
    ("stay_open", {"criterion": P3, "people": ["p-e"]}),
    ("second_seal", {"criterion": P3, "rater": "r-x", "levels": {"p-a": {}}}),
    ("second_seal", {"criterion": P3, "rater": "r-1", "levels": {"p-e": {}}}),
    ("second_seal", {"criterion": P1, "rater": "r-1", "levels": {"p-a": {}}}),
    ("second_seal", {"criterion": P3, "rater": "r-1", "levels": {"p-a": {"python": 3}}}),
    ("second_seal", {"criterion": P3, "rater": "r-1", "levels": {"p-a": {"mlops": 6}}}),
    ("second_seal", {"criterion": P3, "rater": "r-1", "levels": {"p-a": {"mlops": True}}}),
    (
        "second_seal",
        {"criterion": P3, "rater": "r-1", "levels": {"p-a": {"mlops": "DECLINED"}}},
    ),
    ("second_reopen", {"criterion": P3, "rater": "r-1", "people": ["p-a"]}),
    ("second_reveal", {"criterion": P3, "people": ["p-a"], "early": True}),
    ("decide", {"criterion": P3, "person": "p-e", "decided_by": "K", "decisions": []}),
    ("decision_log", {"person": "p-x"}),
]


def test_hostile_commands_are_refused_with_words(
    page: CalibrationPage,
) -> None:
    """Whoever writes to the kernel directly gets a place and an expectation, and stores nothing."""
    seq = page.meetings.last_seq(page.code or "")
    answers = [say(page, name, **args) for name, args in BAD_COMMANDS]

    assert [answer["kind"] for answer in answers] == ["refused"] * len(BAD_COMMANDS)
    assert "an error of its own" not in json.dumps(answers)
    assert page.meetings.last_seq(page.code or "") == seq


@pytest.mark.slow
def test_who_is_not_reached_stays_open_and_takes_nobodys_value(page: CalibrationPage) -> None:
    """Closing a criterion is one entry for each; what was decided cannot be left open."""
    low = {"skill": "mlops", "after": 2, "reason": "anchor misread"}
    decide(page, "p-a", low)
    taken = say(page, "stay_open", criterion=P3, people=["p-b", "p-c"])
    mixed = say(page, "stay_open", criterion=P3, people=["p-d", "p-a"])
    left = [e.content["person"] for e in page.log().entries if e.kind == "left_open" and e.content]

    assert left == ["p-b", "p-c"]
    assert agenda(taken)["items"]["p-b"] == {"left": True}
    assert page.calibration().standing.agreed("p-b") == {}
    assert where(mixed) == "people"
    back = decide(page, "p-b", {"skill": "mlops", "after": 4, "reason": "as rated"})
    assert agenda(back)["items"]["p-b"] == {"decided": 1}


@pytest.mark.slow
def test_a_file_that_comes_late_is_offered_for_the_end_of_the_order(
    page: CalibrationPage, fw: Framework
) -> None:
    """A third rater two levels apart makes p-e a late item; nobody is added unasked."""
    drawn = agenda(say(page, "hello", assessment=page.code))["people"]
    state = say(page, "take_files", files=[rating(fw, "p-e", "r-3", (3, 1))])
    waiting = agenda(state)
    taken = agenda(say(page, "open_criterion", criterion=P3))

    assert (waiting["people"], waiting["late"]) == (drawn, ["p-e"])
    assert (taken["people"], taken["late"]) == ([*drawn, "p-e"], [])


@pytest.mark.slow
def test_nobody_decides_about_a_person_whose_files_were_put_aside(page: CalibrationPage) -> None:
    """The order keeps its place in the log; cards and commands no longer know the person."""
    for event in page.events("file"):
        if (event.payload or {})["name"].startswith("p-d."):
            say(page, "put_aside", sha256=event.subject, aside=True, why="not in this round")
    told = {"skill": "mlops", "after": 2, "reason": "scope differs"}
    sheet = {"criterion": P3, "rater": "r-1"}

    assert "p-d" not in agenda(say(page, "hello", assessment=page.code))["people"]
    assert where(decide(page, "p-d", told)) == "person"
    assert where(say(page, "second_seal", **sheet, levels={"p-d": {"mlops": 2}})) == "people"
    assert where(say(page, "criterion_card", criterion=P3, person="p-d")) == "person"


# ---- twice, and from two tabs ----------------------------------------------------


COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("open_criterion", {"criterion": P1, "also": ["p-a"]}),
    ("stay_open", {"criterion": P3, "people": ["p-a"]}),
    ("second_seal", {"criterion": P3, "rater": "r-1", "levels": {"p-a": {"mlops": 2}}}),
    (
        "decide",
        {
            "criterion": P3,
            "person": "p-a",
            "decided_by": "Kim",
            "decisions": [{"skill": "mlops", "after": 2, "reason": "scope differs"}],
        },
    ),
]


def test_a_command_sent_twice_is_stored_once(page: CalibrationPage) -> None:
    """The outbox sends again what was not answered; the second time is no error."""
    for number, (name, args) in enumerate(COMMANDS):
        say(page, name, f"same-{number}", **args)
        seq = page.meetings.last_seq(page.code or "")
        again = say(page, name, f"same-{number}", **args)

        assert again["kind"] == "ack"
        assert page.meetings.last_seq(page.code or "") == seq


def test_two_tabs_that_decide_at_once_keep_the_chain_whole(
    page: CalibrationPage, opened: Callable[[], CalibrationPage]
) -> None:
    """Neither knows of the other; both entries stand, each hangs on the one before."""
    other = opened()
    for n, tab in enumerate((page, other, page, other)):
        person = ("p-a", "p-b", "p-c", "p-d")[n]
        told = {"skill": "mlops", "after": 2, "reason": "scope differs"}
        assert decide(tab, person, told)["kind"] == "ack"
    data = json.loads(say(other, "log_file")["data"])

    assert [e["seq"] for e in data["entries"]] == list(range(1, len(data["entries"]) + 1))
    log = log_from(data)
    assert [e["kind"] for e in excerpt(log, "p-c")][-1] == "decided"
    assert "p-b" not in json.dumps(excerpt(log, "p-c"))


def test_what_another_tab_did_is_told_also_after_a_question_and_a_refusal(
    page: CalibrationPage, opened: Callable[[], CalibrationPage]
) -> None:
    """Both look at what is stored now; the page hears of it with the next ping, once."""
    other = opened()
    told = {"skill": "mlops", "after": 2, "reason": "scope differs"}
    decide(other, "p-a", told)
    card(page, "p-a")
    refused = decide(page, "p-a", told)
    heard = say(page, "ping")

    assert where(refused) == "decisions > mlops > corrects"
    assert agenda(heard)["items"]["p-a"] == {"decided": 1}
    assert "state" not in say(page, "ping")


@pytest.mark.slow
def test_the_log_is_read_a_part_at_a_time_and_by_person(page: CalibrationPage) -> None:
    """The latest first; numbers, times and the beginning of each hash."""
    decide(page, "p-a", {"skill": "mlops", "after": 2, "reason": "scope differs"})
    whole = say(page, "decision_log")["decision_log"]
    hers = say(page, "decision_log", person="p-a")["decision_log"]
    older = say(page, "decision_log", before=3)["decision_log"]
    entries = page.log().entries

    assert whole["whole"] == len(entries)
    assert whole["entries"][0]["hash"] == entries[-1].hash[:12] == whole["last_hash"]
    assert {e["content"]["person"] for e in hers["entries"]} == {"p-a"}
    assert [e["seq"] for e in older["entries"]] == [2, 1]


# ---- two tabs at once --------------------------------------------------------------


def first_then(patch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Let something happen just before the next change is stored."""
    store, waiting = Meetings.append_all, [act]

    def append_all(self: Meetings, *args: Any, **more: Any) -> Any:
        if waiting:
            waiting.pop()()
        return store(self, *args, **more)

    patch.setattr(Meetings, "append_all", append_all)


def seconds(page: CalibrationPage) -> list[tuple[Any, Any]]:
    """Give who is in the log with which second rating of p-a."""
    found = [e.content for e in page.log().entries if e.kind == "second" and e.content]
    return [(each["rater"], dict(each["levels"])["mlops"]) for each in found]


def test_a_seal_that_comes_while_ratings_are_shown_is_shown_with_them(
    page: CalibrationPage, opened: Callable[[], CalibrationPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sealed when the reveal is stored goes into the log, not what was a moment before."""
    other, people = opened(), ["p-a"]
    say(page, "second_seal", criterion=P3, rater="r-1", levels={"p-a": {"mlops": 3}})
    late = {"criterion": P3, "rater": "r-2", "levels": {"p-a": {"mlops": 2}}}
    first_then(monkeypatch, lambda: say(other, "second_seal", **late))

    say(page, "second_reveal", criterion=P3, people=people, early=True)

    assert seconds(page) == [("r-1", 3), ("r-2", 2)]


def test_a_seal_that_comes_after_the_reveal_is_refused_not_lost(
    page: CalibrationPage, opened: Callable[[], CalibrationPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown by another tab between the check and the store: the rater is told."""
    other = opened()
    say(page, "second_seal", criterion=P3, rater="r-1", levels={"p-a": {"mlops": 3}})
    show = {"criterion": P3, "people": ["p-a"], "early": True}
    first_then(monkeypatch, lambda: say(other, "second_reveal", **show))

    late = say(page, "second_seal", criterion=P3, rater="r-2", levels={"p-a": {"mlops": 2}})

    assert where(late) == "people"
    assert seconds(page) == [("r-1", 3)]


def test_of_two_tabs_that_decide_at_once_the_second_is_told(
    page: CalibrationPage, opened: Callable[[], CalibrationPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees what stands there instead of taking its place unseen."""
    other = opened()
    told = {"skill": "mlops", "reason": "anchor misread"}
    first_then(monkeypatch, lambda: decide(other, "p-a", {**told, "after": 2}))

    late = decide(page, "p-a", {**told, "after": 4})

    assert where(late) == "decisions > mlops > corrects"
    assert [e.content["after"] for e in page.log().entries if e.kind == "decided"] == [2]  # type: ignore[index]
