"""What a person takes away from a calibration session: what was said of her, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from skillmatrix.panel.calibration import Calibration
from skillmatrix.panel.changes import Changes
from skillmatrix.panel.followups import by_day
from skillmatrix.panel.log import excerpt
from skillmatrix.panel.minutes import criterion_titles

FORMAT, FORMAT_VERSION = "skillmatrix.excerpt", 1
#: What stands in place of somebody else's code or name in words about a person.
SOMEBODY = "[somebody else]"
#: What stands for a rater who gave no rating of her.
ANOTHER = "another rater"
#: Keys whose words name who is responsible, and stay as they were typed.
_SIGNED = {"decided_by", "owner"}
_HASHES = {"hash", "ratings_sha256", "at"}


def own_excerpt(
    calibration: Calibration, found: Changes, person: str, *, names: bool = False
) -> dict[str, Any]:
    """
    Give a person's own part of a session.

    Parameters
    ----------
    calibration : Calibration
    found : Changes
    person : str
        Her code.
    names : bool
        Raters by code and name; else by their kind, numbered where there are several of one.

    Returns
    -------
    dict
        Plain content, ready for JSON: her levels before and after, skill by skill; her criteria;
        the entries of the log about her; her follow-ups. Codes of other people, and their names,
        are taken out of words that were typed about her. ``hash`` is that of the whole log's
        entry: whoever keeps the log can be asked to show that it is the same.
    """
    labels = _labels(calibration, person, names=names)
    clean = _cleaner(calibration, person, labels, names=names)
    head, titles = calibration.log.head, criterion_titles(calibration)
    own = calibration.own(person)
    agreed = calibration.standing.agreed(person)
    skills = []
    for name, skill in calibration.framework.skills.items():
        others = [
            {"rater": labels[each.rater.code or ""], "level": each.rating(name).value}
            for each in calibration.others(person)
        ]
        skills.append(
            {
                "skill": name,
                "title": skill.title,
                "own": own.rating(name).value if own else None,
                "others": others,
                "agreed": agreed.get(name),
            }
        )
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "session": {
            "title": clean(head.title),
            "began": head.started_at.date().isoformat(),
            "facilitator": head.facilitator,
            "framework": head.framework,
            "role": calibration.profile.title,
            "closed": calibration.standing.closed,
        },
        "person": {"code": person, "name": calibration.name(person) if names else ""},
        "raters": list(labels.values()),
        "skills": skills,
        "criteria": [
            {
                "criterion": turn.criterion,
                "title": titles[turn.criterion],
                "before": turn.before,
                "rules": turn.rules,
                "panel": turn.panel,
                "after": turn.after,
                "reached": turn.reached,
            }
            for turn in found.turns
            if turn.person == person
        ],
        "entries": [
            {**each, "content": clean(each["content"])} for each in excerpt(calibration.log, person)
        ],
        "follow_ups": [
            clean(each)
            for each in by_day(calibration.standing.follow_ups.values())
            if each["person"] == person
        ],
        "keep_until": head.keep_until.isoformat(),
    }


def _labels(calibration: Calibration, person: str, *, names: bool) -> dict[str, str]:
    """Say what the raters of a person are called."""
    others = calibration.others(person)
    kinds = [each.rater.kind for each in others]
    found: dict[str, str] = {}
    for place, each in enumerate(others):
        code, kind = each.rater.code or "", each.rater.kind
        number = kinds[: place + 1].count(kind)
        label = kind if kinds.count(kind) == 1 else f"{kind} {number}"
        called = calibration.name(code)
        found[code] = f"{called} ({code}, {kind})" if names and called != code else label
        if names and called == code:
            found[code] = f"{code} ({kind})"
    return found


def _cleaner(
    calibration: Calibration, person: str, labels: Mapping[str, str], *, names: bool
) -> Callable[[Any], Any]:
    """Make what takes everybody else out of an entry."""
    mine = {person, calibration.name(person)}
    hidden = dict.fromkeys(calibration.people, SOMEBODY)
    if not names:
        everybody = {*calibration.raters, *calibration.standing.present}
        hidden |= {code: labels.get(code, ANOTHER) for code in everybody}
    hidden |= {calibration.name(code): told for code, told in hidden.items()}
    hidden = {word: told for word, told in hidden.items() if word not in mine}
    words = sorted(filter(None, hidden), key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])")

    def of_text(text: str) -> str:
        return pattern.sub(lambda match: hidden[match[0]], text) if words else text

    def of_rater(code: str) -> str:
        return labels.get(code) or (calibration.name(code) if names else ANOTHER)

    def clean(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {name: clean(each, str(name)) for name, each in value.items()}
        if isinstance(value, list):
            return [clean(each, key) for each in value]
        if not isinstance(value, str) or key in _HASHES:
            return value
        if key == "rater":
            return of_rater(value)
        if key in _SIGNED:
            return value if value not in calibration.people or value in mine else SOMEBODY
        return value if key in {"person", "criterion", "skill", "id"} else of_text(value)

    return clean
