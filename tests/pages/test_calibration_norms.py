"""Norms without a browser: practice is blind until it is shown, and counted right afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from skillmatrix.pages.calibration import CalibrationPage
from skillmatrix.store.meetings import Meetings
from tests.pages.calibration_room import FW, Room, opened, rated

FIRST, SECOND = list(FW.practice_profiles)[:2]
CASES = FW.practice_profiles[FIRST].cases
SKILLS = list(CASES)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalibrationPage]:
    """The page of a workspace for all tests here."""
    yield from opened(tmp_path_factory.mktemp("norms"))


@pytest.fixture
def room(page: CalibrationPage) -> Room:
    """Two raters who rated one person, and a third who sits there without ratings."""
    made = Room(page)
    made.collect(rated("p-1", "r-1", {"mlops": 3}), rated("p-1", "r-2", {"mlops": 4}))
    made.ask("enter", kind="present", content={"raters": ["r-2", "guest", "r-1"]})
    return made


def give(room: Room, rater: str, levels: dict[str, Any], *, sealed: bool = True) -> dict[str, Any]:
    """Give a rater's answers to the first profile."""
    told: dict[str, Any] = {"rater": rater, "profile": FIRST, "levels": levels, "sealed": sealed}
    return room.ask("practice_rate", **told)


def test_nothing_of_an_answer_leaves_before_it_is_shown(room: Room) -> None:
    """From the seal to the reveal no frame holds a level, the reference or its reason."""
    room.frames.clear()

    give(room, "r-1", {SKILLS[0]: 5, SKILLS[1]: "NOT_OBSERVED"})
    give(room, "r-2", {SKILLS[0]: 1})
    room.ask("practice_text", profile=FIRST)
    assert "sealed" in room.refused("practice_draft", rater="r-1", profile=FIRST)
    assert "not shown yet" in room.refused("practice_result", profile=FIRST)
    room.ask("ping")
    room.ask("hello", assessment=room.page.code, framework=None, embed="voila")
    room.ask("log_file")

    told = "\n".join(room.frames)
    assert '"levels"' not in told
    assert f'"{SKILLS[0]}": 5' not in told
    assert '"reference"' not in told
    assert not any(case.reason[:40] in told for case in CASES.values())
    assert room.entries("practised") == []


def test_what_is_chosen_and_not_sealed_comes_back_to_its_rater(room: Room) -> None:
    """A rater who leaves the keyboard finds the answers again; others see that it was begun."""
    state = give(room, "r-1", {SKILLS[0]: 2}, sealed=False)["state"]["norms"]

    assert room.ask("practice_draft", rater="r-1", profile=FIRST)["practice_draft"] == {
        SKILLS[0]: 2
    }
    assert room.ask("practice_draft", rater="r-2", profile=FIRST)["practice_draft"] == {}
    assert state["begun"] == {FIRST: ["r-1"]}
    assert state["sealed"] == {FIRST: []}


def test_a_seal_holds(room: Room) -> None:
    """Sealed answers are not changed, also not by the same command sent twice."""
    told = {"rater": "r-1", "profile": FIRST, "levels": {SKILLS[0]: 3}, "sealed": True}
    room.ask("practice_rate", "seal-1", **told)
    room.ask("practice_rate", "seal-1", **told)

    assert "sealed" in room.refused("practice_rate", **{**told, "levels": {SKILLS[0]: 4}})
    assert len(room.page.events("practice")) == 1


def test_a_profile_is_shown_when_all_have_sealed_or_somebody_says_so(room: Room) -> None:
    """Who is missing is named; what was sealed, and no more, goes into the log."""
    give(room, "r-1", {SKILLS[0]: 3})
    give(room, "r-2", {SKILLS[0]: 4, SKILLS[1]: "NOT_OBSERVED"})
    give(room, "guest", {SKILLS[0]: 1}, sealed=False)

    assert "guest" in room.refused("practice_reveal", profile=FIRST)
    shown = room.ask("practice_reveal", "show-1", profile=FIRST, anyway=True)
    room.ask("practice_reveal", "show-1", profile=FIRST, anyway=True)

    assert shown["state"]["norms"]["revealed"] == [FIRST]
    assert room.entries("practised") == [
        {"rater": "r-1", "profile": FIRST, "levels": {SKILLS[0]: 3}},
        {"rater": "r-2", "profile": FIRST, "levels": {SKILLS[0]: 4, SKILLS[1]: "NOT_OBSERVED"}},
    ]
    late = {"rater": "guest", "profile": FIRST, "levels": {SKILLS[0]: 2}, "sealed": True}
    assert "was shown" in room.refused("practice_rate", **late)


