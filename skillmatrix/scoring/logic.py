"""Three states and their AND: a chain is as good as its worst part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

State = Literal["NOT MET", "OPEN", "MET"]
ORDER: dict[State, int] = {"NOT MET": 0, "OPEN": 1, "MET": 2}


def both(states: Iterable[State]) -> State:
    """
    Join states with the strong Kleene AND: the lowest of NOT MET < OPEN < MET.

    Examples
    --------
    >>> both(["MET", "OPEN"]), both([]), both(["OPEN", "NOT MET"])
    ('OPEN', 'MET', 'NOT MET')
    """
    return min(states, key=ORDER.__getitem__, default="MET")


def bounded(at_worst: bool, at_best: bool) -> State:
    """Judge by the two corners: true at worst is MET, false at best is NOT MET."""
    return "MET" if at_worst else "OPEN" if at_best else "NOT MET"


def agreed(states: Iterable[State]) -> State:
    """Give the state that several answers to an open question agree on, else OPEN."""
    found = set(states)
    return found.pop() if len(found) == 1 else "OPEN"
