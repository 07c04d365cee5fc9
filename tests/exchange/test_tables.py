"""Tables of other people: what is understood, and why the rest is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from skillmatrix.exchange import Choices, Preview, export, preview
from skillmatrix.framework import Framework
from tests.conftest import assess
from tests.exchange.draws import FW

TODAY = dt.date(2026, 11, 20)


def look(text: str | bytes, framework: Framework = FW, **told: Any) -> Preview:
    """Preview a CSV file as of a fixed day."""
    data = text if isinstance(text, bytes) else text.encode()
    return preview(data, framework, Choices(**told) if told else None, as_of=TODAY)


def ratings(found: Preview) -> dict[str, dict[str, Any]]:
    """Give the ratings by person and rater."""
    return {
        f"{each.person.name}/{each.rater.kind}": {k: r.value for k, r in each.ratings.items()}
        for each in found.assessments
    }


def told(found: Preview) -> list[tuple[int | None, str, str]]:
    """Give line, place and remedy of every problem."""
    return [(problem.line, problem.where, problem.remedy) for problem in found.refused]


def test_one_row_a_rating():
    """Skills by id, code or title, levels by number or name; people apart."""
    found = look("Person,Skill,Level\nAna,mlops,4\nAna,T01,Independent\nBo,Core ML,Level 2\n")

    assert ratings(found) == {
        "Ana/self": {"mlops": 4, "python": 3},
        "Bo/self": {"core-ml": 2},
    }
    assert (found.kind, found.shape, found.delimiter) == ("table", "long", ",")
    assert [each.line for each in found.understood] == [2, 3, 4]
    assert found.refused == ()


def test_one_row_a_person():
    """A column for each skill, semicolons between the cells; other columns are named."""
    found = look("Name;Python;T06 MLOps;Team\nAna;3;4;A\nBo;;DECLINED;B\n")

    assert ratings(found) == {
        "Ana/self": {"python": 3, "mlops": 4},
        "Bo/self": {"python": "UNRATED", "mlops": "DECLINED"},
    }
    assert found.unread == ("Team",)
    assert "The column 'Team' is not read." in found.notes


def test_one_row_a_skill_with_a_column_for_each_rater():
    """What a rater may not say is refused in its cell alone."""
    found = look("Skill,self,mentor\nPython,3,NOT_OBSERVED\nMLOps,4,DECLINED\n")

    assert ratings(found) == {
        "/self": {"python": 3, "mlops": 4},
        "/mentor": {"python": "NOT_OBSERVED"},
    }
    assert [(line, where) for line, where, _ in told(found)] == [(3, "mentor > level")]


def test_one_row_a_skill_with_a_column_for_each_day():
    """Each day is a round of its own; a day to come is refused."""
    found = look("Skill\t2026-01-31\t2026-09-30\t2027-01-01\nPython\t3\t4\t5\n")

    assert [(a.as_of, a.rating("python").value) for a in found.assessments] == [
        (dt.date(2026, 1, 31), 3),
        (dt.date(2026, 9, 30), 4),
    ]
    assert found.refused[0].expected == "a day up to 2026-11-20"


def test_an_empty_cell_is_not_rated_and_never_zero():
    """Empty becomes UNRATED, 0 the level 0, and both are told."""
    found = look("skill,level\nPython,\nMLOps,0\n")

    assert ratings(found) == {"/self": {"python": "UNRATED", "mlops": 0}}
    assert found.rated == 1
    assert found.notes == (
        "1 cell is empty: not rated, which is not level 0.",
        "1 cell says 0, taken as the level; if it means not rated there, say 0 is UNRATED.",
    )


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("3.5", "levels have no halves; choose the highest level that holds"),
        ('"3,5"', "levels have no halves; choose the highest level that holds"),
        ("7", "another scale is not converted by itself: say which level each number is"),
        ("-1", "another scale is not converted by itself: say which level each number is"),
        ("n/a", "leave the cell empty for not rated, or write NOT_APPLICABLE"),
        ("Expert", "say which level 'Expert' is"),
        ("4 Independent", "say which level '4 Independent' is"),
        ("80%", "say which level '80%' is"),
        ("=1+1", "formulas are not worked out: write the level"),
    ],
)
def test_a_level_that_can_be_two_things_is_none(cell: str, remedy: str):
    """Nothing is rounded, scaled or guessed."""
    found = look(f"skill,level\nMLOps,2\nPython,{cell}\n")

    assert ratings(found) == {"/self": {"mlops": 2}}
    assert told(found) == [(3, "level", remedy)]


def test_a_skill_nobody_knows_is_refused_with_the_one_that_may_be_meant():
    """A slip gets a suggestion, another word gets the way to explain it."""
    found = look("skill,level\npyhton,3\nKubernetes,2\nMLOps,1\n")

    assert told(found) == [
        (2, "skill", "did you mean 'python'?"),
        (3, "skill", "say which skill 'Kubernetes' is"),
    ]
    assert found.unknown_skills == {"pyhton": 1, "Kubernetes": 1}


def test_contradictions_are_refused_and_repetitions_told():
    """Of two levels for one skill neither is taken; the same level twice is taken once."""
    found = look("name,skill,level\nAna,python,3\nAna,T01,4\nAna,mlops,2\nana,MLOps,2\n")

    assert ratings(found) == {"Ana/self": {"mlops": 2}}
    assert told(found) == [
        (2, "level", "line 3 says 4: keep the one that is right"),
        (3, "level", "line 2 says 3: keep the one that is right"),
    ]
    assert [(p.line, p.remedy) for p in found.duplicates] == [(5, "line 4 says the same")]


def test_headers_in_other_words_are_mapped():
    """Columns, levels and skills that somebody explains are read as explained."""
    text = "Kompetenz;Stufe;Bemerkung\nMLOps;Experte;gut\nK8s;2;\nTotal;9;\n"
    found = look(
        text,
        columns={"Kompetenz": "skill", "Stufe": "level", "Bemerkung": "note"},
        levels={"experte": 4},
        skills={"K8s": "containers", "Total": "ignore"},
        person="Mira",
    )

    assert ratings(found) == {"Mira/self": {"mlops": 4, "containers": 2}}
    assert found.assessments[0].notes["mlops"].text == "gut"
    assert found.refused == ()


def test_columns_are_told_by_what_is_in_them():
    """Names nobody knows, but skills in one column and levels in the other; that is said."""
    found = look("Kompetenz,Stufe\nMLOps,3\nPython,4\n")

    assert ratings(found) == {"/self": {"mlops": 3, "python": 4}}
    assert found.notes == (
        "The column 'Kompetenz' was taken for the skill.",
        "The column 'Stufe' was taken for the level.",
    )


def test_a_choice_for_what_is_not_there_is_refused():
    """A column that the file has not, and a field that does not exist."""
    found = look("skill,level\nPython,3\n", columns={"Skil": "skill", "level": "lvl"})

    assert [(p.where, p.remedy) for p in found.refused] == [
        ("header", "did you mean 'skill'?"),
        ("columns", "did you mean 'level'?"),
    ]


def test_two_columns_for_one_thing_are_refused():
    """Which of them holds is not guessed."""
    found = look("skill,level,rating\nPython,3,4\n")

    assert found.assessments == ()
    assert found.refused[0].found == "the columns 'level' and 'rating'"


def test_notes_and_evidence_come_along_and_claim_nothing():
    """A note is private; evidence is E0 whatever it says, and without a day it is a note."""
    found = look(
        "skill,level,date,note,evidence,link\n"
        "Python,3,2026-05-05,mine,Wrote the loader,http://x\n"
        "MLOps,2,,,Ran a canary,\n"
    )
    (made,) = found.assessments
    (item,) = made.evidence

    assert (item.title, item.strength, item.artefact) == ("Wrote the loader", "E0", "http://x")
    assert made.notes["python"].visibility == "private"
    assert made.notes["mlops"].text == "Evidence: Ran a canary"
    assert made.as_of == dt.date(2026, 5, 5)


def test_dates_are_not_guessed():
    """A day that could be two is refused with both, and its row with it."""
    found = look("skill,level,date\nPython,3,05/06/2026\nMLOps,2,2026-12-24\nCore ML,1,\n")

    assert ratings(found) == {"/self": {"core-ml": 1}}
    assert told(found) == [
        (2, "date", "it could be 2026-05-06 or 2026-06-05: write the one that is meant"),
        (3, "date", ""),
    ]


def test_one_person_of_many_can_be_taken():
    """By name; a name that is not there is refused with those that are."""
    text = "name,skill,level\nAna,python,3\nBo,python,4\n"

    assert ratings(look(text, person="bo")) == {"Bo/self": {"python": 4}}
    assert look(text, person="Cem").refused[0].expected == "one of 'Ana', 'Bo'"


def test_a_row_that_names_nobody_is_refused():
    """Where a file tells people apart, every row has to."""
    found = look("name,skill,level\nAna,python,3\n,mlops,4\n")

    assert ratings(found) == {"Ana/self": {"python": 3}}
    assert told(found) == [(3, "person", "write it in each row")]


@pytest.mark.parametrize(
    ("data", "found", "remedy"),
    [
        (b"", "nothing", ""),
        (b"  \n\n", "nothing", ""),
        ("skill,level\nPrüfung,3\n".encode("cp1252"), "a byte that is not UTF-8", "CSV UTF-8"),
        (b"skill,level\n", "a header and no row", ""),
        (b"foo,bar\n1,2\n", "'foo', 'bar'", "say which column holds the skill"),
        (b"skill\x00,level\n", "NUL characters", "save it as CSV UTF-8"),
        (b"skill,level\n" + b"python,3\n" * 20_002, "more than 20,000 rows", "split it"),
        (b"a," * 1_001 + b"\n1\n", "columns", "delete those that hold no ratings"),
        (b"x" * 10_000_001, "10 MB", "split it"),
        (b"<html><body>Sign in</body></html>", "", ""),
        (b'{"format": "other"}', "'other'", "is this an assessment file?"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, found: str, remedy: str):
    """Whatever a file holds, the answer is a problem with words and never an exception."""
    seen = look(data)

    assert seen.assessments == ()
    assert found in seen.refused[0].found
    assert remedy in seen.refused[0].remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are_are_read(encoding: str):
    """UTF-8 with or without its mark, and UTF-16 with it."""
    found = look("name,skill,level\nZoë,python,3\n".encode(encoding))

    assert ratings(found) == {"Zoë/self": {"python": 3}}


def test_a_quote_left_open_costs_one_row():
    """It does not swallow the rows below."""
    found = look('skill,level\n"Python,3\nMLOps,4\n')

    assert ratings(found) == {"/self": {"mlops": 4}}
    assert [problem.line for problem in found.refused] == [2]


def test_the_wide_export_is_read_back_as_a_table():
    """A row of ratings comes back with its levels, states and unrated skills."""
    made = assess(FW, {"mlops": 4, "python": "DECLINED"}, person={"code": "ana", "name": "=Ana"})
    data = export(made, FW, "wide")[1]
    found = look(data)
    (again,) = found.assessments

    assert b"'=Ana" in data
    assert (again.person, again.as_of) == (made.person, made.as_of)
    assert again.rating("mlops").level == 4
    assert again.rating("python").state == "DECLINED"
    assert again.rating("core-ml").state == "UNRATED"


def test_another_ladder_has_its_own_words(mini: Framework):
    """Skills and levels are those of the framework, none of this one."""
    found = look("skill,level\ncataloguing,2\npython,3\nreference-desk,0\n", mini)

    assert ratings(found) == {"/self": {"cataloguing": 2}}
    assert [problem.line for problem in found.refused] == [3, 4]


@pytest.mark.slow
def test_twenty_thousand_rows_are_read_in_seconds():
    """A whole company in one file."""
    skills = list(FW.skills)
    rows = [f"Person {n // 20},{skills[n % 20]},{n % 6}" for n in range(20_000)]
    found = look("person,skill,level\n" + "\n".join(rows))

    assert len(found.assessments) == 1_000
    assert found.rated == 20_000
