"""The file of groups: voluntary, read whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatrix import calibration as cal
from skillmatrix.errors import DataError


def test_who_left_it_empty_has_named_none(tmp_path: Path):
    """From a file as Excel writes it, or from its text."""
    text = "Person;Group\np1; north\np2;\n\np3;south\n"
    file = tmp_path / "groups.csv"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert cal.read_groups(text) == {"p1": "north", "p3": "south"}
    assert cal.read_groups(file) == {"p1": "north", "p3": "south"}


def test_every_problem_is_told_at_once_with_its_line():
    """A person twice, nobody, a row of three, two spellings, a name nobody can read."""
    text = "person,group\np1,North\np1,South\n,North\np2,a,b\np3,north\np4," + "x" * 61
    with pytest.raises(DataError) as raised:
        cal.read_groups(text)

    told = [(problem.line, problem.where) for problem in raised.value.problems]
    assert told == [(3, "person"), (4, "person"), (5, "row"), (6, "group"), (7, "group")]
    assert "'north', which line 2 spells 'North'" in str(raised.value)


@pytest.mark.parametrize("text", ["", "p1,north\n", "person,group,age\n", '"person'])
def test_what_is_no_such_file_is_refused(text: str):
    """The header says what it is."""
    with pytest.raises(DataError, match="person"):
        cal.read_groups(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path):
    """Not there, too large, not UTF-8: with the name of the file."""
    large, foreign = tmp_path / "large.csv", tmp_path / "foreign.csv"
    large.write_bytes(b"x" * 1_000_001)
    foreign.write_bytes(b"person,group\np1,\xe9\n")
    for file, words in (
        (tmp_path / "none.csv", "No such file"),
        (large, "over 1 MB"),
        (foreign, "no UTF-8, from byte 17"),
    ):
        with pytest.raises(DataError, match=words) as raised:
            cal.read_groups(file)
        assert str(file) in str(raised.value)


def test_who_is_not_in_the_session_is_named_to_whoever_brings_the_file():
    """In the order of the file."""
    assert cal.not_in_session({"p9": "a", "p1": "a", "P2": "b"}, ["p1", "p2"]) == ("p9", "P2")


def test_sizes_are_for_whoever_brings_the_file():
    """Before the one answer is asked for; those who named none, and left it empty, last."""
    groups = cal.read_groups("person,group\np1,north\np2,south\np3,south\np4,\np9,east\n")

    sizes = cal.group_sizes(groups, ["p1", "p2", "p3", "p4", "p5"])
    assert list(sizes.items()) == [("south", 2), ("north", 1), ("", 2)]
