"""Step My case without a browser: clauses out, paragraphs in, nothing lost."""

from __future__ import annotations

from typing import Any

from tests.pages.conftest import Ask

MLOPS = "monitoring-lifecycle-gate-mlops"
ITEM = {
    "title": "Drift review",
    "date": "2026-10-01",
    "description": "I led it.",
    "artefact": "DOC-1",
    "skills": ["mlops"],
}


def clause(send: Ask, part: str = MLOPS) -> dict[str, Any]:
    """Ask for the clauses and give one of them."""
    view = send("clauses")["clauses"]
    return next(c for group in view["criteria"] for c in group["clauses"] if c["id"] == part)


def test_clauses_hold_requirement_and_evidence_and_no_words_of_hers(send: Ask):
    """The paragraphs travel in the state alone, so there is one place they come from."""
    send("evidence", id="e1", item=ITEM)
    send("case", part=MLOPS, text="A sentence of mine.", evidence=["e1"])
    view = send("clauses")["clauses"]

    asked = [c for group in view["criteria"] for c in group["clauses"] if not c["same_as"]]
    assert len(asked) == 24
    assert clause(send)["title"] == "MLOps at 4 or above"
    assert [(e["id"], e["counts"]) for e in clause(send)["exhibits"]] == [("e1", True)]
    assert "A sentence of mine" not in str(view)


def test_a_removed_item_keeps_its_title_where_it_was_cited(send: Ask):
    """What was cited and taken out is named as it was called last."""
    send("evidence", id="e1", item=ITEM)
    send("evidence", id="e1", item={**ITEM, "title": "Drift review, quarter 3"})
    send("case", part=MLOPS, text="I led it.", evidence=["e1"])
    state = send("evidence", id="e1", item=None)["state"]

    assert clause(send)["removed"] == [{"id": "e1", "title": "Drift review, quarter 3"}]
    assert state.get("case", {MLOPS: {"evidence": ["e1"]}})[MLOPS]["evidence"] == ["e1"]


def test_another_aim_keeps_what_was_written_for_the_first(send: Ask):
    """The paragraph moves to those not asked, and back with the aim."""
    part = "p1-releases"
    send("case", part=part, text="Two releases.", evidence=[])
    send("aim", profile="specialist", overlays=[], switches={}, absence_months=0)
    (other,) = send("clauses")["clauses"]["other"]
    send("aim", profile="senior", overlays=[], switches={}, absence_months=0)

    assert other["id"] == part
    assert other["title"] == "Two production releases owned end to end"
    assert send("clauses")["clauses"]["other"] == []


def test_what_can_be_undone_is_named(send: Ask):
    """The name of the clause, not its id; undo brings the words before back."""
    send("case", part=MLOPS, text="First.", evidence=[])
    second = send("case", part=MLOPS, text="Second.", evidence=[])["state"]
    undone = send("undo")["state"]

    assert second["can_undo"] == "My case: MLOps"
    assert undone["case"][MLOPS]["text"] == "First."


def test_the_longest_ids_of_a_ladder_can_be_answered(send: Ask):
    """A criterion and a skill with the longest ids a ladder may have."""
    part = f"{'c' * 64}-floor-{'s' * 64}"

    assert part in send("case", part=part, text="Mine.", evidence=[])["state"]["case"]


def test_a_wrong_place_is_refused_with_words(send: Ask):
    """No id, no paragraph; too long a text is named, not cut."""
    place = send("case", part="no id", text="x", evidence=[], ok=False)["problems"]
    size = send("case", part=MLOPS, text="x" * 20001, evidence=[], ok=False)["problems"]

    assert place[0]["where"] == "part"
    assert (size[0]["where"], size[0]["expected"]) == ("text", "at most 20000 characters")
