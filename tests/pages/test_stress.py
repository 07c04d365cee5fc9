"""The verdict under stress, through the page: counts, cases in words, and no chance of anything."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import skillmatrix as sm
from skillmatrix.framework import Framework
from skillmatrix.pages.stress_view import MOST_LISTED, stress_view
from tests.conftest import assess, proof
from tests.pages.conftest import Ask


def family(view: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one kind of cases."""
    (found,) = [entry for entry in view["families"] if entry["id"] == name]
    return found


@pytest.mark.parametrize("shown_by", ["E0", "E4"])
def test_counts_are_those_of_the_library(fw: Framework, shown_by: str):
    """The page shows what ``sm.stress`` counts, for the whole and for each criterion."""
    made = assess(fw, dict.fromkeys(fw.skills, 4), evidence=[proof(shown_by, *fw.skills)])
    found = sm.stress(made, fw.profile("senior"))
    view = stress_view(fw, made)

    for at, (name, counted) in enumerate(found.families.items()):
        shown = family(view, name)
        assert (shown["cases"], shown["holds"]) == (counted.cases, counted.holds)
        assert len(shown["flips"]) + shown["more"] + shown["explained"] == len(counted.flips)
        for entry in view["criteria"]:
            assert entry["holds"][at] == counted.holds_for(entry["id"])


def test_a_case_says_what_it_changes_and_on_which_clause_it_turns(send: Ask):
    """MLOps a level up: the result is open, on the gate of P3."""
    send("rate", skill="mlops", value=3)

    (shift,) = family(send("stress")["stress"], "ratings")["flips"]
    assert (shift["text"], shift["skill"]) == ("MLOps at 4 instead of 3", "mlops")
    assert shift["label"] == "Not settled yet"
    assert shift["on"] == [
        {"code": "P3", "before": "NOT MET", "after": "OPEN", "clauses": ["MLOps at 4 or above"]}
    ]


def test_nothing_rated_is_said_and_not_counted(send: Ask):
    """Nobody rated anything: no rating is moved, and the page says so in words."""
    view = send("stress")["stress"]

    assert family(view, "ratings")["cases"] == family(view, "pairs")["cases"] == 0
    assert family(view, "ratings")["told"] == ("there is no rating to move that a rule looks at")
    assert view["unasked"] == ""


def test_no_word_of_it_is_a_chance(fw: Framework):
    """Counts only: no per cent, no chance, and the note says what they are not."""
    made = assess(fw, dict.fromkeys(fw.skills, 4), evidence=[proof("E4", *fw.skills)])
    text = json.dumps(stress_view(fw, made))

    assert "no probability" in text
    assert not re.search(r"%|per cent|\bodds\b|\bchance|\blikelihood", text)


def test_a_long_list_is_cut_and_counted(fw: Framework, monkeypatch: Any):
    """What is not listed is counted, so that the sum stays right."""
    made = assess(fw, dict.fromkeys(fw.skills, 4))
    whole = family(stress_view(fw, made), "ratings")
    monkeypatch.setattr("skillmatrix.pages.stress_view.MOST_LISTED", 2)
    cut = family(stress_view(fw, made), "ratings")

    assert 2 < len(whole["flips"]) <= MOST_LISTED
    assert (len(cut["flips"]), cut["more"]) == (2, len(whole["flips"]) - 2)


def test_it_follows_a_rating_and_stores_nothing(send: Ask):
    """Asked again after a rating there are more cases; asking adds no event."""
    before = family(send("stress")["stress"], "ratings")["cases"]
    seq = send("rate", skill="mlops", value=3)["state"]["seq"]
    after = family(send("stress")["stress"], "ratings")["cases"]

    assert (before, after) == (0, 2)
    assert send("rate", skill="mlops", value=2)["state"]["seq"] == seq + 1
