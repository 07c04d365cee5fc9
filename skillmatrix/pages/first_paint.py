"""What the server draws before any script has run: true, readable, and replaced later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

_BRAND = (
    '<span class="sm-brand"><svg class="sm-brand-mark" viewBox="0 0 20 20" width="20" height="20" '
    'aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14" class="sm-brand-lines"/>'
    '<circle cx="7" cy="5" r="2.4"/><circle cx="14" cy="10" r="2.4"/>'
    '<circle cx="10" cy="15" r="2.4"/></svg>skillmatrix</span>'
)
# Word for word as in home.js, so that nothing moves when it takes over.
_HOME = "Where do you stand, and what comes next?"
_HOME_LEAD = (
    "A workbook in which you set your own work beside written examples and evidence, skill by "
    "skill, and see what stands between you and the next role. It is not a test, a performance "
    "rating or a decision: it prepares a conversation, and a person decides. Everything stays on "
    "this machine until you hand over a file yourself."
)
# As wide and high as the buttons that come with the scripts, so that nothing moves then.
_BUTTON_PLACE = '<span class="sm-icon-button"></span>'
_UNDOING = {"self_review", "mentor_session"}
_MENU_PLACE = (
    '<div class="sm-menu" aria-hidden="true" style="visibility:hidden">'
    '<span class="sm-icon-button sm-button-text"><svg class="sm-icon"></svg>'
    '<span class="sm-menu-word">Display</span></span></div>'
)


def first_paint(page: str, workspace: Path, query: Mapping[str, str]) -> str:
    """
    Draw a page as it is on disk now, as plain HTML.

    Parameters
    ----------
    page : str
        Name of the page; one that is not known gives nothing.
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
        return _framed(_role_guide(query))
    if page not in _DRAWN or not (workspace / "skillmatrix.db").exists():
        return ""
    from skillmatrix.store import open_store

    with open_store(workspace) as store:
        return _framed(_DRAWN[page](store, query))


def _framed(content: str) -> str:
    return f'<div class="sm" aria-busy="true"><div class="sm-frame">{content}</div></div>'


def _header(page: str, person: str | None, code: str | None, ladder: str | None = None) -> str:
    from skillmatrix.pages.places import navigation

    links = "".join(
        f'<a href="{escape(entry["href"])}"'
        f"{_current(entry['current'])}>{escape(entry['title'])}</a>"
        for entry in navigation(page, "voila", code, ladder)
    )
    whose = (
        f'<span class="sm-whose-name" dir="auto">{escape(person)}</span>'
        '<span class="sm-whose-kind">private draft</span>'
        if person
        else ""
    )
    undo = f'<span class="sm-undo">{2 * _BUTTON_PLACE}</span>' if page in _UNDOING else ""
    return (
        f'<div class="sm-top"><div class="sm-header">{_BRAND}'
        f'<nav class="sm-nav" aria-label="Pages">{links}</nav><p class="sm-whose">{whose}</p>'
        f'{undo}<p class="sm-saved">Opening\N{HORIZONTAL ELLIPSIS}</p>{_MENU_PLACE}</div></div>'
    )


def _current(current: bool) -> str:
    return ' aria-current="page"' if current else ""


def _home(store: Any, query: Mapping[str, str]) -> str:
    from skillmatrix.framework.ladders import places
    from skillmatrix.pages import rounds
    from skillmatrix.pages.entries import entry_of

    several = len(places()) > 1
    entries = [entry_of(store, head, "voila") for head in rounds.own_rounds(store)]
    items = "".join(_assessment(entry, several) for entry in entries)
    held = (
        '<section class="sm-workspace"><h2 class="sm-section-title">In this workspace</h2>'
        f'<ul class="sm-assessments" role="list">{items}</ul></section>'
    )
    return (
        f'{_header("home", None, None)}<div class="sm-content"><div class="sm-home">'
        f'<header class="sm-home-head"><h1>{_HOME}</h1><p class="sm-lead-text">{_HOME_LEAD}</p>'
        f'</header><div class="sm-home-grid"><div class="sm-home-main">{held if items else ""}'
        "</div></div></div></div>"
    )


