"""Earlier rounds, through the page: what changed, and going on with a new version of a ladder."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment import Assessment
from skillmatrix.framework import load_framework
from skillmatrix.pages.home import Home
from skillmatrix.pages.self_review import SelfReview
from tests.conftest import content
from tests.ladders import FAMILY, FAMILY_2
from tests.pages.conftest import Ask

IDS = count(1)


def tell(page: Any, command: str, /, ok: bool = True, **args: Any) -> dict[str, Any]:
    """Send one command to a page of one's own."""
    answers: list[dict[str, Any]] = []
    message = {"kind": "command", "id": f"x{next(IDS)}", "name": command, "args": args}
    page.answer({**message, "base": 0}, answers.append)
    (answer,) = answers
    assert answer["kind"] == ("ack" if ok else "refused"), answer
    return answer


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Home, SelfReview]:
    """Give a home page and a self-review of a workspace with the family ladder, version 1."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    shutil.copytree(FAMILY, tmp_path / "ws" / "frameworks" / "data-science-family")
    return Home(), SelfReview()


def new_version(tmp_path: Path) -> None:
    """Put the second version of the ladder in the place of the first."""
    place = tmp_path / "ws" / "frameworks" / "data-science-family"
    shutil.rmtree(place)
    shutil.copytree(FAMILY_2, place)


def test_without_an_earlier_round_there_is_nothing_to_compare(send: Ask):
    """Which is no problem, and says so by being empty."""
    found = send("change")["change"]

    assert (found["with"], found["rounds"], found["compared"]) == (None, [], None)
    assert found["problem"] is None


def test_a_new_round_is_compared_with_the_one_before(pages: tuple[Home, SelfReview]):
    """The latest earlier one by itself; each of them by its code."""
    home, review = pages
    first = tell(home, "create", name="Ana", profile="senior")["opened"]
    tell(review, "hello", assessment=first)
    tell(review, "rate", skill="mlops", value=2)
    tell(review, "rate", skill="python", value=4)
    second = tell(home, "duplicate", assessment=first)["opened"]
    tell(review, "hello", assessment=second)
    tell(review, "rate", skill="mlops", value=4)

    found = tell(review, "change")["change"]
    assert (found["with"], [r["code"] for r in found["rounds"]]) == (first, [first])
    compared = found["compared"]
    assert [(s["skill"], s["then"], s["now"], s["word"], s["by"]) for s in compared["skills"]] == [
        ("mlops", "2", "4", "up", "you")
    ]
    assert (compared["same"], compared["neither"]) == (1, 25)
    assert compared["headline"].startswith("1 up, 0 down, 1 the same")
    assert [c["code"] for c in compared["criteria"] if c["by"]] == ["P3"]


def test_the_earlier_round_has_no_later_one_before_it(pages: tuple[Home, SelfReview]):
    """Looking back goes back only; a stranger's round cannot be named."""
    home, review = pages
    first = tell(home, "create", name="Ana", profile="senior")["opened"]
    second = tell(home, "duplicate", assessment=first)["opened"]
    other = tell(home, "create", name="Bo", profile="senior")["opened"]
    tell(review, "hello", assessment=first)

    assert tell(review, "change")["change"]["rounds"] == []
    for code in (second, other, "nothing"):
        (problem,) = tell(review, "change", ok=False, **{"with": code})["problems"]
        assert problem["expected"] == "an earlier round of the same person"


def test_the_figure_says_in_words_what_it_shows(pages: tuple[Home, SelfReview]):
    """A picture with its text; without an earlier round it is refused."""
    home, review = pages
    first = tell(home, "create", name="Ana", profile="senior")["opened"]
    tell(review, "hello", assessment=first)
    tell(review, "rate", skill="mlops", value=2)
    assert tell(review, "change_figure", ok=False)["problems"][0]["found"] == "no earlier round"
    second = tell(home, "duplicate", assessment=first)["opened"]
    tell(review, "hello", assessment=second)
    tell(review, "rate", skill="mlops", value=3)

    figure = tell(review, "change_figure", theme="dark", width=360)["figure"]
    assert figure["svg"].startswith("<svg")
    assert "1 higher now: MLOps (2 to 3)." in figure["text"]


def test_a_round_of_an_earlier_version_is_offered_to_be_taken_on(
    pages: tuple[Home, SelfReview], tmp_path: Path
):
    """What would become of it is told first; nothing is stored by looking."""
    home, review = pages
    made = tell(home, "create", name="Ana", framework="data-science-family", profile="associate")
    tell(review, "hello", assessment=made["opened"])
    tell(review, "rate", skill="machine-learning", value=3)
    tell(review, "rate", skill="delivering", value=2)
    new_version(tmp_path)

    state = tell(SelfReview(), "hello", assessment=made["opened"])["state"]
    assert (state["assessment"], state["problem"]) == (None, None)
    earlier = state["earlier"]
    assert (earlier["from"], earlier["to"], earlier["unknown"]) == ("1.0.0", "2.0.0", 1)
    assert [s["to"] for s in earlier["summaries"]] == ["1.1.0", "2.0.0"]
    assert any("became modelling and operating-models" in c["text"] for c in earlier["changes"])
    (line,) = tell(home, "hello")["state"]["assessments"]
    assert line["earlier"] == "2.0.0"


