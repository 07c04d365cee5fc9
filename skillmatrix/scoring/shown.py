"""Claimed, shown, confirmed: what somebody says, what can be opened, what others vouch for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import STRENGTHS, Profile, Strength
from skillmatrix.scoring.standing import Standings, count_strengths

if TYPE_CHECKING:
    import pandas as pd

#: From this strength on somebody other than the person vouches for an item.
VOUCHED: Strength = "E3"


@dataclass(frozen=True, slots=True)
class Shown:
    """
    One skill: three levels, each at most the one before.

    Attributes
    ----------
    skill : str
    claimed : Level or None
        What was rated; None without a rating.
    shown : Level or None
        The highest level up to the claimed one that the evidence carries, by the support the
        framework asks for: the lower end of the interval. Levels that need no evidence are
        shown by being claimed.
    confirmed : Level or None
        The same by those items alone that somebody else confirmed (E3 or E4 when new); None
        where there is no such item that still counts.
    items, vouched : int
        Distinct items that still count, and those of them somebody else confirmed.
    state : str
        As in a gap: ``RATED``, or the word for why there is no level.
    """

    skill: str
    claimed: Level | None
    shown: Level | None
    confirmed: Level | None
    items: int
    vouched: int
    state: str


def shown_levels(standings: Standings) -> dict[str, Shown]:
    """Give the three levels of each skill; the plain form of `shown`, for pages."""
    vouched: dict[str, list[tuple[Strength, Evidence]]] = {}
    for strength, item in standings.counting:
        if STRENGTHS.index(item.strength) >= STRENGTHS.index(VOUCHED):
            for skill in dict.fromkeys(item.skills):
                vouched.setdefault(skill, []).append((strength, item))
    found = {}
    for skill, standing in standings.items():
        counts = count_strengths(vouched.get(skill, ()))
        confirmed = None
        if standing.claimed is not None and skill in vouched and standings.framework.asks_evidence:
            claimed = standings.position[standing.claimed]
            confirmed = standings.levels[standings.supported_position(claimed, counts)]
        found[skill] = Shown(
            skill,
            standing.claimed,
            standing.supported,
            confirmed,
            standing.counts[STRENGTHS[0]],
            counts[STRENGTHS[0]],
            standing.state,
        )
    return found


def shown(assessment: Assessment, profile: Profile) -> pd.DataFrame:
    """
    Levels claimed, shown and confirmed, skill by skill.

    Parameters
    ----------
    assessment : Assessment
        Ratings of one person by one rater. Skills may be missing.
    profile : Profile
        From ``framework.profile(...)``; it takes skills out that do not apply.

    Returns
    -------
    DataFrame of shape (n_skills, 6)
        Index ``skill``, in the order of the framework. Columns:

        - ``claimed`` (Int64): level given; NA without one
        - ``shown`` (Int64): level the evidence carries, at most the claimed one; NA without
          a rating
        - ``confirmed`` (Int64): level carried by items alone that somebody else confirmed,
          also where they have aged by a code; NA without a rating or without such an item
        - ``items``, ``vouched`` (Int64): distinct items that count, and confirmed ones
        - ``state`` (string): as in `gap`

    Raises
    ------
    MismatchError
        If the two speak of different frameworks or versions.

    Notes
    -----
    Levels are ordinal: the three are compared, never subtracted from each other and added
    up. Not confirmed is not wrong, and NA is not 0: nobody has said anything yet. Where a
    ladder asks for no evidence, shown is claimed and nothing is confirmed.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> item = {"id": "e1", "title": "Runbook", "date": "2026-05-01", "strength": "E2",
    ...     "artefact": "DOC-7", "skills": ["mlops"]}
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 4}, evidence=[item])
    >>> sm.shown(a, fw.profile("senior")).loc["mlops", ["claimed", "shown", "confirmed"]].tolist()
    [4, 3, <NA>]
    """
    import pandas as pd

    rows: Mapping[str, Shown] = shown_levels(Standings(assessment, profile))

    def number(values: list[Level | int | None]) -> pd.api.extensions.ExtensionArray:
        plain = [v.value if isinstance(v, Level) else v for v in values]
        return pd.array(plain, dtype="Int64")

    return pd.DataFrame(
        {
            **{
                name: number([getattr(row, name) for row in rows.values()])
                for name in ("claimed", "shown", "confirmed", "items", "vouched")
            },
            "state": pd.array([row.state for row in rows.values()], dtype="string"),
        },
        index=pd.Index(list(rows), name="skill"),
    )
