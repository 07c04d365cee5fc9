"""What is known of a boundary between two levels: who is split across it, and what follows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from skillmatrix.calibration.display import shown
from skillmatrix.calibration.results import Coefficient
from skillmatrix.framework.level import Level

#: People at a boundary below which nothing is said of it, and split ones below which it is no case.
FEWEST_NEAR, FEWEST_SPLIT = 5, 3
#: People at the same step of other skills below which there is nothing to compare with.
FEWEST_ELSEWHERE = 20
#: Of the boundaries named, the share that may be there by chance.
FALSE_SHARE = 0.20
#: The rule, as it is told wherever its outcome is shown.
RULE = (
    f"A boundary is worth a change request when at least {FEWEST_NEAR} people stand at it, at "
    f"least {FEWEST_SPLIT} of them are split across it, and so many would be rare at the rate of "
    "the same step on the other skills of the session (exact binomial, Benjamini and Hochberg over "
    f"all boundaries with enough data, at most {FALSE_SHARE:.0%} false ones expected)."
)
SOURCE = "judgement"


class Why(StrEnum):
    """Why a boundary is not worth a change request."""

    NO_PAIRS = "nobody was rated twice on this skill"
    FEW_NEAR = f"fewer than {FEWEST_NEAR} people rated twice stand at this boundary"
    FEW_ELSEWHERE = "too few people at the same step of other skills to compare with"
    FEW_SPLIT = f"fewer than {FEWEST_SPLIT} people are split across it"
    AS_ELSEWHERE = "raters are split here no more than at the same step of other skills"


@dataclass(frozen=True)
class Again:
    """
    A second rating of people who were split across a boundary.

    Attributes
    ----------
    n_rated : int
        Of those split at first, people whom two or more rated again.
    n_split : int
        Of these, people who are still split.
    """

    n_rated: int
    n_split: int


@dataclass(frozen=True)
class Boundary:
    """
    The boundary between two neighbouring levels of a skill, in one session.

    Attributes
    ----------
    skill : str
    lower, upper : Level
        Raters are split where some say lower or less and others upper or more.
    n_people : int
        People whom two or more rated on this skill.
    n_near : int
        Those of them at the boundary: given the lower or the upper level by somebody, or split.
    n_split : int
        Those with ratings on both sides.
    n_pairs, n_pairs_split : int
        Pairs of raters of one person, and those on two sides.
    beyond_chance : Coefficient or None
        Krippendorff's alpha of the two sides; None for fewer than five people.
    elsewhere : float or None
        Share of people split at the same step of the other skills; None where too few.
    tail : float or None
        How often so many or more would be split at that rate.
    why_not : Why or None
        None where it is worth a change request.
    again : Again or None
        What a second rating made of it, where there was one.
    """

    skill: str
    lower: Level
    upper: Level
    n_people: int
    n_near: int
    n_split: int
    n_pairs: int
    n_pairs_split: int
    beyond_chance: Coefficient | None
    elsewhere: float | None
    tail: float | None
    why_not: Why | None
    again: Again | None = None

    @property
    def worth(self) -> bool:
        """Whether its wordings are worth a change request."""
        return self.why_not is None

    @property
    def agreement(self) -> float | None:
        """Share of pairs of raters on one side; None without a pair."""
        return 1 - self.n_pairs_split / self.n_pairs if self.n_pairs else None

    @property
    def words(self) -> str:
        """What was seen, in a sentence, by counts alone."""
        if self.n_near == 0:
            return "nobody rated twice stands at this boundary"
        people = "1 person" if self.n_near == 1 else f"{self.n_near} people"
        are = "is" if self.n_split == 1 else "are"
        told = f"of {people} at this boundary {self.n_split} {are} split across it"
        if self.again is not None and self.again.n_rated:
            told += f"; rated again {self.again.n_rated}, still split {self.again.n_split}"
        return told

    def as_data(self) -> dict[str, Any]:
        """Give the same as plain values; what is not known is null."""
        data = asdict(self)
        data |= {"lower": self.lower.value, "upper": self.upper.value}
        data |= {"agreement": self.agreement, "worth": self.worth, "words": self.words}
        data["why_not"] = None if self.why_not is None else str(self.why_not)
        if self.beyond_chance is not None:
            found = self.beyond_chance
            ends = None if found.interval is None else list(found.interval)
            data["beyond_chance"] = {
                "name": found.name,
                "value": found.value,
                "interval": ends,
                "words": shown(found),
            }
        return data


@dataclass(frozen=True)
class Step:
    """
    The step between two neighbouring levels on all skills of a session.

    Attributes
    ----------
    lower, upper : Level
    n_near, n_split : int
        People at the step and people split across it, a person once for each skill.
    """

    lower: Level
    upper: Level
    n_near: int
    n_split: int


@dataclass(frozen=True)
class Findings:
    """
    Every boundary of every skill that two raters rated, those that split raters first.

    Attributes
    ----------
    framework : str
        ``id@version``.
    boundaries : tuple of Boundary
        Worth a change request first, then those with enough data, then the others.
    steps : tuple of Step
        The same step of all skills together, lowest first. Where raters are split at a step on
        every skill alike, it is the scale that is read apart, and no wording stands out.
    n_people, n_raters : int
        In the session, whether rated twice or not.
    """

    framework: str
    boundaries: tuple[Boundary, ...]
    steps: tuple[Step, ...]
    n_people: int
    n_raters: int

    @property
    def worth(self) -> tuple[Boundary, ...]:
        """The boundaries that are worth a change request."""
        return tuple(each for each in self.boundaries if each.worth)

    def as_data(self) -> dict[str, Any]:
        """Give the same as plain values, with the rule they were found by."""
        return {
            "framework": self.framework,
            "people": self.n_people,
            "raters": self.n_raters,
            "rule": RULE,
            "source": SOURCE,
            "steps": [
                {**asdict(each), "lower": each.lower.value, "upper": each.upper.value}
                for each in self.steps
            ],
            "boundaries": [each.as_data() for each in self.boundaries],
        }
