"""One broken file for each rule of prerequisites; see `mutations`."""

from __future__ import annotations

from tests.framework.mutation import Mutation

FILE = "prerequisites.yaml"
DESK = "- {skill: reference-desk,"
HISTORY = "- {skill: local-history,"
LAST = "Questions come from the desk., source: invented}\n"
CIRCLE = (
    "  - {skill: cataloguing, level: 2, needs: local-history, needs_level: 4, reason: None.,"
    " source: invented}\n"
)
AGAIN = (
    "  - {skill: local-history, level: 4, needs: reference-desk, needs_level: 2, reason: None.,"
    " source: invented}\n"
)

PREREQUISITES = [
    Mutation("dangling-id", FILE, "needs: cataloguing", "needs: cataloging", DESK),
    Mutation("dangling-id", FILE, "skill: local-history, level: 4", "skill: a, level: 4", "- {ski"),
    Mutation("dangling-id", FILE, "needs_level: 2", "needs_level: 5", DESK),
    Mutation("dangling-id", FILE, "history, level: 4", "history, level: 0", HISTORY),
    Mutation("prerequisite-level", FILE, "needs_level: 2", "needs_level: 1", DESK),
    Mutation("prerequisite-itself", FILE, "needs: cataloguing", "needs: reference-desk", DESK),
    Mutation("prerequisite-circle", FILE, LAST, LAST + CIRCLE, "- {skill: cataloguing"),
    Mutation("duplicate-id", FILE, LAST, LAST + AGAIN, HISTORY),
    Mutation("shape", FILE, "needs_level: 2, ", "", DESK),
    Mutation(
        "shape", FILE, "prerequisites:\n", "prerequisites: none\nx:\n", "prereq", ("unknown-key",)
    ),
    Mutation("unknown-key", FILE, "source: invented\nprereq", "sauce: hot\nprereq", "sauce"),
    Mutation("unknown-key", FILE, "reason: Readers", "raison: Readers", DESK, ("shape",)),
]
