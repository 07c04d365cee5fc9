"""The report of an interview: what each saw, what the panel made of it, and who decided why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.panel import DecisionLog
from skillmatrix.panel.interview import Standing, raw_agreement, rows, standing
from skillmatrix.reports.files import ReportFile
from skillmatrix.reports.html import environment, style

OUTCOMES = {
    "offer": "Make an offer",
    "no offer": "Make no offer",
    "another step": "Take another step before deciding",
}


#: A kind of observation; of each who saw it, and what they wrote.
_Heading = tuple[str, list[tuple[str, str, tuple[tuple[str, str], ...]]]]


@dataclass(frozen=True)
class _Line:
    """One dimension: every score in words, what the panel holds, and what was noted."""

    title: str
    scores: tuple[str, ...]
    agreed: str
    words: str
    notes: tuple[tuple[str, str], ...]


def interview_report(rubric: Rubric, log: DecisionLog, name: Callable[[str], str]) -> ReportFile:
    """
    Write an interview as one HTML file.

    Parameters
    ----------
    rubric : Interview
    log : DecisionLog
        Of an interview whose scores have been shown.
    name : callable
        Gives the name behind a code.

    Returns
    -------
    ReportFile
        UTF-8 HTML without script or request. There is no total and no mean: eight different
        things are not added up, and no number decides.
    """
    now = standing(log)
    scores = [score for _, score in now.scores.values()]
    candidate = scores[0].person if scores else log.head.code
    raters = [score.rater for score in scores]
    steps = {step.level: f"{step.level} {step.name}" for step in rubric.scale}
    lines = [
        _Line(
            rubric.dimensions[row.dimension].title,
            tuple(_said(row.scores[rater], steps) for rater in raters),
            _agreed(now, row.dimension, steps),
            now.agreed[row.dimension][1].words if row.dimension in now.agreed else "",
            tuple(
                (name(score.rater), score.notes[row.dimension])
                for score in scores
                if score.notes.get(row.dimension, "").strip()
            ),
        )
        for row in rows(rubric, scores)
    ]
    decided = now.decided[1] if now.decided else None
    page: str = (
        environment()
        .get_template("interview.html.j2")
        .render(
            style=style(),
            title=log.head.title,
            candidate=name(candidate),
            code=candidate,
            day=log.head.started_at.date(),
            lead=log.head.facilitator,
            framework=log.head.framework,
            raters=[(name(code), now.late(code)) for code in raters],
            without=[name(code) for code in now.without],
            exercises=[rubric.exercises[e].title for e in now.exercises if e in rubric.exercises],
            outcome=OUTCOMES[decided.outcome] if decided else None,
            decided=decided,
            decided_on=now.decided_at.date() if now.decided_at else None,
            corrected=sorted(now.corrected),
            rests_on=[rubric.dimensions[d].title for d in decided.rests_on] if decided else [],
            dissent=[(name(d.rater), d.words) for d in decided.dissent] if decided else [],
            lines=lines,
            sentence=_sentence(now),
            seen=_seen(rubric, now, name),
            talked=[
                (rubric.observations[o].text, each.words, now.talks[o] > 1)
                for o, each in now.talked.items()
            ],
            late=any(map(now.late, raters)),
            opened=[(name(rater), at) for at, rater in now.opened],
            remarks=now.remarks,
            seals=[(name(s.rater), s.sealed_at, s.sha256) for s in scores],
            entries=len(log.entries),
            last=log.entries[-1].hash if log.entries else log.head_hash,
            keep_until=log.head.keep_until,
            status=rubric.status,
        )
    )
    return ReportFile(f"{candidate}-{log.head.started_at.date()}-interview.html", page.encode())


def _said(value: int | str, steps: dict[int, str]) -> str:
    if isinstance(value, int):
        return steps.get(value, str(value))
    return "no chance to see it" if value == "NOT_OBSERVED" else "not scored"


def _agreed(now: Standing, dimension: str, steps: dict[int, str]) -> str:
    found = now.agreed.get(dimension)
    if found is None:
        return "not talked about"
    after = found[1].after
    return steps.get(after, str(after)) if isinstance(after, int) else "stays apart"


def _sentence(now: Standing) -> str:
    known = raw_agreement(s for r, (_, s) in now.scores.items() if not now.late(r))
    if not known:
        return "No two interviewers scored the same dimension, so nothing can be compared."
    total, exact = sum(pair.n for pair in known), sum(pair.exact for pair in known)
    near = sum(pair.near for pair in known)
    return (
        f"Of {total} pairs of scores of one dimension, {exact} are the same and {near} at most one "
        "step apart. One candidate is too few for a coefficient of agreement."
    )


_LOOKED = {"seen": "seen by", "not seen": "looked for and not seen by", "no chance": "no chance:"}


def _seen(rubric: Rubric, now: Standing, name: Callable[[str], str]) -> list[_Heading]:
    scores = [score for _, score in now.scores.values()]
    kinds = {"strong": "Strong signals", "weak": "Weak signals", "red-flag": "Red flags"}
    found = []
    for kind, title in kinds.items():
        lines = []
        for key, observation in rubric.observations.items():
            said = [(s.rater, s.observations[key]) for s in scores if key in s.observations]
            if observation.kind != kind or not said:
                continue
            who = "; ".join(
                f"{words} {', '.join(name(rater) for rater, each in said if each.seen == seen)}"
                for seen, words in _LOOKED.items()
                if any(each.seen == seen for _, each in said)
            )
            told = tuple((name(r), each.words) for r, each in said if each.words.strip())
            lines.append((observation.text, who, told))
        found.append((title, lines))
    return found
