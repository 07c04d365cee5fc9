"""The shipped framework says what the measurement design and the role blueprint say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from skillmatrix.framework import Framework, Profile, check_framework

HERE = Path(__file__).parent

# Skills x criteria for Senior: code, mark, bar now, bar for Senior (when a switch is on), and the
# part in P1 to P5: G gate, F floor, b member of the breadth rule, (b) only when the switch is on.
TABLE = """
T01 critical               3 4          F3,b4 .      .   .     b4
T02 critical               3 4          F3,b4 b4     .   .     .
T03 critical               3 4          G4    .      .   .     .
T04 critical               3 3          F3,b4 .      .   .     .
T05 important              3 4          G4    .      .   .     G4
T06 important              2 4          .     .      G4  .     .
G07 important              2 3          .     .      .   .     .
G08 important              2 3          .     .      .   .     b4
G09 optional-to-important  1 2/3        .     .      .   .     .
G10 important              2 3          b4    b4     .   .     .
G11 optional-to-important  2 3          .     .      .   .     b4
A12 optional               0 0          .     .      .   .     .
A13 optional               0 0          .     .      .   .     .
A14 conditional            1 2/4        .     (b4)   .   .     (b4)
A15 optional-to-important  1 2/3        .     b4     .   .     .
E16 conditional            1 2/3        .     .      .   .     .
E17 important              1 2/3        .     .      .   .     b4
E18 optional               0 1          .     .      .   .     .
E19 optional               0 1          .     .      .   .     .
S1  soft                   3 4          b4    b4     .   b4    .
S2  soft                   3 4          .     G4     .   b4    .
S3  soft                   3 4          .     .      .   G4    .
S4  soft                   3 4          b4    .      .   b4    .
S5  soft                   3 4          .     .      G4  .     .
S6  soft                   3 3          .     .      .   G3,b4 .
S7  soft                   3 3          .     .      .   .     b4
S8  soft                   3 3          .     (b4)   .   .     .
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]
IDS = {
    "T01": "python", "T02": "core-ml", "T03": "validation", "T04": "data-querying",
    "T05": "production-ml", "T06": "mlops", "G07": "deep-learning", "G08": "cloud-ml",
    "G09": "streaming", "G10": "ab-testing", "G11": "containers", "A12": "ranking",
    "A13": "time-series", "A14": "interpretability", "A15": "inference-optimisation",
    "E16": "llm-patterns", "E17": "llmops", "E18": "privacy-ml", "E19": "causal-inference",
    "S1": "problem-framing", "S2": "trade-off-communication", "S3": "stakeholder-alignment",
    "S4": "execution", "S5": "quality-mindset", "S6": "collaboration", "S7": "learning-agility",
    "S8": "ethical-judgement",
}  # fmt: skip
CRITERIA = {
    "P1": "ships-with-impact",
    "P2": "trade-off-judgement",
    "P3": "monitoring-lifecycle",
    "P4": "cross-functional-leadership",
    "P5": "shared-standards",
}
SWITCH = {
    "G09": "streaming",
    "G11": "containers",
    "A14": "regulated",
    "A15": "inference-optimisation",
    "E16": "llm-features",
}
#: How many of its members a breadth rule asks for.
AT_LEAST = {"P1": 3, "P2": 2, "P4": 2, "P5": 1}
#: Evidence rules: months, then each way to answer: type, strength, count, confirmed by, outside.
EVIDENCE = {
    "P1": [
        (24, [("production-release", "E3", 2, (), False)]),
        (24, [("measured-effect", "E4", 1, (), False)]),
    ],
    "P2": [
        (24, [("decision-record", "E2", 2, (), False)]),
        (24, [("decision-record", "E3", 1, ("product", "engineering"), False)]),
    ],
    "P3": [
        (24, [("lifecycle-package", "E3", 1, (), False)]),
        (
            24,
            [
                ("reliability-trend", "E4", 1, (), False),
                ("incident-review", "E3", 1, (), False),
            ],
        ),
    ],
    "P4": [
        (24, [("cross-functional-delivery", "E3", 1, (), True)]),
        (24, [("mentoring-record", "E3", 1, ("mentee",), False)]),
    ],
    "P5": [
        (24, [("reused-standard", "E3", 1, (), False)]),
        (12, [("knowledge-sharing", "E2", 3, (), False)]),
    ],
}


