"""What is true of an invented session, for whoever wants to check what a page says of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from skillmatrix.cli import screen

if TYPE_CHECKING:
    from skillmatrix.cli.cohort import Odd
    from skillmatrix.cli.cohort_draw import Planted, Truth

_WIDTH = 78


def known(drawn: Truth, texts: dict[str, Any], seed: int, odd: Sequence[Odd]) -> dict[str, Any]:
    """Give the truth as plain values."""
    skill, level = drawn.boundary
    return {
        "invented": texts["notice"],
        "framework": drawn.framework.key,
        "profile": drawn.profile.id,
        "seed": seed,
        "counts": counts(drawn, odd),
        "people": [
            {
                "code": m.code,
                "name": m.name,
                "raters": list(m.raters),
                "own_view": m.expected if drawn.framework.id == texts["framework"] else None,
            }
            for m in drawn.members
        ],
        "raters": [
            {"code": code, "kind": kind, "severity": severity}
            for code, (kind, severity) in drawn.raters.items()
        ],
        "planted": [
            {
                "person": cell.person,
                "skill": cell.skill,
                "gate": cell.skill in drawn.gates,
                "levels": cell.levels,
                "why": cell.why,
            }
            for cell in _in_order(drawn)
        ],
        "boundary": {
            "skill": skill,
            "level": level,
            "people": list(drawn.split),
            "why": texts["boundary"]["why"],
        },
        "odd": [
            {
                "file": each.name,
                "kind": each.kind,
                "person": each.person,
                "rater": each.rater,
                "expect": texts["odd"][each.kind],
            }
            for each in odd
        ],
    }


def counts(drawn: Truth, odd: Iterable[Odd]) -> dict[str, int]:
    """Count what the coverage of a session shows, before and after what is late."""
    people = len(drawn.members)
    asked = sum(len(member.raters) for member in drawn.members)
    late = sum(each.kind == "late" for each in odd)
    return {
        "people": people,
        "raters": len(drawn.raters),
        "own_views": people,
        "ratings_by_others": asked - late,
        "late": late,
    }


def _in_order(drawn: Truth) -> list[Planted]:
    """Order planted cells as the list of disagreements does."""
    place = {skill: index for index, skill in enumerate(drawn.framework.skills)}

    def weight(cell: Planted) -> tuple[bool, int, int, str]:
        apart = max(cell.levels.values()) - min(cell.levels.values())
        return cell.skill not in drawn.gates, -apart, place[cell.skill], cell.person

    return sorted(drawn.planted, key=weight)


def readme(drawn: Truth, texts: dict[str, Any], odd: Sequence[Odd]) -> str:
    """Write the truth, and what a facilitator should see."""
    told, said = texts["expected"], counts(drawn, odd)
    skill, level = drawn.boundary
    titles = {key: entry.title for key, entry in drawn.framework.skills.items()}
    cells = [
        (
            cell.person,
            titles[cell.skill],
            "gate" if cell.skill in drawn.gates else "",
            "; ".join(f"{rater} {given}" for rater, given in cell.levels.items()),
        )
        for cell in _in_order(drawn)
    ]
    reasons = [f"{cell.person}, {titles[cell.skill]}: {cell.why}" for cell in _in_order(drawn)]
    split = (
        f"{titles[skill]}, level {level}: split for {len(drawn.split)} of {said['people']} people."
    )
    blocks = [
        texts["readme"].rstrip("\n"),
        _told(told["counts"]),
        "\n".join(
            [
                f"  {said['people']} people, each with an own view; {said['raters']} raters",
                f"  {said['ratings_by_others']} files of raters in session, "
                f"{said['late']} more in session-late",
            ]
        ),
        _told(told["severity"]),
        _table([(c, kind, f"{severity:+.1f}") for c, (kind, severity) in drawn.raters.items()]),
        _told(told["planted"]),
        _table(cells),
        *(_told(reason, "  ") for reason in reasons),
        _told(told["boundary"]),
        _told(f"{split} {texts['boundary']['why']}", "  "),
        *_own_views(drawn, texts),
        _told(told["odd"]),
        *(f"  {each.name}\n{_told(texts['odd'][each.kind], '    ')}" for each in odd),
    ]
    return "\n\n".join(blocks) + "\n"


def _own_views(drawn: Truth, texts: dict[str, Any]) -> list[str]:
    """Say how own views come out, on the ladder whose evidence the texts are written for."""
    if drawn.framework.id != texts["framework"]:
        return []
    rows = [(member.code, member.name, member.expected) for member in drawn.members]
    return [_told(texts["expected"]["own"]), _table(rows)]


def _told(words: str, indent: str = "") -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"  {line}" for line in screen.columns(rows))
