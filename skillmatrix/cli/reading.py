"""Reading what a command was given, and saying what in it has no effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmatrix import settings
from skillmatrix.cli import screen
from skillmatrix.errors import AssessmentError

if TYPE_CHECKING:
    from skillmatrix.assessment import Assessment
    from skillmatrix.assessment.fields import Kept
    from skillmatrix.framework import Framework, Profile

_ALIKE = 0.75


def read(
    file: Path, framework_name: str | None, target: str | None = None
) -> tuple[Assessment, Framework]:
    """
    Read an assessment with its framework; say on standard error what looks misspelt.

    Parameters
    ----------
    file : Path
    framework_name : str or None
        A framework folder or id; None takes the one that the file names.
    target : str or None
        The role that was asked for; without one the file has to name it.

    Raises
    ------
    AssessmentError, FrameworkError, UsageError
    """
    from skillmatrix.framework import load_framework
    from skillmatrix.framework.ladders import find_place

    framework = load_framework(framework_name) if framework_name else None
    assessment = read_alone(file, framework, aimed=target is not None, targets=True)
    for words in misspelt(assessment):
        screen.message(f"{file}: {words}")
    name = assessment.framework.partition("@")[0]
    return assessment, framework or load_framework(find_place(name))


def read_alone(
    file: Path, framework: Framework | None, *, aimed: bool = False, targets: bool = False
) -> Assessment:
    """
    Read an assessment, or the one in a packet; say which options of the command help.

    Parameters
    ----------
    file : Path
        Of a packet where its name ends in ``.packet.json``.
    framework : Framework or None
    aimed : bool
        Whether a role is named on the command line.
    targets : bool
        Whether the command can be given one.

    Raises
    ------
    AssessmentError, FrameworkError
    """
    from skillmatrix.assessment import read_assessment, read_packet
    from skillmatrix.assessment.check import NO_AIM
    from skillmatrix.assessment.files import UNKNOWN

    try:
        if file.name.endswith(".packet.json"):
            return read_packet(file, framework).assessment
        return read_assessment(file, framework, aimed=aimed)
    except AssessmentError as error:
        home = settings.workspace_dir() / settings.LADDERS
        ways = {UNKNOWN: f"add --framework FOLDER, or move the folder into {home}"}
        if targets:
            ways[NO_AIM] = "or use --target"
        raise AssessmentError(
            error.source,
            [
                replace(p, remedy=f"{p.remedy}; {ways[p.rule]}") if p.rule in ways else p
                for p in error.problems
            ],
        ) from None


def misspelt(assessment: Assessment) -> list[str]:
    """
    Name the keys that are kept but not used, and look like a known one.

    Examples
    --------
    >>> import datetime as dt
    >>> import skillmatrix as sm
    >>> misspelt(sm.Assessment(framework="ml-specialist@0.1.0", person={"code": "ana"},
    ...     rater={"kind": "self"}, as_of=dt.date(2026, 11, 20), ratings={}, evidense=[]))
    ["kept, but not used: 'evidense'; did you mean 'evidence'?"]
    """
    found = []
    for place, part in _parts(assessment):
        known = type(part).model_fields
        for key in part.model_extra or {}:
            close = get_close_matches(key.casefold(), known, n=1, cutoff=_ALIKE)
            if close:
                where = f" in {place}" if place else ""
                found.append(f"kept, but not used: {key!r}{where}; did you mean {close[0]!r}?")
    return found


def _parts(assessment: Assessment) -> Iterator[tuple[str, Kept]]:
    yield "", assessment
    yield from (("person", assessment.person), ("rater", assessment.rater), ("aim", assessment.aim))
    yield from ((f"notes > {skill}", note) for skill, note in assessment.notes.items())
    yield from ((f"evidence[{i}]", item) for i, item in enumerate(assessment.evidence))


def about(file: Path, assessment: Assessment, profile: Profile) -> dict[str, Any]:
    """Say what a result is about, for ``--json``."""
    rater = assessment.rater
    return {
        "file": str(file),
        "framework": assessment.framework,
        "person": {"code": assessment.person.code, "name": assessment.person.name},
        "rater": {"kind": rater.kind, "code": rater.code},
        "status": assessment.status,
        "as_of": assessment.as_of.isoformat(),
        "target": profile.id,
        "target_title": profile.title,
        "overlays": list(profile.overlays),
        "switches": dict(profile.switches),
    }
