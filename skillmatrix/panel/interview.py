"""An interview as it stands: scores shown at once, what the panel made of them, the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from skillmatrix.calibration import pairwise
from skillmatrix.framework.interview import Interview as Rubric
from skillmatrix.panel.interview_contents import INTERVIEW, Agreed, Decided, Score, Talked
from skillmatrix.panel.log import DecisionLog
from skillmatrix.sessions.chain import plain


@dataclass
class Standing:
    """
    What a decision log of an interview comes to.

    Attributes
    ----------
    raters, exercises : tuple of str
        Who interviews, and with what.
    scores : mapping of str to (int, Score)
        By rater, with the number of the entry; shown at the reveal or later.
    revealed : int or None
        Number of the entry with which scores were shown.
    without : tuple of str
        Raters whose scores were not there then.
    agreed : mapping of str to (int, Agreed)
        By dimension.
    talked : mapping of str to Talked
        By observation.
    decided : (int, Decided) or None
    corrected : mapping of int to int
    remarks : list of str
    closed : bool
    opened : list of (datetime, str)
        When closed scores were opened again before they were shown, and whose.
    talks : mapping of str to int
        By observation, how often what was said about it was entered; more than once is a
        correction.
    decided_at : datetime or None
    """

    raters: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    scores: dict[str, tuple[int, Score]] = field(default_factory=dict)
    revealed: int | None = None
    without: tuple[str, ...] = ()
    agreed: dict[str, tuple[int, Agreed]] = field(default_factory=dict)
    talked: dict[str, Talked] = field(default_factory=dict)
    decided: tuple[int, Decided] | None = None
    corrected: dict[int, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    closed: bool = False
    opened: list[tuple[dt.datetime, str]] = field(default_factory=list)
    talks: dict[str, int] = field(default_factory=dict)
    decided_at: dt.datetime | None = None

    def late(self, rater: str) -> bool:
        """Say whether a rater's scores came after the others were shown: they are not blind."""
        found = self.scores.get(rater)
        return found is not None and self.revealed is not None and found[0] > self.revealed


def standing(log: DecisionLog) -> Standing:
    """Give where an interview stands; what was removed on request says nothing."""
    found = Standing()
    for entry in log.entries:
        if entry.content is None:
            continue
        said: Any = INTERVIEW[entry.kind].model_validate(plain(entry.content))
        if entry.kind == "room":
            found.raters, found.exercises = said.raters, said.exercises
        elif entry.kind == "scored":
            found.scores[said.rater] = entry.seq, said
        elif entry.kind == "opened_again":
            found.opened.append((entry.at, said.rater))
        elif entry.kind == "revealed":
            found.revealed, found.without = entry.seq, said.without
        elif entry.kind == "agreed":
            found.agreed[said.dimension] = entry.seq, said
        elif entry.kind == "talked":
            found.talked[said.observation] = said
            found.talks[said.observation] = found.talks.get(said.observation, 0) + 1
        elif entry.kind == "decided":
            if found.decided is not None:
                found.corrected[found.decided[0]] = entry.seq
            found.decided, found.decided_at = (entry.seq, said), entry.at
        elif entry.kind == "remark":
            found.remarks.append(said.text)
        elif entry.kind in {"closed", "reopened"}:
            found.closed = entry.kind == "closed"
    return found


@dataclass(frozen=True)
class Row:
    """
    One dimension of an interview.

    Attributes
    ----------
    dimension : str
    scores : mapping of str to int or str
        By rater: a step, ``NOT_OBSERVED``, or ``UNRATED`` where it was left out.
    low, high : int or None
        None where nobody gave a step.
    """

    dimension: str
    scores: Mapping[str, int | str]
    low: int | None
    high: int | None

    @property
    def range(self) -> int | None:
        """How far apart the panel is, in steps; None with fewer than two scores."""
        many = sum(isinstance(value, int) for value in self.scores.values()) > 1
        return (
            self.high - self.low
            if many and self.low is not None and self.high is not None
            else None
        )


def rows(rubric: Rubric, scores: Iterable[Score]) -> list[Row]:
    """
    Set scores side by side, in the order of the rubric.

    Parameters
    ----------
    rubric : Interview
    scores : iterable of Score
        One of each rater.
    """
    known = list(scores)
    made = []
    for name in rubric.dimensions:
        said = {each.rater: each.scores.get(name, "UNRATED") for each in known}
        steps = [value for value in said.values() if isinstance(value, int)]
        made.append(Row(name, said, min(steps, default=None), max(steps, default=None)))
    return made


def score_frame(scores: Iterable[Score]) -> pd.DataFrame:
    """
    Give scores as one long table, for the statistics of several raters.

    Returns
    -------
    DataFrame
        ``unit`` (candidate and dimension), ``person``, ``skill`` (the dimension), ``rater``,
        ``kind``, ``value``. What was not seen or not scored is no row.
    """
    made = [
        (f"{each.person} {name}", each.person, name, each.rater, "interviewer", value)
        for each in scores
        for name, value in each.scores.items()
        if isinstance(value, int)
    ]
    return pd.DataFrame(made, columns=["unit", "person", "skill", "rater", "kind", "value"])


@dataclass(frozen=True)
class PairCount:
    """Two interviewers: dimensions both scored, those alike, and those at most a step apart."""

    a: str
    b: str
    n: int
    exact: int
    near: int


def raw_agreement(scores: Iterable[Score]) -> list[PairCount]:
    """
    Count how far each pair of interviewers agrees, over all candidates both scored.

    Parameters
    ----------
    scores : iterable of Score

    Returns
    -------
    list of PairCount
        Only pairs that scored something in common.
    """
    table: Any = pairwise(score_frame(scores)).astype(object).to_dict("records")
    return [
        PairCount(
            str(row["a"]),
            str(row["b"]),
            int(row["n"]),
            round(row["exact"] * row["n"]),
            round(row["within_one"] * row["n"]),
        )
        for row in table
        if row["n"]
    ]


def flags(rubric: Rubric, scores: Iterable[Score], kind: str = "red-flag") -> dict[str, list[str]]:
    """
    Say by whom each observation of a kind was seen.

    Returns
    -------
    dict of str to list of str
        Raters by observation, in the order of the rubric; only those that somebody saw.
    """
    known = list(scores)
    found = {
        name: [
            each.rater
            for each in known
            if (said := each.observations.get(name)) is not None and said.seen == "seen"
        ]
        for name, observation in rubric.observations.items()
        if observation.kind == kind
    }
    return {name: raters for name, raters in found.items() if raters}
