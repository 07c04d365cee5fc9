"""``skillmatrix serve`` and ``skillmatrix doctor``."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import skillmatrix.server
from skillmatrix import settings
from skillmatrix.cli import doctor, packages, serve
from skillmatrix.server import DEFAULT_PORT
from tests.cli.conftest import ROOT, Run


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    """Record with what the server would be started."""
    calls: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(
        skillmatrix.server, "serve", lambda workspace, **rest: calls.append((workspace, rest))
    )
    return calls


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make packages look as if they were not installed."""

    def hide(*names: str) -> None:
        monkeypatch.setattr(packages, "find_spec", lambda n: None if n in names else find_spec(n))

    return hide


def test_serve_starts_the_server_with_what_was_asked(
    run: Run, served: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options reach the server; without any, the usual workspace and port."""
    monkeypatch.setenv("SKILLMATRIX_WORKSPACE", str(tmp_path / "usual"))
    run("serve")
    run("serve", "--workspace", tmp_path, "--port", "0", "--no-browser", "--preheat", "3")

    assert served == [
        (tmp_path / "usual", {"ladder": None, "port": 8866, "open_browser": True, "preheat": 1}),
        (tmp_path, {"ladder": None, "port": 0, "open_browser": False, "preheat": 3}),
    ]
    assert serve.PORT == DEFAULT_PORT


def test_serve_without_its_packages_says_what_to_install(
    run: Run, served: list[Any], without: Any
) -> None:
    """One sentence, exit 2, and the server is not even loaded."""
    without("voila", "sqlalchemy")
    result = run("serve")

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "SQLAlchemy, voila" in result.stderr
    assert 'pip install "skillmatrix[app]"' in result.stderr
    assert served == []


def test_packages_named_are_those_of_the_project() -> None:
    """The list with purposes and the list of dependencies are the same packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(entries: list[str]) -> list[str]:
        return [entry.partition(">")[0] for entry in entries]

    by_extra = {
        extra: [p.name for p in packages.PACKAGES if p.extra == extra] for extra in ("", "app")
    }
    assert by_extra[""] == names(project["dependencies"])
    assert by_extra["app"] == names(project["optional-dependencies"]["app"])
    assert project["requires-python"] == ">=" + ".".join(map(str, doctor.OLDEST_PYTHON))


def findings(run: Run, *options: object) -> tuple[int, dict[str, dict[str, str]]]:
    """Run the doctor and give its exit code and its findings by name."""
    result = run("doctor", "--json", *options)
    data = json.loads(result.stdout)
    assert data["ok"] is (result.exit_code == 0)
    return result.exit_code, {finding["name"]: finding for finding in data["findings"]}


def test_doctor_makes_nothing(run: Run, tmp_path: Path) -> None:
    """A workspace that is not there is fine, and is still not there afterwards."""
    code, found = findings(run, "--workspace", tmp_path / "new")

    assert code == 0
    assert found["workspace"]["state"] == "ok"
    assert "made on first use" in found["workspace"]["value"]
    assert list(tmp_path.iterdir()) == []
    code, found = findings(run, "--workspace", tmp_path)
    assert (code, found["database"]["value"]) == (0, "none yet, made on first use")
    assert list(tmp_path.iterdir()) == []


def test_doctor_opens_a_database_that_is_there(run: Run, tmp_path: Path) -> None:
    """A good database opens; a damaged one is wrong, and stays as it is."""
    from skillmatrix.store import open_store

    open_store(tmp_path).close()
    code, found = findings(run, "--workspace", tmp_path)
    assert (code, found["database"]["value"]) == (0, "opens, 0 assessments")

    database = tmp_path / "skillmatrix.db"
    for path in tmp_path.glob("skillmatrix.db-*"):
        path.unlink()
    database.write_bytes(b"no database " * 100)
    code, found = findings(run, "--workspace", tmp_path)
    assert (code, found["database"]["state"]) == (1, "wrong")
    assert database.read_bytes() == b"no database " * 100


def test_doctor_counts_mentor_rounds_apart(run: Run, tmp_path: Path) -> None:
    """A rating of somebody else is not one of one's own assessments."""
    from skillmatrix.store import open_store

    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    with open_store(tmp_path) as store:
        for number, kind in enumerate(("self", "self", "mentor")):
            store.create_assessment(
                person_name="Ana",
                framework="demo@1",
                aim={"profile": "p"},
                rater={"kind": kind},
                at=at,
                event_id=f"e{number}",
            )

    _, found = findings(run, "--workspace", tmp_path)

    assert found["database"]["value"] == "opens, 2 assessments, 1 mentor round"


def test_doctor_finds_a_file_in_place_of_the_workspace(run: Run, tmp_path: Path) -> None:
    """A workspace that is a file, or below one, is wrong, with what to do."""
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")

    for place in (file, file / "below"):
        code, found = findings(run, "--workspace", place)
        assert (code, found["workspace"]["state"]) == (1, "wrong")
        assert "--workspace" in found["workspace"]["remedy"]


def test_doctor_finds_a_folder_without_permission(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace that can be read and not written is wrong."""
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    code, found = findings(run, "--workspace", tmp_path)

    assert code == 1
    assert found["workspace"]["value"] == f"{tmp_path}: not writable"


def test_doctor_notes_what_is_missing(run: Run, without: Any, tmp_path: Path) -> None:
    """A missing package of an extra is a note with its use; one of the core is wrong."""
    without("voila")
    code, found = findings(run, "--workspace", tmp_path / "new")
    assert (code, found["voila"]["state"]) == (0, "note")
    assert found["voila"]["value"] == "missing; for serving the workbook"

    without("pandas")
    code, found = findings(run, "--workspace", tmp_path / "new")
    assert (code, found["pandas"]["state"]) == (1, "wrong")


def test_doctor_checks_the_framework(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Data that is missing or broken is wrong."""
    monkeypatch.setenv("SKILLMATRIX_DATA", str(tmp_path))
    code, found = findings(run, "--workspace", tmp_path / "new")
    assert (code, found["data"]["state"]) == (1, "wrong")

    (tmp_path / "frameworks" / "ml-specialist").mkdir(parents=True)
    code, found = findings(run, "--workspace", tmp_path / "new")
    assert (code, found["framework"]["state"]) == (1, "wrong")


def test_doctor_notes_a_port_in_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port in use is no fault: the workbook may be running."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(doctor, "PORT", taken.getsockname()[1])
        code, found = findings(run, "--workspace", tmp_path / "new")

    assert (code, found["port"]["state"]) == (0, "note")


def test_doctor_in_words_ends_with_a_sentence(run: Run, tmp_path: Path) -> None:
    """The table names every finding, what to do below it, and how many things are wrong."""
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    good, bad = run("doctor", "--workspace", tmp_path), run("doctor", "--workspace", file)

    assert good.stdout.endswith("\n\nnothing is wrong\n")
    assert bad.exit_code == 1
    assert bad.stdout.endswith("\n\n1 thing wrong\n")
    assert "a file, not a folder\n       choose another one with --workspace\n" in bad.stdout


@pytest.mark.parametrize(
    ("value", "wanted"), [("1", True), ("yes", True), ("0", False), ("no", False), ("", False)]
)
def test_traces_are_asked_for_in_one_place(
    monkeypatch: pytest.MonkeyPatch, value: str, wanted: bool
) -> None:
    """SKILLMATRIX_DEBUG says whether technical traces are shown."""
    monkeypatch.setenv("SKILLMATRIX_DEBUG", value)

    assert settings.debug() is wanted
