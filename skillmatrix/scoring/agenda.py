"""The agenda of a conversation: which skills to talk about first, and what would settle each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillmatrix.assessment.model import Assessment
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.scoring.compare import Pair, pairs
from skillmatrix.scoring.standing import Standings
from skillmatrix.scoring.verdict import verdict

if TYPE_CHECKING:
    import pandas as pd

#: The rule of the order, as it stands on the screen.
RULE = (
    "Gates first, then ratings that alone change a criterion, then the widest difference, then "
    "what only one of you has seen, then levels that evidence does not carry."
)


@dataclass(frozen=True)
class AgendaItem:
    """
    One skill worth talking about.

    Attributes
    ----------
    pair : Pair
        Both ratings.
    gate, pivotal, thin : bool
        Whether a gate or floor hangs on it, whether one level on either side changes a
        criterion, whether a level is claimed that evidence does not carry.
    reasons : tuple of str
        Why it stands here, in words.
    question : str
        What would settle it, made of the statements on both sides of the border in question.
    below, above : tuple of str
        These statements.
    """

    pair: Pair
    gate: bool
    pivotal: bool
    thin: bool
    reasons: tuple[str, ...]
    question: str
    below: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def one_sided(self) -> bool:
        """Whether only one of the two has given a level."""
        return self.pair.first.known != self.pair.second.known

    @property
    def order(self) -> tuple[bool, bool, int, bool, bool]:
        """What the agenda is sorted by, smallest first."""
        apart = abs(self.pair.difference or 0)
        return not self.gate, not self.pivotal, -apart, not self.one_sided, not self.thin


def items(first: Assessment, second: Assessment, profile: Profile) -> tuple[AgendaItem, ...]:
    """Give what to talk about, in order; see `agenda`."""
    framework = profile.framework
    found = pairs(first, second, framework)
    stands = [Standings(each, profile) for each in (first, second)]
    pivotal = {p.skill for each in (first, second) for p in verdict(each, profile).pivots}
    gates = {skill for skill, _, _ in profile.gates}
    made = [
        _item(framework, pair, skill in gates, skill in pivotal, _thin(stands, skill))
        for skill, pair in found.items()
        if "NOT_APPLICABLE" not in (stands[0][skill].state, stands[1][skill].state)
    ]
    return tuple(sorted((item for item in made if item.reasons), key=lambda item: item.order))


def _thin(stands: list[Standings], skill: str) -> Mapping[str, str]:
    """Say for each side that claims more than evidence carries what is missing."""
    found = {}
    for side, each in zip(("first", "second"), stands, strict=True):
        at = each[skill]
        if at.known and at.claimed is not None and at.low < at.high:
            found[side] = each.missing_evidence(skill, at.claimed)
    return found


def _item(
    framework: Framework, pair: Pair, gate: bool, pivotal: bool, thin: Mapping[str, str]
) -> AgendaItem:
    reasons = []
    if pair.difference:
        steps = abs(pair.difference)
        higher = "second" if pair.difference > 0 else "first"
        levels = "one level" if steps == 1 else f"{steps} levels"
        reasons.append(f"the {higher} rating is {levels} higher")
    elif pair.first.known != pair.second.known:
        which = "first" if pair.first.known else "second"
        reasons.append(f"only the {which} rating has a level")
    elif not pair.first.known and gate:
        reasons.append("neither rating has a level")
    if thin:
        missing = next(iter(thin.values()))
        reasons.append(f"evidence does not carry the level yet: {missing}")
    if pivotal and (pair.difference or thin or not (pair.first.known and pair.second.known)):
        reasons.append("one level here alone changes a criterion")
    if gate and reasons:
        reasons.append("a gate or floor hangs on it")
    border = _border(framework, pair)
    skill = framework.skills[pair.skill]
    below, above = (
        tuple(anchor.text for anchor in skill.at(framework.levels[place])) for place in border
    )
    return AgendaItem(
        pair,
        gate,
        pivotal,
        bool(thin),
        tuple(reasons),
        _question(framework, pair, border, below, above),
        below,
        above,
    )


def _border(framework: Framework, pair: Pair) -> tuple[int, int]:
    """Give the places of the two levels between which it has to be settled."""
    known = [each for each in (pair.first, pair.second) if each.known]
    if not known:
        return 0, 1
    if len(known) > 1 and pair.difference:
        lower = min(pair.first.high, pair.second.high)
        return lower, lower + 1
    at = known[0]
    upper = max(1, at.low + 1 if at.low < at.high else at.high)
    return upper - 1, min(upper, len(framework.levels) - 1)


def _question(
    framework: Framework,
    pair: Pair,
    border: tuple[int, int],
    below: tuple[str, ...],
    above: tuple[str, ...],
) -> str:
    low, high = (framework.levels[place] for place in border)
    if not pair.first.known and not pair.second.known:
        return "What have you seen of this, and when was it?"
    if not above:
        return f"What has shown {high.value}, and not only {low.value}?"
    instance = _quoted(above[0])
    if pair.first.known != pair.second.known:
        return f"What would the other need to see? At {high.value} it looks like this: {instance}"
    if pair.difference:
        less = f" and not only this: {_quoted(below[0])}" if below else ""
        return f"Which instance shows this: {instance}{less}"
    return f"Where can somebody else look at this: {instance}"


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text.rstrip('.')}\N{RIGHT DOUBLE QUOTATION MARK}"


def agenda(a: Assessment, b: Assessment, profile: Profile) -> pd.DataFrame:
    """
    Rank the skills worth talking about, with the question that would settle each.

    Parameters
    ----------
    a, b : Assessment
        Of the same person, by two raters, against the framework of the profile.
    profile : Profile
        From ``framework.profile(...)``: says which skills are gates.

    Returns
    -------
    DataFrame
        Index ``skill``, the first to talk about on top. Columns ``a``, ``b`` (Int64, levels; NA
        without one), ``difference`` (Int64, from ``a`` to ``b``), ``gate``, ``pivotal``, ``thin``
        (bool), ``why`` and ``question`` (string). Where both agree, with evidence, there is
        nothing to settle, and no row.

    Raises
    ------
    MismatchError
        If the two are about different people, frameworks or versions.

    Notes
    -----
    Gates first, then what is pivotal, then the widest difference, then what one alone has rated,
    then what evidence does not carry; equal ones in the order of the ladder. Neither rating is
    taken for the right one.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> def rated(kind, level):
    ...     return sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": kind},
    ...         as_of=dt.date(2026, 11, 20), ratings={"mlops": level, "streaming": 1})
    >>> found = sm.agenda(rated("self", 4), rated("mentor", 3), fw.profile("senior"))
    >>> found.index[0], found.loc["mlops", "difference"]
    ('mlops', np.int64(-1))
    """
    import pandas as pd

    found = items(a, b, profile)

    def levels(side: str) -> list[int | None]:
        told = [getattr(item.pair, side).claimed for item in found]
        return [level.value if level is not None else None for level in told]

    return pd.DataFrame(
        {
            "a": pd.array(levels("first"), dtype="Int64"),
            "b": pd.array(levels("second"), dtype="Int64"),
            "difference": pd.array([item.pair.difference for item in found], dtype="Int64"),
            "gate": [item.gate for item in found],
            "pivotal": [item.pivotal for item in found],
            "thin": [item.thin for item in found],
            "why": pd.array(["; ".join(item.reasons) for item in found], dtype="string"),
            "question": pd.array([item.question for item in found], dtype="string"),
        },
        index=pd.Index([item.pair.skill for item in found], name="skill", dtype=object),
    )
