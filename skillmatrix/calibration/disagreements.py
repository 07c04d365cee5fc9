"""The disagreement list: which skills of which people raters see apart, gates first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import UsageError
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile

#: The rater of every self-rating.
SELF = "self"
COLUMNS = ("person", "skill", "gate", "required", "n_raters", "low", "high", "range")


def ratings_frame(assessments: Iterable[Assessment], *, with_self: bool = False) -> pd.DataFrame:
    """
    Give the levels of assessments as one long table.

    Parameters
    ----------
    assessments : iterable of Assessment
    with_self : bool
        Whether self-ratings are rows too; they are compared with others, never pooled.

    Returns
    -------
    DataFrame
        ``unit`` (person and skill), ``person``, ``skill``, ``rater``, ``kind``, ``value`` (whole
        number). A skill without a level is no row: the words of its state stay in the files.

    Raises
    ------
    UsageError
        If one rater has rated one person in two assessments.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> a = sm.Assessment(framework="ml-specialist@1.0.0", person={"code": "p1"},
    ...     rater={"kind": "manager", "code": "m1"}, as_of="2026-11-20",
    ...     ratings={"mlops": 3, "streaming": "NOT_OBSERVED"})
    >>> ratings_frame([a])[["unit", "rater", "value"]].values.tolist()
    [['p1 mlops', 'm1', 3]]
    """
    rows = []
    seen: set[tuple[str, str]] = set()
    for assessment in assessments:
        person, kind = assessment.person.code, assessment.rater.kind
        if kind == "self" and not with_self:
            continue
        rater = SELF if kind == "self" else assessment.rater.code or kind
        if (person, rater) in seen:
            msg = f"{rater!r} rated {person!r} in two assessments; keep the one that holds"
            raise UsageError(msg)
        seen.add((person, rater))
        rows += [
            (f"{person} {skill}", person, skill, rater, kind, rating.level.value)
            for skill, rating in assessment.ratings.items()
            if rating.level is not None
        ]
    return pd.DataFrame(rows, columns=["unit", "person", "skill", "rater", "kind", "value"])


def disagreements(
    frames: pd.DataFrame | Iterable[pd.DataFrame] | Mapping[str, pd.DataFrame], profile: Profile
) -> pd.DataFrame:
    """
    List people and skills by how far their raters are apart: gates first, widest first.

    Parameters
    ----------
    frames : DataFrame, or several
        Long: ``person``, ``skill``, ``value``, and ``rater``; of a mapping its keys are the
        raters.
    profile : Profile
        From ``framework.profile(...)``: says which skills are gates.

    Returns
    -------
    DataFrame
        ``person``, ``skill``, ``gate`` (bool: gate or floor), ``required`` (the bar, NA without
        one), ``n_raters``, ``low``, ``high``, ``range`` in levels. Only what two or more rated
        can be seen apart; what one rated alone is not here and is not agreement.

    Raises
    ------
    UsageError
        If a column is missing, a skill is none of the framework, or a rater rated one twice.

    Notes
    -----
    With two or three raters the range is the honest measure of spread.
    """
    table = _joined(frames)
    known = profile.framework.skills
    strange = [skill for skill in table["skill"].unique() if skill not in known]
    if strange:
        msg = f"no skill {strange[0]!r} in {profile.framework.key}; expected ids of its skills"
        raise UsageError(msg)
    twice = table[table.duplicated(["person", "skill", "rater"])]
    if len(twice):
        row = twice.iloc[0]
        msg = f"{row['rater']!r} rated {row['skill']} of {row['person']!r} twice; expected once"
        raise UsageError(msg)
    gates = {skill for skill, _, _ in profile.gates}
    grouped = table.groupby(["person", "skill"], sort=False)["value"]
    found = grouped.agg(n_raters="size", low="min", high="max").reset_index()
    found = found[found["n_raters"] >= 2]  # noqa: PLR2004 - apart from each other
    found["range"] = found["high"] - found["low"]
    found["gate"] = found["skill"].isin(gates)
    bars = {skill: profile.target(skill).value for skill in profile.targets}
    required = [bars.get(skill, pd.NA) for skill in found["skill"]]
    found["required"] = pd.array(required, dtype="Int64")
    place = {skill: index for index, skill in enumerate(known)}
    found["place"] = found["skill"].map(place)
    order = ["gate", "range", "place", "person"]
    found = found.sort_values(order, ascending=[False, False, True, True], kind="stable")
    return found[list(COLUMNS)].reset_index(drop=True)


def _joined(
    frames: pd.DataFrame | Iterable[pd.DataFrame] | Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    if isinstance(frames, pd.DataFrame):
        table = frames
    elif isinstance(frames, Mapping):
        table = pd.concat([frame.assign(rater=name) for name, frame in frames.items()])
    else:
        table = pd.concat(list(frames))
    for name in ("person", "skill", "rater", "value"):
        if name not in table.columns:
            msg = f"the ratings lack the column {name!r}; expected person, skill, rater and value"
            raise UsageError(msg)
    table = table[table["value"].notna()]
    plain = [v.value if isinstance(v, Level) else v for v in table["value"]]
    return table.assign(value=pd.array(plain, dtype="Int64")).reset_index(drop=True)