def _assessment(entry: Mapping[str, Any], several: bool) -> str:
    name = escape(entry["person"] or "No name")
    if entry["problem"]:
        meta, rated = escape(entry["problem"]), ""
    else:
        titles = [entry["profile_title"], entry["ladder_title"] if several else ""]
        meta = escape(" · ".join(title for title in titles if title))
        rated = f"{entry['rated']} of {entry['total']} rated"
        name = f'<a href="{escape(entry["href"])}">{name}</a>'
    return (
        '<li class="sm-assessment"><div class="sm-assessment-body">'
        f'<p class="sm-assessment-name" dir="auto">{name}</p>'
        f'<p class="sm-assessment-meta">{meta}</p></div>'
        f'<p class="sm-assessment-rated">{rated}</p></li>'
    )


def _role_guide(query: Mapping[str, str]) -> str:
    from skillmatrix.pages.guide_view import sections_view, titles_of
    from skillmatrix.pages.ladders import named_framework

    framework = named_framework(query.get("framework"))
    sections = sections_view(framework)
    contents = "".join(
        f'<li><a href="#section/{s["section"]}"><span class="sm-guide-toc-number">{s["section"]}'
        f"</span><span>{escape(s['title'])}</span></a></li>"
        for s in sections
    )
    first = "".join(_guide_section(section, titles_of(framework)) for section in sections[:1])
    header = _header("role_guide", None, query.get("assessment"), framework.id)
    return (
        f'{header}<div class="sm-content"><div class="sm-guide">'
        '<div class="sm-guide-head"><div class="sm-page-title"><h1>Role guide</h1>'
        f'<p class="sm-page-aim">{escape(framework.title)}</p></div></div>'
        '<div class="sm-guide-body"><nav class="sm-guide-toc" aria-label="Sections of the guide">'
        f'<ol role="list">{contents}</ol></nav><div class="sm-guide-main">{first}</div></div>'
        "</div></div>"
    )


def _guide_section(section: Any, titles: Mapping[str, tuple[str, str]]) -> str:
    groups = "".join(
        f'<h3 class="sm-guide-h3">{escape(group["title"])}</h3>'
        '<ul class="sm-guide-items" role="list">'
        + "".join(
            f'<li class="sm-guide-item"><h4 class="sm-guide-item-title">'
            f"{escape(titles[name][0])}</h4>"
            f'<p class="sm-guide-text">{escape(titles[name][1])}</p></li>'
            for name in group["items"]
        )
        + "</ul>"
        for group in section["groups"]
    )
    return (
        '<section class="sm-guide-section"><h2 class="sm-guide-h2"><span class="sm-guide-number">'
        f"{section['section']}</span> {escape(section['title'])}</h2>"
        f'<p class="sm-guide-intro">{escape(section["intro"])}</p>{groups}</section>'
    )


def _self_review(store: Any, query: Mapping[str, str]) -> str:
    from skillmatrix.pages import rounds
    from skillmatrix.pages.first_board import first_board

    heads = rounds.own_rounds(store)
    code = query.get("assessment") or store.last_opened() or (heads[0].code if heads else None)
    if code is None:
        header = _header("self_review", None, None)
        return f'{header}<div class="sm-content"><h1>Self-review</h1></div>'
    head = store.assessment(code)
    framework = rounds.framework_of(head)
    assessment, _ = rounds.read_round(store, head)
    drawn = first_board(framework, assessment)
    header = _header("self_review", head.person_name, code, framework.id)
    return f'{header}<div class="sm-content">{drawn}</div>'


def _titled(page: str) -> Callable[[Any, Mapping[str, str]], str]:
    """Draw a page that shows nothing of anybody before its script has run."""

    def drawn(store: Any, query: Mapping[str, str]) -> str:
        header = _header(page, None, query.get("assessment"))
        return f'{header}<div class="sm-content"><h1>{_TITLES[page]}</h1></div>'

    return drawn


_TITLES = {
    "mentor_session": "Mentor session",
    "calibration": "Calibration session",
    "interview_panel": "Interview panel",
}
_DRAWN = {"home": _home, "self_review": _self_review, **{page: _titled(page) for page in _TITLES}}
