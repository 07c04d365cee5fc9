"""What can be wrong with practice profiles; see `mutations`."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

ODA = "practice_profiles/practice-1.yaml"
BO = "practice_profiles/practice-2.yaml"
OTHER = "practice_profiles/oda.yaml"
ANSWER = "reference: 3"


def _called_otherwise(path: Path) -> None:
    """Give a practice profile, with its file, an id that a member of the team may have."""
    text = (path.parent / "practice-1.yaml").read_text(encoding="utf-8")
    text = text.replace("id: practice-1", "id: oda").replace("title: Oda", "title: Olga")
    path.write_text(text, encoding="utf-8")


def _nobody(path: Path) -> None:
    """Leave a person without a case."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("cases:")[0] + "cases: []\n", encoding="utf-8")


PRACTICE_PROFILES = [
    Mutation("dangling-id", ODA, "skill: cataloguing", "skill: cataloging", "- skill: cat"),
    Mutation("dangling-id", ODA, ANSWER, "reference: 9", "reference: 9"),
    Mutation("dangling-id", ODA, "[cataloguing-3-a]", "[cataloguing-3-z]", "anchors:"),
    Mutation("practice-anchors", ODA, ANSWER, "reference: 4", "anchors:"),
    Mutation(
        "practice-length",
        ODA,
        " The head of the branch reads the diary once a month. What is told\n  here was taken"
        " from that diary and from the catalogue of the house.",
        "",
        "text: |-",
    ),
    Mutation(
        "practice-length",
        BO,
        " His\n      colleague found two sources that the reader could check. The diary tells of"
        " three such cases, and\n      of none in which he searched himself.",
        "",
        "text: >-",
    ),
    Mutation("duplicate-id", ODA, "skill: local-history", "skill: cataloguing", "- skill: cat"),
    Mutation("practice-id", OTHER, at="id: oda", do=_called_otherwise),
    Mutation("id-of-file", ODA, "id: practice-1", "id: practice-7", "id: practice-7"),
    Mutation("unique", BO, "title: Bo", "title: Oda", "title: Oda"),
    Mutation("shape", ODA, ANSWER, "reference: three", "reference: three"),
    Mutation("shape", ODA, ANSWER, "reference: ~", "reference: ~"),
    Mutation("shape", ODA, f"    {ANSWER}\n", "", "- skill: cataloguing"),
    Mutation("shape", BO, at="cases:", do=_nobody),
    Mutation("shape", BO, "    reason: Answers from", "    #  Answers from", "- skill: ref"),
    Mutation("shape", BO, "notice: Invented for tests.\n", "", "id: practice-2"),
    Mutation("unknown-key", BO, "title: Bo", "title: Bo\nage: 44", "age: 44"),
    Mutation("unknown-key", ODA, ANSWER, f"{ANSWER}\n    reference_word: NO", "reference_word"),
]