def test_shipped_framework_breaks_no_rule():
    """What is shipped passes the check that guards loading."""
    assert check_framework("ml-specialist") == []


def test_skills_are_the_twenty_seven_in_their_order(fw: Framework):
    """19 technical and 8 soft skills, with the codes and ids of the design, in its order."""
    assert {skill.code: name for name, skill in fw.skills.items()} == IDS
    assert [skill.code for skill in fw.skills.values()] == [row[0] for row in ROWS]
    assert Counter(s.area for s in fw.skills.values()) == {
        "must-have": 6, "good-to-have": 5, "advanced": 4, "emerging": 4, "soft": 8
    }  # fmt: skip


def test_criteria_are_the_five(fw: Framework):
    """P1 to P5 stand in their order under their ids."""
    assert [(c.code, name) for name, c in fw.criteria.items()] == list(CRITERIA.items())


def test_scale_is_the_one_of_the_design(fw: Framework):
    """Six levels with their names and their facets: autonomy, complexity, reach."""
    assert [(d.level.value, d.name, d.facets) for d in fw.scale] == [
        (0, "None", (0, 0, 0)),
        (1, "Aware", (1, 1, 1)),
        (2, "Guided", (2, 2, 1)),
        (3, "Independent", (3, 2, 1)),
        (4, "Leading", (4, 3, 2)),
        (5, "Shaping", (4, 3, 3)),
    ]


def test_support_and_ageing_are_those_of_the_design(fw: Framework):
    """Level 2 needs E1, 3 E2, 4 two E2 or one E3, 5 two E3 or one E4; items age at 24 and 48."""
    assert {level.value: support.any_of for level, support in fw.support.items()} == {
        0: (),
        1: (),
        2: (("E1", 1),),
        3: (("E2", 1),),
        4: (("E2", 2), ("E3", 1)),
        5: (("E3", 2), ("E4", 1)),
    }
    assert fw.ageing == (24, 48)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_mark_and_bars_of_a_skill(row: list[str], fw: Framework):
    """Mark, Specialist bar and Senior bar are those of the table; the bar of a switch, too."""
    code, mark, now, bar = row[:4]
    skill = fw.skills[IDS[code]]
    off, _, on = bar.partition("/")

    assert skill.importance == mark
    assert skill.switch == SWITCH.get(code)
    assert fw.profile("specialist").target(skill.id) == int(now)
    assert fw.profile("senior").target(skill.id) == int(off)
    everything = dict.fromkeys(fw.switches, True)
    assert fw.profile("senior", switches=everything).target(skill.id) == int(on or off)
    if on:
        switch = SWITCH.get(code, "llm-features")
        assert fw.profile("senior", switches={switch: True}).target(skill.id) == int(on)
        assert fw.profile("senior", switches={switch: False}).target(skill.id) == int(off)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_gates_floors_and_breadth_of_a_criterion(criterion: str, senior: Profile):
    """Each criterion asks for the gates, floors and breadth members of its column, no more."""
    column = [*CRITERIA].index(criterion) + 4
    parts = {row[0]: row[column].split(",") for row in ROWS}
    asked = senior.requirements[CRITERIA[criterion]]

    def named(letter: str) -> set[tuple[str, int]]:
        return {(IDS[c], int(p[1:])) for c, many in parts.items() for p in many if p[0] == letter}

    assert {(t.skill, t.level.value) for t in asked.gates} == named("G")
    assert {(t.skill, t.level.value) for t in asked.floors} == named("F")
    members = {IDS[c] for c, many in parts.items() if {"b4", "(b4)"} & set(many)}
    conditional = {IDS[c]: "regulated" for c, many in parts.items() if "(b4)" in many}
    assert len(asked.breadth) == (1 if members else 0)
    for rule in asked.breadth:
        assert (set(rule.of), rule.level, dict(rule.when)) == (members, 4, conditional)
        assert rule.at_least == AT_LEAST[criterion]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_evidence_of_a_criterion(criterion: str, senior: Profile):
    """Evidence rules ask for the types, strengths, counts and confirmations of the design."""
    rules = senior.requirements[CRITERIA[criterion]].evidence

    assert [
        (
            rule.months,
            [(a.type, a.strength, a.count, a.confirmed_by, a.outside_team) for a in rule.any_of],
        )
        for rule in rules
    ] == EVIDENCE[criterion]


