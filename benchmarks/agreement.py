"""Agreement of raters: 1,000 people, 27 skills, 3 raters, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.measure import Machine, Row, alternately
from skillmatrix import calibration as cal

PEOPLE, SKILLS, RATERS = 1000, 27, 3
BUDGET = 1000.0  # ms
_REFERENCE = "pandas.factorize of the units"


def session(people: int) -> pd.DataFrame:
    """Invent ratings of so many people: person, skill, severity and noise."""
    draw = np.random.default_rng(1)
    true = draw.normal(3, 0.8, (people, 1, 1)) + draw.normal(0, 0.5, (people, SKILLS, 1))
    told = true + draw.normal(0, 0.6, (people, SKILLS, RATERS)) + np.array([-0.3, 0, 0.3])
    levels = np.clip(np.round(told), 0, 5).astype(int)
    person, skill, rater = np.indices(levels.shape)
    columns = {"unit": person * 100 + skill, "person": person, "skill": skill}
    columns |= {"rater": rater, "value": levels}
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()})


def run(rounds: int, machine: Machine) -> list[Row]:
    """Measure each statistic with its interval."""
    frame = session(PEOPLE)
    two = frame[frame["rater"] < 2]
    works = {
        _REFERENCE: lambda: pd.factorize(frame["unit"]),
        "alpha, ordinal": lambda: cal.alpha(frame, "ordinal"),
        "AC2, quadratic": lambda: cal.ac(frame, "quadratic", categories=range(6)),
        "ICC(2,1)": lambda: cal.icc(frame, "2,1"),
        "Fleiss' kappa": lambda: cal.fleiss_kappa(frame),
        "quadratic kappa, 2 raters": lambda: cal.kappa(two, "quadratic", categories=range(6)),
        "r_wg": lambda: cal.rwg(frame),
        "pairwise": lambda: cal.pairwise(frame),
        "severity": lambda: cal.severity(frame),
    }
    found = alternately(works, max(5, rounds // 4), machine)
    return [
        Row(
            f"agreement: {PEOPLE} people, {SKILLS} skills, {RATERS} raters",
            name,
            "ms",
            values,
            budget=None if name == _REFERENCE else BUDGET,
            reference=_REFERENCE,
        )
        for name, values in found.items()
    ]
