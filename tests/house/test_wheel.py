"""What is shipped works elsewhere: a wheel, unpacked away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel's content and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [
            sys.executable,
            *("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run(installed: Path, *arguments: str, workspace: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "SKILLMATRIX_WORKSPACE": str(workspace),
    }
    environment.pop("SKILLMATRIX_DATA", None)
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=workspace.parent,
        env=environment,
    )


def test_the_wheel_finds_its_own_data(installed, tmp_path):
    """Framework, notebooks and examples come from the wheel, not from the checkout."""
    code = (
        "import skillmatrix as sm, skillmatrix.settings as s\n"
        "print(sm.__file__, s.data_dir(), s.notebooks_dir(), sep='\\n')\n"
        "print(len(sm.load_framework('ml-specialist').skills), (s.data_dir()/'examples').is_dir())"
    )
    done = run(installed, "-c", code, workspace=tmp_path / "ws")

    assert done.returncode == 0, done.stderr
    *places, last = done.stdout.split("\n")[:-1]
    assert all(place.startswith(str(installed)) for place in places)
    assert last == "27 True"


def test_the_wheel_checks_itself(installed, tmp_path):
    """`skillmatrix check` passes on what was shipped."""
    done = run(installed, "-m", "skillmatrix.cli", "check", workspace=tmp_path / "ws")

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_writes_reports(installed, tmp_path):
    """Templates are shipped: HTML and PDF are made far from the checkout."""
    file = "people/noor-self.assessment.json"
    command = ("-m", "skillmatrix.cli")
    made = run(installed, *command, "example", "people", workspace=tmp_path / "ws")
    assert made.returncode == 0, made.stderr
    outs = ("--html", "a.html", "--pdf", "a.pdf")
    done = run(installed, *command, "report", file, *outs, workspace=tmp_path / "ws")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_the_wheel_serves_its_pages(installed, tmp_path):
    """`skillmatrix serve` from the wheel answers with its own self-review page."""
    import urllib.request

    workspace = tmp_path / "ws"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    server = subprocess.Popen(
        [
            sys.executable,
            *("-m", "skillmatrix.cli", "serve", "--no-browser", "--port", "8977"),
            *("--workspace", str(workspace)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert "is running at" in line, line
        address = line.split()[-1]
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address, timeout=30) as answer:
            answer.read()
        page = address.split("/?")[0] + "/self_review"
        with opener.open(page, timeout=60) as answer:
            text = answer.read().decode()
    finally:
        server.terminate()
        server.communicate(timeout=30)

    assert "Self-review" in text
    assert "--sm-" in text
