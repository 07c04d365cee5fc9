"""Practice profiles: what the shipped ones hold, and how they are read and refused."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework, check_framework, load_framework, practice_profiles
from skillmatrix.framework.practice_profiles import PracticeCase
from skillmatrix.settings import data_dir
from tests.conftest import MINI

ODA = "practice_profiles/practice-1.yaml"
BO = "practice_profiles/practice-2.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to change."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


def cases_of(framework: Framework) -> list[PracticeCase]:
    """List the cases of all practice profiles."""
    return [c for p in framework.practice_profiles.values() for c in p.cases.values()]


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Change one text of a file, which stands there once."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def thresholds(framework: Framework, kind: str) -> set[str]:
    """Give the skills that the Senior role has a gate or a floor on."""
    requirements = framework.profiles["senior"].requirements.values()
    return {t.skill for requirement in requirements for t in getattr(requirement, kind)}


def words(text: str, many: int) -> set[tuple[str, ...]]:
    """Give every run of so many words of a text."""
    found = re.findall(r"\w+", text.casefold())
    return {tuple(found[i : i + many]) for i in range(len(found) - many + 1)}


def test_five_invented_people_have_six_cases_each(fw: Framework):
    """Their ids are codes of a session, their names their own, and each says it is invented."""
    people = fw.practice_profiles

    assert list(people) == [f"practice-{number}" for number in range(1, 6)]
    assert [len(person.cases) for person in people.values()] == [6] * 5
    assert len({person.title for person in people.values()}) == 5
    assert all(person.notice.startswith("Invented") for person in people.values())
    assert {case.source for case in cases_of(fw)} == {"judgement"}


def test_nobody_is_called_as_somebody_of_the_examples(fw: Framework):
    """Whoever plays a session with both can tell them apart."""
    written = " ".join(
        path.read_text(encoding="utf-8") for path in (data_dir() / "examples").rglob("*.yaml")
    )
    named = set(re.findall(r"\w+", written.casefold()))

    titles = {person.title.casefold() for person in fw.practice_profiles.values()}
    assert titles & named == set()


def test_every_gate_is_rated_three_times_and_every_floor_twice(fw: Framework):
    """So that raters who share no real person can still be compared on what decides."""
    count = Counter(case.skill for case in cases_of(fw))

    assert {skill for skill in thresholds(fw, "gates") if count[skill] < 3} == set()
    assert {skill for skill in thresholds(fw, "floors") if count[skill] < 2} == set()


def test_the_answers_reach_from_1_to_5_and_lie_mostly_where_raters_differ(fw: Framework):
    """Every level but none occurs, 3 and 4 most, and one case is answered by not observed."""
    count = Counter(case.reference.value for case in cases_of(fw) if case.reference is not None)

    assert sorted(count) == [1, 2, 3, 4, 5]
    assert count[3] + count[4] > len(cases_of(fw)) / 2
    assert [c.skill for c in cases_of(fw) if c.reference_word == "NOT_OBSERVED"] == ["mlops"]


def test_a_case_does_not_give_its_answer_away(fw: Framework):
    """It names no level, and holds no five words in a row of an anchor or a near miss."""
    names = {step.name for step in fw.scale} | {"level", "levels", "Level"}
    told = []
    for case in cases_of(fw):
        anchors = fw.skills[case.skill].anchors.values()
        written = " | ".join(f"{anchor.text} | {anchor.not_this or ''}" for anchor in anchors)
        same = words(case.text, 5) & words(written, 5)
        told += [(case.skill, " ".join(run)) for run in same]
        told += [(case.skill, name) for name in names & set(re.findall(r"\w+", case.text))]

    assert told == []


def test_a_reason_says_why_not_the_level_above_nor_the_one_below(fw: Framework):
    """Each of the two is named by its number, where raters could have chosen it."""
    short = []
    for case in cases_of(fw):
        if case.reference is None:
            continue
        beside = {case.reference.value - 1, case.reference.value + 1} & {1, 2, 3, 4, 5}
        named = {int(figure) for figure in re.findall(r"\b\d\b", case.reason)}
        if not beside <= named:
            short.append((case.skill, beside - named))

    assert short == []


def test_answers_are_levels_or_a_word(mini: Framework):
    """Of the small ladder one case of each."""
    cases = mini.practice_profiles["practice-1"].cases

    assert (cases["cataloguing"].reference, cases["cataloguing"].reference_word) == (3, None)
    assert cases["local-history"].reference is None
    assert cases["local-history"].reference_word == "NOT_OBSERVED"
    with pytest.raises(TypeError, match="does not change"):
        cases["cataloguing"] = cases["local-history"]


def test_a_ladder_needs_none(copy: Path):
    """Without the folder there is nobody to practise on."""
    shutil.rmtree(copy / "practice_profiles")

    assert load_framework(copy).practice_profiles == {}
    assert check_framework(copy) == []


def test_they_are_read_when_first_asked_for_and_once(copy: Path, monkeypatch: pytest.MonkeyPatch):
    """Loading a ladder reads none of their files; a file that changes is read anew."""
    read: list[str] = []
    plain = practice_profiles.read_yaml
    monkeypatch.setattr(
        practice_profiles, "read_yaml", lambda path: read.append(path.stem) or plain(path)
    )
    framework = load_framework(copy)
    before = list(read)

    assert framework.practice_profiles is framework.practice_profiles
    assert (before, read) == ([], ["practice-1", "practice-2"])
    replace(copy, BO, "title: Bo", "title: Bodo")
    assert load_framework(copy).practice_profiles["practice-2"].title == "Bodo"


def test_a_broken_one_stops_a_session_and_not_the_ladder(copy: Path):
    """The ladder loads; whoever asks for the profiles is told every problem of all files."""
    replace(copy, ODA, "reference: 3", "reference: 9")
    replace(copy, ODA, "skill: local-history", "skill: local-histry")
    replace(copy, BO, "title: Bo\n", "")
    framework = load_framework(copy)

    with pytest.raises(FrameworkError) as caught:
        framework.practice_profiles  # noqa: B018 - reading it is what is tried
    assert [problem.where for problem in caught.value.problems] == [
        "cases > cataloguing > reference",
        "cases > local-histry > skill",
        "title",
    ]


@pytest.mark.parametrize(
    ("old", "remedy"),
    [
        ("shelving", "with version 2.0.1 it became cataloguing"),
        ("stamping", "with version 2.0.1 it became nothing"),
        ("local-histry", "'local-history'"),
    ],
)
def test_a_skill_of_an_earlier_version_is_told_with_what_it_became(
    copy: Path, old: str, remedy: str
):
    """Or else with the present skill that is called nearly so."""
    replace(copy, ODA, "skill: local-history", f"skill: {old}")
    problem = check_framework(copy)[0]

    assert (problem.found, problem.rule) == (f"{old!r}", "dangling-id")
    assert remedy in problem.remedy


def test_a_skill_that_cannot_be_read_is_told_once(copy: Path):
    """A case about it is not at fault."""
    replace(copy, "skills/local-history.yaml", "title: Local history", "titel: Local history")

    assert {Path(problem.file).name for problem in check_framework(copy)} == {"local-history.yaml"}


@pytest.mark.parametrize("answer", ["UNRATED", "not_observed", "3.0", "true", "[3]"])
def test_no_other_word_is_an_answer(copy: Path, answer: str):
    """A reference is a whole number of the scale, or NOT_OBSERVED as it is written."""
    replace(copy, ODA, "reference: 3", f"reference: {answer}")
    problems = check_framework(copy)

    assert [problem.expected for problem in problems] == ["a level, or NOT_OBSERVED"]
