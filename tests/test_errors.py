"""Errors say where, what was found, what was expected and what to do."""

import pickle

import pytest

from skillmatrix import errors
from skillmatrix.errors import AssessmentError, DataError, Problem, SkillMatrixError, suggest


def test_every_error_is_one_of_ours():
    """One base for all that is raised on purpose, as drawn in the module."""
    raised = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]

    assert {e.__name__ for e in raised} == {
        "SkillMatrixError",
        "DataError",
        "FrameworkError",
        "AssessmentError",
        "MismatchError",
        "StoreError",
        "UnstorableError",
        "UsageError",
    }
    assert all(issubclass(e, SkillMatrixError) for e in raised)
    assert all(e.__name__ in errors.__doc__ for e in raised)


@pytest.mark.parametrize(
    ("place", "head"),
    [
        ({}, "skills[sql]"),
        ({"file": "a.yaml"}, "a.yaml  skills[sql]"),
        ({"file": "a.yaml", "line": 7}, "a.yaml:7  skills[sql]"),
        ({"line": 7}, "line 7  skills[sql]"),
    ],
)
def test_a_problem_says_its_place_first(place: dict[str, object], head: str):
    """File and line when they are known, then the place inside, then what is wrong."""
    problem = Problem("skills[sql]", "nothing", "a title", "add one", **place)

    assert str(problem) == f"{head}\n    found nothing; expected a title; add one"


def test_a_problem_without_a_remedy_ends_with_what_is_expected():
    """No remedy, no empty half-sentence."""
    assert str(Problem("x", "3", "4")) == "x\n    found 3; expected 4"


def test_all_problems_of_a_file_are_listed_and_counted():
    """The heading counts, the list keeps the order, the attributes carry the same."""
    problems = [Problem("a", "1", "2"), Problem("b", "3", "4")]
    error = AssessmentError("ana.json", iter(problems))

    assert error.problems == tuple(problems)
    assert str(error).splitlines() == [
        "ana.json has 2 problems",
        "  a",
        "      found 1; expected 2",
        "  b",
        "      found 3; expected 4",
    ]
    assert str(DataError("ana.json", problems[:1])).startswith("ana.json has 1 problem\n")


def test_a_problem_gives_its_facts_as_plain_values():
    """For pages and for ``--json``: the same facts, by name."""
    problem = Problem("a", "1", "2", "do", "f.yaml", 3, "shape")

    assert problem.as_dict() == {
        "file": "f.yaml",
        "line": 3,
        "where": "a",
        "found": "1",
        "expected": "2",
        "remedy": "do",
        "rule": "shape",
    }


def test_an_error_crosses_processes_whole():
    """Pickled and read again, an error has the same problems and says the same."""
    error = AssessmentError("ana.json", [Problem("a", "1", "2")])
    again = pickle.loads(pickle.dumps(error))

    assert (again.problems, str(again)) == (error.problems, str(error))


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("pyhton", ["sql", "python"], "did you mean 'python'?"),
        ("xyz", ["sql", "python"], "known are python, sql"),
        ("xyz", [], "none is known"),
        (3, ["three"], "known are three"),
    ],
)
def test_a_suggestion_is_the_near_word_or_all_of_them(word: object, known: list[str], said: str):
    """A near word is asked for; without one, what there is is listed in order."""
    assert suggest(word, known) == said
