"""Running commands, in this process and in one of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from skillmatrix import settings
from skillmatrix.cli.app import app

ANA = settings.data_dir() / "examples" / "ana.assessment.json"
ROOT = Path(__file__).parents[2]

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process; its result has stdout, stderr and exit_code."""
    monkeypatch.delenv("SKILLMATRIX_DEBUG", raising=False)
    monkeypatch.delenv("SKILLMATRIX_DATA", raising=False)

    def call(*args: object) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="skillmatrix")

    return call


@pytest.fixture
def process() -> Process:
    """Run a command in a process of its own, with environment variables to add."""

    def call(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "skillmatrix.cli", *(str(arg) for arg in args)],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **env},
            timeout=60,
            check=False,
        )

    return call


@pytest.fixture
def ana(tmp_path: Path) -> Callable[..., Path]:
    """Write the example person to a file of one's own, with changes to its plain content."""

    def write(**changes: Any) -> Path:
        data = {**json.loads(ANA.read_text(encoding="utf-8")), **changes}
        file = tmp_path / "ana.assessment.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the invented people and their session once; a test that changes it copies it first."""
    folder = tmp_path_factory.mktemp("example") / "people"
    result = CliRunner().invoke(app, ["example", str(folder)])
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def cohort(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the invented people alone, each with two raters."""
    folder = tmp_path_factory.mktemp("cohort") / "people"
    folder.mkdir()
    for file in example.glob("*.*"):
        shutil.copy(file, folder)
    return folder
