"""The frame of gaps: its shape, its types, and what is not known in it."""

import pandas as pd
import pytest

import skillmatrix as sm
from skillmatrix.errors import MismatchError, UsageError
from skillmatrix.framework import Framework, Profile
from skillmatrix.scoring import Standings, gap, verdict
from skillmatrix.scoring.gap import is_asked
from tests.conftest import assess, proof


@pytest.fixture(scope="module")
def frame(fw: Framework) -> pd.DataFrame:
    """Give the gaps of somebody who has rated four skills, one of them taken out."""
    made = assess(
        fw,
        {"mlops": 4, "python": 5, "ranking": 0, "streaming": 3, "core-ml": "DECLINED"},
        evidence=[proof("E2", "mlops"), proof("E4", "python")],
    )
    return gap(made, fw.profile("senior", not_applicable={"streaming": "no events"}))


def test_one_row_a_skill_in_the_order_of_the_framework(frame: pd.DataFrame, fw: Framework):
    """The index is the skills, the columns are those of the contract with their types."""
    assert list(frame.index) == list(fw.skills)
    assert frame.index.name == "skill"
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "claimed": "Int64",
        "supported": "Int64",
        "required": "Int64",
        "gap_min": "Int64",
        "gap_max": "Int64",
        "met": "boolean",
        "state": "string",
    }


def row(frame: pd.DataFrame, skill: str) -> list[object]:
    """Give a row with None where it says NA."""
    return [None if value is pd.NA else value for value in frame.loc[skill]]


def test_claimed_above_its_evidence(frame: pd.DataFrame):
    """Claimed 4, supported 3, bar 4: no step at best, one at worst, met unknown."""
    assert row(frame, "mlops") == [4, 3, 4, 0, 1, None, "RATED"]


def test_above_the_bar_has_no_gap(frame: pd.DataFrame):
    """Above the bar is met and no negative gap."""
    assert row(frame, "python") == [5, 5, 4, 0, 0, True, "RATED"]


def test_a_bar_at_the_lowest_level_is_met_by_none(frame: pd.DataFrame):
    """Level 0 against bar 0 is met: 0 is a rating."""
    assert row(frame, "ranking") == [0, 0, 0, 0, 0, True, "RATED"]


def test_unknown_is_not_zero(frame: pd.DataFrame):
    """Not rated and declined have no level, and a gap from best to worst."""
    assert row(frame, "core-ml") == [None, None, 4, 0, 4, None, "DECLINED"]
    assert row(frame, "causal-inference") == [None, None, 1, 0, 1, None, "UNRATED"]


def test_an_unknown_skill_without_a_bar_is_met(frame: pd.DataFrame):
    """Where nothing is asked, nothing is missing, also when nobody has rated."""
    assert row(frame, "time-series") == [None, None, 0, 0, 0, True, "UNRATED"]


def test_a_skill_taken_out_has_no_bar(frame: pd.DataFrame):
    """What the profile takes out has neither bar nor gap, whatever was rated."""
    assert row(frame, "streaming") == [None] * 6 + ["NOT_APPLICABLE"]


@pytest.mark.parametrize("judge", [gap, verdict])
def test_what_does_not_belong_together_is_refused(judge, mini: Framework, senior: Profile):
    """An assessment of another framework cannot be judged by this profile."""
    other = assess(mini, {"cataloguing": 3}, aim={"profile": "librarian"})

    with pytest.raises(MismatchError, match=r"librarian@2\.0\.1.*ml-specialist@"):
        judge(other, senior)


@pytest.mark.parametrize("judge", [gap, verdict])
def test_a_profile_has_to_be_chosen(judge, fw: Framework):
    """A profile taken from the mapping has no framework; the message says how to choose one."""
    with pytest.raises(UsageError, match=r"use framework\.profile\('senior'\)"):
        judge(assess(fw, {}), fw.profiles["senior"])


def test_the_names_at_the_top_are_these(fw: Framework, senior: Profile):
    """`sm.gap` and `sm.verdict` are the functions of scoring."""
    made = assess(fw, {"mlops": 2})

    assert sm.gap is gap
    assert sm.verdict(made, senior).overall == "NOT YET"


def test_another_ladder_is_judged_by_the_same_code(mini: Framework):
    """Four levels from 1 to 4 with their own support: positions count, not labels."""
    made = assess(
        mini,
        {"cataloguing": 4, "reference-desk": 3},
        aim={"profile": "head-librarian"},
        evidence=[
            proof("E2", "cataloguing", types=["reading-group"]),
            proof("E2", "cataloguing", "reference-desk", types=["reading-group"]),
            proof("E3", types=["collection-plan"], confirmed_function="colleague"),
        ],
    )
    found = verdict(made, mini.profile("head-librarian", switches={"archive": True}))

    assert found.overall == "READY"
    assert row(found_gap := gap(made, found.profile), "cataloguing") == [
        4,
        4,
        4,
        0,
        0,
        True,
        "RATED",
    ]
    assert row(found_gap, "local-history") == [None, None, 3, 0, 2, None, "UNRATED"]


def test_a_role_asks_for_a_skill_by_a_bar_a_count_or_a_question(fw: Framework):
    """A bar at the lowest level asks nothing, unless a rule counts the skill or a question may."""
    made = assess(fw, {"time-series": 5})
    senior, applied = fw.profile("senior"), fw.profile("applied-scientist")
    taken_out = fw.profile("senior", not_applicable={"mlops": "no models run"})
    may_rise = senior.targets["streaming"].model_copy(update={"level": senior.target("ranking")})
    targets = {**senior.targets, "time-series": may_rise}
    undecided = senior.model_copy(update={"targets": targets})
    decided = undecided.model_copy(update={"switches": {**senior.switches, "streaming": False}})

    def asked(profile: Profile, skill: str) -> bool:
        return is_asked(Standings(made, profile), skill)

    assert asked(senior, "mlops")
    assert not asked(taken_out, "mlops")
    assert not asked(senior, "time-series")
    assert asked(applied, "time-series")
    assert asked(undecided, "time-series")
    assert not asked(decided, "time-series")
