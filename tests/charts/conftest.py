"""A framework, and people with ratings to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure

import skillmatrix as sm
from skillmatrix.charts import Chart, gap_plot
from skillmatrix.framework import Framework
from skillmatrix.scoring import Standings

E3 = {"description": "d", "artefact": "repo", "confirmed_by": "Bo", "confirmed_function": "product"}


@pytest.fixture(scope="session")
def framework() -> Framework:
    """Load the framework that is shipped."""
    return sm.load_framework("ml-specialist")


@pytest.fixture(scope="session")
def stand(framework: Framework) -> Callable[..., Standings]:
    """Let a person stand somewhere: ratings by skill, skills with E3 evidence, what is N/A."""

    def make(
        ratings: dict[str, int | str],
        backed: tuple[str, ...] = (),
        *,
        not_applicable: dict[str, str] | None = None,
        switches: dict[str, bool | None] | None = None,
        rater: str = "self",
    ) -> Standings:
        item = {"id": "e", "title": "t", "date": dt.date(2026, 10, 1), "strength": "E3", **E3}
        assessment = sm.Assessment(
            framework=framework.key,
            person={"code": "ana"},
            rater={"kind": rater},
            as_of=dt.date(2026, 11, 20),
            ratings=ratings,
            evidence=[{**item, "skills": list(backed)}],
        )
        profile = framework.profile(
            "senior", not_applicable=not_applicable or {}, switches=switches or {}
        )
        return Standings(assessment, profile)

    return make


@pytest.fixture(scope="session")
def everything(stand: Callable[..., Standings]) -> Standings:
    """One skill in each state a chart can show."""
    return stand(
        {
            "python": 4,
            "core-ml": 4,
            "mlops": 2,
            "collaboration": 4,
            "time-series": 2,
            "interpretability": "NOT_APPLICABLE",
            "privacy-ml": "DECLINED",
        },
        backed=("python", "mlops", "collaboration"),
        not_applicable={"ranking": "no ranked lists"},
    )


@pytest.fixture(scope="session")
def chart(everything: Standings) -> Chart:
    """Draw it once; tests look and do not touch."""
    return gap_plot(everything)


@pytest.fixture
def marks() -> Callable[..., dict[str, Artist]]:
    """Give what is drawn for one skill, by what it means."""

    def find(drawn: Chart | Figure, skill: str) -> dict[str, Artist]:
        figure = drawn if isinstance(drawn, Figure) else drawn.figure
        found = figure.findobj(lambda a: (a.get_gid() or "").startswith(f"{skill}:"))
        return {artist.get_gid().split(":")[1]: artist for artist in found}

    return find
