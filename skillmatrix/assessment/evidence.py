"""How strong a piece of evidence is, and how it ages."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

from skillmatrix.assessment.model import Evidence
from skillmatrix.assessment.states import RaterKind
from skillmatrix.framework.model import STRENGTHS, Strength

#: What an item lacks for the next strength, in words for the person.
MISSING: dict[Strength, str] = {
    "E1": "a description of what you did",
    "E2": "a link or identifier that another person can open",
    "E3": "who confirms it from direct knowledge",
    "E4": "the measured outcome, its method, and who confirms it",
}


def reached_strength(item: Evidence, rater: RaterKind = "self") -> Strength:
    """
    Say how strong an item is by what it shows.

    Parameters
    ----------
    item : Evidence
        Its ``strength`` is not looked at.
    rater : {"self", "mentor", "manager", "peer"}
        A rater other than the person confirms by recording the instance.

    Returns
    -------
    {"E0", "E1", "E2", "E3", "E4"}

    Notes
    -----
    E1 a described instance, E2 an artefact, E3 an artefact and a confirmation, E4 a
    measured outcome with its method and a confirmation. The order is this project's own.

    Examples
    --------
    >>> import datetime as dt
    >>> reached_strength(Evidence(id="e", title="Rollback", date=dt.date(2026, 5, 12),
    ...     strength="E0", artefact="INC-7", confirmed_by="on-call lead"))
    'E3'
    """
    confirmed = bool(item.confirmed_by.strip()) or rater != "self"
    if item.measure.strip() and item.method.strip() and confirmed:
        return "E4"
    if item.artefact.strip():
        return "E3" if confirmed else "E2"
    described = bool(item.description.strip()) or rater != "self"
    return "E1" if described else "E0"


@lru_cache(maxsize=4096)
def months_after(day: dt.date, months: int) -> dt.date:
    """Give the same day so many months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def within(day: dt.date, as_of: dt.date, months: int) -> bool:
    """Say whether a day lies in the last so many months; the last day counts."""
    if day > as_of:
        return False
    return months_after(day, months) >= as_of


def effective_strength(
    item: Evidence, as_of: dt.date, ageing: tuple[int, int], absence_months: int = 0
) -> Strength | None:
    """
    Say what an item counts as on a day; None when it is history only.

    Parameters
    ----------
    item : Evidence
        With the strength it had when new.
    as_of : datetime.date
        The day of the assessment.
    ageing : tuple of int
        Months after which it counts one code lower, and after which not at all.
    absence_months : int
        Leave and part-time, which stretch both windows.

    Returns
    -------
    {"E0", "E1", "E2", "E3", "E4"} or None

    Examples
    --------
    >>> import datetime as dt
    >>> item = Evidence(id="e", title="Design", date=dt.date(2024, 1, 31), strength="E2",
    ...     artefact="doc-3")
    >>> effective_strength(item, dt.date(2026, 1, 31), (24, 48))
    'E2'
    >>> effective_strength(item, dt.date(2026, 2, 1), (24, 48))
    'E1'
    """
    weaker, history = ageing
    if within(item.date, as_of, weaker + absence_months):
        return item.strength
    if within(item.date, as_of, history + absence_months):
        return STRENGTHS[max(STRENGTHS.index(item.strength) - 1, 0)]
    return None


def age_words(days: int) -> str:
    """
    Say how old something is, in months.

    Examples
    --------
    >>> age_words(10), age_words(45), age_words(400)
    ('this month', '1 month old', '13 months old')
    """
    months = round(days / 30.44)
    if months < 1:
        return "this month"
    return f"{months} month{'' if months == 1 else 's'} old"


def instance(item: Evidence) -> tuple[str, object]:
    """Identify what an item stands for: the same artefact on the same day is one thing."""
    artefact = item.artefact.strip().casefold()
    return (artefact, item.date) if artefact else ("", item.id)
