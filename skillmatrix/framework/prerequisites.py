"""Prerequisites: a level of one skill that is not reached without a level of another."""

from __future__ import annotations

from skillmatrix.framework.build import build
from skillmatrix.framework.level import Level
from skillmatrix.framework.listed import refuse
from skillmatrix.framework.located import Located
from skillmatrix.framework.parts import Id, Part, Text

PLACE = "prerequisites"


class Prerequisite(Part):
    """A level of one skill that needs a level of another first, and why.

    Notes
    -----
    Plans respect it. It moves no rating and no verdict: whoever stands at the level already is
    not asked for it. In a profile where one of the two skills is not applicable it does not hold.
    """

    skill: Id
    level: Level
    needs: Id
    needs_level: Level
    reason: Text
    source: Text


def read_prerequisites(document: Located | None) -> tuple[Prerequisite, ...]:
    """Make the entries of ``prerequisites.yaml``; what is wrong is recorded in the file."""
    if document is None or not isinstance(document.data, dict):
        return ()
    entries = document.data.get(PLACE)
    refuse(document, dict(document.data), [k for k in document.data if k not in (PLACE, "source")])
    if not isinstance(entries, list):
        document.problem((PLACE,), f"{entries!r}"[:60], "a list of entries", "shape")
        return ()
    made = (build(Prerequisite, document, (PLACE, n), e) for n, e in enumerate(entries))
    return tuple(entry for entry in made if entry is not None)
