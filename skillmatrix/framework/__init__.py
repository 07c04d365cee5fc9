"""Frameworks: levels, skills, anchors, criteria and profiles, as data."""

from skillmatrix.framework.check import check_framework
from skillmatrix.framework.level import Level
from skillmatrix.framework.load import find_framework, load_framework
from skillmatrix.framework.model import (
    STRENGTHS,
    Anchor,
    Breadth,
    Criterion,
    EvidenceAsk,
    EvidenceRule,
    Framework,
    Profile,
    Requirement,
    Skill,
    Strength,
    Threshold,
)

__all__ = [
    "STRENGTHS",
    "Anchor",
    "Breadth",
    "Criterion",
    "EvidenceAsk",
    "EvidenceRule",
    "Framework",
    "Level",
    "Profile",
    "Requirement",
    "Skill",
    "Strength",
    "Threshold",
    "check_framework",
    "find_framework",
    "load_framework",
]
