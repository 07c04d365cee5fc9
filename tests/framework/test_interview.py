"""The interview rubric: the shipped one is section 19 of the role guide, whole."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from skillmatrix.errors import FrameworkError
from skillmatrix.framework import Framework, check_framework, interview, load_framework
from skillmatrix.framework.interview import Interview
from tests.conftest import MINI

FILE = "interview.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the small framework to change."""
    return Path(shutil.copytree(MINI, tmp_path / "librarian"))


@pytest.fixture(scope="module")
def rubric(fw: Framework) -> Interview:
    """Give the rubric that is shipped."""
    assert fw.interview is not None
    return fw.interview


def replace(folder: Path, old: str, new: str, file: str = FILE) -> None:
    """Change one text of a file, which stands there once."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_eight_dimensions_are_described_at_five_steps(rubric: Interview):
    """Two anchors a step, two or three questions, and a near miss at 3 and at 4."""
    assert rubric.levels == (1, 2, 3, 4, 5)
    assert [d.source for d in rubric.dimensions.values()] == [
        f"19.scorecard.{number}" for number in range(1, 9)
    ]
    for dimension in rubric.dimensions.values():
        assert [*dimension.anchors] == [1, 2, 3, 4, 5]
        assert {len(texts) for texts in dimension.anchors.values()} == {2}
        assert [*dimension.near_misses] == [3, 4]
        assert 2 <= len(dimension.asks) <= 3
        assert all(question.endswith("?") for question in dimension.asks)


def test_every_item_of_section_19_stands_in_the_rubric_and_nothing_else_does(
    fw: Framework, rubric: Interview
):
    """Each once: 6 topics, 3 exercises, 5 and 4 signals, 4 red flags, 8 dimensions."""
    written = {item.source for item in fw.guide[19].items.values()}
    count = Counter({source: len(names) for source, names in rubric.cited.items()})

    assert len(written) == 30
    assert {*count} == written
    assert {*count.values()} == {1}


def test_rubric_and_guide_call_a_dimension_the_same(fw: Framework, rubric: Interview):
    """Whoever goes from one to the other knows where they are."""
    titles = {item.source: item.title for item in fw.guide[19].items.values()}

    assert {d.title for d in rubric.dimensions.values() if d.title != titles[d.source]} == set()


def test_an_exercise_informs_the_dimensions_that_name_it(rubric: Interview):
    """Both ways round it is one relation; the case study takes the 90 minutes of the guide."""
    named = {(d.id, e) for d in rubric.dimensions.values() for e in d.informed_by}
    informed = {(d, e.id) for e in rubric.exercises.values() for d in e.dimensions}

    assert named == informed
    assert {d for d, _ in named} == {*rubric.dimensions}
    assert rubric.exercises["case-study"].minutes == 90
    assert len(rubric.exercises["case-study"].expects) == 6


def test_observations_are_told_as_something_seen(rubric: Interview):
    """Five for, four against, four red flags; each begins with a past verb and judges nobody."""
    count = Counter(seen.kind for seen in rubric.observations.values())
    judging = ("good", "bad", "weak", "strong", "reject", "hire", "attitude")

    assert count == {"strong": 5, "weak": 4, "red-flag": 4}
    for seen in rubric.observations.values():
        assert not any(word in seen.text.casefold().split() for word in judging)
        assert seen.text.endswith(".")


def test_the_rubric_says_that_it_is_a_draft_and_that_a_red_flag_is_no_verdict(rubric: Interview):
    """Before anything else an interviewer reads that nothing in it adds up."""
    assert rubric.status == "draft"
    assert "drafts" in rubric.note
    assert "adds up to a decision" in rubric.note
    assert "by itself never a no" in rubric.note


def test_names_of_the_scale_praise_and_blame_nobody(rubric: Interview):
    """Five words for what was shown, each once."""
    names = [step.name for step in rubric.scale]

    assert names == ["Not shown", "Shown with help", "Shown alone", "Weighed", "Recast"]


def test_a_ladder_needs_no_rubric(copy: Path):
    """Without the file there is none."""
    (copy / FILE).unlink()

    assert load_framework(copy).interview is None
    assert check_framework(copy) == []


def test_a_rubric_needs_no_guide(copy: Path):
    """Sources then lead nowhere that could be looked up."""
    shutil.rmtree(copy / "guide")
    (copy / "record.yaml").unlink()

    assert check_framework(copy) == []


def test_a_rubric_without_rules_of_writing_may_be_written_as_one_likes(copy: Path):
    """No wording.yaml: any first word, any number of words, no near miss."""
    (copy / "wording.yaml").unlink()
    replace(copy, "Explains the queue before anybody asks for it.", "Excellent.")
    replace(copy, "    near_misses:\n      3: Smiles at both readers and answers neither.\n", "")

    assert check_framework(copy) == []


def test_a_rule_that_is_waived_holds_for_no_anchor_of_the_rubric(copy: Path):
    """What the ladder asks to be spared, it is spared here as well."""
    replace(copy, "Explains the queue before anybody asks for it.", "Explains the queue.")
    waiver = "waives: [{rule: anchor-length, reason: Short is fine.}]\n"
    replace(copy, "title: Librarian\n", f"title: Librarian\n{waiver}", "framework.yaml")

    assert check_framework(copy) == []


def test_it_is_read_when_first_asked_for_and_once(copy: Path, monkeypatch: pytest.MonkeyPatch):
    """Loading a ladder does not open the file."""
    read: list[str] = []
    plain = interview.read_yaml
    monkeypatch.setattr(interview, "read_yaml", lambda path: read.append(path.name) or plain(path))
    framework = load_framework(copy)
    before = list(read)

    assert framework.interview is framework.interview
    assert (before, read) == ([], [FILE])


def test_a_broken_rubric_stops_a_panel_and_not_the_ladder(copy: Path):
    """The ladder loads; whoever asks for the rubric is told every problem of the file."""
    replace(copy, "minutes: 60", "minutes: 0")
    replace(copy, "for a question.\n    dimensions: [calm]", "for a question.\n    dimensions: []")
    replace(copy, "id: listens\n    kind: strong", "id: listens\n    kind: fine")
    framework = load_framework(copy)

    with pytest.raises(FrameworkError) as caught:
        framework.interview  # noqa: B018 - reading it is what is tried
    assert [problem.where for problem in caught.value.problems] == [
        "exercises > desk-hour > minutes",
        "observations > listens > kind",
        "observations > scolds > dimensions",
    ]
