"""What each reader gets of an assessment: the one place that decides it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from skillmatrix.assessment.fields import UNRATED
from skillmatrix.assessment.model import Assessment

Audience = Literal["myself", "mentor", "calibration"]

#: Readers, each with the visibilities of notes it may see.
NOTES: dict[Audience, frozenset[str]] = {
    "myself": frozenset({"private", "shared", "panel"}),
    "mentor": frozenset({"shared", "panel"}),
    "calibration": frozenset({"panel"}),
}

#: An id that nobody can read a word in: a number, or digits at random.
_SILENT = re.compile(r"[a-z]{0,2}-?\d{1,6}|([a-z]-)?[0-9a-f]{8,}(-[0-9a-f]{4,})*")
_DIGITS = 12


@dataclass(frozen=True)
class Held:
    """
    What a person holds back of what a reader would get.

    Attributes
    ----------
    name : bool
        The name; the code goes.
    reasons, notes, evidence, case, plan : frozenset of str
        Ids of the overlays, skills, items, parts and skills whose words stay.

    Notes
    -----
    Aim, ratings, levels flagged and evidence declared as complete are not in it: without
    them there is nothing to talk about.
    """

    name: bool = False
    reasons: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    case: frozenset[str] = frozenset()
    plan: frozenset[str] = frozenset()


NOTHING = Held()


def share(assessment: Assessment, audience: Audience, held: Held = NOTHING) -> Assessment:
    """
    Give an assessment with only what a reader gets.

    Parameters
    ----------
    assessment : Assessment
    audience : {"myself", "mentor", "calibration"}
        ``myself`` gets everything. A ``mentor`` gets no private note, nothing of the record,
        and no key the format does not know. ``calibration`` gets no name, no own plan, and
        of the notes only those written for a panel.
    held : Held, optional
        What is held back besides; of no meaning for ``myself``.

    Returns
    -------
    Assessment
        A draft, whatever the original was: what was left out is not under its hash.

    Notes
    -----
    Unknown keys stay behind because nobody can say what is in them, as does the link from
    evidence to the record, which stays with the record. No time goes but the day the
    assessment speaks of: the latest change may have been a private one. An id that somebody
    made of words is replaced by digits, the same ones in every round of the person.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana", "name": "Ana"},
    ...     rater={"kind": "self"}, as_of="2026-11-20", ratings={"mlops": 3},
    ...     notes={"mlops": {"text": "unsure", "visibility": "private"}})
    >>> share(a, "mentor").notes, share(a, "calibration").person.name
    ({}, '')
    >>> share(a, "mentor", Held(name=True)).person.name
    ''
    """
    if audience == "myself":
        return assessment
    kept = known(assessment)
    person = kept.person.code
    ids = {e.id: silent(e.id, person) for e in kept.evidence if e.id not in held.evidence}
    parts: dict[str, Any] = {"status": "draft", "record": ()}
    parts |= dict.fromkeys(("locked_at", "sha256", "created_at", "updated_at"))
    allowed = NOTES[audience]
    parts["notes"] = {
        skill: note
        for skill, note in kept.notes.items()
        if note.visibility in allowed and skill not in held.notes
    }
    parts["evidence"] = tuple(
        item.model_copy(update={"id": ids[item.id], "record": None})
        for item in kept.evidence
        if item.id in ids
    )
    parts["case"] = {
        part: paragraph.model_copy(
            update={"evidence": tuple(ids[e] for e in paragraph.evidence if e in ids)}
        )
        for part, paragraph in kept.case.items()
        if part not in held.case
    }
    parts["plan"] = {
        skill: own.model_copy(
            update={
                "actions": tuple(
                    action.model_copy(update={"id": silent(action.id, person)})
                    for action in own.actions
                )
            }
        )
        for skill, own in kept.plan.items()
        if audience == "mentor" and skill not in held.plan
    }
    reasons = {o: why for o, why in kept.aim.reasons.items() if o not in held.reasons}
    parts["aim"] = {**dict(kept.aim), "reasons": reasons}
    if audience == "calibration" or held.name:
        parts["person"] = kept.person.model_copy(update={"name": ""})
    if kept.rater.kind == "self":
        parts["rater"] = kept.rater.model_copy(update={"code": None})
    return Assessment.model_validate({**dict(kept), **parts})


def silent(name: str, person: str) -> str:
    """
    Give an id without words: itself if it has none, else digits made of it and the person.

    Examples
    --------
    >>> silent("e1", "p-7"), silent("rollback-at-acme", "p-7")
    ('e1', 'e-3913185d6f46')
    """
    if _SILENT.fullmatch(name):
        return name
    return f"e-{hashlib.sha256(f'{person}:{name}'.encode()).hexdigest()[:_DIGITS]}"


#: Kinds of content that a manifest counts.
Kind = Literal["name", "reasons", "ratings", "evidence", "notes", "case", "plan", "record"]


def counts(assessment: Assessment) -> dict[Kind, int]:
    """
    Count what an assessment holds, kind by kind; a skill that is not rated is not counted.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> a = sm.Assessment(framework="demo@1.0.0", person={"code": "ana", "name": "Ana"},
    ...     rater={"kind": "self"}, as_of="2026-11-20", ratings={"mlops": 3, "python": "UNRATED"})
    >>> {kind: n for kind, n in counts(a).items() if n}
    {'name': 1, 'ratings': 1}
    """
    return {
        "name": int(bool(assessment.person.name)),
        "reasons": len(assessment.aim.reasons),
        "ratings": sum(rating != UNRATED for rating in assessment.ratings.values()),
        "evidence": len(assessment.evidence),
        "notes": len(assessment.notes),
        "case": len(assessment.case),
        "plan": len(assessment.plan),
        "record": len(assessment.record),
    }


def known(assessment: Assessment) -> Assessment:
    """Leave out every key that the format does not know, in every part."""
    return Assessment.model_validate(_known(assessment))


def _known(value: Any) -> Any:
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        return {name: _known(getattr(value, name)) for name in fields}
    if isinstance(value, tuple):
        return tuple(_known(each) for each in value)
    if isinstance(value, Mapping):
        return {name: _known(each) for name, each in value.items()}
    return value


def unknown_keys(value: Any) -> int:
    """Count the keys that the format does not know, in every part."""
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        inner = sum(unknown_keys(getattr(value, name)) for name in fields)
        return inner + len(value.model_extra or {})
    if isinstance(value, tuple):
        return sum(map(unknown_keys, value))
    if isinstance(value, Mapping):
        return sum(map(unknown_keys, value.values()))
    return 0
