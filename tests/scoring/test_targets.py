"""Several targets: each verdict as if alone, and which gaps are shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import skillmatrix as sm
from skillmatrix.assessment import Assessment
from skillmatrix.errors import MismatchError, UsageError
from skillmatrix.framework import Framework, Profile
from skillmatrix.scoring import Targets, gap, targets, verdict
from skillmatrix.scoring.difference import Step, difference
from skillmatrix.scoring.targets_text import summary
from tests.conftest import proof
from tests.scoring.draws import FW, assessed, items, people, profiles

Rate = Callable[..., Assessment]
ROLES = ("senior", "mlops-platform", "applied-scientist")


def beside(made: Assessment, *names: str, **context: Any) -> Targets:
    """Set profiles of the shipped framework beside each other."""
    return targets(made, [FW.profile(name, **context) for name in names or ROLES])


def everything(level: int, **other: int | str) -> dict[str, int | str]:
    """Give one level to every skill, and others to some."""
    return {**dict.fromkeys(FW.skills, level), **{k.replace("_", "-"): v for k, v in other.items()}}


def of(found: Targets, skill: str) -> Any:
    """Give the shared gap of a skill."""
    (one,) = (gap for gap in found.shared if gap.skill == skill)
    return one


# --- which gaps are shared ---------------------------------------------------


def test_gaps_of_most_targets_come_first_then_the_order_of_the_framework(rate: Rate):
    """A count orders them, and nothing else: no step of one skill is added to another's."""
    found = beside(rate(everything(3), evidence=[proof("E4", *FW.skills)]))

    counts = [len(gap.asks) for gap in found.shared]
    assert counts == sorted(counts, reverse=True)
    assert set(counts) == {2, 3}
    order = list(FW.skills)
    for count in set(counts):
        same = [order.index(gap.skill) for gap in found.shared if len(gap.asks) == count]
        assert same == sorted(same)


def test_a_shared_gap_says_who_asks_what(rate: Rate):
    """Level 3 for sure: Senior asks for 4, the platform for 5, the scientist for 3 and is met."""
    mlops = of(beside(rate(mlops=3, evidence=[proof("E4", "mlops")])), "mlops")

    assert {name: ask.bar.value for name, ask in mlops.asks.items()} == {
        "senior": 4,
        "mlops-platform": 5,
    }
    assert (mlops.lowest.value, mlops.highest.value) == (4, 5)
    assert [ask.gap_min for ask in mlops.asks.values()] == [1, 2]
    assert mlops.hangs_on == "nothing"


def test_one_gap_is_certain_here_and_open_there(rate: Rate):
    """Claimed 4 with evidence for 3: evidence may close it for Senior, never for the platform."""
    mlops = of(beside(rate(mlops=4, evidence=[proof("E2", "mlops")])), "mlops")

    assert {name: ask.hangs_on for name, ask in mlops.asks.items()} == {
        "senior": "evidence",
        "mlops-platform": "nothing",
    }
    assert mlops.asks["mlops-platform"].certain
    assert mlops.hangs_on == "evidence"


@pytest.mark.parametrize("word", ["UNRATED", "DECLINED", "NOT_APPLICABLE"])
def test_an_unknown_skill_is_an_open_gap(rate: Rate, word: str):
    """Nobody gave a level: the gap is there at worst, at best it is not, and a rating decides."""
    mlops = of(beside(rate(everything(5, mlops=word))), "mlops")

    assert set(mlops.asks) == set(ROLES)
    assert all((ask.gap_min, ask.certain) == (0, False) for ask in mlops.asks.values())
    assert mlops.hangs_on == "rating"
    assert mlops.claimed is None
    assert "an open gap" in beside(rate(everything(5, mlops=word))).explain()


