"""Files of a session: what is taken, what is refused, and what a person must decide."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.assessment import as_data, lock, make_packet
from skillmatrix.assessment.packet import packet_text
from skillmatrix.calibration.collect import (
    SAME,
    Collected,
    Given,
    Taken,
    collect,
    files_in,
    read_given,
)
from skillmatrix.calibration.collect_settle import majority, settle
from skillmatrix.errors import AssessmentError
from tests.calibration.conftest import session_texts

FW = sm.load_framework()
AT = dt.datetime(2026, 11, 19, 16, tzinfo=dt.UTC)
SECRET = "the words of a private note"


def told(
    by: str | None = "m1", person: str = "p1", name: str = "Ana Beck", **changes: Any
) -> sm.Assessment:
    """Give a draft of one rater, or of the person herself."""
    who = {"kind": "manager", "code": by} if by else {"kind": "self"}
    content: dict[str, Any] = {
        "framework": FW.key,
        "person": {"code": person, "name": name},
        "rater": who,
        "aim": {"profile": "senior"},
        "as_of": "2026-11-20",
        "ratings": {"mlops": 3, "python": 4},
        **changes,
    }
    return sm.Assessment.model_validate(content)


def text(assessment: sm.Assessment) -> str:
    """Write an assessment as the text of a file."""
    return json.dumps(as_data(assessment))


def file(name: str, assessment: sm.Assessment, hours: int = 0) -> Given:
    """Give the locked file of a draft."""
    return Given(name, text(lock(assessment, AT + dt.timedelta(hours=hours))))


def packet(name: str, own: sm.Assessment, audience: Any = "calibration") -> Given:
    """Give the packet of an own view."""
    return Given(name, packet_text(make_packet(own, audience, AT)))


def refused(given_file: Given) -> list[str]:
    """Give what is said of a file that is refused."""
    with pytest.raises(AssessmentError) as caught:
        read_given(given_file)
    return [str(problem) for problem in caught.value.problems]


def folder(*names: str) -> list[Given]:
    """Give the invented session, or folders of it."""
    return [
        Given(name, text)
        for name, text in session_texts().items()
        if name.partition("/")[0] in (names or ("session", "session-late"))
    ]


@cache
def whole() -> Collected:
    """Collect the session with everything that is late, doubled or broken."""
    return collect(folder())


KNOWN = json.loads(session_texts()["session-known/known.json"])
ODD = {odd["kind"]: odd for odd in KNOWN["odd"]}


def test_a_session_in_time_is_taken_whole():
    """A packet of each, the locked files of the raters, and nothing to say about any."""
    found = collect(folder("session"))
    counts = KNOWN["counts"]

    assert (found.problems, found.clashes, found.notes) == ((), (), ())
    assert len(found.assessments) == counts["own_views"] + counts["ratings_by_others"] == 46
    assert len(found.matrix) == counts["people"] == 12
    assert {each.assessment.person.name for each in found.read} == {""}
    assert found.missing() == ()


def test_what_is_odd_is_said_of_exactly_the_files_that_are():
    """Refused, in clash, counted once, or simply late: each as the truth has it."""
    found = whole()
    names = {kind: f"session-late/{odd['file']}" for kind, odd in ODD.items()}

    assert {p.file for p in found.problems} == {names[k] for k in ("draft", "damaged", "mentor")}
    assert {(clash.kind, clash.person, clash.rater) for clash in found.clashes} == {
        ("rater", ODD["duplicate"]["person"], ODD["duplicate"]["rater"]),
        ("own-view", ODD["two-rounds"]["person"], "self"),
    }
    assert [note.files[0] for note in found.notes] == [names["copy"]]
    late = [f"session-late/{odd['file']}" for odd in KNOWN["odd"] if odd["kind"] == "late"]
    assert len(late) == 2
    assert set(late) <= set(found.files)
    assert [(m.kind, m.person) for m in found.missing()] == [
        ("own-view", ODD["two-rounds"]["person"])
    ]


def test_of_a_clash_nothing_is_taken_until_somebody_decides():
    """Both files wait; the one decided for is taken, and the other is named as left out."""
    before = whole()
    clash = next(clash for clash in before.clashes if clash.kind == "rater")
    first, second = clash.options
    after = before.decided({clash.cell: second.sha256[:8]})

    assert (clash.n_differ, first.locked_at < second.locked_at) == (3, True)
    assert not set(clash.files) & set(before.files)
    assert set(clash.files) & set(after.files) == set(second.files)
    assert [note.words for note in after.notes if note.kind == "kept"] == [
        f"{clash}; {second.files[0]} holds, {first.files[0]} is left out"
    ]


def test_a_decision_for_a_file_that_is_not_there_decides_nothing():
    """Nor does an empty one, which every hash begins with."""
    cells = [clash.cell for clash in whole().clashes]

    for word in ("0" * 64, ""):
        assert whole().decided(dict.fromkeys(cells, word)).clashes == whole().clashes


def test_late_files_come_to_the_same_as_all_at_once():
    """Handed in in another order and one half later: the same session, to the row."""
    files = folder()
    Random(3).shuffle(files)

    found = collect(files[:27]).with_more(files[27:])

    assert found == whole()
    assert (found.settled, found.coverage) == (whole().settled, whole().coverage)


def forgets_order(draw: Random) -> None:
    """Set some of the files beside each other twice, in two orders, with some decisions."""
    keep = {
        clash.cell: draw.choice(clash.options).sha256
        for clash in whole().clashes
        if draw.random() < 0.5
    }
    read = draw.sample(whole().read, draw.randint(0, len(whole().read)))
    shuffled = draw.sample(read, len(read))

    assert settle(shuffled, (), keep) == settle(read, (), keep)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_setting_files_beside_each_other_forgets_their_order(draw: Random):
    """Copies, clashes and notes come out alike from any order and with any decision."""
    forgets_order(draw)


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=1000)
def test_no_order_of_files_is_special(draw: Random):
    """The same a thousand times."""
    forgets_order(draw)


def test_a_draft_is_nobody_elses_to_read():
    """It is refused with what to do, and no word of it; the command may allow it."""
    draft = Given("d.json", text(told(notes={"mlops": {"text": SECRET, "visibility": "panel"}})))
    (said,) = refused(draft)

    assert "found a draft; expected 'locked'; its author locks it" in said
    assert SECRET not in said
    assert read_given(draft, allow_drafts=True).lock is None


def test_an_own_file_gives_what_its_packet_would():
    """No name, no note but those for a panel; with the packet beside it, it counts once."""
    own = told(
        None,
        notes={
            "mlops": {"text": SECRET, "visibility": "shared"},
            "python": {"text": "for the panel", "visibility": "panel"},
        },
    )
    found = collect([file("own.assessment.json", own), packet("own.packet.json", own)])
    alone = collect([file("own.assessment.json", own)])

    assert (len(found.assessments), found.clashes) == (1, ())
    assert [note.kind for note in found.notes] == ["copy"]
    assert alone.assessments == found.assessments
    assert [note.words for note in alone.notes] == [
        "read as a packet for calibration would be, without 1 of name, 1 of notes"
    ]
    assert SECRET not in text(alone.assessments[0])
    assert "Ana" not in text(alone.assessments[0])


def changed(given_file: Given, **changes: Any) -> Given:
    """Change the content of a file without its hash."""
    return Given(given_file.name, json.dumps({**json.loads(given_file.text), **changes}))


GOOD = file("a.assessment.json", told())


@pytest.mark.parametrize(
    ("given_file", "said"),
    [
        (Given("x", ""), "found nothing; expected a JSON object"),
        (Given("x", "  \n"), "found nothing"),
        (Given("x", "{"), "text that is not JSON"),
        (Given("x", "[" * 100_000), "nested too deeply"),
        (Given("x", "[1]"), "found a JSON array"),
        (Given("x", '{"a": 1, "a": 2}'), "the key 'a' twice"),
        (Given("x", '{"format": "\\ud800"}'), "half characters"),
        (Given("x", '{"title": "a foreign file"}'), "format\n    found nothing of the kind"),
        (Given("x", '{"format": {"deep": 1}}'), "found nothing of the kind"),
        (Given("x", '{"format": "skillmatrix.session"}'), "found 'skillmatrix.session'"),
        (Given("x", '{"format": "skillmatrix.packet"}'), "assessment"),
        (Given("x", " " * 20_000_001), "found 20 MB; expected at most 20 MB"),
        (changed(GOOD, ratings={"mlops": 5, "python": 4}), "changed after it was locked"),
        (changed(GOOD, format_version=2), "written by a newer skillmatrix"),
        (changed(GOOD, framework="other@1.0.0"), "expected a known framework"),
        (changed(GOOD, framework="ml-specialist@9.0.0"), "version 9.0.0"),
        (changed(GOOD, ratings={"mlops": 7}), "expected a level of the scale"),
        (packet("m.packet.json", told(None), "mentor"), "a packet for a mentor"),
        (changed(packet("p", told(None)), ratings_sha256="0" * 64), "make it again"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(given_file: Given, said: str):
    """Damaged, changed, newer, foreign, huge, hostile, empty: a sentence, never a trace."""
    problems = refused(given_file)

    assert said in "\n".join(problems)
    assert all(problem.startswith(given_file.name) for problem in problems)


def test_a_message_repeats_no_words_of_a_person():
    """What is wrong inside a note, a name or a piece of evidence is said by its place."""
    bad = changed(
        GOOD,
        person={"code": "p1", "name": 3},
        notes={"mlops": {"text": "secret", "visibility": "secret"}},
        evidence=[{"id": "secret", "strength": "secret"}],
    )
    said = "\n".join(refused(bad))

    assert "notes > mlops > visibility" in said
    assert "evidence[0] > strength" in said
    assert "secret" not in said


def test_a_file_with_a_thousand_mistakes_does_not_drown_the_others():
    """The first ones are told, the rest is counted."""
    problems = refused(changed(GOOD, ratings={f"no-{n}": 3 for n in range(1000)}))

    assert len(problems) == 13
    assert "988 more problems" in problems[-1] or "989 more problems" in problems[-1]


@pytest.mark.parametrize(
    ("rater", "said"),
    [
        ({"kind": "peer"}, "found nothing; expected a code, to tell raters apart"),
        ({"kind": "manager", "code": "P1"}, "the code of the person rated, from a manager"),
        ({"kind": "mentor", "code": "self"}, "this one is taken"),
    ],
)
def test_a_rater_who_cannot_be_told_from_others_is_refused(rater: dict[str, str], said: str):
    """Without a code, with the person's, or with the word for an own view."""
    assert said in refused(file("a.json", told(rater=rater)))[0]


