"""What a card of a person under a criterion shows, and who gets one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from skillmatrix.assessment.share import NOTES
from skillmatrix.framework.model import Profile
from skillmatrix.panel.calibration import Calibration
from skillmatrix.scoring.logic import State
from skillmatrix.scoring.standing import Standing
from skillmatrix.scoring.verdict import CriterionResult, PartResult

Kind = Literal["gate", "floor", "bar", "breadth"]

#: Why nothing is known of a skill.
NO_OTHER = "no other rater has given a level"
LEFT_OPEN = "the panel left it open"
#: Steps between the lowest and the highest level of others from which it is talked about.
APART = 2


@dataclass(frozen=True)
class Ask:
    """What a criterion asks of a skill: the kind of rule, and the level it asks for."""

    kind: Kind
    level: int


@dataclass(frozen=True)
class Item:
    """
    A person under a criterion.

    Attributes
    ----------
    person : str
    state : {"MET", "NOT MET", "OPEN"}
        Of the criterion, on all first ratings.
    apart : tuple of str
        Skills that others have rated two or more levels apart.
    rated : int
        How many others have rated this person.
    """

    person: str
    state: State
    apart: tuple[str, ...]
    rated: int

    @property
    def on(self) -> bool:
        """Whether it is on the agenda."""
        return self.state == "OPEN" or bool(self.apart)

    @property
    def why(self) -> tuple[str, ...]:
        """Why it is talked about, in words that give no level away."""
        told = ["the criterion is open"] if self.state == "OPEN" else []
        if self.apart:
            told.append("raters are two levels or more apart")
        return tuple(told)


def asked(profile: Profile, criterion: str) -> dict[str, tuple[Ask, ...]]:
    """
    Say what a criterion asks of which skill: gates first, then floors, bars and breadth.

    Parameters
    ----------
    profile : Profile
        In its context: a member of a breadth rule counts unless its switch is answered no.
    criterion : str

    Examples
    --------
    >>> import skillmatrix as sm
    >>> found = asked(sm.load_framework().profile("senior"), "monitoring-lifecycle")
    >>> {skill: [(ask.kind, ask.level) for ask in asks] for skill, asks in found.items()}
    {'mlops': [('gate', 4)], 'quality-mindset': [('gate', 4)]}
    """
    requirement = profile.requirements[criterion]
    told: list[tuple[str, Ask]] = [
        *((t.skill, Ask("gate", t.level.value)) for t in requirement.gates),
        *((t.skill, Ask("floor", t.level.value)) for t in requirement.floors),
    ]
    if requirement.bars:
        lowest = profile.framework.levels[0]
        bars = {skill: profile.target(skill) for skill in profile.framework.skills}
        told += [(s, Ask("bar", level.value)) for s, level in bars.items() if level > lowest]
    told += [
        (skill, Ask("breadth", rule.level.value))
        for rule in requirement.breadth
        for skill in rule.of
        if skill not in rule.when or profile.switches.get(rule.when[skill]) is not False
    ]
    found: dict[str, tuple[Ask, ...]] = {}
    for skill, ask in told:
        if skill not in profile.not_applicable:
            found[skill] = (*found.get(skill, ()), ask)
    return found


def items(calibration: Calibration) -> dict[str, dict[str, Item]]:
    """
    Judge everybody under every criterion, on the first ratings.

    Returns
    -------
    dict
        By criterion, in the order of the profile; in each by person, in the order of codes.
    """
    profile = calibration.profile
    skills = {name: tuple(asked(profile, name)) for name in profile.requirements}
    found: dict[str, dict[str, Item]] = {name: {} for name in skills}
    for person in calibration.people:
        verdict = calibration.verdict(person)
        wide = {s for s in calibration.framework.skills if _apart(calibration, person, s)}
        others = len(calibration.others(person))
        for name, many in skills.items():
            apart = tuple(skill for skill in many if skill in wide)
            found[name][person] = Item(person, verdict.criteria[name].state, apart, others)
    return found


def _apart(calibration: Calibration, person: str, skill: str) -> bool:
    levels = calibration.framework.levels
    given = [each.rating(skill).level for each in calibration.others(person)]
    places = [levels.index(level) for level in given if level is not None]
    return bool(places) and max(places) - min(places) >= APART


def latest(said: list[dict[str, Any]]) -> list[int]:
    """
    Give the levels that others hold now, of what `Calibration.before` gives.

    Notes
    -----
    The second rating of a rater takes the place of the first, also where it says that
    something was not observed. The own view is none of them.

    Examples
    --------
    >>> latest([{"rater": None, "first": 5, "second": None},
    ...     {"rater": "r-1", "first": 2, "second": 3},
    ...     {"rater": "r-2", "first": 4, "second": "NOT_OBSERVED"},
    ...     {"rater": "r-3", "first": 3, "second": None}])
    [3, 3]
    """
    held = [
        each["first"] if each["second"] is None else each["second"]
        for each in said
        if each["rater"] is not None
    ]
    return [value for value in held if isinstance(value, int)]


def same(said: list[dict[str, Any]]) -> int | None:
    """Give the level that all others hold now; None where they differ, or nobody has one."""
    levels = set(latest(said))
    return levels.pop() if len(levels) == 1 else None


def card(calibration: Calibration, person: str, criterion: str) -> dict[str, Any]:
    """
    Give what the panel looks at: ratings, what evidence carries, rules, notes for the panel.

    Parameters
    ----------
    calibration : Calibration
    person, criterion : str

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``. Nothing of an earlier cycle, and no second rating
        that is not in the log.
    """
    rules = asked(calibration.profile, criterion)
    before, after = calibration.verdict(person), calibration.verdict(person, after=True)
    others = calibration.others(person)
    return {
        "person": person,
        "criterion": criterion,
        "raters": [{"code": a.rater.code, "kind": a.rater.kind} for a in others],
        "own": calibration.own(person) is not None,
        "rows": [
            _row(calibration, (person, criterion, skill), asks, before.standings[skill])
            for skill, asks in rules.items()
        ],
        "before": _judged(before.criteria[criterion], _why_open(calibration, person)),
        "after": _judged(after.criteria[criterion], _why_open(calibration, person, after=True)),
        "evidence": _evidence(calibration, person, criterion, frozenset(rules)),
        "notes": _notes(calibration, person, frozenset(rules)),
    }


def _row(
    calibration: Calibration,
    subject: tuple[str, str, str],
    asks: tuple[Ask, ...],
    standing: Standing,
) -> dict[str, Any]:
    person, criterion, skill = subject
    levels, now = calibration.framework.levels, calibration.standing
    said = calibration.before(person, skill, criterion)
    decided = now.decided.get(subject)
    return {
        "skill": skill,
        "asks": [{"kind": ask.kind, "level": ask.level} for ask in asks],
        "said": said,
        "known": standing.known,
        "low": levels[standing.low].value,
        "high": levels[standing.high].value,
        "same": same(said),
        "decided": decided[0] if decided else None,
        "newer": decided is not None and _told(said) != _told(decided[1].before),
        "elsewhere": None if decided else now.settled(person).get(skill),
    }


def _told(said: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Give what was said in a form that can be held against what was said at another time."""
    plain = [each if isinstance(each, dict) else each.model_dump() for each in said]
    return sorted((str(p["rater"]), str(p["first"]), str(p["second"])) for p in plain)


