"""A table of ratings on the home page: commands in, answers out, without a browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment import lock
from skillmatrix.exchange import export
from skillmatrix.framework import Framework
from skillmatrix.pages import rounds
from skillmatrix.pages.home import Home
from tests.conftest import LOCKED_AT, assess

NUMBERS = count(1)
Ask = Callable[..., dict[str, Any]]
TEAM = b"Name,Python,MLOps,Team\nAna,3,4,A\nBo,,Expert,B\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Open the home page of an empty workspace."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "ws"))
    return Home()


def ask(home: Home, command: str, /, ok: bool = True, id: str = "", **args: Any) -> dict[str, Any]:  # noqa: A002
    """Send one command; its answer has to be JSON."""
    answers: list[dict[str, Any]] = []
    name = id or f"i{next(NUMBERS)}"
    message = {"kind": "command", "id": name, "name": command, "args": args}
    home.answer(message, answers.append)
    (answer,) = answers
    assert answer["kind"] == ("ack" if ok else "refused"), answer
    json.dumps(answer)
    return answer


def file(data: bytes, name: str = "team.csv", **told: Any) -> dict[str, Any]:
    """Give the arguments that carry a file."""
    return {"filename": name, "data": base64.b64encode(data).decode(), **told}


def people(home: Home) -> list[str]:
    """Name the people of the workspace."""
    return sorted(head.person_name for head in home.store.assessments())


def test_a_preview_keeps_nothing(home: Home):
    """It says what was understood, what was not, and what could be explained."""
    seen = ask(home, "import_preview", **file(TEAM))["preview"]

    assert (seen["kind"], seen["shape"], seen["rated"]) == ("table", "skills in columns", 2)
    assert [(each["person"], each["rated"]) for each in seen["assessments"]] == [
        ("Ana", 2),
        ("Bo", 0),
    ]
    assert [(p["line"], p["where"]) for p in seen["refused"]] == [(3, "mlops > level")]
    assert seen["unknown_levels"] == [{"word": "Expert", "count": 1}]
    assert seen["unread"] == ["Team"]
    assert seen["rows"][0] == {
        "line": 2,
        "person": "Ana",
        "skill": "Python",
        "value": 3,
        "name": "Independent",
        "found": "3",
    }
    assert people(home) == []


def test_what_was_understood_is_kept_once(home: Home):
    """Sent again after a lost answer, the same command keeps nothing twice."""
    args = file(TEAM, levels={"Expert": 4})
    first = ask(home, "import_table", id="same", **args)
    again = ask(home, "import_table", id="same", **args)

    assert (first["imported"], first["made"], first["codes"]) == (3, 2, again["codes"])
    assert people(home) == ["Ana", "Bo"]


def test_days_of_one_person_become_rounds_of_that_person(home: Home):
    """In the order of their days, under one code."""
    data = b"skill,2026-09-30,2026-01-31\npython,4,3\n"
    codes = ask(home, "import_table", **file(data, person="Ana"))["codes"]
    heads = [home.store.assessment(code) for code in codes]
    levels = [rounds.read_round(home.store, head)[0].rating("python").value for head in heads]

    assert levels == [3, 4]
    assert [str(head.created_at.date()) for head in heads] == ["2026-01-31", "2026-09-30"]
    assert len({head.person_code for head in heads}) == 1


def test_our_own_workbook_comes_back_whole(home: Home, fw: Framework):
    """Notes, evidence, aim and keys nobody knows are there; a locked one becomes a draft."""
    item = {"strength": "E1", "skills": ["mlops"], "date": "2026-01-31"}
    made = assess(
        fw,
        {"mlops": 3},
        evidence=[item],
        notes={"mlops": {"text": "=x", "visibility": "panel"}},
        x=[1],
    )
    for each in (made, lock(made, LOCKED_AT)):
        answer = ask(home, "import_table", **file(export(each, fw, "xlsx")[1], "a.xlsx"))
        head = home.store.assessment(answer["opened"])
        kept, _ = rounds.read_round(home.store, head)
        assert (kept.ratings, kept.evidence, kept.notes) == (
            made.ratings,
            made.evidence,
            made.notes,
        )
        assert kept.model_extra == {"x": [1]}
        assert head.status == "draft"


def test_a_rating_by_somebody_else_is_not_taken_over(home: Home):
    """The preview says so before, and keeping refuses it."""
    data = b"skill,mentor\npython,3\n"
    seen = ask(home, "import_preview", **file(data))["preview"]
    refused = ask(home, "import_table", ok=False, **file(data))

    assert "compared, not taken over" in seen["unfit"][0]["remedy"]
    assert refused["problems"] == seen["unfit"]
    assert people(home) == []


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"filename": "x.csv", "data": "no base64!"}, "a file"),
        (
            {"filename": "x.csv", "data": base64.b64encode(b"x" * 9_000_001).decode()},
            "at most 9 MB",
        ),
        ({"filename": "x.csv", "data": "", "framework": "no-such"}, ""),
    ],
)
def test_what_cannot_be_looked_at_is_refused(home: Home, args: dict[str, Any], expected: str):
    """With words, whatever a page sends."""
    refused = ask(home, "import_preview", ok=False, **args)

    assert expected in refused["problems"][0]["expected"]


def test_a_file_without_a_rating_keeps_nothing(home: Home):
    """The problems of the file are the answer."""
    refused = ask(home, "import_table", ok=False, **file(b"foo,bar\n1,2\n"))

    assert refused["problems"][0]["where"] == "header"
    assert people(home) == []
