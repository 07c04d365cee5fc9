"""States that are not levels, and who may set them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StateWord = Literal["UNRATED", "DECLINED", "NOT_OBSERVED", "NOT_APPLICABLE"]
RaterKind = Literal["self", "mentor", "manager", "peer"]


@dataclass(frozen=True)
class State:
    """One state with its meaning; never a number, a blank or 0.

    Parameters
    ----------
    id : str
        The word, as saved.
    title, meaning : str
        As people read it.
    raters : tuple of str
        Kinds of rater who may set it.
    """

    id: StateWord
    title: str
    meaning: str
    raters: tuple[RaterKind, ...]


STATES: dict[str, State] = {
    state.id: state
    for state in (
        State(
            "UNRATED",
            "Not rated yet",
            "Nobody has answered yet. Anything from the lowest to the highest level is possible.",
            ("self", "mentor", "manager", "peer"),
        ),
        State(
            "DECLINED",
            "Prefer not to say",
            "You chose not to answer; no reason is asked. It counts as unknown.",
            ("self",),
        ),
        State(
            "NOT_OBSERVED",
            "Not observed",
            "The rater had no chance to see it. It counts as unknown.",
            ("mentor", "manager", "peer"),
        ),
        State(
            "NOT_APPLICABLE",
            "Does not apply here",
            "A proposal to take the skill out of this role here. Only the profile can do so; "
            "until then it counts as unknown.",
            ("self", "mentor", "manager", "peer"),
        ),
    )
}
