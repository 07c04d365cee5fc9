"""Ratings that nothing new speaks for: a reason to look again, never a lower level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from skillmatrix.assessment.evidence import months_after
from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.model import Framework


@dataclass(frozen=True)
class Fading:
    """
    One rating whose newest sign is older than its half-life.

    Attributes
    ----------
    skill : str
    newest : datetime.date
        The latest evidence linked to it, or the day it was given, whichever is later.
    since : datetime.date
        The day from which it is fading.
    months : int
        The half-life, as the framework has it.
    """

    skill: str
    newest: dt.date
    since: dt.date
    months: int


def fading(
    assessment: Assessment,
    framework: Framework,
    rated: Mapping[str, dt.date] | None = None,
) -> dict[str, Fading]:
    """
    Find the ratings whose newest sign is older than their half-life.

    Parameters
    ----------
    assessment : Assessment
    framework : Framework
        Says after how many months; a skill without a half-life never fades.
    rated : mapping of str to datetime.date, optional
        The day each rating was given, where it is known. A file does not hold it.

    Returns
    -------
    dict of str to Fading
        In the order of the framework. A rating of which no day is known is not in it, and
        neither is a skill without a level.

    Notes
    -----
    A word and a mark: levels, gaps and verdicts are the same with it and without it. The
    half-lives are the ladder's own judgement. Months of absence stretch them, as they do
    every window.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"llmops": 3})
    >>> fading(a, fw, {"llmops": dt.date(2025, 3, 1)})["llmops"].since
    datetime.date(2026, 3, 1)
    """
    newest: dict[str, dt.date] = dict(rated or {})
    for item in assessment.evidence:
        for skill in item.skills:
            newest[skill] = max(item.date, newest.get(skill, item.date))
    found = {}
    for skill in framework.skills:
        months = framework.months_to_fade(skill)
        known = assessment.rating(skill).level is not None
        if months is None or skill not in newest or not known:
            continue
        since = months_after(newest[skill], months + assessment.aim.absence_months)
        if since < assessment.as_of:
            found[skill] = Fading(skill, newest[skill], since, months)
    return found
