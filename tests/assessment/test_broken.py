"""Broken files: one message with the place, what was found and what was expected."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatrix.assessment import read_assessment
from skillmatrix.assessment.files import as_data
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework import Framework
from tests.conftest import assess, content, proof

NOBODY = 65534


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[str | bytes], tuple[Problem, ...]]:
    """Give the problems of a file with this text; anything but them is a failure."""

    def read(text: str | bytes) -> tuple[Problem, ...]:
        file = tmp_path / "ana.assessment.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(AssessmentError) as caught:
            read_assessment(file)
        assert str(file) in str(caught.value)
        str(caught.value).encode()
        return caught.value.problems

    return read


def good(fw: Framework) -> dict[str, Any]:
    """Give a file that can be read, with one thing of each kind, to break."""
    return content(
        fw,
        {"mlops": 3, "python": "UNRATED"},
        evidence=[proof("E3", "mlops", confirmed_function="product"), proof("E1", "python")],
        aim={"profile": "senior", "switches": {"regulated": True}},
        notes={"mlops": {"text": "Ask about it."}},
        no_more_evidence=["p1-effect"],
    )


def test_the_file_that_is_broken_below_can_be_read(fw: Framework, tmp_path: Path):
    """What the variants start from has no problem of its own."""
    file = tmp_path / "a.assessment.json"
    file.write_text(json.dumps(good(fw)), encoding="utf-8")

    assert read_assessment(file).rating("mlops").level == 3


#: Text of the file, then what the place, the finding and the expectation have to say.
TEXTS: dict[str, tuple[str | bytes, str, str, str]] = {
    "empty": ("", "the file", "nothing", "a JSON object"),
    "blank": (" \n\t", "the file", "nothing", "a JSON object"),
    "syntax error": ('{"format": }', "the file", "not JSON at column 12", "valid JSON"),
    "cut off": ('{"format": "skillm', "the file", "not JSON at column", "valid JSON"),
    "array on top": ("[]", "the file", "a JSON array", "a JSON object"),
    "number on top": ("7", "the file", "a JSON number", "a JSON object"),
    "null on top": ("null", "the file", "a JSON null", "a JSON object"),
    "not UTF-8": ('{"a": "ü"}'.encode("latin-1"), "the file", "position 7", "text in UTF-8"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "the file", "not UTF-8", "text in UTF-8"),
    "duplicate key": ('{"a": 1, "a": 2}', "the file", "'a' twice", "each key once"),
    "NaN": ('{"a": NaN}', "the file", "NaN", "valid JSON"),
    "infinity": ('{"a": -Infinity}', "the file", "-Infinity", "valid JSON"),
    "number beyond all bounds": ('{"a": 1e999}', "the file", "1e999", "valid JSON"),
    "number of 5000 digits": ('{"a": ' + "9" * 5000 + "}", "the file", "limit", "valid JSON"),
    "deep nesting": ('{"a": ' + "[" * 9000 + "]" * 9000 + "}", "the file", "nested", "assessment"),
    "nested beyond any stack": ('{"a": ' + "[" * 99_999, "the file", "nested", "assessment"),
    "30 MB": (b" " * 30_000_000, "the file", "30 MB", "at most 20 MB"),
    "empty object": ("{}", "format", "nothing", "skillmatrix.assessment"),
}


@pytest.mark.parametrize(("text", "where", "found", "expected"), TEXTS.values(), ids=TEXTS)
def test_a_file_that_is_no_assessment(problems, text, where: str, found: str, expected: str):
    """A file that cannot be an assessment gives one problem that says why."""
    (problem,) = problems(text)

    assert problem.where == where
    assert found in problem.found
    assert expected in problem.expected


def _put(*path_and_value: Any) -> Callable[[dict[str, Any]], object]:
    """Write a value at a path."""
    *path, last, value = path_and_value

    def change(data: dict[str, Any]) -> None:
        part: Any = data
        for key in path:
            part = part[key]
        part[last] = value

    return change


def _drop(*path: Any) -> Callable[[dict[str, Any]], object]:
    """Take a key away."""

    def change(data: dict[str, Any]) -> None:
        part: Any = data
        for key in path[:-1]:
            part = part[key]
        del part[path[-1]]

    return change


FIRST = "evidence[0]"
LEVEL = "a level of the scale"
DAY = "a date such as 2026-05-31"

#: What is changed, then what place, finding, expectation and remedy have to say.
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str, str, str]] = {
    "wrong format": (_put("format", "other"), "format", "'other'", "skillmatrix.assessment", "is"),
    "newer version": (_put("format_version", 2), "format_version", "2", "at most 1", "update"),
    "version as text": (_put("format_version", "1"), "format_version", "'1'", "whole number", ""),
    "version true": (_put("format_version", True), "format_version", "True", "whole number", ""),
    "no version": (_drop("format_version"), "format_version", "None", "whole number", ""),
    "no framework": (_drop("framework"), "framework", "nothing", "a value", ""),
    "framework without version": (
        _put("framework", "ml-specialist"), "framework", "'ml-specialist'", "id@version", ""
    ),
    "unknown framework": (
        _put("framework", "ml-specialst@0.1.0"),
        "framework", "'ml-specialst'", "a known framework", "did you mean 'ml-specialist'",
    ),
    "folder as framework": (
        _put("framework", "tests@0.1.0"), "framework", "'tests'", "a known framework", ""
    ),
    "unknown framework version": (
        _put("framework", "ml-specialist@9.9.9"), "framework", "9.9.9", "version 0.1.0", "use"
    ),
    "no person": (_drop("person"), "person", "nothing", "a value", ""),
    "code with spaces": (_put("person", "code", "Ana B"), "person > code", "'Ana B'", "a code", ""),
    "long name": (
        _put("person", "name", "x" * 301),
        "person > name", "301 characters", "at most 300 characters", "",
    ),
    "unknown rater": (_put("rater", "kind", "boss"), "rater > kind", "'boss'", "'mentor'", ""),
    "no ratings": (_drop("ratings"), "ratings", "nothing", "a value", ""),
    "ratings as array": (_put("ratings", []), "ratings", "[]", "an object", ""),
    "unknown skill": (
        _put("ratings", "mlopps", 3), "ratings > mlopps", "no skill", "a skill", "mean 'mlops'"
    ),
    "level 7": (_put("ratings", "mlops", 7), "ratings > mlops", "7", "0, 1, 2, 3, 4, 5", ""),
    "level -1": (_put("ratings", "mlops", -1), "ratings > mlops", "-1", LEVEL, ""),
    "level 3.5": (_put("ratings", "mlops", 3.5), "ratings > mlops", "3.5", LEVEL, "no halves"),
    "level 3.0": (_put("ratings", "mlops", 3.0), "ratings > mlops", "3.0", LEVEL, "no halves"),
    "level as text": (_put("ratings", "mlops", "4"), "ratings > mlops", "'4'", LEVEL, "quotes"),
    "level true": (_put("ratings", "mlops", True), "ratings > mlops", "true", LEVEL, ""),
    "level null": (_put("ratings", "mlops", None), "ratings > mlops", "null", LEVEL, "UNRATED"),
    "level as array": (_put("ratings", "mlops", [4]), "ratings > mlops", "[4]", LEVEL, ""),
    "blank level": (_put("ratings", "mlops", ""), "ratings > mlops", "''", LEVEL, ""),
    "unknown word": (_put("ratings", "mlops", "N/A"), "ratings > mlops", "'N/A'", "UNRATED", ""),
    "lower-case word": (
        _put("ratings", "mlops", "declined"), "ratings > mlops", "'declined'", LEVEL, "'DECLINED'"
    ),
    "not observed by herself": (
        _put("ratings", "mlops", "NOT_OBSERVED"),
        "ratings > mlops", "NOT_OBSERVED", "mentor, manager, peer", "self-rating",
    ),
    "declined by a manager": (
        lambda d: (_put("rater", "kind", "manager")(d), _put("ratings", "mlops", "DECLINED")(d)),
        "ratings > mlops", "'manager'", "DECLINED only from: self", "",
    ),
    "strength E5": (_put("evidence", 0, "strength", "E5"), f"{FIRST} > strength", "E5", "'E4'", ""),
    "stronger than shown": (
        _put("evidence", 1, "strength", "E2"), "evidence[1] > strength", "E2", "E1", "a link"
    ),
    "no title": (_put("evidence", 0, "title", ""), f"{FIRST} > title", "''", "text", ""),
    "no such day": (
        _put("evidence", 0, "date", "2026-02-30"), f"{FIRST} > date", "2026-02-30", "exists", ""
    ),
    "German date": (_put("evidence", 0, "date", "20.5.2026"), f"{FIRST} > date", "20.5", DAY, ""),
    "short date": (_put("as_of", "2026-5-1"), "as_of", "'2026-5-1'", DAY, ""),
    "date with time": (_put("as_of", "2026-05-01T00:00:00"), "as_of", "T00", DAY, ""),
    "date as number": (_put("as_of", 20261120), "as_of", "20261120", DAY, ""),
    "date after the assessment": (
        _put("evidence", 0, "date", "2026-11-21"), f"{FIRST} > date", "11-21", "2026-11-20", ""
    ),
    "duplicate evidence id": (
        _put("evidence", 1, "id", "e1"), "evidence[1] > id", "'e1' twice", "each id once", ""
    ),
    "evidence of an unknown skill": (
        _put("evidence", 0, "skills", ["mlop"]), f"{FIRST} > skills[0]", "'mlop'", "skill", "mlops"
    ),
    "evidence of an unknown type": (
        _put("evidence", 0, "types", ["demo"]), f"{FIRST} > types[0]", "'demo'", "type", "known are"
    ),
    "unknown function": (
        _put("evidence", 0, "confirmed_function", "ceo"),
        f"{FIRST} > confirmed_function", "'ceo'", "a function", "known are",
    ),
    "confirmed by herself": (
        _put("evidence", 0, "confirmed_by", " ANA "),
        f"{FIRST} > confirmed_by", "' ANA '", "somebody other", "",
    ),
    "outside team as word": (
        _put("evidence", 0, "outside_team", "yes"), f"{FIRST} > outside_team", "'yes'", "true", ""
    ),
    "evidence as object": (_put("evidence", {}), "evidence", "{}", "an array", ""),
    "note on an unknown skill": (
        _put("notes", "x", {"text": "a"}), "notes > x", "no skill", "a skill", "known are"
    ),
    "note for everybody": (
        _put("notes", "mlops", "visibility", "public"),
        "notes > mlops > visibility", "'public'", "'panel'", "",
    ),
    "unknown profile": (
        _put("aim", "profile", "senor"), "aim > profile", "'senor'", "a profile", "mean 'senior'"
    ),
    "unknown overlay": (
        _put("aim", "overlays", ["moon"]), "aim > overlays[0]", "'moon'", "an overlay", ""
    ),
    "unknown switch": (
        _put("aim", "switches", {"regulatd": True}),
        "aim > switches > regulatd", "no switch", "a switch", "'regulated'",
    ),
    "switch as word": (
        _put("aim", "switches", "regulated", "yes"),
        "aim > switches > regulated", "'yes'", "true or false", "",
    ),
    "absence below nothing": (
        _put("aim", "absence_months", -1), "aim > absence_months", "-1", "greater", ""
    ),
    "reason for an unknown overlay": (
        _put("aim", "reasons", {"entreprise": "x"}),
        "aim > reasons > entreprise", "no overlay", "an overlay", "'enterprise'",
    ),
    "reason without a word": (
        _put("aim", "reasons", {"enterprise": " "}),
        "aim > reasons > enterprise", "nothing", "why its condition holds", "leave the key out",
    ),
    "reason as number": (
        _put("aim", "reasons", {"enterprise": 3}), "aim > reasons > enterprise", "3", "text", ""
    ),
    "unknown evidence rule": (
        _put("no_more_evidence", ["p1-efect"]),
        "no_more_evidence[0]", "'p1-efect'", "evidence rule", "'p1-effect'",
    ),
    "time without a zone": (
        _put("created_at", "2026-11-20T10:00:00"), "created_at", "T10", "with its zone", ""
    ),
    "time before all times": (
        _put("created_at", "0001-01-01T00:00:00+14:00"), "created_at", "0001", "years 1", ""
    ),
    "unknown status": (_put("status", "closed"), "status", "'closed'", "'locked'", ""),
    "locked without hash": (
        lambda d: d.update(status="locked", locked_at="2026-11-20T10:00:00+00:00"),
        "sha256", "nothing", "the hash of the content", "",
    ),
    "draft with hash": (_put("sha256", "0" * 64), "sha256", "a hash", "no hash in a draft", "lock"),
    "hash of another form": (_put("sha256", "abc"), "sha256", "'abc'", "64 hexadecimal", ""),
    "NUL in a text": (
        _put("evidence", 0, "title", "a\0b"), f"{FIRST} > title", "a", "without NUL", "delete"
    ),
    "half a character": (
        _put("evidence", 0, "title", "a\ud800"), f"{FIRST} > title", "ud800", "half", "delete"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_one_wrong_value_gives_one_message(problems, fw: Framework, name: str):
    """The message names the place and its line, what stands there, what should, what to do."""
    change, where, found, expected, remedy = CHANGES[name]
    data = good(fw)
    change(data)

    (problem,) = problems(json.dumps(data, indent=1))
    assert problem.where == where
    assert found in problem.found
    assert expected in problem.expected
    assert remedy in problem.remedy


def test_a_locked_file_that_was_changed_is_named_as_such(problems, fw: Framework):
    """A value changed after the lock does not fit the hash any more."""
    data = as_data(assess(fw, {"mlops": 3}, locked=True))
    data["ratings"]["mlops"] = 4

    (problem,) = problems(json.dumps(data))
    assert problem.where == "sha256"
    assert data["sha256"][:12] in problem.found
    assert "the hash of the content" in problem.expected
    assert "changed after it was locked" in problem.remedy


def test_all_problems_come_at_once_with_their_lines(problems, fw: Framework):
    """Wrong shapes and wrong contents are listed together, each with its line in the file."""
    data = good(fw)
    data["ratings"] |= {"mlops": 9, "pithon": 2, "python": None}
    data["evidence"][0]["title"] = 5
    data["evidence"][1] |= {"date": "2027-01-01", "skills": ["sql"]}
    text = json.dumps(data, indent=1)
    lines = text.splitlines()

    found = problems(text)
    assert sorted(p.where for p in found) == [
        "evidence[0] > title",
        "evidence[1] > date",
        "evidence[1] > skills[0]",
        "ratings > mlops",
        "ratings > pithon",
        "ratings > python",
    ]
    by_place = {p.where: lines[p.line - 1].strip() for p in found}
    assert by_place["ratings > mlops"].startswith('"mlops": 9')
    assert by_place["ratings > python"].startswith('"python": null')
    assert by_place["evidence[0] > title"].startswith('"title": 5')
    assert by_place["evidence[1] > date"].startswith('"date": "2027')
    assert by_place["evidence[1] > skills[0]"].startswith('"sql"')


def test_a_syntax_error_names_its_line(problems):
    """The line is the one where reading stopped."""
    (problem,) = problems('{\n "format": "skillmatrix.assessment",\n "as_of" "2026"\n}')

    assert problem.line == 3


def test_a_folder_is_no_file(tmp_path: Path):
    """A folder in place of a file is named as one."""
    with pytest.raises(AssessmentError) as caught:
        read_assessment(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("the file", "a folder")
    assert problem.expected == "an assessment file"


def test_a_missing_file_is_named(tmp_path: Path):
    """A path without a file says so, with the path."""
    with pytest.raises(AssessmentError, match=r"none\.json has 1 problem") as caught:
        read_assessment(tmp_path / "none.json")
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("the file", "no such file")
    assert problem.expected == "an assessment file"


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, fw: Framework):
    """Without permission to read, the message says so; root steps down for it."""
    file = tmp_path / "a.assessment.json"
    file.write_text(json.dumps(good(fw)), encoding="utf-8")
    file.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(AssessmentError) as caught:
            read_assessment(file, fw)
    finally:
        if root:
            os.seteuid(0)
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("the file", "Permission denied")
    assert problem.expected == "a readable file"


def test_a_byte_order_mark_is_no_problem(tmp_path: Path, fw: Framework):
    """Editors of one system write one; it says nothing about the content."""
    file = tmp_path / "a.assessment.json"
    file.write_text(json.dumps(good(fw)), encoding="utf-8-sig")

    assert read_assessment(file).person.code == "ana"


HOSTILE = {
    "half a character in an unknown key": '"x\\ud800": 1',
    "half a character in an unknown text": '"x": "\\ud800"',
    "nesting that cannot be written": '"x": ' + "[" * 400 + "]" * 400,
}


@pytest.mark.parametrize("extra", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_written_again_is_refused(problems, fw: Framework, extra: str):
    """A file whose content could not be saved or locked is refused when it is read."""
    (problem,) = problems(json.dumps(good(fw))[:-1] + f", {extra}}}")

    assert all((problem.where, problem.found, problem.expected))


def test_half_a_character_in_the_id_of_a_skill_can_be_told(problems, fw: Framework):
    """The message about a hostile key is text that every terminal and file takes."""
    (problem,) = problems(json.dumps(good(fw)).replace('"python": "UN', '"\\ud800": "UN'))

    assert problem.where.startswith("ratings")
