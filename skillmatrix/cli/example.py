"""``skillmatrix example``: an invented cohort to try everything out with."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatrix import settings
from skillmatrix.cli import cohort as sessions
from skillmatrix.cli import screen
from skillmatrix.cli.check import count
from skillmatrix.cli.cohort_draw import new_code
from skillmatrix.errors import SkillMatrixError, UsageError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.framework import Framework

ABOUT = """Write an invented cohort: people, each with a self-rating and a second rater.

Nobody in it exists, and every file says so. Some files are locked, some are drafts; the
verdicts are READY, NOT YET and OPEN, for different reasons that README.txt explains.

Beside them, a calibration session in the folder session: a packet of each person and the locked
files of three raters, whose severity and disagreements are known. session-late holds what comes
late, twice or broken, session-practice what the raters gave to practice profiles, and
session-known the truth."""
EXAMPLE = """
skillmatrix example people
skillmatrix example people --seed 7 --force
skillmatrix example people --people 30 --raters 6
skillmatrix example people --framework my-ladder/
"""

README = "README.txt"

# Of the other rater on skills that no story turns on: a level lower, the same, higher.
_SHIFTS, _SHIFT_WEIGHTS = (-1, 0, 1), (1, 4, 1)
_SELDOM = 0.1
_WIDTH = 78


@dataclass(frozen=True)
class Cohort:
    """Invented people, as they stand in the data folder.

    Parameters
    ----------
    texts : dict
        What holds for all of them: notice, day, readme.
    people : dict of str to dict
        By the name of their file.
    """

    texts: dict[str, Any]
    people: dict[str, dict[str, Any]]


def example(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to write to; made if it is not there.")
    ],
    *,
    seed: Annotated[
        int, typer.Option(help="Draws the codes, and a few levels of the second raters.")
    ] = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same name.")] = False,
    framework: Annotated[
        str | None,
        typer.Option(
            "--framework",
            metavar="PATH_OR_ID",
            help="Ladder to invent people for. Default: the shipped one; its people have stories.",
        ),
    ] = None,
    people: Annotated[
        int, typer.Option(metavar="N", help="People in the session, 3 to 30.")
    ] = sessions.PEOPLE,
    raters: Annotated[
        int, typer.Option(metavar="N", help="Raters in the session, 3 to 12; three rate each.")
    ] = sessions.RATERS,
) -> None:
    """Write an invented cohort."""
    from skillmatrix.assessment import write_assessment

    if directory.exists() and not directory.is_dir():
        msg = f"{str(directory)!r} is a file; name a folder"
        raise UsageError(msg)
    files, about, texts = _content(framework, seed, people, raters)
    _alone(directory, texts)
    there = [name for name in [README, *files, *texts] if (directory / name).exists()]
    if there and not force:
        msg = (
            f"{str(directory)!r} already holds {there[0]}"
            + (f" and {len(there) - 1} more of these files" if there[1:] else "")
            + "; choose another folder, or replace them with --force"
        )
        raise UsageError(msg)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, assessment in files.items():
            write_assessment(assessment, directory / name)
        for name, text in {README: about, **texts}.items():
            (directory / name).parent.mkdir(exist_ok=True)
            (directory / name).write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{str(directory)!r} cannot be written: {error.strerror or error}"
        raise SkillMatrixError(msg) from error
    names = {assessment.person.name for assessment in files.values()}
    invented_people = count(len(names), "invented person", "invented people")
    screen.out(
        f"{directory}: {invented_people}, {len(files)} assessment files; {README} says what to "
        f"look at\n{directory / sessions.IN_TIME}: a session of {people} more and their {raters} "
        f"raters; {sessions.KNOWN} tells the truth about it"
    )


def _alone(directory: Path, texts: dict[str, str]) -> None:
    """Keep two sessions, whose files have different names, out of one folder."""
    for folder in (sessions.IN_TIME, sessions.LATE, sessions.PRACTICE):
        found = (directory / folder).glob("*.json")
        if others := sorted(file for file in found if f"{folder}/{file.name}" not in texts):
            msg = (
                f"{str(directory / folder)!r} holds files of another session, such as "
                f"{others[0].name}; choose another folder, or move them away"
            )
            raise UsageError(msg)


def _content(
    ladder: str | None, seed: int, people: int, raters: int
) -> tuple[dict[str, Assessment], str, dict[str, str]]:
    """Invent people, say what they are, and invent a session."""
    from skillmatrix.cli import invented as drawn
    from skillmatrix.framework import load_framework

    cohort = read_cohort()
    framework = load_framework(ladder or cohort.texts["framework"])
    texts = sessions.session(framework, seed, people, raters)
    if framework.id == cohort.texts["framework"]:
        return invented(cohort, framework, seed), readme(cohort), texts
    return drawn.people(framework, seed), drawn.readme(framework), texts


def read_cohort() -> Cohort:
    """Read the invented people of the data folder."""
    import yaml

    folder = settings.data_dir() / "examples"

    def one(path: Path) -> Any:
        try:
            return yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            msg = f"the examples are not complete: {path} cannot be read ({error.strerror})"
            raise SkillMatrixError(msg) from error

    texts = one(folder / "cohort.yaml")
    return Cohort(
        texts, {name: one(folder / "people" / f"{name}.yaml") for name in texts["people"]}
    )


def invented(cohort: Cohort, framework: Framework, seed: int) -> dict[str, Assessment]:
    """
    Make the assessments of a cohort.

    Parameters
    ----------
    cohort : Cohort
    framework : Framework
    seed : int
        The same seed gives the same content, to the byte.

    Returns
    -------
    dict of str to Assessment
        By file name; for each person a self-rating and that of a mentor or a manager.
    """
    draw = Random(seed)
    files: dict[str, Assessment] = {}
    for name, person in cohort.people.items():
        base = {
            "invented": cohort.texts["notice"],
            "framework": framework.key,
            "person": {"code": new_code(draw, "p"), "name": person["name"]},
            "aim": person["aim"],
            "as_of": cohort.texts["as_of"],
        }
        own, other = person["self"], person["other"]
        ratings = _second_view(cohort, person, draw)
        seen = [item for item in own["evidence"] if item["id"] in other["saw"]]
        rater = {"kind": other["kind"], "code": new_code(draw, "r")}
        second = {**other, "ratings": ratings, "evidence": [*seen, *other.get("evidence", [])]}
        files[f"{name}-self.assessment.json"] = _made(base, {"kind": "self"}, own, framework)
        files[f"{name}-{rater['kind']}.assessment.json"] = _made(base, rater, second, framework)
    return files


def _second_view(cohort: Cohort, person: dict[str, Any], draw: Random) -> dict[str, int | str]:
    """Rate as somebody else would: as the story says, and a little by chance elsewhere."""
    other = person["other"]
    ratings: dict[str, int | str] = {}
    for skill, given in person["self"]["ratings"].items():
        shift, unseen = draw.choices(_SHIFTS, _SHIFT_WEIGHTS)[0], draw.random() < _SELDOM
        if skill in other["not_observed"]:
            ratings[skill] = "NOT_OBSERVED"
        elif skill in other["differs"]:
            ratings[skill] = other["differs"][skill]
        elif not isinstance(given, int) or skill not in cohort.texts["may_vary"]:
            ratings[skill] = given
        else:
            ratings[skill] = "NOT_OBSERVED" if unseen else min(max(given + shift, 0), 5)
    return ratings


def _made(
    base: dict[str, Any], rater: dict[str, Any], view: dict[str, Any], framework: Framework
) -> Assessment:
    from skillmatrix.assessment import assessment_from, lock
    from skillmatrix.assessment.model import FORMAT, FORMAT_VERSION

    draft = assessment_from(
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            **base,
            "rater": rater,
            "ratings": view["ratings"],
            "evidence": view["evidence"],
            "notes": view.get("notes", {}),
            "no_more_evidence": view.get("no_more_evidence", []),
        },
        "an example",
        framework,
    )
    return lock(draft, view["locked"]) if view.get("locked") else draft


def readme(cohort: Cohort) -> str:
    """Write what the files are and what to look at in each."""
    lines = [cohort.texts["readme"].rstrip("\n"), ""]
    for name, person in cohort.people.items():
        lines.append(f"  {person['name']}: {name}-self, {name}-{person['other']['kind']}")
        story = " ".join(person["story"].split())
        lines += textwrap.wrap(story, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        lines.append("")
    return "\n".join(lines)
