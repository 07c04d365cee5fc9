"""A verdict in a heading and a sentence, the same on the page and in every report."""

from __future__ import annotations

from skillmatrix.scoring.verdict import Verdict

#: The words of an overall answer as a heading.
LABELS = {
    "READY": "Ready on every criterion",
    "NOT YET": "Not yet",
    "OPEN": "Not settled yet",
    "profile met": "Profile met",
    "profile not met": "Profile not met",
    "open": "Not settled yet",
}

#: What the word for how sure a verdict is means.
CONFIDENCE_MEANS = {
    "firm": "Every part that decides rests on two or more raters and confirmed evidence.",
    "supported": "Every part that decides rests on evidence another person can open.",
    "claimed": "At least one part that decides rests on one person's word alone.",
    "unknown": "At least one part that decides is not known.",
}


def summary(found: Verdict) -> str:
    """Say which criteria are met, not met and open."""
    names: dict[str, list[str]] = {"MET": [], "OPEN": [], "NOT MET": []}
    for criterion in found.criteria.values():
        names[criterion.state].append(criterion.code or criterion.title)
    parts = []
    if names["MET"]:
        parts.append(f"{_list(names['MET'])} met")
    if names["NOT MET"]:
        parts.append(f"{_list(names['NOT MET'])} not met")
    if names["OPEN"]:
        parts.append(f"{_list(names['OPEN'])} open")
    text = "; ".join(parts)
    if found.overall == "OPEN" and found.coverage.rated == 0:
        return "Nothing is rated yet, so nothing is settled."
    return f"{text[0].upper()}{text[1:]}." if text else "This profile asks for nothing."


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
