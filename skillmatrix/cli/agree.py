"""``skillmatrix agree``: how far several raters agree, and where to talk."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.check import count
from skillmatrix.cli.options import AsJson, FrameworkName, Overlays, Switches, Target, chosen
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from skillmatrix.calibration import Coefficient, Severity
    from skillmatrix.calibration.collect import Collected
    from skillmatrix.framework import Framework, Profile

ABOUT = """Compare independent ratings of several people, as before a calibration session.

Reads assessment files, or folders of them. First who rated whom, then raw agreement, then
where raters are apart, gates first. Coefficients of agreement are shown from five people on,
with their interval. Self-ratings are compared with the others, never pooled with them."""
EXAMPLE = """
skillmatrix agree session/
skillmatrix agree session/ --target senior --json
skillmatrix agree session/ --severity
"""
SHOWN = 15


def agree(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", exists=True, help="Assessment files, or folders."),
    ],
    *,
    target: Target = None,
    overlay: Overlays = None,
    switch: Switches = None,
    framework: FrameworkName = None,
    every: Annotated[
        bool, typer.Option("--all", help="List every disagreement, not the first ones.")
    ] = False,
    severity: Annotated[
        bool,
        typer.Option(
            "--severity", help="Also who rates higher or lower than others: for a facilitator."
        ),
    ] = False,
    json: AsJson = False,
) -> None:
    """Print coverage, agreement and disagreements of a session."""
    from skillmatrix import calibration
    from skillmatrix.calibration.collect import collect, files_in
    from skillmatrix.framework import load_framework
    from skillmatrix.framework.ladders import find_place

    files = files_in(paths)
    if not files:
        msg = f"no *.assessment.json in {', '.join(map(str, paths))}"
        raise UsageError(msg)
    ladder = load_framework(framework) if framework else None
    told = collect(files, ladder, progress=lambda each: screen.progress(each, "Reading"))
    for problem in told.problems:
        screen.message(str(problem))
    if told.assessments:
        first = told.assessments[0]
        ladder = ladder or load_framework(find_place(first.framework.partition("@")[0]))
        profile = chosen(first, ladder, target, overlay, switch)
        session = Session(told, ladder, profile)
        effects = calibration.severity(session.others) if severity else None
        if json:
            screen.as_json(as_data(session, effects))
        else:
            screen.out("\n\n".join(filter(None, session_text(session, effects, every=every))))
    if told.problems:
        screen.message(f"{count(len(told.problems), 'problem')}: what they name is left out")
        raise typer.Exit(1)


class Session:
    """Ratings of a session with what is computed of them.

    Parameters
    ----------
    collected : Collected
    framework : Framework
    profile : Profile
        Says which skills are gates.
    """

    def __init__(self, collected: Collected, framework: Framework, profile: Profile) -> None:
        from skillmatrix import calibration as cal

        by_rater = sorted(collected.assessments, key=lambda a: a.rater.code or "")
        self.assessments = sorted(by_rater, key=lambda a: a.rater.kind != "self")
        self.framework, self.profile = framework, profile
        levels = [level.value for level in framework.levels]
        self.others = cal.ratings_frame(self.assessments)
        everyone = cal.ratings_frame(self.assessments, with_self=True)
        self.pairs = cal.pairwise(self.others)
        pairs = cal.pairwise(everyone)
        self.with_self = pairs[pairs["a"] == "self"]
        self.alpha = cal.alpha(self.others, "ordinal")
        self.ac = cal.ac(self.others, "quadratic", categories=levels)
        self.apart = cal.disagreements(self.others, profile)

    @property
    def coverage(self) -> dict[str, list[str]]:
        """Say by whom each person was rated."""
        found: dict[str, list[str]] = {}
        for a in self.assessments:
            locked = "" if a.status == "locked" else ", a draft"
            who = "self" if a.rater.kind == "self" else a.rater.code or a.rater.kind
            found.setdefault(a.person.code, []).append(f"{who}{locked}")
        return found


def session_text(session: Session, effects: Severity | None, *, every: bool = False) -> list[str]:
    """Give a session as blocks of text."""
    from skillmatrix.calibration.display import FEWEST, shown

    people, raters = session.coverage, session.others["rater"].nunique()
    blocks = [
        f"{count(len(people), 'person', 'people')}, {count(raters, 'rater')} beside themselves, "
        f"{count(len(session.assessments), 'assessment')}, {session.framework.key}",
        "\n".join(
            screen.columns(
                [("person", "rated by"), *((p, "; ".join(by)) for p, by in people.items())]
            )
        ),
        "Raw agreement (skills both rated)\n" + _pairs(session.pairs),
    ]
    if len(session.with_self):
        blocks.append("Beside the own view\n" + _pairs(session.with_self))
    words = [f"{each.name}: {shown(each)}" for each in (session.alpha, session.ac)]
    if session.alpha.n_people >= FEWEST:
        words.append(
            "Where nearly all ratings are alike the first is near 0 and the second near 1: both "
            "are right, and raw agreement says why."
        )
    blocks.append("\n".join(words))
    blocks.append(_apart(session, every=every))
    if effects is not None:
        blocks.append(_severity(effects))
    return blocks


def _pairs(pairs: pd.DataFrame) -> str:
    known = [row for row in _records(pairs) if row["n"]]
    if not known:
        return "no two raters rated the same skill of the same person"
    head = ("first", "second", "skills", "exact", "within one", "gap", "lower", "same", "higher")
    rows = [
        (
            str(row["a"]),
            str(row["b"]),
            str(row["n"]),
            *(f"{row[key]:.0%}" for key in ("exact", "within_one")),
            f"{row['signed_gap']:+.2f}",
            *(str(row[key]) for key in ("a_higher", "same", "b_higher")),
        )
        for row in known
    ]
    table = screen.columns([head, *rows], right=frozenset(range(2, 9)))
    note = "gap: the second less the first, in levels; lower, same, higher: the second, in skills"
    apart = len(pairs) - len(known)
    rest = [f"{count(apart, 'pair')} of raters rated nothing in common"] if apart else []
    return "\n".join([*table, note, *rest])


def _apart(session: Session, *, every: bool) -> str:
    apart = session.apart[session.apart["range"] > 0]
    if not len(apart):
        return "Where two raters rated, they are nowhere apart." if len(session.apart) else ""
    titles = session.framework.skills
    head = ("person", "skill", "", "bar", "from", "to")
    rows = [
        (
            str(row.person),
            titles[str(row.skill)].title,
            "gate" if row.gate else "",
            "-" if row.required is None else str(row.required).replace("<NA>", "-"),
            str(row.low),
            str(row.high),
        )
        for row in islice(apart.itertuples(), None if every else SHOWN)
    ]
    rest = len(apart) - len(rows)
    lines = screen.columns([head, *rows], right=frozenset({3, 4, 5}))
    more = [f"and {rest} more: --all lists them"] if rest else []
    return "\n".join(["Where raters are apart: gates first, widest first", *lines, *more])


def _severity(effects: Severity) -> str:
    ends = {row["rater"]: row for row in _records(effects.interval.reset_index())}
    values = effects.effects.to_dict()
    lines = [
        "Severity, for the facilitator and the rater alone. Positive rates higher than others who "
        "rated the same people. It mixes with real differences between teams, and replaces no "
        "rating.",
    ]
    for part in effects.components:
        if len(part) == 1:
            lines.append(f"{part[0]}: shares nobody with another rater, so there is no comparison")
            continue
        for rater in part:
            low, high = ends[rater]["low"], ends[rater]["high"]
            reach = "" if low is None else f", 95 % interval {low:+.2f} to {high:+.2f}"
            lines.append(f"{rater}: {values[rater]:+.2f}{reach}")
    lines += [
        f"to connect them, let {row.rater} also rate {row.person}"
        for row in effects.suggested_links.itertuples()
    ]
    return "\n".join(lines)


def as_data(session: Session, effects: Severity | None) -> dict[str, Any]:
    """Give a session as plain values; what is missing is null."""
    data: dict[str, Any] = {
        "framework": session.framework.key,
        "profile": session.profile.id,
        "coverage": session.coverage,
        "pairs": _records(session.pairs),
        "with_self": _records(session.with_self),
        "coefficients": [_coefficient(each) for each in (session.alpha, session.ac)],
        "disagreements": _records(session.apart),
    }
    if effects is not None:
        data["severity"] = {
            "effects": {str(r): float(v) for r, v in effects.effects.items()},
            "interval": _records(effects.interval.reset_index()),
            "components": [[str(r) for r in part] for part in effects.components],
            "suggested_links": _records(effects.suggested_links),
        }
    return data


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): _plain(value) for key, value in row.items()}
        for row in table.astype(object).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _coefficient(found: Coefficient) -> dict[str, Any]:
    from skillmatrix.calibration.display import FEWEST, shown

    told = found.n_people >= FEWEST
    return {
        "name": found.name,
        "value": found.value if told else None,
        "interval": list(found.interval) if told and found.interval else None,
        "n_units": found.n_units,
        "n_raters": found.n_raters,
        "n_people": found.n_people,
        "words": shown(found),
    }
