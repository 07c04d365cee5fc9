"""``skillmatrix compare``: two raters, or two rounds, skill by skill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.options import AsJson, FrameworkName, Target, chosen
from skillmatrix.cli.reading import read
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.scoring.change import Change
    from skillmatrix.scoring.compare import Pair
    from skillmatrix.scoring.standing import Standing

ABOUT = """Compare two ratings of one person: two raters, or two rounds.

Where both gave a level the difference counts steps of the ladder, from the first file to the
second. What only one of them rated stands apart, and is no difference. With --change the two are
rounds of one rater, the earlier first: what the ladder changed, what time changed, and what she
changed are told apart; the earlier may be of an earlier version of the ladder."""
EXAMPLE = """
skillmatrix compare noor-self.assessment.json noor-manager.assessment.json
skillmatrix compare 2026-spring.assessment.json 2026-autumn.assessment.json --change
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


Rounds = Annotated[
    bool, typer.Option("--change", help="Two rounds of one rater: say what changed, and by what.")
]


def compare(
    first: First,
    second: Second,
    *,
    change: Rounds = False,
    target: Target = None,
    framework: FrameworkName = None,
    json: AsJson = False,
) -> None:
    """Print the two ratings of each skill and their difference."""
    from skillmatrix.scoring.compare import pairs

    if change:
        _rounds(first, second, target, framework, json=json)
        return
    if target is not None:
        msg = "--target belongs to --change: without it nothing is judged"
        raise UsageError(msg)
    one, ladder = read(first, framework)
    two, _ = read(second, framework)
    found = pairs(one, two, ladder)
    if json:
        screen.as_json(as_data(first, second, one, two, found))
        return
    rows = [HEAD, *(_row(ladder.skills[name].title, pair) for name, pair in found.items())]
    screen.out("\n".join([*screen.columns(rows, right=NUMBERS), "", summary(found)]))


def _rounds(
    first: Path, second: Path, target: str | None, framework: str | None, *, json: bool
) -> None:
    """Print what changed between two rounds."""
    from skillmatrix.assessment.earlier import read_earlier
    from skillmatrix.scoring.change import change
    from skillmatrix.scoring.fading import fading

    later, ladder = read(second, framework, target)
    found = change(read_earlier(first), later, chosen(later, ladder, target, None, None))
    faded = fading(later, ladder)
    if json:
        screen.as_json(change_data(first, second, found))
        return
    lines = [found.explain()]
    if faded:
        names = ", ".join(ladder.skills[skill].title for skill in faded)
        lines += ["", f"Fading, as nothing new speaks for them: {names}."]
    screen.out("\n".join(lines))


def change_data(first: Path, second: Path, found: Change) -> dict[str, Any]:
    """Give what changed as plain values."""

    def level(standing: Standing) -> int | None:
        return None if standing.claimed is None else standing.claimed.value

    return {
        "first": {"file": str(first), "framework": found.earlier.framework},
        "second": {"file": str(second), "framework": found.later.framework},
        "target": found.profile.id,
        "verdict": {"then": found.then.overall, "now": found.now.overall},
        "ladder": [str(each) for each in found.carried],
        "criteria": {
            name: {"then": c.then, "now": c.now, "by": list(c.by)}
            for name, c in found.criteria.items()
        },
        "skills": {
            name: {
                "said": dict(c.said),
                "then": level(c.then),
                "now": level(c.now),
                "steps": c.steps,
                "word": c.word,
                "by": list(c.by),
            }
            for name, c in found.skills.items()
        },
        "aged_out": [
            {
                "id": aged.item.id,
                "title": aged.item.title,
                "date": aged.item.date.isoformat(),
                "then": aged.before,
                "now": aged.after,
                "skills": list(aged.skills),
                "rules": list(aged.parts),
            }
            for aged in found.aged_out
        ],
    }


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
