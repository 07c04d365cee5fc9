"""The pages of a person's own copy: plain, self-contained, every text escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from skillmatrix.assessment import Assessment, as_data
from skillmatrix.cli.check import count
from skillmatrix.store import AssessmentHead
from skillmatrix.store.spoken_of import LOG

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #51606f; --paper: #fff;
  --line: #c9d1d9; --shade: #f3f5f7; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --quiet: #a9b4bf; --paper: #14191f;
  --line: #3b4652; --shade: #1d242c; --link: #8ec1f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .6rem; }
p { margin: .5rem 0; max-width: 44rem; }
a { color: var(--link); }
.quiet { color: var(--quiet); }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0;
  border-bottom: 1px solid var(--line); white-space: pre-line; min-width: 6rem;
  overflow-wrap: break-word; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; width: 13rem; }
tbody th a { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .75rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
details { margin: .75rem 0; } summary { cursor: pointer; padding: .35rem 0; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; } tr { break-inside: avoid; } }
"""

_LABELS = {
    "ratings": "ratings",
    "evidence": "items of evidence",
    "notes": "notes",
    "record": "entries of the record",
    "plan": "skills planned",
    "case": "paragraphs",
}


def index_page(manifest: Mapping[str, Any]) -> str:
    """Give the page to begin with: who, what is held, where it is, and what is not in it."""
    person, counts = manifest["person"], manifest["counts"]
    name = person["name"] or "no name"
    facts = [
        ("Code", person["code"]),
        ("Name", person["name"] or "none in the key file"),
        ("Workspace", manifest["workspace"]),
        ("Known since", _moment(person["known_since"])),
        ("Last change", _moment(manifest["last_change"])),
        ("Kept until", manifest["keep_until"] or "no day: nothing was ever stored"),
        ("This copy was made", _moment(manifest["made_at"])),
    ]
    rows = [
        [
            _link(f"assessments/{entry['code']}.html", entry["code"]),
            escape(entry["framework"]),
            escape(_rater(entry["rater"])),
            escape(entry["status"] + (", deleted" if entry["deleted"] else "")),
            escape(_moment(entry["updated_at"])),
            escape(_content(entry)),
        ]
        for entry in manifest["assessments"]
    ]
    head = ["Assessment", "Ladder", "Rated by", "State", "Last change", "Holds"]
    total = (
        f"{count(counts['assessments'], 'assessment')} ({counts['deleted']} deleted) with "
        f"{count(counts['events'], 'event')}, and {count(counts['files'], 'file')} of the "
        "workspace."
    )
    parts = [
        f"<h1>Everything held on {escape(name)}</h1>",
        "<p>A copy of all that the workspace holds on one person: what holds now, and every "
        "change that led there, also what was undone, replaced or deleted. It contains private "
        "notes: keep it where only you can read it.</p>",
        _facts(facts),
        f"<h2>Assessments</h2><p>{escape(total)}</p>",
        _table("Assessments", head, rows) if rows else "<p>There is none.</p>",
        "<p>The same for programs: <code>assessments/*.assessment.json</code> (what holds now), "
        "<code>assessments/*.events.json</code> and "
        f"{_link('events.csv', 'events.csv')} (every change), "
        f"{_link('manifest.json', 'manifest.json')}. In the CSV file a cell that a spreadsheet "
        "would take for a formula begins with an apostrophe.</p>",
    ]
    if manifest["sessions"]:
        held = [
            [_link(f"sessions/{s['code']}.html", s["code"]), count(s["events"], "event")]
            for s in manifest["sessions"]
        ]
        parts += [
            "<h2>Calibration sessions and interviews</h2>",
            _table("Sessions", ["Session", "Holds"], held),
        ]
    if manifest["files"]:
        copied = [[_link(f["file"], f["file"]), escape(f["of"])] for f in manifest["files"]]
        parts += [
            "<h2>Files of the workspace</h2>",
            _table("Files", ["Copy", "Original"], copied),
        ]
    if manifest["problems"]:
        parts += ["<h2>Problems</h2>", _list(manifest["problems"])]
    parts += ["<h2>What is not in this copy</h2>", _list(manifest["not_included"])]
    return _page(f"Everything held on {name}", "".join(parts))


