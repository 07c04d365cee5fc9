"""Reading time in the browser and in the library: one counting, written twice."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from skillmatrix.framework.case_terms import USUAL_TERMS
from skillmatrix.scoring.reading_time import against, length
from skillmatrix.widgets.assets import STATIC
from tests.scoring.test_reading_time import COUNTED

TEXTS = [
    *(text for text, _, _ in COUNTED),
    "word " * 100,
    "word " * 2390,
    "word " * 3000,
    "\u6a21" * 900,
    "tab\tand\u00a0no-break\u2003spaces",
]
SCRIPT = """
const told = texts.map((text) => {
  const size = textLength([text], terms);
  return [size.words, size.signs, caseTimeWords(size, terms)];
});
process.stdout.write(JSON.stringify(told));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_page_counts_like_the_library() -> None:
    """The same words, signs and sentence for every script."""
    parts = [(STATIC / name).read_text(encoding="utf-8") for name in ("dom.js", "case_words.js")]
    given = {"texts": TEXTS, "terms": USUAL_TERMS.model_dump()}
    constants = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in given.items())
    done = subprocess.run(
        ["node", "-"],
        input="\n".join([*parts, constants, SCRIPT]),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr

    expected: list[list[Any]] = []
    for text in TEXTS:
        size = length(text)
        sentence = against(size, USUAL_TERMS)
        expected.append([size.words, size.signs, sentence[0].upper() + sentence[1:]])
    assert json.loads(done.stdout) == expected
