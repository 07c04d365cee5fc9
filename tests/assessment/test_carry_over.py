"""Assessments of an earlier version: what they say on the present one, and what nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.assessment import Assessment, as_data, lock
from skillmatrix.assessment.carry_over import bring_over, came_from, lowest, path_of
from skillmatrix.assessment.check import check_content
from skillmatrix.errors import MismatchError
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.migrations import Migration, Rename
from tests.conftest import LOCKED_AT, MINI, content, filled, proof
from tests.ladders import FAMILY, FAMILY_2

OLD, NEW = load_framework(FAMILY), load_framework(FAMILY_2)
LIBRARY = load_framework(MINI)


def said(ratings: dict[str, int | str], **other: Any) -> Assessment:
    """Make an assessment on the first version of the family."""
    aim = {"aim": {"profile": "data-scientist"}}
    return Assessment.model_validate(content(OLD, ratings, **{**aim, **other}))


def shelved(version: str, ratings: dict[str, int | str], **other: Any) -> Assessment:
    """Make an assessment on an earlier version of the library ladder."""
    data = content(LIBRARY, ratings, **{"aim": {"profile": "librarian"}, **other})
    return Assessment.model_validate({**data, "framework": f"librarian@{version}"})


def levels(brought: Assessment) -> dict[str, int | str]:
    """Give the ratings as a file has them."""
    return {skill: rating.value for skill, rating in brought.ratings.items()}


def test_on_its_own_version_nothing_happens():
    """The same object comes back, locked or not."""
    locked = lock(Assessment.model_validate(content(NEW, {"delivery": 4})), LOCKED_AT)

    assert bring_over(locked, NEW).assessment is locked
    assert bring_over(locked, NEW).carried == ()


def test_all_kinds_at_once_over_two_versions():
    """Renamed, split, merged, moved on the scale, retired: no level is made up."""
    ratings = {
        "preparing-data": 3,
        "programming": 2,
        "machine-learning": 3,
        "showing-results": 4,
        "delivering": 3,
        "domain-knowledge": 2,
        "leading-people": 2,
        "data-ethics": "DECLINED",
    }

    brought = bring_over(said(ratings), NEW).assessment
    assert brought.framework == "data-science-family@2.0.0"
    assert levels(brought) == {
        "data-engineering": 2,
        "modelling": "UNRATED",
        "operating-models": "UNRATED",
        "communicating": 5,
        "delivery": 4,
        "leading-people": "UNRATED",
        "data-ethics": "DECLINED",
    }
    assert check_content(brought, NEW) == []


def test_what_became_unknown_is_listed_with_its_reason():
    """A split, a level that means something else, a skill that is gone: each is told."""
    ratings = {"machine-learning": 3, "leading-people": 2, "domain-knowledge": 2, "statistics": 3}

    brought = bring_over(said(ratings), NEW)
    assert [each.old for each in brought.unknown] == [
        ("leading-people",),
        ("machine-learning",),
        ("domain-knowledge",),
    ]
    assert [str(each).partition(".")[0] for each in brought.unknown] == [
        "skill leading-people was rated 2, and is not rated now",
        "skill machine-learning, rated 3, became modelling and operating-models: not rated",
        "skill domain-knowledge, rated 2, is no part of the ladder any more",
    ]
    assert all(each.reason for each in brought.carried)


@pytest.mark.parametrize(
    ("values", "merged"),
    [
        ((3, 2), 2),
        ((4, 4), 4),
        ((3, "UNRATED"), "UNRATED"),
        ((0, "DECLINED"), "UNRATED"),
        (("DECLINED", "DECLINED"), "DECLINED"),
        (("DECLINED", "NOT_OBSERVED"), "UNRATED"),
    ],
)
def test_a_merged_skill_has_the_lowest_level_if_all_are_known(
    values: tuple[int | str, ...], merged: int | str
):
    """One unknown among them leaves the whole unknown."""
    assert lowest(values) == merged


def test_a_skill_nobody_rated_before_a_merge_is_unknown_after_it():
    """A rating that is missing in the file is as unknown as one that says so."""
    brought = bring_over(said({"programming": 3}), NEW).assessment

    assert levels(brought) == {"data-engineering": "UNRATED"}


def test_parts_of_a_split_keep_the_level_only_where_the_ladder_says_so():
    """The library keeps it; what was one rating stands twice then, levels first."""
    brought = bring_over(shelved("1.0.0", {"service": 2}), LIBRARY).assessment

    assert levels(brought) == {"reference-desk": 3, "local-history": 3}


def test_a_rater_who_saw_nothing_of_either_still_saw_nothing():
    """Words of other raters stay words."""
    seen = {"shelving": "NOT_OBSERVED", "labelling": "NOT_OBSERVED"}

    brought = bring_over(shelved("2.0.0", seen, rater="mentor"), LIBRARY).assessment
    assert levels(brought) == {"cataloguing": "NOT_OBSERVED"}


def test_evidence_follows_its_skill_where_it_is_known_which():
    """Linked to what was merged and renamed; of what was split the person says which part."""
    items = [proof("E2", "programming", "machine-learning", "showing-results")]

    brought = bring_over(said({}, evidence=items), NEW).assessment
    assert brought.evidence[0].skills == ("data-engineering", "communicating")


def test_words_follow_to_every_part_and_the_strictest_reader_wins():
    """Nothing written is lost, and nobody reads what was private before."""
    notes = {
        "preparing-data": {"text": "Tidy joins.", "visibility": "shared"},
        "programming": {"text": "Afraid of types.", "visibility": "private"},
        "machine-learning": {"text": "Forecasts.", "visibility": "panel"},
    }

    brought = bring_over(said({}, notes=notes), NEW).assessment
    assert {s: (n.text, n.visibility) for s, n in brought.notes.items()} == {
        "data-engineering": ("Tidy joins.\n\nAfraid of types.", "private"),
        "modelling": ("Forecasts.", "panel"),
        "operating-models": ("Forecasts.", "panel"),
    }


def test_the_own_plan_keeps_actions_and_drops_figures_that_no_longer_hold():
    """Actions stand once; caps move with the scale; figures of a whole say nothing of its parts."""
    action = {"id": "a1", "text": "Give a talk"}
    plan = {
        "machine-learning": {"cap": 3, "opportunity": True, "actions": [action]},
        "delivering": {"cap": 3, "effort": [effort(3), effort(4)]},
        "preparing-data": {"opportunity": True, "actions": [action]},
        "programming": {"opportunity": False, "actions": [action]},
    }

    own = bring_over(said({}, plan=plan), NEW).assessment.plan
    assert [a.text for a in own["modelling"].actions] == ["Give a talk"]
    assert own["operating-models"].actions == ()
    assert (own["modelling"].cap, own["modelling"].opportunity) == (None, None)
    assert (own["delivery"].cap, [e.level for e in own["delivery"].effort]) == (4, [4, 5])
    assert [a.id for a in own["data-engineering"].actions] == ["a1", "a1-b"]
    assert own["data-engineering"].opportunity is None


def effort(level: int) -> dict[str, Any]:
    """Give own figures for reaching a level."""
    return {"level": level, "optimistic": 4, "likely": 10, "pessimistic": 26}


def test_aim_record_rules_and_case_go_under_their_new_names():
    """Overlay, reason and clause follow; an item of the guide that was renamed keeps its answer."""
    first = shelved(
        "1.0.0",
        {"service": 1},
        aim={"profile": "head-librarian", "overlays": ["bus"], "reasons": {"bus": "Two routes."}},
        record=[{"id": "r1", "item": "resp-counter", "answer": "not-mine"}],
        case={
            "serves-readers-gate-desk": {"text": "I answer."},
            "opening": {"text": "Here I am."},
            "gone-gate-nowhere": {"text": "Still mine."},
        },
    )

    brought = bring_over(first, LIBRARY).assessment
    assert brought.aim.overlays == ("book-bus",)
    assert dict(brought.aim.reasons) == {"book-bus": "Two routes."}
    assert brought.record[0].item == "resp-desk"
    assert {clause: p.text for clause, p in brought.case.items()} == {
        "serves-readers-gate-reference-desk": "I answer.",
        "opening": "Here I am.",
        "gone-gate-nowhere": "Still mine.",
    }


def test_a_profile_that_was_renamed_is_still_the_aim():
    """The role keeps its bars under another name."""
    brought = bring_over(said({}, aim={"profile": "lead-data-scientist"}), NEW)

    assert brought.assessment.aim.profile == "principal-data-scientist"
    assert "profile lead-data-scientist is principal-data-scientist now" in str(brought.carried[0])


def test_what_no_migration_tells_of_is_left_out_and_said():
    """An id the ladder forgot stops nobody: it is named, and the original has it."""
    data = {"welding": 2, "statistics": 9}

    brought = bring_over(said(data, aim={"profile": "welder"}), NEW)
    assert levels(brought.assessment) == {"statistics": "UNRATED"}
    assert [(each.do, each.what, each.old) for each in brought.carried] == [
        ("missing", "skill", ("welding",)),
        ("missing", "skill", ("statistics",)),
        ("missing", "profile", ("welder",)),
    ]
    assert len(brought.unknown) == 2
    assert brought.assessment.aim.profile == "trainee"


def test_a_locked_one_comes_over_as_a_draft_and_stays_as_it_is():
    """The copy is open again; the original is the same to the last letter."""
    locked = lock(said({"delivering": 3}), LOCKED_AT)
    before = as_data(locked)

    brought = bring_over(locked, NEW).assessment
    assert (brought.status, brought.sha256, brought.locked_at) == ("draft", None, None)
    assert as_data(locked) == before


def test_keys_the_format_does_not_know_are_kept():
    """A later program may need them."""
    assert bring_over(said({}, mood="fine"), NEW).assessment.model_extra == {"mood": "fine"}


def test_nothing_leads_from_another_ladder_or_from_an_unknown_version():
    """Both are said, with what to ask for."""
    with pytest.raises(MismatchError, match="speaks of 'data-science-family'"):
        path_of(said({}), LIBRARY)
    far = Assessment.model_validate({**content(OLD, {}), "framework": "data-science-family@0.1.0"})
    with pytest.raises(MismatchError, match=r"ask whoever keeps the ladder for migrations/0\.1\.0"):
        bring_over(far, NEW)


def test_where_a_skill_came_from():
    """Through both versions; a skill that is new came from itself."""
    path = path_of(said({}), NEW)

    assert came_from(path, "delivery") == ("delivering",)
    assert came_from(path, "data-engineering") == ("preparing-data", "programming")
    assert came_from(path, "operating-models") == ("machine-learning",)
    assert came_from(path, "statistics") == ("statistics",)


# --- properties ------------------------------------------------------------------

WORDS = ("UNRATED", "DECLINED")
RATINGS = st.dictionaries(
    st.sampled_from([*LIBRARY.skills]), st.sampled_from([1, 2, 3, 4, *WORDS]), max_size=3
)


def bumped(*steps: tuple[str, str, dict[str, str]]) -> Framework:
    """Give the library ladder as the end of renames, each from version, to version, ids."""
    found = {}
    for version, to, ids in steps:
        changes = [
            Rename.model_validate({"do": "rename", "from": a, "to": b, **WHY})
            for a, b in ids.items()
        ]
        plain = {"version": version, "to": to, "summary": "Names.", "source": "invented"}
        made = Migration.model_validate({**plain, "changes": ()})
        found[version] = made.model_copy(update={"changes": tuple(changes)})
    return LIBRARY.model_copy(update={"migrations": FrozenDict(found)})


WHY = {"reason": "Invented.", "source": "invented"}


def written(version: str, ratings: dict[str, int | str]) -> Assessment:
    """Make an assessment with words and evidence about each skill that is rated."""
    evidence = filled([proof("E2", *ratings)] if ratings else [])
    notes = {skill: {"text": f"About {skill}.", "visibility": "private"} for skill in ratings}
    return shelved(version, ratings, notes=notes).model_copy(
        update={"evidence": shelved(version, {}, evidence=evidence).evidence}
    )


@given(RATINGS)
def test_a_migration_of_nothing_changes_the_version_alone(ratings: dict[str, int | str]):
    """Whatever was said is said again, to the letter."""
    first = written("1.0.0", ratings)

    brought = bring_over(first, bumped(("1.0.0", "2.0.1", {})))
    assert brought.carried == ()
    assert as_data(brought.assessment) == {**as_data(first), "framework": LIBRARY.key}


@given(RATINGS)
def test_a_name_that_goes_and_comes_back_changes_nothing(ratings: dict[str, int | str]):
    """Rename, then rename back."""
    names = {skill: f"{skill}-once" for skill in LIBRARY.skills}
    back = {new: old for old, new in names.items()}
    there_and_back = bumped(("1.0.0", "1.1.0", names), ("1.1.0", "2.0.1", back))
    first = written("1.0.0", ratings)

    brought = bring_over(first, there_and_back)
    assert as_data(brought.assessment) == {**as_data(first), "framework": LIBRARY.key}
    assert brought.unknown == ()


FAMILY_RATINGS = st.dictionaries(
    st.sampled_from([*OLD.skills]), st.sampled_from([0, 1, 2, 3, 4, *WORDS])
)


@given(FAMILY_RATINGS)
def test_a_level_comes_from_a_level(ratings: dict[str, int | str]):
    """What is known after a bump was known before it, of every skill it came from."""
    first = said(ratings)
    path = path_of(first, NEW)

    for skill, value in levels(bring_over(first, NEW).assessment).items():
        before = [ratings.get(old, "UNRATED") for old in came_from(path, skill)]
        assert not isinstance(value, int) or all(isinstance(b, int) for b in before)


@given(FAMILY_RATINGS)
def test_every_level_that_was_lost_is_told(ratings: dict[str, int | str]):
    """For each level of before there is a level now, or a line that says why not."""
    first = said(ratings)
    brought = bring_over(first, NEW)
    path = path_of(first, NEW)

    now = levels(brought.assessment)
    kept = {o for s in now if isinstance(now[s], int) for o in came_from(path, s)}
    told = {old for each in brought.carried for old in each.old}
    names = {"delivering": "delivery"}
    lost = {s for s, v in ratings.items() if isinstance(v, int) and s not in kept}
    assert {names.get(s, s) for s in lost} <= told
