"""From a rating and its evidence to an interval: what is sure, and what is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Self

from skillmatrix.assessment.evidence import effective_strength, instance
from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.errors import MismatchError, UsageError
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import STRENGTHS, Framework, Profile, Strength

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_word(count: int) -> str:
    """Write a small count as a word."""
    return COUNTS[count] if count < len(COUNTS) else str(count)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where one skill stands, as positions on the scale (0 is the lowest level).

    Attributes
    ----------
    skill : str
    state : str
        ``RATED``, or the word for why there is no level.
    low, high : int
        Positions of the lowest and the highest level that are possible.
    claimed, supported : Level or None
        None without a rating.
    best : Strength or None
        The strongest evidence that still counts.
    counts : mapping of Strength to int
        Distinct items of this strength or above.
    raters : int
        How many others of a panel stand behind it; 0 where it is one assessment alone. With two
        or more, a miss is no longer to be confirmed.
    """

    skill: str
    state: str
    low: int
    high: int
    claimed: Level | None
    supported: Level | None
    best: Strength | None
    counts: Mapping[Strength, int]
    raters: int = 0

    @property
    def known(self) -> bool:
        """Whether there is a level at all."""
        return self.claimed is not None


class Standings(Mapping[str, Standing]):
    """The standing of every skill of a framework, with the scale they refer to."""

    def __init__(self, assessment: Assessment, profile: Profile) -> None:
        self.assessment = assessment
        self.profile = profile
        self.framework = framework_of(assessment, profile)
        self.levels = self.framework.levels
        self.position = {level: index for index, level in enumerate(self.levels)}
        by_skill: dict[str, list[tuple[Strength, Evidence]]] = {}
        self.counting: list[tuple[Strength, Evidence]] = []
        absence = assessment.aim.absence_months
        for item in assessment.evidence:
            strength = effective_strength(item, assessment.as_of, self.framework.ageing, absence)
            if strength is None:
                continue
            self.counting.append((strength, item))
            for skill in dict.fromkeys(item.skills):
                by_skill.setdefault(skill, []).append((strength, item))
        self._items = {
            skill: self._stand(skill, by_skill.get(skill, ())) for skill in self.framework.skills
        }

    def __getitem__(self, skill: str) -> Standing:
        return self._items[skill]

    def __iter__(self) -> Any:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def _stand(self, skill: str, items: Iterable[tuple[Strength, Evidence]]) -> Standing:
        rating = self.assessment.rating(skill)
        counts = count_strengths(items)
        best = next((s for s in reversed(STRENGTHS) if counts[s]), None)
        if skill in self.profile.not_applicable:
            state = "NOT_APPLICABLE"
        elif rating.state == "NOT_APPLICABLE":
            state = "NOT_APPLICABLE_PROPOSED"
        else:
            state = rating.state
        if state != "RATED" or rating.level is None:
            top = len(self.levels) - 1
            return Standing(skill, state, 0, top, None, None, best, counts)
        high = self.position[rating.level]
        low = self.supported_position(high, counts)
        return Standing(skill, state, low, high, rating.level, self.levels[low], best, counts)

    def supported_position(self, claimed: int, counts: Mapping[Strength, int]) -> int:
        """Give the position of the highest level, up to the claimed one, that has its evidence."""
        for position in range(claimed, 0, -1):
            if is_supported(self.framework, self.levels[position], counts):
                return position
        return 0

    def moved(self, skill: str, position: int, *, carried: bool = False) -> Standing:
        """
        Give the standing of a skill had its rating been another.

        Parameters
        ----------
        skill : str
        position : int
            Of the level, on the scale.
        carried : bool
            Whether to take the level as shown in full. By default it counts as far as the
            evidence there is supports it.
        """
        standing = self[skill]
        low = position if carried else self.supported_position(position, standing.counts)
        return replace(
            standing,
            state="RATED",
            low=low,
            high=position,
            claimed=self.levels[position],
            supported=self.levels[low],
        )

    def trying(self, positions: Mapping[str, int], *, carried: bool = False) -> Self:
        """Give all standings with some ratings moved, see `moved`; what is left out stays out."""
        tried = copy(self)
        tried._items = {
            skill: self.moved(skill, positions[skill], carried=carried)
            if skill in positions and standing.state != "NOT_APPLICABLE"
            else standing
            for skill, standing in self.items()
        }
        return tried

    def with_some(self, items: Mapping[str, Standing]) -> Self:
        """Give all standings with some of them replaced."""
        other = copy(self)
        other._items = {skill: items.get(skill, standing) for skill, standing in self.items()}
        return other

    def missing_evidence(self, skill: str, level: Level) -> str:
        """Say in words what a skill lacks for a level, such as ``one more E2, or one E3``."""
        counts = self[skill].counts
        ways = []
        for strength, count in self.framework.support[level].any_of:
            lacking = count - counts[strength]
            if lacking <= 0:
                return ""
            more = " more" if counts[strength] else ""
            ways.append(f"{count_word(lacking)}{more} {strength}")
        return ", or ".join(ways)


def framework_of(assessment: Assessment, profile: Profile) -> Framework:
    """Give the framework both belong to, or say that they do not belong together."""
    framework = profile.framework
    if not isinstance(framework, Framework):
        msg = f"the profile {profile.id!r} was not chosen; use framework.profile({profile.id!r})"
        raise UsageError(msg)
    if assessment.framework != framework.key:
        msg = (
            f"the assessment speaks of {assessment.framework}, the profile of {framework.key}; "
            "use the framework the assessment was made with"
        )
        raise MismatchError(msg)
    return framework


def count_strengths(items: Iterable[tuple[Strength, Evidence]]) -> dict[Strength, int]:
    """Count distinct items of each strength or above."""
    strongest: dict[object, int] = {}
    for strength, item in items:
        key, rank = instance(item), STRENGTHS.index(strength)
        strongest[key] = max(rank, strongest.get(key, -1))
    if not strongest:
        return dict.fromkeys(STRENGTHS, 0)
    ranks = list(strongest.values())
    return {s: sum(r >= i for r in ranks) for i, s in enumerate(STRENGTHS)}


def is_supported(framework: Framework, level: Level, counts: Mapping[Strength, int]) -> bool:
    """Say whether evidence of these counts carries a level."""
    ways = framework.support[level].any_of
    return not ways or any(counts[strength] >= count for strength, count in ways)
