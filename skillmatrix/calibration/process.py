"""How people of different groups were treated on the way: notes, evidence, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Any

#: People below which a figure could point at somebody.
FEWEST = 5
#: Lengths of notes are said to so many characters, shares to so many of a whole.
_ROUND, _PARTS = 10, 20


class Process(StrEnum):
    """What is compared."""

    NOTE_LENGTH = "median length of the notes, in characters, to the nearest ten"
    WITH_EVIDENCE = "share of notes that name evidence, to the nearest 5 %"
    DOWNWARD = "share of changed ratings that went down, to the nearest 5 %"
    NOT_OBSERVED = "share of ratings that are not observed, to the nearest 5 %"


@dataclass(frozen=True)
class Measure:
    """
    One measure for each group, or nothing.

    Attributes
    ----------
    process : Process
    rows : tuple of (group, figure)
        By name, those who named no group last, as an empty name. Rounded as `process` says: exact
        figures would tell who is in which group to whoever knows every note. Empty
        where fewer than five people of some group are on one of its sides.
    """

    process: Process
    rows: tuple[tuple[str, float], ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows

    @property
    def sentence(self) -> str:
        """What is shown, or that nothing is."""
        if self.hidden:
            return (
                f"{self.process}: not shown. In some group fewer than five people stand on one "
                "side of it, or could be found by subtraction."
            )
        length = self.process is Process.NOTE_LENGTH
        told = ", ".join(
            f"{group or 'no group named'} {figure:.0f}"
            if length
            else f"{group or 'no group named'} {figure:.0%}"
            for group, figure in self.rows
        )
        return f"{self.process}: {told}."

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, to be kept."""
        return {"process": self.process.name, "rows": [list(row) for row in self.rows]}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Measure:
        """Read what `as_dict` gave."""
        rows = tuple((str(group), float(figure)) for group, figure in kept["rows"])
        return cls(Process[kept["process"]], rows)


def process_measures(
    groups: Mapping[str, str],
    people: Iterable[str],
    *,
    notes: Iterable[tuple[str, str, bool]] = (),
    changes: Iterable[tuple[str, int]] = (),
    observed: Iterable[tuple[str, bool]] = (),
) -> tuple[Measure, ...]:
    """
    Compare the way to the outcome: it has more data than the outcome.

    Parameters
    ----------
    groups : mapping of str
        Group by person, of those who chose to say.
    people : iterable of str
        Everybody in the session.
    notes : iterable of (person, text, names evidence)
        Each note raters wrote about a person.
    changes : iterable of (person, steps)
        Each rating that the session changed: above zero where it went up, below where down.
    observed : iterable of (person, observed)
        Each cell a rater was asked for: whether there was anything to see.

    Returns
    -------
    tuple of Measure
        The four of `Process`, each shown or hidden as a whole. To be released with the check of
        groups and never apart from it (`group_check(..., process=...)`).

    Notes
    -----
    The same rule as for the outcome: in each group, and among those who named none, at least five
    different people stand on each side of a share (with and without evidence, down and up,
    observed and not), or none is shown of any group. One person may stand on both sides.

    Examples
    --------
    >>> people = [f"{group}{n}" for group in "ab" for n in range(6)]
    >>> notes = [(p, "x" * (40 if p[0] == "a" else 80), n) for p in people for n in (True, False)]
    >>> found = process_measures({p: p[0] for p in people}, people, notes=notes)
    >>> found[0].rows, found[1].rows
    ((('a', 40.0), ('b', 80.0)), (('a', 0.5), ('b', 0.5)))
    """
    everybody = list(dict.fromkeys(people))
    of_person = {person: groups.get(person, "") for person in everybody}
    told = list(notes)
    lengths: dict[str, list[tuple[str, int]]] = {}
    for person, text, _ in told:
        if person in of_person:
            length = len(text.strip())
            lengths.setdefault(of_person[person], []).append((person, length))
    shares = {
        Process.WITH_EVIDENCE: [(person, evidence) for person, _, evidence in told],
        Process.DOWNWARD: [(person, steps < 0) for person, steps in changes if steps],
        Process.NOT_OBSERVED: [(person, not seen) for person, seen in observed],
    }
    return (
        Measure(Process.NOTE_LENGTH, _lengths(of_person, lengths)),
        *(Measure(process, _shares(of_person, rows)) for process, rows in shares.items()),
    )


def _order(of_person: Mapping[str, str]) -> list[str] | None:
    """List the groups, or None where one is too small or there are not two."""
    sizes: dict[str, int] = {}
    for group in of_person.values():
        sizes[group] = sizes.get(group, 0) + 1
    if len(sizes.keys() - {""}) < 2 or min(sizes.values()) < FEWEST:  # noqa: PLR2004 - two groups
        return None
    return sorted(sizes, key=lambda group: (group == "", group))


def _lengths(
    of_person: Mapping[str, str], lengths: Mapping[str, list[tuple[str, int]]]
) -> tuple[tuple[str, float], ...]:
    order = _order(of_person)
    if order is None or any(
        len({person for person, _ in lengths.get(group, [])}) < FEWEST for group in order
    ):
        return ()
    return tuple(
        (group, float(round(median(length for _, length in lengths[group]) / _ROUND) * _ROUND))
        for group in order
    )


def _shares(
    of_person: Mapping[str, str], rows: list[tuple[str, bool]]
) -> tuple[tuple[str, float], ...]:
    order = _order(of_person)
    if order is None:
        return ()
    found = []
    for group in order:
        own = [(person, side) for person, side in rows if of_person.get(person) == group]
        sides = [{person for person, told in own if told is side} for side in (True, False)]
        if min(map(len, sides)) < FEWEST:
            return ()
        found.append((group, round(sum(side for _, side in own) / len(own) * _PARTS) / _PARTS))
    return tuple(found)
