"""The distance between a person and a bar, skill by skill, in steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile
from skillmatrix.scoring.standing import Standings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class SkillGap:
    """One row of `gap`; None where it is not known or not asked."""

    skill: str
    claimed: Level | None
    supported: Level | None
    required: Level | None
    gap_min: int | None
    gap_max: int | None
    met: bool | None
    state: str


def gaps(standings: Standings) -> dict[str, SkillGap]:
    """Give the gap of each skill; the plain form of `gap`, for pages."""
    found = {}
    for skill, standing in standings.items():
        if standing.state == "NOT_APPLICABLE":
            found[skill] = SkillGap(skill, None, None, None, None, None, None, standing.state)
            continue
        required = standings.profile.target(skill)
        bar = standings.position[required]
        smallest, largest = max(bar - standing.high, 0), max(bar - standing.low, 0)
        met = True if largest == 0 else None if smallest == 0 else False
        found[skill] = SkillGap(
            skill,
            standing.claimed,
            standing.supported,
            required,
            smallest,
            largest,
            met,
            standing.state,
        )
    return found


def is_asked(standings: Standings, skill: str) -> bool:
    """Say whether a role uses a skill: by a bar, a rule of breadth, or an open question."""
    profile = standings.profile
    if skill in profile.not_applicable:
        return False
    if standings.position[profile.target(skill)]:
        return True
    target = profile.targets[skill]
    is_open = target.switch is not None and profile.switches.get(target.switch) is None
    return (is_open and target.level_when_on not in {None, target.level}) or any(
        skill in rule.of for asks in profile.requirements.values() for rule in asks.breadth
    )


def gap(assessment: Assessment, profile: Profile) -> pd.DataFrame:
    """
    Steps missing between a person and a bar, skill by skill.

    Parameters
    ----------
    assessment : Assessment
        Ratings of one person by one rater. Skills may be missing.
    profile : Profile
        What one role asks for, from ``framework.profile(...)``.

    Returns
    -------
    DataFrame of shape (n_skills, 7)
        Index ``skill``, in the order of the framework. Columns:

        - ``claimed`` (Int64): level given; NA without one
        - ``supported`` (Int64): level the evidence carries, at most the claimed one; NA
          without a rating
        - ``required`` (Int64): the bar; an unanswered switch counts as off; NA when the
          profile takes the skill out
        - ``gap_min``, ``gap_max`` (Int64): steps to the bar at best and at worst
        - ``met`` (boolean): True if met at worst, False if missed at best, else NA
        - ``state`` (string): ``RATED``, ``UNRATED``, ``DECLINED``, ``NOT_OBSERVED``,
          ``NOT_APPLICABLE`` (by the profile) or ``NOT_APPLICABLE_PROPOSED`` (by the rater)

    Raises
    ------
    MismatchError
        If the two speak of different frameworks or versions.

    Notes
    -----
    Levels are ordinal: a gap of 2 is two steps, not twice the work. Do not add or average
    the columns. Not rated is not zero: the gap then runs from the best to the worst case.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 3})
    >>> sm.gap(a, fw.profile("senior")).loc["mlops", ["claimed", "supported", "gap_max"]].tolist()
    [3, 1, 3]
    """
    return as_frame(gaps(Standings(assessment, profile)))


def as_frame(found: Mapping[str, SkillGap]) -> pd.DataFrame:
    """Lay gaps out as `gap` does."""
    import pandas as pd

    rows = list(found.values())

    def number(values: list[Level | int | None]) -> pd.api.extensions.ExtensionArray:
        plain = [v.value if isinstance(v, Level) else v for v in values]
        return pd.array(plain, dtype="Int64")

    return pd.DataFrame(
        {
            "claimed": number([r.claimed for r in rows]),
            "supported": number([r.supported for r in rows]),
            "required": number([r.required for r in rows]),
            "gap_min": number([r.gap_min for r in rows]),
            "gap_max": number([r.gap_max for r in rows]),
            "met": pd.array([r.met for r in rows], dtype="boolean"),
            "state": pd.array([r.state for r in rows], dtype="string"),
        },
        index=pd.Index([r.skill for r in rows], name="skill"),
    )
