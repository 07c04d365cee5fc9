"""What people who copy a ladder for the first time write, and what they are told to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from skillmatrix.framework import check_framework
from skillmatrix.framework.check import check_folder
from skillmatrix.framework.located import read_yaml
from tests.ladders import BAKERY

COMMA = "a text with a comma inside { } stands in quotes"
COLON = "a text with a colon in it stands in quotes"
MAIN, SKILL, ROLE, BARS = [*BAKERY]


class Mistake(NamedTuple):
    """One text of the smallest ladder written otherwise, and what is said about it."""

    file: str
    old: str
    new: str
    line: int
    found: str
    expected: str
    remedy: str


MISTAKES = {
    "comma in braces": Mistake(
        MAIN,
        "Does single steps.",
        "Does single steps, set out by others",
        8,
        "the key 'set out by others'",
        "a key of this part",
        f"known are definition, facets, level, name, source; {COMMA}",
    ),
    "key of a part": Mistake(
        MAIN,
        "name: Helps,",
        "name: Helps, nme: Aid,",
        8,
        "the key 'nme'",
        "a key of this part",
        "did you mean 'name'?",
    ),
    "colon": Mistake(
        SKILL,
        "Bakes alone.",
        "You can: bake alone.",
        6,
        "a colon within a text",
        "valid YAML",
        f"{COLON}, and keys beside each other in one column",
    ),
    "blank level": Mistake(
        SKILL,
        "  2: Bakes alone.",
        "  2:",
        6,
        "nothing",
        "text, or 2: [] where the ladder describes nothing",
        "",
    ),
    "level that begins with #": Mistake(
        SKILL,
        "Bakes alone.",
        "# of loaves",
        6,
        "nothing",
        "text, or 2: [] where the ladder describes nothing",
        "",
    ),
    "name of a level": Mistake(
        BARS,
        "bread,2",
        "bread,helps",
        2,
        "'helps'",
        "a level",
        "write its number; helps is 1",
    ),
    "no level at all": Mistake(
        BARS, "bread,2", "bread,expert", 2, "'expert'", "a level", "write its number"
    ),
    "kind of a role": Mistake(
        ROLE, "kind: role\n", "", 1, "nothing", "one of promotion, role, direction", ""
    ),
    "semicolons": Mistake(
        BARS,
        BAKERY[BARS],
        BAKERY[BARS].replace(",", ";"),
        1,
        "profile;skill;level",
        "profile,skill,level,switch,level_when_on,source",
        "separate the columns with commas",
    ),
}


def ladder(folder: Path, **files: str) -> Path:
    """Write the smallest ladder with some files of another content."""
    for name, text in {**BAKERY, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_first_mistake_is_told_with_its_remedy(mistake: Mistake, tmp_path: Path):
    """One problem, in the line of the mistake, in words of somebody who knows no YAML."""
    text = BAKERY[mistake.file]
    assert text.count(mistake.old) == 1
    folder = ladder(tmp_path, **{mistake.file: text.replace(mistake.old, mistake.new)})

    told = [(p.file, p.line, p.found, p.expected, p.remedy) for p in check_framework(folder)]
    assert told == [(str(folder / mistake.file), *mistake[3:])]


#: What is written as YAML, the line that is named, and words of what is said about it.
NOT_YAML = {
    "tab before a key": ("a: 1\n\tb: 2\n", 2, "a tab", "spaces"),
    "tab before a dash": ("a:\n\t- b\n", 2, "a tab", "spaces"),
    "unclosed quote": ('a: 1\nb: "never\nc: 2\n', 2, "never closed", "close it"),
    "text after a quote": ('a: "x" y\n', 1, "after a quote", "double quotes"),
    "apostrophe": ("a: 'it's'\n", 1, "after a quote", "double quotes"),
    "star": ("a: * x\n", 1, "a sign at the start", "stands in quotes"),
    "star and word": ("a: *x y\n", 1, "a sign at the start", "stands in quotes"),
    "ampersand": ("a: & x\n", 1, "a sign at the start", "stands in quotes"),
    "exclamation mark": ("a: !x y\n", 1, "a sign at the start", "stands in quotes"),
    "per cent": ("a: % x\n", 1, "'%' at the start", "stands in quotes"),
    "at": ("a: 1\nb: @x\n", 2, "'@' at the start", "stands in quotes"),
    "backtick": ("a: `x`\n", 1, "'`' at the start", "stands in quotes"),
    "colon in braces": ("a: {b: You can: x}\n", 1, "do not close", "a colon or a #"),
    "hash in braces": ("a: {b: x # y}\n", 1, "do not close", "a colon or a #"),
    "dash within a line": ("a: - x\n", 1, "a dash", "begin a line"),
    "line without a key": ("a: x\nplain\nb: y\n", 3, "without a key", "quotes"),
    "backslash": ('a: "C:\\win"\n', 1, "a backslash", "write it twice"),
}


@pytest.mark.parametrize(("text", "line", "found", "remedy"), NOT_YAML.values(), ids=NOT_YAML)
def test_what_is_not_yaml_is_told_in_words(
    text: str, line: int, found: str, remedy: str, tmp_path: Path
):
    """Line, what stands there and what to do, for what people write who never saw YAML."""
    path = tmp_path / "any.yaml"
    path.write_text(text, encoding="utf-8")

    (problem,) = read_yaml(path).problems
    assert (problem.line, problem.rule) == (line, "yaml-syntax")
    assert found in problem.found
    assert remedy in problem.remedy


def test_a_rule_of_writing_that_is_broken_is_named(tmp_path: Path):
    """Its name is what stands under ``waives``."""
    wording = "verbs: [bakes]\ndegree_words: [alone]\n"
    problems = check_framework(ladder(tmp_path, **{"wording.yaml": wording}))
    told = {p.rule: (p.found, p.expected) for p in problems if p.line == 6}

    assert told["degree-word"] == ("'alone'", "no such word (rule degree-word)")
    assert told["anchor-first-word"] == (
        "no verb",
        "its first word as verb (rule anchor-first-word)",
    )
    assert told["anchor-verb"][0] == "nothing"
    assert all(p.expected.endswith(f"(rule {p.rule})") for p in problems)


def test_line_breaks_inside_one_statement_are_noted(tmp_path: Path):
    """They are lost where the statement is shown; one break at the end of a block is none."""
    block = "|\n    You can:\n    - bake\n"
    folder = ladder(tmp_path, **{SKILL: BAKERY[SKILL].replace("Bakes alone.\n", block)})
    found = check_folder(folder)

    assert found.problems == []
    (note,) = [note for note in found.notes if note.rule == "line-breaks"]
    assert (note.line, note.remedy) == (6, "write one line with a dash for each")

    (folder / SKILL).write_text(BAKERY[SKILL].replace("Bakes alone.", "|\n    Bakes."), "utf-8")
    assert "line-breaks" not in {note.rule for note in check_folder(folder).notes}


def test_a_skill_without_an_id_is_one_problem(tmp_path: Path):
    """Its statements are named after the file, so nothing else is wrong with them."""
    text = BAKERY["skills/bread.yaml"].removeprefix("id: bread\n")
    told = check_framework(ladder(tmp_path, **{"skills/bread.yaml": text}))

    assert [p.found for p in told if "None" in p.found] == []


def test_more_statements_than_letters_keep_ids_apart(tmp_path: Path):
    """Thirty short statements of one level are thirty anchors."""
    many = "".join(f"    - Bakes loaf number {n} alone.\n" for n in range(30))
    text = BAKERY["skills/bread.yaml"].replace("  2: Bakes alone.\n", f"  2:\n{many}")

    assert check_framework(ladder(tmp_path, **{"skills/bread.yaml": text})) == []


def test_a_value_with_a_tag_it_does_not_fit_is_a_problem(tmp_path: Path):
    """No tag of YAML ends in a traceback."""
    path = tmp_path / "any.yaml"
    path.write_text("a: !!timestamp abc\n", encoding="utf-8")

    assert [p.rule for p in read_yaml(path).problems] == ["yaml-value"]
