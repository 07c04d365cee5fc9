"""What a session's verdicts would be, had each rater's severity been taken out: to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skillmatrix.assessment.model import Assessment
from skillmatrix.panel.calibration import Calibration


@dataclass(frozen=True)
class WouldChange:
    """
    One gate or floor of a person that would come out otherwise.

    Attributes
    ----------
    person, criterion, part, title : str
        ``title`` is the rule in plain words.
    skills : tuple of str
    before, after : str
        States: as rated, and with the effects taken out.
    """

    person: str
    criterion: str
    part: str
    title: str
    skills: tuple[str, ...]
    before: str
    after: str


def steps_of(effects: Mapping[str, float]) -> dict[str, int]:
    """
    Give by how many whole levels each rater's ratings would move; who would not is left out.

    Parameters
    ----------
    effects : mapping of str to float
        By rater; positive: rates higher than the others.

    Examples
    --------
    >>> steps_of({"r-1": 0.62, "r-2": -0.31, "r-3": -0.5})
    {'r-1': -1, 'r-3': 1}
    """
    moved = {
        rater: -int(abs(effect) + 0.5) * (1 if effect > 0 else -1)
        for rater, effect in effects.items()
    }
    return {rater: step for rater, step in moved.items() if step}


def would_change(calibration: Calibration, effects: Mapping[str, float]) -> list[WouldChange]:
    """
    List gates and floors that would come out otherwise with the raters' effects taken out.

    Parameters
    ----------
    calibration : Calibration
    effects : mapping of str to float
        By rater; see `skillmatrix.calibration.severity`.

    Returns
    -------
    list of WouldChange
        By person and in the order of the criteria. Nothing is changed.

    Notes
    -----
    Each rating moves by the effect of its rater, rounded to whole levels, and stays on the
    scale: an effect below half a level moves nothing.
    """
    steps = steps_of(effects)
    people = [
        person
        for person in calibration.people
        if any(each.rater.code in steps for each in calibration.others(person))
    ]
    if not people:
        return []
    moved = Calibration(
        calibration.framework,
        calibration.profile,
        [
            *(own for p in people if (own := calibration.own(p)) is not None),
            *(_moved(calibration, a, steps) for p in people for a in calibration.others(p)),
        ],
        calibration.log,
    )
    found = []
    for person in people:
        before, after = calibration.verdict(person), moved.verdict(person)
        for name, criterion in before.criteria.items():
            for part, other in zip(criterion.parts, after.criteria[name].parts, strict=True):
                if part.kind in {"gate", "floor"} and part.state != other.state:
                    found.append(
                        WouldChange(
                            person,
                            name,
                            part.id,
                            part.title,
                            part.skills,
                            part.state,
                            other.state,
                        )
                    )
    return found


def _moved(calibration: Calibration, each: Assessment, steps: Mapping[str, int]) -> Assessment:
    step = steps.get(each.rater.code or "", 0)
    if not step:
        return each
    levels = calibration.framework.levels
    ratings = {
        skill: rating.value
        if rating.level is None
        else levels[min(max(levels.index(rating.level) + step, 0), len(levels) - 1)].value
        for skill, rating in each.ratings.items()
    }
    data = each.model_dump(mode="json") | {"ratings": ratings}
    return Assessment.model_validate(data)
