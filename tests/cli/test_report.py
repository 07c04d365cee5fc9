"""``skillmatrix report``: files that are written whole or not at all, for the reader named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Process, Run


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts out: drawing is the slow part, and it is claimed elsewhere."""
    monkeypatch.setattr("skillmatrix.reports.content.gap_plots", lambda *_, **__: ())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_format_is_written(run: Run, cohort: Path, tmp_path: Path):
    """Three files from one command, each with its own beginning; who may read them is said."""
    outs = {kind: tmp_path / f"noor.{kind}" for kind in ("html", "pdf", "xlsx")}
    options = [part for kind, out in outs.items() for part in (f"--{kind}", out)]

    result = run("report", cohort / "noor-self.assessment.json", "--for", "mentor", *options)

    assert result.exit_code == 0, result.stderr
    assert [line.split(": ")[1][:14] for line in result.stdout.splitlines()] == [
        "for my mentor,"
    ] * 3
    assert sorted(tmp_path.iterdir()) == sorted(outs.values())
    begins = {kind: out.read_bytes()[:9] for kind, out in outs.items()}
    assert begins["html"] == b"<!doctype"
    assert begins["pdf"].startswith(b"%PDF-")
    assert begins["xlsx"].startswith(b"PK")


def test_it_is_for_oneself_unless_said_otherwise(run: Run, cohort: Path, tmp_path: Path):
    """Nothing is made for somebody else by leaving an option out."""
    run("report", cohort / "noor-self.assessment.json", "--html", tmp_path / "a.html")

    assert "For myself" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_what_is_there_is_kept(run: Run, cohort: Path, tmp_path: Path):
    """A file is replaced only with --force, and the input never."""
    file, out = cohort / "noor-self.assessment.json", tmp_path / "a.html"
    out.write_text("mine", encoding="utf-8")

    refused = run("report", file, "--html", out)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert out.read_text(encoding="utf-8") == "mine"

    before = file.read_bytes()
    assert run("report", file, "--html", file, "--force").exit_code == 2
    assert file.read_bytes() == before

    assert run("report", file, "--html", out, "--force").exit_code == 0
    assert out.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "say where to write to"),
        (["--for", "calibraton", "--html", "x.html"], "expected myself, mentor, calibration"),
        (["--html", "one", "--pdf", "one"], "a file for each"),
        (["--html", "."], "is a folder"),
        (["--html", "x.html", "--target", "seniour"], "did you mean 'senior'"),
    ],
)
def test_wrong_use_writes_nothing(
    run: Run, cohort: Path, here: Path, options: list[str], words: str
):
    """Exit code 2, a sentence with the remedy, and no file."""
    result = run("report", cohort / "noor-self.assessment.json", *options)

    assert result.exit_code == 2
    assert words in result.stderr
    assert list(here.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(run: Run, cohort: Path, tmp_path: Path):
    """Exit code 1, and nothing half written."""
    out = tmp_path / "nowhere" / "a.html"

    result = run("report", cohort / "noor-self.assessment.json", "--html", out)

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_round_is_of_the_same_person(run: Run, cohort: Path, tmp_path: Path):
    """People are not compared with each other."""
    first, other = (cohort / f"{name}-self.assessment.json" for name in ("noor", "kenji"))

    result = run("report", first, "--since", other, "--html", tmp_path / "a.html")

    assert result.exit_code == 1
    assert "not compared with each other" in result.stderr


def test_a_package_that_is_not_there_is_named(
    run: Run, cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One sentence, with what to install."""
    monkeypatch.setattr("skillmatrix.reports.html.find_spec", lambda _: None)

    result = run("report", cohort / "noor-self.assessment.json", "--pdf", tmp_path / "a.pdf")

    assert result.exit_code == 2
    assert "pip install 'skillmatrix[app]'" in result.stderr


@pytest.mark.slow
def test_the_help_shows_an_example(process: Process):
    """A person who asks sees a command to copy."""
    result = process("report", "--help")

    assert result.returncode == 0
    assert "skillmatrix report ana.assessment.json --html ana.html" in result.stdout
