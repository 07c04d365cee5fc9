"""One broken file for each rule of the record; see `mutations`."""

from __future__ import annotations

from tests.framework.mutation import Mutation

RECORD = "record.yaml"
ONE = "- {id: used, title: In use, counts: true}"
TWO = ONE + "\n      - {id: unused, title: Not in use, counts: false}"

RECORDS = [
    Mutation("record-kind", RECORD, "kind: tool", "kind: tols", "kind: tols"),
    Mutation("record-kind", RECORD, "kind: tool", "kind: skill", "kind: skill"),
    Mutation("record-kind", RECORD, "kind: tool", "kind: responsibility", "kind: resp"),
    Mutation("record-empty", RECORD, "kind: tool", "kind: stakeholder", "kind: stake"),
    Mutation("record-form", RECORD, "kind: kpi", "kind: fact", "form: reading"),
    Mutation(
        "record-form",
        RECORD,
        "form: reading",
        "form: reading\n    answers: [{id: a, title: A, counts: true}]",
        "answers: [{id: a,",
    ),
    Mutation("record-form", RECORD, "    date_label: Since\n", "", "dated: required"),
    Mutation("record-answers", RECORD, TWO, ONE, "answers:"),
    Mutation("duplicate-id", RECORD, "id: unused", "id: used", "- {id: used, title: Not"),
    Mutation("duplicate-id", RECORD, "- id: tools", "- id: duties", "- id: duties"),
    Mutation("shape", RECORD, "form: reading", "form: read", "form: read"),
    Mutation("shape", RECORD, "dated: no", "dated: often", "dated: often"),
    Mutation("shape", RECORD, "counts: false}\n    dated: no", "counts: perhaps}", "- {id: unused"),
    Mutation("unknown-key", RECORD, "source: invented\nblocks:", "sauce: hot\nblocks:", "sauce:"),
]
