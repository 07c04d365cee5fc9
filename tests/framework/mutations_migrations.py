"""What can be wrong with migrations and half-lives; see `mutations`."""

from __future__ import annotations

from tests.framework.mutation import Mutation

FIRST = "migrations/1.0.0.yaml"
SECOND = "migrations/2.0.0.yaml"
MAIN = "framework.yaml"
RETIRE = """  - do: retire
    id: stamping
"""
AGAIN = """    reason: Twice.
    source: invented
"""

MIGRATIONS = [
    Mutation("migration-version", SECOND, "to: 2.0.1", "to: 2.0.2", "to: 2.0.2"),
    Mutation("migration-version", SECOND, "to: 2.0.1", "to: 1.9.0", "to: 1.9"),
    Mutation("migration-id", SECOND, "id: stamping", "id: local-history", "id: loc"),
    Mutation("migration-id", SECOND, "to: reference-desk", "to: cataloguing", "to: cat"),
    Mutation(
        "migration-order",
        SECOND,
        "{0: 1, 1: 2, 2: 3, 3: 4}",
        "{0: 1, 1: 3, 2: 2}",
        "map: {0: 1, 1: 3",
    ),
    Mutation("dangling-id", SECOND, "to: reference-desk", "to: reference-dsk", "to: ref"),
    Mutation("dangling-id", SECOND, "to: cataloguing", "to: cataloging", "to: cat"),
    Mutation("dangling-id", SECOND, "to: book-bus", "to: bookbus", "to: book"),
    Mutation("dangling-id", SECOND, "skill: desk", "skill: desks", "skill: desk"),
    Mutation("dangling-id", SECOND, "1: UNRATED, 2: 3, 3: 4", "1: UNRATED, 2: 3, 3: 5", "map:"),
    Mutation("dangling-id", FIRST, "to: [desk, local-history]", "to: [desk, history]", "to: ["),
    Mutation("dangling-id", FIRST, "to: resp-desk", "to: resp-dask", "to: resp"),
    Mutation("duplicate-id", SECOND, RETIRE, RETIRE + AGAIN + RETIRE, "id: stamping"),
    Mutation("duplicate-id", SECOND, "skill: desk", 'skill: "*"', "skill:"),
    Mutation("change-kind", SECOND, "do: merge", "do: join", "- do: join"),
    Mutation("unknown-key", SECOND, "    from: bus", "    form: bus", "form:", ("shape",)),
    Mutation("shape", SECOND, "from: [shelving, labelling]", "from: [shelving]", "from: ["),
    Mutation("shape", SECOND, "1: UNRATED", "1: unrated", "map:"),
    Mutation("shape", FIRST, "to: 2.0.0", "to: 2.0", "to: 2.0"),
    Mutation("shape", FIRST, "keep: true", "keep: perhaps", "keep:"),
    Mutation("shape", FIRST, "what: item", "what: thing", "what:"),
    Mutation("unknown-key", FIRST, "to: 2.0.0", "to: 2.0.0\nversion: 1.0.0", "version:"),
    Mutation("half-life", MAIN, "{area: readers, months: 24", "{months: 24", "- {months"),
    Mutation("shape", MAIN, "months: 24", "months: 0", "- {area: readers, months"),
    Mutation("dangling-id", MAIN, "{area: readers, m", "{area: readrs, m", "- {area: readrs"),
    Mutation("dangling-id", MAIN, "{skill: local-h", "{skill: local-k", "- {skill: local-k"),
    Mutation(
        "duplicate-id", MAIN, "{skill: local-history, m", "{area: readers, m", "- {area: readers, m"
    ),
]
