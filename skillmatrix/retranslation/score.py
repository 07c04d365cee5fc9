"""What filled sheets come to: hit rates, spread of levels, and which anchors hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, stdev
from typing import Any

from skillmatrix.framework.located import read_yaml
from skillmatrix.framework.model import Anchor, Framework
from skillmatrix.framework.retranslated import Retranslation, RetranslationRule
from skillmatrix.framework.wording import read_wording
from skillmatrix.retranslation.draw import Kind, groups_of, sortable
from skillmatrix.retranslation.filled import Sorting
from skillmatrix.retranslation.sheet import NONE

#: How far the median may lie from the anchor's own level: between it and the next one.
_BESIDE = 0.5


class Why(StrEnum):
    """Why an anchor is not retranslated."""

    NOT_SORTED = "nobody sorted it"
    FEW = "too few sorters to say anything"
    OTHER_GROUP = "too few named where it stands"
    SPREAD = "the levels lie too far apart"
    OTHER_LEVEL = "sorted to another level than its own"


@dataclass(frozen=True)
class Scored:
    """
    One anchor and what came of sorting it.

    Attributes
    ----------
    group : str
        The skill or criterion it stands at.
    anchor : Anchor
    n_sorters : int
        People who sorted it.
    hits : int
        Those who named where it stands.
    taken_for : mapping of str to int
        What it was taken for, most often first; ``-`` is none of them.
    levels : mapping of int to int
        How often each level was named.
    hit_rate, sd, median : float or None
        None where too few have sorted it. The spread is by n - 1, over all levels named. Levels
        are taken for numbers here and nowhere else: it is the custom of this field, and says of
        a sentence how far it scatters, never of a person how good she is.
    reasons : tuple of Why
        Why it is not retranslated; empty where it is.
    """

    group: str
    anchor: Anchor
    n_sorters: int
    hits: int
    taken_for: Mapping[str, int]
    levels: Mapping[int, int]
    hit_rate: float | None
    sd: float | None
    median: float | None
    reasons: tuple[Why, ...]

    @property
    def holds(self) -> bool:
        """Whether it was sorted back to where it stands."""
        return not self.reasons

    @property
    def reword(self) -> bool:
        """Whether enough people sorted it to say that its wording does not hold."""
        return bool(self.reasons) and self.hit_rate is not None

    @property
    def figures(self) -> Retranslation | None:
        """The figures as the framework keeps them; None where too few have sorted it."""
        if self.hit_rate is None or self.sd is None:
            return None
        return Retranslation(
            n_sorters=self.n_sorters, hit_rate=round(self.hit_rate, 3), sd=round(self.sd, 3)
        )

    def as_data(self) -> dict[str, Any]:
        """Give the same as plain values; what is not known is null."""
        return {
            "anchor": self.anchor.id,
            "group": self.group,
            "level": self.anchor.level.value,
            "status": self.anchor.status,
            "n_sorters": self.n_sorters,
            "hits": self.hits,
            "hit_rate": self.hit_rate,
            "sd": self.sd,
            "median": self.median,
            "taken_for": dict(self.taken_for),
            "levels": {str(level): count for level, count in self.levels.items()},
            "holds": self.holds,
            "reasons": [str(why) for why in self.reasons],
        }


@dataclass(frozen=True)
class OfGroup:
    """
    The anchors of one skill or criterion together.

    Attributes
    ----------
    group : str
    n_anchors, n_hold : int
        Anchors that enough people sorted, and those of them that hold.
    n_sortings, hits : int
        Of these anchors, how often one was sorted, and how often to where it stands.
    taken_for : mapping of str to int
        What they were taken for instead, most often first.
    """

    group: str
    n_anchors: int
    n_hold: int
    n_sortings: int
    hits: int
    taken_for: Mapping[str, int]

    @property
    def hit_rate(self) -> float | None:
        """Share of sortings that named it; None where no anchor has enough of them."""
        return self.hits / self.n_sortings if self.n_sortings else None

    def as_data(self) -> dict[str, Any]:
        """Give the same as plain values; what is not known is null."""
        told = {name: getattr(self, name) for name in ("group", "n_anchors", "n_hold")}
        told |= {"n_sortings": self.n_sortings, "hits": self.hits, "hit_rate": self.hit_rate}
        return {**told, "taken_for": dict(self.taken_for)}


@dataclass(frozen=True)
class Scores:
    """
    What filled sheets come to.

    Attributes
    ----------
    framework : str
        ``id@version``.
    rule : RetranslationRule
    sorters : tuple of str
        Code of each sorter.
    rounds : int
        Seeds among the sheets: in two rounds one person may have sorted twice.
    anchors : tuple of Scored
        Every anchor that can be sorted, in the order of the framework.
    groups : tuple of OfGroup
    """

    framework: str
    rule: RetranslationRule
    sorters: tuple[str, ...]
    rounds: int
    anchors: tuple[Scored, ...]
    groups: tuple[OfGroup, ...]

    def as_data(self) -> dict[str, Any]:
        """Give the same as plain values."""
        return {
            "framework": self.framework,
            "rule": self.rule.model_dump(),
            "sorters": list(self.sorters),
            "rounds": self.rounds,
            "anchors": [each.as_data() for each in self.anchors],
            "groups": [each.as_data() for each in self.groups],
        }


def rule_of(framework: Framework) -> RetranslationRule:
    """Give the rule of ``wording.yaml``; the usual one where the framework has no such file."""
    file = framework._folder / "wording.yaml" if framework._folder else None
    return read_wording(read_yaml(file) if file and file.exists() else None).retranslation


def score(
    sortings: Iterable[Sorting], framework: Framework, rule: RetranslationRule | None = None
) -> Scores:
    """
    Count what filled sheets say of each anchor.

    Parameters
    ----------
    sortings : iterable of Sorting
        From `collect`.
    framework : Framework
    rule : RetranslationRule, optional
        What an anchor has to reach; that of the framework when left out.

    Returns
    -------
    Scores
        No figure of an anchor that fewer than the rule's number have sorted.

    Notes
    -----
    An anchor holds when enough people name its own skill, the levels they name lie close
    together (both Smith and Kendall's retranslation, with the figures of the rule), and their
    median is its own level or between it and a neighbour. Without the last an anchor that
    everybody puts two levels lower would count as tested where it stands. Three of three is weak
    evidence all the same: a sentence that a third of all people would place elsewhere passes
    with three sorters three times in ten.
    """
    given = list(sortings)
    rule = rule or rule_of(framework)
    kinds: list[Kind] = [*dict.fromkeys(each.draw.kind for each in given)] or ["skills"]
    told: dict[str, list[tuple[str, int | None]]] = {}
    for each in given:
        for anchor, answer in each.answers.items():
            told.setdefault(anchor, []).append((answer.group or NONE, answer.level))
    scored = tuple(
        _scored(group, anchor, told.get(anchor.id, []), rule)
        for kind in kinds
        for group, anchor in sortable(framework, kind)
    )
    names = [name for kind in kinds for name in groups_of(framework, kind)]
    return Scores(
        framework.key,
        rule,
        tuple(each.draw.sorter for each in given),
        len({each.draw.seed for each in given}),
        scored,
        tuple(_of_group(name, [s for s in scored if s.group == name]) for name in names),
    )


def _scored(
    group: str, anchor: Anchor, told: list[tuple[str, int | None]], rule: RetranslationRule
) -> Scored:
    taken = Counter(name for name, _ in told)
    levels = [level for _, level in told if level is not None]
    hits, count = taken[group], len(told)
    rate = spread = middle = None
    if count < rule.sorters:
        reasons = [Why.FEW if count else Why.NOT_SORTED]
    else:
        rate = hits / count
        spread = stdev(levels) if len(levels) >= rule.sorters else None
        middle = float(median(levels)) if len(levels) >= rule.sorters else None
        reasons = [Why.OTHER_GROUP] if rate < rule.hit_rate else []
        if spread is None or middle is None:
            reasons = reasons or [Why.FEW]
        else:
            reasons += [Why.SPREAD] if spread > rule.sd else []
            reasons += [Why.OTHER_LEVEL] if abs(middle - anchor.level.value) > _BESIDE else []
    return Scored(
        group,
        anchor,
        count,
        hits,
        dict(taken.most_common()),
        dict(sorted(Counter(levels).items())),
        rate,
        spread,
        middle,
        tuple(reasons),
    )


def _of_group(name: str, anchors: list[Scored]) -> OfGroup:
    enough = [each for each in anchors if each.hit_rate is not None]
    others: Counter[str] = Counter()
    for each in enough:
        others.update({taken: n for taken, n in each.taken_for.items() if taken != name})
    return OfGroup(
        name,
        len(enough),
        sum(each.holds for each in enough),
        sum(each.n_sorters for each in enough),
        sum(each.hits for each in enough),
        dict(others.most_common()),
    )
