"""What no migration told of and the present version does not have: left out, and said."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.record import Places, check_entry
from skillmatrix.framework.migrations import UNRATED
from skillmatrix.framework.model import Framework


class Settled(NamedTuple):
    """Something that was left out: of what kind, which, and the rating it had."""

    what: str
    name: str
    value: int | str | None = None


def settle(data: dict[str, Any], framework: Framework) -> list[Settled]:
    """
    Leave out of the plain content of an assessment what a framework does not have.

    Parameters
    ----------
    data : dict
        Changed in place.
    framework : Framework

    Returns
    -------
    list of Settled
        In the order of the content. A level that the scale does not have is ``UNRATED``.
    """
    found: list[Settled] = []
    for skill, value in [*data["ratings"].items()]:
        if skill not in framework.skills:
            found.append(Settled("skill", skill, data["ratings"].pop(skill)))
        elif isinstance(value, int) and value not in framework.levels:
            found.append(Settled("level", skill, value))
            data["ratings"][skill] = UNRATED
    found += _drop_keys(data["notes"], framework.skills, "note on skill")
    found += _keep(data, "gap_below", framework.skills, None)
    found += _keep(data, "no_more_evidence", framework.evidence_rules, "rule")
    found += _settle_aim(data["aim"], framework)
    for item in data["evidence"]:
        found += _keep(item, "skills", framework.skills, None)
        found += _keep(item, "types", framework.evidence_types, "evidence-type")
        function = item.get("confirmed_function")
        if function is not None and function not in framework.functions:
            found.append(Settled("function", item.pop("confirmed_function")))
    found += _settle_plan(data["plan"], framework)
    found += _settle_record(data, framework)
    return [*dict.fromkeys(found)]


def _drop_keys(part: dict[str, Any], known: Collection[str], what: str) -> list[Settled]:
    gone = [name for name in part if name not in known]
    for name in gone:
        del part[name]
    return [Settled(what, name) for name in gone]


def _keep(
    part: dict[str, Any], key: str, known: Collection[str], what: str | None
) -> list[Settled]:
    names = [*part.get(key, ())]
    part[key] = [name for name in names if name in known]
    return [Settled(what, name) for name in names if what and name not in known]


def _settle_aim(aim: dict[str, Any], framework: Framework) -> list[Settled]:
    found: list[Settled] = []
    if aim["profile"] not in framework.profiles:
        found.append(Settled("profile", aim["profile"]))
        aim["profile"] = next(iter(framework.profiles))
    found += _keep(aim, "overlays", framework.overlays, "overlay")
    found += _drop_keys(aim["reasons"], framework.overlays, "overlay")
    return found + _drop_keys(aim["switches"], framework.switches, "switch")


def _settle_plan(plan: dict[str, Any], framework: Framework) -> list[Settled]:
    found = _drop_keys(plan, framework.skills, "plan of skill")
    for own in plan.values():
        if own.get("cap") is not None and own["cap"] not in framework.levels:
            del own["cap"]
        above = framework.levels[1:]
        own["effort"] = [e for e in own.get("effort", ()) if e["level"] in above]
    return found


def _settle_record(data: dict[str, Any], framework: Framework) -> list[Settled]:
    if not data["record"]:
        return []
    made = Assessment.model_validate({**data, "framework": framework.key})
    places = Places.of(framework)
    wrong = {e.id for e in made.record if check_entry(e, places, made.as_of)}
    gone = [entry for entry in data["record"] if entry["id"] in wrong]
    data["record"] = [entry for entry in data["record"] if entry["id"] not in wrong]
    return [Settled("record of item", entry["item"]) for entry in gone]