def test_a_gap_of_one_target_alone(rate: Rate):
    """Core ML at 4 for sure is short only for the scientist, who asks for 5."""
    made = rate(everything(5, core_ml=4), evidence=[proof("E4", *FW.skills, artefact="RUN-1")])
    found = beside(made)

    assert "core-ml" not in {gap.skill for gap in found.shared}
    assert [gap.skill for gap in found.only["applied-scientist"]] == ["core-ml"]
    assert found.only["senior"] == found.only["mlops-platform"] == ()


def test_what_a_target_leaves_out_is_no_gap_there(rate: Rate):
    """A skill that one profile takes out is shared by the others only."""
    apart = FW.profile("senior", not_applicable={"mlops": "another team runs it"})
    found = targets(rate(), [apart, *(FW.profile(name) for name in ROLES[1:])])

    assert set(of(found, "mlops").asks) == {"mlops-platform", "applied-scientist"}
    assert found.table.loc["mlops", ("senior", "required")] is pd.NA


def test_a_sign_stands_only_where_a_rule_stops_the_person(rate: Rate):
    """The platform has a floor of 3 and a bar of 4 on data querying: at 3 the floor is held."""
    proofs = [proof("E4", "data-querying", "mlops")]
    found = beside(rate(data_querying=3, mlops=4, evidence=proofs), "mlops-platform", "senior")

    assert found.only["mlops-platform"][0].skill == "data-querying"
    assert found.only["mlops-platform"][0].asks["mlops-platform"].kind is None
    lower = beside(rate(data_querying=2, evidence=proofs), "mlops-platform", "senior")
    assert {ask.kind for ask in of(lower, "data-querying").asks.values()} == {"floor"}


def test_an_open_switch_is_named_with_its_bar(rate: Rate):
    """The bar counts as if the answer were no, and says what a yes would make of it."""
    asked = of(beside(rate(), "senior", "applied-scientist"), "streaming").asks["senior"]

    assert (asked.bar.value, asked.higher) == (2, ("streaming", FW.levels[3]))
    answered = beside(rate(), "senior", "applied-scientist", switches={"streaming": True})
    assert of(answered, "streaming").asks["senior"].higher is None


# --- each target -------------------------------------------------------------


def test_each_profile_keeps_its_own_words(rate: Rate):
    """Only the promotion has a READY; roles and directions are met or not met."""
    found = beside(rate(everything(3)), "senior", "specialist", "staff-principal")

    assert [result.word for result in found.values()] == [
        "NOT YET",
        "open",
        "profile not met",
    ]
    assert [result.overall for result in found.values()] == ["NOT YET", "OPEN", "NOT YET"]


def test_gates_are_counted_once(rate: Rate):
    """Senior has ten gates and floors, though two criteria name the one on production ML."""
    senior = beside(rate())["senior"]

    assert senior.gates == {"MET": 0, "NOT MET": 0, "OPEN": 10}
    named = [part.label for part in senior.open if part.skills == ("production-ml",)]
    assert named == ["Production-minded ML >= 4"]


def test_parts_that_fail_stand_in_the_order_of_the_profile(rate: Rate):
    """The first reason is that of the first criterion."""
    senior = beside(rate(everything(2)))["senior"]

    assert [part.skills[0] for part in senior.failing if part.kind == "gate"] == [
        "validation",
        "production-ml",
        "trade-off-communication",
        "mlops",
        "quality-mindset",
        "stakeholder-alignment",
        "collaboration",
    ]
    assert senior.failing[0].label == "Model validation >= 4"


def test_the_same_role_in_two_contexts(rate: Rate):
    """Context tells them apart: in id, in label and in what is asked."""
    found = targets(
        rate(), [FW.profile("senior"), FW.profile("senior", overlays=["healthcare", "startup"])]
    )

    assert list(found) == ["senior", "senior+startup+healthcare"]
    assert found["senior+startup+healthcare"].label.endswith(
        "(Small company or startup, Healthcare)"
    )
    assert of(found, "privacy-ml").highest.value == 3


