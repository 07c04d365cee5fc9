"""Files made on any version of a ladder: read without the version they were made with."""

from __future__ import annotations

import os

from pydantic import ValidationError

from skillmatrix.assessment.files import check_lock, file_text, migrate
from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.parse import parse
from skillmatrix.assessment.problems import problem_of
from skillmatrix.errors import AssessmentError


def read_earlier(path: str | os.PathLike[str]) -> Assessment:
    """
    Read an assessment whose version of the ladder may not be there any more.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    Assessment
        As it was written. Its ids and levels are looked at by whatever brings it over.

    Raises
    ------
    AssessmentError
        If it is no assessment, or was changed after it was locked.
    """
    source = str(path)
    return earlier_from(file_text(path, "an assessment file"), source)


def earlier_from(text: str, source: str) -> Assessment:
    """Make an assessment of the text of a file; see `read_earlier`."""
    data = migrate(parse(text, source), source)
    try:
        assessment = Assessment.model_validate(data)
    except ValidationError as error:
        told = {p.where: p for p in map(problem_of, error.errors(include_url=False))}
        raise AssessmentError(source, told.values()) from None
    problems = check_lock(assessment) if assessment.status == "locked" else []
    if problems:
        raise AssessmentError(source, problems)
    return assessment
