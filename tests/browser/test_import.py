"""Files on the home page: good, broken, locked, somebody else's, far too large."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.workbook import SKILLMATRIX, Workbook, shown, to_step

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let the command line write its invented people."""
    folder = tmp_path_factory.mktemp("example") / "people"
    subprocess.run([str(SKILLMATRIX), "example", str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture
def home(workbook: Workbook, tab: Any) -> Any:
    """The home page of an empty workspace."""
    tab.goto(workbook.address)
    tab.get_by_label("Name").wait_for()
    return tab


def bring(page: Any, *path: Path) -> None:
    """Choose a file."""
    page.locator("input[type=file]").set_input_files(list(path))


def count(workbook: Workbook) -> int:
    """Count the assessments on disk."""
    with workbook.store() as store:
        return len(store.assessments())


def test_every_example_of_a_self_rating_opens(workbook: Workbook, home: Any, people: Path) -> None:
    """Drafts and locked ones; what the page shows is what the file says."""
    files = sorted(people.glob("*-self.assessment.json"))
    for number, path in enumerate(files, start=1):
        bring(home, path)
        home.locator(".sm-assessment").nth(number - 1).wait_for()
    assert count(workbook) == len(files) == 8

    locked = next(p for p in files if json.loads(p.read_text())["status"] == "locked")
    data = json.loads(locked.read_text())
    home.get_by_role("link", name=data["person"]["name"]).click()
    home.wait_for_url("**/self_review?*")
    to_step(home, "Rate")
    levels = {skill: value for skill, value in data["ratings"].items() if isinstance(value, int)}
    assert shown(home) == levels
    assert home.watched.complaints == []


def test_a_broken_file(workbook: Workbook, home: Any, people: Path, tmp_path: Path) -> None:
    """Every problem, each with where, what was found and what was expected; nothing is kept."""
    data = json.loads((people / "amal-self.assessment.json").read_text())
    data["ratings"] |= {"mlops": 9, "no-such-skill": 3}
    data["evidence"][0]["date"] = "yesterday"
    path = tmp_path / "broken.assessment.json"
    path.write_text(json.dumps(data))

    bring(home, path)
    trouble = home.locator(".sm-import-trouble")
    trouble.wait_for()
    text = trouble.inner_text()

    assert "broken.assessment.json was not imported" in text
    for word in ("mlops", "9", "no-such-skill", "date", "yesterday", "Found:", "Expected:"):
        assert word in text, f"{word!r} is not in {text}"
    assert count(workbook) == 0
    assert trouble.evaluate("el => el === document.activeElement")


def test_no_file_of_ours(workbook: Workbook, home: Any, tmp_path: Path) -> None:
    """Half a file, an empty one, a picture: said, and the next good one works."""
    for name, content in {
        "half.json": b'{"format": "skillmatrix.asse',
        "empty.json": b"",
        "picture.json": bytes(range(256)) * 4,
        "list.json": b"[1, 2]",
        "deep.json": b"[" * 100_000,
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        bring(home, path)
        home.locator(".sm-import-trouble", has_text=name).wait_for()

    assert count(workbook) == 0


def test_a_mentors_file(workbook: Workbook, home: Any, people: Path) -> None:
    """It is compared, not taken over as one's own; the page says so."""
    bring(home, people / "amal-mentor.assessment.json")
    trouble = home.locator(".sm-import-trouble")
    trouble.wait_for()

    assert "compared, not taken over" in trouble.inner_text()
    assert count(workbook) == 0


def test_a_huge_file(workbook: Workbook, home: Any, people: Path, tmp_path: Path) -> None:
    """Above the limit it is not even read; below, whatever it is, the page answers."""
    huge = tmp_path / "huge.assessment.json"
    huge.write_bytes(b" " * 21_000_000)
    bring(home, huge)
    home.locator(".sm-import-trouble", has_text="at most 20 MB").wait_for()

    large = tmp_path / "large.assessment.json"
    data = json.loads((people / "amal-self.assessment.json").read_text())
    data["padding"] = "x" * 15_000_000
    large.write_text(json.dumps(data))
    bring(home, large)
    home.locator(".sm-import-trouble", has_text="large.assessment.json").or_(
        home.locator(".sm-assessment")
    ).first.wait_for()

    bring(home, people / "kenji-self.assessment.json")
    kenji = json.loads((people / "kenji-self.assessment.json").read_text())["person"]["name"]
    home.get_by_role("link", name=kenji).wait_for()
    assert home.watched.complaints == []


def test_a_dropped_file(workbook: Workbook, home: Any, people: Path) -> None:
    """Dropping a file on the page is choosing it."""
    text = (people / "amal-self.assessment.json").read_text()
    transfer = home.evaluate_handle(
        """text => { const data = new DataTransfer();
            data.items.add(new File([text], 'amal.assessment.json')); return data; }""",
        text,
    )
    for event in ("dragenter", "dragover", "drop"):
        home.dispatch_event(".sm-drop", event, {"dataTransfer": transfer})
    home.locator(".sm-assessment").wait_for()

    assert count(workbook) == 1
