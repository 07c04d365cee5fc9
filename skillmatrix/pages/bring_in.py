"""What an import found, kept in a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from skillmatrix.assessment import Assessment
from skillmatrix.errors import Problem
from skillmatrix.pages import rounds
from skillmatrix.store import AssessmentHead, Store

#: Assessments that one file may bring; above, the list of a workspace is no list any more.
MOST_ASSESSMENTS = 200


def unfit(assessments: Sequence[Assessment]) -> list[Problem]:
    """
    Find what no workspace of one's own can take.

    Returns
    -------
    list of Problem
        A rating by somebody else is compared, not taken over.
    """
    problems = []
    if len(assessments) > MOST_ASSESSMENTS:
        found, expected = f"{len(assessments):,} assessments", f"at most {MOST_ASSESSMENTS}"
        problems.append(Problem("the file", found, expected, "split it into several files"))
    others = sorted({each.rater.kind for each in assessments} - {"self"})
    if others:
        found = f"ratings by a {' and a '.join(others)}"
        remedy = "a rating by somebody else is compared, not taken over as one's own"
        problems.append(Problem("rater", found, "self-ratings", remedy))
    return problems


def keep(store: Store, assessments: Sequence[Assessment], event_id: str) -> list[AssessmentHead]:
    """
    Keep assessments, each as a draft of its own.

    Parameters
    ----------
    store : Store
    assessments : sequence of Assessment
        Of self-ratings; see `unfit`. Those of one person become rounds of that person, in the
        order of their days; one of an earlier day began on that day.
    event_id : str
        Made by whoever acts. Sent again, nothing is kept twice.

    Returns
    -------
    list of AssessmentHead
        The latest last.
    """
    people: dict[str, str] = {}
    heads = []
    for number, each in enumerate(sorted(assessments, key=lambda a: a.as_of)):
        name = event_id if number == 0 else f"{event_id}.{number}"
        code = each.person.code
        heads.append(rounds.bring(store, each, name, people.get(code), _began(each)))
        people[code] = heads[-1].person_code
    return heads


def _began(assessment: Assessment) -> dt.datetime | None:
    if assessment.as_of >= dt.date.today():
        return None
    return dt.datetime.combine(assessment.as_of, dt.time(12), dt.UTC)
