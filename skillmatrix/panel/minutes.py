"""The minutes of a calibration session, before any format: plain words and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from skillmatrix.assessment import STATES
from skillmatrix.calibration.display import shown
from skillmatrix.framework.model import Framework
from skillmatrix.panel.agreement import agreement, pairs
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Changes, Turn
from skillmatrix.panel.contents import Decided
from skillmatrix.panel.followups import by_day
from skillmatrix.sessions.chain import plain

#: What the workbook does not make, and why; each reason holds for any session.
REFUSALS: tuple[tuple[str, str], ...] = (
    (
        "No ranking and no order by level",
        "Levels of different skills and roles are not on one scale, and a rank says nothing of "
        "what somebody can do next.",
    ),
    (
        "No quota, curve or nine-box",
        "How many people meet a criterion is found out, not set. With a few dozen people a share "
        "fixed beforehand is noise.",
    ),
    (
        "No mean and no sum of levels",
        "The steps of a ladder are not of one size: half-way between two of them is nothing that "
        "was seen.",
    ),
    (
        "No adjusted ratings",
        "What is estimated about a rater is there to be talked about. The rating stays the "
        "rater's own, until he or the panel changes it for a reason.",
    ),
    (
        "No figure from too few people",
        "With fewer than five people a coefficient says nothing about raters in general, and a "
        "small count of a group would point at somebody.",
    ),
)


@dataclass(frozen=True)
class Decision:
    """
    One decision as the minutes tell it.

    Attributes
    ----------
    number : int
        Of the entry.
    about : str
        The skill, or the criterion as a whole.
    before : tuple of (str, str, str)
        Who, the first level, and the second; empty where there is none.
    after, reason, words, decided_by : str
    evidence : tuple of str
    dissent : tuple of (str, str)
        Who, and why.
    corrected_by : int or None
        Number of the entry that took its place.
    """

    number: int
    about: str
    before: tuple[tuple[str, str, str], ...]
    after: str
    reason: str
    words: str
    evidence: tuple[str, ...]
    dissent: tuple[tuple[str, str], ...]
    decided_by: str
    corrected_by: int | None


@dataclass(frozen=True)
class OfCriterion:
    """A criterion of a person: where it stood, where it stands, and each decision."""

    title: str
    turn: Turn
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Minutes:
    """
    What `minutes` tells.

    Attributes
    ----------
    facts : tuple of (str, str or tuple of str)
        Label and value, or several: the head.
    present : tuple of str
        Raters in the session, the least senior first.
    practised : tuple of (str, str)
        Practice profile, and who rated it blind.
    orders : tuple of (str, int, tuple of str)
        Criterion, seed, and people in the order drawn.
    people : tuple of (str, tuple of OfCriterion)
        By code; people and criteria that were on the agenda.
    untouched : tuple of str
        People about whom nothing was decided.
    counts : tuple of str
        Before and after, in sentences.
    reasons : mapping of str to int
    left_open : tuple of (str, str, str)
        Person, criterion and skill, why.
    follow_ups : tuple of dict
    statistics : tuple of (str, str)
        What was computed: its name, and what may be said of it.
    refused : tuple of (str, str)
        Files that were not taken in, and why.
    groups : tuple of (str, str)
        What a check of groups was about, and what it showed.
    remarks : tuple of (str, str)
        About whom or what, and the words.
    entries, removed : int
    last_hash, keep_until : str
    """

    facts: tuple[tuple[str, str | tuple[str, ...]], ...]
    present: tuple[str, ...]
    practised: tuple[tuple[str, str], ...]
    orders: tuple[tuple[str, int, tuple[str, ...]], ...]
    people: tuple[tuple[str, tuple[OfCriterion, ...]], ...]
    untouched: tuple[str, ...]
    counts: tuple[str, ...]
    reasons: Mapping[str, int]
    left_open: tuple[tuple[str, str, str], ...]
    follow_ups: tuple[dict[str, Any], ...]
    statistics: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]
    entries: int
    removed: int
    last_hash: str
    keep_until: str


def level_words(framework: Framework, value: Any) -> str:
    """Give a level with its name, or the word for why there is none."""
    if isinstance(value, int):
        level = next((each for each in framework.levels if each.value == value), None)
        return f"{value} {framework.level_name(level)}" if level is not None else str(value)
    if value is None:
        return ""
    return STATES[value].title.lower() if value in STATES else str(value)


def criterion_titles(calibration: Calibration) -> dict[str, str]:
    """Give what each criterion is called, with its code."""
    known = calibration.framework.criteria
    return {
        name: f"{known[name].code} {known[name].title}".strip() if name in known else each.title
        for name, each in calibration.profile.requirements.items()
    }


def minutes(
    calibration: Calibration,
    found: Changes,
    *,
    names: bool = False,
    refused: Iterable[tuple[str, str]] = (),
    groups: Iterable[tuple[str, str]] = (),
) -> Minutes:
    """
    Tell what a session was.

    Parameters
    ----------
    calibration : Calibration
    found : Changes
    names : bool
        People and raters by name, where they are known; else by code.
    refused : iterable of (str, str)
        Files that were not taken in, and why.
    groups : iterable of (str, str)
        What a check of groups was about, and what it showed.

    Returns
    -------
    Minutes
    """
    call = calibration.name if names else str
    log, now = calibration.log, calibration.standing
    titles, skills = criterion_titles(calibration), calibration.framework.skills
    told = _decisions(calibration, call)
    people = []
    for person in calibration.people:
        of_person = tuple(
            OfCriterion(titles[turn.criterion], turn, tuple(told.get((person, turn.criterion), ())))
            for turn in found.turns
            if turn.person == person and turn.reached is not None
        )
        if of_person:
            people.append((call(person), of_person))
    spoken = {name for name, _ in people}
    left = [
        (call(item.person), f"{titles[item.criterion]}: {skills[item.skill].title}", item.reason)
        for item in found.items
        if item.after is None
    ]
    for turn in found.unreached:
        why = now.left_open.get((turn.person, turn.criterion))
        words = (why.why if why else "") or "not reached"
        left.append((call(turn.person), titles[turn.criterion], words))
    return Minutes(
        facts=_facts(calibration, call),
        present=tuple(call(code) for code in now.present),
        practised=_practised(calibration, call),
        orders=tuple(
            (titles.get(name, name), each.seed, tuple(call(code) for code in each.people))
            for name, each in now.opened.items()
        ),
        people=tuple(people),
        untouched=tuple(call(p) for p in calibration.people if call(p) not in spoken),
        counts=tuple(found.sentences.values()),
        reasons=found.reasons,
        left_open=tuple(left),
        follow_ups=tuple(
            {
                **each,
                "who": call(each["person"]),
                "about": titles.get(each["criterion"], each["criterion"])
                + (f", {skills[each['skill']].title}" if each.get("skill") in skills else ""),
            }
            for each in by_day(now.follow_ups.values())
        ),
        statistics=_statistics(calibration),
        refused=tuple(refused),
        groups=tuple(groups),
        remarks=tuple(
            (_of(said, call, titles), said.text) for _, said in now.remarks if said.text.strip()
        ),
        entries=len(log.entries),
        removed=sum(entry.content is None for entry in log.entries),
        last_hash=log.entries[-1].hash if log.entries else log.head_hash,
        keep_until=log.head.keep_until.isoformat(),
    )


def _of(said: Any, call: Callable[[str], str], titles: Mapping[str, str]) -> str:
    parts = [call(said.person) if said.person else "", titles.get(said.criterion or "", "")]
    return ", ".join(filter(None, parts))


def _facts(
    calibration: Calibration, call: Callable[[str], str]
) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    head = calibration.log.head
    ends = [each.at for each in calibration.log.entries if each.kind == "closed"]
    closed = ends[-1].date().isoformat() if ends and calibration.standing.closed else "not closed"
    context = [
        calibration.framework.overlays[name].title
        for name in head.overlays
        if name in calibration.framework.overlays
    ]
    return (
        ("Begun", head.started_at.date().isoformat()),
        ("Closed", closed),
        ("Facilitator", head.facilitator or "not named"),
        ("Role everybody is held against", "; ".join([calibration.profile.title, *context])),
        ("Ladder", head.framework),
        ("People", f"{len(calibration.people)}"),
        ("Raters", tuple(map(call, calibration.raters)) or "none"),
    )


def _practised(calibration: Calibration, call: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    known = calibration.framework.practice_profiles
    by_profile: dict[str, list[str]] = {}
    for rater, profile in calibration.standing.practised:
        by_profile.setdefault(profile, []).append(call(rater))
    return tuple(
        (known[profile].title if profile in known else profile, ", ".join(raters))
        for profile, raters in by_profile.items()
    )


def _decisions(
    calibration: Calibration, call: Callable[[str], str]
) -> dict[tuple[str, str], list[Decision]]:
    found: dict[tuple[str, str], list[Decision]] = {}
    titles = {p: {e.id: e.title for e in calibration.evidence(p)} for p in calibration.people}
    for entry in calibration.log.entries:
        if entry.kind != "decided" or entry.content is None:
            continue
        said = Decided.model_validate(plain(entry.content))
        known = titles.get(said.person, {})
        made = Decision(
            entry.seq,
            _skill(calibration.framework, said.skill),
            tuple(
                (
                    call(each.rater) if each.rater else "own view",
                    level_words(calibration.framework, each.first),
                    level_words(calibration.framework, each.second),
                )
                for each in said.before
            ),
            level_words(calibration.framework, said.after),
            said.reason,
            said.words,
            tuple(f"{known[code]} ({code})" if code in known else code for code in said.evidence),
            tuple((call(each.rater), each.words) for each in said.dissent),
            said.decided_by,
            calibration.standing.corrected.get(entry.seq),
        )
        found.setdefault((said.person, said.criterion), []).append(made)
    return found


def _skill(framework: Framework, skill: str | None) -> str:
    if skill is None:
        return "The criterion as a whole"
    return framework.skills[skill].title if skill in framework.skills else skill


def _statistics(calibration: Calibration) -> tuple[tuple[str, str], ...]:
    frame = calibration.frame
    if frame.empty:
        return (("Agreement", "not computed: no other has given a level"),)
    compared = pairs(frame)
    n, exact, near = (
        sum(getattr(e, key) for e in compared) for key in ("n", "exact", "within_one")
    )
    found = agreement(frame, calibration.framework)
    return (
        (
            "Ratings of the same skill of the same person by two raters",
            f"{n} compared: {exact} at the same level, {near} at most one level apart",
        ),
        ("Krippendorff's alpha, ordinal", shown(found.alpha)),
        ("Gwet's AC2, quadratic weights", shown(found.ac2)),
    )
