"""What a ladder may leave out, what leaving it out means, and what it may ask to be spared."""

from __future__ import annotations

from typing import Any, Literal, get_args

from skillmatrix.framework.level import Level
from skillmatrix.framework.parts import Part, Text

#: The mark of importance of every skill where a ladder has no marks: any rule, never critical.
UNMARKED = "skill"
ONE_AREA = "skills"
_OURS = "default"

#: Rules about how anchors are written. Every other rule is about what a ladder is.
WritingRule = Literal[
    "anchor-artefact",
    "anchor-count",
    "anchor-first-word",
    "anchor-length",
    "anchor-one-verb",
    "anchor-verb",
    "brand",
    "degree-word",
    "duplicate-text",
    "facets-rise",
    "near-miss",
    "personal-word",
]
WRITING_RULES: tuple[str, ...] = get_args(WritingRule)

_CODES = (
    ("E0", "Assertion", "You say so."),
    ("E1", "Described instance", "One occasion described: what, when, and your own part."),
    ("E2", "Reviewable artefact", "A link or identifier that another person can open."),
    ("E3", "Confirmed artefact", "An artefact, and somebody else who confirms it."),
    ("E4", "Measured outcome", "A measured effect with its method, confirmed by somebody else."),
)


class Waiver(Part):
    """A rule of writing that does not hold for a ladder, and why."""

    rule: WritingRule
    reason: Text


class PracticeAnswer(Part):
    """One question of the worked example, with its answer and the reason for it."""

    question: Text
    answer: Text
    because: Text


class Practice(Part):
    """An invented case with a worked answer, to warm up on before rating."""

    title: Text
    note: Text
    story: Text
    answers: tuple[PracticeAnswer, ...] = ()
    level: Level
    because: Text
    source: Text


def fill(data: dict[str, Any]) -> None:
    """Put what a main file leaves out into its content, in place."""
    if "areas" not in data:
        data["areas"] = {ONE_AREA: {"id": ONE_AREA, "title": "Skills"}}
    if "importance" not in data:
        rules = ("floor", "gate", "breadth", "conditional-breadth")
        mark = {"id": UNMARKED, "title": "Skill", "rules": rules, "source": _OURS}
        data["importance"] = {UNMARKED: mark}
    data.setdefault("functions", {})
    data.setdefault("decision_path", ())
    if "evidence_codes" not in data:
        data["evidence_codes"] = [
            {"code": code, "title": title, "meaning": meaning} for code, title, meaning in _CODES
        ]
    if "support" not in data:
        scale = data.get("scale")
        steps = [step for step in scale if isinstance(step, dict)] if scale else []
        levels = [step.get("level") for step in steps]
        data["support"] = {
            level: {"level": level, "any_of": ()} for level in levels if isinstance(level, int)
        }
