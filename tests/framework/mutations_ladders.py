"""Broken files for the rules about what a ladder of one's own may leave out."""

from __future__ import annotations

from pathlib import Path

from tests.framework.mutation import Mutation

MAIN = "framework.yaml"
SKILL = "skills/cataloguing.yaml"


def _a_level_left_out_where_counts_are_waived(path: Path) -> None:
    main = path.parent.parent / MAIN
    waived = "waives:\n  - {rule: anchor-count, reason: Quoted as it stands.}\n"
    main.write_text(main.read_text(encoding="utf-8") + waived, encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  4:\n")], encoding="utf-8")


LADDERS = [
    Mutation("level-described", SKILL, at="levels:", do=_a_level_left_out_where_counts_are_waived),
    Mutation("facets-whole", MAIN, "    facets: [2, 1, 1]\n", "", "- level: 3", ("anchor-facets",)),
    Mutation(
        "shape",
        MAIN,
        "ageing:",
        "waives: [{rule: dangling-id, reason: I like it so.}]\nageing:",
        "waives:",
    ),
    Mutation(
        "shape",
        MAIN,
        "ageing:",
        "waives: [{rule: anchor-verb, reason: ''}]\nageing:",
        "waives:",
    ),
]
