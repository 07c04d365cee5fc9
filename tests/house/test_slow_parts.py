"""`make test-slow` runs every slow test there is."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_with_a_slow_test_is_a_part():
    """A folder that the Makefile does not name would never be run by anybody."""
    written = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"^SLOW\s*:= \$\(addprefix tests/,(.*)\)$", written, re.MULTILINE)
    files = (ROOT / "tests").rglob("test_*.py")
    slow = {
        file.relative_to(ROOT / "tests").parts[0]
        for file in files
        if "mark.slow" in file.read_text(encoding="utf-8")
    }

    assert found is not None
    assert slow - {"browser"} <= set(found[1].split())
