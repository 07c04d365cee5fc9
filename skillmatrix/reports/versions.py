"""The versions of a report: what each is for, and what the author is told of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.share import Held, Kind, counts, share
from skillmatrix.reports.parts import Audience

Reader = Literal["mentor", "calibration"]

VERSIONS: dict[Audience, str] = {
    "myself": "For myself",
    "mentor": "For my mentor",
    "calibration": "For calibration",
}
PURPOSES: dict[Audience, str] = {
    "myself": (
        "Everything entered, private notes and the record included. "
        "Look through it before you give it to anybody."
    ),
    "mentor": (
        "To be read together. It holds the ratings, the evidence, the notes meant to be shared, "
        "the plan and the case. Private notes and the record are never part of this version."
    ),
    "calibration": (
        "A pre-read for the session. It names a code and not the person, and holds the ratings, "
        "the evidence, the case and the notes written for the panel. Private notes, notes meant "
        "for a mentor, the record and the plan are never part of this version."
    ),
}


_WORDS: dict[Kind, tuple[str, str]] = {
    "notes": ("note", "notes"),
    "record": ("entry of the record", "entries of the record"),
    "plan": ("own part of the plan", "own parts of the plan"),
    "evidence": ("item of evidence", "items of evidence"),
    "case": ("paragraph of the case", "paragraphs of the case"),
    "reasons": ("reason for a variant", "reasons for variants"),
}


def left_out(assessment: Assessment, held: Mapping[Reader, Held]) -> tuple[str, ...]:
    """
    Say for the versions that leave what they do not hold; only the author is told the counts.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> from skillmatrix.assessment.share import NOTHING
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "ana"}, rater={"kind": "self"},
    ...     as_of="2026-11-20", ratings={},
    ...     notes={"mlops": {"text": "unsure", "visibility": "private"}})
    >>> left_out(a, {"mentor": NOTHING})
    ('For my mentor: without 1 note.',)
    """
    lines = ((reader, without(assessment, reader, back)) for reader, back in held.items())
    return tuple(f"{VERSIONS[reader]}: {said or 'nothing is left out'}." for reader, said in lines)


def without(assessment: Assessment, reader: Reader, held: Held) -> str:
    """Say what one reader would not get, counted by kind; empty where it is nothing."""
    everything, given = counts(assessment), counts(share(assessment, reader, held))
    less = [(everything[kind] - given[kind], *words) for kind, words in _WORDS.items()]
    named = [f"{n} {one if n == 1 else many}" for n, one, many in less if n]
    if everything["name"] > given["name"]:
        named.append("the name")
    return f"without {_list(named)}" if named else ""


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
