"""Text in cells: nothing starts a formula, and every text comes back as it was."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.exchange.text import CELL, guarded, marked, pieces, unguarded, unmarked

starts = st.text("=+-@'\t\r\n; \"a,5e.\uff1d", max_size=12)
marks = st.lists(
    st.sampled_from(["_x0041_", "_x005F", "x0041_", "_", "~", "~u005F~", "u007E~", "\uffff", "A"]),
    max_size=8,
).map("".join)


@given(starts | st.text())
def test_a_guard_comes_off_exactly(text: str):
    """Also where the text has apostrophes of its own."""
    assert unguarded(guarded(text)) == text


@given(starts)
def test_no_cell_begins_a_formula_whatever_parts_the_cells(text: str):
    """Read with commas, semicolons or tabs, no cell but a number starts with a formula sign."""
    out = io.StringIO()
    csv.writer(out).writerow(["notes", "mlops", guarded(text)])
    for mark in ",;\t":
        rows = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=mark)
        for cell in (cell.strip(' "\u00a0') for row in rows for cell in row):
            assert cell[:1] not in {"=", "+", "@", "\uff1d"}, cell
            assert not re.match(r"-(?![\d.])", cell), cell


@given(marks | st.text())
def test_a_mark_comes_off_exactly(text: str):
    """After the escapes that a workbook adds and takes off by itself."""
    stored = re.sub("(_x[0-9a-fA-F]{4}_)", r"_x005F\1", marked(text))
    shown = re.sub("_x([0-9a-fA-F]{4})_", lambda found: chr(int(found[1], 16)), stored)

    assert unmarked(shown) == text


@pytest.mark.parametrize("text", ["", "a" * CELL, "a" * (CELL + 1), "🧪" * CELL, "a" + "🧪" * CELL])
def test_no_piece_is_longer_than_a_cell(text: str):
    """A spreadsheet counts an emoji as two; the pieces make up the whole."""
    found = list(pieces(text))

    assert "".join(found) == text
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in found) <= CELL
