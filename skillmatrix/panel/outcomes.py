"""What a session hands to the check of groups: who is selected, and how that came about."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatrix.calibration import GroupCheck, Measure, process_measures
from skillmatrix.calibration import release as first_answer
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Changes
from skillmatrix.scoring.logic import both

#: What stands for the answer over all criteria, among the ids of criteria.
OVERALL = "overall"

_SELECTED = {"MET": True, "NOT MET": False, "OPEN": None}


def outcomes(calibration: Calibration, found: Changes, outcome: str) -> dict[str, bool | None]:
    """
    Give who is selected.

    Parameters
    ----------
    calibration : Calibration
    found : Changes
    outcome : str
        Id of a criterion, or ``overall``: all criteria met.

    Returns
    -------
    dict of str to bool or None
        By person; None where it is open.
    """
    states: dict[str, dict[str, str]] = {person: {} for person in calibration.people}
    for turn in found.turns:
        states[turn.person][turn.criterion] = turn.after
    if outcome == OVERALL:
        return {person: _SELECTED[both(each.values())] for person, each in states.items()}  # type: ignore[arg-type]
    return {person: _SELECTED[each[outcome]] for person, each in states.items()}


def measures(
    calibration: Calibration, found: Changes, groups: Mapping[str, str]
) -> tuple[Measure, ...]:
    """
    Compare the way to the outcome by group.

    Parameters
    ----------
    calibration : Calibration
    found : Changes
    groups : mapping of str to str
        From `skillmatrix.calibration.read_groups`.

    Returns
    -------
    tuple of Measure
        Of the notes of raters, of what they linked as evidence for the same skill, of what the
        session changed, and of what raters had not observed.
    """
    notes, observed = [], []
    for person in calibration.people:
        for each in calibration.others(person):
            linked = {skill for item in each.evidence for skill in item.skills}
            notes += [(person, note.text, skill in linked) for skill, note in each.notes.items()]
            for skill in calibration.framework.skills:
                rated = each.rating(skill)
                if rated.level is not None or rated.value == "NOT_OBSERVED":
                    observed.append((person, rated.level is not None))
    moved = [
        (item.person, item.after - item.before)
        for item in found.items
        if item.after is not None and item.before is not None
    ]
    return process_measures(
        groups, calibration.people, notes=notes, changes=moved, observed=observed
    )


def answers(kept: list[tuple[str, GroupCheck]]) -> list[tuple[str, GroupCheck]]:
    """
    Give what may be shown of everything that was stored, oldest first.

    Parameters
    ----------
    kept : list of (str, GroupCheck)
        Outcome and answer, as they were stored.

    Returns
    -------
    list of (str, GroupCheck)
        The last one stands. An answer is left out where it would tell small counts by
        subtraction: see `skillmatrix.calibration.release`; and also where it is about another
        outcome than the one that stands. Whoever meets all criteria meets each: tables of two
        outcomes lie inside each other.
    """
    shown: list[tuple[str, GroupCheck]] = []
    for outcome, check in kept:
        seen = [each for each in shown if each[1].looked]
        if seen and outcome != seen[-1][0]:
            continue
        if first_answer([each for _, each in shown], check) is check:
            shown.append((outcome, check))
    return shown
