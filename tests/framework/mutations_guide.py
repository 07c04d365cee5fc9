"""One broken file for each rule of the role guide."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

WORK = "guide/01-work.yaml"
PEOPLE = "guide/02-people.yaml"
LOST = "dangling-id"
ITEMS = (
    "kind: criterion\n    items:\n"
    "      - {id: own, source: 2.promotion.1, title: Own, text: Of its own.}"
)
TARGET = "comparator: between\n          value: 80\n          high: 90"


def _criteria_again(path: Path) -> None:
    again = "  - id: again\n    title: Again\n    kind: criterion\n"
    path.write_text(path.read_text(encoding="utf-8") + again, encoding="utf-8")


def _moon(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("kind: fact\n", "kind: variant\n")
    told = text.replace("opens at nine.\n", "opens at nine.\n        overlays: [moon]\n")
    path.write_text(told, encoding="utf-8")


def _copy_of_work(path: Path) -> None:
    head = "section: 1\ntitle: Again\nintro: Again.\ngroups: []\n"
    path.write_text(head, encoding="utf-8")


GUIDE_MUTATIONS = [
    Mutation("guide-kind", WORK, "kind: tool", "kind: tols", "kind: tols"),
    Mutation("shape", WORK, "status: common", "status: usual", "status:"),
    Mutation("shape", WORK, "    title: Counted\n", "", "- id: count"),
    Mutation("shape", PEOPLE, "intro: Whom", "entry: Whom", "section:", ("unknown-key",)),
    Mutation("unknown-key", WORK, "use: Finding", "uses: Much\n        use: Finding", "uses:"),
    Mutation("section-number", WORK, "section: 1", "section: 3", "section:"),
    Mutation("section-number", "guide/1-again.yaml", at="section:", do=_copy_of_work),
    Mutation("source-place", WORK, "source: 1.tool.1", "source: 2.tool.1", "source: 2.tool.1"),
    Mutation("duplicate-source", WORK, "1.desk.2", "1.desk.1", "source: 1.desk.1"),
    Mutation("duplicate-id", PEOPLE, "- id: fact-hours", "- id: resp-desk", "- id: resp-desk"),
    Mutation("duplicate-id", PEOPLE, "- id: fact-hours", "- id: cataloguing", "- id: catal"),
    Mutation(
        "duplicate-id",
        PEOPLE,
        "- id: fact\n",
        "- id: promotion\n",
        "- id: promotion",
    ),
    Mutation(LOST, WORK, "skills: [cataloguing]", "skills: [catalogue]", "links: {skills: [catal"),
    Mutation(LOST, WORK, "[serves-readers]", "[serves-reader]", "links: {skills: [reference"),
    Mutation(
        LOST,
        WORK,
        "items: [kpi-answers]",
        "items: [kpi-answer]",
        "links: {skills: [ref",
    ),
    Mutation(LOST, PEOPLE, "from: [resp-desk,", "from: [exercise-desk,", "evidence_from:"),
    Mutation(LOST, PEOPLE, "profile: head-librarian", "profile: head", "profile:"),
    Mutation(LOST, PEOPLE, "to: [resp-desk, ", "to: [resp-dask, ", "- {label: Desk"),
    Mutation(LOST, PEOPLE, at="overlays:", do=_moon),
    Mutation("kpi-target", WORK, "comparator: between", "comparator: none", "target:"),
    Mutation("kpi-target", WORK, "comparator: between", "comparator: equal", "target:"),
    Mutation("kpi-target", WORK, "high: 90", "high: null", "target:"),
    Mutation("kpi-target", WORK, "high: 90", "high: 70", "target:"),
    Mutation("kpi-target", WORK, "value: 80", "value: 85", "target:"),
    Mutation("kpi-target", WORK, 'unit: "%"', "unit: null", "target:"),
    Mutation("kpi-target", WORK, TARGET, "comparator: none\n          high: 90", "target:"),
    Mutation(
        "orphan-item", WORK, "[cataloguing], items: [tool-catalogue]", "[cataloguing]", "- id: tool"
    ),
    Mutation(
        "orphan-item",
        PEOPLE,
        "        evidence_from: [resp-desk, trial-desk]\n",
        "",
        "- id: dim-calm",
    ),
    Mutation(
        "links-source",
        WORK,
        "items: [tool-catalogue]}\n        links_source: invented\n",
        "items: [tool-catalogue]}\n",
        "links: {skills: [cat",
    ),
    Mutation("guide-place", WORK, "kind: skill\n    area: collection", "kind: fact", "section:"),
    Mutation("guide-place", PEOPLE, "kind: criterion", ITEMS, "- id: promotion"),
    Mutation("guide-place", PEOPLE, at="- id: again", do=_criteria_again),
]
