"""Overlays: what each of the fifteen changes in the Senior profile; see `test_composition`."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from skillmatrix.errors import UsageError
from skillmatrix.framework import Framework, Profile, load_framework
from skillmatrix.framework.changes import KINDS
from skillmatrix.scoring import verdict
from tests.conftest import assess, proof

FW = load_framework("ml-specialist")
IDS = [
    "startup", "scale-up", "enterprise", "saas", "e-commerce", "cyber-it-operations",
    "financial-services", "healthcare", "data-residency", "product-led", "service-led",
    "startup-delivery", "enterprise-delivery", "regulated", "llm-features",
]  # fmt: skip
PROMOTION = (
    "ships-with-impact", "trade-off-judgement", "monitoring-lifecycle",
    "cross-functional-leadership", "shared-standards",
)  # fmt: skip
P1, P2, P3, P4, P5 = PROMOTION

# What each overlay changes in the Senior profile, from the measurement design: bars with what they
# become, gates added or raised, switches that are on, evidence rules added, by criterion.
TABLE: dict[str, dict[str, Any]] = {
    "startup": {"bars": {"data-querying": 4, "interpretability": 1}},
    "scale-up": {},
    "enterprise": {
        "bars": {"interpretability": 3},
        "evidence": {P3: ["change-approval E3"], P5: ["documentation-coverage E3"]},
    },
    "saas": {"bars": {"ab-testing": 4}},
    "e-commerce": {
        "bars": {
            "ranking": 4,
            "ab-testing": 4,
            "streaming": 3,
            "inference-optimisation": 3,
        },
        "on": {"streaming", "inference-optimisation"},
    },
    "cyber-it-operations": {"bars": {"time-series": 4, "streaming": 3}, "on": {"streaming"}},
    "financial-services": {
        "bars": {"interpretability": 4, "ethical-judgement": 4, "privacy-ml": 2},
        "gates": {(P2, "interpretability", 4), (P2, "ethical-judgement", 4)},
        "on": {"regulated"},
        "evidence": {P2: ["approved-decision E3"], P3: ["approved-change E3"]},
    },
    "healthcare": {
        "bars": {"interpretability": 4, "ethical-judgement": 4, "privacy-ml": 3},
        "gates": {
            (P2, "interpretability", 4),
            (P2, "privacy-ml", 3),
            (P2, "ethical-judgement", 4),
        },
        "on": {"regulated"},
        "evidence": {P1: ["external-validation E3"], P3: ["safety-process E3"]},
    },
    "data-residency": {
        "bars": {"privacy-ml": 2, "ethical-judgement": 4},
        "evidence": {P2: ["data-handling-review E2"]},
    },
    "product-led": {
        "bars": {"ab-testing": 4, "inference-optimisation": 3},
        "gates": {(P1, "ab-testing", 4)},
        "on": {"inference-optimisation"},
    },
    "service-led": {"bars": {"ab-testing": 2}, "evidence": {P5: ["handover-package E3"]}},
    "startup-delivery": {},
    "enterprise-delivery": {"evidence": {P3: ["release-gate-record E3"]}},
    "regulated": {
        "bars": {"interpretability": 4, "ethical-judgement": 4},
        "gates": {(P2, "interpretability", 4), (P2, "ethical-judgement", 4)},
        "on": {"regulated"},
        "evidence": {P2: ["approved-decision E3"], P3: ["approved-change E3"]},
    },
    "llm-features": {
        "bars": {"llm-patterns": 3, "llmops": 3},
        "on": {"llm-features"},
        "evidence": {P3: ["prompt-regression-suite E2"]},
    },
}

#: What answers a rule where an overlay changes that: type, strength, count.
ANSWERS = {
    ("product-led", "p1-effect"): ["online-effect E4 x1"],
    ("service-led", "p1-effect"): ["measured-effect E4 x1", "client-acceptance E3 x1"],
    ("cyber-it-operations", "p3-lifecycle"): ["lifecycle-package E3 x2"],
    ("startup-delivery", "p3-lifecycle"): ["lifecycle-package E3 x1", "alert-and-rollback E3 x1"],
    ("startup", "p1-releases"): ["production-release E3 x2", "production-release E2 x2"],
    ("startup", "p3-lifecycle"): ["lifecycle-package E3 x1", "lifecycle-package E2 x1"],
    ("startup", "p3-outcome"): [
        "reliability-trend E4 x1",
        "incident-review E3 x1",
        "incident-review E2 x1",
    ],
    ("startup", "p5-standard"): ["reused-standard E3 x1", "reused-standard E2 x1"],
}


def gates(profile: Profile) -> set[tuple[str, str, int]]:
    """Give the gates of each requirement."""
    return {
        (name, gate.skill, gate.level.value)
        for name, requirement in profile.requirements.items()
        for gate in requirement.gates
    }


def answers(profile: Profile) -> dict[str, list[str]]:
    """Give what answers each evidence rule."""
    return {
        rule.id: [f"{ask.type} {ask.strength} x{ask.count}" for ask in rule.any_of]
        for requirement in profile.requirements.values()
        for rule in requirement.evidence
    }


def rules(profile: Profile, criterion: str) -> list[str]:
    """Give the evidence rules of a criterion."""
    return [rule.id for rule in profile.requirements[criterion].evidence]


def senior(*overlays: str, **other: Any) -> Profile:
    """Choose the Senior profile with overlays."""
    return FW.profile("senior", overlays=overlays, **other)


def test_the_fifteen_overlays_are_there_in_their_order():
    """Ids are fixed, and each overlay asks one question that can be answered with yes or no."""
    assert list(FW.overlays) == IDS
    for overlay in FW.overlays.values():
        assert overlay.question.endswith("?")
        assert overlay.group in FW.overlay_groups
        assert all(change.reason and change.source for change in overlay.changes)


def test_every_kind_of_change_is_in_use():
    """No kind of change is there for nothing."""
    used = {change.do for overlay in FW.overlays.values() for change in overlay.changes}

    assert used == set(KINDS)


@pytest.mark.parametrize("overlay", IDS)
def test_what_an_overlay_changes(overlay: str):
    """Bars, gates, switches and further evidence are those of the design, and nothing else."""
    base, told = senior(), TABLE[overlay]
    made = senior(overlay)

    bars = {s: made.target(s).value for s in FW.skills if made.target(s) != base.target(s)}
    assert bars == told.get("bars", {})
    assert gates(made) - gates(base) == told.get("gates", set())
    assert gates(base) <= gates(made)
    assert {name for name, answer in made.switches.items() if answer} == told.get("on", set())
    for criterion in PROMOTION:
        added = made.requirements[criterion].evidence[len(rules(base, criterion)) :]
        asked = [f"{ask.type} {ask.strength}" for rule in added for ask in rule.any_of]
        assert asked == told.get("evidence", {}).get(criterion, [])
    assert {
        (overlay, rule): asks
        for rule, asks in answers(made).items()
        if asks != answers(base).get(rule, asks)
    } == {key: asks for key, asks in ANSWERS.items() if key[0] == overlay}


def test_what_joins_a_breadth_rule_and_becomes_important():
    """Ranking counts for trade-offs in a shop, governance in an enterprise; both as important."""
    shop, enterprise = senior("e-commerce"), senior("enterprise")

    assert "ranking" in shop.requirements[P2].breadth[0].of
    for criterion in (P2, P5):
        assert "interpretability" not in enterprise.requirements[criterion].breadth[0].when
    assert shop.importance == {"ranking": "important"}
    assert senior("cyber-it-operations").importance == {"time-series": "important"}


def test_one_of_two_is_advice_and_no_gate():
    """A software service advises ranking or time series at 3."""
    advice = senior("saas").advice[-1]

    assert (advice.at_least, advice.level, set(advice.of)) == (1, 3, {"ranking", "time-series"})


def test_lowering_the_mlops_gate_needs_a_reason():
    """Only where a platform team operates models, and only when somebody confirms that."""
    without, confirmed = (
        senior("enterprise"),
        senior("enterprise", reasons={"enterprise": "nine people run serving"}),
    )

    assert (P3, "mlops", 4) in gates(without)
    assert without.target("mlops") == 4
    assert (P3, "mlops", 3) in gates(confirmed)
    assert confirmed.target("mlops") == 3
    gate = next(change for change in confirmed.changes if change.kind == "gate")
    assert gate.reason.endswith("Confirmed: nine people run serving")


def test_reasons_are_for_overlays_and_not_empty():
    """A reason for an unknown overlay, or without a word in it, is refused."""
    with pytest.raises(UsageError, match="did you mean 'enterprise'"):
        senior("enterprise", reasons={"entreprise": "x"})
    with pytest.raises(UsageError, match="is empty"):
        senior("enterprise", reasons={"enterprise": "  "})
    with pytest.raises(UsageError, match="did you mean 'healthcare'"):
        senior("health-care")


@pytest.mark.parametrize("kind", ["reasons", "not_applicable"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        (None, "is None, not text"),
        (3, "is 3, not text"),
        ("x" * 2001, "has 2001 characters"),
        ("a\x00b", "no file can keep"),
        ("a\ud800", "no file can keep"),
    ],
)
def test_what_is_no_reason_is_said_in_a_sentence(kind: str, text: object, found: str):
    """A reason that is empty, too long or no text is refused in words, whatever it is for."""
    name = {"reasons": "enterprise", "not_applicable": "ranking"}[kind]

    with pytest.raises(UsageError, match=found) as caught:
        senior("enterprise", **{kind: {name: text}})
    assert f"{name!r}" in str(caught.value)
    assert "say why" in str(caught.value)


def test_a_raise_wins_over_a_relax_and_is_reported():
    """A service company that lives by its product keeps the higher bar, and reads why."""
    made = senior("service-led", "product-led")

    assert made.target("ab-testing") == 4
    assert any("the higher one holds" in c and "A/B testing" in c for c in made.conflicts)
    assert senior("service-led").conflicts == ()


def test_only_wins_over_accept_also_and_is_reported():
    """Where only an online effect counts, a client's acceptance does not, and that is said."""
    made = senior("service-led", "product-led")

    assert answers(made)["p1-effect"] == ["online-effect E4 x1"]
    assert any("it does not count" in conflict for conflict in made.conflicts)


