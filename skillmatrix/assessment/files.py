"""Assessment files: read with every problem named, write canonically, lock with a hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from skillmatrix.assessment.check import check_content
from skillmatrix.assessment.fields import Kept
from skillmatrix.assessment.model import FORMAT, FORMAT_VERSION, Assessment
from skillmatrix.assessment.parse import parse
from skillmatrix.assessment.problems import problem_of
from skillmatrix.assessment.record import READING_ONLY
from skillmatrix.errors import AssessmentError, Problem, UsageError, suggest
from skillmatrix.framework.ladders import find_place, places
from skillmatrix.framework.load import load_framework
from skillmatrix.framework.located import read_yaml, show_path
from skillmatrix.framework.migrations import way_over
from skillmatrix.framework.model import Framework

#: The rule of a file whose framework is nowhere.
UNKNOWN = "unknown-framework"
MAX_BYTES = 20_000_000
MAX_LOCATED = 2_000_000  # bytes; above, finding line numbers takes seconds

#: Lists whose entries are left out one by one when something else is wrong with them.
_LISTS = ("evidence", "record")

#: What to do with a file of another kind.
_REMEDIES = {
    "skillmatrix.packet": "this is a packet, which somebody handed over to be read and not to be "
    "worked on; commands read one whose name ends in .packet.json, and so does sm.read_packet"
}

#: From a format version to the next one; each takes and gives the plain content.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def migrate(data: dict[str, Any], source: str) -> dict[str, Any]:
    """Bring the content of a file from an earlier format version to the present one."""

    def wrong(where: str, found: str, expected: str, remedy: str = "") -> AssessmentError:
        return AssessmentError(source, [Problem(where, found, expected, remedy)])

    if data.get("format") != FORMAT:
        found = f"{data['format']!r}" if "format" in data else "nothing"
        remedy = _REMEDIES.get(str(data.get("format")), "is this an assessment file?")
        raise wrong("format", found, f"{FORMAT!r}", remedy)
    version = data.get("format_version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise wrong("format_version", f"{version!r}", f"a whole number from 1 to {FORMAT_VERSION}")
    if version > FORMAT_VERSION:
        remedy = "it was written by a newer skillmatrix: update this one"
        raise wrong("format_version", f"{version}", f"at most {FORMAT_VERSION}", remedy)
    while version < FORMAT_VERSION:
        data = MIGRATIONS[version](data)
        version = data["format_version"]
    return data


def assessment_from(
    data: dict[str, Any],
    source: str = "the assessment",
    framework: Framework | None = None,
    *,
    aimed: bool = False,
) -> Assessment:
    """
    Make an assessment of plain content, or say everything that is wrong with it.

    Parameters
    ----------
    data : dict
        As read from JSON.
    source : str
        What the error message calls it.
    framework : Framework, optional
        The framework to check ids against; found by its id when not given.
    aimed : bool
        Whether the role is named elsewhere, so that the content need not name one.

    Returns
    -------
    Assessment

    Raises
    ------
    AssessmentError
        With every problem.
    """
    data = migrate(data, source)
    try:
        assessment = Assessment.model_validate(data)
    except ValidationError as error:
        seen: dict[str, Problem] = {}
        for item in error.errors(include_url=False):
            problem = problem_of(item)
            seen.setdefault(problem.where, problem)
        more = _problems_of_the_rest(data, error, framework, aimed=aimed)
        raise AssessmentError(source, [*seen.values(), *more]) from None
    framework = framework or _framework_of(assessment, source)
    problems = check_content(assessment, framework, aimed=aimed)
    if assessment.status == "locked":
        problems += check_lock(assessment)
    elif assessment.sha256 is not None:
        expected = "no hash in a draft"
        problems.append(Problem("sha256", "a hash", expected, "only a locked file carries one"))
    if problems:
        raise AssessmentError(source, problems)
    return assessment


def _problems_of_the_rest(
    data: dict[str, Any], error: ValidationError, framework: Framework | None, *, aimed: bool
) -> list[Problem]:
    """Leave out the parts of the wrong shape, to name what else is wrong at once."""
    rest = json.loads(json.dumps(data))
    places: set[tuple[int | str, ...]] = set()
    for item in error.errors(include_url=False):
        where = item["loc"]
        # An item of evidence goes as a whole, so that what is left is still an item.
        parts = {*_LISTS, "ratings", "notes", "plan", "case"}
        places.add(where[:2] if where[0] in parts else where[:1])
    for where in sorted(places, key=str, reverse=True):
        part: Any = rest
        for key in where[:-1]:
            part = part[key]
        # An emptied place keeps its number: the messages name places of the file.
        if isinstance(part, list):
            part[int(where[-1])] = None
        else:
            part.pop(where[-1], None)
    numbers = {}
    for key in _LISTS:
        entries = list(enumerate(rest.get(key) or []))
        numbers[key] = [index for index, entry in entries if entry is not None]
        rest[key] = [entry for _, entry in entries if entry is not None]
    try:
        assessment = Assessment.model_validate(rest)
        framework = framework or _framework_of(assessment, "")
    except (ValidationError, AssessmentError):
        return []
    # An aim of the wrong shape is named already.
    found = check_content(assessment, framework, aimed=aimed or ("aim",) in places)
    return [_at_place_of_file(p, numbers) for p in found]


def _at_place_of_file(problem: Problem, numbers: dict[str, list[int]]) -> Problem:
    """Give the place that the file has, where entries before it were left out."""
    key, _, rest = problem.where.partition("[")
    index, _, tail = rest.partition("]")
    if key not in numbers or not index.isdigit():
        return problem
    return replace(problem, where=f"{key}[{numbers[key][int(index)]}]{tail}")


def _framework_of(assessment: Assessment, source: str) -> Framework:
    name, _, version = assessment.framework.partition("@")
    try:
        # An id, never a folder that happens to lie where the program was started.
        framework = load_framework(find_place(name))
    except UsageError:
        known = [place.id for place in places().values() if place.problem is None]
        expected, rule = "a known framework", UNKNOWN
        problem = Problem("framework", f"{name!r}", expected, suggest(name, known), rule=rule)
        raise AssessmentError(source, [problem]) from None
    if framework.version != version:
        remedy = way_over(framework, version)
        problem = Problem("framework", f"version {version}", f"version {framework.version}", remedy)
        raise AssessmentError(source, [problem])
    return framework


def check_lock(assessment: Assessment) -> list[Problem]:
    """Find what is wrong with the lock of a locked assessment."""
    problems = []
    if assessment.locked_at is None:
        problems.append(Problem("locked_at", "nothing", "the time of the lock"))
    if assessment.sha256 is None:
        problems.append(Problem("sha256", "nothing", "the hash of the content, as it is locked"))
    elif assessment.sha256 != content_hash(assessment):
        found = f"{assessment.sha256[:12]}..."
        expected = f"{content_hash(assessment)[:12]}..., the hash of the content"
        remedy = "the file was changed after it was locked: ask for the original"
        problems.append(Problem("sha256", found, expected, remedy))
    return problems


def read_assessment(
    path: str | os.PathLike[str], framework: Framework | None = None, *, aimed: bool = False
) -> Assessment:
    """
    Read an assessment file.

    Parameters
    ----------
    path : path-like
        A ``*.assessment.json`` of at most 20 MB.
    framework : Framework, optional
        Where it is not a shipped one.
    aimed : bool
        Whether the role is named elsewhere, so that the file need not name one.

    Returns
    -------
    Assessment
        Keys the format does not know are kept.

    Raises
    ------
    AssessmentError
        Lists every problem with its place, line where known, what was found and expected.
    """
    source = str(path)
    text = file_text(path, "an assessment file")
    try:
        return assessment_from(parse(text, source), source, framework, aimed=aimed)
    except AssessmentError as error:
        raise AssessmentError(source, _with_lines(Path(path), error.problems)) from None


def file_text(path: str | os.PathLike[str], what: str) -> str:
    """
    Read the text of a file, or say why it cannot be read.

    Parameters
    ----------
    path : path-like
        Of a file of at most 20 MB.
    what : str
        What kind of file was expected, such as ``an assessment file``.

    Raises
    ------
    AssessmentError
    """
    file, source = Path(path), str(path)

    def wrong(found: str, expected: str, remedy: str = "") -> AssessmentError:
        return AssessmentError(source, [Problem("the file", found, expected, remedy)])

    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise wrong(f"{size / 1e6:.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB")
        raw = file.read_bytes()
    except FileNotFoundError:
        raise wrong("no such file", what) from None
    except IsADirectoryError:
        raise wrong("a folder", what) from None
    except OSError as error:
        raise wrong(error.strerror or "an unreadable file", "a readable file") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at position {error.start}"
        raise wrong(found, "text in UTF-8") from None


def _with_lines(file: Path, problems: tuple[Problem, ...]) -> list[Problem]:
    """Add line numbers where the file can be followed; JSON is YAML too."""
    try:
        located = read_yaml(file)
    except (RecursionError, ValueError):  # nested or numbered beyond what can be followed
        return list(problems)
    by_place = {show_path(where): line for where, line in located.lines.items()}

    def line(problem: Problem) -> int | None:
        place = problem.where
        while place not in by_place and " > " in place:
            place = place.rpartition(" > ")[0]
        return by_place.get(place)

    return [replace(p, line=p.line or line(p)) for p in problems]


def as_data(assessment: Assessment) -> dict[str, Any]:
    """
    Give the plain content of an assessment, unknown keys included, ready for JSON.

    Notes
    -----
    A draft is written out in full, but for the empty texts of its record: most entries leave
    most of them empty, and there may be thousands. A locked one is given exactly as it was
    locked: a field added to the format later does not slip into it, so its hash still holds.
    """
    if assessment.status == "locked":
        said = assessment.model_dump(mode="json", exclude_unset=True)
        return {"format": FORMAT, "format_version": FORMAT_VERSION, **said}
    data = assessment.model_dump(mode="json", exclude_none=True)
    # An answer "not decided" is a fact, unlike a field nobody filled in.
    data["aim"]["switches"] = dict(assessment.aim.switches)
    parts: list[tuple[dict[str, Any], Kept]] = [(data, assessment)]
    parts += [(data[key], getattr(assessment, key)) for key in ("aim", "rater", "person")]
    parts += zip(data["evidence"], assessment.evidence, strict=True)
    parts += zip(data["record"], assessment.record, strict=True)
    for key in ("notes", "plan", "case"):
        parts += [(data[key][name], part) for name, part in getattr(assessment, key).items()]
    for skill, own in assessment.plan.items():
        parts += zip(data["plan"][skill]["effort"], own.effort, strict=True)
        parts += zip(data["plan"][skill]["actions"], own.actions, strict=True)
    for plain, part in parts:
        plain.update({k: v for k, v in (part.model_extra or {}).items() if v is None})
    for entry in data["record"]:
        for key in [key for key in ("text", *READING_ONLY) if not entry[key]]:
            del entry[key]
    return data


def content_hash(assessment: Assessment) -> str:
    """
    Give the SHA-256 of the content: canonical JSON of everything but the hash itself.

    Notes
    -----
    Canonical: keys sorted, no spaces, UTF-8, no escapes beyond what JSON demands.
    """
    data = as_data(assessment)
    data.pop("sha256", None)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def lock(assessment: Assessment, at: dt.datetime) -> Assessment:
    """
    Close an assessment: no private word stays in it, and its hash proves later changes.

    Parameters
    ----------
    assessment : Assessment
        A draft.
    at : datetime.datetime
        The time of the lock, with its zone.

    Returns
    -------
    Assessment
        Locked. Evidence rules that are short are NOT MET from now on, no longer OPEN. The
        record stays with the draft, like private notes: evidence made of it is what is shown.

    Raises
    ------
    UsageError
        If it is locked already, or the time has no zone.
    """
    if assessment.status == "locked":
        msg = f"the assessment was locked at {assessment.locked_at}; a lock is not repeated"
        raise UsageError(msg)
    if at.tzinfo is None:
        msg = f"the time of the lock is {at}; expected a time with its zone"
        raise UsageError(msg)
    data = as_data(assessment)
    data["notes"] = {k: n for k, n in data["notes"].items() if n["visibility"] != "private"}
    data.update(status="locked", locked_at=at, record=[])
    data.pop("sha256", None)
    closed = Assessment.model_validate(data)
    return closed.model_copy(update={"sha256": content_hash(closed)})


def write_assessment(assessment: Assessment, path: str | os.PathLike[str]) -> None:
    """
    Write an assessment file, all of it or nothing.

    Parameters
    ----------
    assessment : Assessment
        Written with two spaces of indent, one value a line: made for ``git diff``.
    path : path-like
        An existing file is replaced only when the new one is complete on disk.
    """
    write_whole(path, json.dumps(as_data(assessment), indent=2, ensure_ascii=False) + "\n")


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file, all of it or nothing; it is on disk when this returns."""
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
