"""Follow-ups: what an open item waits for, who brings it, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Changes
from skillmatrix.scoring.verdict import PartResult, Verdict

#: Kinds of entries that follow-ups are made of.
FOLLOW_UP, DONE = "follow_up", "done"
#: What a criterion waits for that the session did not come to.
UNREACHED = "the panel to come to it: the session did not reach this criterion"


@dataclass(frozen=True)
class Suggestion:
    """
    What would settle an open part of a criterion.

    Attributes
    ----------
    person, criterion : str
    skill : str or None
        None: it is about evidence, or about the criterion as a whole.
    part : str
        The part in plain words; empty for a criterion that was not reached.
    waits_for : str
    """

    person: str
    criterion: str
    skill: str | None
    part: str
    waits_for: str


def suggestions(calibration: Calibration, found: Changes) -> list[Suggestion]:
    """
    Give what each open item waits for, as the rules have it.

    Parameters
    ----------
    calibration : Calibration
    found : Changes

    Returns
    -------
    list of Suggestion
        By person and criterion; of criteria that stand OPEN. A part that a follow-up of this
        session is about already is not suggested again.
    """
    now = calibration.standing.follow_ups.values()
    asked = {(each["person"], each["criterion"], _about(each)) for each in now}
    told: list[Suggestion] = []
    verdicts: dict[str, Verdict] = {}
    for turn in found.turns:
        if turn.after != "OPEN":
            continue
        if turn.reached is False and (turn.person, turn.criterion, UNREACHED) not in asked:
            told.append(Suggestion(turn.person, turn.criterion, None, "", UNREACHED))
        if turn.person not in verdicts:
            verdicts[turn.person] = calibration.verdict(turn.person, after=True)
        verdict = verdicts[turn.person]
        for part in verdict.criteria[turn.criterion].parts:
            skill = part.skills[0] if len(part.skills) == 1 else None
            words = _waits_for(calibration, turn.person, verdict, part)
            if part.state == "OPEN" and (turn.person, turn.criterion, skill or words) not in asked:
                told.append(Suggestion(turn.person, turn.criterion, skill, part.title, words))
    return told


def _waits_for(calibration: Calibration, person: str, verdict: Verdict, part: PartResult) -> str:
    """Say what would settle a part: raters who agree, evidence, or a rating at all."""
    titles = {name: skill.title for name, skill in calibration.framework.skills.items()}
    agreed = calibration.standing.agreed(person)
    if part.kind == "breadth":
        unsettled = [
            titles[skill]
            for skill in part.skills
            if verdict.standings[skill].low != verdict.standings[skill].high
        ]
        if unsettled:
            return f"evidence that settles some of: {', '.join(unsettled)}"
    elif part.kind != "evidence" and part.skills[0] not in agreed:
        skill = part.skills[0]
        levels = {each.rating(skill).level for each in calibration.others(person)} - {None}
        if len(levels) > 1:
            told = sorted(level.value for level in levels if level is not None)
            words = f"{', '.join(map(str, told[:-1]))} and {told[-1]}"
            return f"evidence on {titles[skill]} that raters can agree on: they gave {words}"
        if not levels:
            return f"a rating of {titles[skill]} by somebody who has seen it"
        if calibration.standing.settled(person).get(skill) == "OPEN":
            return f"evidence on {titles[skill]} from which the panel can settle it"
    for step in verdict.settle:
        of_part = step.rule == part.id if part.kind == "evidence" else step.skill in part.skills
        if of_part and step.action != "decide":
            return step.text.strip().removesuffix(":")
    return part.change or part.why


def _about(follow_up: Mapping[str, Any]) -> str:
    return str(follow_up.get("skill") or follow_up["waits_for"])


def by_day(follow_ups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sort follow-ups by their day, those without one last, then by person; every key is there."""
    return sorted(
        ({"skill": None, "due": None, **each} for each in follow_ups),
        key=lambda each: (each.get("due") is None, each.get("due") or "", each["person"]),
    )


def still_open(
    entries: Iterable[Mapping[str, Any]], people: Iterable[str], here: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """
    Give the follow-ups of other sessions that nobody has ended.

    Parameters
    ----------
    entries : iterable of mapping
        Entries of their decision logs, as stored: ``kind``, ``at``, ``content`` and, beside
        them, the ``session`` they are from.
    people : iterable of str
        Whom this session is about.
    here : iterable of str
        Ids that this session has taken over.

    Returns
    -------
    list of dict
        By day and person, each with its ``session``.

    Examples
    --------
    >>> asked = {"id": "f-1", "person": "p-1", "criterion": "c", "waits_for": "a review",
    ...     "owner": "Kim"}
    >>> first = {"kind": "follow_up", "at": "2026-05-01", "content": asked, "session": "Spring"}
    >>> [each["session"] for each in still_open([first], ["p-1"])]
    ['Spring']
    >>> over = {"id": "f-1", "person": "p-1", "done": "2026-06-01"}
    >>> then = {"kind": "done", "at": "2026-09-01", "content": over, "session": "Autumn"}
    >>> still_open([then, first], ["p-1"])
    []
    """
    known: dict[str, dict[str, Any]] = {}
    wanted, taken = set(people), set(here)
    for entry in sorted(entries, key=lambda entry: entry["at"]):
        said = entry.get("content")
        if said is None or said.get("person") not in wanted:
            continue
        if entry["kind"] == FOLLOW_UP:
            first = known.get(said["id"], {})
            known[said["id"]] = {**said, "session": first.get("session", entry["session"])}
        elif entry["kind"] == DONE:
            known.pop(said["id"], None)
    return by_day(each for each in known.values() if each["id"] not in taken)
