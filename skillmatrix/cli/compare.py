"""``skillmatrix compare``: two raters, or two rounds, skill by skill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.options import AsJson, FrameworkName
from skillmatrix.cli.reading import read

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.scoring.compare import Pair

ABOUT = """Compare two ratings of one person: two raters, or two rounds.

Where both gave a level the difference counts steps of the ladder, from the first file to the
second. What only one of them rated stands apart, and is no difference."""
EXAMPLE = """
skillmatrix compare noor-self.assessment.json noor-manager.assessment.json
skillmatrix compare 2026-spring.assessment.json 2026-autumn.assessment.json --json
"""

First = Annotated[
    Path, typer.Argument(metavar="FIRST", exists=True, dir_okay=False, help="An assessment file.")
]
Second = Annotated[
    Path, typer.Argument(metavar="SECOND", exists=True, dir_okay=False, help="Another one.")
]
HEAD = ("skill", "first", "second", "difference", "between", "state")
NUMBERS = frozenset({1, 2, 3})

_STATES = {
    "RATED": "",
    "UNRATED": "not rated yet",
    "DECLINED": "declined",
    "NOT_OBSERVED": "not observed",
    "NOT_APPLICABLE": "not applicable",
    "NOT_APPLICABLE_PROPOSED": "proposed as not applicable",
}


def compare(
    first: First, second: Second, *, framework: FrameworkName = None, json: AsJson = False
) -> None:
    """Print the two ratings of each skill and their difference."""
    from skillmatrix.scoring.compare import pairs

    one, ladder = read(first, framework)
    two, _ = read(second, framework)
    found = pairs(one, two, ladder)
    if json:
        screen.as_json(as_data(first, second, one, two, found))
        return
    rows = [HEAD, *(_row(ladder.skills[name].title, pair) for name, pair in found.items())]
    screen.out("\n".join([*screen.columns(rows, right=NUMBERS), "", summary(found)]))


def summary(found: dict[str, Pair]) -> str:
    """Count what agrees, what differs and what only one has rated."""
    count = {word: sum(p.word == word for p in found.values()) for word in _words()}
    both = count["same"] + count["second higher"] + count["second lower"]
    near = sum(p.difference is not None and abs(p.difference) <= 1 for p in found.values())
    lone = count["only the first"] + count["only the second"]
    return (
        f"{both} of {len(found)} skills have two levels: {count['same']} the same, {near} within "
        f"one step, {count['second higher']} higher in the second, {count['second lower']} lower. "
        f"{lone} have one, {count['neither']} none."
    )


def _words() -> tuple[str, ...]:
    from skillmatrix.scoring.compare import WORDS

    return WORDS


def _row(title: str, pair: Pair) -> tuple[str, ...]:
    states = [_STATES[each.state] for each in (pair.first, pair.second)]
    sides = zip(("first", "second"), states, strict=True)
    told = [f"{which}: {word}" for which, word in sides if word]
    between = "" if pair.lowest is None else f"{pair.lowest:+d} to {pair.highest:+d}"
    return (
        title,
        _level(pair.first.claimed),
        _level(pair.second.claimed),
        "-" if pair.difference is None else f"{pair.difference:+d}" if pair.difference else "0",
        between,
        "; ".join(told) or pair.word,
    )


def _level(level: object) -> str:
    return "-" if level is None else str(level)


def as_data(
    first: Path, second: Path, one: Assessment, two: Assessment, found: dict[str, Pair]
) -> dict[str, Any]:
    """Give a comparison as plain values."""

    def side(file: Path, made: Assessment) -> dict[str, Any]:
        rater = made.rater.model_dump(mode="json")
        return {"file": str(file), "rater": rater, "as_of": made.as_of.isoformat()}

    def level(value: Any) -> int | None:
        return None if value is None else value.value

    return {
        "framework": one.framework,
        "person": one.person.code,
        "first": side(first, one),
        "second": side(second, two),
        "skills": {
            name: {
                "first": level(pair.first.claimed),
                "second": level(pair.second.claimed),
                "difference": pair.difference,
                "difference_min": pair.lowest,
                "difference_max": pair.highest,
                "first_state": pair.first.state,
                "second_state": pair.second.state,
                "word": pair.word,
            }
            for name, pair in found.items()
        },
        "summary": summary(found),
    }