def test_one_code_is_one_rater_whatever_the_kind():
    """A manager who hands in again as a mentor would count twice."""
    again = told(rater={"kind": "mentor", "code": "m1"})
    (clash,) = collect([GOOD, file("b.json", again)]).clashes

    assert (clash.cell, clash.rater_kind, clash.n_differ) == ("p1 m1", "manager or mentor", 0)


def test_one_code_under_two_names_waits_for_a_decision():
    """Capitals and spaces are no other name; the message shows neither name."""
    files = [GOOD, file("b.json", told("m2", name="Bo Cole"))]
    files.append(file("c.json", told("m3", name=" ana  BECK")))
    found = collect(files)
    (clash,) = found.clashes
    of_ana = next(option for option in clash.options if "c.json" in option.files)

    assert (clash.kind, found.assessments) == ("names", ())
    assert str(clash) == "the code 'p1' stands for 2 different names"
    assert len(found.decided({"p1": SAME}).assessments) == 3
    assert found.decided({"p1": of_ana.sha256}).files == ("a.assessment.json", "c.json")


def of_version(taken: Taken, version: str) -> Taken:
    """Give a file as if it had been made with another version."""
    other = taken.assessment.model_copy(update={"framework": f"ml-specialist@{version}"})
    return replace(taken, assessment=other)


