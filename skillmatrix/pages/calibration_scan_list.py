"""Agreement of a session's raters as the page shows it, and the list of where they are apart."""

from __future__ import annotations

from typing import Any

from skillmatrix.calibration import disagreements
from skillmatrix.calibration.display import shown
from skillmatrix.panel.agreement import agreement, as_dict, beside_self, pairs
from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.cards import asked

#: What is told of a pair of raters where others may look on.
UNDIRECTED = frozenset({"a", "b", "n", "exact", "within_one"})


def agreement_view(session: Calibration) -> dict[str, Any]:
    """
    Give raw agreement and coefficients in words; the own views are in none of them.

    Notes
    -----
    Who of two raters is higher is not here: it tells severity, which is the facilitator's alone.
    """
    frame = session.frame
    compared = pairs(frame)
    found = agreement(frame, session.framework)
    return {
        "pairs": [
            {name: value for name, value in as_dict(each).items() if name in UNDIRECTED}
            for each in compared
            if each.n
        ],
        "apart": sum(not each.n for each in compared),
        "beside_self": [as_dict(each) for each in beside_self(session.frame_with_self)],
        "all": {
            "n": sum(each.n for each in compared),
            "exact": sum(each.exact for each in compared),
            "within_one": sum(each.within_one for each in compared),
        },
        "coefficients": [
            {"id": name, "words": shown(each), "units": each.n_units, "raters": each.n_raters}
            for name, each in (("alpha", found.alpha), ("ac2", found.ac2))
        ],
        "people": int(frame["person"].nunique()),
        "raters": len(session.raters),
        "ratings": len(frame),
        "own": sum(session.own(person) is not None for person in session.people),
        "needed": found.needed,
        "diverge": found.diverge,
    }


def disagreement_rows(session: Calibration) -> list[dict[str, Any]]:
    """Give every skill of every person that two or more rated, the widest first, gates before."""
    criteria = _criteria(session)
    rows = []
    for row in disagreements(session.frame, session.profile).to_dict("records"):
        person, skill = str(row["person"]), str(row["skill"])
        said = session.before(person, skill)
        rows.append(
            {
                "person": person,
                "skill": skill,
                "gate": bool(row["gate"]),
                "required": None if row["required"] is None else _whole(row["required"]),
                "low": int(row["low"]),
                "high": int(row["high"]),
                "range": int(row["range"]),
                "marks": [
                    {"rater": each["rater"], "kind": each["kind"], "level": each["first"]}
                    for each in said
                    if isinstance(each["first"], int)
                ],
                "missing": [
                    {"rater": each["rater"], "state": each["first"]}
                    for each in said
                    if not isinstance(each["first"], int)
                ],
                "criteria": criteria.get(skill, []),
            }
        )
    return rows


def _whole(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _criteria(session: Calibration) -> dict[str, list[dict[str, str]]]:
    """Give the criteria that ask for a skill, those with a gate or floor on it first."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for name in session.profile.requirements:
        for skill, asks in asked(session.profile, name).items():
            gate = any(ask.kind in {"gate", "floor"} for ask in asks)
            found.setdefault(skill, []).append((not gate, name))
    return {
        skill: [
            criterion_named(session, name) for _, name in sorted(many, key=lambda each: each[0])
        ]
        for skill, many in found.items()
    }


def criterion_named(session: Calibration, name: str) -> dict[str, str]:
    """Give the id, the code and the title of a criterion."""
    known = session.framework.criteria.get(name)
    title = known.title if known else session.profile.requirements[name].title
    return {"id": name, "code": known.code if known else "", "title": title}
