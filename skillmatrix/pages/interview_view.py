"""An interview as its page shows it: the rubric, and everything once it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.panel.interview import Standing, flags, raw_agreement, rows
from skillmatrix.panel.interview_contents import Score


def rubric_view(rubric: Rubric) -> dict[str, Any]:
    """Give the rubric as the page shows it."""
    return {
        "title": rubric.title,
        "note": rubric.note,
        "status": rubric.status,
        "scale": [
            {"level": s.level, "name": s.name, "definition": s.definition} for s in rubric.scale
        ],
        "dimensions": [
            {
                "id": d.id,
                "title": d.title,
                "asks": list(d.asks),
                "anchors": {str(level): list(texts) for level, texts in d.anchors.items()},
                "near_misses": {str(level): text for level, text in d.near_misses.items()},
                "exercises": list(d.informed_by),
            }
            for d in rubric.dimensions.values()
        ],
        "exercises": [
            {
                "id": e.id,
                "title": e.title,
                "minutes": e.minutes,
                "text": e.text,
                "expects": list(e.expects),
                "dimensions": list(e.dimensions),
            }
            for e in rubric.exercises.values()
        ],
        "observations": [
            {"id": o.id, "kind": o.kind, "text": o.text, "dimensions": list(o.dimensions)}
            for o in rubric.observations.values()
        ],
    }


def shown_view(rubric: Rubric, now: Standing, name: Callable[[str], str]) -> dict[str, Any]:
    """
    Give everything that was scored, side by side, after the reveal.

    Parameters
    ----------
    rubric : Interview
    now : Standing
    name : callable
        Gives the name behind a code.

    Notes
    -----
    How far apart the panel is, is said of the scores that were closed before the reveal.
    """
    scores = [score for _, score in now.scores.values()]
    in_time = [score for score in scores if not now.late(score.rater)]
    blind = {row.dimension: row for row in rows(rubric, in_time)}
    return {
        "raters": [
            {
                "code": score.rater,
                "name": name(score.rater),
                "late": now.late(score.rater),
                "sealed_at": score.sealed_at.isoformat(),
                "sha256": score.sha256,
            }
            for score in scores
        ],
        "without": [{"code": code, "name": name(code)} for code in now.without],
        "rows": [
            {
                "dimension": row.dimension,
                "scores": dict(row.scores),
                "low": blind[row.dimension].low,
                "high": blind[row.dimension].high,
                "range": blind[row.dimension].range,
                "notes": _notes(scores, row.dimension),
                "agreed": _agreed(now, row.dimension),
            }
            for row in rows(rubric, scores)
        ],
        "pairs": [asdict(pair) for pair in raw_agreement(in_time)],
        "observations": _observations(rubric, scores),
        "talked": {name: said.words for name, said in now.talked.items()},
        "to_talk": [name for name in flags(rubric, scores) if name not in now.talked],
        "decided": _decided(now),
        "remarks": list(now.remarks),
    }


def _notes(scores: list[Score], dimension: str) -> list[dict[str, str]]:
    return [
        {"rater": score.rater, "text": score.notes[dimension]}
        for score in scores
        if score.notes.get(dimension, "").strip()
    ]


def _agreed(now: Standing, dimension: str) -> Mapping[str, Any] | None:
    found = now.agreed.get(dimension)
    return None if found is None else {"after": found[1].after, "words": found[1].words}


def _observations(rubric: Rubric, scores: list[Score]) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "kind": each.kind,
            "said": [
                {"rater": score.rater, "seen": said.seen, "words": said.words}
                for score in scores
                if (said := score.observations.get(name)) is not None
            ],
        }
        for name, each in rubric.observations.items()
    ]


def _decided(now: Standing) -> dict[str, Any] | None:
    if now.decided is None:
        return None
    number, said = now.decided
    return {
        "entry": number,
        "outcome": said.outcome,
        "rests_on": list(said.rests_on),
        "words": said.words,
        "dissent": [{"rater": each.rater, "words": each.words} for each in said.dissent],
        "decided_by": said.decided_by,
        "at": now.decided_at.isoformat() if now.decided_at else None,
        "corrected": sorted(now.corrected),
    }