def test_a_switch_that_an_overlay_turns_on_wins_over_no():
    """An overlay says yes where the person said no: it is on, and the conflict is reported."""
    made = senior("healthcare", switches={"regulated": False})

    assert made.switches["regulated"] is True
    assert any("answered with no" in conflict for conflict in made.conflicts)
    assert senior("healthcare", switches={"regulated": True}).conflicts == ()


def test_a_bar_is_never_below_a_gate_of_the_same_skill():
    """Whatever is combined: who is at the bar of a skill misses no gate on it."""
    for many in [(a, b) for a, b in combinations(IDS, 2)] + [tuple(IDS)]:
        made = senior(*many)
        for skill, level, _ in made.gates:
            assert made.target(skill) >= level, (many, skill)


def test_nothing_goes_below_a_critical_floor():
    """In every pair of overlays the critical skills keep the bar of the present role."""
    critical = [s for s, skill in FW.skills.items() if skill.importance == "critical"]
    for many in combinations(IDS, 2):
        made = senior(*many, reasons=dict.fromkeys(many, "confirmed"))
        held = {skill: level for skill, level, _ in made.gates}
        assert all(held[skill] >= 3 and made.target(skill) >= 3 for skill in critical)


def test_changes_say_before_after_by_whom_and_why():
    """A page can show each change; what stays the same is not listed."""
    changes = {(c.kind, c.about): c for c in senior("healthcare", "data-residency").changes}

    bar = changes["bar", "privacy-ml"]
    assert (bar.before, bar.after, bar.overlays) == ("1", "3", ("healthcare",))
    ethics = changes["bar", "ethical-judgement"]
    assert (ethics.before, ethics.after) == ("3", "4")
    assert ethics.overlays == ("healthcare", "data-residency")
    assert changes["gate", "privacy-ml"].before == "none"
    assert all(c.before != c.after and c.reason for c in changes.values())
    assert senior("scale-up").changes == ()


