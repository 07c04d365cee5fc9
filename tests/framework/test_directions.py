"""Direction profiles: changes to Senior only, with words of their own."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatrix.framework import Framework, Profile, load_framework
from skillmatrix.scoring import verdict
from tests.conftest import assess, proof

FW = load_framework("ml-specialist")
SENIOR = FW.profile("senior")
DIRECTIONS = ("staff-principal", "applied-scientist", "mlops-platform", "ai-product")

# From the measurement design: gates of its own, bars that differ from Senior's, gates and floors of
# Senior that are lowered, breadth of its own, evidence of its own, and further answers accepted.
TABLE: dict[str, dict[str, Any]] = {
    "staff-principal": {
        "gates": {
            "trade-off-communication": 5, "stakeholder-alignment": 5, "problem-framing": 4,
            "collaboration": 4, "cloud-ml": 4, "containers": 4,
        },
        "bars": {
            "trade-off-communication": 5, "stakeholder-alignment": 5, "collaboration": 4,
            "cloud-ml": 4, "containers": 4, "streaming": 3, "inference-optimisation": 4,
        },
        "lowered": {},
        "breadth": [
            (2, 5, {"validation", "production-ml", "mlops", "inference-optimisation", "llmops"}),
            (1, 5, {"production-ml", "mlops"}),
        ],
        "evidence": [
            "mentoring-record E3 x2", "mentoring-to-leading E3 x1", "cross-team-standard E3 x1",
            "architecture-decision E4 x1",
        ],
    },
    "applied-scientist": {
        "gates": {"core-ml": 5, "validation": 5, "deep-learning": 4},
        "bars": {
            "core-ml": 5, "validation": 5, "deep-learning": 4, "production-ml": 3, "mlops": 3,
            "causal-inference": 3, "ab-testing": 4,
        },
        "lowered": {"production-ml": 3, "mlops": 3},
        "breadth": [(1, 5, {"ranking", "time-series", "deep-learning", "llm-patterns"})],
        "evidence": ["method-study E4 x1", "technical-report E3 x1"],
        "also": {"p5-standard": "method-write-up E3"},
    },
    "mlops-platform": {
        "gates": {
            "mlops": 5, "production-ml": 4, "cloud-ml": 4, "containers": 4, "quality-mindset": 4,
        },
        "bars": {
            "mlops": 5, "cloud-ml": 4, "containers": 4, "streaming": 4,
            "inference-optimisation": 4, "llmops": 3, "data-querying": 4, "core-ml": 3,
            "validation": 3, "deep-learning": 2, "ab-testing": 2,
        },
        "lowered": {"validation": 3},
        "breadth": [],
        "evidence": [
            "platform-component E3 x1", "reliability-trend E4 x1", "incident-lead-record E3 x1",
        ],
        "also": {"p1-effect": "platform-effect E4"},
    },
    "ai-product": {
        "gates": {
            "problem-framing": 5, "trade-off-communication": 5, "stakeholder-alignment": 5,
            "execution": 4, "collaboration": 4, "ethical-judgement": 4, "ab-testing": 4,
        },
        "bars": {
            "problem-framing": 5, "trade-off-communication": 5, "stakeholder-alignment": 5,
            "collaboration": 4, "ethical-judgement": 4, "ab-testing": 4, "causal-inference": 3,
            "interpretability": 3, "llm-patterns": 3, "python": 2, "production-ml": 2, "mlops": 2,
            "core-ml": 3, "validation": 3,
        },
        "lowered": {"python": 2, "production-ml": 2, "mlops": 2, "validation": 3},
        "breadth": [],
        "evidence": [
            "requirements-document E3 x1", "stop-or-pivot E4 x1", "stakeholder-satisfaction E3 x1",
        ],
    },
}  # fmt: skip


def own(profile: Profile) -> list[Any]:
    """Give the requirements that Senior does not have."""
    return [r for name, r in profile.requirements.items() if name not in SENIOR.requirements]


@pytest.mark.parametrize("name", DIRECTIONS)
def test_what_a_direction_asks_on_its_own(name: str):
    """Gates, breadth and evidence that come on top are those of the design."""
    profile, told = FW.profile(name), TABLE[name]

    assert profile.kind == "direction"
    assert {g.skill: g.level.value for r in own(profile) for g in r.gates} == told["gates"]
    assert [
        (rule.at_least, rule.level.value, set(rule.of)) for r in own(profile) for rule in r.breadth
    ] == told["breadth"]
    assert [
        f"{ask.type} {ask.strength} x{ask.count}"
        for r in own(profile)
        for rule in r.evidence
        for ask in rule.any_of
    ] == told["evidence"]


@pytest.mark.parametrize("name", DIRECTIONS)
def test_bars_of_a_direction(name: str):
    """Bars are Senior's but for those the design names; a file holds only the latter."""
    profile = FW.profile(name)

    changed = {
        skill: profile.target(skill).value
        for skill in FW.skills
        if profile.target(skill) != SENIOR.target(skill)
    }
    assert changed == TABLE[name]["bars"]
    assert list(profile.targets) == list(FW.skills)


@pytest.mark.parametrize("name", DIRECTIONS)
def test_what_a_direction_lowers(name: str):
    """Senior's gates and floors stay but for those the design relaxes."""
    profile, told = FW.profile(name), TABLE[name]["lowered"]

    for requirement in SENIOR.requirements.values():
        here = profile.requirements[requirement.id]
        for kind in ("gates", "floors"):
            asked = {t.skill: t.level.value for t in getattr(requirement, kind)}
            assert {t.skill: t.level.value for t in getattr(here, kind)} == {
                skill: min(level, told.get(skill, level)) for skill, level in asked.items()
            }
        assert here.breadth == requirement.breadth


