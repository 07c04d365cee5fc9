"""``skillmatrix check``: every problem of a framework or of assessment files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.options import AsJson, FrameworkName
from skillmatrix.cli.schemas import write_schemas
from skillmatrix.errors import DataError, FrameworkError, Problem, UsageError

if TYPE_CHECKING:
    from skillmatrix.framework import Framework

ABOUT = """Check a framework or assessment files, and name every problem.

PATH is a framework (its folder or its id), an assessment file, or a folder of
*.assessment.json files, searched with its subfolders. Default: the shipped framework."""
EXAMPLE = """
skillmatrix check
skillmatrix check my-ladder/
skillmatrix check ana.assessment.json
skillmatrix check people/ --json
skillmatrix check my-ladder/ --write-schemas schemas/
"""

SHIPPED = settings.DEFAULT_LADDER
MAIN_FILE = "framework.yaml"
PATTERN = "*.assessment.json"


@dataclass
class Checked:
    """One thing that was checked, and what was found.

    Parameters
    ----------
    kind : {"framework", "assessment"}
    path : str
    facts : dict
        What it holds, when it could be read.
    problems : tuple of Problem
    warnings : list of str
        What is no problem and still worth a look.
    """

    kind: str
    path: str
    facts: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Give the same as plain values, for ``--json``."""
        return {
            "kind": self.kind,
            "path": self.path,
            "ok": not self.problems and not self.facts.get("skipped"),
            **self.facts,
            "problems": [{**p.as_dict(), "file": p.file or self.path} for p in self.problems],
            "warnings": self.warnings,
        }


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="What to check.", show_default=False)
    ] = None,
    framework: FrameworkName = None,
    schemas: Annotated[
        Path | None,
        typer.Option(
            "--write-schemas",
            metavar="DIR",
            help="Check nothing; write JSON Schemas of all kinds of files there, for editors. "
            "That of assessments is for the framework PATH, if one is named.",
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Check files and print what is wrong with them."""
    if schemas is not None:
        ladder = _ladder_of_schemas(path, framework)
        written = [str(file) for file in write_schemas(schemas, ladder)]
        if ladder:
            screen.message(f"assessment.schema.json is for {ladder.key}, the others for any ladder")
        if json:
            screen.as_json({"written": written})
        else:
            screen.out("\n".join(written))
        return
    ladders = ladders_at(path, framework or settings.ladder())
    if ladders:
        checked = [check_ladder(folder) for folder in ladders]
    else:
        checked = check_files(assessment_files(path or Path()), framework)
    for item in checked:
        for words in item.warnings:
            screen.message(f"{item.path}: {words}")
    if json:
        screen.as_json(as_data(checked))
    else:
        screen.out("\n".join(report(checked)))
    if any(item.problems for item in checked):
        raise typer.Exit(1)


def _ladder_of_schemas(path: Path | None, framework: str | None) -> Framework | None:
    """Load the one framework that was named, if any."""
    from skillmatrix.framework import load_framework

    if path is None:
        return load_framework(framework) if framework else None
    folders = ladders_at(path, "")
    if len(folders) != 1:
        held = f"{len(folders)} frameworks" if folders else "no framework"
        msg = f"schemas are written for one framework, and {str(path)!r} holds {held}"
        raise UsageError(msg)
    return load_framework(folders[0])


def as_data(checked: list[Checked]) -> dict[str, Any]:
    """Give everything that was checked as plain values; the problems of all of it on top."""
    items = [item.as_dict() for item in checked]
    return {
        "ok": all(item["ok"] for item in items),
        "checked": items,
        "problems": [problem for item in items for problem in item["problems"]],
        "warnings": [f"{item.path}: {words}" for item in checked for words in item.warnings],
    }


def ladders_at(path: Path | None, default: str) -> list[Path]:
    """
    List the frameworks that a path names; none when it holds assessments.

    Raises
    ------
    UsageError
        If there is nothing that could be checked.
    """
    from skillmatrix.framework import find_framework

    if path is None:
        return [find_framework(default)]
    if path.name == MAIN_FILE and path.is_file():
        return [path.parent]
    if path.is_dir():
        return _ladders_in(path)
    if path.exists():
        return []
    if path.suffix or len(path.parts) > 1:
        msg = f"there is no file or folder {str(path)!r}"
        raise UsageError(msg)
    return [find_framework(path)]


def _ladders_in(folder: Path) -> list[Path]:
    if (folder / MAIN_FILE).exists():
        return [folder]
    found = sorted(main.parent for main in folder.glob(f"*/{MAIN_FILE}"))
    if found or any(folder.rglob(PATTERN)):
        return found
    if any(folder.rglob("*.yaml")):  # a framework that lost its main file
        return [folder]
    msg = f"nothing to check in {str(folder)!r}: it has no {MAIN_FILE} and no {PATTERN}"
    raise UsageError(msg)


def assessment_files(path: Path) -> list[Path]:
    """List the assessment files of a folder, or the one file that was named."""
    return sorted(path.rglob(PATTERN)) if path.is_dir() else [path]


def check_ladder(folder: Path) -> Checked:
    """Check the framework in a folder."""
    from skillmatrix.framework.check import check_folder

    found = check_folder(folder)
    facts = {} if found.framework is None else _facts(found.framework)
    notes = [_said(note, folder) for note in found.notes]
    return Checked("framework", str(folder), facts, tuple(found.problems), notes)


def _said(note: Problem, folder: Path) -> str:
    """Say a note about a ladder in one line."""
    file = note.file.removeprefix(f"{folder}/")
    line = f":{note.line}" if note.line else ""
    parts = [note.found, note.expected and f"expected {note.expected}", note.remedy]
    return f"{file}{line}: {'; '.join(part for part in parts if part)}"


def _facts(framework: Framework) -> dict[str, Any]:
    by_entry = [entry.anchors for entry in framework.skills.values()]
    by_entry += [entry.anchors for entry in framework.criteria.values()]
    anchors = [anchor for many in by_entry for anchor in many.values()]
    return {
        "framework": framework.key,
        "title": framework.title,
        "skills": len(framework.skills),
        "anchors": len(anchors),
        "criteria": len(framework.criteria),
        "profiles": len(framework.profiles),
        "anchor_status": dict(Counter(anchor.status for anchor in anchors)),
    }


def check_files(files: list[Path], framework_name: str | None) -> list[Checked]:
    """Check assessment files one after the other."""
    from skillmatrix.cli.reading import misspelt, read_alone
    from skillmatrix.framework import load_framework

    framework = load_framework(framework_name) if framework_name else None
    checked: list[Checked] = []
    broken: dict[str, Checked] = {}
    for file in screen.progress(files, "Checking"):
        item = Checked("assessment", str(file))
        try:
            assessment = read_alone(file, framework)
        except FrameworkError as error:  # not the fault of the file, and said once
            broken[error.source] = Checked("framework", error.source, problems=error.problems)
            item.warnings.append("not checked, as its framework has problems")
            item.facts["skipped"] = True
        except DataError as error:
            item.problems = error.problems
        else:
            item.warnings = misspelt(assessment)
            item.facts = {
                "framework": assessment.framework,
                "person": assessment.person.code,
                "rater": assessment.rater.kind,
                "status": assessment.status,
                "rated": sum(r.level is not None for r in assessment.ratings.values()),
                "evidence": len(assessment.evidence),
            }
        checked.append(item)
    return [*broken.values(), *checked]


def report(checked: list[Checked]) -> list[str]:
    """Write what was found: every problem, or one line for what has none."""
    bad = [item for item in checked if item.problems]
    lines = [str(DataError(item.path, _below(item))) for item in bad]
    lines += [_line(item) for item in checked if item.kind == "framework" and item not in bad]
    files = [i for i in checked if i.kind == "assessment" and not i.facts.get("skipped")]
    wrong = sum(bool(item.problems) for item in files)
    if len(files) > 1 and wrong:
        lines.append(f"{wrong} of {len(files)} assessment files have problems")
    elif len(files) > 1:
        people = len({item.facts["person"] for item in files})
        locked = sum(item.facts["status"] == "locked" for item in files)
        lines.append(
            f"{len(files)} assessment files of {count(people, 'person', 'people')}, "
            f"{locked} locked: no problem"
        )
    elif files and not wrong:
        lines.append(_line(files[0]))
    return lines


def _below(item: Checked) -> list[Problem]:
    """Leave the folder, which stands above, out of the places of its problems."""
    folder = item.path.rstrip("/") + "/"
    return [replace(p, file=p.file.removeprefix(folder)) for p in item.problems]


def _line(item: Checked) -> str:
    facts = item.facts
    if item.kind == "assessment":
        return (
            f"{item.path}: {facts['rater']} rating of {facts['person']}, {facts['status']}, "
            f"{count(facts['rated'], 'skill')} rated, "
            f"{count(facts['evidence'], 'item')} of evidence: no problem"
        )
    drafts = facts["anchor_status"].get("draft", 0)
    what = (
        f"{facts['framework']}: {count(facts['skills'], 'skill')}, "
        f"{count(facts['anchors'], 'anchor')}, "
        f"{count(facts['criteria'], 'criterion', 'criteria')}: no problem"
    )
    if not drafts:
        return what
    whole = drafts == facts["anchors"]
    return f"{what}; {'all anchors' if whole else count(drafts, 'anchor')} are drafts"


def count(number: int, one: str, many: str = "") -> str:
    """
    Write a number with its noun.

    Examples
    --------
    >>> count(1, "skill"), count(5, "criterion", "criteria")
    ('1 skill', '5 criteria')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
