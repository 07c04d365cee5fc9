"""What a report is made of, before any format: plain words, numbers and days."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from skillmatrix.charts.chart import Chart

Audience = Literal["myself", "mentor", "calibration"]
Format = Literal["html", "pdf", "xlsx"]

AUDIENCES: tuple[Audience, ...] = ("myself", "mentor", "calibration")
FORMATS: tuple[Format, ...] = ("html", "pdf", "xlsx")

DECIDES = "Preparation for a conversation; a person decides."


@dataclass(frozen=True)
class Fact:
    """One line of the head: what, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class Answer:
    """The verdict as a whole; ``sign`` is ``check``, ``cross`` or ``open``."""

    word: str
    sign: str
    label: str
    summary: str
    coverage: str
    gates: str
    confidence: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class PartLine:
    """One part of a criterion, with its reason and what would change it; ``of`` names skills."""

    id: str
    kind: str
    title: str
    of: tuple[str, ...]
    state: str
    observed: str
    why: str
    change: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class CriterionCard:
    """One criterion with its parts."""

    id: str
    code: str
    title: str
    question: str
    state: str
    met: int
    parts: tuple[PartLine, ...]

    @property
    def name(self) -> str:
        """The code and the title."""
        return f"{self.code} {self.title}".strip()

    @property
    def missing(self) -> tuple[PartLine, ...]:
        """The parts that are not met."""
        return tuple(part for part in self.parts if part.state != "MET")


@dataclass(frozen=True)
class SkillLine:
    """
    One skill against the bar; None where nothing is known.

    Attributes
    ----------
    given : str
        The level with its name, or the state in words.
    claimed, shown, confirmed, bar : int or None
        Levels: said, carried by evidence, carried by what somebody else confirmed, asked for.
    threshold : str
        The gate and the floor on it, where there are such.
    """

    id: str
    code: str
    title: str
    area: str
    given: str
    claimed: int | None
    shown: int | None
    confirmed: int | None
    bar: int | None
    bar_note: str
    gap_min: int | None
    gap_max: int | None
    kind: str
    standing: str
    threshold: str
    confidence: str
    items: int


@dataclass(frozen=True)
class EvidenceLine:
    """One item of evidence; ``link`` only where the artefact is a web address."""

    id: str
    title: str
    date: dt.date
    age: str
    strength: str
    counts_as: str
    description: str
    artefact: str
    link: str
    confirmed_by: str
    measure: str
    method: str
    skills: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class NoteLine:
    """A note on one skill, with who may read it."""

    skill: str
    text: str
    visibility: str


@dataclass(frozen=True)
class RecordLine:
    """One answer or reading of the record."""

    block: str
    item: str
    said: str
    date: dt.date | None
    text: str


@dataclass(frozen=True)
class ActionLine:
    """One thing to do; ``overdue`` against the day of the report."""

    skill: str
    text: str
    due: dt.date | None
    done: dt.date | None
    overdue: bool


@dataclass(frozen=True)
class Goal:
    """What can be seen at one level: its heading, and its anchors."""

    heading: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class StepLine:
    """One step of the plan."""

    skill: str
    title: str
    start: str
    goal: str
    goals: tuple[Goal, ...]
    reasons: tuple[str, ...]
    needs: str
    effort: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class PlanPart:
    """
    The plan.

    Attributes
    ----------
    infeasible : tuple of str
        Why there is none.
    detour : tuple of str
        What can be done without the skills that no project can show.
    others : tuple of str
        What was set down for skills that have no step in it.
    """

    sentence: str
    effort: str
    infeasible: tuple[str, ...]
    steps: tuple[StepLine, ...]
    evidence: tuple[str, ...]
    detour: tuple[str, ...]
    alternatives: tuple[str, ...]
    others: tuple[str, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class Paragraph:
    """
    One paragraph of the case: its clause, her words, what she cites.

    Attributes
    ----------
    of : tuple of str
        Skills that a rule of breadth counts.
    elsewhere : str
        Where the same clause is answered, if it is not here.
    marks : tuple of str
        What a reader would ask about.
    """

    part: str
    criterion: str
    clause: str
    state: str
    of: tuple[str, ...]
    text: str
    cited: tuple[str, ...]
    elsewhere: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class CasePart:
    """The promotion case, clause by clause, with marks on whole criteria."""

    sentence: str
    marks: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class ChangeLine:
    """One skill in two rounds, and what made the difference."""

    skill: str
    before: str
    after: str
    word: str
    by: str


@dataclass(frozen=True)
class ChangePart:
    """What changed since an earlier round."""

    since: dt.date
    sentence: str
    lines: tuple[ChangeLine, ...]
    more: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """
    Everything one version of a report says; each format shows the same.

    Attributes
    ----------
    audience : {"myself", "mentor", "calibration"}
    version, purpose : str
        Which version it is, and what it holds and leaves out.
    left_out : tuple of str
        Only in the version for oneself: what the other versions would not hold, counted.
    asks_evidence : bool
        Whether the ladder asks for evidence at all; without it one level stands for a skill.
    charts : tuple of Chart
        Drawn when a format asks for them.
    """

    audience: Audience
    version: str
    title: str
    purpose: str
    left_out: tuple[str, ...]
    notices: tuple[str, ...]
    made_on: dt.date
    code: str
    framework: str
    facts: tuple[Fact, ...]
    context: tuple[Fact, ...]
    asks_evidence: bool
    answer: Answer
    criteria: tuple[CriterionCard, ...]
    pivots: tuple[str, ...]
    settle: tuple[str, ...]
    undecided: tuple[str, ...]
    overshoot: tuple[str, ...]
    skills: tuple[SkillLine, ...]
    evidence: tuple[EvidenceLine, ...]
    notes: tuple[NoteLine, ...]
    record: tuple[RecordLine, ...]
    record_more: str
    plan: PlanPart | None
    case: CasePart | None
    change: ChangePart | None
    charts: tuple[Chart, ...]

    @property
    def for_calibration(self) -> bool:
        """Whether the reader is a calibration session."""
        return self.audience == "calibration"

    def plain(self) -> dict[str, Any]:
        """Give everything but the charts as mappings, sequences and plain values."""
        told = asdict(replace(self, charts=()))
        del told["charts"]
        return {**told, "decides": DECIDES}
