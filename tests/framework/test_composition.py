"""Composition of overlays: no order matters, and the more demanding change holds."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.framework import Profile
from skillmatrix.framework.changes import KINDS, Overlay, RaiseGate, RelaxGate, RelaxTarget
from skillmatrix.scoring import gaps, verdict
from skillmatrix.scoring.standing import Standings
from tests.conftest import assess, proof
from tests.framework.test_overlays import FW, IDS, P1, P3, answers, gates, senior
from tests.scoring.draws import assessed, people

PERSON = assess(
    FW,
    dict.fromkeys(FW.skills, 4),
    evidence=[
        proof("E3", *FW.skills, types=["production-release", "lifecycle-package"]),
        proof("E4", types=["measured-effect", "incident-review"]),
    ],
)


def same(first: Profile, second: Profile) -> bool:
    """Say whether two profiles ask, report and judge the same."""
    one, other = verdict(PERSON, first), verdict(PERSON, second)
    return (
        first == second
        and one.explain() == other.explain()
        and one.criteria == other.criteria
        and gaps(Standings(PERSON, first)) == gaps(Standings(PERSON, second))
    )


@pytest.mark.parametrize("profile", ["senior", "applied-scientist"])
def test_any_two_overlays_commute(profile: str):
    """All 105 pairs: order and repetition change neither the profile nor the verdict."""
    for a, b in combinations(IDS, 2):
        why = {a: "confirmed"}
        first = FW.profile(profile, [a, b], reasons=why)
        assert same(first, FW.profile(profile, [b, a, b], reasons=why)), (a, b)


_WORDS = {"reason": "drawn", "source": "invented"}
_SKILLS = st.sampled_from(["mlops", "python", "streaming"])
_RULES = st.sampled_from(["p1-effect", "p3-lifecycle", "p3-outcome"])
_LEVELS = st.integers(0, 5)


def _ask(kind: str, strength: str) -> dict[str, str]:
    return {"type": kind, "strength": strength}


def _change(do: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    fixed = {key: st.just(value) for key, value in {"do": do, **_WORDS}.items()}
    return st.fixed_dictionaries({**fixed, **fields})


_CHANGES = st.one_of(
    _change("raise_target", skill=_SKILLS, level=_LEVELS),
    _change("relax_target", skill=_SKILLS, level=_LEVELS),
    _change("raise_gate", skill=_SKILLS, level=_LEVELS, requirement=st.sampled_from([P1, P3])),
    _change("relax_gate", skill=_SKILLS, level=_LEVELS),
    _change("switch_on", switch=st.sampled_from(["streaming", "regulated"])),
    _change("join_breadth", rule=st.sampled_from(["p1-breadth", "p4-breadth"]), skill=_SKILLS),
    _change("raise_evidence", rule=_RULES, count=st.integers(2, 3), here=st.just("more")),
    _change(
        "accept_strength",
        rules=st.lists(_RULES, min_size=1, unique=True),
        strength=st.sampled_from(["E1", "E2"]),
        instead_of=st.just("E3"),
        flag=st.just("weak"),
        here=st.just("weaker"),
    ),
    _change(
        "accept_also",
        rule=_RULES,
        ask=st.sampled_from([_ask("incident-review", "E3"), _ask("online-effect", "E4")]),
        here=st.just("also"),
    ),
    _change("only", rule=_RULES, ask=st.just(_ask("reliability-trend", "E4")), here=st.just("o")),
    _change("make_important", skill=_SKILLS, importance=st.sampled_from(["important", "optional"])),
)
_OVERLAYS = st.lists(st.lists(_CHANGES, max_size=6), min_size=2, max_size=3)


def _composed(overlays: list[Overlay]) -> Profile:
    """Compose overlays that are listed in this order, on Senior."""
    framework = FW.model_copy(update={"overlays": {overlay.id: overlay for overlay in overlays}})
    return framework.profile("senior", [overlay.id for overlay in overlays])


def _substance(profile: Profile) -> Any:
    """Give what a profile asks, without the order in which it is listed."""
    requirements = {
        name: (
            {(t.skill, t.level) for t in r.gates},
            {(t.skill, t.level) for t in r.floors},
            {(b.id, b.at_least, b.level, frozenset(b.of), tuple(b.when)) for b in r.breadth},
            {(rule.id, frozenset(rule.any_of)) for rule in r.evidence},
        )
        for name, r in profile.requirements.items()
    }
    targets = {name: (t.level, t.level_when_on) for name, t in profile.targets.items()}
    conflicts = len(set(profile.conflicts))
    return requirements, targets, dict(profile.switches), dict(profile.importance), conflicts


def _drawn(changes: list[list[dict[str, Any]]]) -> list[Overlay]:
    """Make overlays of these changes."""
    return [
        Overlay(
            id=f"drawn-{number}",
            title=f"Drawn {number}",
            group="size",
            question="Drawn?",
            summary="Drawn.",
            source="invented",
            changes=tuple(KINDS[change["do"]].model_validate(change) for change in many),
        )
        for number, many in enumerate(changes)
    ]


def _bar(profile: Profile) -> int:
    return profile.target("execution").value


def _gate(profile: Profile) -> int:
    return max(level for name, skill, level in gates(profile) if (name, skill) == (P3, "mlops"))


#: Two changes of one item, the less demanding one first; what is looked at; what holds.
TWO = [
    ({"do": "raise_target", "skill": "execution", "level": 4},
     {"do": "raise_target", "skill": "execution", "level": 5}, _bar, 5),
    ({"do": "relax_target", "skill": "execution", "level": 1},
     {"do": "relax_target", "skill": "execution", "level": 2}, _bar, 2),
    ({"do": "relax_target", "skill": "execution", "level": 1},
     {"do": "raise_target", "skill": "execution", "level": 3}, _bar, 4),
    ({"do": "raise_gate", "requirement": P3, "skill": "mlops", "level": 4},
     {"do": "raise_gate", "requirement": P3, "skill": "mlops", "level": 5}, _gate, 5),
    ({"do": "relax_gate", "skill": "mlops", "level": 1},
     {"do": "relax_gate", "skill": "mlops", "level": 3}, _gate, 3),
    ({"do": "relax_gate", "skill": "mlops", "level": 1},
     {"do": "raise_gate", "requirement": P3, "skill": "mlops", "level": 2}, _gate, 4),
    ({"do": "raise_evidence", "rule": "p3-lifecycle", "count": 2, "here": "two"},
     {"do": "raise_evidence", "rule": "p3-lifecycle", "count": 3, "here": "three"},
     lambda p: answers(p)["p3-lifecycle"], ["lifecycle-package E3 x3"]),
    ({"do": "make_important", "skill": "ranking", "importance": "important"},
     {"do": "make_important", "skill": "ranking", "importance": "critical"},
     lambda p: p.importance["ranking"], "critical"),
]  # fmt: skip


@pytest.mark.parametrize(("less", "more", "seen", "expected"), TWO)
def test_of_two_changes_the_more_demanding_holds(
    less: dict[str, Any], more: dict[str, Any], seen: Any, expected: Any
):
    """Whichever overlay is listed first: the higher bar, gate, count and mark hold."""
    changes = [[{**less, **_WORDS}], [{**more, **_WORDS}]]

    assert seen(_composed(_drawn(changes))) == expected
    assert seen(_composed(_drawn(changes[::-1]))) == expected


def test_no_overlay_goes_below_a_critical_floor_whatever_it_says():
    """Even an overlay that slipped past the check leaves Python and validation at 3."""
    wish = [
        {"do": do, "skill": skill, "level": 0, **_WORDS}
        for do in ("relax_gate", "relax_target")
        for skill in ("python", "validation")
    ]
    made = _composed(_drawn([wish]))

    held = {skill: level for skill, level, _ in made.gates}
    assert (held["python"], made.target("python")) == (3, 3)
    assert (held["validation"], made.target("validation")) == (3, 3)


@given(_OVERLAYS)
def test_composition_itself_takes_no_side(drawn: list[list[dict[str, Any]]]):
    """Overlays drawn at random ask the same whichever is listed first in the framework."""
    overlays = _drawn(drawn)
    made, base = _composed(overlays), senior()

    assert _substance(made) == _substance(_composed(overlays[::-1]))
    raised = {c.skill: c.level for o in overlays for c in o.changes if isinstance(c, RaiseGate)}
    levels = {skill: level for skill, level, _ in sorted(made.gates, key=lambda g: g[:2])}
    assert all(levels[skill] >= level for skill, level in raised.items())
    assert min(levels["python"], made.target("python")) >= 3
    for skill, level, _ in base.gates:
        assert made.target(skill) >= level or any(
            isinstance(c, RelaxTarget | RelaxGate) and c.skill == skill
            for o in overlays
            for c in o.changes
        )


some = st.lists(st.sampled_from(IDS), max_size=8)


@given(st.data(), some, st.sampled_from(list(FW.profiles)), people())
def test_order_and_repetition_never_matter(
    data: st.DataObject, overlays: list[str], profile: str, person: dict[str, Any]
):
    """Any subset in any order with repetitions is one profile and one verdict on anybody."""
    again = data.draw(st.permutations(overlays + overlays[:3]))
    drawn = assessed(person)
    first, second = FW.profile(profile, overlays), FW.profile(profile, again)

    assert first == second
    assert verdict(drawn, first).criteria == verdict(drawn, second).criteria


@given(some, some)
def test_gates_and_bars_take_the_maximum(first: list[str], second: list[str]):
    """Together overlays ask, skill by skill, at least what they ask apart, unless one relaxes."""
    together, apart = senior(*first, *second), [senior(*first), senior(*second)]
    base = senior()
    for skill in FW.skills:
        bars = [profile.target(skill) for profile in apart]
        raised = [bar for bar in bars if bar > base.target(skill)]
        assert together.target(skill) >= max(raised, default=min(bars))
    assert gates(together) >= gates(apart[0]) | gates(apart[1])
