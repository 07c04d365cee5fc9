"""The scan without a browser: figures as counted by hand, and what it does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from skillmatrix import calibration as cal
from skillmatrix.pages.calibration import CalibrationPage
from tests.pages.calibration_room import FW, Room, Said, opened, rated

SKILLS = list(FW.skills)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalibrationPage]:
    """The page of a workspace for all tests here."""
    yield from opened(tmp_path_factory.mktemp("scan"))


@pytest.fixture(scope="module")
def room(page: CalibrationPage) -> Room:
    """Six people, two raters who rated all of them, an own view of the first."""
    made = Room(page)
    first: Said = {"mlops": 2, "python": 3, "streaming": 3, "validation": "NOT_OBSERVED"}
    second: Said = {"mlops": 4, "python": 3, "streaming": 0, "validation": 4}
    made.collect(
        rated("p-1", None, {"mlops": 5, "python": 5}),
        rated("p-1", "r-1", first),
        rated("p-1", "r-2", second, kind="peer"),
        *(rated(f"p-{n}", "r-1", {"mlops": 2, "python": 3}) for n in range(2, 7)),
        *(rated(f"p-{n}", "r-2", {"mlops": 3, "python": 4}, kind="peer") for n in range(2, 7)),
    )
    return made


def test_agreement_is_what_the_files_give(room: Room) -> None:
    """13 cells both rated, 1 alike, 11 at most one apart; the own view is held beside, not in."""
    view = room.ask("scan_agreement")["scan_agreement"]

    (pair,) = view["pairs"]
    assert (pair["a"], pair["b"], pair["n"]) == ("r-1", "r-2", 13)
    assert (pair["exact"], pair["within_one"]) == (1, 11)
    assert (view["people"], view["raters"], view["ratings"], view["own"]) == (6, 2, 27, 1)
    beside = {each["b"]: (each["n"], each["a_higher"]) for each in view["beside_self"]}
    assert beside == {"manager": (2, 2), "peer": (2, 2)}
    assert "too few people to compare with anything" in view["coefficients"][0]["words"]


def test_the_list_begins_with_gates_and_what_is_widest(room: Room) -> None:
    """MLOps has a gate and is two apart; streaming is three apart and comes after all gates."""
    view = room.ask("scan_list")["scan_list"]
    first = view["rows"][0]

    assert (first["person"], first["skill"], first["gate"], first["range"]) == (
        "p-1",
        "mlops",
        True,
        2,
    )
    assert [(mark["rater"], mark["level"]) for mark in first["marks"]] == [
        (None, 5),
        ("r-1", 2),
        ("r-2", 4),
    ]
    assert first["required"] == 4
    assert first["criteria"][0]["id"] == "monitoring-lifecycle"
    assert [row["range"] for row in view["rows"] if row["gate"]][:2] == [2, 1]
    assert (view["rows"][-1]["skill"], view["rows"][-1]["range"]) == ("streaming", 3)
    assert (view["total"], view["rated_twice"], view["same"]) == (12, 13, 1)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"least": 0}, 13),
        ({"least": 2}, 2),
        ({"least": 3, "gate": True}, 0),
        ({"person": "p-1"}, 2),
        ({"skill": "mlops"}, 6),
        ({"skill": "python", "person": "p-1", "least": 0}, 1),
    ],
)
def test_the_list_can_be_narrowed(room: Room, wanted: dict[str, Any], count: int) -> None:
    """By gate, range, person and skill, together."""
    assert room.ask("scan_list", **wanted)["scan_list"]["total"] == count


def test_the_list_comes_in_pages(page: CalibrationPage) -> None:
    """Thirty lines at a time; every line is on one page, and no page is behind the last."""
    room = Room(page)
    low: Said = dict.fromkeys(SKILLS, 2)
    high: Said = dict.fromkeys(SKILLS, 3)
    for person in ("p-1", "p-2"):
        room.collect(rated(person, "r-1", low), rated(person, "r-2", high))

    pages = [room.ask("scan_list", page=number)["scan_list"] for number in range(3)]

    lines = [(row["person"], row["skill"]) for view in pages[:2] for row in view["rows"]]
    assert [len(view["rows"]) for view in pages[:2]] == [30, 2 * len(SKILLS) - 30]
    assert len(set(lines)) == 2 * len(SKILLS)
    assert pages[2]["page"] == 1


def test_what_one_rated_alone_is_no_agreement(room: Room) -> None:
    """One level beside one "not observed" is no line of the list, at any distance."""
    view = room.ask("scan_list", person="p-1", least=0)["scan_list"]

    assert "validation" not in [row["skill"] for row in view["rows"]]


def test_severity_is_told_to_whoever_asks_and_nowhere_else(room: Room) -> None:
    """The figures are those of the library; neither the state nor any other view has them."""
    room.frames.clear()
    for name in ("scan_agreement", "scan_list", "scan_wordings", "pre_read", "ping"):
        room.ask(name)
    room.ask("hello", assessment=room.page.code, framework=None, embed="voila")
    told = "\n".join(room.frames)

    view = room.ask("scan_severity")["scan_severity"]

    found = cal.severity(room.page.calibration().frame)
    (lines,) = view["components"]
    assert {line["rater"]: line["effect"] for line in lines} == pytest.approx(dict(found.effects))
    assert [line["people"] for line in lines] == [6, 6]
    (pair,) = view["pairs"]
    assert (pair["a_higher"], pair["b_higher"]) == (1, 11)
    assert pair["signed_gap"] == pytest.approx((2 + 0 - 3 + 5 * (1 + 1)) / 13)
    assert '"b": "r-2", "n": 13' in told
    assert '"within_one": 11, "a_higher"' not in told
    assert '"effect"' not in told
    assert "higher than others" not in told


def test_a_rater_gets_the_own_line_and_nobody_elses(room: Room) -> None:
    """The file names one rater; its figure is that rater's."""
    answer = room.ask("scan_severity_line", rater="r-2")

    effect = cal.severity(room.page.calibration().frame).effects["r-2"]
    assert "r-2" in answer["data"]
    assert "r-1" not in answer["data"]
    assert f"You rate {effect:.2f} of a level higher than others" in answer["data"]
    assert "12 ratings" not in answer["data"]
    assert "14 ratings of 6 people" in answer["data"]
    assert "r-9" in room.refused("scan_severity_line", rater="r-9")


