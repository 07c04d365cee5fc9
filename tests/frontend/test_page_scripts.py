"""Parts of the pages that need no browser, under node: drafts, questions, what is taken back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).with_name("page_scripts.test.mjs")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_scripts_lose_nothing_that_was_typed() -> None:
    """Every claim in ``page_scripts.test.mjs`` holds."""
    done = subprocess.run(
        ["node", "--test", str(TESTS)], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stdout[-4000:]
