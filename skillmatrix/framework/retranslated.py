"""Anchors that practitioners have sorted back: the figures, and what they have to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.parts import Part

if TYPE_CHECKING:
    from skillmatrix.framework.model import Anchor

Share = Annotated[float, Field(ge=0, le=1)]
Spread = Annotated[float, Field(ge=0)]


class Retranslation(Part):
    """
    What came of sorting an anchor back to its skill and level.

    Attributes
    ----------
    n_sorters : int
        People who sorted it.
    hit_rate : float
        Share of them who named its skill.
    sd : float
        Standard deviation of the levels they named, by n - 1.
    """

    n_sorters: Annotated[int, Field(ge=1)]
    hit_rate: Share
    sd: Spread


class RetranslationRule(Part):
    """
    What figures an anchor needs to be retranslated.

    Attributes
    ----------
    sorters : int
        At least so many people.
    hit_rate : float
        At least this share names the skill.
    sd : float
        The standard deviation of the levels is at most this.
    """

    sorters: Annotated[int, Field(ge=2)] = 3
    hit_rate: Share = 0.75
    sd: Spread = 1.0

    def shortfall(self, found: Retranslation) -> str:
        """Say what figures lack; nothing when they suffice."""
        if found.n_sorters < self.sorters:
            return f"{found.n_sorters} sorters"
        if found.hit_rate < self.hit_rate:
            return f"a hit rate of {found.hit_rate:g}"
        return f"a standard deviation of {found.sd:g}" if found.sd > self.sd else ""

    @property
    def words(self) -> str:
        """What is asked, in words."""
        asked = f"at least {self.sorters} sorters, {self.hit_rate:g} of them right"
        return f"{asked}, an SD of {self.sd:g} or less"


def check_retranslated(
    document: Located, where: Key, anchor: Anchor, rule: RetranslationRule
) -> None:
    """An anchor that is retranslated says by what figures, and they suffice; no other has any."""
    figures = anchor.retranslation
    if anchor.status == "retranslated" and figures is None:
        expected = "retranslation: {n_sorters: , hit_rate: , sd: }"
        remedy = "skillmatrix retranslate score writes it; status: draft until then"
        document.problem((*where, "status"), "no figures", expected, "retranslated", remedy)
    if figures is None:
        return
    spot = (*where, "retranslation")
    if anchor.status != "retranslated":
        remedy = "a new wording has not been sorted: delete the figures"
        found, expected = f"figures at an anchor that is {anchor.status}", "none"
        document.problem(spot, found, expected, "retranslated", remedy)
    elif short := rule.shortfall(figures):
        document.problem(spot, short, rule.words, "retranslated", "status: draft")