def test_answers_tell_targets_apart_and_repeats_count_once(rate: Rate):
    """One profile given twice is one target; with another answer it is another."""
    plain, yes = FW.profile("senior"), FW.profile("senior", switches={"regulated": True})
    why = FW.profile("senior", not_applicable={"ranking": "no lists"})

    assert list(targets(rate(), [plain, plain, FW.profile("senior")])) == ["senior"]
    assert list(targets(rate(), [plain, yes])) == ["senior+regulated=open", "senior+regulated=yes"]
    assert list(targets(rate(), [plain, why])) == ["senior", "senior#2"]


# --- the table ---------------------------------------------------------------


def test_the_table_holds_the_frames_of_gap(rate: Rate):
    """Each target's columns are the frame of `gap`, with types and NA as there."""
    made = rate(mlops=4, python="DECLINED", evidence=[proof("E2", "mlops")])
    table = beside(made).table

    assert list(table.columns.names) == ["target", "column"]
    for name in ROLES:
        pd.testing.assert_frame_equal(
            table[name], gap(made, FW.profile(name)), check_names=False, check_column_type=False
        )
    assert table.loc["python", ("senior", "claimed")] is pd.NA


# --- what cannot be compared --------------------------------------------------


def test_no_target_is_a_mistake(rate: Rate):
    """Nothing given is said, not answered with nothing."""
    with pytest.raises(UsageError, match="no target was given"):
        sm.targets(rate(), [])


def test_targets_of_another_framework(rate: Rate, mini: Framework):
    """One of them from another ladder is refused."""
    other = mini.profile(next(iter(mini.profiles)))

    with pytest.raises(MismatchError, match="use the framework"):
        sm.targets(rate(), [FW.profile("senior"), other])


def test_a_profile_that_was_not_chosen(rate: Rate):
    """As everywhere, a profile comes from the framework's ``profile``."""
    with pytest.raises(UsageError, match="was not chosen"):
        sm.targets(rate(), [FW.profiles["senior"].model_copy(update={"framework": None})])


# --- in words ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "proven", "names", "sentence"),
    [
        ({}, (), ROLES, "Nothing is rated yet, so every bar is an open gap."),
        (everything(5), tuple(FW.skills), ROLES, "No gap is shared by two or more of these 3"),
        (
            everything(5, streaming=1),
            tuple(FW.skills),
            ROLES,
            "1 gap is shared by all 3 roles: Streaming features. It is certain.",
        ),
        (
            everything(5, mlops=3),
            tuple(FW.skills),
            ROLES,
            "1 gap is shared by 2 or more of these 3 roles: MLOps. It is certain.",
        ),
        (
            everything(5, streaming=1, privacy_ml="DECLINED"),
            tuple(FW.skills),
            ROLES[:2],
            "2 gaps are shared by both roles: Streaming features and Privacy-preserving ML. "
            "1 is certain; 1 is unknown, without a rating.",
        ),
        (everything(3), (), ("senior",), "There is one target, so no gap is shared."),
    ],
)
def test_one_sentence_sums_up(
    rate: Rate,
    ratings: dict[str, Any],
    proven: tuple[str, ...],
    names: tuple[str, ...],
    sentence: str,
):
    """How many gaps, whose, which, and what they hang on."""
    made = rate(ratings, evidence=[proof("E4", *proven)] if proven else [])

    assert summary(beside(made, *names)).startswith(sentence)


def test_the_text_says_all_of_it(rate: Rate):
    """Each target with its answer and its reasons, each shared gap with who asks what."""
    found = beside(rate(everything(3), evidence=[proof("E4", *FW.skills)]))
    text = found.explain()

    for name, result in found.items():
        assert f"{name}: {result.label}" in text
        assert result.word in text
    for gap_ in found.shared:
        assert f"  {FW.skills[gap_.skill].title}: {len(gap_.asks)} of 3; " in text
    assert "bar 4 for senior; 5 for mlops-platform" in text
    assert "of these at" not in text


