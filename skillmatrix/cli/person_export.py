"""Everything held on one person, as a folder: pages to read, JSON and CSV for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skillmatrix.assessment import Assessment, as_data
from skillmatrix.assessment.events import KINDS, history
from skillmatrix.cli.person_page import assessment_page, index_page, session_page
from skillmatrix.errors import SkillMatrixError, UsageError
from skillmatrix.pages import rounds
from skillmatrix.store import AssessmentHead, Store, StoredEvent
from skillmatrix.store.erase import preview
from skillmatrix.store.people import Records, records_of, retention_months
from skillmatrix.store.remains import lines_about
from skillmatrix.store.traces import Traces

FORMAT = "skillmatrix.person-export"
FORMAT_VERSION = 1
COLUMNS = ("assessment", "seq", "at", "kind", "subject", "state", "payload", "base", "id")
HOLDS, REPLACED, UNDONE = "holds", "replaced by a later one", "undone"

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(
    store: Store, code: str, out: Path | None, at: dt.datetime
) -> tuple[Path, dict[str, Any]]:
    """
    Write everything held on a person into a new folder, whole or not at all.

    Parameters
    ----------
    store : Store
    code : str
    out : Path or None
        The folder; by default one named by the code, where the command was called.
    at : datetime

    Returns
    -------
    tuple of (Path, dict)
        The folder, and the manifest that is in it.

    Raises
    ------
    UsageError
        If nobody has that code, or the folder has something in it.
    """
    held = records_of(store, code, at.date(), retention_months())
    folder = (out or Path(f"person-{code}")).expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder} is there already; name a new folder with --out"
        raise UsageError(msg)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".skillmatrix-", dir=folder.parent))
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        manifest = _fill(made, store, held, at)
        made.replace(folder)
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder, manifest


def _refused(folder: Path, error: OSError) -> SkillMatrixError:
    return SkillMatrixError(
        f"{folder} cannot be written ({error.strerror or error}); see that the disk is not full "
        "and that you may write there, or name another folder with --out. Nothing was written."
    )


def _fill(made: Path, store: Store, held: Records, at: dt.datetime) -> dict[str, Any]:
    code = held.held.code
    found = preview(store, code)
    entries, problems, everything = [], [], []
    for head in held.heads:
        events = held.events[head.code]
        states = states_of(events)
        everything += [_cells(head, event, states[event.id]) for event in events]
        assessment, problem = _folded(store, head)
        if problem:
            problems.append(problem)
        entries.append(_entry(head, events, assessment, problem))
        plain = [_plain(event, states[event.id]) for event in events]
        _json(made / f"assessments/{head.code}.events.json", plain)
        if assessment is not None:
            _json(made / f"assessments/{head.code}.assessment.json", as_data(assessment))
        text = assessment_page(head, assessment, plain, _titles(head))
        _text(made / f"assessments/{head.code}.html", text)
    for meeting, said in held.meetings.items():
        told = [_plain(event, "") for event in said]
        _json(made / f"sessions/{meeting}.json", told)
        _text(made / f"sessions/{meeting}.html", session_page(meeting, told))
    _text(made / "events.csv", _csv(everything))
    copied = _copied(made, store.folder, found.remains.hers)
    copied += _lines(made, found.remains.logs, found.sought.files)
    others = [*found.remains.shared, *found.remains.named, *found.remains.unread]
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": at.isoformat(timespec="seconds"),
        "workspace": str(store.folder),
        "person": {
            "code": code,
            "name": held.held.name or None,
            "known_since": held.created_at and held.created_at.isoformat(),
        },
        "last_change": held.held.last_change and held.held.last_change.isoformat(),
        "keep_until": held.held.keep_until and held.held.keep_until.isoformat(),
        "opened_last": store.last_opened() in held.events,
        "counts": {
            "assessments": len(held.heads),
            "deleted": held.held.deleted,
            "events": sum(map(len, held.events.values())),
            "sessions": len(held.meetings),
            "files": len(copied),
        },
        "assessments": entries,
        "sessions": [
            {"code": meeting, "file": f"sessions/{meeting}.json", "events": len(said)}
            for meeting, said in held.meetings.items()
        ],
        "files": copied,
        "problems": problems,
        "not_included": _left_out(store.folder, others, found.mentions),
    }
    _json(made / "manifest.json", manifest)
    _text(made / "index.html", index_page(manifest))
    return manifest


def states_of(events: Iterable[StoredEvent]) -> dict[str, str]:
    """Say of each event whether it holds, was replaced or was undone; empty for all others."""
    events = list(events)
    holding = {event.id for event in history(events).current.values()}
    taken = {event.subject: event.kind == "undo" for event in events if event.kind in _TURNS}
    return {
        event.id: ""
        if event.kind not in KINDS
        else HOLDS
        if event.id in holding
        else UNDONE
        if taken.get(event.id)
        else REPLACED
        for event in events
    }


_TURNS = ("undo", "redo")


def _folded(store: Store, head: AssessmentHead) -> tuple[Assessment | None, str]:
    try:
        return rounds.read_round(store, head)[0], ""
    except (SkillMatrixError, ValueError, KeyError) as error:
        words = str(error).splitlines()[0]
        return None, f"{head.code} is given as events only; its state cannot be made: {words}"


def _titles(head: AssessmentHead) -> dict[str, str]:
    """Give the titles of skills; none where the ladder is gone."""
    try:
        framework = rounds.framework_of(head)
    except SkillMatrixError:
        return {}
    return {skill: entry.title for skill, entry in framework.skills.items()}


def _entry(
    head: AssessmentHead, events: list[StoredEvent], assessment: Assessment | None, problem: str
) -> dict[str, Any]:
    content = {}
    if assessment is not None:
        parts = ("ratings", "evidence", "notes", "record", "plan", "case")
        content = {part: len(getattr(assessment, part)) for part in parts}
    return {
        "code": head.code,
        "framework": head.framework,
        "rater": head.rater,
        "status": head.status,
        "deleted": head.deleted,
        "created_at": head.created_at.isoformat(),
        "updated_at": head.updated_at.isoformat(),
        "events": len(events),
        "content": content,
        "problem": problem or None,
    }


def _plain(event: StoredEvent, state: str) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "kind": event.kind,
        "subject": event.subject,
        "state": state,
        "payload": event.payload,
        "base": event.base,
        "id": event.id,
    }


def _cells(head: AssessmentHead, event: StoredEvent, state: str) -> list[str]:
    plain = {"assessment": head.code, **_plain(event, state)}
    payload = "" if event.payload is None else json.dumps(event.payload, ensure_ascii=False)
    cells = [str({**plain, "payload": payload}[name]) for name in COLUMNS]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([COLUMNS, *rows])
    return text.getvalue()


def _copied(made: Path, workspace: Path, paths: Iterable[Path]) -> list[dict[str, str]]:
    copied = []
    for path in paths:
        inside = Path("files") / path.relative_to(workspace)
        _place(made / inside)
        shutil.copyfile(path, made / inside)
        copied.append({"file": inside.as_posix(), "of": str(path)})
    return copied


def _lines(made: Path, logs: Iterable[Path], traces: Traces) -> list[dict[str, str]]:
    """Copy the lines of logs that speak of the person."""
    copied = []
    for path in logs:
        inside = Path("files") / f"{path.name}.lines.txt"
        _place(made / inside)
        (made / inside).write_bytes(lines_about(path, traces))
        copied.append({"file": inside.as_posix(), "of": str(path)})
    return copied


def _left_out(workspace: Path, paths: Iterable[Path], mentions: int) -> list[str]:
    left = [
        f"{path.relative_to(workspace)}: is about others too, only names this person, or cannot "
        "be looked into"
        for path in paths
    ]
    if mentions:
        left.append(
            f"{mentions} events of other people that name this person: they are about those people"
        )
    return [
        *left,
        "what was exported or handed over before: it lies outside the workspace",
        "what was typed in a browser and not stored yet: it is in that browser",
        "backups",
    ]


def _place(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _text(path: Path, text: str) -> None:
    _place(path)
    path.write_text(text, encoding="utf-8", newline="")


def _json(path: Path, data: Any) -> None:
    _text(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
