"""A reading of a KPI beside its target. It says how the two compare, and feeds no verdict."""

from __future__ import annotations

from typing import Literal, NamedTuple

from skillmatrix.assessment import RecordEntry
from skillmatrix.assessment.units import period_name, same_unit, unit_name
from skillmatrix.framework.guide import KpiTarget

Word = Literal["target reached", "target missed", "cannot be compared"]

_WORDS = {
    "at-least": "at least",
    "at-most": "at most",
    "below": "below",
    "above": "above",
    "between": "",
    "increase": "an increase of",
    "decrease": "a decrease of",
    "equal": "exactly",
}
_ILLUSTRATION = "The target is the blueprint's illustration."


class ReadingResult(NamedTuple):
    """How a reading compares with its target: one of three words, and a sentence that says why."""

    word: Word
    sentence: str


def figure(value: float) -> str:
    """Write a number as a person would: no trailing zeros, no exponent in everyday sizes."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _with_unit(value: str, unit: str | None) -> str:
    return f"{value} {unit}".strip() if unit else value


def _target_words(target: KpiTarget, unit: str | None = None) -> str:
    """Say what a target asks in a few words; nothing where it names no figure."""
    if target.comparator == "none" or target.value is None:
        return ""
    asked = figure(target.value)
    if target.high is not None:
        asked = f"{asked}\N{EN DASH}{figure(target.high)}"
    words = f"{_WORDS[target.comparator]} {asked}".strip()
    if (target.value, target.high) != (1, None):  # "at least 1 releases" is no English
        words = _with_unit(words, target.unit if unit is None else unit)
    rate = target.period and target.comparator not in {"increase", "decrease"}
    return f"{words} a {target.period}" if rate else words


def compare_reading(entry: RecordEntry, target: KpiTarget) -> ReadingResult:
    """
    Compare one reading with the target of its KPI.

    Parameters
    ----------
    entry : RecordEntry
        A reading: value, unit, and a period where one is stated.
    target : KpiTarget
        With its comparator, one figure or two, and their unit.

    Returns
    -------
    ReadingResult
        ``target reached``, ``target missed`` or ``cannot be compared``, and why.

    Notes
    -----
    Nothing is converted: another unit, or another period where both are stated, cannot be
    compared. Where a limit is given as a range ("below 30 to 60 minutes"), a reading inside it
    meets one end and misses the other; which of them holds is not known here, so the two cannot
    be compared. A change asked for as a range is reached at its lower end. A KPI passes no
    criterion by itself.

    Examples
    --------
    >>> import datetime as dt
    >>> target = KpiTarget(text="< 4 hours", comparator="below", value=4, unit="hours",
    ...     illustrative=True)
    >>> reading = RecordEntry(id="r1", item="kpi-mttr", date=dt.date(2026, 9, 30), value=3.5,
    ...     unit="h", source="incident log")
    >>> compare_reading(reading, target).sentence
    "3.5 h, target below 4 h: reached. The target is the blueprint's illustration."
    """
    if entry.value is None:
        return _unknown("There is no figure to compare.")
    told = _with_unit(figure(entry.value), entry.unit)
    same = target.unit is not None and unit_name(entry.unit) == unit_name(target.unit)
    asked = _target_words(target, entry.unit if same else None)
    if not asked or target.value is None:
        return _unknown(f"{told}: the target names no figure to compare with.")
    if target.unit is not None and not same_unit(entry.unit, target.unit):
        return _unknown(f"{told}: the target is in {target.unit}, and nothing is converted.")
    if entry.period and target.period and period_name(entry.period) != period_name(target.period):
        return _unknown(
            f"{told} over {entry.period}: the target is for {target.period}, and nothing is "
            "converted."
        )
    reached = _reached(float(entry.value), target)
    if isinstance(reached, str):
        return _unknown(f"{told}, target {asked}: {reached}")
    word = "reached" if reached else "missed"
    tail = f" {_ILLUSTRATION}" if target.illustrative else ""
    sentence = f"{told}, target {asked}: {word}.{tail}"
    return ReadingResult("target reached" if reached else "target missed", sentence)


def _unknown(sentence: str) -> ReadingResult:
    return ReadingResult("cannot be compared", sentence)


def _reached(value: float, target: KpiTarget) -> bool | str:
    """Say whether a figure reaches the target, or why that is not known."""
    low = float(target.value or 0)
    high = low if target.high is None else float(target.high)
    if target.comparator in {"below", "above"}:
        kept = [value < end if target.comparator == "below" else value > end for end in (low, high)]
        if any(kept) and not all(kept):
            return "between its two limits, so it depends on which of them holds for you."
        return all(kept)
    if target.comparator == "decrease" and value < 0:
        return "a minus could mean less or more; write how much less as a number without it."
    return {
        "at-least": value >= low,
        "at-most": value <= low,
        "equal": value == low,
        "between": low <= value <= high,
        "increase": value >= low,
        "decrease": value >= low,
    }[target.comparator]
