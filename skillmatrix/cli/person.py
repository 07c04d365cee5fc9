"""``skillmatrix person``: who is in a workspace, everything held on one, and erasing it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.check import count
from skillmatrix.cli.options import AsJson, Workspace
from skillmatrix.cli.packages import INSTALL, missing_to_serve
from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.store import Store
    from skillmatrix.store.erase import Erasure, Preview
    from skillmatrix.store.people import Held

ABOUT = """List the people of a workspace, give one of them everything held, or erase it."""
EXAMPLE = """
skillmatrix person list
skillmatrix person export p-7h3kq9wd2mxe --out for-ana
skillmatrix person erase p-7h3kq9wd2mxe
"""

LIST_ABOUT = """List the people of a workspace: code, name, how much is held, and until when.

Records are due when nothing has changed for 24 months, or for as many as
SKILLMATRIX_RETENTION_MONTHS says. Nothing is ever erased by itself."""
LIST_EXAMPLE = """
skillmatrix person list
skillmatrix person list --workspace ~/review --json
"""

EXPORT_ABOUT = """Write everything that is held on a person into a new folder.

Assessments, deleted ones too, with every event: also what was undone or replaced, private
notes, record, plan and case, and the files of the workspace that are about this person.
Begin with index.html; manifest.json counts what is there and names what is not."""
EXPORT_EXAMPLE = """
skillmatrix person export p-7h3kq9wd2mxe
skillmatrix person export p-7h3kq9wd2mxe --out for-ana
"""

ERASE_ABOUT = """Erase everything that is held on a person, for good.

Shows first what goes, what stays and why, and asks for the code. Afterwards every byte of the
workspace is read to see whether a code, the name or a text is left. Other people are not
touched. The workbook may be running."""
ERASE_EXAMPLE = """
skillmatrix person export p-7h3kq9wd2mxe --out for-ana
skillmatrix person erase p-7h3kq9wd2mxe
skillmatrix person erase p-7h3kq9wd2mxe --yes --json
"""

Code = Annotated[str, typer.Argument(metavar="CODE", help="As skillmatrix person list says it.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="New folder. Default: one named by the code, here."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

HEAD = ("code", "name", "assessments", "deleted", "sessions", "events", "last change", "keep until")
NUMBERS = frozenset({2, 3, 4, 5})

#: What no command of this workbook reaches, and what to do about it.
ELSEWHERE = (
    "files that were exported or handed over, such as packets and reports: they lie outside the "
    "workspace; ask those who have them to delete them",
    "what was typed in a browser and not stored: open the home page of the workbook once in that "
    "browser, which clears it, or clear the browser's data for this address",
    "open pages of the workbook: close them",
    "backups, and what the disk itself keeps of deleted files: delete old backups by hand",
    "a note that something was erased: time, counts, and digests by which a code is recognised "
    "that is typed again",
)


def listing(workspace: Workspace = None, json: AsJson = False) -> None:
    """Print one line a person."""
    from skillmatrix.store.people import people, retention_months

    months = retention_months()
    store = _opened(workspace)
    if store is None:
        found: list[Held] = []
    else:
        with store:
            found = people(store, dt.date.today(), months)
    if json:
        screen.as_json({"retention_months": months, "people": [as_data(each) for each in found]})
        return
    if not found:
        screen.out(f"Nobody is in {settings.workspace_dir(workspace)}.")
        return
    late = [each for each in found if each.due]
    rows = [HEAD, *(_row(each) for each in found)]
    end = [f"{count(len(found), 'person', 'people')}; records are kept {months} months."]
    if late:
        end.append(
            f"{len(late)} past that day: look whether the records are still needed, else "
            "skillmatrix person erase CODE."
        )
    screen.out("\n".join([*screen.columns(rows, right=NUMBERS), "", *end]))


def export(
    code: Code, *, out: Out = None, workspace: Workspace = None, json: AsJson = False
) -> None:
    """Write the folder and say what is in it."""
    from skillmatrix.cli.person_export import write

    with _needed(workspace) as store:
        folder, manifest = write(store, code, out, dt.datetime.now(dt.UTC))
    if json:
        screen.as_json({"folder": str(folder), **manifest})
        return
    counts = manifest["counts"]
    files = f" and {count(counts['files'], 'file')} of the workspace" if counts["files"] else ""
    screen.out(
        f"Wrote {count(counts['assessments'], 'assessment')} with "
        f"{count(counts['events'], 'event')}{files} to {folder}. Begin with "
        f"{folder / 'index.html'}."
    )
    for words in manifest["problems"]:
        screen.message(f"Warning: {words}")


def erase(
    code: Code, *, yes: Yes = False, workspace: Workspace = None, json: AsJson = False
) -> None:
    """Show what goes, ask, erase, and say what a look at every byte found."""
    from skillmatrix.pages.meeting_log import leave_out
    from skillmatrix.store.erase import erase as erased_now
    from skillmatrix.store.erase import is_back, preview
    from skillmatrix.store.people import erased, find, people

    with _needed(workspace) as store:
        if not erased(store, [code]) or is_back(store, code):
            held = find(people(store, dt.date.today(), 0), code)
            screen.message("\n".join(_told(store, held, preview(store, code))))
            if not yes:
                _ask(code)
        at = dt.datetime.now(dt.UTC)
        done = erased_now(store, code, at, before=lambda: leave_out(store, code, at))
        folder = store.folder
    if json:
        screen.as_json(_as_data(code, done, folder))
    else:
        screen.out("\n".join(_result(code, done, folder)))
    if done.left:
        raise typer.Exit(1)


def as_data(held: Held) -> dict[str, Any]:
    """Give a person's figures as plain values."""
    return {
        "code": held.code,
        "name": held.name or None,
        "in_database": held.known,
        "assessments": held.assessments,
        "deleted": held.deleted,
        "sessions": held.sessions,
        "events": held.events,
        "last_change": held.last_change and held.last_change.isoformat(),
        "keep_until": held.keep_until and held.keep_until.isoformat(),
        "due": held.due,
    }


