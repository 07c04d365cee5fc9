"""What stands in each version of a report, before any format."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from skillmatrix.assessment.share import Held
from skillmatrix.framework import Framework, Profile, load_framework
from skillmatrix.reports import AUDIENCES, report
from skillmatrix.reports.skills import web_address
from skillmatrix.scoring import verdict
from tests.conftest import assess, proof
from tests.reports.conftest import Made, Person

LADDERS = Path(__file__).parents[1] / "ladders"


def test_each_version_says_what_it_is(made: Made):
    """A reader can tell from the report which version lies before him."""
    assert [made(audience).version for audience in AUDIENCES] == [
        "For myself",
        "For my mentor",
        "For calibration",
    ]


def test_notes_go_to_those_they_were_written_for(made: Made):
    """Private stays, shared goes to the mentor, and a session gets what is for the panel."""
    read = {a: [note.text for note in made(a).notes] for a in AUDIENCES}

    assert read["myself"] == ["SHARED words", "PANEL words", "PRIVATE doubts"]
    assert read["mentor"] == ["SHARED words", "PANEL words"]
    assert read["calibration"] == ["PANEL words"]


def test_the_record_is_for_the_author_alone(made: Made):
    """What was noted down about the role guide is in no version that leaves."""
    assert [len(made(audience).record) for audience in AUDIENCES] == [1, 0, 0]


def test_a_session_gets_neither_name_nor_plan(made: Made):
    """The code stands for the person; what she plans is between her and her mentor."""
    mentor, session = made("mentor"), made("calibration")

    assert mentor.facts[0].value == "Ana Example (p-7)"
    assert session.facts[0].value == "p-7"
    assert mentor.plan is not None
    assert session.plan is None


def test_only_the_author_is_told_what_is_left_out(made: Made):
    """How much is held back is itself something that only she may know."""
    assert made("myself").left_out == (
        "For my mentor: without 1 note and 1 entry of the record.",
        "For calibration: without 2 notes, 1 entry of the record, 1 own part of the plan "
        "and the name.",
    )
    assert made("mentor").left_out == made("calibration").left_out == ()


def test_what_is_held_back_besides_stays_too(made: Made):
    """A choice of the step Hand over holds for reports as well."""
    held = {"mentor": Held(evidence=frozenset({"e1"}), notes=frozenset({"python"}))}

    given = made("mentor", held=held)

    assert [item.title for item in given.evidence] == ["Feature package"]
    assert [note.text for note in given.notes] == ["PANEL words"]
    assert len(made("myself", held=held).evidence) == 2


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_verdict_is_that_of_the_library(
    made: Made, person: Person, senior: Profile, audience: str
):
    """Criterion by criterion and part by part, with the reason of each."""
    found = verdict(person(), senior)

    told = made(audience)

    assert told.answer.word == found.overall
    assert [c.state for c in told.criteria] == [c.state for c in found.criteria.values()]
    said = [(p.id, p.state, p.why.lower()) for c in told.criteria for p in c.parts]
    assert said == [
        (p.id, p.state, p.why.lower()) for c in found.criteria.values() for p in c.parts
    ]


def test_a_locked_round_is_judged_as_locked(fw: Framework, senior: Profile):
    """Evidence that is short is not met after the lock, whoever reads it."""
    locked = assess(fw, {"mlops": 4}, locked=True)

    states = {
        part.state
        for audience in AUDIENCES
        for card in report(locked, senior, audience).criteria
        for part in card.parts
        if part.kind == "Evidence"
    }

    assert states == {"NOT MET"}


def test_claimed_shown_and_confirmed_stand_side_by_side(fw: Framework, senior: Profile):
    """Somebody vouches for MLOps, an artefact alone carries Python to 3; the rest is unknown."""
    items = [proof("E3", "mlops"), proof("E2", "python")]
    rated = assess(fw, {"mlops": 4, "python": 4}, evidence=items)

    lines = {line.id: line for line in report(rated, senior).skills}

    levels = {s: (n.claimed, n.shown, n.confirmed) for s, n in lines.items()}
    assert levels["mlops"] == (4, 4, 4)
    assert levels["python"] == (4, 3, None)
    assert levels["validation"] == (None, None, None)


def test_who_did_not_see_and_who_did_not_say_look_the_same(fw: Framework, senior: Profile):
    """A reader cannot tell one missing level from another."""
    manager = assess(fw, {"mlops": "NOT_OBSERVED"}, rater="manager")
    self_made = assess(fw, {"mlops": "DECLINED"})

    given = {
        line.given
        for made in (manager, self_made)
        for line in report(made, senior, "calibration").skills
        if line.id == "mlops"
    }

    assert given == {"No level given"}


def test_an_action_is_overdue_the_day_after_it_was_due(made: Made):
    """Read on the 20th: due on the 19th it is late, due today not; what is done comes last."""
    plan = made("mentor").plan

    assert plan is not None
    assert [(a.text, a.overdue) for a in plan.actions] == [
        ("PLANNED review", True),
        ("Later", False),
        ("Long ago", False),
    ]


def test_clauses_without_an_answer_are_in_plain_view(made: Made):
    """The case lists every clause of the aim; nothing is written where she wrote nothing."""
    case = made("mentor").case

    assert case is not None
    texts = {p.part: p.text for p in case.paragraphs}
    assert texts["opening"] == "ARGUED opening"
    assert texts["monitoring-lifecycle-gate-mlops"] == "ARGUED for MLOps"
    assert [text for text in texts.values() if text] == ["ARGUED opening", "ARGUED for MLOps"]
    assert case.sentence.startswith("1 of 24 clauses answered.")


def test_nothing_written_is_no_case(fw: Framework, senior: Profile):
    """Without a paragraph there is no list of empty clauses."""
    assert report(assess(fw, {}), senior).case is None


def test_an_earlier_round_shows_what_moved(made: Made, person: Person):
    """Two levels went up, and one skill has a level in one round only."""
    earlier = person(ratings={"mlops": 3, "python": 3, "core-ml": 3}, as_of="2026-10-31")

    change = made("mentor", since=earlier).change

    assert change is not None
    assert change.since == dt.date(2026, 10, 31)
    assert {(line.skill, line.word) for line in change.lines} == {
        ("MLOps", "up"),
        ("Python", "up"),
        ("Model validation", "no level then"),
    }
    assert {line.by for line in change.lines} == {"rating or evidence"}


def test_an_earlier_version_of_the_ladder_is_told_as_its_own_cause():
    """Delivering became delivery and rose a level: the ladder is named, and so is the rating."""
    before, now = (load_framework(LADDERS / f"data-science-family{end}") for end in ("", "-2"))
    aim = {"profile": "senior-data-scientist"}
    earlier = assess(before, dict.fromkeys(before.skills, 2), aim=aim, as_of="2026-03-01")
    later = assess(now, dict.fromkeys(now.skills, 3), aim=aim)

    change = report(later, now.profile("senior-data-scientist"), "mentor", since=earlier).change

    assert change is not None
    by = {line.skill: line.by for line in change.lines}
    assert by["Delivery"] == "the ladder, rating or evidence"
    assert by["Statistics"] == "rating or evidence"
    assert change.more[0] == f"The ladder changed from {before.key} to {now.key}."
    assert len(change.more) > 1
    assert not [line for line in change.more if line.endswith("..") or not line.endswith(".")]


def test_the_newest_readings_are_printed_and_the_others_counted(fw: Framework, senior: Profile):
    """A thousand readings would hide everything else; the file has them all."""
    kinds = {block.kind for block in fw.record.values() if block.form == "reading"}
    kpi = next(name for name, entry in fw.items.items() if entry.kind in kinds)
    reading = {"item": kpi, "value": 1, "unit": "h", "source": "log"}
    day = dt.date(2026, 1, 1)
    record = [
        {**reading, "id": f"r{n}", "date": str(day + dt.timedelta(days=n))} for n in range(210)
    ]

    told = report(assess(fw, {}, record=record), senior)

    assert len(told.record) == 200
    assert told.record_more.startswith("10 older readings")
    assert told.record[0].date == day + dt.timedelta(days=10)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_ladder_without_evidence_has_words_for_it(audience: str):
    """Another ladder, where a claim counts as it is: nothing speaks of evidence."""
    from tests.ladders import FAMILY

    family = load_framework(FAMILY)
    skill = next(iter(family.skills))
    rated = assess(family, {skill: family.levels[1].value}, aim={"profile": _first(family)})

    told = report(rated, family.profile(_first(family)), audience)  # type: ignore[arg-type]

    assert not told.asks_evidence
    assert told.answer.confidence == ""
    assert not any(line.confidence for line in told.skills)


def _first(framework: Framework) -> str:
    return next(iter(framework.profiles))


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        'https://a"onclick=x',
        "JavaScript:alert(1)//https://a",
        "//evil.example",
        "javascript://a.example/%0aalert(1)",
        "ftp://a.example/x",
        "https://[",
        "REL-188",
    ],
)
def test_only_a_web_address_becomes_a_link(text: str):
    """Anything else is text, whatever it looks like."""
    assert web_address(text) == ""
    assert web_address(" https://wiki.example/a?b=c#d ") == "https://wiki.example/a?b=c#d"


def test_control_characters_are_not_printed(made: Made):
    """A bell and a form feed show nothing, and would make a file that cannot be read."""
    note = {"mlops": {"text": "bell\x07 and\r\nline\x0c", "visibility": "shared"}}

    assert made("mentor", notes=note).notes[0].text == "bell and\nline"
