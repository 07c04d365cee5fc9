"""What the mentor session shows: before the lock nothing of the other's ratings, then both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from skillmatrix.assessment import Assessment
from skillmatrix.framework import Framework, Profile
from skillmatrix.scoring import Pair, pairs, verdict
from skillmatrix.scoring.agenda import RULE, AgendaItem, items
from skillmatrix.scoring.headline import LABELS
from skillmatrix.scoring.verdict import Verdict
from skillmatrix.sessions import Session, agreed_verdict, foresight, open_actions, standing
from skillmatrix.sessions.contents import Predicted
from skillmatrix.sessions.record import Standing

#: Predictions of one round, and the levels the mentor gave.
Foreseen = tuple[Predicted, Mapping[str, int]]

#: Minutes of a whole session, and the fewest for one skill.
MINUTES, LEAST = 45, 2


def phase_of(assessment: Assessment, session: Session | None) -> str:
    """Say how far a session has come: rate, predict, talk or closed."""
    if assessment.status != "locked" or session is None:
        return "rate"
    now = standing(session)
    if not now.revealed:
        return "predict"
    return "closed" if now.closed else "talk"


def reveal_view(
    framework: Framework,
    profile: Profile,
    own: Assessment,
    other: Assessment,
    session: Session,
    *,
    before: Sequence[Foreseen] = (),
) -> dict[str, Any]:
    """
    Give both ratings side by side, what to talk about, and what was said so far.

    Parameters
    ----------
    framework : Framework
    profile : Profile
        What the person aims at.
    own, other : Assessment
        The person's and the mentor's, both locked.
    session : Session
        Begun, and revealed.
    before : sequence of (Predicted, mapping of str to int)
        Predictions of earlier rounds, with what the same mentor rated then.

    Returns
    -------
    dict
        As in ``docs/page-protocol.md``.
    """
    found = pairs(own, other, framework)
    agenda = items(own, other, profile)
    now = standing(session)
    views = {
        "self": verdict(own, profile),
        "mentor": verdict(other, profile),
        "agreed": agreed_verdict(own, other, profile, now.agreed),
    }
    return {
        "rule": RULE,
        "minutes": MINUTES,
        "each": max(LEAST, MINUTES // max(1, len(agenda))),
        "agenda": [_item(framework, item) for item in agenda],
        "rows": [_row(framework, profile, pair) for pair in found.values()],
        "raw": _raw(found),
        "verdicts": [_verdict(who, each) for who, each in views.items()],
        "evidence": _evidence(own),
        "seen": _evidence(other),
        "notes": {
            "self": {skill: note.text for skill, note in own.notes.items()},
            "mentor": {skill: note.text for skill, note in other.notes.items()},
        },
        "foresight": _foresight(now, other, before),
    }


def _side(standing_: Any) -> dict[str, Any]:
    return {
        "level": None if standing_.claimed is None else standing_.claimed.value,
        "low": None if standing_.supported is None else standing_.supported.value,
        "state": standing_.state,
        "best": standing_.best,
    }


def _row(framework: Framework, profile: Profile, pair: Pair) -> dict[str, Any]:
    bar = profile.target(pair.skill).value if pair.skill in profile.targets else None
    return {
        "skill": pair.skill,
        "title": framework.skills[pair.skill].title,
        "own": _side(pair.first),
        "other": _side(pair.second),
        "difference": pair.difference,
        "bar": bar,
    }


def _item(framework: Framework, item: AgendaItem) -> dict[str, Any]:
    skill = framework.skills[item.pair.skill]
    level_of = {tuple(a.text for a in skill.at(level)): level.value for level in framework.levels}
    return {
        "skill": item.pair.skill,
        "title": skill.title,
        "gate": item.gate,
        "pivotal": item.pivotal,
        "thin": item.thin,
        "one_sided": item.one_sided,
        "difference": item.pair.difference,
        "why": [_whose(reason) for reason in item.reasons],
        "question": item.question,
        "below": {"level": level_of.get(item.below), "texts": list(item.below)},
        "above": {"level": level_of.get(item.above), "texts": list(item.above)},
    }


def _whose(reason: str) -> str:
    """Say whose rating it is, where the agenda only counts them."""
    return reason.replace("the first rating", "the own rating").replace(
        "the second rating", "the mentor's rating"
    )


def _raw(found: dict[str, Pair]) -> dict[str, Any]:
    both = [pair.difference for pair in found.values() if pair.difference is not None]
    return {
        "both": len(both),
        "same": sum(steps == 0 for steps in both),
        "near": sum(abs(steps) <= 1 for steps in both),
        "own_higher": sum(steps < 0 for steps in both),
        "other_higher": sum(steps > 0 for steps in both),
        "only_own": sum(pair.word == "only the first" for pair in found.values()),
        "only_other": sum(pair.word == "only the second" for pair in found.values()),
        "neither": sum(pair.word == "neither" for pair in found.values()),
    }


def _verdict(who: str, found: Verdict) -> dict[str, Any]:
    return {
        "who": who,
        "word": found.overall,
        "label": LABELS[found.label],
        "criteria": [
            {"id": name, "code": each.code, "title": each.title, "state": each.state}
            for name, each in found.criteria.items()
        ],
    }


def _evidence(own: Assessment) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in own.evidence:
        told = {
            "title": item.title,
            "strength": item.strength,
            "date": item.date.isoformat(),
            "artefact": item.artefact,
        }
        for skill in item.skills:
            found.setdefault(skill, []).append(told)
    return found


def foreseen(now: Standing, other: Assessment) -> Foreseen | None:
    """Give what was predicted, and what the mentor rated; None where nothing was predicted."""
    if now.predicted is None or not now.revealed:
        return None
    rated = {s: r.level.value for s, r in other.ratings.items() if r.level is not None}
    return now.predicted, rated


def _foresight(
    now: Standing, other: Assessment, before: Sequence[Foreseen]
) -> dict[str, Any] | None:
    told = foreseen(now, other)
    if told is None:
        return None
    found, (predicted, rated) = foresight([told]), told
    return {
        "rounds": len(before) + 1,
        "over": foresight([told, *before]).sentence if before else None,
        "sentence": found.sentence,
        "levels": {
            skill: {"predicted": each.level, "sure": each.sure, "rated": rated.get(skill)}
            for skill, each in predicted.levels.items()
        },
        "by_sureness": {sure: list(counts) for sure, counts in found.by_sureness.items()},
    }


def said_view(session: Session) -> dict[str, Any]:
    """Give what was agreed, put off and to be done; the latest entry of each holds."""
    now = standing(session)
    return {
        "agreed": {skill: each.model_dump(mode="json") for skill, each in now.agreed.items()},
        "parked": {skill: each.model_dump(mode="json") for skill, each in now.parked.items()},
        "actions": list(now.actions.values()),
        "seconds": dict(now.seconds),
        "remarks": [
            {"at": entry.at.isoformat(), **entry.content}
            for entry in session.entries
            if entry.kind == "remark" and entry.content is not None
        ],
        "entries": len(session.entries),
        "revealed_at": next(
            (each.at.isoformat() for each in session.entries if each.kind == "revealed"), None
        ),
        **_closing(session),
        "last_hash": session.entries[-1].hash if session.entries else session.head_hash,
    }


def _closing(session: Session) -> dict[str, Any]:
    """Say when it was closed last, and what was entered after the first close: corrections."""
    closed = [n for n, entry in enumerate(session.entries) if entry.kind == "closed"]
    later = session.entries[closed[0] + 1 :] if closed else ()
    return {
        "closed_at": session.entries[closed[-1]].at.isoformat() if closed else None,
        "corrections": [
            {"at": e.at.isoformat(), "kind": e.kind, "skill": (e.content or {}).get("skill")}
            for e in later
            if e.kind != "closed"
        ],
    }


def seals_view(session: Session | None) -> dict[str, Any] | None:
    """Give both seals: hash and time of each side's ratings."""
    if session is None:
        return None
    head = session.head
    return {
        side: {"ratings_sha256": seal.ratings_sha256, "locked_at": seal.locked_at.isoformat()}
        for side, seal in (("own", head.own), ("other", head.other))
    }


def actions_view(
    sessions: list[Session], names: dict[str, str], framework: Framework, today: dt.date
) -> list[dict[str, Any]]:
    """Give the open actions of sessions, by day; overdue is a word, not a ranking of people."""
    found = []
    for action in open_actions(*sessions):
        due = action.get("due")
        skill = framework.skills.get(action.get("skill") or "")
        found.append(
            {
                **action,
                "name": names.get(action["person"], action["person"]),
                "title": skill.title if skill else None,
                "overdue": due is not None and dt.date.fromisoformat(due) < today,
            }
        )
    return found
