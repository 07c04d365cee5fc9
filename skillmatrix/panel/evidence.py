"""Evidence of a person from several files: the same item once, different ones side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from skillmatrix.assessment import Assessment, Evidence
from skillmatrix.assessment.evidence import reached_strength
from skillmatrix.framework.model import STRENGTHS

#: Longest id of an item, and digits of the hash that stands in for what does not fit.
_LONGEST, _DIGITS = 64, 8


@dataclass
class _Held:
    """An item, and whose file it came with first; None: the own view."""

    item: Evidence
    rater: str | None


def pooled(views: Iterable[Assessment]) -> tuple[Evidence, ...]:
    """
    Give the evidence of several assessments of one person.

    Parameters
    ----------
    views : iterable of Assessment
        The own view first, if there is one; then the others by code of the rater.

    Returns
    -------
    tuple of Evidence
        Of one item that several of them hold, the stronger. Different items under one id are all
        there: the person's own keeps the id, one of a rater is called ``<id>-<rater>``.
    """
    by_id: dict[str, list[_Held]] = {}
    for each in views:
        rater = None if each.rater.kind == "self" else each.rater.code
        for item in each.evidence:
            held = by_id.setdefault(item.id, [])
            known = next((other for other in held if _same(other.item, item)), None)
            if known is None:
                held.append(_Held(item, rater))
            elif _rank(item) > _rank(known.item):
                known.item = item
    taken, found = set(by_id), []
    for name, held in by_id.items():
        for other in held:
            if other.rater is None or not held[1:]:
                found.append(other.item)
                continue
            own = _own_id(name, other.rater, taken)
            taken.add(own)
            found.append(other.item.model_copy(update={"id": own}))
    return tuple(found)


def _same(one: Evidence, other: Evidence) -> bool:
    """Say whether two entries are one item; what only one of them names does not part them."""
    artefacts = {_plain(one.artefact), _plain(other.artefact)} - {""}
    return (
        one.date == other.date and _plain(one.title) == _plain(other.title) and len(artefacts) < 2  # noqa: PLR2004 - two that differ
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _rank(item: Evidence) -> int:
    return STRENGTHS.index(reached_strength(item))


def _own_id(name: str, rater: str, taken: set[str]) -> str:
    """Make an id that nothing else has, the same whenever it is made."""
    wanted = f"{name}-{rater}"
    number = 0
    while wanted in taken or len(wanted) > _LONGEST:
        digest = hashlib.sha256(f"{name}/{rater}/{number}".encode()).hexdigest()[:_DIGITS]
        wanted, number = f"{name[: _LONGEST - _DIGITS - 1]}-{digest}", number + 1
    return wanted
