"""What a ladder says of the promotion case: every figure may be left out, none may be nonsense."""

from __future__ import annotations

import shutil
from pathlib import Path

from skillmatrix.framework import Framework, check_framework, find_framework, load_framework
from skillmatrix.framework.case_terms import USUAL_TERMS
from tests.conftest import MINI


def ladder(folder: Path, block: str) -> Path:
    """Copy the small ladder and add a block to its main file."""
    made = Path(shutil.copytree(MINI, folder / "librarian"))
    main = made / "framework.yaml"
    main.write_text(main.read_text(encoding="utf-8") + f"\n{block}\n", encoding="utf-8")
    return made


def test_a_ladder_that_says_nothing_has_the_usual_figures(mini: Framework):
    """Ten minutes, 238 words a minute, three months."""
    assert mini.case == USUAL_TERMS
    assert (mini.case.minutes, mini.case.words_per_minute, mini.case.span_months) == (10, 238, 3)


def test_one_figure_can_be_given_alone(tmp_path: Path):
    """The others stay as usual."""
    terms = load_framework(ladder(tmp_path, "case: {minutes: 5, source: our handbook}")).case

    assert (terms.minutes, terms.words_per_minute, terms.source) == (5, 238, "our handbook")


def test_wrong_figures_are_named_together_with_their_lines(tmp_path: Path):
    """No minutes, a misspelt key, no source: three problems in one go."""
    problems = check_framework(ladder(tmp_path, "case:\n  minutes: 0\n  span_month: 3"))

    found = {(p.where, p.rule) for p in problems}
    assert {rule for _, rule in found} == {"shape", "unknown-key", "missing-source"}
    assert all(where.startswith("case") for where, _ in found)
    assert all(p.line for p in problems)


def test_the_shipped_ladder_names_its_figures(fw: Framework):
    """They stand in its file with a source, and are not taken from the code."""
    assert fw.case.source == "judgement"
    main = find_framework("ml-specialist") / "framework.yaml"
    assert "\ncase:\n" in main.read_text(encoding="utf-8")