def test_most_files_say_which_framework_it_is():
    """Not the first; where as many speak of two, the newer one, by number and not by letter."""
    one, two, three = (read_given(file(f"{n}.json", told(f"m{n}"))) for n in (1, 2, 3))
    newer = of_version(one, "9.0.0")
    found = settle([newer, two, three])

    assert found.framework == FW.key
    assert [(p.file, p.found) for p in found.problems] == [("1.json", "ml-specialist@9.0.0")]
    assert found.problems[0].expected == f"{FW.key}, as in most files"
    assert majority([of_version(one, "0.9.0"), of_version(two, "0.10.0")]).endswith("@0.10.0")


def test_a_copy_weighs_nothing_in_the_choice_of_framework():
    """One file under three names is one voice."""
    one, two, three = (read_given(file(f"{n}.json", told(f"m{n}"))) for n in (1, 2, 3))
    newer = of_version(one, "9.0.0")
    copies = [replace(newer, name=name) for name in ("x", "y", "z")]

    assert majority([*copies, two, three]) == FW.key


def test_practice_profiles_are_kept_apart():
    """They are no people of the session; nobody is one of them."""
    read = [
        read_given(file("a.json", told(person="p1"))),
        read_given(file("b.json", told(person="practice-1"))),
        read_given(file("c.json", told(None, person="practice-2"))),
    ]
    found = settle(read, ("practice-1", "practice-2"))

    assert [each.person for each in found.taken] == ["p1"]
    assert [each.person for each in found.practice] == ["practice-1"]
    assert [problem.file for problem in found.problems] == ["c.json"]


