"""How the interviewers of a workspace agree over all candidates so far."""

from __future__ import annotations

from typing import Any

from skillmatrix import calibration as cal
from skillmatrix.calibration.display import FEWEST, shown
from skillmatrix.pages.interview_score import InterviewRoom
from skillmatrix.pages.meeting_log import log_of
from skillmatrix.panel.interview import raw_agreement, score_frame, standing
from skillmatrix.panel.interview_contents import Score
from skillmatrix.store.meetings import CREATED, Meetings
from skillmatrix.store.spoken_of import LOG


def over_all(room: InterviewRoom) -> dict[str, Any]:
    """
    Give agreement over all interviews on the same rubric.

    Returns
    -------
    dict
        ``candidates``, ``interviewers``, ``pairs`` (counts) and ``words``: each coefficient
        with its interval, or why there is none.

    Notes
    -----
    Scores that came after a reveal are not blind and are left out. Candidates are the units that
    are left out in turn: dimensions of one candidate hang together.
    """
    scores = _scores(room)
    frame = score_frame(scores)
    people = frame["person"].nunique()
    pairs = raw_agreement(scores)
    levels = list(room.rubric.levels)
    words = [
        f"{each.name}: {shown(each)}"
        for each in (cal.alpha(frame, "ordinal"), cal.ac(frame, "quadratic", categories=levels))
    ]
    return {
        "candidates": int(people),
        "interviewers": int(frame["rater"].nunique()),
        "pairs": {
            "n": sum(pair.n for pair in pairs),
            "exact": sum(pair.exact for pair in pairs),
            "near": sum(pair.near for pair in pairs),
        },
        "words": words,
        "fewest": FEWEST,
    }


def _scores(room: InterviewRoom) -> list[Score]:
    meetings = Meetings(room.store)
    found: dict[tuple[str, str], Score] = {}
    for head in meetings.all("interview"):
        if head.framework != room.framework.key:
            continue
        events = meetings.events(head.code)
        begun = next((e.payload or {} for e in events if e.kind == CREATED), {})
        said = standing(log_of(head, begun, [e for e in events if e.kind == LOG]))
        for rater, (_, score) in said.scores.items():
            if said.revealed is not None and not said.late(rater):
                found.setdefault((score.person, rater), score)
    return list(found.values())