def _opened(workspace: Path | None) -> Store | None:
    """Open a workspace that is there; a look makes none."""
    lacking = sorted({"SQLAlchemy", "alembic"} & set(missing_to_serve()))
    if lacking:
        msg = f"the workspace needs {', '.join(lacking)}; install with: {INSTALL}"
        raise UsageError(msg)
    from skillmatrix.store import open_store
    from skillmatrix.store.names import NAMES
    from skillmatrix.store.workspace import DATABASE

    folder = settings.workspace_dir(workspace)
    there = any((folder / name).exists() for name in (DATABASE, NAMES))
    return open_store(folder) if there else None


def _needed(workspace: Path | None) -> Store:
    store = _opened(workspace)
    if store is None:
        folder = settings.workspace_dir(workspace)
        msg = f"there is no workspace in {folder}; name another one with --workspace"
        raise UsageError(msg)
    return store


def _row(held: Held) -> tuple[str, ...]:
    until = "" if held.keep_until is None else held.keep_until.isoformat()
    return (
        held.code,
        held.name or "(no name)",
        str(held.assessments),
        str(held.deleted),
        str(held.sessions),
        str(held.events),
        "none" if held.last_change is None else held.last_change.date().isoformat(),
        f"{until}, past" if held.due else until,
    )


def _ask(code: str) -> None:
    try:
        given = typer.prompt("Type the code to erase it", err=True, prompt_suffix=": ")
    except typer.Abort:
        msg = "nobody confirmed it; type the code when asked, or give --yes. Nothing was erased"
        raise UsageError(msg) from None
    if given.strip() != code:
        screen.message("That is another code. Nothing was erased.")
        raise typer.Exit(1)


def _told(store: Store, held: Held, found: Preview) -> list[str]:
    """Say what goes, what stays and why."""
    folder, remains = store.folder, found.remains

    def named(paths: tuple[Path, ...]) -> str:
        return ", ".join(str(path.relative_to(folder)) for path in paths)

    deleted = f" ({held.deleted} of them marked as deleted)" if held.deleted else ""
    goes = [
        f"{count(held.assessments, 'assessment')}{deleted} with {count(held.events, 'event')}: "
        "every rating, note, evidence, record, plan and case, and their history"
    ]
    if held.sessions:
        goes.append(
            f"what {count(held.sessions, 'calibration session or interview', 'sessions')} holds of "
            "this person: files, ratings, and what the decision log says; each entry stays as one "
            "that was removed on request, so that the log can still be verified"
        )
    if held.name:
        goes.append("the name in names.json")
    if remains.hers:
        goes.append(f"files of the workspace about this person alone: {named(remains.hers)}")
    if remains.logs:
        goes.append(f"lines about this person, made unreadable, in {named(remains.logs)}")
    stays = []
    if found.mentions:
        stays.append(
            f"{count(found.mentions, 'event')} of other people that name this person: theirs to "
            "change"
        )
    if remains.shared:
        stays.append(f"files that are about others too, to change by hand: {named(remains.shared)}")
    if remains.named:
        stays.append(f"files that only name this person, to change by hand: {named(remains.named)}")
    if remains.unread:
        stays.append(f"files that cannot be looked into: {named(remains.unread)}")
    who = f"{held.code} ({held.name})" if held.name else held.code
    return [
        f"Erasing {who} in {folder}",
        "",
        "What goes:",
        *(f"  - {line}" for line in goes),
        "",
        "What stays, and why:",
        *(f"  - {line}" for line in [*stays, *ELSEWHERE]),
        "",
    ]


def _result(code: str, done: Erasure, folder: Path) -> list[str]:
    amount = f"{count(done.assessments, 'assessment')} with {count(done.events, 'event')}"
    day = done.at.astimezone().strftime("%Y-%m-%d %H:%M")
    if done.again:
        lines = [f"{code} was erased on {day}: {amount}."]
        found = "the code is in none of them"
    else:
        lines = [f"Erased {code}: {amount}."]
        found = "no code, name or text of this person is left"
    lines += [f"Removed {path}." for path in done.files]
    if done.masked:
        lines.append(f"Made {count(done.masked, 'line')} of logs unreadable.")
    files = count(done.looked_at, "file")
    if not done.left:
        lines.append(f"Read every byte of {files} in {folder}: {found}.")
    else:
        lines.append(f"Read every byte of {files} in {folder}, and found in")
        lines += [f"  {path}: {' and '.join(kinds)}" for path, kinds in done.left.items()]
        lines.append("Change or delete these by hand, then run the command again.")
        if any(path.suffix == ".db" for path in done.left):
            lines.append(
                "In the database it can be the title of a session, which its log hangs on, or what "
                "others wrote: begin sessions without names in the title."
            )
    lines += [f"Not looked into: {path}" for path in done.unread]
    return lines


def _as_data(code: str, done: Erasure, folder: Path) -> dict[str, Any]:
    return {
        "code": code,
        "erased_at": done.at.isoformat(timespec="seconds"),
        "before": done.again,
        "assessments": done.assessments,
        "events": done.events,
        "files_removed": [str(path) for path in done.files],
        "log_lines_masked": done.masked,
        "files_read": done.looked_at,
        "workspace": str(folder),
        "left": {str(path): sorted(kinds) for path, kinds in done.left.items()},
        "not_looked_into": [str(path) for path in done.unread],
        "stays_elsewhere": list(ELSEWHERE),
    }