# --- what one profile asks beside another --------------------------------------


def test_a_context_is_told_by_what_it_changes():
    """Healthcare raises three bars and three gates, and asks for two things to be shown."""
    found = difference(FW.profile("senior"), FW.profile("senior", overlays=["healthcare"]))

    levels = FW.levels
    assert Step("privacy-ml", levels[1], levels[3]) in found.bars
    assert Step("privacy-ml", None, levels[3]) in found.gates
    assert len(found.evidence) == 2
    assert found.requirements == found.dropped == ()
    assert all(step.raised for step in (*found.bars, *found.gates))


def test_the_way_back_is_the_opposite():
    """Seen from the other side the same steps go down, and what was added is dropped."""
    senior, other = FW.profile("senior"), FW.profile("mlops-platform")
    there, back = difference(senior, other), difference(other, senior)

    assert [(s.skill, s.before, s.after) for s in there.bars] == [
        (s.skill, s.after, s.before) for s in back.bars
    ]
    assert there.requirements == ("Builds a platform that others rely on",)
    assert back.dropped[0] == "Builds a platform that others rely on"
    assert not difference(senior, senior)


# --- what always holds ---------------------------------------------------------

several = st.lists(st.sampled_from(list(FW.profiles)), min_size=2, max_size=4, unique=True)


def pairs(found: Targets) -> set[tuple[str, str]]:
    """Give every skill and target of the shared gaps."""
    return {(gap.skill, name) for gap in found.shared for name in gap.asks}


@given(people(), several, items())
def test_evidence_never_adds_a_shared_gap(
    person: dict[str, Any], names: list[str], item: dict[str, Any]
):
    """One more item leaves each shared gap as it was or takes targets out of it."""
    more = {**person, "evidence": [*person["evidence"], item]}
    before, after = (beside(assessed(p), *names) for p in (person, more))

    assert pairs(after) <= pairs(before)
    certain = [
        {(g.skill, n) for g in found.shared for n, ask in g.asks.items() if ask.certain}
        for found in (before, after)
    ]
    assert certain[1] <= certain[0]


@given(people(), several, st.randoms())
def test_the_order_of_targets_changes_no_gap(person: dict[str, Any], names: list[str], dice: Any):
    """The same targets in another order share the same gaps, in the same order."""
    mixed = list(names)
    dice.shuffle(mixed)
    made = assessed(person)
    first, second = beside(made, *names), beside(made, *mixed)

    assert first.shared == second.shared
    assert first.only == second.only


@given(people(), st.lists(profiles(), min_size=1, max_size=3))
def test_each_verdict_is_the_one_found_alone(person: dict[str, Any], drawn: list[Profile]):
    """Company changes nothing: every part of every target is that of `verdict`."""
    made = assessed(person)
    apart = [p.model_copy(update={"id": f"drawn-{n}"}) for n, p in enumerate(drawn)]
    found = targets(made, apart)

    for profile in apart:
        alone, result = verdict(made, profile), found[profile.id]
        assert result.overall == alone.overall
        assert result.verdict.criteria == alone.criteria
        states = [part.state for c in alone.criteria.values() for part in c.parts]
        assert bool(result.failing) == ("NOT MET" in states)
        assert bool(result.open) == ("OPEN" in states)


@given(people(), several)
def test_every_gap_is_shared_or_of_one(person: dict[str, Any], names: list[str]):
    """Together `shared` and `only` hold each gap of each target, and each once."""
    found = beside(assessed(person), *names)
    alone = {(gap.skill, name) for name, gaps in found.only.items() for gap in gaps}
    table = found.table

    expected = {
        (skill, name)
        for name in found
        for skill in table.index
        if table.loc[skill, (name, "gap_max")] is not pd.NA
        and table.loc[skill, (name, "gap_max")] > 0
    }
    assert pairs(found) | alone == expected
    assert not pairs(found) & alone