def assessment_page(
    head: AssessmentHead,
    assessment: Assessment | None,
    events: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
) -> str:
    """Give one assessment: what holds now, then every event in the order it came."""
    facts = [
        ("Code", head.code),
        ("Person", f"{head.person_name or 'no name'} ({head.person_code})"),
        ("Ladder", head.framework),
        ("Rated by", _rater(head.rater)),
        ("State", head.status + (", deleted" if head.deleted else "")),
        ("Begun", _moment(head.created_at.isoformat())),
        ("Last change", _moment(head.updated_at.isoformat())),
    ]
    parts = [
        f"<p>{_link('../index.html', 'Everything held')}</p>",
        f"<h1>Assessment {escape(head.code)}</h1>",
        _facts(facts),
    ]
    if assessment is None:
        parts.append("<p>What holds now cannot be made of these events; all of them follow.</p>")
    else:
        parts += _now(as_data(assessment), titles)
    rows = [
        [
            str(event["seq"]),
            escape(_moment(event["at"])),
            escape(event["kind"]),
            escape(titles.get(event["subject"], event["subject"])),
            escape(event["state"]),
            escape(_words(event["payload"])),
        ]
        for event in events
    ]
    columns = ["No.", "When", "What", "Of", "State", "Content"]
    parts += [
        "<h2>History</h2>",
        f"<details><summary>All {len(rows)} events, the oldest first</summary>",
        _table("History", columns, rows),
        "</details>",
    ]
    return _page(f"Assessment {head.code}", "".join(parts))


def session_page(code: str, events: Sequence[Mapping[str, Any]]) -> str:
    """Give what a calibration session or an interview holds of a person, in order."""
    rows = [
        [
            str(event["seq"]),
            escape(_moment(event["at"])),
            escape(event["subject"] if event["kind"] == LOG else event["kind"]),
            escape(_words(_said(event))),
        ]
        for event in events
    ]
    parts = [
        f"<p>{_link('../index.html', 'Everything held')}</p>",
        f"<h1>Session {escape(code)}</h1>",
        "<p>Files that were taken in, ratings of the session, and what its decision log says of "
        "this person. What it says of several people at once is not here.</p>",
        _table("Session", ["No.", "When", "What", "Content"], rows),
    ]
    return _page(f"Session {code}", "".join(parts))


def _said(event: Mapping[str, Any]) -> Any:
    payload = event["payload"]
    return payload["content"] if event["kind"] == LOG and payload else payload


def _now(data: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """Give every part of an assessment that has something in it, known here or not."""
    parts = []
    first = ("aim", "ratings", "notes", "evidence", "record", "plan", "case")
    told = {"format", "format_version", "framework", "person", "rater", "status", "created_at"}
    rest = [key for key in data if key not in told and key not in first]
    for key in [*first, *rest]:
        value = data.get(key)
        if value in (None, "", [], {}):
            continue
        heading = f"<h2>{escape(key.replace('_', ' ').capitalize())}</h2>"
        if isinstance(value, Mapping):
            rows = [
                [escape(titles.get(k, k.replace("_", " "))), escape(_words(v))]
                for k, v in value.items()
            ]
            parts += [heading, _table(key, ["Of", "Content"], rows)]
        elif isinstance(value, list):
            rows = [[str(number), escape(_words(v))] for number, v in enumerate(value, 1)]
            parts += [heading, _table(key, ["No.", "Content"], rows)]
        else:
            parts += [heading, f"<p>{escape(_words(value))}</p>"]
    return parts


def _words(value: Any) -> str:
    """Write a value as lines of ``name: content``; nothing in it is left out."""
    if isinstance(value, Mapping) and value:
        return "\n".join(f"{key.replace('_', ' ')}: {_inline(item)}" for key, item in value.items())
    return _inline(value)


def _inline(value: Any) -> str:
    if value is None or value == {}:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or "none"
    return json.dumps(value, ensure_ascii=False)


def _content(entry: Mapping[str, Any]) -> str:
    held = [f"{n} {_LABELS[part]}" for part, n in entry["content"].items() if n]
    return ", ".join([*held, count(entry["events"], "event")])


def _rater(rater: Mapping[str, Any]) -> str:
    return "the person" if rater.get("kind") == "self" else _words(rater) or "not said"


def _moment(text: str | None) -> str:
    return "never" if text is None else f"{text[:10]} {text[11:16]} UTC"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    lines = (f"<dt>{escape(name)}</dt><dd dir=auto>{escape(value)}</dd>" for name, value in facts)
    return f"<dl>{''.join(lines)}</dl>"


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li dir=auto>{escape(item)}</li>' for item in items)}</ul>"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Set cells that are HTML already; the first of each row is its heading."""
    columns = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row" dir="auto">{first}</th>'
        + "".join(f'<td dir="auto">{cell}</td>' for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}"><table>'
        f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )
