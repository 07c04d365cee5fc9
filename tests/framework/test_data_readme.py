"""``data/README.md``: every example in it is carried out, and says what the page prints."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from skillmatrix.cli.app import app
from skillmatrix.settings import data_dir

PAGE = data_dir() / "README.md"
FOLDER = "my-ladder"
_BLOCK = re.compile(r"(?:<!-- (?P<what>.+?) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```\n", re.DOTALL)


class Step(NamedTuple):
    """One fenced block, with the remark for tests above it; none for what is only shown."""

    what: str
    text: str


def _steps(text: str) -> list[Step]:
    return [Step(found["what"] or "", found["text"]) for found in _BLOCK.finditer(text)]


def _sections() -> dict[str, list[Step]]:
    parts = re.split(r"^## (.+)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title: _steps(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


SECTIONS = _sections()
BEGIN, *REST = SECTIONS


def _carry_out(steps: list[Step], ladder: Path) -> Iterator[tuple[str, str]]:
    """Follow the page; give what the check says at each place, and what the page prints there."""
    old = Step("", "")
    for step in steps:
        what, _, rest = step.what.partition(" ")
        if what == "in":
            old = Step(rest.removesuffix(" replace"), step.text)
        elif what == "by":
            path = ladder / old.what
            text = path.read_text(encoding="utf-8")
            assert text.count(old.text.rstrip("\n")) == 1, old
            new = text.replace(old.text.rstrip("\n"), step.text.rstrip("\n"))
            path.write_text(new, encoding="utf-8")
        elif what == "write":
            (ladder / rest).parent.mkdir(exist_ok=True)
            (ladder / rest).write_text(step.text, encoding="utf-8")
        elif what == "add":
            with (ladder / rest.removeprefix("to ")).open("a", encoding="utf-8") as stream:
                stream.write(step.text)
        elif what == "says":
            result = CliRunner().invoke(app, ["check", FOLDER], prog_name="skillmatrix")
            yield result.stderr + result.stdout, step.text
        else:
            assert what == "", step.what


@pytest.fixture
def ladder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the copy that the page begins with, in the folder the commands are run from."""
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(data_dir() / "frameworks" / "ml-specialist", tmp_path / FOLDER)
    return Path(folder)


@pytest.mark.parametrize("title", SECTIONS)
def test_the_examples_of_a_section_do_what_the_page_says(title: str, ladder: Path):
    """Changes are made as they are told, and the check prints what stands there, to the letter."""
    before = [step for step in SECTIONS[BEGIN] if step.what != "says"]
    steps = SECTIONS[BEGIN] if title == BEGIN else [*before, *SECTIONS[title]]

    for said, printed in _carry_out(steps, ladder):
        assert said == printed


def test_the_page_shows_each_kind_of_change_and_mistakes():
    """Bars, gates, anchors, skills, overlays: each with what the check answers."""
    asked = [step.what for steps in SECTIONS.values() for step in steps]
    answers = [step.text for steps in SECTIONS.values() for step in steps if step.what == "says"]

    assert len(answers) >= 14
    assert sum("problem\n" in text or "problems\n" in text for text in answers) >= 7
    assert {"write skills/labelling.yaml", "write overlays/edge-devices.yaml"} <= {*asked}
    assert {what.split(" ")[1] for what in asked if what.startswith("in ")} >= {
        "targets.csv",
        "profiles/senior.yaml",
    }


def test_the_page_can_be_read_in_ten_minutes():
    """Two thousand words at most outside the examples, at 200 words a minute."""
    prose = _BLOCK.sub("", PAGE.read_text(encoding="utf-8"))

    assert len(prose.split()) <= 2000


def test_the_table_names_every_kind_of_file():
    """No file or folder of the shipped ladder is missing in the first table."""
    text = PAGE.read_text(encoding="utf-8")
    shipped = data_dir() / "frameworks" / "ml-specialist"
    names = {f"`{p.name}/" if p.is_dir() else f"`{p.name}`" for p in shipped.iterdir()}

    assert {name for name in names if name not in text} <= {"`assessment.schema.json`"}