@pytest.mark.parametrize("name", DIRECTIONS)
def test_other_answers_a_direction_accepts(name: str):
    """Senior's evidence rules stay; only the named ones can be answered otherwise as well."""
    profile, also = FW.profile(name), TABLE[name].get("also", {})

    for requirement in SENIOR.requirements.values():
        here = {rule.id: rule for rule in profile.requirements[requirement.id].evidence}
        assert list(here) == [rule.id for rule in requirement.evidence]
        for rule in requirement.evidence:
            further = here[rule.id].any_of[len(rule.any_of) :]
            assert here[rule.id].any_of[: len(rule.any_of)] == rule.any_of
            told = [also[rule.id]] if rule.id in also else []
            assert [f"{ask.type} {ask.strength}" for ask in further] == told


def test_staff_holds_all_of_senior_unchanged():
    """The prerequisite of Staff is that all Senior criteria are MET: they are in it as they are."""
    staff = FW.profile("staff-principal")

    assert list(staff.requirements)[:5] == list(SENIOR.requirements)
    for name, requirement in SENIOR.requirements.items():
        assert staff.requirements[name] == requirement


def test_only_one_direction_breaks_a_critical_floor_and_says_why():
    """Python at 2 is stated for the product role; elsewhere the bar of the present role holds."""
    assert {p.id for p in FW.profiles.values() if p.breaks_floor} == {"ai-product"}
    assert FW.profile("ai-product").breaks_floor.skill == "python"
    for name in DIRECTIONS:
        held = {skill: level.value for skill, level, _ in sorted(FW.profile(name).gates)}
        for skill in ("python", "core-ml", "validation", "data-querying"):
            assert held[skill] >= (2 if (name, skill) == ("ai-product", "python") else 3)


def test_gates_of_directions_are_counted_and_warned_of():
    """Directions with more than twelve gated skills say what that costs."""
    counts = {name: FW.profile(name).gate_count for name in DIRECTIONS}

    assert counts == {
        "staff-principal": 13, "applied-scientist": 11, "mlops-platform": 12, "ai-product": 14,
    }  # fmt: skip
    warned = {n for n in DIRECTIONS if any("gate or a floor" in w for w in FW.profile(n).warnings)}
    assert warned == {"staff-principal", "ai-product"}


def _everything(profile: Profile) -> Any:
    """Make somebody at level 5 with evidence for all that a profile asks."""
    asks = [
        ask for r in profile.requirements.values() for rule in r.evidence for ask in rule.any_of
    ]
    items = [
        proof(
            "E4",
            *(FW.skills if number == 0 else ()),
            types=[ask.type],
            confirmed_function=ask.confirmed_by[0] if ask.confirmed_by else None,
            outside_team=True,
        )
        for ask in asks
        for number in range(ask.count)
    ]
    return assess(FW, dict.fromkeys(FW.skills, 5), evidence=items)


@pytest.mark.parametrize("name", DIRECTIONS)
def test_words_of_a_direction(name: str):
    """A direction is met, not met or open; there is no READY, because it is no promotion."""
    profile = FW.profile(name)
    best = verdict(_everything(profile), profile)
    nothing = verdict(assess(FW, {}), profile)
    none = verdict(assess(FW, dict.fromkeys(FW.skills, 1)), profile)

    assert [v.label for v in (best, nothing, none)] == ["profile met", "open", "profile not met"]
    for found, head in ((best, "profile met"), (nothing, "open"), (none, "profile not met")):
        assert found.explain().splitlines()[0] == f"{profile.title}: {head}"
        assert "READY" not in found.explain()
        assert "NOT YET" not in found.explain()


def test_somebody_ready_for_senior_is_not_thereby_met_for_staff():
    """Own gates decide: whoever lacks level 5 in communication does not meet the profile."""
    staff = FW.profile("staff-principal")
    person = _everything(staff)
    short = person.model_copy(
        update={"ratings": {**person.ratings, "trade-off-communication": person.rating("python")}}
    )
    assert verdict(short, staff).label == "profile met"

    lower = assess(
        FW,
        {**dict.fromkeys(FW.skills, 5), "trade-off-communication": 4},
        evidence=[item.model_dump(mode="json") for item in person.evidence],
    )
    assert verdict(lower, SENIOR).overall == "READY"
    assert verdict(lower, staff).criteria["cross-team-influence"].state == "OPEN"  # to confirm
    assert verdict(lower, staff).label == "open"


def test_overlays_apply_to_a_direction_and_do_not_undo_it():
    """An overlay raises a direction further; what it would relax below the direction stays."""
    product = FW.profile("ai-product", overlays=["service-led", "startup", "healthcare"])

    assert product.target("ab-testing") == 4
    assert product.target("interpretability") == 4
    assert any("A/B testing" in conflict for conflict in product.conflicts)
    assert FW.profile("mlops-platform", ["product-led"]).target("ab-testing") == 4
    assert FW.profile("mlops-platform", ["service-led"]).target("ab-testing") == 2
    relaxed = FW.profile("ai-product", ["startup"])
    assert relaxed.target("interpretability") == 3
    assert any("interpretability" in c.casefold() for c in relaxed.conflicts)


def test_a_direction_on_another_ladder(mini: Framework):
    """An archivist is a head librarian with changes: what is not said is taken over."""
    archivist = mini.profile("archivist")

    assert list(archivist.requirements) == ["serves-readers", "keeps-collection", "keeps-archive"]
    assert archivist.requirements["keeps-collection"].floors[0].level == 2
    assert archivist.target("reference-desk") == 3
    assert archivist.importance == {"local-history": "wished"}
    assert [rule.id for rule in archivist.advice] == ["wide-reading"]
