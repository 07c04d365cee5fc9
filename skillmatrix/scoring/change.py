"""Two rounds of one rater: what the ladder changed, what time changed, what the person changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from skillmatrix.assessment.carry_over import Carried, bring_over, came_from, path_of
from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.errors import MismatchError
from skillmatrix.framework.model import STRENGTHS, Profile, Strength
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.rules import EvidencePart, rules_of
from skillmatrix.scoring.standing import Standing, Standings
from skillmatrix.scoring.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd

By = Literal["ladder", "time", "you"]
Word = Literal["up", "down", "same", "only then", "only now", "neither"]
#: What a rating says: a level, or the word for why there is none.
Said = int | str


@dataclass(frozen=True)
class SkillChange:
    """
    One skill in two rounds.

    Attributes
    ----------
    skill : str
    said : tuple of (str, int or str)
        The rating of then as it was given: the ids the skill had, each with level or word.
    then : Standing
        The same, on the ladder of now and by the evidence of then.
    aged : Standing
        The same, by what that evidence counts for now.
    now : Standing
    steps : int or None
        Level steps from then up to now; None unless both are known.
    word : str
        ``up``, ``down``, ``same``, ``only then``, ``only now`` or ``neither``.
    by : tuple of str
        Who changed it: ``ladder`` what the rating is called or worth, ``time`` what its
        evidence carries, ``you`` the rating itself or the evidence for it.
    """

    skill: str
    said: tuple[tuple[str, Said], ...]
    then: Standing
    aged: Standing
    now: Standing
    steps: int | None
    word: Word
    by: tuple[By, ...]


@dataclass(frozen=True)
class CriterionChange:
    """The state of one criterion, cause by cause; ``before`` only where the old ladder is known."""

    id: str
    code: str
    title: str
    before: State | None
    then: State
    aged: State
    now: State

    @property
    def by(self) -> tuple[By, ...]:
        """What made a difference."""
        return _causes((self.before or self.then) != self.then, self.then != self.aged,
                       self.aged != self.now)  # fmt: skip


@dataclass(frozen=True)
class AgedItem:
    """
    One piece of evidence that counts for less than it did.

    Attributes
    ----------
    item : Evidence
    before, after : str or None
        Strength that counted then, and that counts now; None where it is history only.
    skills : tuple of str
        Skills whose supported level fell with it.
    parts : tuple of str
        Titles of the evidence rules that it answered then, and does not any more.
    """

    item: Evidence
    before: Strength
    after: Strength | None
    skills: tuple[str, ...]
    parts: tuple[str, ...]


def _causes(ladder: bool, time: bool, you: bool) -> tuple[By, ...]:
    named: tuple[tuple[By, bool], ...] = (("ladder", ladder), ("time", time), ("you", you))
    return tuple(cause for cause, told in named if told)


class Change:
    """
    What `change` found; see there.

    Attributes
    ----------
    earlier, later : Assessment
        As given.
    carried : tuple of Carried
        What the ladder made of the earlier ratings; empty on one version.
    before : Verdict or None
        The verdict of then by the ladder of then, if that was given.
    then, aged, now : Verdict
        By the ladder of now: the earlier round on its day, the same today, the later round.
    skills : mapping of str to SkillChange
    criteria : mapping of str to CriterionChange
    aged_out : tuple of AgedItem
    added, removed : tuple of Evidence
        Only in the later, only in the earlier round.
    """

    def __init__(
        self, earlier: Assessment, later: Assessment, profile: Profile, before: Profile | None
    ) -> None:
        self.earlier, self.later, self.profile = earlier, later, profile
        self.now = Verdict(later, profile)
        self.framework = self.now.framework
        brought = bring_over(earlier, self.framework)
        self.carried: tuple[Carried, ...] = brought.carried
        # Whether a round was locked says when to stop waiting for evidence, not what changed.
        bridge = brought.assessment.model_copy(update={"status": later.status})
        self.then = Verdict(bridge, profile)
        today = {"as_of": later.as_of, "aim": later.aim}
        self.aged = Verdict(bridge.model_copy(update=today), profile)
        self.before = None if before is None else Verdict(earlier, before)
        path = path_of(earlier, self.framework)
        self.skills: Mapping[str, SkillChange] = {
            skill: self._skill(skill, came_from(path, skill)) for skill in self.framework.skills
        }
        self.criteria: Mapping[str, CriterionChange] = {
            name: CriterionChange(
                name,
                criterion.code,
                criterion.title,
                self._before(name),
                self.then.criteria[name].state,
                self.aged.criteria[name].state,
                criterion.state,
            )
            for name, criterion in self.now.criteria.items()
        }
        first, second = ({item.id: item for item in a.evidence} for a in (earlier, later))
        self.added = tuple(item for name, item in second.items() if name not in first)
        self.removed = tuple(item for name, item in first.items() if name not in second)

    def _before(self, name: str) -> State | None:
        """Give the state of a criterion by the ladder of then, where it had that criterion."""
        criterion = self.before.criteria.get(name) if self.before else None
        return criterion.state if criterion else None

    def _skill(self, skill: str, names: tuple[str, ...]) -> SkillChange:
        then, aged, now = (v.standings[skill] for v in (self.then, self.aged, self.now))
        said = tuple((name, self.earlier.rating(name).value) for name in names)
        bridge = self.then.assessment.rating(skill).value
        later = self.later.rating(skill).value
        ladder = said != ((skill, bridge),) and any(v != "UNRATED" for _, v in said)
        rated = bridge != later
        by = _causes(ladder, then.low != aged.low, rated or aged.low != now.low)
        steps = now.high - then.high if now.known and then.known else None
        return SkillChange(skill, said, then, aged, now, steps, _word(then, now, steps), by)

    @cached_property
    def aged_out(self) -> tuple[AgedItem, ...]:
        """Evidence that counts for less than it did, through time alone, the oldest first."""
        before, after = (_counting(v.standings) for v in (self.then, self.aged))
        answered, still = (_answered(v.standings) for v in (self.then, self.aged))
        fallen = {s: c.then.low > c.aged.low for s, c in self.skills.items()}
        found = []
        for name, (strength, item) in before.items():
            weaker = after.get(name)
            parts = tuple(
                title
                for rule, (title, items) in answered.items()
                if name in items and name not in still[rule][1]
            )
            if weaker is None or weaker[0] != strength or parts:
                now = weaker[0] if weaker else None
                skills = tuple(s for s in item.skills if fallen.get(s))
                found.append(AgedItem(item, strength, now, skills, parts))
        return tuple(sorted(found, key=lambda aged: (aged.item.date, aged.item.id)))

    @property
    def moved(self) -> tuple[SkillChange, ...]:
        """Skills with another level than then."""
        return tuple(c for c in self.skills.values() if c.word in {"up", "down"})

    @property
    def one_sided(self) -> tuple[SkillChange, ...]:
        """Skills that have a level in one round only: no difference can be told."""
        return tuple(c for c in self.skills.values() if c.word in {"only then", "only now"})

    @property
    def bumped(self) -> bool:
        """Whether the two rounds are of different versions of the ladder."""
        return self.earlier.framework != self.later.framework

    def explain(self) -> str:
        """Write everything out, as plain text of several lines."""
        from skillmatrix.scoring.change_text import explain

        return explain(self)

    def frame(self) -> pd.DataFrame:
        """
        Give the skills as a table.

        Returns
        -------
        DataFrame of shape (n_skills, 6)
            Index ``skill``. Columns ``then``, ``now`` (Int64): levels on the ladder of now, NA
            without one; ``steps`` (Int64): NA unless both are known; ``said`` (string): the
            rating of then as it was given; ``word`` and ``by`` (string).
        """
        import pandas as pd

        rows = list(self.skills.values())

        def level(standing: Standing) -> int | None:
            return None if standing.claimed is None else standing.claimed.value

        said = ["; ".join(f"{n} {v}" for n, v in c.said) for c in rows]
        return pd.DataFrame(
            {
                "then": pd.array([level(c.then) for c in rows], dtype="Int64"),
                "now": pd.array([level(c.now) for c in rows], dtype="Int64"),
                "steps": pd.array([c.steps for c in rows], dtype="Int64"),
                "said": pd.array(said, dtype="string"),
                "word": pd.array([c.word for c in rows], dtype="string"),
                "by": pd.array([", ".join(c.by) for c in rows], dtype="string"),
            },
            index=pd.Index([c.skill for c in rows], name="skill"),
        )

    def __repr__(self) -> str:
        moved = f"{len(self.moved)} moved, {len(self.one_sided)} known once"
        return f"<Change {self.then.overall} to {self.now.overall}: {moved}>"


def _word(then: Standing, now: Standing, steps: int | None) -> Word:
    if steps is not None:
        return "up" if steps > 0 else "down" if steps < 0 else "same"
    return "only then" if then.known else "only now" if now.known else "neither"


def _counting(standings: Standings) -> dict[str, tuple[Strength, Evidence]]:
    return {item.id: (strength, item) for strength, item in standings.counting}


def _answered(standings: Standings) -> dict[str, tuple[str, frozenset[str]]]:
    """Give, by evidence rule, its title and the items that answer it."""
    return {
        rule.id: (rule.rule.title, frozenset(i.id for _, items in rule.found for i in items))
        for rules in rules_of(standings).values()
        for rule in rules
        if isinstance(rule, EvidencePart)
    }


def change(
    earlier: Assessment,
    later: Assessment,
    profile: Profile,
    *,
    before: Profile | None = None,
) -> Change:
    """
    Say what changed between two rounds of one rater, and what changed it.

    Parameters
    ----------
    earlier, later : Assessment
        Of one person by one rater. The earlier may be of an earlier version of the ladder,
        if migrations lead on from it.
    profile : Profile
        What both are judged by, from ``framework.profile(...)`` of the ladder of the later.
    before : Profile, optional
        What the earlier was judged by, from its own version of the ladder, where that is
        still at hand.

    Returns
    -------
    Change
        ``skills``, ``criteria``, ``aged_out``; ``then``, ``aged`` and ``now`` are verdicts;
        ``explain()`` writes it out.

    Raises
    ------
    MismatchError
        If the two are of different people, raters or ladders, nothing leads from the one
        version to the other, or the first is the later.

    Notes
    -----
    Three causes, one after the other: the *ladder* (the earlier ratings are said on the
    ladder of now), *time* (their evidence is looked at on the day of the later round), and
    *you* (the ratings and the evidence of the later round). What one of the three did not
    change, it is not named for. Both rounds are judged by one profile, so that another aim
    is no change of the person. Levels are ordinal: steps are counted, never added up.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> def rated(day, level):
    ...     return sm.Assessment(framework=fw.key, person={"code": "ana"},
    ...         rater={"kind": "self"}, as_of=day, ratings={"mlops": level})
    >>> found = change(rated(dt.date(2026, 5, 20), 2), rated(dt.date(2026, 11, 20), 3),
    ...     fw.profile("senior"))
    >>> found.skills["mlops"].word, found.skills["mlops"].steps, found.skills["mlops"].by
    ('up', 1, ('you',))
    """
    if earlier.person.code != later.person.code:
        msg = (
            f"one is about {earlier.person.code!r}, the other about {later.person.code!r}; "
            "people are not compared with each other"
        )
        raise MismatchError(msg)
    if (earlier.rater.kind, earlier.rater.code) != (later.rater.kind, later.rater.code):
        msg = "the two are by different raters; sm.compare sets raters side by side"
        raise MismatchError(msg)
    if earlier.as_of > later.as_of:
        msg = (
            f"the first is of {earlier.as_of}, the second of {later.as_of}; "
            "give the earlier round first"
        )
        raise MismatchError(msg)
    return Change(earlier, later, profile, before)


def is_weaker(aged: AgedItem) -> bool:
    """Say whether an item still counts, one strength lower."""
    return aged.after is not None and STRENGTHS.index(aged.after) < STRENGTHS.index(aged.before)
