"""A person is erased while the workbook runs and a page of hers is open."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tests.browser.workbook import (
    SKILLMATRIX,
    Workbook,
    begin,
    cell,
    drawn,
    open_skill,
    saved,
    to_step,
    until,
)

pytestmark = pytest.mark.slow

NOTE = "What nobody else may ever read about the migration"


def kept(page: Any) -> list[str]:
    """Give the keys under which the browser keeps something of an assessment."""
    keys = page.evaluate("Object.keys(localStorage)")
    return sorted(key for key in keys if key.startswith(("skillmatrix.draft.", "skillmatrix.out")))


def test_erased_while_her_page_is_open(workbook: Workbook, visit: Any) -> None:
    """No byte is left beside a running server; her browser forgets her drafts, and no others."""
    page = visit()
    begin(page, workbook.address, "Ana Example")
    to_step(page, "Rate")
    cell(page, "mlops", 3).click()
    open_skill(page, "mlops")
    page.get_by_label("Note on MLOps").fill(NOTE)
    saved(page)
    head = workbook.head()
    with workbook.store() as store:
        place = f"skillmatrix.draft.{store.workspace_id}"
    drafts = {f"{place}.{head.code}.note": NOTE, f"{place}.a-restored.note": "may come back"}
    page.evaluate("entries => Object.entries(entries).map(e => localStorage.setItem(...e))", drafts)

    words = ["person", "erase", head.person_code, "--yes", f"--workspace={workbook.workspace}"]
    done = subprocess.run([SKILLMATRIX, *words], capture_output=True, text=True, check=False)
    files = [path for path in workbook.workspace.rglob("*") if path.is_file()]

    assert done.returncode == 0, done.stderr
    for word in (head.code, head.person_code, "Ana Example", "nobody else may ever read"):
        assert not [path for path in files if word.encode() in path.read_bytes()], word
    cell(page, "python", 4).click()
    page.get_by_text("has no assessment").first.wait_for()
    assert page.get_by_text("every few seconds").count() == 0

    page.goto(f"{workbook.base}/")
    drawn(page)
    page.get_by_text("of 1 erased assessment was removed").first.wait_for()
    until(page, f"!Object.keys(localStorage).some(key => key.includes('{head.code}'))")
    assert kept(page) == [f"{place}.a-restored.note"]
