"""What an assessment may say, given its framework."""

from __future__ import annotations

from collections.abc import Iterable

from skillmatrix.assessment.check_own_plan import check_plan
from skillmatrix.assessment.evidence import MISSING, reached_strength
from skillmatrix.assessment.model import Assessment, Evidence
from skillmatrix.assessment.record import check_record
from skillmatrix.assessment.states import STATES
from skillmatrix.errors import Problem, suggest
from skillmatrix.framework.migrations import way_over
from skillmatrix.framework.model import STRENGTHS, Framework

#: The rule of an assessment that names no role.
NO_AIM = "no-aim"


def check_content(
    assessment: Assessment, framework: Framework, *, aimed: bool = False
) -> list[Problem]:
    """
    Find everything in an assessment that its framework or its rater does not allow.

    Parameters
    ----------
    assessment : Assessment
    framework : Framework
        The one it was made with.
    aimed : bool
        Whether the role is named elsewhere, so that the assessment need not name one.

    Returns
    -------
    list of Problem
    """
    if assessment.framework != framework.key:
        name, _, version = assessment.framework.partition("@")
        same = name == framework.id
        remedy = way_over(framework, version) if same else "use the framework it was made with"
        expected = f"{framework.key!r}"
        return [Problem("framework", f"{assessment.framework!r}", expected, remedy)]
    found = _unknown("ratings", assessment.ratings, framework.skills, "skill")
    found += _unknown("notes", assessment.notes, framework.skills, "skill")
    found += _unknown("plan", assessment.plan, framework.skills, "skill")
    found += _unknown("gap_below", assessment.gap_below, framework.skills, "skill")
    found += _check_aim(assessment, framework, aimed=aimed)
    for skill, rating in assessment.ratings.items():
        found += _check_rating(assessment, framework, skill, rating)
    seen: set[str] = set()
    for index, item in enumerate(assessment.evidence):
        where = f"evidence[{index}]"
        if item.id in seen:
            found.append(Problem(f"{where} > id", f"{item.id!r} twice", "each id once"))
        seen.add(item.id)
        found += check_evidence(item, assessment, framework, where)
    found += check_record(assessment, framework)
    found += check_plan(assessment, framework)
    rules = framework.evidence_rules
    for index, rule in enumerate(assessment.no_more_evidence):
        if rule not in rules:
            expected = "the id of an evidence rule"
            remedy = suggest(rule, rules)
            found.append(Problem(f"no_more_evidence[{index}]", f"{rule!r}", expected, remedy))
    return found


def _unknown(where: str, asked: Iterable[str], known: Iterable[str], kind: str) -> list[Problem]:
    names = list(known)
    return [
        Problem(
            f"{where} > {name}",
            f"no {kind} of that name",
            f"the id of a {kind}",
            suggest(name, names),
        )
        for name in asked
        if name not in names
    ]


def _check_aim(assessment: Assessment, framework: Framework, *, aimed: bool) -> list[Problem]:
    aim, found = assessment.aim, []
    named = "profile" in aim.model_fields_set
    if aim.profile not in framework.profiles and not named and not aimed:
        expected = 'aim: {"profile": "..."}'
        remedy = f"write it; roles are {', '.join(framework.profiles)}"
        found.append(Problem("aim > profile", "no role to aim at", expected, remedy, rule=NO_AIM))
    elif aim.profile not in framework.profiles and named:
        remedy = suggest(aim.profile, framework.profiles)
        found.append(Problem("aim > profile", f"{aim.profile!r}", "a profile", remedy))
    for index, overlay in enumerate(aim.overlays):
        if overlay not in framework.overlays:
            remedy = suggest(overlay, framework.overlays)
            where = f"aim > overlays[{index}]"
            found.append(Problem(where, f"{overlay!r}", "an overlay of the framework", remedy))
    for overlay, reason in aim.reasons.items():
        if overlay not in framework.overlays:
            remedy, where = suggest(overlay, framework.overlays), f"aim > reasons > {overlay}"
            expected = "an overlay of the framework"
            found.append(Problem(where, "no overlay of that name", expected, remedy))
        elif not reason.strip():
            expected, remedy = "why its condition holds", "say it in words, or leave the key out"
            found.append(Problem(f"aim > reasons > {overlay}", "nothing", expected, remedy))
    return found + _unknown("aim > switches", aim.switches, framework.switches, "switch")


def _check_rating(
    assessment: Assessment, framework: Framework, skill: str, rating: object
) -> list[Problem]:
    where = f"ratings > {skill}"
    level = getattr(rating, "level", None)
    if level is not None and level not in framework.levels:
        scale = ", ".join(str(known) for known in framework.levels)
        return [Problem(where, f"{level}"[:60], f"a level of the scale: {scale}")]
    state = STATES.get(getattr(rating, "state", ""))
    if state is not None and assessment.rater.kind not in state.raters:
        kinds = ", ".join(state.raters)
        remedy = "a self-rating has UNRATED or DECLINED" if assessment.rater.kind == "self" else ""
        found = f"{state.id} from a rater of kind {assessment.rater.kind!r}"
        return [Problem(where, found, f"{state.id} only from: {kinds}", remedy)]
    return []


def check_evidence(
    item: Evidence, assessment: Assessment, framework: Framework, where: str
) -> list[Problem]:
    """Find what is wrong with one piece of evidence."""
    found = []
    if item.date > assessment.as_of:
        expected = f"a day up to {assessment.as_of}, the day of the assessment"
        found.append(Problem(f"{where} > date", f"{item.date}", expected))
    reached = reached_strength(item, assessment.rater.kind)
    if STRENGTHS.index(item.strength) > STRENGTHS.index(reached):
        remedy = f"{item.strength} needs {MISSING[item.strength]}"
        expected = f"{reached}, by what the item shows"
        found.append(Problem(f"{where} > strength", f"{item.strength}", expected, remedy))
    names = {assessment.person.code.casefold(), assessment.person.name.strip().casefold()} - {""}
    if item.confirmed_by.strip().casefold() in names:
        expected = "somebody other than the person assessed"
        found.append(Problem(f"{where} > confirmed_by", f"{item.confirmed_by!r}", expected))
    if item.confirmed_function is not None and item.confirmed_function not in framework.functions:
        remedy = suggest(item.confirmed_function, framework.functions)
        place = f"{where} > confirmed_function"
        found.append(Problem(place, f"{item.confirmed_function!r}", "a function", remedy))
    for key, names_of, known in (
        ("skills", item.skills, framework.skills),
        ("types", item.types, framework.evidence_types),
    ):
        kind = "a skill" if key == "skills" else "an evidence type"
        for index, name in enumerate(names_of):
            if name not in known:
                place = f"{where} > {key}[{index}]"
                found.append(Problem(place, f"{name!r}", f"the id of {kind}", suggest(name, known)))
    return found
