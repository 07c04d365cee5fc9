"""One interviewer's scores: sealed, written to a file, read back and verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import AssessmentError, Problem
from skillmatrix.framework.interview import Interview
from skillmatrix.panel.interview_contents import Score
from skillmatrix.sessions.chain import hash_of

FORMAT = "skillmatrix.score"
FORMAT_VERSION = 1


def seal_score(
    person: str, rater: str, given: Mapping[str, Any], at: dt.datetime, rubric: Interview
) -> Score:
    """
    Close what an interviewer has given.

    Parameters
    ----------
    person, rater : str
        Codes.
    given : mapping
        ``scores``, ``notes`` and ``observations``; each may be left out.
    at : datetime.datetime
    rubric : Interview

    Raises
    ------
    AssessmentError
        With every problem: an unknown dimension or observation, a step that the scale lacks,
        or nothing scored at all.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> rubric = sm.load_framework("ml-specialist").interview
    >>> first = next(iter(rubric.dimensions))
    >>> made = seal_score("k-1", "r-1", {"scores": {first: 4}},
    ...     dt.datetime(2026, 11, 23, tzinfo=dt.UTC), rubric)
    >>> score_from(score_data(made, "ml-specialist@0.1.0"), rubric).sha256 == made.sha256
    True
    """
    said: dict[str, Any] = {"person": person, "rater": rater, "sealed_at": at.isoformat()}
    said |= {key: dict(given.get(key) or {}) for key in ("scores", "notes", "observations")}
    return _checked({**said, "sha256": hash_of(_plain(said))}, rubric, "the scores")


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is hashed: everything that was said, at the moment it was closed."""
    at = said["sealed_at"]
    moment = at if isinstance(at, dt.datetime) else dt.datetime.fromisoformat(str(at))
    told = {key: said[key] for key in ("person", "rater", "scores", "notes", "observations")}
    told["observations"] = {
        name: {"seen": each["seen"], "words": each.get("words", "")}
        for name, each in told["observations"].items()
    }
    return {**told, "sealed_at": moment.astimezone(dt.UTC).isoformat(timespec="microseconds")}


def score_data(score: Score, framework: str) -> dict[str, Any]:
    """Give the plain content of a score file, ready for JSON."""
    said = score.model_dump(mode="json")
    return {"format": FORMAT, "format_version": FORMAT_VERSION, "framework": framework, **said}


def score_from(data: Mapping[str, Any], rubric: Interview, source: str = "the scores") -> Score:
    """
    Make a score of plain content, and verify its seal.

    Raises
    ------
    AssessmentError
        With every problem.
    """
    if data.get("format") != FORMAT:
        found = repr(data.get("format"))[:80] if data.get("format") else "nothing"
        remedy = "is this the file of an interviewer?"
        raise AssessmentError(source, [Problem("format", found, repr(FORMAT), remedy)])
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        remedy = "it was written by a newer skillmatrix: update this one"
        newer = Problem("format_version", f"{version}", f"at most {FORMAT_VERSION}", remedy)
        raise AssessmentError(source, [newer])
    told = {"format", "format_version", "framework", "name"}
    score = _checked({k: v for k, v in data.items() if k not in told}, rubric, source)
    if hash_of(_plain(score.model_dump(mode="json"))) != score.sha256:
        remedy = "it was changed after it was closed: ask its author for the original"
        changed = Problem("sha256", f"{score.sha256[:12]}...", "the hash of the content", remedy)
        raise AssessmentError(source, [changed])
    return score


def _checked(data: Mapping[str, Any], rubric: Interview, source: str) -> Score:
    try:
        score = Score.model_validate(dict(data))
    except ValidationError as error:
        found = [problem_of(item) for item in error.errors(include_url=False)]
        raise AssessmentError(source, found) from None
    problems = []
    for part, known in (
        ("scores", rubric.dimensions),
        ("notes", rubric.dimensions),
        ("observations", rubric.observations),
    ):
        problems += [
            Problem(f"{part} > {name}", repr(name), "one of the rubric: " + ", ".join(known))
            for name in getattr(score, part)
            if name not in known
        ]
    scale = ", ".join(map(str, rubric.levels))
    problems += [
        Problem(f"scores > {name}", f"{value}", f"one of {scale}, or NOT_OBSERVED")
        for name, value in score.scores.items()
        if isinstance(value, int) and value not in rubric.levels
    ]
    if not score.scores:
        remedy = "give each dimension a step, or say that you had no chance to see it"
        problems.append(Problem("scores", "none", "at least one", remedy))
    if problems:
        raise AssessmentError(source, problems)
    return score
