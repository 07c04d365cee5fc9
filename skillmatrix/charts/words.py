"""A chart in words: its title, its text alternative and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from skillmatrix.charts.rows import Row, by_area, steps
from skillmatrix.scoring import Standings

Cell = str | int | None
COLUMNS = {
    "area": "Area",
    "skill": "Skill",
    "claimed": "Claimed",
    "supported": "Evidence supports",
    "required": "Bar",
    "required_if_on": "Bar if an open question is answered yes",
    "gate": "Gate",
    "floor": "Floor",
    "gap_min": "Steps to the bar, at best",
    "gap_max": "Steps to the bar, at worst",
    "state": "State",
    "standing": "Standing",
}
_MORE = {"no level given": "no level given, which means not observed or not said"}


def title_of(standings: Standings, rows: Sequence[Row], area: str | None) -> str:
    """Give the heading of a chart."""
    if area is None:
        return f"Every skill against the bar: {standings.profile.title}"
    return f"{rows[0].area_title} against the bar: {standings.profile.title}"


def counts(rows: Iterable[Row]) -> list[str]:
    """Count the rows by what they show, such as ``11 at or above the bar``."""
    words = {
        "met": "at or above the bar",
        "below": "below",
        "open": "claimed, evidence short",
        "unknown": "unknown",
        "no-bar": "without a bar",
        "not-applicable": "N/A",
    }
    kinds = [row.kind for row in rows]
    return [f"{kinds.count(k)} {word}" for k, word in words.items() if k in kinds]


def table_of(standings: Standings, rows: Iterable[Row]) -> tuple[dict[str, Cell], ...]:
    """Give the table: plain values under the keys of `COLUMNS`, None where nothing is known."""

    def label(position: int | None) -> int | None:
        return None if position is None else standings.levels[position].value

    return tuple(
        {
            "area": row.area_title,
            "skill": row.title,
            "claimed": row.claimed.value if row.claimed is not None else None,
            "supported": row.supported.value if row.supported is not None else None,
            "required": row.required.value if row.required is not None else None,
            "required_if_on": (
                row.required_if_on.value if row.required_if_on is not None else None
            ),
            "gate": label(row.gate),
            "floor": label(row.floor),
            "gap_min": row.gap_min,
            "gap_max": row.gap_max,
            "state": row.state,
            "standing": row.label,
        }
        for row in rows
    )


def text_of(standings: Standings, rows: Sequence[Row]) -> str:
    """
    Describe a chart: what it is, what it counts, what stands out.

    Notes
    -----
    Three of the four levels of description [1]_; what it means is left to the person.

    References
    ----------
    .. [1] Lundgard, A. & Satyanarayan, A. (2022). Accessible visualization via natural
       language descriptions. IEEE Transactions on Visualization and Computer Graphics.
    """
    said = [
        _construction(standings, rows),
        _list(rows, "met", "at or above the bar", _beyond),
        _list(rows, "below", "below", lambda r: f"({steps(r.gap_min or 0, r.gap_max or 0)})"),
        _list(
            rows,
            "open",
            "claimed at the bar or above, with evidence below it",
            lambda r: f"(evidence for {r.supported}, bar {r.required})",
        ),
        _unknown(rows),
        _list(rows, "no-bar", "rated where no bar is set"),
        _list(rows, "not-applicable", "not applicable", lambda r: f"({r.reason})"),
        _thresholds(standings, rows),
        _open_questions(rows),
        _largest(rows),
        _areas(rows),
        _claims(rows),
        "Data table follows.",
    ]
    return " ".join(s for s in said if s)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _construction(standings: Standings, rows: Sequence[Row]) -> str:
    scale = standings.framework.scale
    areas = [title for title, _ in by_area(tuple(rows))]
    where = f"area {areas[0]}" if len(areas) == 1 else f"{len(areas)} areas ({', '.join(areas)})"
    first, last = scale[0], scale[-1]
    who = standings.assessment.rater.kind
    return (
        f"Dot plot, {_plural(len(rows), 'skill')}, {where}, levels {first.level} {first.name} to "
        f"{last.level} {last.name}, against the bar of {standings.profile.title}; {who} rating as "
        f"of {standings.assessment.as_of}."
    )


def _list(
    rows: Iterable[Row], kind: str, words: str, detail: Callable[[Row], str] = lambda _: ""
) -> str:
    chosen = [row for row in rows if row.kind == kind]
    if not chosen:
        return ""
    names = ", ".join(f"{row.title} {detail(row)}".rstrip() for row in chosen)
    return f"{len(chosen)} {words}: {names}."


def _beyond(row: Row) -> str:
    return "(above)" if row.target is not None and row.low > row.target else ""


def _unknown(rows: Iterable[Row]) -> str:
    unknown = [row for row in rows if row.kind == "unknown"]
    if not unknown:
        return ""
    groups = [
        f"{_MORE.get(state, state)}: {', '.join(r.title for r in unknown if r.state == state)}"
        for state in dict.fromkeys(r.state for r in unknown)
    ]
    return f"{len(unknown)} unknown ({'; '.join(groups)})."


def _thresholds(standings: Standings, rows: Iterable[Row]) -> str:
    said = []
    for name in ("gate", "floor"):
        asked = [(r, getattr(r, name)) for r in rows if getattr(r, name) is not None]
        if asked:
            names = ", ".join(
                f"{r.title} {standings.levels[at]}{' (N/A)' if r.kind == 'not-applicable' else ''}"
                for r, at in asked
            )
            said.append(f"{name.capitalize()}s: {names}.")
    return " ".join(said)


def _open_questions(rows: Iterable[Row]) -> str:
    names = [
        f"{r.title} ({r.required_if_on} instead of {r.required} if yes to {r.question})"
        for r in rows
        if r.required_if_on is not None
    ]
    return f"Bar depends on an open question: {', '.join(names)}." if names else ""


def _largest(rows: Iterable[Row]) -> str:
    below = [row for row in rows if row.kind == "below"]
    if not below:
        return ""
    most = max(row.gap_min or 0 for row in below)
    names = ", ".join(row.title for row in below if row.gap_min == most)
    each = " each" if sum(row.gap_min == most for row in below) > 1 else ""
    return f"Largest gap: {names}, {steps(most, most)} below{each}."


def _areas(rows: Sequence[Row]) -> str:
    inside = list(by_area(tuple(rows)))
    if len(inside) == 1:
        return ""
    said = [
        f"{title} {below} of {len(many)}"
        for title, many in inside
        if (below := sum(row.kind == "below" for row in many))
    ]
    return f"Below the bar by area: {', '.join(said)}." if said else ""


def _claims(rows: Iterable[Row]) -> str:
    names = [
        f"{row.title} (claimed {row.claimed}, supported {row.supported})"
        for row in rows
        if row.claimed is not None and row.low < row.high
    ]
    return f"Claimed above evidence: {', '.join(names)}." if names else ""
