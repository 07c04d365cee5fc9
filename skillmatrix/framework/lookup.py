"""Look names up, and record the ones that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skillmatrix.errors import suggest
from skillmatrix.framework.located import Key, Located
from skillmatrix.framework.model import Framework, Importance
from skillmatrix.framework.parts import EvidenceAsk


def levels_of(framework: Framework) -> str:
    """List the levels of a scale, as what is expected."""
    return "one of " + ", ".join(str(level) for level in framework.levels)


def exists(document: Located, where: Key, name: str, known: Iterable[str], kind: str) -> bool:
    """
    Say whether a name is known; record a problem when it is not.

    Notes
    -----
    False, and no problem, for what is written but could not be read: that is said there.
    """
    names = list(known)
    if name in names:
        return True
    if document.unread.covers(kind, name):
        return False
    document.problem(
        where, f"{name!r}", f"the id of a known {kind}", "dangling-id", suggest(name, names)
    )
    return False


def check_asks(
    framework: Framework, document: Located, where: Key, asks: Sequence[EvidenceAsk]
) -> None:
    """Types and functions that evidence is asked by exist, and something is asked."""
    for number, ask in enumerate(asks):
        place = (*where, number)
        exists(document, place, ask.type, framework.evidence_types, "evidence type")
        for function in ask.confirmed_by:
            exists(document, place, function, framework.functions, "function")
    if not asks:
        document.problem(where, "nothing", "at least one ask", "shape")


def check_fit(
    document: Located, where: Key, part: tuple[str, str], mark: Importance | None
) -> None:
    """Importance decides what kind of rule a skill may take part in: skill, kind of rule."""
    skill, rule = part
    if mark is not None and rule not in mark.rules:
        allowed = ", ".join(mark.rules) or "no rule"
        expected = f"a rule that fits the mark {mark.id!r}: {allowed}"
        document.problem(where, f"{skill!r} in a {rule} rule", expected, "importance-rule")
