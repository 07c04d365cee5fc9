"""A packet on the command line: read like the assessment in it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import skillmatrix as sm
from skillmatrix.settings import data_dir
from tests.cli.conftest import Run

AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def packet(folder: Path) -> Path:
    """Write a packet of the shipped example."""
    ana = sm.read_assessment(data_dir() / "examples" / "ana.assessment.json")
    path = folder / "p-7.mentor.packet.json"
    sm.write_packet(sm.make_packet(ana, "mentor", AT), path)
    return path


def test_the_commands_read_a_packet(run: Run, tmp_path: Path):
    """A mentor judges what was handed over: the verdict of the locked assessment."""
    path = packet(tmp_path)
    result = run("verdict", path, "--json")
    given = sm.read_packet(path).assessment
    aim = given.aim
    profile = sm.load_framework().profile(aim.profile, aim.overlays, aim.switches)

    assert json.loads(result.stdout)["overall"] == sm.verdict(given, profile).overall


def test_a_packet_that_was_changed_is_refused(run: Run, tmp_path: Path):
    """Exit 1, with what is wrong and what to do."""
    path = packet(tmp_path)
    path.write_text(path.read_text("utf-8").replace('"mlops": 2', '"mlops": 4'), "utf-8")

    result = run("verdict", path)

    assert result.exit_code == 1
    assert "ask its author for the original" in result.stderr


def test_under_another_name_it_is_said_what_it_is(run: Run, tmp_path: Path):
    """Taken for an assessment, a packet says that it is one."""
    other = packet(tmp_path).rename(tmp_path / "ana.assessment.json")

    result = run("verdict", other)

    assert result.exit_code == 1
    assert "this is a packet" in result.stderr
