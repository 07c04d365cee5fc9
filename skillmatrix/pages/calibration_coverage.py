"""Who rated whom in a session, who is missing, and whether raters can be compared."""

from __future__ import annotations

from typing import Any

from skillmatrix.calibration import severity
from skillmatrix.calibration.collect import Clash, Collected, Covered
from skillmatrix.calibration.collect_settle import BY_NAME
from skillmatrix.calibration.disagreements import SELF
from skillmatrix.panel.calibration import Calibration


def coverage_view(session: Calibration, collected: Collected) -> dict[str, Any]:
    """
    Give coverage, locks, clashes and connectivity of a session.

    Parameters
    ----------
    session : Calibration
    collected : Collected
        What its files hold.
    """
    by_person: dict[str, list[Covered]] = {}
    for row in collected.coverage:
        by_person.setdefault(row.person, []).append(row)
    missing = collected.missing()
    opened = session.first_shown
    parts, links = _connected(session)
    return {
        "rows": [
            {
                "person": person,
                "own": next((_cell(r, opened) for r in rows if r.rater == SELF), None),
                "others": [_cell(row, opened) for row in rows if row.rater != SELF],
                "too_few": any(m.kind == "raters" and m.person == person for m in missing),
            }
            for person, rows in sorted(by_person.items())
        ],
        "practice": [
            {"profile": row.person, "rater": row.rater, "levels": row.n_levels}
            for row in collected.practice_coverage
        ],
        "clashes": [
            {**_clash(clash), "holds": holds(collected, clash)} for clash in every_clash(collected)
        ],
        "notes": [
            {"kind": note.kind, "words": note.words, "files": list(note.files)}
            for note in collected.notes
            if note.kind != "kept"
        ],
        "problems": [problem.as_dict() for problem in collected.problems],
        "without_own": [m.person for m in missing if m.kind == "own-view"],
        "few_raters": [m.person for m in missing if m.kind == "raters"],
        "parts": parts,
        "links": links,
        "skills": len(session.framework.skills),
    }


def _cell(row: Covered, opened: Any) -> dict[str, Any]:
    """Give one rater's lock and coverage; late is what was locked after ratings were shown."""
    late = opened is not None and row.locked_at is not None and row.locked_at > opened
    return {
        "rater": row.rater,
        "kind": row.kind,
        "file": row.file,
        "sha256": row.sha256,
        "lock": row.lock,
        "locked_at": row.locked_at.isoformat() if row.locked_at else None,
        "levels": row.n_levels,
        "states": dict(row.states),
        "missing": list(row.missing),
        "late": late,
    }


def every_clash(collected: Collected) -> list[Clash]:
    """Give files that cannot all hold, also those of which somebody has said which one does."""
    names = {cell: said for cell, said in collected.keep.items() if " " not in cell}
    found: dict[str, Clash] = {}
    for some in (collected.decided({}), collected.decided(names), collected):
        found |= {clash.cell: clash for clash in some.clashes}
    return [found[cell] for cell in sorted(found)]


def holds(collected: Collected, clash: Clash) -> str | None:
    """Give the hash of the option that was chosen, or the word for all of them."""
    said = collected.keep.get(clash.cell)
    if said is None or not said.startswith(BY_NAME):
        return said
    named = {taken.sha256: BY_NAME + taken.named for taken in collected.read}
    return next((o.sha256 for o in clash.options if named[o.sha256] == said), None)


def _clash(clash: Clash) -> dict[str, Any]:
    return {
        "cell": clash.cell,
        "kind": clash.kind,
        "person": clash.person,
        "rater": clash.rater,
        "words": str(clash),
        "options": [
            {
                "sha256": option.sha256,
                "files": list(option.files),
                "locked_at": option.locked_at.isoformat() if option.locked_at else None,
                "levels": option.n_levels,
                "profile": option.profile,
            }
            for option in clash.options
        ],
    }


def _connected(session: Calibration) -> tuple[list[list[str]], list[dict[str, str]]]:
    """Give groups of raters that share people, and the fewest ratings that would connect them."""
    if not len(session.frame):
        return [], []
    found = severity(session.frame)
    links = [
        {"rater": str(row.rater), "person": str(row.person)}
        for row in found.suggested_links.itertuples()
    ]
    return [[str(rater) for rater in part] for part in found.components], links