def test_going_on_begins_a_new_round_and_leaves_the_old_one(
    pages: tuple[Home, SelfReview], tmp_path: Path
):
    """The new round is of the new version; what the ladder did and what she did are told apart."""
    home, review = pages
    made = tell(home, "create", name="Ana", framework="data-science-family", profile="associate")
    first = made["opened"]
    tell(review, "hello", assessment=first)
    tell(review, "rate", skill="delivering", value=3)
    tell(review, "rate", skill="statistics", value=2)
    new_version(tmp_path)
    review = SelfReview()
    tell(review, "hello", assessment=first)

    opened = tell(review, "bring_over", assessment=first)
    assert opened["state"]["framework"] == "data-science-family@2.0.0"
    assert opened["opened"] != first
    tell(review, "rate", skill="statistics", value=3)
    compared = tell(review, "change")["change"]["compared"]
    assert {s["skill"]: (s["then"], s["now"], s["by"]) for s in compared["skills"]} == {
        "statistics": ("2", "3", "you")
    }
    assert compared["versions"] == ["1.0.0", "2.0.0"]
    assert compared["ladder"][0]["text"].startswith("skill delivering, rated 3, is delivery now.")
    old = tell(review, "earlier_file", assessment=first)["data"]
    assert Assessment.model_validate(old).ratings["delivering"].value == 3
    assert len(tell(home, "hello")["state"]["assessments"]) == 2


def test_the_same_command_twice_begins_one_round(pages: tuple[Home, SelfReview], tmp_path: Path):
    """A page that did not hear the answer may ask again."""
    home, review = pages
    made = tell(home, "create", name="Ana", framework="data-science-family", profile="associate")
    new_version(tmp_path)
    message = {"kind": "command", "id": "once", "name": "bring_over", "base": 0}
    codes = []
    for _ in range(2):
        args = {"assessment": made["opened"]}
        review.answer({**message, "args": args}, lambda a: codes.append(a["opened"]))

    assert codes[0] == codes[1]
    assert len(tell(home, "hello")["state"]["assessments"]) == 2


def test_a_new_round_from_home_goes_on_with_the_new_version(
    pages: tuple[Home, SelfReview], tmp_path: Path
):
    """The button that begins a round does what the ladder needs."""
    home, _ = pages
    made = tell(home, "create", name="Ana", framework="data-science-family", profile="associate")
    new_version(tmp_path)

    code = tell(home, "duplicate", assessment=made["opened"])["opened"]
    lines = {e["code"]: e for e in tell(home, "hello")["state"]["assessments"]}
    assert lines[code]["framework"] == "data-science-family@2.0.0"
    assert lines[code]["problem"] is None


def test_a_version_that_nothing_leads_on_from_is_a_problem_as_before(
    pages: tuple[Home, SelfReview], tmp_path: Path
):
    """It says which workbook opens it; there is nothing to take on."""
    home, _ = pages
    made = tell(home, "create", name="Ana", framework="data-science-family", profile="associate")
    place = tmp_path / "ws" / "frameworks" / "data-science-family" / "framework.yaml"
    place.write_text(place.read_text().replace("version: 1.0.0", "version: 3.0.0"))

    state = tell(SelfReview(), "hello", assessment=made["opened"])["state"]
    assert "open it with the workbook it was made with" in state["problem"]
    assert state["earlier"] is None


def test_a_rating_that_was_given_lately_does_not_fade_though_its_evidence_is_old(send: Ask):
    """The day of a rating is known to the workspace, of this round and of earlier ones."""
    item = {"title": "Old", "date": "2020-01-01", "description": "d", "skills": ["llmops"]}
    send("evidence", id="e1", item=item)
    send("rate", skill="llmops", value=2)

    assert send("change")["change"]["fading"] == []


def test_an_imported_rating_with_old_evidence_fades(pages: tuple[Home, SelfReview]):
    """Nobody knows when it was given; its newest sign is what speaks."""
    home, review = pages
    fw = load_framework("ml-specialist")
    shown = {"id": "e1", "title": "Old", "date": "2020-01-01", "strength": "E1"}
    data = content(fw, {"llmops": 2, "mlops": 2}, aim={"profile": "senior"})
    data["evidence"] = [{**shown, "description": "d", "skills": ["llmops"]}]
    file = {"filename": "ana.assessment.json", "text": json.dumps(data)}
    code = tell(home, "import", **file)["opened"]
    tell(review, "hello", assessment=code)

    (fading,) = tell(review, "change")["change"]["fading"]
    assert (fading["skill"], fading["newest"], fading["months"]) == ("llmops", "2020-01-01", 12)


def test_home_leads_to_what_changed_where_there_is_something_to_compare(
    pages: tuple[Home, SelfReview],
):
    """Only the later round of a person has an earlier one."""
    home, _ = pages
    first = tell(home, "create", name="Ana", profile="senior")["opened"]
    second = tell(home, "duplicate", assessment=first)["opened"]

    lines = {e["code"]: e for e in tell(home, "hello")["state"]["assessments"]}
    assert lines[first]["compare"] is None
    assert lines[second]["compare"] == f"{lines[second]['href']}#results"


def test_a_file_of_an_earlier_version_is_kept_as_it_is_and_offered_to_be_taken_on(
    pages: tuple[Home, SelfReview], tmp_path: Path
):
    """Importing guesses nothing: the page says first what would become of it."""
    home, review = pages
    old = content(load_framework(FAMILY), {"delivering": 3}, aim={"profile": "associate"})
    new_version(tmp_path)

    file = {"filename": "bo.assessment.json", "text": json.dumps(old)}
    code = tell(home, "import", **file)["opened"]
    state = tell(review, "hello", assessment=code)["state"]
    assert (state["earlier"]["from"], len(state["earlier"]["changes"])) == ("1.0.0", 2)
    opened = tell(review, "bring_over", assessment=code)
    rows = {row["skill"]: row["value"] for row in opened["state"]["rows"]}
    assert rows["delivery"] == 4
