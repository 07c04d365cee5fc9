"""The promotion case: clauses, the evidence for each, and what a reader would ask about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.framework import Framework, load_framework
from skillmatrix.scoring import Case
from tests.conftest import assess, proof

MLOPS = "monitoring-lifecycle-gate-mlops"
FAMILY = Path(__file__).parents[1] / "ladders" / "data-science-family"
Make = Callable[..., Case]


@pytest.fixture
def make(fw: Framework) -> Make:
    """Make the case of somebody who aims at Senior; paragraphs as text or as whole entries."""

    def make(
        ratings: dict[str, Any] | None = None, *, says: dict[str, Any] | None = None, **other: Any
    ) -> Case:
        said = {
            part: {"text": entry} if isinstance(entry, str) else entry
            for part, entry in (says or {}).items()
        }
        switches = other.pop("switches", {})
        made = assess(fw, ratings or {}, case=said, **other)
        return sm.case(made, fw.profile("senior", switches=switches))

    return make


def kinds(case: Case, part: str) -> list[str]:
    return [flag.kind for flag in case.clauses[part].flags]


def test_every_part_of_the_verdict_is_a_clause(make: Make, fw: Framework):
    """The same ids, the same states, in the same order."""
    found = make({"mlops": 4}, evidence=[proof("E3", "mlops")])
    judged = sm.verdict(assess(fw, {"mlops": 4}, evidence=[proof("E3", "mlops")]), found.profile)

    parts = [(p.id, p.state, p.why) for c in judged.criteria.values() for p in c.parts]
    assert [(c.id, c.state, c.why) for c in found.clauses.values()] == parts


def test_nothing_is_written_for_anybody(make: Make):
    """With all evidence and no word of hers every text is empty, and nothing is cited."""
    found = make({"mlops": 4}, evidence=[proof("E3", "mlops", types=["lifecycle-package"])])

    assert {place.text for place in found.places} == {""}
    assert not any(e.cited for c in found.clauses.values() for e in c.exhibits)
    assert (found.answered, found.length.words) == (0, 0)


def test_a_gate_two_criteria_share_is_asked_once(make: Make):
    """The second refers to the first, and is neither counted nor marked."""
    found = make({"production-ml": 4}, says={"ships-with-impact-gate-production-ml": "I own it."})
    second = found.clauses["shared-standards-gate-production-ml"]

    assert second.same_as == "ships-with-impact-gate-production-ml"
    assert second.flags == ()
    assert (found.asked, found.answered) == (24, 1)
    assert found.criteria["shared-standards"].asked == 3


def test_words_written_for_the_second_of_two_stay_in_sight(make: Make):
    """A paragraph of its own makes it a clause of its own again."""
    found = make(says={"shared-standards-gate-production-ml": "A second thing to say."})

    assert found.clauses["shared-standards-gate-production-ml"].same_as is None
    assert found.criteria["shared-standards"].answered == 1


def test_evidence_counts_by_the_rules_and_says_why_not(make: Make):
    """Linked and strong enough counts; weak, aged, doubled and foreign items say what is wrong."""
    items = [
        proof("E3", "mlops", id="strong"),
        proof("E1", "mlops", id="weak"),
        proof("E2", "mlops", id="aged", date="2024-01-10"),
        proof("E2", "mlops", id="old", date="2020-01-10"),
        proof("E2", "mlops", id="twin", artefact="ARTEFACT 1"),
        proof("E2", "python", id="foreign"),
    ]
    items[0]["artefact"] = "artefact 1"
    said = {MLOPS: {"text": "I run it.", "evidence": ["strong", "foreign"]}}
    found = make({"mlops": 4}, evidence=items, says=said)

    reasons = {e.id: e.reason for e in found.clauses[MLOPS].exhibits}
    assert reasons == {
        "strong": "",
        "twin": "the same artefact and day as Item 1",
        "weak": "counts as E1; E2 asked for 4",
        "aged": "counts as E1, E2 when new; E2 asked for 4",
        "old": "history only by its age",
        "foreign": "not linked to this skill",
    }
    assert next(iter(reasons)) == "strong"
    assert list(reasons)[-1] == "foreign"
    assert "not-counting" in kinds(found, MLOPS)


def test_an_evidence_rule_shows_what_it_counts_and_what_is_near(make: Make):
    """Two releases asked: one counts, one lacks a confirmation."""
    items = [
        proof("E3", id="full", types=["production-release"]),
        proof("E2", id="thin", types=["production-release"], date="2026-09-01"),
        proof("E3", id="other", types=["mentoring-record"]),
    ]
    clause = make(evidence=items).clauses["p1-releases"]

    assert [(e.id, e.counts) for e in clause.exhibits] == [("full", True), ("thin", False)]
    assert clause.exhibits[1].reason == "counts as E2; E3 asked"
    assert clause.types == ("production-release",)


def test_a_breadth_clause_names_its_members(make: Make):
    """Each with where it stands; one that an open question decides says so."""
    found = make({"core-ml": 4, "problem-framing": 2}, evidence=[proof("E3", "core-ml")])
    members = {m.skill: (m.state, m.note) for m in found.clauses["p2-breadth"].members}

    assert members["core-ml"] == ("MET", "")
    assert members["problem-framing"] == ("NOT MET", "")
    assert members["ab-testing"] == ("OPEN", "")
    assert members["interpretability"][1].startswith("counts only with: ")


def test_a_clause_without_a_paragraph_is_marked_and_one_with_is_not(make: Make):
    """Blank lines are no answer."""
    found = make(says={MLOPS: " \n ", "p1-effect": "Churn fell."})

    assert "unanswered" in kinds(found, MLOPS)
    assert "unanswered" not in kinds(found, "p1-effect")
    assert found.answered == 1


@pytest.mark.parametrize(
    ("strength", "expected"),
    [(None, ["no-evidence"]), ("E1", ["no-evidence"]), ("E2", [])],
)
def test_a_paragraph_without_evidence_is_marked(
    make: Make, strength: str | None, expected: list[str]
):
    """Where nothing is cited and nothing counts; an item that counts is enough."""
    items = [proof(strength, "mlops")] if strength else []
    found = make({"mlops": 4}, evidence=items, says={MLOPS: "I run it."})

    assert kinds(found, MLOPS) == expected


def test_a_claim_on_ones_word_alone_is_marked(make: Make):
    """Claimed at the level asked, no item anybody could open; below that level nothing stands."""
    assert "own-word" in kinds(make({"mlops": 4}), MLOPS)
    assert "own-word" not in kinds(make({"mlops": 3}), MLOPS)
    assert "own-word" not in kinds(make({"mlops": 4}, evidence=[proof("E2", "mlops")]), MLOPS)
    cited = {MLOPS: {"text": "It.", "evidence": ["e1"]}}
    assert "own-word" in kinds(
        make({"mlops": 4}, evidence=[proof("E1", "mlops")], says=cited), MLOPS
    )


def test_breadth_on_ones_word_names_the_skills(make: Make):
    """Two asked, one shown: the two that are only claimed are named."""
    ratings = {"core-ml": 4, "problem-framing": 4, "ab-testing": 5}
    found = make(ratings, evidence=[proof("E2", "core-ml")])
    (flag,) = [f for f in found.clauses["p2-breadth"].flags if f.kind == "own-word"]

    assert flag.text == "Problem framing, A/B testing at 4 or above stand on your word alone."


def test_breadth_that_enough_skills_show_is_not_marked(make: Make):
    """Two asked, two shown: a third that is only claimed is beside the point."""
    ratings = {"core-ml": 4, "problem-framing": 4, "ab-testing": 5}
    found = make(ratings, evidence=[proof("E2", "core-ml", "problem-framing")])

    assert "own-word" not in kinds(found, "p2-breadth")


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("2026-08-20", "2026-11-20", False),
        ("2026-08-21", "2026-11-20", True),
        ("2026-11-01", "2026-11-02", True),
        ("2026-11-01", "2026-11-01", True),
    ],
)
def test_evidence_of_a_short_time_is_marked(make: Make, first: str, second: str, marked: bool):
    """Three months from the first day to the last are long enough, a day less is not."""
    items = [proof("E2", "mlops", date=first), proof("E2", "mlops", date=second)]

    assert ("short-span" in kinds(make({"mlops": 4}, evidence=items), MLOPS)) is marked


def test_what_is_cited_decides_about_the_span(make: Make):
    """Of three items two are cited, and these two are a week apart."""
    items = [
        proof("E2", "mlops", id="e1", date="2025-11-01"),
        proof("E2", "mlops", id="e2", date="2026-11-01"),
        proof("E2", "mlops", id="e3", date="2026-11-08"),
    ]
    said = {MLOPS: {"text": "I run it.", "evidence": ["e2", "e3"]}}
    clause = make({"mlops": 4}, evidence=items, says=said).clauses[MLOPS]
    (flag,) = [f for f in clause.flags if f.kind == "short-span"]

    assert flag.text.startswith("Its 2 items lie within 7 days; 3 months or more")
    assert "short-span" not in kinds(make({"mlops": 4}, evidence=items), MLOPS)


def test_one_item_is_a_mark_of_the_criterion_and_not_of_the_clause(make: Make):
    """Many rules ask for one item; a whole criterion on one day is worth a question."""
    found = make({"mlops": 4}, evidence=[proof("E3", "mlops")])

    assert "short-span" not in kinds(found, MLOPS)
    (flag,) = found.criteria["monitoring-lifecycle"].flags
    assert flag.text == "All of it rests on one item, from one day."


def test_aged_evidence_is_marked_by_the_window_of_the_rule(make: Make):
    """Shared knowledge looks back twelve months, a skill two years; leave stretches both."""
    talk = proof("E2", id="talk", types=["knowledge-sharing"], date="2025-10-01")
    work = proof("E3", "mlops", id="work", date="2024-10-01")
    said = {
        "p5-sharing": {"text": "I spoke.", "evidence": ["talk"]},
        MLOPS: {"text": "I ran it.", "evidence": ["work"]},
    }
    found = make({"mlops": 4}, evidence=[talk, work], says=said)
    away = make({"mlops": 4}, evidence=[talk, work], says=said, aim={"absence_months": 6})

    (flag,) = [f for f in found.clauses[MLOPS].flags if f.kind == "aged"]
    assert flag.text == "1 of its 1 item is older than 24 months."
    assert "aged" in kinds(found, "p5-sharing")
    assert "aged" in kinds(found, MLOPS)
    assert "aged" not in kinds(away, "p5-sharing") + kinds(away, MLOPS)


def test_a_cited_item_that_is_gone_stays_listed(make: Make):
    """Its id is kept, and the clause says that something was removed."""
    found = make(says={MLOPS: {"text": "I run it.", "evidence": ["gone"]}})

    assert found.clauses[MLOPS].removed == ("gone",)
    assert "removed" in kinds(found, MLOPS)


def test_paragraphs_of_another_aim_are_kept_apart(make: Make):
    """They have a name, and count neither as an answer nor as reading time."""
    found = make(says={"what-the-role-asks-bar-mlops": "Long ago.", "p1-effect": "Churn fell."})

    assert [(w.id, w.text) for w in found.other] == [("what-the-role-asks-bar-mlops", "Long ago.")]
    assert (found.answered, found.length.words) == (1, 2)


def test_opening_and_closing_are_read_and_no_clause(make: Make):
    """They take reading time and answer nothing."""
    found = make(says={"opening": "One two.", "closing": "Three."})

    assert (found.opening.text, found.closing.text) == ("One two.", "Three.")
    assert (found.answered, found.length.words, found.other) == (0, 3, ())


def test_too_long_names_the_longest_and_stops_nobody(make: Make):
    """Over ten minutes the three longest places are named, longest first."""
    says = {MLOPS: "word " * 1500, "p1-effect": "word " * 900, "opening": "word " * 200}
    found = make(says={**says, "p3-outcome": "Short."})

    assert found.reading == "about 11 minutes, 1 more than the 10 it may take"
    assert [place.id for place in found.longest] == [MLOPS, "p1-effect", "opening"]
    assert make(says={"opening": "word"}).longest == ()


def test_a_ladder_without_criteria_and_evidence_has_its_bars_as_clauses():
    """Every bar that asks for something is a clause, and no evidence is missed."""
    ladder = load_framework(FAMILY)
    name = "senior-data-scientist"
    profile = ladder.profile(name)
    asked = [s for s in ladder.skills if profile.target(s) > ladder.levels[0]]
    part = next(iter(sm.case(assess(ladder, {}, aim={"profile": name}), profile).clauses))
    says = {part: {"text": "Done."}}
    found = sm.case(assess(ladder, {}, aim={"profile": name}, case=says), profile)

    assert found.asked == len(asked)
    assert {clause.kind for clause in found.clauses.values()} == {"bar"}
    assert found.clauses[part].flags == ()


def test_the_same_case_for_every_role_of_every_shipped_ladder(fw: Framework):
    """No role breaks it, and each clause is named."""
    for framework in (fw, load_framework(FAMILY)):
        for name in framework.profiles:
            made = assess(framework, {}, aim={"profile": name})
            found = sm.case(made, framework.profile(name))

            assert all(clause.title and clause.state for clause in found.clauses.values())