def test_a_rater_who_is_rated_too_is_noted():
    """It hinders nothing; a facilitator wants to know."""
    other = told("p1", person="p2")
    found = collect([GOOD, file("b.json", other)])

    assert len(found.assessments) == 2
    assert [note.words.partition(" ")[0] for note in found.notes] == ["p1"]


def test_codes_that_differ_in_capitals_are_named():
    """They are taken for two people, and somebody should know."""
    found = collect([GOOD, file("b.json", told("M1", person="p2")), file("c.json", told("m2"))])

    assert [(note.kind, note.words.partition(" differ")[0]) for note in found.notes] == [
        ("alike", "the codes M1 and m1")
    ]


def test_a_file_of_an_earlier_round_is_named():
    """It is taken: a person knows whether it still holds."""
    old = file("b.json", told("m2", as_of="2026-08-01"))
    found = collect([GOOD, old, file("c.json", told("m3", as_of="2026-08-20"))])

    assert len(found.assessments) == 3
    assert [(note.kind, note.files) for note in found.notes] == [("old", ("b.json",))]


def test_what_is_missing_is_said_person_by_person():
    """An own view, enough raters, and whoever was named and has not come."""
    found = collect([GOOD, packet("p.json", told(None, person="p2"))])
    missing = found.missing({"p1": ["m1", "m9"], "p3": ["m1"]})

    assert [(m.person, m.kind, m.rater, m.n_raters) for m in missing] == [
        ("p1", "own-view", "self", 1),
        ("p1", "rater", "m9", 1),
        ("p1", "raters", "", 1),
        ("p2", "raters", "", 0),
        ("p3", "own-view", "self", 0),
        ("p3", "rater", "m1", 0),
        ("p3", "raters", "", 0),
    ]


def test_the_coverage_counts_levels_and_says_what_nobody_answered():
    """Each word is counted; a skill left out is missing and not 0."""
    ratings = {"mlops": 0, "python": "NOT_OBSERVED", "validation": "UNRATED"}
    found = collect([file("a.json", told(ratings=ratings))])
    (row,) = found.coverage

    assert (row.n_levels, dict(row.states)) == (1, {"NOT_OBSERVED": 1, "UNRATED": 25})
    assert "validation" in row.missing
    assert not {"mlops", "python"} & set(row.missing)


def test_the_coverage_names_the_lock_that_its_author_knows():
    """What is left out changes the content, and not what was locked, nor when."""
    (row,) = collect([GOOD]).coverage

    assert (row.locked_at, row.lock) == (AT, json.loads(GOOD.text)["sha256"])
    assert row.sha256 != row.lock


def test_paths_and_texts_come_to_the_same(session_files: Callable[..., Path]):
    """The command reads a folder, a page is handed texts."""
    root = session_files()
    paths = files_in([root / "session", root / "session" / ".."])
    found = collect([path for path in paths if path.parent.name == "session"])

    assert found.assessments == collect(folder("session")).assessments


def test_a_path_that_cannot_be_read_is_one_problem(tmp_path: Path):
    """The others are still read."""
    good = tmp_path / "a.assessment.json"
    good.write_text(GOOD.text, encoding="utf-8")
    bytes_only = tmp_path / "b.assessment.json"
    bytes_only.write_bytes(b"\xff\xfe\x00")
    found = collect([tmp_path / "none.json", bytes_only, good])

    assert len(found.assessments) == 1
    assert [problem.file for problem in found.problems] == [
        str(bytes_only),
        str(tmp_path / "none.json"),
    ]
