"""The page on ladders of one's own: followed to the letter, it gives what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "ladder.md"
CHAPTER = PAGE.read_text(encoding="utf-8").partition("# Change the ladder")[0]
FENCED = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MISTAKE = ("baker,customers", "baker,custommers")


@dataclass(frozen=True)
class Shown:
    """One command of the page: what it prints there, and what it printed here."""

    command: str
    there: str
    here: str


def run(command: str, folder: Path) -> str:
    """Run a command as it is written, in a workspace of its own."""
    words = command.split()
    assert words[0] == "skillmatrix"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SKILLMATRIX_")}
    done = subprocess.run(
        [sys.executable, "-m", "skillmatrix.cli", *words[1:]],
        cwd=folder,
        env={**clean, "SKILLMATRIX_WORKSPACE": str(folder / "workspace")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return (done.stdout + done.stderr).rstrip("\n")


def follow(folder: Path) -> Iterator[Shown]:
    """Write every file of the page and run every command, in the order of the page."""
    ladder = folder / "bakery"
    for name in ("skills", "profiles"):
        (ladder / name).mkdir(parents=True)
    for language, title, body in FENCED.findall(CHAPTER):
        if language == "json":
            (folder / title).write_text(body, encoding="utf-8")
        elif language in {"yaml", "csv"}:
            file, _, further = title.partition(" ")
            with (ladder / file).open("a" if further else "w", encoding="utf-8") as stream:
                stream.write(f"\n{body}" if further else body)
        elif language == "console":
            table = ladder / "targets.csv"
            good = table.read_text(encoding="utf-8")
            if title == "mistake":
                table.write_text(good.replace(*MISTAKE), encoding="utf-8")
            for shown in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = shown.partition("\n")
                yield Shown(command, printed.rstrip("\n"), run(command, folder))
            table.write_text(good, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Follow the page once, from an empty folder."""
    return list(follow(tmp_path_factory.mktemp("ladder")))


@pytest.mark.slow
def test_every_command_of_the_page_prints_what_the_page_shows(followed: list[Shown]):
    """Somebody who types the page along sees the same on the screen, mistake included."""
    assert [shown.command.split()[1] for shown in followed] == [
        *("check", "check", "example", "verdict", "gap", "check", "check"),
    ]
    assert [shown.here for shown in followed] == [shown.there for shown in followed]


def test_every_rule_that_can_be_waived_is_in_the_table():
    """The table of the page and the rules of the code are the same ones."""
    from skillmatrix.framework.defaults import WRITING_RULES

    table = CHAPTER.partition("Rule that can be waived")[2].partition("Everything else")[0]

    assert sorted(re.findall(r"`([a-z-]+)`", table.replace("`wording.yaml`", ""))) == sorted(
        WRITING_RULES
    )
