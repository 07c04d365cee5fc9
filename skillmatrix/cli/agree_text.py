"""A session as ``skillmatrix agree`` shows it: blocks of text, or plain values."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from skillmatrix.cli import screen
from skillmatrix.cli.check import count

if TYPE_CHECKING:
    import pandas as pd

    from skillmatrix.calibration import Coefficient, Severity
    from skillmatrix.calibration.collect import Clash, Collected
    from skillmatrix.calibration.wording import Findings
    from skillmatrix.cli.agree import Session

SHOWN = 15
#: Digits of a hash that are printed to choose a file by.
DIGITS = 12


def session_text(
    session: Session, effects: Severity | None, wording: Findings | None, *, every: bool = False
) -> list[str]:
    """Give a session as blocks of text."""
    from skillmatrix.calibration.display import FEWEST, shown

    people, raters = session.coverage, session.others["rater"].nunique()
    blocks = [
        f"{count(len(people), 'person', 'people')}, rated by {count(raters, 'other')}, "
        f"{count(len(session.assessments), 'assessment')}, {session.framework.key}, for "
        f"{session.profile.title}",
        "\n".join(
            screen.columns(
                [("person", "rated by"), *((p, "; ".join(by)) for p, by in people.items())]
            )
        ),
        "\n".join([*missing_lines(session.collected), *note_lines(session.collected)]),
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
    if wording is not None:
        blocks.append(_wording(session, wording, every=every))
    if effects is not None:
        blocks.append(_severity(effects, practice=bool(session.collected.practice)))
    return blocks


def missing_lines(collected: Collected) -> list[str]:
    """Say what a session lacks."""
    words = {
        "own-view": "{person}: no own view",
        "raters": "{person}: {n} beside the own view, too few to see where raters are apart",
    }
    return [
        words[each.kind].format(person=each.person, n=count(each.n_raters, "rater"))
        for each in collected.missing()
    ]


def note_lines(collected: Collected) -> list[str]:
    """Say what hinders nothing and should be known; what is alike of many files, once."""
    lines = []
    for kind in dict.fromkeys(note.kind for note in collected.notes):
        notes = [note for note in collected.notes if note.kind == kind]
        if kind == "narrowed" and notes[1:]:
            words = "files that are no packets are read as packets for calibration would be"
            lines.append(f"note: {len(notes)} {words}")
            continue
        lines += [f"note: {': '.join([*note.files[:1], note.words])}" for note in notes]
    if collected.practice:
        ratings = count(len(collected.practice), "rating")
        lines.append(f"{ratings} of practice profiles, kept apart from those of people")
    return lines


def clash_text(clash: Clash) -> str:
    """Say what has to be decided about files, and how."""
    if clash.kind == "names":
        how = f"--keep {clash.person} where they are one person, else --keep and the hash of a file"
    else:
        how = "--keep and the hash of the one that holds"
    lines = [f"{clash}; none of them is taken. Decide: {how}"]
    for option in clash.options:
        locked = f"locked {option.locked_at:%Y-%m-%d %H:%M}" if option.locked_at else "a draft"
        levels = count(option.n_levels, "level")
        lines.append(f"    {option.sha256[:DIGITS]}  {locked}, {levels}: {', '.join(option.files)}")
    return "\n".join(lines)


def _wording(session: Session, found: Findings, *, every: bool) -> str:
    from skillmatrix.calibration.wording import RULE

    titles = session.framework.skills
    head = f"Wordings that split raters. {RULE}"
    worth = found.worth
    lines = [f"{titles[b.skill].title}, {b.lower} or {b.upper}: {b.words}" for b in worth]
    if not lines:
        lines = ["none is worth a change request"]
    rest = found.boundaries[len(worth) :] if every else ()
    lines += [
        f"not {titles[b.skill].title}, {b.lower} or {b.upper}: {b.words}; {b.why_not}" for b in rest
    ]
    return "\n".join([head, *lines])


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


def _severity(effects: Severity, *, practice: bool) -> str:
    ends = {row["rater"]: row for row in _records(effects.interval.reset_index())}
    values = effects.effects.to_dict()
    lines = [
        "Severity, for the facilitator and the rater alone. Positive rates higher than others who "
        "rated the same people. It mixes with real differences between teams, and replaces no "
        "rating.",
    ]
    if practice:
        lines.append("Practice profiles count as people here: they connect who shares nobody.")
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


def as_data(session: Session, effects: Severity | None, wording: Findings | None) -> dict[str, Any]:
    """Give a session as plain values; what is missing is null."""
    data: dict[str, Any] = {
        "framework": session.framework.key,
        "profile": session.profile.id,
        "coverage": session.coverage,
        **collected_data(session.collected),
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
    if wording is not None:
        data["wording"] = wording.as_data()
    return data


def collected_data(collected: Collected) -> dict[str, Any]:
    """Give what files hold as plain values: taken, left out, to be decided."""
    from dataclasses import asdict

    def plain(row: Any) -> dict[str, Any]:
        said = asdict(row)
        return {**said, "locked_at": said["locked_at"] and said["locked_at"].isoformat()}

    return {
        "files": [plain(row) for row in collected.coverage],
        "practice": [plain(row) for row in collected.practice_coverage],
        "missing": [asdict(each) for each in collected.missing()],
        "problems": [problem.as_dict() for problem in collected.problems],
        "clashes": [
            {
                "cell": clash.cell,
                "kind": clash.kind,
                "person": clash.person,
                "rater": clash.rater,
                "differ": clash.n_differ,
                "options": [plain(option) for option in clash.options],
            }
            for clash in collected.clashes
        ],
        "notes": [asdict(note) for note in collected.notes],
    }


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
