"""A verdict under stress: in how many cases it holds, and on which clause it turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from skillmatrix.assessment.model import Assessment
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.changes import SwitchOn
from skillmatrix.framework.frozen import FrozenDict
from skillmatrix.framework.model import Framework, Profile
from skillmatrix.scoring.noise import Noise
from skillmatrix.scoring.shifts import (
    Answer,
    Clause,
    Context,
    Family,
    FamilyId,
    Shift,
    Turned,
    clauses,
)
from skillmatrix.scoring.targets_text import in_full
from skillmatrix.scoring.verdict import CriterionResult, Verdict

#: More pairs of ratings than this are not tried: every case is looked at, or none of its kind.
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Stress:
    """
    What `stress` found; see there.

    Attributes
    ----------
    verdict : Verdict
        The answer that is tried.
    families : mapping of str to Family
        ``contexts``, ``switches``, ``ratings`` and ``pairs``: how many cases there are, and
        those under which something comes out otherwise.
    noise : int
        How many levels a rating may be off.
    unasked : tuple of str
        Skills with a level that no rule looks at; moving them changes nothing, so they are
        not counted as cases.
    pairs_left_out : int
        Pairs of moves that are too many to try one by one; 0 where all were tried.
    """

    verdict: Verdict
    families: Mapping[FamilyId, Family] = field(repr=False)
    noise: int
    unasked: tuple[str, ...]
    pairs_left_out: int = 0

    @property
    def joint(self) -> tuple[Shift, ...]:
        """Pairs that turn the whole answer although neither of the two does so alone."""
        alone = {move for shift in self.families["ratings"].flips for move in shift.changes}
        return tuple(s for s in self.families["pairs"].flips if alone.isdisjoint(s.changes))

    def explain(self) -> str:
        """
        Write the counts out, each case that turns the answer, and the clause it turns on.

        Returns
        -------
        str
            Plain text of several lines, for a terminal or a file.
        """
        from skillmatrix.scoring.stress_text import explain

        return explain(self)

    def __repr__(self) -> str:
        counts = ", ".join(f"{f.id} {f.holds} of {f.cases}" for f in self.families.values())
        return f"<Stress {self.verdict.overall} holds in: {counts}>"


def stress(
    assessment: Assessment,
    profile: Profile,
    *,
    overlays: Iterable[str] | None = None,
    noise: int = 1,
) -> Stress:
    """
    Try a verdict under other contexts, other answers, and ratings that are off by a level.

    Parameters
    ----------
    assessment : Assessment
    profile : Profile
        From ``framework.profile(...)``.
    overlays : iterable of str, optional
        Variants to try: one the profile does not have is added to its own, one it has is taken
        out. Default: all of the framework.
    noise : int
        How many levels a rating may be off, in either direction; 0 leaves ratings alone.

    Returns
    -------
    Stress
        Counts by family of cases, in ``families``; ``explain()`` writes them out.

    Raises
    ------
    MismatchError
        If the two speak of different frameworks or versions.
    UsageError
        If a variant does not exist, or `noise` is no whole number from 0 on.

    Notes
    -----
    Every case is tried; none is drawn. Each is judged by the rules of `verdict`: a rating moved
    up counts as far as its evidence supports it, a skill without a rating stays unknown, and
    evidence is left as it is. What a variant lowers on a condition counts where
    ``assessment.aim.reasons`` says how it holds.

    The counts are no probability, of a promotion or of anything else: the cases are not equally
    likely, nor independent, and nobody knows how likely each is.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of=dt.date(2026, 11, 20), ratings={"mlops": 3})
    >>> found = sm.stress(a, fw.profile("senior"), overlays=["enterprise"])
    >>> ratings = found.families["ratings"]
    >>> ratings.holds, ratings.cases
    (1, 2)
    >>> [(s.changes[0].to, s.after, s.decisive[0].clauses[0].title) for s in ratings.flips]
    [(4, 'OPEN', 'MLOps at 4 or above')]
    """
    if isinstance(noise, bool) or not isinstance(noise, int) or noise < 0:
        msg = f"noise is {noise!r}; expected how many levels a rating may be off: 0, 1, 2, ..."
        raise UsageError(msg)
    found = Verdict(assessment, profile)
    chosen = _chosen(found.framework, overlays)
    moved = Noise(found, noise)
    affordable = moved.pairs <= MOST_PAIRS
    contexts = list(_contexts(assessment, profile, chosen))
    answers = list(_answers(profile))
    families = (
        Family("contexts", len(contexts), tuple(_shifts(found, contexts))),
        Family("switches", len(answers), tuple(_shifts(found, answers))),
        Family("ratings", moved.singles, tuple(moved.one_at_a_time())),
        Family("pairs", moved.pairs, tuple(moved.two_at_a_time()))
        if affordable
        else Family("pairs", 0, ()),
    )
    return Stress(
        verdict=found,
        families=FrozenDict({family.id: family for family in families}),
        noise=noise,
        unasked=moved.unasked,
        pairs_left_out=0 if affordable else moved.pairs,
    )


def _chosen(framework: Framework, overlays: Iterable[str] | None) -> list[str]:
    """Give the variants to try, each once, in the order of the framework."""
    if overlays is None:
        return list(framework.overlays)
    wanted = set(overlays)
    for name in sorted(wanted - set(framework.overlays)):
        msg = f"no overlay {name!r} in this framework; {suggest(name, list(framework.overlays))}"
        raise UsageError(msg)
    return [name for name in framework.overlays if name in wanted]


def _turned_on(profile: Profile) -> set[str]:
    """Give the switches that a variant of the profile answers, whatever a person says."""
    overlays: Mapping[str, object] = profile.framework.overlays
    return {
        change.switch
        for name in profile.overlays
        for change in overlays[name].changes  # type: ignore[attr-defined]
        if isinstance(change, SwitchOn)
    }


def _contexts(
    assessment: Assessment, profile: Profile, overlays: Iterable[str]
) -> Iterator[tuple[Context, Profile]]:
    framework, aim = profile.framework, assessment.aim
    own = set(profile.overlays)
    answers = dict(profile.switches)
    answers.update({switch: aim.switches.get(switch) for switch in _turned_on(profile)})
    for name in overlays:
        here: Profile = framework.profile(
            profile.id,
            own ^ {name},
            answers,
            {
                skill: entry.reason
                for skill, entry in profile.not_applicable.items()
                if skill not in framework.profiles[profile.id].not_applicable
            },
            {other: why for other, why in aim.reasons.items() if why.strip()},
        )
        yield Context(name, name not in own), here


def _answers(profile: Profile) -> Iterator[tuple[Answer, Profile]]:
    settled = _turned_on(profile)
    for switch in profile.asked:
        if switch in settled:
            continue
        given = profile.switches.get(switch)
        for answer in (True, False) if given is None else (not given,):
            switches = FrozenDict({**profile.switches, switch: answer})
            yield Answer(switch, answer), profile.model_copy(update={"switches": switches})


def _shifts(before: Verdict, cases: Iterable[tuple[Context | Answer, Profile]]) -> Iterator[Shift]:
    for change, profile in cases:
        after = Verdict(before.assessment, profile)
        turned = tuple(
            _turned(was, after.criteria[name])
            for name, was in before.criteria.items()
            if after.criteria[name].state != was.state
        )
        if turned or after.overall != before.overall:
            yield Shift((change,), before.overall, after.overall, turned)


def _turned(before: CriterionResult, after: CriterionResult) -> Turned:
    was = {part.id: part for part in before.parts}
    now = {part.id: part for part in after.parts}
    differ = []
    for name in dict.fromkeys((*now, *was)):
        old, new = was.get(name), now.get(name)
        part = new or old
        states = old.state if old else None, new.state if new else None
        if part is not None and states[0] != states[1]:
            differ.append(Clause(name, part.kind, in_full(part), *states))
    return Turned(before.id, before.state, after.state, clauses(before.state, after.state, differ))
