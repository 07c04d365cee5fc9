"""What a chart of standings shows, row by row, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from skillmatrix.charts.measure import clean
from skillmatrix.errors import UsageError, suggest
from skillmatrix.framework.level import Level
from skillmatrix.scoring import SkillGap, Standings
from skillmatrix.scoring.gap import gaps, is_asked

Kind = Literal["met", "below", "open", "unknown", "no-bar", "not-applicable"]
_UNKNOWN = {
    "UNRATED": "not rated",
    "DECLINED": "no level given",
    "NOT_OBSERVED": "no level given",
    "NOT_APPLICABLE_PROPOSED": "N/A proposed",
}


class Line(Protocol):
    """What the layout asks of a row."""

    @property
    def skill(self) -> str:
        """Id, for the marks of the row."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def area(self) -> str:
        """Id of the group it stands in."""

    @property
    def area_title(self) -> str:
        """Title of that group."""

    @property
    def kind(self) -> str:
        """What it shows; ``not-applicable`` is struck out."""

    @property
    def label(self) -> str:
        """The same in words, at its end."""


R = TypeVar("R", bound=Line)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One skill in a chart.

    Attributes
    ----------
    skill, title, area, area_title : str
    kind : str
        ``met`` at worst, ``below`` the bar at best, ``open`` between them, ``unknown``
        without a level, ``no-bar`` where the role asks for nothing, or ``not-applicable``.
    state : str
        The state behind it in words; those who did not see it and those who chose not to
        say are not told apart.
    low, high : int
        Positions on the scale; where `kind` is ``unknown``, the whole scale.
    target, target_if_on : int or None
        Positions of the bar, and of the bar if an open question is answered with yes.
    gate, floor : int or None
        Positions of the highest gate and floor on this skill, also where it does not apply.
    claimed, supported, required, required_if_on : Level or None
    gap_min, gap_max : int or None
        Steps to the bar at best and at worst; None without a level or a bar.
    reason : str
        Why the skill does not apply.
    question : str
        Title of the open question behind `target_if_on`.
    label : str
        The standing in words.
    """

    skill: str
    title: str
    area: str
    area_title: str
    kind: Kind
    state: str
    low: int
    high: int
    target: int | None
    target_if_on: int | None
    gate: int | None
    floor: int | None
    claimed: Level | None
    supported: Level | None
    required: Level | None
    required_if_on: Level | None
    gap_min: int | None
    gap_max: int | None
    reason: str
    question: str
    label: str


def steps(smallest: int, largest: int) -> str:
    """Write a count of steps, or a range of them."""
    count = str(smallest) if smallest == largest else f"{smallest} to {largest}"
    return f"{count} step{'' if largest == 1 else 's'}"


def rows_of(standings: Standings, area: str | None = None) -> tuple[Row, ...]:
    """
    Give the rows of a chart, area by area, each in the order of the framework.

    Raises
    ------
    UsageError
        If the framework has no such area, or no skill in it.
    """
    areas = standings.framework.areas
    if area is not None and area not in areas:
        msg = f"{standings.framework.key} has no area {area!r}; {suggest(area, areas)}"
        raise UsageError(msg)
    found = gaps(standings)
    wanted = [area] if area is not None else list(areas)
    rows = tuple(
        _row(standings, found[skill.id])
        for name in wanted
        for skill in standings.framework.skills.values()
        if skill.area == name
    )
    if not rows:
        msg = f"{standings.framework.key} has no skill in the area {area!r}"
        raise UsageError(msg)
    return rows


def _row(standings: Standings, gap: SkillGap) -> Row:
    framework, profile = standings.framework, standings.profile
    skill, standing = framework.skills[gap.skill], standings[gap.skill]
    applies = gap.state != "NOT_APPLICABLE"
    kind = _kind(standings, gap)
    if_on = _if_on(standings, gap.skill) if applies else None
    thresholds = [t for t in profile.gates if t[0] == gap.skill]
    has_gap = kind in ("met", "below", "open")
    return Row(
        skill=skill.id,
        title=clean(skill.title),
        area=skill.area,
        area_title=clean(framework.areas[skill.area].title),
        kind=kind,
        state=_state(kind, gap.state),
        low=standing.low,
        high=standing.high,
        target=standings.position[gap.required] if gap.required is not None else None,
        target_if_on=standings.position[if_on] if if_on is not None else None,
        gate=max((standings.position[t[1]] for t in thresholds if t[2] == "gate"), default=None),
        floor=max((standings.position[t[1]] for t in thresholds if t[2] == "floor"), default=None),
        claimed=gap.claimed,
        supported=gap.supported,
        required=gap.required,
        required_if_on=if_on,
        gap_min=gap.gap_min if has_gap else None,
        gap_max=gap.gap_max if has_gap else None,
        reason="" if applies else clean(profile.not_applicable[gap.skill].reason),
        question=_question(standings, gap.skill) if if_on is not None else "",
        label=_label(standings, gap, kind),
    )


def _kind(standings: Standings, gap: SkillGap) -> Kind:
    if gap.state == "NOT_APPLICABLE":
        return "not-applicable"
    if gap.claimed is None:
        return "unknown"
    if gap.required == standings.levels[0]:
        return "no-bar"
    return "met" if gap.met else "open" if gap.met is None else "below"


def _if_on(standings: Standings, skill: str) -> Level | None:
    """Give the bar that an open question would set, where it would set another one."""
    target = standings.profile.targets[skill]
    is_open = target.switch and standings.profile.switches.get(target.switch) is None
    return target.level_when_on if is_open and target.level_when_on != target.level else None


def _question(standings: Standings, skill: str) -> str:
    switch = standings.profile.targets[skill].switch
    return clean(standings.framework.switches[switch].title) if switch else ""


def _state(kind: Kind, state: str) -> str:
    return {"unknown": _UNKNOWN.get(state, "no level given"), "not-applicable": "N/A"}.get(
        kind, "rated"
    )


def _label(standings: Standings, gap: SkillGap, kind: Kind) -> str:
    if kind == "not-applicable":
        return f"N/A: {clean(standings.profile.not_applicable[gap.skill].reason)}"
    if kind == "unknown":
        word = _state(kind, gap.state)
        return word[0].upper() + word[1:]
    if kind == "no-bar":
        return "No bar set" if is_asked(standings, gap.skill) else "Not asked"
    if kind == "open":
        return f"Evidence for {gap.supported}"
    if kind == "below":
        return f"{steps(gap.gap_min or 0, gap.gap_max or 0)} below"
    above = standings[gap.skill].low > standings.position[standings.profile.target(gap.skill)]
    return "Above the bar" if above else "At the bar"


def by_area(rows: tuple[R, ...]) -> Iterator[tuple[str, tuple[R, ...]]]:
    """Give the title of each area with its rows."""
    for area in dict.fromkeys(row.area for row in rows):
        inside = tuple(row for row in rows if row.area == area)
        yield inside[0].area_title, inside
