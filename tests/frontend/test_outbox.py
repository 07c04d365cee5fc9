"""The outbox, which must lose nothing, under node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).with_name("outbox.test.mjs")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_outbox_loses_nothing() -> None:
    """Every claim in ``outbox.test.mjs`` holds."""
    done = subprocess.run(
        ["node", "--test", str(TESTS)], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stdout[-4000:]
