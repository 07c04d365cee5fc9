"""Before and after, counted by hand."""

from __future__ import annotations

import pytest

from skillmatrix.framework import Framework
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Leaning, changes, leanings
from skillmatrix.panel.followups import UNREACHED, suggestions
from tests.panel.told import P1, P3, again, decided, rated, session


@pytest.fixture
def three(fw: Framework) -> Calibration:
    """Ana, Ben and Cy, each rated by three; six decisions and what was not reached."""
    ratings = {
        ("p-ana", "r-1"): {"mlops": 2, "quality-mindset": 4},
        ("p-ana", "r-2"): {"mlops": 3, "quality-mindset": 4},
        ("p-ana", "r-3"): {"mlops": 4, "quality-mindset": "NOT_OBSERVED"},
        ("p-ben", "r-1"): {"mlops": 4, "quality-mindset": 2},
        ("p-ben", "r-2"): {"mlops": 4, "quality-mindset": 5},
        ("p-cy", "r-1"): {"mlops": 1, "production-ml": 0, "quality-mindset": "NOT_OBSERVED"},
    }
    assessments = [rated(fw, who, by, levels) for (who, by), levels in ratings.items()]
    assessments.append(rated(fw, "p-ana", None, {"mlops": 5, "quality-mindset": 5}))
    entries = [
        ("opened", {"criterion": P3, "seed": 4, "people": ["p-ben", "p-cy", "p-ana"]}),
        ("opened", {"criterion": P1, "seed": 4, "people": ["p-cy", "p-ana"]}),
        ("left_open", {"person": "p-cy", "criterion": P1, "why": "no time"}),
        again("p-ana", "r-1", {"mlops": 3}),
        again("p-ana", "r-2", {"mlops": 3}),
        again("p-ana", "r-3", {"mlops": "NOT_OBSERVED"}),
        again("p-ben", "r-1", {"mlops": 4, "quality-mindset": 2}),
        again("p-ben", "r-2", {"mlops": 3, "quality-mindset": 5}),
        again("p-cy", "r-1", {"mlops": 2}),
        decided("p-ana", "mlops", 4),
        decided("p-ana", "mlops", 2, corrects=10),
        decided("p-ana", "quality-mindset", 4, reason="as rated"),
        decided("p-ben", "mlops", "OPEN", reason="not observed"),
        decided("p-ben", "quality-mindset", 3, dissent=[{"rater": "r-2", "words": "no"}]),
        decided("p-cy", "quality-mindset", 3, reason="new evidence"),
        decided("p-ben", None, "MET", reason="other", words="As a whole."),
    ]
    return session(fw, assessments, entries)


def test_each_decision_is_held_against_the_lower_median_of_others(three: Calibration) -> None:
    """The own view counts for nothing, a correction in place of what it corrects."""
    found = changes(three)

    told = [(i.person, i.skill, i.firsts, i.before, i.after, i.step) for i in found.items]
    assert told == [
        ("p-ana", "mlops", (2, 3, 4), 3, 2, "down"),
        ("p-ana", "quality-mindset", (4, 4), 4, 4, "same"),
        ("p-ben", "mlops", (4, 4), 4, None, "open"),
        ("p-ben", "quality-mindset", (2, 5), 2, 3, "up"),
        ("p-cy", "quality-mindset", (), None, 3, "new"),
    ]
    assert found.steps == {"up": 1, "down": 1, "same": 1, "new": 1, "open": 1}
    assert found.reasons == {
        "new evidence": 1, "anchor misread": 2, "not observed": 1, "as rated": 1,
    }  # fmt: skip
    assert [i.dissents for i in found.items] == [0, 0, 0, 1, 0]
    assert found.items[0].entry == 11


def test_levels_before_and_after_are_counts(three: Calibration) -> None:
    """Before: 3, 4, 4, 2 (Cy has none). After: 2, 4, 3, 3 (one is open). The middle is 2 and 3."""
    found = changes(three)

    assert found.levels == ({2: 1, 3: 1, 4: 2}, {2: 1, 3: 2, 4: 1})
    assert found.middle == (2, 3)
    assert "(level 2 and 3): 2 of 4 before, 3 of 4 after" in found.sentences["middle"]


def test_spread_is_of_raters_who_rated_twice(three: Calibration) -> None:
    """Ana's MLOps 2-3 to 3-3; Ben's 4-4 to 3-4, and 2-5 as it was.

    Not observed is no level, and the level of one rater alone no range.
    """
    found = changes(three)

    assert found.spread == {"narrower": 1, "wider": 1, "same": 1}


def test_a_criterion_stands_as_the_panel_has_it_else_as_the_rules_do(three: Calibration) -> None:
    """Ben's was decided as a whole; what was left open or not reached is counted as such."""
    turns = {(t.person, t.criterion): t for t in changes(three).turns}

    ana, ben = turns["p-ana", P3], turns["p-ben", P3]
    assert (ana.panel, ana.after, ana.reached) == (None, "NOT MET", True)
    assert (ana.before, ben.before) == ("OPEN", "OPEN")
    assert (ben.rules, ben.panel, ben.after) == ("NOT MET", "MET", "MET")
    assert turns["p-ben", P1].reached is None
    unreached = [(t.person, t.criterion, t.after) for t in changes(three).unreached]
    assert unreached == [("p-ana", P1, "OPEN"), ("p-cy", P1, "OPEN")]
    assert turns["p-cy", P1].rules == "NOT MET"


def test_leanings_are_counts_for_each_rater(three: Calibration) -> None:
    """Agreed 2 (median 3), 4 (4), 3 (2): r-2 gave 3, 4, 5; r-3 gave 4 and nothing else."""
    found = {each.rater: each for each in leanings(three, changes(three))}

    assert found["r-1"] == Leaning("r-1", above=1, below=0, same=2, towards=1, away=1)
    assert found["r-2"] == Leaning("r-2", above=0, below=2, same=1, towards=1, away=1)
    assert found["r-3"] == Leaning("r-3", above=0, below=1, same=0, towards=0, away=1)


def test_what_is_open_is_suggested_until_somebody_takes_it(fw: Framework) -> None:
    """A gate on which raters are apart waits for evidence; taken over, it is not asked again."""
    seen = [rated(fw, "p-ana", "r-1", {"mlops": 3}), rated(fw, "p-ana", "r-2", {"mlops": 4})]
    taken = {"id": "f-1", "person": "p-ana", "criterion": P3, "skill": "mlops"}
    taken |= {"waits_for": "the release of May", "owner": "Kim"}
    opened = ("opened", {"criterion": P3, "seed": 1, "people": ["p-ana"]})
    before, after = session(fw, seen, [opened]), session(fw, seen, [opened, ("follow_up", taken)])

    told = [s for s in suggestions(before, changes(before)) if s.criterion == P3]
    assert told[0].waits_for == UNREACHED
    apart = next(s for s in told if s.skill == "mlops")
    assert apart.waits_for.endswith("they gave 3 and 4")
    left = [s for s in suggestions(after, changes(after)) if s.criterion == P3]
    assert "mlops" not in {s.skill for s in left}
    assert len(left) == len(told) - 1


def test_a_session_without_decisions_says_so_in_counts(fw: Framework) -> None:
    """Nothing is divided by nothing, and nobody is unreached before anything was opened."""
    found = changes(session(fw, [rated(fw, "p-ana", "r-1", {"mlops": 3})]))

    assert found.sentences["steps"].startswith("0 levels decided")
    assert not {"middle", "spread"} & set(found.sentences)
    assert found.unreached == ()
