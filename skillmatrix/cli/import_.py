"""``skillmatrix import``: files of others and of one's own, looked at before they are kept."""

from __future__ import annotations

import datetime as dt
import secrets
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.cli.check import count
from skillmatrix.cli.options import AsJson, Workspace
from skillmatrix.cli.output import Force, save
from skillmatrix.errors import AssessmentError, UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.exchange import Preview
    from skillmatrix.framework import Framework

ABOUT = """Bring in ratings from a JSON, CSV or XLSX file.

FILE is what export wrote, or a table of ratings: one row a rating, one row a person with a column
for each skill, or one row a skill with a column for each person, rater or day. What was understood
is shown first, and every row that was not; nothing is kept before you say so. An empty cell is not
rated, never the lowest level. Ends with 1 if a row was not understood."""
EXAMPLE = """
skillmatrix import team.xlsx --preview
skillmatrix import skills.csv --map skill=Kompetenz --map level=Stufe --level "Experte=4"
skillmatrix import skills.csv --person "Ana" --out ana.assessment.json
skillmatrix import ana.assessment.xlsx --yes
"""
ENDING = ".assessment.json"
PROBLEM = 1
_SHOWN = 40
_WORDS = 3

File = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="JSON, CSV or XLSX.")
]
Sheet = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="Sheet of a workbook.")]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="What a column holds: person, code, rater, skill, level, state, date, note, evidence, "
        "artefact, ignore, or the id of a skill; may be given several times.",
    ),
]
LevelWord = Annotated[
    list[str] | None,
    typer.Option(
        "--level", metavar="WORD=LEVEL", help="Which level, or state, a word of the file is."
    ),
]
SkillWord = Annotated[
    list[str] | None,
    typer.Option(
        "--skill", metavar="WORD=ID", help="Which skill a word of the file is, or ignore."
    ),
]
PersonName = Annotated[
    str,
    typer.Option(
        "--person",
        metavar="NAME",
        help="Whom it is about, where the file does not say; where it does, the one to take.",
    ),
]
Ladder = Annotated[
    str | None,
    typer.Option(
        "--framework", metavar="PATH_OR_ID", help="Whose skills and levels the file speaks of."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="OUT", help="Write assessment files instead: a file, or a folder for many."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Keep what was understood without asking.")]
Look = Annotated[bool, typer.Option("--preview", help="Only show what was understood.")]


def import_(
    file: File,
    *,
    sheet: Sheet = None,
    map_: Map = None,
    level: LevelWord = None,
    skill: SkillWord = None,
    person: PersonName = "",
    framework: Ladder = None,
    out: Out = None,
    workspace: Workspace = None,
    yes: Yes = False,
    preview: Look = False,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Show what a file holds, then keep it."""
    from skillmatrix.exchange import Choices
    from skillmatrix.exchange import preview as look
    from skillmatrix.framework import load_framework

    ladder = load_framework(framework or settings.ladder())
    choices = Choices(
        columns={column: field for field, column in _pairs(map_, "--map")},
        levels={word: _value(name) for word, name in _pairs(level, "--level")},
        skills=dict(_pairs(skill, "--skill")),
        sheet=sheet,
        person=person,
    )
    found = look(file, ladder, choices, as_of=dt.date.today())
    if not found.assessments:
        if json:
            screen.as_json(as_data(file, found, []))
            raise typer.Exit(PROBLEM)
        raise AssessmentError(str(file), found.refused)
    if not json:
        screen.out(summary(file, found, ladder))
    kept: list[str] = []
    if not preview:
        targets = _targets(found, out, force=force) if out else {}
        if not _agreed(found, out, yes=yes):
            screen.message("Nothing was kept. Add --yes to keep it, or --preview to only look.")
            raise typer.Exit(PROBLEM)
        kept = _write(targets) if out else _keep(found.assessments, workspace)
    if json:
        screen.as_json(as_data(file, found, kept))
    else:
        for line in kept:
            screen.out(line)
    if found.refused:
        raise typer.Exit(PROBLEM)


def _pairs(given: Iterable[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = []
    for entry in given or ():
        left, sign, right = (part.strip() for part in entry.rpartition("="))
        if option == "--map":
            left, sign, right = (part.strip() for part in entry.partition("="))
        if not left or not sign or not right:
            msg = f"{entry!r}: expected two words with = between them"
            raise typer.BadParameter(msg, param_hint=f"'{option}'")
        pairs.append((left, right))
    return pairs


def _value(word: str) -> int | str:
    return int(word) if word.isdecimal() else word.upper()


def summary(file: Path, found: Preview, ladder: Framework) -> str:
    """Say what was understood, and every row that was not."""
    people = count(len(found.assessments), "assessment")
    lines = [f"{file}: {count(found.rated, 'rating')} understood, in {people}"]
    if found.kind == "table":
        read = [f"{name!r} as {what}" for name, what in found.columns.items() if what]
        lines.append(f"  {found.shape}: {', '.join(read[:_SHOWN])}")
    for each in found.assessments:
        rated = sum(rating.level is not None for rating in each.ratings.values())
        who = each.person.name or "nobody named"
        lines.append(
            f"  {who}, {each.rater.kind}, {each.as_of}: {rated} of {len(ladder.skills)} skills"
        )
    lines += [f"  {note}" for note in found.notes]
    for title, problems in (("not understood", found.refused), ("twice", found.duplicates)):
        if problems:
            rows = count(len({p.line for p in problems}), "row")
            lines += ["", f"{rows} {title}:"]
            lines += ["  " + str(problem).replace("\n", "\n  ") for problem in problems]
    words = [f'--level "{word}=..."' for word in list(found.unknown_levels)[:_WORDS]]
    words += [f'--skill "{word}=..."' for word in list(found.unknown_skills)[:_WORDS]]
    words += [f'--map "...={name}"' for name in found.unread[:_WORDS]]
    if words:
        lines += ["", f"Say what the file does not: {' '.join(words)}"]
    return "\n".join(lines)


def as_data(file: Path, found: Preview, kept: list[str]) -> dict[str, Any]:
    """Give a preview as plain values."""
    from skillmatrix.assessment import as_data as plain

    return {
        "file": str(file),
        "kind": found.kind,
        "shape": found.shape,
        "sheet": found.sheet,
        "columns": dict(found.columns),
        "rated": found.rated,
        "assessments": [plain(each) for each in found.assessments],
        "refused": [problem.as_dict() for problem in found.refused],
        "duplicates": [problem.as_dict() for problem in found.duplicates],
        "notes": list(found.notes),
        "kept": kept,
    }


def _agreed(found: Preview, out: Path | None, *, yes: bool) -> bool:
    if yes or (out is not None and not found.refused):
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    what = count(found.rated, "rating")
    return typer.confirm(f"Keep {what} in {count(len(found.assessments), 'assessment')}?")


def _targets(found: Preview, out: Path, *, force: bool) -> dict[Path, Assessment]:
    """Choose a file for each assessment."""
    made = _with_codes(found)
    if len(made) == 1 and not out.is_dir():
        targets = {out: made[0]}
    else:
        targets = {}
        for number, each in enumerate(made, start=1):
            name = f"{number:03d}-{each.rater.kind}-{each.as_of}{ENDING}"
            targets[out / name] = each
    there = [str(path) for path in targets if path.exists()]
    if there and not force:
        msg = f"{there[0]!r} is there already; name another place, or replace it with --force"
        raise UsageError(msg)
    return targets


def _with_codes(found: Preview) -> list[Assessment]:
    """Give people of a table codes that say nothing; a file of our own keeps what it says."""
    if found.kind == "assessment":
        return list(found.assessments)
    codes: dict[str, str] = {}
    made = []
    for each in found.assessments:
        drawn = codes.setdefault(each.person.code, f"p-{secrets.token_hex(4)}")
        person = each.person.model_copy(update={"code": drawn})
        made.append(each.model_copy(update={"person": person}))
    return made


def _write(targets: dict[Path, Assessment]) -> list[str]:
    import json

    from skillmatrix.assessment import as_data as plain

    if len(targets) > 1:
        next(iter(targets)).parent.mkdir(parents=True, exist_ok=True)
    for path, each in targets.items():
        text = json.dumps(plain(each), indent=2, ensure_ascii=False) + "\n"
        save(text.encode(), path)
    return [f"{path}: {each.person.name or each.person.code}" for path, each in targets.items()]


def _keep(assessments: tuple[Assessment, ...], workspace: Path | None) -> list[str]:
    """Keep assessments in a workspace."""
    from skillmatrix.pages import bring_in
    from skillmatrix.store import open_store

    problems = bring_in.unfit(assessments)
    if problems:
        source, way = "the file", "write them to files with --out"
        raise AssessmentError(source, [replace(p, remedy=f"{p.remedy}; {way}") for p in problems])
    with open_store(settings.workspace_dir(workspace)) as store:
        heads = bring_in.keep(store, assessments, f"import-{secrets.token_hex(8)}")
        return [f"{store.folder}: {head.code} for {head.person_name}" for head in heads]


import_.__name__ = "import"
