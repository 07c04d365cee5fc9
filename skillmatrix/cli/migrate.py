"""``skillmatrix migrate``: files of earlier versions, brought over to the present ones."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix.cli import screen
from skillmatrix.cli.check import PATTERN, assessment_files, count
from skillmatrix.cli.options import AsJson
from skillmatrix.errors import AssessmentError, MismatchError, SkillMatrixError, UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.assessment.carry_over import BroughtOver
    from skillmatrix.framework import Framework

ABOUT = """Bring assessment files over to the present version of their framework.

PATH is an assessment file, or a folder of *.assessment.json files. What a skill became, and what
nobody can know any more, is printed for each file. Originals stay as they are: the new files are
drafts, beside them or in the folder of --out. No level is guessed."""
EXAMPLE = """
skillmatrix migrate ana.assessment.json --check
skillmatrix migrate people/ --out people-2.0.0/
skillmatrix migrate ana.assessment.json --in-place
"""
ENDING = PATTERN.removeprefix("*")

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", exists=True, help="Files or folders.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", file_okay=False, help="Folder for the new files."),
]
Ladder = Annotated[
    str | None,
    typer.Option(
        "--framework",
        metavar="PATH_OR_ID",
        help="Framework to bring them over to. Default: the one of that id that is there now.",
    ),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; say what would happen.")]
InPlace = Annotated[
    bool, typer.Option("--in-place", help="Replace drafts; the original is kept as FILE.bak.")
]


@dataclass
class Done:
    """What became of one file."""

    file: Path
    before: str = ""
    after: str = ""
    carried: list[str] = field(default_factory=list)
    unknown: int = 0
    written: Path | None = None
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give the same as plain values, for ``--json``."""
        return {
            "file": str(self.file),
            "from": self.before,
            "to": self.after,
            "changes": self.carried,
            "levels_unknown_now": self.unknown,
            "written": str(self.written) if self.written else None,
            "problem": self.problem or None,
        }


def migrate(
    paths: Paths,
    *,
    out: Out = None,
    check: Check = False,
    in_place: InPlace = False,
    framework: Ladder = None,
    json: AsJson = False,
) -> None:
    """Bring files over, and print what became of each."""
    if out is not None and in_place:
        msg = "--out and --in-place exclude each other; choose one"
        raise UsageError(msg)
    files = [file for path in paths for file in assessment_files(path)]
    if not files:
        msg = f"no {PATTERN} in {', '.join(map(str, paths))}"
        raise UsageError(msg)
    done = []
    for file in screen.progress(files, "Bringing over"):
        one = Done(file)
        try:
            _bring(one, framework, None if check else _target(out, in_place=in_place))
        except (AssessmentError, MismatchError) as error:
            one.problem = str(error)
        done.append(one)
    if json:
        screen.as_json({"files": [one.as_dict() for one in done]})
    else:
        screen.out("\n".join(line for one in done for line in report(one)))
    if any(one.problem for one in done):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Target:
    """Where new files go."""

    folder: Path | None
    in_place: bool

    def of(self, file: Path, version: str) -> Path:
        """Give the place of the new file."""
        if self.in_place:
            return file
        if self.folder is not None:
            return self.folder / file.name
        return file.with_name(f"{file.name.removesuffix(ENDING)}-{version}{ENDING}")


def _target(out: Path | None, *, in_place: bool) -> _Target:
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"cannot write to {str(out)!r}: {error.strerror}"
            raise UsageError(msg) from None
    return _Target(out, in_place)


def _bring(one: Done, framework_name: str | None, target: _Target | None) -> None:
    from skillmatrix.assessment.carry_over import bring_over
    from skillmatrix.assessment.earlier import read_earlier

    earlier = read_earlier(one.file)
    framework = _framework(earlier, framework_name)
    one.before, one.after = earlier.framework, framework.key
    if one.before == one.after:
        return
    brought = bring_over(earlier, framework)
    one.carried = [str(each) for each in brought.carried]
    one.unknown = len(brought.unknown)
    if target is not None:
        one.written = _write(one.file, earlier, brought, target.of(one.file, framework.version))


def _framework(earlier: Assessment, name: str | None) -> Framework:
    from skillmatrix.framework import load_framework
    from skillmatrix.framework.ladders import find_place

    return load_framework(name or find_place(earlier.framework.partition("@")[0]))


def _write(file: Path, earlier: Assessment, brought: BroughtOver, place: Path) -> Path:
    """Write the new file; nothing that is there is overwritten."""
    from skillmatrix.assessment import write_assessment

    if place == file:
        if earlier.status == "locked":
            msg = f"{file} is locked, and stays as it is; use --out DIR"
            raise MismatchError(msg)
        kept = file.with_name(f"{file.name}.bak")
        _refuse_if_there(kept)
        try:
            shutil.copy2(file, kept)
        except OSError as error:
            msg = f"{kept} could not be written: {error.strerror}; nothing was changed"
            raise SkillMatrixError(msg) from None
    else:
        _refuse_if_there(place)
    try:
        write_assessment(brought.assessment, place)
    except OSError as error:
        msg = f"{place} could not be written: {error.strerror}"
        raise SkillMatrixError(msg) from None
    return place


def _refuse_if_there(place: Path) -> None:
    if place.exists():
        msg = f"{place} is there already, and is not overwritten"
        raise MismatchError(msg)


def report(one: Done) -> list[str]:
    """Write what became of one file."""
    if one.problem:
        named = one.problem.startswith(str(one.file))
        return [one.problem if named else f"{one.file}: {one.problem}"]
    if one.before == one.after:
        return [f"{one.file}: made with {one.after}, nothing to do"]
    changes = count(len(one.carried), "change")
    unknown = f", {count(one.unknown, 'level')} not known any more" if one.unknown else ""
    to = f"; written to {one.written}" if one.written else ""
    head = f"{one.file}: {one.before} to {one.after}: {changes}{unknown}{to}"
    return [head, *(f"  {words}" for words in one.carried)]
