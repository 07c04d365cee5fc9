"""Notebooks are doors: a title, a sentence, one call; stored clean, and they run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from skillmatrix.pages.places import PAGES
from skillmatrix.settings import notebooks_dir

NOTEBOOKS = sorted(notebooks_dir().glob("*.ipynb"))


def cells(path: Path, kind: str) -> list[dict]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in content["cells"] if cell["cell_type"] == kind]


def test_there_is_a_notebook_for_each_page():
    """What the navigation leads to has a door each."""
    assert {path.stem for path in NOTEBOOKS} == set(PAGES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_a_door(path):
    """At most ten lines of code, none of which decides anything."""
    code = [line for cell in cells(path, "code") for line in "".join(cell["source"]).splitlines()]

    assert len([line for line in code if line.strip()]) <= 10
    assert not [line for line in code if line.split(" ")[0] in {"def", "class", "for", "if"}]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_stored_without_outputs(path):
    """Outputs carry names, so a stored notebook has none."""
    code = cells(path, "code")

    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_says_what_it_is_to_people_who_read_it(path):
    """A title and a sentence stand above the call."""
    words = "".join("".join(cell["source"]) for cell in cells(path, "markdown"))

    assert words.startswith("# ")
    assert "." in words


@pytest.mark.slow
def test_the_notebooks_run_under_nbval(tmp_path):
    """Each notebook runs from top to bottom in a fresh kernel, from another folder."""
    done = subprocess.run(
        [
            sys.executable,
            *("-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-c", "/dev/null"),
            *map(str, NOTEBOOKS),
        ],
        cwd=tmp_path,
        env={
            **__import__("os").environ,
            "SKILLMATRIX_WORKSPACE": str(tmp_path / "workspace"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert f"{len(NOTEBOOKS)} passed" in done.stdout
