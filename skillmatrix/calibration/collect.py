"""Collect the ratings of a session from files: what is taken, what is refused and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmatrix.assessment import Assessment, read_assessment
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework.model import Framework

PATTERN = "*.assessment.json"


@dataclass(frozen=True)
class Collected:
    """
    What files hold.

    Attributes
    ----------
    assessments : tuple of Assessment
        Those that can be set beside each other: one framework, one of each rater and person.
    files : tuple of Path
        Where each comes from.
    problems : tuple of Problem
        Every file, or pair of files, that is left out.
    """

    assessments: tuple[Assessment, ...]
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """List assessment files: those named, and those in folders named, each once."""
    found = [
        file
        for path in paths
        for file in (sorted(path.rglob(PATTERN)) if path.is_dir() else [path])
    ]
    return list({file.resolve(): file for file in found}.values())


def collect(
    files: Sequence[Path],
    framework: Framework | None = None,
    *,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = lambda files: files,
) -> Collected:
    """
    Read the files of a session.

    Parameters
    ----------
    files : sequence of Path
    framework : Framework, optional
        Where it is none that is known.
    progress : callable
        Goes through the files, showing how far it has come.

    Returns
    -------
    Collected
        A second file of the same rater and person is a problem, and neither is taken: which of
        them holds is a person's decision. Files of another framework than the first are left
        out.
    """
    problems: list[Problem] = []
    read: list[tuple[Path, Assessment]] = []
    for file in progress(files):
        try:
            read.append((file, read_assessment(file, framework)))
        except AssessmentError as error:
            problems += [_of_file(problem, file) for problem in error.problems]
    if read:
        key = read[0][1].framework
        others = [(file, a) for file, a in read if a.framework != key]
        problems += [
            Problem("framework", a.framework, f"{key}, as in {read[0][0]}", file=str(file))
            for file, a in others
        ]
        read = [(file, a) for file, a in read if a.framework == key]
    by_cell: dict[tuple[str, str, str], list[Path]] = {}
    for file, a in read:
        cell = (a.person.code, a.rater.kind, a.rater.code or "")
        by_cell.setdefault(cell, []).append(file)
    for (person, kind, code), many in by_cell.items():
        if many[1:]:
            who = f"{kind} {code}".strip()
            found = f"{person!r} rated by {who} in {len(many)} files: {', '.join(map(str, many))}"
            remedy = "keep the one that holds; none of them is taken"
            problems.append(Problem("the files", found, "one file each", remedy, file=str(many[0])))
    twice = {file for many in by_cell.values() if many[1:] for file in many}
    taken = [(file, a) for file, a in read if file not in twice]
    return Collected(tuple(a for _, a in taken), tuple(f for f, _ in taken), tuple(problems))


def _of_file(problem: Problem, file: Path) -> Problem:
    if problem.file:
        return problem
    told = (problem.where, problem.found, problem.expected, problem.remedy)
    return Problem(*told, file=str(file), line=problem.line)
