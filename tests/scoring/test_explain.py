"""The verdict in words: every rule with what was seen, why, and what would change it."""

import re

import pytest
from hypothesis import given

from skillmatrix.framework import Framework, Profile
from skillmatrix.scoring import Verdict, verdict
from tests.conftest import assess, proof
from tests.scoring.draws import assessed, people, profiles
from tests.scoring.test_scenarios import SCENARIOS, judged

NAMES = [f"{stem}: {scenario['name']}" for stem, scenario in SCENARIOS]


def block(text: str, code: str) -> list[str]:
    """Cut out the lines of one criterion."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{code} "))
    end = next((n for n, line in enumerate(lines[start:], start) if not line), len(lines))
    return lines[start:end]


def test_the_sample_of_the_design(fw: Framework, senior: Profile):
    """P3 of the design, in substance: claimed 4 supported 3, a met gate, evidence in and out."""
    made = assess(
        fw,
        {"mlops": 4, "quality-mindset": 4},
        evidence=[
            proof("E2", "mlops", id="doc-3", title="Design"),
            proof("E3", "quality-mindset", types=["lifecycle-package"], id="run-17", title="Run"),
        ],
    )
    head, *lines = block(verdict(made, senior).explain(), "P3")

    assert re.fullmatch(r"P3 Monitoring and lifecycle \.+ OPEN", head)
    assert re.fullmatch(
        r"  gate  MLOps >= 4 \.+ OPEN +\[3\.\.4\]  claimed 4, evidence supports 3 \(E2\): "
        r"one more E2, or one E3 missing for 4",
        lines[0],
    )
    assert lines[1].strip() == "to change it: link one more E2, or one E3"
    assert re.fullmatch(
        r"  gate  Quality mindset >= 4 \.+ MET +\[4\.\.4\]  self 4 \(E3\)", lines[2]
    )
    assert re.fullmatch(
        r"  evid\. lifecycle package of an owned model, E3 x1 \.+ MET +1 of 1  Run \(run-17\)",
        lines[3],
    )
    assert re.search(r"reliability trend, E4 x1 or incident review .*E3 x1 \.+ OPEN", lines[4])
    assert "0 of 1" in lines[4]
    assert "(draft)" in lines[4]
    assert len(lines) == 6


def check_parts(found: Verdict) -> None:
    """Look at every part and every line of a verdict."""
    text = found.explain()
    lines = text.splitlines()
    assert found.overall in lines[0]
    for criterion in found.criteria.values():
        name = f"{criterion.code} {criterion.title}".strip()
        head = next(n for n, line in enumerate(lines) if line.startswith(f"{name} "))
        assert lines[head].endswith(f" {criterion.state}")
        for part in criterion.parts:
            assert part.label
            assert part.observed
            assert part.why
            assert bool(part.change) == (part.state != "MET"), (part, "names a change")
            written = [line for line in lines[head:] if part.label in line]
            assert written, part.label
            assert any(
                f" {part.state}" in li and part.observed in li and part.why in li for li in written
            )
            if part.change:
                assert any(line.endswith(f"to change it: {part.change}") for line in lines[head:])


@pytest.mark.parametrize(("stem", "scenario"), SCENARIOS, ids=NAMES)
def test_every_part_says_rule_interval_and_why(stem: str, scenario, fw: Framework):
    """In every scenario: label, observation and reason; a change where it is not MET."""
    check_parts(judged(scenario, fw))


@given(people(), profiles())
def test_every_part_of_every_verdict_explains_itself(person, profile):
    """The same for people and profiles drawn at random."""
    check_parts(verdict(assessed(person), profile))


def test_every_gate_names_its_rule_and_interval(fw: Framework, senior: Profile):
    """A gate is written as skill, sign and level, with the interval in brackets."""
    found = verdict(assess(fw, {"mlops": 2, "validation": "DECLINED"}), senior)

    for criterion in found.criteria.values():
        for part in criterion.parts:
            if part.kind in {"gate", "floor"}:
                assert re.fullmatch(r".+ >= [0-5]", part.label)
                assert re.fullmatch(r"\[[0-5]\.\.[0-5]\]", part.observed)
                assert fw.skills[part.skills[0]].title in part.label


#: Rating and evidence of a gate at 4, then the reason and what would change it.
REASONS = [
    (4, ["E3"], "self 4 (E3)", ""),
    (
        4,
        [],
        "claimed 4, evidence supports 1: two E2, or one E3 missing for 4",
        "link two E2, or one E3",
    ),
    (5, ["E3"], "claimed 5, evidence supports 4 (E3)", ""),
    (2, ["E1"], "self 2 (E1)", "two levels more"),
    (
        3,
        ["E2"],
        "self 3 (E2); one level short on one rater's word",
        "to confirm: a second rater rates it",
    ),
    (3, [], "claimed 3, evidence supports 1: one E2 missing for 3", "one level more"),
    ("DECLINED", [], "no answer given", "a rating"),
    ("UNRATED", [], "not rated yet", "a rating"),
    (
        "NOT_APPLICABLE",
        [],
        "proposed as not applicable; only the profile can decide that",
        "a rating",
    ),
]


@pytest.mark.parametrize("case", REASONS)
def test_the_reasons_of_a_gate(case: tuple, fw: Framework, senior: Profile):
    """What is claimed, what evidence carries, what is missing, and the shortest way on."""
    value, items, why, change = case
    evidence = [proof(strength, "mlops") for strength in items]
    found = verdict(assess(fw, {"mlops": value}, evidence=evidence), senior)
    part = found.criteria["monitoring-lifecycle"].parts[0]

    assert (part.why, part.change) == (why, change)


def test_a_breadth_rule_names_who_is_sure_and_who_is_possible(fw: Framework, senior: Profile):
    """One sure, one claimed: both by name, with what the second one lacks."""
    made = assess(
        fw,
        {"execution": 4, "problem-framing": 4, "trade-off-communication": 3, "collaboration": 3},
        evidence=[proof("E3", "execution")],
    )
    part = verdict(made, senior).criteria["cross-functional-leadership"].parts[2]

    assert part.observed == "1 sure, 1 possible"
    assert "one at 4 with evidence: Execution discipline" in part.why
    assert "possible: Problem framing claimed 4, evidence supports 1" in part.why
    assert part.change == "settle one of the possible ones"


def test_a_breadth_rule_with_nobody_says_none(fw: Framework, senior: Profile):
    """Nobody at the level is none, in a sentence that can be read."""
    made = assess(fw, dict.fromkeys(fw.skills, 2))
    part = verdict(made, senior).criteria["cross-functional-leadership"].parts[2]

    assert part.why == "none at 4 with evidence"
    assert part.change == "two further skills at 4"


def test_a_rule_that_an_answer_would_mend_asks_for_the_answer(fw: Framework):
    """Too few members unless regulated: the way on is the answer, not another profile."""
    out = dict.fromkeys(["core-ml", "inference-optimisation", "ab-testing"], "not here")
    made = assess(
        fw,
        {"problem-framing": 4, "ethical-judgement": 4},
        evidence=[proof("E3", "problem-framing", "ethical-judgement")],
    )
    found = verdict(made, fw.profile("senior", not_applicable=out))
    part = next(p for p in found.criteria["trade-off-judgement"].parts if p.id == "p2-breadth")

    assert part.flags == ("switch:regulated",)
    assert part.change == "answer the switch: regulated or high-risk"


def test_items_that_do_not_count_say_why(fw: Framework, senior: Profile):
    """Too weak, too old, wrong function, not from outside, doubled: each with its reason."""
    release = {"types": ["production-release"]}
    made = assess(
        fw,
        {},
        evidence=[
            proof("E2", id="weak", **release),
            proof("E3", id="aged", **release, date="2024-11-19"),
            proof("E3", id="gone", **release, date="2020-01-01"),
            proof("E3", id="good", **release, artefact="REL"),
            proof("E3", id="same", **release, artefact="REL"),
            proof("E3", id="boss", types=["decision-record"], confirmed_function="manager"),
            proof("E3", id="near", types=["cross-functional-delivery"]),
        ],
    )
    parts = {p.id: p.why for c in verdict(made, senior).criteria.values() for p in c.parts}

    assert "(weak): counts as E2; E3 asked" in parts["p1-releases"]
    assert "(aged): counts as E2, E3 when new; E3 asked" in parts["p1-releases"]
    assert "(gone): history only by its age" in parts["p1-releases"]
    assert "(same): not a separate item" in parts["p1-releases"]
    assert "(boss): confirmed by another function" in parts["p2-confirmed"]
    assert "(near): not confirmed from outside the team" in parts["p4-delivery"]


def test_switches_pivots_strengths_and_warnings_are_written(fw: Framework):
    """The text carries the open question, the pivotal ratings, the strengths and the warning."""
    scenario = next(s for _, s in SCENARIOS if s["name"] == "Ready")
    ready = judged(scenario, fw).explain()
    asked = next(s for _, s in SCENARIOS if s["name"].startswith("Asked whether"))
    left_out = next(s for _, s in SCENARIOS if s["name"].startswith("A gate taken out"))

    assert "Python 4 -> 3: READY -> NOT YET" in ready
    assert "Above the bar: Inference optimisation. These make up for nothing else." in ready
    assert "P2 is OPEN if yes, NOT MET if no" in judged(asked, fw).explain()
    assert "Warning: MLOps is a gate and was taken out" in judged(left_out, fw).explain()


def test_it_ends_with_what_it_is_for(fw: Framework, senior: Profile):
    """A text to prepare a conversation; it names its rater and shows no score."""
    text = verdict(assess(fw, {"mlops": 3}, rater="manager"), senior).explain()

    assert text.endswith("Preparation for a conversation; a person decides.")
    assert "%" not in text
    assert "manager rating" in text


def test_confidence_is_the_worst_word_of_the_deciding_parts(fw: Framework, senior: Profile):
    """A breadth rule that fails on ratings with artefacts is decided by supported levels."""
    start = next(s for _, s in SCENARIOS if s["name"] == "Ready")
    found = judged({**start, "ratings": {**start["ratings"], "inference-optimisation": 3}}, fw)

    assert found.overall == "NOT YET"
    assert [p.id for c in found.criteria.values() for p in c.parts if p.state == "NOT MET"] == [
        "p2-breadth"
    ]
    assert found.confidence != "unknown"


@pytest.mark.parametrize(
    ("ratings", "items", "word"),
    [
        ({"mlops": 2, "quality-mindset": 2}, [], "claimed"),
        ({"mlops": 2}, [proof("E2", "mlops")], "supported"),
        ({}, [], "unknown"),
    ],
)
def test_the_word_of_confidence(ratings, items, word: str, fw: Framework, senior: Profile):
    """Supported from E2 on, claimed below, unknown without a level; the worst of them."""
    assert verdict(assess(fw, ratings, evidence=items), senior).confidence == word
