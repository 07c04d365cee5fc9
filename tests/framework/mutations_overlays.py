"""One broken file for each rule of overlays and directions; see `mutations`."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

MAIN = "framework.yaml"
ARCHIVIST = "profiles/archivist.yaml"
HEAD = "profiles/head-librarian.yaml"
VILLAGE = "overlays/village.yaml"
BUS = "overlays/book-bus.yaml"
RELAXED = "do: relax_gate\n    skill: cataloguing\n    level: 2"
ONLY = "ask: {type: collection-plan, strength: E3}"
WEAKER = "strength: E2\n    instead_of: E3"
IMPORTANT = """  - do: make_important
    skill: local-history
    importance: wished
    reason: Every stop has its own history.
    source: invented
"""


JOINED = """  - do: join_breadth
    rule: r-breadth
    skill: local-history
    reason: It counts at every stop.
    source: invented
"""
BREAKS = """breaks_floor:
  skill: cataloguing
  reason: The archive has its own finding aids.
  source: invented
"""
BECAUSE = """
    reason: Books are catalogued by others.
    source: invented
"""


def _copy_of_village(path: Path) -> None:
    text = (path.parent / "village.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("village-crafts", "crafts"), encoding="utf-8")


def _without(path: Path, *texts: str) -> None:
    content = path.read_text(encoding="utf-8")
    for text in texts:
        assert content.count(text) == 1
        content = content.replace(text, "")
    path.write_text(content, encoding="utf-8")


def _neither_important_nor_joined(path: Path) -> None:
    _without(path, IMPORTANT, JOINED)


def _bar_alone_lowered(path: Path) -> None:
    """Lower the bar of a critical skill without a word about its floor."""
    _without(path.parent / ARCHIVIST, BREAKS, f"  - {RELAXED}{BECAUSE}")


def _second_bus(path: Path) -> None:
    """Write the book bus as a second overlay, with another tour."""
    text = (path.parent / "book-bus.yaml").read_text(encoding="utf-8")
    text = text.replace("id: book-bus", "id: boat").replace("A plan for the tour", "Another plan")
    path.write_text(text, encoding="utf-8")
    main = path.parent.parent / MAIN
    listed = main.read_text(encoding="utf-8").replace("book-bus]", "book-bus, boat]")
    main.write_text(listed, encoding="utf-8")


def _second_bus_with_another_answer(path: Path) -> None:
    """Write the book bus as a second overlay that counts another answer alone."""
    _second_bus(path)
    text = path.read_text(encoding="utf-8").replace("Another plan", "A plan for the tour")
    path.write_text(text.replace(ONLY, ONLY.replace("E3", "E4")), encoding="utf-8")


def _second_bus_with_another_replacement(path: Path) -> None:
    """Write the book bus as a second overlay that replaces the same gate by something else."""
    _second_bus(path)
    text = path.read_text(encoding="utf-8").replace("Another plan", "A plan for the tour")
    path.write_text(text.replace("id: b-letters", "id: b-calls"), encoding="utf-8")


FILES = [
    Mutation("orphan-file", "overlays/tent.yaml", at="id: village", do=_copy_of_village,
             beside=("id-of-file",)),
    Mutation("id-of-file", VILLAGE, "id: village\n", "id: hamlet\n", "id: hamlet"),
    Mutation("dangling-id", MAIN, "overlays: [village", "overlays: [tent, village", "overlays:"),
    Mutation("shape", VILLAGE, "changes:\n", "changes: none\nx-changes:\n", "changes:",
             ("unknown-key",)),
    Mutation("shape", VILLAGE, "rules: [k-plan]", "rules: []", "rules:"),
    Mutation("shape", BUS, "any_of:\n        - {type: reading-group, strength: E1}", "any_of: []",
             "any_of: []"),
    Mutation("unknown-key", BUS, "title: Book bus", "titel: Bus\ntitle: Book bus", "titel:"),
    Mutation("unknown-key", BUS, "    switch: archive", "    switch: archive\n    skill: x",
             "skill: x"),
    Mutation("unknown-key", ARCHIVIST, "kind: direction", "warnings: []\nkind: direction",
             "warnings:"),
    Mutation("change-kind", BUS, "do: switch_on", "do: switch_of", "- do: switch_of"),
    Mutation("change-kind", ARCHIVIST, "do: make_important", "do: make_importent",
             "- do: make_importent"),
]  # fmt: skip

IDS = [
    Mutation("dangling-id", VILLAGE, "group: place", "group: palace", "group:"),
    Mutation("dangling-id", BUS, "switch: archive", "switch: attic", "switch:"),
    Mutation("dangling-id", BUS, "gate\n    requirement: keeps-collection",
             "gate\n    requirement: keeps-colection", "requirement: keeps-colection"),
    Mutation("dangling-id", BUS, "rule: r-breadth", "rule: r-width", "rule: r-width"),
    Mutation("dangling-id", BUS, "rule: k-plan", "rule: r-breadth", "rule: r-breadth"),
    Mutation("dangling-id", VILLAGE, "rules: [k-plan]", "rules: [k-plan, k-plant]", "rules:"),
    Mutation("dangling-id", BUS, "importance: wished", "importance: wanted", "importance:"),
    Mutation("dangling-id", VILLAGE, "reference-desk\n    level: 2", "reference-desk\n    level: 7",
             "level: 7"),
    Mutation("dangling-id", VILLAGE, "of: [cataloguing, reference-desk]", "of: [reference-desk, x]",
             "of:"),
    Mutation("dangling-id", BUS, "[reader]", "[driver]", "- {type: col"),
    Mutation("dangling-id", BUS, ONLY, ONLY.replace("plan", "plant"), "ask:"),
    Mutation("dangling-id", ARCHIVIST, "based_on: head", "based_on: chief", "based_on:"),
    Mutation("dangling-id", ARCHIVIST, "relax_gate\n    skill: cat", "relax_gate\n    skill: kat",
             "skill: kat"),
    Mutation("duplicate-id", BUS, "id: b-tour", "id: r-groups", "id: r-groups"),
    Mutation("duplicate-id", ARCHIVIST, "id: keeps-archive", "id: keeps-collection",
             "- id: keeps-collection"),
    Mutation("duplicate-id", ARCHIVIST, "id: a-plan", "id: k-plan", "- id: k-plan"),
]  # fmt: skip

RULES = [
    Mutation("importance-rule", BUS, at="- do: raise_gate", do=_neither_important_nor_joined),
    Mutation("weaker-strength", VILLAGE, WEAKER, WEAKER.replace("E2", "E3"), "strength: E3"),
    Mutation("relax-floor", VILLAGE, "reference-desk\n    level: 2", "cataloguing\n    level: 2",
             "level: 2"),
    Mutation("stays-gate", VILLAGE, "reference-desk\n    level: 3", "reference-desk\n    level: 4",
             "- do: stays"),
    Mutation("overlay-clash", "overlays/boat.yaml", at="- do: add_evidence", do=_second_bus),
    Mutation("overlay-clash", "overlays/boat.yaml", at="- do: only",
             do=_second_bus_with_another_answer),
    Mutation("overlay-clash", "overlays/boat.yaml", at="- do: replace_when",
             do=_second_bus_with_another_replacement),
    Mutation("based-on", ARCHIVIST, "kind: direction", "kind: role", "based_on:"),
    Mutation("based-on", HEAD, "requirements:\n  - id: serves",
             f"changes:\n  - {RELAXED}{BECAUSE}requirements:\n  - id: serves", "changes:"),
    Mutation("direction-change", ARCHIVIST, "do: relax_gate", "do: relax_target",
             "- do: relax_target"),
    Mutation("relax-floor", ARCHIVIST, BREAKS, "", "level: 2"),
    Mutation("bar-below-floor", "targets.csv", at="archivist,cataloguing", do=_bar_alone_lowered),
    Mutation("breaks-floor", ARCHIVIST, RELAXED, RELAXED.replace("2", "3"), "skill: cat"),
    Mutation("breaks-floor", HEAD, "advice:",
             "breaks_floor: {skill: cataloguing, reason: r, source: s}\nadvice:", "breaks_floor"),
    Mutation("gate-above-bar", ARCHIVIST, "local-history, level: 3", "local-history, level: 4",
             "- {skill: local-history"),
]  # fmt: skip

OVERLAYS = [*FILES, *IDS, *RULES]