def why_unrated(calibration: Calibration, person: str) -> dict[str, str]:
    """Say of skills that no other has given a level why nothing is known of them."""
    return dict.fromkeys(calibration.unseen(person), NO_OTHER)


def _why_open(calibration: Calibration, person: str, *, after: bool = False) -> dict[str, str]:
    """Say of skills of which the panel knows nothing why that is so."""
    told = why_unrated(calibration, person)
    settled = calibration.standing.settled(person) if after else {}
    for skill, said in settled.items():
        told[skill] = LEFT_OPEN if said == "OPEN" else ""
    return told


def _judged(found: CriterionResult, unknown: Mapping[str, str]) -> dict[str, Any]:
    return {
        "state": found.state,
        "parts": [
            {
                "kind": part.kind,
                "title": part.title,
                "state": part.state,
                "observed": part.observed,
                "why": why_of(part, unknown),
                "change": part.change,
                "skills": list(part.skills),
            }
            for part in found.parts
        ],
    }


def why_of(part: PartResult, unknown: Mapping[str, str]) -> str:
    """Say why a part is as it is; of a skill nothing is known of, why that is so."""
    about = part.skills[0] if len(part.skills) == 1 else ""
    return (part.state == "OPEN" and unknown.get(about)) or part.why


def _evidence(
    calibration: Calibration, person: str, criterion: str, skills: frozenset[str]
) -> list[dict[str, Any]]:
    types = calibration.framework.evidence_types
    found = []
    for item in calibration.evidence(person):
        fits = [t for t in item.types if t in types and criterion in types[t].criteria]
        found.append(
            {
                "id": item.id,
                "title": item.title,
                "date": item.date.isoformat(),
                "strength": item.strength,
                "description": item.description,
                "artefact": item.artefact,
                "confirmed_by": item.confirmed_by,
                "measure": item.measure,
                "method": item.method,
                "skills": list(item.skills),
                "types": list(item.types),
                "here": bool(fits) or not skills.isdisjoint(item.skills),
            }
        )
    return found


def _notes(calibration: Calibration, person: str, skills: frozenset[str]) -> list[dict[str, Any]]:
    own = calibration.own(person)
    return [
        {
            "rater": None if each.rater.kind == "self" else each.rater.code,
            "kind": each.rater.kind,
            "skill": skill,
            "text": note.text,
        }
        for each in (*((own,) if own else ()), *calibration.others(person))
        for skill, note in each.notes.items()
        if skill in skills and note.visibility in NOTES["calibration"] and note.text.strip()
    ]


def after_state(
    calibration: Calibration, person: str, criterion: str, also: Mapping[str, Any] | None = None
) -> State:
    """Say what a criterion is on the levels that were decided, and on some to be decided."""
    return calibration.verdict(person, after=True, also=also).criteria[criterion].state


def managers(calibration: Calibration, person: str) -> tuple[str, ...]:
    """Give the raters who rated a person as her manager."""
    told = calibration.others(person)
    return tuple(a.rater.code for a in told if a.rater.kind == "manager" and a.rater.code)


def rating_again(calibration: Calibration, person: str) -> tuple[str, ...]:
    """Give who may rate a person again: who is present; before that is said, who rated."""
    if calibration.standing.present:
        return calibration.standing.present
    return tuple(a.rater.code for a in calibration.others(person) if a.rater.code)
