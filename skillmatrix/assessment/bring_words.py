"""What a person wrote about a skill, carried to what became of it; and what became, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillmatrix.assessment.carry_over import Carried

#: From the fewest readers to the most.
_READERS = ("private", "shared", "panel")
#: Figures about a step: they are about the whole skill, so a part of it has none.
_OF_A_STEP = ("opportunity", "past_weeks", "past_step", "cap", "effort")


def merged_note(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    r"""
    Put two notes under each other; whoever may not read one of them reads neither.

    Examples
    --------
    >>> merged_note({"text": "a", "visibility": "panel"}, {"text": "b", "visibility": "private"})
    {'text': 'a\n\nb', 'visibility': 'private'}
    """
    texts = [text for text in (first["text"], second["text"]) if text]
    fewest = min(first["visibility"], second["visibility"], key=_READERS.index)
    return {**second, **first, "text": "\n\n".join(texts), "visibility": fewest}


def part_plan(own: dict[str, Any], *, first: bool, known: bool) -> dict[str, Any]:
    """Give the own plan for one of what a skill became: actions once, figures where they hold."""
    kept = {key: value for key, value in own.items() if known or key not in _OF_A_STEP}
    return kept if first else {**kept, "actions": []}


def merged_plan(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Put two plans together: all actions, and the figures that agree."""
    names = {action["id"] for action in first.get("actions", ())}
    actions = [*first.get("actions", ())]
    for action in second.get("actions", ()):
        name = action["id"]
        while name in names:
            name = f"{name[:60]}-b"
        names.add(name)
        actions.append({**action, "id": name})
    agreed = {
        key: value
        for key, value in first.items()
        if key not in _OF_A_STEP or second.get(key) == value
    }
    return {**agreed, "actions": actions}


_KINDS = {"evidence-type": "kind of evidence", "rule": "rule", "item": "item of the role guide"}
_STATES = {
    "UNRATED": "not rated",
    "DECLINED": "declined",
    "NOT_OBSERVED": "not observed",
    "NOT_APPLICABLE": "not applicable",
}


def told(carried: Carried) -> str:
    """Say what became of one thing, with the reason of the ladder."""
    what = _KINDS.get(carried.what, carried.what)
    old, new = " and ".join(carried.old), " and ".join(carried.new)
    before, after = _values(carried.before), _values(carried.after)
    rated = f", {before}," if before else ""
    ways = {
        "rename": f"{what} {old}{rated} is {new} now",
        "split": f"{what} {old}{rated} became {new}" + (f": {after}" if after else ""),
        "merge": f"{what}s {old}{rated} became {new}" + (f": {after}" if after else ""),
        "relevel": f"{what} {old} was {before}, and is {after} now",
        "retire": f"{what} {old}{rated} is no part of the ladder any more",
        "missing": f"{what} {old}{rated} was left out" + (f": {after}" if after else ""),
    }
    return f"{ways[carried.do]}. {carried.reason}"


def _values(values: tuple[int | str, ...]) -> str:
    said = [f"rated {v}" if isinstance(v, int) else _STATES.get(v, v.lower()) for v in values]
    return " and ".join(dict.fromkeys(said)) if len({*said}) == 1 else " and ".join(said)
