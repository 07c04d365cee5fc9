"""The person's own board as the server draws it: the same shapes in the same places as the page.

What is drawn here is replaced by `self_review.js`; as long as both have the same skeleton,
nothing moves when that happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework
from skillmatrix.pages.assessment_view import assessment_view

Row = Mapping[str, Any]

_STEPS = (("aim", "Aim"), ("rate", "Rate"), ("record", "Record"), ("results", "Results"))
_MOST_COLUMNS = 6
_STATES = {
    "MET": ("check", "Met", '<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/>'),
    "NOT MET": ("cross", "Not met", '<path d="M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8"/>'),
    "OPEN": ("open", "Open", '<circle cx="8" cy="8" r="6"/>'),
}
_LEGEND = (
    ("sm-mark-supported", "evidence supports"),
    ("sm-mark-claimed", "claimed"),
    ("sm-mark-bar", "bar"),
    ("sm-mark-bar sm-mark-bar-gate", "gate"),
    ("sm-mark-floor", "floor"),
    ("sm-mark-unknown", "not known"),
)
_WITHOUT_LEVEL = {
    "UNRATED": "Not rated",
    "DECLINED": "Not said",
    "NOT_OBSERVED": "Not seen",
    "NOT_APPLICABLE": "N/A proposed",
}


def first_board(framework: Framework, assessment: Assessment) -> str:
    """
    Draw step, criteria and board of a self-review.

    Parameters
    ----------
    framework : Framework
    assessment : Assessment

    Returns
    -------
    str
        HTML without a script; every text is escaped.
    """
    view = assessment_view(framework, assessment)
    rows, title = view["rows"], framework.profiles[assessment.aim.profile].title
    asked = [row for row in rows if not row["not_applicable"]]
    rated = sum(isinstance(row["value"], int) for row in asked)
    return (
        '<div class="sm-page-head"><div class="sm-page-title"><h1>Self-review</h1>'
        f'<p class="sm-page-aim">{escape(title)}<span class="sm-page-count">'
        f" · {rated} of {len(asked)} rated</span></p></div>{_steps(framework)}</div>"
        f'<div class="sm-rate">{_strip(view["verdict"]["criteria"])}'
        '<details class="sm-more sm-level-meanings"><summary>What the levels mean</summary>'
        "</details>"
        '<div class="sm-rate-grid">'
        f'<div class="sm-rate-board"><div class="sm-board-key">{_legend(framework, rows)}'
        '<details class="sm-keys"><summary>Keyboard</summary></details></div>'
        f'<div class="sm-board sm-board-readonly" style="--sm-levels:{len(framework.scale)}">'
        f"{_board(framework, rows)}</div></div>"
        '<div class="sm-panel" style="visibility:hidden"></div></div></div>'
    )


def _steps(framework: Framework) -> str:
    steps = [step for step in _STEPS if step[0] != "record" or framework.record]
    items = "".join(
        f'<li><a href="#{step}"{_current(step)}><span class="sm-step-number" aria-hidden="true">'
        f"{number}</span>{title}</a></li>"
        for number, (step, title) in enumerate(steps, start=1)
    )
    return f'<nav class="sm-steps" aria-label="Steps"><ol role="list">{items}</ol></nav>'


def _current(step: str) -> str:
    return ' aria-current="step"' if step == "rate" else ""


def _strip(criteria: Sequence[Mapping[str, Any]]) -> str:
    items = ""
    for criterion in criteria:
        shape, word, drawing = _STATES[criterion["state"]]
        code = escape(criterion["code"] or "")
        items += (
            f'<li class="sm-strip-item sm-strip-{shape}{"" if code else " sm-strip-plain"}">'
            '<a href="#results">'
            + (f'<span class="sm-strip-code">{code}</span>' if code else "")
            + f'<span class="sm-strip-title">{escape(criterion["title"])}</span>'
            f'<span class="sm-state sm-state-{shape}"><svg class="sm-icon" viewBox="0 0 16 16" '
            f'width="16" height="16" aria-hidden="true">{drawing}</svg>'
            f'<span class="sm-state-word">{word}</span></span></a></li>'
        )
    if not items:
        return ""
    name = "sm-strip sm-strip-one" if len(criteria) == 1 else "sm-strip"
    columns = f"--sm-criteria:{min(len(criteria), _MOST_COLUMNS)}"
    return (
        f'<ul class="{name}" role="list" aria-label="Criteria now" style="{columns}">{items}</ul>'
    )


def _legend(framework: Framework, rows: Iterable[Row]) -> str:
    left_out = set()
    if not any(row[kind] is not None for row in rows for kind in ("gate", "floor")):
        left_out |= {"gate", "floor"}
    marks: Sequence[tuple[str, str]] = _LEGEND
    if not framework.asks_evidence:
        marks = ((_LEGEND[0][0], "your level"), *_LEGEND[2:])
    items = "".join(
        '<li><span class="sm-legend-mark" aria-hidden="true">'
        f'<span class="{mark}"></span></span>{text}</li>'
        for mark, text in marks
        if text not in left_out
    )
    return f'<ul class="sm-legend" role="list">{items}</ul>'


def _board(framework: Framework, rows: Iterable[Row]) -> str:
    by_skill = {row["skill"]: row for row in rows}
    levels = "".join(
        f'<span class="sm-board-level"><b>{d.level}</b>'
        f'<span class="sm-board-level-name">{escape(d.name)}</span></span>'
        for d in framework.scale
    )
    parts = [
        '<div class="sm-board-head" aria-hidden="true">'
        '<span class="sm-board-head-name">Skill</span>'
        f'<span class="sm-board-head-levels">{levels}</span>'
        '<span class="sm-board-head-status">Against the bar</span></div>'
    ]
    for area in framework.areas.values():
        skills = [skill for skill in framework.skills.values() if skill.area == area.id]
        items = "".join(_row(framework, skill.title, by_skill[skill.id]) for skill in skills)
        asked = [row for row in (by_skill[s.id] for s in skills) if not row["not_applicable"]]
        rated = sum(isinstance(row["value"], int) for row in asked)
        parts.append(
            f'<section class="sm-area"><div class="sm-area-head"><h3>{escape(area.title)}</h3>'
            f'<span class="sm-area-count">{rated} of {len(asked)} rated</span></div>'
            f'<ul class="sm-rows" role="list">{items}</ul></section>'
        )
    return "".join(parts)


def _row(framework: Framework, title: str, row: Row) -> str:
    words = escape(f"{title}: {_words(row, framework.asks_evidence)}")
    kind, standing = _standing(row)
    signs = "".join(
        f'<span class="sm-sign">{name} {row[key]}</span>'
        for key, name in (("gate", "Gate"), ("floor", "Floor"))
        if row[key] is not None and not row["not_applicable"]
    )
    return (
        '<li class="sm-row"><div class="sm-row-name">'
        f'<span class="sm-row-title">{escape(title)}</span>'
        f'<span class="sm-row-signs">{signs}</span></div>'
        f'<div class="sm-track" role="img" aria-label="{words}">'
        f'<span class="sm-marks" aria-hidden="true">{_marks(framework, row)}</span></div>'
        f'<div class="sm-row-status"><span class="sm-standing sm-standing-{kind}">'
        f"<span>{escape(standing)}</span></span></div></li>"
    )


def _words(row: Row, evidence: bool) -> str:
    if row["not_applicable"]:
        return f"does not apply here: {row['not_applicable']}"
    bar = f"bar {row['required']}" if row["required"] is not None else "no bar"
    if not row["asked"]:
        bar = "not asked by this role"
    if not isinstance(row["value"], int):
        return f"not known, {bar}"
    if not evidence:
        return f"level {row['claimed']}, {bar}"
    return f"claimed {row['claimed']}, evidence supports {row['supported']}, {bar}"


def _standing(row: Row) -> tuple[str, str]:
    """Give the word at the end of a row, as `rowStanding` in ``board.js`` does."""
    bar, met = row["required"], row["met"]
    if row["not_applicable"]:
        return "na", f"N/A: {row['not_applicable']}"
    known = isinstance(row["value"], int)
    if bar is None and (known or (not row["asked"] and row["value"] == "UNRATED")):
        return "quiet", "No bar set" if row["asked"] else "Not asked by this role"
    if not known:
        return "unknown", _WITHOUT_LEVEL[row["value"]]
    if met is None:
        return "open", f"Evidence for {row['supported']}"
    if met:
        return "met", "Above the bar" if row["low"] > bar else "At the bar"
    steps = max(1, row["gap_min"])
    return "below", f"{steps} step{'' if steps == 1 else 's'} below"


def _marks(framework: Framework, row: Row) -> str:
    order = {d.level.value: index for index, d in enumerate(framework.scale)}

    def at(level: int) -> str:
        return f"{(order[level] + 0.5) / len(order):.4f}"

    def mark(name: str, level: int) -> str:
        return f'<span class="sm-mark-{name}" style="--sm-at:{at(level)}"></span>'

    if row["not_applicable"]:
        return '<span class="sm-mark-struck"></span>'
    known = isinstance(row["value"], int)
    marks = "" if known else '<span class="sm-mark-unknown"></span>'
    if row["required"] is not None:
        marks += mark("bar", row["required"])
    if known:
        claimed, supported = row["claimed"], row["supported"]
        if supported < claimed:
            ends = f"--sm-from:{at(supported)};--sm-to:{at(claimed)}"
            marks += f'<span class="sm-mark-line" style="{ends}"></span>' + mark("claimed", claimed)
        marks += mark("supported", supported)
    return marks
