"""The minutes of a calibration session, and what each person takes away from it: HTML files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from skillmatrix.framework.model import Framework
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Changes
from skillmatrix.panel.excerpts import own_excerpt
from skillmatrix.panel.minutes import REFUSALS, level_words, minutes
from skillmatrix.reports.files import ReportFile
from skillmatrix.reports.html import environment, style
from skillmatrix.reports.parts import DECIDES

#: How entries of a log are called on an excerpt.
ENTRIES = {
    "collected": "Ratings taken in",
    "withdrawn": "Ratings taken out again",
    "second": "Rated again, blind",
    "decided": "Decided",
    "left_open": "Left open",
    "follow_up": "Follow-up",
    "done": "Follow-up ended",
    "spoken": "Talked about",
    "remark": "Words for the minutes",
}


def minutes_report(
    calibration: Calibration,
    found: Changes,
    *,
    names: bool = False,
    refused: Iterable[tuple[str, str]] = (),
    groups: Iterable[tuple[str, str]] = (),
) -> ReportFile:
    """
    Write the minutes of a session.

    Parameters
    ----------
    calibration, found, names, refused, groups
        As `skillmatrix.panel.minutes.minutes` takes them.

    Returns
    -------
    ReportFile
        UTF-8 HTML without script or request; every word that was typed is escaped.
    """
    told = minutes(calibration, found, names=names, refused=refused, groups=groups)
    page: str = (
        environment()
        .get_template("minutes.html.j2")
        .render(
            style=style(),
            minutes=told,
            title=calibration.log.head.title,
            refusals=REFUSALS,
            decides=DECIDES,
            erase="skillmatrix person erase",
        )
    )
    head = calibration.log.head
    day = head.started_at.date().isoformat()
    return ReportFile(f"{head.code}-{day}-minutes.html", page.encode())


def excerpt_report(
    calibration: Calibration, found: Changes, person: str, *, names: bool = False
) -> ReportFile:
    """
    Write a person's own excerpt.

    Parameters
    ----------
    calibration, found, person, names
        As `skillmatrix.panel.excerpts.own_excerpt` takes them.

    Returns
    -------
    ReportFile
        UTF-8 HTML without script or request.
    """
    told = own_excerpt(calibration, found, person, names=names)
    framework = calibration.framework
    page: str = (
        environment()
        .get_template("excerpt.html.j2")
        .render(
            style=style(),
            excerpt=told,
            skills=[_skill(framework, each) for each in told["skills"]],
            decisions=[_entry(calibration, each) for each in told["entries"]],
            titles=calibration.framework.skills,
            decides=DECIDES,
        )
    )
    return ReportFile(f"{person}.excerpt.html", page.encode())


def excerpt_data(
    calibration: Calibration, found: Changes, person: str, *, names: bool = False
) -> ReportFile:
    """Write a person's own excerpt as JSON; see `excerpt_report`."""
    told = own_excerpt(calibration, found, person, names=names)
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    return ReportFile(f"{person}.excerpt.json", text.encode())


def all_excerpts(calibration: Calibration, found: Changes, *, names: bool = False) -> ReportFile:
    """
    Write the excerpts of everybody into one ZIP, each as HTML and as JSON.

    Returns
    -------
    ReportFile
        To be handed out one by one: no file in it is for anybody but the person it is about.
    """
    head = calibration.log.head
    day = head.started_at.date()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for person in calibration.people:
            for write in (excerpt_report, excerpt_data):
                made = write(calibration, found, person, names=names)
                stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
                archive.writestr(
                    zipfile.ZipInfo(made.name, stamp), made.content, zipfile.ZIP_DEFLATED
                )
    return ReportFile(f"{head.code}-{day.isoformat()}-excerpts.zip", held.getvalue())


def _skill(framework: Framework, each: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": each["title"],
        "own": level_words(framework, each["own"]),
        "others": [(o["rater"], level_words(framework, o["level"])) for o in each["others"]],
        "agreed": level_words(framework, each["agreed"]),
    }


def _entry(calibration: Calibration, entry: dict[str, Any]) -> dict[str, Any]:
    """Tell one entry of a log in words: a heading, and rows of label and text."""
    said, framework = entry["content"], calibration.framework
    criteria = {name: each.title for name, each in framework.criteria.items()}
    skill = framework.skills[said["skill"]].title if said.get("skill") in framework.skills else ""
    rows: list[tuple[str, str]] = [
        ("Criterion", criteria.get(said.get("criterion", ""), "")),
        ("Skill", skill),
        ("Rater", said.get("rater") or ("you" if entry["kind"] in {"collected"} else "")),
    ]
    for before in said.get("before", ()):
        words = level_words(framework, before["first"])
        if before.get("second") is not None:
            words += f", the second time {level_words(framework, before['second'])}"
        rows.append((f"Before: {before.get('rater') or 'your own view'}", words))
    for name, value in (said.get("levels") or {}).items():
        title = framework.skills[name].title if name in framework.skills else name
        rows.append((title, level_words(framework, value)))
    if "after" in said:
        rows.append(("Decided", level_words(framework, said["after"])))
    rows += [
        ("Reason", said.get("reason", "")),
        ("In words", said.get("words", "") or said.get("why", "") or said.get("text", "")),
        ("Evidence", ", ".join(said.get("evidence", ()))),
    ]
    rows += [
        (f"Dissent: {each['rater']}", each["words"] or "without words")
        for each in said.get("dissent", ())
    ]
    rows += [
        ("Decided by", said.get("decided_by", "")),
        ("Corrects entry", str(said.get("corrects") or "")),
        ("Waits for", said.get("waits_for", "")),
        ("Brought by", said.get("owner", "")),
        ("Due", said.get("due") or ""),
        ("Locked", (said.get("locked_at") or "")[:10]),
    ]
    if entry["kind"] == "done":
        rows.append(("Done", said.get("done") or "dropped"))
    if entry["kind"] == "spoken":
        rows.append(("Minutes", f"{round(said['seconds'] / 60)}"))
    return {
        "number": entry["seq"],
        "at": entry["at"][:16].replace("T", " "),
        "title": ENTRIES.get(entry["kind"], entry["kind"]),
        "rows": [(label, text) for label, text in rows if text],
        "hash": entry["hash"],
    }
