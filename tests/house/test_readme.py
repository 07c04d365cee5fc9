"""What README.md tells people to type works as it stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.S)
COMMANDS = [
    line.partition("#")[0].strip()
    for kind, text in BLOCKS
    for line in text.splitlines()
    if not kind and line.startswith("skillmatrix ")
]
QUIET = {"skillmatrix serve", "skillmatrix doctor"}  # one goes on for ever, one looks at a machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the first command has been run."""
    made = tmp_path_factory.mktemp("readme")
    assert run(COMMANDS[0], made).returncode == 0
    return made


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type one command in a folder."""
    words = [sys.executable, "-m", "skillmatrix.cli", *shlex.split(command)[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [c for c in COMMANDS[1:] if c not in QUIET])
def test_a_command_does_what_it_says(folder: Path, command: str):
    """Every command ends with 0 and says something."""
    done = run(command, folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_the_lines_of_python_run(folder: Path):
    """The block can be pasted as it is."""
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "P3" in done.stdout