def test_many_gates_and_rules_that_say_nothing_are_warned_of():
    """Thirteen gated skills say what that costs; a breadth rule that gates imply is named."""
    assert senior().gate_count == 10
    assert senior().warnings == ()
    made = senior("healthcare")
    assert made.gate_count == 13
    assert any(w.startswith("13 skills have a gate") for w in made.warnings)
    assert sum("this rule adds nothing" in w for w in made.warnings) == 2
    assert not any("have a gate or a floor" in w for w in senior("financial-services").warnings)


def test_an_overlay_moves_no_bar_of_the_present_role():
    """Overlays are written for the next role; for the present one only switches are answered."""
    made, base = FW.profile("specialist", ["healthcare", "startup"]), FW.profile("specialist")

    assert made.targets == base.targets
    assert made.requirements == base.requirements
    assert made.switches["regulated"] is True
    assert any("written for the next role" in warning for warning in made.warnings)


def test_a_replacement_stands_in_for_a_gate_that_is_taken_out():
    """Where no experiment on people is allowed, a shadow evaluation stands in for the gate."""
    out = {"ab-testing": "experiments on customers are not allowed"}
    made = senior("product-led", "financial-services", not_applicable=out)
    without = senior("product-led", not_applicable=out)

    assert made.not_applicable["ab-testing"].replaced_by.id == "shadow-instead-of-test"
    assert without.not_applicable["ab-testing"].replaced_by is None
    shown = assess(FW, {}, evidence=[proof("E3", types=["shadow-evaluation"])])
    parts = {part.id: part for part in verdict(shown, made).criteria[P1].parts}
    assert parts["shadow-instead-of-test"].state == "MET"
    gate = next(p for p in verdict(shown, without).criteria[P1].parts if "ab-testing" in p.skills)
    assert gate.state == "OPEN"