def test_seven_gates_and_three_floors(senior: Profile):
    """Few gates: seven skills gated, three more with a floor, over all five criteria."""
    gates = {(skill, level.value) for skill, level, kind in senior.gates if kind == "gate"}
    floors = {(skill, level.value) for skill, level, kind in senior.gates if kind == "floor"}

    assert gates == {(IDS[c], 4) for c in ("T03", "T05", "T06", "S2", "S3", "S5")} | {
        (IDS["S6"], 3)
    }
    assert floors == {(IDS[c], 3) for c in ("T01", "T02", "T04")}


def test_t_shape_is_advice_and_no_gate(senior: Profile):
    """One of ranking, time series, deep learning and LLM patterns at 3 is a target only."""
    advice = senior.advice[0]

    assert (advice.at_least, advice.level) == (1, 3)
    assert set(advice.of) == {IDS[c] for c in ("A12", "A13", "G07", "E16")}
    assert len(senior.advice) == 1


def test_weights_are_those_of_the_design(fw: Framework):
    """Critical 3, important 2, optional 1: they order plans and nothing else."""
    weights = {name: mark.weight for name, mark in fw.importance.items()}

    assert (weights["critical"], weights["important"], weights["optional"]) == (3, 2, 1)


def test_every_level_has_its_anchors(fw: Framework):
    """One sentence at level 0, two or three at each level 1 to 5, near misses at 3 and 4."""
    for group in [*fw.skills.values(), *fw.criteria.values()]:
        counts = Counter(anchor.level.value for anchor in group.anchors.values())
        assert counts[0] == 1, group.id
        assert all(2 <= counts[level] <= 3 for level in range(1, 6)), group.id
        for level in (3, 4):
            assert any(a.not_this for a in group.anchors.values() if a.level == level), group.id


def test_there_are_enough_anchors_and_all_are_drafts(fw: Framework):
    """At least 270 anchors of skills and 50 of criteria; nobody has sorted them back yet."""
    skills = [a for s in fw.skills.values() for a in s.anchors.values() if a.level > 0]
    criteria = [a for c in fw.criteria.values() for a in c.anchors.values() if a.level > 0]

    assert len(skills) >= 270
    assert len(criteria) >= 50
    assert {a.status for a in [*skills, *criteria]} == {"draft"}
    assert "Draft" in fw.draft_notice


def _sources(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".yaml":
            text = path.read_text(encoding="utf-8")
            for written in re.findall(r"\bsource: *([^,}\n]+)", text):
                found += [(path.name, part.strip(" '\"")) for part in written.split(";")]
        elif path.suffix == ".csv":
            rows = path.read_text(encoding="utf-8").splitlines()
            column = rows[0].split(",").index("source")
            found += [(path.name, row.split(",")[column]) for row in rows[1:] if row]
    return found


def test_every_source_exists(fw: Framework):
    """What is cited is an item of the blueprint, or says that it is a judgement of ours."""
    known = set((HERE / "blueprint_ids.txt").read_text(encoding="utf-8").split())
    from skillmatrix.framework import find_framework

    cited = _sources(find_framework("ml-specialist"))
    assert len(cited) > 500
    assert [(file, source) for file, source in cited if source not in {*known, "judgement"}] == []


def test_skills_and_criteria_cite_their_own_item(fw: Framework):
    """The n-th skill of an area cites the n-th item of that list in the blueprint."""
    for area in fw.areas:
        listed = [s.source for s in fw.skills.values() if s.area == area]
        home = "9" if area == "soft" else "8"
        assert listed == [f"{home}.{area}.{n}" for n in range(1, len(listed) + 1)]
    assert [c.source for c in fw.criteria.values()] == [f"15.promotion.{n}" for n in range(1, 6)]
