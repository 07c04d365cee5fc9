"""What the server draws before any script has run: true, readable, and replaced later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any


def first_paint(page: str, workspace: Path, query: Mapping[str, str]) -> str:
    """
    Draw a page as it is on disk now, as plain HTML.

    Parameters
    ----------
    page : str
        ``home``, ``role_guide`` or ``self_review``; any other gives nothing.
    workspace : Path
        Read, never made: a workspace that is not there gives nothing, but for the role guide.
    query : mapping of str to str
        Of the address; ``assessment`` names one.

    Returns
    -------
    str
        HTML; every text a person typed is escaped.

    Raises
    ------
    StoreError
        If the workspace cannot be read.
    """
    if page == "role_guide":
        return _framed(_role_guide())
    if page not in _DRAWN or not (workspace / "skillmatrix.db").exists():
        return ""
    from skillmatrix.store import open_store

    with open_store(workspace) as store:
        return _framed(_DRAWN[page](store, query))


def _framed(content: str) -> str:
    return f'<div class="sm" aria-busy="true"><div class="sm-frame">{content}</div></div>'


def _header(page: str, person: str | None, code: str | None) -> str:
    from skillmatrix.pages.places import navigation

    links = "".join(
        f'<a href="{escape(entry["href"])}"'
        f"{_current(entry['current'])}>{escape(entry['title'])}</a>"
        for entry in navigation(page, "voila", code)
    )
    whose = (
        f'<span class="sm-whose-name" dir="auto">{escape(person)}</span>'
        '<span class="sm-whose-kind">private draft</span>'
        if person
        else ""
    )
    return (
        '<div class="sm-top"><div class="sm-header"><span class="sm-brand">skillmatrix</span>'
        f'<nav class="sm-nav" aria-label="Pages">{links}</nav><p class="sm-whose">{whose}</p>'
        '<p class="sm-saved">Opening\N{HORIZONTAL ELLIPSIS}</p></div></div>'
    )


def _current(current: bool) -> str:
    return ' aria-current="page"' if current else ""


def _home(store: Any, query: Mapping[str, str]) -> str:
    from skillmatrix.pages.entries import entry_of

    items = "".join(
        '<li class="sm-assessment">'
        f'<a class="sm-link-strong" dir="auto" href="{escape(e["href"])}">'
        f'{escape(e["person"])}</a> <span class="sm-quiet">{escape(e["profile_title"])} · '
        f"{e['rated']} of {e['total']} rated</span></li>"
        for e in (entry_of(store, head, "voila") for head in store.assessments())
    )
    held = f'<h2>In this workspace</h2><ul role="list">{items}</ul>' if items else ""
    return f'{_header("home", None, None)}<div class="sm-content"><h1>skillmatrix</h1>{held}</div>'


def _role_guide() -> str:
    from skillmatrix.framework import load_framework
    from skillmatrix.pages.rounds import DEFAULT_FRAMEWORK

    framework = load_framework(DEFAULT_FRAMEWORK)
    sections = list(framework.guide.values())
    contents = "".join(
        f'<li><a href="#section/{s.section}"><span class="sm-guide-toc-number">{s.section}</span>'
        f"<span>{escape(s.title)}</span></a></li>"
        for s in sections
    )
    first = "".join(_guide_section(section) for section in sections[:1])
    return (
        f'{_header("role_guide", None, None)}<div class="sm-content"><div class="sm-guide">'
        '<div class="sm-guide-head"><div class="sm-page-title"><h1>Role guide</h1>'
        f'<p class="sm-page-aim">{escape(framework.title)}</p></div></div>'
        '<div class="sm-guide-body"><nav class="sm-guide-toc" aria-label="Sections of the guide">'
        f'<ol role="list">{contents}</ol></nav><div class="sm-guide-main">{first}</div></div>'
        "</div></div>"
    )


def _guide_section(section: Any) -> str:
    groups = "".join(
        f'<h3 class="sm-guide-h3">{escape(group.title)}</h3>'
        '<ul class="sm-guide-items" role="list">'
        + "".join(
            f'<li class="sm-guide-item"><h4 class="sm-guide-item-title">{escape(item.title)}</h4>'
            f'<p class="sm-guide-text">{escape(item.text or "")}</p></li>'
            for item in group.items.values()
        )
        + "</ul>"
        for group in section.groups.values()
    )
    return (
        '<section class="sm-guide-section"><h2 class="sm-guide-h2"><span class="sm-guide-number">'
        f"{section.section}</span> {escape(section.title)}</h2>"
        f'<p class="sm-guide-intro">{escape(section.intro)}</p>{groups}</section>'
    )


def _self_review(store: Any, query: Mapping[str, str]) -> str:
    from skillmatrix.pages import rounds
    from skillmatrix.pages.assessment_view import rows_view

    heads = store.assessments()
    code = query.get("assessment") or store.last_opened() or (heads[0].code if heads else None)
    if code is None:
        header = _header("self_review", None, None)
        return f'{header}<div class="sm-content"><h1>Self-review</h1></div>'
    head = store.assessment(code)
    framework = rounds.framework_of(head)
    assessment, _ = rounds.read_round(store, head)
    rows = rows_view(framework, assessment)
    rated = sum(isinstance(row["value"], int) for row in rows)
    profile = framework.profiles[assessment.aim.profile]
    return (
        f"{_header('self_review', head.person_name, code)}"
        '<div class="sm-content"><div class="sm-page-head"><div class="sm-page-title">'
        f'<h1>Self-review</h1><p class="sm-page-aim">{escape(profile.title)}'
        f'<span class="sm-page-count"> · {rated} of {len(rows)} rated</span></p></div></div>'
        f'<div class="sm-board sm-board-readonly">{_board(framework, rows)}</div></div>'
    )


def _board(framework: Any, rows: Iterable[Mapping[str, Any]]) -> str:
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
        items = "".join(
            _row(framework, skill.title, by_skill[skill.id])
            for skill in framework.skills.values()
            if skill.area == area.id
        )
        parts.append(
            '<section class="sm-area"><div class="sm-area-head">'
            f"<h3>{escape(area.title)}</h3></div>"
            f'<ul class="sm-rows" role="list">{items}</ul></section>'
        )
    return "".join(parts)


def _row(framework: Any, title: str, row: Mapping[str, Any]) -> str:
    count = len(framework.scale)
    order = {d.level.value: index for index, d in enumerate(framework.scale)}

    def at(level: int) -> float:
        return (order[level] + 0.5) / count

    marks = []
    known = isinstance(row["value"], int)
    if row["not_applicable"]:
        words, marks = (
            f"does not apply here: {row['not_applicable']}",
            ['<span class="sm-mark-struck"></span>'],
        )
    else:
        if not known:
            marks.append('<span class="sm-mark-unknown"></span>')
        if row["required"]:
            marks.append(
                f'<span class="sm-mark-bar" style="--sm-at:{at(row["required"]):.4f}"></span>'
            )
        if known:
            claimed, supported = row["claimed"], row["supported"]
            if supported < claimed:
                ends = f"--sm-from:{at(supported):.4f};--sm-to:{at(claimed):.4f}"
                marks.append(f'<span class="sm-mark-line" style="{ends}"></span>')
                marks.append(
                    f'<span class="sm-mark-claimed" style="--sm-at:{at(claimed):.4f}"></span>'
                )
            marks.append(
                f'<span class="sm-mark-supported" style="--sm-at:{at(supported):.4f}"></span>'
            )
            words = f"claimed {claimed}, evidence supports {supported}, bar {row['required']}"
        else:
            words = f"not known, bar {row['required']}"
    return (
        '<li class="sm-row"><div class="sm-row-name">'
        f'<span class="sm-row-title">{escape(title)}</span></div>'
        f'<div class="sm-track" role="img" aria-label="{escape(f"{title}: {words}")}">'
        f'<span class="sm-marks" aria-hidden="true">{"".join(marks)}</span></div>'
        '<div class="sm-row-status"></div></li>'
    )


_DRAWN = {"home": _home, "self_review": _self_review}