def test_weaker_evidence_counts_and_is_flagged():
    """In a startup one E3 and one E2 release are two, and the part says why; two E3 say nothing."""

    def part(*strengths: str) -> Any:
        items = [proof(s, types=["production-release"]) for s in strengths]
        found = verdict(assess(FW, {}, evidence=items), senior("startup"))
        return next(p for p in found.criteria[P1].parts if p.id == "p1-releases")

    weak, strong = part("E3", "E2"), part("E3", "E3", "E2")
    assert (weak.state, weak.flags) == ("MET", ("weaker evidence",))
    assert "nobody else was there to confirm it" in weak.why
    assert (strong.state, strong.flags) == ("MET", ())
    assert "nobody else" not in strong.why
    assert part("E2").state == "OPEN"


def test_what_does_not_count_is_measured_against_the_weaker_ask():
    """An old E3 is told its window and an E1 that E2 is asked, where a startup accepts E2."""
    kind = ["production-release"]
    items = [proof("E3", types=kind, date="2024-10-01"), proof("E1", types=kind)]
    found = verdict(assess(FW, {}, evidence=items), senior("startup"))

    why = next(p.why for p in found.criteria[P1].parts if p.id == "p1-releases")
    assert "Item 1 (e1): not a separate item, or older than 24 months" in why
    assert "Item 2 (e2): counts as E1; E2 asked" in why


def test_conflicts_and_warnings_reach_the_verdict():
    """Who reads a verdict reads what the overlays say against each other."""
    made = senior("service-led", "product-led", "healthcare")
    found = verdict(assess(FW, {"mlops": 3}), made)

    assert set(made.conflicts) | set(made.warnings) <= set(found.warnings)
    assert "Warning: " in found.explain()


def test_evidence_rules_of_overlays_can_be_declared_closed():
    """'No more exists' may be said of a rule that only an overlay asks, in schema and reader."""
    from skillmatrix.assessment import assessment_schema

    listed = assessment_schema(FW)["properties"]["no_more_evidence"]["items"]["enum"]
    assert {"p3-safety-process", "shadow-instead-of-test", "staff-standard"} <= set(listed)
    assert len(listed) == len(set(listed))
    assert assess(FW, {}, no_more_evidence=["p3-safety-process"]).no_more_evidence
    aim = assess(FW, {}, aim={"overlays": ["healthcare"]}).aim
    assert aim.overlays == ("healthcare",)


def test_overlays_work_on_any_ladder(mini: Framework):
    """A village library and a book bus change another ladder by the same kinds of change."""
    made = mini.profile("head-librarian", ["book-bus", "village"])

    assert made.target("local-history") == 3
    assert {t.skill for t in made.requirements["keeps-collection"].gates} == {"local-history"}
    assert [ask.strength for ask in made.requirements["keeps-collection"].evidence[0].any_of] == [
        "E3",
        "E2",
    ]
    assert any(w.startswith("3 skills have a gate or a floor here. Few") for w in made.warnings)
    assert made.target("reference-desk") == 3
    gated = mini.profile("head-librarian", ["village"], reasons={"village": "two days a week"})
    assert gated.target("reference-desk") == 3  # the gate stays at 3, and no bar is below a gate
