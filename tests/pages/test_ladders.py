"""Every page with ladders of another role: what the kernel says of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.pages.first_paint import first_paint
from skillmatrix.pages.guide_view import guide_view
from skillmatrix.pages.home import Home
from skillmatrix.pages.ladders import default_framework
from skillmatrix.pages.role_guide import RoleGuide
from skillmatrix.pages.self_review import SelfReview
from skillmatrix.pages.session import Session
from tests.conftest import MINI
from tests.ladders import BAKERY, FAMILY

COUNT = iter(range(10_000))


def ask(page: Session, command: str, **args: Any) -> dict[str, Any]:
    """Send one command as a page does, and give the answer."""
    answers: list[dict[str, Any]] = []
    message = {"kind": "command", "id": f"c-{next(COUNT)}", "name": command, "args": args}
    page.answer(message, answers.append)
    return answers[0]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace with three ladders: a role family, the smallest one, one with criteria."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("SKILLMATRIX_FRAMEWORK", raising=False)
    own = tmp_path / "frameworks"
    shutil.copytree(FAMILY, own / "data-science-family")
    shutil.copytree(MINI, own / "librarian")
    for name, text in BAKERY.items():
        (own / "bakery" / name).parent.mkdir(parents=True, exist_ok=True)
        (own / "bakery" / name).write_text(text, encoding="utf-8")
    return tmp_path


def begun(home: Home, ladder: str, profile: str | None = None) -> str:
    """Begin a self-review on a ladder and give its code."""
    answer = ask(home, "create", name="Bo", framework=ladder, profile=profile)
    assert answer["kind"] == "ack", answer
    return str(answer["opened"])


def test_home_offers_every_ladder_with_its_roles(workspace: Path):
    """The default comes first; each has its own roles, and only the shipped one an example."""
    ladders = ask(Home(), "hello")["state"]["ladders"]

    assert [ladder["id"] for ladder in ladders] == [
        *("ml-specialist", "bakery", "data-science-family", "librarian"),
    ]
    assert [ladder["profile"] for ladder in ladders] == [
        *("senior", "baker", "trainee", "head-librarian"),
    ]
    assert [ladder["example"] for ladder in ladders] == [True, False, False, False]


def test_the_ladder_named_when_serving_comes_first(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    """Named by its id or by a folder anywhere, it is what pages begin with."""
    monkeypatch.setenv("SKILLMATRIX_FRAMEWORK", "librarian")
    assert ask(Home(), "hello")["state"]["ladders"][0]["id"] == "librarian"

    shutil.rmtree(workspace / "frameworks" / "librarian")
    monkeypatch.setenv("SKILLMATRIX_FRAMEWORK", str(MINI))
    assert default_framework().id == "librarian"
    assert ask(Home(), "hello")["state"]["ladders"][0]["id"] == "librarian"


def test_a_broken_ladder_is_told_and_the_rest_goes_on(workspace: Path):
    """Home says which folder, how many problems and what to run; its reviews stay in the list."""
    home = Home()
    begun(home, "bakery")
    (workspace / "frameworks" / "bakery" / "targets.csv").write_text("profile,skill\n", "utf-8")

    state = ask(home, "hello")["state"]
    broken = next(ladder for ladder in state["ladders"] if ladder["problem"])
    assert f"skillmatrix check {workspace / 'frameworks' / 'bakery'}" in broken["problem"]
    assert state["assessments"][0]["href"] is None
    assert "bakery@1.0.0, which has problems now" in state["assessments"][0]["problem"]
    assert ask(SelfReview(), "hello")["state"]["problem"] == state["assessments"][0]["problem"]
    assert "bakery@1.0.0" in first_paint("home", workspace, {})


def test_a_ladder_that_is_gone_leaves_its_reviews_in_the_list(workspace: Path):
    """What a person typed is there; the page says what is missing."""
    home = Home()
    begun(home, "bakery")
    shutil.rmtree(workspace / "frameworks" / "bakery")

    entry = ask(home, "hello")["state"]["assessments"][0]
    assert entry["person"] == "Bo"
    assert "no framework 'bakery'" in entry["problem"]


def test_a_role_of_another_ladder_is_refused(workspace: Path):
    """Ladder and role belong together."""
    home = Home()

    answer = ask(home, "create", name="Bo", framework="bakery", profile="senior")
    assert (answer["kind"], answer["problems"][0]["where"]) == ("refused", "profile")
    answer = ask(home, "create", name="Bo", framework="cellar")
    assert (answer["kind"], answer["problems"][0]["where"]) == ("refused", "framework")


def test_each_review_opens_with_its_own_ladder(workspace: Path):
    """The page is given the ladder before the state that speaks of it, and only when it changes."""
    home, review = Home(), SelfReview()
    codes = [begun(home, ladder) for ladder in ("bakery", "data-science-family")]
    shown: list[str] = []
    review.show = lambda framework: shown.append(framework.id)

    first = ask(review, "hello", assessment=codes[0])["state"]
    assert (first["framework"], shown) == ("bakery@1.0.0", ["bakery"])
    assert [row["skill"] for row in first["rows"]] == ["bread"]
    ask(review, "rate", skill="bread", value=1)
    assert shown == ["bakery"]

    second = ask(review, "hello", assessment=codes[1])["state"]
    assert (second["framework"], shown[1:]) == (
        "data-science-family@1.0.0",
        ["data-science-family"],
    )
    assert "framework=data-science-family" in second["nav"][1]["href"]
    titles = {e["ladder_title"] for e in ask(home, "hello")["state"]["assessments"]}
    assert titles == {"Our bakery", "Data science role family"}


def test_a_review_without_evidence_criteria_and_questions_works_to_the_end(workspace: Path):
    """Rate, note, evidence, undo, chart, other roles, export and import on a role family."""
    home, review = Home(), SelfReview()
    code = begun(home, "data-science-family", "associate")
    ask(review, "hello", assessment=code)

    state = ask(review, "rate", skill="statistics", value=1)["state"]
    row = next(row for row in state["rows"] if row["skill"] == "statistics")
    assert (row["claimed"], row["supported"], row["met"]) == (1, 1, True)
    assert row["why"] == "This ladder asks for no evidence: the level you claim counts."
    leading = next(row for row in state["rows"] if row["skill"] == "leading-people")
    assert leading["required"] is None
    assert ask(review, "rate", skill="statistics", value=5)["kind"] == "refused"
    item = {"title": "A survey", "date": "2026-01-05", "skills": ["statistics"], "types": []}
    assert ask(review, "evidence", id="e1", item=item)["state"]["evidence"][0]["missing"] == ""
    assert ask(review, "note", skill="statistics", text="Ask Kim.")["kind"] == "ack"
    assert ask(review, "undo")["state"]["notes"] == {}
    assert "against the bar of Associate data scientist" in ask(review, "figure")["text"]
    seen = ask(review, "targets")["targets"]["rows"]
    assert [target["id"] for target in seen][:2] == ["associate", "trainee"]

    exported = ask(review, "export")["data"]
    text = json.dumps(exported)
    again = ask(home, "import", filename="bo.assessment.json", text=text)
    ask(review, "hello", assessment=again["opened"])
    back = ask(review, "export")["data"]
    for key in ("framework", "aim", "ratings", "evidence", "notes"):
        assert back[key] == exported[key]


def test_a_scale_from_one_asks_nothing_at_its_lowest_level(workspace: Path):
    """On a ladder from 1 to 4, a bar of 1 is no bar, and 0 is no level."""
    home, review = Home(), SelfReview()
    ask(review, "hello", assessment=begun(home, "librarian", "librarian"))

    state = ask(review, "rate", skill="local-history", value=1)["state"]
    row = next(row for row in state["rows"] if row["skill"] == "local-history")
    assert (row["required"], row["supported"]) == (None, 1)
    assert ask(review, "rate", skill="local-history", value=0)["kind"] == "refused"


def test_a_skill_the_role_does_not_use_is_not_asked(workspace: Path):
    """A bar at the lowest level is neither a bar nor met nor exceeded, rated or not."""
    home, review = Home(), SelfReview()
    code = begun(home, "data-science-family", "trainee")
    ask(review, "hello", assessment=code)
    ask(review, "rate", skill="statistics", value=3)
    state = ask(review, "rate", skill="leading-people", value=2)["state"]

    rows = {row["skill"]: row for row in state["rows"]}
    unused = [skill for skill, row in rows.items() if not row["asked"]]
    assert unused == ["shaping-problems", "leading-people"]
    assert [rows[skill]["required"] for skill in unused] == [None, None]
    assert [entry["skill"] for entry in state["verdict"]["overshoot"]] == ["statistics"]
    drawn = first_paint("self_review", workspace, {"assessment": code})
    assert drawn.count("<span>Not asked by this role</span>") == 2
    assert "No bar set" not in drawn
    assert "Leading people: level 2, not asked by this role" in drawn
    found = ask(review, "targets", profiles=[])["targets"]
    own = {gap["skill"]: gap["cells"][0] for gap in found["gaps"]}
    assert (own["shaping-problems"]["mark"], own["shaping-problems"]["bar"]) == ("none", None)
    assert own["programming"]["mark"] == "unknown"


def test_the_role_guide_shows_the_ladder_of_the_address(workspace: Path):
    """Named in the address, or that of the review it names; another one can be chosen."""
    guide, shown = RoleGuide(), []
    guide.show = lambda framework: shown.append(framework.id)

    state = ask(guide, "hello", framework="bakery")["state"]
    assert (state["framework"], state["variant"]["profile"], shown) == (
        *("bakery@1.0.0", "baker"),
        ["bakery"],
    )
    assert state["ladders"][0]["id"] == "ml-specialist"
    assert ask(guide, "ladder", framework="librarian")["state"]["framework"] == "librarian@2.0.1"
    code = begun(Home(), "data-science-family")
    state = ask(guide, "hello", assessment=code)["state"]
    assert state["framework"] == "data-science-family@1.0.0"
    assert ask(guide, "hello", framework="cellar")["state"]["problem"].startswith("framework")


def test_a_ladder_without_a_guide_has_one_made_of_its_parts(workspace: Path):
    """Roles with all bars, skills by area with all statements; nothing that it does not have."""
    view = guide_view(RoleGuide().framework)
    assert "area_id" in view["skills"]["mlops"]
    guide = RoleGuide()
    ask(guide, "hello", framework="data-science-family")
    view = guide_view(guide.framework)

    assert [section["title"] for section in view["sections"]] == ["Roles", "Skills"]
    placed = [i for s in view["sections"] for g in s["groups"] for i in g["items"]]
    assert set(placed) == set(view["items"])
    assert view["items"]["role:trainee"]["profile"] == "trainee"
    assert view["items"]["statistics"]["section"] == 2
    assert view["skills"]["data-ethics"]["anchors"]["4"] == []
    assert view["skills"]["statistics"]["importance"] == ""
    assert {item["source"] for item in view["items"].values()} == {""}


@pytest.mark.parametrize("ladder", ["bakery", "data-science-family", "librarian"])
def test_the_first_paint_of_every_page_fits_the_ladder(workspace: Path, ladder: str):
    """The server draws the same levels and titles that the page draws afterwards."""
    code = begun(Home(), ladder)
    guide = RoleGuide()
    ask(guide, "hello", framework=ladder)
    framework = guide.framework

    drawn = first_paint("self_review", workspace, {"assessment": code})
    assert f"--sm-levels:{len(framework.scale)}" in drawn
    assert drawn.count("sm-board-level-name") == len(framework.scale)
    assert ("evidence supports" in drawn) is framework.asks_evidence
    assert ("your level" in drawn) is not framework.asks_evidence
    drawn = first_paint("role_guide", workspace, {"framework": ladder})
    assert framework.title in drawn
    assert "Bo" in first_paint("home", workspace, {})


def test_texts_of_a_ladder_are_escaped(workspace: Path):
    """A title with a tag is text, on every page the server draws."""
    main = workspace / "frameworks" / "bakery" / "framework.yaml"
    main.write_text(main.read_text("utf-8").replace("Our bakery", "<b>Ours</b>"), "utf-8")
    begun(Home(), "bakery")

    drawn = first_paint("home", workspace, {}) + first_paint(
        "role_guide", workspace, {"framework": "bakery"}
    )
    assert "<b>Ours" not in drawn
    assert "&lt;b&gt;Ours" in drawn
