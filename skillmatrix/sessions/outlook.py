"""Three views of one person, never merged: her own, the mentor's, and what both agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skillmatrix.assessment import Assessment
from skillmatrix.framework.model import Profile
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.verdict import Verdict
from skillmatrix.sessions.contents import Agreed


def agreed_verdict(
    own: Assessment, other: Assessment, profile: Profile, agreed: Mapping[str, Agreed]
) -> Verdict:
    """
    Judge what both agreed on.

    Parameters
    ----------
    own, other : Assessment
        The person's and the mentor's.
    profile : Profile
    agreed : mapping of str to Agreed
        By skill.

    Returns
    -------
    Verdict
        With the agreed level where there is one. Where they see it differently, or did not talk
        about it, everything between the two is possible: from the lower end of the one to the
        upper end of the other. Evidence is that of the person's own assessment.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> def rated(kind, level):
    ...     return sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": kind},
    ...         as_of=dt.date(2026, 11, 20), ratings={"mlops": level})
    >>> both = agreed_verdict(rated("self", 4), rated("mentor", 2), fw.profile("senior"), {})
    >>> both.standings["mlops"].low, both.standings["mlops"].high
    (1, 4)
    """
    mine, theirs = Standings(own, profile), Standings(other, profile)
    between = {skill: _between(mine[skill], theirs[skill]) for skill in mine}
    for skill, entry in agreed.items():
        if entry.level is not None and between[skill].state != "NOT_APPLICABLE":
            position = mine.framework.levels.index(entry.level)
            between[skill] = mine.moved(skill, position, carried=True)
    return Verdict(own, profile, mine.with_some(between))


def _between(mine: Standing, theirs: Standing) -> Standing:
    if mine.state == "NOT_APPLICABLE" or not theirs.known:
        return mine
    if not mine.known:
        return replace(theirs, best=mine.best, counts=mine.counts)
    low = mine if mine.low <= theirs.low else theirs
    high = mine if mine.high >= theirs.high else theirs
    return replace(mine, low=low.low, supported=low.supported, high=high.high, claimed=high.claimed)