def test_severity_of_few_people_is_refused_with_the_reason(page: CalibrationPage) -> None:
    """Below five people neither the view nor the file of a rater has a figure."""
    room = Room(page)
    room.collect(rated("p-1", "r-1", {"mlops": 1}), rated("p-1", "r-2", {"mlops": 4}))

    view = room.ask("scan_severity")["scan_severity"]
    line = room.ask("scan_severity_line", rater="r-1")["data"]
    words = room.ask("scan_agreement")["scan_agreement"]["coefficients"]

    assert "fewer than 5 people" in view["refused"]
    assert "components" not in view
    assert "fewer than 5 people" in line
    assert "of a level" not in line
    assert all("not shown" in each["words"] for each in words)


def test_raters_who_share_nobody_get_a_panel_each_and_a_link(page: CalibrationPage) -> None:
    """Two teams, two raters: two components, and the one rating that would connect them."""
    room = Room(page)
    room.collect(
        *(rated(f"a-{n}", "r-1", {"mlops": n}) for n in range(3)),
        *(rated(f"b-{n}", "r-2", {"mlops": n}) for n in range(3)),
    )

    view = room.ask("scan_severity")["scan_severity"]

    assert [[line["rater"] for line in part] for part in view["components"]] == [["r-1"], ["r-2"]]
    assert len(view["links"]) == 1
    assert view["anchored"] is None
    alone = room.ask("scan_severity_line", rater="r-1")["data"]
    assert "share no person" in alone


def test_the_change_request_names_no_rater_and_no_person(room: Room) -> None:
    """Wordings are what it is about."""
    text = room.ask("scan_change_request")["data"]

    assert text.startswith(f"# Change request for {FW.key}")
    assert not any(code in text for code in ("r-1", "r-2", "p-1"))
    view = room.ask("scan_wordings")["scan_wordings"]
    assert all(each["why_not"] or each["worth"] for each in view["boundaries"])


def test_the_pre_read_says_what_no_other_rater_has_rated(room: Room) -> None:
    """Nobody was rated on data querying: it is not known, and the reason is told."""
    (first,) = room.ask("pre_read", people=["p-1"])["pre_read"]
    parts = [part for criterion in first["criteria"] for part in criterion["parts"]]
    asked = [p for p in parts if p["kind"] == "floor" and "Data querying" in p["title"]]

    assert asked
    assert {(p["observed"], p["change"]) for p in asked} == {
        ("[0..5]", "no other rater has given a level")
    }
    (told,) = [line for line in first["missing"] if line.startswith("No other rater")]
    assert "Data querying" in told
    assert "MLOps" not in told.removesuffix(".").split(", ")


def test_the_pre_read_is_the_verdict_on_all_ratings(room: Room) -> None:
    """States, who gave what, what is missing; without evidence the lowest rating carries 1."""
    first, second = room.ask("pre_read", people=["p-1", "p-2"])["pre_read"]

    verdict = room.page.calibration().verdict("p-1")
    states = {each["id"]: each["state"] for each in first["criteria"]}
    assert states == {name: each.state for name, each in verdict.criteria.items()}
    mlops = next(each for each in first["skills"] if each["skill"] == "mlops")
    assert (mlops["low"], mlops["high"], mlops["required"]) == (1, 4, 4)
    assert [(each["rater"], each["value"]) for each in mlops["said"]] == [
        (None, 5),
        ("r-1", 2),
        ("r-2", 4),
    ]
    assert "The own view was not collected." in second["missing"]
    assert "The own view was not collected." not in first["missing"]
    assert len(room.ask("pre_read")["pre_read"]) == 6
    assert "nobody" in room.refused("pre_read", people=["nobody"])


def test_figures_follow_the_ratings(page: CalibrationPage) -> None:
    """A file that comes late is in the next answer; a word for the minutes changes nothing."""
    room = Room(page)
    room.collect(rated("p-1", "r-1", {"mlops": 1}), rated("p-1", "r-2", {"mlops": 4}))
    before = room.ask("scan_agreement")["scan_agreement"]
    room.ask("enter", kind="remark", content={"text": "A word."})
    same = room.ask("scan_agreement")["scan_agreement"]
    room.collect(rated("p-2", "r-1", {"mlops": 1}), rated("p-2", "r-2", {"mlops": 1}))
    after = room.ask("scan_agreement")["scan_agreement"]

    assert json.dumps(same) == json.dumps(before)
    assert (before["all"]["n"], before["all"]["exact"]) == (1, 0)
    assert (after["all"]["n"], after["all"]["exact"]) == (2, 1)
