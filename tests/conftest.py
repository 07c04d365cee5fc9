"""What every test may use: the shipped framework, and people made up in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from skillmatrix.assessment import Assessment, assessment_from, lock
from skillmatrix.framework import Framework, Profile, load_framework

# The same examples in every run: a failure is a change of the code, never of the dice.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, max_examples=40
)
# For a longer look: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", deadline=None, database=None, max_examples=1000)
settings.load_profile("repeatable")

MINI = Path(__file__).parent / "framework" / "mini"
TODAY = dt.date(2026, 11, 20)
LOCKED_AT = dt.datetime(2026, 11, 20, 18, 0, tzinfo=dt.UTC)

#: What an item of each strength has to show, beside its title and its day.
_SHOWS: dict[str, tuple[str, ...]] = {
    "E0": (),
    "E1": ("description",),
    "E2": ("description", "artefact"),
    "E3": ("description", "artefact", "confirmed_by"),
    "E4": ("description", "artefact", "confirmed_by", "measure", "method"),
}


def proof(strength: str, *skills: str, **other: Any) -> dict[str, Any]:
    """Make a piece of evidence of a strength, a month old, that shows what it has to show."""
    return {"strength": strength, "skills": list(skills), "date": "2026-10-20", **other}


def filled(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give each item an id, a title and what its strength has to show, where nothing is said."""
    full = []
    for number, item in enumerate(items, start=1):
        shows = {key: f"{key} {number}" for key in _SHOWS[item["strength"]]}
        name = {"id": f"e{number}", "title": f"Item {number}"}
        full.append({**name, **shows, **item, "date": str(item["date"])})
    return full


def content(
    framework: Framework,
    ratings: Mapping[str, int | str],
    *,
    rater: str = "self",
    evidence: Iterable[Mapping[str, Any]] = (),
    **other: Any,
) -> dict[str, Any]:
    """Give the plain content of an assessment file; say only what matters."""
    return {
        "format": "skillmatrix.assessment",
        "format_version": 1,
        "framework": framework.key,
        "person": {"code": "ana"},
        "rater": {"kind": rater},
        "as_of": str(TODAY),
        "ratings": dict(ratings),
        "evidence": filled(evidence),
        **other,
    }


def assess(
    framework: Framework, ratings: Mapping[str, int | str], *, locked: bool = False, **other: Any
) -> Assessment:
    """Make an assessment that a file could hold; see `content`."""
    made = assessment_from(content(framework, ratings, **other), framework=framework)
    return lock(made, LOCKED_AT) if locked else made


@pytest.fixture(scope="session")
def fw() -> Framework:
    """Give the shipped framework."""
    return load_framework("ml-specialist")


@pytest.fixture(scope="session")
def senior(fw: Framework) -> Profile:
    """Give the Senior profile with no switch answered."""
    return fw.profile("senior")


@pytest.fixture(scope="session")
def mini() -> Framework:
    """Give the small framework of another role."""
    return load_framework(MINI)


@pytest.fixture
def rate(fw: Framework) -> Callable[..., Assessment]:
    """Rate skills by keyword (``core_ml=3``) or by a mapping, on the shipped framework."""

    def make(ratings: Mapping[str, int | str] | None = None, /, **other: Any) -> Assessment:
        levels = dict(ratings or {})
        for word in [w for w in other if w.replace("_", "-") in fw.skills]:
            levels[word.replace("_", "-")] = other.pop(word)
        return assess(fw, levels, **other)

    return make
