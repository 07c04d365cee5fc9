"""What a session comes to: levels of others, what stays open, evidence of several files."""

from __future__ import annotations

from typing import Any

from skillmatrix.framework import Framework
from skillmatrix.panel import entered
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import after_state, card
from skillmatrix.panel.standing import standing
from tests.panel.told import AT, P3, decided, rated, session


def proof(code: str, **more: Any) -> dict[str, Any]:
    """One item of evidence for mlops, confirmed."""
    base = {"id": code, "title": "Watch", "date": "2026-05-01", "strength": "E3"}
    base |= {"description": "Mine", "artefact": "INC-7", "confirmed_by": "lead"}
    return {**base, "skills": ["mlops"], **more}


def part(made: Calibration, skill: str, key: str = "after") -> dict[str, Any]:
    """Give the part of P3 that asks for a skill, as the card of p-1 has it."""
    parts = card(made, "p-1", P3)[key]["parts"]
    return next(each for each in parts if each["skills"] == [skill])


def test_a_skill_that_was_decided_open_is_unknown(fw: Framework) -> None:
    """Two fives with evidence, and the panel leaves it open: neither met nor not met."""
    seen = [
        rated(fw, "p-1", r, {"mlops": 5, "quality-mindset": 5}, evidence=[proof("e1")])
        for r in ("r-1", "r-2")
    ]
    made = session(fw, seen, [decided("p-1", "mlops", "OPEN")])

    found = part(made, "mlops")
    assert (found["state"], found["observed"]) == ("OPEN", "[0..5]")
    assert found["why"] == "the panel left it open"


def test_a_level_corrected_to_open_is_unknown_too(fw: Framework) -> None:
    """Decided 1 and corrected: the first ratings do not come back."""
    seen = [rated(fw, "p-1", r, {"mlops": 1, "quality-mindset": 1}) for r in ("r-1", "r-2")]
    entries = [decided("p-1", "mlops", 1), decided("p-1", "mlops", "OPEN", corrects=1)]
    made = session(fw, seen, entries)

    assert part(made, "mlops")["state"] == "OPEN"
    assert part(made, "mlops", "before")["state"] == "NOT MET"


def test_a_skill_to_be_left_open_opens_the_criterion(fw: Framework) -> None:
    """Not met on the first ratings; with both gates left open in this go, open."""
    seen = [rated(fw, "p-1", r, {"mlops": 1, "quality-mindset": 1}) for r in ("r-1", "r-2")]
    made = session(fw, seen)
    both = {"mlops": "OPEN", "quality-mindset": "OPEN"}

    assert after_state(made, "p-1", P3) == "NOT MET"
    assert after_state(made, "p-1", P3, both) == "OPEN"


def test_the_own_view_is_no_part_of_what_the_panel_says(fw: Framework) -> None:
    """Rated 1 by herself alone: unknown to the panel, and the card says why."""
    own = rated(fw, "p-1", None, {"mlops": 1, "quality-mindset": 1})
    made = session(fw, [own, rated(fw, "p-1", "r-1", {"quality-mindset": 1})])

    mlops = part(made, "mlops", "before")
    assert (mlops["state"], mlops["observed"]) == ("OPEN", "[0..5]")
    assert mlops["why"] == "no other rater has given a level"
    assert part(made, "quality-mindset", "before")["state"] == "NOT MET"
    assert made.combined("p-1").rating("mlops").level is None
    assert [s["first"] for s in made.before("p-1", "mlops")] == [1, "UNRATED"]


def test_a_person_nobody_else_rated_is_open_everywhere(fw: Framework) -> None:
    """The own file alone: her ones decide nothing."""
    made = session(fw, [rated(fw, "p-1", None, dict.fromkeys(fw.skills, 1))])

    assert {each.state for each in made.verdict("p-1").criteria.values()} == {"OPEN"}


def test_different_evidence_under_one_id_is_all_there(fw: Framework) -> None:
    """The person's keeps its id; two of raters are called after them."""
    own = rated(fw, "p-1", None, {}, evidence=[proof("e1")])
    others = [
        rated(fw, "p-1", r, {"mlops": 4}, evidence=[proof("e1", title=t, artefact=t)])
        for r, t in (("r-1", "Runbook"), ("r-2", "Alerts"))
    ]
    found = {each.id: each.title for each in session(fw, [own, *others]).evidence("p-1")}

    assert found == {"e1": "Watch", "e1-r-1": "Runbook", "e1-r-2": "Alerts"}
    alone = {each.id: each.title for each in session(fw, others).evidence("p-1")}
    assert alone == {"e1-r-1": "Runbook", "e1-r-2": "Alerts"}


def test_the_same_item_in_two_files_counts_once_the_stronger(fw: Framework) -> None:
    """A rater confirms what the person described."""
    weak = proof("e1", strength="E1", artefact="", confirmed_by="")
    own = rated(fw, "p-1", None, {}, evidence=[weak])
    other = rated(fw, "p-1", "r-1", {"mlops": 4}, evidence=[proof("e1")])

    assert [(e.id, e.strength) for e in session(fw, [own, other]).evidence("p-1")] == [("e1", "E3")]


def test_an_id_made_for_evidence_is_nobody_elses(fw: Framework) -> None:
    """Too long for a code, or taken: another one, the same every time."""
    long = "e" * 64
    own = rated(fw, "p-1", None, {}, evidence=[proof(long), proof("e1"), proof("e1-r-1")])
    mine = [proof(long, title="A"), proof("e1", title="B")]
    made = session(fw, [own, rated(fw, "p-1", "r-1", {}, evidence=mine)])
    again = session(fw, [own, rated(fw, "p-1", "r-1", {}, evidence=mine)])

    codes = [each.id for each in made.evidence("p-1")]
    assert len(set(codes)) == 5
    assert max(map(len, codes)) == 64
    assert codes == [each.id for each in again.evidence("p-1")]


def test_where_a_log_went_on_only_what_is_new_is_read(fw: Framework) -> None:
    """The same as read from its beginning, and the earlier state is left as it was."""
    first = session(fw, [], [decided("p-1", "mlops", 3), ("remark", {"text": "a"})]).log
    known = standing(first)
    more = entered(first, *decided("p-1", "mlops", "OPEN", corrects=1), AT)
    more = entered(more, "remark", {"text": "b"}, AT)

    assert standing(more, (first, known)) == standing(more)
    assert known == standing(first)
    emptied = more.entries[0].model_copy(update={"content": None})
    erased = more.model_copy(update={"entries": (emptied, *more.entries[1:])})
    assert standing(erased, (first, known)) == standing(erased)
