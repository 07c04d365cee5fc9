"""What can be wrong with the rubric of an interview panel; see `mutations`."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

FILE = "interview.yaml"
HELPED = "  - {level: 2, name: With help, definition: It appeared after a hint.}\n"
ALONE = "  - {level: 3, name: Alone, definition: It appeared without a hint.}\n"
SECOND = "      2: [Answers both readers after a hint on the queue.]\n"
WORD = "Explains the queue before anybody asks for it."
MISS = "      3: Smiles at both readers and answers neither.\n"
EXERCISE = "    informed_by: [desk-hour]\n"
LISTENS = "source: invented\n  - id: scolds"
BLAMED = "for a question.\n    dimensions: [calm]"
LOST = "dangling-id"
THIRD = "3: [Answers one"


def _guide_knows_better(path: Path) -> None:
    """Take the exercise away from the dimension in the role guide."""
    guide = path.parent / "guide" / "02-people.yaml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("[resp-desk, trial-desk]", "[resp-desk]"), encoding="utf-8")


INTERVIEW = [
    Mutation("scale-order", FILE, HELPED + ALONE, ALONE + HELPED, "- {level: 2"),
    Mutation("level-described", FILE, SECOND, "", "anchors:"),
    Mutation(LOST, FILE, MISS, MISS + "      4: Runs away.\n", "4: Runs"),
    Mutation(LOST, FILE, "by: [desk-hour]", "by: [desk-day]", "informed_by", ("interview-idle",)),
    Mutation(LOST, FILE, BLAMED, BLAMED.replace("calm", "clam"), "dimensions: [clam]"),
    Mutation("interview-idle", FILE, EXERCISE, "", "- id: desk-hour"),
    Mutation("duplicate-text", FILE, WORD, "Answers the louder of two readers first.", THIRD),
    Mutation("duplicate-id", FILE, "- id: scolds", "- id: listens", "- id: listens"),
    Mutation("duplicate-id", FILE, "- id: scolds", "- id: calm", "- id: calm"),
    Mutation("anchor-count", FILE, WORD, f"{WORD}, Sorts the queue by its length.", THIRD),
    Mutation("anchor-length", FILE, WORD, "Explains the queue.", THIRD),
    Mutation("anchor-first-word", FILE, WORD, "Knows the queue before anybody asks.", THIRD),
    Mutation("anchor-one-verb", FILE, WORD, "Explains the queue and sorts it too.", THIRD),
    Mutation("degree-word", FILE, WORD, "Explains the queue in excellent words.", THIRD),
    Mutation("near-miss", FILE, f"    near_misses:\n{MISS}", "", "- id: calm"),
    Mutation(
        "interview-missing",
        FILE,
        "source: 2.trial.1",
        "source: invented",
        "title: Talking",
        ("interview-exercise",),
    ),
    Mutation(
        "interview-source",
        FILE,
        "source: 2.talk.1",
        "source: 2.talk.9",
        "- id: calm",
        ("interview-missing",),
    ),
    Mutation("interview-twice", FILE, LISTENS, f"source: 2.talk.1{LISTENS[16:]}", "- id: listens"),
    Mutation("interview-exercise", FILE, at="informed_by", do=_guide_knows_better),
    Mutation("shape", FILE, "minutes: 60", "minutes: 0", "minutes: 0"),
    Mutation("shape", FILE, "minutes: 60", "minutes: true", "minutes: true"),
    Mutation("shape", FILE, "      2: [Answers", "      '2': [Answers", "'2': [Ans"),
    Mutation("shape", FILE, "kind: red-flag", "kind: bad", "kind: bad"),
    Mutation("shape", FILE, "      - A reader shouts. What do you say?\n", "", "asks:"),
    Mutation(
        "unknown-key", FILE, "minutes: 60", "minutes: 60\n    dimensions: []", "dimensions: []"
    ),
    Mutation("unknown-key", FILE, "status: draft", "statue: draft", "statue"),
]
