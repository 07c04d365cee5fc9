"""Random people and random promotion rules over a few skills, for properties."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from skillmatrix.assessment import Assessment, lock
from skillmatrix.framework import Framework, Profile, load_framework
from tests.conftest import LOCKED_AT, content, filled

FW: Framework = load_framework("ml-specialist")
#: Skills that rules are drawn over; few, so that everything about them can be enumerated.
POOL = ("mlops", "python", "execution", "interpretability")
TYPES = ("decision-record", "incident-review")
SWITCHES = ("regulated", "streaming")
STRENGTHS = ("E0", "E1", "E2", "E3", "E4")
#: Days, by how many codes an item of that day has lost on 20 November 2026; 9 means history only.
DAYS = {"2026-10-20": 0, "2025-10-20": 0, "2024-11-20": 0, "2024-11-19": 1, "2022-11-19": 9}

levels = st.integers(0, 5)
some_skills = st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique=True)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a piece of evidence; now and then two of them show the same artefact."""
    item = {
        "strength": draw(st.sampled_from(STRENGTHS)),
        "date": draw(st.sampled_from(list(DAYS))),
        "skills": draw(some_skills),
        "types": draw(st.lists(st.sampled_from(TYPES), unique=True)),
        "confirmed_function": draw(st.sampled_from([None, "product"])),
        "outside_team": draw(st.booleans()),
    }
    if item["strength"] in {"E2", "E3", "E4"} and draw(st.integers(0, 3)) == 0:
        item["artefact"] = "RUN-17"
    return item


@st.composite
def people(draw: st.DrawFn, unknown: bool = True) -> dict[str, Any]:
    """Draw ratings of the pool and evidence, as plain values; see `assessed`."""
    answer = levels | st.sampled_from(["UNRATED", "DECLINED"]) if unknown else levels
    return {
        "ratings": {skill: draw(answer) for skill in POOL},
        "evidence": draw(st.lists(items(), max_size=4)),
        "locked": draw(st.booleans()),
    }


def assessed(person: dict[str, Any], framework: Framework = FW) -> Assessment:
    """Make the assessment of a drawn person."""
    data = content(framework, person["ratings"])
    data["evidence"] = filled(person["evidence"])
    made = Assessment.model_validate(data)
    return lock(made, LOCKED_AT) if person["locked"] else made


def _threshold(skill: str, level: int) -> dict[str, Any]:
    return {"skill": skill, "level": level, "source": "invented"}


@st.composite
def _breadth(draw: st.DrawFn, name: str) -> dict[str, Any]:
    of = draw(some_skills)
    return {
        "id": name,
        "at_least": draw(st.integers(1, len(of))),
        "level": draw(st.integers(1, 5)),
        "of": of,
        "when": draw(st.dictionaries(st.sampled_from(of), st.sampled_from(SWITCHES), max_size=2)),
        "source": "invented",
    }


@st.composite
def _evidence(draw: st.DrawFn, name: str) -> dict[str, Any]:
    ask = st.fixed_dictionaries(
        {
            "type": st.sampled_from(TYPES),
            "strength": st.sampled_from(STRENGTHS[1:]),
            "count": st.integers(1, 2),
            "confirmed_by": st.sampled_from([[], ["product"]]),
            "outside_team": st.booleans(),
        }
    )
    return {
        "id": name,
        "title": "Evidence",
        "months": draw(st.sampled_from([12, 24])),
        "any_of": draw(st.lists(ask, min_size=1, max_size=2)),
        "source": "invented",
    }


@st.composite
def profiles(
    draw: st.DrawFn, evidence: bool = True, left_out: bool = True, switches: bool = True
) -> Profile:
    """Draw a promotion profile over the pool: gates, floors, breadth and evidence rules."""
    senior = FW.profile("senior")
    requirements = {}
    for name in ("ships-with-impact", "shared-standards")[: draw(st.integers(1, 2))]:
        gates = draw(st.dictionaries(st.sampled_from(POOL), st.integers(1, 5), max_size=2))
        floors = draw(st.dictionaries(st.sampled_from(POOL), st.integers(1, 5), max_size=1))
        breadth = [draw(_breadth(f"{name}-b{n}")) for n in range(draw(st.integers(0, 2)))]
        if not switches:
            breadth = [{**rule, "when": {}} for rule in breadth]
        asked = draw(st.integers(0, 1)) if evidence else 0
        requirements[name] = {
            "id": name,
            "title": "Requirement",
            "gates": [_threshold(*gate) for gate in gates.items()],
            "floors": [_threshold(*floor) for floor in floors.items()],
            "breadth": breadth,
            "evidence": [draw(_evidence(f"{name}-e{n}")) for n in range(asked)],
        }
    out = {}
    if left_out and draw(st.integers(0, 2)) == 0:
        replaced = draw(st.none() | _evidence("instead"))
        out = {draw(st.sampled_from(POOL)): {"reason": "not here", "replaced_by": replaced}}
    made = Profile.model_validate(
        {
            "id": "drawn",
            "title": "Drawn",
            "kind": "promotion",
            "summary": "Drawn for a property.",
            "source": "invented",
            "requirements": requirements,
            "targets": dict(senior.targets),
            "not_applicable": out,
            "switches": dict.fromkeys(FW.switches),
        }
    )
    return made.model_copy(update={"framework": FW})


def answered(profile: Profile, **answers: bool | None) -> Profile:
    """Answer switches of a profile."""
    return profile.model_copy(update={"switches": {**profile.switches, **answers}})