def test_a_seal_that_comes_while_a_profile_is_shown_is_shown_with_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another tab seals just before the reveal is stored: nothing sealed is left out of the log."""
    give(room, "r-1", {SKILLS[0]: 5})
    store = Meetings.append_all
    waiting = [lambda: give(room, "r-2", {SKILLS[0]: 1})]

    def append_all(self: Meetings, *args: Any, **more: Any) -> Any:
        if waiting:
            waiting.pop()()
        return store(self, *args, **more)

    monkeypatch.setattr(Meetings, "append_all", append_all)
    room.ask("practice_reveal", profile=FIRST, anyway=True)

    assert [each["rater"] for each in room.entries("practised")] == ["r-1", "r-2"]


def test_nothing_is_shown_when_nobody_has_sealed(room: Room) -> None:
    """An empty reveal would spoil the profile for everybody."""
    assert "nobody has sealed" in room.refused("practice_reveal", profile=FIRST, anyway=True)


def test_answers_are_counted_beside_the_reference(room: Room) -> None:
    """The same, at most one apart, higher, lower: as counted by hand from what was given."""
    wanted = {skill: case.reference.value for skill, case in CASES.items() if case.reference}
    a, b, c = list(wanted)[:3]
    near = wanted[a] + (1 if wanted[a] < 5 else -1)
    far = wanted[b] - 2 if wanted[b] >= 2 else wanted[b] + 2
    give(room, "r-1", {a: near, b: far, c: wanted[c]})
    give(room, "r-2", {a: near, b: wanted[b], c: "NOT_OBSERVED"})
    give(room, "guest", {a: wanted[a]})
    room.ask("practice_reveal", profile=FIRST)

    result = room.ask("practice_result", profile=FIRST)["practice_result"]

    held = {each["rater"]: each for each in result["raters"]}
    counts = ("n", "exact", "within_one", "unseen_level", "left_out")
    rest = len(CASES)
    assert [held["r-1"][name] for name in counts] == [3, 1, 2, 0, rest - 3]
    assert [held["r-2"][name] for name in counts] == [2, 1, 2, 1, rest - 3]
    assert [held["guest"][name] for name in counts] == [1, 1, 1, 0, rest - 1]
    assert held["r-1"]["higher"] + held["r-1"]["lower"] == 2
    apart = {case["skill"]: case["apart"] for case in result["cases"]}
    assert (apart[a], apart[b], apart[c]) == (True, True, True)
    assert apart[next(skill for skill in SKILLS if skill not in (a, b, c))] is False


def test_practice_ratings_that_came_as_files_count(room: Room) -> None:
    """Who practised at home is not asked again, and stands beside the others in the result."""
    state = room.collect(rated(FIRST, "r-1", {SKILLS[0]: 3}))["state"]["norms"]
    give(room, "r-2", {SKILLS[0]: 4})

    again = {"rater": "r-1", "profile": FIRST, "levels": {SKILLS[0]: 5}, "sealed": True}
    assert state["filed"] == {FIRST: ["r-1"]}
    assert "came as a file" in room.refused("practice_rate", **again)
    assert "guest" in room.refused("practice_reveal", profile=FIRST)
    room.ask("practice_reveal", profile=FIRST, anyway=True)
    result = room.ask("practice_result", profile=FIRST)["practice_result"]
    given = {each["rater"]: each["answer"] for each in result["cases"][0]["given"]}
    assert given == {"r-1": 3, "r-2": 4}


def test_what_cannot_be_is_refused(room: Room) -> None:
    """A rater, profile, skill or level that does not exist is named, and nothing is stored."""
    told = {"rater": "r-1", "profile": FIRST, "levels": {SKILLS[0]: 3}, "sealed": True}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"rater": "stranger"}, "stranger"),
        ({"profile": "nobody"}, "nobody"),
        ({"levels": {"no-skill": 3}}, "no-skill"),
        ({"levels": {SKILLS[0]: 6}}, "6"),
        ({"levels": {SKILLS[0]: "UNRATED"}}, "UNRATED"),
        ({"levels": {}}, "no answer"),
    ]

    for change, said in wrong:
        assert said in room.refused("practice_rate", **{**told, **change})
    assert room.page.events("practice") == []


def test_two_profiles_to_begin_with_others_by_choice(room: Room) -> None:
    """The first two of the ladder, until somebody chooses others; an unknown one is refused."""
    before = json.loads(room.frames[-1])["state"]["norms"]["chosen"]
    last = list(FW.practice_profiles)[-1]
    after = room.ask("practice_choose", profiles=[last])["state"]["norms"]["chosen"]

    assert before == [FIRST, SECOND]
    assert after == [last]
    assert "no-profile" in room.refused("practice_choose", profiles=["no-profile"])
