"""Several targets beside each other: the verdict for each, and the gaps they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import UsageError
from skillmatrix.framework.level import Level
from skillmatrix.framework.model import Profile
from skillmatrix.scoring.difference import Difference, GateKind, difference, gates_by_skill
from skillmatrix.scoring.gap import SkillGap, as_frame, gaps
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.standing import framework_of
from skillmatrix.scoring.verdict import Overall, PartResult, Verdict

if TYPE_CHECKING:
    import pandas as pd

HangsOn = Literal["nothing", "evidence", "rating"]
_ANSWERS = {True: "yes", False: "no", None: "open"}


@dataclass(frozen=True)
class Ask:
    """
    What one target asks of one skill where the person has, or may have, a gap.

    Attributes
    ----------
    bar : Level
        An unanswered switch counts as off.
    gap_min, gap_max : int
        Steps to the bar at best and at worst.
    kind : {"gate", "floor"} or None
        A rule of the target on this skill that is not surely met; None where missing the bar
        stops nobody.
    higher : tuple of (str, Level) or None
        An unanswered switch, and the bar if its answer is yes.
    rated : bool
    """

    bar: Level
    gap_min: int
    gap_max: int
    kind: GateKind | None
    higher: tuple[str, Level] | None
    rated: bool

    @property
    def certain(self) -> bool:
        """Whether the gap is there even if everything claimed is true."""
        return self.gap_min > 0

    @property
    def hangs_on(self) -> HangsOn:
        """What could still close the gap: nothing, evidence for what is claimed, or a rating."""
        if not self.rated:
            return "rating"
        return "nothing" if self.certain else "evidence"


@dataclass(frozen=True)
class GapAcross:
    """
    One skill, and every target in which it has a gap.

    Attributes
    ----------
    skill : str
    state : str
        ``RATED``, or the word for why there is no level.
    asks : mapping of str to Ask
        By target id; only the targets with a gap.
    """

    skill: str
    state: str
    claimed: Level | None
    supported: Level | None
    asks: Mapping[str, Ask]

    @property
    def lowest(self) -> Level:
        """The smallest bar among the targets with a gap."""
        return min(ask.bar for ask in self.asks.values())

    @property
    def highest(self) -> Level:
        """The largest bar among them."""
        return max(ask.bar for ask in self.asks.values())

    @property
    def hangs_on(self) -> HangsOn:
        """``nothing`` if the gap is certain in each of them, ``rating`` if nothing is known."""
        found = {ask.hangs_on for ask in self.asks.values()}
        return "evidence" if "evidence" in found else found.pop()


@dataclass(frozen=True)
class TargetResult:
    """
    One target: its verdict, and the gap of each skill.

    Attributes
    ----------
    id : str
        The profile, then its overlays: ``senior``, ``senior+enterprise``.
    label : str
        The same in words.
    """

    id: str
    label: str
    verdict: Verdict
    gaps: Mapping[str, SkillGap]

    @property
    def profile(self) -> Profile:
        """What is asked."""
        return self.verdict.profile

    @property
    def overall(self) -> Overall:
        """READY, NOT YET or OPEN."""
        return self.verdict.overall

    @property
    def word(self) -> str:
        """The same in words that fit the profile: only a promotion has a READY."""
        return self.verdict.label

    @property
    def criteria(self) -> dict[str, State]:
        """The state of each criterion or requirement."""
        return {name: c.state for name, c in self.verdict.criteria.items()}

    @cached_property
    def gates(self) -> dict[State, int]:
        """How many gates and floors are MET, NOT MET and OPEN, each counted once."""
        states = list(gate_states(self.verdict).values())
        return {state: states.count(state) for state in ("MET", "NOT MET", "OPEN")}

    def parts(self, state: State) -> tuple[PartResult, ...]:
        """Give the parts in one state; a gate that two criteria name is given once."""
        found: dict[tuple[str, str], PartResult] = {}
        for criterion in self.verdict.criteria.values():
            for part in criterion.parts:
                if part.state == state:
                    found.setdefault((part.kind, part.label), part)
        return tuple(found.values())

    @property
    def failing(self) -> tuple[PartResult, ...]:
        """The parts that are NOT MET."""
        return self.parts("NOT MET")

    @property
    def open(self) -> tuple[PartResult, ...]:
        """The parts that are OPEN."""
        return self.parts("OPEN")


class Targets(Mapping[str, TargetResult]):
    """
    What `targets` found, by target id in the order asked; see there.

    Attributes
    ----------
    assessment : Assessment
    framework : Framework
    """

    def __init__(self, assessment: Assessment, profiles: Sequence[Profile]) -> None:
        if not profiles:
            msg = "no target was given; give one profile at least, from framework.profile(...)"
            raise UsageError(msg)
        self.assessment = assessment
        for profile in profiles:
            self.framework = framework_of(assessment, profile)
        self._results: dict[str, TargetResult] = {}
        for name, label, profile in named(profiles):
            found = Verdict(assessment, profile)
            self._results[name] = TargetResult(name, label, found, gaps(found.standings))

    def __getitem__(self, name: str) -> TargetResult:
        return self._results[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    @property
    def table(self) -> pd.DataFrame:
        """
        The gap of each skill for each target.

        Returns
        -------
        DataFrame
            Index ``skill``, in the order of the framework. Columns ``(target, column)``;
            ``table[target]`` is the frame of `gap` for that target, with its types and NA.
        """
        import pandas as pd

        frames = {name: as_frame(result.gaps) for name, result in self.items()}
        return pd.concat(frames, axis=1, names=["target", "column"])

    @cached_property
    def _across(self) -> tuple[GapAcross, ...]:
        found = []
        gated = {name: gates_by_skill(result.profile) for name, result in self.items()}
        for skill in self.framework.skills:
            asks = {
                name: _ask(result, result.gaps[skill], gated[name].get(skill))
                for name, result in self.items()
                if result.gaps[skill].gap_max
            }
            if asks:
                row = self[next(iter(asks))].gaps[skill]
                found.append(GapAcross(skill, row.state, row.claimed, row.supported, asks))
        return tuple(found)

    @cached_property
    def shared(self) -> tuple[GapAcross, ...]:
        """Gaps that two or more targets have: those of most targets first, then by framework."""
        many = [gap for gap in self._across if len(gap.asks) > 1]
        return tuple(sorted(many, key=lambda gap: -len(gap.asks)))

    @cached_property
    def only(self) -> dict[str, tuple[GapAcross, ...]]:
        """By target, the gaps that no other target has."""
        alone = [gap for gap in self._across if len(gap.asks) == 1]
        return {name: tuple(gap for gap in alone if name in gap.asks) for name in self}

    def difference(self, before: str, after: str) -> Difference:
        """Give what one target asks otherwise than another."""
        return difference(self[before].profile, self[after].profile)

    def explain(self) -> str:
        """
        Write the comparison out: each verdict with its reasons, then the gaps.

        Returns
        -------
        str
            Plain text of several lines, for a terminal or a file.
        """
        from skillmatrix.scoring.targets_text import explain

        return explain(self)

    def __repr__(self) -> str:
        return "<Targets " + ", ".join(f"{name}: {r.word}" for name, r in self.items()) + ">"


def gate_states(found: Verdict) -> dict[tuple[str, str], State]:
    """Give the state of each gate and floor, each once, by kind and label."""
    return {
        (part.kind, part.label): part.state
        for criterion in found.criteria.values()
        for part in criterion.parts
        if part.kind in {"gate", "floor"}
    }


def _ask(result: TargetResult, row: SkillGap, gate: tuple[Level, GateKind] | None) -> Ask:
    profile = result.profile
    bar = profile.targets[row.skill]
    stops = gate is not None and (row.supported is None or row.supported < gate[0])
    higher = None
    if bar.switch is not None and bar.level_when_on is not None:
        undecided = profile.switches.get(bar.switch) is None and bar.level_when_on > bar.level
        higher = (bar.switch, bar.level_when_on) if undecided else None
    return Ask(
        bar=profile.target(row.skill),
        gap_min=row.gap_min or 0,
        gap_max=row.gap_max or 0,
        kind=gate[1] if gate is not None and stops else None,
        higher=higher,
        rated=row.claimed is not None,
    )


def named(profiles: Sequence[Profile]) -> list[tuple[str, str, Profile]]:
    """
    Give each profile an id and a label that tell it from the others; one given twice counts once.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> asked = [fw.profile("senior", switches={"regulated": a}) for a in (True, False)]
    >>> [name for name, _, _ in named([*asked, fw.profile("specialist"), asked[0]])]
    ['senior+regulated=yes', 'senior+regulated=no', 'specialist']
    """
    kept: list[Profile] = []
    for profile in profiles:
        if profile not in kept:
            kept.append(profile)
    found: list[tuple[str, str, Profile]] = []
    times: dict[str, int] = {}
    for profile in kept:
        framework = profile.framework
        alike = [p for p in kept if (p.id, p.overlays) == (profile.id, profile.overlays)]
        answers = {
            switch: _ANSWERS[answer]
            for switch, answer in profile.switches.items()
            if any(other.switches[switch] != answer for other in alike)
        }
        name = "+".join([profile.id, *profile.overlays, *(f"{s}={a}" for s, a in answers.items())])
        words = [framework.overlays[overlay].title for overlay in profile.overlays]
        words += [f"{framework.switches[s].title}: {a}" for s, a in answers.items()]
        times[name] = times.get(name, 0) + 1
        if times[name] > 1:
            words.append(str(times[name]))
            name = f"{name}#{times[name]}"
        label = f"{profile.title} ({', '.join(words)})" if words else profile.title
        found.append((name, label, profile))
    return found


def targets(assessment: Assessment, profiles: Sequence[Profile]) -> Targets:
    """
    Judge one assessment against several targets, and find the gaps they share.

    Parameters
    ----------
    assessment : Assessment
        Ratings by one rater.
    profiles : sequence of Profile
        Each from ``framework.profile(...)``: other roles, or one role in several contexts.

    Returns
    -------
    Targets
        A mapping by target id. ``table`` holds the gap of each skill for each target,
        ``shared`` the gaps of two or more, ``only`` those of a single one.

    Raises
    ------
    MismatchError
        If assessment and profiles speak of different frameworks or versions.
    UsageError
        If no profile is given, or one was not taken with ``framework.profile(...)``.

    Notes
    -----
    Each verdict is that of `verdict`, in the words of its profile. Shared gaps are ordered by
    the number of targets that have them, which is a count; steps of different skills are not
    added. A skill without a rating is an open gap wherever it has a bar above the lowest
    level: ``hangs_on`` says so.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={skill: 3 for skill in fw.skills})
    >>> found = sm.targets(a, [fw.profile("senior"), fw.profile("mlops-platform")])
    >>> {name: result.word for name, result in found.items()}
    {'senior': 'NOT YET', 'mlops-platform': 'profile not met'}
    >>> mlops = next(gap for gap in found.shared if gap.skill == "mlops")
    >>> mlops.lowest, mlops.highest, mlops.hangs_on
    (Level(4), Level(5), 'nothing')
    """
    return Targets(assessment, profiles)
